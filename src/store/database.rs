//! One database, of either engine. Every statement is written once, with `$1`, and
//! expanded for both by [`reading!`] and [`writing!`].
//!
//! Here: the choice of engine and the two ways in. Not here: statements (beside what
//! they serve), nor the few that differ (`sqlite.rs`, `postgres.rs`, listed in
//! [`Dialect`]).

use std::{
    ops::{Deref, DerefMut},
    sync::Arc,
};

use chrono::{DateTime, DurationRound as _, TimeDelta, Utc};
use sqlx::{PgPool, Transaction};

use super::{StoreError, keys::Keys, postgres, sqlite};

/// Runs an expression with a pool to read from: `reading!(db, |pool| …)`.
macro_rules! reading {
    ($database:expr, |$pool:ident| $body:expr) => {
        match &($database).engine {
            $crate::store::database::Engine::Sqlite(pools) => {
                let $pool = pools.reads();
                $body
            }
            $crate::store::database::Engine::Postgres($pool) => $body,
        }
    };
}

/// An open database, with the keys once they are known: every transaction carries them,
/// so that an act can be chained to the audit trail wherever it is done.
#[derive(Clone)]
pub(super) struct Database {
    pub(super) engine: Engine,
    keys: Option<Arc<Keys>>,
}

/// Which engine.
#[derive(Clone)]
pub(super) enum Engine {
    /// One file, one process.
    Sqlite(sqlite::Pools),
    /// As many processes as wanted.
    Postgres(PgPool),
}

/// A transaction that may write. It is used as the connection it is on.
pub(super) struct Writing<D: sqlx::Database> {
    transaction: Transaction<'static, D>,
    keys: Option<Arc<Keys>>,
    dialect: &'static Dialect,
}

impl<D: sqlx::Database> Writing<D> {
    pub(super) fn new(transaction: Transaction<'static, D>, database: &Database) -> Self {
        Self {
            transaction,
            keys: database.keys.clone(),
            dialect: database.dialect(),
        }
    }

    /// The statement that reads the last link of the audit trail, to add another.
    pub(super) fn audit_head(&self) -> &'static str {
        self.dialect.audit_head_for_writing
    }

    /// The keys, for the audit trail.
    pub(super) fn keys(&self) -> Result<&Keys, StoreError> {
        let keys = self.keys.as_deref();
        keys.ok_or_else(|| StoreError::unreadable("a database that is not unlocked yet"))
    }

    pub(super) async fn commit(self) -> Result<(), sqlx::Error> {
        self.transaction.commit().await
    }
}

impl<D: sqlx::Database> Deref for Writing<D> {
    type Target = D::Connection;

    fn deref(&self) -> &D::Connection {
        &self.transaction
    }
}

impl<D: sqlx::Database> DerefMut for Writing<D> {
    fn deref_mut(&mut self) -> &mut D::Connection {
        &mut self.transaction
    }
}

/// The statements that the engines spell differently.
pub(super) struct Dialect {
    /// Counts the tables named `store_key`: is this a database of ours?
    pub(super) has_key_table: &'static str,
    /// Reads a report's row and its key to write it: id, owner. Locks both where the
    /// engine does not lock the whole file: a report that is erased meanwhile is none.
    pub(super) report_for_writing: &'static str,
    /// Reads whether a report may be signed, and its key: id, owner. Locks as the one above.
    pub(super) report_for_signing: &'static str,
    /// Reads a report's row for whoever was asked to check it: id. Locks the row.
    pub(super) report_for_deciding: &'static str,
    /// Reads the set-up link to use it up.
    pub(super) setup_link_for_writing: &'static str,
    /// Reads the last link of the audit trail to add another, with how far a report's log
    /// has come: the report. Locks the link, on which whoever else adds to it waits.
    pub(super) audit_head_for_writing: &'static str,
}

impl Database {
    pub(super) fn new(engine: Engine) -> Self {
        Self { engine, keys: None }
    }

    /// The same database, with its keys.
    pub(super) fn unlocked(self, keys: Arc<Keys>) -> Self {
        Self {
            keys: Some(keys),
            ..self
        }
    }

    pub(super) fn dialect(&self) -> &'static Dialect {
        match self.engine {
            Engine::Sqlite(_) => &sqlite::DIALECT,
            Engine::Postgres(_) => &postgres::DIALECT,
        }
    }

    pub(super) fn engine(&self) -> &'static str {
        match self.engine {
            Engine::Sqlite(_) => "SQLite",
            Engine::Postgres(_) => "PostgreSQL",
        }
    }

    /// Brings the schema up to date.
    pub(super) async fn migrate(&self) -> Result<(), StoreError> {
        self.migrate_to(None).await
    }

    /// Brings the schema up to a migration, or to the last one.
    pub(super) async fn migrate_to(&self, last: Option<i64>) -> Result<(), StoreError> {
        match &self.engine {
            Engine::Sqlite(pools) => sqlite::migrate(pools, last).await,
            Engine::Postgres(pool) => postgres::migrate(pool, last).await,
        }
    }

    /// The last migration that this program knows.
    pub(super) fn last_migration(&self) -> i64 {
        let known = match self.engine {
            Engine::Sqlite(_) => &sqlite::MIGRATIONS,
            Engine::Postgres(_) => &postgres::MIGRATIONS,
        };
        known.iter().map(|m| m.version).max().unwrap_or(0)
    }

    /// Whether the database is somebody's already: sealed with a key.
    pub(super) async fn is_claimed(&self) -> Result<bool, StoreError> {
        let has_table = self.dialect().has_key_table;
        Ok(reading!(self, |pool| {
            let tables: i64 = sqlx::query_scalar(has_table).fetch_one(pool).await?;
            if tables == 0 {
                return Ok(false);
            }
            let keys: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM store_key")
                .fetch_one(pool)
                .await?;
            keys > 0
        }))
    }

    /// Writes what was removed out of the file, where the engine leaves it there; false
    /// where that has to wait.
    pub(super) async fn empty_log(&self) -> Result<bool, StoreError> {
        match &self.engine {
            Engine::Sqlite(pools) => Ok(pools.empty_log().await?),
            // Its rows leave with the next vacuum, its log with the archive of it.
            Engine::Postgres(_) => Ok(true),
        }
    }

    pub(super) async fn close(&self) {
        match &self.engine {
            Engine::Sqlite(pools) => pools.close().await,
            Engine::Postgres(pool) => pool.close().await,
        }
    }
}

/// `SQLite` keeps nanoseconds and `PostgreSQL` microseconds; milliseconds are the
/// same on both.
pub(super) fn to_millis(now: DateTime<Utc>) -> DateTime<Utc> {
    now.duration_trunc(TimeDelta::milliseconds(1))
        .unwrap_or(now)
}

/// What failed while the schema was brought up to date.
pub(super) fn migration_fault(error: sqlx::migrate::MigrateError) -> StoreError {
    match error {
        sqlx::migrate::MigrateError::VersionMissing(migration) => {
            StoreError::DatabaseNewer { migration }
        }
        other => StoreError::Migration {
            reason: other.to_string(),
        },
    }
}

/// Runs a block in one transaction that may write, and commits it:
/// `writing!(db, |tx| { … })`. Leaving the block early, by `?` or `return`, undoes
/// everything in it. When it is done, what it wrote is on the disk.
macro_rules! writing {
    ($database:expr, |$tx:ident| $body:block) => {
        match &($database).engine {
            $crate::store::database::Engine::Sqlite(pools) => {
                let begun = pools.begin().await?;
                let mut $tx = $crate::store::database::Writing::new(begun, &$database);
                let done = $body;
                $tx.commit().await?;
                done
            }
            $crate::store::database::Engine::Postgres(pool) => {
                let begun = pool.begin().await?;
                let mut $tx = $crate::store::database::Writing::new(begun, &$database);
                let done = $body;
                $tx.commit().await?;
                done
            }
        }
    };
}

pub(super) use {reading, writing};
