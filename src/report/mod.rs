//! The draft: templates and answers in, paragraphs with their evidence out; then
//! HTML, DOCX and plain text of the same Markdown.
//!
//! Not here: any sentence a court reads; those are `report-templates/report/`. A
//! draft is a pure function of the case file, the content and the day.

mod assessed;
mod context;
mod coverage;
pub mod document;
pub mod docx;
mod draft;
pub mod edited;
mod enquiry;
mod evidence;
mod facts;
pub mod html;
pub mod keystrokes;
pub mod letters;
mod named;
mod official;
mod opening;
mod page;
pub mod plain;
pub mod planned;
mod proposed;
mod shown;
mod signature;
mod spoken;
pub mod suggest;
mod templates;
pub mod withhold;
pub mod words;

pub use draft::{Draft, DraftError, Passage, Section, draft, letter, oral_record, speaking_note};
pub use evidence::Evidence;
pub use facts::FactsTexts;
pub use page::{page, page_large, page_of};
pub use signature::Signature;
pub use spoken::SpeakingNote;
pub use templates::ReportTemplates;

use crate::{
    case::CaseFile,
    directory::Directory,
    interview::{Held, Interview},
    sentencing::LawPack,
};

/// Everything a draft is made of. Nothing else bears on it.
#[derive(Debug, Clone, Copy)]
pub struct Materials<'a> {
    /// The case.
    pub case: &'a CaseFile,
    /// The same opened for reading, where somebody has opened it already.
    pub held: Option<&'a Held<'a>>,
    /// The prompts its answers belong to.
    pub interview: &'a Interview,
    /// The report's own text.
    pub templates: &'a ReportTemplates,
    /// The law.
    pub law: &'a LawPack,
    /// Places, for the name of where she lives.
    pub directory: &'a Directory,
    /// The day the draft is made.
    pub today: chrono::NaiveDate,
    /// What is still to be settled, in words; listed at the end of a draft.
    pub missing: &'a [String],
    /// The signature, where it is drafted to be signed.
    pub signed: Option<&'a Signature>,
    /// What was typed for a letter; none for anything else.
    pub letter: Option<&'a letters::Typed>,
}
