//! What `SQLite` needs that `PostgreSQL` does not: opening with its pragmas, one
//! writer at a time, and the statements it spells its own way.

use std::{path::Path, thread, time::Duration};

use sqlx::{
    Sqlite, SqlitePool, Transaction,
    migrate::Migrator,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use super::{
    StoreError,
    database::{Dialect, migration_fault},
    folder::DataFolder,
};

pub(super) static MIGRATIONS: Migrator = sqlx::migrate!("migrations/sqlite");

pub(super) const DIALECT: Dialect = Dialect {
    has_key_table: "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'store_key'",
    report_for_writing: "SELECT report.revision, report.summary, report.signed_at, report_key.wrapped FROM report JOIN report_key ON report_key.report_id = report.id WHERE report.id = $1 AND report.owner_id = $2",
    report_for_signing: "SELECT report.revision, report.signed_at, report_key.wrapped FROM report JOIN report_key ON report_key.report_id = report.id WHERE report.id = $1 AND report.owner_id = $2",
    report_for_deciding: "SELECT revision, signed_at, owner_id FROM report WHERE id = $1",
    setup_link_for_writing: "SELECT token_hash, expires_at FROM setup_link WHERE id = 1",
    audit_head_for_writing: "SELECT seq, hash, (SELECT revision FROM report WHERE id = $1) AS revision FROM audit_head WHERE id = 1",
};

/// How long a writer waits for one in another process.
const PATIENCE: Duration = Duration::from_secs(10);

/// Readers beside one writer. The writers of this process queue for the one
/// connection, in order, instead of polling for the file's lock.
#[derive(Clone)]
pub(super) struct Pools {
    reads: SqlitePool,
    writes: SqlitePool,
}

impl Pools {
    /// Opens the file, making it readable by this user only where it is new.
    pub(super) async fn open(file: &Path) -> Result<Self, StoreError> {
        let fault = |reason: String| StoreError::FileNotOpened {
            file: file.to_owned(),
            reason,
        };
        DataFolder::touch_private(file).map_err(|e| fault(e.to_string()))?;
        let options = SqliteConnectOptions::new()
            .filename(file)
            .journal_mode(SqliteJournalMode::Wal)
            // A save that was acknowledged survives a power cut.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            // What is deleted is written over: an erased report's key must not lie on in
            // the file.
            .pragma("secure_delete", "ON")
            .busy_timeout(PATIENCE);
        let readers = thread::available_parallelism().map_or(4, |n| 2 * n.get());
        let pool = |connections| {
            SqlitePoolOptions::new()
                .max_connections(connections)
                .idle_timeout(None)
                .max_lifetime(None)
                .acquire_timeout(PATIENCE)
                // A file does not hang up.
                .test_before_acquire(false)
        };
        let writes = pool(1)
            .connect_with(options.clone())
            .await
            .map_err(|e| fault(e.to_string()))?;
        let readers = u32::try_from(readers).unwrap_or(4);
        let reads = pool(readers).connect_lazy_with(options);
        Ok(Self { reads, writes })
    }

    pub(super) fn reads(&self) -> &SqlitePool {
        &self.reads
    }

    /// A transaction that may write. `IMMEDIATE` takes the lock at once: begun
    /// otherwise, a transaction that reads and then writes while another process
    /// writes fails without waiting.
    pub(super) async fn begin(&self) -> Result<Transaction<'static, Sqlite>, sqlx::Error> {
        self.writes.begin_with("BEGIN IMMEDIATE").await
    }

    /// Moves everything into the file itself and empties the log beside it, which still
    /// holds pages as they were. False where a reader was in the way; the next one does it.
    pub(super) async fn empty_log(&self) -> Result<bool, sqlx::Error> {
        let (busy, _, _): (i64, i64, i64) = sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)")
            .fetch_one(&self.writes)
            .await?;
        Ok(busy == 0)
    }

    pub(super) async fn close(&self) {
        self.reads.close().await;
        self.writes.close().await;
    }
}

/// Brings the schema up to a migration, or to the last one.
pub(super) async fn migrate(pools: &Pools, last: Option<i64>) -> Result<(), StoreError> {
    let done = match last {
        Some(last) => MIGRATIONS.run_to(last, &pools.writes).await,
        None => MIGRATIONS.run(&pools.writes).await,
    };
    done.map_err(migration_fault)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FULL: i64 = 2;

    #[tokio::test]
    async fn the_writer_waits_for_the_disk_holds_rows_to_their_references_and_wipes_what_goes() {
        let folder = tempfile::TempDir::new().unwrap();
        let pools = Pools::open(&folder.path().join("test.db")).await.unwrap();
        let pragma = async |name: &'static str| -> i64 {
            sqlx::query_scalar(name)
                .fetch_one(&pools.writes)
                .await
                .unwrap()
        };
        assert_eq!(pragma("PRAGMA synchronous").await, FULL);
        assert_eq!(pragma("PRAGMA foreign_keys").await, 1);
        assert_eq!(pragma("PRAGMA secure_delete").await, 1);
        assert_eq!(pragma("PRAGMA busy_timeout").await, 10_000);
        let journal: String = sqlx::query_scalar("PRAGMA journal_mode")
            .fetch_one(&pools.writes)
            .await
            .unwrap();
        assert_eq!(journal, "wal");
    }
}
