//! Erasing a report: asked for by one administrator, done by another, whole or not at all;
//! and what stays of it, which is that it was there.
//!
//! Everything is judged again in the transaction that erases: who asked, whether a hold
//! stands, whether anything changed since. An attempt that is refused is in the audit trail.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::FromRow;

use super::{RecordsStore, changes, tables::EMPTIED};
use crate::store::{
    AccountId, Action, AuthorStore, RecordsId, ReportId, Store, StoreError,
    audit::record,
    database::{reading, to_millis, writing},
    seal::Row,
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

/// How erasing ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Erasing {
    /// It is erased. False where the file still holds pages as they were, which leave when
    /// the database is next written to.
    Erased(bool),
    /// There is no such request any more.
    NoRequest,
    /// Whoever asked may not be the one who does it.
    SamePerson,
    /// A legal hold stands.
    Held,
    /// Something in the report changed since it was asked for.
    Changed,
    /// It was asked for too long ago.
    TooOld,
}

/// What stays of a report that was erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erased {
    /// Its id.
    pub report: ReportId,
    /// Who asked, by name, and when.
    pub asked: (String, DateTime<Utc>),
    /// Who erased it, by name, and when.
    pub erased: (String, DateTime<Utc>),
    /// Id of the reason.
    pub reason: String,
}

#[derive(FromRow)]
struct RequestRecord {
    id: String,
    report_id: String,
    asked_by: String,
    by_name: String,
    asked_at: DateTime<Utc>,
    reason: String,
    seen_revision: i64,
    seen_change: DateTime<Utc>,
    content: Vec<u8>,
    revision: i64,
    last_change: DateTime<Utc>,
}

#[derive(FromRow)]
struct ReportRecord {
    revision: i64,
    owner_id: String,
}

#[derive(FromRow)]
struct ErasedRecord {
    report_id: String,
    asker: String,
    asked_at: DateTime<Utc>,
    eraser: String,
    erased_at: DateTime<Utc>,
    reason: String,
}

/// Requests with how their reports stand now, with a condition at the end.
macro_rules! requests_where {
    ($more:literal) => {
        concat!(
            "SELECT e.id, e.report_id, e.asked_by, a.display_name AS by_name, e.asked_at,
             e.reason, e.seen_revision, e.seen_change, e.content, report.revision,
             (SELECT MAX(at) FROM (",
            changes!(),
            ") AS every WHERE every.report_id = e.report_id) AS last_change
             FROM erasure_request e JOIN account a ON a.id = e.asked_by
             JOIN report ON report.id = e.report_id ",
            $more
        )
    };
}

/// What stays of reports, with a condition at the end.
macro_rules! erased_where {
    ($more:literal) => {
        concat!(
            "SELECT e.report_id, asker.display_name AS asker, e.asked_at,
             eraser.display_name AS eraser, e.erased_at, e.reason FROM erased_report e
             JOIN account asker ON asker.id = e.asked_by
             JOIN account eraser ON eraser.id = e.erased_by ",
            $more
        )
    };
}

impl RequestRecord {
    fn is_changed(&self) -> bool {
        self.revision != self.seen_revision || self.last_change != self.seen_change
    }
}

impl TryFrom<ErasedRecord> for Erased {
    type Error = StoreError;

    fn try_from(row: ErasedRecord) -> Result<Self, StoreError> {
        let report = row.report_id.parse();
        Ok(Self {
            report: report.map_err(|_| StoreError::unreadable("an erased report's id"))?,
            asked: (row.asker, row.asked_at),
            erased: (row.eraser, row.erased_at),
            reason: row.reason,
        })
    }
}

impl Store {
    fn erasure_request(&self, row: &RequestRecord) -> Result<ErasureRequest, StoreError> {
        let fault = || StoreError::unreadable("a request to erase a report");
        let report: ReportId = row.report_id.parse().map_err(|_| fault())?;
        let id: RecordsId = row.id.parse().map_err(|_| fault())?;
        Ok(ErasureRequest {
            id,
            report,
            asked_by: row.asked_by.parse().map_err(|_| fault())?,
            by: row.by_name.clone(),
            at: row.asked_at,
            reason: row.reason.clone(),
            note: self.keys.open(Row::Erasure(report, id), &row.content)?,
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
        let sealed = self.store.keys.seal(Row::Erasure(report, request), &note)?;
        let for_deciding = self.store.database.dialect().report_for_deciding;
        let (id, me) = (report.to_string(), self.account.to_string());
        Ok(writing!(&self.store.database, |tx| {
            let found: Option<ReportRecord> = sqlx::query_as(for_deciding)
                .bind(&id)
                .fetch_optional(&mut *tx)
                .await?;
            let Some(found) = found else {
                return Ok(ErasureAsked::NoReport);
            };
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

    /// Writes down that this administrator tried to erase a report and was refused before it
    /// came to the database: she typed another report's number.
    ///
    /// # Errors
    /// The database failed.
    pub async fn erasure_refused(
        self,
        report: ReportId,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.note(Some(report), Action::ErasureRefused, now).await
    }

    /// Erases a report that another administrator asked to be erased not longer than `stands`
    /// ago, by that very request.
    ///
    /// # Errors
    /// The database failed; nothing is erased then.
    pub async fn erase(
        self,
        report: ReportId,
        request: RecordsId,
        stands: TimeDelta,
        now: DateTime<Utc>,
    ) -> Result<Erasing, StoreError> {
        let now = to_millis(now);
        let store = self.store;
        let for_deciding = store.database.dialect().report_for_deciding;
        let counted = store.keys.counted(report);
        let (id, me) = (report.to_string(), self.account.to_string());
        let erased = writing!(&store.database, |tx| {
            let found: Option<ReportRecord> = sqlx::query_as(for_deciding)
                .bind(&id)
                .fetch_optional(&mut *tx)
                .await?;
            let asked: Option<RequestRecord> =
                sqlx::query_as(requests_where!("WHERE e.report_id = $1 AND e.id = $2"))
                    .bind(&id)
                    .bind(request.to_string())
                    .fetch_optional(&mut *tx)
                    .await?;
            let (Some(found), Some(asked)) = (found, asked) else {
                return Ok(Erasing::NoRequest);
            };
            let held = is_held!(tx, &id);
            let who = Some(self.account);
            if let Some(refused) = judged(&asked, (&me, held), stands, now) {
                record!(tx, who, Some(report), Action::ErasureRefused, now);
                refused
            } else {
                let themes: Vec<String> =
                    sqlx::query_scalar("SELECT theme FROM unmet_need WHERE report = $1")
                        .bind(&counted)
                        .fetch_all(&mut *tx)
                        .await?;
                for theme in themes {
                    sqlx::query(
                        "UPDATE unmet_need SET report = $3 WHERE report = $1 AND theme = $2",
                    )
                    .bind(&counted)
                    .bind(theme)
                    .bind(nobodys()?)
                    .execute(&mut *tx)
                    .await?;
                }
                for (_, emptied) in EMPTIED {
                    sqlx::query(emptied).bind(&id).execute(&mut *tx).await?;
                }
                sqlx::query("DELETE FROM report WHERE id = $1")
                    .bind(&id)
                    .execute(&mut *tx)
                    .await?;
                sqlx::query(
                    "INSERT INTO erased_report (report_id, owner_id, asked_by, asked_at,
                     erased_by, erased_at, reason) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                )
                .bind(&id)
                .bind(&found.owner_id)
                .bind(&asked.asked_by)
                .bind(asked.asked_at)
                .bind(&me)
                .bind(now)
                .bind(&asked.reason)
                .execute(&mut *tx)
                .await?;
                record!(tx, who, Some(report), Action::ReportErased, now);
                Erasing::Erased(false)
            }
        });
        if !matches!(erased, Erasing::Erased(_)) {
            return Ok(erased);
        }
        store.known.forget(report);
        Ok(Erasing::Erased(store.database.empty_log().await?))
    }

    /// What stays of every report that was erased, the latest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn erased(self) -> Result<Vec<Erased>, StoreError> {
        let found: Vec<ErasedRecord> = reading!(&self.store.database, |pool| {
            sqlx::query_as(erased_where!("ORDER BY e.erased_at DESC, e.report_id DESC"))
                .fetch_all(pool)
                .await?
        });
        found.into_iter().map(Erased::try_from).collect()
    }

    /// What stays of one report that was erased.
    ///
    /// # Errors
    /// The database failed.
    pub async fn erased_report(self, report: ReportId) -> Result<Option<Erased>, StoreError> {
        let found: Option<ErasedRecord> = reading!(&self.store.database, |pool| {
            sqlx::query_as(erased_where!("WHERE e.report_id = $1"))
                .bind(report.to_string())
                .fetch_optional(pool)
                .await?
        });
        found.map(Erased::try_from).transpose()
    }
}

impl AuthorStore<'_> {
    /// When a report of hers was erased; none where it is there, or was never hers.
    ///
    /// # Errors
    /// The database failed.
    pub async fn erased_at(self, report: ReportId) -> Result<Option<DateTime<Utc>>, StoreError> {
        Ok(reading!(&self.store.database, |pool| {
            sqlx::query_scalar(
                "SELECT erased_at FROM erased_report WHERE report_id = $1 AND owner_id = $2",
            )
            .bind(report.to_string())
            .bind(self.account.to_string())
            .fetch_optional(pool)
            .await?
        }))
    }
}

/// What keeps a report from being erased by this request.
fn judged(
    asked: &RequestRecord,
    (me, held): (&str, bool),
    stands: TimeDelta,
    now: DateTime<Utc>,
) -> Option<Erasing> {
    if held {
        Some(Erasing::Held)
    } else if asked.asked_by == me {
        Some(Erasing::SamePerson)
    } else if now > asked.asked_at + stands {
        Some(Erasing::TooOld)
    } else if asked.is_changed() {
        Some(Erasing::Changed)
    } else {
        None
    }
}

/// What stands in place of a report in the numbers of unmet needs, and leads to none.
fn nobodys() -> Result<Vec<u8>, StoreError> {
    let mut bytes = vec![0; 32];
    getrandom::fill(&mut bytes).map_err(|_| StoreError::NoRandomness)?;
    Ok(bytes)
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
use is_held;
