//! Reports that somebody may read although another wrote them: those of her team, those
//! that name her, and those she broke the glass for. She can read them, and take a team
//! report over with a reason; there is no other way in here to write into them.
//!
//! A restricted report is seen by its author and by those it names, and by nobody else
//! of the team: not in lists, not by its id, not in numbers.
//!
//! Not here: restricting a report (`restricted`), or a check (`review`).

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::FromRow;

use super::{
    AccountId, Action, AuthorStore, LoadedReport, OpeningId, ReportId, ReportRow, Store,
    StoreError,
    audit::record,
    database::{reading, to_millis, writing},
    parts::Part,
    report_key::ReportKey,
    reports::ListRecord,
    review::ReviewState,
    summary::{Sought, Summary},
};

/// How long the glass stays broken: as long as one sitting needs, and no working day.
pub const BROKEN_FOR: TimeDelta = TimeDelta::hours(4);

/// Reports of others that one account may read. Every statement behind it names it.
#[derive(Debug, Clone, Copy)]
pub struct ColleagueStore<'a> {
    store: &'a Store,
    account: AccountId,
}

/// Why somebody may read another's report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MayRead {
    /// It is of her team, and unrestricted or naming her: she may take it over.
    Colleague,
    /// She broke the glass; until then.
    BrokeGlass(DateTime<Utc>),
}

/// A report of another, as a list shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct OfColleague {
    /// The report.
    pub row: ReportRow,
    /// Its author.
    pub author: String,
    /// Why she may read it.
    pub why: MayRead,
}

/// How breaking the glass ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broke {
    /// It is open to her, until then.
    Open(ReportId, DateTime<Utc>),
    /// There is no such report in her area that she could not read before.
    None,
}

#[derive(FromRow)]
struct SeenRecord {
    #[sqlx(flatten)]
    row: ListRecord,
    author: String,
    owner_id: String,
    colleague: i64,
    until: Option<DateTime<Utc>>,
}

#[derive(FromRow)]
struct SoughtRecord {
    id: String,
    revision: i64,
    summary: Vec<u8>,
    wrapped: Vec<u8>,
}

/// What another may read, with the conditions told apart: `$1` is who, `$2` is now.
macro_rules! seen {
    ($more:literal) => {
        concat!(
            "SELECT * FROM (SELECT report.id, report.fictional, report.created_at,
             report.updated_at, report.revision, report.summary, report.owner_id,
             report_key.wrapped, owner.display_name AS author,
             (CASE WHEN (report.restricted_at IS NULL AND owner.team_id = (SELECT team_id FROM
              account WHERE id = $1)) OR EXISTS (SELECT 1 FROM report_named WHERE
              report_named.report_id = report.id AND report_named.account_id = $1)
              THEN CAST(1 AS BIGINT) ELSE CAST(0 AS BIGINT) END) AS colleague,
             (SELECT MAX(until) FROM report_opening WHERE report_opening.report_id = report.id
              AND report_opening.account_id = $1 AND report_opening.until > $2) AS until
             FROM report JOIN account AS owner ON owner.id = report.owner_id
             JOIN report_key ON report_key.report_id = report.id
             WHERE report.owner_id <> $1) AS seen
             WHERE (seen.colleague = 1 OR seen.until IS NOT NULL) ",
            $more
        )
    };
}

impl SeenRecord {
    fn why(&self) -> MayRead {
        match self.until {
            Some(until) if self.colleague == 0 => MayRead::BrokeGlass(until),
            _ => MayRead::Colleague,
        }
    }
}

impl Store {
    /// The reports of others that somebody may read.
    #[must_use]
    pub fn as_colleague(&self, account: AccountId) -> ColleagueStore<'_> {
        ColleagueStore {
            store: self,
            account,
        }
    }
}

impl ColleagueStore<'_> {
    /// All of them, the latest change first.
    ///
    /// # Errors
    /// The database failed, or what it holds does not open.
    pub async fn list(self, now: DateTime<Utc>) -> Result<Vec<OfColleague>, StoreError> {
        let found: Vec<SeenRecord> = reading!(&self.store.database, |pool| {
            sqlx::query_as(seen!("ORDER BY seen.updated_at DESC, seen.id DESC"))
                .bind(self.account.to_string())
                .bind(to_millis(now))
                .fetch_all(pool)
                .await?
        });
        let mut seen = Vec::with_capacity(found.len());
        for record in found {
            let (author, why) = (record.author.clone(), record.why());
            let rows = AuthorStore::new(self.store, self.account).rows(vec![record.row], |_| true);
            let of = rows?.into_iter().map(|row| OfColleague {
                row,
                author: author.clone(),
                why,
            });
            seen.extend(of);
        }
        Ok(seen)
    }

    /// One of them, with its author's name and why she may read it.
    ///
    /// # Errors
    /// The database failed, or what it holds does not open.
    pub async fn load(
        self,
        report: ReportId,
        now: DateTime<Utc>,
    ) -> Result<Option<(LoadedReport, String, MayRead)>, StoreError> {
        let found: Option<SeenRecord> = reading!(&self.store.database, |pool| {
            sqlx::query_as(seen!("AND seen.id = $3"))
                .bind(self.account.to_string())
                .bind(to_millis(now))
                .bind(report.to_string())
                .fetch_optional(pool)
                .await?
        });
        let Some(found) = found else { return Ok(None) };
        let owner: AccountId = found
            .owner_id
            .parse()
            .map_err(|_| StoreError::unreadable("a report's owner"))?;
        let loaded = AuthorStore::new(self.store, owner).load(report).await?;
        // What the author typed and could not save is hers alone.
        Ok(loaded.map(|loaded| {
            let loaded = LoadedReport {
                has_unsent: false,
                ..loaded
            };
            (loaded, found.author.clone(), found.why())
        }))
    }

    /// Makes a team report hers, with the reason kept sealed beside it. A check that she
    /// was asked for ends: nobody checks what is her own. False where it is no report of
    /// a colleague.
    ///
    /// # Errors
    /// The database failed; the report stays its author's then.
    pub async fn take_over(
        self,
        report: ReportId,
        reason: &str,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let now = to_millis(now);
        let opening = OpeningId::new(now);
        let (id, me) = (report.to_string(), self.account.to_string());
        Ok(writing!(&self.store.database, |tx| {
            let found: Option<SeenRecord> = sqlx::query_as(seen!("AND seen.id = $3"))
                .bind(&me)
                .bind(now)
                .bind(&id)
                .fetch_optional(&mut *tx)
                .await?;
            let Some(found) = found.filter(|f| f.why() == MayRead::Colleague) else {
                return Ok(false);
            };
            let taken =
                sqlx::query("UPDATE report SET owner_id = $2 WHERE id = $1 AND owner_id = $3")
                    .bind(&id)
                    .bind(&me)
                    .bind(&found.owner_id)
                    .execute(&mut *tx)
                    .await?
                    .rows_affected();
            if taken == 0 {
                // Another colleague was quicker.
                return Ok(false);
            }
            // Who wrote a restricted report so far goes on seeing it.
            sqlx::query(
                "INSERT INTO report_named (report_id, account_id, since)
                 SELECT id, $2, $3 FROM report WHERE id = $1 AND restricted_at IS NOT NULL
                 ON CONFLICT (report_id, account_id) DO NOTHING",
            )
            .bind(&id)
            .bind(&found.owner_id)
            .bind(now)
            .execute(&mut *tx)
            .await?;
            sqlx::query(
                "UPDATE review_request SET state = $3, decided_at = $4, decided_revision = $5
                 WHERE report_id = $1 AND checker_id = $2 AND state <> $3",
            )
            .bind(&id)
            .bind(&me)
            .bind(ReviewState::Withdrawn.to_string())
            .bind(now)
            .bind(found.row.revision)
            .execute(&mut *tx)
            .await?;
            let key = found.row.key(&self.store.keys)?;
            let sealed = key.seal(Part::Opening(opening), &reason)?;
            insert_opening!(
                tx,
                opening,
                &id,
                &me,
                "take-over",
                None::<DateTime<Utc>>,
                sealed,
                now
            );
            let who = Some(self.account);
            record!(tx, who, Some(report), Action::ReportTakenOver, now);
            true
        }))
    }

    /// Opens a report of her area that she could not read, for [`BROKEN_FOR`]: by the
    /// court's case number or the CRN, whole, and a reason. Its author sees who and why;
    /// so does the auditor. An attempt that finds nothing is in the audit trail too.
    ///
    /// # Errors
    /// The database failed; nothing is open then.
    pub async fn break_glass(
        self,
        reference: &str,
        reason: &str,
        now: DateTime<Utc>,
    ) -> Result<Broke, StoreError> {
        let now = to_millis(now);
        let me = self.account.to_string();
        let Some(key) = self.sought(reference, now).await? else {
            writing!(&self.store.database, |tx| {
                let who = Some(self.account);
                record!(tx, who, None::<ReportId>, Action::GlassNotBroken, now);
            });
            return Ok(Broke::None);
        };
        let (report, opening, until) = (key.report(), OpeningId::new(now), now + BROKEN_FOR);
        let sealed = key.seal(Part::Opening(opening), &reason)?;
        writing!(&self.store.database, |tx| {
            let id = report.to_string();
            insert_opening!(
                tx,
                opening,
                &id,
                &me,
                "broken-glass",
                Some(until),
                sealed,
                now
            );
            let who = Some(self.account);
            record!(tx, who, Some(report), Action::GlassBroken, now);
        });
        Ok(Broke::Open(report, until))
    }

    /// The key of the report of her area with this reference, where she cannot read it
    /// yet.
    async fn sought(
        self,
        reference: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<ReportKey>, StoreError> {
        let Some(sought) = Sought::from(reference) else {
            return Ok(None);
        };
        let found: Vec<SoughtRecord> = reading!(&self.store.database, |pool| {
            sqlx::query_as(
                "SELECT report.id, report.revision, report.summary, report_key.wrapped FROM report
                 JOIN report_key ON report_key.report_id = report.id
                 JOIN report_word ON report_word.report_id = report.id
                 JOIN account AS owner ON owner.id = report.owner_id
                 JOIN team AS theirs ON theirs.id = owner.team_id
                 JOIN account AS me ON me.id = $1
                 JOIN team AS mine ON mine.id = me.team_id
                 WHERE report_word.word = $2 AND theirs.area_id = mine.area_id
                 AND report.owner_id <> $1 ORDER BY report.updated_at DESC, report.id",
            )
            .bind(self.account.to_string())
            .bind(self.store.keys.word(&sought.whole))
            .fetch_all(pool)
            .await?
        });
        for record in found {
            let id: ReportId = record
                .id
                .parse()
                .map_err(|_| StoreError::unreadable("a report's id"))?;
            let key = self.store.keys.report_key(id, &record.wrapped)?;
            let summary: Summary = key.open(Part::Summary(record.revision), &record.summary)?;
            // A name is not enough: the index holds her name's words too.
            if summary.has_reference(&sought) && self.load(id, now).await?.is_none() {
                return Ok(Some(key));
            }
        }
        Ok(None)
    }
}

/// Writes down that a report was opened or taken over, in a transaction of either engine.
macro_rules! insert_opening {
    ($tx:ident, $opening:expr, $report:expr, $account:expr, $kind:literal, $until:expr,
     $sealed:expr, $now:expr) => {
        sqlx::query(
            "INSERT INTO report_opening (id, report_id, account_id, kind, at, until, content)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind($opening.to_string())
        .bind($report)
        .bind($account)
        .bind($kind)
        .bind($now)
        .bind($until)
        .bind(&$sealed)
        .execute(&mut *$tx)
        .await?;
    };
}
use insert_opening;
