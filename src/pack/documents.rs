//! A case's documents for Word: the report, as a draft or signed, and the annex of facts
//! used.
//!
//! Lives here: what a file says of itself, in its header and properties. Not here: its
//! text (`report`), or writing Word's format (`report::docx`).

use chrono::{DateTime, Utc};

use super::Pack;
use crate::{
    case::CaseFile,
    report::{
        Draft, DraftError, FactsTexts,
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

/// The annex of facts used in a draft, as a DOCX of its own: every page of it says that it
/// is not for the court.
///
/// # Errors
/// The document cannot be written.
pub fn annex(
    case: &CaseFile,
    draft: &Draft,
    texts: &FactsTexts,
    now: DateTime<Utc>,
) -> Result<Vec<u8>, DocxError> {
    let mut about = about(case, &texts.title, Status::Draft, now);
    about.header = format!("{}  |  {}", texts.for_whom, about.header);
    docx::write(&Document::from_markdown(&texts.annex(draft)), &about)
}

pub(super) fn document_as(
    case: &CaseFile,
    draft: &Draft,
    status: Status,
    now: DateTime<Utc>,
) -> Result<Vec<u8>, DocxError> {
    let about = about(case, &draft.title, status, now);
    docx::write(&Document::from_markdown(&draft.markdown()), &about)
}

fn about(case: &CaseFile, title: &str, status: Status, now: DateTime<Utc>) -> About {
    About {
        title: format!("{title}: {}", words::full_name(&case.woman.name)),
        author: case.author.name.clone(),
        subject: case.hearing.court.clone(),
        header: header(case),
        status,
        fictional: case.fictional,
        created: now,
    }
}

/// What stands at the head of each page.
pub(super) fn header(case: &CaseFile) -> String {
    let name = words::full_name(&case.woman.name);
    match &case.hearing.case_number {
        Some(number) => format!("{name}  |  Case {number}"),
        None => name,
    }
}
