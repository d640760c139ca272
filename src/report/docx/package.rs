//! The parts of a document as one file.
//!
//! Lives here: zip, compression, and the fixed date that keeps bytes the same.
//! Not here: what is in a part.

use std::io::{Cursor, Write};

use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use super::DocxError;

/// One part: its path in the file and its XML.
pub struct Part {
    /// Such as `word/styles.xml`.
    pub path: &'static str,
    /// The XML.
    pub xml: String,
}

/// Path of the main part.
const BODY: &str = "word/document.xml";

/// Higher levels cost a fifth of the whole for 2 KB less: `benches/README.md`.
const LEVEL: i64 = 1;

/// Packs the body and the parts beside it. The content types come first, by
/// which other programs know the file for what it is.
pub fn pack(body: &str, beside: &[Part]) -> Result<Vec<u8>, DocxError> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(LEVEL))
        .last_modified_time(DateTime::DEFAULT)
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::with_capacity(body.len() / 4)));
    for part in beside {
        zip.start_file(part.path, options)?;
        zip.write_all(part.xml.as_bytes())
            .map_err(zip::result::ZipError::Io)?;
    }
    zip.start_file(BODY, options)?;
    zip.write_all(body.as_bytes())
        .map_err(zip::result::ZipError::Io)?;
    Ok(zip.finish()?.into_inner())
}
