//! Writing reports: starting or importing one, and saving into it. Everything of one
//! call is written, or nothing is.
//!
//! Here: the order in which a save is judged: is it hers, does it change anything, is
//! the report signed, has somebody else written there since, does it still read. Not here: what a
//! write means (`case::revision`).

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::FromRow;

use super::{
    Action, AuthorStore, MOST_UNSENT, ReportId, SignedMark, StoreError,
    at_once::After,
    audit::record,
    database::{to_millis, writing},
    head::Head,
    known::Standing,
    parts::Part,
    report_key::ReportKey,
    reports::Written,
    sealed::append,
    signing::signer,
    standing::{head_at, kept_head, tail},
    unmet::{UnmetNeed, replace_unmet},
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

#[derive(FromRow)]
struct RowRecord {
    revision: i64,
    summary: Vec<u8>,
    signed_at: Option<DateTime<Utc>>,
    wrapped: Vec<u8>,
}

#[derive(FromRow)]
struct SinceRecord {
    seq: i64,
    content: Vec<u8>,
    at: DateTime<Utc>,
    display_name: String,
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
        let key = ReportKey::random(new.id)?;
        let wrapped = self.store.keys.wrap(&key)?;
        let (sealed, _) = self.seal(&key, None, &head, new.writes)?;
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
            sqlx::query("INSERT INTO report_key (report_id, wrapped) VALUES ($1, $2)")
                .bind(&report)
                .bind(&wrapped)
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
        let judged = self.judge(report, writes, None, seen, to_millis(now));
        Ok(judged.await?.0)
    }

    /// Judges a save and writes it, in one transaction; where `unmet` is given, with
    /// what the report counts for in its area's record of unmet needs.
    pub(super) async fn judge(
        self,
        report: ReportId,
        writes: &[Write],
        unmet: Option<&[UnmetNeed]>,
        seen: i64,
        now: DateTime<Utc>,
    ) -> Result<(Save, Option<After>), SaveError> {
        let keys = &self.store.keys;
        let row_query = self.store.database.dialect().report_for_writing;
        let (id, owner) = (report.to_string(), self.account.to_string());
        let (saved, name, mut standing) = writing!(&self.store.database, |tx| {
            let found: Option<RowRecord> = sqlx::query_as(row_query)
                .bind(&id)
                .bind(&owner)
                .fetch_optional(&mut *tx)
                .await?;
            let found = found.ok_or(SaveError::NoSuchReport)?;
            let key = keys.report_key(report, &found.wrapped)?;
            let mut standing = if let Some(known) = self.store.known.take(report, &found.summary) {
                known
            } else {
                let kept = kept_head!(&mut *tx, &id)
                    .ok_or_else(|| StoreError::unreadable(format!("report {report}")))?;
                let tail = tail!(&mut *tx, &id, kept.revision, found.revision);
                let head = head_at(&key, found.revision, &kept, &tail)?;
                Standing::new(found.revision, head)
            };
            let before = standing.head.at_each(writes);
            if !standing.changed_by(writes) {
                let known = &self.store.known;
                known.keep_unchanged(report, &found.summary, standing, writes);
                let revision = found.revision;
                return Ok((Save::Saved { revision }, None));
            }
            if let Some(at) = found.signed_at {
                let by = signer!(tx, &id);
                return Ok((Save::Signed(SignedMark { at, by }), None));
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
                if let Some(stale) = stale(&key, since, writes, &before)? {
                    return Ok((Save::Stale(stale), None));
                }
            }
            let (sealed, changed) = self.seal(
                &key,
                Some((found.revision, &found.summary)),
                &standing.head,
                writes,
            )?;
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
            if let Some(unmet) = unmet {
                replace_unmet!(tx, &keys.counted(report), unmet);
            }
            standing.moved_to(sealed.revision, writes, &changed);
            let saved = Save::Saved {
                revision: sealed.revision,
            };
            (saved, sealed.summary, standing)
        });
        let after = After::of(&mut standing, &name);
        self.store.known.keep(report, name, standing);
        Ok((saved, Some(after)))
    }
}

/// The latest write since `seen` that one of these writes would lie over unseen.
/// `held` is what their places hold without them.
fn stale(
    key: &ReportKey,
    since: Vec<SinceRecord>,
    writes: &[Write],
    held: &[Value],
) -> Result<Option<Stale>, StoreError> {
    for row in since {
        let written: Written = key.open(Part::Revision(row.seq), &row.content)?;
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
