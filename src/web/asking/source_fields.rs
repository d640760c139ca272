//! The fields of a source that is typed: in a row of its own, or as the record that an
//! answer is already known from.
//!
//! Not here: what sources mean for an answer (`sources.rs`), or sources that are ticked
//! (`picks.rs`). A field more is a line in `source_fields`.

use chrono::NaiveDate;

use super::about::{choice, field, option};
use crate::{
    case::{InformationKind, InformationSource},
    interview::{Choice, Field, Kind},
    web::{form::Form, words},
};

/// The most rows a page reads.
pub const MOST_ROWS: usize = 12;

/// The source typed in a row or in the record's fields, as far as it is one.
pub fn typed(held: &Form, place: &str) -> Option<InformationSource> {
    let one = |part: &str| held.one(&format!("{place}.{part}"));
    let kind = words::SOURCES.iter().find(|(_, id, _)| *id == one("kind"));
    let date = held.date(&format!("{place}.on"));
    let day = || {
        let (year, month) = (date.year.parse().ok()?, date.month.parse().ok()?);
        NaiveDate::from_ymd_opt(year, month, date.day.parse().ok()?)
    };
    Some(InformationSource {
        kind: kind?.0,
        detail: Some(one("detail").to_owned()).filter(|d| !d.is_empty()),
        on: day(),
        verified: match one("verified") {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        },
    })
}

const VERIFIED: [(&str, &str); 2] = [
    ("yes", "Borne out by something independent"),
    ("no", "Not verified"),
];

/// The fields of `rows` sources.
pub fn row_fields(rows: usize) -> impl Iterator<Item = Field> {
    (0..rows).flat_map(row_fields_of)
}

/// The fields of one row.
pub fn row_fields_of(n: usize) -> Vec<Field> {
    let kinds = words::SOURCES
        .iter()
        .map(|(_, id, label)| option(id, label, ""));
    source_fields(&format!("source.{n}"), kinds.collect(), WORDS)
}

/// The fields of the record an answer is already known from.
pub fn record_fields() -> Vec<Field> {
    let kinds = words::SOURCES.iter().filter(|(kind, ..)| {
        use InformationKind::{AuthorsAssessment, HerAccount};
        !matches!(kind, HerAccount | AuthorsAssessment)
    });
    let kinds = kinds.map(|(_, id, label)| option(id, label, ""));
    let words = [
        "What kind of record?",
        "Which record?",
        "Date of the record",
    ];
    let mut fields = source_fields("record", kinds.collect(), words);
    let mut undated = choice(
        "record.undated",
        "If you cannot find its date",
        vec![option("yes", "The date of the record is not known", "")],
    );
    undated.kind = Kind::Choices;
    fields.insert(3, undated);
    fields
}

const WORDS: [&str; 3] = [
    "Kind of source",
    "Which document, person or record",
    "Date of the source",
];

fn source_fields(name: &str, kinds: Vec<Choice>, [kind, detail, on]: [&str; 3]) -> Vec<Field> {
    let id = |part: &str| format!("{name}.{part}");
    let borne = VERIFIED.iter().map(|(id, label)| option(id, label, ""));
    vec![
        choice(&id("kind"), kind, kinds),
        Field {
            hint: "Such as: crime report; GP letter; earlier pre-sentence report".into(),
            ..field(&id("detail"), detail, Kind::Line)
        },
        field(&id("on"), on, Kind::Date),
        Field {
            boolean: true,
            blank_label: "Not said".into(),
            ..choice(&id("verified"), "Is it verified?", borne.collect())
        },
    ]
}

/// How many rows of sources a form holds something in.
pub fn filled(form: &Form) -> usize {
    let in_row = |n: &usize| {
        let start = format!("source.{n}.");
        let pairs = form.pairs().iter();
        let mut mine = pairs.filter(|(name, _)| name.starts_with(&start));
        mine.any(|(_, value)| !value.trim().is_empty())
    };
    (0..MOST_ROWS)
        .filter(in_row)
        .max()
        .map_or(0, |last| last + 1)
}
