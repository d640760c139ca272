//! A store on one engine for one test, with people, times and a way round the store
//! for whoever has stolen the database.

use std::io::Cursor;

use chrono::{DateTime, TimeDelta, Utc};
use foreword::{
    case::revision::Write,
    store::{
        Account, AccountId, AuthorStore, BackupKey, NewAccount, NewPassword, NewReport, ReportId,
        Role, Save, SessionLimits, Store, StoreSettings, Token,
    },
};
use serde_json::Value;
use sqlx::{AssertSqlSafe, Column as _, PgPool, Row as _, SqlitePool};
use tempfile::TempDir;

use crate::harness::postgres;

/// The password of everybody here.
pub const PASSWORD: &str = "correct horse battery";

/// An open store in a folder of its own.
pub struct Bed {
    pub settings: StoreSettings,
    pub store: Store,
    folder: TempDir,
}

/// The moment every test begins.
pub fn now() -> DateTime<Utc> {
    "2026-11-23T09:00:00Z".parse().unwrap()
}

/// So many minutes after it.
pub fn later(minutes: i64) -> DateTime<Utc> {
    now() + TimeDelta::minutes(minutes)
}

/// A person with the usual password.
pub fn person(email: &str, display_name: &str) -> NewAccount {
    NewAccount {
        id: AccountId::new(now()),
        email: email.into(),
        display_name: display_name.into(),
        roles: [Role::Author, Role::Countersigner].into(),
        password: NewPassword::new(PASSWORD).unwrap(),
    }
}

/// A write, briefly.
pub fn write(place: &str, value: Value) -> Write {
    Write::new(place, value)
}

impl Bed {
    pub async fn sqlite() -> Self {
        let folder = TempDir::new().unwrap();
        Self::of(StoreSettings::in_folder(folder.path().join("data")), folder).await
    }

    pub async fn postgres() -> Self {
        let folder = TempDir::new().unwrap();
        let settings = StoreSettings {
            url: Some(postgres::database().await),
            ..StoreSettings::in_folder(folder.path().join("data"))
        };
        Self::of(settings, folder).await
    }

    /// The store that these settings are of, with a folder that is to live as long.
    pub async fn of(settings: StoreSettings, folder: TempDir) -> Self {
        let store = Store::open(&settings).await.unwrap();
        Self {
            settings,
            store,
            folder,
        }
    }

    /// A store on the same engine as another's, made from a backup. `meanwhile` is run
    /// behind the store's back before it is first opened.
    pub async fn restored(like: &Self, backup: &[u8], key: &BackupKey, meanwhile: &[&str]) -> Self {
        let folder = TempDir::new().unwrap();
        let url = match &like.settings.url {
            Some(_) => Some(postgres::empty_database().await),
            None => None,
        };
        let settings = StoreSettings {
            url,
            ..StoreSettings::in_folder(folder.path().join("data"))
        };
        let file = Cursor::new(backup);
        let restored = Store::restore(&settings, file, None, key, now()).await;
        restored.unwrap();
        for statement in meanwhile {
            tamper(&settings, statement).await;
        }
        Self::of(settings, folder).await
    }

    /// A folder for whatever else a test needs.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// The same database, as another process would have it open.
    pub async fn another_process(&self) -> Store {
        Store::open(&self.settings).await.unwrap()
    }

    pub async fn account(&self, email: &str) -> Account {
        let name = email.split('@').next().unwrap_or_default();
        self.store
            .create_account(person(email, name), now())
            .await
            .unwrap()
    }

    /// A signed-in session of an account.
    pub async fn session(&self, account: &Account, limits: SessionLimits) -> Token {
        let token = Token::random().unwrap();
        self.store
            .start_session(account.id, &token, limits, now())
            .await
            .unwrap();
        token
    }

    /// Runs a statement behind the store's back.
    pub async fn tamper(&self, statement: &str) -> u64 {
        tamper(&self.settings, statement).await
    }

    /// True where the database itself refuses a statement.
    pub async fn refused(&self, statement: &str) -> bool {
        let statement = AssertSqlSafe(statement);
        match self.raw().await {
            Raw::Sqlite(pool) => sqlx::query(statement).execute(&pool).await.is_err(),
            Raw::Postgres(pool) => sqlx::query(statement).execute(&pool).await.is_err(),
        }
    }

    /// How many rows a query finds, seen without the store.
    pub async fn count(&self, from: &str) -> i64 {
        let statement = AssertSqlSafe(format!("SELECT COUNT(*) FROM {from}"));
        match self.raw().await {
            Raw::Sqlite(pool) => sqlx::query_scalar(statement)
                .fetch_one(&pool)
                .await
                .unwrap(),
            Raw::Postgres(pool) => sqlx::query_scalar(statement)
                .fetch_one(&pool)
                .await
                .unwrap(),
        }
    }

    /// Every byte that somebody who stole the database would have.
    pub async fn stolen(&self) -> Vec<u8> {
        let mut loot = Vec::new();
        match self.raw().await {
            Raw::Sqlite(pool) => {
                pool.close().await;
                for name in ["foreword.db", "foreword.db-wal"] {
                    let file = self.settings.data_dir.join(name);
                    loot.extend(std::fs::read(file).unwrap_or_default());
                }
            }
            Raw::Postgres(pool) => {
                for table in tables(&pool).await {
                    let rows = sqlx::query(AssertSqlSafe(format!("SELECT * FROM {table}")))
                        .fetch_all(&pool)
                        .await
                        .unwrap();
                    for row in rows {
                        for column in row.columns() {
                            let value = row.try_get_raw(column.ordinal()).unwrap();
                            if let Ok(bytes) = value.as_bytes() {
                                loot.extend_from_slice(bytes);
                                loot.push(b'\n');
                            }
                        }
                    }
                }
            }
        }
        loot
    }

    pub async fn raw(&self) -> Raw {
        raw(&self.settings).await
    }
}

async fn raw(settings: &StoreSettings) -> Raw {
    if let Some(url) = &settings.url {
        return Raw::Postgres(PgPool::connect(url).await.unwrap());
    }
    let file = settings.data_dir.join("foreword.db");
    let url = format!("sqlite://{}", file.display());
    Raw::Sqlite(SqlitePool::connect(&url).await.unwrap())
}

async fn tamper(settings: &StoreSettings, statement: &str) -> u64 {
    let statement = AssertSqlSafe(statement);
    match raw(settings).await {
        Raw::Sqlite(pool) => {
            let done = sqlx::query(statement).execute(&pool).await.unwrap();
            pool.close().await;
            done.rows_affected()
        }
        Raw::Postgres(pool) => {
            let done = sqlx::query(statement).execute(&pool).await.unwrap();
            done.rows_affected()
        }
    }
}

/// The database without the store.
pub enum Raw {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

async fn tables(pool: &PgPool) -> Vec<String> {
    sqlx::query_scalar(
        "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'",
    )
    .fetch_all(pool)
    .await
    .unwrap()
}

/// Starts a report with these writes.
pub async fn start(author: AuthorStore<'_>, writes: &[Write]) -> ReportId {
    let new = NewReport {
        id: ReportId::new(now()),
        pack_version: "2026-11-22",
        writes,
    };
    author.create_report(new, now()).await.unwrap()
}

/// Saves one write, expecting it to be taken.
pub async fn save(author: AuthorStore<'_>, report: ReportId, write: Write, seen: i64) -> i64 {
    match author.save(report, &[write], seen, later(1)).await.unwrap() {
        Save::Saved { revision } => revision,
        other => panic!("not saved: {other:?}"),
    }
}
