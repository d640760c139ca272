//! What is said of an addendum to a signed report, to its author and in the document.
//!
//! Lives here: the shape of the file and refusing one that says nothing. Not here: any
//! sentence (`report-templates/quality/addendum.toml`), or making the document
//! (`pack::addendum`).

use serde::Deserialize;

use crate::content::{ContentError, ContentFiles};

const FILE: &str = "report-templates/quality/addendum.toml";

/// The texts of an addendum.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddendumTexts {
    /// What signing one means, a sentence each.
    pub means: Vec<String>,
    /// What the author confirms.
    pub confirm: String,
    /// Title of the document.
    pub title: String,
    /// Its heading: may name `{number}` and `{name}`.
    pub heading: String,
    /// Which report it belongs to: has to name `{by}` and `{on}`.
    pub opening: String,
    /// Heading over the reason.
    pub reason_heading: String,
    /// Heading over the text.
    pub text_heading: String,
    /// Heading over the signature.
    pub signature_heading: String,
    /// The signature: has to name `{by}` and `{on}`.
    pub signature: String,
    /// What stands first where the report describes nobody.
    pub fictional: String,
}

impl AddendumTexts {
    /// Reads and checks the texts.
    ///
    /// # Errors
    /// The file does not read, something in it says nothing, or a sentence does not name
    /// what it is there to name.
    pub fn load(files: &ContentFiles) -> Result<Self, Vec<ContentError>> {
        let texts: Self = files.toml(FILE).map_err(|e| vec![e])?;
        let mut reasons = Vec::new();
        if texts.means.is_empty() || texts.means.iter().any(|line| line.trim().is_empty()) {
            reasons.push("`means` must say something on each line".to_owned());
        }
        for (name, text, must) in [
            ("confirm", &texts.confirm, &[][..]),
            ("title", &texts.title, &[]),
            ("heading", &texts.heading, &["{number}", "{name}"]),
            ("opening", &texts.opening, &["{by}", "{on}"]),
            ("reason_heading", &texts.reason_heading, &[]),
            ("text_heading", &texts.text_heading, &[]),
            ("signature_heading", &texts.signature_heading, &[]),
            ("signature", &texts.signature, &["{by}", "{on}"]),
            ("fictional", &texts.fictional, &[]),
        ] {
            if text.trim().is_empty() {
                reasons.push(format!("`{name}` is empty"));
            }
            for word in must.iter().filter(|word| !text.contains(**word)) {
                reasons.push(format!("`{name}` must name {word}"));
            }
        }
        if reasons.is_empty() {
            return Ok(texts);
        }
        let fault = |reason| ContentError::new(FILE, None, reason);
        Err(reasons.into_iter().map(fault).collect())
    }
}
