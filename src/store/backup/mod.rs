//! Backups: everything in the database in one file, encrypted to a public key, and the
//! database made anew from it, on either engine.
//!
//! A backup is one state: it is read in one transaction while the service goes on. It
//! holds the database's own key as well, because without it the restored rows could not
//! be read; so whoever holds the file *and* the private key of the backup can read
//! everything, and the two are to be kept apart. It does not hold the keys of reports:
//! these are in a second file, of which only the newest is kept (`keys`), so that a backup
//! says nothing of a report that was erased since. Nor does it hold what is not worth
//! bringing back: who was signed in, attempts to sign in, an unused set-up link.
//!
//! Inside the encryption it is lines of JSON: a head, for each table its name and columns
//! and then its rows, and an end that counts them. Text, numbers and bytes only: a time
//! is text as `SQLite` keeps it, a yes or no is 1 or 0, so that either engine takes what
//! the other wrote. New tables come in by themselves.
//!
//! Here: the shape of it and its faults. Not here: encryption (`envelope`), reading a
//! database (`reading`), reading a backup (`lines`), filling a database (`filling`,
//! `leaving_out`).

mod envelope;
mod filling;
mod keys;
mod leaving_out;
mod lines;
mod reading;
mod tables;

use std::{collections::BTreeMap, io, path::PathBuf};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

pub use self::{
    envelope::{BackupKey, BackupRecipient},
    keys::{KeysFile, keys_file_of},
    lines::look_through,
};
use super::StoreError;

/// Version of the shape of a backup.
const FORM: u32 = 1;

/// What a backup says of itself, once all of it has been read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupContents {
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// The database's last migration.
    pub migration: i64,
    /// How many rows of each table.
    pub rows: BTreeMap<String, u64>,
    /// Small files of the data folder, by name.
    pub files: Vec<String>,
    /// How many of its reports were not restored, because they were erased since.
    pub left_out: u64,
}

/// Why a backup was not made, or nothing was restored.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BackupError {
    /// The file does not begin as a backup does.
    #[error("this is no backup of Foreword, or its beginning is damaged; nothing was restored")]
    NotABackup,
    /// The private key opens nothing in it.
    #[error(
        "this key does not open this backup: it was made for another key, or its beginning is damaged; nothing was restored"
    )]
    WrongKey,
    /// It was changed since it was made.
    #[error("this backup is damaged ({at}); use another copy of it; nothing was restored")]
    Damaged {
        /// Where, and what is wrong.
        at: String,
    },
    /// Its end is missing.
    #[error(
        "the end of this backup is missing: it was not written or not copied to its end; use another copy of it; nothing was restored"
    )]
    CutShort,
    /// A later version of the program made it.
    #[error(
        "this backup was made by a newer version of Foreword (its migration {migration} is unknown here): restore it with that version; nothing was restored"
    )]
    Newer {
        /// The last migration of the database it was made from.
        migration: i64,
    },
    /// The keys of its reports were not given.
    #[error(
        "the keys of this backup's reports are not in it but in {name}, which each backup writes anew: put the newest one beside the backup, or name it with --keys; nothing was restored"
    )]
    KeysMissing {
        /// The name of the file.
        name: String,
    },
    /// What was given as the keys of reports is none, or is damaged.
    #[error(
        "the file with the keys of reports is damaged, cut short, or another file; use another copy of it; nothing was restored"
    )]
    KeysDamaged,
    /// The private key does not open the keys of reports.
    #[error(
        "this private key opens the backup, and not the file with the keys of reports: that was made for another key; nothing was restored"
    )]
    KeysForAnother,
    /// The keys of reports belong to another database.
    #[error(
        "the file with the keys of reports belongs to another database than this backup; nothing was restored"
    )]
    KeysOfAnother,
    /// The keys of reports are older than the backup.
    #[error(
        "the file with the keys of reports is older than this backup, so that reports begun since would be lost: take the one that was written with the backup, or a newer one; nothing was restored"
    )]
    KeysOlder,
    /// Something is there already.
    #[error(
        "{place} is not empty: a backup is restored into an empty place only, so that nothing is lost; nothing was restored"
    )]
    NotEmpty {
        /// Which folder or database.
        place: String,
    },
    /// What was given as a public key is none.
    #[error(
        "this is not a public key for backups: it begins with age1, and `foreword backup key FILE` makes one"
    )]
    NotARecipient,
    /// What was given as a private key is none.
    #[error(
        "there is no private key for backups in this file: it holds a line that begins with AGE-SECRET-KEY-1"
    )]
    NotAKey,
    /// A file could not be read or written.
    #[error("{} cannot be used: {reason}", file.display())]
    File {
        /// Which.
        file: PathBuf,
        /// What the system said.
        reason: io::Error,
    },
    /// The backup could not be written.
    #[error("the backup could not be written: {0}")]
    NotWritten(io::Error),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for BackupError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// One line of a backup.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "line", rename_all = "kebab-case", deny_unknown_fields)]
enum Line {
    /// The first.
    Head {
        foreword_backup: u32,
        made_at: DateTime<Utc>,
        migration: i64,
        /// The database's key, in base64.
        key: String,
    },
    /// A small file of the data folder.
    File { name: String, content: String },
    /// A table begins, with its columns in the order of its rows.
    Table { name: String, columns: Vec<String> },
    /// A row of the last table.
    Row { cells: Vec<Value> },
    /// The last: how many rows each table had.
    End { rows: BTreeMap<String, u64> },
}

/// What stands in one column of one row, alike on both engines.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Cell {
    Nothing,
    Text(String),
    Number(i64),
    Bytes(Vec<u8>),
}

impl Cell {
    fn to_json(&self) -> Value {
        match self {
            Self::Nothing => Value::Null,
            Self::Text(text) => json!(text),
            Self::Number(number) => json!(number),
            Self::Bytes(bytes) => json!({ "bytes": BASE64_STANDARD.encode(bytes) }),
        }
    }

    fn of(value: Value) -> Option<Self> {
        match value {
            Value::Null => Some(Self::Nothing),
            Value::String(text) => Some(Self::Text(text)),
            Value::Number(number) => number.as_i64().map(Self::Number),
            Value::Object(of) => {
                let bytes = BASE64_STANDARD.decode(of.get("bytes")?.as_str()?);
                bytes.ok().map(Self::Bytes)
            }
            Value::Bool(_) | Value::Array(_) => None,
        }
    }
}
