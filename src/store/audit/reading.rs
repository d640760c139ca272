//! The audit trail for whoever may read all of it: an auditor, and whoever runs the
//! program. Names of colleagues and ids of reports; nothing about a woman is in it.

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use crate::store::{AccountId, Action, ReportId, Store, StoreError, database::reading};

/// The part of the store that an auditor may use. Holding it is the permission.
#[derive(Debug, Clone, Copy)]
pub struct AuditorStore<'a> {
    store: &'a Store,
}

/// Which rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AuditQuery {
    /// Acts of this person.
    pub account: Option<AccountId>,
    /// Acts about this report.
    pub report: Option<ReportId>,
    /// Acts of this kind.
    pub action: Option<Action>,
    /// Not before.
    pub from: Option<DateTime<Utc>>,
    /// Before.
    pub until: Option<DateTime<Utc>>,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    /// Its number in the chain, from 1.
    pub seq: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// Whose act, where that is known.
    pub account: Option<AccountId>,
    /// Their name; empty where nobody is known.
    pub name: String,
    /// Which report.
    pub report: Option<ReportId>,
    /// How far its log had come.
    pub revision: Option<i64>,
    /// What.
    pub action: Action,
    /// Its hash, 64 hexadecimal digits.
    pub hash: String,
}

/// Some rows, the latest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditPage {
    /// The rows.
    pub rows: Vec<AuditRow>,
    /// How many there are in all.
    pub all: i64,
}

#[derive(FromRow)]
struct AuditRecord {
    seq: i64,
    at: DateTime<Utc>,
    account_id: Option<String>,
    display_name: Option<String>,
    report_id: Option<String>,
    revision: Option<i64>,
    action: String,
    hash: Vec<u8>,
}

impl TryFrom<AuditRecord> for AuditRow {
    type Error = StoreError;

    fn try_from(row: AuditRecord) -> Result<Self, StoreError> {
        let unreadable = || StoreError::unreadable(format!("row {} of the audit trail", row.seq));
        let account = row.account_id.as_deref().map(str::parse).transpose();
        let report = row.report_id.as_deref().map(str::parse).transpose();
        Ok(Self {
            seq: row.seq,
            at: row.at,
            account: account.map_err(|_| unreadable())?,
            name: row.display_name.unwrap_or_default(),
            report: report.map_err(|_| unreadable())?,
            revision: row.revision,
            action: row.action.parse()?,
            hash: hex::encode(row.hash),
        })
    }
}

/// Where a row fits a query: whatever is not asked for is `NULL` and fits.
macro_rules! fits {
    () => {
        "WHERE ($1 IS NULL OR audit.account_id = $1) AND ($2 IS NULL OR audit.report_id = $2)
         AND ($3 IS NULL OR audit.action = $3) AND ($4 IS NULL OR audit.at >= $4)
         AND ($5 IS NULL OR audit.at < $5)"
    };
}

impl Store {
    /// The part of the store that an auditor may use.
    #[must_use]
    pub fn as_auditor(&self) -> AuditorStore<'_> {
        AuditorStore { store: self }
    }
}

impl AuditorStore<'_> {
    /// The rows that a query finds, the latest first: `most` of them, after `skip`.
    ///
    /// # Errors
    /// The database failed, or holds an act that this program does not know.
    pub async fn rows(
        self,
        query: &AuditQuery,
        skip: i64,
        most: i64,
    ) -> Result<AuditPage, StoreError> {
        let account = query.account.map(|id| id.to_string());
        let report = query.report.map(|id| id.to_string());
        let action = query.action.map(|action| action.to_string());
        let (found, all): (Vec<AuditRecord>, i64) = reading!(&self.store.database, |pool| {
            let found = sqlx::query_as(concat!(
                "SELECT audit.seq, audit.at, audit.account_id, account.display_name,
                 audit.report_id, audit.revision, audit.action, audit.hash
                 FROM audit LEFT JOIN account ON account.id = audit.account_id ",
                fits!(),
                " ORDER BY audit.seq DESC LIMIT $6 OFFSET $7"
            ))
            .bind(&account)
            .bind(&report)
            .bind(&action)
            .bind(query.from)
            .bind(query.until)
            .bind(most)
            .bind(skip)
            .fetch_all(pool)
            .await?;
            let all = sqlx::query_scalar(concat!("SELECT COUNT(*) FROM audit ", fits!()))
                .bind(&account)
                .bind(&report)
                .bind(&action)
                .bind(query.from)
                .bind(query.until)
                .fetch_one(pool)
                .await?;
            (found, all)
        });
        let rows = found.into_iter().map(AuditRow::try_from);
        Ok(AuditPage {
            rows: rows.collect::<Result<_, _>>()?,
            all,
        })
    }
}

/// Rows as CSV with a heading, times in UTC. A name that a spreadsheet would take for a
/// formula gets an apostrophe before it.
#[must_use]
pub fn audit_as_csv(rows: &[AuditRow]) -> String {
    const HEADING: [&str; 8] = [
        "number", "at", "account", "name", "report", "revision", "act", "hash",
    ];
    let mut out = csv::Writer::from_writer(Vec::new());
    // Into memory, where writing does not fail.
    let _ = out.write_record(HEADING);
    let or_nothing = |value: Option<String>| value.unwrap_or_default();
    for row in rows {
        let name = match row.name.chars().next() {
            Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{}", row.name),
            _ => row.name.clone(),
        };
        let _ = out.write_record([
            row.seq.to_string(),
            row.at.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string(),
            or_nothing(row.account.map(|id| id.to_string())),
            name,
            or_nothing(row.report.map(|id| id.to_string())),
            or_nothing(row.revision.map(|r| r.to_string())),
            row.action.to_string(),
            row.hash.clone(),
        ]);
    }
    let bytes = out.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}
