//! A record of the directory as it is kept: its words and facts, nothing read into
//! them. And the part of it that may leave.
//!
//! Lives here: the one form a record has in the file, the database and an import. Not
//! here: what its words are taken to mean (`service`, `readings`), nor reading the
//! file (`from_toml`).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{as_at::AsAt, facts::Facts, service::Area};

/// Shorter words than a postcode could stand anywhere.
const SHORTEST_ADDRESS: usize = 5;

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
    /// must not be known goes without a trace: address, town, postcode and point. A
    /// record whose other words give that address or postcode stays as a whole.
    #[must_use]
    pub fn public(&self) -> Option<PublicRecord> {
        if self.facts.internal_only {
            return None;
        }
        let mut record = self.clone();
        if self.facts.has_internal() {
            record.facts.locations.retain(|l| !l.internal);
            record.area.locality = String::new();
            if self.gives_away_its_place(&record) {
                return None;
            }
        }
        Some(PublicRecord(record))
    }

    /// Whether what is left of it still has the address or postcode of a place that
    /// must not be known, with whatever spaces and capitals.
    fn gives_away_its_place(&self, left: &Self) -> bool {
        let plain = |text: &str| -> String {
            let letters = text.chars().filter(|c| c.is_alphanumeric());
            letters.flat_map(char::to_lowercase).collect()
        };
        let Ok(left) = serde_json::to_value(left) else {
            return true;
        };
        let mut said = String::new();
        texts(&left, &mut said);
        let left = plain(&said);
        let hidden = self.facts.locations.iter().filter(|l| l.internal);
        hidden
            .flat_map(|place| [plain(&place.address), plain(&place.postcode)])
            .any(|words| words.len() >= SHORTEST_ADDRESS && left.contains(&words))
    }
}

/// Every text of a value, one after another.
fn texts(value: &Value, into: &mut String) {
    match value {
        Value::String(text) => {
            into.push_str(text);
            into.push('|');
        }
        Value::Array(items) => items.iter().for_each(|item| texts(item, into)),
        Value::Object(fields) => fields.values().for_each(|field| texts(field, into)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
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
    #[test]
    fn a_record_whose_words_give_the_hidden_address_stays_as_a_whole() {
        let mut record = Record {
            name: "A refuge".into(),
            ..Record::default()
        };
        record.facts.locations = vec![Location {
            address: "9 Hidden Street".into(),
            postcode: "RG1 9ZZ".into(),
            internal: true,
            ..Location::default()
        }];
        assert!(record.public().is_some());
        for words in ["Ring at 9, hidden street.", "Post to rg19zz", "RG1\n9ZZ"] {
            record.note = words.into();
            assert_eq!(record.public(), None, "{words}");
        }
        record.note = "In Reading".into();
        assert!(record.public().is_some());
    }
}
