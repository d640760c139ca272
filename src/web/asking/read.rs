//! What was typed on a prompt's page, as the value the case file holds.

use serde_json::{Map, Value, json};

use super::put;
use crate::{
    interview::{Field, Kind},
    web::form::{DateTyped, Form, number, time},
};

/// What a page's fields read as.
#[derive(Debug, Default, PartialEq)]
pub struct Typed {
    /// An object of the fields that hold something.
    pub whole: Map<String, Value>,
    /// Field name and what is wrong with what was typed in it.
    pub faults: Vec<(String, String)>,
}

impl Typed {
    /// True where nothing was typed at all.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.whole.is_empty() && self.faults.is_empty()
    }
}

/// Reads a page's fields.
#[must_use]
pub fn read(fields: &[Field], form: &Form) -> Typed {
    let mut typed = Typed::default();
    for field in fields {
        match read_one(field, form) {
            Ok(Some(value)) => put(&mut typed.whole, &field.id, value),
            Ok(None) => {}
            Err(fault) => typed.faults.push((field.id.clone(), fault)),
        }
    }
    typed
}

fn read_one(field: &Field, form: &Form) -> Result<Option<Value>, String> {
    let Field { id, label, .. } = field;
    let text = form.given(id);
    match field.kind {
        Kind::Date => Ok(form.date(id).read(label)?.map(|day| json!(day))),
        Kind::Number => text
            .map(|t| number(&t, label))
            .transpose()
            .map(|n| n.map(|n| json!(n))),
        Kind::Time => {
            let read = text.map(|t| time(&t, label)).transpose()?;
            Ok(read.map(|t| json!(t.format("%H:%M").to_string())))
        }
        Kind::Choice => text.map(|t| chosen(field, &t)).transpose(),
        Kind::Choices => {
            let all = form
                .all(id)
                .iter()
                .map(|t| chosen(field, t))
                .collect::<Result<Vec<_>, _>>()?;
            Ok((!all.is_empty()).then_some(Value::Array(all)))
        }
        Kind::Lines => {
            let lines = text.unwrap_or_default();
            let lines = lines.lines().map(str::trim).filter(|l| !l.is_empty());
            let all = lines
                .map(|l| one_line(field, l))
                .collect::<Result<Vec<_>, _>>()?;
            Ok((!all.is_empty()).then_some(Value::Array(all)))
        }
        Kind::Line | Kind::Text | Kind::Area | Kind::Group | Kind::Records => {
            Ok(text.map(Value::String))
        }
    }
}

fn chosen(field: &Field, id: &str) -> Result<Value, String> {
    let option = field.options.iter().find(|o| o.id == id);
    let option = option.ok_or_else(|| format!("Select one of the answers to {}", field.label))?;
    Ok(match (field.boolean, option.id.as_str()) {
        (true, id) => Value::Bool(id == "yes"),
        (false, id) => json!(id),
    })
}

fn one_line(field: &Field, line: &str) -> Result<Value, String> {
    if !field.dates {
        return Ok(json!(line));
    }
    let mut parts = line.split([' ', '/', '-', '.']).filter(|p| !p.is_empty());
    let mut part = || parts.next().unwrap_or_default().to_owned();
    let typed = DateTyped {
        day: part(),
        month: part(),
        year: part(),
    };
    let day = typed.read(&field.label)?;
    day.map(|day| json!(day))
        .ok_or_else(|| format!("{} must be days, one a line", field.label))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::{asking::views, fields::Control};

    fn field(id: &str, kind: Kind) -> Field {
        Field {
            id: id.into(),
            label: id.into(),
            kind,
            ..Field::default()
        }
    }

    fn form(pairs: &[(&str, &str)]) -> Form {
        let pairs = pairs
            .iter()
            .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()));
        Form::new(pairs.collect())
    }

    #[test]
    fn a_dotted_name_reaches_into_a_nested_object() {
        let fields = [field("what", Kind::Line), field("slot.from", Kind::Time)];
        let typed = read(&fields, &form(&[("what", "Work"), ("slot.from", "9.30")]));
        assert_eq!(
            Value::Object(typed.whole),
            json!({"what": "Work", "slot": {"from": "09:30"}})
        );
    }

    #[test]
    fn what_was_saved_shows_as_what_was_typed() {
        let fields = [field("on", Kind::Date), field("days", Kind::Lines)];
        let value = json!({"on": "2026-12-03", "days": ["one", "two"]});
        let shown = views(&fields, Some(&value));
        assert_eq!(shown[0].control, Control::Date);
        assert_eq!(shown[0].date.month, "12");
        assert_eq!(shown[1].value, "one\ntwo");
        let again = form(&[
            ("on-day", "3"),
            ("on-month", "12"),
            ("on-year", "2026"),
            ("days", "one\r\ntwo"),
        ]);
        assert_eq!(Value::Object(read(&fields, &again).whole), value);
    }

    #[test]
    fn an_option_that_is_not_offered_is_refused() {
        let typed = read(&[field("plea", Kind::Choice)], &form(&[("plea", "maybe")]));
        assert_eq!(typed.faults.len(), 1);
        assert!(typed.whole.is_empty());
    }

    #[test]
    fn lines_that_are_days_are_read_as_days() {
        let mut chased = field("chased", Kind::Lines);
        chased.dates = true;
        let typed = read(
            std::slice::from_ref(&chased),
            &form(&[("chased", "4 November 2026\n12/11/2026")]),
        );
        assert_eq!(
            Value::Object(typed.whole),
            json!({"chased": ["2026-11-04", "2026-11-12"]})
        );
        let typed = read(&[chased], &form(&[("chased", "soon")]));
        assert_eq!(typed.faults.len(), 1);
    }
}
