//! The law pack: everything in `report-templates/sentencing/`, loaded and checked once.
//!
//! Lives here: the pack and looking things up in it. Not here: reading and refusing
//! (`load`), the rows that hold on a case's dates (`law`). To add a file to the pack,
//! give it a field here and read it in `load`.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    courts::SpecialCourt,
    facts::Fact,
    messages::{Filled, Message, Reason, fill},
    programmes::Programme,
    requirement::{OneOrMany, Requirement},
    rows::{Change, GuidelineRange, Level, ListedOffence, Rule, Status, day},
};
use crate::{
    case::{OrderKind, Proposal},
    english::Pronouns,
    finding::{Finding, Severity, Source},
};

/// What `pack.toml` says of the pack as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// Version; signed reports record it.
    pub version: String,
    /// The day the pack was last checked as a whole.
    #[serde(with = "day")]
    pub checked: Option<NaiveDate>,
    /// How recent the newest source was.
    #[serde(with = "day")]
    pub newest_source_seen: Option<NaiveDate>,
    /// What that source was.
    pub newest_source: String,
    /// What a reader should know before relying on it.
    pub warning: String,
    /// Days for which a check of the pack is relied on.
    pub good_for_days: u32,
    /// Days for which a check of a service's availability is relied on.
    pub availability_good_for_days: u32,
    /// Minutes one way above which a journey is pointed out.
    pub long_travel_minutes: u32,
    /// Appointments a week above which the load is pointed out.
    pub most_contacts_a_week: u32,
    /// Full hour in which her waking day begins.
    pub waking_from_hour: u32,
    /// Full hour in which it ends.
    pub waking_to_hour: u32,
    /// Hours of one day that may be filled before it is pointed out.
    pub most_filled_hours_a_day: u32,
    /// Longest proposal, in characters, that the official tool's box takes.
    pub official_box_characters: u32,
    /// Longest text, in characters, that each of its other boxes takes.
    pub official_text_characters: u32,
    /// Words of a start that tell its week.
    #[serde(rename = "start")]
    pub starts: Vec<StartWords>,
    /// Words for a period.
    pub period: OneOrMany,
    /// Words for each kind of sentence.
    #[serde(rename = "order")]
    pub orders: Vec<OrderWords>,
    /// Words that messages are put together from.
    pub words: BTreeMap<String, String>,
}

/// Words of a start, and the week of the order that they mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StartWords {
    /// Words to look for, in lower case.
    pub says: String,
    /// Week after sentence, from 1.
    pub week: u32,
}

/// Words for one kind of sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrderWords {
    /// Which kind.
    pub kind: OrderKind,
    /// Its name: `community order`.
    pub name: String,
    /// With its length: `{months}-month community order`.
    pub with_length: String,
}

/// The law as dated data, loaded and checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LawPack {
    /// The pack as a whole.
    pub about: About,
    pub(super) requirements: Vec<Requirement>,
    pub(super) rules: Vec<Rule>,
    pub(super) offences: Vec<ListedOffence>,
    pub(super) ranges: Vec<GuidelineRange>,
    pub(super) changes: Vec<Change>,
    pub(super) programmes: Vec<Programme>,
    pub(super) courts: Vec<SpecialCourt>,
    pub(super) facts: Vec<Fact>,
    pub(super) messages: BTreeMap<String, Message>,
    pub(super) reasons: BTreeMap<String, Reason>,
}

impl LawPack {
    /// The week of the order in which something starts, where its words are known:
    /// the longest known words decide.
    #[must_use]
    pub fn start_week(&self, words: &str) -> Option<u32> {
        let words = words.to_lowercase();
        let known = self.about.starts.iter();
        let known = known.filter(|start| words.contains(&start.says));
        known.max_by_key(|start| start.says.len()).map(|s| s.week)
    }

    /// Every requirement row, of whatever date and status, in Schedule order.
    #[must_use]
    pub fn all_requirements(&self) -> &[Requirement] {
        &self.requirements
    }

    /// Every general rule, of whatever date and status.
    #[must_use]
    pub fn all_rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Every listed offence, in the file's order.
    #[must_use]
    pub fn offences(&self) -> &[ListedOffence] {
        &self.offences
    }

    /// A listed offence.
    #[must_use]
    pub fn offence(&self, id: &str) -> Option<&ListedOffence> {
        self.offences.iter().find(|o| o.id == id)
    }

    /// Changes in the law, in the file's order.
    #[must_use]
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// Every guideline range, in the file's order.
    #[must_use]
    pub fn ranges(&self) -> &[GuidelineRange] {
        &self.ranges
    }

    /// The guideline's range for a requirement at a level.
    #[must_use]
    pub fn range(&self, requirement: &str, level: Level) -> Option<&GuidelineRange> {
        self.ranges
            .iter()
            .find(|r| r.requirement == requirement && r.level == level)
    }

    /// Requirements that are enacted and not commenced as far as is known. Never
    /// applied.
    pub fn not_commenced(&self) -> impl Iterator<Item = &Requirement> {
        self.requirements
            .iter()
            .filter(|r| r.status == Status::NotCommenced)
    }

    /// True where nobody has checked the pack for longer than its own limit.
    #[must_use]
    pub fn is_old(&self, today: NaiveDate) -> bool {
        self.about.checked.is_none_or(|checked| {
            (today - checked).num_days() > i64::from(self.about.good_for_days)
        })
    }

    /// The name of a kind of sentence: `community order`.
    #[must_use]
    pub fn order_words(&self, kind: OrderKind) -> &str {
        self.about
            .orders
            .iter()
            .find(|o| o.kind == kind)
            .map_or("", |o| o.name.as_str())
    }

    /// What is proposed, with its length where that is known: `18-month community
    /// order`. Empty where no sentence is chosen.
    #[must_use]
    pub fn proposal_words(&self, proposal: &Proposal) -> String {
        let Some(kind) = proposal.order else {
            return String::new();
        };
        let months = match kind {
            OrderKind::SuspendedSentenceOrder => {
                proposal.suspended.and_then(|s| s.operational_months)
            }
            _ => proposal.months,
        };
        let words = self.about.orders.iter().find(|o| o.kind == kind);
        match (words, months) {
            (Some(words), Some(months)) => {
                words.with_length.replace("{months}", &months.to_string())
            }
            (Some(words), None) => words.name.clone(),
            (None, _) => String::new(),
        }
    }

    /// Words of `pack.toml` by key. The loader has made sure of every key used.
    pub(super) fn words(&self, key: &str) -> &str {
        self.about.words.get(key).map_or("", String::as_str)
    }

    /// The message of that code as a finding, without its row's source.
    pub(super) fn say(&self, code: &str, with: &Filled<'_>) -> Finding {
        self.messages.get(code).map_or_else(
            || Finding::new(Severity::Warn, code, code),
            |message| message.fill(with),
        )
    }

    /// A reason in the account of the presumption.
    pub(super) fn reason(&self, code: &str, with: &Filled<'_>, pronouns: Pronouns) -> String {
        self.reasons.get(code).map_or_else(String::new, |reason| {
            fill(&pronouns.say(&reason.says), with)
        })
    }

    /// The source of the message's rule, from any row of it: for messages given when
    /// no row holds on the case's dates.
    pub(super) fn source_of(&self, rule: &str) -> Option<Source> {
        self.rules
            .iter()
            .rev()
            .find(|r| r.code == rule)
            .map(Rule::source)
    }
}
