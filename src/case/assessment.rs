//! What a women's centre told the author of a woman it assessed, and what the author made
//! of it.
//!
//! Lives here: the shapes, as the case file keeps them. The reply is the centre's: it is
//! carried word for word and never edited here. Not here: asking for it, or what follows
//! from it (`consultancy`).

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{practical::GroupSetting, week::Slot};

/// How a centre met her.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MetHow {
    /// At the centre.
    AtTheCentre,
    /// Somewhere else, in person.
    InPersonElsewhere,
    /// In custody or at court.
    InCustody,
    /// By video.
    Video,
    /// By telephone.
    Telephone,
    /// She was not met.
    NotMet,
}

/// Whether what the centre offers suits her.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Suitability {
    /// It does.
    Yes,
    /// It does, under conditions that the reply names.
    WithConditions,
    /// It does not.
    No,
    /// The centre could not assess her.
    CouldNotAssess,
}

/// What the centre found about one theme of need.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ThemeSeen {
    /// Theme id.
    pub theme: String,
    /// `none`, `low`, `medium` or `high`; absent where the centre did not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// What it found, in the centre's words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub said: String,
}

/// One thing that the centre offers her.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PackageItem {
    /// What it is.
    pub what: String,
    /// With whom: women only, mixed, one to one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub setting: Option<GroupSetting>,
    /// Where.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// When it falls in her week.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub slots: Vec<Slot>,
    /// How often, in words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub often: String,
    /// For how many weeks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weeks: Option<u32>,
    /// With which worker, by first name or role.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub worker: String,
    /// What is offered for children meanwhile.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub childcare: String,
    /// Help with getting there.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub travel: String,
    /// The last day on which her place is held.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub held_until: Option<NaiveDate>,
}

/// An assessment of her by a women's centre, as the centre signed it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Assessment {
    /// Day she was met.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub met_on: Option<NaiveDate>,
    /// How she was met.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub met_how: Option<MetHow>,
    /// Who was there, by role.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub present: String,
    /// What is already happening, and since when.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub under_way: String,
    /// What was found, theme by theme.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub themes: Vec<ThemeSeen>,
    /// Her strengths.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub strengths: String,
    /// Her goals, in her own words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub goals: String,
    /// What the centre offers her.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub package: Vec<PackageItem>,
    /// What it cannot offer.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub cannot_offer: String,
    /// Adjustments it would make.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub adjustments: String,
    /// How she can be reached safely. Never printed.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub safe_contact: String,
    /// What has to be so for her to be safe there. Never printed.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub safety: String,
    /// Whether it suits her.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suitability: Option<Suitability>,
    /// The conditions, or why not.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub suitability_why: String,
    /// Whether somebody would come to court or report back to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_court: Option<bool>,
    /// What the author should know and the court should not read. Never printed, and
    /// looked for in everything that leaves.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub not_for_court: String,
    /// What whoever signed it is at the centre.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub signer_role: String,
}

/// What the author made of one thing offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Use {
    /// It is part of the proposal.
    Adopted,
    /// The report quotes it as the centre's words, beside the proposal.
    Quoted,
    /// It is not proposed, for a reason the report gives.
    NotProposed,
}

/// The author's decision on one thing offered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ItemDecision {
    /// Its place in the package, from 0.
    pub item: usize,
    /// What was made of it.
    pub made: Use,
    /// Why it is not proposed, in the author's words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
}

/// A women's centre's assessment, brought into the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CentreAssessment {
    /// Id of the referral that it answers.
    pub referral: String,
    /// Id of the centre's directory entry.
    pub service: String,
    /// The centre's name as it stood.
    pub centre: String,
    /// Its organisation as it stood.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub organisation: String,
    /// Which version of the reply, from 1.
    pub version: u32,
    /// Day it was signed.
    pub signed_on: NaiveDate,
    /// Who signed it for the centre.
    pub signed_by: String,
    /// The reply, word for word.
    pub reply: Assessment,
    /// What the author made of what is offered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decisions: Vec<ItemDecision>,
}

impl CentreAssessment {
    /// What the author made of one thing offered; none where she has not said.
    #[must_use]
    pub fn decided(&self, item: usize) -> Option<&ItemDecision> {
        self.decisions.iter().find(|d| d.item == item)
    }
}
