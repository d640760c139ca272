//! What is signed: the report without its list of what is to be settled, what stands in
//! the way, and what is left open with the author's eyes on it.
//!
//! Lives here: putting the three together. Not here: any rule (the rooms that judge),
//! keeping what was signed (`store`), or asking for it (`web`).

use chrono::{DateTime, NaiveDate, Utc};

use super::{Ending, Pack, Wording, document_as};
use crate::{
    case::CaseFile,
    directory::Directory,
    finding::{Finding, Severity},
    report::{
        Draft, DraftError,
        docx::{DocxError, Status},
    },
    review,
};

/// A report that is about to be signed.
#[derive(Debug)]
pub struct ToSign {
    /// The report as it would be signed.
    pub draft: Draft,
    /// What must be settled first; empty where it may be signed.
    pub blocking: Vec<Finding>,
    /// What asks for something and does not stop a signature.
    pub open: Vec<Finding>,
    /// What the wording check says; its warnings are among what is open.
    pub wording: Wording,
    /// Prompts this kind of report needs that have no answer, in words.
    pub unanswered: Vec<String>,
}

impl ToSign {
    /// What is left open, a line each, as it is kept with the signature.
    #[must_use]
    pub fn left_open(&self) -> Vec<String> {
        let open = self.open.iter().map(|f| f.what.clone());
        self.unanswered.iter().cloned().chain(open).collect()
    }
}

impl Pack {
    /// The report of a case as it would be signed, by the directory as it stands, and
    /// what stands in the way: everything that blocks. Nothing of it is in the way of
    /// drafting.
    ///
    /// # Errors
    /// A passage fails, or the pack has no report of the case's format.
    pub fn to_sign(
        &self,
        case: &CaseFile,
        directory: &Directory,
        today: NaiveDate,
    ) -> Result<ToSign, DraftError> {
        let (draft, findings) = self.judged_draft(case, directory, today, Ending::Finished)?;
        let (blocking, rest): (Vec<Finding>, Vec<Finding>) = findings
            .into_iter()
            .partition(|f| f.severity == Severity::Block);
        let wording = self.wording_of(&draft, case);
        let open = rest.into_iter().chain(wording.findings());
        let open = open.filter(|f| f.severity == Severity::Warn);
        Ok(ToSign {
            wording,
            blocking,
            open: open.collect(),
            draft,
            unanswered: review::missing(case, &self.interview, &[]),
        })
    }
}

/// A report as a DOCX, signed at this moment: no page of it says that it is a draft.
///
/// # Errors
/// The document cannot be written.
pub fn signed_document(
    case: &CaseFile,
    draft: &Draft,
    at: DateTime<Utc>,
) -> Result<Vec<u8>, DocxError> {
    document_as(case, draft, Status::Signed, at)
}
