//! The plan as it stands, and making one.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Serialize;

use super::{home, view::made};
use crate::{
    consultancy::plan::PlanTexts,
    store::{Action, LoadedReport, PlanSave, PlanVersion},
    web::{
        csrf::OurForm,
        error::Error,
        fields::{Control, ErrorLine, FieldView, summary},
        pages::report::{ReportStrip, note, open},
        state::AppState,
        templates::Page,
        visit::SignedIn,
        words,
    },
};

/// One step, in the list.
#[derive(Debug, Default, Serialize)]
pub(super) struct StepView {
    pub(super) number: u32,
    pub(super) what: String,
    pub(super) who: String,
    pub(super) when: String,
    pub(super) for_her: String,
    pub(super) serves: String,
    pub(super) origin: String,
    pub(super) status: String,
    pub(super) ended: String,
    pub(super) href: String,
}

/// A label and what is said of it.
#[derive(Debug, Default, Serialize)]
pub(super) struct FactView {
    pub(super) label: String,
    pub(super) says: String,
}

/// Something recorded.
#[derive(Debug, Default, Serialize)]
pub(super) struct EntryView {
    pub(super) what: String,
    pub(super) how: String,
    pub(super) when: String,
    pub(super) note: String,
    pub(super) her_view: String,
    pub(super) record_only: bool,
}

/// The plan.
#[derive(Debug, Serialize)]
pub struct PlanPage {
    pub(super) report: ReportStrip,
    pub(super) home: String,
    /// The form that makes it, where there is none.
    pub(super) fields: Vec<FieldView>,
    pub(super) errors: Vec<ErrorLine>,
    pub(super) facts: Vec<FactView>,
    /// Changes of worker.
    pub(super) breaks: Vec<FactView>,
    /// How many differences from the proposal are open.
    pub(super) moved: usize,
    pub(super) steps: Vec<StepView>,
    pub(super) off: Vec<StepView>,
    pub(super) outcomes: Vec<FactView>,
    pub(super) holders: Vec<FactView>,
    pub(super) progress: Vec<EntryView>,
    pub(super) reviews: usize,
    pub(super) completes: Vec<FactView>,
    pub(super) if_not: Vec<FactView>,
    pub(super) versions: Vec<String>,
}

impl Page for PlanPage {
    const NAME: &'static str = "plan_show.html";
    const HTML: &'static str = include_str!("show.html");

    fn title(&self) -> String {
        format!("Support and development plan – {}", self.report.name)
    }

    fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    fn fictional(&self) -> bool {
        self.report.fictional
    }

    fn samples() -> Vec<Self> {
        let fact = || FactView {
            label: "Link <worker>".into(),
            says: "Priya & Noor".into(),
        };
        let step = || StepView {
            number: 1,
            what: "Ring <the> school".into(),
            who: "Priya".into(),
            when: "Tuesday".into(),
            for_her: "I ring.".into(),
            serves: "money".into(),
            origin: "what she said".into(),
            status: "Achieved".into(),
            ended: "Done & over".into(),
            href: "/reports/1/plan/steps/1".into(),
        };
        let none = || Self {
            report: ReportStrip::sample(true),
            home: "/reports/1/plan".into(),
            fields: Vec::new(),
            errors: Vec::new(),
            facts: Vec::new(),
            breaks: Vec::new(),
            moved: 0,
            steps: Vec::new(),
            off: Vec::new(),
            outcomes: Vec::new(),
            holders: Vec::new(),
            progress: Vec::new(),
            reviews: 0,
            completes: Vec::new(),
            if_not: Vec::new(),
            versions: Vec::new(),
        };
        let wrong = || FieldView::new(Control::Radios, "purpose", "For").error("Select <one>");
        let mut unmade = none();
        unmade.fields = vec![wrong().hinted_options([("bail", "Bail", String::new())])];
        unmade.errors = summary(&unmade.fields);
        let full = Self {
            facts: vec![fact()],
            breaks: vec![fact()],
            moved: 2,
            steps: vec![step(), StepView::default()],
            off: vec![step()],
            outcomes: vec![fact()],
            holders: vec![fact()],
            progress: vec![EntryView {
                what: "Step 1".into(),
                how: "Achieved".into(),
                when: "Sam, 3 December 2026".into(),
                note: "She <rang>".into(),
                her_view: "Good & glad".into(),
                record_only: true,
            }],
            reviews: 3,
            completes: vec![fact()],
            if_not: vec![fact()],
            versions: vec!["Version 1".into()],
            ..none()
        };
        let bare = Self {
            facts: vec![fact()],
            ..none()
        };
        vec![unmade, full, bare]
    }
}

fn purposes(texts: &PlanTexts) -> FieldView {
    let options = texts.purposes.iter();
    let options = options.map(|p| (p.id.as_str(), p.name.as_str(), p.about.clone()));
    FieldView::new(Control::Radios, "purpose", "What does the plan go with?")
        .strong()
        .hinted_options(options)
}

fn unmade(state: &AppState, report: &LoadedReport) -> PlanPage {
    PlanPage {
        report: ReportStrip::of(report),
        home: home(report.id),
        fields: vec![purposes(&state.pack().plans)],
        errors: Vec::new(),
        facts: Vec::new(),
        breaks: Vec::new(),
        moved: 0,
        steps: Vec::new(),
        off: Vec::new(),
        outcomes: Vec::new(),
        holders: Vec::new(),
        progress: Vec::new(),
        reviews: 0,
        completes: Vec::new(),
        if_not: Vec::new(),
        versions: Vec::new(),
    }
}

/// `GET /reports/{id}/plan`.
///
/// # Errors
/// No such report of this author's, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let versions = author.reports(&state).plan_versions(report.id).await?;
    let Some(kept) = versions.first() else {
        return author.visit.page(&unmade(&state, &report));
    };
    note(&state, &author, report.id, Action::PlanViewed).await?;
    let mut page = made(&state, &report, kept);
    page.versions = versions.iter().map(|kept| version(&kept.version)).collect();
    author.visit.page(&page)
}

pub(super) fn version(version: &PlanVersion) -> String {
    let PlanVersion { number, at, by } = version;
    format!("Version {number}: {by}, {}", words::moment(*at))
}

/// `POST /reports/{id}/plan`: makes it from the proposal as it stands.
///
/// # Errors
/// As [`show`].
pub async fn make(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<String>,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let purpose = form.one("purpose");
    let here = home(report.id);
    if state.pack().plans.purpose(purpose).is_none() {
        let mut page = unmade(&state, &report);
        let field = purposes(&state.pack().plans).error("Select what the plan goes with");
        page.fields = vec![field];
        page.errors = summary(&page.fields);
        return author.visit.refused(&page);
    }
    let plan = state
        .pack()
        .plan_made(&report.case, state.today())
        .plan(purpose);
    let reports = author.reports(&state);
    match reports.save_plan(report.id, 0, &plan, state.now()).await? {
        PlanSave::Kept(_) => Ok(Redirect::to(&here).into_response()),
        // Made twice, or in another window: the plan that is there is shown.
        PlanSave::Stale(kept) => {
            let page = made(&state, &report, &kept);
            author.visit.page_as(StatusCode::CONFLICT, &page)
        }
    }
}
