//! The quality check: the questions inspectors ask of a court report, each with what in
//! the case shows it, and places where the report says one thing twice and differently.
//!
//! Lives here: judgement from what is recorded. Not here: any question or sentence
//! (`report-templates/quality/inspection.toml`, `consistency.toml`), the law, or wording.
//! A further question is a row of the file; a further thing to look at that no prompt
//! shows is a variant of [`content::Check`] and its function in `checks`; a further
//! finding is its code in `told::FINDINGS` and its words in the file.

mod checks;
mod consistency;
mod content;
mod figures;
mod levels;
mod parts;
mod phrases;

#[cfg(test)]
mod tests;

use chrono::NaiveDate;

pub use content::QualityTexts;

use super::EnquiryTexts;
use crate::{
    case::CaseFile,
    finding::{Finding, Source},
    interview::Interview,
    report::Draft,
    sentencing::LawPack,
};

/// What a quality check looks at.
#[derive(Debug, Clone, Copy)]
pub struct Looked<'a> {
    /// The case, as far as its prompts are asked.
    pub case: &'a CaseFile,
    /// The prompts.
    pub interview: &'a Interview,
    /// Which enquiries inspectors expect.
    pub enquiries: &'a EnquiryTexts,
    /// For the names and amounts of requirements.
    pub law: &'a LawPack,
    /// The report as it reads now, edits included.
    pub draft: &'a Draft,
    /// The day it is judged on.
    pub today: NaiveDate,
}

/// How far something is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shown {
    /// Nothing shows it.
    Not,
    /// Something does, and something is wanting.
    Partly,
    /// It is shown.
    Met,
}

impl Shown {
    /// What several amount to where all are wanted.
    fn of_all(all: impl IntoIterator<Item = Self>) -> Self {
        let mut all = all.into_iter();
        let Some(first) = all.next() else {
            return Self::Met;
        };
        all.fold(
            first,
            |so_far, next| {
                if so_far == next { so_far } else { Self::Partly }
            },
        )
    }
}

/// One thing that shows it, or that is wanting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What it is: the name of a prompt, an enquiry, a requirement.
    pub label: String,
    /// What there is to say of it, where that is not plain: `not asked`.
    pub note: String,
    /// Its place in the case file.
    pub at: String,
    /// How far it shows it.
    pub shown: Shown,
    /// True where the author keeps it on the record: nobody else is told of it.
    pub on_record: bool,
}

/// One part of a question, judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What is looked for.
    pub looks_for: String,
    /// How far it is shown.
    pub shown: Shown,
    /// What shows it, and what is wanting.
    pub evidence: Vec<Piece>,
    /// What would make it better; empty where it is shown.
    pub better: String,
}

/// One question, judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// Its letter in the file; no letter of the inspectorate's.
    pub id: String,
    /// The question, in Foreword's words.
    pub asks: String,
    /// It in two or three words.
    pub summary: String,
    /// How far it is shown.
    pub shown: Shown,
    /// Part by part.
    pub parts: Vec<Part>,
    /// Where the question is known from.
    pub source: Source,
}

/// The whole check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quality {
    /// Question by question, in the order of the file.
    pub questions: Vec<Judged>,
    /// Where the report does not agree with itself.
    pub consistency: Vec<Finding>,
}

impl QualityTexts {
    /// Judges a case and its draft.
    #[must_use]
    pub fn check(&self, looked: &Looked<'_>) -> Quality {
        Quality {
            questions: self.questions(looked),
            consistency: self.consistency(looked),
        }
    }
}
