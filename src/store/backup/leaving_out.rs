//! What of a restored database is made again or left out: the keys of reports come from
//! their own file, a report without one was erased since and is left out with all that
//! belongs to it, and the words that reports are found by are made from what they say.
//!
//! The words are in no backup: they are hashes with a key that is in it, so that whoever
//! has it could try names on them.

use chrono::{DateTime, Utc};
use sqlx::{AssertSqlSafe, FromRow};

use super::{
    BackupError,
    keys::Wrapped,
    tables::{POSTGRES_REFERENCES, SQLITE_REFERENCES},
};
use crate::store::{
    Action, AuditEntry, ReportId, Store, StoreError,
    database::{Engine, reading, writing},
    parts::Part,
    summary::Summary,
};

/// Tables whose rows belong to a report by another table's, and by which column.
const FURTHER: [(&str, &str, &str); 4] = [
    ("review_comment", "request_id", "review_request"),
    ("referral_message", "referral_id", "referral"),
    ("assessment_draft", "referral_id", "referral"),
    ("assessment_reply", "referral_id", "referral"),
];

#[derive(FromRow)]
struct SummaryRecord {
    id: String,
    revision: i64,
    summary: Vec<u8>,
    wrapped: Vec<u8>,
}

/// Takes away every report that has no key in the file, with all that belongs to it, and
/// says how many they were. That each was left out is in the audit trail.
pub(super) async fn leave_out(
    store: &Store,
    keys: &Wrapped,
    now: DateTime<Utc>,
) -> Result<u64, BackupError> {
    let reports: Vec<String> = reading!(&store.database, |pool| {
        sqlx::query_scalar("SELECT id FROM report ORDER BY id")
            .fetch_all(pool)
            .await?
    });
    let gone: Vec<String> = reports
        .into_iter()
        .filter(|r| !keys.contains_key(r))
        .collect();
    if gone.is_empty() {
        return Ok(0);
    }
    let deletes = deletes(store).await?;
    writing!(&store.database, |tx| {
        for report in &gone {
            for delete in &deletes {
                sqlx::query(AssertSqlSafe(delete.clone()))
                    .bind(report)
                    .execute(&mut *tx)
                    .await?;
            }
        }
    });
    let mut left_out = 0;
    for report in gone {
        let report = report.parse();
        let report: ReportId = report.map_err(|_| StoreError::unreadable("a report's id"))?;
        let entry = AuditEntry {
            account: None,
            report: Some(report),
            action: Action::ReportLeftOut,
        };
        store.audit(&entry, now).await?;
        left_out += 1;
    }
    Ok(left_out)
}

/// The statements that take away everything of one report, the report last.
async fn deletes(store: &Store) -> Result<Vec<String>, StoreError> {
    let references: Vec<(String, String)> = reading!(&store.database, |pool| {
        let query = match &store.database.engine {
            Engine::Sqlite(_) => SQLITE_REFERENCES,
            Engine::Postgres(_) => POSTGRES_REFERENCES,
        };
        sqlx::query_as(query).fetch_all(pool).await?
    });
    let further = FURTHER.iter().map(|(table, column, of)| {
        format!("DELETE FROM {table} WHERE {column} IN (SELECT id FROM {of} WHERE report_id = $1)")
    });
    let direct = references.iter().filter(|(_, to)| to == "report");
    let direct = direct.map(|(from, _)| format!("DELETE FROM \"{from}\" WHERE report_id = $1"));
    let report = "DELETE FROM report WHERE id = $1".to_owned();
    Ok(further.chain(direct).chain([report]).collect())
}

/// Makes the words that reports are found by.
pub(super) async fn make_words(store: &Store) -> Result<(), BackupError> {
    let found: Vec<SummaryRecord> = reading!(&store.database, |pool| {
        sqlx::query_as(
            "SELECT id, revision, summary, wrapped FROM report
             JOIN report_key ON report_key.report_id = report.id ORDER BY id",
        )
        .fetch_all(pool)
        .await?
    });
    writing!(&store.database, |tx| {
        for row in &found {
            let id = row.id.parse();
            let id: ReportId = id.map_err(|_| StoreError::unreadable("a report's id"))?;
            let opened = store.keys.report_key(id, &row.wrapped).and_then(|key| {
                let part = Part::Summary(row.revision);
                key.open::<Summary>(part, &row.summary)
            });
            // What does not open did not open where it came from either.
            for word in opened.iter().flat_map(Summary::words) {
                sqlx::query("INSERT INTO report_word (report_id, word) VALUES ($1, $2)")
                    .bind(&row.id)
                    .bind(store.keys.word(&word))
                    .execute(&mut *tx)
                    .await?;
            }
        }
    });
    Ok(())
}
