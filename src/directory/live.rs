//! The directory as it stands now, for a process that outlives a change to it.
//!
//! Lives here: the folder's directory, what is laid over it, and handing out the whole,
//! or the part of it that may leave.
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

impl Directory {
    /// The directory without what must not leave, for whoever is no author: records
    /// that are for authors only are not in it, and places that must not be known are in
    /// none of its records. The same one where there is nothing of the kind.
    #[must_use]
    pub fn public(self: Arc<Self>) -> Arc<Self> {
        let all = self.services();
        if !all.iter().any(|service| service.facts.has_internal()) {
            return self;
        }
        let public = all.iter().filter_map(|service| service.record.public());
        let public = public.map(|record| Record::clone(&record)).collect();
        Arc::new(self.with_services(self.read(public)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{content::ContentFiles, directory::facts::Location};

    #[test]
    fn what_must_not_leave_is_not_in_the_public_directory() {
        let whole = Directory::load(&ContentFiles::embedded().unwrap()).unwrap();
        let whole = Arc::new(whole);
        let same = Arc::clone(&whole).public();
        assert!(Arc::ptr_eq(&whole, &same), "there was nothing to leave out");

        let mut refuge = whole.services()[0].record.clone();
        refuge.facts.locations = vec![Location {
            address: "7 Hidden Street".into(),
            internal: true,
            ..Location::default()
        }];
        let mut secret = whole.services()[1].record.clone();
        secret.facts.internal_only = true;
        let (refuge_id, secret_id) = (refuge.id.clone(), secret.id.clone());
        let laid = Arc::new(whole.with_records(vec![refuge, secret])).public();
        let refuge = laid.service(&refuge_id).unwrap();
        assert!(refuge.facts.locations.is_empty());
        assert!(laid.service(&secret_id).is_none());
        assert_eq!(laid.services().len(), whole.services().len() - 1);
    }
}
