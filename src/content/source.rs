//! Where something in a content file comes from, as its row says it.

use chrono::NaiveDate;
use serde::Deserialize;

use crate::finding::Source;

/// A `source` of a content file: citation, address, the day it was checked, and whether
/// anybody has confirmed it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceRow {
    citation: String,
    url: Option<String>,
    checked: toml::value::Datetime,
    verified: bool,
    /// For whoever keeps the file.
    #[serde(rename = "to_check", default)]
    _to_check: String,
}

impl SourceRow {
    /// The source it stands for.
    #[must_use]
    pub fn source(&self) -> Source {
        Source {
            citation: self.citation.clone(),
            url: self.url.clone(),
            checked: day(&self.checked),
            verified: self.verified,
        }
    }
}

/// The day of a date in a content file; none where it names none of the calendar.
#[must_use]
pub fn day(written: &toml::value::Datetime) -> Option<NaiveDate> {
    let day = written.date?;
    NaiveDate::from_ymd_opt(day.year.into(), day.month.into(), day.day.into())
}
