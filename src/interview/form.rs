//! A page's inputs as the case file's values, and back, without losing a character
//! that was typed.
//!
//! Lives here: names of inputs and their reading. Not here: HTML. One field is one
//! input of the same name (`value` for a prompt that is a single field); a date is
//! three (`x-day`, `x-month`, `x-year`); several boxes of one name are one list. A
//! records prompt is read and filled one record at a time.

use serde_json::{Map, Value, json};

use super::{
    held::{at, is_blank},
    normalise,
    pack::{Field, Kind, Prompt},
    sample::put,
    typed,
    validate::{FieldFault, validate_one},
};

/// Reads one page. Text is cleaned; days and times are read as people write them.
///
/// For a fact in a group an emptied field comes out as `null`, so that writing it
/// empties the place; for an answer or a record it is left out.
///
/// # Errors
/// What was typed, in a form [`to_form`] turns back into the same inputs, with every
/// fault in page order.
pub fn from_form(
    prompt: &Prompt,
    pairs: &[(String, String)],
) -> Result<Value, (Value, Vec<FieldFault>)> {
    let fields = prompt.page_fields();
    if !matches!(prompt.kind, Kind::Group | Kind::Records) {
        let value = fields.first().map_or(Value::Null, |f| read(f, pairs));
        return judged(prompt, value);
    }
    let empties = prompt.kind == Kind::Group && !prompt.is_answer();
    let mut whole = Value::Object(Map::new());
    for field in &fields {
        let value = read(field, pairs);
        if empties || !value.is_null() {
            put(&mut whole, &field.id, value);
        }
    }
    judged(prompt, whole)
}

fn judged(prompt: &Prompt, value: Value) -> Result<Value, (Value, Vec<FieldFault>)> {
    let may_be_blank = prompt.needed_for.is_empty() && prompt.kind != Kind::Records;
    if may_be_blank && is_blank(&value) {
        return Ok(if prompt.is_answer() {
            Value::Null
        } else {
            value
        });
    }
    let faults = validate_one(prompt, &value);
    if faults.is_empty() {
        Ok(value)
    } else {
        Err((value, faults))
    }
}

/// The inputs that show a value: one record of a records prompt, the whole value of
/// any other. Empty fields are left out.
#[must_use]
pub fn to_form(prompt: &Prompt, value: &Value) -> Vec<(String, String)> {
    let lone = !matches!(prompt.kind, Kind::Group | Kind::Records);
    let mut pairs = Vec::new();
    for field in &prompt.page_fields() {
        let held = if lone {
            Some(value)
        } else {
            at(value, &field.id)
        };
        if let Some(value) = held {
            show(field, value, &mut pairs);
        }
    }
    pairs
}

fn read(field: &Field, pairs: &[(String, String)]) -> Value {
    let one = |name: &str| {
        let found = pairs.iter().find(|(n, _)| n == name);
        found.map_or("", |(_, v)| v.as_str())
    };
    let id = field.id.as_str();
    match field.kind {
        Kind::Text => text(normalise::paragraphs(one(id))),
        Kind::Line => text(normalise::line(one(id))),
        Kind::Area => text(outcode(&normalise::line(one(id)))),
        Kind::Number => {
            let typed = one(id).trim();
            typed
                .parse::<i64>()
                .map_or_else(|_| text(typed.into()), |n| json!(n))
        }
        Kind::Time => {
            let typed = one(id).trim();
            typed::time(typed).map_or_else(
                || text(typed.into()),
                |t| json!(t.format("%H:%M").to_string()),
            )
        }
        Kind::Date => date(["day", "month", "year"].map(|part| one(&format!("{id}-{part}")))),
        Kind::Choice => match (field.boolean, one(id)) {
            (true, "yes") => json!(true),
            (true, "no") => json!(false),
            (_, id) => text(id.to_owned()),
        },
        Kind::Choices => {
            let chosen = pairs.iter().filter(|(n, v)| n == id && !v.is_empty());
            list(chosen.map(|(_, v)| json!(v)).collect())
        }
        Kind::Lines => list(lines(field, one(id))),
        Kind::Group | Kind::Records => Value::Null,
    }
}

fn text(text: String) -> Value {
    if text.trim().is_empty() {
        Value::Null
    } else {
        Value::String(text)
    }
}

fn list(items: Vec<Value>) -> Value {
    if items.is_empty() {
        Value::Null
    } else {
        Value::Array(items)
    }
}

/// A postcode district in capitals, as maps spell it; a council's name as typed.
fn outcode(text: &str) -> String {
    if text.len() <= 8 && text.bytes().any(|b| b.is_ascii_digit()) {
        text.to_uppercase()
    } else {
        text.to_owned()
    }
}

fn date([day, month, year]: [&str; 3]) -> Value {
    if [day, month, year].iter().all(|part| part.trim().is_empty()) {
        return Value::Null;
    }
    match typed::day(day, month, year) {
        Some(date) => json!(date),
        None => json!({"day": day, "month": month, "year": year}),
    }
}

fn lines(field: &Field, typed: &str) -> Vec<Value> {
    let paragraphs = normalise::paragraphs(typed);
    let lines = paragraphs.lines().map(str::trim).filter(|l| !l.is_empty());
    lines
        .map(|line| match typed::day_on_a_line(line) {
            Some(date) if field.dates => json!(date),
            _ => json!(line),
        })
        .collect()
}

fn show(field: &Field, value: &Value, pairs: &mut Vec<(String, String)>) {
    let mut add = |name: String, value: String| pairs.push((name, value));
    let id = field.id.clone();
    match value {
        Value::Null => {}
        Value::Bool(yes) => add(id, if *yes { "yes" } else { "no" }.into()),
        Value::Number(number) => add(id, number.to_string()),
        Value::String(text) if field.kind == Kind::Date => {
            if let Some(date) = typed::kept_day(text) {
                for (part, form) in [("day", "%-d"), ("month", "%-m"), ("year", "%Y")] {
                    add(format!("{id}-{part}"), date.format(form).to_string());
                }
            }
        }
        Value::String(text) => add(id, text.clone()),
        Value::Array(items) => {
            let items = items.iter().map(plain);
            if field.kind == Kind::Lines {
                add(id, items.collect::<Vec<_>>().join("\n"));
            } else {
                items.for_each(|item| add(id.clone(), item));
            }
        }
        Value::Object(parts) => {
            for (part, typed) in parts {
                add(format!("{id}-{part}"), plain(typed));
            }
        }
    }
}

fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests;
