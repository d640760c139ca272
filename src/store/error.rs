//! What can go wrong between the program and its database, each as one sentence
//! that says what happened, to what, and what to do.
//!
//! Here: faults of opening and of running. Not here: answers that are part of the
//! work (a stale save, a wrong password), which are results of their own beside the
//! function that gives them. No message ever holds a password, a key or content.

use std::{io, path::PathBuf};

use crate::case::CaseFileError;

/// A fault of the store. Its text is for the person who runs the program.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The data folder is missing and cannot be made.
    #[error(
        "the data folder {} cannot be made ({reason}): choose another with --data-dir, or make it and give this user the right to write in it",
        folder.display()
    )]
    FolderNotMade {
        /// The folder.
        folder: PathBuf,
        /// What the system said.
        reason: io::Error,
    },
    /// The data folder is there and cannot be written.
    #[error(
        "the data folder {} cannot be written ({reason}): give this user the right to write in it, or choose another with --data-dir",
        folder.display()
    )]
    FolderNotWritable {
        /// The folder.
        folder: PathBuf,
        /// What the system said.
        reason: io::Error,
    },
    /// Other users of the machine could read the key.
    #[error(
        "the key file {0} can be read by other users of this machine: run `chmod 600 {0}`, and consider whether somebody has read it",
        file.display()
    )]
    KeyReadableByOthers {
        /// The key file.
        file: PathBuf,
    },
    /// The key file is there and cannot be read or written.
    #[error("the key file {} cannot be used: {reason}", file.display())]
    KeyFileFault {
        /// The key file.
        file: PathBuf,
        /// What the system said.
        reason: io::Error,
    },
    /// What was given as a key is not one.
    #[error(
        "{given_as} does not hold a key: a key is 32 random bytes written in base64, as `head -c 32 /dev/urandom | base64` makes"
    )]
    NotAKey {
        /// Where it was given: a file, or the environment.
        given_as: String,
    },
    /// A key file was named that is not there.
    #[error(
        "there is no key file at {}: name the file this database was made with, or make one with `head -c 32 /dev/urandom | base64 > {0} && chmod 600 {0}` for a new database",
        file.display()
    )]
    NoKeyFile {
        /// The file that was named.
        file: PathBuf,
    },
    /// The database is sealed and its key is gone. A new key would be worthless.
    #[error(
        "this database was sealed with a key, and the key file {} is missing: put it back from your copy; without it nothing in the database can be read, and a new key will not help",
        file.display()
    )]
    KeyLost {
        /// Where the key was expected.
        file: PathBuf,
    },
    /// The key is a key, but not this database's.
    #[error(
        "this is not the key the database was sealed with: start with the key file that belongs to this database; nothing has been changed"
    )]
    WrongKey,
    /// A later version of the program has used the database.
    #[error(
        "this database has been used by a newer version of Foreword (its migration {migration} is unknown here): start with that version, or restore a copy from before the upgrade; nothing has been changed"
    )]
    DatabaseNewer {
        /// The first migration this program does not know.
        migration: i64,
    },
    /// Bringing the database up to date failed.
    #[error("the database could not be brought up to date: {reason}")]
    Migration {
        /// What the database said.
        reason: String,
    },
    /// The file is not a database, or cannot be opened as one.
    #[error("the database file {} cannot be opened: {reason}", file.display())]
    FileNotOpened {
        /// The file.
        file: PathBuf,
        /// What the database said.
        reason: String,
    },
    /// The database address is none that this program understands.
    #[error(
        "the database address is not one Foreword understands: give a file path for SQLite, or postgres://user:password@host/database for PostgreSQL"
    )]
    AddressUnknown,
    /// `PostgreSQL` did not answer, or turned us away.
    #[error("PostgreSQL at {at} cannot be reached: {reason}")]
    PostgresUnreachable {
        /// Host, port and database; never the password.
        at: String,
        /// What it said.
        reason: String,
    },
    /// The system gave no random bytes.
    #[error("the system gave no random bytes, and nothing can be sealed without them")]
    NoRandomness,
    /// A sealed value does not open: changed, moved from another place, or damaged.
    #[error(
        "{what} cannot be read: it was changed outside Foreword, moved from another place, or damaged; restore it from a copy"
    )]
    Unreadable {
        /// Which row, by id; never its content.
        what: String,
    },
    /// The writes of a report no longer add up to a case file.
    #[error("report {report} does not add up to a case file this program reads: {fault}")]
    ReportUnfit {
        /// The report's id.
        report: String,
        /// Path and reason.
        fault: CaseFileError,
    },
    /// The database failed while in use.
    #[error("the database did not do what was asked: {0}")]
    Database(#[from] sqlx::Error),
}

impl StoreError {
    /// Work handed to another thread did not come back: the program is stopping.
    #[must_use]
    pub fn stopped(reason: tokio::task::JoinError) -> Self {
        Self::Database(sqlx::Error::Io(io::Error::other(reason)))
    }

    /// A row that cannot be read, named without its content.
    pub(super) fn unreadable(what: impl Into<String>) -> Self {
        Self::Unreadable { what: what.into() }
    }
}
