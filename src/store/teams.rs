//! Teams and areas: who works beside whom. A team (a court team, a probation delivery
//! unit) belongs to one area, and an account to one team or to none. Whoever belongs to
//! none has no colleagues here, and sees no report but her own.
//!
//! Not here: what colleagues may see of each other's reports (`colleagues`).

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::{
    Account, AccountId, Action, ReportId, Store, StoreError, TeamId,
    administering::note_change,
    audit::record,
    database::{reading, to_millis, writing},
};

/// A team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    /// Its id.
    pub id: TeamId,
    /// Its name.
    pub name: String,
    /// Name of its area.
    pub area: String,
}

/// What an area lead sees of one team: its people and its work in numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamOfArea {
    /// The team.
    pub team: Team,
    /// Its accounts, by name.
    pub people: Vec<Account>,
    /// Reports that are being written.
    pub open: i64,
    /// Reports that are signed.
    pub signed: i64,
}

#[derive(FromRow)]
struct TeamRecord {
    id: String,
    name: String,
    area: String,
}

impl TryFrom<TeamRecord> for Team {
    type Error = StoreError;

    fn try_from(row: TeamRecord) -> Result<Self, StoreError> {
        let id = row.id.parse();
        Ok(Self {
            id: id.map_err(|_| StoreError::unreadable("a team's id"))?,
            name: row.name,
            area: row.area,
        })
    }
}

#[derive(FromRow)]
struct CountRecord {
    team_id: String,
    open: i64,
    signed: i64,
}

impl Store {
    /// Every team, by area and name.
    ///
    /// # Errors
    /// The database failed.
    pub async fn teams(&self) -> Result<Vec<Team>, StoreError> {
        let rows: Vec<TeamRecord> = reading!(&self.database, |pool| {
            sqlx::query_as(
                "SELECT team.id, team.name, area.name AS area
                 FROM team JOIN area ON area.id = team.area_id",
            )
            .fetch_all(pool)
            .await?
        });
        let teams = rows.into_iter().map(Team::try_from);
        let mut teams = teams.collect::<Result<Vec<_>, _>>()?;
        // Not by the database: engines put letters in order differently.
        teams.sort_by(|a, b| (&a.area, &a.name).cmp(&(&b.area, &b.name)));
        Ok(teams)
    }

    /// Whether anybody else of somebody's team may sign in: where nobody does, pages say
    /// nothing of colleagues.
    ///
    /// # Errors
    /// The database failed.
    pub async fn has_colleagues(&self, account: AccountId) -> Result<bool, StoreError> {
        Ok(reading!(&self.database, |pool| {
            let others: i64 = sqlx::query_scalar(
                "SELECT COUNT(*) FROM account JOIN account AS me ON me.team_id = account.team_id
                 WHERE me.id = $1 AND account.id <> $1 AND account.disabled_at IS NULL",
            )
            .bind(account.to_string())
            .fetch_one(pool)
            .await?;
            others > 0
        }))
    }

    /// Makes a team, and its area where there is none of this name. False where the area
    /// has a team of this name already.
    ///
    /// # Errors
    /// The database failed.
    pub async fn add_team(
        &self,
        area: &str,
        name: &str,
        by: AccountId,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let now = to_millis(now);
        Ok(writing!(&self.database, |tx| {
            let made = make_team!(tx, area, name, now);
            record!(tx, Some(by), None::<ReportId>, Action::TeamsChanged, now);
            made.is_some()
        }))
    }

    /// Puts somebody into a team, or into none.
    ///
    /// # Errors
    /// The database failed.
    pub async fn set_team(
        &self,
        account: AccountId,
        team: Option<TeamId>,
        by: AccountId,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let now = to_millis(now);
        writing!(&self.database, |tx| {
            let changed = sqlx::query(
                "UPDATE account SET team_id = $2
                 WHERE id = $1 AND COALESCE(team_id, '') <> COALESCE($2, '')",
            )
            .bind(account.to_string())
            .bind(team.map(|team| team.to_string()))
            .execute(&mut *tx)
            .await?
            .rows_affected();
            if changed > 0 {
                note_change!(tx, account, by, "team", now);
                record!(tx, Some(by), None::<ReportId>, Action::TeamsChanged, now);
            }
        });
        Ok(())
    }

    /// The area that somebody leads, team by team: that of her own team. Reports that
    /// are restricted, and examples, are in no number.
    ///
    /// # Errors
    /// The database failed.
    pub async fn area_of(&self, lead: &Account) -> Result<Vec<TeamOfArea>, StoreError> {
        let teams = self.teams().await?;
        let own = teams.iter().find(|team| Some(team.id) == lead.team);
        let Some(area) = own.map(|team| team.area.clone()) else {
            return Ok(Vec::new());
        };
        let counts: Vec<CountRecord> = reading!(&self.database, |pool| {
            sqlx::query_as(
                "SELECT account.team_id,
                 COUNT(*) - COUNT(report.signed_at) AS open, COUNT(report.signed_at) AS signed
                 FROM report JOIN account ON account.id = report.owner_id
                 WHERE account.team_id IS NOT NULL AND report.restricted_at IS NULL
                 AND NOT report.fictional
                 GROUP BY account.team_id",
            )
            .fetch_all(pool)
            .await?
        });
        let accounts = self.accounts().await?;
        let here = teams.into_iter().filter(|team| team.area == area);
        let of_team = here.map(|team| {
            let id = team.id.to_string();
            let count = counts.iter().find(|count| count.team_id == id);
            let people = accounts.iter().filter(|a| a.team == Some(team.id));
            TeamOfArea {
                people: people.cloned().collect(),
                open: count.map_or(0, |count| count.open),
                signed: count.map_or(0, |count| count.signed),
                team,
            }
        });
        Ok(of_team.collect())
    }
}

/// Makes a team in a transaction of either engine, with its area; its id, or nothing
/// where there is one of this name.
macro_rules! make_team {
    ($tx:ident, $area:expr, $name:expr, $now:expr) => {{
        let area = $crate::store::ids::ordered_uuid($now).to_string();
        let team = $crate::store::TeamId::new($now);
        sqlx::query("INSERT INTO area (id, name) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING")
            .bind(&area)
            .bind($area)
            .execute(&mut *$tx)
            .await?;
        let made = sqlx::query(
            "INSERT INTO team (id, area_id, name)
             SELECT $1, area.id, $3 FROM area WHERE area.name = $2
             ON CONFLICT (area_id, name) DO NOTHING",
        )
        .bind(team.to_string())
        .bind($area)
        .bind($name)
        .execute(&mut *$tx)
        .await?
        .rows_affected();
        (made > 0).then_some(team)
    }};
}
pub(super) use make_team;
