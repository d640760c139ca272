//! Reading a case file for a command.

use std::path::Path;

use super::Stop;
use crate::{
    case::{self, CaseFile},
    interview,
    pack::Pack,
};

/// Reads and checks a case file; `-` is standard input.
pub(super) fn read(path: &Path, pack: &Pack) -> Result<CaseFile, Stop> {
    let shown = path.display();
    let text = if path == Path::new("-") {
        std::io::read_to_string(std::io::stdin())
    } else {
        std::fs::read_to_string(path)
    }
    .map_err(|e| Stop::fault(format!("cannot read {shown}: {e}")))?;
    let case =
        case::from_json(&text).map_err(|e| Stop::fault(format!("{shown} was refused: {e}")))?;
    let faults = interview::check_answers(&case, &pack.interview);
    if faults.is_empty() {
        return Ok(case);
    }
    let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
    Err(Stop::fault(format!(
        "{shown} was refused:\n  {}",
        lines.join("\n  ")
    )))
}
