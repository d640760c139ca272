//! Starting a report: a name and a kind; everything else is a prompt.

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use serde::Serialize;
use serde_json::json;

use crate::{
    case::revision::Write,
    store::{NewReport, ReportId},
    web::{
        csrf::OurForm,
        error::Error,
        fields::{Control, ErrorLine, FieldView, mark, summary},
        form::Form,
        state::AppState,
        templates::Page,
        visit::SignedIn,
        words,
    },
};

/// The form that starts a report.
#[derive(Debug, Serialize)]
pub struct StartPage {
    fields: Vec<FieldView>,
    errors: Vec<ErrorLine>,
}

impl StartPage {
    fn blank() -> Self {
        let formats = words::FORMATS.map(|(_, id, label, hint)| (id, label, hint.to_owned()));
        Self {
            fields: vec![
                FieldView::new(Control::Line, "first", "Her first name").width(20),
                FieldView::new(Control::Line, "last", "Her last name").width(20),
                FieldView::new(Control::Radios, "format", "What kind of report has the court asked for?")
                    .hint("You can change this later. The kind decides how much is asked, never what is true.")
                    .hinted_options(formats)
                    .strong(),
            ],
            errors: Vec::new(),
        }
    }

    fn with_faults(form: &Form, faults: &[(String, String)]) -> Self {
        let mut page = Self::blank();
        page.fields = page.fields.into_iter().map(|f| f.typed(form)).collect();
        mark(&mut page.fields, faults);
        page.errors = summary(&page.fields);
        page
    }
}

impl Page for StartPage {
    const NAME: &'static str = "start.html";
    const HTML: &'static str = include_str!("start.html");

    fn title(&self) -> String {
        "Start a report".into()
    }

    fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    fn samples() -> Vec<Self> {
        let form = Form::new(vec![("last".into(), "O'Neill & \"Co\"".into())]);
        vec![Self::blank(), Self::with_faults(&form, &faults(&form))]
    }
}

/// `GET /reports/start`.
///
/// # Errors
/// The page cannot be rendered.
pub async fn show(author: SignedIn) -> Result<Response, Error> {
    author.visit.page(&StartPage::blank())
}

/// `POST /reports/start`.
///
/// # Errors
/// The store fails.
pub async fn accept(
    State(state): State<AppState>,
    author: SignedIn,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let faults = faults(&form);
    if !faults.is_empty() {
        return author
            .visit
            .refused(&StartPage::with_faults(&form, &faults));
    }
    let name = json!({ "first": form.one("first"), "last": form.one("last") });
    let writes = [
        Write::new("woman.name", name),
        Write::new("format", json!(form.one("format"))),
        Write::new("author.name", json!(author.account.display_name)),
    ];
    let now = state.now();
    let report = NewReport {
        id: ReportId::new(now),
        pack_version: &state.stamp().await?,
        writes: &writes,
    };
    let id = author.reports(&state).create_report(report, now).await?;
    Ok(Redirect::to(&format!("/reports/{id}")).into_response())
}

fn faults(form: &Form) -> Vec<(String, String)> {
    let mut faults = Vec::new();
    for (name, what) in [
        ("first", "Enter her first name"),
        ("last", "Enter her last name"),
    ] {
        if form.one(name).is_empty() {
            faults.push((name.to_owned(), what.to_owned()));
        }
    }
    if !words::FORMATS
        .iter()
        .any(|(_, id, ..)| *id == form.one("format"))
    {
        faults.push(("format".into(), "Select what kind of report it is".into()));
    }
    faults
}
