//! The first account: made through a one-time link that the program prints when it
//! starts on an empty database, so that nothing ever has a default password.
//!
//! The link works once, for a day, and never after any account exists.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::FromRow;
use subtle::ConstantTimeEq as _;

use super::{
    Account, AccountError, Action, NewAccount, ReportId, Store, StoreError, Token,
    accounts::insert_account,
    audit::record,
    database::{reading, to_millis, writing},
    teams::make_team,
};

/// The team that the first account belongs to, and its area.
const FIRST_TEAM: &str = "First team";
const FIRST_AREA: &str = "First area";

/// How long a printed link works.
const LASTS: TimeDelta = TimeDelta::hours(24);

#[derive(FromRow)]
struct LinkRecord {
    token_hash: Vec<u8>,
    expires_at: DateTime<Utc>,
}

impl LinkRecord {
    fn opens_to(&self, token: &Token, now: DateTime<Utc>) -> bool {
        let same: bool = self.token_hash.ct_eq(&token.hash()).into();
        same && self.expires_at > now
    }
}

impl Store {
    /// Makes this token the set-up link, in place of any earlier one. False, and
    /// nothing is made, once there is an account.
    ///
    /// # Errors
    /// The database failed.
    pub async fn offer_setup(&self, token: &Token, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let now = to_millis(now);
        Ok(writing!(&self.database, |tx| {
            let accounts: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM account")
                .fetch_one(&mut *tx)
                .await?;
            if accounts > 0 {
                return Ok(false);
            }
            sqlx::query(
                "INSERT INTO setup_link (id, token_hash, expires_at) VALUES (1, $1, $2)
                 ON CONFLICT (id) DO UPDATE
                 SET token_hash = excluded.token_hash, expires_at = excluded.expires_at",
            )
            .bind(token.hash())
            .bind(now + LASTS)
            .execute(&mut *tx)
            .await?;
            true
        }))
    }

    /// Whether this link may still be used, so that its form may be shown.
    ///
    /// # Errors
    /// The database failed.
    pub async fn setup_is_open(
        &self,
        token: &Token,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        if self.has_accounts().await? {
            return Ok(false);
        }
        let link: Option<LinkRecord> = reading!(&self.database, |pool| {
            sqlx::query_as("SELECT token_hash, expires_at FROM setup_link WHERE id = 1")
                .fetch_optional(pool)
                .await?
        });
        Ok(link.is_some_and(|link| link.opens_to(token, now)))
    }

    /// Uses the link up and makes the first account, in one transaction.
    ///
    /// # Errors
    /// See [`AccountError`]; the link stays usable where no account was made.
    pub async fn accept_setup(
        &self,
        token: &Token,
        new: NewAccount,
        now: DateTime<Utc>,
    ) -> Result<Account, AccountError> {
        let (id, now) = (new.id, to_millis(now));
        if self.has_accounts().await? {
            return Err(AccountError::SetUpAlready);
        }
        if !self.setup_is_open(token, now).await? {
            // Looked at again below, where it counts; here it spares a stranger's
            // request the cost of hashing a password.
            return Err(AccountError::LinkNotValid);
        }
        let row = self.prepare(new).await?;
        let link_query = self.database.dialect().setup_link_for_writing;
        writing!(&self.database, |tx| {
            let link: Option<LinkRecord> =
                sqlx::query_as(link_query).fetch_optional(&mut *tx).await?;
            let accounts: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM account")
                .fetch_one(&mut *tx)
                .await?;
            if accounts > 0 {
                return Err(AccountError::SetUpAlready);
            }
            if !link.is_some_and(|link| link.opens_to(token, now)) {
                return Err(AccountError::LinkNotValid);
            }
            insert_account!(tx, row, now);
            // One team from the start, so that whoever joins her has colleagues.
            let team = make_team!(tx, FIRST_AREA, FIRST_TEAM, now);
            sqlx::query("UPDATE account SET team_id = $2 WHERE id = $1")
                .bind(id.to_string())
                .bind(team.map(|team| team.to_string()))
                .execute(&mut *tx)
                .await?;
            sqlx::query("DELETE FROM setup_link")
                .execute(&mut *tx)
                .await?;
            record!(tx, Some(id), None::<ReportId>, Action::AccountCreated, now);
        });
        self.made(id).await
    }
}
