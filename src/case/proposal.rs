//! What the author proposes to the court, as data. The rules that judge it live in
//! `sentencing`; no figure from statute stands here.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    practical::{GroupSetting, InZone, PeopleThere, PlannedActivity},
    week::Slot,
};

/// What kind of sentence is proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OrderKind {
    /// Community order.
    CommunityOrder,
    /// Suspended sentence order, with or without community requirements.
    SuspendedSentenceOrder,
    /// Deferment of sentence.
    Deferment,
    /// Conditional discharge.
    ConditionalDischarge,
    /// Fine.
    Fine,
    /// The author sees no alternative to immediate custody.
    CustodyUnavoidable,
}

/// What a requirement is for. Several may hold at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// Punishment (Sentencing Code s.208(10)).
    Punishment,
    /// Reform and rehabilitation.
    Rehabilitation,
    /// Protection of the public, victims included.
    Protection,
    /// Making amends.
    Reparation,
}

/// How a community order meets the rule on punishment (Sentencing Code
/// s.208(10)–(11)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "by", rename_all = "kebab-case", deny_unknown_fields)]
pub enum HowPunished {
    /// A requirement whose purposes include punishment.
    Requirement,
    /// A fine as well.
    Fine {
        /// Anything the court should know of her means.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    /// Exceptional circumstances make both unjust.
    ExceptionalCircumstances {
        /// What they are.
        reason: String,
    },
}

/// The terms of a suspended sentence order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SuspendedTerms {
    /// Custodial term in months, where the court has indicated one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custodial_months: Option<u32>,
    /// Operational period in months.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operational_months: Option<u32>,
    /// Supervision period in months, where there are requirements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supervision_months: Option<u32>,
}

/// One proposed requirement.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProposedRequirement {
    /// Id of the requirement in the law pack, such as `rar` or `unpaid_work`.
    pub id: String,
    /// How much, in the unit the law pack gives: hours, days, hours a day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<u32>,
    /// For how many months, where the requirement runs for a period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub months: Option<u32>,
    /// Name of the programme, treatment, place or condition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// What will be done, in a sentence for the sentencer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub what: Option<String>,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// When it starts, in words: `within five working days of sentence`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts: Option<String>,
    /// Theme ids of the needs it answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<String>,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub purposes: Vec<Purpose>,
    /// Id of the chosen service that delivers it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// When it would fall in her week, where that is known. For a curfew, the hours
    /// at home.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub slots: Vec<Slot>,
    /// Day its availability here, and for women, was checked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub availability_checked: Option<NaiveDate>,
    /// With whom it was checked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub availability_with: Option<String>,
    /// Whether she has said she is willing, where the law asks for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub willing: Option<bool>,
    /// Reason for leaving out electronic monitoring, where the law makes it the
    /// default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_monitoring_reason: Option<String>,
    /// Reason for more or less than the guideline's range at the level indicated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range_reason: Option<String>,
    /// With whom she would do it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub setting: Option<GroupSetting>,
    /// Day the information about the place was obtained.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place_information_on: Option<NaiveDate>,
    /// What the people at the place think of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people_there: Option<PeopleThere>,
    /// True where the area was laid beside the places she needs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone_checked: Option<bool>,
    /// Places she needs that lie inside the area.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub zone_holds: Vec<InZone>,
    /// Day the treatment provider assessed her, or will.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assessed_on: Option<NaiveDate>,
    /// Minutes it takes her to get there, one way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub travel_minutes: Option<u32>,
    /// Adjustments she needs in it, as they would be made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adjustments: Option<String>,
    /// Months between the court's reviews, where it is to be reviewed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review_every_months: Option<u32>,
    /// What is planned in it, so that the number of days can be counted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub plan: Vec<PlannedActivity>,
}

/// Something else that was considered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Alternative {
    /// The sentence or requirement.
    pub what: String,
    /// Why it is not proposed.
    pub why_not: String,
}

/// The three-way custody question of the official report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CustodyPosition {
    /// Custody is possible or expected: its effect is described.
    PossibleOrExpected,
    /// The custody threshold is not met.
    ThresholdNotMet,
    /// The court has said custody is not considered.
    NotConsidered,
}

/// One thing that happens in the first four weeks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FirstStep {
    /// Week after sentence, 1 to 4.
    pub week: u8,
    /// What happens.
    pub what: String,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// When: day and time, or `day to be confirmed`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// With whom, by role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with: Option<String>,
}

/// What the author proposes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Proposal {
    /// Kind of sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<OrderKind>,
    /// Length in months (community order, deferment, conditional discharge).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub months: Option<u32>,
    /// Terms of a suspended sentence order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suspended: Option<SuspendedTerms>,
    /// Requirements.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub requirements: Vec<ProposedRequirement>,
    /// True where the order is proposed with reviews in an intensive supervision court
    /// (Sentencing Code ss.217A, 293A).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub special_reviews: Option<bool>,
    /// How the rule on punishment is met.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub punished: Option<HowPunished>,
    /// Why this order suits her and this offending.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rationale: Option<String>,
    /// What happens in the first four weeks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub first_weeks: Vec<FirstStep>,
    /// What happens if she does not attend.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enforcement: Option<String>,
    /// What else was considered.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<Alternative>,
    /// The three-way custody question.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custody: Option<CustodyPosition>,
    /// What custody would do to her: home, work, treatment, safety.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custody_effect_on_her: Option<String>,
    /// What custody would do to people who depend on her.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custody_effect_on_dependants: Option<String>,
}

impl Proposal {
    /// Months that the order proposed lasts: a suspended sentence by its supervision, or
    /// where it has none by its operational period.
    #[must_use]
    pub fn lasts(&self) -> Option<u32> {
        match self.order? {
            OrderKind::SuspendedSentenceOrder => {
                let terms = self.suspended?;
                terms.supervision_months.or(terms.operational_months)
            }
            _ => self.months,
        }
    }
}
