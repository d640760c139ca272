//! Legal holds: a report that must be kept, whatever its time. While one stands nobody
//! erases the report, not even two administrators.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;

use super::RecordsStore;
use crate::store::{
    Action, AuthorStore, RecordsId, ReportId, Store, StoreError,
    audit::record,
    database::{reading, to_millis, writing},
    parts::Part,
    report_key::key_of,
};

/// A hold of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// The report.
    pub report: ReportId,
    /// Who set it, by name.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// The day on which it is to be looked at again.
    pub review_on: NaiveDate,
    /// Why.
    pub reason: String,
    /// That it was lifted; none while it stands.
    pub lifted: Option<Lifted>,
}

/// That a hold was lifted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lifted {
    /// By whom, by name.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Why.
    pub reason: String,
}

/// How setting a hold ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HoldSet {
    /// It stands.
    Set,
    /// One stood already; it was left as it is.
    Standing,
    /// There is no such report.
    NoReport,
}

#[derive(FromRow)]
struct HoldRecord {
    id: String,
    report_id: String,
    setter: String,
    set_at: DateTime<Utc>,
    review_on: String,
    content: Vec<u8>,
    wrapped: Vec<u8>,
    lifter: Option<String>,
    lifted_at: Option<DateTime<Utc>>,
    lifted_content: Option<Vec<u8>>,
}

#[derive(FromRow)]
struct LockedRecord {
    #[expect(dead_code, reason = "the row is read to lock it")]
    revision: i64,
}

/// Holds with the names of those who set and lifted them, with a condition at the end.
macro_rules! holds_where {
    ($more:literal) => {
        concat!(
            "SELECT h.id, h.report_id, setter.display_name AS setter, h.set_at, h.review_on,
             h.content, k.wrapped, lifter.display_name AS lifter, h.lifted_at, h.lifted_content
             FROM legal_hold h JOIN report_key k ON k.report_id = h.report_id
             JOIN account setter ON setter.id = h.set_by
             LEFT JOIN account lifter ON lifter.id = h.lifted_by ",
            $more
        )
    };
}

impl Store {
    fn hold(&self, row: HoldRecord) -> Result<Hold, StoreError> {
        let fault = || StoreError::unreadable("a legal hold");
        let report: ReportId = row.report_id.parse().map_err(|_| fault())?;
        let id: RecordsId = row.id.parse().map_err(|_| fault())?;
        let key = self.keys.report_key(report, &row.wrapped)?;
        let lifted = match (row.lifter, row.lifted_at, row.lifted_content) {
            (Some(by), Some(at), Some(sealed)) => Some(Lifted {
                by,
                at,
                reason: key.open(Part::HoldLifted(id), &sealed)?,
            }),
            _ => None,
        };
        Ok(Hold {
            report,
            by: row.setter,
            at: row.set_at,
            review_on: row.review_on.parse().map_err(|_| fault())?,
            reason: key.open(Part::Hold(id), &row.content)?,
            lifted,
        })
    }
}

impl RecordsStore<'_> {
    /// Every hold that stands, the one to be looked at soonest first.
    ///
    /// # Errors
    /// The database failed, or what it holds does not open.
    pub async fn holds(self) -> Result<Vec<Hold>, StoreError> {
        let found: Vec<HoldRecord> = reading!(&self.store.database, |pool| {
            sqlx::query_as(holds_where!(
                "WHERE h.lifted_at IS NULL ORDER BY h.review_on, h.set_at, h.id"
            ))
            .fetch_all(pool)
            .await?
        });
        found.into_iter().map(|row| self.store.hold(row)).collect()
    }

    /// Every hold that a report has or had, the latest first.
    ///
    /// # Errors
    /// The database failed, or what it holds does not open.
    pub async fn holds_of(self, report: ReportId) -> Result<Vec<Hold>, StoreError> {
        let found: Vec<HoldRecord> = reading!(&self.store.database, |pool| {
            sqlx::query_as(holds_where!(
                "WHERE h.report_id = $1 ORDER BY h.set_at DESC, h.id DESC"
            ))
            .bind(report.to_string())
            .fetch_all(pool)
            .await?
        });
        found.into_iter().map(|row| self.store.hold(row)).collect()
    }

    /// Puts a report under a hold.
    ///
    /// # Errors
    /// The database failed; nothing changes then.
    pub async fn set_hold(
        self,
        report: ReportId,
        reason: &str,
        review_on: NaiveDate,
        now: DateTime<Utc>,
    ) -> Result<HoldSet, StoreError> {
        let now = to_millis(now);
        let hold = RecordsId::new(now);
        // Locks the report's row: whoever is erasing it waits, or was first.
        let for_deciding = self.store.database.dialect().report_for_deciding;
        let (id, me) = (report.to_string(), self.account.to_string());
        Ok(writing!(&self.store.database, |tx| {
            let found: Option<LockedRecord> = sqlx::query_as(for_deciding)
                .bind(&id)
                .fetch_optional(&mut *tx)
                .await?;
            let key = key_of!(&mut *tx, self.store.keys, report);
            let (Some(_), Some(key)) = (found, key) else {
                return Ok(HoldSet::NoReport);
            };
            let sealed = key.seal(Part::Hold(hold), &reason)?;
            let standing: i64 = sqlx::query_scalar(
                "SELECT COUNT(*) FROM legal_hold WHERE report_id = $1 AND lifted_at IS NULL",
            )
            .bind(&id)
            .fetch_one(&mut *tx)
            .await?;
            if standing > 0 {
                return Ok(HoldSet::Standing);
            }
            sqlx::query(
                "INSERT INTO legal_hold (id, report_id, set_by, set_at, review_on, content)
                 VALUES ($1, $2, $3, $4, $5, $6)",
            )
            .bind(hold.to_string())
            .bind(&id)
            .bind(&me)
            .bind(now)
            .bind(review_on.to_string())
            .bind(&sealed)
            .execute(&mut *tx)
            .await?;
            let who = Some(self.account);
            record!(tx, who, Some(report), Action::HoldSet, now);
            HoldSet::Set
        }))
    }

    /// Lifts the hold of a report. False where none stands.
    ///
    /// # Errors
    /// The database failed; the hold stands then.
    pub async fn lift_hold(
        self,
        report: ReportId,
        reason: &str,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let now = to_millis(now);
        let (report_id, me) = (report.to_string(), self.account.to_string());
        Ok(writing!(&self.store.database, |tx| {
            let standing: Option<String> = sqlx::query_scalar(
                "SELECT id FROM legal_hold WHERE report_id = $1 AND lifted_at IS NULL",
            )
            .bind(&report_id)
            .fetch_optional(&mut *tx)
            .await?;
            let Some(standing) = standing else {
                return Ok(false);
            };
            let id: RecordsId = standing
                .parse()
                .map_err(|_| StoreError::unreadable("a legal hold"))?;
            let Some(key) = key_of!(&mut *tx, self.store.keys, report) else {
                return Ok(false);
            };
            let sealed = key.seal(Part::HoldLifted(id), &reason)?;
            let lifted = sqlx::query(
                "UPDATE legal_hold SET lifted_by = $2, lifted_at = $3, lifted_content = $4
                 WHERE id = $1 AND lifted_at IS NULL",
            )
            .bind(&standing)
            .bind(&me)
            .bind(now)
            .bind(&sealed)
            .execute(&mut *tx)
            .await?
            .rows_affected();
            if lifted == 0 {
                // Another administrator was quicker.
                return Ok(false);
            }
            let who = Some(self.account);
            record!(tx, who, Some(report), Action::HoldLifted, now);
            true
        }))
    }
}

impl AuthorStore<'_> {
    /// The hold that stands on one of her reports.
    ///
    /// # Errors
    /// The database failed, or what it holds does not open.
    pub async fn hold(self, report: ReportId) -> Result<Option<Hold>, StoreError> {
        let found: Option<HoldRecord> = reading!(&self.store.database, |pool| {
            sqlx::query_as(holds_where!(
                "JOIN report ON report.id = h.report_id
                 WHERE h.report_id = $1 AND report.owner_id = $2 AND h.lifted_at IS NULL"
            ))
            .bind(report.to_string())
            .bind(self.account.to_string())
            .fetch_optional(pool)
            .await?
        });
        found.map(|row| self.store.hold(row)).transpose()
    }
}
