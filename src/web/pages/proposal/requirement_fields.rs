//! The fields of one proposed requirement: in the shape the form reader knows, and
//! back to the case file's.

mod groups;
mod workable;

use serde_json::{Map, Value, json};

pub use self::groups::{Group, grouped};
use super::choose::{limits, unit};
use crate::{
    case::{CaseFile, Day, ProposedRequirement},
    interview::{Choice, Field, Interview, Kind, Prompt},
    sentencing::{Availability, Evidence, Requirement, Unit},
    web::{asking::drop_nulls, form::Form, words::sentence_case},
};

/// Slots beyond those filled.
const SPARE_SLOTS: usize = 1;
const MOST_SLOTS: usize = 10;

const PURPOSES: [(&str, &str); 4] = [
    ("punishment", "Punishment"),
    ("rehabilitation", "Reform and rehabilitation"),
    ("protection", "Protection of the public, victims included"),
    ("reparation", "Making amends"),
];

/// The fields of a requirement's page; which there are follows from its row of law.
#[must_use]
pub fn asked(
    row: &Requirement,
    case: &CaseFile,
    interview: &Interview,
    slots: usize,
    ranged: bool,
) -> Prompt {
    let mut fields = how_much(row);
    fields.extend(behind_the_number(row, ranged));
    fields.extend(named(row));
    fields.push(Field {
        max: Some(1000),
        ..field(
            "what",
            "What will be done",
            "In a sentence or two, for the sentencer",
            Kind::Text,
        )
    });
    fields.push(line("place", "Where", ""));
    fields.push(line(
        "starts",
        "When it starts",
        "Such as: within five working days of sentence",
    ));
    let themes = interview
        .themes
        .iter()
        .map(|t| option(&t.id, &t.name))
        .collect();
    fields.push(choices("needs", "Which needs does it answer?", themes));
    if (row.attends || row.lives_there) && !case.services.is_empty() {
        let services = case
            .services
            .iter()
            .map(|s| option(&s.id, &s.name))
            .collect();
        let mut service = Field {
            options: services,
            ..field(
                "service",
                "Which chosen service delivers it?",
                "",
                Kind::Choice,
            )
        };
        service.blank_label = "None of them".into();
        fields.push(service);
    }
    fields.push(choices(
        "purposes",
        "What is it for?",
        PURPOSES.map(|(id, label)| option(id, label)).into(),
    ));
    if row.needs_willingness {
        fields.push(yes_no("willing", "Has she said that she is willing?"));
    }
    if row.monitoring_default {
        fields.push(line(
            "no_monitoring_reason",
            "Reason for leaving out electronic monitoring",
            "Leave this empty if monitoring is proposed",
        ));
    }
    if row.availability != Availability::NotAsked {
        fields.push(field(
            "availability_checked",
            "Day its availability here, and for women, was checked",
            "",
            Kind::Date,
        ));
        fields.push(line(
            "availability_with",
            "With whom it was checked",
            "By role",
        ));
    }
    fields.extend(workable::asked(row));
    fields.extend(times(slots));
    groups::sort(&mut fields);
    Prompt {
        id: "requirement".into(),
        short: "Requirement".into(),
        kind: Kind::Group,
        place: "proposal.requirement".into(),
        fields,
        ..Prompt::default()
    }
}

/// What the order or the author names, where there is something to name: hours at home
/// and a tag have nothing but their times.
fn named(row: &Requirement) -> Option<Field> {
    let by_the_order = row.preconditions.iter().any(|p| p.by == Evidence::Named);
    let (label, hint) = if row.names_programme {
        ("Name of the programme", "")
    } else if row.treatment {
        ("Name of the treatment", "")
    } else if row.lives_there {
        ("Which kind of place", "No address")
    } else if row.zone {
        (
            "Which area, and at what times",
            "As the order would name it",
        )
    } else if by_the_order {
        (
            "What the order would name",
            "The activity, the country, the place or the event",
        )
    } else if row.attends {
        ("Name of what she would attend, where it has one", "")
    } else {
        return None;
    };
    Some(line("detail", label, hint))
}

/// What explains or counts the number.
fn behind_the_number(row: &Requirement, ranged: bool) -> Vec<Field> {
    let mut fields = Vec::new();
    if ranged {
        fields.push(line(
            "range_reason",
            "Reason for more or less than the guideline's range",
            "Leave this empty where it is within the range, or the court gave no level",
        ));
    }
    if row.counts_plan {
        fields.push(Field {
            max: Some(1000),
            ..field(
                "plan",
                "What is planned in it, one part a line",
                "Each line begins with its days, such as: 8 sessions with her keyworker",
                Kind::Lines,
            )
        });
    }
    if let Some(over) = row.review_over_months {
        let hint = format!("Needed where it lasts more than {over} months");
        fields.push(whole(
            "review_every_months",
            "Months between the court's reviews",
            &hint,
        ));
    }
    fields
}

/// When it would fall in her week, with some to spare.
fn times(slots: usize) -> Vec<Field> {
    let mut fields = Vec::new();
    for n in 0..(slots + SPARE_SLOTS).min(MOST_SLOTS) {
        let days = Day::ALL.map(|day| option(&day.name().to_lowercase(), day.name()));
        let nth = if n == 0 {
            "When in her week, where that is known"
        } else {
            "And when"
        };
        fields.push(choices(&format!("slot.{n}.days"), nth, days.into()));
        fields.push(field(
            &format!("slot.{n}.from"),
            "From",
            "Such as 10:00",
            Kind::Time,
        ));
        fields.push(field(&format!("slot.{n}.to"), "Until", "", Kind::Time));
    }
    fields
}

fn how_much(row: &Requirement) -> Vec<Field> {
    let mut fields = Vec::new();
    let said = limits(row).join(". ");
    if !matches!(row.unit, Unit::Period | Unit::None) {
        fields.push(whole("amount", &sentence_case(unit(row.unit)), &said));
    }
    let runs = row.period_needed
        || row.max_months.is_some()
        || matches!(
            row.unit,
            Unit::Period | Unit::DaysOrPeriod | Unit::HoursPerDay
        );
    if runs {
        let (label, hint) = match (row.unit, fields.is_empty()) {
            (Unit::DaysOrPeriod, _) => (
                "Or for how many months",
                "Days or months, whichever the order would name",
            ),
            (_, true) => ("For how many months", said.as_str()),
            (_, false) => ("For how many months", ""),
        };
        fields.push(whole("months", label, hint));
    }
    fields
}

/// A requirement under the names of the form.
#[must_use]
pub fn held(proposed: &ProposedRequirement) -> Value {
    let mut whole = json!(proposed);
    if let Value::Object(fields) = &mut whole
        && let Some(Value::Array(slots)) = fields.remove("slots")
    {
        let slots = slots.into_iter().enumerate();
        let slots = slots.map(|(n, slot)| (n.to_string(), slot)).collect();
        fields.insert("slot".into(), Value::Object(slots));
    }
    workable::plan_as_lines(&mut whole);
    whole
}

/// How many slots a form holds something in.
#[must_use]
pub fn slots_in(form: &Form) -> usize {
    let filled = |n: &usize| {
        let start = format!("slot.{n}.");
        let mut mine = form
            .pairs()
            .iter()
            .filter(|(name, _)| name.starts_with(&start));
        mine.any(|(_, value)| !value.trim().is_empty())
    };
    (0..MOST_SLOTS)
        .filter(filled)
        .max()
        .map_or(0, |last| last + 1)
}

/// What was read, as the case file holds it: over `before`, so that what the page
/// does not ask for, such as an imported check of availability, is kept. `faults` are
/// those that reading found; all are told together.
///
/// # Errors
/// There are faults already, a slot is only half filled in, or a line of the plan is no
/// part of one.
pub fn requirement(
    before: &ProposedRequirement,
    asked: &Prompt,
    mut value: Value,
    mut faults: Vec<(String, String)>,
) -> Result<ProposedRequirement, Vec<(String, String)>> {
    drop_nulls(&mut value);
    let Value::Object(mut whole) = value else {
        return Ok(ProposedRequirement::default());
    };
    let slots = match whole.remove("slot") {
        Some(Value::Object(slots)) => slots,
        _ => Map::new(),
    };
    let mut more: Vec<_> = slots
        .iter()
        .flat_map(|(n, slot)| half_filled(n, slot))
        .collect();
    workable::plan_from_lines(&mut whole, &mut more);
    more.retain(|(field, _)| !faults.iter().any(|(already, _)| already == field));
    faults.extend(more);
    if !faults.is_empty() {
        return Err(faults);
    }
    let slots = slots.into_iter().map(|(_, slot)| slot).collect();
    whole.insert("slots".into(), Value::Array(slots));
    if let Value::Object(kept) = json!(before) {
        let asks = |key: &str| {
            let named = if key == "slots" { "slot" } else { key };
            asked
                .fields
                .iter()
                .any(|f| f.id.split('.').next() == Some(named))
        };
        for (key, value) in kept.into_iter().filter(|(key, _)| !asks(key)) {
            whole.entry(key).or_insert(value);
        }
    }
    serde_json::from_value(Value::Object(whole))
        .map_err(|e| vec![("detail".to_owned(), format!("This could not be read: {e}"))])
}

fn half_filled(n: &str, slot: &Value) -> Vec<(String, String)> {
    [
        ("days", "Select the days"),
        ("from", "Enter when it begins, such as 10:00"),
        ("to", "Enter when it ends, such as 13:00"),
    ]
    .into_iter()
    .filter(|(part, _)| slot.get(part).is_none())
    .map(|(part, what)| (format!("slot.{n}.{part}"), what.to_owned()))
    .collect()
}

fn field(id: &str, label: &str, hint: &str, kind: Kind) -> Field {
    Field {
        id: id.into(),
        label: label.into(),
        hint: hint.into(),
        kind,
        ..Field::default()
    }
}

fn whole(id: &str, label: &str, hint: &str) -> Field {
    Field {
        least: Some(1),
        ..field(id, label, hint, Kind::Number)
    }
}

fn choice(id: &str, label: &str, options: &[(&str, &str)]) -> Field {
    Field {
        options: options
            .iter()
            .map(|(id, label)| option(id, label))
            .collect(),
        ..field(id, label, "", Kind::Choice)
    }
}

fn line(id: &str, label: &str, hint: &str) -> Field {
    Field {
        max: Some(300),
        ..field(id, label, hint, Kind::Line)
    }
}

fn choices(id: &str, label: &str, options: Vec<Choice>) -> Field {
    Field {
        options,
        ..field(id, label, "", Kind::Choices)
    }
}

fn yes_no(id: &str, label: &str) -> Field {
    Field {
        options: vec![option("yes", "Yes"), option("no", "No")],
        boolean: true,
        ..field(id, label, "", Kind::Choice)
    }
}

fn option(id: &str, label: &str) -> Choice {
    Choice {
        id: id.into(),
        label: label.into(),
        ..Choice::default()
    }
}
