//! Reading reports, as one author: her own and nobody else's.
//!
//! Here: opening, listing, finding, history. Not here: writing (`saving`). Another
//! role's view of reports is another type like [`AuthorStore`], not a flag on it.

use std::{fmt, sync::Arc};

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::Value;
use sqlx::FromRow;

use super::{
    AccountId, ReportId, ReportRow, SignedMark, Store, StoreError,
    database::reading,
    keys::Keys,
    known::Standing,
    parts::Part,
    report_key::ReportKey,
    standing::{head_at, kept_head, tail},
    summary::{Sought, Summary, bare},
};
use crate::case::CaseFile;

/// The reports of one author. Every statement behind it names her account.
#[derive(Debug, Clone, Copy)]
pub struct AuthorStore<'a> {
    pub(super) store: &'a Store,
    pub(super) account: AccountId,
}

/// A report as it now stands.
#[derive(Debug, Clone, PartialEq)]
pub struct LoadedReport {
    /// Its id.
    pub id: ReportId,
    /// What its writes add up to.
    pub case: Arc<CaseFile>,
    /// Its latest revision: what a save says it has seen.
    pub revision: i64,
    /// Version of the content pack it was started with.
    pub pack_version: String,
    /// Version of the content pack whose changes she has read, where she has read any.
    pub content_read: Option<String>,
    /// When it was started.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// The signature, once there is one; it takes in nothing more then.
    pub signed: Option<SignedMark>,
    /// True where something she typed in it is kept and not saved.
    pub has_unsent: bool,
    /// The state it was read in.
    pub state: StateName,
}

impl LoadedReport {
    /// The content pack that its author knows: the one she last read the changes to, or
    /// the one it began with.
    #[must_use]
    pub fn known_content(&self) -> &str {
        self.content_read.as_deref().unwrap_or(&self.pack_version)
    }
}

/// Names one state of one report: its sealed summary, which no other state has. With it
/// goes the report's key as it is kept, so that a save need not ask for it again.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct StateName {
    pub(super) summary: Vec<u8>,
    pub(super) wrapped: Vec<u8>,
}

impl fmt::Debug for StateName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StateName").finish_non_exhaustive()
    }
}

/// One write of a report's log.
#[derive(Debug, Clone, PartialEq)]
pub struct RevisionRow {
    /// Its number in the report, from 1.
    pub revision: i64,
    /// The place it wrote.
    pub place: String,
    /// What it wrote there.
    pub value: Value,
    /// Name of the person who wrote it.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

#[derive(FromRow)]
struct ReportRecord {
    pack_version: String,
    content_read: Option<String>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    revision: i64,
    summary: Vec<u8>,
    signed_at: Option<DateTime<Utc>>,
    signed_by: Option<String>,
    has_unsent: bool,
    wrapped: Vec<u8>,
}

impl ReportRecord {
    fn loaded(self, id: ReportId, case: Arc<CaseFile>) -> LoadedReport {
        LoadedReport {
            id,
            case,
            revision: self.revision,
            pack_version: self.pack_version,
            content_read: self.content_read,
            created_at: self.created_at,
            updated_at: self.updated_at,
            signed: SignedMark::of(self.signed_at, self.signed_by),
            has_unsent: self.has_unsent,
            state: StateName {
                summary: self.summary,
                wrapped: self.wrapped,
            },
        }
    }
}

#[derive(FromRow)]
pub(super) struct ListRecord {
    id: String,
    fictional: bool,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    pub(super) revision: i64,
    summary: Vec<u8>,
    wrapped: Vec<u8>,
}

impl ListRecord {
    /// The report's key.
    pub(super) fn key(&self, keys: &Keys) -> Result<ReportKey, StoreError> {
        let id: Result<ReportId, _> = self.id.parse();
        let id = id.map_err(|_| StoreError::unreadable("a report's id"))?;
        keys.report_key(id, &self.wrapped)
    }
}

#[derive(FromRow)]
struct RevisionRecord {
    seq: i64,
    content: Vec<u8>,
    at: DateTime<Utc>,
    display_name: String,
}

/// A write as it is sealed: place and value together.
#[derive(Deserialize)]
pub(super) struct Written {
    pub(super) place: String,
    pub(super) value: Value,
}

impl<'a> AuthorStore<'a> {
    pub(super) fn new(store: &'a Store, account: AccountId) -> Self {
        Self { store, account }
    }

    /// Whose reports these are.
    #[must_use]
    pub fn account(self) -> AccountId {
        self.account
    }

    /// One report, where it is hers.
    ///
    /// # Errors
    /// The database failed, or the report was changed outside the program.
    pub async fn load(self, report: ReportId) -> Result<Option<LoadedReport>, StoreError> {
        let Some(found) = self.record(report).await? else {
            return Ok(None);
        };
        if let Some(case) = self.store.known.case(report, &found.summary) {
            return Ok(Some(found.loaded(report, case)));
        }
        // The head first: the row read after it is not older, and between the two lies
        // the tail, which never changes, however many are saving meanwhile.
        let id = report.to_string();
        let kept = reading!(&self.store.database, |pool| kept_head!(pool, &id));
        let (Some(kept), Some(found)) = (kept, self.record(report).await?) else {
            return Err(StoreError::unreadable(format!("report {report}")));
        };
        let tail = reading!(&self.store.database, |pool| {
            tail!(pool, &id, kept.revision, found.revision)
        });
        let key = self.store.keys.report_key(report, &found.wrapped)?;
        let head = head_at(&key, found.revision, &kept, &tail)?;
        let mut standing = Standing::new(found.revision, head);
        let case = standing.case().map_err(|fault| StoreError::ReportUnfit {
            report: report.to_string(),
            fault,
        })?;
        let name = found.summary.clone();
        self.store.known.keep(report, name, standing);
        Ok(Some(found.loaded(report, case)))
    }

    /// The row of one of her reports.
    async fn record(self, report: ReportId) -> Result<Option<ReportRecord>, StoreError> {
        Ok(reading!(&self.store.database, |pool| {
            sqlx::query_as(
                "SELECT report.pack_version, report.content_read, report.created_at,
                 report.updated_at, report.revision, report.summary, report.signed_at,
                 signer.display_name AS signed_by, report_key.wrapped,
                 EXISTS (SELECT 1 FROM unsent
                 WHERE unsent.report_id = report.id AND unsent.account_id = $2) AS has_unsent
                 FROM report JOIN report_key ON report_key.report_id = report.id
                 LEFT JOIN account AS signer ON signer.id = report.signed_by
                 WHERE report.id = $1 AND report.owner_id = $2",
            )
            .bind(report.to_string())
            .bind(self.account.to_string())
            .fetch_optional(pool)
            .await?
        }))
    }

    /// All her reports, the latest change first, in one query.
    ///
    /// # Errors
    /// As [`Self::load`].
    pub async fn list(self) -> Result<Vec<ReportRow>, StoreError> {
        let found: Vec<ListRecord> = reading!(&self.store.database, |pool| {
            sqlx::query_as(
                "SELECT id, fictional, created_at, updated_at, revision, summary, wrapped
                 FROM report JOIN report_key ON report_key.report_id = report.id
                 WHERE owner_id = $1 ORDER BY updated_at DESC, id DESC",
            )
            .bind(self.account.to_string())
            .fetch_all(pool)
            .await?
        });
        self.rows(found, |_| true)
    }

    /// As [`Self::list`], with the enquiries of every report. One that was last saved
    /// before lists kept them is opened for it; the next save puts that right.
    ///
    /// # Errors
    /// As [`Self::load`].
    pub async fn list_with_enquiries(self) -> Result<Vec<ReportRow>, StoreError> {
        let mut rows = self.list().await?;
        for row in rows.iter_mut().filter(|row| row.enquiries.is_none()) {
            let loaded = self.load(row.id).await?;
            row.enquiries = loaded.map(|report| bare(&report.case));
        }
        Ok(rows)
    }

    /// Her reports about a woman of this name, or with this CRN or case number:
    /// whole words, in any order, whatever their case and accents.
    ///
    /// # Errors
    /// As [`Self::load`].
    pub async fn find_by_name(self, typed: &str) -> Result<Vec<ReportRow>, StoreError> {
        let Some(sought) = Sought::from(typed) else {
            return Ok(Vec::new());
        };
        let hash = |word: &str| self.store.keys.word(word);
        let found: Vec<ListRecord> = reading!(&self.store.database, |pool| {
            sqlx::query_as(
                "SELECT id, fictional, created_at, updated_at, revision, summary, wrapped
                 FROM report JOIN report_key ON report_key.report_id = report.id
                 WHERE owner_id = $1
                 AND id IN (SELECT report_word.report_id FROM report_word WHERE word IN ($2, $3))
                 ORDER BY updated_at DESC, id DESC",
            )
            .bind(self.account.to_string())
            .bind(hash(&sought.words[0]))
            .bind(hash(&sought.whole))
            .fetch_all(pool)
            .await?
        });
        // The index finds one word; the others are compared with the opened rows.
        self.rows(found, |summary| summary.fits(&sought))
    }

    /// Every write of one of her reports, oldest first.
    ///
    /// # Errors
    /// As [`Self::load`].
    pub async fn history(self, report: ReportId) -> Result<Option<Vec<RevisionRow>>, StoreError> {
        let (wrapped, found): (_, Vec<RevisionRecord>) = reading!(&self.store.database, |pool| {
            let wrapped: Option<Vec<u8>> = sqlx::query_scalar(
                "SELECT wrapped FROM report JOIN report_key ON report_key.report_id = report.id
                 WHERE report.id = $1 AND report.owner_id = $2",
            )
            .bind(report.to_string())
            .bind(self.account.to_string())
            .fetch_optional(pool)
            .await?;
            let found = sqlx::query_as(
                "SELECT revision.seq, revision.content, revision.at, account.display_name
                     FROM revision
                     JOIN report ON report.id = revision.report_id
                     JOIN account ON account.id = revision.by_account_id
                     WHERE report.id = $1 AND report.owner_id = $2 ORDER BY revision.seq",
            )
            .bind(report.to_string())
            .bind(self.account.to_string())
            .fetch_all(pool)
            .await?;
            (wrapped, found)
        });
        let Some(wrapped) = wrapped else {
            return Ok(None);
        };
        let key = self.store.keys.report_key(report, &wrapped)?;
        let rows = found.into_iter().map(|row| {
            let written: Written = key.open(Part::Revision(row.seq), &row.content)?;
            Ok(RevisionRow {
                revision: row.seq,
                place: written.place,
                value: written.value,
                by: row.display_name,
                at: row.at,
            })
        });
        rows.collect::<Result<_, _>>().map(Some)
    }

    /// What a list shows of these rows, as far as they are to be kept.
    pub(super) fn rows(
        &self,
        found: Vec<ListRecord>,
        keep: impl Fn(&Summary) -> bool,
    ) -> Result<Vec<ReportRow>, StoreError> {
        let mut rows = Vec::with_capacity(found.len());
        for record in found {
            let key = record.key(&self.store.keys)?;
            let summary: Summary = key.open(Part::Summary(record.revision), &record.summary)?;
            if !keep(&summary) {
                continue;
            }
            rows.push(ReportRow {
                id: key.report(),
                name: summary.name(),
                case_number: summary.case_number,
                court: summary.court,
                hearing_date: summary.hearing_date,
                format: summary.format,
                fictional: record.fictional,
                enquiries: summary.enquiries,
                created_at: record.created_at,
                updated_at: record.updated_at,
                revision: record.revision,
            });
        }
        Ok(rows)
    }
}
