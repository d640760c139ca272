//! Services for one woman: what is chosen, what she needs, and who near her may help.
//!
//! Lives here: the page. Not here: choosing and removing (`choose`), one chosen
//! service's details (`service`), how a candidate looks (`candidate`).
//! Nothing about her stands in an address: needs and places stay in the page.

use axum::{
    extract::{Path, State},
    response::Response,
};
use serde::Serialize;

use super::{
    candidate::{FoundView, sample_sources, sources, theme},
    choosing,
    report::{ReportStrip, open},
};
use crate::{
    case::ChosenService,
    directory::{Ask, Found},
    needs::{self, Level, Linked, Need},
    store::{LoadedReport, Stale},
    web::{
        error::Error, fields::ErrorLine, links, state::AppState, templates::Page, visit::SignedIn,
        words,
    },
};

/// A service of the report.
#[derive(Debug, Clone, Serialize)]
struct ChosenView {
    id: String,
    name: String,
    organisation: String,
    needs: Vec<String>,
    offer: String,
    as_at: String,
    confirmed: String,
    /// True where a requirement of the proposal names it.
    in_proposal: bool,
    href: String,
}

/// One of her needs, and which candidates mention it.
#[derive(Debug, Clone, Serialize)]
struct NeedView {
    name: String,
    level: &'static str,
    colour: &'static str,
    linked: bool,
    record_only: bool,
    href: String,
    services: Vec<Link>,
    more: usize,
}

#[derive(Debug, Clone, Serialize)]
struct Link {
    href: String,
    text: String,
}

/// The services page of a report.
#[derive(Debug, Clone, Serialize)]
pub struct ServicesPage {
    report: ReportStrip,
    errors: Vec<ErrorLine>,
    chosen: Vec<ChosenView>,
    needs: Vec<NeedView>,
    /// Where she lives is not recorded.
    unplaced: bool,
    /// Why where she lives is not understood; empty where it is.
    misplaced: String,
    place_href: String,
    themes_href: String,
    found: FoundView,
    sources: Vec<crate::directory::FileSource>,
    choose: String,
    remove: String,
    seen: i64,
}

/// How many candidates a need is linked to by name.
const NAMED_FOR_A_NEED: usize = 3;

impl ServicesPage {
    /// The page of a report as it stands.
    pub fn of(report: &LoadedReport, state: &AppState) -> Self {
        let interview = state.interview();
        let directory = &state.pack().directory.now();
        let needs = needs_of(report, state);
        let lives_in = report.case.woman.lives_in.as_deref().unwrap_or_default();
        let unplaced = lives_in.trim().is_empty();
        let place = directory.place(lives_in);
        let found = place.as_ref().ok().map(|place| {
            directory.find(&Ask::of(
                place,
                choosing::asked(&needs, interview),
                state.today(),
            ))
        });
        let chosen: Vec<&str> = report.case.services.iter().map(|s| s.id.as_str()).collect();
        let need = |n: &Need| need_view(n, found.as_ref(), report, state);
        let services = links::report(report.id) + "/services";
        Self {
            report: ReportStrip::of(report),
            errors: Vec::new(),
            chosen: report
                .case
                .services
                .iter()
                .map(|s| chosen_view(s, report, state))
                .collect(),
            needs: needs.iter().map(need).collect(),
            unplaced,
            misplaced: match &place {
                Err(fault) if !unplaced => fault.to_string(),
                _ => String::new(),
            },
            place_href: links::prompt(report.id, "lives-in"),
            themes_href: links::report(report.id) + "/sections/themes",
            found: found
                .as_ref()
                .map(|f| FoundView::of(f, interview, &chosen))
                .unwrap_or_default(),
            sources: sources(directory),
            choose: format!("{services}/choose"),
            remove: format!("{services}/remove"),
            seen: report.revision,
        }
    }

    /// With word of a change in another window.
    pub fn stale(mut self, stale: &Stale) -> Self {
        let text = format!(
            "{} changed the chosen services in another window, on {}. Nothing is lost: this page \
             now shows what is saved. Choose or remove again if you still want to.",
            stale.by,
            words::moment(stale.at)
        );
        self.errors.push(ErrorLine {
            href: "#chosen".into(),
            text,
        });
        self
    }
}

/// Every need on her record, the most pressing first.
pub fn needs_of(report: &LoadedReport, state: &AppState) -> Vec<Need> {
    needs::pressing_first(needs::needs_on_record(&report.case, state.interview()))
}

fn chosen_view(service: &ChosenService, report: &LoadedReport, state: &AppState) -> ChosenView {
    let proposed = &report.case.proposal.requirements;
    ChosenView {
        id: service.id.clone(),
        name: service.name.clone(),
        organisation: service.organisation.clone(),
        needs: service
            .needs
            .iter()
            .map(|t| theme(t, state.interview()))
            .collect(),
        offer: service.offer.clone().unwrap_or_default(),
        as_at: service.as_at.clone(),
        confirmed: service.confirmed_on.map(words::day).unwrap_or_default(),
        in_proposal: proposed
            .iter()
            .any(|r| r.service.as_deref() == Some(&service.id)),
        href: format!("{}/services/{}", links::report(report.id), service.id),
    }
}

fn need_view(
    need: &Need,
    found: Option<&Found>,
    report: &LoadedReport,
    state: &AppState,
) -> NeedView {
    let all = found.map(|f| f.candidates.as_slice()).unwrap_or_default();
    let meets = || all.iter().filter(|c| c.for_needs.contains(&need.theme));
    let link = |c: &crate::directory::Candidate| Link {
        href: format!("#service-{}", c.service.id),
        text: c.service.name.clone(),
    };
    NeedView {
        name: theme(&need.theme, state.interview()),
        level: need.level.label(),
        colour: match need.level {
            Level::High => "red",
            Level::Medium => "orange",
            Level::Low => "grey",
        },
        linked: need.linked == Linked::Yes,
        record_only: !need.in_report,
        href: links::prompt(report.id, &need.prompt),
        services: meets().take(NAMED_FOR_A_NEED).map(link).collect(),
        more: meets().count().saturating_sub(NAMED_FOR_A_NEED),
    }
}

impl Page for ServicesPage {
    const NAME: &'static str = "services.html";
    const HTML: &'static str = include_str!("services.html");

    fn title(&self) -> String {
        format!("Local services – {}", self.report.name)
    }

    fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    fn fictional(&self) -> bool {
        self.report.fictional
    }

    fn samples() -> Vec<Self> {
        let [full, nothing] = FoundView::samples();
        let need = |services: Vec<Link>| NeedView {
            name: "Safety & abuse".into(),
            level: "High",
            colour: "red",
            linked: true,
            record_only: true,
            href: "/reports/1/prompts/theme-safety".into(),
            services,
            more: 2,
        };
        let link = Link {
            href: "#service-b".into(),
            text: "The <b>Centre</b>".into(),
        };
        let chosen = ChosenView {
            id: "a".into(),
            name: "The <b>Centre</b>".into(),
            organisation: "Us & Co".into(),
            needs: vec!["Safety & abuse".into()],
            offer: "Weekly <i>work</i>".into(),
            as_at: "2024-05".into(),
            confirmed: "20 November 2026".into(),
            in_proposal: true,
            href: "/reports/1/services/a".into(),
        };
        let page = |found: FoundView| Self {
            report: ReportStrip::sample(true),
            errors: Vec::new(),
            chosen: Vec::new(),
            needs: Vec::new(),
            unplaced: false,
            misplaced: String::new(),
            place_href: "/reports/1/prompts/lives-in".into(),
            themes_href: "/reports/1/sections/themes".into(),
            found,
            sources: sample_sources(),
            choose: "/reports/1/services/choose".into(),
            remove: "/reports/1/services/remove".into(),
            seen: 7,
        };
        let whole = Self {
            chosen: vec![chosen.clone()],
            needs: vec![need(vec![link]), need(Vec::new())],
            ..page(full)
        };
        let blank = page(nothing);
        let unplaced = Self {
            unplaced: true,
            found: FoundView::default(),
            chosen: vec![chosen],
            ..blank.clone()
        };
        let misplaced = Self {
            unplaced: false,
            misplaced: "“<b>Nowhere</b>” was not found.".into(),
            ..unplaced.clone()
        };
        let stale = whole.clone().stale(&Stale {
            place: "services".into(),
            revision: 8,
            current: serde_json::Value::Null,
            by: "Sam <Author>".into(),
            at: chrono::DateTime::UNIX_EPOCH,
        });
        vec![whole, blank, unplaced, misplaced, stale]
    }
}

/// `GET /reports/{id}/services`.
///
/// # Errors
/// There is no such report of hers.
pub async fn show(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    author.visit.page(&ServicesPage::of(&report, &state))
}
