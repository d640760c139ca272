//! The annex of facts used: what stands behind each paragraph, to read, print or hand to
//! whoever checks the report's quality. Never part of the report, and never for the court.
//!
//! Lives here: the page and its download. Not here: what it says (`report::FactsTexts`).

use axum::{
    extract::{Path, State},
    response::Response,
};
use serde::Serialize;

use super::{
    download::{DOCX, file, look},
    leaving,
    report::{ReportStrip, drafted, judged, note, open},
    section::as_html,
};
use crate::{
    pack::{self, Judged},
    review::outbound::Output,
    store::Action,
    web::{error::Error, state::AppState, templates::Page, visit::SignedIn},
};

/// What stands behind each paragraph.
#[derive(Debug, Serialize)]
pub struct FactsPage {
    report: ReportStrip,
    /// HTML made from Markdown by `report::html`, which escapes every text.
    html: String,
    signed: bool,
}

impl Page for FactsPage {
    const NAME: &'static str = "facts.html";
    const HTML: &'static str = include_str!("facts.html");

    fn title(&self) -> String {
        format!("Facts used – {}", self.report.name)
    }

    fn fictional(&self) -> bool {
        self.report.fictional
    }

    fn samples() -> Vec<Self> {
        let page = |signed| Self {
            report: ReportStrip::sample(true),
            html: as_html(
                "## Offence\n\nTable: Offence\n\n| a | b |\n| - | - |\n| She \\<ran> | c |",
            ),
            signed,
        };
        vec![page(false), page(true)]
    }
}

/// `GET /reports/{id}/facts`.
///
/// # Errors
/// No such report of this author's, or a passage fails.
pub async fn show(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let draft = drafted(&state, &report.case).await?;
    let annex = state.pack().facts.annex(&draft);
    // The page has its own heading.
    let below = annex.split_once("\n\n").map_or("", |(_, below)| below);
    author.visit.page(&FactsPage {
        html: as_html(below),
        signed: report.signed.is_some(),
        report: ReportStrip::of(&report),
    })
}

/// `GET /reports/{id}/facts.docx`.
///
/// # Errors
/// No such report of this author's, or the document cannot be made.
pub async fn docx(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let Judged { draft, looked, .. } = judged(&state, &report.case).await?;
    note(&state, &author, report.id, Action::ReportExported).await?;
    let texts = &state.pack().facts;
    let bytes = pack::annex(&report.case, &draft, texts, state.now());
    let bytes = bytes.map_err(|e| Error::broken(&e))?;
    let stopped = look(&state, &looked, &Output::Docx(&bytes))?;
    if !stopped.is_empty() {
        return leaving::refuse(&state, &author, &report, &stopped).await;
    }
    Ok(file(DOCX, "facts-used-not-for-the-court.docx", bytes))
}
