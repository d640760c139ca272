//! The directory as it stands now, for a process that outlives a change to it.
//!
//! Lives here: the folder's directory, what is laid over it, and handing out the whole.
//! Not here: when to lay; the web does that when the database's version has moved on.

use std::sync::{Arc, PoisonError, RwLock};

use super::{Directory, Record};

/// Holds the current directory. A reader keeps the one it was given for as long as it
/// works, so that one page never shows two.
#[derive(Debug)]
pub struct LiveDirectory {
    folder: Arc<Directory>,
    now: RwLock<(i64, Arc<Directory>)>,
}

impl LiveDirectory {
    /// Starts with the folder's own records and nothing over them: version 0.
    #[must_use]
    pub fn new(folder: Directory) -> Self {
        let folder = Arc::new(folder);
        Self {
            now: RwLock::new((0, Arc::clone(&folder))),
            folder,
        }
    }

    /// The folder's own, with nothing laid over it.
    #[must_use]
    pub fn folder(&self) -> &Directory {
        &self.folder
    }

    /// The current one.
    #[must_use]
    pub fn now(&self) -> Arc<Directory> {
        // A panic elsewhere leaves a whole directory behind: it is only ever replaced.
        Arc::clone(&self.now.read().unwrap_or_else(PoisonError::into_inner).1)
    }

    /// Which version of the records kept elsewhere lies over the folder's.
    #[must_use]
    pub fn version(&self) -> i64 {
        self.now.read().unwrap_or_else(PoisonError::into_inner).0
    }

    /// Lays the records kept elsewhere, at a version of theirs, over the folder's.
    pub fn lay(&self, records: Vec<Record>, version: i64) {
        let laid = Arc::new(self.folder.with_records(records));
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = (version, laid);
    }
}
