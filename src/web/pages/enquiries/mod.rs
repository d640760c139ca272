//! The enquiry register of one report: what was asked of whom, what came back, what is
//! open, each a step away; and what to do about what is open at the finish.
//!
//! Lives here: how the register looks. Not here: the steps (`act`), the three honest
//! ways (`finish`), the words of a line (`view`), the whole record of an enquiry
//! (`record`), or where an enquiry stands (`review::enquiries`).

mod act;
pub mod finish;
pub mod view;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use serde::Serialize;

use self::{
    finish::FinishView,
    view::{EntryView, hearing_in},
};
use super::report::{ReportStrip, open};
use crate::{
    case::CaseFile,
    review::enquiries::{Entry, TimeSource},
    sentencing,
    store::LoadedReport,
    web::{
        error::Error, fields::ErrorLine, findings::sourced, form::Form, links, state::AppState,
        templates::Page, visit::SignedIn,
    },
};

pub use act::act;
pub use finish::choose;

/// The register of one report.
#[derive(Debug, Serialize)]
pub struct EnquiriesPage {
    report: ReportStrip,
    /// How far off the hearing is, in words; empty where its day is not set.
    hearing_in: String,
    entries: Vec<EntryView>,
    open: usize,
    finish: Option<FinishView>,
    time: Option<TimeView>,
    errors: Vec<ErrorLine>,
    /// True where the list was changed elsewhere, so that a step was not taken.
    clash: bool,
    seen: i64,
    act: String,
    add: String,
    draft: String,
}

/// The wording for asking the court for time, with what it rests on.
#[derive(Debug, Clone, Serialize)]
pub struct TimeView {
    /// Empty where something in it must not leave.
    text: String,
    about: String,
    sources: Vec<SaidBy>,
}

#[derive(Debug, Clone, Serialize)]
struct SaidBy {
    says: String,
    source: String,
    url: String,
}

impl From<&TimeSource> for SaidBy {
    fn from(known: &TimeSource) -> Self {
        let source = &known.source;
        Self {
            says: known.says.clone(),
            source: sourced(source),
            url: source.url.clone().unwrap_or_default(),
        }
    }
}

impl TimeView {
    /// The wording for a case; `None` where nothing is open.
    ///
    /// # Errors
    /// The wording cannot be filled in.
    pub fn of(state: &AppState, case: &CaseFile) -> Result<Option<Self>, Error> {
        let texts = &state.pack().enquiries;
        let today = state.today();
        let waiting = sentencing::waiting_for_enquiries(case, &state.law(), today);
        let text = texts
            .asking_for_time(case, state.interview(), waiting, today)
            .map_err(|e| Error::broken(&e))?;
        // What must not leave was taken out; a text that still holds some is not offered.
        let directory = state.pack().directory.now();
        let place = ("The wording for asking for time", "enquiries");
        let fit = |text: String| {
            let found = state.pack().look_at_text(case, &directory, &text, place);
            if found.is_empty() {
                text
            } else {
                String::new()
            }
        };
        Ok(text.map(|text| Self {
            text: fit(text),
            about: texts.about_time.clone(),
            sources: texts.time_sources.iter().map(SaidBy::from).collect(),
        }))
    }

    /// One for samples of pages.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            text: "To the court.\n\nI ask for <time> & more.\n".into(),
            about: "Up to five working days".into(),
            sources: vec![SaidBy {
                says: "It is <said>".into(),
                source: "A source (not verified)".into(),
                url: "https://example.org/".into(),
            }],
        }
    }
}

/// Every line of a report's register.
fn register(state: &AppState, case: &CaseFile) -> Vec<Entry> {
    let texts = &state.pack().enquiries;
    texts.register(&case.enquiries, state.today())
}

impl EnquiriesPage {
    /// The page as the report stands. `sent` is a form that was not taken, so that
    /// nothing chosen or typed in it is lost.
    fn new(state: &AppState, report: &LoadedReport, sent: Option<&Form>) -> Result<Self, Error> {
        let today = state.today();
        let register = register(state, &report.case);
        let base = format!("{}/enquiries", links::report(report.id));
        let texts = &state.pack().enquiries;
        let entries: Vec<EntryView> = register
            .iter()
            .map(|entry| EntryView::new(entry, texts, report.id, today).keeping(sent))
            .collect();
        let hearing = report.case.hearing.date;
        Ok(Self {
            report: ReportStrip::of(report),
            hearing_in: hearing
                .map(|day| hearing_in(day, today))
                .unwrap_or_default(),
            open: register.iter().filter(|e| e.is_outstanding()).count(),
            finish: FinishView::new(&register, report, "register", sent),
            time: TimeView::of(state, &report.case)?,
            errors: Vec::new(),
            clash: false,
            seen: report.revision,
            act: format!("{base}/act"),
            add: format!(
                "{}/records/new?from=register",
                links::prompt(report.id, "enquiries")
            ),
            draft: format!("{}/draft", links::report(report.id)),
            entries,
        })
    }

    /// The page after a clash: what was sent is still in it, and how things stand now.
    fn clash(
        state: &AppState,
        author: &SignedIn,
        report: &LoadedReport,
        sent: &Form,
    ) -> Result<Response, Error> {
        let page = Self {
            clash: true,
            ..Self::new(state, report, Some(sent))?
        };
        author.visit.page_as(StatusCode::CONFLICT, &page)
    }
}

impl Page for EnquiriesPage {
    const NAME: &'static str = "enquiries_register.html";
    const HTML: &'static str = include_str!("register.html");

    fn title(&self) -> String {
        format!("Enquiries – {}", self.report.name)
    }

    fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    fn fictional(&self) -> bool {
        self.report.fictional
    }

    fn samples() -> Vec<Self> {
        let page = |fictional, open, clash| Self {
            report: ReportStrip::sample(fictional),
            hearing_in: if fictional {
                "in 3 days".into()
            } else {
                String::new()
            },
            entries: EntryView::samples(),
            open,
            finish: (open > 0).then(|| FinishView::sample("register")),
            time: (open > 0).then(TimeView::sample),
            errors: Vec::new(),
            clash,
            seen: 3,
            act: "/reports/1/enquiries/act".into(),
            add: "/reports/1/prompts/enquiries/records/new".into(),
            draft: "/reports/1/draft".into(),
        };
        let wrong = FinishView::sample("register").refused();
        let refused = Self {
            errors: wrong.errors(),
            finish: Some(wrong),
            ..page(false, 2, false)
        };
        vec![
            page(true, 2, false),
            page(false, 0, false),
            page(false, 2, true),
            refused,
        ]
    }
}

/// `GET /reports/{id}/enquiries`.
///
/// # Errors
/// There is no such report of hers, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    author
        .visit
        .page(&EnquiriesPage::new(&state, &report, None)?)
}
