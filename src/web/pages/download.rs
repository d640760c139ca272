//! The report as a file, at any time, complete or not: what is missing is listed in
//! it, never invented.

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
    let (title, document) = drafted(&state, &author, id).await?;
    let page = report::page(&title, &document).into_bytes();
    Ok(file(
        "text/html; charset=utf-8",
        "pre-sentence-report-draft.html",
        page,
    ))
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
    let (_, document) = drafted(&state, &author, id).await?;
    let text = plain::to_text(&document).into_bytes();
    Ok(file(
        "text/plain; charset=utf-8",
        "pre-sentence-report-draft.txt",
        text,
    ))
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

async fn drafted(
    state: &AppState,
    author: &SignedIn,
    id: ReportId,
) -> Result<(String, Document), Error> {
    let case = exported(state, author, id).await?;
    let directory = state.directory().await?;
    let (draft, _) = state
        .pack()
        .draft_with(&case, &directory, state.today())
        .map_err(|e| Error::broken(&e))?;
    let document = Document::from_markdown(&draft.markdown());
    Ok((draft.title, document))
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
