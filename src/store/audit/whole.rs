//! Whether the audit trail is whole, and where it is not: a row changed, missing, moved,
//! the end cut off; and whether the reports are still as far as the trail saw them.
//!
//! It reads and changes nothing. What it cannot find out by itself is an end that was cut
//! off together with the head: for that, a head is kept elsewhere and expected here.

use std::{collections::BTreeMap, fmt};

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::Link;
use crate::store::{Action, Store, StoreError, database::reading};

/// Rows read at a time.
const AT_A_TIME: i64 = 5_000;

/// The trail is whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whole {
    /// How many rows.
    pub rows: i64,
    /// The first act and the last.
    pub between: Option<(DateTime<Utc>, DateTime<Utc>)>,
    /// Hash of the last row, 64 hexadecimal digits: to be kept elsewhere.
    pub head: String,
}

/// Where the trail is not whole: the first fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    /// A row holds something else than when it was written.
    Changed {
        /// Its number.
        row: i64,
        /// The time that now stands in it.
        at: DateTime<Utc>,
    },
    /// Rows are missing between others.
    Missing {
        /// The first that is missing.
        from: i64,
        /// The last that is missing.
        until: i64,
        /// When the row after them was written.
        before: DateTime<Utc>,
    },
    /// A row stands in another place than it was written in.
    Moved {
        /// Where it stands.
        row: i64,
        /// Where it was written.
        was: i64,
        /// When.
        at: DateTime<Utc>,
    },
    /// The last rows are missing.
    CutOff {
        /// The last row that is there; 0 where there is none.
        last: i64,
        /// The last row that there was.
        head: i64,
    },
    /// The head is not the last row's.
    HeadChanged {
        /// The last row.
        last: i64,
    },
    /// The head that was kept elsewhere is none of this trail's: it was cut off before it,
    /// or written anew.
    NotContinued,
    /// A report is gone that nobody erased.
    ReportGone {
        /// The report.
        report: String,
    },
    /// A report's log is shorter than the trail saw it, or has a gap.
    ReportCutBack {
        /// The report.
        report: String,
        /// How far the trail saw its log.
        seen: i64,
        /// How many writes it has.
        has: i64,
    },
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = |at: &DateTime<Utc>| at.format("%-d %B %Y, %H:%M:%S").to_string();
        match self {
            Self::Changed { row, at } => write!(
                f,
                "row {row} was changed: what stands in it, with the time {} (UTC), is not what was written",
                time(at)
            ),
            Self::Missing { from, until, before } if from == until => write!(
                f,
                "row {from} is missing: the next one is of {} (UTC)",
                time(before)
            ),
            Self::Missing { from, until, before } => write!(
                f,
                "rows {from} to {until} are missing: the next one is of {} (UTC)",
                time(before)
            ),
            Self::Moved { row, was, at } => write!(
                f,
                "row {row} stands in the wrong place: it was written as row {was}, on {} (UTC)",
                time(at)
            ),
            Self::CutOff { last, head } => write!(
                f,
                "the end is cut off: the trail went up to row {head} and ends with row {last}"
            ),
            Self::HeadChanged { last } => write!(
                f,
                "the mark of the last row was changed: it does not belong to row {last}"
            ),
            Self::NotContinued => f.write_str(
                "the head you kept is none of this trail's: it was cut off before that row, or written anew",
            ),
            Self::ReportGone { report } => write!(
                f,
                "report {report} is in the trail and not in the database, and nobody erased it here"
            ),
            Self::ReportCutBack { report, seen, has } => write!(
                f,
                "report {report} was put back: the trail saw {seen} saves in it, and it has {has}"
            ),
        }
    }
}

#[derive(FromRow)]
struct ChainRecord {
    #[sqlx(flatten)]
    link: Link,
    hash: Vec<u8>,
}

#[derive(FromRow)]
struct HeadRecord {
    seq: i64,
    hash: Vec<u8>,
}

#[derive(FromRow)]
struct LogRecord {
    id: String,
    revision: i64,
    writes: i64,
    last: i64,
}

/// How far the walk along the chain has come.
struct Walk {
    seq: i64,
    hash: Vec<u8>,
    first: Option<DateTime<Utc>>,
    last: Option<DateTime<Utc>>,
    met_expected: bool,
    /// How far the trail saw each report's log; none once it was erased.
    reports: BTreeMap<String, Option<i64>>,
}

impl Store {
    /// Proves the audit trail whole, or says where it is not. `expected` is the head of an
    /// earlier day, in hexadecimal digits, which the trail must still lead through.
    ///
    /// # Errors
    /// The database failed.
    pub async fn verify_audit(
        &self,
        expected: Option<&str>,
    ) -> Result<Result<Whole, Broken>, StoreError> {
        // Read first: what is added meanwhile lies beyond it.
        let head: HeadRecord = reading!(&self.database, |pool| {
            sqlx::query_as("SELECT seq, hash FROM audit_head WHERE id = 1")
                .fetch_one(pool)
                .await?
        });
        let expected = expected.map(|text| text.trim().to_lowercase());
        let mut walk = Walk {
            seq: 0,
            hash: vec![0; 32],
            first: None,
            last: None,
            met_expected: expected.is_none(),
            reports: BTreeMap::new(),
        };
        loop {
            let rows: Vec<ChainRecord> = reading!(&self.database, |pool| {
                sqlx::query_as(
                    "SELECT seq, at, account_id, report_id, revision, action, previous, hash
                     FROM audit WHERE seq > $1 AND seq <= $2 ORDER BY seq LIMIT $3",
                )
                .bind(walk.seq)
                .bind(head.seq)
                .bind(AT_A_TIME)
                .fetch_all(pool)
                .await?
            });
            if rows.is_empty() {
                break;
            }
            for row in rows {
                if let Some(broken) = self.judge_row(&walk, &row).await? {
                    return Ok(Err(broken));
                }
                walk.on(row, expected.as_deref());
            }
        }
        if walk.seq < head.seq {
            return Ok(Err(Broken::CutOff {
                last: walk.seq,
                head: head.seq,
            }));
        }
        if walk.hash != head.hash || self.audit_beyond(head.seq).await? {
            return Ok(Err(Broken::HeadChanged { last: walk.seq }));
        }
        if !walk.met_expected {
            return Ok(Err(Broken::NotContinued));
        }
        if let Some(broken) = self.reports_seen(&walk.reports).await? {
            return Ok(Err(broken));
        }
        Ok(Ok(Whole {
            rows: walk.seq,
            between: walk.first.zip(walk.last),
            head: hex::encode(&walk.hash),
        }))
    }

    /// What is wrong with the row that comes after those walked along.
    async fn judge_row(
        &self,
        walk: &Walk,
        row: &ChainRecord,
    ) -> Result<Option<Broken>, StoreError> {
        let link = &row.link;
        let expected = walk.seq + 1;
        let fits = link.hash(&self.keys) == row.hash;
        if fits && link.seq == expected && link.previous == walk.hash {
            return Ok(None);
        }
        if fits && link.seq > expected {
            return Ok(Some(Broken::Missing {
                from: expected,
                until: link.seq - 1,
                before: link.at,
            }));
        }
        // Where would it fit? After the row whose hash it holds.
        let before: Option<i64> = reading!(&self.database, |pool| {
            sqlx::query_scalar("SELECT seq FROM audit WHERE hash = $1")
                .bind(&link.previous)
                .fetch_optional(pool)
                .await?
        });
        // The row after which it was written may have been moved itself, so that its
        // number is tried too.
        let near = [
            before.map(|b| b + 1),
            Some(link.seq - 1),
            Some(link.seq + 1),
        ];
        let was = near.into_iter().flatten().find(|seq| {
            let there = Link {
                seq: *seq,
                ..link.clone()
            };
            *seq != link.seq && there.hash(&self.keys) == row.hash
        });
        Ok(Some(match was {
            Some(was) => Broken::Moved {
                row: link.seq,
                was,
                at: link.at,
            },
            None => Broken::Changed {
                row: link.seq,
                at: link.at,
            },
        }))
    }

    /// Whether rows lie beyond the head that the head does not know of by now.
    async fn audit_beyond(&self, seq: i64) -> Result<bool, StoreError> {
        let (now, last): (i64, i64) = reading!(&self.database, |pool| {
            sqlx::query_as(
                "SELECT seq, (SELECT COALESCE(MAX(seq), 0) FROM audit) FROM audit_head WHERE id = 1",
            )
            .fetch_one(pool)
            .await?
        });
        Ok(last > now || now < seq)
    }

    /// The first report that is no longer as far as the trail saw it.
    async fn reports_seen(
        &self,
        seen: &BTreeMap<String, Option<i64>>,
    ) -> Result<Option<Broken>, StoreError> {
        let logs: Vec<LogRecord> = reading!(&self.database, |pool| {
            sqlx::query_as(
                "SELECT report.id, report.revision, COUNT(revision.seq) AS writes,
                 COALESCE(MAX(revision.seq), 0) AS last
                 FROM report LEFT JOIN revision ON revision.report_id = report.id
                 GROUP BY report.id, report.revision ORDER BY report.id",
            )
            .fetch_all(pool)
            .await?
        });
        let logs: BTreeMap<&str, &LogRecord> = logs.iter().map(|l| (l.id.as_str(), l)).collect();
        for (report, revision) in seen {
            let (Some(revision), report) = (revision, report.clone()) else {
                continue;
            };
            let Some(log) = logs.get(report.as_str()) else {
                return Ok(Some(Broken::ReportGone { report }));
            };
            let whole = log.writes == log.last && log.last == log.revision;
            if !whole || log.revision < *revision {
                return Ok(Some(Broken::ReportCutBack {
                    report,
                    seen: (*revision).max(log.revision),
                    has: log.writes,
                }));
            }
        }
        Ok(None)
    }
}

impl Walk {
    /// Goes on to a row that fits.
    fn on(&mut self, row: ChainRecord, expected: Option<&str>) {
        let link = row.link;
        self.seq = link.seq;
        self.first = self.first.or(Some(link.at));
        self.last = Some(link.at);
        self.met_expected |= expected == Some(hex::encode(&row.hash).as_str());
        self.hash = row.hash;
        if let Some(report) = link.report_id {
            // Asking for a report says nothing of whether there is one.
            if link.action == Action::ReportErased.to_string() {
                self.reports.insert(report, None);
            } else if link.action != Action::ReportRefused.to_string() {
                let seen = self.reports.entry(report).or_insert(Some(0));
                if link.action == Action::ReportLeftOut.to_string() {
                    *seen = None;
                } else if let Some(seen) = seen {
                    *seen = (*seen).max(link.revision.unwrap_or(0));
                }
            }
        }
    }
}
