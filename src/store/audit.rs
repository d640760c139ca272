//! The audit trail: who did what, when, to which report. Never any content.
//!
//! Saving is not written here: each save is a row of `revision` with its author and
//! time in plain columns, written in the transaction that saves, never changed. That
//! is the trail of saves; a second one could only repeat it, or disagree. A change of
//! a directory entry is written here too, so that one list shows what an editor did;
//! which entry and what changed stands in `directory_change` alone.
//!
//! A new kind of act is a line of [`Action`]. Acts of the store itself (an account or
//! a report made, a report signed) are recorded in the transaction that does them.

use std::{fmt, str::FromStr};

use chrono::{DateTime, Utc};

use super::{
    AccountId, ReportId, Store, StoreError,
    database::{to_millis, writing},
};

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Signed in.
    SignedIn,
    /// Signed out.
    SignedOut,
    /// Tried to sign in and was refused.
    SignInRefused,
    /// An account was made.
    AccountCreated,
    /// Which organisations' entries an account keeps was changed.
    KeepingChanged,
    /// An entry was added to the directory.
    RecordAdded,
    /// An entry of the directory was changed.
    RecordChanged,
    /// An entry of the directory was looked at and found right.
    RecordChecked,
    /// A report was started or imported.
    ReportCreated,
    /// A report was opened.
    ReportViewed,
    /// A report was signed and closed to saving.
    ReportSigned,
    /// Somebody was asked to check a report.
    CheckAsked,
    /// The request was taken back.
    CheckWithdrawn,
    /// Whoever was asked to check a report opened it.
    CheckOpened,
    /// She sent it back with comments.
    CheckReturned,
    /// She approved it as it stood.
    CheckApproved,
    /// Something was added to a report after it was signed.
    AddendumSigned,
    /// A report left the system as a document or a file.
    ReportExported,
    /// A woman's plan was opened.
    PlanViewed,
    /// A version of her plan was kept.
    PlanSaved,
    /// Her plan left as a document.
    PlanExported,
    /// A progress note for a court left as a document.
    ProgressNoteExported,
}

impl Action {
    const ALL: [Self; 22] = [
        Self::SignedIn,
        Self::SignedOut,
        Self::SignInRefused,
        Self::AccountCreated,
        Self::KeepingChanged,
        Self::RecordAdded,
        Self::RecordChanged,
        Self::RecordChecked,
        Self::ReportCreated,
        Self::ReportViewed,
        Self::ReportSigned,
        Self::CheckAsked,
        Self::CheckWithdrawn,
        Self::CheckOpened,
        Self::CheckReturned,
        Self::CheckApproved,
        Self::AddendumSigned,
        Self::ReportExported,
        Self::PlanViewed,
        Self::PlanSaved,
        Self::PlanExported,
        Self::ProgressNoteExported,
    ];
}

impl FromStr for Action {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|action| action.to_string() == text)
            .ok_or_else(|| StoreError::unreadable("an act of the audit trail"))
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::SignedIn => "signed-in",
            Self::SignedOut => "signed-out",
            Self::SignInRefused => "sign-in-refused",
            Self::AccountCreated => "account-created",
            Self::KeepingChanged => "keeping-changed",
            Self::RecordAdded => "record-added",
            Self::RecordChanged => "record-changed",
            Self::RecordChecked => "record-checked",
            Self::ReportCreated => "report-created",
            Self::ReportViewed => "report-viewed",
            Self::ReportSigned => "report-signed",
            Self::CheckAsked => "check-asked",
            Self::CheckWithdrawn => "check-withdrawn",
            Self::CheckOpened => "check-opened",
            Self::CheckReturned => "check-returned",
            Self::CheckApproved => "check-approved",
            Self::AddendumSigned => "addendum-signed",
            Self::ReportExported => "report-exported",
            Self::PlanViewed => "plan-viewed",
            Self::PlanSaved => "plan-saved",
            Self::PlanExported => "plan-exported",
            Self::ProgressNoteExported => "progress-note-exported",
        })
    }
}

/// One act to record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditEntry {
    /// Who, where known.
    pub account: Option<AccountId>,
    /// Which report, where it was about one.
    pub report: Option<ReportId>,
    /// What.
    pub action: Action,
}

impl Store {
    /// Records an act.
    ///
    /// # Errors
    /// The database failed.
    pub async fn audit(&self, entry: &AuditEntry, now: DateTime<Utc>) -> Result<(), StoreError> {
        let now = to_millis(now);
        writing!(&self.database, |tx| {
            record!(tx, entry.account, entry.report, entry.action, now);
        });
        Ok(())
    }
}

/// Records an act in a transaction of either engine.
macro_rules! record {
    ($tx:ident, $account:expr, $report:expr, $action:expr, $now:expr) => {
        sqlx::query(
            "INSERT INTO audit (id, at, account_id, report_id, action) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind($crate::store::ids::ordered_uuid($now).to_string())
        .bind($now)
        .bind($account.map(|id: $crate::store::AccountId| id.to_string()))
        .bind($report.map(|id: $crate::store::ReportId| id.to_string()))
        .bind($action.to_string())
        .execute(&mut *$tx)
        .await?;
    };
}
pub(super) use record;
