//! What a prompt's page changes in the case file.

use serde_json::{Value, json};

use super::within;
use crate::{
    case::{Answer, revision::Write},
    interview::{Kind, Prompt},
};

/// The writes that put `value` where the prompt keeps it.
///
/// A fact of several fields is written field by field, so that saving one page does
/// not clash with another page about the same thing.
#[must_use]
pub fn of_fact(prompt: &Prompt, value: &Value) -> Vec<Write> {
    match prompt.kind {
        Kind::Group => {
            let fields = prompt.fields.iter();
            let held = |id: &str| within(Some(value), id).cloned().unwrap_or_default();
            fields
                .map(|f| Write::new(format!("{}.{}", prompt.place, f.id), held(&f.id)))
                .collect()
        }
        _ => vec![Write::new(&prompt.place, value.clone())],
    }
}

/// The write that makes this the prompt's answer; `None` takes it away.
#[must_use]
pub fn of_answer(prompt: &Prompt, answer: Option<&Answer>) -> Write {
    Write::new(prompt.path(), answer.map_or(Value::Null, |a| json!(a)))
}
