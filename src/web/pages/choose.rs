//! Choosing a service for a report, and taking it out again.
//!
//! Lives here: the two requests. Not here: what they do to the list (`choosing`), or
//! the page they come from (`services`), which also shows a clash.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

use super::{
    choosing,
    report::open,
    services::{ServicesPage, needs_of},
};
use crate::{
    case::ChosenService,
    directory::Ask,
    store::{LoadedReport, Save},
    web::{csrf::OurForm, error::Error, state::AppState, visit::SignedIn},
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
    let chosen = entry(&report, &state, form.one("service")).ok_or_else(Error::not_found)?;
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
    let next = format!("/reports/{}/services", report.id);
    let Some(list) = choosing::without(&report.case.services, form.one("service")) else {
        return Ok(Redirect::to(&next).into_response());
    };
    save(&state, &author, &report, &list, seen, &next).await
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
            let page = ServicesPage::of(report, state).stale(&since);
            author.visit.page_as(StatusCode::CONFLICT, &page)
        }
    }
}

/// A service that may be offered, as a choice for this report: with the needs of hers
/// that its record, or its contract where she lives, mentions.
pub fn entry(report: &LoadedReport, state: &AppState, id: &str) -> Option<ChosenService> {
    let directory = &state.pack().directory.now();
    let service = directory.service(id)?;
    if !service.state.may_be_offered() {
        return None;
    }
    let needs = needs_of(report, state);
    let lives_in = report.case.woman.lives_in.as_deref().unwrap_or_default();
    let here = directory.place(lives_in).ok().and_then(|place| {
        let found = directory.find(&Ask::of(
            &place,
            choosing::asked(&needs, state.interview()),
            state.today(),
        ));
        let mut candidates = found.candidates.into_iter();
        candidates.find(|c| c.service.id == id)
    });
    let own = || service.theme_ids().into_iter().map(str::to_owned).collect();
    let meets: Vec<String> = here.map_or_else(own, |candidate| candidate.for_needs);
    Some(choosing::snapshot(service, &meets, &needs))
}
