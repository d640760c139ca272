//! A report as a log of writes: each says *this place now holds this*, and the
//! case file is what they add up to.

use serde_json::{Map, Value};

use super::{CaseFile, CaseFileError, from_value};

/// One write: a place in the case file and what it now holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Write {
    /// Place, dotted: `hearing`, `woman.name`, `answers.alcohol`, `offences`.
    pub place: String,
    /// What it holds. An object laid over a place other than an answer replaces
    /// only the fields it names; `null` empties a field or a place.
    pub value: Value,
}

impl Write {
    /// A write of `value` at `place`.
    #[must_use]
    pub fn new(place: impl Into<String>, value: Value) -> Self {
        Self {
            place: place.into(),
            value,
        }
    }
}

/// True where a write at one place can change what a reader of the other saw: the
/// same place, or one inside the other.
#[must_use]
pub fn touches(a: &str, b: &str) -> bool {
    let inside = |inner: &str, outer: &str| {
        inner
            .strip_prefix(outer)
            .is_some_and(|rest| rest.starts_with('.'))
    };
    a == b || inside(a, b) || inside(b, a)
}

/// Lays one write over what is there.
pub fn apply(root: &mut Value, write: &Write) {
    let mut at = root;
    for part in write.place.split('.') {
        if !at.is_object() {
            *at = Value::Object(Map::new());
        }
        let Value::Object(fields) = at else { return };
        at = fields.entry(part.to_owned()).or_insert(Value::Null);
    }
    let is_answer = write.place.starts_with("answers.");
    match (&write.value, &mut *at) {
        (Value::Object(new), Value::Object(old)) if !is_answer => {
            for (key, value) in new {
                if value.is_null() {
                    old.remove(key);
                } else {
                    old.insert(key.clone(), value.clone());
                }
            }
        }
        (value, at) => *at = value.clone(),
    }
}

/// The case file that a log of writes, oldest first, adds up to.
///
/// # Errors
/// A write left a shape that no case file has: the path and the reason.
pub fn fold<'a>(writes: impl IntoIterator<Item = &'a Write>) -> Result<CaseFile, CaseFileError> {
    let mut root = serde_json::json!({ "foreword_case": super::CASE_FILE_VERSION });
    for write in writes {
        apply(&mut root, write);
    }
    drop_nulls(&mut root);
    from_value(root)
}

/// The writes that build `case` from nothing: for import and for a first save.
///
/// # Errors
/// As [`super::to_json`].
pub fn unfold(case: &CaseFile) -> Result<Vec<Write>, serde_json::Error> {
    let Value::Object(fields) = serde_json::to_value(case)? else {
        return Ok(Vec::new());
    };
    let mut writes = Vec::new();
    for (place, value) in fields {
        match (place.as_str(), value) {
            ("foreword_case", _) => {}
            ("answers" | "notes" | "edits", Value::Object(each)) => writes.extend(
                each.into_iter()
                    .map(|(id, value)| Write::new(format!("{place}.{id}"), value)),
            ),
            (_, value) => writes.push(Write::new(place, value)),
        }
    }
    Ok(writes)
}

/// An emptied place is an absent one.
fn drop_nulls(value: &mut Value) {
    if let Value::Object(fields) = value {
        fields.retain(|_, v| !v.is_null());
        fields.values_mut().for_each(drop_nulls);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_group_lays_its_fields_over_the_others() {
        let case = fold(&[
            Write::new("hearing", json!({"court": "Reading Magistrates' Court"})),
            Write::new("hearing", json!({"indication": "all-options"})),
            Write::new("woman.name", json!({"first": "Angela"})),
        ])
        .unwrap();
        assert_eq!(case.hearing.court, "Reading Magistrates' Court");
        assert!(case.hearing.indication.is_some());
        assert_eq!(case.woman.name.first, "Angela");
    }

    #[test]
    fn an_answer_is_replaced_whole() {
        let case = fold(&[
            Write::new(
                "answers.alcohol",
                json!({"value": "She drinks.", "visibility": "record-only"}),
            ),
            Write::new("answers.alcohol", json!({"state": "prefers-not-to-say"})),
        ])
        .unwrap();
        assert_eq!(case.answers["alcohol"].value, None);
        assert_eq!(
            case.answers["alcohol"].visibility,
            crate::case::Visibility::InReport
        );
    }

    #[test]
    fn null_empties_a_place() {
        let case = fold(&[
            Write::new("woman", json!({"crn": "X123456"})),
            Write::new("woman", json!({"crn": null})),
        ])
        .unwrap();
        assert_eq!(case.woman.crn, None);
    }

    #[test]
    fn notes_of_one_section_leave_those_of_another_alone() {
        let case = fold(&[
            Write::new("notes.offence", json!("One.")),
            Write::new("notes.safety", json!("Two.")),
            Write::new("notes.offence", Value::Null),
        ])
        .unwrap();
        assert_eq!(case.notes.len(), 1);
        assert_eq!(case.notes["safety"], "Two.");
        assert!(!touches("notes.offence", "notes.safety"));
    }

    #[test]
    fn a_case_unfolds_into_writes_that_fold_back_to_it() {
        let mut case = CaseFile::new();
        case.woman.name.first = "Miriam".into();
        case.answers.insert(
            "strengths".into(),
            serde_json::from_value(json!({"value": "Newly in work."})).unwrap(),
        );
        case.notes
            .insert("offence".into(), "Ask about the bus.".into());
        let edit = serde_json::from_value(json!({"text": "Mine.", "based_on": "Drafted."}));
        case.edits.insert("offence".into(), edit.unwrap());
        assert_eq!(fold(&unfold(&case).unwrap()).unwrap(), case);
    }

    #[test]
    fn places_touch_when_one_holds_the_other() {
        assert!(touches("hearing", "hearing.date"));
        assert!(touches("answers.a", "answers.a"));
        assert!(!touches("answers.a", "answers.ab"));
        assert!(!touches("hearing", "woman"));
    }
}
