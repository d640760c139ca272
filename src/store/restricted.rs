//! Restricting a report to named people, and who opened or took over a report although
//! it was another's.
//!
//! Not here: what those people may read (`colleagues`).

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::{
    AccountId, Action, AuthorStore, OpeningId, ReportId, SaveError, Store, StoreError,
    audit::record,
    database::{reading, to_millis, writing},
    parts::Part,
};

/// Somebody named by a restricted report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedPerson {
    /// Her account.
    pub id: AccountId,
    /// Her name.
    pub name: String,
    /// The address she signs in with.
    pub email: String,
}

/// How a report was come by that is another's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpeningKind {
    /// A colleague took it over.
    TakenOver,
    /// Somebody of the area broke the glass.
    BrokenGlass,
}

/// That a report was taken over or opened, by whom, and why she said she needed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// The report.
    pub report: ReportId,
    /// How.
    pub kind: OpeningKind,
    /// Who.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// When it was or is over; none where it was taken over.
    pub until: Option<DateTime<Utc>>,
    /// Who wrote the report now.
    pub author: String,
    /// Why, in her words.
    pub reason: String,
}

#[derive(FromRow)]
struct OpeningRecord {
    id: String,
    report_id: String,
    kind: String,
    opener: String,
    at: DateTime<Utc>,
    until: Option<DateTime<Utc>>,
    author: String,
    content: Vec<u8>,
    wrapped: Vec<u8>,
}

#[derive(FromRow)]
struct PersonRecord {
    id: String,
    display_name: String,
    email: String,
}

/// Openings with the names of both people.
macro_rules! openings_where {
    ($condition:literal) => {
        concat!(
            "SELECT o.id, o.report_id, o.kind, opener.display_name AS opener, o.at, o.until,
             author.display_name AS author, o.content, report_key.wrapped
             FROM report_opening o JOIN account opener ON opener.id = o.account_id
             JOIN report ON report.id = o.report_id
             JOIN report_key ON report_key.report_id = report.id
             JOIN account author ON author.id = report.owner_id ",
            $condition,
            " ORDER BY o.at DESC, o.id DESC"
        )
    };
}

impl Store {
    /// Every report that was opened or taken over, the latest first: for auditors.
    ///
    /// # Errors
    /// The database failed, or what it holds does not open.
    pub async fn openings(&self) -> Result<Vec<Opening>, StoreError> {
        let found: Vec<OpeningRecord> = reading!(&self.database, |pool| {
            sqlx::query_as(openings_where!("")).fetch_all(pool).await?
        });
        found.into_iter().map(|row| self.opening(&row)).collect()
    }

    fn opening(&self, row: &OpeningRecord) -> Result<Opening, StoreError> {
        let fault = |_| StoreError::unreadable("an opening of a report");
        let report: ReportId = row.report_id.parse().map_err(fault)?;
        let id: OpeningId = row.id.parse().map_err(fault)?;
        let key = self.keys.report_key(report, &row.wrapped)?;
        Ok(Opening {
            report,
            kind: match row.kind.as_str() {
                "take-over" => OpeningKind::TakenOver,
                "broken-glass" => OpeningKind::BrokenGlass,
                _ => return Err(StoreError::unreadable("an opening of a report")),
            },
            by: row.opener.clone(),
            at: row.at,
            until: row.until,
            author: row.author.clone(),
            reason: key.open(Part::Opening(id), &row.content)?,
        })
    }
}

impl AuthorStore<'_> {
    /// Whom one of her reports is restricted to beside herself; none where it is not
    /// restricted.
    ///
    /// # Errors
    /// It is not her report, or the database failed.
    pub async fn restricted_to(
        self,
        report: ReportId,
    ) -> Result<Option<Vec<NamedPerson>>, SaveError> {
        let (id, owner) = (report.to_string(), self.account.to_string());
        let (since, people): (Option<Option<DateTime<Utc>>>, Vec<PersonRecord>) =
            reading!(&self.store.database, |pool| {
                let since = sqlx::query_scalar(
                    "SELECT restricted_at FROM report WHERE id = $1 AND owner_id = $2",
                )
                .bind(&id)
                .bind(&owner)
                .fetch_optional(pool)
                .await?;
                let people = sqlx::query_as(
                    "SELECT account.id, account.display_name, account.email FROM account
                     JOIN report_named ON report_named.account_id = account.id
                     JOIN report ON report.id = report_named.report_id
                     WHERE report.id = $1 AND report.owner_id = $2 ORDER BY account.id",
                )
                .bind(&id)
                .bind(&owner)
                .fetch_all(pool)
                .await?;
                (since, people)
            });
        if since.ok_or(SaveError::NoSuchReport)?.is_none() {
            return Ok(None);
        }
        let named = people.into_iter().map(|row| {
            Ok(NamedPerson {
                id: row
                    .id
                    .parse()
                    .map_err(|_| StoreError::unreadable("an account's id"))?,
                name: row.display_name,
                email: row.email,
            })
        });
        Ok(Some(named.collect::<Result<_, StoreError>>()?))
    }

    /// Restricts one of her reports to herself and these, or (`None`) no longer.
    ///
    /// # Errors
    /// It is not her report, or the database failed; nothing changes then.
    pub async fn restrict(
        self,
        report: ReportId,
        to: Option<&[AccountId]>,
        now: DateTime<Utc>,
    ) -> Result<(), SaveError> {
        let now = to_millis(now);
        let (id, owner) = (report.to_string(), self.account.to_string());
        writing!(&self.store.database, |tx| {
            let changed =
                sqlx::query("UPDATE report SET restricted_at = $3 WHERE id = $1 AND owner_id = $2")
                    .bind(&id)
                    .bind(&owner)
                    .bind(to.map(|_| now))
                    .execute(&mut *tx)
                    .await?
                    .rows_affected();
            if changed == 0 {
                return Err(SaveError::NoSuchReport);
            }
            sqlx::query("DELETE FROM report_named WHERE report_id = $1")
                .bind(&id)
                .execute(&mut *tx)
                .await?;
            for person in to.unwrap_or_default() {
                sqlx::query(
                    "INSERT INTO report_named (report_id, account_id, since) VALUES ($1, $2, $3)
                     ON CONFLICT (report_id, account_id) DO NOTHING",
                )
                .bind(&id)
                .bind(person.to_string())
                .bind(now)
                .execute(&mut *tx)
                .await?;
            }
            let action = match to {
                Some(_) => Action::ReportRestricted,
                None => Action::RestrictionLifted,
            };
            record!(tx, Some(self.account), Some(report), action, now);
        });
        Ok(())
    }

    /// Who opened or took over one of her reports, the latest first.
    ///
    /// # Errors
    /// The database failed, or what it holds does not open.
    pub async fn openings(self, report: ReportId) -> Result<Vec<Opening>, StoreError> {
        let found: Vec<OpeningRecord> = reading!(&self.store.database, |pool| {
            sqlx::query_as(openings_where!(
                "WHERE report.id = $1 AND report.owner_id = $2"
            ))
            .bind(report.to_string())
            .bind(self.account.to_string())
            .fetch_all(pool)
            .await?
        });
        let opened = found.iter().map(|row| self.store.opening(row));
        opened.collect()
    }
}
