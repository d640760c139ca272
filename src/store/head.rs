//! A report's head: what its log of writes adds up to so far. Kept sealed beside the
//! log, so that reading a report is one row however long it has been worked on.
//!
//! Pure. The log stays the truth: a test folds every log and compares.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::summary::Summary;
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

    /// Lays further writes over it.
    pub(super) fn apply(&mut self, writes: &[Write]) {
        for write in writes {
            apply(&mut self.0, write);
        }
    }

    /// What the places of these writes now hold, one for each.
    pub(super) fn at_each(&self, writes: &[Write]) -> Vec<Value> {
        writes.iter().map(|write| self.at(&write.place)).collect()
    }

    fn at(&self, place: &str) -> Value {
        place
            .split('.')
            .try_fold(&self.0, |at, part| at.get(part))
            .cloned()
            .unwrap_or_default()
    }

    /// The case file.
    pub(super) fn case(&self) -> Result<CaseFile, CaseFileError> {
        let fields = self.0.as_object().into_iter().flatten();
        let whole: Vec<Write> = fields
            .map(|(place, value)| Write::new(place, value.clone()))
            .collect();
        fold(&whole)
    }

    /// As much of the case file as these writes can have changed, and what a summary
    /// is made of. The parts of a case file stand side by side, so that a whole that
    /// was sound is sound when the changed parts are; reading only them keeps a save
    /// as quick on the last day as on the first.
    pub(super) fn changed_part(&self, writes: &[Write]) -> Result<CaseFile, CaseFileError> {
        let parts: BTreeSet<&str> = writes
            .iter()
            .map(|write| part_of(&write.place))
            .chain(Summary::RESTS_ON)
            .collect();
        let parts: Vec<Write> = parts
            .into_iter()
            .map(|place| Write::new(place, self.at(place)))
            .collect();
        fold(&parts)
    }
}

/// The part of a case file that a place is in: one answer, or one field at the top.
fn part_of(place: &str) -> &str {
    let dots = if place.starts_with("answers.") { 2 } else { 1 };
    place
        .match_indices('.')
        .nth(dots - 1)
        .map_or(place, |(at, _)| &place[..at])
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
            head.apply(std::slice::from_ref(write));
            assert_eq!(head.case(), fold(&log[..=step]), "after write {step}");
        }
    }

    fn head(writes: &[Write]) -> Head {
        let mut head = Head::new();
        head.apply(writes);
        head
    }

    #[test]
    fn a_place_is_read_back_and_an_empty_one_is_null() {
        let head = head(&[Write::new("woman.name", json!({"first": "Miriam"}))]);
        assert_eq!(head.at("woman.name.first"), json!("Miriam"));
        assert_eq!(head.at("woman.name.last"), Value::Null);
        assert_eq!(head.at("woman.name.first.more"), Value::Null);
    }

    #[test]
    fn a_write_that_breaks_the_whole_breaks_its_part_and_no_other_does() {
        let sound = Write::new("answers.sound", json!({"value": "words"}));
        let broken = [
            Write::new("answers.alcohol", json!({"state": "drunk"})),
            Write::new("answers.alcohol.state", json!("drunk")),
            Write::new("answers.alcohol", json!("text")),
            Write::new("answers", json!({"alcohol": 3})),
            Write::new("answers", json!(3)),
            Write::new("hearing.date", json!("soon")),
            Write::new("offences.0", json!({"title": "Theft"})),
            Write::new("week", json!({})),
            Write::new("colour", json!("blue")),
            Write::new("foreword_case", json!(2)),
            Write::new("foreword_case", json!("1")),
            Write::new("", json!(1)),
            Write::new(".", json!(1)),
            Write::new("woman..name", json!(1)),
        ];
        for write in broken {
            let head = head(&[sound.clone(), write.clone()]);
            assert!(head.case().is_err(), "{write:?}");
            assert!(
                head.changed_part(std::slice::from_ref(&write)).is_err(),
                "{write:?}"
            );
        }
        assert!(
            head(std::slice::from_ref(&sound))
                .changed_part(std::slice::from_ref(&sound))
                .is_ok()
        );
    }
}
