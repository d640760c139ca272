//! What an act of the audit trail costs, against one bare INSERT of the same bytes in a
//! durable transaction of its own: the same engine, the same settings, by turns.

use std::time::{Duration, Instant};

use chrono::Utc;
use foreword::store::{Action, AuditEntry, Store, StoreSettings};
use sqlx::{
    PgPool, SqlitePool,
    postgres::PgPoolOptions,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

#[expect(
    dead_code,
    clippy::expect_used,
    reason = "it is the tests', which use more of it and stop where a tool is missing"
)]
#[path = "../tests/harness"]
mod harness {
    pub mod durable;
    pub mod postgres;
}

const ROUNDS: usize = 2_000;

type Fault = Box<dyn std::error::Error + Send + Sync>;

enum Bare {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

impl Bare {
    async fn insert(&self) -> Result<(), Fault> {
        const INSERT: &str = "INSERT INTO bare (at, account_id, report_id, action, previous, hash)
             VALUES ($1, $2, $3, $4, $5, $6)";
        let id = "0192f0c1-2a3b-7c4d-8e5f-60718293a4b5";
        let hash = [0x5a_u8; 32].as_slice();
        match self {
            Self::Sqlite(pool) => {
                let mut tx = pool.begin_with("BEGIN IMMEDIATE").await?;
                let row = sqlx::query(INSERT).bind(Utc::now()).bind(id).bind(id);
                let row = row.bind("report-viewed").bind(hash).bind(hash);
                row.execute(&mut *tx).await?;
                tx.commit().await?;
            }
            Self::Postgres(pool) => {
                let mut tx = pool.begin().await?;
                let row = sqlx::query(INSERT).bind(Utc::now()).bind(id).bind(id);
                let row = row.bind("report-viewed").bind(hash).bind(hash);
                row.execute(&mut *tx).await?;
                tx.commit().await?;
            }
        }
        Ok(())
    }
}

fn main() {
    let done = tokio::runtime::Runtime::new()
        .map_err(Fault::from)
        .and_then(|runtime| runtime.block_on(both()));
    if let Err(reason) = done {
        eprintln!("audit: {reason}");
    }
}

async fn both() -> Result<(), Fault> {
    let folder = tempfile::TempDir::new()?;
    let options = SqliteConnectOptions::new()
        .filename(folder.path().join("bare.db"))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full);
    let one = SqlitePoolOptions::new().max_connections(1);
    let pool = one.connect_with(options).await?;
    sqlx::query(
        "CREATE TABLE bare (seq INTEGER PRIMARY KEY, at TEXT, account_id TEXT, report_id TEXT,
         action TEXT, previous BLOB, hash BLOB) STRICT",
    )
    .execute(&pool)
    .await?;
    let settings = StoreSettings::in_folder(folder.path().join("data"));
    engine("SQLite", &settings, Bare::Sqlite(pool)).await?;

    let cluster = harness::durable::DurableCluster::start();
    let pool = PgPoolOptions::new()
        .max_connections(4)
        .connect(&cluster.address())
        .await?;
    sqlx::query(
        "CREATE TABLE bare (seq BIGSERIAL PRIMARY KEY, at TIMESTAMPTZ, account_id TEXT,
         report_id TEXT, action TEXT, previous BYTEA, hash BYTEA)",
    )
    .execute(&pool)
    .await?;
    let settings = StoreSettings {
        url: Some(cluster.address()),
        ..StoreSettings::in_folder(folder.path().join("postgres"))
    };
    engine("PostgreSQL", &settings, Bare::Postgres(pool)).await
}

async fn engine(name: &str, settings: &StoreSettings, bare: Bare) -> Result<(), Fault> {
    let store = Store::open(settings).await?;
    let entry = AuditEntry {
        account: None,
        report: None,
        action: Action::SignInRefused,
    };
    let (mut ours, mut floor) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        store.audit(&entry, Utc::now()).await?;
        ours.push(begun.elapsed());
        let begun = Instant::now();
        bare.insert().await?;
        floor.push(begun.elapsed());
    }
    let (ours, floor) = (median(ours), median(floor));
    println!(
        "{name}: an act recorded takes {:.2} times a bare durable insert  ({:.2} ms, {:.2} ms)",
        ours.as_secs_f64() / floor.as_secs_f64(),
        ours.as_secs_f64() * 1000.0,
        floor.as_secs_f64() * 1000.0
    );
    store.close().await;
    Ok(())
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
