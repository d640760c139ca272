//! What reading a postcode directory came to, and why it may come to nothing.
//!
//! Lives here: the counts, the bad rows, the errors, and their words. Not here: the
//! reading (`onspd`). A new fate of a row is a count in [`Report`] and a line of it.

use std::{fmt, io};

/// Bad rows told one by one; the rest only adds to their number.
const TOLD: usize = 20;

/// What became of every row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Rows after the header.
    pub rows: u64,
    /// Live postcodes of England and Wales, each with its authority.
    pub kept: u64,
    /// Of those, the ones whose authority has been replaced since, and was carried over.
    pub carried: u64,
    /// Postcodes of England and Wales that are no longer in use.
    pub ended: u64,
    /// Live postcodes of England and Wales without an authority.
    pub unplaced: u64,
    /// Rows of Scotland.
    pub scotland: u64,
    /// Rows of Northern Ireland.
    pub northern_ireland: u64,
    /// Rows of the Channel Islands.
    pub channel_islands: u64,
    /// Rows of the Isle of Man.
    pub isle_of_man: u64,
    /// Rows for a postcode that an earlier row had already; the earlier one counts.
    pub twice: u64,
    /// Rows that could not be read.
    pub bad: u64,
    /// The first of those.
    pub told: Vec<BadRow>,
}

/// A row that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRow {
    /// Its line in the file, counted from 1.
    pub line: u64,
    /// Why.
    pub reason: String,
}

/// Why a file gave no postcodes at all.
#[derive(Debug, thiserror::Error)]
pub enum OnspdError {
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// It is another kind of file.
    #[error("this is {0}")]
    Kind(&'static str),
    /// A column is not there.
    #[error(
        "this is no ONS Postcode Directory: it has no column for {}. Its columns are: {}",
        missing.join("; "), shortened(has)
    )]
    Columns {
        /// What each is for, and its names.
        missing: Vec<String>,
        /// The columns it has.
        has: Vec<String>,
    },
    /// No row could be used.
    #[error("none of its {rows} rows is a live postcode of England and Wales")]
    Nothing {
        /// Rows read.
        rows: u64,
    },
    /// It breaks off or cannot be read on.
    #[error("it cannot be read on{}: {reason}", from(*line))]
    Broken {
        /// The line it was reading, where one was reached.
        line: Option<u64>,
        /// Why.
        reason: String,
    },
}

impl OnspdError {
    pub(super) fn broken(e: csv::Error, line: Option<u64>) -> Self {
        let reason = match e.into_kind() {
            csv::ErrorKind::Io(e) => e.to_string(),
            _ => "it is no CSV".to_owned(),
        };
        Self::Broken { line, reason }
    }
}

impl From<io::Error> for OnspdError {
    fn from(e: io::Error) -> Self {
        Self::Broken {
            line: None,
            reason: e.to_string(),
        }
    }
}

impl Report {
    pub(super) fn bad_row(&mut self, row: BadRow) {
        self.bad += 1;
        if self.told.len() < TOLD {
            self.told.push(row);
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} rows read.", self.rows)?;
        writeln!(f, "{} live postcodes of England and Wales kept.", self.kept)?;
        let left_out = [
            (self.ended, "no longer in use"),
            (self.unplaced, "live, without an authority"),
            (self.scotland, "in Scotland"),
            (self.northern_ireland, "in Northern Ireland"),
            (self.channel_islands, "in the Channel Islands"),
            (self.isle_of_man, "in the Isle of Man"),
            (self.twice, "there already in an earlier row"),
            (self.bad, "could not be read"),
        ];
        for (count, what) in left_out.iter().filter(|(count, _)| *count > 0) {
            writeln!(f, "  left out: {count} {what}")?;
        }
        if self.carried > 0 {
            writeln!(
                f,
                "  {} of those kept name an authority that has been replaced; today's is used",
                self.carried
            )?;
        }
        for bad in &self.told {
            writeln!(f, "  line {}: {}", bad.line, bad.reason)?;
        }
        let untold = self.bad
            - u64::try_from(self.told.len())
                .unwrap_or(self.bad)
                .min(self.bad);
        if untold > 0 {
            writeln!(f, "  and {untold} more")?;
        }
        Ok(())
    }
}

fn shortened(columns: &[String]) -> String {
    const SHOWN: usize = 12;
    let shown: Vec<String> = columns
        .iter()
        .take(SHOWN)
        .map(|name| name.chars().take(24).collect())
        .collect();
    let more = if columns.len() > SHOWN { ", …" } else { "" };
    format!("{}{more}", shown.join(", "))
}

fn from(line: Option<u64>) -> String {
    line.map(|line| format!(" from line {line}"))
        .unwrap_or_default()
}
