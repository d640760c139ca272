//! A throw-away PostgreSQL cluster for tests, and a database in it for each test.
//!
//! One cluster serves every test process of this checkout at once, whether tests run
//! as threads (`cargo test`) or as processes (`cargo nextest`). It listens on a socket
//! in a private folder only, so nothing of the machine's own PostgreSQL is touched.
//!
//! How it ends: every test process holds a shared lock on the file `users` for as long
//! as it lives, however it dies. A small shell loop waits until nobody has held it for
//! ten seconds, then stops the cluster and removes its data.
//!
//! Nothing is skipped: where a program is missing, the test fails and names the line
//! that installs it.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test without its database must fail"
)]

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    os::unix::{
        fs::{DirBuilderExt as _, MetadataExt as _},
        process::CommandExt as _,
    },
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::OnceLock,
    time::SystemTime,
};

use sha2::{Digest as _, Sha256};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection, migrate::Migrator};

static MIGRATIONS: Migrator = sqlx::migrate!("migrations/postgres");

const INSTALL: &str = "sudo apt-get install -y postgresql";
pub(super) const USER: &str = "foreword";

/// The running cluster. Holding it keeps it running.
struct Cluster {
    folder: PathBuf,
    _user: File,
}

/// The address of a new database with all tables and no rows.
pub async fn database() -> String {
    let cluster = cluster();
    let template = cluster.template().await;
    cluster.create(&format!("TEMPLATE {template}")).await
}

/// The address of a new database without any table.
pub async fn empty_database() -> String {
    cluster().create("TEMPLATE template0").await
}

fn cluster() -> &'static Cluster {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    CLUSTER.get_or_init(Cluster::join)
}

impl Cluster {
    /// Joins the users of the running cluster, or starts it.
    fn join() -> Self {
        let checkout = short(Sha256::digest(env!("CARGO_MANIFEST_DIR")).as_ref());
        let uid = fs::metadata("/proc/self").map_or(0, |process| process.uid());
        let folder = std::env::temp_dir().join(format!("foreword-postgres-{uid}-{checkout}"));
        DirBuilder::new()
            .recursive(true)
            .mode(0o755)
            .create(&folder)
            .expect("a folder for the cluster");

        let user = lock_file(&folder.join("users"));
        user.lock_shared().expect("a share in the cluster");
        user.set_modified(SystemTime::now()).expect("a time stamp");

        let starting = lock_file(&folder.join("starting"));
        starting.lock().expect("the right to start the cluster");
        let postgres = Postgres::in_folder(folder.join("data"));
        if !postgres.is_running() {
            postgres.start();
        }
        postgres.watch(&folder);
        Self {
            folder,
            _user: user,
        }
    }

    fn address(&self, database: &str) -> String {
        let socket = self.folder.join("data");
        format!(
            "postgres://{USER}@localhost/{database}?host={}",
            socket.display()
        )
    }

    async fn connect(&self, database: &str) -> PgConnection {
        PgConnection::connect(&self.address(database))
            .await
            .expect("the test cluster answers")
    }

    /// A database with every migration applied, made once for each state of the
    /// migrations.
    async fn template(&self) -> String {
        let mut state = Sha256::new();
        MIGRATIONS.iter().for_each(|m| state.update(&m.checksum));
        let state = short(state.finalize().as_ref());
        let name = format!("template_{state}");

        let making = lock_file(&self.folder.join("template"));
        making.lock().expect("the right to make the template");
        let mut postgres = self.connect("postgres").await;
        let there: bool =
            sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1)")
                .bind(&name)
                .fetch_one(&mut postgres)
                .await
                .unwrap();
        if !there {
            let half_made = format!("making_{state}");
            for statement in [
                format!("DROP DATABASE IF EXISTS {half_made}"),
                format!("CREATE DATABASE {half_made} TEMPLATE template0"),
            ] {
                postgres.execute(AssertSqlSafe(statement)).await.unwrap();
            }
            let mut inside = self.connect(&half_made).await;
            MIGRATIONS.run(&mut inside).await.unwrap();
            inside.close().await.unwrap();
            let done = format!("ALTER DATABASE {half_made} RENAME TO {name}");
            postgres.execute(AssertSqlSafe(done)).await.unwrap();
        }
        name
    }

    async fn create(&self, from: &str) -> String {
        let name = format!("test_{}", uuid::Uuid::new_v4().simple());
        let statement = format!("CREATE DATABASE {name} {from}");
        self.connect("postgres")
            .await
            .execute(AssertSqlSafe(statement))
            .await
            .unwrap();
        self.address(&name)
    }
}

/// The cluster's programs, run as the user they insist on.
pub(super) struct Postgres {
    bin: PathBuf,
    pub(super) data: PathBuf,
    root: bool,
}

impl Postgres {
    /// A cluster that is to live in this folder.
    pub(super) fn in_folder(data: PathBuf) -> Self {
        let uid = fs::metadata("/proc/self").map_or(0, |process| process.uid());
        Self {
            bin: programs(),
            data,
            root: uid == 0,
        }
    }

    fn is_running(&self) -> bool {
        self.data.join("postmaster.pid").exists()
            && self
                .command("pg_ctl", &["status"])
                .output()
                .is_ok_and(|o| o.status.success())
    }

    fn start(&self) {
        self.make();
        self.run(
            "-c fsync=off -c synchronous_commit=off -c full_page_writes=off \
             -c max_connections=400",
        );
    }

    /// Makes an empty cluster.
    pub(super) fn make(&self) {
        let _ = fs::remove_dir_all(&self.data);
        let data = self.data.display().to_string();
        // PostgreSQL refuses to run as root and to use a folder that is not its own.
        let owner: &[&str] = if self.root { &["-o", "postgres"] } else { &[] };
        let mut make = Command::new("install");
        must_succeed(make.args(["-d", "-m", "0700"]).args(owner).arg(&data));
        must_succeed(&mut self.command(
            "initdb",
            &[
                "-U",
                USER,
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync",
            ],
        ));
    }

    /// Starts the server, reachable through its own folder only.
    pub(super) fn run(&self, settings: &str) {
        let data = self.data.display().to_string();
        let options =
            format!("-c listen_addresses='' -c unix_socket_directories='{data}' {settings}");
        let log = format!("{data}/log");
        must_succeed(&mut self.command("pg_ctl", &["start", "-w", "-l", &log, "-o", &options]));
    }

    /// Leaves behind the loop that stops the cluster when nobody needs it. Where one
    /// is running already, this one ends at once.
    fn watch(&self, folder: &Path) {
        let run_as = if self.root {
            "runuser -u postgres --"
        } else {
            ""
        };
        let stop = format!(
            "{run_as} {} stop -m immediate -D {}",
            self.bin.join("pg_ctl").display(),
            self.data.display()
        );
        let script = r#"
            cd /
            flock --nonblock "$1/watching" sh -c '
                while sleep 2; do
                    flock --nonblock --exclusive "$1/users" sh -c "
                        find \"$1/users\" -newermt \"10 seconds ago\" | grep -q . && exit 1
                        $2; rm -rf \"$1/data\"
                    " && exit 0
                done' sh "$1" "$2" &
        "#;
        let mut shell = Command::new("sh");
        shell.args(["-c", script, "sh"]).arg(folder).arg(stop);
        // A group of its own: stopping the tests must not stop their clearing up.
        let started = shell
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        started.expect("a shell to watch the cluster");
    }

    pub(super) fn command(&self, program: &str, arguments: &[&str]) -> Command {
        let program = self.bin.join(program);
        let mut command = if self.root {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command
            .arg("-D")
            .arg(&self.data)
            .args(arguments)
            .current_dir("/")
            .stdin(Stdio::null());
        command
    }
}

/// The folder of the newest `initdb`, from the path or from where Debian keeps it.
fn programs() -> PathBuf {
    let on_path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|version| version.path().join("bin"))
        .collect();
    folders.sort_by_key(|bin| {
        let version = bin.parent().and_then(Path::file_name);
        std::cmp::Reverse(version.and_then(|v| v.to_str()?.parse::<u32>().ok()))
    });
    std::env::split_paths(&on_path)
        .chain(folders)
        .find(|folder| folder.join("initdb").exists() && folder.join("pg_ctl").exists())
        .unwrap_or_else(|| {
            panic!(
                "PostgreSQL is not installed, and these tests need it. Install it with: {INSTALL}"
            )
        })
}

pub(super) fn must_succeed(command: &mut Command) {
    // Files, not pipes: the server inherits what `pg_ctl` had and would hold a pipe
    // open for as long as it runs.
    let said = tempfile::tempfile().expect("a temporary file");
    let (out, err) = (said.try_clone().unwrap(), said.try_clone().unwrap());
    let status = command.stdout(out).stderr(err).status();
    if !status.as_ref().is_ok_and(std::process::ExitStatus::success) {
        use std::io::{Read as _, Seek as _};
        let mut text = String::new();
        let mut said = said;
        let _ = said.rewind().and_then(|()| said.read_to_string(&mut text));
        panic!(
            "{command:?} failed ({status:?}): {text}\nIf a program is missing, install it with: {INSTALL}"
        );
    }
}

/// The start of a hash, for a name.
fn short(hash: &[u8]) -> String {
    let start = hash.first_chunk().copied().unwrap_or_default();
    format!("{:016x}", u64::from_be_bytes(start))
}

fn lock_file(path: &Path) -> File {
    OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(path)
        .unwrap_or_else(|e| panic!("{} cannot be opened: {e}", path.display()))
}
