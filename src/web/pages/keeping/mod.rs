//! Directory entries, kept true by the people of each service.
//!
//! Lives here: opening an entry that the editor keeps, and its address. The pages are
//! the files beside this one: her worklist (`mine`), “Still right?” (`check`), the whole
//! entry (`edit`), a new one (`new`), its history (`history`), and two editors at once
//! (`stale`). Not here: what an entry means (`directory`), or the database (`store`).
//! A new page takes a `Keeper`, opens the entry through [`Desk::entry`], and so reaches
//! no other organisation's.

pub mod check;
mod compare;
mod due;
pub mod edit;
mod form;
pub mod history;
pub mod mine;
pub mod new;
pub mod stale;
mod words;

use std::sync::Arc;

use serde::Serialize;

use crate::{
    directory::{Directory, Record, Service},
    store::{Changed, KeepError, KeeperStore, KeptRecord, RecordAct},
    web::{error::Error, state::AppState, visit::Keeper},
};

/// The editor's worklist.
pub const MINE: &str = "/directory/mine";

/// What an editor works on: her part of the store, and the directory as it stands.
pub struct Desk<'a> {
    state: &'a AppState,
    hers: KeeperStore<'a>,
    directory: Arc<Directory>,
}

/// An entry of hers, with the revision that a change must have seen.
#[derive(Debug, Clone)]
pub struct Entry {
    record: Record,
    revision: i64,
}

impl<'a> Desk<'a> {
    /// What this editor works on.
    ///
    /// # Errors
    /// The store fails.
    pub async fn of(state: &'a AppState, keeper: &Keeper) -> Result<Self, Error> {
        Ok(Self {
            state,
            hers: keeper.entries(state).await?,
            directory: state.directory().await?,
        })
    }

    /// One entry, where she keeps it. The same words for one that does not exist and
    /// one that is another organisation's.
    ///
    /// # Errors
    /// She keeps no such entry, or the store fails.
    pub async fn entry(&self, id: &str) -> Result<Entry, Error> {
        let kept = self.state.store().directory_record(id).await?;
        let entry = match kept {
            Some(KeptRecord {
                record, revision, ..
            }) => Some(Entry { record, revision }),
            None => self.directory.service(id).map(|service| Entry {
                record: service.record.clone(),
                revision: 0,
            }),
        };
        let hers = entry.filter(|entry| self.hers.keeps(&entry.record));
        hers.ok_or_else(Error::not_found)
    }

    /// The entry as the folder has it, where it came from there.
    #[must_use]
    pub fn original(&self, id: &str) -> Option<Record> {
        let folder = self.state.pack().directory.folder();
        folder.service(id).map(|service| service.record.clone())
    }

    /// The entry as it was at a revision; revision 0 is the folder's.
    ///
    /// # Errors
    /// The store fails.
    pub async fn as_it_was(&self, id: &str, revision: i64) -> Result<Option<Record>, Error> {
        if revision == 0 {
            return Ok(self.original(id));
        }
        let history = self.state.store().record_history(id).await?;
        let at = history.into_iter().find(|c| c.revision == revision);
        Ok(at.map(|change| change.record))
    }

    /// Every entry of her organisations.
    #[must_use]
    pub fn entries(&self) -> Vec<&Arc<Service>> {
        let all = self.directory.services().iter();
        all.filter(|service| self.hers.keeps(service)).collect()
    }

    /// Keeps a changed entry; every page shows it from now on.
    ///
    /// # Errors
    /// It is not hers, or the store fails.
    pub async fn keep(&self, record: &Record, seen: i64, act: RecordAct) -> Result<Changed, Error> {
        let done = self.hers.change(record, seen, act, self.state.now());
        Ok(done.await?)
    }
}

impl From<KeepError> for Error {
    fn from(error: KeepError) -> Self {
        match error {
            KeepError::NotHers => Self::not_found(),
            KeepError::Store(error) => error.into(),
        }
    }
}

/// What every page of an entry shows of it.
#[derive(Debug, Clone, Serialize)]
pub struct EntryStrip {
    name: String,
    organisation: String,
    /// Address of its pages, without a page.
    href: String,
}

impl EntryStrip {
    fn of(record: &Record) -> Self {
        Self {
            name: record.name.clone(),
            organisation: record.organisation.clone(),
            href: format!("{MINE}/{}", record.id),
        }
    }

    fn sample() -> Self {
        Self::of(&sample_record())
    }
}

/// An entry for samples of pages: it says something of everything.
fn sample_record() -> Record {
    let mut record = Record {
        id: "a".into(),
        name: "The <b>Centre</b>".into(),
        organisation: "Us & Co".into(),
        kind: "women's centre".into(),
        description: "</textarea><script>alert(1)</script>".into(),
        status: "active at source date".into(),
        setting_words: vec!["women-only".into()],
        source: "A <i>guide</i>".into(),
        ..Record::default()
    };
    record.facts.openings = vec![crate::directory::facts::Opening {
        days: vec![crate::case::Day::Tuesday],
        what: "\"group\"".into(),
        ..crate::directory::facts::Opening::default()
    }];
    record.facts.locations = vec![crate::directory::facts::Location {
        town: "<i>Hidden</i>".into(),
        internal: true,
        ..crate::directory::facts::Location::default()
    }];
    record
}
