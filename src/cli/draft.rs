//! `foreword draft CASE.json`.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use chrono::Utc;
use clap::{Args, ValueEnum};

use super::{Stop, cases, law, load_pack, print};
use crate::{
    case::Format,
    finding::{Finding, Severity},
    pack::{self, Judged, Looked, Pack},
    report::{self, document::Document, plain},
    review::outbound,
};

/// Arguments of `foreword draft`.
#[derive(Debug, Args)]
pub(super) struct DraftArgs {
    /// The case file, or `-` for standard input.
    case: PathBuf,

    /// Format of the report; the case file's own when not given.
    #[arg(long)]
    format: Option<FormatArg>,

    /// File to write: .docx, .html, .md or .txt. Markdown to standard output when
    /// not given.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,

    /// Day the report is written, as 2026-12-01; today when not given.
    #[arg(long, value_name = "DAY")]
    on: Option<chrono::NaiveDate>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FormatArg {
    /// Spoken in court.
    Oral,
    /// Short format.
    Short,
    /// Standard.
    Standard,
}

impl From<FormatArg> for Format {
    fn from(format: FormatArg) -> Self {
        match format {
            FormatArg::Oral => Self::Oral,
            FormatArg::Short => Self::Short,
            FormatArg::Standard => Self::Standard,
        }
    }
}

/// What kind of file to write, known by the name's ending.
#[derive(Clone, Copy)]
enum Output {
    Docx,
    Html,
    Markdown,
    Text,
}

impl Output {
    fn of(path: Option<&Path>) -> Result<Self, Stop> {
        let Some(path) = path else {
            return Ok(Self::Markdown);
        };
        let ending = path
            .extension()
            .and_then(|e| e.to_str())
            .unwrap_or_default();
        match ending.to_ascii_lowercase().as_str() {
            "docx" => Ok(Self::Docx),
            "html" | "htm" => Ok(Self::Html),
            "md" => Ok(Self::Markdown),
            "txt" => Ok(Self::Text),
            _ => Err(Stop::fault(format!(
                "cannot tell what to write to {}; end its name in .docx, .html, .md or .txt",
                path.display()
            ))),
        }
    }
}

pub(super) fn run(content: Option<&Path>, args: &DraftArgs) -> Result<ExitCode, Stop> {
    let output = Output::of(args.out.as_deref())?;
    let pack = load_pack(content)?;
    law::lay(&pack, &law::usual_file())?;
    let mut case = cases::read(&args.case, &pack)?;
    if let Some(format) = args.format {
        case.format = format.into();
    }
    let now = match args.on {
        Some(day) => day.and_time(chrono::NaiveTime::MIN).and_utc(),
        None => Utc::now(),
    };
    let directory = pack.directory.now();
    let judged = pack.judge(&case, &directory, now.date_naive());
    let Judged {
        draft,
        findings,
        looked,
    } = judged.map_err(Stop::fault)?;
    let markdown = draft.markdown();
    let document = Document::from_markdown(&markdown);
    let bytes = match output {
        Output::Docx => pack::document(&case, &draft, now).map_err(Stop::fault)?,
        Output::Html => report::page(&draft.title, &document).into_bytes(),
        Output::Markdown => markdown.into_bytes(),
        Output::Text => plain::to_text(&document).into_bytes(),
    };
    last_look(&pack, &looked, output, &bytes)?;
    match &args.out {
        None => print(&String::from_utf8_lossy(&bytes))?,
        Some(path) => {
            std::fs::write(path, bytes)
                .map_err(|e| Stop::fault(format!("cannot write {}: {e}", path.display())))?;
            eprintln!("Wrote {}. {}", path.display(), in_short(&findings));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Stops where something in the finished file must not leave; nothing is written then.
fn last_look(pack: &Pack, looked: &Looked, output: Output, bytes: &[u8]) -> Result<(), Stop> {
    let text = String::from_utf8_lossy(bytes);
    let file = match output {
        Output::Docx => outbound::Output::Docx(bytes),
        Output::Html => outbound::Output::Html(&text),
        Output::Markdown | Output::Text => outbound::Output::Text(&text),
    };
    let found = pack.last_look(looked, &[file]).map_err(Stop::fault)?;
    if found.is_empty() {
        return Ok(());
    }
    let lines = found
        .iter()
        .map(|f| format!("- {} {}", f.what, f.resolve.join(" ")));
    let lines: Vec<String> = lines.collect();
    Err(Stop::fault(format!(
        "nothing was written, because the report holds what must not leave:\n{}",
        lines.join("\n")
    )))
}

/// One sentence on what the checks found.
fn in_short(findings: &[Finding]) -> String {
    let blocking = findings
        .iter()
        .filter(|f| f.severity == Severity::Block)
        .count();
    let warning = findings
        .iter()
        .filter(|f| f.severity == Severity::Warn)
        .count();
    if blocking + warning == 0 {
        return "The checks found nothing to settle.".into();
    }
    format!(
        "The checks found {blocking} that must be settled and {warning} to look at; \
         `foreword check` lists them."
    )
}
