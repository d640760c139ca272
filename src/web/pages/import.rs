//! Taking in a case file that was written elsewhere: whole, or not at all.

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use serde::Serialize;

use crate::{
    case::{self, CaseFile, CaseFileError, revision::unfold},
    interview,
    store::{NewReport, ReportId, SaveError},
    web::{
        csrf::OurUpload,
        error::Error,
        fields::{Control, ErrorLine, FieldView, summary},
        state::AppState,
        templates::Page,
        visit::SignedIn,
    },
};

/// The form that takes in a case file.
#[derive(Debug, Serialize)]
pub struct ImportPage {
    fields: Vec<FieldView>,
    errors: Vec<ErrorLine>,
    /// Where in the file the fault is.
    path: String,
    /// What is wrong there.
    reason: String,
}

impl ImportPage {
    fn new(error: &str) -> Self {
        let file = FieldView::new(Control::File, "file", "Case file")
            .hint("A .json file in Foreword's case-file form, version 1")
            .error(error);
        let fields = vec![file];
        Self {
            errors: summary(&fields),
            fields,
            path: String::new(),
            reason: String::new(),
        }
    }

    fn refusing(fault: CaseFileError) -> Self {
        let mut page = Self::new("The case file has a fault, and nothing of it was taken in");
        page.path = fault.path;
        page.reason = fault.reason;
        page
    }
}

impl Page for ImportPage {
    const NAME: &'static str = "import.html";
    const HTML: &'static str = include_str!("import.html");

    fn title(&self) -> String {
        "Import a case file".into()
    }

    fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    fn samples() -> Vec<Self> {
        let fault = CaseFileError {
            path: "offences[0].convicted_on".into(),
            reason: "input contains <invalid> characters".into(),
        };
        vec![
            Self::new(""),
            Self::new("Choose a case file"),
            Self::refusing(fault),
        ]
    }
}

/// `GET /reports/import`.
///
/// # Errors
/// The page cannot be rendered.
pub async fn show(author: SignedIn) -> Result<Response, Error> {
    author.visit.page(&ImportPage::new(""))
}

/// `POST /reports/import`.
///
/// # Errors
/// The store fails.
pub async fn accept(
    State(state): State<AppState>,
    author: SignedIn,
    upload: OurUpload,
) -> Result<Response, Error> {
    if !upload.chosen {
        return author.visit.refused(&ImportPage::new("Choose a case file"));
    }
    let Some(text) = upload.text else {
        let said = "That file is not text. Choose a .json file that Foreword wrote";
        return author.visit.refused(&ImportPage::new(said));
    };
    let case = match case::from_json(&text).and_then(|case| cleaned(&case)) {
        Ok(case) => case,
        Err(fault) => return author.visit.refused(&ImportPage::refusing(fault)),
    };
    match create(&state, &author, &case).await {
        Ok(id) => Ok(Redirect::to(&format!("/reports/{id}")).into_response()),
        Err(SaveError::Unfit(fault)) => author.visit.refused(&ImportPage::refusing(fault)),
        Err(error) => Err(error.into()),
    }
}

/// The case without what cannot be seen in its texts, or turns their direction.
fn cleaned(case: &CaseFile) -> Result<CaseFile, CaseFileError> {
    let value = serde_json::to_value(case).map_err(|e| CaseFileError {
        path: "(file)".into(),
        reason: e.to_string(),
    })?;
    case::from_value(interview::cleaned(value))
}

async fn create(
    state: &AppState,
    author: &SignedIn,
    case: &CaseFile,
) -> Result<ReportId, SaveError> {
    let writes = unfold(case).map_err(|e| {
        SaveError::Unfit(CaseFileError {
            path: "(file)".into(),
            reason: e.to_string(),
        })
    })?;
    let now = state.now();
    let report = NewReport {
        id: ReportId::new(now),
        pack_version: &state.stamp().await?,
        writes: &writes,
    };
    author.reports(state).create_report(report, now).await
}
