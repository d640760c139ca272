//! What the services of an area deliver, for a newsletter to the bench: three sentences
//! each.
//!
//! Lives here: the page. Not here: the sentences (`directory::court`). Services that have
//! ended or not opened are not in it, nor any for authors only.

use axum::{
    extract::{Query, State},
    response::Response,
};
use serde::Serialize;
use tokio::task::spawn_blocking;

use super::court::ThreeView;
use crate::{
    directory::{
        Directory,
        search::{Filters, Search, Sort},
    },
    english,
    web::{
        error::Error,
        fields::{Control, ErrorLine, FieldView, mark, summary},
        form::Form,
        state::AppState,
        templates::Page,
        visit::Anyone,
    },
};

/// The most services that a newsletter holds.
const MOST: usize = 40;

/// The newsletter of an area.
#[derive(Debug, Clone, Serialize)]
pub struct NewsletterPage {
    area: FieldView,
    errors: Vec<ErrorLine>,
    /// How the place is named; empty before one was asked about.
    place: String,
    date: String,
    services: Vec<ThreeView>,
    /// How many more there are than stand here.
    more: usize,
    plain: String,
}

/// The address of an area's newsletter.
#[must_use]
pub fn address(area: &str) -> String {
    let mut written = form_urlencoded::Serializer::new(String::new());
    let query = written.append_pair("area", area).finish();
    format!("/directory/newsletter?{query}")
}

impl NewsletterPage {
    fn empty(area: &str, date: String) -> Self {
        Self {
            area: FieldView::new(Control::Code, "area", "Area")
                .hint("A postcode district such as RG14, a council, a town or a police area.")
                .width(20)
                .strong()
                .value(area),
            errors: Vec::new(),
            place: String::new(),
            date,
            services: Vec::new(),
            more: 0,
            plain: String::new(),
        }
    }

    fn of(directory: &Directory, area: &str, today: chrono::NaiveDate) -> Self {
        let mut page = Self::empty(area, english::day(today));
        if area.is_empty() {
            return page;
        }
        let place = match directory.place(area) {
            Ok(place) => place,
            Err(fault) => {
                let mut boxes = [page.area];
                mark(&mut boxes, &[("area".into(), fault.to_string())]);
                page.errors = summary(&boxes);
                [page.area] = boxes;
                return page;
            }
        };
        if let Some(outcode) = &place.outcode {
            page.area = page.area.value(outcode);
        }
        let results = directory.search(&Search {
            words: "",
            place: Some(&place),
            filters: &Filters::default(),
            public_only: true,
            sort: Sort::Best,
            skip: 0,
            most: MOST,
            today,
        });
        let services = results.hits.iter();
        page.services = services
            .filter_map(|hit| ThreeView::of(directory, &hit.service))
            .collect();
        page.more = results.total.saturating_sub(MOST);
        page.place = place.label;
        page.plain = page.as_text();
        page
    }

    fn as_text(&self) -> String {
        let heading = format!(
            "What women’s services for {} deliver, as at {}\n",
            self.place, self.date
        );
        let services = self.services.iter().map(ThreeView::plain);
        std::iter::once(heading)
            .chain(services)
            .collect::<Vec<_>>()
            .join("\n")
    }
}

impl Page for NewsletterPage {
    const NAME: &'static str = "directory_newsletter.html";
    const HTML: &'static str = include_str!("newsletter.html");

    fn title(&self) -> String {
        match self.place.as_str() {
            "" => "What services deliver".into(),
            place => format!("What services for {place} deliver"),
        }
    }

    fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    fn samples() -> Vec<Self> {
        let empty = || Self::empty("\"><b>x</b>", "25 November 2026".into());
        let mut full = Self {
            place: "RG14 (West <b>Berkshire</b>)".into(),
            services: vec![ThreeView::sample("a"), ThreeView::sample("b")],
            more: 3,
            ..empty()
        };
        full.plain = full.as_text();
        let nothing = Self {
            place: "Rutland".into(),
            ..empty()
        };
        let mut wrong = empty();
        let mut boxes = [wrong.area];
        mark(
            &mut boxes,
            &[("area".into(), "EH1 is in <Scotland>".into())],
        );
        wrong.errors = summary(&boxes);
        [wrong.area] = boxes;
        vec![empty(), full, nothing, wrong]
    }
}

/// `GET /directory/newsletter`, with `area`.
///
/// # Errors
/// The page cannot be rendered.
pub async fn show(
    State(state): State<AppState>,
    person: Anyone,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Error> {
    let area = Form::new(pairs).one("area").to_owned();
    let (directory, today) = (person.directory(&state).await?, state.today());
    let page = spawn_blocking(move || NewsletterPage::of(&directory, &area, today)).await;
    let page = page.map_err(|e| Error::broken(&e))?;
    if page.has_errors() {
        return person.visit.refused(&page);
    }
    person.visit.page(&page)
}
