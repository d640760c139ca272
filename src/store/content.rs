//! Content packs that reports began with, part by part, and how far an author has read
//! what changed since.
//!
//! Here: keeping and reading them. Not here: what a part is, or how two packs differ
//! (`content::items`). Nothing here is about a woman.

use super::{
    AuthorStore, ReportId, Store, StoreError,
    database::{reading, writing},
};
use crate::content::items::Items;

impl Store {
    /// Keeps the parts of a content pack under its version; once is enough.
    ///
    /// # Errors
    /// The database failed.
    pub async fn remember_content(&self, version: &str, parts: &Items) -> Result<(), StoreError> {
        let parts =
            serde_json::to_string(parts).map_err(|e| StoreError::unreadable(e.to_string()))?;
        writing!(&self.database, |tx| {
            sqlx::query(
                "INSERT INTO content_pack (version, parts) VALUES ($1, $2)
                 ON CONFLICT (version) DO NOTHING",
            )
            .bind(version)
            .bind(&parts)
            .execute(&mut *tx)
            .await?;
        });
        Ok(())
    }

    /// The parts of the content pack of a version, where it was kept.
    ///
    /// # Errors
    /// The database failed, or what it keeps cannot be read.
    pub async fn content_of(&self, version: &str) -> Result<Option<Items>, StoreError> {
        let found: Option<String> = reading!(&self.database, |pool| {
            sqlx::query_scalar("SELECT parts FROM content_pack WHERE version = $1")
                .bind(version)
                .fetch_optional(pool)
                .await?
        });
        let read = found.map(|parts| serde_json::from_str(&parts));
        read.transpose()
            .map_err(|_| StoreError::unreadable("the parts of a content pack"))
    }
}

impl AuthorStore<'_> {
    /// Writes down that she has read what changed up to a version. False where the report
    /// is not hers.
    ///
    /// # Errors
    /// The database failed.
    pub async fn read_content(self, report: ReportId, version: &str) -> Result<bool, StoreError> {
        let done = writing!(&self.store.database, |tx| {
            sqlx::query("UPDATE report SET content_read = $3 WHERE id = $1 AND owner_id = $2")
                .bind(report.to_string())
                .bind(self.account.to_string())
                .bind(version)
                .execute(&mut *tx)
                .await?
                .rows_affected()
        });
        Ok(done == 1)
    }
}
