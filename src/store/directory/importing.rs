//! A run of an import: rows are put aside in short steps, then taken over in one, or
//! not at all.
//!
//! Here: putting aside, taking over, and clearing what a run that was stopped left.
//! Not here: what becomes of a service (`crate::directory::open_referral::reading`).
//! Until [`Importing::take_over`] nothing that is put aside is seen by anybody; a run
//! that is dropped leaves rows that the next run clears.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::QueryBuilder;

use super::{KeptRecord, KeptRow, RecordAct, packing::Packed};
use crate::{
    directory::{
        Record,
        open_referral::reading::{Incoming, Ours},
    },
    store::{
        Store, StoreError,
        database::{reading, to_millis, writing},
        ids::ordered_uuid,
    },
};

/// Rows in one step: few enough that others who write never wait long.
const STEP: usize = 250;

/// A run that put nothing aside for so long was stopped.
const STOPPED_AFTER: TimeDelta = TimeDelta::minutes(5);

/// A run of an import.
#[derive(Debug)]
pub struct Importing {
    store: Store,
    run: String,
    feed: String,
    waiting: Vec<Incoming>,
    aside: i64,
}

/// What became of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TakenOver {
    /// How many records were kept.
    pub kept: u64,
    /// Ids of those that somebody else changed meanwhile: they stay as they are.
    pub changed_meanwhile: Vec<String>,
}

impl Store {
    /// Begins a run, and clears what runs that were stopped have left.
    ///
    /// # Errors
    /// The database failed.
    pub async fn begin_import(
        &self,
        feed: &str,
        now: DateTime<Utc>,
    ) -> Result<Importing, StoreError> {
        let now = to_millis(now);
        let run = ordered_uuid(now).to_string();
        writing!(&self.database, |tx| {
            sqlx::query("DELETE FROM directory_run WHERE beat_at < $1")
                .bind(now - STOPPED_AFTER)
                .execute(&mut *tx)
                .await?;
            sqlx::query(
                "DELETE FROM directory_incoming WHERE run NOT IN (SELECT run FROM directory_run)",
            )
            .execute(&mut *tx)
            .await?;
            sqlx::query("INSERT INTO directory_run (run, feed, beat_at) VALUES ($1, $2, $3)")
                .bind(&run)
                .bind(feed)
                .bind(now)
                .execute(&mut *tx)
                .await?;
        });
        Ok(Importing {
            store: self.clone(),
            run,
            feed: feed.to_owned(),
            waiting: Vec::with_capacity(STEP),
            aside: 0,
        })
    }

    /// A record kept here as an import weighs it, where it is kept here.
    ///
    /// # Errors
    /// The database failed, or the record cannot be read.
    pub async fn record_to_weigh(&self, id: &str) -> Result<Option<Ours>, StoreError> {
        let Some(kept) = self.directory_record(id).await? else {
            return Ok(None);
        };
        let act: Option<String> = reading!(&self.database, |pool| {
            sqlx::query_scalar(
                "SELECT act FROM directory_change WHERE service_id = $1 AND revision = $2",
            )
            .bind(id)
            .bind(kept.revision)
            .fetch_optional(pool)
            .await?
        });
        Ok(Some(Ours {
            record: kept.record,
            revision: kept.revision,
            edited: act.is_none_or(|act| act != RecordAct::Imported.to_string()),
        }))
    }

    /// The records kept here that come after an id, in order of id, no more than `most`:
    /// to go through them all without holding them all.
    ///
    /// # Errors
    /// The database failed, or a record in it cannot be read.
    pub async fn directory_records_after(
        &self,
        id: &str,
        most: i64,
    ) -> Result<Vec<KeptRecord>, StoreError> {
        let rows: Vec<KeptRow> = reading!(&self.database, |pool| {
            sqlx::query_as(
                "SELECT id, revision, record, sealed, updated_at FROM directory_record
                 WHERE id > $1 ORDER BY id LIMIT $2",
            )
            .bind(id)
            .bind(most)
            .fetch_all(pool)
            .await?
        });
        rows.into_iter().map(|row| self.kept(row)).collect()
    }
}

impl Importing {
    /// Puts a record aside.
    ///
    /// # Errors
    /// The database failed.
    pub async fn put_aside(
        &mut self,
        incoming: Incoming,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.waiting.push(incoming);
        if self.waiting.len() == STEP {
            self.step(now).await?;
        }
        Ok(())
    }

    async fn step(&mut self, now: DateTime<Utc>) -> Result<(), StoreError> {
        let waiting = std::mem::take(&mut self.waiting);
        if waiting.is_empty() {
            return Ok(());
        }
        let packed: Result<Vec<Packed>, StoreError> = waiting
            .iter()
            .map(|incoming| Packed::of(&incoming.record, &self.store.keys))
            .collect();
        let packed = packed?;
        let now = to_millis(now);
        writing!(&self.store.database, |tx| {
            let mut insert = QueryBuilder::new(
                "INSERT INTO directory_incoming
                 (run, seq, service_id, organisation, record, sealed, seen) ",
            );
            let first = self.aside;
            insert.push_values(
                (first..).zip(waiting.iter().zip(&packed)),
                |mut row, (seq, (incoming, packed))| {
                    let record: &Record = &incoming.record;
                    row.push_bind(&self.run)
                        .push_bind(seq)
                        .push_bind(&record.id)
                        .push_bind(&record.organisation)
                        .push_bind(&packed.plain)
                        .push_bind(&packed.sealed)
                        .push_bind(incoming.seen);
                },
            );
            insert.build().execute(&mut *tx).await?;
            sqlx::query("UPDATE directory_run SET beat_at = $2 WHERE run = $1")
                .bind(&self.run)
                .bind(now)
                .execute(&mut *tx)
                .await?;
        });
        self.aside += i64::try_from(waiting.len()).unwrap_or(i64::MAX);
        self.waiting = waiting;
        self.waiting.clear();
        Ok(())
    }

    /// Takes everything over in one step: records, their history and the version. A
    /// record that somebody changed since it was weighed stays as it is.
    ///
    /// # Errors
    /// The database failed, or the run was cleared meanwhile: nothing was taken over.
    pub async fn take_over(mut self, now: DateTime<Utc>) -> Result<TakenOver, StoreError> {
        self.step(now).await?;
        let now = to_millis(now);
        let taken = writing!(&self.store.database, |tx| {
            // Taken first: changes to records queue here, on both engines.
            sqlx::query("UPDATE directory_state SET version = version + 1 WHERE id = 1")
                .execute(&mut *tx)
                .await?;
            let aside: i64 =
                sqlx::query_scalar("SELECT COUNT(*) FROM directory_incoming WHERE run = $1")
                    .bind(&self.run)
                    .fetch_one(&mut *tx)
                    .await?;
            if aside != self.aside {
                return Err(StoreError::unreadable("what this import had put aside"));
            }
            let changed_meanwhile: Vec<String> = sqlx::query_scalar(
                "SELECT i.service_id FROM directory_incoming i
                 LEFT JOIN directory_record r ON r.id = i.service_id
                 WHERE i.run = $1 AND COALESCE(r.revision, 0) <> i.seen ORDER BY i.seq",
            )
            .bind(&self.run)
            .fetch_all(&mut *tx)
            .await?;
            let kept = sqlx::query(
                "INSERT INTO directory_change
                    (service_id, revision, act, by_account_id, at, record, sealed)
                 SELECT i.service_id, i.seen + 1, $2, NULL, $3, i.record, i.sealed
                 FROM directory_incoming i LEFT JOIN directory_record r ON r.id = i.service_id
                 WHERE i.run = $1 AND COALESCE(r.revision, 0) = i.seen",
            )
            .bind(&self.run)
            .bind(RecordAct::Imported.to_string())
            .bind(now)
            .execute(&mut *tx)
            .await?
            .rows_affected();
            sqlx::query(
                "INSERT INTO directory_record
                    (id, revision, organisation, record, sealed, feed, updated_at)
                 SELECT i.service_id, i.seen + 1, i.organisation, i.record, i.sealed, $2, $3
                 FROM directory_incoming i LEFT JOIN directory_record r ON r.id = i.service_id
                 WHERE i.run = $1 AND COALESCE(r.revision, 0) = i.seen
                 ON CONFLICT (id) DO UPDATE SET revision = excluded.revision,
                    organisation = excluded.organisation, record = excluded.record,
                    sealed = excluded.sealed, feed = excluded.feed,
                    updated_at = excluded.updated_at",
            )
            .bind(&self.run)
            .bind(&self.feed)
            .bind(now)
            .execute(&mut *tx)
            .await?;
            // Without its run, what was put aside is anybody's to clear.
            sqlx::query("DELETE FROM directory_run WHERE run = $1")
                .bind(&self.run)
                .execute(&mut *tx)
                .await?;
            TakenOver {
                kept,
                changed_meanwhile,
            }
        });
        self.clear().await?;
        Ok(taken)
    }

    /// Ends the run with nothing taken over.
    ///
    /// # Errors
    /// The database failed; the next run clears what this one leaves.
    pub async fn give_up(self) -> Result<(), StoreError> {
        writing!(&self.store.database, |tx| {
            sqlx::query("DELETE FROM directory_run WHERE run = $1")
                .bind(&self.run)
                .execute(&mut *tx)
                .await?;
        });
        self.clear().await
    }

    async fn clear(&self) -> Result<(), StoreError> {
        writing!(&self.store.database, |tx| {
            sqlx::query("DELETE FROM directory_incoming WHERE run = $1")
                .bind(&self.run)
                .execute(&mut *tx)
                .await?;
        });
        Ok(())
    }
}
