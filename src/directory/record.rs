//! A record of the directory as it is kept: its words and facts, nothing read into
//! them. And the part of it that may leave.
//!
//! Lives here: the one form a record has in the file, the database and an import. Not
//! here: what its words are taken to mean (`service`, `readings`), nor reading the
//! file (`from_toml`).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{as_at::AsAt, facts::Facts, service::Area};

/// A record, word for word.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Record {
    /// Stable id (a UUID).
    pub id: String,
    /// Name of the service.
    pub name: String,
    /// Who runs it.
    pub organisation: String,
    /// What kind of service, in the record's words.
    pub kind: String,
    /// What it does, in a few sentences; empty where nobody has written them.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Where it works.
    pub area: Area,
    /// Setting and facilities, in the record's words.
    pub setting_words: Vec<String>,
    /// What it offers, in the record's words.
    pub service_types: Vec<String>,
    /// Whom it is for, in the record's words, where the record narrows it.
    pub specialist_for: Vec<String>,
    /// Reference of the contract it holds as prime provider.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contract: Option<String>,
    /// Places the contract names for delivery; empty where it names none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub delivery_locations: String,
    /// References of contracts it delivers part of for a prime provider.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub partner_contracts: Vec<String>,
    /// How to refer, in the record's words; empty where it does not say.
    pub referral_routes: String,
    /// The words that say whether it is working.
    pub status: String,
    /// The record's date.
    pub as_at: AsAt,
    /// How sure the record's keeper is of it.
    pub confidence: String,
    /// Its website, where recorded.
    pub website: String,
    /// Where the record comes from.
    pub source: String,
    /// Anything else recorded.
    pub note: String,
    /// Contract end in reference data that is not reliably kept: indicative only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recorded_contract_end: Option<NaiveDate>,
    /// Everything recorded beyond its words.
    pub facts: Facts,
}

/// A record without what must not leave. Holding one is the permission to export it:
/// there is no other way to make one than [`Record::public`].
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct PublicRecord(Record);

impl Record {
    /// The part that may leave; `None` where the whole record must stay. A place that
    /// must not be known goes without a trace: address, town, postcode and point.
    #[must_use]
    pub fn public(&self) -> Option<PublicRecord> {
        if self.facts.internal_only {
            return None;
        }
        let mut record = self.clone();
        if self.facts.has_internal() {
            record.facts.locations.retain(|l| !l.internal);
            record.area.locality = String::new();
        }
        Some(PublicRecord(record))
    }
}

impl std::ops::Deref for PublicRecord {
    type Target = Record;

    fn deref(&self) -> &Record {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::facts::Location;

    #[test]
    fn a_refuges_address_leaves_with_no_public_record() {
        let mut record = Record {
            name: "A refuge".into(),
            ..Record::default()
        };
        record.area.locality = "Hidden Street, Reading".into();
        record.facts.locations = vec![Location {
            town: "Hidden Street".into(),
            postcode: "RG1 9ZZ".into(),
            internal: true,
            ..Location::default()
        }];
        let public = serde_json::to_string(&record.public()).unwrap();
        assert!(!public.contains("Hidden") && !public.contains("RG1 9ZZ"));
        record.facts.internal_only = true;
        assert_eq!(record.public(), None);
    }
}
