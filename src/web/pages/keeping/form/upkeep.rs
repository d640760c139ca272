//! Who pays until when, and when the entry is checked again.

use chrono::Days;

use super::reading::{Held, Reading, of_row, rows};
use crate::{
    directory::{Directory, Record, facts::Funding},
    web::{
        fields::{Control, FieldView},
        form::Form,
    },
};

const KIND: &str = "funding";
/// An entry that nobody looks at for longer is not kept.
const LONGEST_UNCHECKED: Days = Days::new(366);

/// Ticked where everything on the page was looked at.
pub const CHECKED: &str = "checked";

fn name(at: usize, part: &str) -> String {
    format!("{KIND}.{at}.{part}")
}

pub fn held(record: &Record, _: &Directory, held: &mut Held) {
    for (at, funding) in record.facts.funding.iter().enumerate() {
        held.put(name(at, "funder"), &funding.funder);
        held.date(&name(at, "ends"), funding.ends);
        held.put(name(at, "note"), &funding.note);
    }
    held.put("owner_mailbox", &record.facts.owner_mailbox);
    held.date("next_check", record.facts.next_check);
}

pub fn fields(form: &Form, _: &Directory) -> Vec<FieldView> {
    let mut all = Vec::new();
    for at in 0..=rows_of_funding(form) {
        all.extend([
            FieldView::new(
                Control::Line,
                name(at, "funder"),
                of_row("Who pays for it", at),
            )
            .strong(),
            FieldView::new(
                Control::Date,
                name(at, "ends"),
                of_row("The last day it is paid for", at),
            )
            .hint("Leave it empty if you do not know."),
            FieldView::new(
                Control::Line,
                name(at, "note"),
                of_row("Anything to say of the funding", at),
            ),
        ]);
    }
    all.extend([
        FieldView::new(
            Control::Email,
            "owner_mailbox",
            "Email address of whoever keeps this entry",
        )
        .hint("A role’s, such as office@; never a person’s own.")
        .strong(),
        FieldView::new(Control::Date, "next_check", "The day you want to check it next")
            .hint("Leave it empty for your area’s usual time."),
        FieldView::new(
            Control::Checkboxes,
            CHECKED,
            "Have you looked at everything on this page?",
        )
        .hinted_options([(
            "yes",
            "Yes, and all of it is right today",
            "The entry is then marked as checked today. Leave it open if you changed only what you know.".to_owned(),
        )])
        .strong(),
    ]);
    all
}

/// Rows of funding with something in them; the parts of a date have names of their own.
fn rows_of_funding(form: &Form) -> usize {
    rows(form, KIND)
}

pub fn read(reading: &mut Reading<'_>, record: &mut Record) {
    let count = rows_of_funding(reading.form);
    record.facts.funding = (0..count).filter_map(|at| one(reading, at)).collect();
    record.facts.owner_mailbox = reading.email(
        "owner_mailbox",
        "The email address of whoever keeps this entry",
    );
    let next = reading.date("next_check", "The day you want to check it next");
    record.facts.next_check = next;
    let Some(next) = next.filter(|day| reading.before.facts.next_check != Some(*day)) else {
        return;
    };
    let last = reading.today.checked_add_days(LONGEST_UNCHECKED);
    if next <= reading.today {
        reading.fault(
            "next_check",
            "The day you want to check it next must be after today",
        );
    } else if last.is_some_and(|last| next > last) {
        reading.fault(
            "next_check",
            "The day you want to check it next must be within a year",
        );
    }
}

fn one(reading: &mut Reading<'_>, at: usize) -> Option<Funding> {
    let funding = Funding {
        funder: reading.line(&name(at, "funder"), "Who pays for it"),
        ends: reading.date(&name(at, "ends"), "The last day it is paid for"),
        note: reading.line(&name(at, "note"), "What is said of the funding"),
    };
    (funding != Funding::default()).then_some(funding)
}
