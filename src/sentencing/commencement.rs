//! Commencement dates that an administrator recorded: law that had no known
//! commencement when this pack was written, and has one now.
//!
//! Lives here: their shape, reading them, and laying them over the pack. Not here: the
//! file itself (the command line reads and writes it), the rows they bring in
//! (`report-templates/sentencing/`). A record names a change of `changes.toml`; the rows
//! that say they are `commenced_by` it come with it, each by its own date test.

use chrono::{Datelike, NaiveDate};
use serde::Deserialize;
use toml::Spanned;

use super::{
    load::At,
    pack::LawPack,
    rows::{Change, DateTest, Status, day},
};
use crate::{
    content::{ContentError, line_of},
    english,
    finding::Source,
};

mod rows_of;

/// One commencement, as the administrator's file spells it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Commencement {
    /// Id of the change in `changes.toml`: `sa2026-s14`.
    pub code: String,
    /// First day it covers.
    #[serde(with = "day")]
    pub on: Option<NaiveDate>,
    /// The instrument that says so.
    pub source: String,
    /// Which date of a case selects it, where the Act leaves that to the instrument.
    #[serde(default)]
    pub date_test: Option<DateTest>,
    /// Who recorded it.
    pub recorded_by: String,
    /// The day it was recorded.
    #[serde(with = "day")]
    pub recorded_on: Option<NaiveDate>,
}

/// What a row shows of the commencement that brought it in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// The instrument.
    pub source: String,
    /// Who recorded it.
    pub by: String,
    /// When.
    pub on: NaiveDate,
}

impl Recorded {
    /// `SI 2027/12 reg 2; recorded by A. Admin on 4 January 2027`.
    #[must_use]
    pub fn words(&self) -> String {
        let on = english::day(self.on);
        format!("{}; recorded by {} on {on}", self.source, self.by)
    }
}

/// A row's own source with the record that commenced it.
pub(super) fn recorded(mut source: Source, record: Option<&Recorded>) -> Source {
    if let Some(record) = record {
        source.citation = format!("{}; commenced by {}", source.citation, record.words());
    }
    source
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default = "Vec::new")]
    commencement: Vec<Spanned<Commencement>>,
}

/// The records of a file, in its order.
///
/// # Errors
/// The file is not TOML or does not fit, with the line.
pub fn commencements(file: &str, text: &str) -> Result<Vec<Commencement>, ContentError> {
    Ok(read(file, text)?.into_iter().map(|at| at.row).collect())
}

fn read(file: &str, text: &str) -> Result<Vec<At<Commencement>>, ContentError> {
    let whole: File = toml::from_str(text).map_err(|e| {
        let line = e.span().map(|span| line_of(text, span.start));
        ContentError::new(file, line, e.message().trim().to_owned())
    })?;
    let placed = whole.commencement.into_iter().map(|row| At {
        file: file.to_owned(),
        line: line_of(text, row.span().start),
        row: row.into_inner(),
    });
    Ok(placed.collect())
}

/// The text of a file that holds these records.
#[must_use]
pub fn commencements_text(records: &[Commencement]) -> String {
    let mut text = String::from(
        "# Commencement dates recorded by an administrator with `foreword law commence`.\n\
         # Each names a change of report-templates/sentencing/changes.toml, the day it came\n\
         # into force, and the instrument that says so. Take one back with\n\
         # `foreword law withdraw CODE`.\n",
    );
    for record in records {
        let mut row = toml::Table::new();
        let mut put = |key: &str, value: &str| {
            if !value.is_empty() {
                row.insert(key.into(), toml::Value::String(value.into()));
            }
        };
        put("code", &record.code);
        put("source", &record.source);
        put("recorded_by", &record.recorded_by);
        let by_date = match record.date_test {
            None => "",
            Some(DateTest::Conviction) => "conviction",
            Some(DateTest::Offence) => "offence",
            Some(DateTest::Order) => "order",
        };
        put("date_test", by_date);
        for (key, day) in [("on", record.on), ("recorded_on", record.recorded_on)] {
            if let Some(day) = day.and_then(written) {
                row.insert(key.into(), toml::Value::Datetime(day));
            }
        }
        text.push_str("\n[[commencement]]\n");
        text.push_str(&row.to_string());
    }
    text
}

fn written(day: NaiveDate) -> Option<toml::value::Datetime> {
    Some(toml::value::Datetime {
        date: Some(toml::value::Date {
            year: u16::try_from(day.year()).ok()?,
            month: u8::try_from(day.month()).ok()?,
            day: u8::try_from(day.day()).ok()?,
        }),
        time: None,
        offset: None,
    })
}

impl LawPack {
    /// The pack with the commencements of an administrator's file laid over it.
    ///
    /// # Errors
    /// Every fault found, with file, line and reason: a code that is no change, one that
    /// is in force since another day, one recorded twice, a record without its source or
    /// its writer, a date test that is missing or that the Act contradicts, rows that it
    /// would set against each other.
    pub fn with_commencements(&self, file: &str, text: &str) -> Result<Self, Vec<ContentError>> {
        let records = read(file, text).map_err(|fault| vec![fault])?;
        let mut faults = twice(&records);
        faults.extend(records.iter().flat_map(incomplete));
        if !faults.is_empty() {
            return Err(faults);
        }
        let mut pack = self.clone();
        let mut laid = Vec::new();
        for at in &records {
            match rows_of::change(&mut pack, at) {
                Ok(true) => laid.push(at),
                Ok(false) => {}
                Err(fault) => faults.push(fault),
            }
        }
        for at in &laid {
            faults.extend(rows_of::rows(&mut pack, at));
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        if !laid.is_empty() {
            let codes: Vec<&str> = laid.iter().map(|at| at.row.code.as_str()).collect();
            pack.about.version = format!(
                "{} with recorded commencement of {}",
                pack.about.version,
                codes.join(", ")
            );
        }
        Ok(pack)
    }

    /// Changes that a commencement can be recorded for.
    pub fn awaiting(&self) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(|c| awaits(c.status))
    }

    /// Changes whose commencement an administrator recorded.
    pub fn recorded(&self) -> impl Iterator<Item = (&Change, &Recorded)> {
        self.changes
            .iter()
            .filter_map(|c| Some((c, c.recorded.as_ref()?)))
    }
}

fn awaits(status: Status) -> bool {
    matches!(status, Status::NotCommenced | Status::LimitedPurposes)
}

fn twice(records: &[At<Commencement>]) -> Vec<ContentError> {
    let again = |i: usize, code: &str| records[..i].iter().find(|at| at.row.code == code);
    records
        .iter()
        .enumerate()
        .filter_map(|(i, at)| {
            let first = again(i, &at.row.code)?;
            Some(at.fault(format!(
                "`{}` is already recorded at line {}; keep one of the two",
                at.row.code, first.line
            )))
        })
        .collect()
}

fn incomplete(at: &At<Commencement>) -> Vec<ContentError> {
    let row = &at.row;
    let missing = [
        (row.source.trim().is_empty(), "the instrument, in `source`"),
        (row.recorded_by.trim().is_empty(), "who, in `recorded_by`"),
    ];
    missing
        .into_iter()
        .filter(|(missing, _)| *missing)
        .map(|(_, what)| at.fault(format!("`{}` does not say {what}", row.code)))
        .collect()
}
