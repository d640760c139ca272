//! What becomes of each service that comes in.
//!
//! Lives here: a service weighed against those that are known and those that came
//! before it in the run. Not here: reading it (`document`), or keeping it. Who keeps
//! the records is asked for one at a time, so that they need not fit in memory.

use std::collections::HashSet;

use serde_json::Value;
use uuid::Uuid;

use super::{
    At, Found, Reader, Reason,
    cycles::Cycles,
    merging::{Ours, kept, merged},
    reason,
    report::{Report, Row, Verdict},
    tables::PackageNotes,
};
use crate::directory::{Known, LikeWhy, Record};

/// A record to be kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Incoming {
    /// The record.
    pub record: Record,
    /// The revision that was weighed; 0 where it is not kept yet.
    pub seen: i64,
}

/// Judges the services of one run, in order.
#[derive(Debug)]
pub struct Judge<'d> {
    reader: Reader<'d>,
    known: Known,
    seen: HashSet<u128>,
    cycles: Cycles,
    report: Report,
}

impl<'d> Judge<'d> {
    /// Against the records that are known.
    #[must_use]
    pub fn new(reader: Reader<'d>, known: Known) -> Self {
        Self {
            report: Report::new(reader.feed.clone()),
            reader,
            known,
            seen: HashSet::new(),
            cycles: Cycles::default(),
        }
    }

    /// What becomes of one service; the record where one is to be kept. `ours` gives a
    /// record that is kept outside the folder, by its id.
    ///
    /// # Errors
    /// What `ours` failed with.
    pub fn judge<E>(
        &mut self,
        at: At,
        found: &Found,
        ours: &mut dyn FnMut(&str) -> Result<Option<Ours>, E>,
    ) -> Result<Option<Incoming>, E> {
        if let Ok(value) = found {
            note_terms(&mut self.cycles, value);
        }
        let taken = match self.reader.read(found) {
            Ok(taken) => taken,
            Err(reason) => {
                self.refuse(at, found, reason);
                return Ok(None);
            }
        };
        let (mut record, mut remarks) = (taken.record, taken.remarks);
        if !self.seen.insert(key(&record.id)) {
            let reason = reason!(self.reader.words.refused, twice, "id" => record.id);
            self.refuse(at, found, reason);
            return Ok(None);
        }
        let mut kept_here = None;
        for like in self.known.like(&record) {
            if kept_here.is_none() && like.why.is_certain() {
                kept_here = self.here(&like.id, ours)?;
                if like.why == LikeWhy::SameOrigin && kept_here.is_some() {
                    record.id.clone_from(&like.id);
                    self.seen.insert(key(&record.id));
                }
            } else if like.id != record.id {
                remarks.push(reason!(
                    self.reader.words.remark, like,
                    "name" => like.name, "id" => like.id,
                    "why" => self.reader.directory.says_alike(like.why)
                ));
            }
        }
        let (verdict, reason, incoming) = self.weigh(record, kept_here);
        if let Some(incoming) = &incoming {
            self.known.add(&incoming.record);
        }
        self.report.add(
            Row {
                item: at.item,
                line: at.line,
                ..Row::of(found, verdict)
            }
            .with(reason, remarks),
        );
        Ok(incoming)
    }

    fn weigh(
        &self,
        record: Record,
        here: Option<Ours>,
    ) -> (Verdict, Option<Reason>, Option<Incoming>) {
        let Some(here) = here else {
            return (Verdict::New, None, Some(Incoming { record, seen: 0 }));
        };
        let merged = merged(&here.record, &record);
        let mut same = merged.clone();
        same.facts.origin.clone_from(&here.record.facts.origin);
        if same == here.record {
            return (Verdict::Same, None, None);
        }
        if let Some(reason) = kept(self.reader.words, &here, &record) {
            return (Verdict::KeptOurs, Some(reason), None);
        }
        let incoming = Incoming {
            record: merged,
            seen: here.revision,
        };
        (Verdict::Merged, None, Some(incoming))
    }

    fn here<E>(
        &self,
        id: &str,
        ours: &mut dyn FnMut(&str) -> Result<Option<Ours>, E>,
    ) -> Result<Option<Ours>, E> {
        if let Some(ours) = ours(id)? {
            return Ok(Some(ours));
        }
        let folder = self.reader.directory.service(id);
        Ok(folder.map(|service| Ours {
            record: service.record.clone(),
            revision: 0,
            edited: false,
        }))
    }

    fn refuse(&mut self, at: At, found: &Found, reason: Reason) {
        self.report.add(
            Row {
                item: at.item,
                line: at.line,
                ..Row::of(found, Verdict::Refused)
            }
            .with(Some(reason), Vec::new()),
        );
    }

    /// Notes what a whole package showed.
    pub fn note(&mut self, notes: PackageNotes) {
        let run = &self.reader.words.run;
        for fault in notes.faults {
            let why = match self.reader.read(&Err(fault.what)) {
                Err(reason) => reason.says,
                Ok(_) => String::new(),
            };
            let told = reason!(
                run, row_unread,
                "table" => fault.table, "line" => fault.line, "reason" => why
            );
            self.report.notes.push(told);
        }
        self.report.faults_of_tables = notes.faults_in_all;
        self.cycles = notes.cycles;
    }

    /// The report, when all have come.
    #[must_use]
    pub fn done(mut self) -> Report {
        let run = &self.reader.words.run;
        for cycle in self.cycles.all() {
            let told = reason!(run, cycle, "names" => cycle.join(", "));
            self.report.notes.push(told);
        }
        self.report
    }

    /// How many have come so far.
    #[must_use]
    pub fn so_far(&self) -> u64 {
        self.report.counts.all()
    }
}

/// The id as a number; one that is no UUID cannot come out of a [`Reader`].
fn key(id: &str) -> u128 {
    Uuid::try_parse(id).map_or(0, |id| id.as_u128())
}

/// What its terms stand under.
fn note_terms(cycles: &mut Cycles, service: &Value) {
    let attributes = service.get("attributes").and_then(Value::as_array);
    for attribute in attributes.into_iter().flatten() {
        let Some(term) = attribute.get("taxonomy_term") else {
            continue;
        };
        let text = |key: &str| term.get(key).and_then(Value::as_str).unwrap_or_default();
        cycles.add(text("id"), text("parent_id"), text("name"));
    }
}
