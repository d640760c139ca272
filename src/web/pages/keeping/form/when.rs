//! Days and hours, row by row.

use super::reading::{Held, Reading, of_row, rows};
use crate::{
    case::Day,
    directory::{
        Directory, Record,
        facts::{Often, Opening},
    },
    interview::typed,
    web::{
        fields::{Control, FieldView},
        form::Form,
    },
};

const KIND: &str = "opening";
/// Empty rows after those that are filled.
const SPARE: usize = 2;
const MONTHLY: &str = "monthly";

fn name(at: usize, part: &str) -> String {
    format!("{KIND}.{at}.{part}")
}

pub fn held(record: &Record, _: &Directory, held: &mut Held) {
    for (at, opening) in record.facts.openings.iter().enumerate() {
        for day in &opening.days {
            held.put(name(at, "days"), day.name().to_lowercase());
        }
        let clock = |time: chrono::NaiveTime| time.format("%H:%M").to_string();
        held.put(
            name(at, "from"),
            opening.from.map(clock).unwrap_or_default(),
        );
        held.put(name(at, "to"), opening.to.map(clock).unwrap_or_default());
        if opening.often == Often::Monthly {
            held.put(name(at, "often"), MONTHLY);
        }
        held.put(name(at, "what"), &opening.what);
    }
}

pub fn fields(form: &Form, _: &Directory) -> Vec<FieldView> {
    let days = Day::ALL.map(|day| (day.name().to_lowercase(), day.name(), String::new()));
    let one = |at: usize| {
        let label = |text: &str| of_row(text, at);
        [
            FieldView::new(Control::Checkboxes, name(at, "days"), label("Days"))
                .hinted_options(days.clone())
                .inline()
                .strong(),
            FieldView::new(Control::Code, name(at, "from"), label("From"))
                .hint("For example, 9:30am")
                .width(5),
            FieldView::new(Control::Code, name(at, "to"), label("To")).width(5),
            FieldView::new(
                Control::Checkboxes,
                name(at, "often"),
                label("Not every week"),
            )
            .hinted_options([(MONTHLY, "Only some weeks of the month", String::new())])
            .small(),
            FieldView::new(Control::Line, name(at, "what"), label("What happens then"))
                .hint("For example: women’s group, drop-in"),
        ]
    };
    (0..rows(form, KIND) + SPARE).flat_map(one).collect()
}

pub fn read(reading: &mut Reading<'_>, record: &mut Record) {
    let count = rows(reading.form, KIND);
    record.facts.openings = (0..count).filter_map(|at| one(reading, at)).collect();
}

fn one(reading: &mut Reading<'_>, at: usize) -> Option<Opening> {
    let form = reading.form;
    let chosen = form.all(&name(at, "days"));
    let (from, to) = (form.one(&name(at, "from")), form.one(&name(at, "to")));
    let what = reading.line(&name(at, "what"), "What happens then");
    let often = if form.one(&name(at, "often")) == MONTHLY {
        Often::Monthly
    } else {
        Often::Weekly
    };
    if chosen.is_empty() && from.is_empty() && to.is_empty() && what.is_empty() {
        return None;
    }
    let days: Vec<Day> = Day::ALL
        .into_iter()
        .filter(|day| chosen.contains(&day.name().to_lowercase()))
        .collect();
    if days.is_empty() && what.is_empty() {
        reading.fault(
            name(at, "days"),
            "Select the days, or say in words what happens when",
        );
    }
    let (start, end) = (typed::time(from), typed::time(to));
    if start.is_none() && !(from.is_empty() && to.is_empty()) {
        reading.fault(name(at, "from"), "Enter the time it begins, such as 9:30am");
    }
    if end.is_none() && !to.is_empty() {
        reading.fault(name(at, "to"), "Enter the time it ends, such as 1pm");
    }
    if let (Some(start), Some(end)) = (start, end)
        && end <= start
    {
        let what = "The time it ends must be later than the time it begins";
        reading.fault(name(at, "to"), what);
    }
    Some(Opening {
        days,
        from: start,
        to: end,
        often,
        what,
    })
}
