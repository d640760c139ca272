//! Values as words: for the list of answers, and for showing both sides of a clash.

use chrono::NaiveDate;
use serde_json::Value;

use super::within;
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
            records.map(|r| record(prompt, r)).collect()
        }
        _ => prompt
            .page_fields()
            .iter()
            .flat_map(|f| one(f, value))
            .collect(),
    }
}

/// What one record of a prompt says, in one line.
#[must_use]
pub fn record(prompt: &Prompt, value: &Value) -> String {
    fields(&prompt.fields, value).join("; ")
}

/// What one object's fields say, each with its label.
#[must_use]
pub fn fields(fields: &[Field], value: &Value) -> Vec<String> {
    let said = |field: &Field| {
        let held = within(Some(value), &field.id)?;
        let said = one(field, held).join(", ");
        let label = field.label.trim_end_matches(['?', ':']);
        (!said.is_empty()).then(|| format!("{label}: {said}"))
    };
    fields.iter().filter_map(said).collect()
}

fn one(field: &Field, value: &Value) -> Vec<String> {
    let label = |id: &str| {
        let option = field.options.iter().find(|o| o.id == id);
        option.map_or_else(|| id.to_owned(), |o| o.label.clone())
    };
    match (field.kind, value) {
        (_, Value::Bool(yes)) => vec![label(if *yes { "yes" } else { "no" })],
        (_, Value::Array(all)) => all.iter().flat_map(|v| one(field, v)).collect(),
        (_, Value::Number(number)) => vec![number.to_string()],
        (Kind::Choice | Kind::Choices, Value::String(id)) => vec![label(id)],
        (Kind::Text, Value::String(text)) => {
            let lines = text.lines().map(str::trim).filter(|l| !l.is_empty());
            lines.map(str::to_owned).collect()
        }
        (Kind::Date | Kind::Lines, Value::String(text)) => vec![match text.parse::<NaiveDate>() {
            Ok(date) => words::day(date),
            Err(_) => text.clone(),
        }],
        (_, Value::String(text)) if !text.trim().is_empty() => vec![text.clone()],
        _ => Vec::new(),
    }
}
