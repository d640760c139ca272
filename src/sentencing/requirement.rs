//! A requirement of an order, as `report-templates/sentencing/requirements.toml` spells
//! it: one dated row of law with its limits, its conditions and its words.
//!
//! Lives here: the shape, and what a row says about itself. Not here: judging a
//! proposal by it (`amounts`, `combination`). To let a row say something new, add a
//! field with a docstring, and explain it in the header of the file.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    commencement::{Recorded, recorded},
    rows::{DateTest, Status, day, source},
};
use crate::{
    case::{OrderKind, ProposedRequirement},
    finding::Source,
};

/// What an amount counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Hours in all.
    Hours,
    /// Days in all.
    Days,
    /// Rehabilitation activity days.
    ActivityDays,
    /// Hours in a day.
    HoursPerDay,
    /// No amount: a period in months.
    Period,
    /// Either days or a period.
    DaysOrPeriod,
    /// Neither.
    None,
}

/// The two orders that requirements belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum OrderWithRequirements {
    /// Community order.
    #[serde(rename = "CO")]
    Community,
    /// Suspended sentence order.
    #[serde(rename = "SSO")]
    Suspended,
}

impl OrderWithRequirements {
    /// The order of a proposal, where it is one that has requirements.
    #[must_use]
    pub fn of(kind: OrderKind) -> Option<Self> {
        match kind {
            OrderKind::CommunityOrder => Some(Self::Community),
            OrderKind::SuspendedSentenceOrder => Some(Self::Suspended),
            _ => None,
        }
    }
}

/// Whether a requirement is usually thought of as punishment. Practice, not statute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Punitive {
    /// May well be.
    MayBe,
    /// Usually rehabilitative or there to monitor.
    No,
}

/// How much the author is asked about a place being available.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Availability {
    /// Nothing is asked.
    #[default]
    NotAsked,
    /// Worth saying.
    ShouldBeChecked,
    /// Not to be named without a check.
    MustBeChecked,
}

/// A fact that the law requires to be so before a requirement may be imposed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// Id in `facts.toml`.
    pub fact: String,
    /// What it must be.
    pub must_be: bool,
    /// The condition in words: `she is dependent on alcohol`.
    pub words: String,
    /// Where the law says so.
    pub citation: String,
}

/// Something the court must have before it, and what in a case can show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Precondition {
    /// It in words, with its paragraph.
    pub says: String,
    /// What in a case shows it.
    pub by: Evidence,
    /// Id in `facts.toml`, where a fact shows it.
    #[serde(default)]
    pub fact: Option<String>,
    /// What the fact must be.
    #[serde(default = "yes")]
    pub must_be: bool,
}

fn yes() -> bool {
    true
}

/// What in a case can show that the court has what it must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// Her answer on whether she is willing.
    Willingness,
    /// A check that it can be provided.
    Arrangements,
    /// The report itself: it is how the court hears, or consults, probation.
    Report,
    /// Information on the place.
    PlaceInformation,
    /// What the people there think of it, or agree to.
    PeopleThere,
    /// Electronic monitoring, or the reason for leaving it out.
    Monitoring,
    /// The amount.
    Amount,
    /// The name of the place, activity or thing, and the period.
    Named,
    /// An assessment by whoever treats.
    Assessment,
    /// A fact of `facts.toml`.
    Fact,
    /// The programme named, in the list of programmes.
    Programme,
    /// Another requirement in the order.
    Another,
    /// The dates that select the row.
    Dates,
    /// Her age.
    Age,
    /// Nothing in a case: it is for the court, or nobody has found it out.
    Court,
    /// Settled after sentence, so that nothing is needed before it.
    AfterSentence,
}

/// One dated row for one requirement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one independent statement a practice lead makes about a requirement"
)]
pub struct Requirement {
    /// Stable id, shared by the rows of one chain: `curfew`.
    pub id: String,
    /// Full name: `curfew requirement`.
    pub name: String,
    /// Short name for tables: `RAR`.
    pub short: String,
    /// Where the law is.
    pub statute: String,
    /// Address of it.
    #[serde(default)]
    pub url: String,
    /// Orders it can be part of.
    pub applies_to: Vec<OrderWithRequirements>,
    /// What its amount counts.
    pub unit: Unit,
    /// True where the order must give an amount.
    #[serde(default)]
    pub amount_needed: bool,
    /// True where the order must give a period.
    #[serde(default)]
    pub period_needed: bool,
    /// Least amount.
    #[serde(default)]
    pub min: Option<u32>,
    /// Greatest amount.
    #[serde(default)]
    pub max: Option<u32>,
    /// Longest period in months.
    #[serde(default)]
    pub max_months: Option<u32>,
    /// Orders to which `max_months` is limited; all of `applies_to` when empty.
    #[serde(default)]
    pub max_months_for: Vec<OrderWithRequirements>,
    /// Most hours in seven days.
    #[serde(default)]
    pub max_hours_per_7_days: Option<u32>,
    /// Review is a must above this many months.
    #[serde(default)]
    pub review_over_months: Option<u32>,
    /// Shortest time between reviews, in months.
    #[serde(default)]
    pub review_interval_months: Option<u32>,
    /// Only for a person under this age when convicted.
    #[serde(default)]
    pub under_age: Option<u32>,
    /// She has to have said that she is willing.
    #[serde(default)]
    pub needs_willingness: bool,
    /// Arrangements have to exist.
    #[serde(default)]
    pub needs_arrangements: bool,
    /// Probation has to recommend it.
    #[serde(default)]
    pub needs_recommendation: bool,
    /// How far its availability has to be checked.
    #[serde(default)]
    pub availability: Availability,
    /// A programme whose name the court will ask for.
    #[serde(default)]
    pub names_programme: bool,
    /// Electronic monitoring goes with it unless there is a reason.
    #[serde(default)]
    pub monitoring_default: bool,
    /// It is the electronic monitoring that others call for.
    #[serde(default)]
    pub monitors: bool,
    /// It ties her to a place, so it waits for enquiries.
    #[serde(default)]
    pub depends_on_enquiries: bool,
    /// Its hours are spent at home.
    #[serde(default)]
    pub at_home: bool,
    /// A woman is to be offered a setting that is not all male.
    #[serde(default)]
    pub womens_setting: bool,
    /// May be in one order more than once, for different things.
    #[serde(default)]
    pub may_repeat: bool,
    /// She goes somewhere for it.
    #[serde(default)]
    pub attends: bool,
    /// A treatment provider assesses her first.
    #[serde(default)]
    pub treatment: bool,
    /// An area she has to keep out of.
    #[serde(default)]
    pub zone: bool,
    /// She has to live where it says.
    #[serde(default)]
    pub lives_there: bool,
    /// She wears a device that others may see and that has to be charged.
    #[serde(default)]
    pub tag: bool,
    /// She wears a device that measures alcohol.
    #[serde(default)]
    pub alcohol_tag: bool,
    /// Its days are counted from a plan, and indicative.
    #[serde(default)]
    pub counts_plan: bool,
    /// What the court must have before it.
    #[serde(default)]
    pub preconditions: Vec<Precondition>,
    /// Facts of the case that decide whether it is available.
    #[serde(default, rename = "condition")]
    pub conditions: Vec<Condition>,
    /// Requirements that may not be in the same order.
    #[serde(default)]
    pub incompatible_with: Vec<String>,
    /// The order must have another requirement besides it and besides these.
    #[serde(default)]
    pub needs_another_besides: Vec<String>,
    /// Which date selects the row.
    pub date_test: DateTest,
    /// First day it covers; absent where it has not commenced.
    #[serde(default, with = "day")]
    pub from: Option<NaiveDate>,
    /// Last day it covers.
    #[serde(default, with = "day")]
    pub to: Option<NaiveDate>,
    /// How far it is law.
    pub status: Status,
    /// Changes of `changes.toml` that bring it in; it commences once all of them have.
    #[serde(default)]
    pub commenced_by: Vec<String>,
    /// The requirement it takes the place of where it is in force.
    #[serde(default)]
    pub instead_of: Option<String>,
    /// Who recorded its commencement, where an administrator did.
    #[serde(skip)]
    pub recorded: Option<Recorded>,
    /// Whether it is usually thought of as punishment.
    pub punitive: Punitive,
    /// Words for the report; `{amount}` is replaced. Empty where only months print.
    pub prints: String,
    /// The same for an amount of one.
    #[serde(default)]
    pub prints_one: String,
    /// Words for the period, from `pack.toml`.
    #[serde(skip_deserializing)]
    pub period_words: OneOrMany,
    /// The day the row was last checked.
    #[serde(default, with = "day")]
    pub checked: Option<NaiveDate>,
    /// True where somebody has read the source.
    pub verified: bool,
    /// What still has to be read.
    #[serde(default)]
    pub to_check: String,
    /// Anything else.
    #[serde(default)]
    pub notes: String,
}

impl Requirement {
    /// True where `other` may not be in the same order, whichever row says so.
    #[must_use]
    pub fn bars(&self, other: &Self) -> bool {
        self.incompatible_with.contains(&other.id) || other.incompatible_with.contains(&self.id)
    }

    /// Its source, as findings show it.
    #[must_use]
    pub fn source(&self) -> Source {
        let own = source(&self.statute, &self.url, self.checked, self.verified);
        recorded(own, self.recorded.as_ref())
    }

    /// The longest period in an order of this kind; the stricter where the order is
    /// not chosen yet.
    #[must_use]
    pub fn months_limit(&self, order: Option<OrderWithRequirements>) -> Option<u32> {
        let limited = match order {
            Some(order) => self.max_months_for.is_empty() || self.max_months_for.contains(&order),
            None => true,
        };
        self.max_months.filter(|_| limited)
    }
}

/// How a proposed amount and period print: `20 days`, `up to 16 hours a day for 3
/// months`. Empty where neither is known; nothing is invented.
#[must_use]
pub fn amount_words(row: &Requirement, proposed: &ProposedRequirement) -> String {
    let amount = proposed
        .amount
        .filter(|_| !matches!(row.unit, Unit::Period | Unit::None))
        .map(|amount| match amount {
            1 if !row.prints_one.is_empty() => row.prints_one.clone(),
            _ => row.prints.replace("{amount}", &amount.to_string()),
        });
    let period = proposed.months.map(|months| match months {
        1 => row.period_words.one.clone(),
        _ => row
            .period_words
            .many
            .replace("{months}", &months.to_string()),
    });
    let parts: Vec<String> = [amount, period].into_iter().flatten().collect();
    parts.join(" ")
}

/// Words for one, and for many.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OneOrMany {
    /// For a single month.
    pub one: String,
    /// For several: `{months}` is replaced.
    pub many: String,
}
