//! The lines of a backup as they are decrypted, and reading them to the end.

use std::{
    collections::BTreeMap,
    io::{self, BufRead, BufReader, Read},
};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;

use super::{BackupContents, BackupError, BackupKey, FORM, Line, envelope::opened_with};
use crate::store::{SecretKey, sqlite};

/// The longest line: a sealed document is some megabytes.
const LONGEST_LINE: u64 = 512 * 1024 * 1024;

/// Reads a backup to its end, and says what is in it.
///
/// # Errors
/// See [`BackupError`]: it is none, is damaged or cut short, or the key opens nothing.
pub fn look_through(file: impl BufRead, key: &BackupKey) -> Result<BackupContents, BackupError> {
    Ok(read(file, key)?.2)
}

/// A backup's key and files, with what is in it.
pub(super) type Whole = (SecretKey, Vec<(String, Vec<u8>)>, BackupContents);

pub(super) fn read(file: impl BufRead, key: &BackupKey) -> Result<Whole, BackupError> {
    let mut lines = Lines::of(file, key)?;
    let (made_at, migration, secret) = lines.head()?;
    let mut contents = BackupContents {
        made_at,
        migration,
        rows: BTreeMap::new(),
        files: Vec::new(),
        left_out: 0,
    };
    let mut files = Vec::new();
    let mut table = None;
    loop {
        match lines.next()? {
            Line::Head { .. } => return Err(lines.damaged("a second beginning")),
            Line::File { name, content } => {
                let content = BASE64_STANDARD.decode(content);
                let content = content.map_err(|_| lines.damaged("a file"))?;
                contents.files.push(name.clone());
                files.push((name, content));
            }
            Line::Table { name, .. } => {
                contents.rows.insert(name.clone(), 0);
                table = Some(name);
            }
            Line::Row { .. } => {
                let count = table.as_ref().and_then(|name| contents.rows.get_mut(name));
                *count.ok_or_else(|| lines.damaged("a row without a table"))? += 1;
            }
            Line::End { rows } => {
                if rows != contents.rows {
                    return Err(lines.damaged("the number of rows"));
                }
                lines.ends()?;
                return Ok((secret, files, contents));
            }
        }
    }
}

/// The lines of a backup as they are decrypted.
pub(super) struct Lines<R> {
    from: BufReader<R>,
    number: u64,
}

impl Lines<()> {
    pub(super) fn of(file: impl BufRead, key: &BackupKey) -> Result<Lines<impl Read>, BackupError> {
        Ok(Lines {
            from: BufReader::new(opened_with(key, file)?),
            number: 0,
        })
    }
}

impl<R: Read> Lines<R> {
    pub(super) fn damaged(&self, what: &str) -> BackupError {
        BackupError::Damaged {
            at: format!("line {}: {what}", self.number),
        }
    }

    fn told(&self, error: &io::Error) -> BackupError {
        if error.kind() == io::ErrorKind::UnexpectedEof {
            return BackupError::CutShort;
        }
        self.damaged("it was changed since it was made")
    }

    pub(super) fn next(&mut self) -> Result<Line, BackupError> {
        self.next_of()
    }

    /// The next line, of a file made of other lines.
    pub(super) fn next_of<T: DeserializeOwned>(&mut self) -> Result<T, BackupError> {
        self.number += 1;
        let mut text = Vec::new();
        let mut line = self.from.by_ref().take(LONGEST_LINE);
        let length = line.read_until(b'\n', &mut text);
        if length.map_err(|e| self.told(&e))? == 0 {
            return Err(BackupError::CutShort);
        }
        serde_json::from_slice(&text).map_err(|_| self.damaged("it is not as a backup is written"))
    }

    /// The first line: when it was made, from which migration, and the key.
    pub(super) fn head(&mut self) -> Result<(DateTime<Utc>, i64, SecretKey), BackupError> {
        let line = self.next().map_err(|error| match error {
            BackupError::Damaged { at } if at.ends_with("is written") => BackupError::NotABackup,
            other => other,
        })?;
        let Line::Head {
            foreword_backup,
            made_at,
            migration,
            key,
        } = line
        else {
            return Err(BackupError::NotABackup);
        };
        let newest = sqlite::MIGRATIONS.iter().map(|m| m.version).max();
        if foreword_backup > FORM || newest.is_none_or(|newest| migration > newest) {
            return Err(BackupError::Newer { migration });
        }
        Ok((
            made_at,
            migration,
            SecretKey::from_base64(&key, "the backup")?,
        ))
    }

    /// Nothing comes after the end.
    pub(super) fn ends(&mut self) -> Result<(), BackupError> {
        let mut more = [0];
        match self.from.read(&mut more) {
            Ok(0) => Ok(()),
            Ok(_) => Err(self.damaged("something after its end")),
            Err(error) => Err(self.told(&error)),
        }
    }
}
