//! What is added to a report after it was signed. The report stays as it is; each
//! addendum is a document of its own, signed by itself and kept to the byte.
//!
//! Not here: making the document (`pack::addendum`), or finding the signature on a file
//! (`signed`).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;

use super::{
    Action, AuthorStore, ReportId, SaveError, StoreError,
    audit::record,
    database::{reading, to_millis, writing},
    hash_of,
    parts::Part,
    signed::{as_text, from_text},
};

/// An addendum as it was signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Addendum {
    /// Why it was written.
    pub reason: String,
    /// What it adds, as it was typed.
    pub text: String,
    /// The Word document.
    #[serde(serialize_with = "as_text", deserialize_with = "from_text")]
    pub docx: Vec<u8>,
    /// Versions of the content that made it.
    pub versions: String,
}

/// An addendum with its number and its signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedAddendum {
    /// Its number in the report, from 1.
    pub number: i64,
    /// When it was signed.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: String,
    /// What was signed.
    pub addendum: Addendum,
}

/// How adding ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// It is signed and kept.
    Done,
    /// Another was added since; this one would have this number.
    Stale {
        /// The number it would have.
        next: i64,
    },
    /// The report is not signed: what it lacks belongs into it.
    NotSigned,
}

#[derive(FromRow)]
struct OwnedRecord {
    signed_at: Option<DateTime<Utc>>,
    wrapped: Vec<u8>,
}

#[derive(FromRow)]
struct AddendumRecord {
    number: i64,
    content: Vec<u8>,
    signed_at: DateTime<Utc>,
    signed_by: String,
    wrapped: Vec<u8>,
}

impl AuthorStore<'_> {
    /// Signs an addendum to one of her signed reports and keeps it. `number` is the one
    /// that stands in the document.
    ///
    /// # Errors
    /// It is not her report, or the database failed; nothing was kept then.
    pub async fn add_addendum(
        self,
        report: ReportId,
        number: i64,
        addendum: &Addendum,
        now: DateTime<Utc>,
    ) -> Result<Added, SaveError> {
        let now = to_millis(now);
        let for_signing = self.store.database.dialect().report_for_signing;
        let (id, owner) = (report.to_string(), self.account.to_string());
        Ok(writing!(&self.store.database, |tx| {
            let found: Option<OwnedRecord> = sqlx::query_as(for_signing)
                .bind(&id)
                .bind(&owner)
                .fetch_optional(&mut *tx)
                .await?;
            let found = found.ok_or(SaveError::NoSuchReport)?;
            if found.signed_at.is_none() {
                return Ok(Added::NotSigned);
            }
            let there: i64 =
                sqlx::query_scalar("SELECT COUNT(*) FROM addendum WHERE report_id = $1")
                    .bind(&id)
                    .fetch_one(&mut *tx)
                    .await?;
            if there + 1 != number {
                return Ok(Added::Stale { next: there + 1 });
            }
            let key = self.store.keys.report_key(report, &found.wrapped)?;
            let sealed = key.seal(Part::Addendum(number), addendum)?;
            sqlx::query(
                "INSERT INTO addendum (report_id, number, hash, content, signed_by, signed_at)
                 VALUES ($1, $2, $3, $4, $5, $6)",
            )
            .bind(&id)
            .bind(number)
            .bind(hash_of(&addendum.docx))
            .bind(&sealed)
            .bind(&owner)
            .bind(now)
            .execute(&mut *tx)
            .await?;
            let who = Some(self.account);
            record!(tx, who, Some(report), Action::AddendumSigned, now);
            Added::Done
        }))
    }

    /// Everything added to one of her reports, in order.
    ///
    /// # Errors
    /// The database failed, or what it holds does not open.
    pub async fn addenda(self, report: ReportId) -> Result<Vec<SignedAddendum>, StoreError> {
        let found: Vec<AddendumRecord> = reading!(&self.store.database, |pool| {
            sqlx::query_as(
                "SELECT d.number, d.content, d.signed_at, account.display_name AS signed_by,
                 report_key.wrapped
                 FROM addendum d
                 JOIN report ON report.id = d.report_id
                 JOIN report_key ON report_key.report_id = report.id
                 JOIN account ON account.id = d.signed_by
                 WHERE d.report_id = $1 AND report.owner_id = $2 ORDER BY d.number",
            )
            .bind(report.to_string())
            .bind(self.account.to_string())
            .fetch_all(pool)
            .await?
        });
        let opened = found.into_iter().map(|row| {
            let key = self.store.keys.report_key(report, &row.wrapped)?;
            Ok(SignedAddendum {
                number: row.number,
                at: row.signed_at,
                by: row.signed_by,
                addendum: key.open(Part::Addendum(row.number), &row.content)?,
            })
        });
        opened.collect()
    }
}
