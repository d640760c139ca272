//! Reports that were opened or taken over by somebody who did not write them: for
//! auditors. A report stands there by its id, never by a name.

use axum::{extract::State, response::Response};
use serde::Serialize;

use crate::{
    store::{Opening, OpeningKind},
    web::{error::Error, state::AppState, templates::Page, visit::Auditor, words},
};

/// An opening in words.
#[derive(Debug, Serialize)]
pub struct OpeningRow {
    by: String,
    what: &'static str,
    at: String,
    until: String,
    reason: String,
    report: String,
    author: String,
}

impl From<Opening> for OpeningRow {
    fn from(opening: Opening) -> Self {
        Self {
            by: opening.by,
            what: match opening.kind {
                OpeningKind::TakenOver => "took it over",
                OpeningKind::BrokenGlass => "opened it, although it was closed to her",
            },
            at: words::moment(opening.at),
            until: opening.until.map(words::moment).unwrap_or_default(),
            reason: opening.reason,
            report: opening.report.to_string(),
            author: opening.author,
        }
    }
}

impl OpeningRow {
    /// One, for samples.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            by: "Noor <Senior>".into(),
            what: "opened it, although it was closed to her",
            at: "22 November 2026 at 12:05pm".into(),
            until: "22 November 2026 at 4:05pm".into(),
            reason: "Sam is <away>.".into(),
            report: "0192f0c1-0000-7000-8000-000000000000".into(),
            author: "Sam & <Co>".into(),
        }
    }
}

/// All of them, the latest first.
#[derive(Debug, Serialize)]
pub struct OpeningsPage {
    rows: Vec<OpeningRow>,
}

impl Page for OpeningsPage {
    const NAME: &'static str = "people_openings.html";
    const HTML: &'static str = include_str!("openings.html");

    fn title(&self) -> String {
        "Reports opened by others".into()
    }

    fn samples() -> Vec<Self> {
        let rows = vec![OpeningRow::sample()];
        vec![Self { rows: Vec::new() }, Self { rows }]
    }
}

/// `GET /openings`.
///
/// # Errors
/// The store fails.
pub async fn show(State(state): State<AppState>, auditor: Auditor) -> Result<Response, Error> {
    let rows = state.store().openings().await?;
    let rows = rows.into_iter().map(OpeningRow::from).collect();
    auditor.visit.page(&OpeningsPage { rows })
}
