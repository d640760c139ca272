//! What `PostgreSQL` needs that `SQLite` does not: reaching it, row locks, and the
//! statements it spells its own way.

use std::time::Duration;

use sqlx::{
    Connection as _, PgConnection, PgPool,
    migrate::Migrator,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use tokio::time::timeout;

use super::{
    StoreError,
    database::{Dialect, migration_fault},
    settings::place_of,
};

pub(super) static MIGRATIONS: Migrator = sqlx::migrate!("migrations/postgres");

pub(super) const DIALECT: Dialect = Dialect {
    has_key_table: "SELECT COUNT(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'store_key'",
    report_for_writing: "SELECT report.revision, report.summary, report.signed_at, report_key.wrapped FROM report JOIN report_key ON report_key.report_id = report.id WHERE report.id = $1 AND report.owner_id = $2 FOR UPDATE",
    report_for_signing: "SELECT report.revision, report.signed_at, report_key.wrapped FROM report JOIN report_key ON report_key.report_id = report.id WHERE report.id = $1 AND report.owner_id = $2 FOR UPDATE",
    report_for_deciding: "SELECT revision, signed_at, owner_id FROM report WHERE id = $1 FOR UPDATE",
    setup_link_for_writing: "SELECT token_hash, expires_at FROM setup_link WHERE id = 1 FOR UPDATE",
    audit_head_for_writing: "SELECT seq, hash, (SELECT revision FROM report WHERE id = $1) AS revision FROM audit_head WHERE id = 1 FOR UPDATE",
};

/// How long to wait for a connection before saying so.
const PATIENCE: Duration = Duration::from_secs(10);
const CONNECTIONS: u32 = 16;
/// A connection used later than this ago is used again unasked: asking would double the
/// round trips of every statement.
const SURELY_OPEN: Duration = Duration::from_secs(1);

/// Connects, and says in one sentence where and why it could not.
pub(super) async fn open(options: PgConnectOptions) -> Result<PgPool, StoreError> {
    let at = place_of(&options);
    let options = options.application_name("foreword");
    // A pool asks again and again where nobody listens; a connection is refused at
    // once.
    timeout(PATIENCE, PgConnection::connect_with(&options))
        .await
        .unwrap_or(Err(sqlx::Error::PoolTimedOut))
        .map_err(|error| StoreError::PostgresUnreachable {
            at,
            reason: told(&error),
        })?
        .close()
        .await?;
    Ok(PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(PATIENCE)
        .test_before_acquire(false)
        .before_acquire(|connection, used| {
            Box::pin(async move {
                if used.idle_for > SURELY_OPEN {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
        .connect_lazy_with(options))
}

/// The server's or the system's own words, without the library's around them.
fn told(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Io(e) => e.to_string(),
        sqlx::Error::Database(e) => e.message().to_owned(),
        sqlx::Error::PoolTimedOut => "it did not answer within ten seconds".to_owned(),
        other => other.to_string(),
    }
}

/// Runs on a connection of its own: an interrupted migration leaves its lock with
/// the connection, and closing it gives the lock back.
pub(super) async fn migrate(pool: &PgPool, last: Option<i64>) -> Result<(), StoreError> {
    let mut connection = pool.acquire().await?.detach();
    let done = match last {
        Some(last) => MIGRATIONS.run_to(last, &mut connection).await,
        None => MIGRATIONS.run(&mut connection).await,
    };
    done.map_err(migration_fault)
}
