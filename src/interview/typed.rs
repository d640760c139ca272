//! Days and times as people type them, and as the case file keeps them.
//!
//! Lives here: reading `12 Nov 2026` and `9.30am`. Not here: any message about what
//! could not be read (`validate`).

use chrono::{NaiveDate, NaiveTime};

/// A day from its three inputs; the month may be a number or a name.
#[must_use]
pub fn day(day: &str, month: &str, year: &str) -> Option<NaiveDate> {
    let year = year.trim();
    if year.len() != 4 {
        return None;
    }
    NaiveDate::from_ymd_opt(
        year.parse().ok()?,
        month_number(month)?,
        day.trim().parse().ok()?,
    )
}

/// A day on one line: `2026-11-12`, `12/11/2026`, `12 November 2026`.
#[must_use]
pub fn day_on_a_line(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    if let Ok(date) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        return Some(date);
    }
    let parts: Vec<&str> = text
        .split(|c: char| c == '/' || c == '-' || c == '.' || c.is_whitespace())
        .filter(|p| !p.is_empty())
        .collect();
    match parts[..] {
        [d, m, y] => day(d, m, y),
        _ => None,
    }
}

/// A day as the case file keeps it.
#[must_use]
pub fn kept_day(text: &str) -> Option<NaiveDate> {
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    // chrono also reads `2026-1-2`; the case file has one spelling.
    (date.format("%Y-%m-%d").to_string() == text).then_some(date)
}

/// A time as the case file keeps it: `09:30`.
#[must_use]
pub fn kept_time(text: &str) -> Option<NaiveTime> {
    let time = NaiveTime::parse_from_str(text, "%H:%M").ok()?;
    (time.format("%H:%M").to_string() == text).then_some(time)
}

/// A time as people type it: `9:30`, `0930`, `9.30am`, `1pm`.
#[must_use]
pub fn time(text: &str) -> Option<NaiveTime> {
    let text = text.trim().to_lowercase().replace(' ', "");
    let (clock, half) = match text.strip_suffix("am") {
        Some(rest) => (rest, Some(0)),
        None => match text.strip_suffix("pm") {
            Some(rest) => (rest, Some(12)),
            None => (text.as_str(), None),
        },
    };
    let (hours, minutes) = match clock.split_once([':', '.']) {
        Some(parts) => parts,
        None if clock.len() >= 3 && clock.is_ascii() => clock.split_at(clock.len() - 2),
        // A bare `9` could be either half of the day.
        None => (half.map(|_| clock)?, "00"),
    };
    let hours: u32 = hours.parse().ok()?;
    if minutes.len() != 2 {
        return None;
    }
    let hours = match half {
        Some(_) if !(1..=12).contains(&hours) => return None,
        Some(half) => hours % 12 + half,
        None => hours,
    };
    NaiveTime::from_hms_opt(hours, minutes.parse().ok()?, 0)
}

fn month_number(text: &str) -> Option<u32> {
    let text = text.trim();
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    text.parse::<chrono::Month>()
        .ok()
        .map(|m| m.number_from_month())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(date: Option<NaiveDate>) -> String {
        date.map(|d| d.to_string()).unwrap_or_default()
    }

    #[test]
    fn a_month_may_be_a_number_or_a_name() {
        assert_eq!(shown(day("3", "12", "2026")), "2026-12-03");
        assert_eq!(shown(day(" 3", "Dec", "2026 ")), "2026-12-03");
        assert_eq!(shown(day("3", "december", "2026")), "2026-12-03");
    }

    #[test]
    fn a_day_that_is_not_in_the_calendar_is_not_a_day() {
        assert_eq!(day("31", "11", "2026"), None);
        assert_eq!(day("29", "2", "2026"), None);
        assert_eq!(day("1", "1", "26"), None);
    }

    #[test]
    fn a_day_may_be_written_on_one_line() {
        for text in ["2026-11-17", "17/11/2026", "17 November 2026", "17.11.2026"] {
            assert_eq!(shown(day_on_a_line(text)), "2026-11-17", "{text}");
        }
    }

    #[test]
    fn times_are_read_as_people_write_them() {
        let at = |text| time(text).map(|t| t.format("%H:%M").to_string());
        for (text, is) in [
            ("9:30", "09:30"),
            ("0930", "09:30"),
            ("9.30am", "09:30"),
            ("1.30 pm", "13:30"),
            ("12pm", "12:00"),
            ("12.15am", "00:15"),
            ("13:30", "13:30"),
        ] {
            assert_eq!(at(text).as_deref(), Some(is), "{text}");
        }
        for text in ["9", "25:00", "13pm", "half nine", "9:3", "ñ30"] {
            assert_eq!(at(text), None, "{text}");
        }
    }
}
