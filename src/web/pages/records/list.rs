//! What an administrator has to look at: requests that wait for a second person, holds, and
//! reports whose time is over or soon will be, by kind.

use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use chrono::NaiveDate;
use serde::Serialize;

use super::{due, owner};
use crate::{
    records::{Kind, RecordsTexts, Time},
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

const NUMBER: &str = "number";

/// A report whose time is over, or soon will be.
#[derive(Debug, Clone, Serialize)]
struct RowView {
    href: String,
    number: String,
    owner: String,
    changed: String,
    due: String,
    over: bool,
}

#[derive(Debug, Clone, Serialize)]
struct KindView {
    id: String,
    title: String,
    rows: Vec<RowView>,
}

#[derive(Debug, Clone, Serialize)]
struct RequestView {
    href: String,
    number: String,
    by: String,
    at: String,
    reason: String,
    /// Why it can be confirmed no more; empty while it can.
    ended: String,
    mine: bool,
}

#[derive(Debug, Clone, Serialize)]
struct HoldView {
    href: String,
    number: String,
    by: String,
    at: String,
    review: String,
    late: bool,
    reason: String,
}

#[derive(Debug, Clone, Serialize)]
struct RuleView {
    title: String,
    time: String,
    why: String,
    citation: String,
    checked: String,
    verified: bool,
}

#[derive(Debug, Clone, Serialize)]
struct ErasedView {
    href: String,
    number: String,
    at: String,
    reason: String,
    by: String,
}

/// Records that want looking at.
#[derive(Debug, Clone, Serialize)]
pub struct RecordsPage {
    fields: Vec<FieldView>,
    errors: Vec<ErrorLine>,
    requests: Vec<RequestView>,
    holds: Vec<HoldView>,
    kinds: Vec<KindView>,
    rules: Vec<RuleView>,
    erased: Vec<ErasedView>,
    soon_months: u32,
}

/// What the page is made from.
struct Found {
    reports: Vec<OnRecord>,
    requests: Vec<ErasureRequest>,
    holds: Vec<Hold>,
    erased: Vec<Erased>,
}

fn href(report: ReportId) -> String {
    format!("/records/{report}")
}

/// The words of a reason; its id where the content no longer has it.
pub(super) fn reason(texts: &RecordsTexts, id: &str) -> String {
    let found = texts.erasure.reason(id);
    found.map_or_else(|| id.to_owned(), |reason| reason.label.clone())
}

/// Why a request can be confirmed no more; empty while it can.
pub(super) fn ended(state: &AppState, request: &ErasureRequest) -> String {
    if request.changed {
        "The report changed since. It has to be asked for anew.".into()
    } else if state.now() > state.pack().records.erasure.until(request.at) {
        "It was asked for too long ago. It has to be asked for anew.".into()
    } else {
        String::new()
    }
}

/// How long a kind is kept, in words.
pub(super) fn time_of(kind: &Kind) -> String {
    let from: Vec<&str> = kind.from.iter().map(|from| from.in_words()).collect();
    let months = words::count(usize::try_from(kind.months).unwrap_or_default(), "month");
    match from.as_slice() {
        [one] => format!("{months} from {one}"),
        several => format!("{months} from {}, whichever is later", several.join(" or ")),
    }
}

impl RuleView {
    fn of(kind: &Kind) -> Self {
        Self {
            title: kind.title.clone(),
            time: time_of(kind),
            why: kind.why.clone(),
            citation: kind.source.citation.clone(),
            checked: kind.source.checked.map(words::day).unwrap_or_default(),
            verified: kind.source.verified,
        }
    }
}

fn kinds(texts: &RecordsTexts, reports: &[OnRecord], today: NaiveDate) -> Vec<KindView> {
    let mut kinds: Vec<KindView> = texts
        .retention
        .kinds
        .iter()
        .map(|kind| KindView {
            id: kind.id.clone(),
            title: kind.title.clone(),
            rows: Vec::new(),
        })
        .collect();
    let listed = reports.iter().filter_map(|report| {
        let (due, time) = due(texts, report, today)?;
        (time != Time::Left).then_some((report, due, time))
    });
    let mut listed: Vec<_> = listed.collect();
    listed.sort_by_key(|(report, due, _)| (due.on, report.id));
    for (report, due, time) in listed {
        let row = RowView {
            href: href(report.id),
            number: report.id.short(),
            owner: owner(report),
            changed: words::day(words::day_of(report.last_change)),
            due: words::day(due.on),
            over: time == Time::Over,
        };
        if let Some(kind) = kinds.iter_mut().find(|kind| kind.id == due.kind.id) {
            kind.rows.push(row);
        }
    }
    kinds.retain(|kind| !kind.rows.is_empty());
    kinds
}

impl RecordsPage {
    fn new(state: &AppState, admin: &Administrator, found: Found) -> Self {
        let texts = &state.pack().records;
        let today = state.today();
        let requests = found.requests.iter().map(|request| RequestView {
            href: href(request.report),
            number: request.report.short(),
            by: request.by.clone(),
            at: words::moment(request.at),
            reason: reason(texts, &request.reason),
            ended: ended(state, request),
            mine: request.asked_by == admin.account.id,
        });
        let holds = found.holds.into_iter().map(|hold| HoldView {
            href: href(hold.report),
            number: hold.report.short(),
            by: hold.by,
            at: words::day(words::day_of(hold.at)),
            review: words::day(hold.review_on),
            late: hold.review_on <= today,
            reason: hold.reason,
        });
        let erased = found.erased.into_iter().map(|erased| ErasedView {
            href: href(erased.report),
            number: erased.report.short(),
            at: words::moment(erased.erased.1),
            reason: reason(texts, &erased.reason),
            by: erased.erased.0,
        });
        Self {
            fields: vec![
                FieldView::new(Control::Code, NUMBER, "Number of a report")
                    .hint(
                        "Its eight letters and figures, such as 4F2A 9C1B, or its whole reference",
                    )
                    .width(20),
            ],
            errors: Vec::new(),
            requests: requests.collect(),
            holds: holds.collect(),
            kinds: kinds(texts, &found.reports, today),
            rules: texts.retention.kinds.iter().map(RuleView::of).collect(),
            erased: erased.collect(),
            soon_months: texts.retention.soon_months,
        }
    }
}

impl Page for RecordsPage {
    const NAME: &'static str = "records_list.html";
    const HTML: &'static str = include_str!("list.html");

    fn title(&self) -> String {
        "Records".into()
    }

    fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    fn samples() -> Vec<Self> {
        let empty = Self {
            fields: vec![FieldView::new(Control::Code, NUMBER, "Number of a report")],
            errors: Vec::new(),
            requests: Vec::new(),
            holds: Vec::new(),
            kinds: Vec::new(),
            rules: Vec::new(),
            erased: Vec::new(),
            soon_months: 3,
        };
        let (href, number) = ("/records/1".to_owned(), "4F2A 9C1B".to_owned());
        let request = |ended: &str, mine| RequestView {
            href: href.clone(),
            number: number.clone(),
            by: "Ada <Admin>".into(),
            at: "30 November 2026 at 9:00am".into(),
            reason: "Its time is <over>".into(),
            ended: ended.into(),
            mine,
        };
        let hold = |late| HoldView {
            href: href.clone(),
            number: number.clone(),
            by: "Ada <Admin>".into(),
            at: "30 November 2026".into(),
            review: "1 March 2027".into(),
            late,
            reason: "A complaint & <more>".into(),
        };
        let row = |over| RowView {
            href: href.clone(),
            number: number.clone(),
            owner: "Sam <Author>".into(),
            changed: "30 November 2025".into(),
            due: "30 November 2026".into(),
            over,
        };
        let mut full = Self {
            requests: vec![request("", false), request("It changed.", true)],
            holds: vec![hold(false), hold(true)],
            kinds: vec![KindView {
                id: "signed".into(),
                title: "Signed & <more>".into(),
                rows: vec![row(true), row(false)],
            }],
            rules: [true, false]
                .map(|verified| RuleView {
                    title: "Signed & <more>".into(),
                    time: "72 months from the signature".into(),
                    why: "The court relied on it.".into(),
                    citation: "A schedule & <more>".into(),
                    checked: "30 November 2026".into(),
                    verified,
                })
                .to_vec(),
            erased: vec![ErasedView {
                href: href.clone(),
                number: number.clone(),
                at: "30 November 2026 at 9:00am".into(),
                reason: "Its time is <over>".into(),
                by: "Bea".into(),
            }],
            ..empty.clone()
        };
        mark(&mut full.fields, &[(NUMBER.into(), "Not <found>".into())]);
        full.errors = summary(&full.fields);
        vec![empty, full]
    }
}

/// The reports that a typed number means, among those that are there and those erased.
fn meant(found: &Found, typed: &str) -> Vec<ReportId> {
    let bare = |text: &str| {
        let letters = text.chars().filter(char::is_ascii_alphanumeric);
        letters.collect::<String>().to_lowercase()
    };
    let typed = bare(typed);
    let there = found.reports.iter().map(|report| report.id);
    let all = there.chain(found.erased.iter().map(|erased| erased.report));
    all.filter(|id| bare(&id.short()) == typed || bare(&id.to_string()) == typed)
        .collect()
}

/// `GET /records`.
///
/// # Errors
/// The store fails.
pub async fn show(
    State(state): State<AppState>,
    admin: Administrator,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Error> {
    let records = admin.records(&state);
    let found = Found {
        reports: records.reports().await?,
        requests: records.erasure_requests().await?,
        holds: records.holds().await?,
        erased: records.erased().await?,
    };
    let form = Form::new(pairs);
    let sought = form.get(NUMBER).is_some();
    let meant = meant(&found, form.one(NUMBER));
    if let (true, [one]) = (sought, meant.as_slice()) {
        return Ok(Redirect::to(&href(*one)).into_response());
    }
    let mut page = RecordsPage::new(&state, &admin, found);
    if !sought {
        return admin.visit.page(&page);
    }
    let why = if meant.is_empty() {
        "No report has this number. Check that it is complete"
    } else {
        "Several reports end in this number. Enter the whole reference"
    };
    page.fields = page.fields.into_iter().map(|f| f.typed(&form)).collect();
    mark(&mut page.fields, &[(NUMBER.to_owned(), why.to_owned())]);
    page.errors = summary(&page.fields);
    admin.visit.refused(&page)
}
