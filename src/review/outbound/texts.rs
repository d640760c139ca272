//! What the last look takes for the same thing, and what it says, read and checked at
//! start out of `report-templates/quality/leaving.toml`.
//!
//! Lives here: the shape of the file. Not here: any sentence or word of it.

use std::{collections::HashSet, sync::Arc};

use serde::Deserialize;

use super::tokens::tokens;
use crate::{
    content::{ContentError, ContentFiles},
    finding::Finding,
    review::said::{self, FindingText, Said},
};

const FILE: &str = "report-templates/quality/leaving.toml";
const FOLDER: &str = "report-templates/";

/// Every finding of the last look, with the words each may name.
const FINDINGS: [(&str, &[&str]); 5] = [
    ("leaving.exact", &["where", "why"]),
    ("leaving.letter", &["words"]),
    ("leaving.near", &["where", "why"]),
    ("leaving.never", &["where", "why"]),
    ("leaving.repeated", &["where", "why"]),
];

/// What the last look goes by, and what it says.
#[derive(Debug)]
pub struct OutboundTexts {
    pub(super) near_letters: usize,
    pub(super) words_in_a_row: usize,
    pub(super) streets: Vec<Vec<String>>,
    pub(super) buildings: Vec<String>,
    pub(super) schools: Vec<String>,
    /// Words that the pack itself writes in small letters: nobody's name.
    pub(super) ordinary: Arc<HashSet<String>>,
    /// How a reason is asked for.
    pub reason: ReasonTexts,
    findings: Said,
}

/// How a reason for letting words stay is asked for.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReasonTexts {
    /// Over the field.
    pub label: String,
    /// Under that.
    pub hint: String,
    /// Where it is left empty.
    pub missing: String,
    /// Where it is longer than it may be.
    pub too_long: String,
    /// Where it repeats what must not leave.
    pub repeats: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    near_letters: usize,
    words_in_a_row: usize,
    streets: Vec<Vec<String>>,
    buildings: Vec<String>,
    schools: Vec<String>,
    reason: ReasonTexts,
    finding: Vec<FindingText>,
}

impl OutboundTexts {
    /// Reads and checks the file.
    ///
    /// # Errors
    /// Every fault found.
    pub fn load(files: &ContentFiles) -> Result<Self, Vec<ContentError>> {
        let file: File = files.toml(FILE).map_err(|e| vec![e])?;
        let faults: Vec<ContentError> = lacking(&file)
            .into_iter()
            .map(|reason| ContentError::new(FILE, None, reason))
            .collect();
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Self {
            near_letters: file.near_letters,
            words_in_a_row: file.words_in_a_row,
            streets: file.streets,
            buildings: file.buildings,
            schools: file.schools,
            ordinary: Arc::new(ordinary(files)),
            reason: file.reason,
            findings: Said::of(file.finding),
        })
    }

    pub(super) fn say(&self, code: &str, with: &[(&str, &str)]) -> Option<Finding> {
        self.findings.say(code, with)
    }
}

fn lacking(file: &File) -> Vec<String> {
    let mut reasons = said::lacking(&file.finding, &FINDINGS);
    if file.near_letters < 4 {
        reasons.push("`near_letters` must be 4 or more; shorter words are like too many".into());
    }
    if file.words_in_a_row < 4 {
        reasons.push("`words_in_a_row` must be 4 or more; fewer are in every text".into());
    }
    if file.streets.iter().any(Vec::is_empty) {
        reasons.push("`streets` has an empty list; write the word and its short forms".into());
    }
    let reason = &file.reason;
    let texts = [
        &reason.label,
        &reason.hint,
        &reason.missing,
        &reason.too_long,
        &reason.repeats,
    ];
    if texts.iter().any(|text| text.trim().is_empty()) {
        reasons.push("[reason] has an empty text".into());
    }
    reasons
}

fn ordinary(files: &ContentFiles) -> HashSet<String> {
    let texts = files.under(FOLDER).map(|(_, text)| text);
    let words = texts.flat_map(tokens).filter(|token| !token.capital);
    words.map(|token| token.word).collect()
}
