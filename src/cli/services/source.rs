//! Where an import comes from when it is on this machine: a file, standard input, a
//! folder of tables, or a zip of either.
//!
//! Lives here: telling which, opening it, progress, and saying what could not be read.
//! Not here: feeds (`feed`), nor what services say.

use std::{
    fs::File,
    io::{self, IsTerminal as _, Read, Write as _},
    path::{Path, PathBuf},
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use tempfile::TempDir;

use super::import::Run;
use crate::{
    cli::Stop,
    directory::open_referral::reading::{
        At, Form, Found, Stopped, stream,
        tables::{self, Anywhere, Package},
    },
};

/// The most that a zip may unpack to, in bytes.
const MOST_UNPACKED: u64 = 2 * 1024 * 1024 * 1024;

/// Something to read services from.
pub(super) struct Source {
    name: String,
    what: What,
}

enum What {
    Input,
    Document(PathBuf, Form),
    Tables(PathBuf),
    Unpacked(TempDir),
}

impl Source {
    /// What an argument names.
    pub(super) fn of(given: &str) -> Result<Self, Stop> {
        let path = Path::new(given);
        if given == "-" {
            let name = "standard input".to_owned();
            return Ok(Self {
                name,
                what: What::Input,
            });
        }
        let cannot = |e: io::Error| Stop::fault(format!("cannot read {given}: {e}"));
        let about = std::fs::metadata(path).map_err(cannot)?;
        let name = path.file_name().map_or_else(
            || given.to_owned(),
            |name| name.to_string_lossy().into_owned(),
        );
        let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase());
        let what = match ending.as_deref() {
            _ if about.is_dir() => What::Tables(path.to_owned()),
            Some("zip") => What::Unpacked(unpack(path, given)?),
            Some("csv") => What::Tables(path.parent().unwrap_or(Path::new(".")).to_owned()),
            Some("ndjson" | "jsonl") => What::Document(path.to_owned(), Form::Lines),
            _ => What::Document(path.to_owned(), Form::Whole),
        };
        Ok(Self { name, what })
    }

    /// A file with a service a line, of a feed.
    pub(super) fn lines(name: &str, file: PathBuf) -> Self {
        Self {
            name: name.to_owned(),
            what: What::Document(file, Form::Lines),
        }
    }

    /// What it is called in records and reports.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Gives every service to the run.
    pub(super) fn read(&self, run: &mut Run<'_>) -> Result<(), Stop> {
        match &self.what {
            What::Input => self.document(io::stdin(), Form::Whole, None, run),
            What::Document(path, form) => {
                let cannot = |e: io::Error| Stop::fault(format!("cannot read {}: {e}", self.name));
                let file = File::open(path).map_err(cannot)?;
                let length = file.metadata().map(|about| about.len()).ok();
                self.document(file, *form, length, run)
            }
            What::Tables(folder) => Self::tables(folder, run),
            What::Unpacked(folder) => self.unpacked(folder.path(), run),
        }
    }

    fn unpacked(&self, folder: &Path, run: &mut Run<'_>) -> Result<(), Stop> {
        if folder.join("services.csv").exists() || folder.join("service.csv").exists() {
            return Self::tables(folder, run);
        }
        let cannot = |e: io::Error| Stop::fault(format!("cannot read {}: {e}", self.name));
        let mut documents = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(cannot)? {
            let path = entry.map_err(cannot)?.path();
            if path
                .file_name()
                .is_some_and(|name| name != "datapackage.json")
                && path.extension().is_some_and(|e| e != "csv")
            {
                documents.push(path);
            }
        }
        let [only] = documents.as_slice() else {
            return Err(Stop::fault(format!(
                "{} holds neither a services.csv nor exactly one JSON file: unpack it and \
                 import what is meant",
                self.name
            )));
        };
        let form = match only.extension().and_then(|e| e.to_str()) {
            Some("ndjson" | "jsonl") => Form::Lines,
            _ => Form::Whole,
        };
        self.document(File::open(only).map_err(cannot)?, form, None, run)
    }

    fn document(
        &self,
        source: impl Read,
        form: Form,
        length: Option<u64>,
        run: &mut Run<'_>,
    ) -> Result<(), Stop> {
        let bar = bar(length);
        let source = bar.wrap_read(source);
        let done = stream::services(source, form, &mut |at, found| run.take(at, &found));
        bar.finish_and_clear();
        done.map(|_| ()).map_err(|why| stop(&self.name, why))
    }

    fn tables(folder: &Path, run: &mut Run<'_>) -> Result<(), Stop> {
        let bar = bar(None);
        let done = tables::services(&Folder(folder.to_owned()), &mut |at: At, found: Found| {
            bar.inc(1);
            run.take(at, &found)
        });
        bar.finish_and_clear();
        let notes = done.map_err(|(file, why)| stop(&file, why))?;
        run.judge.note(notes);
        Ok(())
    }
}

/// The files of a package in a folder.
struct Folder(PathBuf);

impl Package for Folder {
    fn open(&self, name: &str) -> io::Result<Option<Box<dyn Anywhere>>> {
        match File::open(self.0.join(name)) {
            Ok(file) => Ok(Some(Box::new(file))),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(e),
        }
    }
}

/// What could not be read, where, and that nothing came of it.
pub(super) fn stop(name: &str, why: Stopped<Stop>) -> Stop {
    let says = match why {
        Stopped::Taker(stop) => return stop,
        Stopped::Source(e) => format!("{name} cannot be read: {e}"),
        Stopped::NotText => format!(
            "{name} is not UTF-8 text (it looks like UTF-16, or is no text at all): save it as \
             UTF-8"
        ),
        Stopped::Syntax {
            line,
            column,
            reason,
        } => {
            format!("{name}, line {line}, column {column}: {reason}")
        }
        Stopped::TooLong(At { item, line }) => format!(
            "{name}, line {line}: service {item} is longer than any service is; a quotation mark \
             or bracket is probably not closed"
        ),
        Stopped::NoList => format!("{name} holds no service and no list of services"),
    };
    Stop::fault(format!("{says}. Nothing was written."))
}

/// Unpacks the files of a zip into a folder that goes away by itself. Only their own
/// names count: a path in a zip may lead anywhere.
fn unpack(path: &Path, shown: &str) -> Result<TempDir, Stop> {
    let cannot = |e: &dyn std::fmt::Display| Stop::fault(format!("cannot unpack {shown}: {e}"));
    let folder = TempDir::with_prefix("foreword-import-").map_err(|e| cannot(&e))?;
    let file = File::open(path).map_err(|e| cannot(&e))?;
    let mut archive = zip::ZipArchive::new(file).map_err(|e| cannot(&e))?;
    let mut left = MOST_UNPACKED;
    for at in 0..archive.len() {
        let entry = archive.by_index(at).map_err(|e| cannot(&e))?;
        let name = entry
            .enclosed_name()
            .and_then(|p| p.file_name().map(ToOwned::to_owned));
        let Some(name) = name.filter(|_| entry.is_file()) else {
            continue;
        };
        let to = folder.path().join(name);
        let mut to = File::create_new(to).map_err(|e| cannot(&e))?;
        let copied = io::copy(&mut entry.take(left + 1), &mut to).map_err(|e| cannot(&e))?;
        to.flush().map_err(|e| cannot(&e))?;
        if copied > left {
            return Err(cannot(&"it unpacks to more than 2 GiB"));
        }
        left -= copied;
    }
    Ok(folder)
}

/// A bar on standard error, where that is a terminal.
pub(super) fn bar(length: Option<u64>) -> ProgressBar {
    let target = if io::stderr().is_terminal() {
        ProgressDrawTarget::stderr()
    } else {
        ProgressDrawTarget::hidden()
    };
    let bar = ProgressBar::with_draw_target(length, target);
    let look = match length {
        Some(_) => "{bar:40} {bytes} of {total_bytes}, {eta} left",
        None => "{spinner} {human_pos} read",
    };
    bar.with_style(
        ProgressStyle::with_template(look).unwrap_or_else(|_| ProgressStyle::default_bar()),
    )
}
