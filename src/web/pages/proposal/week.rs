//! Her week as a table: a row a day, with what clashes marked.

use serde::Serialize;

use crate::{
    case::Day,
    sentencing::{Clash, WeekItem, WeeklyLoad},
    web::words,
};

/// Her week.
#[derive(Debug, Default, Serialize)]
pub struct WeekView {
    days: Vec<DayView>,
    clashes: Vec<String>,
    filled: String,
    added: String,
    /// True where nothing is known of her week.
    empty: bool,
}

#[derive(Debug, Serialize)]
struct DayView {
    name: &'static str,
    items: Vec<ItemView>,
}

#[derive(Debug, Serialize)]
struct ItemView {
    time: String,
    what: String,
    /// True for what the proposal adds.
    proposed: bool,
    clashes: bool,
}

impl WeekView {
    /// The view of a week.
    #[must_use]
    pub fn of(load: &WeeklyLoad) -> Self {
        let clashes = load.clashes();
        let day = |day: Day| DayView {
            name: day.name(),
            items: load
                .day(day)
                .map(|item| ItemView::of(item, &clashes))
                .collect(),
        };
        Self {
            days: Day::ALL.into_iter().map(day).collect(),
            clashes: clashes.iter().map(said).collect(),
            filled: hours(load.filled_minutes()),
            added: hours(load.proposed_minutes()),
            empty: load.items.is_empty(),
        }
    }

    /// A week for samples.
    #[must_use]
    pub fn sample(full: bool) -> Self {
        let item = |proposed, clashes| ItemView {
            time: "09:30 to 13:30".into(),
            what: "Work <shop>".into(),
            proposed,
            clashes,
        };
        let day = |name| DayView {
            name,
            items: vec![item(false, true), item(true, true)],
        };
        if !full {
            return Self {
                empty: true,
                ..Self::default()
            };
        }
        Self {
            days: vec![
                day("Monday"),
                DayView {
                    name: "Tuesday",
                    items: Vec::new(),
                },
            ],
            clashes: vec!["Unpaid work falls on Work, Monday 10:00 to 12:00".into()],
            filled: "8 hours".into(),
            added: "2 hours 30 minutes".into(),
            empty: false,
        }
    }
}

impl ItemView {
    fn of(item: &WeekItem, clashes: &[Clash]) -> Self {
        let meets = |c: &Clash| {
            c.days.contains(&item.day)
                && item.start < c.end
                && c.start < item.end
                && [&c.proposed.at, &c.other.at].contains(&&item.at)
        };
        Self {
            time: format!(
                "{} to {}",
                item.from().format("%H:%M"),
                item.to().format("%H:%M")
            ),
            what: item.what.clone(),
            proposed: item.filling.is_proposed(),
            clashes: clashes.iter().any(meets),
        }
    }
}

fn said(clash: &Clash) -> String {
    let days: Vec<_> = clash.days.iter().map(|d| d.name()).collect();
    format!(
        "{} falls on {}: {}, {} to {}",
        clash.proposed.what,
        clash.other.what,
        days.join(", "),
        clash.from().format("%H:%M"),
        clash.to().format("%H:%M")
    )
}

/// So many minutes in words.
pub(super) fn hours(minutes: u32) -> String {
    let part = |number: u32, one: &str| (number > 0).then(|| words::count(number as usize, one));
    let parts = [part(minutes / 60, "hour"), part(minutes % 60, "minute")];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    if parts.is_empty() {
        "nothing".into()
    } else {
        parts.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_said_in_hours_and_minutes() {
        assert_eq!(hours(0), "nothing");
        assert_eq!(hours(45), "45 minutes");
        assert_eq!(hours(61), "1 hour 1 minute");
        assert_eq!(hours(120), "2 hours");
    }
}
