//! What an administrator does to an account that is there: its roles, disabling it, and
//! the list of what was done.
//!
//! Not here: making an account (`accounts`, `keepers`), its team (`teams`), its password
//! (`password_links`).

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::{
    AccountId, Action, ReportId, Role, Roles, Store, StoreError,
    accounts::insert_role,
    audit::record,
    database::{reading, to_millis, writing},
};

/// Something that an administrator did to an account.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct AccountChange {
    /// What, as one word.
    pub what: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Name of the administrator.
    #[sqlx(rename = "by_name")]
    pub by: String,
}

/// Why somebody's roles were not changed.
#[derive(Debug, thiserror::Error)]
pub enum RolesError {
    /// Nobody would be left to look after accounts.
    #[error("There must be an administrator: make somebody else one first")]
    LastAdministrator,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for RolesError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

impl Store {
    /// Changes what somebody is here to do, by an administrator or, where nobody is
    /// named, from the command line. The last administrator stays one.
    ///
    /// # Errors
    /// [`RolesError::LastAdministrator`], or the database failed; nothing changes then.
    pub async fn set_roles(
        &self,
        id: AccountId,
        roles: Roles,
        by: Option<AccountId>,
        now: DateTime<Utc>,
    ) -> Result<(), RolesError> {
        self.change_roles(id, roles, (by, by.is_some()), now).await
    }

    /// Changes what somebody is here to do; where `keeps_last`, not so that nobody could
    /// administer any more.
    pub(super) async fn change_roles(
        &self,
        id: AccountId,
        roles: Roles,
        (by, keeps_last): (Option<AccountId>, bool),
        now: DateTime<Utc>,
    ) -> Result<(), RolesError> {
        let now = to_millis(now);
        writing!(&self.database, |tx| {
            sqlx::query("DELETE FROM account_role WHERE account_id = $1")
                .bind(id.to_string())
                .execute(&mut *tx)
                .await?;
            for role in roles.iter() {
                insert_role!(tx, id.to_string(), role, now);
            }
            if let Some(by) = by {
                note_change!(tx, id, by, "roles", now);
            }
            record!(
                tx,
                by.or(Some(id)),
                None::<ReportId>,
                Action::RolesChanged,
                now
            );
            if keeps_last && !roles.has(Role::Administrator) && administrators!(tx) == 0 {
                return Err(RolesError::LastAdministrator);
            }
        });
        Ok(())
    }

    /// Disables or enables an account by an administrator; disabling it ends every
    /// session too. The last administrator stays one.
    ///
    /// # Errors
    /// [`RolesError::LastAdministrator`], or the database failed; nothing changes then.
    pub async fn end_account(
        &self,
        id: AccountId,
        disabled: bool,
        by: AccountId,
        now: DateTime<Utc>,
    ) -> Result<(), RolesError> {
        let now = to_millis(now);
        let (since, what) = if disabled {
            (Some(now), "disabled")
        } else {
            (None, "enabled")
        };
        writing!(&self.database, |tx| {
            sqlx::query("UPDATE account SET disabled_at = $2 WHERE id = $1")
                .bind(id.to_string())
                .bind(since)
                .execute(&mut *tx)
                .await?;
            if disabled {
                sqlx::query("DELETE FROM session WHERE account_id = $1")
                    .bind(id.to_string())
                    .execute(&mut *tx)
                    .await?;
            }
            note_change!(tx, id, by, what, now);
            record!(
                tx,
                Some(by),
                None::<ReportId>,
                if disabled {
                    Action::AccountDisabled
                } else {
                    Action::AccountEnabled
                },
                now
            );
            if disabled && administrators!(tx) == 0 {
                return Err(RolesError::LastAdministrator);
            }
        });
        Ok(())
    }

    /// What was done to an account by administrators, the latest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn changes_of(&self, id: AccountId) -> Result<Vec<AccountChange>, StoreError> {
        Ok(reading!(&self.database, |pool| {
            sqlx::query_as(
                "SELECT account_change.what, account_change.at, account.display_name AS by_name
                 FROM account_change JOIN account ON account.id = account_change.by_account_id
                 WHERE account_change.account_id = $1
                 ORDER BY account_change.at DESC, account_change.id DESC",
            )
            .bind(id.to_string())
            .fetch_all(pool)
            .await?
        }))
    }
}

/// Writes down what was done to an account, in a transaction of either engine.
macro_rules! note_change {
    ($tx:ident, $account:expr, $by:expr, $what:expr, $now:expr) => {
        sqlx::query(
            "INSERT INTO account_change (id, account_id, by_account_id, what, at)
             VALUES ($1, $2, $3, $4, $5)",
        )
        .bind($crate::store::ids::ordered_uuid($now).to_string())
        .bind($account.to_string())
        .bind($by.to_string())
        .bind($what)
        .bind($now)
        .execute(&mut *$tx)
        .await?;
    };
}
pub(super) use note_change;

/// Counts those who may administer and sign in, in a transaction of either engine. Counted
/// after the act is on the audit trail, on whose last link every other act waits: of two
/// administrators who end each other at once, the second finds herself alone.
macro_rules! administrators {
    ($tx:ident) => {{
        let count: i64 = sqlx::query_scalar(
            "SELECT COUNT(*) FROM account JOIN account_role ON account_role.account_id = account.id
             WHERE account_role.role = $1 AND account.disabled_at IS NULL",
        )
        .bind(Role::Administrator.to_string())
        .fetch_one(&mut *$tx)
        .await?;
        count
    }};
}
use administrators;
