//! The commands. Each is a file of its own that reads its arguments, calls the rooms,
//! and says in one sentence what went wrong.
//!
//! To add a command: a variant in [`Command`], whose doc comment is its help, and a
//! file with its `run`.

mod audit;
mod backup;
mod cases;
mod check;
mod content;
mod draft;
mod geography;
mod law;
mod openid;
mod schema;
mod serve;
mod services;
mod user;
mod verify;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Args, Parser, Subcommand};

use crate::{
    content::{ContentError, ContentFiles},
    pack::Pack,
};

/// Foreword helps a court report author write a pre-sentence report on a woman.
///
/// It drafts; the author decides. Law and services are as at the dates it shows.
#[derive(Debug, Parser)]
#[command(name = "foreword", version, max_term_width = 90)]
struct Cli {
    /// Folder that holds report-templates/ and service-directory/, in place of the
    /// content built into the program.
    #[arg(long, global = true, env = "FOREWORD_CONTENT", value_name = "FOLDER")]
    content: Option<PathBuf>,

    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the web pages. This is what `foreword` alone does.
    Serve(serve::ServeArgs),
    /// Draft the report of a case file.
    Draft(draft::DraftArgs),
    /// Check a case file: law, practicability, safety, what is missing.
    Check(check::CheckArgs),
    /// Check a folder of content, preview the reports it makes, or copy the built-in
    /// content to begin from.
    Content(content::ContentArgs),
    /// Search the directory of services.
    Services(services::ServicesArgs),
    /// Load the full ONS Postcode Directory.
    Geography(geography::GeographyArgs),
    /// Record that a section of an Act commenced, or take that back.
    Law(law::LawArgs),
    /// Print the JSON Schema of the case file.
    Schema,
    /// Say whether a Word document is one that was signed here, byte for byte.
    Verify(verify::VerifyArgs),
    /// Manage accounts: report authors and directory editors.
    User(user::UserArgs),
    /// Prove the audit trail whole, or write it out.
    Audit(audit::AuditArgs),
    /// Write everything into one file, encrypted to a public key; the service may go on
    /// running meanwhile.
    Backup(backup::BackupArgs),
    /// Make the database anew from a backup, in an empty place.
    Restore(backup::RestoreArgs),
}

/// Where the database and its key are.
#[derive(Debug, Clone, Args)]
struct StoreArgs {
    /// Folder for the database and its key; made if it is not there.
    #[arg(
        long,
        env = "FOREWORD_DATA",
        value_name = "FOLDER",
        default_value = "data"
    )]
    data_dir: PathBuf,

    /// PostgreSQL database to use in place of the embedded one.
    #[arg(
        long,
        env = "FOREWORD_DATABASE",
        value_name = "URL",
        hide_env_values = true
    )]
    database: Option<String>,

    /// File that holds the encryption key, when it is kept outside the data folder.
    #[arg(long, env = "FOREWORD_KEY_FILE", value_name = "FILE")]
    key_file: Option<PathBuf>,
}

impl StoreArgs {
    /// Refuses a place where there is no database, for what only looks.
    fn must_be_there(&self) -> Result<(), Stop> {
        if self.database.is_some() || self.data_dir.exists() {
            return Ok(());
        }
        Err(Stop::fault(format!(
            "there is no folder {}; say with --data-dir where the reports are kept",
            self.data_dir.display()
        )))
    }
}

/// Why a command stopped: the sentence for standard error, and the exit code.
#[derive(Debug)]
struct Stop {
    sentence: String,
    code: u8,
}

impl Stop {
    /// A fault the person can mend: exit code 2.
    fn fault(sentence: impl std::fmt::Display) -> Self {
        Self {
            sentence: sentence.to_string(),
            code: 2,
        }
    }
}

/// Reads the command line, runs one command, and gives the exit code: 0 for done, 1
/// for a check that blocks, 2 for a fault.
#[must_use]
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let content = cli.content.as_deref();
    let command = cli
        .command
        .unwrap_or_else(|| Command::Serve(serve::ServeArgs::from_environment()));
    let done = match command {
        Command::Serve(args) => serve::run(content, &args),
        Command::Draft(args) => draft::run(content, &args),
        Command::Check(args) => check::run(content, &args),
        Command::Content(args) => content::run(content, &args),
        Command::Services(args) => services::run(content, &args),
        Command::Geography(args) => geography::run(content, &args),
        Command::Law(args) => law::run(content, &args),
        Command::Schema => schema::run(content),
        Command::Verify(args) => verify::run(&args),
        Command::User(args) => user::run(content, &args),
        Command::Audit(args) => audit::run(&args),
        Command::Backup(args) => backup::run(&args),
        Command::Restore(args) => backup::run_restore(&args),
    };
    match done {
        Ok(code) => code,
        Err(stop) => {
            eprintln!("foreword: {}", stop.sentence);
            ExitCode::from(stop.code)
        }
    }
}

/// The content pack, from a folder or from the program itself.
fn load_pack(content: Option<&Path>) -> Result<Pack, Stop> {
    let files = match content {
        Some(folder) => ContentFiles::from_folder(folder),
        None => ContentFiles::embedded(),
    };
    let files = files.map_err(Stop::fault)?;
    Pack::load(&files).map_err(|faults| {
        let lines: Vec<String> = faults.iter().map(ContentError::to_string).collect();
        Stop::fault(format!(
            "the content cannot be used; mend these and start again:\n  {}",
            lines.join("\n  ")
        ))
    })
}

/// Writes to standard output; a reader that has gone away is not a fault.
fn print(text: &str) -> Result<(), Stop> {
    use std::io::Write;
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Stop::fault(format!("cannot write to standard output: {e}")))
        }
        _ => Ok(()),
    }
}
