//! Where words of a drafted report come from: which of the answers and facts that a
//! passage rests on hold them.
//!
//! Lives here: looking for them. Not here: changing an answer (`swap`), or the page that
//! does it (`web`).

use std::cell::OnceCell;

use serde_json::Value;

use super::finding::{Origin, plain};
use crate::{
    case::{self, CaseFile},
    report::Evidence,
};

/// A case, looked into where something was found.
pub(super) struct Origins<'a> {
    case: &'a CaseFile,
    facts: OnceCell<Value>,
}

impl<'a> Origins<'a> {
    pub(super) fn new(case: &'a CaseFile) -> Self {
        Self {
            case,
            facts: OnceCell::new(),
        }
    }

    /// What of `evidence` holds the sentence; where nothing does, what holds the words.
    pub(super) fn of(&self, evidence: &[Evidence], sentence: &str, words: &str) -> Vec<Origin> {
        let (sentence, words) = (plain(sentence), plain(words));
        let sentence = sentence.trim_end_matches(['.', '!', '?']);
        for sought in [sentence, &words] {
            let holding = evidence.iter().filter(|e| self.holds(e, sought));
            let found: Vec<Origin> = holding.map(origin).collect();
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    fn holds(&self, evidence: &Evidence, sought: &str) -> bool {
        let mut texts = Vec::new();
        if let Some(value) = self.at(&evidence.place) {
            strings(value, &mut texts);
        }
        texts.iter().any(|text| plain(text).contains(sought))
    }

    /// What stands at a place; of an answer, its value.
    fn at(&self, place: &str) -> Option<&Value> {
        if let Some(prompt) = place.strip_prefix("answers.") {
            return self.case.answer(prompt)?.value.as_ref();
        }
        let facts = self
            .facts
            .get_or_init(|| case::facts(self.case).unwrap_or_default());
        place.split('.').try_fold(facts, |at, part| at.get(part))
    }
}

fn origin(evidence: &Evidence) -> Origin {
    Origin {
        place: evidence.place.clone(),
        prompt: evidence.prompt.clone(),
        label: evidence.label.clone(),
    }
}

fn strings<'v>(value: &'v Value, out: &mut Vec<&'v str>) {
    match value {
        Value::String(text) => out.push(text),
        Value::Array(items) => items.iter().for_each(|item| strings(item, out)),
        Value::Object(fields) => fields.values().for_each(|field| strings(field, out)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
