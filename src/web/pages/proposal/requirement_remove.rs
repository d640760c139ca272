//! Taking a requirement out of the proposal, which is asked first.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use serde::Serialize;

use super::requirement::{At, Which};
use crate::{
    sentencing::amount_words,
    web::{
        csrf::OurForm,
        error::Error,
        pages::report::{ReportStrip, open},
        state::AppState,
        templates::Page,
        visit::SignedIn,
        words::sentence_case,
    },
};

/// Asks before a requirement is removed.
#[derive(Debug, Serialize)]
pub struct RemoveRequirementPage {
    report: ReportStrip,
    name: String,
    amount: String,
    seen: i64,
    action: String,
}

impl Page for RemoveRequirementPage {
    const NAME: &'static str = "requirement_remove.html";
    const HTML: &'static str = include_str!("requirement_remove.html");

    fn title(&self) -> String {
        format!("Remove this requirement? – {}", self.report.name)
    }

    fn fictional(&self) -> bool {
        self.report.fictional
    }

    fn samples() -> Vec<Self> {
        vec![Self {
            report: ReportStrip::sample(true),
            name: "Curfew <requirement>".into(),
            amount: "8 hours a day".into(),
            seen: 3,
            action: "/reports/1/proposal/requirements/0/remove".into(),
        }]
    }
}

/// `GET …/remove`: asks first.
///
/// # Errors
/// There is no such report of hers, or no such requirement.
pub async fn ask_to_remove(
    State(state): State<AppState>,
    author: SignedIn,
    Path((id, number)): Path<(String, usize)>,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let at = At::new(&state, &report, Which::Change(number))?;
    let row = at.row()?;
    author.visit.page(&RemoveRequirementPage {
        report: ReportStrip::of(&report),
        name: sentence_case(&row.name),
        amount: amount_words(&row, &at.proposed),
        seen: report.revision,
        action: format!("{}/remove", at.address()),
    })
}

/// `POST …/remove`: removes it, unless the list has changed since it was asked.
///
/// # Errors
/// There is no such report of hers, or no such requirement.
pub async fn remove(
    State(state): State<AppState>,
    author: SignedIn,
    Path((id, number)): Path<(String, usize)>,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let at = At::new(&state, &report, Which::Change(number))?;
    let seen = form.seen().ok_or_else(Error::not_understood)?;
    let mut all = report.case.proposal.requirements.clone();
    all.remove(number);
    // Where the list has changed meanwhile nothing is removed, and the proposal,
    // which comes next, shows how it stands.
    at.save(&author, &all, seen).await?;
    Ok(Redirect::to(&at.home()).into_response())
}
