//! The directory for anybody signed in, tied to no report: a search with filters and a
//! map, and the pages of one service.
//!
//! Lives here: the search page. Not here: searching (`directory::search`), what its
//! address says (`asked`), how filters (`filters`) and results (`hits`) look, or services
//! for one woman (`super::services`). What is asked stands in the address, so the page
//! asks only for an area and what a service offers, which are nobody's; of a whole
//! postcode only the district is kept.

mod asked;
pub mod court;
mod filters;
mod hits;
pub mod newsletter;
pub mod service;
pub mod sheet;

use std::sync::Arc;

use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use serde::Serialize;
use tokio::task::spawn_blocking;

use self::{
    asked::{Asked, ON_A_PAGE, SORTS},
    filters::{GroupView, TagView},
    hits::{HitView, pin},
};
use super::candidate::{sample_sources, sources};
use crate::{
    directory::{Directory, FileSource, Place, PlaceError, map::Map, search::Search},
    store::Role,
    web::{
        error::Error,
        fields::{Control, ErrorLine, FieldView, mark, summary},
        form::Form,
        state::AppState,
        templates::Page,
        visit::Anyone,
    },
};

/// The search of the directory.
#[derive(Debug, Clone, Serialize)]
pub struct DirectoryPage {
    words: FieldView,
    area: FieldView,
    sort: FieldView,
    errors: Vec<ErrorLine>,
    groups: Vec<GroupView>,
    tags: Vec<TagView>,
    /// Where the address without any filter leads.
    clear: String,
    /// How the place is named; empty where none was asked about.
    place: String,
    note: String,
    hits: Vec<HitView>,
    total: usize,
    /// What was found, in a sentence for those who listen.
    said: String,
    with_map: bool,
    map: Option<Map>,
    /// Addresses of the same search without and with a map.
    as_list: String,
    as_map: String,
    /// Its own address: what a browser may keep.
    address: String,
    newsletter: String,
    paging: Paging,
    sources: Vec<FileSource>,
}

/// Where the pages before and after are.
#[derive(Debug, Clone, Default, Serialize)]
struct Paging {
    page: usize,
    of: usize,
    before: String,
    after: String,
}

fn boxes(asked: &Asked) -> [FieldView; 3] {
    let sorts = SORTS.map(|(name, _, words)| (name, words, String::new()));
    let sort = SORTS.iter().find(|(_, sort, _)| *sort == asked.sort);
    [
        FieldView::new(Control::Code, "words", "What are you looking for?")
            .hint("A name, a need, a place: “counselling”, “alana”.")
            .strong()
            .value(&asked.words),
        FieldView::new(Control::Code, "area", "Where?")
            .hint("A postcode district such as RG14, a council or a town. Empty looks everywhere.")
            .strong()
            .value(&asked.area),
        FieldView::new(Control::Select, "sort", "Order")
            .hinted_options(sorts)
            .value(sort.map_or("best", |(name, ..)| name)),
    ]
}

impl DirectoryPage {
    fn of(
        directory: &Directory,
        state: &AppState,
        asked: &Asked,
        public_only: bool,
    ) -> Result<Self, Redirect> {
        let place = match asked.area.as_str() {
            "" => None,
            area => Some(directory.place(area)),
        };
        let asked = &match &place {
            Some(Ok(place)) => kept_to_the_district(asked, place),
            _ => asked.clone(),
        };
        let fault = place.as_ref().and_then(|p| p.as_ref().err());
        let place = place.as_ref().and_then(|p| p.as_ref().ok());
        let results = directory.search(&Search {
            words: &asked.words,
            place,
            filters: &asked.filters,
            public_only,
            sort: asked.sort,
            skip: (asked.page - 1) * ON_A_PAGE,
            most: if fault.is_some() { 0 } else { ON_A_PAGE },
            today: state.today(),
        });
        let first = (asked.page - 1) * ON_A_PAGE + 1;
        let numbered = || (first..).zip(&results.hits);
        if numbered().next().is_none() && asked.page > 1 {
            return Err(Redirect::to(&asked.at_page(1)));
        }
        let pins: Vec<_> = numbered()
            .map(|(number, hit)| pin(directory, number, &hit.service))
            .collect();
        let map = asked
            .map
            .then(|| Map::draw(directory.geography(), place, &pins));
        let groups = filters::groups(directory, state.interview(), asked, &results.counts);
        let mut page = Self {
            tags: filters::tags(&groups, asked),
            groups,
            hits: numbered()
                .map(|(number, hit)| HitView::of(directory, number, hit))
                .collect(),
            total: results.total,
            map: map.flatten(),
            sources: sources(directory),
            ..Self::empty(asked)
        };
        if let Some(place) = place {
            page.place.clone_from(&place.label);
            page.note.clone_from(&place.note);
            page.newsletter = newsletter::address(&asked.area);
        }
        page.paging = Paging::of(asked, results.total);
        page.said = page.said();
        if let Some(fault) = fault {
            page.not_understood(fault);
        }
        Ok(page)
    }

    fn empty(asked: &Asked) -> Self {
        let [words, area, sort] = boxes(asked);
        Self {
            words,
            area,
            sort,
            errors: Vec::new(),
            groups: Vec::new(),
            tags: Vec::new(),
            clear: asked.without_filters(),
            place: String::new(),
            note: String::new(),
            hits: Vec::new(),
            total: 0,
            said: String::new(),
            with_map: asked.map,
            map: None,
            as_list: asked.with_map(false),
            as_map: asked.with_map(true),
            address: asked.address(),
            newsletter: String::new(),
            paging: Paging::default(),
            sources: Vec::new(),
        }
    }

    fn not_understood(&mut self, fault: &PlaceError) {
        let mut boxes = [self.area.clone()];
        mark(&mut boxes, &[("area".into(), fault.to_string())]);
        self.errors = summary(&boxes);
        [self.area] = boxes;
        self.total = 0;
        self.said = fault.to_string();
        self.paging = Paging::default();
    }

    fn said(&self) -> String {
        let services = match self.total {
            0 => "No services".to_owned(),
            1 => "1 service".to_owned(),
            more => format!("{more} services"),
        };
        if self.place.is_empty() {
            format!("{services} found.")
        } else {
            format!("{services} found for {}.", self.place)
        }
    }
}

impl Paging {
    fn of(asked: &Asked, total: usize) -> Self {
        let of = total.div_ceil(ON_A_PAGE);
        let page = asked.page;
        let at = |page: usize, is: bool| {
            if is {
                asked.at_page(page)
            } else {
                String::new()
            }
        };
        Self {
            page,
            of,
            before: at(page.saturating_sub(1), page > 1),
            after: at(page + 1, page < of),
        }
    }
}

/// What was asked with no more of a postcode than its district.
fn kept_to_the_district(asked: &Asked, place: &Place) -> Asked {
    let mut asked = asked.clone();
    if let Some(outcode) = &place.outcode {
        let typed: String = asked.area.split_whitespace().collect();
        if typed.len() > outcode.len() && typed.to_ascii_uppercase().starts_with(outcode) {
            asked.area.clone_from(outcode);
        }
    }
    asked
}

impl Page for DirectoryPage {
    const NAME: &'static str = "directory_search.html";
    const HTML: &'static str = include_str!("search.html");

    fn title(&self) -> String {
        match self.place.as_str() {
            "" => "Find services".into(),
            place => format!("Services for {place}"),
        }
    }

    fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    fn samples() -> Vec<Self> {
        let asked = Asked {
            words: "\"><b>x</b>".into(),
            area: "RG14".into(),
            page: 2,
            ..Asked::default()
        };
        let (groups, tags) = filters::samples();
        let page = || Self {
            groups: groups.clone(),
            tags: tags.clone(),
            sources: sample_sources(),
            said: "2 services found.".into(),
            ..Self::empty(&asked)
        };
        let found = Self {
            place: "RG14 (West <b>Berkshire</b>)".into(),
            note: "A few <i>RG14</i> postcodes may be elsewhere.".into(),
            hits: vec![HitView::sample(1), HitView::sample(2)],
            total: 45,
            newsletter: "/directory/newsletter?area=RG14".into(),
            paging: Paging::of(&asked, 45),
            ..page()
        };
        let mapped = Self {
            with_map: true,
            map: Some(Map::sample()),
            ..found.clone()
        };
        let no_map = Self {
            with_map: true,
            ..found.clone()
        };
        let mut wrong = page();
        wrong.not_understood(&PlaceError::Unknown {
            given: "\"><b>EH1</b>".into(),
        });
        vec![page(), found, mapped, no_map, wrong]
    }
}

/// `GET /directory`: what is asked stands in the address.
///
/// # Errors
/// The page cannot be rendered.
pub async fn show(
    State(state): State<AppState>,
    person: Anyone,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Error> {
    let asked = Asked::of(&Form::new(pairs));
    let directory = person.directory(&state).await?;
    let address = asked.address();
    let page = searched(directory, state, asked, !sees_all(&person)).await?;
    match page {
        Err(elsewhere) => Ok(elsewhere.into_response()),
        // A whole postcode is not left in the browser's history.
        Ok(page) if page.address != address && !person.visit.is_autosave() => {
            Ok(Redirect::to(&page.address).into_response())
        }
        Ok(page) if page.has_errors() => person.visit.refused(&page),
        Ok(page) => person.visit.page(&page),
    }
}

/// Whether somebody may see entries, and places of entries, that must not be known: an
/// author may, an editor of other organisations' entries not.
fn sees_all(person: &Anyone) -> bool {
    person.account.roles.has(Role::Author)
}

/// Searches away from the threads that answer requests: at 100,000 services the first
/// search of a directory indexes its words.
async fn searched(
    directory: Arc<Directory>,
    state: AppState,
    asked: Asked,
    public_only: bool,
) -> Result<Result<DirectoryPage, Redirect>, Error> {
    let search = spawn_blocking(move || DirectoryPage::of(&directory, &state, &asked, public_only));
    search.await.map_err(|e| Error::broken(&e))
}
