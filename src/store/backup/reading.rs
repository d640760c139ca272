//! Reading a whole database as it stands at one moment, while others write.

use std::{collections::BTreeMap, io::Write};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use chrono::{DateTime, SecondsFormat, Utc};
use futures_util::TryStreamExt as _;
use sqlx::{AssertSqlSafe, Row as _, postgres::PgRow, sqlite::SqliteRow};

use super::{
    BackupContents, BackupError, BackupRecipient, Cell, FORM, KeysFile, Line,
    envelope::sealed_to,
    keys::keys_file,
    tables::{
        KEPT_APART, POSTGRES_COLUMNS, POSTGRES_REFERENCES, SQLITE_COLUMNS, SQLITE_REFERENCES,
        Table, in_order,
    },
};
use crate::store::{
    Action, AuditEntry, Store, StoreError, StoreSettings,
    database::{Engine, to_millis},
    folder::DataFolder,
    keys::Keys,
};

impl Store {
    /// Writes everything in the database, with its key and with the small `files` of the
    /// data folder, encrypted for each of the recipients. `settings` are those the store
    /// was opened with. That it was begun is in the audit trail, and in the backup. The keys
    /// of reports are given back, encrypted likewise: to be written in place of those of
    /// earlier backups, before this one is put where it stays.
    ///
    /// # Errors
    /// The database failed, or the output. What was written is no backup then.
    pub async fn back_up<W: Write>(
        &self,
        settings: &StoreSettings,
        files: &[(String, Vec<u8>)],
        recipients: &[BackupRecipient],
        out: W,
        now: DateTime<Utc>,
    ) -> Result<(BackupContents, KeysFile), BackupError> {
        let key = DataFolder::key_of(settings)?.ok_or(StoreError::WrongKey)?;
        if !Keys::derive(&key).fits(self.keys.check_value()) {
            return Err(StoreError::WrongKey.into());
        }
        let entry = AuditEntry {
            account: None,
            report: None,
            action: Action::BackedUp,
        };
        self.audit(&entry, now).await?;
        let mut contents = BackupContents {
            made_at: to_millis(now),
            migration: self.database.last_migration(),
            rows: BTreeMap::new(),
            files: files.iter().map(|(name, _)| name.clone()).collect(),
            left_out: 0,
        };
        let mut out = sealed_to(recipients, out)?;
        let head = Line::Head {
            foreword_backup: FORM,
            made_at: contents.made_at,
            migration: contents.migration,
            key: key.to_base64().to_string(),
        };
        write(&mut out, &head)?;
        for (name, bytes) in files {
            let line = Line::File {
                name: name.clone(),
                content: BASE64_STANDARD.encode(bytes),
            };
            write(&mut out, &line)?;
        }
        let wrapped = self.write_tables(&mut out, &mut contents.rows).await?;
        let end = Line::End {
            rows: contents.rows.clone(),
        };
        write(&mut out, &end)?;
        out.finish().map_err(BackupError::NotWritten)?;
        let keys = keys_file(&self.keys, contents.made_at, &wrapped, recipients)?;
        Ok((contents, keys))
    }

    /// Writes every table, and gives back the keys of reports as they stood then.
    async fn write_tables(
        &self,
        out: &mut impl Write,
        rows: &mut BTreeMap<String, u64>,
    ) -> Result<Vec<(String, Vec<u8>)>, BackupError> {
        match &self.database.engine {
            Engine::Sqlite(pools) => {
                // In WAL mode the first read fixes what every later one sees.
                let mut tx = pools.reads().begin().await?;
                let columns = sqlx::query_as(SQLITE_COLUMNS).fetch_all(&mut *tx).await?;
                let references: Vec<_> = sqlx::query_as(SQLITE_REFERENCES)
                    .fetch_all(&mut *tx)
                    .await?;
                let tables = in_order(columns, &references).into_iter();
                for table in tables.filter(|t| !KEPT_APART.contains(&t.name.as_str())) {
                    write(out, &begun(&table))?;
                    let select = AssertSqlSafe(select(&table));
                    let mut found = sqlx::query(select).fetch(&mut *tx);
                    let mut count = 0;
                    while let Some(row) = found.try_next().await? {
                        write_row(out, &table, |at, kind| of_sqlite(&row, at, kind))?;
                        count += 1;
                    }
                    drop(found);
                    rows.insert(table.name, count);
                }
                Ok(sqlx::query_as(KEYS).fetch_all(&mut *tx).await?)
            }
            Engine::Postgres(pool) => {
                let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY";
                let mut tx = pool.begin_with(begin).await?;
                let columns = sqlx::query_as(POSTGRES_COLUMNS).fetch_all(&mut *tx).await?;
                let references: Vec<_> = sqlx::query_as(POSTGRES_REFERENCES)
                    .fetch_all(&mut *tx)
                    .await?;
                let tables = in_order(columns, &references).into_iter();
                for table in tables.filter(|t| !KEPT_APART.contains(&t.name.as_str())) {
                    write(out, &begun(&table))?;
                    let select = AssertSqlSafe(select(&table));
                    let mut found = sqlx::query(select).fetch(&mut *tx);
                    let mut count = 0;
                    while let Some(row) = found.try_next().await? {
                        write_row(out, &table, |at, kind| of_postgres(&row, at, kind))?;
                        count += 1;
                    }
                    drop(found);
                    rows.insert(table.name, count);
                }
                Ok(sqlx::query_as(KEYS).fetch_all(&mut *tx).await?)
            }
        }
    }
}

/// The keys of reports as they are kept.
const KEYS: &str = "SELECT report_id, wrapped FROM report_key ORDER BY report_id";

/// Every row of a table; of the audit trail in its order, which is how it is filled again.
fn select(table: &Table) -> String {
    let columns: Vec<String> = table
        .columns
        .iter()
        .map(|(n, _)| format!("\"{n}\""))
        .collect();
    let order = if table.name == "audit" {
        " ORDER BY seq"
    } else {
        ""
    };
    format!(
        "SELECT {} FROM \"{}\"{order}",
        columns.join(", "),
        table.name
    )
}

fn begun(table: &Table) -> Line {
    Line::Table {
        name: table.name.clone(),
        columns: table.columns.iter().map(|(name, _)| name.clone()).collect(),
    }
}

fn write_row(
    out: &mut impl Write,
    table: &Table,
    read: impl Fn(usize, &str) -> Result<Cell, sqlx::Error>,
) -> Result<(), BackupError> {
    let columns = table.columns.iter().enumerate();
    let cells = columns.map(|(at, (_, kind))| Ok(read(at, kind)?.to_json()));
    let cells: Result<_, sqlx::Error> = cells.collect();
    write(out, &Line::Row { cells: cells? })
}

fn write(out: &mut impl Write, line: &Line) -> Result<(), BackupError> {
    let mut text = serde_json::to_vec(line).map_err(|e| BackupError::NotWritten(e.into()))?;
    text.push(b'\n');
    out.write_all(&text).map_err(BackupError::NotWritten)
}

fn of_sqlite(row: &SqliteRow, at: usize, kind: &str) -> Result<Cell, sqlx::Error> {
    Ok(match kind {
        "TEXT" => row.try_get::<Option<String>, _>(at)?.map(Cell::Text),
        "INTEGER" => row.try_get::<Option<i64>, _>(at)?.map(Cell::Number),
        "BLOB" => row.try_get::<Option<Vec<u8>>, _>(at)?.map(Cell::Bytes),
        other => return Err(unknown(other)),
    }
    .unwrap_or(Cell::Nothing))
}

fn of_postgres(row: &PgRow, at: usize, kind: &str) -> Result<Cell, sqlx::Error> {
    Ok(match kind {
        "text" => row.try_get::<Option<String>, _>(at)?.map(Cell::Text),
        "bigint" => row.try_get::<Option<i64>, _>(at)?.map(Cell::Number),
        "boolean" => {
            let yes = row.try_get::<Option<bool>, _>(at)?;
            yes.map(|yes| Cell::Number(i64::from(yes)))
        }
        "bytea" => row.try_get::<Option<Vec<u8>>, _>(at)?.map(Cell::Bytes),
        "timestamp with time zone" => {
            let time = row.try_get::<Option<DateTime<Utc>>, _>(at)?;
            time.map(|t| Cell::Text(t.to_rfc3339_opts(SecondsFormat::AutoSi, false)))
        }
        other => return Err(unknown(other)),
    }
    .unwrap_or(Cell::Nothing))
}

fn unknown(kind: &str) -> sqlx::Error {
    sqlx::Error::Protocol(format!(
        "a backup has no way to keep a column of type {kind}"
    ))
}
