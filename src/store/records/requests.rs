//! Asking for a report to be erased, and taking that back. Not here: erasing it (`erasing`).

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::FromRow;

use super::{RecordsStore, changes};
use crate::store::{
    AccountId, Action, RecordsId, ReportId, Store, StoreError,
    audit::record,
    database::{reading, to_millis, writing},
    parts::Part,
    report_key::key_of,
};

/// That an administrator asked for a report to be erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErasureRequest {
    /// Its id.
    pub id: RecordsId,
    /// The report.
    pub report: ReportId,
    /// Who asked.
    pub asked_by: AccountId,
    /// Her name.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Id of the reason.
    pub reason: String,
    /// What she noted; empty where nothing.
    pub note: String,
    /// True where something in the report changed since: it has to be asked for anew.
    pub changed: bool,
}

/// How asking ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErasureAsked {
    /// The request stands.
    Asked,
    /// One stands already.
    Standing,
    /// A legal hold stands.
    Held,
    /// There is no such report.
    NoReport,
}

#[derive(FromRow)]
pub(super) struct RequestRecord {
    pub(super) id: String,
    pub(super) report_id: String,
    pub(super) asked_by: String,
    pub(super) by_name: String,
    pub(super) asked_at: DateTime<Utc>,
    pub(super) reason: String,
    pub(super) seen_revision: i64,
    pub(super) seen_change: DateTime<Utc>,
    pub(super) content: Vec<u8>,
    pub(super) wrapped: Vec<u8>,
    pub(super) revision: i64,
    pub(super) last_change: DateTime<Utc>,
}

#[derive(FromRow)]
struct ReportRecord {
    revision: i64,
}

/// Requests with how their reports stand now, with a condition at the end.
macro_rules! requests_where {
    ($more:literal) => {
        concat!(
            "SELECT e.id, e.report_id, e.asked_by, a.display_name AS by_name, e.asked_at,
             e.reason, e.seen_revision, e.seen_change, e.content, k.wrapped, report.revision,
             (SELECT MAX(at) FROM (",
            changes!(),
            ") AS every WHERE every.report_id = e.report_id) AS last_change
             FROM erasure_request e JOIN account a ON a.id = e.asked_by
             JOIN report ON report.id = e.report_id
             JOIN report_key k ON k.report_id = e.report_id ",
            $more
        )
    };
}

pub(super) use requests_where;

impl RequestRecord {
    pub(super) fn is_changed(&self) -> bool {
        self.revision != self.seen_revision || self.last_change != self.seen_change
    }
}

impl Store {
    fn erasure_request(&self, row: &RequestRecord) -> Result<ErasureRequest, StoreError> {
        let fault = || StoreError::unreadable("a request to erase a report");
        let report: ReportId = row.report_id.parse().map_err(|_| fault())?;
        let id: RecordsId = row.id.parse().map_err(|_| fault())?;
        let key = self.keys.report_key(report, &row.wrapped)?;
        Ok(ErasureRequest {
            id,
            report,
            asked_by: row.asked_by.parse().map_err(|_| fault())?,
            by: row.by_name.clone(),
            at: row.asked_at,
            reason: row.reason.clone(),
            note: key.open(Part::Erasure(id), &row.content)?,
            changed: row.is_changed(),
        })
    }
}

impl RecordsStore<'_> {
    /// Every request that waits for a second administrator, the oldest first.
    ///
    /// # Errors
    /// The database failed, or what it holds does not open.
    pub async fn erasure_requests(self) -> Result<Vec<ErasureRequest>, StoreError> {
        let found: Vec<RequestRecord> = reading!(&self.store.database, |pool| {
            sqlx::query_as(requests_where!("ORDER BY e.asked_at, e.id"))
                .fetch_all(pool)
                .await?
        });
        let opened = found.iter().map(|row| self.store.erasure_request(row));
        opened.collect()
    }

    /// The request to erase one report.
    ///
    /// # Errors
    /// The database failed, or what it holds does not open.
    pub async fn erasure_request(
        self,
        report: ReportId,
    ) -> Result<Option<ErasureRequest>, StoreError> {
        let found: Option<RequestRecord> = reading!(&self.store.database, |pool| {
            sqlx::query_as(requests_where!("WHERE e.report_id = $1"))
                .bind(report.to_string())
                .fetch_optional(pool)
                .await?
        });
        let opened = found.map(|row| self.store.erasure_request(&row));
        opened.transpose()
    }

    /// Asks for a report to be erased. A request that is left behind by a change, or was made
    /// longer ago than `stands`, makes room for this one.
    ///
    /// # Errors
    /// The database failed; nothing is asked for then.
    pub async fn ask_erasure(
        self,
        report: ReportId,
        (reason, note): (&str, &str),
        stands: TimeDelta,
        now: DateTime<Utc>,
    ) -> Result<ErasureAsked, StoreError> {
        let now = to_millis(now);
        let request = RecordsId::new(now);
        let for_deciding = self.store.database.dialect().report_for_deciding;
        let (id, me) = (report.to_string(), self.account.to_string());
        Ok(writing!(&self.store.database, |tx| {
            let found: Option<ReportRecord> = sqlx::query_as(for_deciding)
                .bind(&id)
                .fetch_optional(&mut *tx)
                .await?;
            let key = key_of!(&mut *tx, self.store.keys, report);
            let (Some(found), Some(key)) = (found, key) else {
                return Ok(ErasureAsked::NoReport);
            };
            let sealed = key.seal(Part::Erasure(request), &note)?;
            if is_held!(tx, &id) {
                return Ok(ErasureAsked::Held);
            }
            let earlier: Option<RequestRecord> =
                sqlx::query_as(requests_where!("WHERE e.report_id = $1"))
                    .bind(&id)
                    .fetch_optional(&mut *tx)
                    .await?;
            if earlier.is_some_and(|e| !e.is_changed() && now <= e.asked_at + stands) {
                return Ok(ErasureAsked::Standing);
            }
            sqlx::query("DELETE FROM erasure_request WHERE report_id = $1")
                .bind(&id)
                .execute(&mut *tx)
                .await?;
            let last_change: DateTime<Utc> = sqlx::query_scalar(concat!(
                "SELECT MAX(at) AS at FROM (",
                changes!(),
                ") AS every WHERE every.report_id = $1"
            ))
            .bind(&id)
            .fetch_one(&mut *tx)
            .await?;
            sqlx::query(
                "INSERT INTO erasure_request (report_id, id, asked_by, asked_at, reason,
                 seen_revision, seen_change, content) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            )
            .bind(&id)
            .bind(request.to_string())
            .bind(&me)
            .bind(now)
            .bind(reason)
            .bind(found.revision)
            .bind(last_change)
            .bind(&sealed)
            .execute(&mut *tx)
            .await?;
            let who = Some(self.account);
            record!(tx, who, Some(report), Action::ErasureAsked, now);
            ErasureAsked::Asked
        }))
    }

    /// Takes the request to erase a report back. False where there is none.
    ///
    /// # Errors
    /// The database failed; the request stands then.
    pub async fn withdraw_erasure(
        self,
        report: ReportId,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let now = to_millis(now);
        Ok(writing!(&self.store.database, |tx| {
            let gone = sqlx::query("DELETE FROM erasure_request WHERE report_id = $1")
                .bind(report.to_string())
                .execute(&mut *tx)
                .await?
                .rows_affected();
            if gone > 0 {
                let who = Some(self.account);
                record!(tx, who, Some(report), Action::ErasureWithdrawn, now);
            }
            gone > 0
        }))
    }
}

/// Whether a hold stands on a report, read in a transaction of either engine.
macro_rules! is_held {
    ($tx:ident, $report:expr) => {{
        let standing: i64 = sqlx::query_scalar(
            "SELECT COUNT(*) FROM legal_hold WHERE report_id = $1 AND lifted_at IS NULL",
        )
        .bind($report)
        .fetch_one(&mut *$tx)
        .await?;
        standing > 0
    }};
}
pub(super) use is_held;
