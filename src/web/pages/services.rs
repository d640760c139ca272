//! Services for one woman: what is chosen, what she needs, and who near her may help.
//!
//! Lives here: the page. Not here: choosing and removing (`choose`), recording that
//! nothing was found (`gaps`), one chosen service's details (`service`), how a chosen
//! one or a candidate looks (`relied_on`, `candidate`).
//! Nothing about her stands in an address: needs and places stay in the page.

use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use serde::{Deserialize, Serialize};

use super::{
    candidate::{FoundView, sample_sources, sources, theme},
    gaps::GapView,
    relied_on::ReliedOnView,
    report::{ReportStrip, open},
};
use crate::{
    directory::{Directory, Found},
    english::day,
    needs::{Level, Linked, Need, Steer},
    pack::Question,
    store::{LoadedReport, Stale},
    web::{
        error::Error, fields::ErrorLine, links, state::AppState, templates::Page, visit::SignedIn,
        words,
    },
};

/// One of her needs, and which candidates mention it.
#[derive(Debug, Clone, Serialize)]
struct NeedView {
    theme: String,
    name: String,
    level: &'static str,
    colour: &'static str,
    linked: bool,
    record_only: bool,
    href: String,
    services: Vec<Link>,
    more: usize,
    /// Why nothing here suits it, where nothing does.
    says: String,
    /// Recorded as one for which nothing suitable was found.
    gap: Option<GapView>,
    /// Names of the chosen services that are for it.
    chosen: Vec<String>,
}

#[derive(Debug, Clone, Serialize)]
struct Link {
    href: String,
    text: String,
}

/// One thing that is looked for, and the answers that say so.
#[derive(Debug, Clone, Serialize)]
struct LookedFor {
    what: String,
    because: Vec<Reason>,
}

#[derive(Debug, Clone, Serialize)]
struct Reason {
    text: String,
    href: String,
    record_only: bool,
}

/// The services page of a report.
#[derive(Debug, Clone, Serialize)]
pub struct ServicesPage {
    report: ReportStrip,
    errors: Vec<ErrorLine>,
    chosen: Vec<ReliedOnView>,
    needs: Vec<NeedView>,
    looked_for: Vec<LookedFor>,
    /// The last day of the order in view, where one is.
    order_ends: String,
    order_href: String,
    /// Where she lives is not recorded.
    unplaced: bool,
    /// Why where she lives is not understood; empty where it is.
    misplaced: String,
    place_href: String,
    themes_href: String,
    found: FoundView,
    /// How many more may help, and where they are shown.
    left: usize,
    more: String,
    /// How many of the places she must avoid were not understood.
    not_understood: usize,
    avoid_href: String,
    sources: Vec<crate::directory::FileSource>,
    /// Address of this page.
    base: String,
    choose: String,
    seen: i64,
}

/// How many candidates are told in full at first, and how many more at a time.
const SHOWN: usize = 24;

/// The most that are told in full on one page.
const MOST_SHOWN: usize = 480;

/// How many candidates a need is linked to by name.
const NAMED_FOR_A_NEED: usize = 3;

impl ServicesPage {
    /// The page of a report as it stands, by this directory.
    pub fn of(report: &LoadedReport, state: &AppState, directory: &Directory) -> Self {
        Self::with(report, state, directory, SHOWN)
    }

    /// As [`Self::of`], with so many candidates told in full.
    fn with(report: &LoadedReport, state: &AppState, directory: &Directory, show: usize) -> Self {
        let interview = state.interview();
        let question = state.pack().question(&report.case, state.today());
        let lives_in = report.case.woman.lives_in.as_deref().unwrap_or_default();
        let unplaced = lives_in.trim().is_empty();
        let place = directory.place(lives_in);
        let found = place.as_ref().ok();
        let found = found.map(|place| directory.find(&question.at(place, Some(show))));
        let chosen: Vec<&str> = report.case.services.iter().map(|s| s.id.as_str()).collect();
        let need = |n: &Need| need_view(n, found.as_ref(), report, state);
        let base = links::report(report.id) + "/services";
        let left = found.as_ref().map_or(0, |f| f.total.saturating_sub(show));
        let ends = question.order.as_ref().and_then(|o| o.ends);
        Self {
            report: ReportStrip::of(report),
            errors: Vec::new(),
            chosen: ReliedOnView::all(report, state, directory),
            needs: question.needs.iter().map(need).collect(),
            looked_for: looked_for(&question, report),
            order_ends: ends.map(day).unwrap_or_default(),
            order_href: links::report(report.id) + "/proposal",
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
            left,
            more: format!("{base}?show={}#more", show + SHOWN),
            not_understood: found.as_ref().map_or(0, |f| f.avoid_not_understood),
            avoid_href: links::prompt(report.id, "places-to-avoid"),
            sources: sources(directory),
            choose: format!("{base}/choose"),
            base,
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

/// What is looked for, each thing once with every answer that says so.
fn looked_for(question: &Question, report: &LoadedReport) -> Vec<LookedFor> {
    let reason = |steer: &Steer| Reason {
        text: steer.because.clone(),
        href: links::prompt(report.id, &steer.prompt),
        record_only: steer.record_only,
    };
    let mut looked: Vec<LookedFor> = Vec::new();
    for steer in &question.wanted.because {
        match looked.iter_mut().find(|l| l.what == steer.looks_for) {
            Some(there) => there.because.push(reason(steer)),
            None => looked.push(LookedFor {
                what: steer.looks_for.clone(),
                because: vec![reason(steer)],
            }),
        }
    }
    looked
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
    let services = report.case.services.iter();
    let chosen = services.filter(|s| s.needs.contains(&need.theme));
    NeedView {
        theme: need.theme.clone(),
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
        says: found
            .and_then(|f| f.gaps.iter().find(|g| g.theme == need.theme))
            .map(|gap| gap.says.clone())
            .unwrap_or_default(),
        gap: GapView::of(&report.case.gaps, &need.theme),
        chosen: chosen.map(|s| s.name.clone()).collect(),
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
        let need = |theme: &str, services: Vec<Link>, gap, chosen| NeedView {
            theme: theme.into(),
            name: "Safety & abuse".into(),
            level: "High",
            colour: "red",
            linked: true,
            record_only: true,
            href: "/reports/1/prompts/theme-safety".into(),
            services,
            more: 2,
            says: if theme == "safety" {
                String::new()
            } else {
                "Nothing <here> says so.".into()
            },
            gap,
            chosen,
        };
        let link = Link {
            href: "#service-b".into(),
            text: "The <b>Centre</b>".into(),
        };
        let looked_for = LookedFor {
            what: "a women-only service".into(),
            because: [true, false]
                .map(|record_only| Reason {
                    text: "she does best in a <women-only> place".into(),
                    href: "/reports/1/prompts/trauma".into(),
                    record_only,
                })
                .into(),
        };
        let page = |found: FoundView| Self {
            report: ReportStrip::sample(true),
            errors: Vec::new(),
            chosen: Vec::new(),
            needs: Vec::new(),
            looked_for: Vec::new(),
            order_ends: String::new(),
            order_href: "/reports/1/proposal".into(),
            unplaced: false,
            misplaced: String::new(),
            place_href: "/reports/1/prompts/lives-in".into(),
            themes_href: "/reports/1/sections/themes".into(),
            found,
            left: 0,
            more: "/reports/1/services?show=48#more".into(),
            not_understood: 0,
            avoid_href: "/reports/1/prompts/places-to-avoid".into(),
            sources: sample_sources(),
            base: "/reports/1/services".into(),
            choose: "/reports/1/services/choose".into(),
            seen: 7,
        };
        let named = || vec!["The <b>Centre</b>".to_owned()];
        let whole = Self {
            chosen: ReliedOnView::samples().into(),
            needs: vec![
                need("safety", vec![link], None, named()),
                need("family", Vec::new(), None, Vec::new()),
                need("finance", Vec::new(), Some(GapView::sample()), named()),
                need(
                    "inclusion",
                    Vec::new(),
                    Some(GapView::default()),
                    Vec::new(),
                ),
            ],
            looked_for: vec![looked_for],
            order_ends: "3 June 2028".into(),
            left: 12,
            not_understood: 1,
            ..page(full)
        };
        let blank = page(nothing);
        let unplaced = Self {
            unplaced: true,
            found: FoundView::default(),
            chosen: vec![ReliedOnView::sample_not_copied()],
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

/// How many candidates are asked for: nothing about her.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    show: String,
}

impl Asked {
    fn show(&self) -> usize {
        let asked = self.show.parse().unwrap_or(SHOWN);
        asked.clamp(SHOWN, MOST_SHOWN)
    }
}

/// `GET /reports/{id}/services`, with `?show=` to be told of more.
///
/// # Errors
/// There is no such report of hers.
pub async fn show(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let directory = state.directory().await?;
    author.visit.page(&ServicesPage::with(
        &report,
        &state,
        &directory,
        asked.show(),
    ))
}
