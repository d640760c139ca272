//! Asking for a report to be erased, taking that back, and doing it as the second person.

use axum::{
    extract::{Path, State},
    response::Response,
};

use super::{
    LONGEST,
    forms::{NOTE, NUMBER, REQUEST, WHY},
    holding::back,
    one::{RecordPage, id_of},
};
use crate::{
    store::{Erasing, ErasureAsked, ReportId},
    web::{csrf::OurForm, error::Error, form::Form, state::AppState, visit::Administrator},
};

/// What is wrong with a request.
fn faults(state: &AppState, page: &RecordPage, form: &Form) -> Vec<(&'static str, String)> {
    let mut faults = Vec::new();
    match state.pack().records.erasure.reason(form.one(WHY)) {
        None => faults.push((WHY, "Choose why it is to be erased".to_owned())),
        Some(reason) if reason.after_time && !page.is_over() => {
            let why = "The time of this report is not over: choose another reason";
            faults.push((WHY, why.to_owned()));
        }
        Some(_) => {}
    }
    if form.one(NOTE).chars().count() > LONGEST as usize {
        let why = format!("The note must be {LONGEST} characters or less");
        faults.push((NOTE, why));
    }
    faults
}

/// `POST /records/{id}/erasure`.
///
/// # Errors
/// There is no such report, or the store fails.
pub async fn ask(
    State(state): State<AppState>,
    admin: Administrator,
    Path(id): Path<String>,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let id = id_of(&id)?;
    let page = RecordPage::of(&state, &admin, id).await?;
    let faults = faults(&state, &page, &form);
    if !faults.is_empty() {
        return admin.visit.refused(&page.refusing(&form, &faults));
    }
    let stands = state.pack().records.erasure.stands_for();
    let records = admin.records(&state);
    let why = (form.one(WHY), form.one(NOTE));
    let why = match records.ask_erasure(id, why, stands, state.now()).await? {
        ErasureAsked::Asked => return Ok(back(&id)),
        ErasureAsked::NoReport => return Err(Error::not_found()),
        ErasureAsked::Standing => "It has been asked for already",
        ErasureAsked::Held => "A legal hold stands on this report: it cannot be erased",
    };
    let page = RecordPage::of(&state, &admin, id).await?;
    admin.visit.refused(&page.refusing(&form, &[]).saying(why))
}

/// `POST /records/{id}/erasure/withdraw`.
///
/// # Errors
/// There is no such report, or the store fails.
pub async fn withdraw(
    State(state): State<AppState>,
    admin: Administrator,
    Path(id): Path<String>,
    OurForm(_): OurForm,
) -> Result<Response, Error> {
    let id = id_of(&id)?;
    // Taken back by another meanwhile, it is as gone.
    let records = admin.records(&state);
    records.withdraw_erasure(id, state.now()).await?;
    Ok(back(&id))
}

/// Whether somebody typed the number of this report.
fn is_number_of(typed: &str, id: ReportId) -> bool {
    let bare = |text: &str| {
        let letters = text.chars().filter(char::is_ascii_alphanumeric);
        letters.collect::<String>().to_lowercase()
    };
    bare(typed) == bare(&id.short())
}

/// `POST /records/{id}/erase`.
///
/// # Errors
/// There is no such report, or the store fails.
pub async fn erase(
    State(state): State<AppState>,
    admin: Administrator,
    Path(id): Path<String>,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let id = id_of(&id)?;
    let page = RecordPage::of(&state, &admin, id).await?;
    let records = admin.records(&state);
    if !is_number_of(form.one(NUMBER), id) {
        records.erasure_refused(id, state.now()).await?;
        let why = "Type the number of this report as it stands at the top of the page";
        let page = page.refusing(&form, &[(NUMBER, why.to_owned())]);
        return admin.visit.refused(&page);
    }
    let gone = "There is no such request any more. See how it stands now";
    let why = match form.one(REQUEST).parse() {
        Err(_) => gone,
        Ok(request) => {
            let stands = state.pack().records.erasure.stands_for();
            match records.erase(id, request, stands, state.now()).await? {
                Erasing::Erased(_) => return Ok(back(&id)),
                Erasing::NoRequest => gone,
                Erasing::SamePerson => "You asked for it: another administrator has to confirm it",
                Erasing::Held => "A legal hold stands on this report: it cannot be erased",
                Erasing::Changed => {
                    "The report changed since it was asked for. It has to be asked for anew"
                }
                Erasing::TooOld => "It was asked for too long ago. It has to be asked for anew",
            }
        }
    };
    let page = RecordPage::of(&state, &admin, id).await?;
    admin.visit.refused(&page.saying(why))
}
