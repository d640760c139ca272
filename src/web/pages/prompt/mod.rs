//! One prompt: one thing on one page, with what is safe to know before asking it.
//!
//! Lives here: how it looks. Not here: what saving it does (`save.rs`).

use axum::{
    extract::{Path, State},
    response::Response,
};
use serde::Serialize;
use serde_json::Value;

use super::report::{ReportStrip, open};
use crate::{
    directory::Directory,
    interview::{Interview, Kind, Prompt, Section, form::to_form, value_in},
    store::LoadedReport,
    web::{
        asking::{
            Said,
            about::{self, AboutView},
            said, said_record, views,
        },
        error::Error,
        fields::{ErrorLine, FieldView, mark, summary},
        form::Form,
        saving::{self, Keeping},
        state::AppState,
        templates::Page,
        visit::SignedIn,
    },
};

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
    fields: Vec<FieldView>,
    /// State, sources and visibility, where the prompt is an answer.
    about: Option<AboutView>,
    /// The records so far, where it is a list.
    records: Option<RecordsView>,
    guidance: Guidance,
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
}

#[derive(Debug, Serialize)]
struct RecordRow {
    number: usize,
    said: String,
    change: String,
    remove: String,
}

/// What stands beside a prompt.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Guidance {
    /// True where any of it is given.
    given: bool,
    why: String,
    say: String,
    avoid: String,
    evidence: String,
    source: String,
}

impl Guidance {
    /// The guidance of a prompt.
    #[must_use]
    pub fn of(prompt: &Prompt) -> Self {
        let parts = [
            &prompt.why,
            &prompt.say,
            &prompt.avoid,
            &prompt.evidence,
            &prompt.source,
        ];
        Self {
            given: parts.iter().any(|part| !part.is_empty()),
            why: prompt.why.clone(),
            say: prompt.say.clone(),
            avoid: prompt.avoid.clone(),
            evidence: prompt.evidence.clone(),
            source: prompt.source.clone(),
        }
    }
}

/// A prompt in its report.
struct At<'a> {
    interview: &'a Interview,
    report: &'a LoadedReport,
    section: &'a Section,
    prompt: &'a Prompt,
    /// Where places are looked up.
    directory: Option<&'a Directory>,
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
        let mut fields = views(&fields, held);
        if lone {
            fields = fields
                .into_iter()
                .map(|f| f.label_hidden(&prompt.ask))
                .collect();
        }
        mark(&mut fields, faults);
        let about = prompt
            .is_answer()
            .then(|| about::view(prompt, held, faults));
        let mut all = fields.clone();
        if let Some(about) = &about {
            all.insert(
                if prompt.sensitive { 0 } else { all.len() },
                about.state.clone(),
            );
            all.extend(about.fields().cloned());
        }
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
            guidance: Guidance::of(prompt),
            errors: summary(&all),
            fields,
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
            rows: all.enumerate().map(row).collect(),
            add: format!("{}/records/new", self.address()),
        }
    }
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
    let (section, prompt) = find(&state, &prompt)?;
    let at = At {
        interview: state.interview(),
        report: &report,
        section,
        prompt,
        directory: Some(&state.pack().directory),
    };
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
