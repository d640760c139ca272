//! The data folder and the key file in it: made with the tightest rights, refused
//! where others could read the key.
//!
//! Not here: what the key is for (`keys`) or which database it opens (`opening`).

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, Write as _},
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
};

use zeroize::Zeroizing;

use super::{
    KeySource, SecretKey, StoreError,
    settings::{KEY_FILE, StoreSettings},
};

/// Held while a database is being opened, so that two programs started at once do
/// not both make a key or run the same migration.
const LOCK_FILE: &str = "foreword.lock";

/// The data folder, with this program alone opening a database in it.
pub(super) struct DataFolder {
    path: PathBuf,
    _lock: File,
}

impl DataFolder {
    /// Makes the folder where it is missing, and waits for its lock.
    pub(super) fn prepare(path: &Path) -> Result<Self, StoreError> {
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(path)
            .map_err(|reason| StoreError::FolderNotMade {
                folder: path.to_owned(),
                reason,
            })?;
        let not_writable = |reason| StoreError::FolderNotWritable {
            folder: path.to_owned(),
            reason,
        };
        let lock = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(path.join(LOCK_FILE))
            .map_err(not_writable)?;
        lock.lock().map_err(not_writable)?;
        Ok(Self {
            path: path.to_owned(),
            _lock: lock,
        })
    }

    /// Makes an empty file that only this user can read, where there is none.
    /// `SQLite` gives its log files the rights of the database file.
    pub(super) fn touch_private(file: &Path) -> io::Result<()> {
        OpenOptions::new()
            .append(true)
            .create(true)
            .mode(0o600)
            .open(file)
            .map(drop)
    }

    /// The key that the settings name, where there is one. The folder need not be held.
    pub(super) fn key_of(settings: &StoreSettings) -> Result<Option<SecretKey>, StoreError> {
        match &settings.key {
            KeySource::Given(key) => Ok(Some(key.clone())),
            KeySource::File(file) => match read_key(file)? {
                None => Err(StoreError::NoKeyFile { file: file.clone() }),
                key => Ok(key),
            },
            KeySource::DataFolder => read_key(&settings.data_dir.join(KEY_FILE)),
        }
    }

    /// Writes a key down where the settings have it, durably; a key that was given is
    /// kept by whoever gave it.
    pub(super) fn put_key(
        &self,
        settings: &StoreSettings,
        key: &SecretKey,
    ) -> Result<(), StoreError> {
        let file = match &settings.key {
            KeySource::Given(_) => return Ok(()),
            KeySource::File(file) => file.clone(),
            KeySource::DataFolder => self.key_file(),
        };
        write_key(&file, key)
            .and_then(|()| File::open(&self.path)?.sync_all())
            .map_err(|reason| StoreError::KeyFileFault { file, reason })
    }

    /// Whether a file of the folder is its lock, which says nothing of what is in it.
    pub(super) fn is_lock(name: &std::ffi::OsStr) -> bool {
        name == LOCK_FILE
    }

    /// Makes a new key and writes it down, durably, before anything is sealed with
    /// it.
    pub(super) fn new_key(&self) -> Result<SecretKey, StoreError> {
        let key = SecretKey::random()?;
        let file = self.key_file();
        write_key(&file, &key)
            .and_then(|()| File::open(&self.path)?.sync_all())
            .map_err(|reason| StoreError::KeyFileFault { file, reason })?;
        Ok(key)
    }

    /// Where the key is kept.
    pub(super) fn key_file(&self) -> PathBuf {
        self.path.join(KEY_FILE)
    }
}

fn read_key(file: &Path) -> Result<Option<SecretKey>, StoreError> {
    let fault = |reason| StoreError::KeyFileFault {
        file: file.to_owned(),
        reason,
    };
    let rights = match fs::metadata(file) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(fault(e)),
        Ok(metadata) => metadata.permissions().mode(),
    };
    if rights & 0o077 != 0 {
        return Err(StoreError::KeyReadableByOthers {
            file: file.to_owned(),
        });
    }
    let text = Zeroizing::new(fs::read_to_string(file).map_err(fault)?);
    SecretKey::from_base64(&text, &format!("the key file {}", file.display())).map(Some)
}

fn write_key(file: &Path, key: &SecretKey) -> io::Result<()> {
    let mut opened = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(file)?;
    opened.write_all(key.to_base64().as_bytes())?;
    opened.write_all(b"\n")?;
    opened.sync_all()
}
