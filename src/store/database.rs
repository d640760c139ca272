//! One database, of either engine. Every statement is written once, with `$1`, and
//! expanded for both by [`reading!`] and [`writing!`].
//!
//! Here: the choice of engine and the two ways in. Not here: statements (beside what
//! they serve), nor the few that differ (`sqlite.rs`, `postgres.rs`, listed in
//! [`Dialect`]).

use chrono::{DateTime, DurationRound as _, TimeDelta, Utc};
use sqlx::PgPool;

use super::{StoreError, postgres, sqlite};

/// An open database.
#[derive(Clone)]
pub(super) enum Database {
    /// One file, one process.
    Sqlite(sqlite::Pools),
    /// As many processes as wanted.
    Postgres(PgPool),
}

/// The statements that the engines spell differently.
pub(super) struct Dialect {
    /// Counts the tables named `store_key`: is this a database of ours?
    pub(super) has_key_table: &'static str,
    /// Reads a report's row to write it: id, owner. Locks the row where the engine
    /// does not lock the whole file.
    pub(super) report_for_writing: &'static str,
    /// Reads whether a report may be signed: id, owner. Locks as the one above.
    pub(super) report_for_signing: &'static str,
    /// Reads a report's row for whoever was asked to check it: id. Locks as the two above.
    pub(super) report_for_deciding: &'static str,
    /// Reads the set-up link to use it up.
    pub(super) setup_link_for_writing: &'static str,
}

impl Database {
    pub(super) fn dialect(&self) -> &'static Dialect {
        match self {
            Self::Sqlite(_) => &sqlite::DIALECT,
            Self::Postgres(_) => &postgres::DIALECT,
        }
    }

    pub(super) fn engine(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "SQLite",
            Self::Postgres(_) => "PostgreSQL",
        }
    }

    pub(super) async fn migrate(&self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(pools) => sqlite::migrate(pools).await,
            Self::Postgres(pool) => postgres::migrate(pool).await,
        }
    }

    pub(super) async fn close(&self) {
        match self {
            Self::Sqlite(pools) => pools.close().await,
            Self::Postgres(pool) => pool.close().await,
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

/// Runs an expression with a pool to read from: `reading!(db, |pool| …)`.
macro_rules! reading {
    ($database:expr, |$pool:ident| $body:expr) => {
        match $database {
            $crate::store::database::Database::Sqlite(pools) => {
                let $pool = pools.reads();
                $body
            }
            $crate::store::database::Database::Postgres($pool) => $body,
        }
    };
}

/// Runs a block in one transaction that may write, and commits it:
/// `writing!(db, |tx| { … })`. Leaving the block early, by `?` or `return`, undoes
/// everything in it. When it is done, what it wrote is on the disk.
macro_rules! writing {
    ($database:expr, |$tx:ident| $body:block) => {
        match $database {
            $crate::store::database::Database::Sqlite(pools) => {
                let mut $tx = pools.begin().await?;
                let done = $body;
                $tx.commit().await?;
                done
            }
            $crate::store::database::Database::Postgres(pool) => {
                let mut $tx = pool.begin().await?;
                let done = $body;
                $tx.commit().await?;
                done
            }
        }
    };
}

pub(super) use {reading, writing};
