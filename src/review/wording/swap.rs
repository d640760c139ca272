//! Putting other words in the answer that a sentence comes from.
//!
//! Lives here: what that answer would hold, and when it can be told which one it is. Not
//! here: saving it (`web`, `store`).

use serde_json::{Value, json};

use super::WordingFinding;
use crate::case::{CaseFile, revision::Write};

impl WordingFinding {
    /// The write that puts `put` where the words stand. `None` where it is not one of the
    /// words offered, or where the sentence does not stand word for word in one answer,
    /// once, and in no other: then nobody but the author can tell what to change.
    #[must_use]
    pub fn replaced(&self, case: &CaseFile, put: &str) -> Option<Write> {
        if !self.put.iter().any(|offered| offered == put) {
            return None;
        }
        let prompt = self.answer(case)?;
        let mut answer = case.answer(prompt)?.clone();
        let mut mended = self.sentence.clone();
        mended.replace_range(self.words.clone(), put);
        put_in(answer.value.as_mut()?, &self.sentence, &mended);
        Some(Write::new(format!("answers.{prompt}"), json!(answer)))
    }

    /// True where pressing one of the words offered would put it in place.
    #[must_use]
    pub fn can_be_replaced(&self, case: &CaseFile) -> bool {
        !self.put.is_empty() && self.answer(case).is_some()
    }

    /// The one answer that holds the sentence, where there is just one.
    fn answer<'c>(&self, case: &'c CaseFile) -> Option<&'c str> {
        let holding = case.answers.iter().filter_map(|(prompt, answer)| {
            let times = times_in(answer.value.as_ref()?, &self.sentence);
            (times > 0).then_some((prompt, answer, times))
        });
        let holding: Vec<_> = holding.collect();
        match holding.as_slice() {
            [(prompt, answer, 1)] if answer.for_report().is_some() => Some(prompt.as_str()),
            _ => None,
        }
    }
}

/// How often a sentence stands in the texts of a value.
fn times_in(value: &Value, sentence: &str) -> usize {
    match value {
        Value::String(text) => text.matches(sentence).count(),
        Value::Array(items) => items.iter().map(|v| times_in(v, sentence)).sum(),
        Value::Object(fields) => fields.values().map(|v| times_in(v, sentence)).sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) => 0,
    }
}

fn put_in(value: &mut Value, sentence: &str, mended: &str) {
    match value {
        Value::String(text) => *text = text.replacen(sentence, mended, 1),
        Value::Array(items) => items.iter_mut().for_each(|v| put_in(v, sentence, mended)),
        Value::Object(fields) => fields
            .values_mut()
            .for_each(|v| put_in(v, sentence, mended)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
