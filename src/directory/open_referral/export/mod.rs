//! The whole public part of a directory, written out: JSON, one service a line, or the
//! tabular data package.
//!
//! Lives here: the two JSON forms. Beside it: the tables (`package`) and what stands
//! in each (`columns`). Not here: files; a writer is handed in. One service is in
//! memory at a time. A further form is a function here.

mod columns;
mod package;

use std::io::{self, Write};

pub use self::{columns::Spelling, package::package};
use super::Feed;

/// Writes one page with every service, as `GET /services?full=true` would give it.
///
/// # Errors
/// The writer fails.
pub fn json(feed: &Feed, mut to: impl Write) -> io::Result<()> {
    let total = feed.len();
    write!(
        to,
        "{{\"total_items\":{total},\"total_pages\":{pages},\"page_number\":1,\"size\":{total},\
         \"first_page\":true,\"last_page\":true,\"empty\":{empty},\"contents\":[",
        pages = usize::from(total > 0),
        empty = total == 0,
    )?;
    let writer = feed.writer();
    for (at, record) in feed.records().enumerate() {
        to.write_all(if at == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut to, &writer.service(&record))?;
    }
    to.write_all(b"\n]}\n")?;
    to.flush()
}

/// Writes every service on a line of its own.
///
/// # Errors
/// The writer fails.
pub fn ndjson(feed: &Feed, mut to: impl Write) -> io::Result<()> {
    let writer = feed.writer();
    for record in feed.records() {
        serde_json::to_writer(&mut to, &writer.service(&record))?;
        to.write_all(b"\n")?;
    }
    to.flush()
}
