//! What chains the rows of the audit trail: each holds the hash of the one before, and its
//! own over everything in it.
//!
//! The hash is HMAC-SHA256 with a key derived from the database's (`keys`), and not a bare
//! SHA-256: whoever can write in every table, but has not the key, could otherwise write
//! the whole chain anew. Whoever has the key as well is found out by a head that was kept
//! elsewhere (`foreword audit verify --expect`).

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::record;
use crate::store::{
    AccountId, Action, ReportId, StoreError,
    database::{Database, to_millis, writing},
    keys::Keys,
};

/// The last link, and how far the log of the report that the next is about has come.
#[derive(FromRow)]
pub(in crate::store) struct LinkHead {
    pub(in crate::store) seq: i64,
    pub(in crate::store) hash: Vec<u8>,
    pub(in crate::store) revision: Option<i64>,
}

/// One row of the chain, without its own hash.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub(in crate::store) struct Link {
    pub(in crate::store) seq: i64,
    pub(in crate::store) at: DateTime<Utc>,
    pub(in crate::store) account_id: Option<String>,
    pub(in crate::store) report_id: Option<String>,
    pub(in crate::store) revision: Option<i64>,
    pub(in crate::store) action: String,
    pub(in crate::store) previous: Vec<u8>,
}

impl Link {
    /// The link after the head.
    pub(in crate::store) fn after(
        head: LinkHead,
        account_id: Option<String>,
        report_id: Option<String>,
        action: String,
        now: DateTime<Utc>,
    ) -> Self {
        Self {
            seq: head.seq + 1,
            // Engines keep finer times differently, and the hash is over what comes back.
            at: to_millis(now),
            account_id,
            report_id,
            revision: head.revision,
            action,
            previous: head.hash,
        }
    }

    /// Its hash: over a JSON array of every field in this order, which can be read in one
    /// way only.
    pub(in crate::store) fn hash(&self, keys: &Keys) -> Vec<u8> {
        let whole = serde_json::json!([
            self.seq,
            self.at.timestamp_millis(),
            self.account_id,
            self.report_id,
            self.revision,
            self.action,
            hex::encode(&self.previous),
        ]);
        keys.link(whole.to_string().as_bytes())
    }
}

/// A row from before the trail was a chain.
#[derive(FromRow)]
struct EarlierRecord {
    at: DateTime<Utc>,
    account_id: Option<String>,
    report_id: Option<String>,
    action: String,
}

/// Takes the rows from before the trail was a chain into it, in their order, once. Only
/// an empty chain takes them: rows put there later are somebody's invention.
pub(in crate::store) async fn chain_earlier(database: &Database) -> Result<(), StoreError> {
    let for_writing = database.dialect().audit_head_for_writing;
    let unreadable = || StoreError::unreadable("an earlier row of the audit trail");
    writing!(database, |tx| {
        let head: LinkHead = sqlx::query_as(for_writing)
            .bind(None::<String>)
            .fetch_one(&mut *tx)
            .await?;
        if head.seq > 0 {
            return Ok(());
        }
        let earlier: Vec<EarlierRecord> = sqlx::query_as(
            "SELECT at, account_id, report_id, action FROM audit_unchained ORDER BY at, id",
        )
        .fetch_all(&mut *tx)
        .await?;
        for row in &earlier {
            let account: Option<AccountId> = row
                .account_id
                .as_deref()
                .map(str::parse)
                .transpose()
                .map_err(|_| unreadable())?;
            let report: Option<ReportId> = row
                .report_id
                .as_deref()
                .map(str::parse)
                .transpose()
                .map_err(|_| unreadable())?;
            let action: Action = row.action.parse()?;
            record!(tx, account, report, action, row.at);
        }
        if !earlier.is_empty() {
            sqlx::query("DELETE FROM audit_unchained")
                .execute(&mut *tx)
                .await?;
        }
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::SecretKey;

    fn link() -> Link {
        Link {
            seq: 3,
            at: "2026-11-29T10:00:00Z".parse().unwrap(),
            account_id: Some("a".into()),
            report_id: None,
            revision: Some(4),
            action: "report-viewed".into(),
            previous: vec![7; 32],
        }
    }

    #[test]
    fn every_field_and_the_key_count() {
        let keys = Keys::derive(&SecretKey::random().unwrap());
        let hash = link().hash(&keys);
        assert_eq!(hash, link().hash(&keys));
        let changes: [fn(&mut Link); 7] = [
            |l| l.seq = 4,
            |l| l.at += chrono::TimeDelta::milliseconds(1),
            |l| l.account_id = None,
            |l| l.report_id = l.account_id.take(),
            |l| l.revision = None,
            |l| l.action = "report-exported".into(),
            |l| l.previous[31] ^= 1,
        ];
        for (number, change) in changes.iter().enumerate() {
            let mut other = link();
            change(&mut other);
            assert_ne!(hash, other.hash(&keys), "change {number}");
        }
        let elsewhere = Keys::derive(&SecretKey::random().unwrap());
        assert_ne!(hash, link().hash(&elsewhere));
    }
}
