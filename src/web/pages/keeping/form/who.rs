//! Whom it is for, what it costs her, and what helps her to take part.

use super::{
    Group,
    reading::{Held, LONGEST_TEXT, Reading},
    terms,
};
use crate::{
    directory::{Directory, Record},
    web::{
        fields::{Control, FieldView},
        form::Form,
    },
};

const TAXONOMIES: [&str; 3] = ["specialist-for", "facility", "access"];

pub fn held(record: &Record, directory: &Directory, held: &mut Held) {
    let facts = &record.facts;
    held.put("eligibility", &facts.eligibility);
    held.number("minimum_age", facts.minimum_age);
    held.number("maximum_age", facts.maximum_age);
    held.lines("specialist", &record.specialist_for);
    held.put("cost", &facts.cost);
    held.lines("languages", &facts.languages);
    held.put("interpreting", &facts.interpreting);
    held.lines("accessibility", &facts.accessibility);
    terms::held(record, terms::of(directory, &TAXONOMIES), held);
}

pub fn fields(_: &Form, _: &Directory) -> Vec<FieldView> {
    let age = |name: &str, label: &str| {
        FieldView::new(Control::Code, name, label)
            .width(3)
            .inputmode("numeric")
    };
    vec![
        FieldView::new(Control::Text, "eligibility", "Who may use it")
            .rows(3)
            .max(Some(LONGEST_TEXT))
            .strong(),
        age("minimum_age", "Youngest age"),
        age("maximum_age", "Oldest age"),
        FieldView::new(
            Control::Text,
            "specialist",
            "Especially for, in your own words",
        )
        .hint("One group a line. Leave it empty where any woman may come.")
        .rows(3)
        .strong(),
        FieldView::new(Control::Line, "cost", "What it costs her")
            .hint("For example: free, or £2 for lunch")
            .strong(),
        FieldView::new(Control::Text, "languages", "Languages your staff work in")
            .hint("One a line, by their English names")
            .rows(3)
            .strong(),
        FieldView::new(Control::Line, "interpreting", "Interpreting").strong(),
        FieldView::new(
            Control::Text,
            "accessibility",
            "Getting in and taking part, in your own words",
        )
        .hint("One thing a line, such as: lift to the first floor")
        .rows(3)
        .strong(),
    ]
}

pub fn choices(directory: &Directory) -> Vec<Group> {
    let group = |heading, taxonomy, before| {
        let terms = directory.vocabulary().of(taxonomy);
        Group::new(heading, terms::choices(terms, before))
    };
    vec![
        group("Especially for", "specialist-for", "Especially for: "),
        group("Childcare, outreach and the like", "facility", ""),
        group("Access", "access", ""),
    ]
}

pub fn read(reading: &mut Reading<'_>, record: &mut Record) {
    record.facts.eligibility = reading.text("eligibility", "Who may use it");
    let ages = 0..=120_u8;
    record.facts.minimum_age = reading.number("minimum_age", "The youngest age", ages.clone());
    record.facts.maximum_age = reading.number("maximum_age", "The oldest age", ages);
    if let (Some(from), Some(to)) = (record.facts.minimum_age, record.facts.maximum_age)
        && to < from
    {
        let what = format!("The oldest age must be the youngest age, {from}, or more");
        reading.fault("maximum_age", what);
    }
    record.specialist_for = reading.lines("specialist", "Especially for");
    record.facts.cost = reading.line("cost", "What it costs her");
    record.facts.languages = reading.lines("languages", "Languages");
    record.facts.interpreting = reading.line("interpreting", "Interpreting");
    record.facts.accessibility = reading.lines("accessibility", "Getting in and taking part");
    terms::read(reading, terms::of(reading.directory, &TAXONOMIES), record);
}
