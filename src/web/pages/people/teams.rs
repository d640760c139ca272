//! Teams and the areas they belong to.

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use serde::Serialize;

use crate::{
    store::Team,
    web::{
        csrf::OurForm,
        error::Error,
        fields::{Control, ErrorLine, FieldView, mark, summary},
        form::Form,
        state::AppState,
        templates::Page,
        visit::Administrator,
    },
};

const LONGEST_NAME: usize = 100;

#[derive(Debug, Serialize)]
struct TeamRow {
    name: String,
    area: String,
}

/// The teams, with the form for one more.
#[derive(Debug, Serialize)]
pub struct TeamsPage {
    rows: Vec<TeamRow>,
    fields: Vec<FieldView>,
    errors: Vec<ErrorLine>,
}

impl TeamsPage {
    fn new(teams: Vec<Team>) -> Self {
        let rows = teams.into_iter().map(|team| TeamRow {
            name: team.name,
            area: team.area,
        });
        Self {
            rows: rows.collect(),
            fields: vec![
                FieldView::new(Control::Line, "name", "Name of the team")
                    .hint("Such as a court team or a probation delivery unit"),
                FieldView::new(Control::Line, "area", "Its area")
                    .hint("An area above, or a new one"),
            ],
            errors: Vec::new(),
        }
    }

    fn refusing(mut self, form: &Form, faults: &[(String, String)]) -> Self {
        self.fields = self.fields.into_iter().map(|f| f.typed(form)).collect();
        mark(&mut self.fields, faults);
        self.errors = summary(&self.fields);
        self
    }
}

impl Page for TeamsPage {
    const NAME: &'static str = "people_teams.html";
    const HTML: &'static str = include_str!("teams.html");

    fn title(&self) -> String {
        "Teams and areas".into()
    }

    fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    fn samples() -> Vec<Self> {
        let mut page = Self::new(Vec::new());
        page.rows.push(TeamRow {
            name: "Reading <court>".into(),
            area: "Thames & Valley".into(),
        });
        let fault = ("name".to_owned(), "Enter <a name>".to_owned());
        vec![
            page.refusing(&Form::default(), &[fault]),
            Self::new(Vec::new()),
        ]
    }
}

/// `GET /accounts/teams`.
///
/// # Errors
/// The store fails.
pub async fn show(State(state): State<AppState>, admin: Administrator) -> Result<Response, Error> {
    let teams = state.store().teams().await?;
    admin.visit.page(&TeamsPage::new(teams))
}

/// `POST /accounts/teams`.
///
/// # Errors
/// The store fails.
pub async fn add(
    State(state): State<AppState>,
    admin: Administrator,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let (name, area) = (form.one("name"), form.one("area"));
    let mut faults = Vec::new();
    for (field, typed, what) in [("name", name, "the team"), ("area", area, "its area")] {
        if typed.is_empty() {
            faults.push((field.to_owned(), format!("Enter the name of {what}")));
        } else if typed.chars().count() > LONGEST_NAME {
            let why = format!("The name of {what} must be {LONGEST_NAME} characters or less");
            faults.push((field.to_owned(), why));
        }
    }
    let by = admin.account.id;
    if faults.is_empty() && !state.store().add_team(area, name, by, state.now()).await? {
        let why = "The area has a team of this name already";
        faults.push(("name".to_owned(), why.to_owned()));
    }
    if faults.is_empty() {
        return Ok(Redirect::to("/accounts/teams").into_response());
    }
    let teams = state.store().teams().await?;
    let page = TeamsPage::new(teams).refusing(&form, &faults);
    admin.visit.refused(&page)
}
