//! One-time links by which somebody chooses her password: for a new account, and for one
//! whose password is lost. An administrator makes the link and hands it over; she never
//! learns a password, and nothing is sent by e-mail.
//!
//! Not here: the link that makes the first account (`setup`).

use chrono::{DateTime, TimeDelta, Utc};

use super::{
    Account, AccountId, Action, NewPassword, ReportId, Store, StoreError, Token,
    administering::note_change,
    audit::record,
    database::{reading, to_millis, writing},
};

/// How long a link works.
const LASTS: TimeDelta = TimeDelta::hours(72);

impl Store {
    /// Makes this token the link of an account, in place of any earlier one.
    ///
    /// # Errors
    /// The database failed.
    pub async fn offer_password_link(
        &self,
        account: AccountId,
        token: &Token,
        by: AccountId,
        now: DateTime<Utc>,
    ) -> Result<DateTime<Utc>, StoreError> {
        let now = to_millis(now);
        writing!(&self.database, |tx| {
            sqlx::query(
                "INSERT INTO password_link (account_id, token_hash, expires_at) VALUES ($1, $2, $3)
                 ON CONFLICT (account_id) DO UPDATE
                 SET token_hash = excluded.token_hash, expires_at = excluded.expires_at",
            )
            .bind(account.to_string())
            .bind(token.hash())
            .bind(now + LASTS)
            .execute(&mut *tx)
            .await?;
            note_change!(tx, account, by, "password-link", now);
            record!(
                tx,
                Some(by),
                None::<ReportId>,
                Action::PasswordLinkMade,
                now
            );
        });
        Ok(now + LASTS)
    }

    /// Whose link this is, while it works and she may sign in.
    ///
    /// # Errors
    /// The database failed.
    pub async fn password_link(
        &self,
        token: &Token,
        now: DateTime<Utc>,
    ) -> Result<Option<Account>, StoreError> {
        let found: Option<String> = reading!(&self.database, |pool| {
            sqlx::query_scalar(
                "SELECT account_id FROM password_link WHERE token_hash = $1 AND expires_at > $2",
            )
            .bind(token.hash())
            .bind(to_millis(now))
            .fetch_optional(pool)
            .await?
        });
        let Some(id) = found.and_then(|id| id.parse().ok()) else {
            return Ok(None);
        };
        let account = self.account(id).await?;
        Ok(account.filter(|account| !account.disabled))
    }

    /// Uses a link up: its account has this password from now on, and every session of
    /// it ends. Whose it was, or nothing where the link works no more.
    ///
    /// # Errors
    /// The database failed; the link stays usable then.
    pub async fn accept_password_link(
        &self,
        token: &Token,
        password: NewPassword,
        now: DateTime<Utc>,
    ) -> Result<Option<Account>, StoreError> {
        let Some(account) = self.password_link(token, now).await? else {
            // A stranger's request does not cost the hashing of a password.
            return Ok(None);
        };
        let hash = self.passwords.hash(password).await?;
        let (id, now) = (account.id.to_string(), to_millis(now));
        Ok(writing!(&self.database, |tx| {
            // Two at once: the second finds nothing to use up.
            let used = sqlx::query("DELETE FROM password_link WHERE token_hash = $1")
                .bind(token.hash())
                .execute(&mut *tx)
                .await?
                .rows_affected();
            if used == 0 {
                return Ok(None);
            }
            sqlx::query("UPDATE account SET password_hash = $2 WHERE id = $1")
                .bind(&id)
                .bind(&hash)
                .execute(&mut *tx)
                .await?;
            sqlx::query("DELETE FROM session WHERE account_id = $1")
                .bind(&id)
                .execute(&mut *tx)
                .await?;
            sqlx::query("DELETE FROM held_sign_in WHERE account_id = $1")
                .bind(&id)
                .execute(&mut *tx)
                .await?;
            let who = Some(account.id);
            record!(tx, who, None::<ReportId>, Action::PasswordChanged, now);
            Some(account)
        }))
    }
}
