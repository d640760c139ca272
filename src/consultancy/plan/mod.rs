//! Her support and development plan: for what it is, who stays with her, what she wants,
//! the steps, the reviews, and what came of each.
//!
//! Lives here: the shape of it. Not here: making it from a case (`making`), what has moved
//! since (`moving`), what is recorded (`progress`, `court`), or any sentence
//! (`report-templates/plan/`). What nobody knows is empty, and shown as not yet known: no
//! part of it is filled in by guess. A new part is a field here with its docstring.

pub mod content;
pub mod court;
pub mod making;
pub mod moving;
pub mod progress;
pub mod reading;

#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use self::{
    content::PlanTexts,
    court::{CourtReview, SmallGoal},
    making::{Made, material},
    moving::{Difference, Moved},
    progress::{About, Entry, How},
};

/// A whole plan, with what was recorded against it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Plan {
    /// What it goes with: an id of `purposes.toml`.
    pub purpose: String,
    /// First day, once it is known: the day of sentence, of the caution, of release.
    pub starts: Option<NaiveDate>,
    /// Last day, once it is known.
    pub ends: Option<NaiveDate>,
    /// Link workers in the order they were named; the last is hers now.
    pub workers: Vec<Worker>,
    /// What she wants, in her words.
    pub wants: String,
    /// What that was made from.
    pub wants_from: Origin,
    /// What she would like to come of each need.
    pub aims: Vec<Aim>,
    /// The steps.
    pub steps: Vec<Step>,
    /// Published outcomes that were chosen for it.
    pub outcomes: Vec<Outcome>,
    /// Which agency holds, or sees, what.
    pub holders: Vec<Holder>,
    /// The days on which plan or order is looked at.
    pub reviews: Vec<CourtReview>,
    /// What was recorded, in the order it was.
    pub progress: Vec<Entry>,
    /// Differences from the proposal that were left, as it stood then.
    pub left: Vec<Left>,
}

/// The one who stays with her.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Worker {
    /// Her name.
    pub name: String,
    /// What she is.
    pub role: String,
    /// For whom she works.
    pub agency: String,
    /// A number or address that is answered.
    pub contact: String,
    /// From which day.
    pub from: Option<NaiveDate>,
    /// Why she took over from another; empty for the first.
    pub why: String,
}

/// What a part of the plan was made from.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Origin {
    /// What kind of thing.
    pub kind: OriginKind,
    /// Which, by a name that stays while the proposal is edited.
    pub key: String,
    /// Its place in the case file when it was made; empty where it has none.
    pub place: String,
}

/// What kind of thing a part of the plan was made from.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum OriginKind {
    /// Typed by whoever keeps the plan.
    #[default]
    Author,
    /// A requirement of the proposal.
    Requirement,
    /// Something that happens in the first weeks.
    FirstWeek,
    /// A service chosen for her.
    Service,
    /// Something she said of a need, or hopes for.
    Answer,
    /// Something a women's centre offered.
    Centre,
}

impl OriginKind {
    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::Author,
        Self::Requirement,
        Self::FirstWeek,
        Self::Service,
        Self::Answer,
        Self::Centre,
    ];

    /// Its id in `texts.toml`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Author => "author",
            Self::Requirement => "requirement",
            Self::FirstWeek => "first-week",
            Self::Service => "service",
            Self::Answer => "answer",
            Self::Centre => "centre",
        }
    }
}

/// What she would like to come of a need.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Aim {
    /// Theme id of the need.
    pub theme: String,
    /// In words that go on from *She wants*; empty where she was not asked.
    pub wants: String,
    /// A phrase of hers.
    pub her_words: String,
    /// What it was made from.
    pub origin: Origin,
}

/// The words of a step.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StepWords {
    /// What is done.
    pub what: String,
    /// Who does it with her.
    pub who: String,
    /// Where.
    pub place: String,
    /// When, in words.
    pub when: String,
}

impl StepWords {
    /// Each with its name in a form.
    #[must_use]
    pub fn each(&self) -> [(&'static str, &String); 4] {
        [
            ("what", &self.what),
            ("who", &self.who),
            ("place", &self.place),
            ("when", &self.when),
        ]
    }

    pub(super) fn each_mut(&mut self) -> [&mut String; 4] {
        [
            &mut self.what,
            &mut self.who,
            &mut self.place,
            &mut self.when,
        ]
    }
}

/// One step.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Step {
    /// Its number in the plan, which it keeps.
    pub number: u32,
    /// Theme ids of the needs it serves; none where it serves the whole.
    pub themes: Vec<String>,
    /// What is done, by whom, where and when.
    pub words: StepWords,
    /// The same for her, in plain words; empty where nobody has put it so yet.
    pub for_her: String,
    /// The requirement of the law that it is, where it is one.
    pub requirement: String,
    /// By which day, where one is set.
    pub by: Option<NaiveDate>,
    /// Why it was taken off the plan; empty while it stands.
    pub ended: String,
    /// What it was made from.
    pub origin: Origin,
    /// What that said when it was last looked at.
    pub made: StepWords,
}

impl Step {
    /// True while it is part of the plan.
    #[must_use]
    pub fn stands(&self) -> bool {
        self.ended.is_empty()
    }
}

/// A published outcome chosen for the plan.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// Theme id.
    pub theme: String,
    /// Id of the outcome among those of its theme.
    pub id: String,
}

/// Who holds what.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Holder {
    /// The agency.
    pub agency: String,
    /// Which information it holds, or may see; empty where that is not known.
    pub holds: String,
    /// What it was made from.
    pub origin: Origin,
}

/// A difference from the proposal that was left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Left {
    /// What the difference was about.
    pub origin: Origin,
    /// What it said then; `None` where it had gone.
    pub said: Option<StepWords>,
}

impl Plan {
    /// The worker she has now.
    #[must_use]
    pub fn worker(&self) -> Option<&Worker> {
        self.workers.last()
    }

    /// Changes of worker, each with who came before.
    pub fn breaks(&self) -> impl Iterator<Item = (&Worker, &Worker)> {
        self.workers.windows(2).filter_map(|pair| match pair {
            [before, after] => Some((before, after)),
            _ => None,
        })
    }

    /// Steps that are part of it, in order.
    pub fn standing(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(|step| step.stands())
    }

    /// A step by its number.
    #[must_use]
    pub fn step(&self, number: u32) -> Option<&Step> {
        self.steps.iter().find(|step| step.number == number)
    }

    /// The number of the next step.
    #[must_use]
    pub fn next_number(&self) -> u32 {
        let highest = self.steps.iter().map(|step| step.number).max();
        highest.unwrap_or(0).saturating_add(1)
    }

    /// Names a worker. One of the same name is the same worker, with what else was typed
    /// of her; another takes over, from a day and for a reason.
    pub fn name_worker(&mut self, worker: Worker) {
        match self.workers.last_mut() {
            Some(now) if now.name == worker.name => {
                let why = std::mem::take(&mut now.why);
                *now = Worker { why, ..worker };
            }
            _ => self.workers.push(worker),
        }
    }

    /// Themes of which an aim, a step or an outcome speaks, in the order they are met.
    #[must_use]
    pub fn themes(&self) -> Vec<&str> {
        let aims = self.aims.iter().map(|aim| aim.theme.as_str());
        let steps = self.standing().flat_map(|s| &s.themes).map(String::as_str);
        let outcomes = self.outcomes.iter().map(|o| o.theme.as_str());
        let mut themes: Vec<&str> = Vec::new();
        for theme in aims.chain(steps).chain(outcomes) {
            if !themes.contains(&theme) {
                themes.push(theme);
            }
        }
        themes
    }
}
