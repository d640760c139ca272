//! Fields of a prompt as controls with what they hold.

use chrono::NaiveDate;
use serde_json::Value;

use super::within;
use crate::{
    interview::{Field, Kind},
    web::{
        fields::{Control, FieldView},
        words,
    },
};

/// More options than this go into a drop-down list.
const MOST_RADIOS: usize = 8;

/// The fields of a page, holding `value`, an object of them.
#[must_use]
pub fn views(fields: &[Field], value: Option<&Value>) -> Vec<FieldView> {
    fields
        .iter()
        .map(|f| view(f, within(value, &f.id)))
        .collect()
}

fn view(field: &Field, value: Option<&Value>) -> FieldView {
    let new = |control| FieldView::new(control, &field.id, &field.label).hint(&field.hint);
    let mut view = match field.kind {
        Kind::Text => new(Control::Text).rows(6).max(field.max).value(text(value)),
        Kind::Date => new(Control::Date).date(day(value).map(Into::into).unwrap_or_default()),
        Kind::Number => new(Control::Code)
            .inputmode("numeric")
            .width(4)
            .value(text(value)),
        Kind::Time => new(Control::Code).width(5).value(text(value)),
        Kind::Area => new(Control::Code).width(20).value(text(value)),
        Kind::Lines => new(Control::Text).rows(4).value(lines(field, value)),
        Kind::Choice => choice(field, value),
        Kind::Choices => choices(field, value),
        // A group or list inside a page does not occur: the pack refuses it.
        Kind::Line | Kind::Group | Kind::Records => line(field, value),
    };
    view.record_only = field.record_only;
    view
}

fn line(field: &Field, value: Option<&Value>) -> FieldView {
    let view = FieldView::new(Control::Line, &field.id, &field.label).hint(&field.hint);
    let view = match field.max {
        Some(max) if max <= 20 => view.width(10),
        Some(max) if max <= 40 => view.width(20),
        _ => view,
    };
    view.value(text(value))
}

fn choice(field: &Field, value: Option<&Value>) -> FieldView {
    let held = match value {
        Some(Value::Bool(yes)) => if *yes { "yes" } else { "no" }.to_owned(),
        other => text(other),
    };
    let options = options(field);
    let new = |control| FieldView::new(control, &field.id, &field.label).hint(&field.hint);
    if options.len() > MOST_RADIOS {
        let none = match field.blank_label.as_str() {
            "" => "Select one".to_owned(),
            words => words.to_owned(),
        };
        let all = std::iter::once((String::new(), none, String::new())).chain(options);
        return new(Control::Select).hinted_options(all).value(held);
    }
    // Once chosen, a radio cannot be unchosen; an optional one needs a way back.
    let back = match field.blank_label.as_str() {
        "" if !field.required && !held.is_empty() => "Take this answer away",
        words => words,
    };
    let back = (!back.is_empty()).then(|| (String::new(), back.to_owned(), String::new()));
    let way_back_checked = !field.blank_label.is_empty() && held.is_empty();
    let mut view = new(Control::Radios)
        .hinted_options(options.into_iter().chain(back))
        .value(held);
    for option in view.options.iter_mut().filter(|o| o.value.is_empty()) {
        option.checked = way_back_checked;
    }
    view
}

fn choices(field: &Field, value: Option<&Value>) -> FieldView {
    let held: Vec<String> = value
        .and_then(Value::as_array)
        .map(|all| all.iter().map(|v| text(Some(v))).collect())
        .unwrap_or_default();
    let days = field.options.len() == 7 && field.options[0].id == "monday";
    let view = FieldView::new(Control::Checkboxes, &field.id, &field.label)
        .hint(&field.hint)
        .hinted_options(options(field))
        .values(&held);
    if days { view.inline() } else { view }
}

fn options(field: &Field) -> Vec<(String, String, String)> {
    let options = field.options.iter();
    options
        .map(|o| (o.id.clone(), o.label.clone(), o.hint.clone()))
        .collect()
}

fn lines(field: &Field, value: Option<&Value>) -> String {
    let all = value.and_then(Value::as_array).into_iter().flatten();
    let all = all.map(|item| match day(Some(item)).filter(|_| field.dates) {
        Some(date) => words::day(date),
        None => text(Some(item)),
    });
    all.collect::<Vec<_>>().join("\n")
}

pub(super) fn day(value: Option<&Value>) -> Option<NaiveDate> {
    value?.as_str()?.parse().ok()
}

pub(super) fn text(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}
