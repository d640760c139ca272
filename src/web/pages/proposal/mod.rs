//! The proposal: what is proposed, whether the law allows it on this case's dates,
//! whether she can live it, and her week with it.
//!
//! Lives here: the overview. Its forms are `order` and `requirement`. Not here: any
//! limit or rule; those come from the law pack with their sources.

mod card;
pub mod choose;
pub mod courts;
pub mod her_week;
pub mod in_words;
pub mod order;
pub mod requirement;
mod requirement_fields;
pub mod requirement_remove;
mod week;
mod week_picture;

use axum::{
    extract::{Path, State},
    response::Response,
};
use serde::Serialize;

use self::{
    card::{Card, Cards, is_on_a_card},
    week::WeekView,
};
use super::report::{ReportStrip, open};
use crate::{
    case::{CaseFile, HowPunished},
    directory::Directory,
    finding::sort,
    sentencing::{CaseDates, PresumptionOutcome, WeeklyLoad, presumption},
    store::ReportId,
    web::{
        asking::Said,
        error::Error,
        findings::{FindingView, sourced},
        state::AppState,
        templates::Page,
        visit::SignedIn,
        words,
    },
};

/// What is proposed, and what the checks say.
#[derive(Debug, Serialize)]
pub struct ProposalPage {
    report: ReportStrip,
    rows: Vec<Row>,
    requirements: Vec<Card>,
    /// True where the sentence chosen can have requirements, or none is chosen yet.
    may_have_requirements: bool,
    findings: Vec<FindingView>,
    presumption: PresumptionView,
    week: WeekView,
    law: LawStanding,
    /// The section of prompts that give the reasons.
    reasons: String,
}

#[derive(Debug, Serialize)]
struct Row {
    key: &'static str,
    lines: Vec<Said>,
    tag: Option<()>,
    note: String,
    href: String,
    action: &'static str,
}

#[derive(Debug, Serialize)]
struct PresumptionView {
    says: &'static str,
    reasons: Vec<String>,
    source: String,
}

/// How recent the law is that the page shows.
#[derive(Debug, Serialize)]
struct LawStanding {
    date: String,
    newest: String,
    warning: String,
    old: bool,
}

impl ProposalPage {
    fn new(
        id: ReportId,
        report: ReportStrip,
        case: &CaseFile,
        directory: &Directory,
        state: &AppState,
    ) -> Self {
        let today = state.today();
        let pack = state.law();
        let law = pack.in_force(&CaseDates::of(case, today));
        let home = report.href.clone();
        let mut findings = state.pack().judged(case, today);
        sort(&mut findings);
        let proposal = &case.proposal;
        let count = proposal.requirements.len();
        let beside = findings.iter().filter(|f| !is_on_a_card(f, count));
        let beside: Vec<FindingView> = beside
            .map(|f| FindingView::new(f, id, state.interview()))
            .collect();
        let needs = state.pack().needed(case, today);
        let cards = Cards {
            id,
            home: &home,
            case,
            pack: &pack,
            law: &law,
            state,
            directory,
            needs: &needs,
            findings: &findings,
        };
        let requirements = proposal.requirements.iter().enumerate();
        let load = WeeklyLoad::of(case, &law);
        let about = &pack.about;
        Self {
            rows: rows(&home, case, state),
            requirements: requirements
                .map(|(number, proposed)| cards.card(number, proposed))
                .collect(),
            may_have_requirements: proposal
                .order
                .is_none_or(|order| law.requirements(order).next().is_some()),
            findings: beside,
            presumption: PresumptionView::of(case, state),
            week: WeekView::of(&load),
            law: LawStanding {
                date: law.dates.convicted.map_or_else(
                    || {
                        format!(
                            "{} (the day of conviction is not recorded)",
                            words::day(law.dates.today)
                        )
                    },
                    |day| format!("{}, the day of conviction", words::day(day)),
                ),
                newest: about.newest_source.clone(),
                warning: about.warning.clone(),
                old: pack.is_old(today),
            },
            reasons: reasons_section(state)
                .map(|id| format!("{home}/sections/{id}"))
                .unwrap_or_default(),
            report,
        }
    }
}

/// The section whose prompts fill the proposal's reasons, wherever the pack puts them.
fn reasons_section(state: &AppState) -> Option<&str> {
    let mut prompts = state.interview().prompts();
    let found = prompts.find(|(_, p)| p.place == "proposal.rationale");
    found.map(|(section, _)| section.id.as_str())
}

fn rows(home: &str, case: &CaseFile, state: &AppState) -> Vec<Row> {
    let row = |key, lines: Vec<Said>, path: &str| Row {
        key,
        action: if lines.is_empty() { "Choose" } else { "Change" },
        lines,
        tag: None,
        note: String::new(),
        href: format!("{home}/proposal/{path}"),
    };
    let proposed = state.law().proposal_words(&case.proposal);
    let order = Some(proposed)
        .filter(|p| !p.is_empty())
        .map(|p| words::sentence_case(&p));
    let punished = case.proposal.punished.as_ref().map(|how| match how {
        HowPunished::Requirement => "By a requirement whose purposes include punishment".to_owned(),
        HowPunished::Fine { note: None } => "By a fine as well".to_owned(),
        HowPunished::Fine { note: Some(note) } => format!("By a fine as well. {note}"),
        HowPunished::ExceptionalCircumstances { reason } => {
            format!("Exceptional circumstances: {reason}")
        }
    });
    let reviews = case.proposal.special_reviews.map(|wanted| {
        let words = if wanted {
            "Reviews in an intensive supervision court"
        } else {
            "None by an intensive supervision court"
        };
        words.to_owned()
    });
    let mut rows = vec![
        row(
            "Sentence proposed",
            order.into_iter().map(Said::from).collect(),
            "order",
        ),
        row(
            "How it punishes",
            punished.into_iter().map(Said::from).collect(),
            "order",
        ),
    ];
    if reviews.is_some() {
        let lines = reviews.into_iter().map(Said::from).collect();
        rows.push(row("Special reviews", lines, "order"));
    }
    rows
}

impl PresumptionView {
    fn of(case: &CaseFile, state: &AppState) -> Self {
        let account = presumption(case, &state.law());
        Self {
            says: match account.outcome {
                PresumptionOutcome::Applies => {
                    "It applies on what is recorded, if the court imposes such a term."
                }
                PresumptionOutcome::DoesNotApply => "It does not apply on what is recorded.",
                PresumptionOutcome::CannotTell => "It cannot be told yet whether it applies.",
            },
            reasons: account.reasons,
            source: account.rule.as_ref().map(sourced).unwrap_or_default(),
        }
    }
}

impl Page for ProposalPage {
    const NAME: &'static str = "proposal.html";
    const HTML: &'static str = include_str!("proposal.html");

    fn title(&self) -> String {
        format!("Proposal – {}", self.report.name)
    }

    fn fictional(&self) -> bool {
        self.report.fictional
    }

    fn samples() -> Vec<Self> {
        let page = |full: bool| Self {
            report: ReportStrip::sample(full),
            rows: vec![Row {
                key: "Sentence proposed",
                lines: if full {
                    vec!["18-month community order".into()]
                } else {
                    Vec::new()
                },
                tag: None,
                note: String::new(),
                href: "/reports/1/proposal/order".into(),
                action: "Change",
            }],
            requirements: if full { Card::samples() } else { Vec::new() },
            may_have_requirements: full,
            findings: if full {
                FindingView::samples()
            } else {
                Vec::new()
            },
            presumption: PresumptionView {
                says: "It does not apply on what is recorded.",
                reasons: if full {
                    vec!["The offence was <i>committed</i> while…".into()]
                } else {
                    Vec::new()
                },
                source: "s.277A".into(),
            },
            week: WeekView::sample(full),
            law: LawStanding {
                date: "12 November 2026, the day of conviction".into(),
                newest: "SI 2026/402".into(),
                warning: "Nothing newer <seen>".into(),
                old: full,
            },
            reasons: "/reports/1/sections/proposal-reasons".into(),
        };
        vec![page(true), page(false)]
    }
}

/// `GET /reports/{id}/proposal`.
///
/// # Errors
/// There is no such report of hers.
pub async fn show(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let directory = state.directory().await?;
    let strip = ReportStrip::of(&report);
    let page = ProposalPage::new(report.id, strip, &report.case, &directory, &state);
    author.visit.page(&page)
}
