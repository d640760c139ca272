//! Why JSON was refused, in words for a person who edits a case file by hand: what
//! stands there, and what would be right.
//!
//! Lives here: the JSON library's own messages, said plainly. Not here: the path, which
//! `json` adds. A message that is not known passes through as it came.

/// The reason with its place in the text, where the text is known by lines.
pub(super) fn plainly(error: &serde_json::Error) -> String {
    let whole = error.to_string();
    if error.line() == 0 {
        return said(&whole);
    }
    let place = format!(" at line {} column {}", error.line(), error.column());
    let bare = whole.strip_suffix(&place).unwrap_or(&whole);
    format!(
        "{} (line {}, column {})",
        said(bare),
        error.line(),
        error.column()
    )
}

fn said(message: &str) -> String {
    shape(message)
        .or_else(|| field(message))
        .or_else(|| date(message).map(str::to_owned))
        .unwrap_or_else(|| message.to_owned())
}

/// An invalid type or value, with what was expected.
fn shape(message: &str) -> Option<String> {
    let rest = message
        .strip_prefix("invalid type: ")
        .or_else(|| message.strip_prefix("invalid value: "))?;
    let (found, wanted) = rest.rsplit_once(", expected ")?;
    let found = match found.split_once(' ') {
        Some(("string", text)) => text.to_owned(),
        _ => match (found.find('`'), found.rfind('`')) {
            (Some(from), Some(to)) if from < to => found.get(from + 1..to)?.to_owned(),
            _ => match found {
                "sequence" => "a list in square brackets".to_owned(),
                "map" => "a group of fields in curly brackets".to_owned(),
                "null" => "nothing (null)".to_owned(),
                other => other.to_owned(),
            },
        },
    };
    Some(format!(
        "{found} cannot stand here; write {}",
        right(wanted)
    ))
}

/// What would be right, by the name Rust has for it.
fn right(wanted: &str) -> String {
    let words = match wanted {
        "u8" => "a whole number from 0 to 255",
        "u32" => "a whole number from 0 to 4294967295",
        "u16" | "u64" | "usize" => "a whole number, 0 or more",
        "i8" | "i16" | "i32" | "i64" => "a whole number",
        "f32" | "f64" => "a number",
        "a string" | "a borrowed string" | "str" => "words in quotation marks",
        "a boolean" => "true or false, without quotation marks",
        "a sequence" => "a list in square brackets",
        "a map" => "a group of fields in curly brackets",
        other if other.contains("NaiveDate") || other.contains("date string") => DATE,
        other if other.starts_with("struct ") => "a group of fields in curly brackets",
        other => other,
    };
    words.to_owned()
}

const DATE: &str = "a day of the calendar as 2026-12-03";

/// An unknown variant with those there are, and its like for fields.
fn field(message: &str) -> Option<String> {
    if let Some(name) = message.strip_prefix("missing field ") {
        return Some(format!("{name} is missing; add it"));
    }
    if let Some(rest) = message.strip_prefix("duplicate field ") {
        return Some(format!("{rest} is there twice; keep one"));
    }
    let (is, rest) = if let Some(rest) = message.strip_prefix("unknown variant ") {
        ("is not one of the choices", rest)
    } else {
        let rest = message.strip_prefix("unknown field ")?;
        ("is not a field that stands here", rest)
    };
    let Some((name, choices)) = rest.split_once(", expected ") else {
        let name = rest.strip_suffix(", there are no fields").unwrap_or(rest);
        return Some(format!("{name} {is}"));
    };
    let choices = choices.strip_prefix("one of ").unwrap_or(choices);
    Some(format!("{name} {is}; write one of these: {choices}"))
}

/// The calendar's messages, which name neither the text nor the form.
fn date(message: &str) -> Option<&'static str> {
    let known = [
        "input is out of range",
        "input contains invalid characters",
        "premature end of input",
        "trailing input",
        "no possible date and time matching input",
        "input is not enough for unique date and time",
    ];
    known
        .contains(&message)
        .then_some("this is not a day of the calendar; write it as 2026-12-03")
}

#[cfg(test)]
mod tests {
    use crate::case::from_json;
    use serde_json::{Value, json};

    fn refused(change: impl FnOnce(&mut Value)) -> String {
        let mut case: Value =
            serde_json::from_str(include_str!("../../tests/cases/angela.json")).unwrap();
        change(&mut case);
        from_json(&case.to_string()).err().unwrap().to_string()
    }

    #[test]
    fn a_refusal_says_where_what_stands_there_and_what_would_be_right() {
        let rows = [
            (
                "/hearing/date",
                json!("2026-02-30"),
                "hearing.date: this is not a day of the calendar; write it as 2026-12-03 (line 1",
            ),
            (
                "/hearing/date",
                json!("soon"),
                "hearing.date: this is not a day of the calendar",
            ),
            (
                "/proposal/requirements/0/amount",
                json!(-3),
                "proposal.requirements[0].amount: -3 cannot stand here; write a whole number from 0",
            ),
            (
                "/proposal/requirements/0/amount",
                json!(3.5),
                "proposal.requirements[0].amount: 3.5 cannot stand here; write a whole number",
            ),
            (
                "/proposal/requirements/0/amount",
                json!("twenty"),
                "amount: \"twenty\" cannot stand here; write a whole number",
            ),
            (
                "/proposal/order",
                json!("transportation"),
                "proposal.order: `transportation` is not one of the choices; write one of these: `community-order`",
            ),
            (
                "/proposal/colour",
                json!(1),
                "`colour` is not a field that stands here; write one of these: `order`",
            ),
            (
                "/woman/crn",
                json!(["a"]),
                "woman.crn: a list in square brackets cannot stand here; write words in quotation marks",
            ),
        ];
        for (at, value, told) in rows {
            let text = refused(|case| {
                let (parent, name) = at.rsplit_once('/').unwrap();
                let place = case.pointer_mut(parent).unwrap();
                place.as_object_mut().unwrap().insert(name.into(), value);
            });
            assert!(text.contains(told), "{at}: {text}");
        }
    }

    #[test]
    fn a_missing_field_is_named() {
        let text = refused(|case| {
            case["proposal"]["alternatives"][0]
                .as_object_mut()
                .unwrap()
                .remove("what");
        });
        assert!(text.contains("`what` is missing"), "{text}");
    }

    #[test]
    fn text_that_is_no_json_keeps_its_own_reason() {
        let text = from_json("not json").unwrap_err().to_string();
        assert!(text.starts_with("(file): expected"), "{text}");
    }
}
