//! The second person's side of a check: the reports she was asked to check, and no
//! other. Holding [`CheckerStore`] she can read such a report, say something about its
//! sections, and return or approve it; there is no way in it to write into the report.
//!
//! What she may read she may read while the request is the report's latest, was not
//! taken back, and the report is not signed.

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::{ReviewRequest, ReviewState, Said, opened, requests_of};
use crate::store::{
    AccountId, Action, AuthorStore, CommentId, LoadedReport, ReportId, ReportRow, Store,
    StoreError,
    audit::record,
    database::{reading, to_millis, writing},
    parts::Part,
    report_key::key_of,
    reports::ListRecord,
};

/// What somebody was asked to check. Every statement behind it names her account.
#[derive(Debug, Clone, Copy)]
pub struct CheckerStore<'a> {
    pub(in crate::store) store: &'a Store,
    pub(in crate::store) account: AccountId,
}

/// A report that she was asked to check, as a list shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct AskedOf {
    /// The report.
    pub row: ReportRow,
    /// Who asked.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// How it stands.
    pub state: ReviewState,
}

/// How she answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Back to its author, with what she said.
    Return,
    /// It may be signed as it stands.
    Approve,
}

/// How answering ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decided {
    /// It is answered.
    Done,
    /// The report was changed since she read it. Nothing was answered.
    Stale,
    /// There is nothing to answer any more: it was taken back, answered, or signed.
    Ended,
}

#[derive(FromRow)]
struct HeldRecord {
    owner_id: String,
    signed_at: Option<DateTime<Utc>>,
    wrapped: Vec<u8>,
}

#[derive(FromRow)]
struct StandRecord {
    report_id: String,
    asked_by: String,
    checker_id: String,
    state: String,
    asked_at: DateTime<Utc>,
}

#[derive(FromRow)]
struct DecidingRecord {
    revision: i64,
    signed_at: Option<DateTime<Utc>>,
    owner_id: String,
}

impl Store {
    /// The part of the store that somebody may use who was asked to check reports.
    #[must_use]
    pub fn as_checker(&self, account: AccountId) -> CheckerStore<'_> {
        CheckerStore {
            store: self,
            account,
        }
    }
}

impl CheckerStore<'_> {
    /// The reports she was asked to check and may still open: those that wait for her
    /// first, then the latest.
    ///
    /// # Errors
    /// The database failed, or what it holds does not open.
    pub async fn list(self) -> Result<Vec<AskedOf>, StoreError> {
        let me = self.account.to_string();
        let (rows, stand): (Vec<ListRecord>, Vec<StandRecord>) =
            reading!(&self.store.database, |pool| {
                let rows = sqlx::query_as(
                    "SELECT id, fictional, created_at, updated_at, revision, summary, wrapped
                     FROM report JOIN report_key ON report_key.report_id = report.id
                     WHERE signed_at IS NULL AND id IN
                     (SELECT report_id FROM review_request WHERE checker_id = $1)",
                )
                .bind(&me)
                .fetch_all(pool)
                .await?;
                let stand = sqlx::query_as(
                    "SELECT q.report_id, asker.display_name AS asked_by, q.checker_id, q.state,
                     q.asked_at
                     FROM review_request q JOIN account asker ON asker.id = q.asked_by
                     WHERE q.state <> $2 AND q.report_id IN
                     (SELECT report_id FROM review_request WHERE checker_id = $1)
                     ORDER BY q.asked_at, q.id",
                )
                .bind(&me)
                .bind(ReviewState::Withdrawn.to_string())
                .fetch_all(pool)
                .await?;
                (rows, stand)
            });
        let mut asked = Vec::new();
        for row in AuthorStore::new(self.store, self.account).rows(rows, |_| true)? {
            let id = row.id.to_string();
            let latest = stand.iter().rfind(|s| s.report_id == id);
            if let Some(latest) = latest.filter(|l| l.checker_id == me) {
                asked.push(AskedOf {
                    row,
                    by: latest.asked_by.clone(),
                    at: latest.asked_at,
                    state: latest.state.parse()?,
                });
            }
        }
        asked.sort_by_key(|a| (a.state != ReviewState::Asked, std::cmp::Reverse(a.at)));
        Ok(asked)
    }

    /// A report she was asked to check, with the request; none where she was not, or may
    /// see it no longer.
    ///
    /// # Errors
    /// The database failed, or what it holds does not open.
    pub async fn load(
        self,
        report: ReportId,
    ) -> Result<Option<(LoadedReport, ReviewRequest)>, StoreError> {
        let id = report.to_string();
        let (held, (requests, comments)) = reading!(&self.store.database, |pool| {
            let held: Option<HeldRecord> = sqlx::query_as(
                "SELECT owner_id, signed_at, wrapped FROM report
                 JOIN report_key ON report_key.report_id = report.id WHERE report.id = $1",
            )
            .bind(&id)
            .fetch_optional(pool)
            .await?;
            (held, requests_of!(pool, &id))
        });
        let Some(held) = held.filter(|h| h.signed_at.is_none()) else {
            return Ok(None);
        };
        let me = self.account.to_string();
        let standing = ReviewState::Withdrawn.to_string();
        let latest = requests.into_iter().rfind(|q| q.state != standing);
        let Some(mine) = latest.filter(|q| q.checker_id == me && held.owner_id != me) else {
            return Ok(None);
        };
        let key = self.store.keys.report_key(report, &held.wrapped)?;
        let mut requests = opened(&key, vec![mine], &comments)?;
        let owner: AccountId = held
            .owner_id
            .parse()
            .map_err(|_| StoreError::unreadable("a report's owner"))?;
        let loaded = AuthorStore::new(self.store, owner).load(report).await?;
        // What the author typed and could not save is hers alone.
        let loaded = loaded.map(|report| LoadedReport {
            has_unsent: false,
            ..report
        });
        Ok(loaded.zip(requests.pop()))
    }

    /// Adds what she says about sections, each as section and words. What she has said
    /// of a section already is not added again, so that a form may be sent twice.
    /// False where she may see the report no longer.
    ///
    /// # Errors
    /// The database failed; nothing was added then.
    pub async fn comment(
        self,
        report: ReportId,
        said: &[(String, String)],
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let Some((_, request)) = self.load(report).await? else {
            return Ok(false);
        };
        if request.state != ReviewState::Asked {
            return Ok(false);
        }
        let now = to_millis(now);
        let mut anew = Vec::new();
        for (section, text) in said {
            let mut there = request.comments.iter();
            if there.any(|c| c.section == *section && c.text == *text) {
                continue;
            }
            let said = Said {
                section: section.clone(),
                text: text.clone(),
            };
            anew.push((CommentId::new(now), said));
        }
        Ok(writing!(&self.store.database, |tx| {
            let Some(key) = key_of!(&mut *tx, self.store.keys, report) else {
                return Ok(false);
            };
            let open: i64 = sqlx::query_scalar(
                "SELECT COUNT(*) FROM review_request WHERE id = $1 AND state = $2",
            )
            .bind(request.id.to_string())
            .bind(ReviewState::Asked.to_string())
            .fetch_one(&mut *tx)
            .await?;
            for (id, said) in anew.iter().filter(|_| open > 0) {
                let content = key.seal(Part::ReviewComment(*id), said)?;
                sqlx::query(
                    "INSERT INTO review_comment (id, request_id, at, content)
                     VALUES ($1, $2, $3, $4)",
                )
                .bind(id.to_string())
                .bind(request.id.to_string())
                .bind(now)
                .bind(content)
                .execute(&mut *tx)
                .await?;
            }
            open > 0
        }))
    }

    /// Answers a request about a report as it stood at `seen`, the revision she read.
    ///
    /// # Errors
    /// The database failed; nothing was answered then.
    pub async fn decide(
        self,
        report: ReportId,
        decision: Decision,
        seen: i64,
        now: DateTime<Utc>,
    ) -> Result<Decided, StoreError> {
        let now = to_millis(now);
        let for_deciding = self.store.database.dialect().report_for_deciding;
        let (id, me) = (report.to_string(), self.account.to_string());
        let (state, action) = match decision {
            Decision::Return => (ReviewState::Returned, Action::CheckReturned),
            Decision::Approve => (ReviewState::Approved, Action::CheckApproved),
        };
        Ok(writing!(&self.store.database, |tx| {
            let found: Option<DecidingRecord> = sqlx::query_as(for_deciding)
                .bind(&id)
                .fetch_optional(&mut *tx)
                .await?;
            let Some(found) = found.filter(|f| f.signed_at.is_none() && f.owner_id != me) else {
                return Ok(Decided::Ended);
            };
            let open: i64 = sqlx::query_scalar(
                "SELECT COUNT(*) FROM review_request
                 WHERE report_id = $1 AND checker_id = $2 AND state = $3",
            )
            .bind(&id)
            .bind(&me)
            .bind(ReviewState::Asked.to_string())
            .fetch_one(&mut *tx)
            .await?;
            if open == 0 {
                return Ok(Decided::Ended);
            }
            if found.revision != seen {
                return Ok(Decided::Stale);
            }
            sqlx::query(
                "UPDATE review_request SET state = $3, decided_at = $4, decided_revision = $5
                 WHERE report_id = $1 AND checker_id = $2 AND state = $6",
            )
            .bind(&id)
            .bind(&me)
            .bind(state.to_string())
            .bind(now)
            .bind(seen)
            .bind(ReviewState::Asked.to_string())
            .execute(&mut *tx)
            .await?;
            record!(tx, Some(self.account), Some(report), action, now);
            Decided::Done
        }))
    }
}
