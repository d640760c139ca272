//! The form of a whole entry: its parts in page order, filled from a record, and read
//! back into one.
//!
//! Lives here: [`PARTS`], which is the page. Not here: the page and what saving it
//! means (`edit`, `new`). A new fact is a field in the part it belongs to, in all three
//! of its functions: what is held, the field, and reading it. The test of this file
//! opens and saves every entry of the directory and expects it unchanged.

mod about;
mod now;
mod reach;
mod reading;
mod setting;
mod terms;
mod upkeep;
mod when;
mod who;

use chrono::NaiveDate;
use serde::Serialize;

pub use self::reading::{Held, Reading};
use crate::{
    directory::{Directory, Record},
    web::{
        fields::{ErrorLine, FieldView, mark, summary},
        form::Form,
    },
};

/// What is wrong, by field name.
pub type Faults = Vec<(String, String)>;

/// One part of the page: what is held for it, its fields, and reading them.
struct Part {
    id: &'static str,
    heading: &'static str,
    hint: &'static str,
    held: fn(&Record, &Directory, &mut Held),
    fields: fn(&Form, &Directory) -> Vec<FieldView>,
    /// Terms that are stated, denied or neither, shown close together.
    choices: fn(&Directory) -> Vec<Group>,
    read: fn(&mut Reading<'_>, &mut Record),
}

/// The page.
const PARTS: [Part; 8] = [
    Part {
        id: "about",
        heading: "What it is",
        hint: "",
        held: about::held,
        fields: about::fields,
        choices: about::choices,
        read: about::read,
    },
    Part {
        id: "now",
        heading: "Referrals and places now",
        hint: "",
        held: now::held_in_full,
        fields: now::fields_in_full,
        choices: none,
        read: now::read_in_full,
    },
    Part {
        id: "setting",
        heading: "Who comes through the door",
        hint: "Say women-only only where no man uses the same rooms at the same time. Courts and women rely on it.",
        held: setting::held,
        fields: setting::fields,
        choices: setting::choices,
        read: setting::read,
    },
    Part {
        id: "who",
        heading: "Whom it is for, and taking part",
        hint: "",
        held: who::held,
        fields: who::fields,
        choices: who::choices,
        read: who::read,
    },
    Part {
        id: "when",
        heading: "Days and hours",
        hint: "Clear a row to remove it.",
        held: when::held,
        fields: when::fields,
        choices: none,
        read: when::read,
    },
    Part {
        id: "where",
        heading: "Where it is and works",
        hint: "",
        held: reach::held_places,
        fields: reach::fields_of_places,
        choices: none,
        read: reach::read_places,
    },
    Part {
        id: "referring",
        heading: "Referring a woman, and the order it fits",
        hint: "",
        held: reach::held,
        fields: reach::fields,
        choices: reach::choices,
        read: reach::read,
    },
    Part {
        id: "upkeep",
        heading: "Funding, and keeping this entry true",
        hint: "",
        held: upkeep::held,
        fields: upkeep::fields,
        choices: none,
        read: upkeep::read,
    },
];

fn none(_: &Directory) -> Vec<Group> {
    Vec::new()
}

/// Choices that belong together, shown when they are asked for.
#[derive(Debug, Clone, Serialize)]
pub struct Group {
    heading: &'static str,
    /// How many of them the entry says something of.
    said: String,
    choices: Vec<FieldView>,
}

impl Group {
    fn new(heading: &'static str, choices: Vec<FieldView>) -> Self {
        Self {
            heading,
            said: String::new(),
            choices,
        }
    }

    fn filled(mut self, form: &Form) -> Self {
        let choices = self.choices.into_iter();
        self.choices = choices.map(|f| f.typed(form)).collect();
        let said = self.choices.iter().filter(|f| !f.value.is_empty()).count();
        self.said = format!("{said} of {} known", self.choices.len());
        self
    }
}

/// One part as the page shows it.
#[derive(Debug, Clone, Serialize)]
pub struct Section {
    id: &'static str,
    heading: &'static str,
    hint: &'static str,
    fields: Vec<FieldView>,
    groups: Vec<Group>,
}

/// What an entry holds, as a form.
#[must_use]
pub fn held(record: &Record, directory: &Directory) -> Form {
    let mut held = Held::default();
    for part in &PARTS {
        (part.held)(record, directory, &mut held);
    }
    held.form()
}

/// The parts of the page with what a form says, and what is wrong with it.
#[must_use]
pub fn sections(form: &Form, directory: &Directory, faults: &Faults) -> Vec<Section> {
    let filled = |fields: Vec<FieldView>| {
        let mut fields: Vec<FieldView> = fields.into_iter().map(|f| f.typed(form)).collect();
        mark(&mut fields, faults);
        fields
    };
    PARTS
        .iter()
        .map(|part| Section {
            id: part.id,
            heading: part.heading,
            hint: part.hint,
            fields: filled((part.fields)(form, directory)),
            groups: (part.choices)(directory)
                .into_iter()
                .map(|group| group.filled(form))
                .collect(),
        })
        .collect()
}

/// Whether the form says that everything on it was looked at and is right.
#[must_use]
pub fn says_checked(form: &Form) -> bool {
    !form.one(upkeep::CHECKED).is_empty()
}

/// The error summary, in page order. A choice between yes, no and not known cannot be
/// wrong.
#[must_use]
pub fn errors(sections: &[Section]) -> Vec<ErrorLine> {
    summary(sections.iter().flat_map(|s| &s.fields))
}

/// The entry as a form gives it, or what is wrong with the form.
///
/// # Errors
/// What is wrong, in page order.
pub fn read(
    form: &Form,
    before: &Record,
    directory: &Directory,
    today: NaiveDate,
) -> Result<Record, Faults> {
    let mut reading = Reading::new(form, before, directory, today);
    let mut record = before.clone();
    for part in &PARTS {
        (part.read)(&mut reading, &mut record);
    }
    match reading.faults() {
        faults if faults.is_empty() => Ok(record),
        faults => Err(faults),
    }
}

pub use now::{fields as fields_of_now, held as held_now, read as read_now};

#[cfg(test)]
mod tests;
