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
    finding::Finding,
    pack::{self, Judged, Looked},
    report::{self, Draft, document::Document, plain},
    review::outbound::Output,
    store::{Action, LoadedReport, ReportId, SignedDocument},
    web::{
        error::Error,
        pages::{
            leaving,
            report::{judged, note, open_by},
        },
        state::AppState,
        visit::SignedIn,
    },
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
        Exported::Open(report) => {
            let Judged { draft, looked, .. } = judged(&state, &report.case).await?;
            let bytes =
                pack::document(&report.case, &draft, state.now()).map_err(|e| Error::broken(&e))?;
            let stopped = look(&state, &looked, &Output::Docx(&bytes))?;
            if !stopped.is_empty() {
                return leaving::refuse(&state, &author, &report, &stopped).await;
            }
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
    let page = report::page(&found.title, &found.document);
    if let Some(refused) = found.refused(&state, &author, &Output::Html(&page)).await? {
        return Ok(refused);
    }
    let name = format!("{}.html", found.name);
    Ok(file("text/html; charset=utf-8", &name, page.into_bytes()))
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
    let text = plain::to_text(&found.document);
    if let Some(refused) = found.refused(&state, &author, &Output::Text(&text)).await? {
        return Ok(refused);
    }
    let name = format!("{}.txt", found.name);
    Ok(file("text/plain; charset=utf-8", &name, text.into_bytes()))
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
    /// What it is drafted from, where it is not signed.
    open: Option<(Box<LoadedReport>, Looked)>,
}

impl Found {
    /// The page in its place, where something in the file must not leave. What is signed
    /// was looked through before.
    async fn refused(
        &self,
        state: &AppState,
        author: &SignedIn,
        file: &Output<'_>,
    ) -> Result<Option<Response>, Error> {
        let Some((report, looked)) = &self.open else {
            return Ok(None);
        };
        let stopped = look(state, looked, file)?;
        if stopped.is_empty() {
            return Ok(None);
        }
        let page = leaving::refuse(state, author, report, &stopped).await?;
        Ok(Some(page))
    }
}

/// The last look at a file of something else than the report: a note, a record.
pub(super) async fn look_anew(
    state: &AppState,
    report: &LoadedReport,
    draft: &Draft,
    file: &Output<'_>,
) -> Result<Vec<Finding>, Error> {
    let directory = state.directory().await?;
    let looked = state.pack().look(&report.case, draft, &directory);
    look(state, &looked, file)
}

/// The last look at a file that is about to leave.
pub(super) fn look(
    state: &AppState,
    looked: &Looked,
    file: &Output<'_>,
) -> Result<Vec<Finding>, Error> {
    let files = std::slice::from_ref(file);
    let found = state.pack().last_look(looked, files);
    found.map_err(|e| Error::broken(&e))
}

async fn in_text(state: &AppState, author: &SignedIn, id: ReportId) -> Result<Found, Error> {
    Ok(match exported(state, author, id).await? {
        Exported::Signed(signed) => Found {
            document: Document::from_markdown(&signed.markdown),
            title: signed.title,
            name: "pre-sentence-report",
            open: None,
        },
        Exported::Open(report) => {
            let Judged { draft, looked, .. } = judged(state, &report.case).await?;
            Found {
                document: Document::from_markdown(&draft.markdown()),
                title: draft.title,
                name: "pre-sentence-report-draft",
                open: Some((report, looked)),
            }
        }
    })
}

/// What a report's documents are made from.
enum Exported {
    /// What was signed, and nothing else.
    Signed(SignedDocument),
    /// Its answers, as they stand. No passage reads its notes, and the last look needs
    /// them to know what they say.
    Open(Box<LoadedReport>),
}

async fn exported(state: &AppState, author: &SignedIn, id: ReportId) -> Result<Exported, Error> {
    let loaded = taken_out(state, author, id).await?;
    if loaded.signed.is_some()
        && let Some(signed) = author.reports(state).signed_document(id).await?
    {
        return Ok(Exported::Signed(signed));
    }
    Ok(Exported::Open(Box::new(loaded)))
}

/// A report that is about to leave, with the export on the audit trail.
async fn taken_out(
    state: &AppState,
    author: &SignedIn,
    id: ReportId,
) -> Result<LoadedReport, Error> {
    let loaded = open_by(state, author, id).await?;
    note(state, author, id, Action::ReportExported).await?;
    Ok(loaded)
}

/// Its case file as it may leave.
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
