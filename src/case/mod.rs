//! The case file: everything one report rests on, and its documented JSON form.
//!
//! Lives here: shapes and their reading, no rule. Not here: which prompts exist
//! (`interview`), what the law allows (`sentencing`). To add a fact that code has
//! to understand, give it a field here with a docstring: the docstring becomes its
//! description in `foreword schema`. A fact that only the report's text needs is a
//! prompt in `report-templates/interview/` and lives in [`CaseFile::answers`].

mod answer;
mod assessment;
mod chosen;
mod edit;
mod enquiry;
mod examples;
mod json;
mod leaving;
mod parties;
mod practical;
mod proposal;
mod refusal;
pub mod revision;
mod week;
mod wording;

pub use answer::{Answer, AnswerState, Escalation, InformationKind, InformationSource, Visibility};
pub use assessment::{
    Assessment, CentreAssessment, ItemDecision, MetHow, PackageItem, Suitability, ThemeSeen, Use,
};
pub use chosen::{ChosenService, EntryFact, ServiceGap};
pub use edit::{LONGEST_EDIT, SectionEdit};
pub use enquiry::{Enquiry, EnquiryKind, EnquiryOutcome, IfOutstanding};
pub use examples::EXAMPLES;
pub use json::{CaseFileError, facts, from_json, from_value, schema, to_json};
pub use leaving::{Allowed, LONGEST_REASON, Leaving};
pub use parties::{
    Author, CourtKind, ExistingOrder, ExistingOrderKind, Hearing, Indication, Name, Offence, Plea,
    ProtectedTerm, Woman,
};
pub use practical::{GroupSetting, InZone, PeopleThere, PlannedActivity};
pub use proposal::{
    Alternative, CustodyPosition, FirstStep, HowPunished, OrderKind, Proposal, ProposedRequirement,
    Purpose, SuspendedTerms,
};
pub use week::{Commitment, CommitmentKind, Day, Slot};
pub use wording::{LeftWording, WordingChoices};

use std::collections::BTreeMap;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The version of the JSON form that this program reads and writes.
pub const CASE_FILE_VERSION: u32 = 1;

/// How long and how full the report is. The format chooses depth, never facts.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// Spoken in court on the day.
    Oral,
    /// Short format (fast delivery), up to five working days.
    #[default]
    Short,
    /// Standard delivery, for complex cases.
    Standard,
}

impl Format {
    /// Every format, the shortest first.
    pub const ALL: [Self; 3] = [Self::Oral, Self::Short, Self::Standard];
}

/// Everything one report rests on.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseFile {
    /// Version of this JSON form: 1.
    pub foreword_case: u32,
    /// True for an example that describes nobody; every page and document says so.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub fictional: bool,
    /// Depth of the report.
    #[serde(default)]
    pub format: Format,
    /// The probation officer who writes and signs.
    #[serde(default)]
    pub author: Author,
    /// The woman the report is about.
    #[serde(default)]
    pub woman: Woman,
    /// The court, the dates, and what it has said.
    #[serde(default)]
    pub hearing: Hearing,
    /// Offences before the court, the main one first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offences: Vec<Offence>,
    /// Orders and licences she was subject to when these offences were committed,
    /// or is subject to now.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub existing_orders: Vec<ExistingOrder>,
    /// Answers to prompts, by prompt id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: BTreeMap<String, Answer>,
    /// Checks asked of other agencies.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub enquiries: Vec<Enquiry>,
    /// What already fills her week.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub week: Vec<Commitment>,
    /// Services chosen for the proposal, each with a snapshot of its entry.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub services: Vec<ChosenService>,
    /// Needs for which nothing suitable was found, as the author recorded it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gaps: Vec<ServiceGap>,
    /// Assessments of her by women's centres that the author brought into the report, each
    /// as the centre signed it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assessments: Vec<CentreAssessment>,
    /// What the author proposes to the court.
    #[serde(default)]
    pub proposal: Proposal,
    /// Names and words that must never reach the report: an abuser's name, a
    /// refuge, a child's school. Any that do are withheld and reported.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub protected: Vec<ProtectedTerm>,
    /// Places where words that look like something that must not leave may stay, each
    /// with the author's reason.
    #[serde(default, skip_serializing_if = "Leaving::is_empty")]
    pub leaving: Leaving,
    /// The author's own notes, by the id of the section they stand beside. Working
    /// notes: no report reads them, and every export leaves them out.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub notes: BTreeMap<String, String>,
    /// What the author made of sections of the report, by the id of the section.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub edits: BTreeMap<String, SectionEdit>,
    /// What the author decided about the wording check. No report reads it.
    #[serde(default, skip_serializing_if = "WordingChoices::is_empty")]
    pub wording: WordingChoices,
}

impl CaseFile {
    /// An empty case file of the current version.
    #[must_use]
    pub fn new() -> Self {
        Self {
            foreword_case: CASE_FILE_VERSION,
            ..Self::default()
        }
    }

    /// The case file as it may leave: without the author's working notes.
    #[must_use]
    pub fn for_export(mut self) -> Self {
        self.notes.clear();
        self
    }

    /// The main offence: the one listed first.
    #[must_use]
    pub fn main_offence(&self) -> Option<&Offence> {
        self.offences.first()
    }

    /// The answer to a prompt, whatever its state.
    #[must_use]
    pub fn answer(&self, prompt: &str) -> Option<&Answer> {
        self.answers.get(prompt)
    }

    /// The value of an answer that was given or is known from record; `None` for
    /// every other state.
    #[must_use]
    pub fn value(&self, prompt: &str) -> Option<&serde_json::Value> {
        self.answers.get(prompt).and_then(Answer::known)
    }

    /// The latest conviction date among the offences: the date that selects most
    /// sentencing law.
    #[must_use]
    pub fn conviction_date(&self) -> Option<NaiveDate> {
        self.offences.iter().filter_map(|o| o.convicted_on).max()
    }
}
