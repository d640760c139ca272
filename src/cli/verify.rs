//! `foreword verify`: whether a Word document is one that was signed here, byte for byte.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;

use super::{Stop, StoreArgs, print, serve};
use crate::store::{Store, hash_of};

/// The largest file looked at; a signed report has some tens of kilobytes.
const LARGEST: u64 = 50 * 1024 * 1024;

/// Arguments of `foreword verify`.
#[derive(Debug, Args)]
pub(super) struct VerifyArgs {
    /// The Word document.
    file: PathBuf,
    #[command(flatten)]
    store: StoreArgs,
}

pub(super) fn run(args: &VerifyArgs) -> Result<ExitCode, Stop> {
    let bytes = read(&args.file)?;
    // Looking must not make a database and a key where there is none.
    args.store.must_be_there()?;
    let settings = serve::store_settings(&args.store);
    let found = serve::runtime()?.block_on(async {
        let store = Store::open(&settings).await.map_err(Stop::fault)?;
        let found = store.signature_on(&bytes).await.map_err(Stop::fault);
        store.close().await;
        found
    })?;
    let hash = hash_of(&bytes);
    let Some(found) = found.filter(|f| f.same) else {
        print(&format!(
            "This is not a document that was signed here. Either it was never signed, or it has been changed since.\nSHA-256 {hash}\n"
        ))?;
        return Ok(ExitCode::from(1));
    };
    if let Some(of) = &found.addendum {
        print(&format!(
            "This is addendum {} to a signed report, unchanged: {} signed it on {} (UTC).\nIt belongs to the report that {} signed on {} (UTC).\nReport {}\nMade with {}\nSHA-256 {hash}\n",
            of.number,
            found.mark.by,
            found.mark.at.format("%-d %B %Y, %H:%M"),
            of.report.by,
            of.report.at.format("%-d %B %Y, %H:%M"),
            found.report,
            found.versions,
        ))?;
        return Ok(ExitCode::SUCCESS);
    }
    print(&format!(
        "This is the document that {} signed on {} (UTC), unchanged.\nReport {}\nMade with {}\nSHA-256 {hash}\n",
        found.mark.by,
        found.mark.at.format("%-d %B %Y, %H:%M"),
        found.report,
        found.versions,
    ))?;
    Ok(ExitCode::SUCCESS)
}

fn read(file: &Path) -> Result<Vec<u8>, Stop> {
    let about = |e: std::io::Error| Stop::fault(format!("cannot read {}: {e}", file.display()));
    let size = std::fs::metadata(file).map_err(about)?.len();
    if size > LARGEST {
        return Err(Stop::fault(format!(
            "{} is larger than any report; choose the Word document that was signed",
            file.display()
        )));
    }
    std::fs::read(file).map_err(about)
}
