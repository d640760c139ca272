//! What is different between the plan and the proposal it was made from: taken or left,
//! one by one.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Serialize;

use super::{home, opened};
use crate::{
    consultancy::plan::{Difference, Moved, StepWords},
    store::{LoadedReport, PlanKept, PlanSave},
    web::{
        csrf::OurForm,
        error::Error,
        fields::{Control, FieldView},
        pages::report::ReportStrip,
        state::AppState,
        templates::Page,
        visit::SignedIn,
    },
};

/// A difference on the page.
#[derive(Debug, Serialize)]
struct DifferenceView {
    heading: String,
    key: String,
    /// Each part that differs: what, in the plan, before, now.
    parts: Vec<PartView>,
    field: FieldView,
}

#[derive(Debug, Serialize)]
struct PartView {
    label: &'static str,
    stands: String,
    now: String,
}

/// The differences.
#[derive(Debug, Serialize)]
pub struct MovedPage {
    report: ReportStrip,
    home: String,
    differences: Vec<DifferenceView>,
    stale: bool,
    /// The version of the plan, and the revision of the report, that they are between.
    seen: i64,
    revision: i64,
}

impl Page for MovedPage {
    const NAME: &'static str = "plan_moved.html";
    const HTML: &'static str = include_str!("moved.html");

    fn title(&self) -> String {
        format!("The proposal moved on – {}", self.report.name)
    }

    fn fictional(&self) -> bool {
        self.report.fictional
    }

    fn samples() -> Vec<Self> {
        let page = |differences, stale| Self {
            report: ReportStrip::sample(true),
            home: "/reports/1/plan".into(),
            differences,
            stale,
            seen: 1,
            revision: 7,
        };
        let one = DifferenceView {
            heading: "The proposal says <another> thing".into(),
            key: "requirement/rar/1".into(),
            parts: vec![PartView {
                label: "When",
                stands: "Tuesday & Thursday".into(),
                now: String::new(),
            }],
            field: choice(0),
        };
        vec![page(Vec::new(), false), page(vec![one], true)]
    }
}

fn choice(at: usize) -> FieldView {
    FieldView::new(
        Control::Radios,
        format!("choice-{at}"),
        "What to do with it",
    )
    .hinted_options([
        ("take", "Take it into the plan", String::new()),
        ("leave", "Leave the plan as it is", String::new()),
        ("later", "Decide later", String::new()),
    ])
    .inline()
    .small()
    .value("later")
}

fn label(name: &str) -> &'static str {
    match name {
        "who" => "Who",
        "place" => "Where",
        "when" => "When",
        _ => "What",
    }
}

fn parts(stands: &StepWords, before: &StepWords, now: &StepWords) -> Vec<PartView> {
    let each = stands.each().into_iter().zip(before.each()).zip(now.each());
    each.filter(|((_, (_, before)), (_, now))| before != now)
        .map(|(((name, stands), _), (_, now))| PartView {
            label: label(name),
            stands: stands.clone(),
            now: now.clone(),
        })
        .collect()
}

fn view(at: usize, difference: &Difference) -> DifferenceView {
    let empty = StepWords::default();
    let (heading, parts) = match &difference.moved {
        Moved::New(step) => (
            "New in the proposal".to_owned(),
            parts(&empty, &empty, &step.words),
        ),
        Moved::Changed {
            number,
            stands,
            before,
            now,
        } => (
            format!("Step {number}: the proposal says it differently"),
            parts(stands, before, now),
        ),
        Moved::Gone { number, stands } => (
            format!("Step {number}: no longer in the proposal"),
            parts(stands, stands, &empty),
        ),
    };
    DifferenceView {
        heading,
        key: difference.origin.key.clone(),
        parts,
        field: choice(at),
    }
}

fn page(report: &LoadedReport, kept: &PlanKept, differences: &[Difference]) -> MovedPage {
    let views = differences.iter().enumerate();
    MovedPage {
        report: ReportStrip::of(report),
        home: home(report.id),
        differences: views.map(|(at, d)| view(at, d)).collect(),
        stale: false,
        seen: kept.version.number,
        revision: report.revision,
    }
}

fn differences(state: &AppState, report: &LoadedReport, kept: &PlanKept) -> Vec<Difference> {
    let made = state.pack().plan_made(&report.case, state.today());
    kept.plan.differences(&made)
}

/// `GET /reports/{id}/plan/moved`.
///
/// # Errors
/// No such report of this author's, or it has no plan.
pub async fn show(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let (report, kept) = opened(&state, &author, &id).await?;
    let found = differences(&state, &report, &kept);
    author.visit.page(&page(&report, &kept, &found))
}

/// `POST /reports/{id}/plan/moved`: takes and leaves what was chosen; nothing, where plan
/// or proposal moved on while the page was open.
///
/// # Errors
/// As [`show`], or the store fails.
pub async fn save(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<String>,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let (report, kept) = opened(&state, &author, &id).await?;
    let found = differences(&state, &report, &kept);
    let seen = form.seen().ok_or_else(Error::not_understood)?;
    let revision: Option<i64> = form.one("revision").parse().ok();
    let moved_on = |kept: &PlanKept| {
        let mut page = page(&report, kept, &differences(&state, &report, kept));
        page.stale = true;
        author.visit.page_as(StatusCode::CONFLICT, &page)
    };
    if seen != kept.version.number || revision != Some(report.revision) {
        return moved_on(&kept);
    }
    let mut plan = kept.plan.clone();
    for (at, difference) in found.iter().enumerate() {
        match form.one(&format!("choice-{at}")) {
            "take" => plan.take(difference, &state.pack().plans.words.gone),
            "leave" => plan.leave(difference),
            _ => {}
        }
    }
    if plan == kept.plan {
        return Ok(Redirect::to(&home(report.id)).into_response());
    }
    let reports = author.reports(&state);
    match reports
        .save_plan(report.id, seen, &plan, state.now())
        .await?
    {
        PlanSave::Kept(_) => Ok(Redirect::to(&home(report.id)).into_response()),
        PlanSave::Stale(kept) => moved_on(&kept),
    }
}
