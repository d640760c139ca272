//! The author's side of a referral: sending it, answering questions, and stopping the
//! sharing. Only of her own reports.

use chrono::{DateTime, Utc};

use super::{KeptReferral, ReferralState, insert_message, referrals_where};
use crate::{
    consultancy::Referral,
    store::{
        Action, AuthorStore, ReferralId, ReportId, SaveError, SignedMark, StoreError,
        audit::record,
        database::{reading, to_millis, writing},
        parts::Part,
        report_key::key_of,
        signing::signer,
    },
};

/// How sending ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sent {
    /// It is with the centre.
    Now(ReferralId),
    /// The report is signed: there is nothing left to ask for.
    Signed(SignedMark),
}

#[derive(sqlx::FromRow)]
struct ReportRecord {
    signed_at: Option<DateTime<Utc>>,
    wrapped: Vec<u8>,
}

#[derive(sqlx::FromRow)]
struct OpenRecord {
    id: String,
    state: String,
}

#[derive(sqlx::FromRow)]
struct DraftRecord {
    revision: i64,
    by_account_id: String,
    at: DateTime<Utc>,
    content: Vec<u8>,
}

impl AuthorStore<'_> {
    /// Shares a referral with a centre. One that is open with the same centre is replaced:
    /// the centre works from this one, and what it has written so far comes along.
    ///
    /// # Errors
    /// It is not her report, or the database failed; nothing was shared then.
    pub async fn send_referral(
        self,
        report: ReportId,
        referral: &Referral,
        now: DateTime<Utc>,
    ) -> Result<Sent, SaveError> {
        let now = to_millis(now);
        let id = ReferralId::new(now);
        let for_signing = self.store.database.dialect().report_for_signing;
        let (report_id, owner) = (report.to_string(), self.account.to_string());
        Ok(writing!(&self.store.database, |tx| {
            let found: Option<ReportRecord> = sqlx::query_as(for_signing)
                .bind(&report_id)
                .bind(&owner)
                .fetch_optional(&mut *tx)
                .await?;
            let found = found.ok_or(SaveError::NoSuchReport)?;
            if let Some(at) = found.signed_at {
                let by = signer!(tx, &report_id);
                return Ok(Sent::Signed(SignedMark { at, by }));
            }
            let key = self.store.keys.report_key(report, &found.wrapped)?;
            let sealed = key.seal(Part::Referral(id), referral)?;
            let open: Option<OpenRecord> = sqlx::query_as(
                "SELECT id, state FROM referral WHERE report_id = $1 AND service_id = $2
                 AND state IN ('sent', 'accepted') ORDER BY sent_at DESC",
            )
            .bind(&report_id)
            .bind(&referral.service)
            .fetch_optional(&mut *tx)
            .await?;
            let state = match &open {
                Some(open) => open.state.clone(),
                None => ReferralState::Sent.to_string(),
            };
            sqlx::query(
                "INSERT INTO referral (id, report_id, service_id, organisation, sent_by, state,
                 reply_by, sent_at, changed_at, content)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9)",
            )
            .bind(id.to_string())
            .bind(&report_id)
            .bind(&referral.service)
            .bind(&referral.organisation)
            .bind(&owner)
            .bind(&state)
            .bind(referral.reply_by.to_string())
            .bind(now)
            .bind(&sealed)
            .execute(&mut *tx)
            .await?;
            if let Some(open) = open {
                sqlx::query("UPDATE referral SET state = $2, changed_at = $3 WHERE id = $1")
                    .bind(&open.id)
                    .bind(ReferralState::Replaced.to_string())
                    .bind(now)
                    .execute(&mut *tx)
                    .await?;
                let draft: Option<DraftRecord> = sqlx::query_as(
                    "SELECT revision, by_account_id, at, content FROM assessment_draft
                     WHERE referral_id = $1",
                )
                .bind(&open.id)
                .fetch_optional(&mut *tx)
                .await?;
                if let Some(draft) = draft {
                    let old: ReferralId = open
                        .id
                        .parse()
                        .map_err(|_| StoreError::unreadable("a referral"))?;
                    let part = Part::AssessmentDraft(old);
                    let form: Vec<(String, String)> = key.open(part, &draft.content)?;
                    let sealed = key.seal(Part::AssessmentDraft(id), &form)?;
                    sqlx::query(
                        "INSERT INTO assessment_draft
                         (referral_id, revision, by_account_id, at, content)
                         VALUES ($1, $2, $3, $4, $5)",
                    )
                    .bind(id.to_string())
                    .bind(draft.revision)
                    .bind(&draft.by_account_id)
                    .bind(draft.at)
                    .bind(&sealed)
                    .execute(&mut *tx)
                    .await?;
                }
            }
            record!(
                tx,
                Some(self.account),
                Some(report),
                Action::ReferralSent,
                now
            );
            Sent::Now(id)
        }))
    }

    /// The referrals of one of her reports, all that belongs to them with them.
    ///
    /// # Errors
    /// The database failed, or what it holds does not open.
    pub async fn referrals_of(self, report: ReportId) -> Result<Vec<KeptReferral>, StoreError> {
        let (report, owner) = (report.to_string(), self.account.to_string());
        let rows = reading!(&self.store.database, |pool| {
            referrals_where!(
                pool,
                "f.report_id = $1 AND f.report_id IN (SELECT id FROM report WHERE owner_id = $2)",
                &report,
                &owner
            )
        });
        rows.opened(&self.store.keys, |_| true)
    }

    /// Writes down that she withdrew her consent. From this transaction on the centre sees
    /// nothing of her, in any referral of this report to the same centre. False where it
    /// was withdrawn before, or there is no such referral.
    ///
    /// # Errors
    /// The database failed; nothing is changed then.
    pub async fn withdraw_consent(
        self,
        report: ReportId,
        referral: ReferralId,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let now = to_millis(now);
        Ok(writing!(&self.store.database, |tx| {
            let changed = sqlx::query(
                "UPDATE referral SET state = $4, changed_at = $5
                 WHERE report_id = $2 AND state <> $4
                 AND service_id IN (SELECT service_id FROM referral WHERE id = $1 AND report_id = $2)
                 AND report_id IN (SELECT id FROM report WHERE id = $2 AND owner_id = $3)",
            )
            .bind(referral.to_string())
            .bind(report.to_string())
            .bind(self.account.to_string())
            .bind(ReferralState::ConsentWithdrawn.to_string())
            .bind(now)
            .execute(&mut *tx)
            .await?
            .rows_affected();
            if changed > 0 {
                record!(
                    tx,
                    Some(self.account),
                    Some(report),
                    Action::ConsentWithdrawn,
                    now
                );
            }
            changed > 0
        }))
    }

    /// Writes to the centre: the answer to what it asked. False where the centre may read
    /// nothing about it any more, or there is no such referral.
    ///
    /// # Errors
    /// The database failed; nothing is written then.
    pub async fn write_to_centre(
        self,
        report: ReportId,
        referral: ReferralId,
        text: &str,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let now = to_millis(now);
        Ok(writing!(&self.store.database, |tx| {
            // Writing the row holds it until the end: consent withdrawn at the same moment
            // waits, or was first.
            let open = sqlx::query(
                "UPDATE referral SET state = state WHERE id = $1 AND report_id = $2
                 AND state IN ('sent', 'accepted', 'replied', 'taken-back')
                 AND report_id IN (SELECT id FROM report WHERE id = $2 AND owner_id = $3)",
            )
            .bind(referral.to_string())
            .bind(report.to_string())
            .bind(self.account.to_string())
            .execute(&mut *tx)
            .await?
            .rows_affected();
            let key = key_of!(&mut *tx, self.store.keys, report);
            let key = key.filter(|_| open > 0);
            if let Some(key) = &key {
                insert_message!(tx, key, referral, "author", self.account, text, now);
                record!(
                    tx,
                    Some(self.account),
                    Some(report),
                    Action::ReferralSent,
                    now
                );
            }
            key.is_some()
        }))
    }
}
