//! What a record says beyond its words: the facts an author asks about, each with
//! "unknown" as a value of its own.
//!
//! Lives here: the types of those facts. Not here: the words of a record (`record`),
//! nor what a term means (`vocabulary`). An absent date or number, an empty text or
//! list, and a term that is neither stated nor denied all mean *unknown*, never *no*.
//! To carry one more fact: a field of [`Facts`], its key in `from_toml`, and a line in
//! `service-directory/README.md`.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

use crate::case::Day;

/// A term of the published taxonomies that the record states or denies.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stated {
    /// Taxonomy and code, such as `facility/creche`.
    pub term: String,
    /// True where the record says it does *not*.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub no: bool,
    /// Who says so; empty where the record's own source does.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
}

impl Stated {
    /// A term the record states on its own source.
    #[must_use]
    pub fn yes(term: impl Into<String>) -> Self {
        Self {
            term: term.into(),
            no: false,
            source: String::new(),
        }
    }
}

/// How often an opening recurs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Often {
    /// Every week.
    #[default]
    Weekly,
    /// Some weeks of the month; the words say which.
    Monthly,
}

/// Days and hours, British local time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Opening {
    /// Days; empty where only the words say.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub days: Vec<Day>,
    /// From, as `09:30`.
    #[serde(with = "clock", skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveTime>,
    /// To, as `13:00`.
    #[serde(with = "clock", skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveTime>,
    /// How often.
    pub often: Often,
    /// What happens then, in the record's words: `women's group`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub what: String,
}

/// How much room there is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Capacity {
    /// What is counted: `place` or `bed`.
    pub unit: String,
    /// How many are free.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub available: Option<u32>,
    /// How many there are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maximum: Option<u32>,
    /// The day this was so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated: Option<NaiveDate>,
    /// Anything said of it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// Who pays, and until when.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Funding {
    /// Who pays.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub funder: String,
    /// The last day it is funded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ends: Option<NaiveDate>,
    /// Anything said of it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// Who last checked the record, when and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verified {
    /// The day.
    pub on: NaiveDate,
    /// Role or organisation.
    pub by: String,
    /// `phone`, `site visit`, `provider portal`…
    pub how: String,
}

/// Where a service is, as far as it may be known.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Location {
    /// What the place is called.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Number and street.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// Town or city.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub town: String,
    /// Postcode.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub postcode: String,
    /// Degrees north and east, where the source gives them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub point: Option<super::geography::Point>,
    /// A refuge or another address that must not be known: it leaves by no export.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub internal: bool,
}

/// How to reach it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Phone {
    /// The number.
    pub number: String,
    /// What it is for.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub what: String,
}

/// Two sources that do not agree. Shown as they stand, never merged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conflict {
    /// What they differ on: `area`.
    pub about: String,
    /// What one says.
    pub one: String,
    /// Which source that is.
    pub one_source: String,
    /// What the other says.
    pub other: String,
    /// Which source that is.
    pub other_source: String,
}

/// Where a record that came in from outside came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// The feed's address or the file's name.
    pub feed: String,
    /// The id it has there.
    pub id: String,
}

/// Everything recorded beyond the words of a record.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Facts {
    /// Terms of the published taxonomies.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<Stated>,
    /// Who may use it, in the record's words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub eligibility: String,
    /// Youngest age in years.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimum_age: Option<u8>,
    /// Oldest age in years.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maximum_age: Option<u8>,
    /// What it costs her, in the record's words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub cost: String,
    /// Languages it works in, by their English names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<String>,
    /// What is said of interpreting.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub interpreting: String,
    /// What is said of getting in and taking part, in the record's words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub accessibility: Vec<String>,
    /// Days and hours.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub openings: Vec<Opening>,
    /// Working days it takes to assess a woman for the court.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub court_assessment_days: Option<u16>,
    /// Usual wait in days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waiting_days: Option<u16>,
    /// No referral is taken before this day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_before: Option<NaiveDate>,
    /// Room there is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub capacity: Vec<Capacity>,
    /// A notice that holds for now.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub alert: String,
    /// Who pays, and until when.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub funding: Vec<Funding>,
    /// Who keeps this record true: a role or an organisation, never a person's name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub owner: String,
    /// Its role mailbox.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub owner_mailbox: String,
    /// Who last checked the record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verified: Option<Verified>,
    /// The day it is due to be checked again, where one is set for this record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_check: Option<NaiveDate>,
    /// Where it is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub locations: Vec<Location>,
    /// Telephone numbers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub phones: Vec<Phone>,
    /// E-mail address for enquiries.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub email: String,
    /// What its sources do not agree on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
    /// The whole record is for authors only and leaves by no export.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub internal_only: bool,
    /// Where it came in from, where it did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// When the record last changed, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified: Option<DateTime<Utc>>,
}

impl Facts {
    /// The last day that all its funding is known to run; `None` where no end is
    /// recorded.
    #[must_use]
    pub fn funded_until(&self) -> Option<NaiveDate> {
        self.funding.iter().filter_map(|f| f.ends).max()
    }

    /// Whether any part of it must not leave.
    #[must_use]
    pub fn has_internal(&self) -> bool {
        self.internal_only || self.locations.iter().any(|l| l.internal)
    }
}

/// Times of day as `HH:MM`.
mod clock {
    use chrono::NaiveTime;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    #[expect(clippy::ref_option, reason = "serde's `with` passes a reference")]
    pub fn serialize<S: Serializer>(time: &Option<NaiveTime>, s: S) -> Result<S::Ok, S::Error> {
        match time {
            Some(time) => s.collect_str(&time.format("%H:%M")),
            None => s.serialize_none(),
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Option<NaiveTime>, D::Error> {
        Option::<String>::deserialize(d)?
            .map(|text| {
                NaiveTime::parse_from_str(&text, "%H:%M").map_err(|_| {
                    D::Error::custom(format!("`{text}` is not a time; write it as 09:30"))
                })
            })
            .transpose()
    }
}
