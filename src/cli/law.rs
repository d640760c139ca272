//! `foreword law`: commencement dates that an administrator records, so that law which
//! had none when the pack was written applies from its day without a new release.
//!
//! Here: reading and writing the administrator's file. Not here: what a record does
//! (`sentencing`).

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use chrono::{NaiveDate, Utc};
use clap::{Args, Subcommand, ValueEnum};

use super::{Stop, load_pack, print};
use crate::{
    content::ContentError,
    pack::Pack,
    sentencing::{Commencement, DateTest, LawPack, commencements, commencements_text},
};

/// Name of the administrator's file in the data folder.
const FILE: &str = "commencements.toml";

/// Arguments of `foreword law`.
#[derive(Debug, Args)]
pub(super) struct LawArgs {
    /// Folder that Foreword keeps its database in; the records lie beside it.
    #[arg(
        long,
        global = true,
        env = "FOREWORD_DATA",
        value_name = "FOLDER",
        default_value = "data"
    )]
    data_dir: PathBuf,

    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List what is enacted and not commenced, and what has been recorded.
    List,
    /// Record that a section commenced. It applies from that day by its own date test,
    /// in this program and in one that is running.
    Commence {
        /// The section's code, as `foreword law list` shows it: `sa2026-s14`.
        code: String,
        /// First day it covers, as 2027-01-04.
        #[arg(long)]
        on: NaiveDate,
        /// The instrument that says so, such as "SI 2027/12 reg 2".
        #[arg(long)]
        source: String,
        /// Who records it; shown on the Law page.
        #[arg(long)]
        by: String,
        /// Which date of a case selects it, where the Act leaves that to the instrument.
        #[arg(long)]
        date_test: Option<Test>,
    },
    /// Take a record back. The section is then treated as not commenced again.
    Withdraw {
        /// The section's code.
        code: String,
    },
}

/// The date of a case that selects law.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Test {
    /// The day of conviction.
    Conviction,
    /// The last day of the offence.
    Offence,
    /// The day the order is made, whenever she offended or was convicted.
    Order,
}

impl From<Test> for DateTest {
    fn from(test: Test) -> Self {
        match test {
            Test::Conviction => Self::Conviction,
            Test::Offence => Self::Offence,
            Test::Order => Self::Order,
        }
    }
}

pub(super) fn run(content: Option<&Path>, args: &LawArgs) -> Result<ExitCode, Stop> {
    let pack = load_pack(content)?;
    let file = &file_in(&args.data_dir);
    let shipped = pack.law.now();
    match &args.action {
        Action::List => list(&pack, file)?,
        Action::Commence {
            code,
            on,
            source,
            by,
            date_test,
        } => {
            let mut records = kept(file)?;
            let again = records.iter().any(|r| r.code == *code);
            if again {
                return Err(Stop::fault(format!(
                    "{code} is already recorded; take it back first with `foreword law withdraw {code}`"
                )));
            }
            records.push(Commencement {
                code: code.clone(),
                on: Some(*on),
                source: source.clone(),
                date_test: date_test.map(DateTest::from),
                recorded_by: by.clone(),
                recorded_on: Some(Utc::now().date_naive()),
            });
            keep(&shipped, file, &records)?;
            print(&format!(
                "Recorded: {code} commenced on {on} ({source}). A running Foreword takes it up within seconds.\n"
            ))?;
        }
        Action::Withdraw { code } => {
            let mut records = kept(file)?;
            let before = records.len();
            records.retain(|r| r.code != *code);
            if records.len() == before {
                return Err(Stop::fault(format!("{code} is not recorded")));
            }
            keep(&shipped, file, &records)?;
            print(&format!(
                "Taken back: {code}. It is not applied any more.\n"
            ))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn list(pack: &Pack, file: &Path) -> Result<(), Stop> {
    lay(pack, file)?;
    let law = pack.law.now();
    let mut text = String::from("Enacted and not commenced as far as known:\n");
    for change in law.awaiting() {
        let _ = writeln!(text, "  {:<12} {}", change.id, change.title);
    }
    text.push_str("Recorded by an administrator:\n");
    for (change, record) in law.recorded() {
        let on = change.from.map(|d| d.to_string()).unwrap_or_default();
        let _ = writeln!(
            text,
            "  {:<12} {} from {on} ({})",
            change.id,
            change.title,
            record.words()
        );
    }
    if law.recorded().next().is_none() {
        text.push_str("  none\n");
    }
    print(&text)
}

fn kept(file: &Path) -> Result<Vec<Commencement>, Stop> {
    let text = text_of(file)?;
    commencements(&shown(file), &text).map_err(Stop::fault)
}

/// Writes the records, unless they would not be taken up.
fn keep(shipped: &LawPack, file: &Path, records: &[Commencement]) -> Result<(), Stop> {
    let text = commencements_text(records);
    shipped
        .with_commencements(&shown(file), &text)
        .map_err(|faults| {
            let reasons: Vec<&str> = faults.iter().map(|f| f.reason.as_str()).collect();
            Stop::fault(format!("nothing was recorded: {}", reasons.join("; ")))
        })?;
    let cannot = |e| Stop::fault(format!("cannot write {}: {e}", file.display()));
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).map_err(cannot)?;
    }
    // Written beside it and moved into place: a program that reads meanwhile sees all
    // of the old file or all of the new one.
    let beside = file.with_extension("toml.new");
    fs::write(&beside, text).map_err(cannot)?;
    fs::rename(&beside, file).map_err(cannot)
}

/// Lays what was recorded over the law of a pack.
pub(super) fn lay(pack: &Pack, file: &Path) -> Result<(), Stop> {
    let text = text_of(file)?;
    pack.law.lay(&shown(file), &text).map_err(|faults| {
        let lines: Vec<String> = faults.iter().map(ContentError::to_string).collect();
        Stop::fault(format!(
            "the recorded commencements cannot be used; mend these and start again:\n  {}",
            lines.join("\n  ")
        ))
    })
}

/// The text of the administrator's file; empty where there is none.
pub(super) fn text_of(file: &Path) -> Result<String, Stop> {
    match fs::read_to_string(file) {
        Ok(text) => Ok(text),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(String::new()),
        Err(e) => Err(Stop::fault(format!("cannot read {}: {e}", file.display()))),
    }
}

/// The file's name for messages: never the whole path, which would reach the Law page.
pub(super) fn shown(file: &Path) -> String {
    let name = file.file_name().unwrap_or(file.as_os_str());
    name.to_string_lossy().into_owned()
}

/// Where records are kept.
pub(super) fn file_in(data: &Path) -> PathBuf {
    data.join(FILE)
}

/// The same, for a command that opens no database: the data folder of the environment,
/// or the usual one.
pub(super) fn usual_file() -> PathBuf {
    let data = std::env::var_os("FOREWORD_DATA").map_or_else(|| "data".into(), PathBuf::from);
    file_in(&data)
}
