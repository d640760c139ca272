//! The fields that show whether a requirement can be lived by her: which there are
//! follows from the row of law.

use serde_json::{Map, Value, json};

use super::{choice, choices, field, line, option, whole, yes_no};
use crate::{
    interview::{Field, Kind},
    sentencing::{Evidence, Requirement},
};

const SETTINGS: [(&str, &str); 3] = [
    ("women-only", "Women only"),
    ("mixed", "Women and men together"),
    ("one-to-one", "One to one, or on her own"),
];

const PEOPLE: [(&str, &str); 5] = [
    ("lives-alone", "She lives alone"),
    ("agree", "They agree"),
    ("do-not-agree", "They do not agree"),
    ("not-asked", "They have not been asked"),
    ("not-safe-to-ask", "It would not be safe to ask them"),
];

const INSIDE: [(&str, &str); 8] = [
    ("school", "A child's school"),
    ("nursery", "A nursery or childminder"),
    ("contact-centre", "A contact centre"),
    ("health", "A doctor or other treatment"),
    ("womens-centre", "A women's centre or other service"),
    ("family", "Family she relies on or cares for"),
    ("work", "Work or training"),
    ("the-way-there", "The way to one of these"),
];

pub(super) fn asked(row: &Requirement) -> Vec<Field> {
    let mut fields = Vec::new();
    if row.attends || row.womens_setting {
        fields.push(choice("setting", "With whom would she do it?", &SETTINGS));
    }
    if row.attends {
        let label = "Minutes it takes her to get there, one way";
        fields.push(whole("travel_minutes", label, ""));
        fields.push(line(
            "adjustments",
            "Adjustments she needs in it",
            "What would be done differently, such as: appointments confirmed in writing",
        ));
    }
    if row.treatment {
        fields.push(field(
            "assessed_on",
            "Day the treatment provider assessed her, or will",
            "",
            Kind::Date,
        ));
    }
    if row.at_home || row.lives_there {
        fields.push(field(
            "place_information_on",
            "Day the information about the address came",
            "",
            Kind::Date,
        ));
    }
    if asks_people(row) {
        let label = if row.lives_there {
            "What the people who live there think of it"
        } else {
            "What the people at the address think of it"
        };
        fields.push(choice("people_there", label, &PEOPLE));
    }
    if row.zone {
        let label = "Has the area been laid beside the places she needs?";
        fields.push(yes_no("zone_checked", label));
        fields.push(choices(
            "zone_holds",
            "Which places she needs lie inside it?",
            INSIDE.map(|(id, label)| option(id, label)).into(),
        ));
    }
    fields
}

/// True where others at an address are touched by it: hours or a home there, a tag whose
/// box stands there, or a consent that the law asks for.
fn asks_people(row: &Requirement) -> bool {
    let consents = || {
        row.preconditions
            .iter()
            .any(|p| p.by == Evidence::PeopleThere)
    };
    row.at_home || row.lives_there || row.alcohol_tag || consents()
}

/// A plan as lines: `8 sessions with her keyworker`.
pub(super) fn plan_as_lines(whole: &mut Value) {
    if let Some(Value::Array(parts)) = whole.get_mut("plan") {
        for part in parts {
            let days = part.get("days").and_then(Value::as_u64).unwrap_or_default();
            let what = part.get("what").and_then(Value::as_str).unwrap_or_default();
            *part = json!(format!("{days} {what}"));
        }
    }
}

/// More days than any order has.
const MOST_DAYS: u32 = 999;

/// Lines as a plan; what cannot be read of them goes to `faults`.
pub(super) fn plan_from_lines(whole: &mut Map<String, Value>, faults: &mut Vec<(String, String)>) {
    let Some(Value::Array(lines)) = whole.get_mut("plan") else {
        return;
    };
    for (number, line) in lines.iter_mut().enumerate() {
        let text = line.as_str().unwrap_or_default().trim().to_owned();
        match part(&text) {
            Ok((days, what)) => *line = json!({ "days": days, "what": what }),
            Err(what) => {
                let told = format!("Line {} of the plan: {what}", number + 1);
                faults.push(("plan".to_owned(), told));
                return;
            }
        }
    }
}

/// One part of a plan: its days, and what is done in them.
fn part(text: &str) -> Result<(u32, &str), String> {
    let (days, what) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    if days.is_empty() || !days.bytes().all(|b| b.is_ascii_digit()) {
        return Err("begin with its number of days, such as: 8 sessions with her keyworker".into());
    }
    match days.parse::<u32>() {
        Ok(0) => Err("the number of days must be 1 or more".into()),
        Ok(days) if days <= MOST_DAYS => match what.trim() {
            "" => Err(format!("after {days}, say what is done in those days")),
            what => Ok((days, what)),
        },
        _ => Err(format!("the number of days must be {MOST_DAYS} or fewer")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_is_typed_as_lines_and_kept_as_days() {
        let mut whole = json!({ "plan": [{ "days": 8, "what": "sessions with her keyworker" }] });
        let before = whole.clone();
        plan_as_lines(&mut whole);
        assert_eq!(whole["plan"], json!(["8 sessions with her keyworker"]));
        let Value::Object(mut fields) = whole else {
            panic!("an object")
        };
        plan_from_lines(&mut fields, &mut Vec::new());
        assert_eq!(Value::Object(fields), before);
    }

    #[test]
    fn a_line_that_is_no_part_of_a_plan_is_told_which_and_what_to_do() {
        for (line, told) in [
            (
                "some sessions",
                "Line 2 of the plan: begin with its number of days",
            ),
            ("+6 sessions", "begin with its number of days"),
            ("8", "after 8, say what is done"),
            ("0 sessions", "must be 1 or more"),
            ("60000 sessions", "must be 999 or fewer"),
            ("99999999999999 sessions", "must be 999 or fewer"),
        ] {
            let Value::Object(mut fields) = json!({ "plan": ["2 groups", line] }) else {
                panic!("an object")
            };
            let mut faults = Vec::new();
            plan_from_lines(&mut fields, &mut faults);
            assert_eq!(faults[0].0, "plan");
            assert!(faults[0].1.contains(told), "{line}: {}", faults[0].1);
        }
    }
}
