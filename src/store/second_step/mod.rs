//! A second step beside the password: a code of six digits that somebody's telephone
//! reckons, or one of ten that she has written down.
//!
//! Here: how it stands, and turning it on. Not here: turning it off (`taking_off`), the
//! codes (`codes`), or signing in with one (`holding`). Only for those who sign in with a password of ours:
//! how a provider proves somebody is the provider's business.

mod codes;
mod holding;
mod taking_off;

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use zeroize::Zeroizing;

use self::codes::{Typed, grouped, new_secret, reckoner, recovery_codes, step_of};
pub use self::{
    holding::{Finished, Held},
    taking_off::{Removal, TurnedOff},
};
use super::{
    Account, AccountId, Action, ReportId, Store, StoreError,
    audit::record,
    database::{reading, to_millis, writing},
    openid::NO_PASSWORD,
    seal::Row,
};

/// How the second step of an account stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecondStep {
    /// She signs in with a provider alone, whose business it is.
    Elsewhere,
    /// Off.
    Off,
    /// A secret was made; it counts once a code of it was typed.
    Begun(SharedSecret),
    /// On.
    On {
        /// Since when.
        since: DateTime<Utc>,
        /// How many recovery codes are left.
        codes_left: usize,
    },
}

/// What she tells her telephone. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct SharedSecret {
    /// To type, in groups of four.
    pub text: String,
    /// The address that a telephone reads from a picture.
    pub url: String,
}

impl std::fmt::Debug for SharedSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SharedSecret(not shown)")
    }
}

/// How turning it on ended.
#[derive(Clone, PartialEq, Eq)]
pub enum Confirmed {
    /// It is on; these are its recovery codes, which nobody can show again.
    On(Vec<String>),
    /// The code does not fit, or there was nothing to confirm.
    Wrong,
    /// Too many attempts; the code was not looked at.
    Wait {
        /// When one may try again.
        until: DateTime<Utc>,
    },
}

#[derive(FromRow)]
struct StepRecord {
    content: Vec<u8>,
    confirmed_at: Option<DateTime<Utc>>,
    last_step: i64,
}

/// The second step of an account, as a row.
macro_rules! step_row {
    ($from:expr, $account:expr) => {{
        let row: Option<$crate::store::second_step::StepRecord> = sqlx::query_as(
            "SELECT content, confirmed_at, last_step FROM second_step WHERE account_id = $1",
        )
        .bind($account.to_string())
        .fetch_optional($from)
        .await?;
        row
    }};
}

/// Uses a code up in a transaction of either engine; whether it was there to be used. Of
/// two at once the second finds nothing.
macro_rules! use_up {
    ($tx:ident, $account:expr, $proof:expr) => {{
        match &$proof {
            $crate::store::second_step::Proof::Step(step) => sqlx::query(
                "UPDATE second_step SET last_step = $2
                 WHERE account_id = $1 AND last_step < $2 AND confirmed_at IS NOT NULL",
            )
            .bind($account.to_string())
            .bind(*step)
            .execute(&mut *$tx)
            .await?
            .rows_affected(),
            $crate::store::second_step::Proof::Recovery(hash) => sqlx::query(
                "DELETE FROM recovery_code WHERE account_id = $1 AND code_hash = $2
                 AND EXISTS (SELECT 1 FROM second_step
                 WHERE account_id = $1 AND confirmed_at IS NOT NULL)",
            )
            .bind($account.to_string())
            .bind(hash)
            .execute(&mut *$tx)
            .await?
            .rows_affected(),
        }
    }};
}
use use_up;

/// A code that may prove somebody, to be used up.
enum Proof {
    Step(i64),
    Recovery(Vec<u8>),
}

impl Store {
    /// How the second step of an account stands.
    ///
    /// # Errors
    /// The database failed, or what it holds does not open.
    pub async fn second_step(&self, account: &Account) -> Result<SecondStep, StoreError> {
        let (row, codes, with_password) = reading!(&self.database, |pool| {
            let row = step_row!(pool, account.id);
            let codes: i64 =
                sqlx::query_scalar("SELECT COUNT(*) FROM recovery_code WHERE account_id = $1")
                    .bind(account.id.to_string())
                    .fetch_one(pool)
                    .await?;
            let with_password: i64 = sqlx::query_scalar(
                "SELECT COUNT(*) FROM account WHERE id = $1 AND password_hash <> $2",
            )
            .bind(account.id.to_string())
            .bind(NO_PASSWORD)
            .fetch_one(pool)
            .await?;
            (row, codes, with_password > 0)
        });
        Ok(match row {
            Some(StepRecord {
                confirmed_at: Some(since),
                ..
            }) => SecondStep::On {
                since,
                codes_left: usize::try_from(codes).unwrap_or_default(),
            },
            _ if !with_password => SecondStep::Elsewhere,
            None => SecondStep::Off,
            Some(row) => {
                let secret = self.secret(account.id, &row.content)?;
                let reckoner = reckoner(&secret, &account.email)?;
                SecondStep::Begun(SharedSecret {
                    text: grouped(&reckoner.get_secret_base32()),
                    url: reckoner.get_url(),
                })
            }
        })
    }

    /// Since when an account has a second step.
    ///
    /// # Errors
    /// The database failed.
    pub async fn second_step_since(
        &self,
        account: AccountId,
    ) -> Result<Option<DateTime<Utc>>, StoreError> {
        let row = reading!(&self.database, |pool| step_row!(pool, account));
        Ok(row.and_then(|row| row.confirmed_at))
    }

    /// Makes a secret for an account that has none, to be confirmed by a code.
    ///
    /// # Errors
    /// The database failed.
    pub async fn begin_second_step(
        &self,
        account: AccountId,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let now = to_millis(now);
        let secret = new_secret()?;
        let sealed = self.keys.seal(Row::SecondStep(account), &*secret)?;
        writing!(&self.database, |tx| {
            sqlx::query(
                "INSERT INTO second_step (account_id, content, begun_at, last_step)
                 VALUES ($1, $2, $3, 0) ON CONFLICT (account_id) DO NOTHING",
            )
            .bind(account.to_string())
            .bind(&sealed)
            .bind(now)
            .execute(&mut *tx)
            .await?;
        });
        Ok(())
    }

    /// Forgets a secret that was never confirmed.
    ///
    /// # Errors
    /// The database failed.
    pub async fn leave_second_step(&self, account: AccountId) -> Result<(), StoreError> {
        writing!(&self.database, |tx| {
            sqlx::query("DELETE FROM second_step WHERE account_id = $1 AND confirmed_at IS NULL")
                .bind(account.to_string())
                .execute(&mut *tx)
                .await?;
        });
        Ok(())
    }

    /// Turns it on by a code of the secret that was made. `address` is where the request
    /// came from.
    ///
    /// # Errors
    /// The database failed; nothing is on then.
    pub async fn confirm_second_step(
        &self,
        account: &Account,
        code: &str,
        address: &str,
        now: DateTime<Utc>,
    ) -> Result<Confirmed, StoreError> {
        let (id, now) = (account.id, to_millis(now));
        let series = self.code_series(id, address);
        if let Some(until) = self.count_attempt(&series, now).await? {
            return Ok(Confirmed::Wait { until });
        }
        let row = reading!(&self.database, |pool| step_row!(pool, id));
        let step = match row.filter(|row| row.confirmed_at.is_none()) {
            Some(row) => self.step(account, &row, code, now)?,
            None => None,
        };
        let Some(step) = step else {
            return Ok(Confirmed::Wrong);
        };
        let codes = recovery_codes()?;
        let on = writing!(&self.database, |tx| {
            let on = sqlx::query(
                "UPDATE second_step SET confirmed_at = $2, last_step = $3
                 WHERE account_id = $1 AND confirmed_at IS NULL",
            )
            .bind(id.to_string())
            .bind(now)
            .bind(step)
            .execute(&mut *tx)
            .await?
            .rows_affected();
            if on == 0 {
                return Ok(Confirmed::Wrong);
            }
            for code in &codes {
                let digits: String = code.chars().filter(char::is_ascii_digit).collect();
                sqlx::query("INSERT INTO recovery_code (account_id, code_hash) VALUES ($1, $2)")
                    .bind(id.to_string())
                    .bind(self.keys.recovery_code(id, &digits))
                    .execute(&mut *tx)
                    .await?;
            }
            record!(tx, Some(id), None::<ReportId>, Action::SecondStepOn, now);
            Confirmed::On(codes)
        });
        self.forget_attempts(&series).await?;
        Ok(on)
    }

    /// Whether every one of these is a recovery code of this account, not used yet: so
    /// that a file of codes holds nothing else.
    ///
    /// # Errors
    /// The database failed.
    pub async fn are_recovery_codes(
        &self,
        account: AccountId,
        codes: &[String],
    ) -> Result<bool, StoreError> {
        let kept: Vec<Vec<u8>> = reading!(&self.database, |pool| {
            sqlx::query_scalar("SELECT code_hash FROM recovery_code WHERE account_id = $1")
                .bind(account.to_string())
                .fetch_all(pool)
                .await?
        });
        let holds = |code: &String| match Typed::from(code) {
            Typed::Recovery(digits) => kept.contains(&self.keys.recovery_code(account, &digits)),
            _ => false,
        };
        Ok(!codes.is_empty() && codes.iter().all(holds))
    }

    /// What a code may prove, to be used up; none where it proves nothing.
    async fn proof(
        &self,
        account: &Account,
        code: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<Proof>, StoreError> {
        let row = reading!(&self.database, |pool| step_row!(pool, account.id));
        let Some(row) = row.filter(|row| row.confirmed_at.is_some()) else {
            return Ok(None);
        };
        if let Typed::Recovery(digits) = Typed::from(code) {
            let hash = self.keys.recovery_code(account.id, &digits);
            return Ok(Some(Proof::Recovery(hash)));
        }
        let step = self.step(account, &row, code, now)?;
        Ok(step.map(Proof::Step))
    }

    fn step(
        &self,
        account: &Account,
        row: &StepRecord,
        code: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<i64>, StoreError> {
        let Typed::OfTelephone(code) = Typed::from(code) else {
            return Ok(None);
        };
        let secret = self.secret(account.id, &row.content)?;
        let reckoner = reckoner(&secret, &account.email)?;
        Ok(step_of(&reckoner, &code, row.last_step, now))
    }

    fn secret(&self, account: AccountId, sealed: &[u8]) -> Result<Zeroizing<String>, StoreError> {
        let secret: String = self.keys.open(Row::SecondStep(account), sealed)?;
        Ok(Zeroizing::new(secret))
    }
}
