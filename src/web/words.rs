//! How pages put days, times and fixed lists into words.
//!
//! Lives here: words of the interface. Not here: words a court reads; those are
//! content.

use chrono::{DateTime, NaiveDate, Utc};

pub use crate::english::{capital as sentence_case, day};

use crate::case::{AnswerState, Format, InformationKind, Visibility};

/// A day with its name, as `Saturday 14 November 2026`.
#[must_use]
pub fn named_day(date: NaiveDate) -> String {
    format!("{} {}", date.format("%A"), day(date))
}

/// A moment in British time, as `14 November 2026 at 4:05pm`.
#[must_use]
pub fn moment(at: DateTime<Utc>) -> String {
    let here = at.with_timezone(&chrono_tz::Europe::London);
    let time = here.format("%-I:%M%P").to_string();
    format!("{} at {time}", day(here.date_naive()))
}

/// The day of a moment in Britain.
#[must_use]
pub fn day_of(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&chrono_tz::Europe::London).date_naive()
}

/// A time of day in Britain, as `16:05`.
#[must_use]
pub fn time(at: DateTime<Utc>) -> String {
    let here = at.with_timezone(&chrono_tz::Europe::London);
    here.format("%H:%M").to_string()
}

/// Something counted: `1 prompt`, `3 prompts`.
#[must_use]
pub fn count(number: usize, one: &str) -> String {
    match number {
        1 => format!("1 {one}"),
        _ => format!("{number} {one}s"),
    }
}

/// The kinds of report.
pub const FORMATS: [(Format, &str, &str, &str); 3] = [
    (
        Format::Short,
        "short",
        "Short format (fast delivery)",
        "A written report, up to five working days",
    ),
    (
        Format::Standard,
        "standard",
        "Standard delivery",
        "A full written report for a complex case",
    ),
    (
        Format::Oral,
        "oral",
        "Oral, on the day",
        "Spoken in open court",
    ),
];

/// The name of a kind of report.
#[must_use]
pub fn format(format: Format) -> &'static str {
    let found = FORMATS.iter().find(|(f, ..)| *f == format);
    found.map_or("", |(_, _, words, _)| words)
}

/// What may have happened when a prompt came up.
pub const STATES: [(AnswerState, &str, &str); 5] = [
    (AnswerState::Answered, "answered", "Asked and answered"),
    (
        AnswerState::KnownFromRecord,
        "known-from-record",
        "Already known from a record, so she need not tell it again",
    ),
    (
        AnswerState::PrefersNotToSay,
        "prefers-not-to-say",
        "She prefers not to say",
    ),
    (
        AnswerState::NotAskedUnsafe,
        "not-asked-unsafe",
        "Not asked: it was not safe to",
    ),
    (
        AnswerState::NotAskedNoTime,
        "not-asked-no-time",
        "Not asked: there was no time",
    ),
];

/// Words for a state.
#[must_use]
pub fn state(state: AnswerState) -> &'static str {
    let found = STATES.iter().find(|(s, ..)| *s == state);
    found.map_or("", |(_, _, words)| words)
}

/// How far an answer may travel.
pub const VISIBILITIES: [(Visibility, &str, &str); 3] = [
    (Visibility::InReport, "in-report", "This goes in the report"),
    (Visibility::RecordOnly, "record-only", "Record only"),
    (Visibility::Escalate, "escalate", "Pass it on"),
];

/// Where an answer may come from.
pub const SOURCES: [(InformationKind, &str, &str); 11] = [
    (
        InformationKind::HerAccount,
        "her-account",
        "Her own account",
    ),
    (InformationKind::Police, "police", "Police information"),
    (
        InformationKind::ChildrensServices,
        "childrens-services",
        "Children's services",
    ),
    (
        InformationKind::Health,
        "health",
        "Health or mental health services",
    ),
    (
        InformationKind::WomensCentre,
        "womens-centre",
        "A women's centre",
    ),
    (
        InformationKind::ProsecutionPapers,
        "prosecution-papers",
        "Prosecution papers",
    ),
    (
        InformationKind::ProbationRecords,
        "probation-records",
        "Probation or prison records",
    ),
    (
        InformationKind::PreviousConvictions,
        "previous-convictions",
        "Previous convictions",
    ),
    (InformationKind::Family, "family", "Family or friends"),
    (
        InformationKind::AuthorsAssessment,
        "authors-assessment",
        "My own assessment",
    ),
    (InformationKind::Other, "other", "Something else"),
];

/// Words for a kind of source.
#[must_use]
pub fn source(kind: InformationKind) -> &'static str {
    let found = SOURCES.iter().find(|(k, ..)| *k == kind);
    found.map_or("", |(_, _, words)| words)
}

/// `1,873 of 4,000 characters`.
#[must_use]
pub fn characters_of(used: usize, most: u32) -> String {
    let (used, most) = (thousands(used), thousands(most as usize));
    format!("{used} of {most} characters")
}

/// `4,000`.
fn thousands(number: usize) -> String {
    if number < 1000 {
        return number.to_string();
    }
    format!("{},{:03}", thousands(number / 1000), number % 1000)
}

/// How often, in words.
#[must_use]
pub fn times(count: usize) -> String {
    match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        more => format!("{more} times"),
    }
}

/// A woman's name as lists give it.
#[must_use]
pub fn named(name: &str) -> String {
    match name.trim() {
        "" => "No name yet".into(),
        name => name.to_owned(),
    }
}

/// The day of a hearing as lists give it.
#[must_use]
pub fn hearing(day: Option<chrono::NaiveDate>) -> String {
    day.map_or_else(|| "Not set".into(), self::day)
}

#[cfg(test)]
mod tests {
    use super::{characters_of, thousands};

    #[test]
    fn numbers_are_written_as_people_read_them() {
        assert_eq!(thousands(999), "999");
        assert_eq!(thousands(1007), "1,007");
        assert_eq!(thousands(12_345), "12,345");
        assert_eq!(characters_of(1873, 4000), "1,873 of 4,000 characters");
    }
}
