//! Everybody with an account: where the work of an administrator begins.

use axum::{extract::State, response::Response};
use serde::Serialize;

use crate::{
    store::{Account, Roles, Team},
    web::{error::Error, state::AppState, templates::Page, visit::Administrator},
};

/// The accounts, by name.
#[derive(Debug, Serialize)]
pub struct AccountsPage {
    rows: Vec<AccountRow>,
}

/// An account in a list.
#[derive(Debug, Serialize)]
pub struct AccountRow {
    href: String,
    name: String,
    email: String,
    roles: String,
    team: String,
    ended: bool,
}

impl AccountRow {
    /// An account with its team.
    #[must_use]
    pub fn of(account: &Account, teams: &[Team]) -> Self {
        let team = teams.iter().find(|team| Some(team.id) == account.team);
        Self {
            href: format!("/accounts/{}", account.id),
            name: account.display_name.clone(),
            email: account.email.clone(),
            roles: titles(account.roles),
            team: team
                .map(|t| format!("{}, {}", t.name, t.area))
                .unwrap_or_default(),
            ended: account.disabled,
        }
    }

    /// One, for samples.
    #[must_use]
    pub fn sample(ended: bool) -> Self {
        Self {
            href: "/accounts/1".into(),
            name: "Sam <Author>".into(),
            email: "sam@example.org".into(),
            roles: "report author, countersigner".into(),
            team: "Reading & <court>, Thames Valley".into(),
            ended,
        }
    }
}

/// Roles as people speak of them.
#[must_use]
pub fn titles(roles: Roles) -> String {
    let titles: Vec<&str> = roles.iter().map(crate::store::Role::title).collect();
    titles.join(", ")
}

impl Page for AccountsPage {
    const NAME: &'static str = "people_accounts.html";
    const HTML: &'static str = include_str!("accounts.html");

    fn title(&self) -> String {
        "Accounts".into()
    }

    fn samples() -> Vec<Self> {
        let rows = vec![AccountRow::sample(false), AccountRow::sample(true)];
        vec![Self { rows }]
    }
}

/// `GET /accounts`.
///
/// # Errors
/// The store fails.
pub async fn show(State(state): State<AppState>, admin: Administrator) -> Result<Response, Error> {
    let teams = state.store().teams().await?;
    let accounts = state.store().accounts().await?;
    let rows = accounts.iter().map(|a| AccountRow::of(a, &teams)).collect();
    admin.visit.page(&AccountsPage { rows })
}
