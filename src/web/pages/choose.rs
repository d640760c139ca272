//! Choosing a service for a report, taking it out again, and saying what to make of a
//! change in its entry.
//!
//! Lives here: the four requests. Not here: what they do to the list (`choosing`), or
//! the page they come from (`services`), which also shows a clash.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

use super::{choosing, report::open, services::ServicesPage};
use crate::{
    case::ChosenService,
    directory::{Directory, EntryChange, Judged, kept_of},
    store::{LoadedReport, Save},
    web::{csrf::OurForm, error::Error, form::Form, state::AppState, visit::SignedIn},
};

/// `POST /reports/{id}/services/choose`: adds the service with its entry as it stands,
/// and goes on to what it would offer her. Choosing twice changes nothing.
///
/// # Errors
/// There is no such report of hers, no such service that may be offered, or the store
/// fails.
pub async fn choose(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<String>,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let seen = form.seen().ok_or_else(Error::not_understood)?;
    let directory = state.directory().await?;
    let chosen = entry(&report, &state, &directory, form.one("service"));
    let chosen = chosen.ok_or_else(Error::not_found)?;
    let next = format!("/reports/{}/services/{}", report.id, chosen.id);
    let Some(list) = choosing::with(&report.case.services, chosen) else {
        return Ok(Redirect::to(&next).into_response());
    };
    save(&state, &author, &report, &list, seen, &next).await
}

/// `POST /reports/{id}/services/remove`: takes one out of the report.
///
/// # Errors
/// There is no such report of hers, or the store fails.
pub async fn remove(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<String>,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let seen = form.seen().ok_or_else(Error::not_understood)?;
    let next = next(&report, &form);
    let Some(list) = choosing::without(&report.case.services, form.one("service")) else {
        return Ok(Redirect::to(&next).into_response());
    };
    save(&state, &author, &report, &list, seen, &next).await
}

/// `POST /reports/{id}/services/refresh`: copies the entry again as it stands now. What
/// the author wrote about the service stays.
///
/// # Errors
/// There is no such report of hers, no such entry that may leave, or the store fails.
pub async fn refresh(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<String>,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let seen = form.seen().ok_or_else(Error::not_understood)?;
    let directory = state.directory().await?;
    let chosen = chosen(&report, &form).ok_or_else(Error::not_found)?;
    let now = choosing::refreshed(chosen, &directory, state.today());
    let now = now.ok_or_else(Error::not_found)?;
    let list = choosing::changed(&report.case.services, &now);
    let next = next(&report, &form);
    save(&state, &author, &report, &list, seen, &next).await
}

/// `POST /reports/{id}/services/keep`: keeps to the copy in the face of just the changes
/// that the page showed. Where the entry has changed again meanwhile, nothing is kept
/// to, and the page shows it anew.
///
/// # Errors
/// There is no such report of hers, the service is not chosen for it, or the store fails.
pub async fn keep(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<String>,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let seen = form.seen().ok_or_else(Error::not_understood)?;
    let directory = state.directory().await?;
    let chosen = chosen(&report, &form).ok_or_else(Error::not_found)?;
    let next = next(&report, &form);
    let changes = directory.since_chosen(chosen).changes;
    if changes.is_empty() || !shown(&changes, &form) {
        return Ok(Redirect::to(&next).into_response());
    }
    let now = ChosenService {
        kept: kept_of(&changes),
        ..chosen.clone()
    };
    let list = choosing::changed(&report.case.services, &now);
    save(&state, &author, &report, &list, seen, &next).await
}

/// True where the page showed each of these changes as it is.
fn shown(changes: &[EntryChange], form: &Form) -> bool {
    let same = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let was_shown = |c: &EntryChange| form.get(&format!("now.{}", c.fact)).map(same);
    changes.iter().all(|c| was_shown(c) == Some(same(&c.now)))
}

fn chosen<'r>(report: &'r LoadedReport, form: &Form) -> Option<&'r ChosenService> {
    let mut services = report.case.services.iter();
    services.find(|s| s.id == form.one("service"))
}

/// Where a press leads: back to the page it came from.
fn next(report: &LoadedReport, form: &Form) -> String {
    let page = match form.one("from") {
        "draft" => "draft".to_owned(),
        "service" => match chosen(report, form) {
            Some(service) => format!("services/{}", service.id),
            None => "services".to_owned(),
        },
        _ => "services".to_owned(),
    };
    format!("/reports/{}/{page}", report.id)
}

async fn save(
    state: &AppState,
    author: &SignedIn,
    report: &LoadedReport,
    list: &[ChosenService],
    seen: i64,
    next: &str,
) -> Result<Response, Error> {
    let writes = [choosing::write(list)];
    let saved = author
        .reports(state)
        .save(report.id, &writes, seen, state.now())
        .await?;
    match saved {
        Save::Saved { .. } => Ok(Redirect::to(next).into_response()),
        Save::Signed(mark) => Err(Error::signed(&mark)),
        Save::Stale(since) => {
            let directory = state.directory().await?;
            let page = ServicesPage::of(report, state, &directory).stale(&since);
            author.visit.page_as(StatusCode::CONFLICT, &page)
        }
    }
}

/// A service that may be offered, as a choice for this report: with the needs of hers
/// that its record, or its contract where she lives, mentions.
pub fn entry(
    report: &LoadedReport,
    state: &AppState,
    directory: &Directory,
    id: &str,
) -> Option<ChosenService> {
    let service = directory.service(id)?;
    if !service.state.may_be_offered() {
        return None;
    }
    let question = state.pack().question(&report.case, state.today());
    let lives_in = report.case.woman.lives_in.as_deref().unwrap_or_default();
    let place = directory.place(lives_in).ok();
    let here = place.map(|place| directory.judge(&question.at(&place, None), id));
    let own = || service.theme_ids().into_iter().map(str::to_owned).collect();
    let meets: Vec<String> = match here {
        Some(Judged::Offered(candidate)) => candidate.for_needs,
        _ => own(),
    };
    choosing::snapshot(service, directory, &meets, &question.needs, state.today())
}
