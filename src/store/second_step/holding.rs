//! Sign-ins between the password and the code: held for a few minutes under a secret that
//! the browser has, and no session before the code was right.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{Proof, use_up};
use crate::store::{
    Account, AccountId, Action, ReportId, Store, StoreError, Token,
    audit::record,
    database::{reading, to_millis, writing},
    seal::Row,
};

/// How long somebody may take to find her telephone.
const TAKES_AT_MOST: TimeDelta = TimeDelta::minutes(10);

/// Where a held sign-in leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The page of ours she wanted, if any.
    pub next: String,
    /// A form that was sent after the session had ended, and its address.
    pub typed: Option<(String, Vec<(String, String)>)>,
}

/// How the second step of signing in ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finished {
    /// She is who she says.
    Welcome(Box<Account>, Held),
    /// The code does not fit, or was used before.
    Wrong,
    /// Too many attempts; the code was not looked at.
    Wait {
        /// When one may try again.
        until: DateTime<Utc>,
    },
    /// It took too long, or was finished before: the password is asked for again.
    Gone,
}

impl Store {
    /// Holds a sign-in whose password was right.
    ///
    /// # Errors
    /// The database failed.
    pub async fn hold_sign_in(
        &self,
        token: &Token,
        account: AccountId,
        held: &Held,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let hash = token.hash();
        let content = self.keys.seal(Row::HeldSignIn(&hash), held)?;
        let until = to_millis(now) + TAKES_AT_MOST;
        writing!(&self.database, |tx| {
            sqlx::query(
                "INSERT INTO held_sign_in (token_hash, account_id, content, expires_at)
                 VALUES ($1, $2, $3, $4)",
            )
            .bind(&hash)
            .bind(account.to_string())
            .bind(&content)
            .bind(until)
            .execute(&mut *tx)
            .await?;
        });
        Ok(())
    }

    /// Whose sign-in is held under a secret, and where it leads; none where it took too
    /// long, or she may not sign in any more.
    ///
    /// # Errors
    /// The database failed, or what it holds does not open.
    pub async fn held_sign_in(
        &self,
        token: &Token,
        now: DateTime<Utc>,
    ) -> Result<Option<(Account, Held)>, StoreError> {
        let hash = token.hash();
        let found: Option<(String, Vec<u8>)> = reading!(&self.database, |pool| {
            sqlx::query_as(
                "SELECT account_id, content FROM held_sign_in
                 WHERE token_hash = $1 AND expires_at > $2",
            )
            .bind(&hash)
            .bind(to_millis(now))
            .fetch_optional(pool)
            .await?
        });
        let Some((id, content)) = found else {
            return Ok(None);
        };
        let id = id
            .parse()
            .map_err(|_| StoreError::unreadable("an account's id"))?;
        let account = self.account(id).await?.filter(|account| !account.disabled);
        let held = self.keys.open(Row::HeldSignIn(&hash), &content)?;
        Ok(account.map(|account| (account, held)))
    }

    /// Takes a held sign-in up. False where somebody did before.
    ///
    /// # Errors
    /// The database failed.
    pub async fn let_go_of_sign_in(&self, token: &Token) -> Result<bool, StoreError> {
        let hash = token.hash();
        Ok(writing!(&self.database, |tx| {
            let gone = sqlx::query("DELETE FROM held_sign_in WHERE token_hash = $1")
                .bind(&hash)
                .execute(&mut *tx)
                .await?
                .rows_affected();
            gone > 0
        }))
    }

    /// Finishes a held sign-in with a code of her telephone's or a recovery code, which
    /// is used up by it. `address` is where the request came from.
    ///
    /// # Errors
    /// The database failed; nobody is signed in then.
    pub async fn finish_sign_in(
        &self,
        token: &Token,
        code: &str,
        address: &str,
        now: DateTime<Utc>,
    ) -> Result<Finished, StoreError> {
        let now = to_millis(now);
        let Some((account, held)) = self.held_sign_in(token, now).await? else {
            return Ok(Finished::Gone);
        };
        let (id, hash) = (account.id, token.hash());
        let series = self.code_series(id, address);
        if let Some(until) = self.count_attempt(&series, now).await? {
            self.refused(id, now).await?;
            return Ok(Finished::Wait { until });
        }
        let Some(proof) = self.proof(&account, code, now).await? else {
            self.refused(id, now).await?;
            return Ok(Finished::Wrong);
        };
        let recovery = matches!(proof, Proof::Recovery(_));
        let finished = writing!(&self.database, |tx| {
            if use_up!(tx, id, proof) == 0 {
                let action = Action::SecondStepRefused;
                record!(tx, Some(id), None::<ReportId>, action, now);
                Finished::Wrong
            } else {
                let ended = sqlx::query("DELETE FROM held_sign_in WHERE token_hash = $1")
                    .bind(&hash)
                    .execute(&mut *tx)
                    .await?
                    .rows_affected();
                if ended == 0 {
                    return Ok(Finished::Gone);
                }
                if recovery {
                    let action = Action::RecoveryCodeUsed;
                    record!(tx, Some(id), None::<ReportId>, action, now);
                }
                Finished::Welcome(Box::new(account), held)
            }
        });
        if let Finished::Welcome(..) = finished {
            self.forget_attempts(&series).await?;
        }
        Ok(finished)
    }

    async fn refused(&self, account: AccountId, now: DateTime<Utc>) -> Result<(), StoreError> {
        writing!(&self.database, |tx| {
            let action = Action::SecondStepRefused;
            record!(tx, Some(account), None::<ReportId>, action, now);
        });
        Ok(())
    }
}
