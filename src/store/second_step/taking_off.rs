//! Taking the second step off an account: by herself, or by an administrator when she has
//! lost her telephone, which she is told.

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::use_up;
use crate::store::{
    Account, AccountId, Action, ReportId, Store, StoreError,
    administering::note_change,
    audit::record,
    database::{reading, to_millis, writing},
    seal::Row,
};

/// How turning it off ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TurnedOff {
    /// It is off.
    Now,
    /// The password or the code does not fit: which of them is not said.
    Wrong,
    /// Too many attempts; neither was looked at.
    Wait {
        /// When one may try again.
        until: DateTime<Utc>,
    },
}

/// That somebody else took it off an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removal {
    /// Name of the administrator; none from the command line.
    pub by: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
    /// Why, in her words.
    pub reason: String,
}

#[derive(FromRow)]
struct RemovalRecord {
    at: DateTime<Utc>,
    by_name: Option<String>,
    content: Vec<u8>,
}

/// Takes it off in a transaction of either engine: the secret and every recovery code.
macro_rules! take_off {
    ($tx:ident, $account:expr) => {{
        sqlx::query("DELETE FROM recovery_code WHERE account_id = $1")
            .bind($account.to_string())
            .execute(&mut *$tx)
            .await?;
        sqlx::query("DELETE FROM second_step WHERE account_id = $1")
            .bind($account.to_string())
            .execute(&mut *$tx)
            .await?
            .rows_affected()
    }};
}

impl Store {
    /// Turns it off, by the password and a code.
    ///
    /// # Errors
    /// The database failed; it stays on then.
    pub async fn turn_off_second_step(
        &self,
        account: &Account,
        (password, code): (&str, &str),
        address: &str,
        now: DateTime<Utc>,
    ) -> Result<TurnedOff, StoreError> {
        let (id, now) = (account.id, to_millis(now));
        let series = self.code_series(id, address);
        if let Some(until) = self.count_attempt(&series, now).await? {
            return Ok(TurnedOff::Wait { until });
        }
        let found = self.account_record(&account.email).await?;
        let hash = found.map(|row| row.password_hash);
        let fits = self.passwords.fits(hash, password).await?;
        let proof = self.proof(account, code, now).await?;
        let off = writing!(&self.database, |tx| {
            let used = match &proof {
                Some(proof) if fits => use_up!(tx, id, proof),
                _ => 0,
            };
            if used > 0 {
                take_off!(tx, id);
            }
            let action = if used > 0 {
                Action::SecondStepOff
            } else {
                Action::SecondStepRefused
            };
            record!(tx, Some(id), None::<ReportId>, action, now);
            used > 0
        });
        if !off {
            return Ok(TurnedOff::Wrong);
        }
        self.forget_attempts(&series).await?;
        Ok(TurnedOff::Now)
    }

    /// Takes it off the account of somebody who lost her telephone and her codes, by an
    /// administrator or, where nobody is named, from the command line. She is told when
    /// she next signs in. False where there was none.
    ///
    /// # Errors
    /// The database failed; it stays on then.
    pub async fn remove_second_step(
        &self,
        account: AccountId,
        by: Option<AccountId>,
        reason: &str,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let now = to_millis(now);
        let row = Row::SecondStepRemoved(account, now.timestamp_millis());
        let sealed = self.keys.seal(row, &reason)?;
        Ok(writing!(&self.database, |tx| {
            if take_off!(tx, account) == 0 {
                return Ok(false);
            }
            sqlx::query("DELETE FROM held_sign_in WHERE account_id = $1")
                .bind(account.to_string())
                .execute(&mut *tx)
                .await?;
            sqlx::query(
                "INSERT INTO second_step_removal (account_id, at, by_account_id, content)
                 VALUES ($1, $2, $3, $4)",
            )
            .bind(account.to_string())
            .bind(now)
            .bind(by.map(|by| by.to_string()))
            .bind(&sealed)
            .execute(&mut *tx)
            .await?;
            if let Some(by) = by {
                note_change!(tx, account, by, "second-step-removed", now);
            }
            record!(
                tx,
                by.or(Some(account)),
                None::<ReportId>,
                Action::SecondStepRemoved,
                now
            );
            true
        }))
    }

    /// What an account was not told yet: that somebody took its second step off.
    ///
    /// # Errors
    /// The database failed, or what it holds does not open.
    pub async fn removal_to_tell(&self, account: AccountId) -> Result<Option<Removal>, StoreError> {
        let found: Option<RemovalRecord> = reading!(&self.database, |pool| {
            sqlx::query_as(
                "SELECT r.at, a.display_name AS by_name, r.content FROM second_step_removal r
                 LEFT JOIN account a ON a.id = r.by_account_id
                 WHERE r.account_id = $1 AND r.told_at IS NULL ORDER BY r.at DESC LIMIT 1",
            )
            .bind(account.to_string())
            .fetch_optional(pool)
            .await?
        });
        let open = |row: RemovalRecord| {
            let sealed_for = Row::SecondStepRemoved(account, row.at.timestamp_millis());
            Ok(Removal {
                reason: self.keys.open(sealed_for, &row.content)?,
                by: row.by_name,
                at: row.at,
            })
        };
        found.map(open).transpose()
    }

    /// Notes that she was told.
    ///
    /// # Errors
    /// The database failed.
    pub async fn told_of_removal(
        &self,
        account: AccountId,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let now = to_millis(now);
        writing!(&self.database, |tx| {
            sqlx::query(
                "UPDATE second_step_removal SET told_at = $2
                 WHERE account_id = $1 AND told_at IS NULL",
            )
            .bind(account.to_string())
            .bind(now)
            .execute(&mut *tx)
            .await?;
        });
        Ok(())
    }
}
