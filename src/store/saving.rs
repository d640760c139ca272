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
    reports::Written,
    seal::Row,
    signing::signer,
    summary::Summary,
};
use crate::case::{
    CaseFileError,
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
struct HeadRecord {
    revision: i64,
    head: Vec<u8>,
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
    head: Vec<u8>,
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
        let sealed = self.seal(new.id, 0, &head, new.writes, None)?;
        let (report, owner) = (new.id.to_string(), self.account.to_string());
        writing!(&self.store.database, |tx| {
            sqlx::query(
                "INSERT INTO report (id, owner_id, fictional, pack_version, created_at, updated_at, revision, head, summary)
                 VALUES ($1, $2, $3, $4, $5, $5, $6, $7, $8)",
            )
            .bind(&report)
            .bind(&owner)
            .bind(sealed.fictional)
            .bind(new.pack_version)
            .bind(now)
            .bind(sealed.revision)
            .bind(&sealed.head)
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
        let head_query = self.store.database.dialect().report_for_writing;
        let (id, owner) = (report.to_string(), self.account.to_string());
        Ok(writing!(&self.store.database, |tx| {
            let found: Option<HeadRecord> = sqlx::query_as(head_query)
                .bind(&id)
                .bind(&owner)
                .fetch_optional(&mut *tx)
                .await?;
            let found = found.ok_or(SaveError::NoSuchReport)?;
            let mut head: Head = keys.open(Row::Head(report, found.revision), &found.head)?;
            let before = head.at_each(writes);
            head.apply(writes);
            if before == head.at_each(writes) {
                return Ok(Save::Saved {
                    revision: found.revision,
                });
            }
            if let Some(at) = found.signed_at {
                return Ok(Save::Signed(SignedMark {
                    at,
                    by: signer!(tx, &id),
                }));
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
            let listed: Summary =
                keys.open(Row::Summary(report, found.revision), &found.summary)?;
            let sealed = self.seal(report, found.revision, &head, writes, Some(&listed))?;
            sqlx::query(
                "UPDATE report SET fictional = $2, updated_at = $3, revision = $4, head = $5, summary = $6
                 WHERE id = $1",
            )
            .bind(&id)
            .bind(sealed.fictional)
            .bind(now)
            .bind(sealed.revision)
            .bind(&sealed.head)
            .bind(&sealed.summary)
            .execute(&mut *tx)
            .await?;
            append!(tx, sealed, &id, &owner, now);
            Save::Saved {
                revision: sealed.revision,
            }
        }))
    }

    /// Seals a report's next state, refusing one that would no longer read.
    fn seal(
        &self,
        report: ReportId,
        revision: i64,
        head: &Head,
        writes: &[Write],
        listed: Option<&Summary>,
    ) -> Result<Sealed, SaveError> {
        let keys = &self.store.keys;
        let case = head.changed_part(writes).map_err(SaveError::Unfit)?;
        let summary = Summary::of(&case);
        let words = summary.words();
        let revisions = (revision + 1..)
            .zip(writes)
            .map(|(seq, write)| {
                let writing = Writing {
                    place: &write.place,
                    value: &write.value,
                };
                Ok((seq, keys.seal(Row::Revision(report, seq), &writing)?))
            })
            .collect::<Result<Vec<_>, StoreError>>()?;
        let revision = revisions.last().map_or(revision, |(seq, _)| *seq);
        Ok(Sealed {
            fictional: case.fictional,
            revision,
            head: keys.seal(Row::Head(report, revision), head)?,
            summary: keys.seal(Row::Summary(report, revision), &summary)?,
            words: (listed.map(Summary::words).as_ref() != Some(&words))
                .then(|| words.iter().map(|word| keys.word(word)).collect()),
            revisions,
        })
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

/// Appends sealed revisions to the log, and replaces the words a report is found by
/// where they have changed. A macro, because it runs in a transaction of either
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
