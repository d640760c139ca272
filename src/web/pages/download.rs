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
    report::{self, document::Document, plain},
    store::{Action, AuditEntry, ReportId},
    web::{error::Error, state::AppState, visit::SignedIn},
};

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// `GET /reports/{id}/report.docx`.
///
/// # Errors
/// No such report of this author's, or the document cannot be made.
pub async fn docx(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<ReportId>,
) -> Result<Response, Error> {
    let case = exported(&state, &author, id).await?;
    if let Some(signed) = author.reports(&state).signed_document(id).await? {
        return Ok(file(DOCX, "pre-sentence-report.docx", signed.docx));
    }
    let directory = state.directory().await?;
    let (draft, _) = state
        .pack()
        .draft_with(&case, &directory, state.today())
        .map_err(|e| Error::broken(&e))?;
    let bytes = pack::document(&case, &draft, state.now()).map_err(|e| Error::broken(&e))?;
    Ok(file(DOCX, "pre-sentence-report-draft.docx", bytes))
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
    let found = drafted(&state, &author, id).await?;
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
    let found = drafted(&state, &author, id).await?;
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
    let case = exported(&state, &author, id).await?;
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

async fn drafted(state: &AppState, author: &SignedIn, id: ReportId) -> Result<Found, Error> {
    let case = exported(state, author, id).await?;
    if let Some(signed) = author.reports(state).signed_document(id).await? {
        return Ok(Found {
            title: signed.title,
            document: Document::from_markdown(&signed.markdown),
            name: "pre-sentence-report",
        });
    }
    let directory = state.directory().await?;
    let (draft, _) = state
        .pack()
        .draft_with(&case, &directory, state.today())
        .map_err(|e| Error::broken(&e))?;
    Ok(Found {
        document: Document::from_markdown(&draft.markdown()),
        title: draft.title,
        name: "pre-sentence-report-draft",
    })
}

/// The case of a report that is about to leave: without the author's notes, and with
/// the export on the audit trail. Every file is made from this and nothing else.
async fn exported(state: &AppState, author: &SignedIn, id: ReportId) -> Result<CaseFile, Error> {
    let loaded = author
        .reports(state)
        .load(id)
        .await?
        .ok_or_else(Error::not_found)?;
    let entry = AuditEntry {
        account: Some(author.account.id),
        report: Some(id),
        action: Action::ReportExported,
    };
    state.store().audit(&entry, state.now()).await?;
    Ok(Arc::unwrap_or_clone(loaded.case).for_export())
}

fn file(kind: &'static str, name: &str, bytes: Vec<u8>) -> Response {
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}
