//! `foreword services search`.

use std::{path::Path, process::ExitCode};

use chrono::Utc;
use clap::Args;

use crate::{
    cli::{Stop, geography, load_pack, print},
    directory::{Ask, print as listing},
};

/// Arguments of `foreword services search`.
#[derive(Debug, Args)]
pub(super) struct SearchArgs {
    /// Postcode district (RG14) or local authority (Derby); a postcode, of which only
    /// those two are kept, where the postcode directory has been loaded.
    #[arg(long)]
    area: String,
    /// Theme of need, such as accommodation, safety or dependency; several may be
    /// given. Every theme when not given.
    #[arg(long = "need", value_name = "THEME")]
    needs: Vec<String>,
    /// Print as JSON.
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    data: geography::DataFolder,
}

pub(super) fn run(content: Option<&Path>, args: &SearchArgs) -> Result<ExitCode, Stop> {
    let mut pack = load_pack(content)?;
    geography::use_loaded(&mut pack, &args.data.data_dir)?;
    let known: Vec<&str> = pack
        .interview
        .themes
        .iter()
        .map(|t| t.id.as_str())
        .collect();
    if let Some(unknown) = args.needs.iter().find(|n| !known.contains(&n.as_str())) {
        return Err(Stop::fault(format!(
            "`{unknown}` is no theme of need; use one of {}",
            known.join(", ")
        )));
    }
    let directory = pack.directory.now();
    let place = directory.place(&args.area).map_err(Stop::fault)?;
    let themes: Vec<&str> = if args.needs.is_empty() {
        known
    } else {
        args.needs.iter().map(String::as_str).collect()
    };
    let found = directory.find(&Ask::new(&place, &themes, Utc::now().date_naive()));
    if args.json {
        let found = listing::json(&directory, &found);
        let mut text = serde_json::to_string_pretty(&found).map_err(Stop::fault)?;
        text.push('\n');
        print(&text)?;
    } else {
        print(&listing::listing(&directory, &found))?;
    }
    Ok(ExitCode::SUCCESS)
}
