//! What an author typed that could not be saved as an answer: too long, not valid, a
//! record not yet added, a clash not yet settled, a report signed meanwhile. Kept for
//! her alone until she deals with it.
//!
//! The same is kept of what somebody types who checks a report.
//!
//! Not here: answers (`saving`). Nothing here is part of the case file, so nothing
//! here can reach a draft, a document or an exported case.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;

use super::{
    AccountId, AuthorStore, CheckerStore, ReportId, ReviewState, SaveError, StoreError,
    database::{reading, to_millis, writing},
    keys::Keys,
    parts::Part,
    report_key::{ReportKey, key_of},
};

/// The most that is kept of one page, in bytes of names and values: ten times the
/// longest text that a report could hold.
pub const MOST_UNSENT: usize = 1024 * 1024;

/// A form as it was typed, and not saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsent {
    /// The page it was typed on, below the report's address: `prompts/alcohol`.
    pub page: String,
    /// Names and values, in order.
    pub form: Vec<(String, String)>,
    /// The revision that the page rested on.
    pub seen: i64,
    /// When it was sent.
    pub at: DateTime<Utc>,
}

impl Unsent {
    /// Refuses more than is kept of one page.
    fn fits(&self) -> Result<(), SaveError> {
        let pairs = self
            .form
            .iter()
            .map(|(name, value)| name.len() + value.len());
        let bytes = self.page.len() + pairs.sum::<usize>();
        if bytes > MOST_UNSENT {
            return Err(SaveError::TooMuch { bytes });
        }
        Ok(())
    }
}

/// As it is sealed.
#[derive(Serialize)]
struct Keeping<'a> {
    page: &'a str,
    form: &'a [(String, String)],
    seen: i64,
}

/// As it is opened.
#[derive(Deserialize)]
struct Kept {
    page: String,
    form: Vec<(String, String)>,
    seen: i64,
}

#[derive(FromRow)]
struct UnsentRecord {
    page: Vec<u8>,
    content: Vec<u8>,
    at: DateTime<Utc>,
    wrapped: Vec<u8>,
}

impl AuthorStore<'_> {
    /// Keeps what she typed on a page of one of her reports, in place of what was kept
    /// of that page before. When this returns, it is on the disk. A signed report is
    /// no hindrance: late text is kept too.
    ///
    /// # Errors
    /// It is not her report, there is more than [`MOST_UNSENT`], or the database
    /// failed.
    pub async fn keep_unsent(self, report: ReportId, unsent: &Unsent) -> Result<(), SaveError> {
        unsent.fits()?;
        let kept = writing!(&self.store.database, |tx| {
            let key = key_of!(&mut *tx, self.store.keys, report);
            let key = key.ok_or(SaveError::NoSuchReport)?;
            let (page, content) = sealed(&self.store.keys, &key, self.account, unsent)?;
            sqlx::query(
                "INSERT INTO unsent (report_id, account_id, page, content, at)
                 SELECT id, owner_id, $3, $4, $5 FROM report WHERE id = $1 AND owner_id = $2
                 ON CONFLICT (report_id, account_id, page)
                 DO UPDATE SET content = excluded.content, at = excluded.at",
            )
            .bind(report.to_string())
            .bind(self.account.to_string())
            .bind(&page)
            .bind(&content)
            .bind(to_millis(unsent.at))
            .execute(&mut *tx)
            .await?
            .rows_affected()
        });
        if kept == 0 {
            return Err(SaveError::NoSuchReport);
        }
        Ok(())
    }

    /// What is kept of one page.
    ///
    /// # Errors
    /// The database failed, or the row was changed outside the program.
    pub async fn unsent(self, report: ReportId, page: &str) -> Result<Option<Unsent>, StoreError> {
        let found: Option<UnsentRecord> = reading!(&self.store.database, |pool| {
            sqlx::query_as(
                "SELECT page, content, at, wrapped FROM unsent
                 JOIN report_key ON report_key.report_id = unsent.report_id
                 WHERE unsent.report_id = $1 AND account_id = $2 AND page = $3",
            )
            .bind(report.to_string())
            .bind(self.account.to_string())
            .bind(self.store.keys.page(report, page))
            .fetch_optional(pool)
            .await?
        });
        found.map(|record| self.opened(report, &record)).transpose()
    }

    /// Everything kept of one report, the latest first.
    ///
    /// # Errors
    /// As [`Self::unsent`].
    pub async fn unsent_in(self, report: ReportId) -> Result<Vec<Unsent>, StoreError> {
        let found: Vec<UnsentRecord> = reading!(&self.store.database, |pool| {
            sqlx::query_as(
                "SELECT page, content, at, wrapped FROM unsent
                 JOIN report_key ON report_key.report_id = unsent.report_id
                 WHERE unsent.report_id = $1 AND account_id = $2 ORDER BY at DESC, page",
            )
            .bind(report.to_string())
            .bind(self.account.to_string())
            .fetch_all(pool)
            .await?
        });
        found
            .iter()
            .map(|record| self.opened(report, record))
            .collect()
    }

    /// Forgets what is kept of a page, once it is saved or no longer wanted.
    ///
    /// # Errors
    /// The database failed.
    pub async fn drop_unsent(self, report: ReportId, page: &str) -> Result<(), StoreError> {
        writing!(&self.store.database, |tx| {
            sqlx::query(
                "DELETE FROM unsent WHERE report_id = $1 AND account_id = $2 AND page = $3",
            )
            .bind(report.to_string())
            .bind(self.account.to_string())
            .bind(self.store.keys.page(report, page))
            .execute(&mut *tx)
            .await?;
        });
        Ok(())
    }

    fn opened(self, report: ReportId, record: &UnsentRecord) -> Result<Unsent, StoreError> {
        opened(&self.store.keys, report, self.account, record)
    }
}

/// A page's keyed hash, and what was typed on it, sealed.
fn sealed(
    keys: &Keys,
    key: &ReportKey,
    account: AccountId,
    unsent: &Unsent,
) -> Result<(Vec<u8>, Vec<u8>), StoreError> {
    let page = keys.page(key.report(), &unsent.page);
    let keeping = Keeping {
        page: &unsent.page,
        form: &unsent.form,
        seen: unsent.seen,
    };
    let content = key.seal(Part::Unsent(account, &page), &keeping)?;
    Ok((page, content))
}

fn opened(
    keys: &Keys,
    report: ReportId,
    account: AccountId,
    record: &UnsentRecord,
) -> Result<Unsent, StoreError> {
    let key = keys.report_key(report, &record.wrapped)?;
    let kept: Kept = key.open(Part::Unsent(account, &record.page), &record.content)?;
    Ok(Unsent {
        page: kept.page,
        form: kept.form,
        seen: kept.seen,
        at: record.at,
    })
}

/// The page on which a report is checked, as its text is kept.
const CHECK: &str = "check";

impl CheckerStore<'_> {
    /// Keeps what she typed while she checks a report, and has not said yet, in place of
    /// what was kept before. When this returns, it is on the disk. False where she is not
    /// asked to check it, or has answered: nothing is kept then.
    ///
    /// # Errors
    /// There is more than [`MOST_UNSENT`], or the database failed.
    pub async fn keep_unsent(
        self,
        report: ReportId,
        form: Vec<(String, String)>,
        seen: i64,
        now: DateTime<Utc>,
    ) -> Result<bool, SaveError> {
        let unsent = Unsent {
            page: CHECK.to_owned(),
            form,
            seen,
            at: now,
        };
        unsent.fits()?;
        let kept = writing!(&self.store.database, |tx| {
            let Some(key) = key_of!(&mut *tx, self.store.keys, report) else {
                return Ok(false);
            };
            let (page, content) = sealed(&self.store.keys, &key, self.account, &unsent)?;
            sqlx::query(
                "INSERT INTO unsent (report_id, account_id, page, content, at)
                 SELECT id, $2, $3, $4, $5 FROM report
                 WHERE id = $1 AND signed_at IS NULL AND owner_id <> $2 AND EXISTS
                 (SELECT 1 FROM review_request q WHERE q.report_id = report.id
                  AND q.checker_id = $2 AND q.state = $6)
                 ON CONFLICT (report_id, account_id, page)
                 DO UPDATE SET content = excluded.content, at = excluded.at",
            )
            .bind(report.to_string())
            .bind(self.account.to_string())
            .bind(&page)
            .bind(&content)
            .bind(to_millis(now))
            .bind(ReviewState::Asked.to_string())
            .execute(&mut *tx)
            .await?
            .rows_affected()
        });
        Ok(kept > 0)
    }

    /// What is kept of what she typed, where she may still open the report.
    ///
    /// # Errors
    /// The database failed, or the row was changed outside the program.
    pub async fn unsent(self, report: ReportId) -> Result<Option<Unsent>, StoreError> {
        let found: Option<UnsentRecord> = reading!(&self.store.database, |pool| {
            sqlx::query_as(
                "SELECT page, content, at, wrapped FROM unsent
                 JOIN report_key ON report_key.report_id = unsent.report_id
                 WHERE unsent.report_id = $1 AND account_id = $2 AND page = $3",
            )
            .bind(report.to_string())
            .bind(self.account.to_string())
            .bind(self.store.keys.page(report, CHECK))
            .fetch_optional(pool)
            .await?
        });
        let opened = |record| opened(&self.store.keys, report, self.account, &record);
        found.map(opened).transpose()
    }

    /// Forgets what is kept of what she typed, once it is said or taken back.
    ///
    /// # Errors
    /// The database failed.
    pub async fn drop_unsent(self, report: ReportId) -> Result<(), StoreError> {
        writing!(&self.store.database, |tx| {
            sqlx::query(
                "DELETE FROM unsent WHERE report_id = $1 AND account_id = $2 AND page = $3",
            )
            .bind(report.to_string())
            .bind(self.account.to_string())
            .bind(self.store.keys.page(report, CHECK))
            .execute(&mut *tx)
            .await?;
        });
        Ok(())
    }
}
