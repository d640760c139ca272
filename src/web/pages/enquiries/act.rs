//! The steps of the register: sent today, chased today, not being asked and why. One
//! press each; pressing twice changes nothing more.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use serde_json::{Value, json};

use super::{super::report::open, EnquiriesPage, register, view::slot};
use crate::{
    case::{Enquiry, revision::Write},
    review::enquiries::Entry,
    store::{LoadedReport, Save},
    web::{csrf::OurForm, error::Error, form::Form, links, state::AppState, visit::SignedIn},
};

/// `POST /reports/{id}/enquiries/act`.
///
/// # Errors
/// There is no such report of hers, a form that is not ours, or the store fails.
pub async fn act(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<String>,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let seen = form.seen().ok_or_else(Error::not_understood)?;
    let register = register(&state, &report.case);
    let Some(entry) = meant(&register, &form) else {
        return EnquiriesPage::clash(&state, &author, &report, &form);
    };
    let mut enquiry = entry.enquiry.clone();
    match form.one("act") {
        "sent" => enquiry.send(state.today()),
        "chased" => enquiry.chase(state.today()),
        "not-made" => match one_line(form.one("reason")) {
            reason if reason.is_empty() => {}
            reason => enquiry.not_made = Some(reason),
        },
        _ => return Err(Error::not_understood()),
    }
    if enquiry == entry.enquiry {
        return Ok(back(&report, entry));
    }
    let enquiries = with(&report, entry, enquiry);
    let page = (&state, &author, &report, &form);
    Ok(write(page, &enquiries, seen)
        .await?
        .unwrap_or_else(|| back(&report, entry)))
}

/// Writes a report's enquiries; answers with a page where they were not written.
pub(super) async fn write(
    (state, author, report, form): (&AppState, &SignedIn, &LoadedReport, &Form),
    enquiries: &[Enquiry],
    seen: i64,
) -> Result<Option<Response>, Error> {
    let write = Write::new("enquiries", json(enquiries)?);
    let reports = author.reports(state);
    match reports.save(report.id, &[write], seen, state.now()).await? {
        Save::Saved { .. } => Ok(None),
        Save::Signed(mark) => Err(Error::signed(&mark)),
        Save::Stale(_) => EnquiriesPage::clash(state, author, report, form).map(Some),
    }
}

/// The report prints it in the middle of a sentence.
fn one_line(typed: &str) -> String {
    let words: Vec<&str> = typed.split_whitespace().collect();
    words.join(" ").replace(char::is_control, "")
}

/// The line that a form is about, as the register stands now.
fn meant<'a>(register: &'a [Entry], form: &Form) -> Option<&'a Entry> {
    let number: Option<usize> = form.one("number").parse().ok();
    register
        .iter()
        .find(|entry| entry.number == number && entry.enquiry.kind.id() == form.one("kind"))
}

/// The report's enquiries with one line's laid in its place, or added.
pub(super) fn with(report: &LoadedReport, entry: &Entry, enquiry: Enquiry) -> Vec<Enquiry> {
    let mut all = report.case.enquiries.clone();
    match entry.number.and_then(|n| all.get_mut(n)) {
        Some(place) => *place = enquiry,
        None => all.push(enquiry),
    }
    all
}

/// Enquiries as the case file holds them.
fn json(enquiries: &[Enquiry]) -> Result<Value, Error> {
    serde_json::to_value(enquiries)
        .map(|list| {
            if enquiries.is_empty() {
                json!(null)
            } else {
                list
            }
        })
        .map_err(|e| Error::broken(&e))
}

/// Back to the line in the register; one that has just been added has a number now.
fn back(report: &LoadedReport, entry: &Entry) -> Response {
    let number = entry.number.unwrap_or(report.case.enquiries.len());
    let line = slot(Some(number), entry.enquiry.kind);
    let register = links::report(report.id);
    Redirect::to(&format!("{register}/enquiries#{line}")).into_response()
}
