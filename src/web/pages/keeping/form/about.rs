//! What the service is, whether it is running, what it offers and for which needs.

use super::{
    Group,
    reading::{Held, LONGEST_TEXT, Reading},
    terms,
};
use crate::{
    directory::{Directory, Record, State},
    web::{
        fields::{Control, FieldView},
        form::Form,
        pages::keeping::words::{CLOSED, NOT_OPEN, RUNNING},
    },
};

const TAXONOMIES: [&str; 3] = ["crs-theme", "pathway", "complexity"];

/// The choices of whether it is running, each with the status that says so.
const STATES: [(&str, State, &str, &str, &str); 3] = [
    ("running", State::Listed, RUNNING, "Yes, it is running", ""),
    (
        "not-open",
        State::NotOpen,
        NOT_OPEN,
        "Not yet: it is planned",
        "It is never proposed in a report until this says it is running.",
    ),
    (
        "closed",
        State::Historic,
        CLOSED,
        "No, it has closed",
        "It stays as history, because old reports name it, and is never proposed again.",
    ),
];

fn state(record: &Record, directory: &Directory) -> &'static str {
    let read = directory.read(vec![record.clone()]);
    let state = read.first().map(|s| s.state);
    let known = STATES.iter().find(|(_, s, ..)| Some(*s) == state);
    known.map_or("", |(value, ..)| value)
}

pub fn held(record: &Record, directory: &Directory, held: &mut Held) {
    held.put("name", &record.name);
    held.put("kind", &record.kind);
    held.put("description", &record.description);
    held.put("state", state(record, directory));
    held.lines("offers", &record.service_types);
    terms::held(record, terms::of(directory, &TAXONOMIES), held);
}

pub fn fields(_: &Form, _: &Directory) -> Vec<FieldView> {
    let states = STATES.iter();
    let states = states.map(|(value, _, _, label, hint)| (*value, *label, (*hint).to_owned()));
    let unsettled = ("", "Not known", String::new());
    vec![
        FieldView::new(Control::Line, "name", "Name of the service").strong(),
        FieldView::new(Control::Line, "kind", "What kind of service it is")
            .hint("For example: women’s centre, residential rehabilitation, unpaid work placement")
            .strong(),
        FieldView::new(Control::Text, "description", "What it does")
            .hint("Two or three sentences a sentencer could read out. Name no woman and no member of staff.")
            .rows(4)
            .max(Some(LONGEST_TEXT))
            .strong(),
        FieldView::new(Control::Radios, "state", "Is it running?")
            .hinted_options(states.chain([unsettled]))
            .strong(),
        FieldView::new(Control::Text, "offers", "What it offers, in your own words")
            .hint("One thing a line")
            .rows(6)
            .strong(),
    ]
}

pub fn choices(directory: &Directory) -> Vec<Group> {
    let themes = terms::of(directory, &["crs-theme"]);
    let pathways = terms::of(directory, &["pathway"]);
    let levels = terms::of(directory, &["complexity"]);
    vec![
        Group::new("Needs it works with", terms::choices(themes, "")),
        Group::new("Pathways", terms::choices(pathways, "Pathway: ")),
        Group::new(
            "Complexity it works with",
            terms::choices(levels, "Complexity: "),
        ),
    ]
}

pub fn read(reading: &mut Reading<'_>, record: &mut Record) {
    record.name = reading.line("name", "The name of the service");
    if record.name.is_empty() {
        reading.fault("name", "Enter the name of the service");
    }
    record.kind = reading.line("kind", "The kind of service");
    if record.kind.is_empty() {
        reading.fault("kind", "Enter what kind of service it is");
    }
    record.description = reading.text("description", "What it does");
    let chosen = reading.form.one("state");
    if chosen != state(reading.before, reading.directory) {
        let status = STATES.iter().find(|(value, ..)| *value == chosen);
        match status {
            Some((_, _, status, ..)) => (*status).clone_into(&mut record.status),
            None => reading.fault("state", "Select whether it is running"),
        }
    }
    record.service_types = reading.lines("offers", "What it offers");
    terms::read(reading, terms::of(reading.directory, &TAXONOMIES), record);
}
