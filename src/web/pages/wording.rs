//! One thing that the wording check found: other words put in place with one press, or
//! left as it is with a reason, which can be taken back.
//!
//! Lives here: the page and its form. Not here: what is found (`review::wording`), how it
//! is shown (`web::wording`), or how a form is saved (`web::saving`).

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Serialize;
use serde_json::{Value, json};

use super::{
    conflict::ConflictPage,
    report::{ReportStrip, open},
};
use crate::{
    case::{LeftWording, revision::Write},
    interview::Interview,
    report::Evidence,
    review::WordingFinding,
    store::{LoadedReport, Stale},
    web::{
        asking::{Faults, Said},
        csrf::OurForm,
        error::Error,
        fields::{Control, ErrorLine, FieldView, mark, summary},
        form::Form,
        links,
        saving::{self, Keeping, ReportForm},
        state::AppState,
        templates::Page,
        visit::SignedIn,
        wording::{Of, WordingView, action},
    },
};

const REASON: &str = "reason";
const PUT: &str = "put";
/// The button that brings a finding back.
const UNDO: &str = "undo";
/// Longest reason, in characters.
const LONGEST: u32 = 300;

/// The page of one finding, or of one that is no longer there.
#[derive(Debug, Serialize)]
pub struct WordingPage {
    report: ReportStrip,
    /// None where the sentence has changed since.
    one: Option<WordingView>,
    /// What was typed about a finding that is gone, to copy.
    typed: String,
    field: FieldView,
    errors: Vec<ErrorLine>,
    /// What somebody else saved meanwhile, while both texts are brought together.
    saved_meanwhile: String,
    keeping: Keeping,
    action: String,
    back: String,
}

/// A finding in its report.
struct At<'a> {
    report: &'a LoadedReport,
    interview: &'a Interview,
    finding: &'a WordingFinding,
    evidence: &'a [Evidence],
}

/// A finding of the report as it stands, with what its passage rests on.
struct Found {
    finding: WordingFinding,
    evidence: Vec<Evidence>,
}

async fn find(state: &AppState, report: &LoadedReport, key: &str) -> Result<Option<Found>, Error> {
    let directory = state.directory().await?;
    let pack = state.pack();
    let (draft, _) = pack
        .draft_with(&report.case, &directory, state.today())
        .map_err(|e| Error::broken(&e))?;
    let wording = pack.wording_of(&draft, &report.case);
    let left = wording.left.into_iter().map(|(finding, _)| finding);
    let found = wording.open.into_iter().chain(left).find(|f| f.key == key);
    Ok(found.map(|finding| {
        let mut passages = draft.sections.iter().flat_map(|s| &s.passages);
        let passage = passages.find(|p| p.id == finding.passage);
        Found {
            evidence: passage.map(|p| p.evidence.clone()).unwrap_or_default(),
            finding,
        }
    }))
}

/// Where the list of all findings is.
fn list(report: &LoadedReport) -> String {
    format!("{}/draft#wording", links::report(report.id))
}

impl At<'_> {
    fn reason(&self) -> &str {
        let dismissed = &self.report.case.wording.dismissed;
        let left = dismissed.get(&self.finding.key);
        left.map_or("", |left| left.reason.as_str())
    }

    fn place(&self) -> String {
        format!("wording.dismissed.{}", self.finding.key)
    }

    fn view(&self) -> WordingView {
        let of = Of {
            id: self.report.id,
            case: &self.report.case,
            interview: self.interview,
            signed: self.report.signed.is_some(),
        };
        WordingView::new(self.finding, of, self.evidence).left(self.reason())
    }
}

/// The field for the reason.
fn field(reason: &str) -> FieldView {
    FieldView::new(Control::Text, REASON, "Why it stays as it is")
        .hint("For whoever checks or countersigns the report. The court does not see it.")
        .rows(3)
        .max(Some(LONGEST))
        .value(reason)
}

impl ReportForm for At<'_> {
    type Page = WordingPage;

    fn address(&self) -> String {
        action(self.report.id, &self.finding.key)
    }

    fn held(&self) -> Form {
        Form::new(vec![(REASON.to_owned(), self.reason().to_owned())])
    }

    fn read(&self, form: &Form) -> Result<Vec<Write>, Faults> {
        let fault = |why: &str| Err(vec![(REASON.to_owned(), why.to_owned())]);
        let put = form.one(PUT);
        if !put.is_empty() {
            return match self.finding.replaced(&self.report.case, put) {
                Some(write) => Ok(vec![write]),
                None => fault(
                    "Nothing was changed: the sentence does not stand word for word in just one answer. Change it there, or say why it stays",
                ),
            };
        }
        if form.one("do") == UNDO {
            return Ok(vec![Write::new(self.place(), Value::Null)]);
        }
        let reason = form.one(REASON).trim();
        let long = reason.chars().count();
        match long {
            0 => fault("Say in a few words why it stays as it is"),
            _ if long > LONGEST as usize => fault(&format!(
                "The reason has {long} characters; {LONGEST} are the most"
            )),
            _ => {
                let left = LeftWording {
                    reason: reason.to_owned(),
                };
                Ok(vec![Write::new(self.place(), json!(left))])
            }
        }
    }

    fn page(
        &self,
        form: &Form,
        faults: &[(String, String)],
        keeping: Keeping,
    ) -> Result<WordingPage, Error> {
        let mut fields = [field(form.get(REASON).unwrap_or_default())];
        mark(&mut fields, faults);
        let errors = summary(&fields);
        let [field] = fields;
        Ok(WordingPage {
            report: ReportStrip::of(self.report),
            one: Some(self.view()),
            typed: String::new(),
            field,
            errors,
            saved_meanwhile: if keeping.brings_together() {
                self.reason().to_owned()
            } else {
                String::new()
            },
            keeping,
            action: self.address(),
            back: list(self.report),
        })
    }

    fn clash(&self, form: &Form, stale: &Stale) -> Result<ConflictPage, Error> {
        let writes = self.read(form).unwrap_or_default();
        let report = self.report;
        let answer = stale.place.strip_prefix("answers.");
        if let Some(prompt) = answer.and_then(|id| self.interview.prompt(id)) {
            let address = self.address();
            return Ok(ConflictPage::new(
                report, prompt, &writes, stale, form, address,
            ));
        }
        let says = |text: &str| -> Vec<Said> {
            match text {
                "" => vec!["Nothing".into()],
                text => vec![text.into()],
            }
        };
        let page = ConflictPage::between(report, stale, form, self.address());
        let about = format!("Why “{}” stays", self.finding.found());
        Ok(page.saying(&about, says(self.reason()), says(form.one(REASON))))
    }

    fn onwards(&self, now: &LoadedReport) -> String {
        list(now)
    }

    fn set_aside(&self) -> String {
        list(self.report)
    }

    /// A reason that is half written says nothing.
    fn adds(&self) -> bool {
        true
    }
}

/// `GET /reports/{id}/wording/{key}`.
///
/// # Errors
/// There is no such report of hers, or a passage fails.
pub async fn show(
    State(state): State<AppState>,
    author: SignedIn,
    Path((id, key)): Path<(String, String)>,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let Some(found) = find(&state, &report, &key).await? else {
        return gone(&author, &report, &key, &Form::default());
    };
    saving::show(&state, &author, &report, &at(&state, &report, &found)).await
}

/// `POST /reports/{id}/wording/{key}`: puts other words in place, leaves it with a
/// reason, or takes that back.
///
/// # Errors
/// There is no such report of hers, a passage fails, or the store does.
pub async fn save(
    State(state): State<AppState>,
    author: SignedIn,
    Path((id, key)): Path<(String, String)>,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let Some(found) = find(&state, &report, &key).await? else {
        if form.one("again") == "drop" {
            return Ok(Redirect::to(&list(&report)).into_response());
        }
        return gone(&author, &report, &key, &form);
    };
    let at = at(&state, &report, &found);
    saving::save(&state, &author, &report, &at, &form).await
}

fn at<'a>(state: &'a AppState, report: &'a LoadedReport, found: &'a Found) -> At<'a> {
    At {
        report,
        interview: state.interview(),
        finding: &found.finding,
        evidence: &found.evidence,
    }
}

/// The sentence is no longer in the report: nothing was changed, and what was typed is
/// shown to copy.
fn gone(
    author: &SignedIn,
    report: &LoadedReport,
    key: &str,
    form: &Form,
) -> Result<Response, Error> {
    let page = WordingPage {
        report: ReportStrip::of(report),
        one: None,
        typed: form.one(REASON).to_owned(),
        field: field(""),
        errors: Vec::new(),
        saved_meanwhile: String::new(),
        keeping: Keeping::nothing(report.revision, true),
        action: action(report.id, key),
        back: list(report),
    };
    author.visit.page_as(StatusCode::CONFLICT, &page)
}

impl Page for WordingPage {
    const NAME: &'static str = "wording.html";
    const HTML: &'static str = include_str!("wording.html");

    fn title(&self) -> String {
        format!("Wording to look at – {}", self.report.name)
    }

    fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    fn fictional(&self) -> bool {
        self.report.fictional
    }

    fn samples() -> Vec<Self> {
        let page = |one: Option<WordingView>| Self {
            report: ReportStrip::sample(true),
            one,
            typed: String::new(),
            field: field("Her <own> word"),
            errors: Vec::new(),
            saved_meanwhile: String::new(),
            keeping: Keeping::nothing(3, true),
            action: "/reports/1/wording/addict-00".into(),
            back: "/reports/1/draft#wording".into(),
        };
        let mut all: Vec<Self> = WordingView::samples()
            .into_iter()
            .map(Some)
            .map(page)
            .collect();
        let mut fields = [field("")];
        mark(&mut fields, &[(REASON.to_owned(), "Say <why>".to_owned())]);
        let errors = summary(&fields);
        let [marked] = fields;
        all.push(Self {
            field: marked,
            errors,
            saved_meanwhile: "Theirs & more".into(),
            keeping: Keeping::sample(true),
            ..page(WordingView::samples().pop())
        });
        all.push(Self {
            typed: "It is <her> word".into(),
            ..page(None)
        });
        all
    }
}
