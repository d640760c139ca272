//! A data folder of its own, the program, and a look into its database.

use std::{
    path::PathBuf,
    process::{Command, Stdio},
};

use serde_json::Value;
use sqlx::{AssertSqlSafe, SqlitePool};
use tempfile::TempDir;

pub struct Bed {
    pub folder: TempDir,
}

/// What the program said.
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Said {
    /// The report, printed as JSON.
    #[track_caller]
    pub fn report(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {}{}", self.out, self.err))
    }

    /// Fails unless it stopped with this code and said each of these.
    #[track_caller]
    pub fn stopped(&self, code: i32, words: &[&str]) {
        assert_eq!(self.code, code, "{}{}", self.out, self.err);
        for word in words {
            assert!(self.err.contains(word), "{word:?} is not in: {}", self.err);
        }
        assert!(!self.err.contains("panicked"), "{}", self.err);
    }
}

impl Bed {
    pub fn new() -> Self {
        Self {
            folder: TempDir::new().unwrap(),
        }
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A file with this in it.
    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_foreword"));
        command
            .arg("services")
            .args(args)
            .env("FOREWORD_DATA", self.data())
            .env_remove("FOREWORD_FEED_HOSTS")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    pub fn run(&self, args: &[&str]) -> Said {
        let output = self.command(args).output().unwrap();
        Said {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Imports with the report as JSON.
    pub fn import(&self, from: &str, more: &[&str]) -> Said {
        let args = [&["import", from, "--json"], more].concat();
        self.run(&args)
    }

    /// How many rows a table has: records, changes, rows put aside.
    pub fn count(&self, table: &str) -> i64 {
        let url = format!("sqlite://{}", self.data().join("foreword.db").display());
        let statement = AssertSqlSafe(format!("SELECT COUNT(*) FROM {table}"));
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            let pool = SqlitePool::connect(&url).await.unwrap();
            let count = sqlx::query_scalar(statement)
                .fetch_one(&pool)
                .await
                .unwrap();
            pool.close().await;
            count
        })
    }

    /// Fails unless so many records are kept, each with one change, and nothing is left
    /// over. A database that was never made holds none.
    #[track_caller]
    pub fn has(&self, records: i64) {
        if records == 0 && !self.data().join("foreword.db").exists() {
            return;
        }
        assert_eq!(self.count("directory_record"), records);
        assert_eq!(self.count("directory_change"), records);
        assert_eq!(self.count("directory_incoming"), 0);
        assert_eq!(self.count("directory_run"), 0);
    }
}
