//! Reading Open Referral documents as records: JSON, a service a line, the tabular
//! data package; HSDS 3.0 and 3.1, Open Referral UK 3.0, and 1.0 where that is cheap.
//!
//! Lives here: finding the services (`stream`, `tables`), reading one (`document`,
//! `places`, `attributes`, `times`), weighing it against what is known (`judging`),
//! and the report of a run (`report`). Not here: files, networks and the database;
//! bytes come in as [`std::io::Read`], and who keeps the records is asked through a
//! function. To carry one more property: the table in `open_referral`, a line where
//! its kin are read, and a test.
//!
//! A sparse record is taken: an id and a name are enough, and all else is unknown.
//! What cannot be right is refused, with the reason; what is merely odd is told.

mod attributes;
mod contacts;
pub mod cycles;
mod dates;
mod document;
mod fields;
mod judging;
mod merging;
mod places;
mod report;
pub mod stream;
pub mod tables;
#[cfg(test)]
mod tests;
mod text;
mod times;
mod words;

use std::collections::HashMap;

use chrono::NaiveDate;
use serde_json::Value;

pub(in crate::directory) use self::words::ImportWords;
use self::words::reason;
pub use self::{
    judging::{Incoming, Judge},
    merging::Ours,
    report::{Counts, Report, Row, Tally, Verdict},
    stream::{At, Form, Found, Stopped, Unread},
    words::Reason,
};
use crate::directory::{Directory, Record};

/// One service as a record, with what is worth knowing of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Taken {
    /// The record.
    pub record: Record,
    /// What was left out, made up for, or is missing.
    pub remarks: Vec<Reason>,
}

/// Reads services of one feed or file as records.
#[derive(Debug)]
pub struct Reader<'d> {
    directory: &'d Directory,
    words: &'d ImportWords,
    feed: String,
    today: NaiveDate,
    /// The place of each published term by its id.
    terms: HashMap<String, usize>,
}

impl<'d> Reader<'d> {
    /// For the services of `feed`: its address, or the file's name.
    #[must_use]
    pub fn new(directory: &'d Directory, feed: impl Into<String>, today: NaiveDate) -> Self {
        let terms = directory.vocabulary().terms().iter();
        Self {
            directory,
            words: &directory.import_words,
            feed: feed.into(),
            today,
            terms: terms
                .enumerate()
                .map(|(place, term)| (term.id.clone(), place))
                .collect(),
        }
    }

    /// One service as a record.
    ///
    /// # Errors
    /// Why it cannot be taken.
    pub fn read(&self, found: &Found) -> Result<Taken, Reason> {
        let refused = &self.words.refused;
        match found {
            Ok(Value::Object(object)) => document::read(self, object),
            Ok(other) => Err(reason!(refused, not_a_service, "what" => fields::what(other))),
            Err(Unread::Json(said)) => Err(reason!(refused, json, "reason" => said)),
            Err(Unread::Csv(said)) => Err(reason!(refused, csv, "reason" => said)),
            Err(Unread::Encoding) => Err(reason!(refused, encoding)),
            Err(Unread::TooLong) => {
                let most = stream::LONGEST / (1024 * 1024);
                Err(reason!(refused, too_long, "most" => most))
            }
        }
    }
}
