//! What became of a run, row by row and in all.
//!
//! Lives here: the report and how it reads. Not here: who decides (`judging`). All is
//! counted; rows with nothing to tell, and those after the first [`MOST_ROWS`], are not
//! listed.

use std::{collections::BTreeMap, fmt::Write as _};

use serde::Serialize;
use serde_json::Value;

use super::{Found, Reason, reason, text::line, words::ImportWords};
use crate::directory::Directory;

/// As many rows as are listed.
pub const MOST_ROWS: usize = 1_000;

/// Characters of a foreign name or id in a report.
const SHOWN: usize = 120;

/// What became of a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It was not known, and is taken in.
    New,
    /// It was known, and is brought up to date.
    Merged,
    /// It is here already, word for word.
    Same,
    /// It was known, and ours stays.
    KeptOurs,
    /// It cannot be taken.
    Refused,
}

/// One service of the run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Which it was, from 1.
    pub item: u64,
    /// The line it ends on, or begins on in a table.
    pub line: u64,
    /// Its id in the feed; empty where it has none.
    pub id: String,
    /// Its name; empty where it has none.
    pub name: String,
    /// What became of it.
    pub verdict: Verdict,
    /// Why, where it was refused or ours stayed.
    pub why: Option<Reason>,
    /// What is worth knowing of it.
    pub remarks: Vec<Reason>,
}

impl Row {
    /// As far as it can be read.
    pub(super) fn of(found: &Found, verdict: Verdict) -> Self {
        let text = |key: &str| {
            let value = found.as_ref().ok().and_then(|v| v.get(key));
            let text = match value {
                Some(Value::String(text)) => text.clone(),
                Some(Value::Number(number)) => number.to_string(),
                _ => String::new(),
            };
            line(&text, SHOWN).0
        };
        Self {
            item: 0,
            line: 0,
            id: text("id"),
            name: text("name"),
            verdict,
            why: None,
            remarks: Vec::new(),
        }
    }

    pub(super) fn with(mut self, why: Option<Reason>, remarks: Vec<Reason>) -> Self {
        self.why = why;
        self.remarks = remarks;
        self
    }
}

/// How many of each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Taken in.
    pub new: u64,
    /// Brought up to date.
    pub merged: u64,
    /// Here already.
    pub same: u64,
    /// Ours stayed.
    pub kept_ours: u64,
    /// Refused.
    pub refused: u64,
    /// Of all of them, those that may be the same service as another.
    pub possible_duplicates: u64,
}

impl Counts {
    /// All that came.
    #[must_use]
    pub fn all(&self) -> u64 {
        self.new + self.merged + self.same + self.kept_ours + self.refused
    }

    /// Those that are written.
    #[must_use]
    pub fn written(&self) -> u64 {
        self.new + self.merged
    }
}

/// One kind of reason or remark, counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// How many rows.
    pub count: u64,
    /// The first of them.
    pub example: String,
}

/// The whole run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The feed or file.
    pub source: String,
    /// True once the records are kept.
    pub written: bool,
    /// How many of each.
    pub counts: Counts,
    /// Reasons and remarks by their code.
    pub tallies: BTreeMap<&'static str, Tally>,
    /// Rows of other tables that were passed over.
    pub faults_of_tables: u64,
    /// What is said of the whole.
    pub notes: Vec<Reason>,
    /// Rows with something to tell.
    pub rows: Vec<Row>,
    /// How many more of those there were.
    pub rows_not_listed: u64,
}

impl Report {
    pub(super) fn new(source: String) -> Self {
        Self {
            source,
            written: false,
            counts: Counts::default(),
            tallies: BTreeMap::new(),
            faults_of_tables: 0,
            notes: Vec::new(),
            rows: Vec::new(),
            rows_not_listed: 0,
        }
    }

    pub(super) fn add(&mut self, row: Row) {
        let counts = &mut self.counts;
        *match row.verdict {
            Verdict::New => &mut counts.new,
            Verdict::Merged => &mut counts.merged,
            Verdict::Same => &mut counts.same,
            Verdict::KeptOurs => &mut counts.kept_ours,
            Verdict::Refused => &mut counts.refused,
        } += 1;
        if row.remarks.iter().any(|r| r.code == "like") {
            counts.possible_duplicates += 1;
        }
        for reason in row.why.iter().chain(&row.remarks) {
            let tally = self.tallies.entry(reason.code).or_insert_with(|| Tally {
                count: 0,
                example: reason.says.clone(),
            });
            tally.count += 1;
        }
        if row.why.is_none() && row.remarks.is_empty() {
            return;
        }
        if self.rows.len() < MOST_ROWS {
            self.rows.push(row);
        } else {
            self.rows_not_listed += 1;
        }
    }

    /// Says that so many services were changed by somebody else meanwhile and stay.
    pub fn changed_meanwhile(&mut self, directory: &Directory, ids: &[String]) {
        if ids.is_empty() {
            return;
        }
        let count = ids.len() as u64;
        self.counts.merged = self.counts.merged.saturating_sub(count);
        self.counts.kept_ours += count;
        let words = &directory.import_words.kept;
        for id in ids.iter().take(MOST_ROWS) {
            let mut told = reason!(words, changed_meanwhile);
            told.says = format!("{id}: {}", told.says);
            self.notes.push(told);
        }
    }

    /// Why nothing was written: it was a trial, or all were wanted or none.
    #[must_use]
    pub fn why_not_written(&self, directory: &Directory, trial: bool) -> String {
        let run = &directory.import_words.run;
        if trial {
            return run.dry.clone();
        }
        reason!(run, nothing_strict, "refused" => self.counts.refused).says
    }

    /// As a person reads it.
    #[must_use]
    pub fn text(&self, directory: &Directory) -> String {
        let words: &ImportWords = &directory.import_words;
        let mut text = String::new();
        let heading = reason!(
            words.run, taken_over, "count" => self.counts.all(), "source" => self.source
        );
        let _ = writeln!(text, "{}", heading.says);
        for (verdict, count) in [
            (Verdict::New, self.counts.new),
            (Verdict::Merged, self.counts.merged),
            (Verdict::Same, self.counts.same),
            (Verdict::KeptOurs, self.counts.kept_ours),
            (Verdict::Refused, self.counts.refused),
        ] {
            let _ = writeln!(text, "{count:>9}  {}", words.verdict.of(verdict));
        }
        for note in &self.notes {
            let _ = writeln!(text, "\n{}", note.says);
        }
        if !self.tallies.is_empty() {
            let _ = writeln!(text, "\n{}", words.run.remarks);
        }
        for tally in self.tallies.values() {
            let _ = writeln!(text, "{:>9}  {}", tally.count, tally.example);
        }
        if !self.rows.is_empty() {
            let _ = writeln!(text, "\n{}", words.run.rows);
        }
        for row in &self.rows {
            let _ = writeln!(
                text,
                "  {} (line {}) {}: {}",
                row.item,
                row.line,
                named(row),
                words.verdict.of(row.verdict)
            );
            for reason in row.why.iter().chain(&row.remarks) {
                let _ = writeln!(text, "      {}", reason.says);
            }
        }
        if self.rows_not_listed > 0 {
            let more = reason!(words.run, more_rows, "count" => self.rows_not_listed);
            let _ = writeln!(text, "  {}", more.says);
        }
        text
    }
}

fn named(row: &Row) -> String {
    match (row.name.is_empty(), row.id.is_empty()) {
        (false, _) => format!("“{}”", row.name),
        (true, false) => row.id.clone(),
        (true, true) => "—".to_owned(),
    }
}
