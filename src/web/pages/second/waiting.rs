//! Reports to check: where the work of a countersigner begins.

use axum::{extract::State, response::Response};
use serde::Serialize;

use crate::{
    store::{AskedOf, ReviewState},
    web::{error::Error, links, state::AppState, templates::Page, visit::Countersigner, words},
};

/// What she was asked to check, those that wait for her first.
#[derive(Debug, Serialize)]
pub struct WaitingPage {
    asked: Vec<AskedRow>,
}

/// A report that she was asked to check.
#[derive(Debug, Serialize)]
pub struct AskedRow {
    href: String,
    name: String,
    hearing: String,
    by: String,
    asked: String,
    state: &'static str,
    colour: &'static str,
    example: bool,
}

impl From<AskedOf> for AskedRow {
    fn from(asked: AskedOf) -> Self {
        let (state, colour) = match asked.state {
            ReviewState::Asked => ("Waits for you", "blue"),
            ReviewState::Approved => ("You approved it", ""),
            ReviewState::Returned | ReviewState::Withdrawn => ("You sent it back", ""),
        };
        Self {
            href: links::check(asked.row.id),
            name: words::named(&asked.row.name),
            hearing: words::hearing(asked.row.hearing_date),
            by: asked.by,
            asked: words::moment(asked.at),
            state,
            colour,
            example: asked.row.fictional,
        }
    }
}

impl AskedRow {
    /// One, for samples.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            href: "/checks/1".into(),
            name: "<i>Miriam</i>".into(),
            hearing: "4 December 2026".into(),
            by: "Sam & <Co>".into(),
            asked: "22 November 2026 at 4:05pm".into(),
            state: "Waits for you",
            colour: "blue",
            example: true,
        }
    }
}

impl Page for WaitingPage {
    const NAME: &'static str = "second_waiting.html";
    const HTML: &'static str = include_str!("waiting.html");

    fn title(&self) -> String {
        "Reports to check".into()
    }

    fn samples() -> Vec<Self> {
        let asked = vec![AskedRow::sample()];
        vec![Self { asked: Vec::new() }, Self { asked }]
    }
}

/// `GET /checks`.
///
/// # Errors
/// The store fails.
pub async fn show(
    State(state): State<AppState>,
    checker: Countersigner,
) -> Result<Response, Error> {
    let asked = checker.checks(&state).list().await?;
    let asked = asked.into_iter().map(AskedRow::from).collect();
    checker.visit.page(&WaitingPage { asked })
}
