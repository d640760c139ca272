//! Who is signed in: rows, so that any process serves any request and a session can
//! be ended from anywhere.
//!
//! Not here: the cookie (`web`), or proving who somebody is (`sign_in`).

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::FromRow;

use super::{
    Account, AccountId, Store, StoreError, Token,
    accounts::{AccountRecord, account_columns},
    database::{reading, to_millis, writing},
};

/// How long a session lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionLimits {
    /// Longest time without a request.
    pub idle: TimeDelta,
    /// Longest time at all.
    pub absolute: TimeDelta,
}

impl Default for SessionLimits {
    /// An hour without a request, a working day at most.
    fn default() -> Self {
        Self {
            idle: TimeDelta::hours(1),
            absolute: TimeDelta::hours(12),
        }
    }
}

/// Somebody who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Who.
    pub account: Account,
    /// Since when.
    pub started_at: DateTime<Utc>,
    /// When it ends, whatever happens.
    pub ends_at: DateTime<Utc>,
}

/// A request this soon after the last one writes nothing.
const WORTH_NOTING: TimeDelta = TimeDelta::minutes(1);

#[derive(FromRow)]
struct SessionRecord {
    #[sqlx(flatten)]
    account: AccountRecord,
    started_at: DateTime<Utc>,
    seen_at: DateTime<Utc>,
    idle_seconds: i64,
    ends_at: DateTime<Utc>,
}

impl Store {
    /// Begins a session. The token goes into the cookie; only its hash is kept.
    ///
    /// # Errors
    /// The database failed.
    pub async fn start_session(
        &self,
        account: AccountId,
        token: &Token,
        limits: SessionLimits,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let now = to_millis(now);
        writing!(&self.database, |tx| {
            sqlx::query(
                "INSERT INTO session (token_hash, account_id, started_at, seen_at, idle_seconds, idle_until, ends_at)
                 VALUES ($1, $2, $3, $3, $4, $5, $6)",
            )
            .bind(token.hash())
            .bind(account.to_string())
            .bind(now)
            .bind(limits.idle.num_seconds())
            .bind(now + limits.idle)
            .bind(now + limits.absolute)
            .execute(&mut *tx)
            .await?;
        });
        Ok(())
    }

    /// The session a cookie belongs to, where it has not run out and the account has
    /// not been ended. Being seen keeps it from running idle.
    ///
    /// # Errors
    /// The database failed.
    pub async fn session(
        &self,
        token: &Token,
        now: DateTime<Utc>,
    ) -> Result<Option<Session>, StoreError> {
        let now = to_millis(now);
        let found: Option<SessionRecord> = reading!(&self.database, |pool| {
            sqlx::query_as(concat!(
                "SELECT ",
                account_columns!(),
                ", session.started_at, session.seen_at,
                 session.idle_seconds, session.ends_at
                 FROM session JOIN account ON account.id = session.account_id
                 WHERE session.token_hash = $1 AND session.idle_until > $2
                 AND session.ends_at > $2 AND account.disabled_at IS NULL"
            ))
            .bind(token.hash())
            .bind(now)
            .fetch_optional(pool)
            .await?
        });
        let Some(found) = found else { return Ok(None) };
        if now - found.seen_at >= WORTH_NOTING {
            let idle = TimeDelta::try_seconds(found.idle_seconds).unwrap_or_default();
            self.note_seen(token, now, now + idle).await?;
        }
        Ok(Some(Session {
            account: found.account.try_into()?,
            started_at: found.started_at,
            ends_at: found.ends_at,
        }))
    }

    /// Ends one session: signing out.
    ///
    /// # Errors
    /// The database failed.
    pub async fn end_session(&self, token: &Token) -> Result<(), StoreError> {
        writing!(&self.database, |tx| {
            sqlx::query("DELETE FROM session WHERE token_hash = $1")
                .bind(token.hash())
                .execute(&mut *tx)
                .await?;
        });
        Ok(())
    }

    /// Ends every session of an account.
    ///
    /// # Errors
    /// The database failed.
    pub async fn end_sessions_of(&self, account: AccountId) -> Result<(), StoreError> {
        writing!(&self.database, |tx| {
            sqlx::query("DELETE FROM session WHERE account_id = $1")
                .bind(account.to_string())
                .execute(&mut *tx)
                .await?;
        });
        Ok(())
    }

    async fn note_seen(
        &self,
        token: &Token,
        now: DateTime<Utc>,
        idle_until: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        writing!(&self.database, |tx| {
            sqlx::query("UPDATE session SET seen_at = $2, idle_until = $3 WHERE token_hash = $1")
                .bind(token.hash())
                .bind(now)
                .bind(idle_until)
                .execute(&mut *tx)
                .await?;
        });
        Ok(())
    }
}
