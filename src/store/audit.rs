//! The audit trail: who did what, when, to which report. Never any content.
//!
//! Here: the kinds of act, and [`record`], the one way in. Not here: what chains the rows
//! (`chain`), proving the chain whole (`whole`), and an auditor's view of it (`reading`).
//!
//! Saving is not written here: each save is a row of `revision` with its author and time
//! in plain columns, written in the transaction that saves and never changed. Each row
//! here says how far the report's log had come, so that a log cut back is found out. A
//! change of a directory entry is written here too, so that one list shows what an editor
//! did; which entry and what changed stands in `directory_change` alone.
//!
//! A new kind of act is a line of [`Action`]. Acts of the store itself (an account or a
//! report made, a report signed) are recorded in the transaction that does them, as the
//! last thing in it: from then until it ends, whoever else records an act waits.

mod chain;
mod reading;
mod whole;

use std::{fmt, str::FromStr};

use chrono::{DateTime, Utc};

pub(super) use self::chain::{Link, LinkHead, chain_earlier};
pub use self::{
    reading::{AuditPage, AuditQuery, AuditRow, AuditorStore, audit_as_csv},
    whole::{Broken, Whole},
};
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
    /// What an account is here to do was changed.
    RolesChanged,
    /// An account was enabled again.
    AccountEnabled,
    /// An account was disabled.
    AccountDisabled,
    /// A team was made, or an account put into another.
    TeamsChanged,
    /// A link was made by which somebody chooses a password.
    PasswordLinkMade,
    /// Somebody chose a password by such a link.
    PasswordChanged,
    /// Somebody turned her second step on.
    SecondStepOn,
    /// Somebody turned her second step off.
    SecondStepOff,
    /// An administrator took the second step off an account.
    SecondStepRemoved,
    /// A code was refused.
    SecondStepRefused,
    /// Somebody used a recovery code in place of one from her telephone.
    RecoveryCodeUsed,
    /// A report was restricted to named people.
    ReportRestricted,
    /// A report is restricted no longer.
    RestrictionLifted,
    /// A colleague read a report.
    ReportRead,
    /// A colleague took a report over.
    ReportTakenOver,
    /// Somebody of the area opened a report that was closed to her.
    GlassBroken,
    /// Somebody tried to, and there was no such report.
    GlassNotBroken,
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
    /// Fields of a report were shared with a women's centre.
    ReferralSent,
    /// Consent was withdrawn, and the sharing stopped.
    ConsentWithdrawn,
    /// A centre opened what was shared with it.
    ReferralOpened,
    /// A centre accepted, asked, or declined.
    ReferralAnswered,
    /// A centre signed an assessment, or a correction of one.
    AssessmentSigned,
    /// A centre took its assessment back.
    AssessmentWithdrawn,
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
    /// A report was asked for and not shown: it is none of theirs, or there is none.
    ReportRefused,
    /// A page was refused because it is not for this kind of account.
    PageRefused,
    /// A report was put under a legal hold.
    HoldSet,
    /// The hold was lifted.
    HoldLifted,
    /// An administrator asked for a report to be erased.
    ErasureAsked,
    /// The request was taken back.
    ErasureWithdrawn,
    /// Erasing a report was tried and refused.
    ErasureRefused,
    /// A report was erased, by a second administrator.
    ReportErased,
    /// The audit trail was read.
    AuditViewed,
    /// The audit trail left the system as a file.
    AuditExported,
    /// A backup was made.
    BackedUp,
    /// The database was made from a backup.
    Restored,
    /// A report was left out of that, because it was erased since.
    ReportLeftOut,
}

impl Action {
    /// Every kind of act.
    pub const ALL: &[Self] = &[
        Self::SignedIn,
        Self::SignedOut,
        Self::SignInRefused,
        Self::AccountCreated,
        Self::RolesChanged,
        Self::AccountEnabled,
        Self::AccountDisabled,
        Self::TeamsChanged,
        Self::PasswordLinkMade,
        Self::PasswordChanged,
        Self::SecondStepOn,
        Self::SecondStepOff,
        Self::SecondStepRemoved,
        Self::SecondStepRefused,
        Self::RecoveryCodeUsed,
        Self::ReportRestricted,
        Self::RestrictionLifted,
        Self::ReportRead,
        Self::ReportTakenOver,
        Self::GlassBroken,
        Self::GlassNotBroken,
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
        Self::ReferralSent,
        Self::ConsentWithdrawn,
        Self::ReferralOpened,
        Self::ReferralAnswered,
        Self::AssessmentSigned,
        Self::AssessmentWithdrawn,
        Self::ReportExported,
        Self::PlanViewed,
        Self::PlanSaved,
        Self::PlanExported,
        Self::ProgressNoteExported,
        Self::ReportRefused,
        Self::PageRefused,
        Self::HoldSet,
        Self::HoldLifted,
        Self::ErasureAsked,
        Self::ErasureWithdrawn,
        Self::ErasureRefused,
        Self::ReportErased,
        Self::AuditViewed,
        Self::AuditExported,
        Self::BackedUp,
        Self::Restored,
        Self::ReportLeftOut,
    ];
}

impl FromStr for Action {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .iter()
            .copied()
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
            Self::RolesChanged => "roles-changed",
            Self::AccountEnabled => "account-enabled",
            Self::AccountDisabled => "account-disabled",
            Self::TeamsChanged => "teams-changed",
            Self::PasswordLinkMade => "password-link-made",
            Self::PasswordChanged => "password-changed",
            Self::SecondStepOn => "second-step-on",
            Self::SecondStepOff => "second-step-off",
            Self::SecondStepRemoved => "second-step-removed",
            Self::SecondStepRefused => "second-step-refused",
            Self::RecoveryCodeUsed => "recovery-code-used",
            Self::ReportRestricted => "report-restricted",
            Self::RestrictionLifted => "restriction-lifted",
            Self::ReportRead => "report-read",
            Self::ReportTakenOver => "report-taken-over",
            Self::GlassBroken => "glass-broken",
            Self::GlassNotBroken => "glass-not-broken",
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
            Self::ReferralSent => "referral-sent",
            Self::ConsentWithdrawn => "consent-withdrawn",
            Self::ReferralOpened => "referral-opened",
            Self::ReferralAnswered => "referral-answered",
            Self::AssessmentSigned => "assessment-signed",
            Self::AssessmentWithdrawn => "assessment-withdrawn",
            Self::ReportExported => "report-exported",
            Self::PlanViewed => "plan-viewed",
            Self::PlanSaved => "plan-saved",
            Self::PlanExported => "plan-exported",
            Self::ProgressNoteExported => "progress-note-exported",
            Self::ReportRefused => "report-refused",
            Self::PageRefused => "page-refused",
            Self::HoldSet => "hold-set",
            Self::HoldLifted => "hold-lifted",
            Self::ErasureAsked => "erasure-asked",
            Self::ErasureWithdrawn => "erasure-withdrawn",
            Self::ErasureRefused => "erasure-refused",
            Self::ReportErased => "report-erased",
            Self::AuditViewed => "audit-viewed",
            Self::AuditExported => "audit-exported",
            Self::BackedUp => "backed-up",
            Self::Restored => "restored",
            Self::ReportLeftOut => "report-left-out",
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

/// Records an act in a transaction of either engine, as the next link of the chain.
macro_rules! record {
    ($tx:ident, $account:expr, $report:expr, $action:expr, $now:expr) => {{
        let account = $account.map(|id: $crate::store::AccountId| id.to_string());
        let report = $report.map(|id: $crate::store::ReportId| id.to_string());
        let for_writing = $tx.audit_head();
        let head: $crate::store::audit::LinkHead = sqlx::query_as(for_writing)
            .bind(&report)
            .fetch_one(&mut *$tx)
            .await?;
        let action = $action.to_string();
        let link = $crate::store::audit::Link::after(head, account, report, action, $now);
        let hash = link.hash($tx.keys()?);
        sqlx::query(
            "INSERT INTO audit
             (seq, at, account_id, report_id, revision, action, previous, hash)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(link.seq)
        .bind(link.at)
        .bind(&link.account_id)
        .bind(&link.report_id)
        .bind(link.revision)
        .bind(&link.action)
        .bind(&link.previous)
        .bind(hash)
        .execute(&mut *$tx)
        .await?;
    }};
}
pub(super) use record;
