//! Saving one prompt: how its form is judged, and where it leads on to. What happens
//! to the form then is the same for every page (`web::saving`).

use axum::{
    extract::{Path, State},
    response::Response,
};

use super::{
    super::{conflict::ConflictPage, report::open},
    At, PromptPage,
};
use crate::{
    case::revision::Write,
    interview::{Kind, LONE_FIELD},
    store::{LoadedReport, Stale},
    web::{
        asking::{Faults, writing},
        csrf::OurForm,
        error::Error,
        form::Form,
        saving::{self, Keeping, ReportForm},
        state::AppState,
        visit::SignedIn,
    },
};

/// `POST /reports/{id}/prompts/{prompt}`: saves, and goes on to the next prompt.
///
/// # Errors
/// There is no such report of hers or no such prompt, or the store fails.
pub async fn save(
    State(state): State<AppState>,
    author: SignedIn,
    Path((id, prompt)): Path<(String, String)>,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let at = At::new(&state, &report, &prompt)?;
    saving::save(&state, &author, &report, &at, &form).await
}

impl ReportForm for At<'_> {
    type Page = PromptPage;

    fn address(&self) -> String {
        self.address()
    }

    fn held(&self) -> Form {
        self.held()
    }

    fn read(&self, form: &Form) -> Result<Vec<Write>, Faults> {
        match self.unknown_place(form) {
            Some(faults) => Err(faults),
            None => writing::read(self.prompt, self.report.case.answer(&self.prompt.id), form),
        }
    }

    fn page(
        &self,
        form: &Form,
        faults: &[(String, String)],
        keeping: Keeping,
    ) -> Result<PromptPage, Error> {
        Ok(self.page(form, faults, keeping))
    }

    fn clash(&self, form: &Form, stale: &Stale) -> Result<ConflictPage, Error> {
        let writes = self.read(form).unwrap_or_default();
        let (report, prompt) = (self.report, self.prompt);
        let page = ConflictPage::new(report, prompt, &writes, stale, form, self.address());
        Ok(page)
    }

    fn onwards(&self, now: &LoadedReport) -> String {
        self.onwards(now)
    }
}

impl At<'_> {
    /// A place that the geography does not know, told before it is saved: everything
    /// local rests on it.
    fn unknown_place(&self, form: &Form) -> Option<Faults> {
        let typed = form.one(LONE_FIELD);
        if self.prompt.kind != Kind::Area || typed.is_empty() {
            return None;
        }
        let unknown = self.directory.as_ref()?.place(typed).err()?;
        Some(vec![(LONE_FIELD.to_owned(), unknown.to_string())])
    }
}
