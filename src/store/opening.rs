//! Opening the store: folder, database, key, schema, in the order in which nothing
//! is changed before everything has been found right.

use std::sync::Arc;

use super::{
    KeySource, SecretKey, Store, StoreError, StoreSettings,
    audit::chain_earlier,
    database::{Database, Engine, reading, writing},
    folder::DataFolder,
    keys::Keys,
    passwords::Passwords,
    postgres, resealing,
    settings::Address,
    sqlite,
};

impl Store {
    /// Opens the database, making folder, key and tables where they are missing.
    ///
    /// # Errors
    /// One sentence for each fault: see [`StoreError`].
    pub async fn open(settings: &StoreSettings) -> Result<Self, StoreError> {
        let address = settings.address()?;
        let folder = prepare(settings.data_dir.clone()).await?;
        let engine = match address {
            Address::Sqlite(file) => Engine::Sqlite(sqlite::Pools::open(&file).await?),
            Address::Postgres(options) => Engine::Postgres(postgres::open(*options).await?),
        };
        let database = Database::new(engine);
        match unlock(&database, settings, &folder).await {
            Ok(keys) => Ok(Self {
                database: database.unlocked(Arc::clone(&keys)),
                keys,
                known: Arc::default(),
                passwords: Passwords::new(),
            }),
            Err(fault) => {
                database.close().await;
                Err(fault)
            }
        }
    }

    /// Lets running work finish and closes the database.
    pub async fn close(&self) {
        self.database.close().await;
    }

    /// `SQLite` or `PostgreSQL`, for the start-up line.
    #[must_use]
    pub fn engine(&self) -> &'static str {
        self.database.engine()
    }
}

/// Waiting for the folder's lock may take as long as another program's migration.
async fn prepare(folder: std::path::PathBuf) -> Result<DataFolder, StoreError> {
    let path = folder.clone();
    tokio::task::spawn_blocking(move || DataFolder::prepare(&path))
        .await
        .map_err(|e| StoreError::FolderNotWritable {
            folder,
            reason: std::io::Error::other(e),
        })?
}

/// Finds the key, refuses a wrong one before anything is changed, and brings the
/// schema up to date.
async fn unlock(
    database: &Database,
    settings: &StoreSettings,
    folder: &DataFolder,
) -> Result<Arc<Keys>, StoreError> {
    let sealed_with = check_value(database).await?;
    let key = DataFolder::key_of(settings)?;
    let keys = match (&sealed_with, key) {
        (Some(_), None) => {
            return Err(StoreError::KeyLost {
                file: folder.key_file(),
            });
        }
        (_, Some(key)) => Keys::derive(&key),
        (None, None) => Keys::derive(&first_key(settings, folder)?),
    };
    if sealed_with.is_some_and(|value| !keys.fits(&value)) {
        return Err(StoreError::WrongKey);
    }
    database.migrate().await?;
    claim(database, &keys).await?;
    let keys = Arc::new(keys);
    let unlocked = database.clone().unlocked(Arc::clone(&keys));
    chain_earlier(&unlocked).await?;
    resealing::give_keys(&unlocked, &keys).await?;
    Ok(keys)
}

fn first_key(settings: &StoreSettings, folder: &DataFolder) -> Result<SecretKey, StoreError> {
    match &settings.key {
        KeySource::DataFolder => folder.new_key(),
        KeySource::File(file) => Err(StoreError::NoKeyFile { file: file.clone() }),
        KeySource::Given(key) => Ok(key.clone()),
    }
}

/// What the database recognises its key by; nothing for a new database.
async fn check_value(database: &Database) -> Result<Option<Vec<u8>>, StoreError> {
    let has_table = database.dialect().has_key_table;
    Ok(reading!(database, |pool| {
        let tables: i64 = sqlx::query_scalar(has_table).fetch_one(pool).await?;
        if tables == 0 {
            return Ok(None);
        }
        sqlx::query_scalar("SELECT check_value FROM store_key WHERE id = 1")
            .fetch_optional(pool)
            .await?
    }))
}

/// Ties a new database to its key. Of two programs that start at once with
/// different keys, the second is refused.
async fn claim(database: &Database, keys: &Keys) -> Result<(), StoreError> {
    let kept: Vec<u8> = writing!(database, |tx| {
        sqlx::query(
            "INSERT INTO store_key (id, check_value) VALUES (1, $1) ON CONFLICT (id) DO NOTHING",
        )
        .bind(keys.check_value())
        .execute(&mut *tx)
        .await?;
        sqlx::query_scalar("SELECT check_value FROM store_key WHERE id = 1")
            .fetch_one(&mut *tx)
            .await?
    });
    if keys.fits(&kept) {
        Ok(())
    } else {
        Err(StoreError::WrongKey)
    }
}
