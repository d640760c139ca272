//! One chosen service: what it offers her, for which needs, when, and who confirmed it.
//!
//! Lives here: the form of one entry of the list, shown and saved. Not here: choosing it (`services`).
//! A new detail is a field of `service_form`.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::Response,
};
use serde::Serialize;

use super::{
    choose::entry,
    choosing,
    conflict::ConflictPage,
    relied_on::ReliedOnView,
    report::{ReportStrip, open},
    service_form::{ThemeChoice, held, lines, read, sent, themes},
    taking::Taking,
};
use crate::{
    case::{ChosenService, revision::Write},
    directory::Directory,
    store::{LoadedReport, Stale},
    web::{
        asking::Faults,
        csrf::OurForm,
        error::Error,
        fields::{ErrorLine, FieldView, summary},
        form::Form,
        saving::{self, Keeping, ReportForm},
        state::AppState,
        templates::Page,
        visit::SignedIn,
    },
};

/// The details of a chosen service.
#[derive(Debug, Serialize)]
pub struct ServicePage {
    report: ReportStrip,
    name: String,
    organisation: String,
    as_at: String,
    source: String,
    fields: Vec<FieldView>,
    errors: Vec<ErrorLine>,
    keeping: Keeping,
    back: String,
    action: String,
    /// The service as it stands in the report; none before it is chosen again.
    relied_on: Option<ReliedOnView>,
    /// What the copy of its entry says, fact by fact.
    entry: Vec<FactView>,
    /// What may be taken into the form.
    taking: Vec<Taking>,
    seen: i64,
}

/// One fact of the copy.
#[derive(Debug, Serialize)]
struct FactView {
    label: String,
    says: String,
}

impl ServicePage {
    fn of(
        report: &LoadedReport,
        service: &ChosenService,
        fields: Vec<FieldView>,
        keeping: Keeping,
    ) -> Self {
        let back = format!("/reports/{}/services", report.id);
        Self {
            report: ReportStrip::of(report),
            name: service.name.clone(),
            organisation: service.organisation.clone(),
            as_at: service.as_at.clone(),
            source: service.source.clone(),
            errors: summary(&fields),
            fields,
            keeping,
            action: format!("{back}/{}", service.id),
            back,
            relied_on: None,
            entry: Vec::new(),
            taking: Vec::new(),
            seen: report.revision,
        }
    }

    fn with_entry(mut self, service: &ChosenService, at: &At<'_>) -> Self {
        let all = ReliedOnView::all(at.report, at.state, &at.directory);
        self.relied_on = all.into_iter().find(|one| one.id == service.id);
        let facts = at.directory.labelled(&service.entry).into_iter();
        self.entry = facts
            .map(|(label, says)| FactView {
                label,
                says: says.to_owned(),
            })
            .collect();
        self.taking = at.taking();
        self
    }
}

impl Page for ServicePage {
    const NAME: &'static str = "service.html";
    const HTML: &'static str = include_str!("service.html");

    fn title(&self) -> String {
        format!("{} – {}", self.name, self.report.name)
    }

    fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    fn fictional(&self) -> bool {
        self.report.fictional
    }

    fn samples() -> Vec<Self> {
        let report = super::samples::report();
        let themes = [
            ("safety", "Safety & abuse", "On the record only"),
            ("finance", "Finance, <benefits>", ""),
        ]
        .map(|(id, name, hint)| (id.to_owned(), name.to_owned(), hint.to_owned()));
        let service = ChosenService {
            id: "a".into(),
            name: "The <b>Centre</b>".into(),
            organisation: "Us & Co".into(),
            source: "A <i>guide</i>".into(),
            as_at: "2024-05".into(),
            ..ChosenService::default()
        };
        let full = ChosenService {
            needs: vec!["safety".into()],
            offer: Some("</textarea><script>alert(1)</script>".into()),
            slots: super::slots::samples(),
            confirmed_on: chrono::NaiveDate::from_ymd_opt(2026, 11, 20),
            confirmed_with: Some("Assessment \"worker\"".into()),
            held: Some("four weeks".into()),
            ..service.clone()
        };
        let typed = [
            ("offer", "She <b>would</b>"),
            ("confirmed_on-day", "40"),
            ("slot.0.from", "9"),
        ];
        let form = Form::new(typed.map(|(n, v)| (n.to_owned(), v.to_owned())).into());
        let faults = ["slot.0.days", "slot.0.to", "confirmed_on"];
        let faults = faults.map(|f| (f.to_owned(), "Enter <something>".to_owned()));
        let page = |fields| Self::of(&report, &service, fields, Keeping::sample(false));
        let [_, changed, _] = ReliedOnView::samples();
        let fact = FactView {
            label: "What it <does>".into(),
            says: "A & B".into(),
        };
        let with_entry = ServicePage {
            relied_on: Some(changed),
            entry: vec![fact],
            taking: Taking::samples(),
            ..page(held(&full, &themes))
        };
        vec![
            page(held(&service, &themes)),
            with_entry,
            page(sent(&form, &themes, &faults)),
        ]
    }
}

type Address = Path<(String, String)>;

/// `GET /reports/{id}/services/{service}`.
///
/// # Errors
/// There is no such report of hers, or the service is not chosen for it.
pub async fn show(
    State(state): State<AppState>,
    author: SignedIn,
    Path((id, service)): Address,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    chosen(&report, &service).ok_or_else(Error::not_found)?;
    let at = At::new(&state, &report, &service).await?;
    saving::show(&state, &author, &report, &at).await
}

/// `POST` to the same address: saves the details and goes back to the services. One
/// that was removed meanwhile is a clash, shown with what was typed.
///
/// # Errors
/// There is no such report of hers, or no such service, or the store fails.
pub async fn save(
    State(state): State<AppState>,
    author: SignedIn,
    Path((id, service)): Address,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let at = At::new(&state, &report, &service).await?;
    saving::save(&state, &author, &report, &at, &form).await
}

/// A service of a report: chosen, or about to be again.
struct At<'a> {
    state: &'a AppState,
    report: &'a LoadedReport,
    directory: Arc<Directory>,
    service: ChosenService,
}

impl<'a> At<'a> {
    async fn new(state: &'a AppState, report: &'a LoadedReport, id: &str) -> Result<Self, Error> {
        let directory = state.directory().await?;
        let service = chosen(report, id).cloned();
        let service = service.or_else(|| entry(report, state, &directory, id));
        Ok(Self {
            state,
            report,
            directory,
            service: service.ok_or_else(Error::not_found)?,
        })
    }

    fn taking(&self) -> Vec<Taking> {
        Taking::all(&self.service.id, &self.directory, self.state.today())
    }

    fn themes(&self) -> Vec<ThemeChoice> {
        themes(self.report, self.state.interview())
    }

    fn typed(&self, form: &Form) -> Result<ChosenService, Faults> {
        let today = self.state.today();
        read(form, &self.service, self.state.interview(), today)
    }
}

impl ReportForm for At<'_> {
    type Page = ServicePage;

    fn address(&self) -> String {
        format!("/reports/{}/services/{}", self.report.id, self.service.id)
    }

    /// Nothing: a page of what is saved is filled without a form.
    fn held(&self) -> Form {
        Form::default()
    }

    fn read(&self, form: &Form) -> Result<Vec<Write>, Faults> {
        let all = choosing::changed(&self.report.case.services, &self.typed(form)?);
        Ok(vec![choosing::write(&all)])
    }

    fn page(
        &self,
        form: &Form,
        faults: &[(String, String)],
        keeping: Keeping,
    ) -> Result<ServicePage, Error> {
        let fields = if form.pairs().is_empty() {
            held(&self.service, &self.themes())
        } else {
            let form = Taking::into_form(&self.taking(), form);
            sent(&form, &self.themes(), faults)
        };
        let page = ServicePage::of(self.report, &self.service, fields, keeping);
        Ok(page.with_entry(&self.service, self))
    }

    fn clash(&self, form: &Form, stale: &Stale) -> Result<ConflictPage, Error> {
        let interview = self.state.interview();
        let theirs = match chosen(self.report, &self.service.id) {
            Some(theirs) => lines(theirs, interview),
            None => vec!["No longer chosen for this report".into()],
        };
        let typed = self.typed(form).unwrap_or_else(|_| self.service.clone());
        let page = ConflictPage::between(self.report, stale, form, self.address());
        Ok(page.saying(&self.service.name, theirs, lines(&typed, interview)))
    }

    fn onwards(&self, now: &LoadedReport) -> String {
        format!("/reports/{}/services", now.id)
    }

    fn set_aside(&self) -> String {
        self.onwards(self.report)
    }

    /// Details of a service that is no longer chosen would choose it again.
    fn adds(&self) -> bool {
        chosen(self.report, &self.service.id).is_none()
    }
}

fn chosen<'a>(report: &'a LoadedReport, id: &str) -> Option<&'a ChosenService> {
    report.case.services.iter().find(|s| s.id == id)
}
