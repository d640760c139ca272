//! What an author waits for, and what waits for her, over all her reports that are not
//! signed: referrals with their replies, and checks by a second person.
//!
//! Here: reading it, in five statements however many reports there are, and in two where
//! nothing is out. Not here: what any of it means (`web::pages::replies`).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use sqlx::FromRow;

use super::{KeptReferral, ReferralState, referrals_where};
use crate::store::{
    AuthorStore, ReferralId, ReportId, ReviewState, StoreError,
    database::reading,
    parts::Part,
    summary::{Summary, TakenIn, taken_in},
};

/// A report about which something is out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Awaiting {
    /// The report.
    pub report: ReportId,
    /// The woman's name; empty while not known.
    pub name: String,
    /// Court case number.
    pub case_number: Option<String>,
    /// Day the court set.
    pub hearing: Option<NaiveDate>,
    /// True for an example that describes nobody.
    pub fictional: bool,
    /// Its referrals that are open or answered.
    pub referrals: Vec<Awaited>,
    /// How the latest check was answered, where it was and the author has it now.
    pub check: Option<ReviewState>,
}

/// A referral with what the report holds of its reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Awaited {
    /// The referral.
    pub kept: KeptReferral,
    /// What the report holds of its reply.
    pub taken_in: Option<TakenIn>,
}

#[derive(FromRow)]
struct ReportRecord {
    id: String,
    fictional: bool,
    revision: i64,
    summary: Vec<u8>,
    wrapped: Vec<u8>,
}

#[derive(FromRow)]
struct CheckRecord {
    report_id: String,
    state: String,
    decided_revision: Option<i64>,
}

/// Which report a referral is about.
#[derive(FromRow)]
struct OfReport {
    id: String,
    report_id: String,
}

impl AuthorStore<'_> {
    /// Every report of hers about which something is out, the soonest hearing first.
    ///
    /// # Errors
    /// The database failed, or what it holds does not open.
    pub async fn awaiting(self) -> Result<Vec<Awaiting>, StoreError> {
        let me = self.account.to_string();
        let (reports, checks): (Vec<ReportRecord>, Vec<CheckRecord>) =
            reading!(&self.store.database, |pool| {
                let reports = sqlx::query_as(
                    "SELECT report.id, report.fictional, report.revision, report.summary, k.wrapped
                     FROM report JOIN report_key k ON k.report_id = report.id
                     WHERE owner_id = $1 AND signed_at IS NULL AND
                     (EXISTS (SELECT 1 FROM referral WHERE referral.report_id = report.id
                      AND referral.state NOT IN ('replaced', 'consent-withdrawn'))
                      OR EXISTS (SELECT 1 FROM review_request
                      WHERE review_request.report_id = report.id))",
                )
                .bind(&me)
                .fetch_all(pool)
                .await?;
                let checks = sqlx::query_as(
                    "SELECT q.report_id, q.state, q.decided_revision FROM review_request q
                     JOIN report ON report.id = q.report_id
                     WHERE report.owner_id = $1 AND report.signed_at IS NULL
                     ORDER BY q.asked_at, q.id",
                )
                .bind(&me)
                .fetch_all(pool)
                .await?;
                (reports, checks)
            });
        if reports.is_empty() {
            return Ok(Vec::new());
        }
        let mut referrals = self.live_referrals().await?;
        let mut all = Vec::new();
        for row in reports {
            let kept = referrals.remove(&row.id).unwrap_or_default();
            let check = answered(&row, &checks)?;
            if !kept.is_empty() || check.is_some() {
                all.push(self.about(&row, kept, check).await?);
            }
        }
        all.sort_by_key(|one| (one.hearing.is_none(), one.hearing, one.report));
        Ok(all)
    }

    /// Her referrals that are open or answered, by report.
    async fn live_referrals(self) -> Result<BTreeMap<String, Vec<KeptReferral>>, StoreError> {
        let me = self.account.to_string();
        let (rows, of): (_, Vec<OfReport>) = reading!(&self.store.database, |pool| {
            let rows = referrals_where!(
                pool,
                "f.state NOT IN ('replaced', 'consent-withdrawn') AND f.report_id IN
                 (SELECT id FROM report WHERE owner_id = $1 AND signed_at IS NULL)",
                &me
            );
            let of = sqlx::query_as(
                "SELECT f.id, f.report_id FROM referral f JOIN report ON report.id = f.report_id
                 WHERE report.owner_id = $1 AND report.signed_at IS NULL",
            )
            .bind(&me)
            .fetch_all(pool)
            .await?;
            (rows, of)
        });
        let of: BTreeMap<String, String> = of.into_iter().map(|o| (o.id, o.report_id)).collect();
        let mut by_report: BTreeMap<String, Vec<KeptReferral>> = BTreeMap::new();
        for kept in rows.opened(&self.store.keys, |_| true)? {
            if let Some(report) = of.get(&kept.id.to_string()) {
                by_report.entry(report.clone()).or_default().push(kept);
            }
        }
        Ok(by_report)
    }

    async fn about(
        self,
        row: &ReportRecord,
        kept: Vec<KeptReferral>,
        check: Option<ReviewState>,
    ) -> Result<Awaiting, StoreError> {
        let unreadable = |_| StoreError::unreadable("a report's id");
        let report: ReportId = row.id.parse().map_err(unreadable)?;
        let key = self.store.keys.report_key(report, &row.wrapped)?;
        let mut summary: Summary = key.open(Part::Summary(row.revision), &row.summary)?;
        let replied = kept.iter().any(|k| k.state == ReferralState::Replied);
        let held = match summary.taken_in.take() {
            Some(held) => held,
            // Saved last before lists kept it; the next save puts that right.
            None if replied => {
                let loaded = self.load(report).await?;
                loaded.map(|l| taken_in(&l.case)).unwrap_or_default()
            }
            None => Vec::new(),
        };
        let of = |id: ReferralId| {
            let id = id.to_string();
            held.iter().find(|one| one.referral == id).cloned()
        };
        Ok(Awaiting {
            report,
            name: summary.name(),
            hearing: summary.hearing_date,
            case_number: summary.case_number,
            fictional: row.fictional,
            referrals: kept
                .into_iter()
                .map(|kept| Awaited {
                    taken_in: of(kept.id),
                    kept,
                })
                .collect(),
            check,
        })
    }
}

/// How the latest check of a report was answered: sent back, or approved as the report
/// still stands.
fn answered(row: &ReportRecord, checks: &[CheckRecord]) -> Result<Option<ReviewState>, StoreError> {
    let latest = checks.iter().rfind(|check| check.report_id == row.id);
    let Some(latest) = latest else {
        return Ok(None);
    };
    let state: ReviewState = latest.state.parse()?;
    Ok(match state {
        ReviewState::Returned => Some(state),
        ReviewState::Approved if latest.decided_revision == Some(row.revision) => Some(state),
        _ => None,
    })
}
