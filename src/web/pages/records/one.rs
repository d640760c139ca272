//! One report as records duty knows it: its number and days, its holds, and the request to
//! erase it; or that it was erased.

use axum::{
    extract::{Path, State},
    response::Response,
};
use serde::Serialize;

use super::{
    due,
    forms::{
        HOLD_REASON, LIFT_REASON, NUMBER, WHY, ask_fields, confirm_fields, hold_fields, lift_fields,
    },
    list::{ended, reason, time_of},
    owner,
};
use crate::{
    records::Time,
    store::{Erased, ErasureRequest, Hold, OnRecord, ReportId},
    web::{
        error::Error,
        fields::{Control, ErrorLine, FieldView, mark, summary},
        form::Form,
        state::AppState,
        templates::Page,
        visit::Administrator,
        words,
    },
};

#[derive(Debug, Clone, Serialize)]
struct Fact {
    key: &'static str,
    value: String,
}

#[derive(Debug, Clone, Serialize)]
struct HoldView {
    by: String,
    at: String,
    review: String,
    reason: String,
    /// That it was lifted, in words; empty while it stands.
    lifted: String,
    lifted_reason: String,
}

#[derive(Debug, Clone, Serialize)]
struct RequestView {
    id: String,
    by: String,
    at: String,
    until: String,
    reason: String,
    note: String,
    ended: String,
    mine: bool,
}

/// One report.
#[derive(Debug, Clone, Default, Serialize)]
pub struct RecordPage {
    href: String,
    number: String,
    reference: String,
    facts: Vec<Fact>,
    /// True where its time is over.
    over: bool,
    /// True where it is there no more.
    erased: bool,
    held: bool,
    holds: Vec<HoldView>,
    request: Option<RequestView>,
    means: Vec<String>,
    elsewhere: Vec<String>,
    hold_fields: Vec<FieldView>,
    lift_fields: Vec<FieldView>,
    ask_fields: Vec<FieldView>,
    confirm_fields: Vec<FieldView>,
    errors: Vec<ErrorLine>,
}

impl HoldView {
    fn of(hold: Hold) -> Self {
        let (lifted, lifted_reason) = match hold.lifted {
            Some(lifted) => {
                let at = words::moment(lifted.at);
                (format!("{} lifted it on {at}", lifted.by), lifted.reason)
            }
            None => (String::new(), String::new()),
        };
        Self {
            by: hold.by,
            at: words::moment(hold.at),
            review: words::day(hold.review_on),
            reason: hold.reason,
            lifted,
            lifted_reason,
        }
    }
}

fn facts(state: &AppState, report: &OnRecord) -> (Vec<Fact>, bool) {
    let fact = |key, value: String| Fact { key, value };
    let mut facts = vec![
        fact("Author", owner(report)),
        fact("Begun", words::moment(report.created_at)),
        fact("Last change", words::moment(report.last_change)),
    ];
    if let Some(signed) = report.signed_at {
        facts.push(fact("Signed", words::moment(signed)));
    }
    let mut over = false;
    if let Some((due, time)) = due(&state.pack().records, report, state.today()) {
        over = time == Time::Over;
        facts.push(fact("Kind", due.kind.title.clone()));
        let marked = if over { ": its time is over" } else { "" };
        facts.push(fact(
            "Kept until",
            format!("{}{marked}", words::day(due.on)),
        ));
        let verified = if due.kind.source.verified {
            ""
        } else {
            " (not verified)"
        };
        facts.push(fact(
            "Because",
            format!(
                "{}. {} {}{verified}",
                time_of(due.kind),
                due.kind.why,
                due.kind.source.citation
            ),
        ));
    }
    (facts, over)
}

impl RequestView {
    fn of(state: &AppState, admin: &Administrator, request: ErasureRequest) -> Self {
        let texts = &state.pack().records;
        Self {
            id: request.id.to_string(),
            at: words::moment(request.at),
            until: words::moment(texts.erasure.until(request.at)),
            reason: reason(texts, &request.reason),
            ended: ended(state, &request),
            mine: request.asked_by == admin.account.id,
            by: request.by,
            note: request.note,
        }
    }
}

impl RecordPage {
    /// The page of a report, or of what stays of it.
    ///
    /// # Errors
    /// There never was such a report, or the store fails.
    pub(super) async fn of(
        state: &AppState,
        admin: &Administrator,
        id: ReportId,
    ) -> Result<Self, Error> {
        let records = admin.records(state);
        let Some(report) = records.report(id).await? else {
            let erased = records.erased_report(id).await?;
            let erased = erased.ok_or_else(Error::not_found)?;
            return Ok(Self::of_erased(state, &erased));
        };
        let holds = records.holds_of(id).await?;
        let request = records.erasure_request(id).await?;
        let (facts, over) = facts(state, &report);
        let texts = &state.pack().records.erasure;
        Ok(Self {
            href: format!("/records/{id}"),
            number: id.short(),
            reference: id.to_string(),
            facts,
            over,
            erased: false,
            held: holds.iter().any(|hold| hold.lifted.is_none()),
            holds: holds.into_iter().map(HoldView::of).collect(),
            request: request.map(|r| RequestView::of(state, admin, r)),
            means: texts.means.clone(),
            elsewhere: texts.elsewhere.clone(),
            hold_fields: hold_fields(),
            lift_fields: lift_fields(),
            ask_fields: ask_fields(state),
            confirm_fields: confirm_fields(),
            errors: Vec::new(),
        })
    }

    fn of_erased(state: &AppState, erased: &Erased) -> Self {
        let fact = |key, value: String| Fact { key, value };
        let who = |(name, at): &(String, _)| format!("{name}, {}", words::moment(*at));
        Self {
            href: format!("/records/{}", erased.report),
            number: erased.report.short(),
            reference: erased.report.to_string(),
            facts: vec![
                fact("Asked for", who(&erased.asked)),
                fact("Erased", who(&erased.erased)),
                fact("Why", reason(&state.pack().records, &erased.reason)),
            ],
            erased: true,
            elsewhere: state.pack().records.erasure.elsewhere.clone(),
            ..Self::default()
        }
    }

    /// True where the report's time is over.
    pub(super) fn is_over(&self) -> bool {
        self.over
    }

    /// The same with what was typed, and what is wrong with it.
    pub(super) fn refusing(mut self, form: &Form, faults: &[(&str, String)]) -> Self {
        let faults: Vec<(String, String)> = faults
            .iter()
            .map(|(field, why)| ((*field).to_owned(), why.clone()))
            .collect();
        for fields in [
            &mut self.hold_fields,
            &mut self.lift_fields,
            &mut self.ask_fields,
            &mut self.confirm_fields,
        ] {
            let typed = std::mem::take(fields).into_iter().map(|f| f.typed(form));
            *fields = typed.collect();
            mark(fields, &faults);
            self.errors.extend(summary(fields.iter()));
        }
        self
    }

    /// The same, saying what stands in the way of the whole form.
    pub(super) fn saying(mut self, why: &str) -> Self {
        self.errors.push(ErrorLine {
            href: String::new(),
            text: why.to_owned(),
        });
        self
    }
}

impl Page for RecordPage {
    const NAME: &'static str = "records_one.html";
    const HTML: &'static str = include_str!("one.html");

    fn title(&self) -> String {
        format!("Report {} – Records", self.number)
    }

    fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    fn samples() -> Vec<Self> {
        let why = FieldView::new(Control::Radios, WHY, "Why is it to be erased?").hinted_options([
            ("other", "Another <reason>", "Say which".to_owned()),
            ("her-request", "She asked", String::new()),
        ]);
        let page = || Self {
            href: "/records/1".into(),
            number: "4F2A 9C1B".into(),
            reference: "0192f0c1-2a3b-7c4d-8e5f-60718293a4b5".into(),
            facts: vec![Fact {
                key: "Author",
                value: "Sam <Author>".into(),
            }],
            means: vec!["It cannot be undone.".into()],
            elsewhere: vec!["Backups hold it.".into()],
            hold_fields: hold_fields(),
            lift_fields: lift_fields(),
            ask_fields: vec![why.clone()],
            confirm_fields: confirm_fields(),
            ..Self::default()
        };
        let hold = |lifted: &str| HoldView {
            by: "Ada <Admin>".into(),
            at: "30 November 2026 at 9:00am".into(),
            review: "1 March 2027".into(),
            reason: "A complaint & <more>".into(),
            lifted: lifted.into(),
            lifted_reason: lifted.into(),
        };
        let request = |ended: &str, mine| RequestView {
            id: "1".into(),
            by: "Ada <Admin>".into(),
            at: "30 November 2026 at 9:00am".into(),
            until: "14 December 2026 at 9:00am".into(),
            reason: "Its time is <over>".into(),
            note: "Decided by <somebody>".into(),
            ended: ended.into(),
            mine,
        };
        let with = |ended: &str, mine| Self {
            request: Some(request(ended, mine)),
            ..page()
        };
        let kept = Self {
            held: true,
            over: true,
            holds: vec![hold(""), hold("Ada lifted it")],
            ..page()
        };
        let erased = Self {
            erased: true,
            ..page()
        };
        let typed = Form::default();
        let wrong = |field: &'static str| [(field, "Enter <something>".to_owned())];
        vec![
            page(),
            kept.clone(),
            kept.refusing(&typed, &wrong(LIFT_REASON)),
            with("", false),
            with("", true),
            with("It changed.", false),
            with("", false).refusing(&typed, &wrong(NUMBER)),
            page().refusing(&typed, &wrong(WHY)),
            page().refusing(&typed, &wrong(HOLD_REASON)).saying("Held"),
            erased,
        ]
    }
}

/// The id in an address.
pub(super) fn id_of(id: &str) -> Result<ReportId, Error> {
    id.parse().map_err(|_| Error::not_found())
}

/// `GET /records/{id}`.
///
/// # Errors
/// There never was such a report, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    admin: Administrator,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let page = RecordPage::of(&state, &admin, id_of(&id)?).await?;
    admin.visit.page(&page)
}
