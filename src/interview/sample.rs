//! Sample values, to prove that a prompt's place in the case file really holds what
//! the prompt asks for: a misspelt place or option would lose an author's work.
//!
//! Lives here: making and folding samples. To add a kind, give it a sample.

use serde_json::{Map, Value, json};

use super::{
    faults::Fault,
    pack::{Field, Kind, Prompt},
};
use crate::case::revision::{Write, fold};

/// Why the prompt's place cannot hold its value, if it cannot. Every option of
/// every choice is tried, since each must be a word the case file knows.
pub(super) fn misplaced(prompt: &Prompt) -> Option<Fault> {
    if prompt.is_answer() {
        return None;
    }
    if matches!(prompt.place.split('.').next(), Some("notes" | "wording")) {
        return Some((
            "place".into(),
            "notes are the author's own, and so is what she decides about wording: no report reads them; choose another place".into(),
        ));
    }
    let most = prompt
        .page_fields()
        .iter()
        .map(|f| f.options.len())
        .max()
        .unwrap_or(0);
    (0..most.max(1)).find_map(|turn| {
        let value = sample(prompt, turn);
        let error = fold([&Write::new(&prompt.place, value)]).err()?;
        Some((
            "place".into(),
            format!(
                "the case file cannot hold this at `{}` ({error})",
                prompt.place
            ),
        ))
    })
}

fn sample(prompt: &Prompt, turn: usize) -> Value {
    let fields = prompt.page_fields();
    match prompt.kind {
        Kind::Group => object(&fields, turn),
        Kind::Records => json!([object(&fields, turn)]),
        _ => fields.first().map_or(Value::Null, |f| one(f, turn)),
    }
}

fn object(fields: &[Field], turn: usize) -> Value {
    let mut whole = Value::Object(Map::new());
    for field in fields {
        put(&mut whole, &field.id, one(field, turn));
    }
    whole
}

/// Puts `value` at a dotted name inside `whole`, making objects on the way.
pub(super) fn put(whole: &mut Value, name: &str, value: Value) {
    let mut at = whole;
    for part in name.split('.') {
        if !at.is_object() {
            *at = Value::Object(Map::new());
        }
        let Value::Object(fields) = at else { return };
        at = fields.entry(part.to_owned()).or_insert(Value::Null);
    }
    *at = value;
}

fn one(field: &Field, turn: usize) -> Value {
    let option = field
        .options
        .get(turn % field.options.len().max(1))
        .map_or("sample", |o| o.id.as_str());
    match field.kind {
        Kind::Date => json!("2026-11-12"),
        Kind::Number => json!(field.least.unwrap_or(1)),
        Kind::Time => json!("09:30"),
        Kind::Choice if field.boolean => json!(option == "yes"),
        Kind::Choice => json!(option),
        Kind::Choices => json!([option]),
        Kind::Lines if field.dates => json!(["2026-11-12"]),
        Kind::Lines => json!(["sample"]),
        Kind::Line | Kind::Text | Kind::Area | Kind::Group | Kind::Records => json!("sample"),
    }
}
