//! `foreword check CASE.json`.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use chrono::Utc;
use clap::Args;

use super::{Stop, cases, law, load_pack, print};
use crate::finding::{self, Finding, Severity};

/// Arguments of `foreword check`.
#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// The case file, or `-` for standard input.
    case: PathBuf,

    /// Print the findings as JSON.
    #[arg(long)]
    json: bool,

    /// Day the check is made for, as 2026-12-01; today when not given.
    #[arg(long, value_name = "DAY")]
    on: Option<chrono::NaiveDate>,
}

/// Exit code 1 where something blocks.
pub(super) fn run(content: Option<&Path>, args: &CheckArgs) -> Result<ExitCode, Stop> {
    let pack = load_pack(content)?;
    law::lay(&pack, &law::usual_file())?;
    let case = cases::read(&args.case, &pack)?;
    let today = args.on.unwrap_or_else(|| Utc::now().date_naive());
    let (draft, mut findings) = pack.draft(&case, today).map_err(Stop::fault)?;
    findings.extend(pack.wording_of(&draft, &case).findings());
    finding::sort(&mut findings);
    if args.json {
        let mut text = serde_json::to_string_pretty(&findings).map_err(Stop::fault)?;
        text.push('\n');
        print(&text)?;
    } else {
        print(&as_text(&findings))?;
    }
    let blocked = findings.iter().any(|f| f.severity == Severity::Block);
    Ok(if blocked {
        ExitCode::from(1)
    } else {
        ExitCode::SUCCESS
    })
}

fn as_text(findings: &[Finding]) -> String {
    if findings.is_empty() {
        return "Nothing was found.\n".into();
    }
    findings.iter().map(one).collect::<Vec<_>>().join("\n")
}

fn one(finding: &Finding) -> String {
    let mut lines = vec![format!("{}: {}", finding.severity.label(), finding.what)];
    if !finding.why.is_empty() {
        lines.push(format!("  Why: {}", finding.why));
    }
    for way in &finding.resolve {
        lines.push(format!("  Way out: {way}"));
    }
    if let Some(at) = &finding.at {
        lines.push(format!("  Where: {at}"));
    }
    if let Some(source) = &finding.source {
        let verified = if source.verified {
            ""
        } else {
            " (not verified)"
        };
        lines.push(format!("  Source: {}{verified}", source.citation));
    }
    lines.push(format!("  Rule: {}\n", finding.code));
    lines.join("\n")
}
