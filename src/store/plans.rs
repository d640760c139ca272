//! A woman's plan: every version of it, appended and sealed, for the author of the report
//! it belongs to.
//!
//! Not here: what a plan is (`consultancy::plan`). It goes on after the report is signed.
//! Who else may keep it (her link worker) is another type like [`AuthorStore`], once there
//! is one.

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::{
    Action, AuthorStore, ReportId, SaveError, StoreError,
    audit::record,
    database::{reading, to_millis, writing},
    parts::Part,
};
use crate::consultancy::plan::Plan;

/// A plan as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanKept {
    /// Which version, and whose.
    pub version: PlanVersion,
    /// The plan.
    pub plan: Plan,
}

/// One version of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanVersion {
    /// Its number, from 1: what a save says it has seen.
    pub number: i64,
    /// When it was kept.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: String,
}

/// How a save ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlanSave {
    /// It is kept as this version.
    Kept(i64),
    /// Another was kept since; nothing was written.
    Stale(Box<PlanKept>),
}

#[derive(FromRow)]
struct VersionRecord {
    number: i64,
    content: Vec<u8>,
    saved_at: DateTime<Utc>,
    saved_by: String,
    wrapped: Vec<u8>,
}

impl AuthorStore<'_> {
    /// The plan of one of her reports as it stands; `None` where there is none.
    ///
    /// # Errors
    /// The database failed, or what it holds does not open.
    pub async fn plan(self, report: ReportId) -> Result<Option<PlanKept>, StoreError> {
        let found: Option<VersionRecord> = reading!(&self.store.database, |pool| {
            sqlx::query_as(
                "SELECT p.number, p.content, p.saved_at, account.display_name AS saved_by,
                 report_key.wrapped
                 FROM plan_version p
                 JOIN report ON report.id = p.report_id
                 JOIN report_key ON report_key.report_id = report.id
                 JOIN account ON account.id = p.saved_by
                 WHERE p.report_id = $1 AND report.owner_id = $2
                 ORDER BY p.number DESC LIMIT 1",
            )
            .bind(report.to_string())
            .bind(self.account.to_string())
            .fetch_optional(pool)
            .await?
        });
        found.map(|row| self.opened_plan(report, row)).transpose()
    }

    /// Every version of a plan, the latest first.
    ///
    /// # Errors
    /// The database failed, or what it holds does not open.
    pub async fn plan_versions(self, report: ReportId) -> Result<Vec<PlanKept>, StoreError> {
        let found: Vec<VersionRecord> = reading!(&self.store.database, |pool| {
            sqlx::query_as(
                "SELECT p.number, p.content, p.saved_at, account.display_name AS saved_by,
                 report_key.wrapped
                 FROM plan_version p
                 JOIN report ON report.id = p.report_id
                 JOIN report_key ON report_key.report_id = report.id
                 JOIN account ON account.id = p.saved_by
                 WHERE p.report_id = $1 AND report.owner_id = $2
                 ORDER BY p.number DESC",
            )
            .bind(report.to_string())
            .bind(self.account.to_string())
            .fetch_all(pool)
            .await?
        });
        let opened = found.into_iter().map(|row| self.opened_plan(report, row));
        opened.collect()
    }

    fn opened_plan(self, report: ReportId, row: VersionRecord) -> Result<PlanKept, StoreError> {
        let key = self.store.keys.report_key(report, &row.wrapped)?;
        let plan = key.open(Part::Plan(row.number), &row.content)?;
        Ok(PlanKept {
            version: PlanVersion {
                number: row.number,
                at: row.saved_at,
                by: row.saved_by,
            },
            plan,
        })
    }

    /// Keeps a plan as the version after `seen`, which is 0 for the first. Where another
    /// was kept since, nothing is written and that one is given back.
    ///
    /// # Errors
    /// It is not her report, or the database failed; nothing was kept then.
    pub async fn save_plan(
        self,
        report: ReportId,
        seen: i64,
        plan: &Plan,
        now: DateTime<Utc>,
    ) -> Result<PlanSave, SaveError> {
        let now = to_millis(now);
        let number = seen.saturating_add(1);
        // Locks the report's row, signed or not: two saves at once wait for each other.
        let for_signing = self.store.database.dialect().report_for_signing;
        let (id, owner) = (report.to_string(), self.account.to_string());
        let kept = writing!(&self.store.database, |tx| {
            let found: Option<OwnedRecord> = sqlx::query_as(for_signing)
                .bind(&id)
                .bind(&owner)
                .fetch_optional(&mut *tx)
                .await?;
            let found = found.ok_or(SaveError::NoSuchReport)?;
            let last: Option<i64> =
                sqlx::query_scalar("SELECT MAX(number) FROM plan_version WHERE report_id = $1")
                    .bind(&id)
                    .fetch_one(&mut *tx)
                    .await?;
            let fresh = last.unwrap_or(0) == seen;
            if fresh {
                let key = self.store.keys.report_key(report, &found.wrapped)?;
                let sealed = key.seal(Part::Plan(number), plan)?;
                sqlx::query(
                    "INSERT INTO plan_version (report_id, number, content, saved_by, saved_at)
                     VALUES ($1, $2, $3, $4, $5)",
                )
                .bind(&id)
                .bind(number)
                .bind(&sealed)
                .bind(&owner)
                .bind(now)
                .execute(&mut *tx)
                .await?;
                let who = Some(self.account);
                record!(tx, who, Some(report), Action::PlanSaved, now);
            }
            fresh
        });
        if kept {
            return Ok(PlanSave::Kept(number));
        }
        match self.plan(report).await? {
            Some(now) => Ok(PlanSave::Stale(Box::new(now))),
            None => Err(SaveError::NoSuchReport),
        }
    }
}

#[derive(FromRow)]
struct OwnedRecord {
    wrapped: Vec<u8>,
}
