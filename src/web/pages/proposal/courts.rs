//! Specialist courts: each court's published criteria beside this case, and what
//! sentence there would change.
//!
//! Lives here: the page. Not here: any criterion or its source
//! (`report-templates/sentencing/courts.toml`), or whether it is met (`sentencing`).
//! Whether she is taken on is for the court; the page never says that she is.

use axum::{
    extract::{Path, State},
    response::Response,
};
use serde::Serialize;

use crate::{
    case::CaseFile,
    sentencing::{CourtFit, CriterionFit, Fit, SpecialCourt},
    store::ReportId,
    web::{
        error::Error,
        findings::{BasisView, sourced},
        pages::report::{ReportStrip, open},
        state::AppState,
        templates::Page,
        visit::SignedIn,
        words::sentence_case,
    },
};

/// Every specialist court that the pack knows, beside one case.
#[derive(Debug, Serialize)]
pub struct CourtsPage {
    report: ReportStrip,
    courts: Vec<CourtView>,
    /// True where no sentence has been chosen yet.
    unproposed: bool,
}

#[derive(Debug, Serialize)]
struct CourtView {
    id: String,
    name: String,
    /// How she stands, in words.
    says: &'static str,
    tag: (&'static str, &'static str),
    /// How many criteria are met, not met and not known.
    counted: String,
    criteria: Vec<CriterionView>,
    effects: Vec<String>,
    /// Words by which its courts are known.
    sits_at: String,
    /// Whether this case's court is one of them.
    here: String,
    source: String,
    url: String,
    /// What of it still has to be read.
    to_check: String,
}

#[derive(Debug, Serialize)]
struct CriterionView {
    says: String,
    tag: (&'static str, &'static str),
    rests_on: Vec<BasisView>,
}

impl CourtView {
    fn of(fit: &CourtFit, report: ReportId, case: &CaseFile, state: &AppState) -> Self {
        let law = state.law();
        let listed = law.special_courts().iter().find(|c| c.id == fit.id);
        let count = |kind| fit.criteria.iter().filter(|c| c.fit == kind).count();
        Self {
            id: fit.id.clone(),
            name: fit.name.clone(),
            says: match fit.fit {
                Fit::Met => {
                    "On what is recorded she meets every published criterion. Whether she is taken on is for the court."
                }
                Fit::NotMet => {
                    "On what is recorded a published criterion is not met. Courts can depart from what they publish; ask if the rest fits."
                }
                Fit::NotKnown => {
                    "It cannot be told yet: something that the criteria ask is not recorded."
                }
            },
            tag: tag(fit.fit),
            counted: format!(
                "{} met, {} not met, {} not known",
                count(Fit::Met),
                count(Fit::NotMet),
                count(Fit::NotKnown)
            ),
            criteria: fit
                .criteria
                .iter()
                .map(|c| CriterionView::of(c, report, state))
                .collect(),
            effects: fit.effects.clone(),
            source: sourced(&fit.source),
            url: fit.source.url.clone().unwrap_or_default(),
            sits_at: listed.map_or_else(String::new, |c| c.sits_at.join(", ")),
            here: listed.map_or_else(String::new, |c| here(c, &case.hearing.court)),
            to_check: listed.map_or_else(String::new, |c| c.to_check.clone()),
        }
    }
}

/// Whether the court of a case is one of a specialist court's.
fn here(court: &SpecialCourt, named: &str) -> String {
    let named = named.trim();
    if named.is_empty() {
        "The court of this case is not recorded.".into()
    } else if court.sits_in(named) {
        format!("This case is at {named}, which is one of them.")
    } else {
        format!("This case is at {named}, which is not one of them.")
    }
}

impl CriterionView {
    fn of(fit: &CriterionFit, report: ReportId, state: &AppState) -> Self {
        Self {
            says: sentence_case(&fit.says),
            tag: tag(fit.fit),
            rests_on: BasisView::all(&fit.rests_on, report, state.interview()),
        }
    }
}

fn tag(fit: Fit) -> (&'static str, &'static str) {
    match fit {
        Fit::Met => ("Met", "green"),
        Fit::NotMet => ("Not met", "red"),
        Fit::NotKnown => ("Not known", "grey"),
    }
}

impl Page for CourtsPage {
    const NAME: &'static str = "proposal_courts.html";
    const HTML: &'static str = include_str!("courts.html");

    fn title(&self) -> String {
        format!("Specialist courts – {}", self.report.name)
    }

    fn fictional(&self) -> bool {
        self.report.fictional
    }

    fn samples() -> Vec<Self> {
        let criterion = |fit, known: bool| CriterionView {
            says: "She lives in <Greater> Manchester".into(),
            tag: tag(fit),
            rests_on: known.then(BasisView::sample).into_iter().collect(),
        };
        let court = |id: &str, url: &str| CourtView {
            id: id.into(),
            name: "Problem-solving court & co".into(),
            says: "It cannot be told yet.",
            tag: tag(Fit::NotKnown),
            counted: "1 met, 1 not met, 1 not known".into(),
            criteria: vec![
                criterion(Fit::Met, true),
                criterion(Fit::NotMet, true),
                criterion(Fit::NotKnown, false),
            ],
            effects: vec!["Reviews each month.".into()],
            sits_at: if url.is_empty() { "" } else { "Bolton & Wigan" }.into(),
            here: "This case is at <Reading>, which is not one of them.".into(),
            to_check: if url.is_empty() {
                ""
            } else {
                "Its <own> list."
            }
            .into(),
            source: "SI 2023/559 (not verified)".into(),
            url: url.into(),
        };
        let page = |courts, unproposed| Self {
            report: ReportStrip::sample(true),
            courts,
            unproposed,
        };
        vec![
            page(
                vec![court("one", "https://example.org/"), court("two", "")],
                false,
            ),
            page(Vec::new(), true),
        ]
    }
}

/// `GET /reports/{id}/proposal/courts`.
///
/// # Errors
/// There is no such report of hers.
pub async fn show(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let fits = state.pack().special_courts(&report.case, state.today());
    let view = |fit| CourtView::of(fit, report.id, &report.case, &state);
    let courts = fits.iter().map(view);
    author.visit.page(&CourtsPage {
        courts: courts.collect(),
        unproposed: report.case.proposal.order.is_none(),
        report: ReportStrip::of(&report),
    })
}
