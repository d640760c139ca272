//! One prompt: one thing on one page, with what is safe to know before asking it.
//!
//! Lives here: how it looks. Not here: what saving it does (`save.rs`).

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::Response,
};
use chrono::NaiveDate;
use serde::Serialize;
use serde_json::Value;

use super::{
    notes::NotesView,
    report::{ReportStrip, open},
};
use crate::{
    case::InformationSource,
    directory::Directory,
    interview::{Interview, Kind, Prompt, Section, form::to_form, value_in},
    report::suggest::Suggested,
    store::LoadedReport,
    web::{
        asking::{
            Guidance, Part, Said,
            about::{self, AboutView},
            parts, picks, said, said_record,
        },
        error::Error,
        fields::{ErrorLine, mark, summary},
        form::Form,
        saving::{self, Keeping},
        state::AppState,
        templates::{Chrome, Page, Who},
        visit::SignedIn,
        wording::WordingView,
    },
};

mod beside;
mod save;

pub use save::save;

/// One prompt.
#[derive(Debug, Serialize)]
pub struct PromptPage {
    report: ReportStrip,
    section: SectionLink,
    ask: String,
    /// Shown under the heading where no single field carries it.
    hint: String,
    sensitive: bool,
    /// The page that comes before its section, where that is a sensitive one.
    before: String,
    /// The prompt's own fields, in the parts of a long page.
    parts: Vec<Part>,
    /// State, sources and visibility, where the prompt is an answer.
    about: Option<AboutView>,
    /// The records so far, where it is a list.
    records: Option<RecordsView>,
    guidance: Guidance,
    notes: NotesView,
    /// Wording to look at in what is saved.
    wording: Vec<WordingView>,
    errors: Vec<ErrorLine>,
    /// What somebody else saved meanwhile, while both texts are brought together.
    saved_meanwhile: Vec<Said>,
    keeping: Keeping,
    action: String,
    skip: String,
}

#[derive(Debug, Serialize)]
struct SectionLink {
    title: String,
    href: String,
}

#[derive(Debug, Serialize)]
struct RecordsView {
    name: String,
    rows: Vec<RecordRow>,
    add: String,
    /// Rows that the case suggests and the list does not hold yet.
    suggestions: Vec<SuggestionRow>,
    /// Where one is taken over as it is.
    take_over: String,
}

#[derive(Debug, Serialize)]
struct SuggestionRow {
    said: String,
    /// The row as its form would send it; none where something is left to write.
    sends: Vec<(String, String)>,
    /// What it is about, for a row that is begun and not yet whole.
    what: String,
}

#[derive(Debug, Serialize)]
struct RecordRow {
    number: usize,
    said: String,
    change: String,
    remove: String,
}

/// A prompt in its report.
struct At<'a> {
    interview: &'a Interview,
    report: &'a LoadedReport,
    section: &'a Section,
    prompt: &'a Prompt,
    /// Where places are looked up.
    directory: Option<Arc<Directory>>,
    /// Rows that the case suggests for its proposal.
    suggested: Vec<Suggested>,
    /// Wording to look at in what is saved.
    wording: Vec<WordingView>,
}

/// The rows suggested for a list of the proposal; none for any other prompt.
fn suggested(state: &AppState, report: &LoadedReport, prompt: &Prompt) -> Vec<Suggested> {
    if prompt.kind != Kind::Records || !prompt.place.starts_with("proposal.") {
        return Vec::new();
    }
    state.pack().suggested(&report.case, state.today())
}

impl<'a> At<'a> {
    /// The prompt with this id.
    fn new(state: &'a AppState, report: &'a LoadedReport, id: &str) -> Result<Self, Error> {
        let (section, prompt) = find(state, id)?;
        Ok(Self {
            interview: state.interview(),
            report,
            section,
            prompt,
            directory: Some(state.pack().directory.now()),
            suggested: suggested(state, report, prompt),
            wording: Vec::new(),
        })
    }
}

impl At<'_> {
    fn address(&self) -> String {
        format!("/reports/{}/prompts/{}", self.report.id, self.prompt.id)
    }

    /// Where *Save and continue* leads.
    fn onwards(&self, report: &LoadedReport) -> String {
        let home = format!("/reports/{}", report.id);
        match self.interview.following(&self.prompt.id, &report.case) {
            Some(next) => format!("{home}/prompts/{}", next.id),
            None => format!("{home}/sections/{}", self.section.id),
        }
    }

    /// What the case file holds, as the page's form would send it.
    fn held(&self) -> Form {
        let value = match self.report.case.answer(&self.prompt.id) {
            Some(answer) if self.prompt.is_answer() => answer.value.clone(),
            _ => value_in(self.prompt, &self.report.case),
        };
        let mut pairs = match (self.prompt.kind, value) {
            (Kind::Records, _) | (_, None) => Vec::new(),
            (_, Some(value)) => to_form(self.prompt, &value),
        };
        if self.prompt.is_answer() {
            let answer = self.report.case.answer(&self.prompt.id);
            pairs.extend_from_slice(about::held(self.prompt, answer).pairs());
        }
        Form::new(pairs)
    }

    fn page(&self, held: &Form, faults: &[(String, String)], keeping: Keeping) -> PromptPage {
        let prompt = self.prompt;
        let lone = !matches!(prompt.kind, Kind::Group | Kind::Records);
        let fields = if prompt.kind == Kind::Records {
            Vec::new()
        } else {
            prompt.page_fields()
        };
        let mut parts = parts(&fields, held);
        for part in &mut parts {
            if lone {
                for field in &mut part.fields {
                    *field = std::mem::take(field).label_hidden(&prompt.ask);
                }
            }
            mark(&mut part.fields, faults);
        }
        parts.retain(|part| !part.fields.is_empty());
        let about = prompt
            .is_answer()
            .then(|| about::view(prompt, held, faults, self.met(), &self.named()));
        let errors = errors(prompt, &parts, about.as_ref());
        let home = format!("/reports/{}", self.report.id);
        PromptPage {
            report: ReportStrip::of(self.report),
            section: SectionLink {
                title: self.section.title.clone(),
                href: format!("{home}/sections/{}", self.section.id),
            },
            ask: prompt.ask.clone(),
            hint: if lone {
                String::new()
            } else {
                prompt.hint.clone()
            },
            sensitive: prompt.sensitive,
            records: (prompt.kind == Kind::Records).then(|| self.records()),
            before: format!("{home}/sections/{}/before", self.section.id),
            guidance: Guidance::of(prompt, self.interview),
            notes: NotesView::beside(self.report, self.section, Some(&prompt.id)),
            wording: self.wording.clone(),
            errors,
            parts,
            about,
            saved_meanwhile: if keeping.brings_together() {
                self.saved_meanwhile()
            } else {
                Vec::new()
            },
            keeping,
            action: self.address(),
            skip: self.onwards(self.report),
        }
    }

    fn saved_meanwhile(&self) -> Vec<Said> {
        let saved = value_in(self.prompt, &self.report.case);
        saved.map(|v| said(self.prompt, &v)).unwrap_or_default()
    }

    /// The day on which the author met her.
    fn met(&self) -> Option<NaiveDate> {
        let meeting = self.report.case.answer("meeting")?.known()?;
        meeting.get("met_on")?.as_str()?.parse().ok()
    }

    /// The sources to tick.
    fn named(&self) -> Vec<InformationSource> {
        picks::named(&self.report.case)
    }

    fn records(&self) -> RecordsView {
        let held = value_in(self.prompt, &self.report.case);
        let all = held
            .as_ref()
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        let row = |(at, record): (usize, &Value)| RecordRow {
            number: at + 1,
            said: said_record(self.prompt, record),
            change: format!("{}/records/{at}", self.address()),
            remove: format!("{}/records/{at}/remove", self.address()),
        };
        RecordsView {
            name: self.prompt.record_name.clone(),
            suggestions: self.suggestions(held.as_ref()),
            rows: all.enumerate().map(row).collect(),
            add: format!("{}/records/new", self.address()),
            take_over: format!("{}/records/suggested", self.address()),
        }
    }

    fn suggestions(&self, held: Option<&Value>) -> Vec<SuggestionRow> {
        let rows = held
            .and_then(Value::as_array)
            .map_or(&[][..], Vec::as_slice);
        let mine = self
            .suggested
            .iter()
            .filter(|s| s.place == self.prompt.place);
        let row = |s: &Suggested| {
            let what = s
                .record
                .get("what")
                .and_then(Value::as_str)
                .unwrap_or_default();
            let sends = to_form(self.prompt, &s.record);
            SuggestionRow {
                said: if s.whole {
                    said_record(self.prompt, &s.record)
                } else {
                    what.to_owned()
                },
                sends: if s.whole { sends } else { Vec::new() },
                what: what.to_owned(),
            }
        };
        mine.filter(|s| !s.is_used(rows)).map(row).collect()
    }
}

/// The error summary in page order: the state stands before the fields of a sensitive
/// prompt, and after those of any other.
fn errors(prompt: &Prompt, parts: &[Part], about: Option<&AboutView>) -> Vec<ErrorLine> {
    let fields = parts.iter().flat_map(|p| &p.fields);
    let state = about.map(|a| &a.state);
    let (first, then) = if prompt.sensitive {
        (state, None)
    } else {
        (None, state)
    };
    let rest = about.into_iter().flat_map(AboutView::fields);
    summary(first.into_iter().chain(fields).chain(then).chain(rest))
}

/// A page of a prompt of no pack, for samples.
#[must_use]
pub fn sample(prompt: &Prompt, faults: &[(String, String)]) -> PromptPage {
    let report = super::samples::report();
    let (interview, section) = (Interview::default(), Section::default());
    let at = At {
        interview: &interview,
        report: &report,
        section: &section,
        prompt,
        directory: None,
        suggested: Vec::new(),
        wording: WordingView::samples(),
    };
    let mut page = at.page(&at.held(), faults, Keeping::sample(false));
    page.saved_meanwhile = vec!["She said <b>more</b>".into()];
    page
}

impl Page for PromptPage {
    const NAME: &'static str = "prompt.html";
    const HTML: &'static str = include_str!("prompt.html");

    fn title(&self) -> String {
        format!("{} – {}", self.ask, self.report.name)
    }

    fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    fn fictional(&self) -> bool {
        self.report.fictional
    }

    fn samples() -> Vec<Self> {
        super::samples::prompts()
    }
}

/// `GET /reports/{id}/prompts/{prompt}`.
///
/// # Errors
/// There is no such report of hers or no such prompt.
pub async fn show(
    State(state): State<AppState>,
    author: SignedIn,
    Path((id, prompt)): Path<(String, String)>,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let mut at = At::new(&state, &report, &prompt)?;
    at.wording = beside::wording(&state, &report, at.prompt).await?;
    saving::show(&state, &author, &report, &at).await
}

/// A prompt with its section, by the id in an address.
///
/// # Errors
/// There is no such prompt.
pub fn find<'a>(state: &'a AppState, id: &str) -> Result<(&'a Section, &'a Prompt), Error> {
    let mut all = state.interview().prompts();
    all.find(|(_, p)| p.id == id).ok_or_else(Error::not_found)
}

/// A prompt's page as its template alone renders it, for `benches/page.rs`.
#[must_use]
pub fn bare_prompt<'a>(
    state: &'a AppState,
    report: &LoadedReport,
    id: &str,
) -> Option<impl Fn() -> Result<String, tera::Error> + use<'a>> {
    let at = At::new(state, report, id).ok()?;
    let keeping = Keeping::nothing(report.revision, false);
    let page = at.page(&at.held(), &[], keeping);
    let who = Some(Who::sample("Ann Author"));
    let chrome = Chrome::around(&page, "nonce", "token".into(), who, &at.address());
    Some(state.templates().bare(&page, &chrome))
}
