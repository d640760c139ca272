//! The shape of every answer: as a JSON Schema for other programs, and as a check
//! with the path of each fault for import and the command line.
//!
//! Lives here: both, side by side, since they must agree. Not here: whether an
//! answer is complete (`progress`) or fit (`validate`): unfinished work is kept.

use serde_json::{Map, Value, json};

use super::{
    pack::{Field, Interview, Kind, Prompt},
    validate::{Trouble, trouble},
};
use crate::case::{self, CaseFile, CaseFileError};

/// The JSON Schema of a case file whose answers are those of this pack.
#[must_use]
pub fn schema(interview: &Interview) -> Value {
    let mut whole = case::schema();
    let answers: Map<String, Value> = interview
        .prompts()
        .filter(|(_, p)| p.is_answer())
        .map(|(_, p)| (p.id.clone(), answer_schema(p)))
        .collect();
    let description = whole["properties"]["answers"]["description"].take();
    whole["properties"]["answers"] = json!({
        "type": "object",
        "description": description,
        "additionalProperties": false,
        "properties": answers,
    });
    whole
}

fn answer_schema(prompt: &Prompt) -> Value {
    json!({
        "$ref": "#/$defs/Answer",
        "description": prompt.ask,
        "properties": { "value": value_schema(prompt) },
    })
}

fn value_schema(prompt: &Prompt) -> Value {
    let fields = prompt.page_fields();
    match prompt.kind {
        Kind::Group => object_schema(&fields),
        Kind::Records => json!({ "type": "array", "items": object_schema(&fields) }),
        _ => fields.first().map_or(json!(true), field_schema),
    }
}

fn object_schema(fields: &[Field]) -> Value {
    let mut properties = Map::new();
    for field in fields {
        nest(&mut properties, &field.id, field_schema(field));
    }
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

fn nest(properties: &mut Map<String, Value>, name: &str, schema: Value) {
    let Some((outer, inner)) = name.split_once('.') else {
        properties.insert(name.to_owned(), schema);
        return;
    };
    let within = properties.entry(outer.to_owned()).or_insert_with(
        || json!({ "type": "object", "properties": {}, "additionalProperties": false }),
    );
    if let Some(Value::Object(properties)) = within.get_mut("properties") {
        nest(properties, inner, schema);
    }
}

fn field_schema(field: &Field) -> Value {
    let mut schema = match field.kind {
        Kind::Date => day_schema(),
        Kind::Number => json!({ "type": "integer" }),
        Kind::Time => json!({ "type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d$" }),
        Kind::Choice if field.boolean => json!({ "type": "boolean" }),
        Kind::Choice => option_schema(field),
        Kind::Choices => json!({ "type": "array", "items": option_schema(field) }),
        Kind::Lines if field.dates => json!({ "type": "array", "items": day_schema() }),
        Kind::Lines => json!({ "type": "array", "items": { "type": "string" } }),
        Kind::Line | Kind::Text | Kind::Area | Kind::Group | Kind::Records => {
            json!({ "type": "string" })
        }
    };
    schema["description"] = json!(field.label);
    schema
}

fn day_schema() -> Value {
    json!({ "type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$" })
}

fn option_schema(field: &Field) -> Value {
    if field.options.is_empty() {
        return json!({ "type": "string" });
    }
    let ids: Vec<&str> = field.options.iter().map(|o| o.id.as_str()).collect();
    json!({ "type": "string", "enum": ids })
}

/// Every answer that belongs to no prompt of the pack, or whose value has not the
/// shape its prompt asks for, with its JSON path. Unfinished or over-long answers
/// are no fault here.
#[must_use]
pub fn check_answers(case: &CaseFile, interview: &Interview) -> Vec<CaseFileError> {
    let mut faults = Vec::new();
    for (id, answer) in &case.answers {
        let path = format!("answers.{id}");
        let Some(prompt) = interview.prompt(id) else {
            faults.push(fault(&path, "no prompt has this id"));
            continue;
        };
        if !prompt.is_answer() {
            let reason = format!(
                "this is a fact of the case; it belongs at `{}`",
                prompt.place
            );
            faults.push(fault(&path, reason));
        } else if let Some(value) = &answer.value {
            check_value(prompt, value, &format!("{path}.value"), &mut faults);
        }
    }
    faults
}

fn check_value(prompt: &Prompt, value: &Value, path: &str, faults: &mut Vec<CaseFileError>) {
    let fields = prompt.page_fields();
    match (prompt.kind, value) {
        (Kind::Group, Value::Object(_)) => check_object(&fields, value, path, "", faults),
        (Kind::Group, _) => faults.push(fault(path, "this must be an object of fields")),
        (Kind::Records, Value::Array(records)) => {
            for (n, record) in records.iter().enumerate() {
                let path = format!("{path}[{n}]");
                match record {
                    Value::Object(_) => check_object(&fields, record, &path, "", faults),
                    _ => faults.push(fault(&path, "this must be an object of fields")),
                }
            }
        }
        (Kind::Records, _) => faults.push(fault(path, "this must be a list of objects")),
        (_, value) => {
            if let Some(field) = fields.first() {
                check_field(field, value, path, faults);
            }
        }
    }
}

/// Checks an object's fields; `within` is the dotted name of the object itself.
fn check_object(
    fields: &[Field],
    value: &Value,
    path: &str,
    within: &str,
    faults: &mut Vec<CaseFileError>,
) {
    let Value::Object(held) = value else {
        return faults.push(fault(path, "this must be an object of fields"));
    };
    for (name, value) in held {
        let path = format!("{path}.{name}");
        let name = format!("{within}{name}");
        if let Some(field) = fields.iter().find(|f| f.id == name) {
            check_field(field, value, &path, faults);
        } else if fields.iter().any(|f| f.id.starts_with(&format!("{name}."))) {
            check_object(fields, value, &path, &format!("{name}."), faults);
        } else {
            let known: Vec<&str> = fields.iter().map(|f| f.id.as_str()).collect();
            let reason = format!(
                "no field has this name; the fields are {}",
                known.join(", ")
            );
            faults.push(fault(&path, reason));
        }
    }
}

fn check_field(field: &Field, value: &Value, path: &str, faults: &mut Vec<CaseFileError>) {
    match trouble(field, value) {
        Some(Trouble::Shape(reason) | Trouble::Day(_, reason)) => faults.push(fault(path, reason)),
        Some(Trouble::Content(_)) | None => {}
    }
}

fn fault(path: &str, reason: impl Into<String>) -> CaseFileError {
    CaseFileError {
        path: path.to_owned(),
        reason: reason.into(),
    }
}
