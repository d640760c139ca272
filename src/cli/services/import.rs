//! `foreword services import`.
//!
//! Lives here: the arguments, the run from source to report, and its exit code. Not
//! here: where services come from (`source`, `feed`), how they are read and judged
//! (`directory::open_referral::reading`), or kept (`store`).

use std::{path::Path, process::ExitCode};

use chrono::Utc;
use clap::Args;
use tokio::runtime::Runtime;

use super::{
    feed::{self, FeedArgs},
    source::Source,
};
use crate::{
    cli::{Stop, StoreArgs, load_pack, print, serve},
    directory::{
        Directory, Known,
        open_referral::reading::{At, Found, Judge, Reader, Report},
    },
    store::{Importing, Store},
};

/// Records read at once to know them.
const STEP: i64 = 500;

/// Arguments of `foreword services import`.
#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    /// File, folder, zip or https:// address; - is standard input.
    #[arg(value_name = "SOURCE")]
    from: String,

    /// Name to remember a file by, so that the next file of the same name brings the
    /// same services up to date. The file's own name when not given.
    #[arg(long, value_name = "NAME")]
    feed: Option<String>,

    /// Judge and report, and write nothing.
    #[arg(long)]
    dry_run: bool,

    /// Take nothing over when any service is refused.
    #[arg(long)]
    strict: bool,

    /// Print the report as JSON.
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    address: FeedArgs,

    #[command(flatten)]
    store: StoreArgs,
}

pub(super) fn run(content: Option<&Path>, args: &ImportArgs) -> Result<ExitCode, Stop> {
    let pack = load_pack(content)?;
    let directory = pack.directory.now();
    let runtime = serve::runtime()?;
    let store = runtime
        .block_on(Store::open(&serve::store_settings(&args.store)))
        .map_err(Stop::fault)?;
    let fetched = match feed::address(&args.from) {
        Some(address) => Some(feed::fetch(address?, &args.address, &args.store.data_dir)?),
        None => None,
    };
    let source = match &fetched {
        Some(fetched) => fetched.source(),
        None => Source::of(&args.from)?,
    };
    let name = args
        .feed
        .clone()
        .unwrap_or_else(|| source.name().to_owned());
    let reader = Reader::new(&directory, name.clone(), Utc::now().date_naive());
    let known = known(&runtime, &store, &directory)?;
    let mut run = Run {
        runtime: &runtime,
        store: &store,
        judge: Judge::new(reader, known),
        importing: None,
    };
    if !args.dry_run {
        let begun = store.begin_import(&name, Utc::now());
        run.importing = Some(runtime.block_on(begun).map_err(Stop::fault)?);
    }
    let read = source.read(&mut run);
    let report = run.end(read, args.strict, &directory)?;
    if report.written
        && let Some(fetched) = fetched
    {
        fetched.remove()?;
    }
    runtime.block_on(store.close());
    say(&report, args, &directory)
}

/// Judging and putting aside, as services come.
pub(super) struct Run<'r> {
    runtime: &'r Runtime,
    store: &'r Store,
    pub(super) judge: Judge<'r>,
    importing: Option<Importing>,
}

impl Run<'_> {
    /// One service.
    pub(super) fn take(&mut self, at: At, found: &Found) -> Result<(), Stop> {
        let (runtime, store) = (self.runtime, self.store);
        let mut ours = |id: &str| runtime.block_on(store.record_to_weigh(id));
        let incoming = self
            .judge
            .judge(at, found, &mut ours)
            .map_err(Stop::fault)?;
        if let (Some(incoming), Some(importing)) = (incoming, &mut self.importing) {
            let aside = importing.put_aside(incoming, Utc::now());
            runtime.block_on(aside).map_err(Stop::fault)?;
        }
        Ok(())
    }

    /// Takes over what was put aside, or lets it go.
    fn end(
        self,
        read: Result<(), Stop>,
        strict: bool,
        directory: &Directory,
    ) -> Result<Report, Stop> {
        let mut report = self.judge.done();
        let Some(importing) = self.importing else {
            return read.map(|()| report);
        };
        let refused = strict && report.counts.refused > 0;
        if read.is_err() || refused || report.counts.written() == 0 {
            let given_up = self.runtime.block_on(importing.give_up());
            read?;
            given_up.map_err(Stop::fault)?;
            report.written = !refused;
            return Ok(report);
        }
        let taken = self
            .runtime
            .block_on(importing.take_over(Utc::now()))
            .map_err(Stop::fault)?;
        report.written = true;
        report.changed_meanwhile(directory, &taken.changed_meanwhile);
        Ok(report)
    }
}

/// All records that are known: the folder's and those kept in the database, of which
/// only some are held at a time.
fn known(runtime: &Runtime, store: &Store, directory: &Directory) -> Result<Known, Stop> {
    let mut known = directory.known();
    let mut last = String::new();
    loop {
        let next = runtime.block_on(store.directory_records_after(&last, STEP));
        let next = next.map_err(Stop::fault)?;
        let Some(end) = next.last() else {
            return Ok(known);
        };
        last.clone_from(&end.record.id);
        for kept in &next {
            known.add(&kept.record);
        }
    }
}

fn say(report: &Report, args: &ImportArgs, directory: &Directory) -> Result<ExitCode, Stop> {
    if args.json {
        let mut text = serde_json::to_string_pretty(report).map_err(Stop::fault)?;
        text.push('\n');
        print(&text)?;
    } else {
        print(&report.text(directory))?;
    }
    if report.written {
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!("{}", report.why_not_written(directory, args.dry_run));
    Ok(ExitCode::from(u8::from(!args.dry_run)))
}
