//! Signing in with a password: how often one may try, and what comes of it.
//!
//! Here: the throttle and the comparison, in that order, so that a guess is counted
//! before it is answered. Not here: hashing (`passwords`), what follows (`sessions`).

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::FromRow;

use super::{
    Account, AccountId, Store, StoreError,
    accounts::normalised,
    database::{to_millis, writing},
};

/// How an attempt to sign in ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignIn {
    /// The password fits.
    Welcome(Account),
    /// No such account, another password, or an account that has been ended: which
    /// of them is not said.
    Wrong,
    /// Too many attempts; the password was not looked at.
    Wait {
        /// When one may try again.
        until: DateTime<Utc>,
    },
}

/// A limit on attempts. One address guessing at one account waits soon and longer
/// each time. Guesses from many addresses at one account are slowed too, but never
/// so that a stranger could keep an author from her work for long.
pub(super) struct Limit {
    scope: &'static str,
    free: i64,
    first_wait: TimeDelta,
    longest_wait: TimeDelta,
}

const ONE_ADDRESS: Limit = Limit {
    scope: "account+address",
    free: 5,
    first_wait: TimeDelta::minutes(1),
    longest_wait: TimeDelta::minutes(15),
};

const ANY_ADDRESS: Limit = Limit {
    scope: "account",
    free: 50,
    first_wait: TimeDelta::seconds(30),
    longest_wait: TimeDelta::seconds(30),
};

/// Codes are tried by somebody who knows the password: from whatever address, the account
/// waits soon, since there are only a million of them.
const CODE_ANYWHERE: Limit = Limit {
    scope: "code",
    free: 10,
    first_wait: TimeDelta::minutes(1),
    longest_wait: TimeDelta::minutes(15),
};

const CODE_ONE_ADDRESS: Limit = Limit {
    scope: "code+address",
    free: 5,
    first_wait: TimeDelta::minutes(1),
    longest_wait: TimeDelta::minutes(15),
};

/// Attempts that count together, each with its limit.
pub(super) type Series = [(&'static Limit, Vec<u8>); 2];

/// After this long without an attempt, earlier ones are forgotten.
const FORGOTTEN_AFTER: TimeDelta = TimeDelta::hours(1);

impl Limit {
    /// How long to wait after this many attempts: nothing at first, then doubling.
    fn wait(&self, failures: i64) -> Option<TimeDelta> {
        let beyond = u32::try_from(failures - self.free).ok()?;
        let doubled = 1_i32.checked_shl(beyond.min(10)).unwrap_or(i32::MAX);
        Some((self.first_wait * doubled).min(self.longest_wait))
    }
}

#[derive(FromRow)]
struct AttemptRecord {
    failures: i64,
    last_at: DateTime<Utc>,
    wait_until: Option<DateTime<Utc>>,
}

impl AttemptRecord {
    /// The record after one more attempt, or the moment to wait for.
    fn counted(&self, limit: &Limit, now: DateTime<Utc>) -> Result<Self, DateTime<Utc>> {
        match self.wait_until {
            Some(until) if until > now => return Err(until),
            _ => {}
        }
        let forgotten = now - self.last_at > FORGOTTEN_AFTER;
        let failures = if forgotten { 1 } else { self.failures + 1 };
        Ok(Self {
            failures,
            last_at: now,
            wait_until: limit.wait(failures).map(|wait| now + wait),
        })
    }
}

impl Store {
    /// Tries to sign in. `address` is where the request came from; it is kept only
    /// as part of a keyed hash.
    ///
    /// # Errors
    /// The database failed.
    pub async fn sign_in(
        &self,
        email: &str,
        password: &str,
        address: &str,
        now: DateTime<Utc>,
    ) -> Result<SignIn, StoreError> {
        let email = normalised(email);
        let series = [
            (
                &ONE_ADDRESS,
                self.keys
                    .attempt(ONE_ADDRESS.scope, &format!("{email}\0{address}")),
            ),
            (&ANY_ADDRESS, self.keys.attempt(ANY_ADDRESS.scope, &email)),
        ];
        if let Some(until) = self.count_attempt(&series, to_millis(now)).await? {
            return Ok(SignIn::Wait { until });
        }
        let found = self.account_record(&email).await?;
        let hash = found.as_ref().map(|row| row.password_hash.clone());
        let fits = self.passwords.fits(hash, password).await?;
        let account = found.map(Account::try_from).transpose()?;
        match account {
            Some(account) if fits && !account.disabled => {
                self.forget_attempts(&series).await?;
                Ok(SignIn::Welcome(account))
            }
            _ => Ok(SignIn::Wrong),
        }
    }

    /// The attempts at an account's codes. Another series than its password's, which the
    /// right password forgets.
    pub(super) fn code_series(&self, account: AccountId, address: &str) -> Series {
        let scope = CODE_ONE_ADDRESS.scope;
        let here = self.keys.attempt(scope, &format!("{account}\0{address}"));
        let anywhere = CODE_ANYWHERE.scope;
        let anywhere = self.keys.attempt(anywhere, &account.to_string());
        [(&CODE_ONE_ADDRESS, here), (&CODE_ANYWHERE, anywhere)]
    }

    /// Counts an attempt before it is looked at, so that a hundred at once count as
    /// a hundred. Counts nothing where one of the limits says to wait.
    pub(super) async fn count_attempt(
        &self,
        series: &[(&Limit, Vec<u8>)],
        now: DateTime<Utc>,
    ) -> Result<Option<DateTime<Utc>>, StoreError> {
        Ok(writing!(&self.database, |tx| {
            for (limit, key) in series {
                // Makes the row or, by writing it unchanged, locks it.
                let row: AttemptRecord = sqlx::query_as(
                    "INSERT INTO sign_in_attempt (attempt_key, failures, last_at) VALUES ($1, 0, $2)
                     ON CONFLICT (attempt_key) DO UPDATE SET failures = sign_in_attempt.failures
                     RETURNING failures, last_at, wait_until",
                )
                .bind(key)
                .bind(now)
                .fetch_one(&mut *tx)
                .await?;
                let next = match row.counted(limit, now) {
                    Ok(next) => next,
                    Err(until) => return Ok(Some(until)),
                };
                sqlx::query(
                    "UPDATE sign_in_attempt SET failures = $2, last_at = $3, wait_until = $4
                     WHERE attempt_key = $1",
                )
                .bind(key)
                .bind(next.failures)
                .bind(next.last_at)
                .bind(next.wait_until)
                .execute(&mut *tx)
                .await?;
            }
            None
        }))
    }

    pub(super) async fn forget_attempts(
        &self,
        series: &[(&Limit, Vec<u8>)],
    ) -> Result<(), StoreError> {
        writing!(&self.database, |tx| {
            for (_, key) in series {
                sqlx::query("DELETE FROM sign_in_attempt WHERE attempt_key = $1")
                    .bind(key)
                    .execute(&mut *tx)
                    .await?;
            }
        });
        Ok(())
    }

    /// Removes what has run out: sessions, attempts, set-up links. For the start of
    /// the program and once an hour.
    ///
    /// # Errors
    /// The database failed.
    pub async fn tidy(&self, now: DateTime<Utc>) -> Result<(), StoreError> {
        let now = to_millis(now);
        writing!(&self.database, |tx| {
            sqlx::query("DELETE FROM session WHERE idle_until <= $1 OR ends_at <= $1")
                .bind(now)
                .execute(&mut *tx)
                .await?;
            sqlx::query("DELETE FROM sign_in_attempt WHERE last_at < $1")
                .bind(now - FORGOTTEN_AFTER)
                .execute(&mut *tx)
                .await?;
            sqlx::query("DELETE FROM openid_sign_in WHERE expires_at <= $1")
                .bind(now)
                .execute(&mut *tx)
                .await?;
            sqlx::query("DELETE FROM held_sign_in WHERE expires_at <= $1")
                .bind(now)
                .execute(&mut *tx)
                .await?;
            sqlx::query("DELETE FROM setup_link WHERE expires_at <= $1")
                .bind(now)
                .execute(&mut *tx)
                .await?;
        });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_starts_after_the_free_attempts_and_doubles_to_its_longest() {
        let minutes = |failures| ONE_ADDRESS.wait(failures).map(|w| w.num_minutes());
        assert_eq!(minutes(4), None);
        assert_eq!(
            [5, 6, 7, 8, 9, 1_000_000].map(minutes),
            [1, 2, 4, 8, 15, 15].map(Some)
        );
    }
}
