//! Writing reports: starting or importing one, and saving into it. Everything of one
//! call is written, or nothing is.
//!
//! Here: the order in which a save is judged: is it hers, does it change anything, is
//! the report signed, has somebody else written there since, does it still read. Not here: what a
//! write means (`case::revision`).

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;
use sqlx::FromRow;

use super::{
    Action, AuthorStore, MOST_UNSENT, ReportId, SignedMark, StoreError,
    audit::record,
    database::{to_millis, writing},
    head::Head,
    keys::Keys,
    known::Standing,
    reports::Written,
    seal::Row,
    signing::signer,
    standing::{head_at, is_due, kept_head, tail},
    summary::Summary,
};
use crate::case::{
    CaseFile, CaseFileError,
    revision::{Write, touches},
};

/// A report to start or import.
#[derive(Debug, Clone, Copy)]
pub struct NewReport<'a> {
    /// Its id.
    pub id: ReportId,
    /// Version of the content pack in use.
    pub pack_version: &'a str,
    /// What it starts with; for an import, the unfolded case file.
    pub writes: &'a [Write],
}

/// How a save ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Save {
    /// It is on the disk.
    Saved {
        /// The report's latest revision.
        revision: i64,
    },
    /// Somebody, or the same person elsewhere, has written there since. Nothing was
    /// written.
    Stale(Stale),
    /// The report was signed meanwhile. Nothing was written.
    Signed(SignedMark),
}

/// What was written since, in the place a save was about.
#[derive(Debug, Clone, PartialEq)]
pub struct Stale {
    /// The place of the save.
    pub place: String,
    /// The revision that wrote there.
    pub revision: i64,
    /// What the place holds now.
    pub current: Value,
    /// Who wrote it.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Why nothing was saved.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// There is no such report among hers.
    #[error("there is no such report")]
    NoSuchReport,
    /// What was to be written is not a case file.
    #[error("this does not fit a case file, and nothing was saved: {0}")]
    Unfit(CaseFileError),
    /// What was to be kept is more than is kept of one page.
    #[error(
        "there are {bytes} bytes on this page, and {MOST_UNSENT} are the most that can be kept of it; nothing was kept"
    )]
    TooMuch {
        /// How much there is.
        bytes: usize,
    },
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for SaveError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// What a write looks like before it is sealed; read back as [`Written`].
#[derive(Serialize)]
struct Writing<'a> {
    place: &'a str,
    value: &'a Value,
}

#[derive(FromRow)]
struct RowRecord {
    revision: i64,
    summary: Vec<u8>,
    signed_at: Option<DateTime<Utc>>,
}

#[derive(FromRow)]
struct SinceRecord {
    seq: i64,
    content: Vec<u8>,
    at: DateTime<Utc>,
    display_name: String,
}

/// A report's row as it is to be, sealed.
struct Sealed {
    fictional: bool,
    revision: i64,
    /// The head, where it is to be kept.
    head: Option<Vec<u8>>,
    summary: Vec<u8>,
    /// Hashes of the words it is found by, where they are to be replaced.
    words: Option<Vec<Vec<u8>>>,
    /// Each write with its number.
    revisions: Vec<(i64, Vec<u8>)>,
}

impl AuthorStore<'_> {
    /// Starts a report of hers with its first writes, in one transaction.
    ///
    /// # Errors
    /// The writes do not add up to a case file, or the database failed. Nothing of
    /// the report is kept then.
    pub async fn create_report(
        self,
        new: NewReport<'_>,
        now: DateTime<Utc>,
    ) -> Result<ReportId, SaveError> {
        let now = to_millis(now);
        let mut head = Head::new();
        head.apply(new.writes);
        let (sealed, _) = self.seal(new.id, None, &head, new.writes)?;
        let (report, owner) = (new.id.to_string(), self.account.to_string());
        writing!(&self.store.database, |tx| {
            sqlx::query(
                "INSERT INTO report (id, owner_id, fictional, pack_version, created_at, updated_at, revision, summary)
                 VALUES ($1, $2, $3, $4, $5, $5, $6, $7)",
            )
            .bind(&report)
            .bind(&owner)
            .bind(sealed.fictional)
            .bind(new.pack_version)
            .bind(now)
            .bind(sealed.revision)
            .bind(&sealed.summary)
            .execute(&mut *tx)
            .await?;
            append!(tx, sealed, &report, &owner, now);
            record!(
                tx,
                Some(self.account),
                Some(new.id),
                Action::ReportCreated,
                now
            );
        });
        Ok(new.id)
    }

    /// Saves into one of her reports. `seen` is the revision the author was looking
    /// at. When this returns [`Save::Saved`], it is on the disk.
    ///
    /// A save that changes nothing is answered with the present revision, so that a
    /// browser may safely send again what it is not sure has arrived; on a signed
    /// report too, for it is there.
    ///
    /// # Errors
    /// See [`SaveError`]; nothing was written then.
    pub async fn save(
        self,
        report: ReportId,
        writes: &[Write],
        seen: i64,
        now: DateTime<Utc>,
    ) -> Result<Save, SaveError> {
        let now = to_millis(now);
        let keys = &self.store.keys;
        let row_query = self.store.database.dialect().report_for_writing;
        let (id, owner) = (report.to_string(), self.account.to_string());
        let (saved, name, standing) = writing!(&self.store.database, |tx| {
            let found: Option<RowRecord> = sqlx::query_as(row_query)
                .bind(&id)
                .bind(&owner)
                .fetch_optional(&mut *tx)
                .await?;
            let found = found.ok_or(SaveError::NoSuchReport)?;
            let mut standing = if let Some(known) = self.store.known.take(report, &found.summary) {
                known
            } else {
                let kept = kept_head!(&mut *tx, &id)
                    .ok_or_else(|| StoreError::unreadable(format!("report {report}")))?;
                let tail = tail!(&mut *tx, &id, kept.revision, found.revision);
                let head = head_at(keys, report, found.revision, &kept, &tail)?;
                Standing::new(found.revision, head)
            };
            let before = standing.head.at_each(writes);
            standing.head.apply(writes);
            if before == standing.head.at_each(writes) {
                return Ok(Save::Saved {
                    revision: found.revision,
                });
            }
            if let Some(at) = found.signed_at {
                let by = signer!(tx, &id);
                return Ok(Save::Signed(SignedMark { at, by }));
            }
            if seen < found.revision {
                let since: Vec<SinceRecord> = sqlx::query_as(
                    "SELECT revision.seq, revision.content, revision.at, account.display_name
                     FROM revision JOIN account ON account.id = revision.by_account_id
                     WHERE revision.report_id = $1 AND revision.seq > $2
                     ORDER BY revision.seq DESC",
                )
                .bind(&id)
                .bind(seen)
                .fetch_all(&mut *tx)
                .await?;
                if let Some(stale) = stale(keys, report, since, writes, &before)? {
                    return Ok(Save::Stale(stale));
                }
            }
            let (sealed, changed) = self.seal(report, Some(&found), &standing.head, writes)?;
            sqlx::query(
                "UPDATE report SET fictional = $2, updated_at = $3, revision = $4, summary = $5
                 WHERE id = $1",
            )
            .bind(&id)
            .bind(sealed.fictional)
            .bind(now)
            .bind(sealed.revision)
            .bind(&sealed.summary)
            .execute(&mut *tx)
            .await?;
            append!(tx, sealed, &id, &owner, now);
            standing.moved_to(sealed.revision, writes, &changed);
            let saved = Save::Saved {
                revision: sealed.revision,
            };
            (saved, sealed.summary, standing)
        });
        self.store.known.keep(report, name, standing);
        Ok(saved)
    }

    /// Seals a report's next state, refusing one that would no longer read, and gives
    /// back with it the part of the case file that the writes changed. `found` is the
    /// row it has so far.
    fn seal(
        &self,
        report: ReportId,
        found: Option<&RowRecord>,
        head: &Head,
        writes: &[Write],
    ) -> Result<(Sealed, CaseFile), SaveError> {
        let keys = &self.store.keys;
        let before = found.map_or(0, |row| row.revision);
        let listed: Option<Summary> = found
            .map(|row| keys.open(Row::Summary(report, before), &row.summary))
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
                Ok((seq, keys.seal(Row::Revision(report, seq), &writing)?))
            })
            .collect::<Result<Vec<_>, StoreError>>()?;
        let revision = revisions.last().map_or(before, |(seq, _)| *seq);
        let head_due = found.is_none() || is_due(before, revision);
        let sealed = Sealed {
            fictional: changed.fictional,
            revision,
            head: head_due
                .then(|| keys.seal(Row::Head(report, revision), head))
                .transpose()?,
            summary: keys.seal(Row::Summary(report, revision), &summary)?,
            words: (listed.map(|listed| listed.words()).as_ref() != Some(&words))
                .then(|| words.iter().map(|word| keys.word(word)).collect()),
            revisions,
        };
        Ok((sealed, changed))
    }
}

/// The latest write since `seen` that one of these writes would lie over unseen.
/// `held` is what their places hold without them.
fn stale(
    keys: &Keys,
    report: ReportId,
    since: Vec<SinceRecord>,
    writes: &[Write],
    held: &[Value],
) -> Result<Option<Stale>, StoreError> {
    for row in since {
        let written: Written = keys.open(Row::Revision(report, row.seq), &row.content)?;
        let mut pairs = writes.iter().zip(held);
        if let Some((write, held)) = pairs.find(|(w, _)| touches(&w.place, &written.place)) {
            return Ok(Some(Stale {
                place: write.place.clone(),
                revision: row.seq,
                current: held.clone(),
                by: row.display_name,
                at: row.at,
            }));
        }
    }
    Ok(None)
}

/// Appends sealed revisions to the log, keeps the head where that is due, and replaces
/// the words a report is found by where they have changed. A macro, because it runs in a transaction of either
/// engine.
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
use append;
