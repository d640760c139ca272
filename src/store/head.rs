//! A report's head: what its log of writes adds up to so far. Kept sealed beside the
//! log, so that reading a report is one row however long it has been worked on.
//!
//! Pure. The log stays the truth: a test folds every log and compares.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::case::{
    CaseFile, CaseFileError,
    revision::{Write, apply, fold},
};

/// Writes laid over each other, before emptied places are dropped.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Head(Value);

impl Head {
    /// Nothing written yet.
    pub(super) fn new() -> Self {
        Self(Value::Object(Map::new()))
    }

    /// The head with further writes.
    pub(super) fn with(&self, writes: &[Write]) -> Self {
        let mut root = self.0.clone();
        for write in writes {
            apply(&mut root, write);
        }
        Self(root)
    }

    /// What a place now holds; null where it holds nothing.
    pub(super) fn at(&self, place: &str) -> Value {
        place
            .split('.')
            .try_fold(&self.0, |at, part| at.get(part))
            .cloned()
            .unwrap_or_default()
    }

    /// The case file.
    pub(super) fn case(&self) -> Result<CaseFile, CaseFileError> {
        let whole: Vec<Write> = self
            .0
            .as_object()
            .into_iter()
            .flatten()
            .map(|(place, value)| Write::new(place, value.clone()))
            .collect();
        fold(&whole)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_head_is_what_the_log_adds_up_to_at_every_step() {
        let log = [
            Write::new("hearing", json!({"court": "Reading Magistrates' Court"})),
            Write::new("woman.name", json!({"first": "Angela", "last": "Example"})),
            Write::new("woman", json!({"crn": "X123456"})),
            Write::new("answers.alcohol", json!({"value": "She drinks."})),
            Write::new("woman", json!({"crn": null})),
            Write::new("answers.alcohol", json!({"state": "prefers-not-to-say"})),
            Write::new("answers.alcohol", Value::Null),
            Write::new("hearing", Value::Null),
            Write::new("hearing", json!({"date": "2026-12-01", "kind": null})),
        ];
        let mut head = Head::new();
        for (step, write) in log.iter().enumerate() {
            head = head.with(std::slice::from_ref(write));
            assert_eq!(head.case(), fold(&log[..=step]), "after write {step}");
        }
    }

    #[test]
    fn a_place_is_read_back_and_an_empty_one_is_null() {
        let head = Head::new().with(&[Write::new("woman.name", json!({"first": "Miriam"}))]);
        assert_eq!(head.at("woman.name.first"), json!("Miriam"));
        assert_eq!(head.at("woman.name.last"), Value::Null);
        assert_eq!(head.at("woman.name.first.more"), Value::Null);
    }
}
