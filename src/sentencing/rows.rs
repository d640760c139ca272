//! The rows of the law pack other than requirements: rules, offences, ranges, changes.
//!
//! Lives here: shapes and what a row says about itself. Not here: requirements
//! (`requirement`), reading and refusing (`load`), choosing rows by date (`law`). To let
//! a row say something new, add a field with a docstring, and explain it in the header
//! of its file.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::commencement::{Recorded, recorded};
use crate::finding::Source;

/// Which date of a case selects a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateTest {
    /// The day of conviction.
    Conviction,
    /// The last day of the offence.
    Offence,
    /// The day the order is made, whenever she offended or was convicted.
    Order,
}

/// How far a row is law.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// In force.
    InForce,
    /// Superseded, but still governs older cases.
    OlderCases,
    /// Superseded for every case that can still arise.
    Historic,
    /// In force only for making regulations and the like.
    LimitedPurposes,
    /// Enacted; no commencement known. Listed, never applied.
    NotCommenced,
}

/// One dated row for one general rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Stable code, shared by the rows of one chain: `co.length`.
    pub code: String,
    /// Heading on the law page.
    pub title: String,
    /// The rule in plain words.
    pub says: String,
    /// Where the law is.
    pub citation: String,
    /// Address of it.
    #[serde(default)]
    pub url: String,
    /// Figures that checks compare with, by name.
    #[serde(default)]
    pub figures: BTreeMap<String, u32>,
    /// Which date selects the row.
    pub date_test: DateTest,
    /// First day it covers.
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
    /// Who recorded its commencement, where an administrator did.
    #[serde(skip)]
    pub recorded: Option<Recorded>,
    /// The day the row was last checked.
    #[serde(default, with = "day")]
    pub checked: Option<NaiveDate>,
    /// True where somebody has read the source.
    pub verified: bool,
    /// What still has to be read.
    #[serde(default)]
    pub to_check: String,
}

impl Rule {
    /// Its source, as findings show it.
    #[must_use]
    pub fn source(&self) -> Source {
        let own = source(&self.citation, &self.url, self.checked, self.verified);
        recorded(own, self.recorded.as_ref())
    }

    /// A figure by name. The loader has made sure that those the program asks for are
    /// there.
    #[must_use]
    pub fn figure(&self, name: &str) -> Option<u32> {
        self.figures.get(name).copied()
    }
}

/// One listed offence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListedOffence {
    /// Stable id, stored in the case file.
    pub id: String,
    /// Title in lists.
    pub title: String,
    /// Words for the middle of a sentence.
    pub prints: String,
    /// Where the offence is.
    pub statute: String,
    /// Address of it.
    #[serde(default)]
    pub url: String,
    /// Whether the court can imprison; absent where it depends.
    #[serde(default)]
    pub imprisonable: Option<bool>,
    /// The maximum in words.
    pub maximum: String,
    /// What to find out, where it depends.
    #[serde(default)]
    pub ask: String,
    /// The offence is itself the breach of a court's order.
    #[serde(default)]
    pub breach_of_order: bool,
    /// A kind that some courts' criteria leave out.
    #[serde(default)]
    pub kind: Option<OffenceKind>,
    /// The day the row was last checked.
    #[serde(default, with = "day")]
    pub checked: Option<NaiveDate>,
    /// Where the maximum was read, or that nobody has.
    #[serde(rename = "source")]
    pub source_words: String,
    /// True where somebody has read the source.
    pub verified: bool,
    /// What still has to be read.
    #[serde(default)]
    pub to_check: String,
}

/// A kind of offence that some courts' criteria leave out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OffenceKind {
    /// Having a weapon or blade.
    WeaponPossession,
    /// Any other offence with a weapon.
    Weapon,
    /// A sexual offence.
    Sexual,
}

/// A guideline range for one requirement at one level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GuidelineRange {
    /// Level of community order.
    pub level: Level,
    /// Requirement id.
    pub requirement: String,
    /// Least amount.
    #[serde(default)]
    pub min: Option<u32>,
    /// Greatest amount.
    #[serde(default)]
    pub max: Option<u32>,
    /// Longest period.
    #[serde(default)]
    pub max_months: Option<u32>,
    /// The range in words.
    pub words: String,
    /// Which guideline.
    pub citation: String,
    /// Address of it.
    #[serde(default)]
    pub url: String,
    /// The day the row was last checked.
    #[serde(default, with = "day")]
    pub checked: Option<NaiveDate>,
    /// True where somebody has read the guideline in force.
    pub verified: bool,
    /// What still has to be read.
    #[serde(default)]
    pub to_check: String,
    /// Anything else.
    #[serde(default)]
    pub notes: String,
}

/// Level of a community order in the guideline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the levels speak for themselves")]
pub enum Level {
    Low,
    Medium,
    High,
}

/// One change in the law, for the law page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// Stable id.
    pub id: String,
    /// Heading.
    pub title: String,
    /// Where the law is.
    pub citation: String,
    /// Address of it.
    #[serde(default)]
    pub url: String,
    /// What it does.
    pub effect: String,
    /// How far it is law.
    pub status: Status,
    /// Since when.
    #[serde(default, with = "day")]
    pub from: Option<NaiveDate>,
    /// By what instrument, or what was looked at in vain.
    pub commencement: String,
    /// Which date selects it.
    #[serde(default)]
    pub date_test: Option<DateTest>,
    /// Who recorded its commencement, where an administrator did.
    #[serde(skip)]
    pub recorded: Option<Recorded>,
    /// The day the row was last checked.
    #[serde(default, with = "day")]
    pub checked: Option<NaiveDate>,
    /// True where somebody has read the source.
    pub verified: bool,
    /// What still has to be read.
    #[serde(default)]
    pub to_check: String,
}

pub(super) fn source(
    citation: &str,
    url: &str,
    checked: Option<NaiveDate>,
    verified: bool,
) -> Source {
    Source {
        citation: citation.to_owned(),
        url: (!url.is_empty()).then(|| url.to_owned()),
        checked,
        verified,
    }
}

/// A TOML date (`2026-05-11`, no quotation marks) as a day.
pub(super) mod day {
    use chrono::{Datelike, NaiveDate};
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    #[expect(
        clippy::trivially_copy_pass_by_ref,
        clippy::ref_option,
        reason = "serde's `with` passes a reference"
    )]
    pub fn serialize<S: Serializer>(day: &Option<NaiveDate>, s: S) -> Result<S::Ok, S::Error> {
        day.map(|d| format!("{:04}-{:02}-{:02}", d.year(), d.month(), d.day()))
            .serialize(s)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Option<NaiveDate>, D::Error> {
        let written = toml::value::Datetime::deserialize(d)?;
        let whole_day = written.date.filter(|_| written.time.is_none());
        whole_day
            .and_then(|d| NaiveDate::from_ymd_opt(d.year.into(), d.month.into(), d.day.into()))
            .map(Some)
            .ok_or_else(|| D::Error::custom(format!("`{written}` is not a day; write 2026-05-11")))
    }
}
