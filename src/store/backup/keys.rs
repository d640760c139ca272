//! The keys of reports beside the backups: one file for all of them, written anew with each.
//!
//! A backup holds no report's key, so that an old one says nothing about a woman whose
//! report was erased since. The newest keys open every backup before them, as far as its
//! reports have not been erased. The file has the name of its installation, so that one of
//! another, in the same folder, is not written over.
//!
//! Here: its shape, writing and reading it. Not here: what becomes of a report that has no
//! key in it (`leaving_out`).

use std::{
    collections::BTreeMap,
    io::{BufRead, Write as _},
};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    BackupContents, BackupError, BackupKey, BackupRecipient, envelope::sealed_to, lines::Lines,
};
use crate::store::{SecretKey, keys::Keys};

/// The migration that gave reports keys of their own: a backup from before it holds no
/// report that needs one.
pub(super) const FIRST_WITH_KEYS: i64 = 23;
/// Version of the shape of the file.
const FORM: u32 = 1;

/// The file with the keys of reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeysFile {
    /// Its name, which is that of the installation's earlier ones.
    pub name: String,
    /// What is in it, encrypted.
    pub bytes: Vec<u8>,
}

/// One line of it.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "line", rename_all = "kebab-case", deny_unknown_fields)]
enum KeyLine {
    /// The first.
    Head {
        foreword_report_keys: u32,
        made_at: DateTime<Utc>,
        /// The mark of the installation.
        of: String,
    },
    /// The key of one report, sealed with the database's.
    Key { report: String, wrapped: String },
    /// The last.
    End { keys: usize },
}

/// Reports' keys as they are kept, by the report.
pub(super) type Wrapped = BTreeMap<String, Vec<u8>>;

/// The name of the file with the keys that a backup needs; none where it needs none. Only
/// the beginning of the backup is read.
///
/// # Errors
/// It is no backup, or the key does not open it.
pub fn keys_file_of(file: impl BufRead, key: &BackupKey) -> Result<Option<String>, BackupError> {
    let (_, migration, secret) = Lines::of(file, key)?.head()?;
    Ok((migration >= FIRST_WITH_KEYS).then(|| name_of(&Keys::derive(&secret))))
}

fn name_of(keys: &Keys) -> String {
    format!("foreword-{}.keys", &keys.installation()[..8])
}

/// Makes the file.
pub(super) fn keys_file(
    keys: &Keys,
    made_at: DateTime<Utc>,
    wrapped: &[(String, Vec<u8>)],
    recipients: &[BackupRecipient],
) -> Result<KeysFile, BackupError> {
    let mut bytes = Vec::new();
    let mut out = sealed_to(recipients, &mut bytes)?;
    let head = KeyLine::Head {
        foreword_report_keys: FORM,
        made_at,
        of: keys.installation(),
    };
    let each = wrapped.iter().map(|(report, wrapped)| KeyLine::Key {
        report: report.clone(),
        wrapped: BASE64_STANDARD.encode(wrapped),
    });
    let end = KeyLine::End {
        keys: wrapped.len(),
    };
    for line in std::iter::once(head).chain(each).chain([end]) {
        let mut text = serde_json::to_vec(&line).map_err(|e| BackupError::NotWritten(e.into()))?;
        text.push(b'\n');
        out.write_all(&text).map_err(BackupError::NotWritten)?;
    }
    out.finish().map_err(BackupError::NotWritten)?;
    Ok(KeysFile {
        name: name_of(keys),
        bytes,
    })
}

/// The keys that belong to a backup, of which `secret` is the database's key; none where it
/// is from before reports had keys, and no file was given.
pub(super) fn keys_for(
    given: Option<&[u8]>,
    key: &BackupKey,
    secret: &SecretKey,
    backup: &BackupContents,
) -> Result<Option<Wrapped>, BackupError> {
    let (keys, needed) = (Keys::derive(secret), backup.migration >= FIRST_WITH_KEYS);
    let Some(given) = given else {
        return if needed {
            Err(BackupError::KeysMissing {
                name: name_of(&keys),
            })
        } else {
            Ok(None)
        };
    };
    let (made_at, of, wrapped) = read(given, key).map_err(|fault| match fault {
        BackupError::WrongKey => BackupError::KeysForAnother,
        _ => BackupError::KeysDamaged,
    })?;
    if of != keys.installation() {
        return Err(BackupError::KeysOfAnother);
    }
    if needed && made_at < backup.made_at {
        return Err(BackupError::KeysOlder);
    }
    Ok(Some(wrapped))
}

fn read(given: &[u8], key: &BackupKey) -> Result<(DateTime<Utc>, String, Wrapped), BackupError> {
    let mut lines = Lines::of(given, key)?;
    let KeyLine::Head {
        foreword_report_keys: FORM,
        made_at,
        of,
    } = lines.next_of()?
    else {
        return Err(BackupError::NotABackup);
    };
    let mut all = Wrapped::new();
    loop {
        match lines.next_of()? {
            KeyLine::Key { report, wrapped } => {
                let wrapped = BASE64_STANDARD.decode(wrapped);
                all.insert(report, wrapped.map_err(|_| lines.damaged("a key"))?);
            }
            KeyLine::End { keys } if keys == all.len() => {
                lines.ends()?;
                return Ok((made_at, of, all));
            }
            KeyLine::End { .. } | KeyLine::Head { .. } => {
                return Err(lines.damaged("the number of keys"));
            }
        }
    }
}
