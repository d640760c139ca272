//! Writing an assessment, signing it, and taking it back: every save against the revision
//! it saw, every reply a version of its own.
//!
//! Not here: reading a referral and answering it (`assessor`).

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::{
    KeptDraft, ReferralState,
    assessor::{AssessorStore, held, set_state},
    insert_message,
};
use crate::{
    case::Assessment,
    store::{
        Action, ReferralId, ReportId, StoreError,
        audit::record,
        database::{reading, to_millis, writing},
        parts::Part,
        report_key::ReportKey,
    },
};

/// How saving an assessment that is being written ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DraftSave {
    /// It is on the disk.
    Saved {
        /// Its revision.
        revision: i64,
    },
    /// Somebody, or the same person elsewhere, has saved since. Nothing was written.
    Stale(KeptDraft),
    /// The referral is closed to her. Nothing was written.
    Closed,
}

/// How signing ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replied {
    /// It is signed, as this version.
    Now(i64),
    /// What was written has changed since she looked at it. Nothing was signed.
    Stale,
    /// The referral is closed to her. Nothing was signed.
    Closed,
}

#[derive(FromRow)]
struct DraftRecord {
    revision: i64,
    writer: String,
    at: DateTime<Utc>,
    content: Vec<u8>,
    report_id: String,
    wrapped: Vec<u8>,
}

impl DraftRecord {
    fn opened(&self, key: &ReportKey, id: ReferralId) -> Result<KeptDraft, StoreError> {
        Ok(KeptDraft {
            revision: self.revision,
            by: self.writer.clone(),
            at: self.at,
            form: key.open(Part::AssessmentDraft(id), &self.content)?,
        })
    }
}

/// The assessment being written, as a row.
macro_rules! draft_row {
    ($from:expr, $referral:expr) => {{
        let row: Option<DraftRecord> = sqlx::query_as(
            "SELECT d.revision, a.display_name AS writer, d.at, d.content, k.report_id, k.wrapped
             FROM assessment_draft d JOIN account a ON a.id = d.by_account_id
             JOIN referral f ON f.id = d.referral_id
             JOIN report_key k ON k.report_id = f.report_id
             WHERE d.referral_id = $1",
        )
        .bind($referral.to_string())
        .fetch_optional($from)
        .await?;
        row
    }};
}

/// The number of the next version of a reply.
macro_rules! next_version {
    ($tx:ident, $referral:expr) => {{
        let last: i64 = sqlx::query_scalar(
            "SELECT COALESCE(MAX(version), 0) FROM assessment_reply WHERE referral_id = $1",
        )
        .bind($referral.to_string())
        .fetch_one(&mut *$tx)
        .await?;
        last + 1
    }};
}

/// Adds a version of a reply.
macro_rules! insert_reply {
    ($tx:ident, $self:ident, $referral:expr, $version:expr, $act:literal, $sealed:expr, $now:expr) => {
        sqlx::query(
            "INSERT INTO assessment_reply (referral_id, version, act, signed_by, at, content)
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind($referral.to_string())
        .bind($version)
        .bind($act)
        .bind($self.account.to_string())
        .bind($now)
        .bind($sealed)
        .execute(&mut *$tx)
        .await?;
    };
}

impl AssessorStore<'_> {
    /// The assessment as it is being written; none where nothing is, or it is closed to her.
    ///
    /// # Errors
    /// The database failed, or what it holds does not open.
    pub async fn draft(self, id: ReferralId) -> Result<Option<KeptDraft>, StoreError> {
        let hers = self.referral(id).await?;
        if !hers.is_some_and(|r| r.state.is_shared()) {
            return Ok(None);
        }
        let row = reading!(&self.store.database, |pool| draft_row!(pool, id));
        let opened = |row: DraftRecord| {
            let report: Result<ReportId, _> = row.report_id.parse();
            let report = report.map_err(|_| StoreError::unreadable("a report's id"))?;
            row.opened(&self.store.keys.report_key(report, &row.wrapped)?, id)
        };
        row.map(opened).transpose()
    }

    /// Saves what is typed of an assessment. `seen` is the revision she was looking at, 0
    /// where there was none. When this returns [`DraftSave::Saved`], it is on the disk. A
    /// save that changes nothing is answered with the present revision, so that a browser
    /// may safely send again.
    ///
    /// # Errors
    /// The database failed; nothing is written then.
    pub async fn save_draft(
        self,
        id: ReferralId,
        form: &[(String, String)],
        seen: i64,
        now: DateTime<Utc>,
    ) -> Result<DraftSave, StoreError> {
        let now = to_millis(now);
        Ok(writing!(&self.store.database, |tx| {
            let held = held!(tx, self, id, "('accepted', 'replied', 'taken-back')");
            let Some(key) = held else {
                return Ok(DraftSave::Closed);
            };
            let before = draft_row!(&mut *tx, id);
            let revision = before.as_ref().map_or(0, |b| b.revision);
            if let Some(before) = before {
                let kept = before.opened(&key, id)?;
                if kept.form == form {
                    return Ok(DraftSave::Saved { revision });
                }
                if seen < revision {
                    return Ok(DraftSave::Stale(kept));
                }
            }
            let sealed = key.seal(Part::AssessmentDraft(id), &form)?;
            sqlx::query(
                "INSERT INTO assessment_draft (referral_id, revision, by_account_id, at, content)
                 VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT (referral_id) DO UPDATE SET revision = excluded.revision,
                 by_account_id = excluded.by_account_id, at = excluded.at,
                 content = excluded.content",
            )
            .bind(id.to_string())
            .bind(revision + 1)
            .bind(self.account.to_string())
            .bind(now)
            .bind(&sealed)
            .execute(&mut *tx)
            .await?;
            DraftSave::Saved {
                revision: revision + 1,
            }
        }))
    }

    /// Signs an assessment as the next version of the reply. `seen` is the revision of what
    /// was written that it was read from.
    ///
    /// # Errors
    /// The database failed; nothing is signed then.
    pub async fn sign(
        self,
        id: ReferralId,
        assessment: &Assessment,
        seen: i64,
        now: DateTime<Utc>,
    ) -> Result<Replied, StoreError> {
        let now = to_millis(now);
        Ok(writing!(&self.store.database, |tx| {
            let held = held!(tx, self, id, "('accepted', 'replied', 'taken-back')");
            let Some(key) = held else {
                return Ok(Replied::Closed);
            };
            let draft = draft_row!(&mut *tx, id);
            if draft.map_or(0, |d| d.revision) != seen {
                return Ok(Replied::Stale);
            }
            let version = next_version!(tx, id);
            let sealed = key.seal(Part::AssessmentReply(id, version), assessment)?;
            insert_reply!(tx, self, id, version, "signed", &sealed, now);
            set_state!(tx, id, ReferralState::Replied, now);
            record!(
                tx,
                Some(self.account),
                Some(key.report()),
                Action::AssessmentSigned,
                now
            );
            Replied::Now(version)
        }))
    }

    /// Takes the reply back by a further version. False where there is none that stands.
    ///
    /// # Errors
    /// The database failed; nothing is changed then.
    pub async fn take_back(
        self,
        id: ReferralId,
        why: &str,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let now = to_millis(now);
        Ok(writing!(&self.store.database, |tx| {
            let held = held!(tx, self, id, "('replied')");
            let Some(key) = held else {
                return Ok(false);
            };
            let version = next_version!(tx, id);
            let sealed = key.seal(Part::AssessmentReply(id, version), &())?;
            insert_reply!(tx, self, id, version, "withdrawn", &sealed, now);
            set_state!(tx, id, ReferralState::TakenBack, now);
            if !why.trim().is_empty() {
                insert_message!(tx, key, id, "centre", self.account, why.trim(), now);
            }
            record!(
                tx,
                Some(self.account),
                Some(key.report()),
                Action::AssessmentWithdrawn,
                now
            );
            true
        }))
    }
}
