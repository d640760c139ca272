//! My reports: the list an author starts from.

use axum::{extract::State, response::Response};
use serde::Serialize;

use crate::{
    store::{ReportRow, Role},
    web::{
        error::Error, pages::second::waiting::AskedRow, state::AppState, templates::Page,
        visit::SignedIn, words,
    },
};

/// The author's reports, newest change first.
#[derive(Debug, Serialize)]
pub struct ReportsPage {
    rows: Vec<Row>,
    /// True where somebody else belongs to her team.
    team: bool,
    /// Reports of others that she was asked to check.
    asked: Vec<AskedRow>,
}

#[derive(Debug, Serialize)]
struct Row {
    href: String,
    name: String,
    case_number: String,
    hearing: String,
    format: &'static str,
    changed: String,
    example: bool,
}

impl From<ReportRow> for Row {
    fn from(row: ReportRow) -> Self {
        Self {
            href: format!("/reports/{}", row.id),
            name: words::named(&row.name),
            case_number: row.case_number.unwrap_or_default(),
            hearing: words::hearing(row.hearing_date),
            format: words::format(row.format),
            changed: words::moment(row.updated_at),
            example: row.fictional,
        }
    }
}

impl Page for ReportsPage {
    const NAME: &'static str = "reports.html";
    const HTML: &'static str = include_str!("reports.html");

    fn title(&self) -> String {
        "My reports".into()
    }

    fn samples() -> Vec<Self> {
        let row = |name: &str, example| Row {
            href: "/reports/1".into(),
            name: name.into(),
            case_number: "26WB0001".into(),
            hearing: "4 December 2026".into(),
            format: words::FORMATS[0].2,
            changed: "22 November 2026 at 4:05pm".into(),
            example,
        };
        let two = vec![row("Angela Example", true), row("<i>Miriam</i>", false)];
        vec![
            Self {
                rows: Vec::new(),
                team: false,
                asked: Vec::new(),
            },
            Self {
                rows: two,
                team: true,
                asked: vec![AskedRow::sample()],
            },
        ]
    }
}

/// `GET /reports`.
///
/// # Errors
/// The store fails.
pub async fn show(State(state): State<AppState>, author: SignedIn) -> Result<Response, Error> {
    let rows = author.reports(&state).list().await?;
    let rows = rows.into_iter().map(Row::from).collect();
    let asked = if author.account.roles.has(Role::Countersigner) {
        let checks = state.store().as_checker(author.account.id);
        checks
            .list()
            .await?
            .into_iter()
            .map(AskedRow::from)
            .collect()
    } else {
        Vec::new()
    };
    let team = state.store().has_colleagues(author.account.id).await?;
    author.visit.page(&ReportsPage { rows, team, asked })
}
