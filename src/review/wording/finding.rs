//! One thing that the wording check found.
//!
//! Lives here: its shape, the name under which it can be set aside, and how it reads
//! among other findings. Not here: when there is one (`judge`).

use std::ops::Range;

use sha2::{Digest, Sha256};

use crate::finding::{Finding, Severity, Source};

/// Where words of the report come from.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Origin {
    /// Place in the case file: `answers.strengths`, `proposal`.
    pub place: String,
    /// The prompt that asks for it, where one does.
    pub prompt: Option<String>,
    /// Name for the author.
    pub label: String,
}

/// One thing that the wording check found.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct WordingFinding {
    /// The rule and the sentence, as one name: it goes when the sentence changes.
    pub key: String,
    /// The rule.
    pub rule: String,
    /// What kind of thing it is about, in words.
    pub about: String,
    /// How much it asks: advice or a warning, and never a block.
    pub severity: Severity,
    /// Id of the section.
    pub section: String,
    /// The section's heading.
    pub heading: String,
    /// Id of the passage.
    pub passage: String,
    /// The sentence, as the court would read it.
    pub sentence: String,
    /// Where in the sentence the words stand, in bytes.
    pub words: Range<usize>,
    /// Why they are worth a look.
    pub why: String,
    /// Words that can stand in their place as they are.
    pub put: Vec<String>,
    /// What else can be done.
    pub advice: Vec<String>,
    /// Where the rule comes from.
    pub source: Source,
    /// Where the words come from; empty where no answer holds them.
    pub comes_from: Vec<Origin>,
}

impl WordingFinding {
    /// The words that were found.
    #[must_use]
    pub fn found(&self) -> &str {
        &self.sentence[self.words.clone()]
    }

    /// The same among the findings of other checks, for whoever reads them as one list.
    #[must_use]
    pub fn as_finding(&self) -> Finding {
        let what = format!("“{}” in: {}", self.found(), self.sentence);
        let finding = Finding::new(self.severity, format!("wording.{}", self.rule), what)
            .because(&self.why)
            .sourced(self.source.clone());
        let put = self.put.iter().map(|put| format!("“{put}”"));
        let finding = put
            .chain(self.advice.iter().cloned())
            .fold(finding, Finding::way_out);
        match self.comes_from.first() {
            Some(origin) => finding.at(&origin.place),
            None => finding,
        }
    }
}

/// The name of a finding: its rule, and what is left of the sentence and the words once
/// capitals, blanks and the shape of quotation marks are put aside.
pub(super) fn key(rule: &str, sentence: &str, words: &str) -> String {
    let hash = Sha256::digest(format!("{}\n{}", plain(sentence), plain(words)));
    format!("{rule}-{}", hex::encode(&hash[..8]))
}

/// A text with its capitals, its blanks and its kinds of quotation mark put aside.
pub(super) fn plain(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let straight = words.replace(['’', '‘'], "'").replace(['“', '”'], "\"");
    straight.to_lowercase()
}
