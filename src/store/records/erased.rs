//! What stays of a report that was erased: that it was there, when it was erased, why and by
//! whom. Not here: erasing it (`erasing`).

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::RecordsStore;
use crate::store::{AuthorStore, ReportId, StoreError, database::reading};

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
struct ErasedRecord {
    report_id: String,
    asker: String,
    asked_at: DateTime<Utc>,
    eraser: String,
    erased_at: DateTime<Utc>,
    reason: String,
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

impl RecordsStore<'_> {
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
