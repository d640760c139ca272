//! `foreword services export`.

use std::{
    fs::{self, File},
    io::{self, BufWriter},
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

use clap::{Args, ValueEnum};

use super::super::{Stop, StoreArgs, load_pack, serve};
use crate::{
    directory::{
        Directory,
        open_referral::{Feed, export},
    },
    store::{KeptRecord, Store},
};

/// Arguments of `foreword services export`.
#[derive(Debug, Args)]
pub(super) struct ExportArgs {
    /// What to write.
    #[arg(long, value_enum, default_value_t = Form::Json)]
    format: Form,

    /// File to write, or for `csv` and `csv-uk` the folder; it must not be there yet.
    /// Without it, JSON goes to standard output.
    #[arg(long, value_name = "PATH")]
    to: Option<PathBuf>,

    #[command(flatten)]
    store: StoreArgs,
}

/// The forms of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// One page with every service.
    Json,
    /// One service a line.
    Ndjson,
    /// The tabular data package, with HSDS's file names.
    Csv,
    /// The same, with the UK profile's names: attribute.csv, address.csv, schedule.csv.
    CsvUk,
}

pub(super) fn run(content: Option<&Path>, args: &ExportArgs) -> Result<ExitCode, Stop> {
    let pack = load_pack(content)?;
    let directory = whole(pack.directory.now(), &args.store)?;
    let feed = Feed::of(directory);
    let spelling = match args.format {
        Form::CsvUk => export::Spelling::UkProfile,
        Form::Json | Form::Ndjson | Form::Csv => export::Spelling::Hsds,
    };
    let done = match (&args.to, args.format) {
        (None, Form::Csv | Form::CsvUk) => {
            return Err(Stop::fault("say with --to which folder to write"));
        }
        (Some(folder), Form::Csv | Form::CsvUk) => {
            let make = |name: &str| File::create_new(folder.join(name)).map(BufWriter::new);
            fs::create_dir(folder).and_then(|()| export::package(&feed, spelling, make))
        }
        (Some(file), form) => {
            File::create_new(file).and_then(|to| text(&feed, form, BufWriter::new(to)))
        }
        (None, form) => text(&feed, form, io::stdout().lock()),
    };
    match done {
        // A reader that has gone away is not a fault.
        Err(e) if args.to.is_none() && e.kind() == io::ErrorKind::BrokenPipe => {}
        Err(e) => {
            let to = args.to.as_deref().unwrap_or(Path::new("standard output"));
            return Err(Stop::fault(format!("cannot write {}: {e}", to.display())));
        }
        Ok(()) => {}
    }
    eprintln!(
        "{} services written; what is for authors only was left out.",
        feed.len()
    );
    Ok(ExitCode::SUCCESS)
}

fn text(feed: &Feed, form: Form, to: impl io::Write) -> io::Result<()> {
    match form {
        Form::Ndjson => export::ndjson(feed, to),
        Form::Json | Form::Csv | Form::CsvUk => export::json(feed, to),
    }
}

/// The directory with what editors and imports changed, where there is a database.
fn whole(folder: Arc<Directory>, args: &StoreArgs) -> Result<Arc<Directory>, Stop> {
    if args.database.is_none() && !args.data_dir.exists() {
        return Ok(folder);
    }
    let settings = serve::store_settings(args);
    serve::runtime()?.block_on(async {
        let store = Store::open(&settings).await.map_err(Stop::fault)?;
        let kept = store.directory_records().await;
        store.close().await;
        let kept = kept.map_err(Stop::fault)?.into_iter();
        Ok(Arc::new(
            folder.with_records(kept.map(KeptRecord::dated).collect()),
        ))
    })
}
