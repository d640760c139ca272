//! Somebody, or the same person in another window, has saved there since. Both texts
//! are shown, and nothing is lost whatever is chosen.

use serde::Serialize;
use serde_json::Value;

use super::report::ReportStrip;
use crate::{
    case::revision::{Write, apply},
    interview::{Prompt, value_in},
    store::{LoadedReport, Stale},
    web::{
        asking::{Said, said},
        form::Form,
        templates::Page,
        words,
    },
};

/// Both texts, and the choice between them.
#[derive(Debug, Serialize)]
pub struct ConflictPage {
    report: ReportStrip,
    about: String,
    by: String,
    at: String,
    /// What is saved now.
    theirs: Vec<Said>,
    /// What was sent and is not saved.
    yours: Vec<Said>,
    /// Everything that was sent, to send again.
    carried: Vec<(String, String)>,
    seen: i64,
    action: String,
    /// The page at which what was typed is kept until it is settled.
    kept_at: String,
}

/// The two texts alone, for the page's own script.
#[derive(Debug, Serialize)]
pub struct Texts<'a> {
    by: &'a str,
    at: &'a str,
    theirs: &'a [Said],
    yours: &'a [Said],
}

impl ConflictPage {
    /// The page for one prompt.
    #[must_use]
    pub fn new(
        report: &LoadedReport,
        prompt: &Prompt,
        writes: &[Write],
        stale: &Stale,
        form: &Form,
        action: String,
    ) -> Self {
        Self {
            theirs: says(prompt, value_in(prompt, &report.case).as_ref()),
            yours: says(prompt, yours(report, prompt, writes).as_ref()),
            about: prompt.short.clone(),
            ..Self::between(report, stale, form, action)
        }
    }

    /// The page without its two texts.
    #[must_use]
    pub fn between(report: &LoadedReport, stale: &Stale, form: &Form, action: String) -> Self {
        Self {
            report: ReportStrip::of(report),
            about: String::new(),
            by: stale.by.clone(),
            at: words::moment(stale.at),
            theirs: Vec::new(),
            yours: Vec::new(),
            carried: form.carried(&["seen", "again", "kept-at"]),
            // What is shown as saved is of this revision, so that is what was seen.
            seen: report.revision,
            kept_at: String::new(),
            action,
        }
    }

    /// With what each side says.
    #[must_use]
    pub fn saying(mut self, about: &str, theirs: Vec<Said>, yours: Vec<Said>) -> Self {
        about.clone_into(&mut self.about);
        (self.theirs, self.yours) = (theirs, yours);
        self
    }

    /// With the page at which what was typed is kept until it is settled.
    #[must_use]
    pub fn kept_at(mut self, page: &str) -> Self {
        page.clone_into(&mut self.kept_at);
        self
    }

    /// The two texts alone.
    #[must_use]
    pub fn texts(&self) -> Texts<'_> {
        Texts {
            by: &self.by,
            at: &self.at,
            theirs: &self.theirs,
            yours: &self.yours,
        }
    }
}

fn says(prompt: &Prompt, value: Option<&Value>) -> Vec<Said> {
    let said = value.map(|v| said(prompt, v)).unwrap_or_default();
    if said.is_empty() {
        vec!["Nothing".into()]
    } else {
        said
    }
}

/// What the prompt would hold had the writes been saved.
fn yours(report: &LoadedReport, prompt: &Prompt, writes: &[Write]) -> Option<Value> {
    let mut whole = serde_json::to_value(&report.case).ok()?;
    for write in writes {
        apply(&mut whole, write);
    }
    let held = prompt
        .path()
        .split('.')
        .try_fold(&whole, |at, part| at.get(part))
        .cloned()?;
    if prompt.is_answer() {
        held.get("value").cloned()
    } else {
        Some(held)
    }
}

impl Page for ConflictPage {
    const NAME: &'static str = "conflict.html";
    const HTML: &'static str = include_str!("conflict.html");

    fn title(&self) -> String {
        format!(
            "This was changed while you were writing – {}",
            self.report.name
        )
    }

    fn fictional(&self) -> bool {
        self.report.fictional
    }

    fn samples() -> Vec<Self> {
        vec![Self {
            report: ReportStrip::sample(true),
            about: "Alcohol & drugs".into(),
            by: "Sam <Author>".into(),
            at: "22 November 2026 at 4:05pm".into(),
            theirs: vec!["She has <b>stopped</b>.".into()],
            yours: vec!["She drinks less.".into(), "A second line".into()],
            carried: vec![("value".into(), "She drinks \"less\".\nA second line".into())],
            seen: 7,
            action: "/reports/1/prompts/alcohol".into(),
            kept_at: "prompts/alcohol".into(),
        }]
    }
}
