//! `foreword services search`.

use std::{path::Path, process::ExitCode};

use chrono::Utc;
use clap::{Args, Subcommand};

use super::{Stop, load_pack, print};
use crate::directory::{Ask, print as listing};

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
    Search {
        /// Postcode district (RG14) or local authority (Derby).
        #[arg(long)]
        area: String,
        /// Theme of need, such as accommodation, safety or dependency; several may be
        /// given. Every theme when not given.
        #[arg(long = "need", value_name = "THEME")]
        needs: Vec<String>,
        /// Print as JSON.
        #[arg(long)]
        json: bool,
    },
}

pub(super) fn run(content: Option<&Path>, args: &ServicesArgs) -> Result<ExitCode, Stop> {
    let Action::Search { area, needs, json } = &args.action;
    let pack = load_pack(content)?;
    let known: Vec<&str> = pack
        .interview
        .themes
        .iter()
        .map(|t| t.id.as_str())
        .collect();
    if let Some(unknown) = needs.iter().find(|n| !known.contains(&n.as_str())) {
        return Err(Stop::fault(format!(
            "`{unknown}` is no theme of need; use one of {}",
            known.join(", ")
        )));
    }
    let directory = pack.directory.now();
    let place = directory.place(area).map_err(Stop::fault)?;
    let themes: Vec<&str> = if needs.is_empty() {
        known
    } else {
        needs.iter().map(String::as_str).collect()
    };
    let found = directory.find(&Ask::new(&place, &themes, Utc::now().date_naive()));
    if *json {
        let found = listing::json(&directory, &found);
        let mut text = serde_json::to_string_pretty(&found).map_err(Stop::fault)?;
        text.push('\n');
        print(&text)?;
    } else {
        print(&listing::listing(&directory, &found))?;
    }
    Ok(ExitCode::SUCCESS)
}
