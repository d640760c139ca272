//! The directory for any author, tied to no report: services for needs near a place.
//!
//! Lives here: the search page. Not here: matching (`directory`), how a service looks
//! (`candidate`), or services for one woman (`services`). What is asked stands in the
//! address, so the page asks only for an area and themes, which are nobody's.

use axum::{
    extract::{Query, State},
    response::Response,
};
use serde::Serialize;

use super::candidate::{FoundView, sample_sources, sources};
use crate::{
    directory::{Ask, FileSource},
    interview::Interview,
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
    fields: Vec<FieldView>,
    errors: Vec<ErrorLine>,
    /// What was found; nothing before a search.
    found: Option<FoundView>,
    count: usize,
    sources: Vec<FileSource>,
}

fn fields(themes: &[(String, String)]) -> Vec<FieldView> {
    let options = themes.iter().cloned();
    let options = options.map(|(id, name)| (id, name, String::new()));
    vec![
        FieldView::new(Control::Code, "area", "Area")
            .hint("A postcode district such as RG14, or the name of a council. Never type anything that identifies a woman.")
            .width(20)
            .strong(),
        FieldView::new(Control::Checkboxes, "need", "Needs")
            .hint("Leave all of them empty to look for every need.")
            .hinted_options(options)
            .small()
            .strong(),
    ]
}

fn themes(interview: &Interview) -> Vec<(String, String)> {
    let themes = interview.themes.iter();
    themes.map(|t| (t.id.clone(), t.name.clone())).collect()
}

impl Page for DirectoryPage {
    const NAME: &'static str = "directory.html";
    const HTML: &'static str = include_str!("directory.html");

    fn title(&self) -> String {
        match &self.found {
            Some(found) => format!("Services for {}", found.place),
            None => "Local services".into(),
        }
    }

    fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    fn samples() -> Vec<Self> {
        let themes = [("safety", "Safety & abuse"), ("finance", "Finance")]
            .map(|(id, name)| (id.to_owned(), name.to_owned()));
        let [full, nothing] = FoundView::samples();
        let page = |found| Self {
            fields: fields(&themes),
            errors: Vec::new(),
            found,
            count: 169,
            sources: sample_sources(),
        };
        let typed = Form::new(vec![
            ("area".into(), "\"><b>EH1</b>".into()),
            ("need".into(), "safety".into()),
        ]);
        let mut wrong = page(None);
        wrong.fields = wrong.fields.into_iter().map(|f| f.typed(&typed)).collect();
        let fault = [("area".to_owned(), "EH1 is in <Scotland>".to_owned())];
        mark(&mut wrong.fields, &fault);
        wrong.errors = summary(&wrong.fields);
        vec![page(None), page(Some(full)), page(Some(nothing)), wrong]
    }
}

/// `GET /directory`, with `area` and any number of `need` for a search.
///
/// # Errors
/// The page cannot be rendered.
pub async fn show(
    State(state): State<AppState>,
    person: Anyone,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Error> {
    let asked = Form::new(pairs);
    let directory = &state.directory().await?;
    let interview = state.interview();
    let known = themes(interview);
    let mut page = DirectoryPage {
        fields: fields(&known),
        errors: Vec::new(),
        found: None,
        count: directory.services().len(),
        sources: sources(directory),
    };
    if asked.get("area").is_none() {
        return person.visit.page(&page);
    }
    page.fields = page.fields.into_iter().map(|f| f.typed(&asked)).collect();
    match directory.place(asked.one("area")) {
        Ok(place) => {
            let ticked = asked.all("need");
            let ids = known.iter().map(|(id, _)| id.as_str());
            let themes: Vec<&str> = ids
                .filter(|id| ticked.is_empty() || ticked.iter().any(|t| t == id))
                .collect();
            let found = directory.find(&Ask::new(&place, &themes, state.today()));
            page.found = Some(FoundView::of(&found, interview, &[]));
            person.visit.page(&page)
        }
        Err(fault) => {
            mark(&mut page.fields, &[("area".into(), fault.to_string())]);
            page.errors = summary(&page.fields);
            person.visit.refused(&page)
        }
    }
}
