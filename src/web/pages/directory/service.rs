//! One entry of the directory, whole: every fact with what is not known, where sources
//! differ, where it is, and how sure its keeper is of it.
//!
//! Lives here: the order of the facts on the page. Not here: how a fact reads
//! (`directory::telling`). A fact that no part names stands under the last.

use axum::{
    extract::{Path, State},
    response::Response,
};
use serde::Serialize;

use super::{
    hits::{ended, other_than, pin},
    sees_all,
};
use crate::{
    directory::{Directory, Service, Told, court::kind_in_plain_words, facts::Conflict, map::Map},
    web::{
        error::Error, pages::candidate::web_address, state::AppState, templates::Page,
        visit::Anyone,
    },
};

/// Parts of the page with the facts that stand in each, by key.
const PARTS: [(&str, &[&str]); 6] = [
    (
        "Whether it can be used now",
        &[
            "status",
            "referral_state",
            "capacity",
            "waiting",
            "not_before",
            "funding",
            "contract",
        ],
    ),
    (
        "What it does",
        &[
            "description",
            "needs",
            "offers",
            "levels",
            "pathways",
            "openings",
        ],
    ),
    (
        "Who it is for",
        &[
            "setting",
            "female_worker",
            "specialist",
            "eligibility",
            "languages",
            "interpreting",
            "access",
        ],
    ),
    (
        "Where",
        &[
            "area",
            "places",
            "outreach",
            "rural",
            "remote",
            "travel",
            "in_custody",
            "residential",
            "childcare",
            "cost",
        ],
    ),
    (
        "How a woman starts",
        &["referral", "orders", "court_assessment", "contact"],
    ),
    (
        "How sure this is",
        &[
            "verified",
            "next_check",
            "owner",
            "as_at",
            "confidence",
            "source",
            "note",
        ],
    ),
];

/// Facts that the page shows elsewhere.
const ELSEWHERE: [&str; 1] = ["conflicts"];

/// An entry.
#[derive(Debug, Clone, Serialize)]
pub struct EntryPage {
    id: String,
    name: String,
    organisation: String,
    kind: String,
    ended: &'static str,
    internal: bool,
    stale: bool,
    parts: Vec<Part>,
    conflicts: Vec<Conflict>,
    map: Option<Map>,
    website: String,
    /// Address of the sheet and of the page for the court; empty where it has none.
    sheet: String,
    court: String,
}

#[derive(Debug, Clone, Serialize)]
struct Part {
    heading: &'static str,
    lines: Vec<Told>,
}

impl EntryPage {
    fn of(directory: &Directory, service: &Service, today: chrono::NaiveDate) -> Self {
        let mut told = directory.tell(service);
        told.retain(|t| !ELSEWHERE.contains(&t.key.as_str()));
        let mut parts: Vec<Part> = PARTS
            .iter()
            .map(|(heading, keys)| Part {
                heading,
                lines: take(&mut told, keys),
            })
            .collect();
        if let Some(last) = parts.last_mut() {
            last.lines.append(&mut told);
        }
        let pin = pin(directory, 1, service);
        let map = (!pin.places.is_empty()).then(|| Map::draw(directory.geography(), None, &[pin]));
        let page = |what: &str| format!("/directory/services/{}/{what}", service.id);
        let public = !service.facts.internal_only;
        let offered = service.state.may_be_offered();
        let link = |what: &str, is: bool| if is { page(what) } else { String::new() };
        Self {
            id: service.id.clone(),
            name: service.name.clone(),
            organisation: other_than(&service.organisation, &service.name),
            kind: kind_in_plain_words(directory, &service.kind),
            ended: ended(service.state),
            internal: !public,
            stale: directory.stale(service, None, today).stale,
            parts,
            conflicts: service.facts.conflicts.clone(),
            map: map.flatten(),
            website: web_address(&service.website),
            sheet: link("sheet", public && offered),
            court: link("court", public),
        }
    }
}

fn take(told: &mut Vec<Told>, keys: &[&str]) -> Vec<Told> {
    keys.iter()
        .filter_map(|key| {
            let at = told.iter().position(|t| t.key == *key)?;
            Some(told.remove(at))
        })
        .collect()
}

impl Page for EntryPage {
    const NAME: &'static str = "directory_service.html";
    const HTML: &'static str = include_str!("service.html");

    fn title(&self) -> String {
        self.name.clone()
    }

    fn samples() -> Vec<Self> {
        let told = |key: &str, known| Told {
            key: key.into(),
            label: "What it <b>does</b>".into(),
            says: "A <b>lot</b>".into(),
            known,
        };
        let full = Self {
            id: "sample-1".into(),
            name: "The <b>Centre</b>".into(),
            organisation: "Us & Co".into(),
            kind: "A women's centre".into(),
            ended: "",
            internal: false,
            stale: true,
            parts: vec![Part {
                heading: "What it does",
                lines: vec![told("a", true), told("b", false)],
            }],
            conflicts: vec![Conflict {
                about: "<b>area</b>".into(),
                one: "Warwickshire".into(),
                one_source: "A <i>guide</i>".into(),
                other: "Elsewhere".into(),
                other_source: "A contract".into(),
            }],
            map: None,
            website: "https://example.org".into(),
            sheet: "/directory/services/sample-1/sheet".into(),
            court: "/directory/services/sample-1/court".into(),
        };
        let ended = Self {
            ended: "Has ended",
            internal: true,
            stale: false,
            conflicts: Vec::new(),
            website: String::new(),
            sheet: String::new(),
            court: String::new(),
            ..full.clone()
        };
        vec![full, ended]
    }
}

/// `GET /directory/services/{id}`.
///
/// # Errors
/// There is no such service, or the page cannot be rendered.
pub async fn show(
    State(state): State<AppState>,
    person: Anyone,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let directory = person.directory(&state).await?;
    let service = directory.service(&id).ok_or_else(Error::not_found)?;
    if sees_all(&person) {
        let page = EntryPage::of(&directory, service, state.today());
        return person.visit.page(&page);
    }
    let public = service.public().ok_or_else(Error::not_found)?;
    let read = directory.read(vec![(*public).clone()]);
    let service = read.first().ok_or_else(Error::not_found)?;
    let page = EntryPage::of(&directory, service, state.today());
    person.visit.page(&page)
}
