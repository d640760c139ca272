//! A text as the report would show it, while it is still being typed.
//!
//! Lives here: the answer to the page's own script, and the same for a page without one.
//! Nothing is saved by asking.

use axum::{
    Json,
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use serde::Serialize;

use super::as_html;
use crate::{
    interview::paragraphs,
    report::edited,
    store::LoadedReport,
    web::{csrf::OurForm, error::Error, pages::report::open, state::AppState, visit::SignedIn},
};

/// What the script is told: HTML in which every text is escaped.
#[derive(Debug, Serialize)]
pub struct Shown {
    html: String,
}

impl Shown {
    /// The answer that holds it.
    #[must_use]
    pub fn answer(html: String) -> Response {
        Json(Self { html }).into_response()
    }
}

/// The HTML of a text in the place of a section: without what must not leave.
#[must_use]
pub fn previewed(state: &AppState, report: &LoadedReport, section: &str, text: &str) -> String {
    let level = state.pack().templates.level(section).unwrap_or(2);
    let text = paragraphs(text);
    let at = (section, level);
    as_html(&edited::preview(&report.case, state.interview(), at, &text))
}

/// `POST /reports/{id}/draft/{section}/preview`.
///
/// # Errors
/// There is no such report of hers, or no such section that may be edited.
pub async fn show(
    State(state): State<AppState>,
    author: SignedIn,
    Path((id, section)): Path<(String, String)>,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let templates = &state.pack().templates;
    if !templates.can_be_edited(&section, report.case.format) {
        return Err(Error::not_found());
    }
    let text = form.get("text").unwrap_or_default();
    let html = previewed(&state, &report, &section, text);
    Ok(Shown::answer(html))
}
