//! What was recorded of a step or an outcome: how far, when, by whom, and how she sees it.
//!
//! Lives here: the record, which only grows, and how each thing stands by it. A mistake is
//! put right by another entry; none is changed.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Outcome, Plan};

/// How far something has come, in the published words of the referral service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// Achieved.
    Achieved,
    /// Achieved in part.
    Partly,
    /// Not achieved.
    Not,
}

impl How {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Achieved, Self::Partly, Self::Not];

    /// Its id in forms and in `texts.toml`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Achieved => "achieved",
            Self::Partly => "partly",
            Self::Not => "not",
        }
    }

    /// The one of an id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|how| how.id() == id)
    }
}

/// What an entry is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum About {
    /// A step, by its number.
    Step(u32),
    /// An outcome.
    Outcome(Outcome),
}

impl fmt::Display for About {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Step(number) => write!(f, "step-{number}"),
            Self::Outcome(outcome) => write!(f, "outcome-{}-{}", outcome.theme, outcome.id),
        }
    }
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// What it is about.
    pub about: About,
    /// How far it has come.
    pub how: How,
    /// On which day.
    pub on: NaiveDate,
    /// Who recorded it.
    pub by: String,
    /// What was seen, or done.
    #[serde(default)]
    pub note: String,
    /// How she sees it, in her words.
    #[serde(default)]
    pub her_view: String,
    /// True where it is for the record and never printed.
    #[serde(default)]
    pub record_only: bool,
}

impl Plan {
    /// Everything that progress can be recorded of, in order.
    #[must_use]
    pub fn subjects(&self) -> Vec<About> {
        let steps = self.standing().map(|step| About::Step(step.number));
        let outcomes = self.outcomes.iter().cloned().map(About::Outcome);
        steps.chain(outcomes).collect()
    }

    /// How something stands: the entry of the latest day, of those the last recorded.
    #[must_use]
    pub fn stands(&self, about: &About) -> Option<&Entry> {
        let mine = self.progress.iter().filter(|entry| entry.about == *about);
        mine.max_by_key(|entry| entry.on)
    }

    /// As [`Plan::stands`], by entries that may be printed.
    #[must_use]
    pub fn shown(&self, about: &About) -> Option<&Entry> {
        let mine = self.progress.iter().filter(|entry| entry.about == *about);
        mine.filter(|entry| !entry.record_only)
            .max_by_key(|entry| entry.on)
    }
}
