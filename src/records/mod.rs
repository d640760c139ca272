//! Records duty: how long a report is kept, and why one may be erased.
//!
//! Lives here: rules and judgements, without a clock or a database. Not here: any sentence or
//! number of months (`report-templates/records/`), holds, requests and erasing itself
//! (`store::records`), or a page. A further kind of record is a row of `retention.toml`; where
//! the program must learn to tell it, a line of [`Applies`] too.

mod erasure;
mod retention;

pub use erasure::{ErasureReason, ErasureTexts};
pub use retention::{Applies, Counted, Due, Held, Kind, RetentionRules, Time};

use crate::content::{ContentError, ContentFiles};

/// What records duty goes by.
#[derive(Debug)]
pub struct RecordsTexts {
    /// How long what is kept.
    pub retention: RetentionRules,
    /// How a report is erased.
    pub erasure: ErasureTexts,
}

impl RecordsTexts {
    /// Reads and checks the files.
    ///
    /// # Errors
    /// Every fault found, with file and line where it is known.
    pub fn load(files: &ContentFiles) -> Result<Self, Vec<ContentError>> {
        let mut faults = Vec::new();
        let mut keep = |found: Vec<ContentError>| faults.extend(found);
        let retention = RetentionRules::load(files).map_err(&mut keep).ok();
        let erasure = ErasureTexts::load(files).map_err(&mut keep).ok();
        match (retention, erasure) {
            (Some(retention), Some(erasure)) => Ok(Self { retention, erasure }),
            _ => Err(faults),
        }
    }
}
