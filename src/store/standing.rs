//! How a report stands, read from its kept head and the tail of its log.
//!
//! Here: the statements for it, and when a head is kept. Not here: what a head is
//! (`head`), or what is still in memory (`known`). Macros, because they read from a
//! pool or from a transaction, of either engine.

use sqlx::FromRow;

use super::{StoreError, head::Head, parts::Part, report_key::ReportKey, reports::Written};
use crate::case::revision::Write;

/// A head is kept whenever the log passes a multiple of this: rarely enough that a save
/// is not a copy of the report, often enough that a tail is short.
const EVERY: i64 = 32;

/// True where the head is to be kept after a save that took the log from one revision
/// to another.
pub(super) fn is_due(before: i64, after: i64) -> bool {
    before / EVERY != after / EVERY
}

/// A head as it is kept.
#[derive(FromRow)]
pub(super) struct HeadRecord {
    pub(super) revision: i64,
    pub(super) content: Vec<u8>,
}

/// A write that came after it.
#[derive(FromRow)]
pub(super) struct TailRecord {
    pub(super) seq: i64,
    pub(super) content: Vec<u8>,
}

/// The kept head of a report.
macro_rules! kept_head {
    ($from:expr, $report:expr) => {{
        let found: Option<$crate::store::standing::HeadRecord> =
            sqlx::query_as("SELECT revision, content FROM report_head WHERE report_id = $1")
                .bind($report)
                .fetch_optional($from)
                .await?;
        found
    }};
}

/// The writes of a report after one revision and up to another.
macro_rules! tail {
    ($from:expr, $report:expr, $after:expr, $until:expr) => {{
        let found: Vec<$crate::store::standing::TailRecord> = sqlx::query_as(
            "SELECT seq, content FROM revision
             WHERE report_id = $1 AND seq > $2 AND seq <= $3 ORDER BY seq",
        )
        .bind($report)
        .bind($after)
        .bind($until)
        .fetch_all($from)
        .await?;
        found
    }};
}
pub(super) use {kept_head, tail};

/// The head of a report at a revision: the kept one with its tail laid over. A tail
/// with a gap is refused: rows of the log do not go missing by themselves.
pub(super) fn head_at(
    key: &ReportKey,
    revision: i64,
    kept: &HeadRecord,
    tail: &[TailRecord],
) -> Result<Head, StoreError> {
    let mut head: Head = key.open(Part::Head(kept.revision), &kept.content)?;
    let mut at = kept.revision;
    for row in tail {
        if row.seq != at + 1 {
            break;
        }
        at = row.seq;
        let written: Written = key.open(Part::Revision(at), &row.content)?;
        head.apply(&[Write::new(written.place, written.value)]);
    }
    if at == revision {
        Ok(head)
    } else {
        Err(StoreError::unreadable(format!(
            "the log of report {}",
            key.report()
        )))
    }
}
