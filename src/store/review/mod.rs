//! A report checked by a second person: who was asked, what she said of which section,
//! and how it ended.
//!
//! Here: the shapes of it, and reading them. Not here: the author's side (`asking`), the
//! second person's (`checking`), or what it means for a signature (`review::second`).
//! What either of them wrote is sealed, and so is the section it is about.

mod asking;
mod checking;

use std::{fmt, str::FromStr};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;

pub use self::{
    asking::{Asked, Named},
    checking::{AskedOf, CheckerStore, Decided, Decision},
};
use super::{AccountId, CommentId, RequestId, StoreError, parts::Part, report_key::ReportKey};

/// How a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReviewState {
    /// Asked, and not answered.
    Asked,
    /// Sent back with comments.
    Returned,
    /// Approved as it stood.
    Approved,
    /// Taken back by the author before it was answered.
    Withdrawn,
}

impl ReviewState {
    const ALL: [Self; 4] = [Self::Asked, Self::Returned, Self::Approved, Self::Withdrawn];
}

impl fmt::Display for ReviewState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Asked => "asked",
            Self::Returned => "returned",
            Self::Approved => "approved",
            Self::Withdrawn => "withdrawn",
        })
    }
}

impl FromStr for ReviewState {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|state| state.to_string() == text)
            .ok_or_else(|| StoreError::unreadable("how a check of a report stands"))
    }
}

/// One request to check a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewRequest {
    /// Its id.
    pub id: RequestId,
    /// Who asked, by name.
    pub asked_by: String,
    /// Who was asked.
    pub checker: AccountId,
    /// Her name.
    pub checker_name: String,
    /// How it stands.
    pub state: ReviewState,
    /// When she was asked.
    pub asked_at: DateTime<Utc>,
    /// The report's revision then.
    pub asked_revision: i64,
    /// When it was answered or taken back, and at which revision.
    pub decided: Option<(DateTime<Utc>, i64)>,
    /// What the author wrote to her.
    pub note: String,
    /// What she said, oldest first.
    pub comments: Vec<ReviewComment>,
}

/// Something said about one section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewComment {
    /// Its id.
    pub id: CommentId,
    /// Id of the section; empty for the report as a whole.
    pub section: String,
    /// What was said.
    pub text: String,
    /// When.
    pub at: DateTime<Utc>,
    /// When the author marked it as dealt with.
    pub done: Option<DateTime<Utc>>,
}

/// A comment as it is sealed.
#[derive(Serialize, Deserialize)]
struct Said {
    section: String,
    text: String,
}

#[derive(FromRow)]
struct RequestRecord {
    id: String,
    asked_by: String,
    checker_id: String,
    checker_name: String,
    state: String,
    asked_at: DateTime<Utc>,
    asked_revision: i64,
    decided_at: Option<DateTime<Utc>>,
    decided_revision: Option<i64>,
    content: Vec<u8>,
}

#[derive(FromRow)]
struct CommentRecord {
    id: String,
    request_id: String,
    at: DateTime<Utc>,
    done_at: Option<DateTime<Utc>>,
    content: Vec<u8>,
}

/// The requests of a report with their comments, oldest first, opened.
fn opened(
    key: &ReportKey,
    requests: Vec<RequestRecord>,
    comments: &[CommentRecord],
) -> Result<Vec<ReviewRequest>, StoreError> {
    let unreadable = || StoreError::unreadable("a check of a report");
    let one = |row: RequestRecord| {
        let mine = comments.iter().filter(|c| c.request_id == row.id);
        let said = mine.map(|c| {
            let id: CommentId = c.id.parse().map_err(|_| unreadable())?;
            let said: Said = key.open(Part::ReviewComment(id), &c.content)?;
            Ok(ReviewComment {
                id,
                section: said.section,
                text: said.text,
                at: c.at,
                done: c.done_at,
            })
        });
        let comments: Result<Vec<_>, StoreError> = said.collect();
        let id: RequestId = row.id.parse().map_err(|_| unreadable())?;
        Ok(ReviewRequest {
            id,
            asked_by: row.asked_by,
            checker: row.checker_id.parse().map_err(|_| unreadable())?,
            checker_name: row.checker_name,
            state: row.state.parse()?,
            asked_at: row.asked_at,
            asked_revision: row.asked_revision,
            decided: row.decided_at.zip(row.decided_revision),
            note: key.open(Part::Review(id), &row.content)?,
            comments: comments?,
        })
    };
    requests.into_iter().map(one).collect()
}

/// The rows of every request of a report, oldest first, and of their comments. A macro,
/// because it reads from either engine.
macro_rules! requests_of {
    ($pool:ident, $report:expr) => {{
        let requests: Vec<$crate::store::review::RequestRecord> = sqlx::query_as(
            "SELECT q.id, asker.display_name AS asked_by, q.checker_id,
             checker.display_name AS checker_name, q.state, q.asked_at, q.asked_revision,
             q.decided_at, q.decided_revision, q.content
             FROM review_request q
             JOIN account asker ON asker.id = q.asked_by
             JOIN account checker ON checker.id = q.checker_id
             WHERE q.report_id = $1 ORDER BY q.asked_at, q.id",
        )
        .bind($report)
        .fetch_all($pool)
        .await?;
        let comments: Vec<$crate::store::review::CommentRecord> = sqlx::query_as(
            "SELECT c.id, c.request_id, c.at, c.done_at, c.content FROM review_comment c
             JOIN review_request q ON q.id = c.request_id
             WHERE q.report_id = $1 ORDER BY c.at, c.id",
        )
        .bind($report)
        .fetch_all($pool)
        .await?;
        (requests, comments)
    }};
}
use requests_of;
