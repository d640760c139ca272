//! People who may sign in: their rows, and making them.
//!
//! Not here: what a person is here to do (`roles`), signing in (`sign_in`), sessions, the
//! first account's link (`setup`).

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::{
    AccountId, Action, NewPassword, ReportId, Roles, Store, StoreError, TeamId,
    audit::record,
    database::{reading, to_millis, writing},
};

/// A person who may sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// E-mail address, in lower case.
    pub email: String,
    /// Name as colleagues know it.
    pub display_name: String,
    /// What the person is here to do.
    pub roles: Roles,
    /// Her team, where she belongs to one.
    pub team: Option<TeamId>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// True where the person may no longer sign in.
    pub disabled: bool,
}

/// An account to make.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// Its id.
    pub id: AccountId,
    /// E-mail address, however it was typed.
    pub email: String,
    /// Name as colleagues know it.
    pub display_name: String,
    /// What the person is here to do.
    pub roles: Roles,
    /// The password.
    pub password: NewPassword,
}

/// Why an account was not made. The first three are for the form.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// The address has no shape of one.
    #[error("Enter an email address in the correct format, like name@example.gov.uk")]
    EmailNotAnAddress,
    /// Somebody has it already.
    #[error("There is already an account with this email address")]
    EmailTaken,
    /// No name.
    #[error("Enter the full name")]
    NameMissing,
    /// The set-up link is for the first account only.
    #[error("Foreword has been set up already: sign in, or ask for an account")]
    SetUpAlready,
    /// The set-up link has expired, was replaced, or never was one.
    #[error("This set-up link is no longer valid: restart Foreword to print a new one")]
    LinkNotValid,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for AccountError {
    fn from(error: sqlx::Error) -> Self {
        match error.as_database_error() {
            Some(e) if e.is_unique_violation() => Self::EmailTaken,
            _ => Self::Store(error.into()),
        }
    }
}

/// What of an account's row is read, with its roles in one column.
macro_rules! account_columns {
    () => {
        "account.id, account.email, account.display_name, account.password_hash, account.team_id,
         account.created_at, account.disabled_at,
         (SELECT string_agg(role, ' ') FROM account_role
          WHERE account_role.account_id = account.id) AS roles"
    };
}
pub(super) use account_columns;

/// Reads accounts for which something holds.
macro_rules! account_where {
    ($condition:literal) => {
        concat!(
            "SELECT ",
            account_columns!(),
            " FROM account WHERE ",
            $condition
        )
    };
}

#[derive(FromRow)]
pub(super) struct AccountRecord {
    id: String,
    email: String,
    display_name: String,
    roles: Option<String>,
    team_id: Option<String>,
    pub(super) password_hash: String,
    created_at: DateTime<Utc>,
    disabled_at: Option<DateTime<Utc>>,
}

impl TryFrom<AccountRecord> for Account {
    type Error = StoreError;

    fn try_from(row: AccountRecord) -> Result<Self, Self::Error> {
        Ok(Self {
            id: row
                .id
                .parse()
                .map_err(|_| StoreError::unreadable("an account's id"))?,
            email: row.email,
            display_name: row.display_name,
            roles: Roles::read(row.roles.as_deref().unwrap_or_default())?,
            team: row
                .team_id
                .map(|id| id.parse())
                .transpose()
                .map_err(|_| StoreError::unreadable("a team's id"))?,
            created_at: row.created_at,
            disabled: row.disabled_at.is_some(),
        })
    }
}

/// A new account's values as they go into the row.
pub(super) struct Prepared {
    pub(super) id: String,
    pub(super) email: String,
    pub(super) display_name: String,
    pub(super) roles: Roles,
    pub(super) password_hash: String,
}

/// Addresses are compared in lower case, without the spaces around them.
pub(super) fn normalised(email: &str) -> String {
    email.trim().to_lowercase()
}

pub(super) fn is_address(email: &str) -> bool {
    let Some((name, host)) = email.split_once('@') else {
        return false;
    };
    let plain = |part: &str| !part.is_empty() && !part.contains(|c: char| c.is_whitespace());
    plain(name)
        && plain(host)
        && !host.contains('@')
        && host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.')
        && email.len() <= 254
}

impl Store {
    /// Whether anybody has an account yet.
    ///
    /// # Errors
    /// The database failed.
    pub async fn has_accounts(&self) -> Result<bool, StoreError> {
        Ok(reading!(&self.database, |pool| {
            let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM account")
                .fetch_one(pool)
                .await?;
            count > 0
        }))
    }

    /// Makes an account.
    ///
    /// # Errors
    /// See [`AccountError`].
    pub async fn create_account(
        &self,
        new: NewAccount,
        now: DateTime<Utc>,
    ) -> Result<Account, AccountError> {
        let (id, now) = (new.id, to_millis(now));
        let row = self.prepare(new).await?;
        writing!(&self.database, |tx| {
            insert_account!(tx, row, now);
            record!(tx, Some(id), None::<ReportId>, Action::AccountCreated, now);
        });
        self.made(id).await
    }

    /// An account by id.
    ///
    /// # Errors
    /// The database failed.
    pub async fn account(&self, id: AccountId) -> Result<Option<Account>, StoreError> {
        let row: Option<AccountRecord> = reading!(&self.database, |pool| {
            sqlx::query_as(account_where!("account.id = $1"))
                .bind(id.to_string())
                .fetch_optional(pool)
                .await?
        });
        row.map(Account::try_from).transpose()
    }

    /// An account by e-mail address, however it is typed.
    ///
    /// # Errors
    /// The database failed.
    pub async fn account_by_email(&self, email: &str) -> Result<Option<Account>, StoreError> {
        self.account_record(email)
            .await?
            .map(Account::try_from)
            .transpose()
    }

    /// All accounts, by name.
    ///
    /// # Errors
    /// The database failed.
    pub async fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        let rows: Vec<AccountRecord> = reading!(&self.database, |pool| {
            sqlx::query_as(account_where!("1 = 1 ORDER BY display_name, id"))
                .fetch_all(pool)
                .await?
        });
        rows.into_iter().map(Account::try_from).collect()
    }

    /// Ends or restores somebody's right to sign in; ending it ends every session
    /// too. False where there is no such account.
    ///
    /// # Errors
    /// The database failed.
    pub async fn set_disabled(
        &self,
        id: AccountId,
        disabled: bool,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let since = disabled.then(|| to_millis(now));
        Ok(writing!(&self.database, |tx| {
            let changed = sqlx::query("UPDATE account SET disabled_at = $2 WHERE id = $1")
                .bind(id.to_string())
                .bind(since)
                .execute(&mut *tx)
                .await?
                .rows_affected();
            if disabled {
                sqlx::query("DELETE FROM session WHERE account_id = $1")
                    .bind(id.to_string())
                    .execute(&mut *tx)
                    .await?;
            }
            changed > 0
        }))
    }

    pub(super) async fn account_record(
        &self,
        email: &str,
    ) -> Result<Option<AccountRecord>, StoreError> {
        Ok(reading!(&self.database, |pool| {
            sqlx::query_as(account_where!("account.email = $1"))
                .bind(normalised(email))
                .fetch_optional(pool)
                .await?
        }))
    }

    /// Checks a new account's values and hashes its password, before any
    /// transaction is begun.
    pub(super) async fn prepare(&self, new: NewAccount) -> Result<Prepared, AccountError> {
        let email = normalised(&new.email);
        if !is_address(&email) {
            return Err(AccountError::EmailNotAnAddress);
        }
        let display_name = new.display_name.trim().to_owned();
        if display_name.is_empty() {
            return Err(AccountError::NameMissing);
        }
        Ok(Prepared {
            id: new.id.to_string(),
            email,
            display_name,
            roles: new.roles,
            password_hash: self.passwords.hash(new.password).await?,
        })
    }

    pub(super) async fn made(&self, id: AccountId) -> Result<Account, AccountError> {
        let made = self.account(id).await?;
        made.ok_or_else(|| StoreError::unreadable("a new account").into())
    }
}

/// Gives an account a role in a transaction of either engine; nothing changes where it
/// holds it.
macro_rules! insert_role {
    ($tx:ident, $account:expr, $role:expr, $now:expr) => {
        sqlx::query(
            "INSERT INTO account_role (account_id, role, since) VALUES ($1, $2, $3)
             ON CONFLICT (account_id, role) DO NOTHING",
        )
        .bind($account)
        .bind($role.to_string())
        .bind($now)
        .execute(&mut *$tx)
        .await?;
    };
}
pub(super) use insert_role;

/// Inserts a prepared account in a transaction of either engine.
macro_rules! insert_account {
    ($tx:ident, $row:expr, $now:expr) => {
        sqlx::query(
            "INSERT INTO account (id, email, display_name, password_hash, created_at)
             VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(&$row.id)
        .bind(&$row.email)
        .bind(&$row.display_name)
        .bind(&$row.password_hash)
        .bind($now)
        .execute(&mut *$tx)
        .await?;
        for role in $row.roles.iter() {
            $crate::store::accounts::insert_role!($tx, &$row.id, role, $now);
        }
    };
}
pub(super) use insert_account;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_needs_a_name_and_a_host() {
        for good in ["a@b.uk", "first.last+psr@justice.gov.uk"] {
            assert!(is_address(good), "{good}");
        }
        for bad in [
            "", "a", "@b.uk", "a@", "a@b", "a@b@c.uk", "a b@c.uk", "a@.uk", "a@uk.",
        ] {
            assert!(!is_address(bad), "{bad}");
        }
    }
}
