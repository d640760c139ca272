//! Signing in with somebody else's account: the sign-ins on their way there and back,
//! and whose account is whose.
//!
//! Not here: asking the provider and proving its answer (`web::openid`), sessions.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{
    Account, AccountId, Action, ReportId, Role, Roles, RolesError, Store, StoreError, Token,
    accounts::{is_address, normalised},
    audit::record,
    database::{to_millis, writing},
    seal::Row,
};

/// How long somebody may take at the provider.
const TAKES_AT_MOST: TimeDelta = TimeDelta::minutes(10);

/// What stands for the password of an account that has none: no hash, so that no
/// password fits it.
pub(super) const NO_PASSWORD: &str = "!";

/// What is kept of a sign-in while somebody is at the provider.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInOnItsWay {
    /// What the provider's ID token must repeat.
    pub nonce: String,
    /// What proves to the provider that whoever brings the code began the sign-in.
    pub verifier: String,
    /// Where it leads in the end.
    pub next: String,
    /// A form that was sent after the session had ended, and its address: shown again
    /// afterwards.
    pub typed: Option<(String, Vec<(String, String)>)>,
}

/// Somebody whom a provider knows, as it has proved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownElsewhere {
    /// The provider.
    pub issuer: String,
    /// Its own name for her, which never passes to anybody else.
    pub subject: String,
    /// Her e-mail address, or nothing.
    pub email: String,
    /// Whether the provider says that the address is hers.
    pub email_verified: bool,
    /// Her name, or nothing.
    pub name: String,
    /// The roles that the provider's claims stand for; none where the installation
    /// leaves roles to its administrators.
    pub roles: Option<Roles>,
}

/// How a sign-in with a provider ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignInElsewhere {
    /// She has an account, perhaps since now.
    Welcome(Account),
    /// Nothing that she is at the provider is a role here; or nobody has made an account
    /// for her, where administrators give the roles.
    NoRole,
    /// She has no account yet, and the provider does not say that the address is hers.
    AddressNotProved,
    /// Her account has been ended here.
    Ended,
}

impl Store {
    /// Keeps a sign-in on its way, to be taken up with the same secret.
    ///
    /// # Errors
    /// The database failed.
    pub async fn keep_sign_in(
        &self,
        state: &Token,
        kept: &SignInOnItsWay,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let hash = state.hash();
        let content = self.keys.seal(Row::SignIn(&hash), kept)?;
        let until = to_millis(now) + TAKES_AT_MOST;
        writing!(&self.database, |tx| {
            sqlx::query(
                "INSERT INTO openid_sign_in (state_hash, content, expires_at) VALUES ($1, $2, $3)",
            )
            .bind(&hash)
            .bind(&content)
            .bind(until)
            .execute(&mut *tx)
            .await?;
        });
        Ok(())
    }

    /// Takes up a sign-in that comes back: once, and in time.
    ///
    /// # Errors
    /// The database failed.
    pub async fn take_sign_in(
        &self,
        state: &Token,
        now: DateTime<Utc>,
    ) -> Result<Option<SignInOnItsWay>, StoreError> {
        let hash = state.hash();
        let found: Option<(Vec<u8>, DateTime<Utc>)> = writing!(&self.database, |tx| {
            sqlx::query_as(
                "DELETE FROM openid_sign_in WHERE state_hash = $1 RETURNING content, expires_at",
            )
            .bind(&hash)
            .fetch_optional(&mut *tx)
            .await?
        });
        let in_time = found.filter(|(_, until)| *until > now);
        in_time
            .map(|(content, _)| self.keys.open(Row::SignIn(&hash), &content))
            .transpose()
    }

    /// Signs somebody in whom a provider knows: to the account she has had since the
    /// first time, to the one with her proved address, or to a new one. Her roles are
    /// brought in line with the provider's claims, where these give them.
    ///
    /// # Errors
    /// The database failed.
    pub async fn sign_in_known(
        &self,
        known: &KnownElsewhere,
        now: DateTime<Utc>,
    ) -> Result<SignInElsewhere, StoreError> {
        let now = to_millis(now);
        let email = normalised(&known.email);
        if known.roles.is_some_and(Roles::is_empty) {
            return Ok(SignInElsewhere::NoRole);
        }
        let id: AccountId = writing!(&self.database, |tx| {
            let hers: Option<String> = sqlx::query_scalar(
                "SELECT account_id FROM openid_identity WHERE issuer = $1 AND subject = $2",
            )
            .bind(&known.issuer)
            .bind(&known.subject)
            .fetch_optional(&mut *tx)
            .await?;
            let id = if let Some(id) = hers {
                id
            } else {
                if !known.email_verified || !is_address(&email) {
                    return Ok(SignInElsewhere::AddressNotProved);
                }
                let by_address: Option<String> =
                    sqlx::query_scalar("SELECT id FROM account WHERE email = $1")
                        .bind(&email)
                        .fetch_optional(&mut *tx)
                        .await?;
                let id = match (by_address, known.roles) {
                    (Some(id), _) => id,
                    (None, None) => return Ok(SignInElsewhere::NoRole),
                    (None, Some(_)) => {
                        let id = AccountId::new(now);
                        let name = named(known);
                        sqlx::query(
                            "INSERT INTO account (id, email, display_name, password_hash, created_at)
                             VALUES ($1, $2, $3, $4, $5)",
                        )
                        .bind(id.to_string())
                        .bind(&email)
                        .bind(name)
                        .bind(NO_PASSWORD)
                        .bind(now)
                        .execute(&mut *tx)
                        .await?;
                        record!(tx, Some(id), None::<ReportId>, Action::AccountCreated, now);
                        id.to_string()
                    }
                };
                sqlx::query(
                    "INSERT INTO openid_identity (issuer, subject, account_id, since)
                     VALUES ($1, $2, $3, $4)",
                )
                .bind(&known.issuer)
                .bind(&known.subject)
                .bind(&id)
                .bind(now)
                .execute(&mut *tx)
                .await?;
                id
            };
            id.parse()
                .map_err(|_| StoreError::unreadable("an account's id"))?
        });
        self.with_roles(id, known.roles, now).await
    }
}

/// Her name; where the provider tells none, what stands before the `@`.
fn named(known: &KnownElsewhere) -> &str {
    let name = known.name.trim();
    if name.is_empty() {
        known.email.split('@').next().unwrap_or_default().trim()
    } else {
        name
    }
}

impl Store {
    /// The account with these roles, where they are given; unless it has been ended.
    async fn with_roles(
        &self,
        id: AccountId,
        roles: Option<Roles>,
        now: DateTime<Utc>,
    ) -> Result<SignInElsewhere, StoreError> {
        let found = self.account(id).await?;
        let Some(account) = found.filter(|account| !account.disabled) else {
            return Ok(SignInElsewhere::Ended);
        };
        let Some(roles) = roles.filter(|roles| *roles != account.roles) else {
            return Ok(SignInElsewhere::Welcome(account));
        };
        // What a provider says takes nothing from the last who looks after accounts.
        let keeps_last = account.roles.has(Role::Administrator);
        match self.change_roles(id, roles, (None, keeps_last), now).await {
            Ok(()) | Err(RolesError::LastAdministrator) => {}
            Err(RolesError::Store(error)) => return Err(error),
        }
        let found = self.account(id).await?;
        Ok(found.map_or(SignInElsewhere::Ended, SignInElsewhere::Welcome))
    }
}
