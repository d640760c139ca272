//! Whether a value is an answer to its prompt, and what to tell the person if not.
//!
//! Lives here: the shape and limits of each kind, and the messages. Not here: law or
//! practice. To add a kind, teach [`trouble`] its shape.

use std::borrow::Cow;

use serde_json::Value;

use super::{
    held::{at, is_blank},
    messages,
    pack::{Field, Kind, LONE_FIELD, Prompt},
    typed,
};

/// One fault, beside the field where a person can mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldFault {
    /// Id of the field: `value` for a prompt that is one field; `[0].title` for a
    /// field of the first record when a whole list is judged.
    pub field: String,
    /// Name of the input to go to, such as `date-month`; most often the field's id.
    pub input: String,
    /// What to do, in a sentence.
    pub message: String,
}

/// What is wrong with one value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Trouble {
    /// Not the kind of value that the field holds at all: such a file is refused.
    Shape(String),
    /// The right kind, and not yet fit: too long, out of range. It is kept.
    Content(String),
    /// As typed, and not a day: with the part that is wrong.
    Day(&'static str, String),
}

impl Trouble {
    fn message(self) -> String {
        match self {
            Self::Shape(m) | Self::Content(m) | Self::Day(_, m) => m,
        }
    }
}

/// Every fault of a prompt's value, in page order. A blank value is at fault only
/// where some report needs the prompt.
#[must_use]
pub fn validate(prompt: &Prompt, value: &Value) -> Vec<FieldFault> {
    if is_blank(value) && prompt.needed_for.is_empty() {
        return Vec::new();
    }
    let Kind::Records = prompt.kind else {
        return validate_one(prompt, value);
    };
    let Value::Array(records) = value else {
        return vec![fault(
            LONE_FIELD,
            messages::needs_record(&prompt.record_name),
        )];
    };
    if records.is_empty() {
        return vec![fault(
            LONE_FIELD,
            messages::needs_record(&prompt.record_name),
        )];
    }
    let judged = records.iter().enumerate().flat_map(|(n, record)| {
        validate_one(prompt, record)
            .into_iter()
            .map(move |f| FieldFault {
                field: format!("[{n}].{}", f.field),
                ..f
            })
    });
    judged.collect()
}

/// As [`validate`], for what stands on one page: one record of a records prompt, the
/// whole value of any other.
#[must_use]
pub fn validate_one(prompt: &Prompt, value: &Value) -> Vec<FieldFault> {
    let lone = !matches!(prompt.kind, Kind::Group | Kind::Records);
    let fields = if lone {
        Cow::Owned(prompt.page_fields())
    } else {
        Cow::Borrowed(prompt.fields.as_slice())
    };
    let faults: Vec<FieldFault> = fields
        .iter()
        .filter_map(|field| {
            let held = if lone {
                Some(value)
            } else {
                at(value, &field.id)
            };
            field_fault(field, held)
        })
        .collect();
    let nothing_said = !lone && is_blank(value) && faults.is_empty();
    match fields.first() {
        Some(first) if nothing_said => vec![fault(&first.id, messages::missing(first))],
        _ => faults,
    }
}

fn field_fault(field: &Field, value: Option<&Value>) -> Option<FieldFault> {
    let Some(value) = value.filter(|v| !is_blank(v)) else {
        let mut missing = fault(&field.id, messages::missing(field));
        if field.kind == Kind::Date {
            missing.input = format!("{}-day", field.id);
        }
        return field.required.then_some(missing);
    };
    let trouble = trouble(field, value)?;
    let input = match (&trouble, field.kind) {
        (Trouble::Day(part, _), _) => format!("{}-{part}", field.id),
        (_, Kind::Date) => format!("{}-day", field.id),
        _ => field.id.clone(),
    };
    Some(FieldFault {
        field: field.id.clone(),
        input,
        message: trouble.message(),
    })
}

fn fault(field: &str, message: String) -> FieldFault {
    FieldFault {
        field: field.to_owned(),
        input: field.to_owned(),
        message,
    }
}

/// What is wrong with a value that is not blank.
pub(super) fn trouble(field: &Field, value: &Value) -> Option<Trouble> {
    match field.kind {
        Kind::Line | Kind::Text => text(field, value),
        Kind::Area => text(field, value).or_else(|| area(field, value)),
        Kind::Date => date(field, value),
        Kind::Number => number(field, value),
        Kind::Time => match value.as_str() {
            Some(typed) if typed::kept_time(typed).is_some() => None,
            _ => Some(Trouble::Shape(messages::not_a_time(field))),
        },
        Kind::Choice => choice(field, value),
        Kind::Choices => choices(field, value),
        Kind::Lines => lines(field, value),
        Kind::Group | Kind::Records => None,
    }
}

fn text(field: &Field, value: &Value) -> Option<Trouble> {
    let Some(text) = value.as_str() else {
        return Some(Trouble::Shape(messages::not_text(field)));
    };
    too_long(field, text.chars().count())
}

fn too_long(field: &Field, length: usize) -> Option<Trouble> {
    let max = field.max.filter(|max| length > *max as usize)?;
    Some(Trouble::Content(messages::too_long(field, max, length)))
}

/// A whole postcode finds a house, and is refused as such: half of one is enough.
fn area(field: &Field, value: &Value) -> Option<Trouble> {
    let text: String = value.as_str()?.split_whitespace().collect();
    let inward = text.len().checked_sub(3).and_then(|cut| text.get(cut..))?;
    let whole = (5..=7).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && inward.starts_with(|c: char| c.is_ascii_digit())
        && inward[1..].bytes().all(|b| b.is_ascii_alphabetic());
    whole.then(|| Trouble::Content(messages::whole_postcode(field)))
}

fn date(field: &Field, value: &Value) -> Option<Trouble> {
    match value {
        Value::String(text) => match typed::kept_day(text) {
            Some(_) => None,
            None => Some(Trouble::Shape(messages::not_a_day(field))),
        },
        Value::Object(parts) => {
            let part = |name: &str| parts.get(name).and_then(Value::as_str).unwrap_or("").trim();
            let absent = ["day", "month", "year"]
                .into_iter()
                .filter(|name| part(name).is_empty());
            let absent: Vec<&'static str> = absent.collect();
            Some(match absent.first() {
                Some(first) => Trouble::Day(first, messages::day_lacks(field, &absent)),
                None if part("year").len() != 4 => {
                    Trouble::Day("year", messages::year_of_four(field))
                }
                None => Trouble::Day("day", messages::not_a_day(field)),
            })
        }
        _ => Some(Trouble::Shape(messages::not_a_day(field))),
    }
}

fn number(field: &Field, value: &Value) -> Option<Trouble> {
    let Some(number) = value.as_i64() else {
        return Some(Trouble::Shape(messages::not_a_number(field)));
    };
    let low = field.least.is_some_and(|least| number < least);
    let high = field.most.is_some_and(|most| number > most);
    (low || high).then(|| Trouble::Content(messages::out_of_range(field)))
}

fn choice(field: &Field, value: &Value) -> Option<Trouble> {
    let known = match value {
        Value::Bool(_) => field.boolean,
        Value::String(id) => !field.boolean && is_option(field, id),
        _ => false,
    };
    (!known).then(|| Trouble::Shape(messages::not_an_option(field, value)))
}

fn choices(field: &Field, value: &Value) -> Option<Trouble> {
    let Value::Array(chosen) = value else {
        return Some(Trouble::Shape(messages::not_options(field)));
    };
    let strange = chosen
        .iter()
        .find(|one| !one.as_str().is_some_and(|id| is_option(field, id)));
    if let Some(one) = strange {
        return Some(Trouble::Shape(messages::not_an_option(field, one)));
    }
    let alone = field
        .options
        .iter()
        .find(|o| o.alone && chosen.iter().any(|one| one == o.id.as_str()))?;
    (chosen.len() > 1).then(|| Trouble::Content(messages::not_alone(alone)))
}

/// A list that another room fills may not be there yet; then any word will do.
fn is_option(field: &Field, id: &str) -> bool {
    field.options.is_empty() || field.options.iter().any(|o| o.id == id)
}

fn lines(field: &Field, value: &Value) -> Option<Trouble> {
    let Value::Array(lines) = value else {
        return Some(Trouble::Shape(messages::not_lines(field)));
    };
    let mut length = 0;
    for line in lines {
        let Some(line) = line.as_str() else {
            return Some(Trouble::Shape(messages::not_lines(field)));
        };
        if field.dates && typed::kept_day(line).is_none() {
            return Some(Trouble::Shape(messages::line_not_a_day(field, line)));
        }
        length += line.chars().count() + 1;
    }
    too_long(field, length)
}
