//! Values as words: for the list of answers, and for showing both sides of a clash.

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::Value;

use super::within;
use crate::{
    interview::{Field, Kind, Prompt},
    web::words,
};

/// One thing that a value says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Said {
    /// Label of its field; empty where the value is a single field.
    pub label: String,
    /// What it says.
    pub text: String,
}

impl From<String> for Said {
    fn from(text: String) -> Self {
        Self {
            label: String::new(),
            text,
        }
    }
}

impl From<&str> for Said {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

/// What a prompt's value says, a paragraph each.
#[must_use]
pub fn said(prompt: &Prompt, value: &Value) -> Vec<Said> {
    match prompt.kind {
        Kind::Group => fields(&prompt.fields, value),
        Kind::Records => {
            let records = value.as_array().into_iter().flatten();
            records.map(|r| record(prompt, r).into()).collect()
        }
        _ => prompt
            .page_fields()
            .iter()
            .flat_map(|f| one(f, value))
            .map(Said::from)
            .collect(),
    }
}

/// What one record of a prompt says, in one line.
#[must_use]
pub fn record(prompt: &Prompt, value: &Value) -> String {
    let said = fields(&prompt.fields, value);
    let said = said.iter().map(|s| format!("{}: {}", s.label, s.text));
    said.collect::<Vec<_>>().join("; ")
}

/// What one object's fields say, each with its label.
fn fields(fields: &[Field], value: &Value) -> Vec<Said> {
    let said = |field: &Field| {
        let held = within(Some(value), &field.id)?;
        let said = one(field, held).join(", ");
        let label = field.label.trim_end_matches(['?', ':']);
        (!said.is_empty()).then(|| Said {
            label: label.into(),
            text: said,
        })
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
