//! A draft as a Word document: its properties and the header of its pages.
//!
//! Not here: the document's making (`report::docx`), or its words.

use chrono::{DateTime, Utc};

use super::Pack;
use crate::{
    case::CaseFile,
    report::{
        Draft, DraftError,
        document::Document,
        docx::{self, About, DocxError, Status},
        words,
    },
};

/// Why a document could not be made.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// The draft failed.
    #[error(transparent)]
    Draft(#[from] DraftError),
    /// Writing the DOCX failed.
    #[error(transparent)]
    Docx(#[from] DocxError),
}

impl Pack {
    /// The draft of a case as a DOCX.
    ///
    /// # Errors
    /// As [`Pack::draft`], or the document cannot be written.
    pub fn docx(&self, case: &CaseFile, now: DateTime<Utc>) -> Result<Vec<u8>, DocumentError> {
        let (draft, _) = self.draft(case, now.date_naive())?;
        Ok(document(case, &draft, now)?)
    }
}

/// A draft as a DOCX.
///
/// # Errors
/// The document cannot be written.
pub fn document(case: &CaseFile, draft: &Draft, now: DateTime<Utc>) -> Result<Vec<u8>, DocxError> {
    document_as(case, draft, Status::Draft, now)
}

pub(super) fn document_as(
    case: &CaseFile,
    draft: &Draft,
    status: Status,
    now: DateTime<Utc>,
) -> Result<Vec<u8>, DocxError> {
    let name = words::full_name(&case.woman.name);
    let about = About {
        title: format!("{}: {name}", draft.title),
        author: case.author.name.clone(),
        subject: case.hearing.court.clone(),
        header: header(case),
        status,
        fictional: case.fictional,
        created: now,
    };
    docx::write(&Document::from_markdown(&draft.markdown()), &about)
}

/// What stands at the head of each page.
pub(super) fn header(case: &CaseFile) -> String {
    let name = words::full_name(&case.woman.name);
    match &case.hearing.case_number {
        Some(number) => format!("{name}  |  Case {number}"),
        None => name,
    }
}
