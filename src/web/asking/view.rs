//! Fields of a prompt as controls with what they hold.

use serde::Serialize;

use crate::{
    interview::{Choice, Field, Kind},
    web::{
        fields::{Control, FieldView},
        form::Form,
    },
};

/// More options than this go into a drop-down list.
const MOST_RADIOS: usize = 8;
/// More options than this are set small, boxes to tick in two columns.
const MOST_LARGE: usize = 5;
/// The longest label of options that stand side by side.
const LONGEST_BESIDE: usize = 15;

/// The fields of a page, holding what `held` holds under their names.
///
/// A field that belongs under a choice stands there while it is empty; once it holds
/// something it stands for itself, so that no choice can hide what was typed.
#[must_use]
pub fn views(fields: &[Field], held: &Form) -> Vec<FieldView> {
    let mut views: Vec<FieldView> = Vec::new();
    for field in fields {
        let shown = view(field, held);
        let above = views.iter_mut().find(|v| v.name == field.page.under);
        match above.filter(|_| is_empty(&shown)) {
            Some(above) => above.then.push(shown),
            None => views.push(shown),
        }
    }
    views
}

fn is_empty(view: &FieldView) -> bool {
    view.value.is_empty() && view.options.iter().all(|o| !o.checked)
}

/// A page of more fields than this has lower boxes for text.
const FEW_FIELDS: usize = 3;

/// One part of a long page.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Part {
    /// Its heading; none for the first part.
    pub heading: String,
    /// Help under the heading.
    pub hint: String,
    /// Its fields.
    pub fields: Vec<FieldView>,
}

/// The fields of a page, in the parts that the pack puts them in.
#[must_use]
pub fn parts(fields: &[Field], held: &Form) -> Vec<Part> {
    let mut parts = vec![Part::default()];
    for shown in views(fields, held) {
        let page = fields.iter().find(|f| f.id == shown.name).map(|f| &f.page);
        if let Some(page) = page.filter(|p| !p.heading.is_empty()) {
            parts.push(Part {
                heading: page.heading.clone(),
                hint: page.hint.clone(),
                fields: Vec::new(),
            });
        }
        let room = if fields.len() > FEW_FIELDS { 5 } else { 6 };
        let shown = match shown.rows {
            rows if rows > room => shown.rows(room),
            _ => shown,
        };
        if let Some(part) = parts.last_mut() {
            part.fields.push(shown);
        }
    }
    parts
}

fn view(field: &Field, held: &Form) -> FieldView {
    let new = |control| FieldView::new(control, &field.id, &field.label).hint(&field.hint);
    let view = match field.kind {
        Kind::Text => new(Control::Text).rows(6).max(field.max),
        Kind::Lines => new(Control::Text).rows(4),
        Kind::Date => new(Control::Date),
        Kind::Number => new(Control::Code).inputmode("numeric").width(4),
        Kind::Time => new(Control::Code).width(5),
        Kind::Area => new(Control::Code).width(20),
        Kind::Choice => return choice(field, held),
        Kind::Choices => choices(field),
        // A group or list inside a page does not occur: the pack refuses it.
        Kind::Line | Kind::Group | Kind::Records => line(field),
    };
    let view = if field.record_only {
        view.record_only()
    } else {
        view
    };
    view.typed(held)
}

fn line(field: &Field) -> FieldView {
    let view = FieldView::new(Control::Line, &field.id, &field.label).hint(&field.hint);
    match field.max {
        Some(max) if max <= 20 => view.width(10),
        Some(max) if max <= 40 => view.width(20),
        _ => view,
    }
}

fn choice(field: &Field, held: &Form) -> FieldView {
    let chosen = held.one(&field.id);
    let new = |control| FieldView::new(control, &field.id, &field.label).hint(&field.hint);
    let blank = |words: &str| (String::new(), words.to_owned(), String::new());
    if options(field).count() > MOST_RADIOS {
        let none = blank(if field.blank_label.is_empty() {
            "Select one"
        } else {
            &field.blank_label
        });
        return new(Control::Select)
            .hinted_options(std::iter::once(none).chain(options(field)))
            .value(chosen);
    }
    // Once chosen, a radio cannot be unchosen; an optional one needs a way back.
    let way_back = match field.blank_label.as_str() {
        "" if !field.required && !chosen.is_empty() => "Take this answer away",
        words => words,
    };
    let way_back = (!way_back.is_empty()).then(|| blank(way_back));
    let mut view = new(Control::Radios)
        .hinted_options(options(field).chain(way_back))
        .value(chosen);
    if field.blank_label.is_empty() && chosen.is_empty() {
        view.options.iter_mut().for_each(|o| o.checked = false);
    }
    let is_short = |o: &Choice| o.hint.is_empty() && o.label.len() <= LONGEST_BESIDE;
    if field.options.len() <= 3 && field.options.iter().all(is_short) {
        view = view.inline();
    }
    if field.options.len() > MOST_LARGE {
        view = view.small();
    }
    if field.record_only {
        view.record_only()
    } else {
        view
    }
}

fn choices(field: &Field) -> FieldView {
    let mut view = FieldView::new(Control::Checkboxes, &field.id, &field.label)
        .hint(&field.hint)
        .hinted_options(options(field));
    for (shown, option) in view.options.iter_mut().zip(&field.options) {
        shown.alone = option.alone;
    }
    let days = field.options.len() == 7 && field.options[0].id == "monday";
    match field.options.len() {
        _ if days => view.inline(),
        many if many > MOST_LARGE => view.small(),
        _ => view,
    }
}

fn options(field: &Field) -> impl Iterator<Item = (String, String, String)> {
    let options = field.options.iter();
    options.map(|o| (o.id.clone(), o.label.clone(), o.hint.clone()))
}
