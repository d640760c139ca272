//! Small pieces of text that findings are put together from: days, lists, hours.
//!
//! Lives here: how a value looks, which no practice lead would change. Not here: any
//! sentence.

use chrono::NaiveTime;

pub(super) use crate::english::{day as long_date, listed};

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
