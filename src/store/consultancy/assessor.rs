//! A centre's side of a referral: the referrals to her organisation, and no other. Holding
//! [`AssessorStore`] she can read what was shared while it is shared, answer, and write and
//! sign an assessment (`assessing`); there is no way in it to a report.

use chrono::{DateTime, Utc};

use super::{KeptReferral, ReferralState, insert_message, referrals_where};
use crate::store::{
    AccountId, Action, ReferralId, ReportId, Store, StoreError,
    audit::record,
    database::{reading, to_millis, writing},
};

/// The part of the store that one assessor may use.
#[derive(Debug, Clone, Copy)]
pub struct AssessorStore<'a> {
    pub(super) store: &'a Store,
    pub(super) account: AccountId,
}

impl Store {
    /// The part of the store that one assessor may use.
    #[must_use]
    pub fn as_assessor(&self, account: AccountId) -> AssessorStore<'_> {
        AssessorStore {
            store: self,
            account,
        }
    }
}

/// Holds the row of a referral of hers that is in one of these states, to the end of a
/// transaction; the key of the report it belongs to, or none. Consent withdrawn at the same
/// moment waits, or was first.
macro_rules! held {
    ($tx:ident, $self:ident, $referral:expr, $states:literal) => {{
        let held = sqlx::query(concat!(
            "UPDATE referral SET state = state WHERE id = $1 AND state IN ",
            $states,
            " AND organisation IN (SELECT organisation FROM centre_member WHERE account_id = $2)"
        ))
        .bind($referral.to_string())
        .bind($self.account.to_string())
        .execute(&mut *$tx)
        .await?
        .rows_affected();
        if held == 0 {
            None
        } else {
            let held: Option<(String, Vec<u8>)> = sqlx::query_as(
                "SELECT k.report_id, k.wrapped FROM referral f
                 JOIN report_key k ON k.report_id = f.report_id WHERE f.id = $1",
            )
            .bind($referral.to_string())
            .fetch_optional(&mut *$tx)
            .await?;
            held.map(|(report, wrapped)| {
                let report: Result<ReportId, _> = report.parse();
                let report = report.map_err(|_| StoreError::unreadable("a report's id"))?;
                $self.store.keys.report_key(report, &wrapped)
            })
            .transpose()?
        }
    }};
}

/// Sets the state of a referral in a transaction of either engine.
macro_rules! set_state {
    ($tx:ident, $referral:expr, $state:expr, $now:expr) => {
        sqlx::query("UPDATE referral SET state = $2, changed_at = $3 WHERE id = $1")
            .bind($referral.to_string())
            .bind($state.to_string())
            .bind($now)
            .execute(&mut *$tx)
            .await?;
    };
}

pub(super) use {held, set_state};

impl AssessorStore<'_> {
    /// Every referral to her organisation, the soonest reply first; of those that are not
    /// shared any more, only that they were.
    ///
    /// # Errors
    /// The database failed, or what it holds does not open.
    pub async fn inbox(self) -> Result<Vec<KeptReferral>, StoreError> {
        let account = self.account.to_string();
        let rows = reading!(&self.store.database, |pool| {
            referrals_where!(
                pool,
                "f.state <> 'replaced' AND f.organisation IN
                 (SELECT organisation FROM centre_member WHERE account_id = $1)",
                &account
            )
        });
        rows.opened(&self.store.keys, ReferralState::is_shared)
    }

    /// One referral to her organisation; none where there is no such one.
    ///
    /// # Errors
    /// As [`Self::inbox`].
    pub async fn referral(self, id: ReferralId) -> Result<Option<KeptReferral>, StoreError> {
        let (account, id) = (self.account.to_string(), id.to_string());
        let rows = reading!(&self.store.database, |pool| {
            referrals_where!(
                pool,
                "f.id = $1 AND f.organisation IN
                 (SELECT organisation FROM centre_member WHERE account_id = $2)",
                &id,
                &account
            )
        });
        let found = rows.opened(&self.store.keys, ReferralState::is_shared)?;
        Ok(found.into_iter().next())
    }

    /// Writes down that she opened what was shared.
    ///
    /// # Errors
    /// The database failed.
    pub async fn note_opened(self, id: ReferralId, now: DateTime<Utc>) -> Result<(), StoreError> {
        let now = to_millis(now);
        writing!(&self.store.database, |tx| {
            let held = held!(
                tx,
                self,
                id,
                "('sent', 'accepted', 'replied', 'taken-back')"
            );
            if let Some(key) = held {
                let (who, report) = (Some(self.account), Some(key.report()));
                record!(tx, who, report, Action::ReferralOpened, now);
            }
        });
        Ok(())
    }

    /// Accepts (`Accepted`) or declines (`Declined`) with what she says of it. False where
    /// it was answered or closed before.
    ///
    /// # Errors
    /// The database failed; nothing is changed then.
    pub async fn answer(
        self,
        id: ReferralId,
        state: ReferralState,
        text: &str,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let now = to_millis(now);
        Ok(writing!(&self.store.database, |tx| {
            let held = held!(tx, self, id, "('sent', 'accepted')");
            let Some(key) = held else {
                return Ok(false);
            };
            set_state!(tx, id, state, now);
            if !text.trim().is_empty() {
                insert_message!(tx, key, id, "centre", self.account, text.trim(), now);
            }
            record!(
                tx,
                Some(self.account),
                Some(key.report()),
                Action::ReferralAnswered,
                now
            );
            true
        }))
    }

    /// Asks the author something. False where the referral is closed.
    ///
    /// # Errors
    /// The database failed; nothing is written then.
    pub async fn ask(
        self,
        id: ReferralId,
        text: &str,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let now = to_millis(now);
        Ok(writing!(&self.store.database, |tx| {
            let held = held!(
                tx,
                self,
                id,
                "('sent', 'accepted', 'replied', 'taken-back')"
            );
            let Some(key) = held else {
                return Ok(false);
            };
            insert_message!(tx, key, id, "centre", self.account, text, now);
            record!(
                tx,
                Some(self.account),
                Some(key.report()),
                Action::ReferralAnswered,
                now
            );
            true
        }))
    }
}
