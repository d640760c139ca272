//! Saving into a report that is open in memory just as the database holds it: one
//! statement on `PostgreSQL`, which moves the report and appends to its log where the
//! report still stands as it was opened, and does nothing otherwise.
//!
//! Not here: everything else that a save may meet (`saving`), which is judged in a
//! transaction. `SQLite` has no such statement, and no round trips to spare.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use sqlx::PgPool;

use super::{
    AuthorStore, LoadedReport, Save, SaveError, StateName,
    database::{Engine, to_millis},
    known::Standing,
    sealed::Sealed,
    standing::is_due,
};
use crate::case::{CaseFile, revision::Write};

/// A report as a save leaves it.
pub(super) struct After {
    revision: i64,
    name: Vec<u8>,
    case: Option<Arc<CaseFile>>,
}

impl After {
    pub(super) fn of(standing: &mut Standing, name: &[u8]) -> Self {
        Self {
            revision: standing.revision,
            name: name.to_vec(),
            case: standing.case().ok(),
        }
    }

    fn laid_over(self, opened: &LoadedReport, now: DateTime<Utc>) -> Option<LoadedReport> {
        let case = self.case?;
        Some(LoadedReport {
            case,
            revision: self.revision,
            updated_at: now,
            state: StateName {
                summary: self.name,
                ..opened.state.clone()
            },
            ..opened.clone()
        })
    }
}

impl AuthorStore<'_> {
    /// Saves as [`Self::save`], into a report opened before, and gives back with it the
    /// report as this save left it, where it wrote anything. How it was opened only
    /// makes the save quicker: the database is asked whether it still stands so.
    ///
    /// # Errors
    /// As [`Self::save`].
    pub async fn save_into(
        self,
        opened: &LoadedReport,
        writes: &[Write],
        seen: i64,
        now: DateTime<Utc>,
    ) -> Result<(Save, Option<LoadedReport>), SaveError> {
        let now = to_millis(now);
        let at_once = if seen >= opened.revision {
            self.save_at_once(opened, writes, now).await?
        } else {
            None
        };
        let (save, after) = match at_once {
            Some(after) => {
                let revision = after.revision;
                (Save::Saved { revision }, Some(after))
            }
            None => self.judge(opened.id, writes, None, seen, now).await?,
        };
        let after = after.and_then(|after| after.laid_over(opened, now));
        Ok((save, after))
    }

    /// Saves in one statement where that is all there is to do.
    async fn save_at_once(
        self,
        opened: &LoadedReport,
        writes: &[Write],
        now: DateTime<Utc>,
    ) -> Result<Option<After>, SaveError> {
        let Engine::Postgres(pool) = &self.store.database.engine else {
            return Ok(None);
        };
        let (report, name) = (opened.id, &opened.state.summary);
        let more = i64::try_from(writes.len()).unwrap_or(i64::MAX);
        if is_due(opened.revision, opened.revision.saturating_add(more)) {
            return Ok(None);
        }
        let Some(mut standing) = self.store.known.take(report, name) else {
            return Ok(None);
        };
        if !standing.changed_by(writes) {
            self.store
                .known
                .keep_unchanged(report, name, standing, writes);
            return Ok(None);
        }
        let found = Some((opened.revision, name.as_slice()));
        let key = self.store.keys.report_key(report, &opened.state.wrapped)?;
        let (sealed, changed) = self.seal(&key, found, &standing.head, writes)?;
        if sealed.words.is_some() || !self.move_on(pool, opened, &sealed, now).await? {
            return Ok(None);
        }
        standing.moved_to(sealed.revision, writes, &changed);
        let after = After::of(&mut standing, &sealed.summary);
        self.store.known.keep(report, sealed.summary, standing);
        Ok(Some(after))
    }

    /// True where it is written, and on the disk; false where the report is not hers,
    /// is signed or erased, or stands otherwise by now, and nothing is written. Two of these at
    /// once wait for each other at the row, and the second then finds another state.
    async fn move_on(
        self,
        pool: &PgPool,
        opened: &LoadedReport,
        sealed: &Sealed,
        now: DateTime<Utc>,
    ) -> Result<bool, SaveError> {
        let (seqs, contents): (Vec<i64>, Vec<&[u8]>) = sealed
            .revisions
            .iter()
            .map(|(seq, content)| (*seq, content.as_slice()))
            .unzip();
        let done = sqlx::query(
            "WITH moved AS (
                 UPDATE report SET fictional = $3, updated_at = $4, revision = $5, summary = $6
                 WHERE id = $1 AND owner_id = $2 AND revision = $7 AND summary = $8
                 AND signed_at IS NULL AND EXISTS
                 (SELECT 1 FROM report_key WHERE report_id = $1 AND wrapped = $11)
                 RETURNING id
             )
             INSERT INTO revision (report_id, seq, content, by_account_id, at)
             SELECT moved.id, written.seq, written.content, $2, $4
             FROM moved, UNNEST($9::BIGINT[], $10::BYTEA[]) AS written (seq, content)",
        )
        .bind(opened.id.to_string())
        .bind(self.account.to_string())
        .bind(sealed.fictional)
        .bind(now)
        .bind(sealed.revision)
        .bind(&sealed.summary)
        .bind(opened.revision)
        .bind(&opened.state.summary)
        .bind(seqs)
        .bind(contents)
        .bind(&opened.state.wrapped)
        .execute(pool)
        .await?;
        Ok(done.rows_affected() > 0)
    }
}
