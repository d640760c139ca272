//! What a case file holds for a prompt, in the prompt's own shape, wherever the
//! case file keeps it.
//!
//! Lives here: reading. Not here: judging what was read (`validate`) or whether the
//! prompt is asked (`branching`).

use std::{borrow::Cow, sync::OnceLock};

use serde_json::{Map, Value};

use super::pack::{Kind, Prompt};
use crate::case::{self, CaseFile};

/// A case file opened for reading by prompt. Make one and ask it many times: the
/// first fact asked for writes all facts out as JSON.
#[derive(Debug)]
pub struct Held<'a> {
    case: &'a CaseFile,
    facts: OnceLock<Value>,
}

impl<'a> Held<'a> {
    /// Opens a case file.
    #[must_use]
    pub fn of(case: &'a CaseFile) -> Self {
        Self {
            case,
            facts: OnceLock::new(),
        }
    }

    /// The case file.
    #[must_use]
    pub fn case(&self) -> &'a CaseFile {
        self.case
    }

    /// What the case file holds for the prompt; `None` where it holds nothing, or
    /// where the answer was declined or not asked for.
    #[must_use]
    pub fn value(&self, prompt: &Prompt) -> Option<Value> {
        self.look(prompt).map(Cow::into_owned)
    }

    /// As [`Held::value`], without a copy where the case file has it in this shape.
    pub(super) fn look(&self, prompt: &Prompt) -> Option<Cow<'_, Value>> {
        let value = if prompt.is_answer() {
            Cow::Borrowed(self.case.value(&prompt.id)?)
        } else {
            placed(self.facts(), prompt)?
        };
        (!is_blank(&value)).then_some(value)
    }

    /// What the case file holds beside its answers, as [`facts`](crate::case::facts)
    /// gives it.
    #[must_use]
    pub fn facts(&self) -> &Value {
        // Facts always have a JSON form; null would merely read as empty.
        self.facts
            .get_or_init(|| case::facts(self.case).unwrap_or_default())
    }
}

/// What a case file holds for one prompt: see [`Held::value`].
#[must_use]
pub fn value_in(prompt: &Prompt, case: &CaseFile) -> Option<Value> {
    Held::of(case).value(prompt)
}

fn placed<'v>(facts: &'v Value, prompt: &Prompt) -> Option<Cow<'v, Value>> {
    let at = at(facts, &prompt.place)?;
    if prompt.kind != Kind::Group {
        return Some(Cow::Borrowed(at));
    }
    let mut own = Value::Object(Map::new());
    for field in &prompt.fields {
        // A plain `false` is how the case file spells *nobody has said*, too.
        let said = self::at(at, &field.id).filter(|v| !is_blank(v) && **v != Value::Bool(false));
        if let Some(value) = said {
            super::sample::put(&mut own, &field.id, value.clone());
        }
    }
    Some(Cow::Owned(own))
}

/// The value at a dotted name.
pub(super) fn at<'v>(value: &'v Value, name: &str) -> Option<&'v Value> {
    name.split('.').try_fold(value, |at, part| at.get(part))
}

/// True for null, empty or white text, and lists and objects of such.
pub(super) fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.iter().all(is_blank),
        Value::Object(fields) => fields.values().all(is_blank),
        Value::Bool(_) | Value::Number(_) => false,
    }
}
