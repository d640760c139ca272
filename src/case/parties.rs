//! Who and what is before the court: the author, the woman, the hearing, the
//! offences, and the orders she was already subject to.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::english::Pronouns;

/// The officer who writes and signs the report.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Author {
    /// Full name.
    pub name: String,
    /// Role, such as `Probation Officer`.
    pub role: String,
    /// Office or probation delivery unit.
    pub office: String,
}

/// A person's name as the report uses it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Name {
    /// Title, such as `Ms`. Empty where she prefers none.
    pub title: String,
    /// First name.
    pub first: String,
    /// Last name.
    pub last: String,
    /// The pronouns she asks for; *she* where nothing is said.
    #[serde(skip_serializing_if = "Pronouns::is_usual")]
    pub pronouns: Pronouns,
}

/// The woman the report is about.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Woman {
    /// Her name.
    pub name: Name,
    /// Date of birth.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_of_birth: Option<NaiveDate>,
    /// Case reference number; shown on screen, never printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub crn: Option<String>,
    /// Postcode district (`RG14`) or local authority where she will live. Never a
    /// full postcode.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lives_in: Option<String>,
    /// Her address. Printed only where `address_in_report` is true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// True where it is safe, and she agrees, that the report gives her address.
    /// Anything else withholds it.
    pub address_in_report: bool,
}

/// The kind of court.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CourtKind {
    /// Magistrates' court.
    Magistrates,
    /// Crown Court.
    Crown,
}

/// What the court indicated when it asked for the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Indication {
    /// All options open, custody included.
    AllOptions,
    /// Custody threshold passed.
    CustodyThreshold,
    /// Community order, low level.
    CommunityLow,
    /// Community order, medium level.
    CommunityMedium,
    /// Community order, high level.
    CommunityHigh,
    /// A community order, level not said.
    Community,
    /// Custody is not in the court's mind.
    CustodyNotConsidered,
    /// Nothing was said.
    NoneGiven,
}

/// The court, the dates, and what it said.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Hearing {
    /// Name of the court.
    pub court: String,
    /// Kind of court.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<CourtKind>,
    /// Case number or unique reference number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case_number: Option<String>,
    /// Day the court set for the report. Never derived from a nominal five or
    /// fifteen days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<NaiveDate>,
    /// Day the court asked for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requested: Option<NaiveDate>,
    /// What the court indicated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub indication: Option<Indication>,
    /// The court's own words, where noted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub indication_note: Option<String>,
}

/// How she pleaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Plea {
    /// Pleaded guilty.
    Guilty,
    /// Convicted after trial.
    ConvictedAfterTrial,
}

/// One offence before the court.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Offence {
    /// Id in `report-templates/sentencing/offences.toml`, or absent for an offence
    /// that is not listed there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Title as the report should give it.
    pub title: String,
    /// Day it was committed; the first day where it spans several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub committed_on: Option<NaiveDate>,
    /// Last day, where it spans several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub committed_until: Option<NaiveDate>,
    /// Day of conviction: the plea or the verdict.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub convicted_on: Option<NaiveDate>,
    /// Plea.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plea: Option<Plea>,
    /// Whether the court that sentences can imprison for it. Taken from the list
    /// for listed offences; needed here for others (Sentencing Code s.202(1)).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub imprisonable: Option<bool>,
    /// The maximum, in words, for an offence that is not listed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum: Option<String>,
    /// True where it was, or was closely connected with, the breach of an order of a
    /// court or tribunal: the presumption of suspension turns on that (Sentencing Code
    /// s.277A). Taken from the list for listed offences that always are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub breach_of_order: Option<bool>,
    /// Which order, in a few words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order_breached: Option<String>,
}

/// What kind of order she was subject to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ExistingOrderKind {
    /// Suspended sentence order.
    SuspendedSentenceOrder,
    /// Community order.
    CommunityOrder,
    /// Conditional discharge.
    ConditionalDischarge,
    /// Licence after custody.
    Licence,
    /// Any other order.
    Other,
}

/// An order she was or is subject to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExistingOrder {
    /// What kind.
    pub kind: ExistingOrderKind,
    /// Day it was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made_on: Option<NaiveDate>,
    /// What it was for, and its terms, in a few words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<String>,
    /// True where an offence now before the court was committed while subject to
    /// it. Decides whether the presumption of suspension applies (Sentencing Code
    /// s.277A) and is never guessed from dates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offended_while_subject: Option<bool>,
    /// True where its breach is before the court too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub breach_before_court: Option<bool>,
}

/// A name or word that must never reach the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProtectedTerm {
    /// The word or words, as they might be typed.
    pub text: String,
    /// Why, for the author's eyes: `abuser's name`, `child's school`.
    #[serde(default)]
    pub why: String,
}
