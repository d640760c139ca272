//! What the store is told when it opens: which database, which folder, which key.
//!
//! Here: the settings and the reading of a database address. Not here: reading flags
//! or the environment (`cli`). A new setting is a field with a docstring.

use std::{
    fmt,
    path::{Path, PathBuf},
    str::FromStr,
};

use sqlx::postgres::PgConnectOptions;

use super::{SecretKey, StoreError};

/// Name of the database file in the data folder.
pub const DATABASE_FILE: &str = "foreword.db";
/// Name of the key file in the data folder.
pub const KEY_FILE: &str = "foreword.key";

/// Where the key comes from.
#[derive(Debug, Clone)]
pub enum KeySource {
    /// `foreword.key` in the data folder, made with the database.
    DataFolder,
    /// A file that the operator keeps; never made by the program.
    File(PathBuf),
    /// A key given directly, such as from the environment.
    Given(SecretKey),
}

/// What the store needs to know to open.
#[derive(Clone)]
pub struct StoreSettings {
    /// `postgres://user:password@host/database`, or the path of an `SQLite` file;
    /// `foreword.db` in the data folder when absent.
    pub url: Option<String>,
    /// Folder for the database and its key; made when missing.
    pub data_dir: PathBuf,
    /// Where the key comes from.
    pub key: KeySource,
}

impl StoreSettings {
    /// The embedded database with its key, both in one folder.
    #[must_use]
    pub fn in_folder(data_dir: impl Into<PathBuf>) -> Self {
        Self {
            url: None,
            data_dir: data_dir.into(),
            key: KeySource::DataFolder,
        }
    }

    /// Which database is meant.
    pub(super) fn address(&self) -> Result<Address, StoreError> {
        let Some(url) = self.url.as_deref() else {
            return Ok(Address::Sqlite(self.data_dir.join(DATABASE_FILE)));
        };
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return PgConnectOptions::from_str(url)
                .map(|options| Address::Postgres(Box::new(options)))
                .map_err(|_| StoreError::AddressUnknown);
        }
        let path = url
            .strip_prefix("sqlite://")
            .or_else(|| url.strip_prefix("sqlite:"))
            .unwrap_or(url);
        if path.is_empty() || path.contains("://") {
            return Err(StoreError::AddressUnknown);
        }
        Ok(Address::Sqlite(Path::new(path).to_owned()))
    }
}

impl fmt::Debug for StoreSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let url = match self.address() {
            Ok(Address::Sqlite(file)) => file.display().to_string(),
            Ok(Address::Postgres(options)) => place_of(&options),
            Err(_) => "not understood".to_owned(),
        };
        f.debug_struct("StoreSettings")
            .field("url", &url)
            .field("data_dir", &self.data_dir)
            .field("key", &self.key)
            .finish()
    }
}

/// A database address, understood.
pub(super) enum Address {
    /// An `SQLite` file.
    Sqlite(PathBuf),
    /// A `PostgreSQL` database.
    Postgres(Box<PgConnectOptions>),
}

/// Host, port and database of a `PostgreSQL` address: never its password.
pub(super) fn place_of(options: &PgConnectOptions) -> String {
    let host = options.get_socket().map_or_else(
        || options.get_host().to_owned(),
        |socket| socket.display().to_string(),
    );
    let database = options.get_database().unwrap_or(options.get_username());
    format!("{host}:{}/{database}", options.get_port())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(url: Option<&str>) -> StoreSettings {
        StoreSettings {
            url: url.map(str::to_owned),
            ..StoreSettings::in_folder("data")
        }
    }

    #[test]
    fn a_path_means_sqlite_and_none_means_the_data_folder() {
        for (url, file) in [
            (None, "data/foreword.db"),
            (Some("other.db"), "other.db"),
            (Some("sqlite:other.db"), "other.db"),
            (Some("sqlite:///srv/other.db"), "/srv/other.db"),
        ] {
            let Ok(Address::Sqlite(path)) = settings(url).address() else {
                panic!("{url:?} is not understood as a file");
            };
            assert_eq!(path, Path::new(file));
        }
    }

    #[test]
    fn an_address_of_another_kind_is_refused() {
        for url in ["mysql://host/db", "", "sqlite:", "postgres://[::"] {
            assert!(matches!(
                settings(Some(url)).address(),
                Err(StoreError::AddressUnknown)
            ));
        }
    }

    #[test]
    fn settings_never_show_a_password() {
        let shown = format!(
            "{:?}",
            settings(Some("postgres://foreword:hunter2@db.example:5433/reports"))
        );
        assert!(shown.contains("db.example:5433/reports"));
        assert!(!shown.contains("hunter2"));
    }
}
