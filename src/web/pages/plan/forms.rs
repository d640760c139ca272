//! The forms of a plan: one page for all of them, each changing its own part.
//!
//! Lives here: showing one, taking it in, and a save that came too late: what was typed
//! stays, what is kept now is shown beside it, and saving again lays this part over the
//! newer plan. Not here: the fields (`going`, `step`, `reviews`).

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Serialize;

use super::{Faults, going, home, opened, reviews, step};
use crate::{
    consultancy::plan::Plan,
    pack::Pack,
    store::{LoadedReport, PlanKept, PlanSave, PlanVersion},
    web::{
        csrf::OurForm,
        error::Error,
        fields::{Control, ErrorLine, FieldView, mark, summary},
        form::Form,
        pages::report::ReportStrip,
        state::AppState,
        templates::Page,
        visit::SignedIn,
        words,
    },
};

/// Which form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// For what it is, its days, what she wants, who holds what.
    About,
    /// The link worker.
    Worker,
    /// A step by its number; 0 for a new one.
    Step(u32),
    /// Outcomes to record against.
    Outcomes,
    /// Progress of a step or an outcome.
    Progress,
    /// A review by its number; 0 for a new one.
    Review(u32),
}

/// What a form is filled from and read with.
#[derive(Clone, Copy)]
pub(super) struct Desk<'a> {
    /// The content.
    pub pack: &'a Pack,
    /// The plan as it is kept.
    pub plan: &'a Plan,
    /// Who is at it.
    pub by: &'a str,
}

/// A form before it is a page.
pub(super) struct Sheet {
    pub title: String,
    pub about: Vec<String>,
    pub fields: Vec<FieldView>,
}

/// One form of a plan.
#[derive(Debug, Serialize)]
pub struct PlanFormPage {
    report: ReportStrip,
    back: String,
    heading: String,
    about: Vec<String>,
    action: String,
    fields: Vec<FieldView>,
    errors: Vec<ErrorLine>,
    /// Who kept another version since, and when; empty where nobody did.
    stale: String,
    /// What is kept now, field by field, where somebody did.
    now: Vec<(String, String)>,
    seen: i64,
}

impl Page for PlanFormPage {
    const NAME: &'static str = "plan_form.html";
    const HTML: &'static str = include_str!("form.html");

    fn title(&self) -> String {
        format!("{} – {}", self.heading, self.report.name)
    }

    fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    fn fictional(&self) -> bool {
        self.report.fictional
    }

    fn samples() -> Vec<Self> {
        let page = || Self {
            report: ReportStrip::sample(true),
            back: "/reports/1/plan".into(),
            heading: "Link <worker>".into(),
            about: vec!["The same & throughout.".into()],
            action: "/reports/1/plan/worker".into(),
            fields: vec![FieldView::new(Control::Line, "name", "Her <name>").value("Priya & co")],
            errors: Vec::new(),
            stale: String::new(),
            now: Vec::new(),
            seen: 3,
        };
        let mut wrong = page();
        wrong.fields = vec![FieldView::new(Control::Line, "name", "Name").error("Enter <it>")];
        wrong.errors = summary(&wrong.fields);
        let late = Self {
            stale: "Sam <Author> on 3 December 2026".into(),
            now: vec![("Her <name>".into(), "Noor".into())],
            ..page()
        };
        vec![page(), wrong, late]
    }
}

fn sheet(kind: Kind, desk: &Desk<'_>) -> Result<Sheet, Error> {
    match kind {
        Kind::About => Ok(going::about(desk)),
        Kind::Worker => Ok(going::worker(desk)),
        Kind::Step(number) => step::sheet(desk, number).ok_or_else(Error::not_found),
        Kind::Outcomes => Ok(going::outcomes(desk)),
        Kind::Progress => Ok(going::progress(desk)),
        Kind::Review(number) => reviews::sheet(desk, number).ok_or_else(Error::not_found),
    }
}

/// Lays what was typed over a plan; says what is wrong with it.
fn read(kind: Kind, form: &Form, desk: &Desk<'_>, plan: &mut Plan) -> Faults {
    match kind {
        Kind::About => going::read_about(form, desk, plan),
        Kind::Worker => going::read_worker(form, plan),
        Kind::Step(number) => step::read(form, desk, number, plan),
        Kind::Outcomes => going::read_outcomes(form, desk, plan),
        Kind::Progress => going::read_progress(form, desk, plan),
        Kind::Review(number) => reviews::read(form, number, plan),
    }
}

fn address(kind: Kind) -> String {
    match kind {
        Kind::About => "/about".into(),
        Kind::Worker => "/worker".into(),
        Kind::Step(number) => format!("/steps/{number}"),
        Kind::Outcomes => "/outcomes".into(),
        Kind::Progress => "/progress".into(),
        Kind::Review(number) => format!("/reviews/{number}"),
    }
}

/// Where somebody goes on from a form.
fn afterwards(kind: Kind, report: &LoadedReport) -> String {
    match kind {
        Kind::Review(_) => format!("{}/reviews", home(report.id)),
        _ => home(report.id),
    }
}

fn page(kind: Kind, report: &LoadedReport, seen: i64, sheet: Sheet) -> PlanFormPage {
    PlanFormPage {
        report: ReportStrip::of(report),
        back: afterwards(kind, report),
        heading: sheet.title,
        about: sheet.about,
        action: format!("{}{}", home(report.id), address(kind)),
        errors: summary(&sheet.fields),
        fields: sheet.fields,
        stale: String::new(),
        now: Vec::new(),
        seen,
    }
}

async fn shown(
    state: &AppState,
    author: &SignedIn,
    id: &str,
    kind: Kind,
) -> Result<Response, Error> {
    let (report, kept) = opened(state, author, id).await?;
    let desk = Desk {
        pack: state.pack(),
        plan: &kept.plan,
        by: &author.account.display_name,
    };
    let sheet = sheet(kind, &desk)?;
    author
        .visit
        .page(&page(kind, &report, kept.version.number, sheet))
}

async fn saved(
    state: &AppState,
    author: &SignedIn,
    (id, kind): (&str, Kind),
    form: &Form,
) -> Result<Response, Error> {
    let (report, kept) = opened(state, author, id).await?;
    let seen = form.seen().ok_or_else(Error::not_understood)?;
    let desk = Desk {
        pack: state.pack(),
        plan: &kept.plan,
        by: &author.account.display_name,
    };
    let mut sheet = sheet(kind, &desk)?;
    let current = sheet.fields.clone();
    sheet.fields = typed_in(sheet.fields, form);
    let mut plan = kept.plan.clone();
    let faults = read(kind, form, &desk, &mut plan);
    if seen != kept.version.number {
        let late = late(page(kind, &report, seen, sheet), &kept.version, &current);
        return author.visit.page_as(StatusCode::CONFLICT, &late);
    }
    if !faults.is_empty() {
        mark(&mut sheet.fields, &faults);
        return author.visit.refused(&page(kind, &report, seen, sheet));
    }
    let reports = author.reports(state);
    match reports
        .save_plan(report.id, seen, &plan, state.now())
        .await?
    {
        PlanSave::Kept(_) => Ok(Redirect::to(&afterwards(kind, &report)).into_response()),
        PlanSave::Stale(now) => {
            let PlanKept { version, plan } = *now;
            let desk = Desk {
                plan: &plan,
                ..desk
            };
            let now = self::sheet(kind, &desk)?.fields;
            let late = late(page(kind, &report, seen, sheet), &version, &now);
            author.visit.page_as(StatusCode::CONFLICT, &late)
        }
    }
}

fn typed_in(fields: Vec<FieldView>, form: &Form) -> Vec<FieldView> {
    fields.into_iter().map(|field| field.typed(form)).collect()
}

/// The page of a save that came after another's.
fn late(mut page: PlanFormPage, version: &PlanVersion, now: &[FieldView]) -> PlanFormPage {
    page.stale = format!("{} on {}", version.by, words::moment(version.at));
    page.now = page
        .fields
        .iter()
        .zip(now)
        .filter(|(mine, now)| said(mine) != said(now))
        .map(|(_, now)| (now.label.clone(), said(now)))
        .collect();
    page.seen = version.number;
    page
}

/// What a field says, in words.
fn said(field: &FieldView) -> String {
    match field.control {
        Control::Date => {
            let date = &field.date;
            [&date.day, &date.month, &date.year]
                .map(String::as_str)
                .join(" ")
                .trim()
                .to_owned()
        }
        Control::Radios | Control::Checkboxes | Control::Select => {
            let chosen = field.options.iter().filter(|option| option.checked);
            chosen
                .map(|option| option.label.as_str())
                .collect::<Vec<_>>()
                .join(", ")
        }
        _ => field.value.clone(),
    }
}

macro_rules! form_of {
    ($show:ident, $save:ident, $kind:expr) => {
        /// Shows the form.
        ///
        /// # Errors
        /// No such report of this author's, or it has no plan.
        pub async fn $show(
            State(state): State<AppState>,
            author: SignedIn,
            Path(id): Path<String>,
        ) -> Result<Response, Error> {
            shown(&state, &author, &id, $kind).await
        }

        /// Takes the form in.
        ///
        /// # Errors
        /// As where it is shown, or the store fails.
        pub async fn $save(
            State(state): State<AppState>,
            author: SignedIn,
            Path(id): Path<String>,
            OurForm(form): OurForm,
        ) -> Result<Response, Error> {
            saved(&state, &author, (&id, $kind), &form).await
        }
    };
}

macro_rules! numbered_form_of {
    ($show:ident, $save:ident, $kind:expr) => {
        /// Shows the form of one; 0 for a new one.
        ///
        /// # Errors
        /// No such report of this author's, or no such part of its plan.
        pub async fn $show(
            State(state): State<AppState>,
            author: SignedIn,
            Path((id, number)): Path<(String, u32)>,
        ) -> Result<Response, Error> {
            shown(&state, &author, &id, $kind(number)).await
        }

        /// Takes it in.
        ///
        /// # Errors
        /// As where it is shown, or the store fails.
        pub async fn $save(
            State(state): State<AppState>,
            author: SignedIn,
            Path((id, number)): Path<(String, u32)>,
            OurForm(form): OurForm,
        ) -> Result<Response, Error> {
            saved(&state, &author, (&id, $kind(number)), &form).await
        }
    };
}

form_of!(show_about, save_about, Kind::About);
form_of!(show_worker, save_worker, Kind::Worker);
form_of!(show_outcomes, save_outcomes, Kind::Outcomes);
form_of!(show_progress, save_progress, Kind::Progress);
numbered_form_of!(show_step, save_step, Kind::Step);
numbered_form_of!(show_review, save_review, Kind::Review);
