//! What happened to one report, from its audit trail: for its author, and without a word
//! of its content.
//!
//! Not here: its saves, which are the rows of its log (`AuthorStore::history`).

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::{Action, AuthorStore, ReportId, StoreError, database::reading};

/// One act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrailRow {
    /// What was done.
    pub action: Action,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom; empty where nobody is known.
    pub by: String,
}

#[derive(FromRow)]
struct TrailRecord {
    action: String,
    at: DateTime<Utc>,
    display_name: Option<String>,
}

impl AuthorStore<'_> {
    /// Everything done to one of her reports, oldest first.
    ///
    /// # Errors
    /// The database failed, or holds an act that this program does not know.
    pub async fn trail(self, report: ReportId) -> Result<Vec<TrailRow>, StoreError> {
        let found: Vec<TrailRecord> = reading!(&self.store.database, |pool| {
            sqlx::query_as(
                "SELECT audit.action, audit.at, account.display_name FROM audit
                 JOIN report ON report.id = audit.report_id
                 LEFT JOIN account ON account.id = audit.account_id
                 WHERE audit.report_id = $1 AND report.owner_id = $2
                 ORDER BY audit.seq",
            )
            .bind(report.to_string())
            .bind(self.account.to_string())
            .fetch_all(pool)
            .await?
        });
        let rows = found.into_iter().map(|row| {
            Ok(TrailRow {
                action: row.action.parse()?,
                at: row.at,
                by: row.display_name.unwrap_or_default(),
            })
        });
        rows.collect()
    }
}
