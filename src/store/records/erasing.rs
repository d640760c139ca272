//! Erasing a report: asked for by one administrator (`requests`), done by another, whole or not
//! at all. What stays of it is in `erased`.
//!
//! Everything is judged again in the transaction that erases: who asked, whether a hold
//! stands, whether anything changed since. An attempt that is refused is in the audit trail.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::FromRow;

use super::{
    RecordsStore, changes,
    requests::{RequestRecord, is_held, requests_where},
    tables::EMPTIED,
};
use crate::store::{
    Action, RecordsId, ReportId, StoreError,
    audit::record,
    database::{to_millis, writing},
};

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

#[derive(FromRow)]
struct ReportRecord {
    owner_id: String,
}

impl RecordsStore<'_> {
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
