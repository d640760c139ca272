//! The fields that show whether a requirement can be lived by her: which there are
//! follows from the row of law.

use serde_json::{Map, Value, json};

use super::{choice, choices, field, line, option, whole, yes_no};
use crate::{
    interview::{Field, Kind},
    sentencing::Requirement,
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
    if row.at_home {
        fields.push(field(
            "place_information_on",
            "Day the information about the address came",
            "",
            Kind::Date,
        ));
        let label = "What the people at the address think of it";
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

/// Lines as a plan.
///
/// # Errors
/// A line that does not begin with its days.
pub(super) fn plan_from_lines(whole: &mut Map<String, Value>) -> Result<(), Vec<(String, String)>> {
    let Some(Value::Array(lines)) = whole.get_mut("plan") else {
        return Ok(());
    };
    for line in lines {
        let text = line.as_str().unwrap_or_default().trim().to_owned();
        let (days, what) = text.split_once(' ').unwrap_or((text.as_str(), ""));
        let Ok(days) = days.parse::<u32>() else {
            let what =
                "Begin each line with its number of days, such as: 8 sessions with her keyworker";
            return Err(vec![("plan".to_owned(), what.to_owned())]);
        };
        *line = json!({ "days": days, "what": what.trim() });
    }
    Ok(())
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
        plan_from_lines(&mut fields).unwrap();
        assert_eq!(Value::Object(fields), before);
    }

    #[test]
    fn a_line_without_its_days_is_told_what_to_do() {
        let Value::Object(mut fields) = json!({ "plan": ["some sessions"] }) else {
            panic!("an object")
        };
        let faults = plan_from_lines(&mut fields).unwrap_err();
        assert_eq!(faults[0].0, "plan");
    }
}
