//! The oral report of a case: the note to speak from, and the record handed up.
//!
//! Lives here: putting them together with law and directory. Not here: any sentence, or
//! what is left unsaid (`report::spoken`).

use chrono::{DateTime, NaiveDate, Utc};

use super::{Pack, documents::document_as};
use crate::{
    case::CaseFile,
    directory::Directory,
    report::{
        self, Draft, DraftError, Materials, SpeakingNote,
        document::Document,
        docx::{self, About, DocxError, Status},
        letters::{Letter, Typed},
    },
};

impl Pack {
    /// The note that an oral report is spoken from.
    ///
    /// # Errors
    /// A passage fails.
    pub fn speaking_note(
        &self,
        case: &CaseFile,
        directory: &Directory,
        today: NaiveDate,
    ) -> Result<SpeakingNote, DraftError> {
        let law = self.law.now();
        report::speaking_note(&self.materials(case, &law, directory, today, &[]))
    }

    /// The record of an oral report.
    ///
    /// # Errors
    /// A passage fails.
    pub fn oral_record(
        &self,
        case: &CaseFile,
        directory: &Directory,
        today: NaiveDate,
    ) -> Result<Draft, DraftError> {
        let law = self.law.now();
        report::oral_record(&self.materials(case, &law, directory, today, &[]))
    }
}

impl Pack {
    /// A letter to her, with what was typed for it.
    ///
    /// # Errors
    /// A passage fails.
    pub fn letter(
        &self,
        case: &CaseFile,
        letter: &Letter,
        typed: &Typed,
        directory: &Directory,
        today: NaiveDate,
    ) -> Result<Draft, DraftError> {
        let law = self.law.now();
        let materials = Materials {
            letter: Some(typed),
            ..self.materials(case, &law, directory, today, &[])
        };
        report::letter(&materials, letter)
    }
}

/// A letter as a DOCX: her name is on its first line, and nothing about a case on any.
///
/// # Errors
/// The document cannot be written.
pub fn letter_document(
    draft: &Draft,
    case: &CaseFile,
    now: DateTime<Utc>,
) -> Result<Vec<u8>, DocxError> {
    let about = About {
        title: draft.title.clone(),
        author: case
            .author
            .name
            .split_whitespace()
            .next()
            .unwrap_or_default()
            .to_owned(),
        subject: draft.title.clone(),
        header: draft.title.clone(),
        status: Status::Signed,
        fictional: case.fictional,
        created: now,
    };
    docx::write(&Document::from_markdown(&draft.markdown()), &about)
}

/// A note or a record as a DOCX.
///
/// # Errors
/// The document cannot be written.
pub fn oral_document(
    case: &CaseFile,
    draft: &Draft,
    now: DateTime<Utc>,
) -> Result<Vec<u8>, DocxError> {
    document_as(case, draft, Status::Draft, now)
}
