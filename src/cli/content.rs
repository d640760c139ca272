//! `foreword content`: what a practice lead needs to change the prompts, the report's
//! text, the law and the wording rules without a programmer.
//!
//! Lives here: reading arguments and writing files. Not here: any check; the pack is
//! loaded as the server loads it, so that what passes here starts there.

use std::{
    collections::BTreeSet,
    fmt::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};

use chrono::{NaiveDate, Utc};
use clap::{Args, Subcommand};

use super::{Stop, cases, print};
use crate::{
    case::{self, CaseFile, EXAMPLES, Format},
    content::{ContentError, ContentFiles, unmarked_words},
    pack::Pack,
    report::{self, Draft, document::Document, html},
};

/// Arguments of `foreword content`.
#[derive(Debug, Args)]
pub(super) struct ContentArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Explain every fault in a folder of content: file, line, what is wrong, how to mend it.
    Check {
        /// Folder that holds report-templates/ and service-directory/.
        folder: PathBuf,
    },
    /// Write the report of every example case in every format, passage by passage.
    Preview {
        /// Folder that holds report-templates/ and service-directory/.
        folder: PathBuf,
        /// Folder to write the pages to; made if it is not there.
        #[arg(long, value_name = "FOLDER")]
        to: PathBuf,
        /// Another case file to preview; may be given again.
        #[arg(long, value_name = "FILE")]
        case: Vec<PathBuf>,
        /// Day the reports are written, as 2026-12-01; today when not given.
        #[arg(long, value_name = "DAY")]
        on: Option<NaiveDate>,
    },
    /// Copy the content in use to a folder, to begin from.
    Copy {
        /// Folder to make; it must not be there yet.
        folder: PathBuf,
    },
}

pub(super) fn run(content: Option<&Path>, args: &ContentArgs) -> Result<ExitCode, Stop> {
    match &args.what {
        What::Check { folder } => check(folder),
        What::Preview {
            folder,
            to,
            case,
            on,
        } => preview(
            folder,
            to,
            case,
            on.unwrap_or_else(|| Utc::now().date_naive()),
        ),
        What::Copy { folder } => copy(content, folder),
    }
}

/// Exit code 1 where there is a fault.
fn check(folder: &Path) -> Result<ExitCode, Stop> {
    let pack = match load(folder)? {
        Ok(pack) => pack,
        Err(faults) => {
            print(&explained(&faults))?;
            return Ok(ExitCode::from(1));
        }
    };
    let files = ContentFiles::from_folder(folder).map_err(Stop::fault)?;
    let unmarked = unmarked_words(&files);
    let today = Utc::now().date_naive();
    let mut failed = String::new();
    for (name, case) in examples()? {
        for format in Format::ALL {
            let case = CaseFile {
                format,
                ..case.clone()
            };
            if let Err(fault) = pack.draft(&case, today) {
                let _ = writeln!(failed, "{name}, {}: {fault}", id(format));
            }
        }
    }
    if !failed.is_empty() {
        print(&format!(
            "The content reads, and these example reports cannot be drafted with it:\n\n{failed}"
        ))?;
        return Ok(ExitCode::from(1));
    }
    print(&format!(
        "No fault found in {}.\n{} prompts, {} services, law pack {}; {} example cases drafted in {} formats.\n",
        folder.display(),
        pack.interview.prompts().count(),
        pack.directory.now().services().len(),
        pack.law.now().about.version,
        EXAMPLES.len(),
        Format::ALL.len(),
    ))?;
    if !unmarked.is_empty() {
        print(&format!(
            "\nTo look at: words for her that stay the same whatever pronouns she asks for.\n{}",
            by_file(&unmarked)
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn load(folder: &Path) -> Result<Result<Pack, Vec<ContentError>>, Stop> {
    if !folder.is_dir() {
        return Err(Stop::fault(format!(
            "there is no folder {}; begin one with `foreword content copy {}`",
            folder.display(),
            folder.display()
        )));
    }
    Ok(match ContentFiles::from_folder(folder) {
        Ok(files) => Pack::load(&files),
        Err(fault) => Err(vec![fault]),
    })
}

fn explained(faults: &[ContentError]) -> String {
    let found = match faults.len() {
        1 => "1 fault".to_owned(),
        n => format!("{n} faults"),
    };
    format!(
        "{found}. Parts that rest on a faulty part were not looked at.\n{}",
        by_file(faults)
    )
}

/// Every fault under its file, in order of line.
fn by_file(faults: &[ContentError]) -> String {
    let mut all: Vec<&ContentError> = faults.iter().collect();
    all.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
    let mut out = String::new();
    let mut file = "";
    for fault in &all {
        if fault.file != file {
            let _ = writeln!(out, "\n{}", fault.file);
            file = &fault.file;
        }
        let _ = match fault.line {
            Some(line) => writeln!(out, "  line {line}: {}", fault.reason),
            None => writeln!(out, "  {}", fault.reason),
        };
    }
    out
}

fn examples() -> Result<Vec<(String, CaseFile)>, Stop> {
    let read = |(name, text): (&str, &str)| {
        let case = case::from_json(text).map_err(Stop::fault)?;
        Ok((name.to_owned(), case))
    };
    EXAMPLES.into_iter().map(read).collect()
}

fn preview(folder: &Path, to: &Path, more: &[PathBuf], today: NaiveDate) -> Result<ExitCode, Stop> {
    let pack = match load(folder)? {
        Ok(pack) => pack,
        Err(faults) => {
            print(&explained(&faults))?;
            return Ok(ExitCode::from(1));
        }
    };
    let mut all = examples()?;
    for path in more {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        all.push((name.into_owned(), cases::read(path, &pack)?));
    }
    std::fs::create_dir_all(to).map_err(|e| cannot_write(to, &e))?;
    let mut index = String::from("<h1>Previews</h1>\n<ul>\n");
    let mut printed: BTreeSet<String> = BTreeSet::new();
    for (name, case) in &all {
        for format in Format::ALL {
            let case = CaseFile {
                format,
                ..case.clone()
            };
            let (draft, findings) = pack.draft(&case, today).map_err(Stop::fault)?;
            for passage in draft.sections.iter().flat_map(|s| &s.passages) {
                printed.insert(without_number(&passage.id).to_owned());
            }
            let file = format!("{}-{}", slug(name), id(format));
            write(to, &format!("{file}.html"), &passages(&draft))?;
            write(to, &format!("{file}.md"), &draft.markdown())?;
            let _ = writeln!(
                index,
                "<li><a href=\"{file}.html\">{file}</a>: {} sections, {} findings</li>",
                draft.sections.len(),
                findings.len()
            );
        }
    }
    index.push_str("</ul>\n<h2>Passages that no example prints</h2>\n<ul>\n");
    let known: BTreeSet<&str> = Format::ALL
        .into_iter()
        .flat_map(|format| pack.templates.passages(format))
        .collect();
    for passage in known.into_iter().filter(|id| !printed.contains(*id)) {
        let _ = writeln!(index, "<li>{passage}</li>");
    }
    index.push_str("</ul>\n");
    write(to, "index.html", &report::page_of("Previews", &index))?;
    print(&format!(
        "Wrote {} reports to {}; open index.html there.\n",
        all.len() * Format::ALL.len(),
        to.display()
    ))?;
    Ok(ExitCode::SUCCESS)
}

/// `strengths/need/2` is the passage `strengths/need`, printed again.
fn without_number(id: &str) -> &str {
    match id.rsplit_once('/') {
        Some((passage, n)) if n.bytes().all(|b| b.is_ascii_digit()) => passage,
        _ => id,
    }
}

/// A draft with the name of each passage above it, so that an author of templates finds
/// the lines that wrote it.
fn passages(draft: &Draft) -> String {
    let mut body = String::new();
    for section in &draft.sections {
        let level = "#".repeat(section.level.into());
        let heading = Document::from_markdown(&format!("{level} {}", section.heading));
        body.push_str(&html::to_html(&heading, 0));
        for passage in &section.passages {
            let name = Document::from_markdown(&format!("*{}*", passage.id));
            body.push_str(&html::to_html(&name, 0));
            body.push_str(&html::to_html(
                &Document::from_markdown(&passage.markdown),
                0,
            ));
        }
    }
    report::page_of(&draft.title, &body)
}

/// A name that is safe as a file's and in a page: letters, digits and hyphens.
fn slug(name: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    name.chars().map(safe).collect()
}

fn copy(content: Option<&Path>, folder: &Path) -> Result<ExitCode, Stop> {
    if folder.exists() {
        return Err(Stop::fault(format!(
            "{} is there already; name a folder that is not, so that nothing is overwritten",
            folder.display()
        )));
    }
    let files = match content {
        Some(from) => ContentFiles::from_folder(from),
        None => ContentFiles::embedded(),
    };
    let files = files.map_err(Stop::fault)?;
    let mut count = 0;
    for (path, text) in files.under("") {
        write(folder, path, text)?;
        count += 1;
    }
    print(&format!(
        "Copied {count} files to {0}. Change what you like, then:\n  foreword content check {0}\n  foreword --content {0} serve\n",
        folder.display()
    ))?;
    Ok(ExitCode::SUCCESS)
}

fn write(folder: &Path, name: &str, text: &str) -> Result<(), Stop> {
    let path = folder.join(name);
    let made = path.parent().map_or(Ok(()), std::fs::create_dir_all);
    made.and_then(|()| std::fs::write(&path, text))
        .map_err(|e| cannot_write(&path, &e))
}

fn cannot_write(path: &Path, error: &std::io::Error) -> Stop {
    Stop::fault(format!("cannot write {}: {error}", path.display()))
}

fn id(format: Format) -> &'static str {
    match format {
        Format::Oral => "oral",
        Format::Short => "short",
        Format::Standard => "standard",
    }
}
