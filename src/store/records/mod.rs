//! Records duty: when each report last changed, legal holds, requests to erase one, and
//! erasing it; for administrators.
//!
//! Here: what an administrator may know of every report, which is nothing of the woman. Not
//! here: how long one is kept (`crate::records`), who is an administrator (`web::guard`), or
//! a page. Holding a [`RecordsStore`] is the permission.

mod erased;
mod erasing;
mod holds;
mod requests;
mod tables;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;

pub use self::{
    erased::Erased,
    erasing::Erasing,
    holds::{Hold, HoldSet, Lifted},
    requests::{ErasureAsked, ErasureRequest},
    tables::{emptied_tables, kept_tables},
};
use super::{
    AccountId, Action, AuditEntry, ReportId, Store, StoreError, database::reading, parts::Part,
    summary::Summary,
};
use crate::consultancy::plan::Plan;

/// What one administrator may use of the store for records duty.
#[derive(Debug, Clone, Copy)]
pub struct RecordsStore<'a> {
    store: &'a Store,
    account: AccountId,
}

/// A report as records duty knows it: no name, no number, no word of what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnRecord {
    /// Its id.
    pub id: ReportId,
    /// Name of its author; empty where the report is restricted.
    pub owner: String,
    /// True where it is restricted to named people.
    pub restricted: bool,
    /// True where it describes nobody.
    pub practice: bool,
    /// When it was begun.
    pub created_at: DateTime<Utc>,
    /// When anything in it last changed.
    pub last_change: DateTime<Utc>,
    /// When it was signed.
    pub signed_at: Option<DateTime<Utc>>,
    /// Day of the hearing, where it is known.
    pub hearing: Option<NaiveDate>,
    /// When a referral last moved, where there is one.
    pub referral_at: Option<DateTime<Utc>>,
    /// True where there is a plan.
    pub has_plan: bool,
    /// Its last day, where it is known.
    pub plan_ends: Option<NaiveDate>,
}

#[derive(FromRow)]
struct OnRecordRow {
    id: String,
    owner: String,
    restricted_at: Option<DateTime<Utc>>,
    fictional: bool,
    created_at: DateTime<Utc>,
    revision: i64,
    summary: Vec<u8>,
    wrapped: Vec<u8>,
    signed_at: Option<DateTime<Utc>>,
    last_change: DateTime<Utc>,
    referral_at: Option<DateTime<Utc>>,
    plan_number: Option<i64>,
    plan: Option<Vec<u8>>,
}

/// Every time at which something in a report changed, as a query. To be looked at is no
/// change; what an author typed and could not save is one.
macro_rules! changes {
    () => {
        "SELECT id AS report_id, updated_at AS at FROM report
         UNION ALL SELECT id, signed_at FROM report WHERE signed_at IS NOT NULL
         UNION ALL SELECT report_id, signed_at FROM addendum
         UNION ALL SELECT report_id, saved_at FROM plan_version
         UNION ALL SELECT report_id, at FROM unsent
         UNION ALL SELECT report_id, asked_at FROM review_request
         UNION ALL SELECT report_id, decided_at FROM review_request WHERE decided_at IS NOT NULL
         UNION ALL SELECT q.report_id, c.at FROM review_comment c
          JOIN review_request q ON q.id = c.request_id
         UNION ALL SELECT q.report_id, c.done_at FROM review_comment c
          JOIN review_request q ON q.id = c.request_id WHERE c.done_at IS NOT NULL
         UNION ALL SELECT report_id, changed_at FROM referral
         UNION ALL SELECT f.report_id, m.at FROM referral_message m
          JOIN referral f ON f.id = m.referral_id
         UNION ALL SELECT f.report_id, d.at FROM assessment_draft d
          JOIN referral f ON f.id = d.referral_id
         UNION ALL SELECT f.report_id, r.at FROM assessment_reply r
          JOIN referral f ON f.id = r.referral_id"
    };
}
use changes;

/// Reports as records duty knows them, with a condition at the end.
macro_rules! on_record {
    ($more:literal) => {
        concat!(
            "SELECT report.id, owner.display_name AS owner, report.restricted_at,
             report.fictional, report.created_at, report.revision, report.summary, k.wrapped,
             report.signed_at, change.at AS last_change,
             (SELECT MAX(f.changed_at) FROM referral f WHERE f.report_id = report.id)
              AS referral_at,
             p.number AS plan_number, p.content AS plan
             FROM report JOIN account AS owner ON owner.id = report.owner_id
             JOIN report_key k ON k.report_id = report.id
             JOIN (SELECT report_id, MAX(at) AS at FROM (",
            changes!(),
            ") AS every GROUP BY report_id) AS change ON change.report_id = report.id
             LEFT JOIN plan_version p ON p.report_id = report.id AND p.number =
              (SELECT MAX(number) FROM plan_version WHERE report_id = report.id) ",
            $more
        )
    };
}

impl Store {
    /// Records duty, as this administrator.
    #[must_use]
    pub fn as_records_keeper(&self, account: AccountId) -> RecordsStore<'_> {
        RecordsStore {
            store: self,
            account,
        }
    }

    /// A row as records duty knows it: the hearing's day and the plan's last are all that is
    /// read of what is sealed.
    fn on_record(&self, row: &OnRecordRow) -> Result<OnRecord, StoreError> {
        let id: ReportId = row
            .id
            .parse()
            .map_err(|_| StoreError::unreadable("a report's id"))?;
        let key = self.keys.report_key(id, &row.wrapped)?;
        let summary: Summary = key.open(Part::Summary(row.revision), &row.summary)?;
        let plan: Option<Plan> = row
            .plan_number
            .zip(row.plan.as_ref())
            .map(|(number, sealed)| key.open(Part::Plan(number), sealed))
            .transpose()?;
        let restricted = row.restricted_at.is_some();
        Ok(OnRecord {
            id,
            owner: if restricted {
                String::new()
            } else {
                row.owner.clone()
            },
            restricted,
            practice: row.fictional,
            created_at: row.created_at,
            last_change: row.last_change,
            signed_at: row.signed_at,
            hearing: summary.hearing_date,
            referral_at: row.referral_at,
            has_plan: plan.is_some(),
            plan_ends: plan.and_then(|plan| plan.ends),
        })
    }
}

impl RecordsStore<'_> {
    /// Every report, the one that changed longest ago first.
    ///
    /// # Errors
    /// The database failed, or what it holds does not open.
    pub async fn reports(self) -> Result<Vec<OnRecord>, StoreError> {
        let found: Vec<OnRecordRow> = reading!(&self.store.database, |pool| {
            sqlx::query_as(on_record!("ORDER BY change.at, report.id"))
                .fetch_all(pool)
                .await?
        });
        found.iter().map(|row| self.store.on_record(row)).collect()
    }

    /// One of them.
    ///
    /// # Errors
    /// The database failed, or what it holds does not open.
    pub async fn report(self, report: ReportId) -> Result<Option<OnRecord>, StoreError> {
        let found: Option<OnRecordRow> = reading!(&self.store.database, |pool| {
            sqlx::query_as(on_record!("WHERE report.id = $1"))
                .bind(report.to_string())
                .fetch_optional(pool)
                .await?
        });
        found.map(|row| self.store.on_record(&row)).transpose()
    }

    /// Writes down an act of this administrator.
    ///
    /// # Errors
    /// The database failed.
    pub async fn note(
        self,
        report: Option<ReportId>,
        action: Action,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let entry = AuditEntry {
            account: Some(self.account),
            report,
            action,
        };
        self.store.audit(&entry, now).await
    }
}
