//! Records of the directory that are kept in the database: what editors changed and
//! what came in from feeds, each change a row that stays.
//!
//! Here: reading them all, changing one, its history. Not here: what a record means
//! (`crate::directory`). A bulk import has a file of its own beside this one.

mod importing;
mod packing;

use std::fmt;

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use self::packing::Packed;
use super::{
    AccountId, Action, ReportId, Store, StoreError, audit,
    database::{reading, to_millis, writing},
};
use crate::directory::Record;
pub use importing::{Importing, TakenOver};

/// What was done to a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RecordAct {
    /// It was added.
    Added,
    /// Its facts were changed.
    Changed,
    /// It was looked at and is still right.
    StillRight,
    /// It came in from a feed or a file.
    Imported,
}

impl RecordAct {
    const ALL: [Self; 4] = [Self::Added, Self::Changed, Self::StillRight, Self::Imported];
}

impl RecordAct {
    /// As the audit trail has it; an import is no act of a person.
    fn action(self) -> Action {
        match self {
            Self::Added => Action::RecordAdded,
            Self::Changed | Self::Imported => Action::RecordChanged,
            Self::StillRight => Action::RecordChecked,
        }
    }
}

impl fmt::Display for RecordAct {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Added => "added",
            Self::Changed => "changed",
            Self::StillRight => "still-right",
            Self::Imported => "imported",
        })
    }
}

/// A record as it is kept, with the revision that a change must have seen.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptRecord {
    /// The record.
    pub record: Record,
    /// Its latest revision, from 1.
    pub revision: i64,
    /// When it last changed here.
    pub updated_at: DateTime<Utc>,
}

impl KeptRecord {
    /// The record as it stands in the directory: last changed when it was here, for
    /// readers elsewhere who ask what has changed since.
    #[must_use]
    pub fn dated(self) -> Record {
        let mut record = self.record;
        let here = Some(self.updated_at);
        record.facts.modified = record.facts.modified.max(here);
        record
    }
}

/// One change of a record's history.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordChange {
    /// Its number, from 1.
    pub revision: i64,
    /// What was done.
    pub act: RecordAct,
    /// Who did it; `None` for an import.
    pub by: Option<AccountId>,
    /// When.
    pub at: DateTime<Utc>,
    /// The record after it.
    pub record: Record,
}

/// What became of a change.
#[derive(Debug, Clone, PartialEq)]
pub enum Changed {
    /// It is kept, on the disk.
    Kept {
        /// The record's revision now.
        revision: i64,
    },
    /// Somebody else changed the record first; nothing was written.
    Stale(Box<KeptRecord>),
}

#[derive(FromRow)]
struct KeptRow {
    id: String,
    revision: i64,
    record: Option<String>,
    sealed: Option<Vec<u8>>,
    updated_at: DateTime<Utc>,
}

#[derive(FromRow)]
struct ChangeRow {
    service_id: String,
    revision: i64,
    act: String,
    by_account_id: Option<String>,
    at: DateTime<Utc>,
    record: Option<String>,
    sealed: Option<Vec<u8>>,
}

const ONE: &str =
    "SELECT id, revision, record, sealed, updated_at FROM directory_record WHERE id = $1";

impl Store {
    /// A number that goes up with every change to a record.
    ///
    /// # Errors
    /// The database failed.
    pub async fn directory_version(&self) -> Result<i64, StoreError> {
        Ok(reading!(&self.database, |pool| {
            sqlx::query_scalar("SELECT version FROM directory_state WHERE id = 1")
                .fetch_one(pool)
                .await?
        }))
    }

    /// Every record kept here, in order of id.
    ///
    /// # Errors
    /// The database failed, or a record in it cannot be read.
    pub async fn directory_records(&self) -> Result<Vec<KeptRecord>, StoreError> {
        let rows: Vec<KeptRow> = reading!(&self.database, |pool| {
            sqlx::query_as(
                "SELECT id, revision, record, sealed, updated_at FROM directory_record ORDER BY id",
            )
            .fetch_all(pool)
            .await?
        });
        rows.into_iter().map(|row| self.kept(row)).collect()
    }

    /// One record, where it is kept here.
    ///
    /// # Errors
    /// The database failed, or the record cannot be read.
    pub async fn directory_record(&self, id: &str) -> Result<Option<KeptRecord>, StoreError> {
        let row: Option<KeptRow> = reading!(&self.database, |pool| {
            sqlx::query_as(ONE).bind(id).fetch_optional(pool).await?
        });
        row.map(|row| self.kept(row)).transpose()
    }

    /// Keeps a record as changed by somebody who saw revision `seen` of it (0 where it
    /// was not kept here yet), with the change added to its history.
    ///
    /// # Errors
    /// The database failed.
    pub async fn change_record(
        &self,
        record: &Record,
        seen: i64,
        act: RecordAct,
        by: AccountId,
        now: DateTime<Utc>,
    ) -> Result<Changed, StoreError> {
        let now = to_millis(now);
        let revision = seen + 1;
        let packed = Packed::of(record, &self.keys)?;
        Ok(writing!(&self.database, |tx| {
            // Taken first: changes to records queue here, on both engines.
            sqlx::query("UPDATE directory_state SET version = version + 1 WHERE id = 1")
                .execute(&mut *tx)
                .await?;
            let before: Option<KeptRow> = sqlx::query_as(ONE)
                .bind(&record.id)
                .fetch_optional(&mut *tx)
                .await?;
            if before.as_ref().map_or(0, |row| row.revision) != seen {
                let Some(row) = before else {
                    return Err(StoreError::unreadable("the revision of a record"));
                };
                return Ok(Changed::Stale(Box::new(self.kept(row)?)));
            }
            sqlx::query(
                "INSERT INTO directory_record (id, revision, organisation, record, sealed, feed, updated_at)
                 VALUES ($1, $2, $3, $4, $5, NULL, $6)
                 ON CONFLICT (id) DO UPDATE SET revision = excluded.revision,
                    organisation = excluded.organisation, record = excluded.record,
                    sealed = excluded.sealed, updated_at = excluded.updated_at",
            )
            .bind(&record.id)
            .bind(revision)
            .bind(&record.organisation)
            .bind(&packed.plain)
            .bind(&packed.sealed)
            .bind(now)
            .execute(&mut *tx)
            .await?;
            sqlx::query(
                "INSERT INTO directory_change (service_id, revision, act, by_account_id, at, record, sealed)
                 VALUES ($1, $2, $3, $4, $5, $6, $7)",
            )
            .bind(&record.id)
            .bind(revision)
            .bind(act.to_string())
            .bind(by.to_string())
            .bind(now)
            .bind(&packed.plain)
            .bind(&packed.sealed)
            .execute(&mut *tx)
            .await?;
            audit::record!(tx, Some(by), None::<ReportId>, act.action(), now);
            Changed::Kept { revision }
        }))
    }

    /// Every change of a record kept here, the latest first.
    ///
    /// # Errors
    /// The database failed, or a record cannot be read.
    pub async fn record_history(&self, id: &str) -> Result<Vec<RecordChange>, StoreError> {
        let rows: Vec<ChangeRow> = reading!(&self.database, |pool| {
            sqlx::query_as(
                "SELECT service_id, revision, act, by_account_id, at, record, sealed
                 FROM directory_change WHERE service_id = $1 ORDER BY revision DESC",
            )
            .bind(id)
            .fetch_all(pool)
            .await?
        });
        rows.into_iter().map(|row| self.change(row)).collect()
    }

    fn kept(&self, row: KeptRow) -> Result<KeptRecord, StoreError> {
        let packed = Packed {
            plain: row.record,
            sealed: row.sealed,
        };
        Ok(KeptRecord {
            record: packed.open(&row.id, &self.keys)?,
            revision: row.revision,
            updated_at: row.updated_at,
        })
    }

    fn change(&self, row: ChangeRow) -> Result<RecordChange, StoreError> {
        let fault = || StoreError::unreadable("a change of a record");
        let packed = Packed {
            plain: row.record,
            sealed: row.sealed,
        };
        let act = RecordAct::ALL.into_iter();
        Ok(RecordChange {
            revision: row.revision,
            act: act
                .clone()
                .find(|act| act.to_string() == row.act)
                .ok_or_else(fault)?,
            by: row
                .by_account_id
                .map(|id| id.parse().map_err(|_| fault()))
                .transpose()?,
            at: row.at,
            record: packed.open(&row.service_id, &self.keys)?,
        })
    }
}
