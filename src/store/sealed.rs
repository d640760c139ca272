//! A report's next state, sealed and ready to be written.
//!
//! Here: what of it is sealed, and the statements that append it. Not here: whether it
//! may be written (`saving`), or how sealing is done (`seal`).

use serde::Serialize;
use serde_json::Value;

use super::{
    AuthorStore, SaveError, StoreError, head::Head, parts::Part, report_key::ReportKey,
    standing::is_due, summary::Summary,
};
use crate::case::{CaseFile, revision::Write};

/// What a write looks like before it is sealed; read back as [`Written`].
#[derive(Serialize)]
struct Writing<'a> {
    place: &'a str,
    value: &'a Value,
}

/// A report's row as it is to be, sealed.
pub(super) struct Sealed {
    pub(super) fictional: bool,
    pub(super) revision: i64,
    /// The head, where it is to be kept.
    pub(super) head: Option<Vec<u8>>,
    pub(super) summary: Vec<u8>,
    /// Hashes of the words it is found by, where they are to be replaced.
    pub(super) words: Option<Vec<Vec<u8>>>,
    /// Each write with its number.
    pub(super) revisions: Vec<(i64, Vec<u8>)>,
}

impl AuthorStore<'_> {
    /// Seals a report's next state with its key, refusing one that would no longer read, and gives
    /// back with it the part of the case file that the writes changed. `found` is the
    /// revision and the sealed summary it has so far.
    pub(super) fn seal(
        &self,
        key: &ReportKey,
        found: Option<(i64, &[u8])>,
        head: &Head,
        writes: &[Write],
    ) -> Result<(Sealed, CaseFile), SaveError> {
        let keys = &self.store.keys;
        let before = found.map_or(0, |(revision, _)| revision);
        let listed: Option<Summary> = found
            .map(|(_, summary)| key.open(Part::Summary(before), summary))
            .transpose()?;
        let changed = head.changed_part(writes).map_err(SaveError::Unfit)?;
        let summary = Summary::of(&changed);
        let words = summary.words();
        let revisions = (before + 1..)
            .zip(writes)
            .map(|(seq, write)| {
                let writing = Writing {
                    place: &write.place,
                    value: &write.value,
                };
                Ok((seq, key.seal(Part::Revision(seq), &writing)?))
            })
            .collect::<Result<Vec<_>, StoreError>>()?;
        let revision = revisions.last().map_or(before, |(seq, _)| *seq);
        let head_due = found.is_none() || is_due(before, revision);
        let sealed = Sealed {
            fictional: changed.fictional,
            revision,
            head: head_due
                .then(|| key.seal(Part::Head(revision), head))
                .transpose()?,
            summary: key.seal(Part::Summary(revision), &summary)?,
            words: (listed.map(|listed| listed.words()).as_ref() != Some(&words))
                .then(|| words.iter().map(|word| keys.word(word)).collect()),
            revisions,
        };
        Ok((sealed, changed))
    }
}

/// Appends sealed revisions to the log, keeps the head where that is due, and replaces
/// the words a report is found by where they have changed. A macro, because it runs in
/// a transaction of either engine.
macro_rules! append {
    ($tx:ident, $sealed:expr, $report:expr, $by:expr, $now:expr) => {
        for (seq, content) in &$sealed.revisions {
            sqlx::query(
                "INSERT INTO revision (report_id, seq, content, by_account_id, at)
                 VALUES ($1, $2, $3, $4, $5)",
            )
            .bind($report)
            .bind(seq)
            .bind(content)
            .bind($by)
            .bind($now)
            .execute(&mut *$tx)
            .await?;
        }
        if let Some(head) = &$sealed.head {
            sqlx::query(
                "INSERT INTO report_head (report_id, revision, content) VALUES ($1, $2, $3)
                 ON CONFLICT (report_id)
                 DO UPDATE SET revision = excluded.revision, content = excluded.content",
            )
            .bind($report)
            .bind($sealed.revision)
            .bind(head)
            .execute(&mut *$tx)
            .await?;
        }
        if let Some(words) = &$sealed.words {
            sqlx::query("DELETE FROM report_word WHERE report_id = $1")
                .bind($report)
                .execute(&mut *$tx)
                .await?;
            for word in words {
                sqlx::query("INSERT INTO report_word (report_id, word) VALUES ($1, $2)")
                    .bind($report)
                    .bind(word)
                    .execute(&mut *$tx)
                    .await?;
            }
        }
    };
}
pub(super) use append;
