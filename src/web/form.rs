//! What a browser sent: names and values in order, and how days and times are read
//! from what people type.
//!
//! Lives here: reading. Not here: showing (`fields.rs`) or proving that the form
//! was ours (`csrf.rs`, the only way to come by a [`Form`] in a handler).

use chrono::{Datelike, NaiveDate, NaiveTime};
use serde::Serialize;

/// A form as it was sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form(Vec<(String, String)>);

impl Form {
    /// A form from its pairs; line ends become plain newlines.
    #[must_use]
    pub fn new(pairs: Vec<(String, String)>) -> Self {
        let unix = |text: String| text.replace("\r\n", "\n");
        Self(pairs.into_iter().map(|(n, v)| (n, unix(v))).collect())
    }

    /// The first value of a name, without white at its ends; empty where it was not
    /// sent.
    #[must_use]
    pub fn one(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default().trim()
    }

    /// The first value exactly as sent: for passwords.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(n, _)| n == name);
        found.map(|(_, v)| v.as_str())
    }

    /// The first value, where it is not blank.
    #[must_use]
    pub fn given(&self, name: &str) -> Option<String> {
        let text = self.one(name);
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// Every value of a name that is not blank, in order.
    #[must_use]
    pub fn all(&self, name: &str) -> Vec<String> {
        let mine = self.0.iter().filter(|(n, _)| n == name);
        mine.map(|(_, v)| v.trim().to_owned())
            .filter(|v| !v.is_empty())
            .collect()
    }

    /// The three boxes of a date.
    #[must_use]
    pub fn date(&self, name: &str) -> DateTyped {
        let part = |part: &str| self.one(&format!("{name}-{part}")).to_owned();
        DateTyped {
            day: part("day"),
            month: part("month"),
            year: part("year"),
        }
    }

    /// Names and values in the order sent: to carry a form along on another page.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(n, v)| (n.as_str(), v.as_str()))
    }
}

/// What stands in the three boxes of a date.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct DateTyped {
    /// Day of the month.
    pub day: String,
    /// Month, as a number or a name.
    pub month: String,
    /// Year.
    pub year: String,
}

impl From<NaiveDate> for DateTyped {
    fn from(date: NaiveDate) -> Self {
        Self {
            day: date.day().to_string(),
            month: date.month().to_string(),
            year: date.year().to_string(),
        }
    }
}

impl DateTyped {
    /// The day it names; `None` where all three boxes are empty.
    ///
    /// # Errors
    /// Anything else that is no day: with what to type instead.
    pub fn read(&self, label: &str) -> Result<Option<NaiveDate>, String> {
        if self.day.is_empty() && self.month.is_empty() && self.year.is_empty() {
            return Ok(None);
        }
        for (text, part) in [
            (&self.day, "a day"),
            (&self.month, "a month"),
            (&self.year, "a year"),
        ] {
            if text.is_empty() {
                return Err(format!("{} must include {part}", capital(label)));
            }
        }
        let year = self.year.parse().ok().filter(|y| (1900..2200).contains(y));
        let day = self.day.parse().ok();
        let read = year
            .zip(month(&self.month))
            .zip(day)
            .and_then(|((y, m), d)| NaiveDate::from_ymd_opt(y, m, d));
        read.map(Some)
            .ok_or_else(|| format!("{} must be a real date, such as 14 11 2026", capital(label)))
    }
}

fn month(text: &str) -> Option<u32> {
    const NAMES: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    text.parse().ok().or_else(|| {
        let text = text.to_lowercase();
        let at = NAMES.iter().position(|name| text.starts_with(name))?;
        u32::try_from(at + 1).ok()
    })
}

/// A time of day as people type it: `09:30`, `9.30`, `9:30am`, `2pm`, `1330`.
///
/// # Errors
/// Anything else: with what to type instead.
pub fn time(text: &str, label: &str) -> Result<NaiveTime, String> {
    let plain = text
        .to_lowercase()
        .replace("a.m.", "am")
        .replace("p.m.", "pm");
    let plain = plain.replace(' ', "").replace('.', ":");
    let (digits, noon) = match (plain.strip_suffix("am"), plain.strip_suffix("pm")) {
        (Some(rest), _) => (rest, Some(false)),
        (_, Some(rest)) => (rest, Some(true)),
        _ => (plain.as_str(), None),
    };
    let (hour, minute) = match digits.split_once(':') {
        Some(parts) => parts,
        None if digits.len() == 4 && digits.is_ascii() => digits.split_at(2),
        None => (digits, "0"),
    };
    let hour = hour.parse::<u32>().ok().and_then(|hour| match noon {
        Some(_) if !(1..=12).contains(&hour) => None,
        Some(after) => Some(hour % 12 + if after { 12 } else { 0 }),
        None => Some(hour),
    });
    hour.zip(minute.parse().ok())
        .and_then(|(h, m)| NaiveTime::from_hms_opt(h, m, 0))
        .ok_or_else(|| format!("{} must be a time, such as 09:30 or 2pm", capital(label)))
}

/// A whole number.
///
/// # Errors
/// Anything else: with what to type instead.
pub fn number(text: &str, label: &str) -> Result<u32, String> {
    text.trim()
        .replace(',', "")
        .parse()
        .map_err(|_| format!("{} must be a whole number, such as 12", capital(label)))
}

/// A label at the start of a sentence.
#[must_use]
pub fn capital(label: &str) -> String {
    let label = label.trim_end_matches(['?', ':', '.']);
    let mut letters = label.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => "This".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(day: &str, month: &str, year: &str) -> DateTyped {
        DateTyped {
            day: day.into(),
            month: month.into(),
            year: year.into(),
        }
    }

    #[test]
    fn a_date_may_name_its_month() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 4);
        assert_eq!(typed("4", "11", "2026").read("day").unwrap(), day);
        assert_eq!(typed("04", "November", "2026").read("day").unwrap(), day);
    }

    #[test]
    fn a_date_that_is_no_day_says_what_to_type() {
        let said = typed("31", "2", "2026").read("hearing date").unwrap_err();
        assert_eq!(said, "Hearing date must be a real date, such as 14 11 2026");
        let said = typed("31", "", "2026").read("hearing date").unwrap_err();
        assert_eq!(said, "Hearing date must include a month");
        assert_eq!(typed("", "", "").read("hearing date").unwrap(), None);
        assert!(typed("1", "1", "26").read("hearing date").is_err());
    }

    #[test]
    fn a_time_is_read_as_people_type_it() {
        for (text, hour, minute) in [
            ("09:30", 9, 30),
            ("9.30", 9, 30),
            ("9.30am", 9, 30),
            ("9:30 pm", 21, 30),
            ("2pm", 14, 0),
            ("12am", 0, 0),
            ("12 p.m.", 12, 0),
            ("1330", 13, 30),
            ("7", 7, 0),
        ] {
            let read = time(text, "start").unwrap_or_else(|e| panic!("{text}: {e}"));
            assert_eq!(
                Some(read),
                NaiveTime::from_hms_opt(hour, minute, 0),
                "{text}"
            );
        }
        for text in ["", "25:00", "noon", "13pm", "9:75"] {
            assert!(time(text, "start").is_err(), "{text}");
        }
    }
}
