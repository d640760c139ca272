//! One chosen service: what it offers her, for which needs, when, and who confirmed it.
//!
//! Lives here: the form of one entry of the list, shown and saved. Not here: choosing it (`services`).
//! A new detail is a field of `service_form`.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Serialize;

use super::{
    choose::entry,
    choosing,
    conflict::ConflictPage,
    report::{ReportStrip, open},
    service_form::{held, lines, read, sent, themes},
};
use crate::{
    case::ChosenService,
    store::{LoadedReport, Save},
    web::{
        csrf::OurForm,
        error::Error,
        fields::{ErrorLine, FieldView, summary},
        form::Form,
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
    seen: i64,
    back: String,
    action: String,
}

impl ServicePage {
    fn of(
        report: &LoadedReport,
        service: &ChosenService,
        fields: Vec<FieldView>,
        seen: i64,
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
            seen,
            action: format!("{back}/{}", service.id),
            back,
        }
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
        let page = |fields| Self::of(&report, &service, fields, 3);
        vec![
            page(held(&service, &themes)),
            page(held(&full, &themes)),
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
    let service = chosen(&report, &service).ok_or_else(Error::not_found)?;
    let fields = held(service, &themes(&report, state.interview()));
    author
        .visit
        .page(&ServicePage::of(&report, service, fields, report.revision))
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
    let seen = form.seen().ok_or_else(Error::not_understood)?;
    let interview = state.interview();
    let before = chosen(&report, &service).cloned();
    let before = before.or_else(|| entry(&report, &state, &service));
    let before = before.ok_or_else(Error::not_found)?;
    let page = |faults: &[(String, String)]| {
        let fields = sent(&form, &themes(&report, interview), faults);
        ServicePage::of(&report, &before, fields, seen)
    };
    if form.one("again") == "edit" {
        return author.visit.page(&page(&[]));
    }
    let now = match read(&form, &before, interview, state.today()) {
        Ok(now) => now,
        Err(faults) => return author.visit.refused(&page(&faults)),
    };
    let writes = [choosing::write(&choosing::changed(
        &report.case.services,
        &now,
    ))];
    let saved = author
        .reports(&state)
        .save(report.id, &writes, seen, state.now())
        .await?;
    let back = format!("/reports/{}/services", report.id);
    match saved {
        Save::Saved { .. } => Ok(Redirect::to(&back).into_response()),
        Save::Signed(mark) => Err(Error::signed(&mark)),
        Save::Stale(since) => {
            let theirs = match chosen(&report, &service) {
                Some(theirs) => lines(theirs, interview),
                None => vec!["No longer chosen for this report".into()],
            };
            let page = ConflictPage::between(&report, &since, &form, format!("{back}/{service}"))
                .saying(&before.name, theirs, lines(&now, interview));
            author.visit.page_as(StatusCode::CONFLICT, &page)
        }
    }
}

fn chosen<'a>(report: &'a LoadedReport, id: &str) -> Option<&'a ChosenService> {
    report.case.services.iter().find(|s| s.id == id)
}
