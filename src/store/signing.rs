//! Signing: from then on a report takes in nothing more.
//!
//! Here: closing it, in the one transaction that also finds that nothing was written
//! since she read it, with the document that is signed. Not here: that document's shape
//! and its reading back (`signed`), or making it (`pack::signing`).

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::{
    Action, AuthorStore, ReportId, SaveError, SignedDocument,
    audit::record,
    database::{to_millis, writing},
    parts::Part,
};

/// Who signed a report, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedMark {
    /// When.
    pub at: DateTime<Utc>,
    /// Name of the person who signed.
    pub by: String,
}

impl SignedMark {
    /// The mark, where both of its columns are filled.
    pub(super) fn of(at: Option<DateTime<Utc>>, by: Option<String>) -> Option<Self> {
        Some(Self { at: at?, by: by? })
    }
}

/// How a signature ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Signing {
    /// The report is signed, and this was it.
    Signed(SignedMark),
    /// It had been signed before; that signature stands.
    Already(SignedMark),
    /// Something was written since the revision she read. Nothing was signed.
    Stale {
        /// The report's latest revision.
        revision: i64,
    },
}

#[derive(FromRow)]
struct SigningRecord {
    revision: i64,
    signed_at: Option<DateTime<Utc>>,
    wrapped: Vec<u8>,
}

impl AuthorStore<'_> {
    /// Signs one of her reports as it stood at `revision`, the one she read, and keeps
    /// the document that was signed. Every later save is answered with `Save::Signed`.
    ///
    /// # Errors
    /// It is not her report, or the database failed; nothing was signed then.
    pub async fn sign_report(
        self,
        report: ReportId,
        revision: i64,
        document: &SignedDocument,
        now: DateTime<Utc>,
    ) -> Result<Signing, SaveError> {
        let now = to_millis(now);
        let hash = document.hash();
        let for_signing = self.store.database.dialect().report_for_signing;
        let (id, owner) = (report.to_string(), self.account.to_string());
        Ok(writing!(&self.store.database, |tx| {
            let found: Option<SigningRecord> = sqlx::query_as(for_signing)
                .bind(&id)
                .bind(&owner)
                .fetch_optional(&mut *tx)
                .await?;
            let found = found.ok_or(SaveError::NoSuchReport)?;
            if let Some(at) = found.signed_at {
                let by = signer!(tx, &id);
                return Ok(Signing::Already(SignedMark { at, by }));
            }
            if found.revision != revision {
                return Ok(Signing::Stale {
                    revision: found.revision,
                });
            }
            let key = self.store.keys.report_key(report, &found.wrapped)?;
            let sealed = key.seal(Part::Signed, document)?;
            sqlx::query("UPDATE report SET signed_at = $2, signed_by = $3 WHERE id = $1")
                .bind(&id)
                .bind(now)
                .bind(&owner)
                .execute(&mut *tx)
                .await?;
            sqlx::query(
                "INSERT INTO signed_document (report_id, hash, content) VALUES ($1, $2, $3)",
            )
            .bind(&id)
            .bind(&hash)
            .bind(&sealed)
            .execute(&mut *tx)
            .await?;
            record!(
                tx,
                Some(self.account),
                Some(report),
                Action::ReportSigned,
                now
            );
            let by = signer!(tx, &id);
            Signing::Signed(SignedMark { at: now, by })
        }))
    }
}

/// The name of whoever signed a report, read in a transaction of either engine. Not
/// joined to the row that is locked: `PostgreSQL` reads a row it had to wait for
/// again, but what was joined to it as it was before the wait.
macro_rules! signer {
    ($tx:ident, $report:expr) => {
        sqlx::query_scalar(
            "SELECT account.display_name FROM report JOIN account ON account.id = report.signed_by
             WHERE report.id = $1",
        )
        .bind($report)
        .fetch_one(&mut *$tx)
        .await?
    };
}
pub(super) use signer;
