//! A case's documents for Word: the report, as a draft or signed, and the annex of facts
//! used.
//!
//! Lives here: what a file says of itself, in its header and properties. Not here: its
//! text (`report`), or writing Word's format (`report::docx`).

use chrono::{DateTime, Utc};

use crate::{
    case::CaseFile,
    report::{
        Draft, FactsTexts,
        document::Document,
        docx::{self, About, DocxError, Status},
        words,
    },
};

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
    let name = words::full_name(&case.woman.name);
    let mut header = name.clone();
    if let Some(number) = &case.hearing.case_number {
        header = format!("{header}  |  Case {number}");
    }
    About {
        title: format!("{title}: {name}"),
        author: case.author.name.clone(),
        subject: case.hearing.court.clone(),
        header,
        status,
        fictional: case.fictional,
        created: now,
    }
}
