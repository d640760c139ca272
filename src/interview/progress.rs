//! How far a case has come: what is settled, what this kind of report still needs,
//! and where to go next.
//!
//! Lives here: counting. Not here: whether a value is right (`validate`). A prompt
//! counts as settled exactly when what it holds would be accepted.

use super::{
    branching::Step,
    held::Held,
    pack::{Interview, Prompt, Section},
    validate::validate,
};
use crate::case::CaseFile;

/// How far a section has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Nothing in it is settled.
    NotStarted,
    /// Something is settled, and something that this report needs is not.
    InProgress,
    /// Everything that this report needs is settled.
    Complete,
}

impl Status {
    /// The words in the task list.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::NotStarted => "Not started",
            Self::InProgress => "In progress",
            Self::Complete => "Complete",
        }
    }
}

/// How far one section has come.
#[derive(Debug, Clone, PartialEq)]
pub struct SectionProgress<'a> {
    /// The section.
    pub section: &'a Section,
    /// In one word.
    pub status: Status,
    /// How many prompts it asks in this case.
    pub asked: usize,
    /// How many of them are settled.
    pub settled: usize,
    /// How many that this report needs are not settled yet.
    pub needed: usize,
}

/// How far a case has come.
#[derive(Debug, Clone, PartialEq)]
pub struct Progress<'a> {
    /// Section by section, in order; a section that asks nothing is left out.
    pub sections: Vec<SectionProgress<'a>>,
    /// What this kind of report still needs, in page order.
    pub needed: Vec<Step<'a>>,
    /// Where to go next: the first that is still needed, else the first that is open.
    pub next: Option<Step<'a>>,
}

impl Progress<'_> {
    /// True where nothing that this kind of report needs is missing.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.needed.is_empty()
    }
}

impl Interview {
    /// How far a case has come, for the format it is written in.
    #[must_use]
    pub fn progress(&self, case: &CaseFile) -> Progress<'_> {
        let held = Held::of(case);
        let empty_case = CaseFile::new();
        let untouched = Held::of(&empty_case);
        let visible = self.visible_in(&held);
        let unsettled: Vec<Step<'_>> = visible
            .iter()
            .filter(|(_, p)| !settled(p, &held))
            .copied()
            .collect();
        let needed: Vec<Step<'_>> = unsettled
            .iter()
            .filter(|(_, p)| p.needed_for.contains(&case.format))
            .copied()
            .collect();
        let touched = |p: &Prompt| {
            let changed = settled(p, &held) && held.look(p) != untouched.look(p);
            changed || declined(p, case)
        };
        let sections = self
            .sections
            .iter()
            .filter_map(|section| {
                let mine =
                    |steps: &[Step<'_>]| steps.iter().filter(|(s, _)| s.id == section.id).count();
                let asked = mine(&visible);
                let started = visible
                    .iter()
                    .any(|(s, p)| s.id == section.id && touched(p));
                let needed = mine(&needed);
                (asked > 0).then(|| SectionProgress {
                    section,
                    status: status(started, needed),
                    asked,
                    settled: asked - mine(&unsettled),
                    needed,
                })
            })
            .collect();
        let next = needed.first().or(unsettled.first()).copied();
        Progress {
            sections,
            needed,
            next,
        }
    }

    /// What this kind of report still needs, in page order, without the rest of
    /// [`Interview::progress`].
    #[must_use]
    pub fn still_needed(&self, case: &CaseFile) -> Vec<Step<'_>> {
        self.still_needed_in(&Held::of(case))
    }

    /// As [`Interview::still_needed`], for a case file already opened.
    #[must_use]
    pub fn still_needed_in(&self, held: &Held<'_>) -> Vec<Step<'_>> {
        let format = held.case().format;
        self.prompts()
            .filter(|(_, p)| p.needed_for.contains(&format) && p.is_for(format))
            .filter(|(_, p)| self.open_in(p, held) && !settled(p, held))
            .collect()
    }

    /// As [`Interview::is_settled`], for a case file already opened.
    #[must_use]
    pub fn is_settled_in(&self, prompt: &Prompt, held: &Held<'_>) -> bool {
        settled(prompt, held)
    }

    /// True where the prompt is dealt with in any of the ways it allows.
    #[must_use]
    pub fn is_settled(&self, prompt: &Prompt, case: &CaseFile) -> bool {
        settled(prompt, &Held::of(case))
    }
}

fn status(started: bool, needed: usize) -> Status {
    match (started, needed) {
        (false, _) => Status::NotStarted,
        (true, 0) => Status::Complete,
        (true, _) => Status::InProgress,
    }
}

fn settled(prompt: &Prompt, held: &Held<'_>) -> bool {
    match held.look(prompt) {
        Some(value) => validate(prompt, &value).is_empty(),
        None => declined(prompt, held.case()),
    }
}

/// Declined, or not asked for a reason: settled without a value.
fn declined(prompt: &Prompt, case: &CaseFile) -> bool {
    prompt.is_answer()
        && case
            .answer(&prompt.id)
            .is_some_and(|answer| answer.is_settled() && answer.known().is_none())
}
