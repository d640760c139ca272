//! Small pieces of text that findings are put together from: dates, lists, hours.
//!
//! Lives here: how a value looks, which no practice lead would change. Not here: any
//! sentence.

use chrono::{NaiveDate, NaiveTime};

/// A date as a report gives it: `22 March 2026`.
pub(super) fn long_date(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}

/// A time of day: `09:30`.
pub(super) fn clock(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

/// Minutes as hours: `16`, `16.5`.
pub(super) fn hours(minutes: u32) -> String {
    let hundredths = (minutes * 100 + 30) / 60;
    match (hundredths / 100, hundredths % 100) {
        (whole, 0) => whole.to_string(),
        (whole, part) if part % 10 == 0 => format!("{whole}.{}", part / 10),
        (whole, part) => format!("{whole}.{part:02}"),
    }
}

/// A list as English gives it: `Monday, Tuesday and Friday`.
pub(super) fn listed<S: AsRef<str>>(items: &[S]) -> String {
    match items {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", first.join(", "), last.as_ref())
        }
    }
}
