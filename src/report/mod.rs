//! The draft: templates and answers in, paragraphs with their evidence out; then
//! HTML, DOCX and plain text of the same Markdown.

pub mod document;
pub mod docx;
pub mod html;
pub mod plain;
