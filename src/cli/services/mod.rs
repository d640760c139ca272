//! `foreword services …`: the directory on the command line.
//!
//! Lives here: which commands there are. Not here: any of them; each is a file beside
//! this one. To add one: a variant of [`Action`], whose doc comment is its help, and a
//! file with its arguments and its `run`.

mod export;
mod feed;
mod hosts;
mod import;
mod search;
mod source;

use std::{path::Path, process::ExitCode};

use clap::{Args, Subcommand};

use super::Stop;

/// Arguments of `foreword services`.
#[derive(Debug, Args)]
pub(super) struct ServicesArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Services for a need near a place, the nearest fit first, each with its reasons
    /// and the date of its entry.
    Search(search::SearchArgs),
    /// Write the directory as Open Referral UK 3.0: JSON, one service a line, or the
    /// tabular data package. What is for authors only, such as a refuge's address, is
    /// left out.
    Export(export::ExportArgs),
    /// Take services from another directory into this one.
    ///
    /// The source is a JSON file, one service a line (.ndjson), a folder or zip of the
    /// tabular data package, or the address of an Open Referral UK feed. A run is taken
    /// over whole or not at all. What became of each service is reported; one that an
    /// editor here has changed since it last came in stays as it is. A feed is read
    /// page by page, with pauses; a run that was stopped goes on where it was.
    ///
    /// Ends with 0 when the run was taken over, 1 when it was judged and not taken over
    /// (--strict, or a feed whose totals do not hold), 2 when it could not be read.
    Import(import::ImportArgs),
    /// Manage the hosts that feeds may be read from. None is allowed at first.
    Hosts(hosts::HostsArgs),
}

pub(super) fn run(content: Option<&Path>, args: &ServicesArgs) -> Result<ExitCode, Stop> {
    match &args.action {
        Action::Search(args) => search::run(content, args),
        Action::Export(args) => export::run(content, args),
        Action::Import(args) => import::run(content, args),
        Action::Hosts(args) => hosts::run(args),
    }
}
