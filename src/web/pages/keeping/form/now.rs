//! What changes from week to week: whether referrals are taken, places free, the wait.
//!
//! Lives here: the short form of the one-minute page (`fields`, `held`, `read`) and the
//! same with the rest of it for the whole entry (`…_in_full`).

use super::{
    reading::{Held, LONGEST_TEXT, Reading, of_row, rows},
    terms,
};
use crate::{
    directory::{Directory, Record, facts::Capacity, vocabulary::term},
    web::{
        fields::{Control, FieldView},
        form::Form,
    },
};

const KIND: &str = "room";
/// More than any centre has places.
const MOST_PLACES: u32 = 10_000;
/// Longer than this is no wait but a slip.
const LONGEST_WAIT: u16 = 1_000;
/// What is counted where nothing else is said.
const PLACE: &str = "place";

/// Whether referrals are taken: value, term, label, help.
const REFERRALS: [(&str, &str, &str, &str); 4] = [
    ("open", term::OPEN, "Yes", ""),
    (
        "waiting-list",
        term::WAITING_LIST,
        "Yes, onto a waiting list",
        "",
    ),
    (
        "paused",
        term::PAUSED,
        "Not for now",
        "It is paused and will be taken up again",
    ),
    (
        "closed",
        term::CLOSED,
        "No, closed to referrals",
        "It is running, and takes nobody new. If the service itself has closed, say so in the whole entry",
    ),
];

fn name(at: usize, part: &str) -> String {
    format!("{KIND}.{at}.{part}")
}

fn referrals(record: &Record) -> &'static str {
    let states = |key: &str| record.facts.terms.iter().any(|t| t.term == key && !t.no);
    // The most cautious, where a record states two.
    let found = REFERRALS.iter().rev().find(|(_, key, ..)| states(key));
    found.map_or("", |(value, ..)| value)
}

/// What is held for the one-minute page.
pub fn held(record: &Record, _: &Directory, held: &mut Held) {
    let facts = &record.facts;
    held.put("referrals", referrals(record));
    held.put("notice", &facts.alert);
    held.date("not_before", facts.not_before);
    held.number("waiting_days", facts.waiting_days);
    for (at, room) in facts.capacity.iter().enumerate() {
        match room.available {
            Some(0) => held.put(name(at, "free"), "none"),
            Some(free) => {
                held.put(name(at, "free"), "some");
                held.put(name(at, "count"), free.to_string());
            }
            None => {}
        }
    }
}

/// The fields of the one-minute page for an entry that counts this many kinds of room.
pub fn fields(rooms: &[Capacity]) -> Vec<FieldView> {
    let states = REFERRALS.iter();
    let states = states.map(|(value, _, label, hint)| (*value, *label, (*hint).to_owned()));
    let mut all = vec![
        FieldView::new(Control::Radios, "referrals", "Are you taking referrals?")
            .hinted_options(states.chain([("", "Not known", String::new())]))
            .small()
            .strong(),
        FieldView::new(
            Control::Date,
            "not_before",
            "If not now: the first day you will take referrals",
        )
        .hint("Leave it empty if you do not know."),
        FieldView::new(Control::Text, "notice", "A notice for report authors")
            .hint("Only what is different for now, such as: closed for repairs, no crèche until January. Clear it when it is over. Name nobody.")
            .rows(2)
            .max(Some(LONGEST_TEXT)),
    ];
    for at in 0..rooms.len().max(1) {
        let unit = rooms.get(at).map_or("", |room| room.unit.as_str());
        let label = match unit {
            "" | PLACE => "Places free".to_owned(),
            unit => format!("Places free: {unit}"),
        };
        all.push(free(at, &label));
    }
    all.push(
        FieldView::new(Control::Code, "waiting_days", "Usual wait, in days")
            .hint("0 where there is none. Leave it empty if you do not know.")
            .width(4)
            .inputmode("numeric"),
    );
    all
}

fn free(at: usize, label: &str) -> FieldView {
    let count = FieldView::new(Control::Code, name(at, "count"), "How many")
        .width(4)
        .inputmode("numeric");
    FieldView::new(Control::Radios, name(at, "free"), label)
        .hinted_options([
            ("some", "Some", String::new()),
            ("none", "None", String::new()),
            ("", "Not known", String::new()),
        ])
        .revealing("some", vec![count])
        .small()
        .strong()
}

/// Reads the one-minute page.
pub fn read(reading: &mut Reading<'_>, record: &mut Record) {
    read_state(reading, record);
    let count = record.facts.capacity.len().max(1);
    record.facts.capacity.resize_with(count, || Capacity {
        unit: PLACE.into(),
        ..Capacity::default()
    });
    for at in 0..count {
        let available = available(reading, at);
        let room = &mut record.facts.capacity[at];
        if room.available != available {
            room.available = available;
            room.updated = available.map(|_| reading.today);
        }
    }
    record.facts.capacity.retain(says_something);
    record.facts.waiting_days = reading.number("waiting_days", "The usual wait", 0..=LONGEST_WAIT);
}

fn says_something(room: &Capacity) -> bool {
    room.available.is_some() || room.maximum.is_some() || !room.note.is_empty()
}

fn read_state(reading: &mut Reading<'_>, record: &mut Record) {
    let chosen = reading.form.one("referrals");
    if chosen != referrals(record) {
        let keys = REFERRALS.map(|(_, key, ..)| key);
        let key = REFERRALS.iter().find(|(value, ..)| *value == chosen);
        terms::choose(record, &keys, key.map(|(_, key, ..)| *key), reading);
    }
    record.facts.not_before = reading.date("not_before", "The first day you will take referrals");
    record.facts.alert = reading.text("notice", "The notice");
}

fn available(reading: &mut Reading<'_>, at: usize) -> Option<u32> {
    match reading.form.one(&name(at, "free")) {
        "none" => Some(0),
        "some" => {
            let field = name(at, "count");
            if reading.form.one(&field).is_empty() {
                reading.fault(field, "Enter how many places are free");
                return None;
            }
            reading.number(&field, "The number of places free", 0..=MOST_PLACES)
        }
        _ => None,
    }
}

/// What is held for the whole entry.
pub fn held_in_full(record: &Record, directory: &Directory, held: &mut Held) {
    self::held(record, directory, held);
    for (at, room) in record.facts.capacity.iter().enumerate() {
        held.put(name(at, "unit"), &room.unit);
        held.number(name(at, "all"), room.maximum);
        held.put(name(at, "note"), &room.note);
    }
    terms::held(record, unconfirmed(directory), held);
}

/// The fields for the whole entry.
pub fn fields_in_full(form: &Form, directory: &Directory) -> Vec<FieldView> {
    let mut all = fields(&[]);
    let waiting = all.pop();
    all.pop();
    for at in 0..=rows(form, KIND) {
        all.push(free(at, &of_row("Places free", at)));
        all.push(
            FieldView::new(
                Control::Code,
                name(at, "all"),
                of_row("How many there are in all", at),
            )
            .width(4)
            .inputmode("numeric"),
        );
        all.push(
            FieldView::new(
                Control::Line,
                name(at, "unit"),
                of_row("What is counted", at),
            )
            .hint("For example: place, bed, place on the spring course"),
        );
        all.push(FieldView::new(
            Control::Line,
            name(at, "note"),
            of_row("Anything to say of it", at),
        ));
    }
    all.extend(waiting);
    all.extend(terms::choices(unconfirmed(directory), ""));
    all
}

fn unconfirmed(directory: &Directory) -> impl Iterator<Item = &crate::directory::Term> {
    let term = directory.vocabulary().term(term::FUNDING_UNCONFIRMED);
    term.into_iter()
}

/// Reads the part of the whole entry.
pub fn read_in_full(reading: &mut Reading<'_>, record: &mut Record) {
    read_state(reading, record);
    let count = rows(reading.form, KIND);
    let rooms = (0..count).map(|at| room(reading, at));
    let rooms: Vec<Capacity> = rooms.filter(says_something).collect();
    record.facts.capacity = rooms;
    record.facts.waiting_days = reading.number("waiting_days", "The usual wait", 0..=LONGEST_WAIT);
    terms::read(reading, unconfirmed(reading.directory), record);
}

fn room(reading: &mut Reading<'_>, at: usize) -> Capacity {
    let available = available(reading, at);
    let all = name(at, "all");
    let maximum = reading.number(&all, "The number there are in all", 0..=MOST_PLACES);
    if let (Some(free), Some(most)) = (available, maximum)
        && most < free
    {
        let what = format!("There cannot be fewer in all than the {free} that are free");
        reading.fault(all, what);
    }
    let unit = reading.line(&name(at, "unit"), "What is counted");
    let note = reading.line(&name(at, "note"), "What is said of the places");
    let before = reading.before.facts.capacity.get(at);
    let same = before.filter(|b| b.available == available);
    Capacity {
        unit: if unit.is_empty() { PLACE.into() } else { unit },
        available,
        maximum,
        updated: match same {
            Some(before) => before.updated,
            None => available.map(|_| reading.today),
        },
        note,
    }
}
