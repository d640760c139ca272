//! The audit trail, for auditors: who did what, when, to which report; whether the trail
//! is whole; and all of it as CSV.
//!
//! Lives here: the page and the file. Not here: what is recorded (`store::Action`), or
//! proving it whole (`store`). A report is shown by its id alone: no page for auditors
//! says whom a report is about. What is asked stands in the address, which is nobody's
//! content either.

use axum::{
    extract::{Query, State},
    response::Response,
};
use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone as _, Utc};
use chrono_tz::Europe::London;
use serde::Serialize;

use super::download::file;
use crate::{
    interview::typed,
    store::{
        Account, AccountId, Action, AuditEntry, AuditPage, AuditQuery, AuditRow, Broken, Whole,
        audit_as_csv,
    },
    web::{
        error::Error,
        fields::{Control, ErrorLine, FieldView, mark, summary},
        form::Form,
        state::AppState,
        templates::Page,
        visit::Auditor,
        words,
    },
};

/// Rows on a page.
const ON_A_PAGE: i64 = 50;
/// Rows in a file at most; the whole trail comes from `foreword audit export`.
const IN_A_FILE: i64 = 100_000;

const WHO: &str = "who";
const REPORT: &str = "report";
const ACT: &str = "act";
const FROM: &str = "from";
const UNTIL: &str = "until";
/// Asks whether the trail is whole.
const WHOLE: &str = "whole";
const PAGE: &str = "page";

/// The audit trail.
#[derive(Debug, Clone, Default, Serialize)]
pub struct AuditTrailPage {
    fields: Vec<FieldView>,
    errors: Vec<ErrorLine>,
    found: String,
    rows: Vec<RowView>,
    before: String,
    after: String,
    /// Where the same question is answered as a file.
    csv: String,
    /// Where the trail is proved.
    prove: String,
    proof: Option<ProofView>,
}

#[derive(Debug, Clone, Serialize)]
struct RowView {
    number: i64,
    at: String,
    who: String,
    act: String,
    report: String,
}

#[derive(Debug, Clone, Serialize)]
struct ProofView {
    whole: bool,
    said: String,
    head: String,
}

/// What is asked of the trail.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Asked {
    form: Form,
    query: AuditQuery,
    page: i64,
    faults: Vec<(String, String)>,
}

impl Asked {
    fn of(form: Form) -> Self {
        let mut faults = Vec::new();
        let mut fault = |name: &str, what: &str| faults.push((name.to_owned(), what.to_owned()));
        let report = match form.one(REPORT) {
            "" => None,
            id => {
                let parsed = id.parse().ok();
                if parsed.is_none() {
                    fault(
                        REPORT,
                        "Enter the whole reference of a report, such as 0192f0c1-2a3b-7c4d-8e5f-60718293a4b5",
                    );
                }
                parsed
            }
        };
        let mut day = |name: &str| {
            let date = form.date(name);
            if date.day.is_empty() && date.month.is_empty() && date.year.is_empty() {
                return None;
            }
            let day = typed::day(&date.day, &date.month, &date.year);
            if day.is_none() {
                fault(name, "Enter a real date, such as 27 3 2026");
            }
            day
        };
        let (from, until) = (day(FROM), day(UNTIL));
        if from.zip(until).is_some_and(|(from, until)| until < from) {
            fault(
                UNTIL,
                "The last day must be the same as or after the first day",
            );
        }
        let query = AuditQuery {
            account: form.one(WHO).parse::<AccountId>().ok(),
            report,
            action: form.one(ACT).parse::<Action>().ok(),
            from: from.and_then(midnight),
            until: until.and_then(|day| midnight(day.succ_opt()?)),
        };
        Self {
            query,
            page: form.one(PAGE).parse().unwrap_or(1).max(1),
            faults,
            form,
        }
    }

    /// The address of the same question, on another page or path.
    fn address(&self, path: &str, more: &[(&str, String)]) -> String {
        let mut pairs = form_urlencoded::Serializer::new(String::new());
        for (name, value) in self.form.pairs() {
            if ![PAGE, WHOLE].contains(&name.as_str()) && !value.trim().is_empty() {
                pairs.append_pair(name, value);
            }
        }
        for (name, value) in more {
            pairs.append_pair(name, value);
        }
        let pairs = pairs.finish();
        if pairs.is_empty() {
            path.to_owned()
        } else {
            format!("{path}?{pairs}")
        }
    }

    fn fields(&self, accounts: &[Account]) -> Vec<FieldView> {
        let none = ("", "Anybody".to_owned(), String::new());
        let people = accounts.iter().map(|account| {
            let name = format!("{} ({})", account.display_name, account.email);
            (account.id.to_string(), name, String::new())
        });
        let people = [none]
            .map(|(v, l, h)| (v.to_owned(), l, h))
            .into_iter()
            .chain(people);
        let mut acts: Vec<(String, String, String)> = Action::ALL
            .iter()
            .map(|action| (action.to_string(), in_words(*action), String::new()))
            .collect();
        acts.sort_by(|a, b| a.1.cmp(&b.1));
        acts.insert(0, (String::new(), "Anything".to_owned(), String::new()));
        let mut fields = vec![
            FieldView::new(Control::Select, WHO, "Who").hinted_options(people),
            FieldView::new(Control::Select, ACT, "What").hinted_options(acts),
            FieldView::new(Control::Code, REPORT, "Reference of a report"),
            FieldView::new(Control::Date, FROM, "First day"),
            FieldView::new(Control::Date, UNTIL, "Last day"),
        ]
        .into_iter()
        .map(|field| field.typed(&self.form))
        .collect::<Vec<_>>();
        mark(&mut fields, &self.faults);
        fields
    }
}

/// When a day begins in Britain.
fn midnight(day: NaiveDate) -> Option<DateTime<Utc>> {
    let local = London.from_local_datetime(&day.and_time(NaiveTime::MIN));
    Some(local.earliest()?.with_timezone(&Utc))
}

/// An act in words: as the trail spells it, without the hyphens.
fn in_words(action: Action) -> String {
    let text = action.to_string().replace('-', " ");
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

impl RowView {
    fn of(row: &AuditRow) -> Self {
        Self {
            number: row.seq,
            at: words::moment(row.at),
            who: match (row.name.as_str(), row.account) {
                ("", Some(account)) => account.to_string(),
                ("", None) => "Nobody signed in, or whoever runs Foreword".to_owned(),
                (name, _) => name.to_owned(),
            },
            act: in_words(row.action),
            report: row.report.map(|id| id.to_string()).unwrap_or_default(),
        }
    }
}

impl ProofView {
    fn of(proved: Result<Whole, Broken>) -> Self {
        match proved {
            Ok(whole) => Self {
                whole: true,
                said: format!(
                    "The trail is whole: none of its {} acts was changed, removed or moved, and every report in it is as far as the trail saw it.",
                    whole.rows
                ),
                head: whole.head,
            },
            Err(broken) => Self {
                whole: false,
                said: format!("The trail is not whole: {broken}."),
                head: String::new(),
            },
        }
    }
}

impl AuditTrailPage {
    fn new(asked: &Asked, accounts: &[Account], found: &AuditPage) -> Self {
        let fields = asked.fields(accounts);
        let turned = |page: i64| asked.address("/audit", &[(PAGE, page.to_string())]);
        let last = (found.all + ON_A_PAGE - 1) / ON_A_PAGE;
        Self {
            errors: summary(&fields),
            fields,
            found: match found.all {
                1 => "1 act.".to_owned(),
                all => format!("{all} acts. The latest comes first."),
            },
            rows: found.rows.iter().map(RowView::of).collect(),
            before: if asked.page > 1 {
                turned(asked.page - 1)
            } else {
                String::new()
            },
            after: if asked.page < last {
                turned(asked.page + 1)
            } else {
                String::new()
            },
            csv: asked.address("/audit.csv", &[]),
            prove: asked.address("/audit", &[(WHOLE, "yes".to_owned())]),
            proof: None,
        }
    }
}

/// `GET /audit`.
///
/// # Errors
/// The store fails.
pub async fn show(
    State(state): State<AppState>,
    auditor: Auditor,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Error> {
    let asked = Asked::of(Form::new(pairs));
    let accounts = state.store().accounts().await?;
    let found = if asked.faults.is_empty() {
        note(&state, &auditor, Action::AuditViewed).await?;
        let skip = (asked.page - 1).saturating_mul(ON_A_PAGE);
        let trail = state.store().as_auditor();
        trail.rows(&asked.query, skip, ON_A_PAGE).await?
    } else {
        AuditPage {
            rows: Vec::new(),
            all: 0,
        }
    };
    let mut page = AuditTrailPage::new(&asked, &accounts, &found);
    if page.has_errors() {
        return auditor.visit.refused(&page);
    }
    if asked.form.one(WHOLE) == "yes" {
        page.proof = Some(ProofView::of(state.store().verify_audit(None).await?));
    }
    auditor.visit.page(&page)
}

/// `GET /audit.csv`: the rows that the page's question finds.
///
/// # Errors
/// The store fails.
pub async fn csv(
    State(state): State<AppState>,
    auditor: Auditor,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Error> {
    let asked = Asked::of(Form::new(pairs));
    if !asked.faults.is_empty() {
        return Err(Error::not_understood());
    }
    note(&state, &auditor, Action::AuditExported).await?;
    let trail = state.store().as_auditor();
    let found = trail.rows(&asked.query, 0, IN_A_FILE).await?;
    let text = audit_as_csv(&found.rows);
    Ok(file(
        "text/csv; charset=utf-8",
        "audit.csv",
        text.into_bytes(),
    ))
}

async fn note(state: &AppState, auditor: &Auditor, action: Action) -> Result<(), Error> {
    let entry = AuditEntry {
        account: Some(auditor.account.id),
        report: None,
        action,
    };
    Ok(state.store().audit(&entry, state.now()).await?)
}

impl Page for AuditTrailPage {
    const NAME: &'static str = "audit.html";
    const HTML: &'static str = include_str!("audit.html");

    fn title(&self) -> String {
        "Audit trail".into()
    }

    fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    fn samples() -> Vec<Self> {
        let form = |pairs: &[(&str, &str)]| {
            let pairs = pairs
                .iter()
                .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()));
            Asked::of(Form::new(pairs.collect()))
        };
        let row = AuditRow {
            seq: 7,
            at: DateTime::UNIX_EPOCH,
            account: None,
            name: "Sam <Author>".into(),
            report: "0192f0c1-2a3b-7c4d-8e5f-60718293a4b5".parse().ok(),
            revision: Some(3),
            action: Action::ReportExported,
            hash: "0".repeat(64),
        };
        let found = AuditPage {
            rows: vec![row],
            all: 130,
        };
        let nothing = AuditPage {
            rows: Vec::new(),
            all: 0,
        };
        let middle = Self::new(&form(&[(PAGE, "2")]), &[], &found);
        let proofs = [
            ProofView {
                whole: true,
                said: "The trail is whole.".into(),
                head: "0".repeat(64),
            },
            ProofView::of(Err(Broken::NotContinued)),
        ];
        let proved = proofs.map(|proof| Self {
            proof: Some(proof),
            ..middle.clone()
        });
        let faulty = form(&[(REPORT, "<x>"), ("from-day", "40"), ("until-year", "2026")]);
        let [whole, broken] = proved;
        vec![
            Self::new(&form(&[]), &[], &nothing),
            middle,
            Self::new(&faulty, &[], &nothing),
            whole,
            broken,
        ]
    }
}

#[cfg(test)]
mod tests;
