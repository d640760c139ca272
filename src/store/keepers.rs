//! Directory editors: which organisations' entries each keeps, and what holding one
//! allows; and the women's centres that assessors answer for.
//!
//! Here: [`KeeperStore`], the part of the store that an editor may use. Not here:
//! making the account (`accounts`), or what a change of an entry writes (`directory`).
//! A new thing an editor may do to an entry is a method of [`KeeperStore`] that asks
//! [`KeeperStore::keeps`] first.

use chrono::{DateTime, Utc};

use super::{
    Account, AccountError, AccountId, Action, Changed, NewAccount, RecordAct, ReportId, Role,
    Store, StoreError,
    accounts::insert_account,
    administering::note_change,
    audit::record,
    database::{reading, to_millis, writing},
};
use crate::directory::Record;

/// The part of the store that one directory editor may use: the entries of her
/// organisations. Holding it is the permission; nothing in it reaches another's.
#[derive(Debug, Clone)]
pub struct KeeperStore<'a> {
    store: &'a Store,
    account: AccountId,
    organisations: Vec<String>,
}

/// What an account belongs to outside the court: organisations as the directory spells
/// them.
#[derive(Debug, Clone, Copy, Default)]
pub struct Belongs<'a> {
    /// Whose entries it keeps, as a directory editor.
    pub keeps: &'a [String],
    /// Which women's centres it answers for, as an assessor.
    pub centres: &'a [String],
    /// Which administrator made it; none where the command line did.
    pub by: Option<AccountId>,
}

/// Why an entry was not changed.
#[derive(Debug, thiserror::Error)]
pub enum KeepError {
    /// The entry is another organisation's, before or after the change.
    #[error("this entry is kept by another organisation")]
    NotHers,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl KeeperStore<'_> {
    /// The organisations whose entries she keeps, in order, as their entries spell them.
    #[must_use]
    pub fn organisations(&self) -> &[String] {
        &self.organisations
    }

    /// Whether an entry is hers to keep.
    #[must_use]
    pub fn keeps(&self, record: &Record) -> bool {
        self.organisations.contains(&record.organisation)
    }

    /// Keeps an entry as she changed it, having seen revision `seen` of it (0 where it
    /// was not kept here yet), with the change in its history and in the audit trail.
    ///
    /// # Errors
    /// [`KeepError::NotHers`] where the entry is not her organisation's, and was or
    /// would become hers by the change.
    pub async fn change(
        &self,
        record: &Record,
        seen: i64,
        act: RecordAct,
        now: DateTime<Utc>,
    ) -> Result<Changed, KeepError> {
        let before = self.store.directory_record(&record.id).await?;
        let was_hers = before.is_none_or(|kept| self.keeps(&kept.record));
        if !was_hers || !self.keeps(record) {
            return Err(KeepError::NotHers);
        }
        let done = self
            .store
            .change_record(record, seen, act, self.account, now);
        Ok(done.await?)
    }
}

impl Store {
    /// The part of the store that one directory editor may use.
    ///
    /// # Errors
    /// The database failed.
    pub async fn as_keeper(&self, account: AccountId) -> Result<KeeperStore<'_>, StoreError> {
        Ok(KeeperStore {
            store: self,
            account,
            organisations: self.organisations_of(account).await?,
        })
    }

    /// The organisations whose entries an account keeps, in order.
    ///
    /// # Errors
    /// The database failed.
    pub async fn organisations_of(&self, account: AccountId) -> Result<Vec<String>, StoreError> {
        let mut kept: Vec<String> = reading!(&self.database, |pool| {
            sqlx::query_scalar("SELECT organisation FROM keeper WHERE account_id = $1")
                .bind(account.to_string())
                .fetch_all(pool)
                .await?
        });
        // Not by the database: engines put letters in order differently.
        kept.sort();
        Ok(kept)
    }

    /// Every organisation that an entry kept in the database names, in order.
    ///
    /// # Errors
    /// The database failed.
    pub async fn organisations_kept_here(&self) -> Result<Vec<String>, StoreError> {
        let mut named: Vec<String> = reading!(&self.database, |pool| {
            sqlx::query_scalar("SELECT DISTINCT organisation FROM directory_record")
                .fetch_all(pool)
                .await?
        });
        named.sort();
        Ok(named)
    }

    /// Makes an account with the organisations whose entries it keeps and the women's
    /// centres it answers for.
    ///
    /// # Errors
    /// See [`AccountError`]; nothing is made then.
    pub async fn create_with(
        &self,
        new: NewAccount,
        belongs: Belongs<'_>,
        now: DateTime<Utc>,
    ) -> Result<Account, AccountError> {
        let (id, now) = (new.id, to_millis(now));
        let row = self.prepare(new).await?;
        writing!(&self.database, |tx| {
            insert_account!(tx, row, now);
            for organisation in belongs.keeps {
                insert_keeper!(tx, id, organisation, now);
            }
            for centre in belongs.centres {
                insert_centre!(tx, id, centre, now);
            }
            if let Some(by) = belongs.by {
                note_change!(tx, id, by, "created", now);
            }
            let who = belongs.by.unwrap_or(id);
            record!(tx, Some(who), None::<ReportId>, Action::AccountCreated, now);
        });
        self.made(id).await
    }

    /// Makes the account of a directory editor with the organisations she keeps.
    ///
    /// # Errors
    /// See [`AccountError`]; nothing is made then.
    pub async fn create_editor(
        &self,
        new: NewAccount,
        organisations: &[String],
        now: DateTime<Utc>,
    ) -> Result<Account, AccountError> {
        let new = NewAccount {
            roles: Role::DirectoryEditor.into(),
            ..new
        };
        let belongs = Belongs {
            keeps: organisations,
            ..Belongs::default()
        };
        self.create_with(new, belongs, now).await
    }

    /// The women's centres that an assessor answers for, in order.
    ///
    /// # Errors
    /// The database failed.
    pub async fn centres_of(&self, account: AccountId) -> Result<Vec<String>, StoreError> {
        let mut centres: Vec<String> = reading!(&self.database, |pool| {
            sqlx::query_scalar("SELECT organisation FROM centre_member WHERE account_id = $1")
                .bind(account.to_string())
                .fetch_all(pool)
                .await?
        });
        centres.sort();
        Ok(centres)
    }

    /// Lets an editor keep an organisation's entries; nothing changes where she does.
    ///
    /// # Errors
    /// The database failed.
    pub async fn keep_organisation(
        &self,
        account: AccountId,
        organisation: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let now = to_millis(now);
        writing!(&self.database, |tx| {
            insert_keeper!(tx, account, organisation, now);
            record!(
                tx,
                Some(account),
                None::<ReportId>,
                Action::KeepingChanged,
                now
            );
        });
        Ok(())
    }

    /// Ends her keeping an organisation's entries. False where she did not.
    ///
    /// # Errors
    /// The database failed.
    pub async fn leave_organisation(
        &self,
        account: AccountId,
        organisation: &str,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let now = to_millis(now);
        Ok(writing!(&self.database, |tx| {
            let left =
                sqlx::query("DELETE FROM keeper WHERE account_id = $1 AND organisation = $2")
                    .bind(account.to_string())
                    .bind(organisation)
                    .execute(&mut *tx)
                    .await?
                    .rows_affected();
            record!(
                tx,
                Some(account),
                None::<ReportId>,
                Action::KeepingChanged,
                now
            );
            left > 0
        }))
    }
}

/// Adds a row of `keeper` in a transaction of either engine.
macro_rules! insert_keeper {
    ($tx:ident, $account:expr, $organisation:expr, $now:expr) => {
        sqlx::query(
            "INSERT INTO keeper (account_id, organisation, since) VALUES ($1, $2, $3)
             ON CONFLICT (account_id, organisation) DO NOTHING",
        )
        .bind($account.to_string())
        .bind($organisation)
        .bind($now)
        .execute(&mut *$tx)
        .await?;
    };
}
use insert_keeper;

/// Adds a row of `centre_member` in a transaction of either engine.
macro_rules! insert_centre {
    ($tx:ident, $account:expr, $organisation:expr, $now:expr) => {
        sqlx::query(
            "INSERT INTO centre_member (account_id, organisation, since) VALUES ($1, $2, $3)
             ON CONFLICT (account_id, organisation) DO NOTHING",
        )
        .bind($account.to_string())
        .bind($organisation)
        .bind($now)
        .execute(&mut *$tx)
        .await?;
    };
}
use insert_centre;
