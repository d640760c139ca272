//! The sentences beside a field that cannot be read, in the form people know from
//! other public services: what to do, not what went wrong inside.
//!
//! Lives here: those sentences. A prompt that needs its own says so with `missing`
//! in the pack.

use serde_json::Value;

use super::pack::{Choice, Field, Kind};

/// What to do about an empty field.
pub(super) fn missing(field: &Field) -> String {
    if !field.missing.is_empty() {
        return field.missing.clone();
    }
    let label = field.label.trim();
    if label.ends_with('?') {
        return format!("Answer the question “{label}”");
    }
    let verb = match field.kind {
        Kind::Choice | Kind::Choices => "Select",
        _ => "Enter",
    };
    format!("{verb} {}", inside(label))
}

pub(super) fn needs_record(name: &str) -> String {
    let article = if name.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    };
    format!("Add {article} {name}")
}

pub(super) fn too_long(field: &Field, max: u32, length: usize) -> String {
    let over = length.saturating_sub(max as usize);
    format!(
        "{} must be {max} characters or fewer. It is {over} over. Nothing has been cut off",
        subject(field)
    )
}

pub(super) fn not_text(field: &Field) -> String {
    format!("{} must be text", subject(field))
}

pub(super) fn whole_postcode(field: &Field) -> String {
    format!(
        "{} must be only the first half of the postcode, such as RG14",
        subject(field)
    )
}

pub(super) fn not_a_day(field: &Field) -> String {
    format!("{} must be a real date, such as 3 12 2026", subject(field))
}

pub(super) fn day_lacks(field: &Field, parts: &[&str]) -> String {
    format!(
        "{} must include a {}",
        subject(field),
        parts.join(" and a ")
    )
}

pub(super) fn year_of_four(field: &Field) -> String {
    format!("{}: year must have four numbers", subject(field))
}

pub(super) fn not_a_number(field: &Field) -> String {
    format!("{} must be a whole number", subject(field))
}

pub(super) fn out_of_range(field: &Field) -> String {
    match (field.least, field.most) {
        (Some(least), Some(most)) => {
            format!("{} must be between {least} and {most}", subject(field))
        }
        (Some(least), None) => format!("{} must be {least} or more", subject(field)),
        (None, Some(most)) => format!("{} must be {most} or less", subject(field)),
        (None, None) => not_a_number(field),
    }
}

pub(super) fn not_a_time(field: &Field) -> String {
    format!("{} must be a time, such as 09:30", subject(field))
}

pub(super) fn not_an_option(field: &Field, value: &Value) -> String {
    let ids: Vec<&str> = field.options.iter().map(|o| o.id.as_str()).collect();
    let said = value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned);
    if field.boolean {
        return format!("{} must be yes or no, not “{said}”", subject(field));
    }
    format!(
        "{} must be one of {}, not “{said}”",
        subject(field),
        ids.join(", ")
    )
}

pub(super) fn not_options(field: &Field) -> String {
    format!("{} must be a list of options", subject(field))
}

pub(super) fn not_alone(option: &Choice) -> String {
    format!(
        "“{}” cannot be chosen together with another answer",
        option.label
    )
}

pub(super) fn not_lines(field: &Field) -> String {
    format!("{} must be a list, one item a line", subject(field))
}

pub(super) fn line_not_a_day(field: &Field, line: &str) -> String {
    format!(
        "{}: “{line}” must be a real date, such as 3/12/2026",
        subject(field)
    )
}

/// The field as the subject of a sentence.
fn subject(field: &Field) -> String {
    let label = field.label.trim();
    if label.ends_with('?') {
        format!("The answer to “{label}”")
    } else {
        label.to_owned()
    }
}

/// A label inside a sentence: a small first letter, unless it is an abbreviation.
fn inside(label: &str) -> String {
    let mut letters = label.chars();
    let (Some(first), second) = (letters.next(), letters.next()) else {
        return String::new();
    };
    if second.is_some_and(char::is_uppercase) {
        return label.to_owned();
    }
    let rest: String = label.chars().skip(1).collect();
    first.to_lowercase().chain(rest.chars()).collect()
}
