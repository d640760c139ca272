//! `foreword services …`: the directory on the command line.
//!
//! Lives here: which commands there are. Not here: any of them; each is a file beside
//! this one. To add one: a variant of [`Action`], whose doc comment is its help, and a
//! file with its arguments and its `run`.

mod export;
mod search;

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
}

pub(super) fn run(content: Option<&Path>, args: &ServicesArgs) -> Result<ExitCode, Stop> {
    match &args.action {
        Action::Search(args) => search::run(content, args),
        Action::Export(args) => export::run(content, args),
    }
}
