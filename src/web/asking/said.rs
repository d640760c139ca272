//! Values as words: for the list of answers, and for showing both sides of a clash.

use serde_json::Value;

use super::{
    view::{day, text},
    within,
};
use crate::{
    interview::{Field, Kind, Prompt},
    web::words,
};

/// What a prompt's value says, a paragraph each.
#[must_use]
pub fn said(prompt: &Prompt, value: &Value) -> Vec<String> {
    match prompt.kind {
        Kind::Group => fields(&prompt.fields, value),
        Kind::Records => {
            let records = value.as_array().into_iter().flatten();
            records
                .map(|r| fields(&prompt.fields, r).join("; "))
                .collect()
        }
        _ => prompt
            .page_fields()
            .iter()
            .flat_map(|f| one(f, value))
            .collect(),
    }
}

/// What one object's fields say, each with its label.
pub fn fields(fields: &[Field], value: &Value) -> Vec<String> {
    let said = |field: &Field| {
        let held = within(Some(value), &field.id)?;
        let said = one(field, held).join(", ");
        (!said.is_empty()).then(|| format!("{}: {said}", field.label.trim_end_matches(['?', ':'])))
    };
    fields.iter().filter_map(said).collect()
}

fn one(field: &Field, value: &Value) -> Vec<String> {
    let label = |id: &str| {
        let option = field.options.iter().find(|o| o.id == id);
        option.map_or_else(|| id.to_owned(), |o| o.label.clone())
    };
    match (field.kind, value) {
        (_, Value::Null) => Vec::new(),
        (_, Value::Bool(yes)) => vec![label(if *yes { "yes" } else { "no" })],
        (_, Value::Array(all)) => all.iter().flat_map(|v| one(field, v)).collect(),
        (Kind::Choice | Kind::Choices, value) => vec![label(&text(Some(value)))],
        (Kind::Text, value) => text(Some(value))
            .lines()
            .map(str::trim)
            .filter(|l| !l.is_empty())
            .map(str::to_owned)
            .collect(),
        (_, value) => match day(Some(value)) {
            Some(date) => vec![words::day(date)],
            None => Some(text(Some(value)))
                .filter(|t| !t.trim().is_empty())
                .into_iter()
                .collect(),
        },
    }
}
