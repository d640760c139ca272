//! An area in people and numbers: where the work of an area lead begins. No report, and
//! nobody's name but that of those who work here.

use axum::{extract::State, response::Response};
use serde::Serialize;

use super::accounts::AccountRow;
use crate::{
    store::TeamOfArea,
    web::{error::Error, state::AppState, templates::Page, visit::AreaLead},
};

#[derive(Debug, Serialize)]
struct TeamView {
    name: String,
    open: i64,
    signed: i64,
    people: Vec<AccountRow>,
}

impl From<TeamOfArea> for TeamView {
    fn from(of: TeamOfArea) -> Self {
        let teams = [of.team.clone()];
        let people = of.people.iter().map(|a| AccountRow::of(a, &teams));
        Self {
            people: people.collect(),
            name: of.team.name,
            open: of.open,
            signed: of.signed,
        }
    }
}

/// The teams of an area.
#[derive(Debug, Serialize)]
pub struct AreaPage {
    area: String,
    teams: Vec<TeamView>,
}

impl Page for AreaPage {
    const NAME: &'static str = "people_area.html";
    const HTML: &'static str = include_str!("area.html");

    fn title(&self) -> String {
        match self.area.as_str() {
            "" => "Your area".into(),
            area => area.to_owned(),
        }
    }

    fn samples() -> Vec<Self> {
        let team = |people| TeamView {
            name: "Reading <court>".into(),
            open: 3,
            signed: 1,
            people,
        };
        let page = |area: &str, teams| Self {
            area: area.into(),
            teams,
        };
        let people = vec![AccountRow::sample(false)];
        vec![
            page("", Vec::new()),
            page("Thames & Valley", vec![team(people), team(Vec::new())]),
        ]
    }
}

/// `GET /area`.
///
/// # Errors
/// The store fails.
pub async fn show(State(state): State<AppState>, lead: AreaLead) -> Result<Response, Error> {
    let teams = state.store().area_of(&lead.account).await?;
    let area = teams.first().map(|of| of.team.area.clone());
    let page = AreaPage {
        area: area.unwrap_or_default(),
        teams: teams.into_iter().map(TeamView::from).collect(),
    };
    lead.visit.page(&page)
}
