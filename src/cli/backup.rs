//! `foreword backup` and `foreword restore`: everything in one encrypted file, and back,
//! with the keys of reports in a second one.
//!
//! Here: the commands, and the files they read and write. Not here: what a backup holds
//! (`store::backup`).

use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufReader, BufWriter, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
    process::ExitCode,
};

use chrono::Utc;
use clap::{Args, Subcommand};

use super::{Stop, StoreArgs, print, serve};
use crate::store::{
    BackupContents, BackupKey, BackupRecipient, DATABASE_FILE, KEY_FILE, KeysFile, Store,
    keys_file_of,
};

/// Files of the data folder up to this size are backed up; a larger one is a table of
/// postcodes, which is loaded again.
const SMALL: u64 = 1024 * 1024;

/// Arguments of `foreword backup`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(super) struct BackupArgs {
    #[command(subcommand)]
    action: Option<BackupAction>,

    /// File to write. It must not be there yet. Beside it the keys of reports are written
    /// into foreword-….keys, in place of those before: keep backups as long as you like,
    /// and of that file only the newest. Without its key, a report erased since stays
    /// closed in every older backup.
    #[arg(long, value_name = "FILE", required = true)]
    to: Option<PathBuf>,

    /// Public key that the backup is for, age1…; give it as often as there are keys that
    /// may open it.
    #[arg(long, value_name = "KEY", required = true)]
    recipient: Vec<String>,

    #[command(flatten)]
    store: StoreArgs,
}

#[derive(Debug, Subcommand)]
enum BackupAction {
    /// Make a key pair: the private key goes into a file, which is to be kept apart from
    /// the backups; the public one is printed.
    Key {
        /// File to write. It must not be there yet.
        file: PathBuf,
    },
}

/// Arguments of `foreword restore`.
#[derive(Debug, Args)]
pub(super) struct RestoreArgs {
    /// The backup.
    file: PathBuf,

    /// File with the private key that opens it.
    #[arg(long, value_name = "FILE")]
    identity: PathBuf,

    /// File with the keys of reports, the newest there is: foreword-….keys beside the backup
    /// where nothing is said. Reports erased since the backup are left out.
    #[arg(long, value_name = "FILE")]
    keys: Option<PathBuf>,

    #[command(flatten)]
    store: StoreArgs,
}

pub(super) fn run(args: &BackupArgs) -> Result<ExitCode, Stop> {
    if let Some(BackupAction::Key { file }) = &args.action {
        return make_key(file);
    }
    let Some(to) = &args.to else {
        return Err(Stop::fault("say with --to which file to write"));
    };
    let parsed = args.recipient.iter().map(|text| text.parse());
    let recipients: Vec<BackupRecipient> = parsed.collect::<Result<_, _>>().map_err(Stop::fault)?;
    args.store.must_be_there()?;
    if to.exists() {
        return Err(about(to, "it is there already, and is not written over"));
    }
    let making = beside(to, ".part");
    let out = private(&making)?;
    let files = small_files(&args.store.data_dir)?;
    let settings = serve::store_settings(&args.store);
    let done = serve::runtime()?.block_on(async {
        let store = Store::open(&settings).await.map_err(Stop::fault)?;
        let mut out = BufWriter::new(out);
        let made = store.back_up(&settings, &files, &recipients, &mut out, Utc::now());
        let made = made.await.map_err(Stop::fault);
        store.close().await;
        let (made, keys) = made?;
        let written = out.flush().and_then(|()| out.get_ref().sync_all());
        written.map_err(|e| about(&making, e))?;
        // First: newer keys open an older backup, and not the other way round.
        put_keys(&to.with_file_name(&keys.name), &keys)?;
        fs::rename(&making, to).map_err(|e| about(to, e))?;
        Ok((made, keys))
    });
    match done {
        Ok((made, keys)) => {
            print(&format!(
                "Backed up {}.\nThe keys of reports are in {} beside it: of that, keep only the newest.\n",
                told(&made),
                keys.name
            ))?;
            Ok(ExitCode::SUCCESS)
        }
        Err(stop) => {
            let _ = fs::remove_file(&making);
            Err(stop)
        }
    }
}

pub(super) fn run_restore(args: &RestoreArgs) -> Result<ExitCode, Stop> {
    let text = fs::read_to_string(&args.identity).map_err(|e| about(&args.identity, e))?;
    let key = BackupKey::from_file_text(&text).map_err(Stop::fault)?;
    let file = File::open(&args.file).map_err(|e| about(&args.file, e))?;
    let keys = keys_for(args, &key)?;
    let settings = serve::store_settings(&args.store);
    let restored = serve::runtime()?.block_on(async {
        let (file, now) = (BufReader::new(file), Utc::now());
        let restoring = Store::restore(&settings, file, keys.as_deref(), &key, now);
        restoring.await.map_err(Stop::fault)
    })?;
    let left_out = match restored.left_out {
        0 => String::new(),
        1 => "Left out 1 report of them, which was erased since.\n".to_owned(),
        several => format!("Left out {several} reports of them, which were erased since.\n"),
    };
    print(&format!(
        "Restored {}, as they were on {} (UTC).\n{left_out}Prove it with `foreword audit verify`.\n",
        told(&restored),
        restored.made_at.format("%-d %B %Y, %H:%M")
    ))?;
    Ok(ExitCode::SUCCESS)
}

/// The keys of reports: in the file that was named, or in the one beside the backup.
fn keys_for(args: &RestoreArgs, key: &BackupKey) -> Result<Option<Vec<u8>>, Stop> {
    if let Some(keys) = &args.keys {
        return fs::read(keys).map(Some).map_err(|e| about(keys, e));
    }
    let file = File::open(&args.file).map_err(|e| about(&args.file, e))?;
    let name = keys_file_of(BufReader::new(file), key).map_err(Stop::fault)?;
    let Some(keys) = name.map(|name| args.file.with_file_name(name)) else {
        return Ok(None);
    };
    match fs::read(&keys) {
        Ok(bytes) => Ok(Some(bytes)),
        // The store says what is missing.
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(about(&keys, e)),
    }
}

/// Writes the keys of reports in place of those of the backup before.
fn put_keys(file: &Path, keys: &KeysFile) -> Result<(), Stop> {
    let making = beside(file, ".part");
    let _ = fs::remove_file(&making);
    let mut out = private(&making)?;
    let written = out.write_all(&keys.bytes).and_then(|()| out.sync_all());
    written.map_err(|e| about(&making, e))?;
    fs::rename(&making, file).map_err(|e| about(file, e))
}

fn make_key(file: &Path) -> Result<ExitCode, Stop> {
    let key = BackupKey::random();
    let mut out = private(file)?;
    let written = out.write_all(key.file_text().as_bytes());
    written
        .and_then(|()| out.sync_all())
        .map_err(|e| about(file, e))?;
    print(&format!("{}\n", key.recipient()))?;
    Ok(ExitCode::SUCCESS)
}

/// How much is in a backup.
fn told(contents: &BackupContents) -> String {
    let of = |table: &str| contents.rows.get(table).copied().unwrap_or(0);
    let rows: u64 = contents.rows.values().sum();
    format!(
        "{} reports, {} accounts and {} acts of the audit trail ({rows} rows in all, {} files)",
        of("report"),
        of("account"),
        of("audit"),
        contents.files.len()
    )
}

/// The small files of the data folder, such as recorded commencements: neither the
/// database nor its key, which a backup holds in its own way.
fn small_files(data: &Path) -> Result<Vec<(String, Vec<u8>)>, Stop> {
    let mut files = Vec::new();
    let Ok(entries) = fs::read_dir(data) else {
        return Ok(files);
    };
    for entry in entries.flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        let Some(name) = name.to_str() else { continue };
        let ours = name.starts_with(DATABASE_FILE)
            || name == KEY_FILE
            // Of the keys of reports none but the newest are kept, so they are in no backup.
            || path.extension().is_some_and(|ends| ends == "lock" || ends == "keys");
        let Ok(about_it) = entry.metadata() else {
            continue;
        };
        if ours || !about_it.is_file() {
            continue;
        }
        if about_it.len() > SMALL {
            eprintln!("Left out {name}: it is large, and can be loaded again.");
            continue;
        }
        let bytes = fs::read(&path).map_err(|e| about(&path, e))?;
        files.push((name.to_owned(), bytes));
    }
    files.sort();
    Ok(files)
}

/// A new file that only this user can read.
fn private(file: &Path) -> Result<File, Stop> {
    let mut options = OpenOptions::new();
    let options = options.write(true).create_new(true).mode(0o600);
    options.open(file).map_err(|e| about(file, e))
}

fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.to_owned().into_os_string();
    name.push(ending);
    name.into()
}

fn about(file: &Path, reason: impl std::fmt::Display) -> Stop {
    Stop::fault(format!("{} cannot be used: {reason}", file.display()))
}
