//! Somebody's own account: what she may change of it herself.
//!
//! Lives here: the page it begins at. Not here: her second step (`second_step`), or what
//! an administrator does to an account (`people::account`).

pub mod on_the_way_in;
pub mod second_step;

use axum::{extract::State, response::Response};
use serde::Serialize;

use crate::{
    english::capital,
    store::SecondStep,
    web::{
        error::Error, pages::people::accounts::titles, state::AppState, templates::Page,
        visit::Anyone, words,
    },
};

/// Her account.
#[derive(Debug, Serialize)]
pub struct OwnAccountPage {
    name: String,
    email: String,
    roles: String,
    /// True where she signs in with a provider alone.
    elsewhere: bool,
    /// Since when she has a second step; empty where she has none.
    since: String,
}

impl Page for OwnAccountPage {
    const NAME: &'static str = "own_account.html";
    const HTML: &'static str = include_str!("account.html");

    fn title(&self) -> String {
        "Your account".into()
    }

    fn samples() -> Vec<Self> {
        let page = |elsewhere, since: &str| Self {
            name: "Sam <Author>".into(),
            email: "sam@example.org".into(),
            roles: "Report author".into(),
            elsewhere,
            since: since.into(),
        };
        vec![
            page(false, ""),
            page(false, "30 November 2026 at 9:00am"),
            page(true, ""),
        ]
    }
}

/// `GET /account`.
///
/// # Errors
/// The store fails.
pub async fn show(State(state): State<AppState>, person: Anyone) -> Result<Response, Error> {
    let account = &person.account;
    let step = state.store().second_step(account).await?;
    person.visit.page(&OwnAccountPage {
        name: account.display_name.clone(),
        email: account.email.clone(),
        roles: capital(&titles(account.roles)),
        elsewhere: step == SecondStep::Elsewhere,
        since: match step {
            SecondStep::On { since, .. } => words::moment(since),
            _ => String::new(),
        },
    })
}
