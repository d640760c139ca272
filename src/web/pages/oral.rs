//! The oral report: the note to speak from with the time it takes, and the record that is
//! handed up. Both are looked through before they leave, as the written report is.
//!
//! Lives here: the page and its downloads. Not here: what is said (`report::spoken`) or
//! what must not leave (`review::outbound`).

use axum::{
    extract::{Path, State},
    response::Response,
};
use serde::Serialize;

use super::{
    download::{DOCX, file, look_anew},
    leaving,
    report::{ReportStrip, note, open},
};
use crate::{
    pack::oral_document,
    report::{Draft, SpeakingNote, document::Document, html, plain},
    review::outbound::Output,
    store::{Action, LoadedReport},
    web::{
        error::Error, findings::FindingView, state::AppState, templates::Page, visit::SignedIn,
        words,
    },
};

/// The note, to read and to take away.
#[derive(Debug, Serialize)]
pub struct OralPage {
    report: ReportStrip,
    /// `About 2 minutes`.
    time: String,
    words: usize,
    too_long: bool,
    left_out: usize,
    /// HTML made from Markdown by `report::html`, which escapes every text.
    html: String,
    held_back: Vec<FindingView>,
}

impl Page for OralPage {
    const NAME: &'static str = "oral.html";
    const HTML: &'static str = include_str!("oral.html");

    fn title(&self) -> String {
        format!("Speaking note – {}", self.report.name)
    }

    fn fictional(&self) -> bool {
        self.report.fictional
    }

    fn samples() -> Vec<Self> {
        let page = |left_out, held_back| Self {
            report: ReportStrip::sample(true),
            time: "About 2 minutes".into(),
            words: 240,
            too_long: left_out > 1,
            left_out,
            html: "<h2 class=\"govuk-heading-m\">Why</h2><p class=\"govuk-body\">She works.</p>"
                .into(),
            held_back,
        };
        vec![
            page(0, Vec::new()),
            page(1, Vec::new()),
            page(2, FindingView::samples()),
        ]
    }
}

async fn drafted(state: &AppState, report: &LoadedReport) -> Result<SpeakingNote, Error> {
    let directory = state.directory().await?;
    let note = state
        .pack()
        .speaking_note(&report.case, &directory, state.today());
    note.map_err(|e| Error::broken(&e))
}

/// `GET /reports/{id}/oral`.
///
/// # Errors
/// No such report of this author's, or a passage fails.
pub async fn show(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let note = drafted(&state, &report).await?;
    let document = Document::from_markdown(&note.draft.markdown());
    let text = plain::to_text(&document);
    let found = look_anew(&state, &report, &note.draft, &Output::Text(&text)).await?;
    let interview = state.interview();
    let view = |finding| FindingView::new(finding, report.id, interview);
    let page = OralPage {
        report: ReportStrip::of(&report),
        time: format!("About {}", words::count(note.minutes, "minute")),
        words: note.words,
        too_long: note.too_long,
        left_out: note.left_out,
        html: html::to_html(&document, 1),
        held_back: found.iter().map(view).collect(),
    };
    author.visit.page(&page)
}

/// `GET /reports/{id}/oral/speaking-note.docx`.
///
/// # Errors
/// As [`show`], or the document cannot be made.
pub async fn docx(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let note = drafted(&state, &report).await?;
    as_docx(&state, &author, &report, &note.draft, "speaking-note.docx").await
}

/// `GET /reports/{id}/oral/record.docx`.
///
/// # Errors
/// As [`docx`].
pub async fn record(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let directory = state.directory().await?;
    let record = state
        .pack()
        .oral_record(&report.case, &directory, state.today())
        .map_err(|e| Error::broken(&e))?;
    let name = "record-of-oral-report.docx";
    as_docx(&state, &author, &report, &record, name).await
}

/// `GET /reports/{id}/oral/speaking-note.txt`.
///
/// # Errors
/// As [`show`].
pub async fn text(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let spoken = drafted(&state, &report).await?;
    let text = plain::to_text(&Document::from_markdown(&spoken.draft.markdown()));
    let found = look_anew(&state, &report, &spoken.draft, &Output::Text(&text)).await?;
    if !found.is_empty() {
        return leaving::refuse(&state, &author, &report, &found).await;
    }
    note(&state, &author, report.id, Action::ReportExported).await?;
    let kind = "text/plain; charset=utf-8";
    Ok(file(kind, "speaking-note.txt", text.into_bytes()))
}

async fn as_docx(
    state: &AppState,
    author: &SignedIn,
    report: &LoadedReport,
    draft: &Draft,
    name: &str,
) -> Result<Response, Error> {
    let bytes = oral_document(&report.case, draft, state.now()).map_err(|e| Error::broken(&e))?;
    let found = look_anew(state, report, draft, &Output::Docx(&bytes)).await?;
    if !found.is_empty() {
        return leaving::refuse(state, author, report, &found).await;
    }
    note(state, author, report.id, Action::ReportExported).await?;
    Ok(file(DOCX, name, bytes))
}
