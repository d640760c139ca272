//! `foreword schema`.

use std::{path::Path, process::ExitCode};

use super::{Stop, load_pack, print};
use crate::interview;

pub(super) fn run(content: Option<&Path>) -> Result<ExitCode, Stop> {
    let pack = load_pack(content)?;
    let schema = interview::schema(&pack.interview);
    let mut text = serde_json::to_string_pretty(&schema).map_err(Stop::fault)?;
    text.push('\n');
    print(&text)?;
    Ok(ExitCode::SUCCESS)
}
