//! The report as a file, at any time, complete or not: what is missing is listed in
//! it, never invented. Once it is signed, each file is what was signed and nothing else.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};

use crate::{
    case::{self, CaseFile},
    pack,
    report::{self, Draft, document::Document, plain},
    store::{Action, LoadedReport, ReportId, SignedDocument},
    web::{error::Error, pages::report::note, state::AppState, visit::SignedIn},
};

/// The media type of a Word document.
pub const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// `GET /reports/{id}/report.docx`.
///
/// # Errors
/// No such report of this author's, or the document cannot be made.
pub async fn docx(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<ReportId>,
) -> Result<Response, Error> {
    match exported(&state, &author, id).await? {
        Exported::Signed(signed) => Ok(file(DOCX, "pre-sentence-report.docx", signed.docx)),
        Exported::Open(case) => {
            let draft = drafted(&state, &case).await?;
            let bytes =
                pack::document(&case, &draft, state.now()).map_err(|e| Error::broken(&e))?;
            Ok(file(DOCX, "pre-sentence-report-draft.docx", bytes))
        }
    }
}

/// `GET /reports/{id}/report.html`.
///
/// # Errors
/// As [`docx`].
pub async fn html(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<ReportId>,
) -> Result<Response, Error> {
    let found = in_text(&state, &author, id).await?;
    let page = report::page(&found.title, &found.document).into_bytes();
    let name = format!("{}.html", found.name);
    Ok(file("text/html; charset=utf-8", &name, page))
}

/// `GET /reports/{id}/report.txt`.
///
/// # Errors
/// As [`docx`].
pub async fn text(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<ReportId>,
) -> Result<Response, Error> {
    let found = in_text(&state, &author, id).await?;
    let text = plain::to_text(&found.document).into_bytes();
    let name = format!("{}.txt", found.name);
    Ok(file("text/plain; charset=utf-8", &name, text))
}

/// `GET /reports/{id}/case.json`.
///
/// # Errors
/// No such report of this author's.
pub async fn case(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<ReportId>,
) -> Result<Response, Error> {
    let case = without_notes(taken_out(&state, &author, id).await?);
    let json = case::to_json(&case).map_err(|e| Error::broken(&e))?;
    Ok(file("application/json", "case.json", json.into_bytes()))
}

/// The report as text, signed or as it stands.
struct Found {
    title: String,
    document: Document,
    /// Name of the file, without its ending.
    name: &'static str,
}

async fn in_text(state: &AppState, author: &SignedIn, id: ReportId) -> Result<Found, Error> {
    let (title, markdown, name) = match exported(state, author, id).await? {
        Exported::Signed(signed) => (signed.title, signed.markdown, "pre-sentence-report"),
        Exported::Open(case) => {
            let draft = drafted(state, &case).await?;
            let markdown = draft.markdown();
            (draft.title, markdown, "pre-sentence-report-draft")
        }
    };
    Ok(Found {
        document: Document::from_markdown(&markdown),
        title,
        name,
    })
}

async fn drafted(state: &AppState, case: &CaseFile) -> Result<Draft, Error> {
    let directory = state.directory().await?;
    let drafted = state.pack().draft_with(case, &directory, state.today());
    Ok(drafted.map_err(|e| Error::broken(&e))?.0)
}

/// What a report's documents are made from.
enum Exported {
    /// What was signed, and nothing else.
    Signed(SignedDocument),
    /// Its answers, as they stand.
    Open(Box<CaseFile>),
}

async fn exported(state: &AppState, author: &SignedIn, id: ReportId) -> Result<Exported, Error> {
    let loaded = taken_out(state, author, id).await?;
    if loaded.signed.is_some()
        && let Some(signed) = author.reports(state).signed_document(id).await?
    {
        return Ok(Exported::Signed(signed));
    }
    Ok(Exported::Open(Box::new(without_notes(loaded))))
}

/// A report that is about to leave, with the export on the audit trail.
async fn taken_out(
    state: &AppState,
    author: &SignedIn,
    id: ReportId,
) -> Result<LoadedReport, Error> {
    let loaded = author.reports(state).load(id).await?;
    let loaded = loaded.ok_or_else(Error::not_found)?;
    note(state, author, id, Action::ReportExported).await?;
    Ok(loaded)
}

/// Its case as it may leave: every file of an open report is made from this.
fn without_notes(loaded: LoadedReport) -> CaseFile {
    Arc::unwrap_or_clone(loaded.case).for_export()
}

/// An answer that a browser saves under a name.
#[must_use]
pub fn file(kind: &'static str, name: &str, bytes: Vec<u8>) -> Response {
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}
