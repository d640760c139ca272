//! The date of a record, as its source gives it.
//!
//! Lives here: reading `2026-08-21`, `2024-05 (source)` or `undated page`. Not
//! here: how old is too old (`checking`). To read
//! another form of date, add it to [`Dated::read`] with a test.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::english;

/// A record's date: always the source's own words, and a date where they are one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct AsAt {
    /// The words of the record.
    pub text: String,
    /// What they say, where they begin with a date.
    pub date: Option<Dated>,
}

/// A date only as exact as its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Dated {
    /// A day.
    Day(NaiveDate),
    /// A month, held as its first day.
    Month(NaiveDate),
    /// A year, held as its first day.
    Year(NaiveDate),
}

impl AsAt {
    /// Reads a record's `as_at`. Nothing is guessed: `undated (c. 2023)` has no date.
    #[must_use]
    pub fn read(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            date: Dated::read(text),
        }
    }
}

impl From<String> for AsAt {
    fn from(text: String) -> Self {
        let date = Dated::read(&text);
        Self { text, date }
    }
}

impl From<AsAt> for String {
    fn from(as_at: AsAt) -> Self {
        as_at.text
    }
}

impl Dated {
    /// The date that `text` begins with; the first part counts where there are
    /// several, because that is the source the record rests on.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let first = text.split(';').next()?.trim();
        let token = first.split([' ', ',']).next()?;
        let parts: Vec<&str> = token.split('-').collect();
        let number = |part: &str, digits: usize| {
            (part.len() == digits && part.bytes().all(|b| b.is_ascii_digit()))
                .then(|| part.parse::<u32>().ok())
                .flatten()
        };
        let year = i32::try_from(number(parts.first()?, 4)?).ok()?;
        match parts.as_slice() {
            [_] => NaiveDate::from_ymd_opt(year, 1, 1).map(Self::Year),
            [_, month] => NaiveDate::from_ymd_opt(year, number(month, 2)?, 1).map(Self::Month),
            [_, month, day] => {
                NaiveDate::from_ymd_opt(year, number(month, 2)?, number(day, 2)?).map(Self::Day)
            }
            _ => None,
        }
    }

    /// The latest day the date could mean; an age counted from it is never
    /// overstated.
    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        let (first, months) = match self {
            Self::Day(day) => return day,
            Self::Month(first) => (first, 1),
            Self::Year(first) => (first, 12),
        };
        first
            .checked_add_months(Months::new(months))
            .and_then(|next| next.checked_sub_days(Days::new(1)))
            .unwrap_or(first)
    }

    /// As a person writes it: `21 August 2026`, `May 2024`, `2016`.
    #[must_use]
    pub fn printed(self) -> String {
        match self {
            Self::Day(day) => english::day(day),
            Self::Month(first) => first.format("%B %Y").to_string(),
            Self::Year(first) => first.year().to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn a_date_is_only_as_exact_as_its_source() {
        let cases = [
            ("2026-08-21", Some(Dated::Day(day(2026, 8, 21)))),
            ("2024-05", Some(Dated::Month(day(2024, 5, 1)))),
            (
                "2024-05 (source); 2021 (evidence)",
                Some(Dated::Month(day(2024, 5, 1))),
            ),
            ("2016", Some(Dated::Year(day(2016, 1, 1)))),
            (
                "2023-10 (approx, undated excerpt)",
                Some(Dated::Month(day(2023, 10, 1))),
            ),
            (
                "2022-08-23 (GOV.UK); 2025 (The View)",
                Some(Dated::Day(day(2022, 8, 23))),
            ),
            ("undated page", None),
            ("undated APCC page (c. 2023)", None),
            ("2018/19 data (undated page)", None),
            (
                "2024/25 (undated chamber page); CRS partner 2026-08-21",
                None,
            ),
            ("2024-13", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(Dated::read(text), expected, "{text}");
        }
    }

    #[test]
    fn an_age_is_never_overstated() {
        assert_eq!(Dated::read("2024-02").unwrap().last_day(), day(2024, 2, 29));
        assert_eq!(Dated::read("2016").unwrap().last_day(), day(2016, 12, 31));
        assert_eq!(Dated::read("2016").unwrap().printed(), "2016");
        assert_eq!(Dated::read("2024-05").unwrap().printed(), "May 2024");
        assert_eq!(
            Dated::read("2026-08-21").unwrap().printed(),
            "21 August 2026"
        );
    }
}
