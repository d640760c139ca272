//! Prompts of the interview as form fields, and what was typed back as values of the
//! case file.
//!
//! Lives here: one mapping for each [`Kind`], in both directions and as words. Not
//! here: which prompts exist or what makes an answer complete (`interview`). To add a
//! kind, teach it to [`view`], to [`read`] and to [`said`].

mod read;
mod said;
mod view;

pub use read::{Typed, read};
pub use said::said;
pub use view::views;

use serde_json::{Map, Value};

/// The value at a dotted name inside an object.
fn within<'a>(value: Option<&'a Value>, name: &str) -> Option<&'a Value> {
    name.split('.').try_fold(value?, |at, part| at.get(part))
}

/// Puts a value at a dotted name, making objects on the way.
fn put(whole: &mut Map<String, Value>, name: &str, value: Value) {
    match name.split_once('.') {
        None => {
            whole.insert(name.to_owned(), value);
        }
        Some((first, rest)) => {
            let inner = whole
                .entry(first)
                .or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(inner) = inner {
                put(inner, rest, value);
            }
        }
    }
}

/// The value of a whole page as an object of its fields, whatever the prompt's kind.
#[must_use]
pub fn as_fields(prompt: &crate::interview::Prompt, value: Option<&Value>) -> Option<Value> {
    use crate::interview::{Kind, LONE_FIELD};
    match (prompt.kind, value) {
        (_, None) => None,
        (Kind::Group, Some(value)) => Some(value.clone()),
        (_, Some(value)) => {
            let mut whole = Map::new();
            whole.insert(LONE_FIELD.into(), value.clone());
            Some(Value::Object(whole))
        }
    }
}
