//! Needs for which an author found nothing suitable, counted by area: who commissions
//! services sees what is not there, and nobody sees whom it was missed by.
//!
//! Here: the rows of one report, replaced in the same transaction as the save that
//! records or withdraws a gap, and their counts. Not here: the gap itself, which is in
//! the case file, sealed like the rest of it (`case::ServiceGap`). A row holds a keyed
//! hash in place of the report, an area, a theme and a month, and nothing else.

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::{
    AuthorStore, ReportId, Save, SaveError, Store, StoreError,
    database::{reading, to_millis},
};
use crate::case::revision::Write;

/// One need that nothing near her answers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnmetNeed {
    /// Theme id.
    pub theme: String,
    /// Level of the need.
    pub level: Option<String>,
    /// Id of the probation delivery unit, where there is only one it can be.
    pub pdu: Option<String>,
    /// Slug of the police (PCC) area, likewise.
    pub police_area: Option<String>,
    /// Name of the probation region, likewise.
    pub region: Option<String>,
    /// The month it was looked for: `2026-11`.
    pub month: String,
}

/// How many reports record a need of one theme as unmet in one area.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct UnmetCount {
    /// Slug of the police (PCC) area; `None` where it is not known.
    pub police_area: Option<String>,
    /// Theme id.
    pub theme: String,
    /// Reports, each counted once for a theme.
    pub reports: i64,
}

impl AuthorStore<'_> {
    /// Saves as [`Self::save`], and makes `unmet` all that this report counts for in the
    /// area's record, in the same transaction: both are on the disk, or neither is. A
    /// save that changes nothing in the report changes nothing there.
    ///
    /// # Errors
    /// As [`Self::save`].
    pub async fn save_gaps(
        self,
        report: ReportId,
        writes: &[Write],
        unmet: &[UnmetNeed],
        seen: i64,
        now: DateTime<Utc>,
    ) -> Result<Save, SaveError> {
        let now = to_millis(now);
        let judged = self.judge(report, writes, Some(unmet), seen, now);
        Ok(judged.await?.0)
    }
}

impl Store {
    /// Every area and theme with the number of reports, areas and themes in order.
    ///
    /// # Errors
    /// The database failed.
    pub async fn unmet_needs(&self) -> Result<Vec<UnmetCount>, StoreError> {
        let mut counts: Vec<UnmetCount> = reading!(&self.database, |pool| {
            sqlx::query_as(
                "SELECT police_area, theme, COUNT(*) AS reports FROM unmet_need
                 GROUP BY police_area, theme",
            )
            .fetch_all(pool)
            .await?
        });
        // Not by the database: engines put letters, and what is not there, in order
        // differently.
        counts.sort_by(|a, b| (&a.police_area, &a.theme).cmp(&(&b.police_area, &b.theme)));
        Ok(counts)
    }
}

/// Makes these rows all that a report counts for. A macro, because it runs in a
/// transaction of either engine.
macro_rules! replace_unmet {
    ($tx:ident, $report:expr, $unmet:expr) => {
        sqlx::query("DELETE FROM unmet_need WHERE report = $1")
            .bind($report)
            .execute(&mut *$tx)
            .await?;
        for need in $unmet {
            sqlx::query(
                "INSERT INTO unmet_need (report, theme, level, pdu, police_area, region, month)
                 VALUES ($1, $2, $3, $4, $5, $6, $7)
                 ON CONFLICT (report, theme) DO NOTHING",
            )
            .bind($report)
            .bind(&need.theme)
            .bind(&need.level)
            .bind(&need.pdu)
            .bind(&need.police_area)
            .bind(&need.region)
            .bind(&need.month)
            .execute(&mut *$tx)
            .await?;
        }
    };
}
pub(super) use replace_unmet;
