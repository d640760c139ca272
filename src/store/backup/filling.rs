//! Making a database anew from a backup, in an empty place: all of it, or nothing.
//!
//! The backup is read to its end before anything is made. Then the tables are made as
//! they were when it was written, filled in one transaction, and brought up to date.

use std::{
    fs,
    io::{BufRead, Read, Seek},
    path::{Path, PathBuf},
    sync::Arc,
};

use chrono::{DateTime, Utc};
use sqlx::AssertSqlSafe;

use super::{
    BackupContents, BackupError, BackupKey, Cell, Line,
    keys::{FIRST_WITH_KEYS, Wrapped, keys_for},
    leaving_out::{leave_out, make_words},
    lines::{Lines, read},
    tables::{POSTGRES_COLUMNS, SQLITE_COLUMNS, Table, in_order},
};
use crate::store::{
    Action, AuditEntry, KeySource, SecretKey, Store, StoreError, StoreSettings,
    database::{Database, Engine, reading, writing},
    folder::DataFolder,
    keys::Keys,
    known::Known,
    passwords::Passwords,
    postgres,
    settings::Address,
    sqlite,
};

impl Store {
    /// Makes the database anew where `settings` say, from a backup, with its key and its
    /// files. `keys` is the file with the keys of reports, as it was written with this
    /// backup or a later one; a backup from before there was one can do without.
    ///
    /// # Errors
    /// See [`BackupError`]; nothing is left behind then.
    pub async fn restore<F: BufRead + Seek>(
        settings: &StoreSettings,
        mut file: F,
        keys: Option<&[u8]>,
        key: &BackupKey,
        now: DateTime<Utc>,
    ) -> Result<BackupContents, BackupError> {
        let (secret, files, mut contents) = read(&mut file, key)?;
        let wrapped = keys_for(keys, key, &secret, &contents)?;
        let again = |reason| BackupError::File {
            file: PathBuf::from("the backup"),
            reason,
        };
        file.rewind().map_err(again)?;
        let place = Place::of(settings)?;
        let made_folder = !settings.data_dir.exists();
        let folder = DataFolder::prepare(&settings.data_dir)?;
        let filling = Filling {
            keys: Arc::new(Keys::derive(&secret)),
            migration: contents.migration,
            wrapped: wrapped.as_ref(),
            now,
        };
        let done = filling.fill(&place, Lines::of(file, key)?).await;
        let done = match done {
            Ok(left_out) => {
                contents.left_out = left_out;
                place.settle(settings, &folder, &secret, &files)
            }
            Err(fault) => Err(fault),
        };
        if let Err(fault) = done {
            place.clear();
            drop(folder);
            empty(&settings.data_dir, made_folder);
            return Err(fault);
        }
        Ok(contents)
    }
}

/// Takes away what was put in the data folder, which had nothing in it before, and the
/// folder where it was made.
fn empty(folder: &Path, made: bool) {
    if made {
        let _ = fs::remove_dir_all(folder);
        return;
    }
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if !DataFolder::is_lock(&entry.file_name()) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Where the database is to be: for `SQLite` a file that gets its name only when it is
/// whole.
enum Place {
    File { whole: PathBuf, making: PathBuf },
    Server(StoreSettings),
}

impl Place {
    /// The place, where it is empty.
    fn of(settings: &StoreSettings) -> Result<Self, BackupError> {
        let not_empty = |path: &Path| BackupError::NotEmpty {
            place: path.display().to_string(),
        };
        let data = &settings.data_dir;
        if let Ok(mut held) = fs::read_dir(data)
            && held.any(|entry| entry.is_ok_and(|e| !DataFolder::is_lock(&e.file_name())))
        {
            return Err(not_empty(data));
        }
        if let KeySource::File(file) = &settings.key
            && file.exists()
        {
            return Err(not_empty(file));
        }
        match settings.address()? {
            Address::Sqlite(whole) => {
                if whole.exists() {
                    return Err(not_empty(&whole));
                }
                let mut making = whole.clone().into_os_string();
                making.push(".restoring");
                Ok(Self::File {
                    whole,
                    making: making.into(),
                })
            }
            Address::Postgres(_) => Ok(Self::Server(settings.clone())),
        }
    }

    async fn open(&self) -> Result<Database, BackupError> {
        let engine = match self {
            Self::File { making, .. } => Engine::Sqlite(sqlite::Pools::open(making).await?),
            Self::Server(settings) => match settings.address()? {
                Address::Postgres(options) => Engine::Postgres(postgres::open(*options).await?),
                Address::Sqlite(_) => return Err(StoreError::AddressUnknown.into()),
            },
        };
        Ok(Database::new(engine))
    }

    /// Puts key and files beside the filled database, and gives it its name.
    fn settle(
        &self,
        settings: &StoreSettings,
        folder: &DataFolder,
        secret: &SecretKey,
        files: &[(String, Vec<u8>)],
    ) -> Result<(), BackupError> {
        for (name, bytes) in files {
            // A name that leads elsewhere is none that was backed up.
            let Some(name) = Path::new(name).file_name() else {
                continue;
            };
            let file = settings.data_dir.join(name);
            let written = fs::write(&file, bytes);
            written.map_err(|reason| BackupError::File { file, reason })?;
        }
        folder.put_key(settings, secret)?;
        if let Self::File { whole, making } = self {
            let renamed = fs::rename(making, whole);
            renamed.map_err(|reason| BackupError::File {
                file: whole.clone(),
                reason,
            })?;
        }
        Ok(())
    }

    /// Takes away what was begun.
    fn clear(&self) {
        if let Self::File { making, .. } = self {
            for more in ["", "-wal", "-shm"] {
                let mut name = making.clone().into_os_string();
                name.push(more);
                let _ = fs::remove_file(PathBuf::from(name));
            }
        }
    }
}

/// Binds what stood in a backup as the engine's column wants it.
macro_rules! bound {
    ($row:expr, $cell:expr, $kind:expr, $lines:expr) => {
        match ($cell, $kind.as_str()) {
            (Cell::Number(number), "boolean") => $row.bind(number != 0),
            (Cell::Number(number), _) => $row.bind(number),
            (Cell::Bytes(bytes), _) => $row.bind(bytes),
            (Cell::Text(text), "timestamp with time zone") => {
                let time = text.parse::<DateTime<Utc>>();
                $row.bind(time.map_err(|_| $lines.damaged("a time"))?)
            }
            (Cell::Text(text), _) => $row.bind(text),
            (Cell::Nothing, "boolean") => $row.bind(None::<bool>),
            (Cell::Nothing, "bigint" | "INTEGER") => $row.bind(None::<i64>),
            (Cell::Nothing, "bytea" | "BLOB") => $row.bind(None::<Vec<u8>>),
            (Cell::Nothing, "timestamp with time zone") => $row.bind(None::<DateTime<Utc>>),
            (Cell::Nothing, _) => $row.bind(None::<String>),
        }
    };
}

/// What a database is filled with beside the rows of a backup.
struct Filling<'a> {
    keys: Arc<Keys>,
    /// The last migration of the database that was backed up.
    migration: i64,
    /// The keys of its reports.
    wrapped: Option<&'a Wrapped>,
    now: DateTime<Utc>,
}

impl Filling<'_> {
    /// Fills an empty database, and says how many reports were left out.
    async fn fill<R: Read>(self, place: &Place, lines: Lines<R>) -> Result<u64, BackupError> {
        let database = place.open().await?.unlocked(Arc::clone(&self.keys));
        let filled = self.fill_open(&database, lines).await;
        database.close().await;
        filled
    }

    async fn fill_open<R: Read>(
        self,
        database: &Database,
        mut lines: Lines<R>,
    ) -> Result<u64, BackupError> {
        if database.is_claimed().await? {
            return Err(BackupError::NotEmpty {
                place: "the database".to_owned(),
            });
        }
        database.migrate_to(Some(self.migration)).await?;
        let with_keys = self.migration >= FIRST_WITH_KEYS;
        let put = self.wrapped.filter(|_| with_keys);
        fill_tables(database, &self.keys, &mut lines, put).await?;
        database.migrate().await?;
        let store = Store {
            database: database.clone(),
            keys: self.keys,
            known: Arc::new(Known::default()),
            passwords: Passwords::new(),
        };
        let entry = AuditEntry {
            account: None,
            report: None,
            action: Action::Restored,
        };
        store.audit(&entry, self.now).await?;
        let left_out = match self.wrapped {
            Some(wrapped) => leave_out(&store, wrapped, self.now).await?,
            None => 0,
        };
        if with_keys {
            make_words(&store).await?;
        }
        Ok(left_out)
    }
}

async fn fill_tables<R: Read>(
    database: &Database,
    keys: &Keys,
    lines: &mut Lines<R>,
    wrapped: Option<&Wrapped>,
) -> Result<(), BackupError> {
    let columns = reading!(database, |pool| {
        let query = match &database.engine {
            Engine::Sqlite(_) => SQLITE_COLUMNS,
            Engine::Postgres(_) => POSTGRES_COLUMNS,
        };
        sqlx::query_as(query).fetch_all(pool).await?
    });
    let known = in_order(columns, &[]);
    let postgres = matches!(database.engine, Engine::Postgres(_));
    writing!(database, |tx| {
        // What the migrations put there themselves. The audit trail has nothing yet, and
        // lets nothing be removed.
        for table in known.iter().filter(|t| t.name != "audit") {
            let empty = AssertSqlSafe(format!("DELETE FROM \"{}\"", table.name));
            sqlx::query(empty).execute(&mut *tx).await?;
        }
        sqlx::query("INSERT INTO store_key (id, check_value) VALUES (1, $1)")
            .bind(keys.check_value())
            .execute(&mut *tx)
            .await?;
        lines.head()?;
        let mut into: Option<(String, Vec<String>)> = None;
        loop {
            match lines.next()? {
                Line::Table { name, columns } => {
                    let insert = Insert::into(&known, &name, &columns, postgres);
                    into = Some(insert.ok_or_else(|| lines.damaged("an unknown table"))?);
                }
                Line::Row { cells } => {
                    let (insert, kinds) = into
                        .as_ref()
                        .ok_or_else(|| lines.damaged("a row without a table"))?;
                    let mut row = sqlx::query(AssertSqlSafe(insert.clone()));
                    for (cell, kind) in cells.into_iter().zip(kinds) {
                        let cell = Cell::of(cell).ok_or_else(|| lines.damaged("a row"))?;
                        row = bound!(row, cell, kind, lines);
                    }
                    row.execute(&mut *tx).await?;
                }
                Line::End { .. } => break,
                Line::File { .. } | Line::Head { .. } => {}
            }
        }
        for (report, wrapped) in wrapped.into_iter().flatten() {
            // Where it is in the backup: it may have been begun since.
            sqlx::query(
                "INSERT INTO report_key (report_id, wrapped) SELECT id, $2 FROM report WHERE id = $1",
            )
            .bind(report)
            .bind(wrapped)
            .execute(&mut *tx)
            .await?;
        }
    });
    Ok(())
}

/// What fills a table.
struct Insert;

impl Insert {
    /// The statement, and the type of each column; none where the table or a column is
    /// not known.
    fn into(
        known: &[Table],
        name: &str,
        columns: &[String],
        postgres: bool,
    ) -> Option<(String, Vec<String>)> {
        let table = known.iter().find(|table| table.name == name)?;
        let kind = |column: &String| {
            let mut of = table.columns.iter();
            of.find(|(name, _)| name == column).map(|(_, k)| k.clone())
        };
        let kinds: Vec<String> = columns.iter().map(kind).collect::<Option<_>>()?;
        let names: Vec<String> = columns.iter().map(|c| format!("\"{c}\"")).collect();
        let places = kinds.iter().enumerate().map(|(at, kind)| {
            if postgres {
                format!("${}::{kind}", at + 1)
            } else {
                format!("${}", at + 1)
            }
        });
        let places: Vec<String> = places.collect();
        Some((
            format!(
                "INSERT INTO \"{name}\" ({}) VALUES ({})",
                names.join(", "),
                places.join(", ")
            ),
            kinds,
        ))
    }
}
