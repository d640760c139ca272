//! Reports of colleagues: those somebody may read although another wrote them.

use axum::{extract::State, response::Response};
use serde::Serialize;

use crate::{
    store::{MayRead, OfColleague},
    web::{error::Error, state::AppState, templates::Page, visit::SignedIn, words},
};

#[derive(Debug, Serialize)]
struct Row {
    href: String,
    name: String,
    hearing: String,
    author: String,
    /// Until when, where she broke the glass.
    until: String,
    example: bool,
}

impl From<OfColleague> for Row {
    fn from(of: OfColleague) -> Self {
        Self {
            href: format!("/colleagues/{}", of.row.id),
            name: words::named(&of.row.name),
            hearing: words::hearing(of.row.hearing_date),
            author: of.author,
            until: match of.why {
                MayRead::Colleague => String::new(),
                MayRead::BrokeGlass(until) => words::moment(until),
            },
            example: of.row.fictional,
        }
    }
}

/// The list.
#[derive(Debug, Serialize)]
pub struct ColleaguesPage {
    /// False where she belongs to no team.
    team: bool,
    rows: Vec<Row>,
}

impl Page for ColleaguesPage {
    const NAME: &'static str = "people_colleagues.html";
    const HTML: &'static str = include_str!("colleagues.html");

    fn title(&self) -> String {
        "Colleagues’ reports".into()
    }

    fn samples() -> Vec<Self> {
        let row = |until: &str| Row {
            href: "/colleagues/1".into(),
            name: "<i>Miriam</i>".into(),
            hearing: "4 December 2026".into(),
            author: "Sam & <Co>".into(),
            until: until.into(),
            example: true,
        };
        let page = |team, rows| Self { team, rows };
        let until = "22 November 2026 at 4:05pm";
        vec![
            page(false, Vec::new()),
            page(true, Vec::new()),
            page(true, vec![row(""), row(until)]),
        ]
    }
}

/// `GET /colleagues`.
///
/// # Errors
/// The store fails.
pub async fn show(State(state): State<AppState>, author: SignedIn) -> Result<Response, Error> {
    let seen = state.store().as_colleague(author.account.id);
    let rows = seen.list(state.now()).await?.into_iter().map(Row::from);
    let page = ColleaguesPage {
        team: author.account.team.is_some(),
        rows: rows.collect(),
    };
    author.visit.page(&page)
}
