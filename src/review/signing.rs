//! What an author is told before she signs: what signing does, and who will read it.
//!
//! Lives here: the shape of the file and refusing one that says nothing. Not here: any
//! sentence (`report-templates/quality/signing.toml`), or what stands in the way of a
//! signature (`pack::signing`).

use serde::Deserialize;

use crate::{
    content::{ContentError, ContentFiles, SourceRow},
    finding::Source,
};

const FILE: &str = "report-templates/quality/signing.toml";

/// The texts of the page that asks for a signature.
#[derive(Debug, Clone)]
pub struct SigningTexts {
    /// What signing does, a sentence each.
    pub means: Vec<String>,
    /// What the author confirms.
    pub confirm: String,
    /// What she accepts where something is still open.
    pub accept: String,
    /// Who will read the report.
    pub readers: Vec<Reader>,
}

/// Somebody who will read the report.
#[derive(Debug, Clone)]
pub struct Reader {
    /// Who.
    pub who: String,
    /// What follows from it.
    pub why: String,
    /// Where that is known from.
    pub source: Source,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    means: Vec<String>,
    confirm: String,
    accept: String,
    reader: Vec<ReaderRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReaderRow {
    who: String,
    why: String,
    source: SourceRow,
}

impl SigningTexts {
    /// Reads and checks the texts.
    ///
    /// # Errors
    /// The file does not read, or something in it says nothing.
    pub fn load(files: &ContentFiles) -> Result<Self, Vec<ContentError>> {
        let file: File = files.toml(FILE).map_err(|e| vec![e])?;
        let faults: Vec<ContentError> = silent(&file)
            .into_iter()
            .map(|reason| ContentError::new(FILE, None, reason))
            .collect();
        if !faults.is_empty() {
            return Err(faults);
        }
        let reader = |row: ReaderRow| Reader {
            who: row.who,
            why: row.why,
            source: row.source.source(),
        };
        Ok(Self {
            means: file.means,
            confirm: file.confirm,
            accept: file.accept,
            readers: file.reader.into_iter().map(reader).collect(),
        })
    }
}

/// What is empty and must not be.
fn silent(file: &File) -> Vec<String> {
    let blank = |text: &String| text.trim().is_empty();
    let mut reasons = Vec::new();
    if file.means.is_empty() || file.means.iter().any(blank) {
        reasons.push("`means` must say what signing does, a sentence to a line".to_owned());
    }
    for (name, text) in [("confirm", &file.confirm), ("accept", &file.accept)] {
        if blank(text) {
            reasons.push(format!("`{name}` is empty; write what the author ticks"));
        }
    }
    if file.reader.is_empty() {
        reasons.push("there must be a [[reader]]: who will read the report".to_owned());
    }
    for (number, row) in file.reader.iter().enumerate() {
        if blank(&row.who) || blank(&row.why) {
            reasons.push(format!(
                "[[reader]] {} needs both `who` and `why`",
                number + 1
            ));
        }
    }
    reasons
}
