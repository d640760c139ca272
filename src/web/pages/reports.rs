//! My reports: the list an author starts from.

use axum::{extract::State, response::Response};
use serde::Serialize;

use crate::{
    store::{AskedOf, ReportRow, ReviewState},
    web::{error::Error, state::AppState, templates::Page, visit::SignedIn, words},
};

/// The author's reports, newest change first.
#[derive(Debug, Serialize)]
pub struct ReportsPage {
    rows: Vec<Row>,
    /// Reports of others that she was asked to check.
    asked: Vec<AskedRow>,
}

/// A report that she was asked to check.
#[derive(Debug, Serialize)]
struct AskedRow {
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
        let row = Row::from(asked.row);
        Self {
            href: row.href.replacen("/reports/", "/checks/", 1),
            name: row.name,
            hearing: row.hearing,
            by: asked.by,
            asked: words::moment(asked.at),
            state,
            colour,
            example: row.example,
        }
    }
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
            name: match row.name.trim() {
                "" => "No name yet".into(),
                name => name.to_owned(),
            },
            case_number: row.case_number.unwrap_or_default(),
            hearing: row
                .hearing_date
                .map_or_else(|| "Not set".into(), words::day),
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
        let asked = AskedRow {
            href: "/checks/1".into(),
            name: "<i>Miriam</i>".into(),
            hearing: "4 December 2026".into(),
            by: "Sam & <Co>".into(),
            asked: "22 November 2026 at 4:05pm".into(),
            state: "Waits for you",
            colour: "blue",
            example: true,
        };
        vec![
            Self {
                rows: Vec::new(),
                asked: Vec::new(),
            },
            Self {
                rows: two,
                asked: vec![asked],
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
    let asked = state.store().as_checker(author.account.id).list().await?;
    let asked = asked.into_iter().map(AskedRow::from).collect();
    author.visit.page(&ReportsPage { rows, asked })
}
