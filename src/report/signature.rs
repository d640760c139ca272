//! Who signs a report, as the report itself says it.
//!
//! Not here: whether it may be signed (`review`), or the words (the passage in
//! `report-templates/report/sections/about.md`).

use chrono::NaiveDate;

/// A signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Who signs, by the name of her account.
    pub by: String,
    /// On which day.
    pub on: NaiveDate,
    /// Who had checked it as it is signed, and on which day.
    pub checked: Option<(String, NaiveDate)>,
}
