//! `foreword geography load`: the full ONS Postcode Directory, once downloaded, as the
//! small file that the program uses from then on.
//!
//! Lives here: opening, progress, writing, and picking the file up at a start. Not here:
//! what is read or kept (`directory::geography`).

use std::{
    fs::{self, DirBuilder, File},
    io::{self, Write as _},
    os::unix::fs::DirBuilderExt as _,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Args, Subcommand};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{Stop, load_pack, print};
use crate::{directory::Postcodes, pack::Pack};

/// What the file is called in the data folder.
const FILE: &str = "postcodes.fwp";

/// Arguments of `foreword geography`.
#[derive(Debug, Args)]
pub(super) struct GeographyArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Load the ONS Postcode Directory, so that a district's authorities are counted
    /// rather than sampled, and a whole postcode gives its one authority.
    ///
    /// Download the latest “ONS Postcode Directory” from the Open Geography portal of
    /// the Office for National Statistics, unpack it, and give the CSV file of its Data
    /// folder. Load each new release the same way; a server picks it up at its next
    /// start. Where several servers share a database, load it for each.
    Load(LoadArgs),
}

#[derive(Debug, Args)]
struct LoadArgs {
    /// The CSV file of the Data folder, such as `ONSPD_MAY_2025_UK.csv`.
    file: PathBuf,

    /// Where to write what is kept, if not in the data folder.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,

    #[command(flatten)]
    data: DataFolder,
}

/// Where the loaded file lies.
#[derive(Debug, Args)]
pub(super) struct DataFolder {
    /// Folder of the database, in which the postcode directory is kept too.
    #[arg(
        long,
        env = "FOREWORD_DATA",
        value_name = "FOLDER",
        default_value = "data"
    )]
    pub(super) data_dir: PathBuf,
}

pub(super) fn run(content: Option<&Path>, args: &GeographyArgs) -> Result<ExitCode, Stop> {
    let Action::Load(args) = &args.action;
    let directory = load_pack(content)?.directory.now();
    let cannot = |e: io::Error| Stop::fault(format!("cannot read {}: {e}", args.file.display()));
    let file = File::open(&args.file).map_err(cannot)?;
    let about = file.metadata().map_err(cannot)?;
    if about.is_dir() {
        return Err(Stop::fault(format!(
            "{} is a folder; give the CSV file in it",
            args.file.display()
        )));
    }
    let bar = progress(about.len());
    let name = args.file.file_name().unwrap_or_default().to_string_lossy();
    let read = directory
        .geography()
        .read_postcodes(&name, file, |bytes| bar.set_position(bytes));
    bar.finish_and_clear();
    let (postcodes, report) =
        read.map_err(|e| Stop::fault(format!("{} was not loaded: {e}", args.file.display())))?;
    let out = match &args.out {
        Some(out) => out.clone(),
        None => args.data.data_dir.join(FILE),
    };
    write(&out, &postcodes.to_bytes())
        .map_err(|e| Stop::fault(format!("cannot write {}: {e}", out.display())))?;
    print(&format!("{report}Written to {}.\n", out.display()))?;
    Ok(ExitCode::SUCCESS)
}

/// Lays the loaded postcode directory under the services, where there is one.
pub(super) fn use_loaded(pack: &mut Pack, data_dir: &Path) -> Result<(), Stop> {
    let file = data_dir.join(FILE);
    let bytes = match fs::read(&file) {
        Ok(bytes) => bytes,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(e) => return Err(Stop::fault(format!("cannot read {}: {e}", file.display()))),
    };
    let postcodes = Postcodes::from_bytes(&bytes).map_err(|e| {
        Stop::fault(format!(
            "{} cannot be used: {e}. Load the postcode directory again, or remove the file",
            file.display()
        ))
    })?;
    eprintln!(
        "Using {} postcodes of {}.",
        postcodes.len(),
        postcodes.made_from
    );
    pack.use_postcodes(postcodes);
    Ok(())
}

/// All of it or nothing: a server that starts meanwhile finds the old file or the new.
fn write(out: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = out.parent() {
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)?;
    }
    let mut part = out.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    let mut file = File::create(&part)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&part, out)
}

/// A bar on standard error, where that is a terminal.
fn progress(bytes: u64) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(bytes), ProgressDrawTarget::stderr_with_hz(5));
    // A template that does not fit leaves the plain bar.
    if let Ok(style) =
        ProgressStyle::with_template("{bar:40} {bytes} of {total_bytes}, {eta} to go")
    {
        bar.set_style(style);
    }
    bar
}
