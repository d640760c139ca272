//! Fields of a prompt as controls with what they hold.

use crate::{
    interview::{Field, Kind},
    web::{
        fields::{Control, FieldView},
        form::Form,
    },
};

/// More options than this go into a drop-down list.
const MOST_RADIOS: usize = 8;

/// The fields of a page, holding what `held` holds under their names.
#[must_use]
pub fn views(fields: &[Field], held: &Form) -> Vec<FieldView> {
    fields.iter().map(|field| view(field, held)).collect()
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
    if field.options.len() == 2
        && field
            .options
            .iter()
            .all(|o| o.hint.is_empty() && o.label.len() < 12)
    {
        view = view.inline();
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
    if days { view.inline() } else { view }
}

fn options(field: &Field) -> impl Iterator<Item = (String, String, String)> {
    let options = field.options.iter();
    options.map(|o| (o.id.clone(), o.label.clone(), o.hint.clone()))
}
