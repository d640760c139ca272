//! What is signed: the report without its list of what is to be settled, what stands in
//! the way, and what is left open with the author's eyes on it.
//!
//! Lives here: putting the three together. Not here: any rule (the rooms that judge),
//! keeping what was signed (`store`), or asking for it (`web`).

use chrono::{DateTime, NaiveDate, Utc};

use super::{Ending, Judged, Looked, Pack, Wording, documents::document_as};
use crate::{
    case::CaseFile,
    directory::Directory,
    finding::{Finding, Severity},
    interview::Held,
    report::{
        Draft, DraftError, Signature,
        docx::{DocxError, Status},
    },
    review::{self, second::SecondPerson},
};

/// Who is about to sign.
#[derive(Debug, Clone, Copy)]
pub struct Signer<'a> {
    /// Name.
    pub name: &'a str,
    /// How the check by a second person stands.
    pub second: &'a SecondPerson,
}

/// A report that is about to be signed.
#[derive(Debug)]
pub struct ToSign {
    /// The report as it would be signed.
    pub draft: Draft,
    /// What must not leave, and what of it is in the report.
    pub looked: Looked,
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
        signer: Signer<'_>,
    ) -> Result<ToSign, DraftError> {
        let checked = signer.second.approved_now();
        let signature = Signature {
            by: signer.name.to_owned(),
            on: today,
            checked: checked.map(|who| (who.name.clone(), who.on)),
        };
        let ending = Ending::Finished(&signature);
        let Judged {
            draft,
            mut findings,
            looked,
        } = self.judged_draft(case, directory, today, ending)?;
        findings.extend(self.second.check(case, signer.second));
        let (blocking, rest): (Vec<Finding>, Vec<Finding>) = findings
            .into_iter()
            .partition(|f| f.severity == Severity::Block);
        let wording = self.wording_of(&draft, case);
        let open = rest.into_iter().chain(wording.findings());
        let open = open.filter(|f| f.severity == Severity::Warn);
        Ok(ToSign {
            wording,
            looked,
            blocking,
            open: open.collect(),
            draft,
            unanswered: review::missing(&Held::of(case), &self.interview, &[]),
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
