//! The DOCX: a document and what is known about it in, the bytes of a file that
//! Word, LibreOffice and a screen reader take without complaint out.
//!
//! Lives here: the way through the rooms below, in order: [`outline`] (which style,
//! which list, how wide), [`word`] (docx-rs builds the body), [`finish`] (what
//! docx-rs gets wrong or cannot say), [`parts`] (everything beside the body),
//! [`package`] (one file, same bytes each time). Not here: any look; that is
//! [`house`]. To add a kind of block, follow the compiler from `outline.rs` down.

mod finish;
mod house;
mod outline;
mod package;
mod parts;
mod styles;
mod text;
mod word;

#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};

use super::document::Document;
use house::{HOUSE, House, LARGE};
use outline::Outline;

/// What a document says about itself, on each page and in its properties.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// Title, as a screen reader announces the file.
    pub title: String,
    /// Who wrote it.
    pub author: String,
    /// What it is about.
    pub subject: String,
    /// At the top of each page: her name and the case number.
    pub header: String,
    /// Whether it may be relied on.
    pub status: Status,
    /// True for an invented case; every page says so.
    pub fictional: bool,
    /// When it was made. A signed report gives its time of signing, so that the
    /// same report is the same bytes.
    pub created: DateTime<Utc>,
}

/// Whether a document may be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Not signed; every page says so.
    Draft,
    /// Signed.
    Signed,
}

/// Why a document could not be written.
#[derive(Debug, thiserror::Error)]
pub enum DocxError {
    /// docx-rs gave a body that is not text.
    #[error("the body of the document came out unreadable ({0}); please report this as a fault")]
    Body(#[from] std::string::FromUtf8Error),
    /// The parts could not be put into one file.
    #[error(
        "the document could not be packed into one file ({0}); \
         if there is memory to spare, please report this as a fault"
    )]
    Package(#[from] zip::result::ZipError),
}

/// Writes a DOCX. The same document and the same `about` give the same bytes.
///
/// # Errors
/// None that text can cause: only a fault in the libraries that write XML and zip.
pub fn write(document: &Document, about: &About) -> Result<Vec<u8>, DocxError> {
    write_in(document, about, &HOUSE)
}

/// As [`write`], in large type.
///
/// # Errors
/// As [`write`].
pub fn write_large(document: &Document, about: &About) -> Result<Vec<u8>, DocxError> {
    write_in(document, about, &LARGE)
}

fn write_in(document: &Document, about: &About, house: &House) -> Result<Vec<u8>, DocxError> {
    let outline = Outline::of(document, house);
    let raw = String::from_utf8(word::body(&outline))?;
    let body = finish::finish(&raw, &outline.tables, &parts::section(house));
    package::pack(&body, &parts::beside(&outline, about, house))
}
