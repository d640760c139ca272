//! A PostgreSQL cluster that keeps what it says it keeps, as one in use does: to be
//! stopped as if the power had gone. The shared one (`postgres`) trades that for speed.

use std::{fs, os::unix::fs::PermissionsExt as _};

use super::postgres::{Postgres, USER, must_succeed};

/// A running cluster of one test's own, with one database.
pub struct DurableCluster {
    postgres: Postgres,
    _folder: tempfile::TempDir,
}

impl DurableCluster {
    pub fn start() -> Self {
        let folder = tempfile::TempDir::new().expect("a temporary folder");
        let open = fs::Permissions::from_mode(0o755);
        fs::set_permissions(folder.path(), open).expect("a folder that the server may enter");
        let postgres = Postgres::in_folder(folder.path().join("data"));
        postgres.make();
        postgres.run("");
        Self {
            postgres,
            _folder: folder,
        }
    }

    /// The address of its one database.
    pub fn address(&self) -> String {
        let socket = self.postgres.data.display();
        format!("postgres://{USER}@localhost/postgres?host={socket}")
    }

    /// Stops every process of the server without letting any finish.
    pub fn stop_at_once(&self) {
        must_succeed(
            &mut self
                .postgres
                .command("pg_ctl", &["stop", "-m", "immediate"]),
        );
    }

    /// Starts it on what it left, so that it has to recover.
    pub fn start_again(&self) {
        self.postgres.run("");
    }
}

impl Drop for DurableCluster {
    fn drop(&mut self) {
        let _ = self
            .postgres
            .command("pg_ctl", &["stop", "-m", "immediate"])
            .output();
    }
}
