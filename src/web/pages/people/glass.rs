//! Opening a report of the area that one cannot see: the reference, the reason, and what
//! follows from it.

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use serde::Serialize;

use super::reading::fault_of;
use crate::{
    store::Broke,
    web::{
        csrf::OurForm,
        error::Error,
        fields::{Control, ErrorLine, FieldView, mark, summary},
        form::Form,
        state::AppState,
        templates::Page,
        visit::SignedIn,
    },
};

const REFERENCE: &str = "reference";
const REASON: &str = "reason";

/// The form.
#[derive(Debug, Serialize)]
pub struct GlassPage {
    fields: Vec<FieldView>,
    errors: Vec<ErrorLine>,
}

impl GlassPage {
    fn blank() -> Self {
        Self {
            fields: vec![
                FieldView::new(Control::Code, REFERENCE, "Case number or CRN")
                    .hint("The whole of it. A name opens nothing.")
                    .width(20),
                FieldView::new(Control::Text, REASON, "Why must you read it now?")
                    .hint("Its author sees it, and so does the auditor: write nothing about the woman.")
                    .rows(3)
                    .max(Some(1000)),
            ],
            errors: Vec::new(),
        }
    }

    fn refusing(mut self, form: &Form, faults: &[(String, String)]) -> Self {
        self.fields = self.fields.into_iter().map(|f| f.typed(form)).collect();
        mark(&mut self.fields, faults);
        self.errors = summary(&self.fields);
        self
    }
}

impl Page for GlassPage {
    const NAME: &'static str = "people_glass.html";
    const HTML: &'static str = include_str!("glass.html");

    fn title(&self) -> String {
        "Open a report you cannot see".into()
    }

    fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    fn samples() -> Vec<Self> {
        let fault = (REASON.to_owned(), "Enter <a reason>".to_owned());
        let refused = Self::blank().refusing(&Form::default(), &[fault]);
        vec![Self::blank(), refused]
    }
}

/// `GET /colleagues/open`.
///
/// # Errors
/// The page cannot be rendered.
pub async fn show(author: SignedIn) -> Result<Response, Error> {
    author.visit.page(&GlassPage::blank())
}

/// `POST /colleagues/open`.
///
/// # Errors
/// The store fails.
pub async fn break_it(
    State(state): State<AppState>,
    author: SignedIn,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let mut faults = Vec::new();
    if form.one(REFERENCE).is_empty() {
        let why = "Enter the case number or CRN";
        faults.push((REFERENCE.to_owned(), why.to_owned()));
    }
    if let Some(why) = fault_of(form.one(REASON)) {
        faults.push((REASON.to_owned(), why));
    }
    if faults.is_empty() {
        let seen = state.store().as_colleague(author.account.id);
        let now = state.now();
        let done = seen.break_glass(form.one(REFERENCE), form.one(REASON), now);
        match done.await? {
            Broke::Open(report, _) => {
                return Ok(Redirect::to(&format!("/colleagues/{report}")).into_response());
            }
            Broke::None => faults.push((
                REFERENCE.to_owned(),
                "No report of your area has this number that you cannot read already".to_owned(),
            )),
        }
    }
    let page = GlassPage::blank().refusing(&form, &faults);
    author.visit.refused(&page)
}
