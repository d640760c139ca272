//! Small words the report needs: dates as a court writes them, ages, lists.
//!
//! Lives here: grammar that only reports need; what every room needs is `english`.
//! Not here: sentences; those are `report-templates/report/`.

use chrono::{NaiveDate, NaiveTime, Timelike};

pub use crate::english::{capital, day as date, listed as and_list};

use crate::case::{InformationKind, Name, Slot};

/// Whole years from birth to `on`; `None` where `on` comes first.
#[must_use]
pub fn age(born: NaiveDate, on: NaiveDate) -> Option<u32> {
    on.years_since(born)
}

/// The text with a small first letter, for the middle of a sentence; an abbreviation
/// or a name of capitals is left.
#[must_use]
pub fn small(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => text.to_owned(),
    }
}

/// The text with one full stop, unless it already ends a sentence.
#[must_use]
pub fn full_stop(text: &str) -> String {
    let text = text.trim_end();
    let ended = text
        .trim_end_matches(['”', '"', '’', '\'', ')'])
        .ends_with(['.', '!', '?', '…', ':']);
    if text.is_empty() || ended {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

/// The text without a closing full stop, for the middle of a sentence.
#[must_use]
pub fn no_stop(text: &str) -> String {
    text.trim_end().trim_end_matches('.').to_owned()
}

/// The text without quotation marks around it, so that a template can set its own.
#[must_use]
pub fn unquoted(text: &str) -> String {
    let marks: &[char] = &['“', '”', '"', '‘', '’', '\''];
    let text = text.trim();
    let inside = text.trim_matches(marks);
    if inside.is_empty() {
        text.to_owned()
    } else {
        inside.to_owned()
    }
}

/// How the report names her after the first time: `Ms Hart`, or her first name
/// where she prefers no title.
#[must_use]
pub fn short_name(name: &Name) -> String {
    match (name.title.trim(), name.first.trim(), name.last.trim()) {
        ("", "", "") => "the defendant".to_owned(),
        ("", "", last) => last.to_owned(),
        ("", first, _) => first.to_owned(),
        (title, first, "") => format!("{title} {first}"),
        (title, _, last) => format!("{title} {last}"),
    }
}

/// First and last name.
#[must_use]
pub fn full_name(name: &Name) -> String {
    let full = format!("{} {}", name.first.trim(), name.last.trim());
    full.trim().to_owned()
}

/// `Tuesday and Thursday, 10am to 1pm`.
#[must_use]
pub fn slot(slot: &Slot) -> String {
    let days: Vec<&str> = slot.days.iter().map(|d| d.name()).collect();
    format!(
        "{}, {} to {}",
        and_list(&days),
        clock(slot.from),
        clock(slot.to)
    )
}

/// `9.30am`, `1pm`.
#[must_use]
pub fn clock(time: NaiveTime) -> String {
    let (afternoon, hour) = time.hour12();
    let half = if afternoon { "pm" } else { "am" };
    match time.minute() {
        0 => format!("{hour}{half}"),
        minute => format!("{hour}.{minute:02}{half}"),
    }
}

/// A number below eleven as a word, others in figures.
#[must_use]
pub fn count(n: usize) -> String {
    const WORDS: [&str; 11] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    ];
    WORDS
        .get(n)
        .map_or_else(|| n.to_string(), |w| (*w).to_owned())
}

/// The kind of an information source, as a person would name it; with marks for her
/// pronouns.
#[must_use]
pub fn information(kind: InformationKind) -> &'static str {
    match kind {
        InformationKind::HerAccount => "{her account}",
        InformationKind::Police => "police information",
        InformationKind::ChildrensServices => "children’s services",
        InformationKind::Health => "health services",
        InformationKind::WomensCentre => "a women’s centre",
        InformationKind::ProsecutionPapers => "the prosecution papers",
        InformationKind::ProbationRecords => "probation records",
        InformationKind::PreviousConvictions => "the record of previous convictions",
        InformationKind::Family => "family",
        InformationKind::AuthorsAssessment => "the author’s assessment",
        InformationKind::Other => "another source",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn an_age_counts_birthdays_that_have_passed() {
        assert_eq!(age(day("1988-12-04"), day("2026-12-03")), Some(37));
        assert_eq!(age(day("1988-12-03"), day("2026-12-03")), Some(38));
        assert_eq!(age(day("2027-01-01"), day("2026-12-03")), None);
    }

    #[test]
    fn a_sentence_gets_one_full_stop() {
        assert_eq!(full_stop("She works"), "She works.");
        assert_eq!(full_stop("She works."), "She works.");
        assert_eq!(full_stop("She said “I work.”"), "She said “I work.”");
    }

    #[test]
    fn times_read_as_people_say_them() {
        let at = |h, m| NaiveTime::from_hms_opt(h, m, 0).unwrap();
        assert_eq!(clock(at(9, 30)), "9.30am");
        assert_eq!(clock(at(13, 0)), "1pm");
    }

    #[test]
    fn without_a_title_she_is_called_by_her_first_name() {
        let name = Name {
            title: String::new(),
            first: "Angela".into(),
            last: "Hart".into(),
            ..Name::default()
        };
        assert_eq!(short_name(&name), "Angela");
    }
}
