//! How English writes a day, a list and the start of a sentence: the same in a
//! report, a finding, the directory and a page.
//!
//! Lives here: what every room needs and no practice lead would change. Not here:
//! any sentence. To add a form, add a function with a test. How a text speaks of the woman
//! a report is about is `about_her`.

mod about_her;

use chrono::{Datelike, NaiveDate};

pub use self::about_her::{AboutHer, Pronouns, Unmarked, is_mark, prose_of_template, unmarked};

/// A day: `3 December 2026`.
#[must_use]
pub fn day(date: NaiveDate) -> String {
    // A report prints a hundred days; reading a format string for each took longer
    // than looking for what must not leave.
    let month = MONTHS.get(date.month0() as usize).unwrap_or(&"");
    format!("{} {month} {}", date.day(), date.year())
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The numbers below twenty, as words, each at its own place.
pub const UNITS: [&str; 20] = [
    "nought",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];

/// How alike two names must be for one to be taken for the other misspelt, of 1.
const ALIKE: f64 = 0.6;

/// `; did you mean “x”?`, for a name in a file that is none of those known; nothing
/// where none is like it.
#[must_use]
pub fn nearest<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> String {
    let alike = |other: &'k str| (strsim::normalized_damerau_levenshtein(name, other), other);
    let scored = known.into_iter().map(alike);
    let best = scored.max_by(|a, b| a.0.total_cmp(&b.0));
    match best {
        Some((score, other)) if score >= ALIKE => format!("; did you mean “{other}”?"),
        _ => String::new(),
    }
}

/// A list: `a`, `a and b`, `a, b and c`.
#[must_use]
pub fn listed<S: AsRef<str>>(items: &[S]) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [most @ .., last] => {
            let most: Vec<&str> = most.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", most.join(", "), last.as_ref())
        }
    }
}

/// The text with a capital first letter.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_as_a_court_writes_it() {
        let date = NaiveDate::from_ymd_opt(2026, 12, 3).unwrap();
        assert_eq!(day(date), "3 December 2026");
        for date in date.iter_weeks().take(60) {
            assert_eq!(day(date), date.format("%-d %B %Y").to_string());
        }
    }

    #[test]
    fn a_list_ends_in_and() {
        assert_eq!(listed::<&str>(&[]), "");
        assert_eq!(listed(&["a"]), "a");
        assert_eq!(listed(&["a", "b"]), "a and b");
        assert_eq!(listed(&["a", "b", "c"]), "a, b and c");
    }

    #[test]
    fn only_the_first_letter_becomes_a_capital() {
        assert_eq!(capital("économie and GPs"), "Économie and GPs");
        assert_eq!(capital(""), "");
    }
}
