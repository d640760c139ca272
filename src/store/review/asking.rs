//! The author's side of a check: asking somebody, taking it back, and marking what was
//! said as dealt with. Only of her own reports, and never of herself.

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::{ReviewRequest, ReviewState, opened, requests_of};
use crate::store::{
    Account, AccountId, Action, AuthorStore, CommentId, ReportId, RequestId, Role, SaveError,
    SignedMark, Store, StoreError,
    audit::record,
    database::{reading, to_millis, writing},
    parts::Part,
    signing::signer,
};

/// How asking ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// She has been asked.
    Now(RequestId),
    /// Somebody is asked already, and has not answered.
    Already,
    /// Nobody checks what she wrote herself.
    Herself,
    /// The account is none of a countersigner who may sign in.
    Nobody,
    /// The report is signed: there is nothing left to check.
    Signed(SignedMark),
}

/// Whom a name or an e-mail address means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    /// One countersigner.
    One(Box<Account>),
    /// Several of that name.
    Several,
    /// Nobody who checks reports here and may sign in.
    Nobody,
}

#[derive(FromRow)]
struct ReportRecord {
    revision: i64,
    signed_at: Option<DateTime<Utc>>,
    wrapped: Vec<u8>,
}

impl Store {
    /// The countersigner whom somebody means by a name or an e-mail address, however it
    /// is typed.
    ///
    /// # Errors
    /// The database failed.
    pub async fn countersigner_named(&self, typed: &str) -> Result<Named, StoreError> {
        let plain = |text: &str| {
            let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
            words.join(" ")
        };
        let typed = plain(typed);
        let accounts = self.accounts().await?.into_iter();
        let checkers = accounts.filter(|a| a.roles.has(Role::Countersigner) && !a.disabled);
        let mut meant: Vec<Account> = checkers
            .filter(|a| plain(&a.email) == typed || plain(&a.display_name) == typed)
            .collect();
        if let Some(at) = meant.iter().position(|a| plain(&a.email) == typed) {
            return Ok(Named::One(Box::new(meant.swap_remove(at))));
        }
        Ok(match (meant.pop(), meant.is_empty()) {
            (None, _) => Named::Nobody,
            (Some(one), true) => Named::One(Box::new(one)),
            (Some(_), false) => Named::Several,
        })
    }
}

impl AuthorStore<'_> {
    /// Asks a countersigner to check one of her reports as it now stands.
    ///
    /// # Errors
    /// It is not her report, or the database failed; nobody was asked then.
    pub async fn ask_for_check(
        self,
        report: ReportId,
        checker: AccountId,
        note: &str,
        now: DateTime<Utc>,
    ) -> Result<Asked, SaveError> {
        if checker == self.account {
            return Ok(Asked::Herself);
        }
        let now = to_millis(now);
        let request = RequestId::new(now);
        let for_signing = self.store.database.dialect().report_for_signing;
        let (id, owner) = (report.to_string(), self.account.to_string());
        Ok(writing!(&self.store.database, |tx| {
            let found: Option<ReportRecord> = sqlx::query_as(for_signing)
                .bind(&id)
                .bind(&owner)
                .fetch_optional(&mut *tx)
                .await?;
            let found = found.ok_or(SaveError::NoSuchReport)?;
            if let Some(at) = found.signed_at {
                let by = signer!(tx, &id);
                return Ok(Asked::Signed(SignedMark { at, by }));
            }
            let checkers: i64 = sqlx::query_scalar(
                "SELECT COUNT(*) FROM account JOIN account_role ON account_role.account_id = account.id
                 WHERE account.id = $1 AND account_role.role = $2 AND account.disabled_at IS NULL",
            )
            .bind(checker.to_string())
            .bind(Role::Countersigner.to_string())
            .fetch_one(&mut *tx)
            .await?;
            if checkers == 0 {
                return Ok(Asked::Nobody);
            }
            let open: i64 = sqlx::query_scalar(
                "SELECT COUNT(*) FROM review_request WHERE report_id = $1 AND state = $2",
            )
            .bind(&id)
            .bind(ReviewState::Asked.to_string())
            .fetch_one(&mut *tx)
            .await?;
            if open > 0 {
                return Ok(Asked::Already);
            }
            let key = self.store.keys.report_key(report, &found.wrapped)?;
            let sealed = key.seal(Part::Review(request), &note)?;
            sqlx::query(
                "INSERT INTO review_request
                 (id, report_id, asked_by, checker_id, state, asked_at, asked_revision, content)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            )
            .bind(request.to_string())
            .bind(&id)
            .bind(&owner)
            .bind(checker.to_string())
            .bind(ReviewState::Asked.to_string())
            .bind(now)
            .bind(found.revision)
            .bind(&sealed)
            .execute(&mut *tx)
            .await?;
            let who = Some(self.account);
            record!(tx, who, Some(report), Action::CheckAsked, now);
            Asked::Now(request)
        }))
    }

    /// Takes a request back that was not answered yet. From then on whoever was asked
    /// sees nothing of the report. False where it was answered or taken back before.
    ///
    /// # Errors
    /// The database failed.
    pub async fn withdraw_check(
        self,
        report: ReportId,
        request: RequestId,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let now = to_millis(now);
        Ok(writing!(&self.store.database, |tx| {
            let changed = sqlx::query(
                "UPDATE review_request SET state = $4, decided_at = $5,
                 decided_revision = (SELECT revision FROM report WHERE id = $2)
                 WHERE id = $1 AND report_id = $2 AND state = $6
                 AND report_id IN (SELECT id FROM report WHERE id = $2 AND owner_id = $3)",
            )
            .bind(request.to_string())
            .bind(report.to_string())
            .bind(self.account.to_string())
            .bind(ReviewState::Withdrawn.to_string())
            .bind(now)
            .bind(ReviewState::Asked.to_string())
            .execute(&mut *tx)
            .await?
            .rows_affected();
            if changed > 0 {
                let who = Some(self.account);
                record!(tx, who, Some(report), Action::CheckWithdrawn, now);
            }
            changed > 0
        }))
    }

    /// Every request about one of her reports, oldest first.
    ///
    /// # Errors
    /// The database failed, or what it holds does not open.
    pub async fn checks_of(self, report: ReportId) -> Result<Vec<ReviewRequest>, StoreError> {
        let (id, owner) = (report.to_string(), self.account.to_string());
        let (wrapped, (requests, comments)) = reading!(&self.store.database, |pool| {
            let wrapped: Option<Vec<u8>> = sqlx::query_scalar(
                "SELECT wrapped FROM report JOIN report_key ON report_key.report_id = report.id
                 WHERE report.id = $1 AND report.owner_id = $2",
            )
            .bind(&id)
            .bind(&owner)
            .fetch_optional(pool)
            .await?;
            (wrapped, requests_of!(pool, &id))
        });
        let Some(wrapped) = wrapped else {
            return Ok(Vec::new());
        };
        let key = self.store.keys.report_key(report, &wrapped)?;
        opened(&key, requests, &comments)
    }

    /// Marks something said about one of her reports as dealt with, or not. False where
    /// there is no such comment.
    ///
    /// # Errors
    /// The database failed.
    pub async fn mark_comment(
        self,
        report: ReportId,
        comment: CommentId,
        done: bool,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let at = done.then(|| to_millis(now));
        Ok(writing!(&self.store.database, |tx| {
            let changed = sqlx::query(
                "UPDATE review_comment SET done_at = $4 WHERE id = $1 AND request_id IN
                 (SELECT q.id FROM review_request q JOIN report r ON r.id = q.report_id
                  WHERE r.id = $2 AND r.owner_id = $3)",
            )
            .bind(comment.to_string())
            .bind(report.to_string())
            .bind(self.account.to_string())
            .bind(at)
            .execute(&mut *tx)
            .await?
            .rows_affected();
            changed > 0
        }))
    }
}
