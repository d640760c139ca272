//! What a sentencer reads of one service: three sentences, their source and their date.
//!
//! Lives here: the page. Not here: the sentences (`directory::court`), or a whole area
//! (`newsletter`).

use axum::{
    extract::{Path, State},
    response::Response,
};
use serde::Serialize;

use crate::{
    directory::{Directory, Service, court::three_sentences},
    web::{error::Error, state::AppState, templates::Page, visit::Anyone},
};

/// One service in three sentences.
#[derive(Debug, Clone, Serialize)]
pub struct ThreeView {
    id: String,
    name: String,
    sentences: [String; 3],
    /// Where that is from, and when.
    source: String,
}

impl ThreeView {
    /// A service's sentences; `None` where its record is for authors only.
    #[must_use]
    pub fn of(directory: &Directory, service: &Service) -> Option<Self> {
        let record = service.public()?;
        Some(Self {
            id: service.id.clone(),
            name: service.name.clone(),
            sentences: three_sentences(directory, &record),
            source: format!("Source: {}, as at {}.", record.source, record.as_at.text),
        })
    }

    /// The same as plain text.
    #[must_use]
    pub fn plain(&self) -> String {
        let sentences = self.sentences.join(" ");
        format!("{}\n{sentences}\n{}\n", self.name, self.source)
    }

    /// One with hostile words in it.
    #[must_use]
    pub fn sample(id: &str) -> Self {
        Self {
            id: id.into(),
            name: "The <b>Centre</b>".into(),
            sentences: ["What <b>it</b> is.", "What it delivers.", "How she starts."]
                .map(str::to_owned),
            source: "Source: a <i>guide</i>, as at 2024-05.".into(),
        }
    }
}

/// The page for the court.
#[derive(Debug, Clone, Serialize)]
pub struct CourtPage {
    back: String,
    three: ThreeView,
    plain: String,
}

impl Page for CourtPage {
    const NAME: &'static str = "directory_court.html";
    const HTML: &'static str = include_str!("court.html");

    fn title(&self) -> String {
        format!("{} in three sentences", self.three.name)
    }

    fn samples() -> Vec<Self> {
        let three = ThreeView::sample("a");
        vec![Self {
            back: "/directory/services/a".into(),
            plain: three.plain(),
            three,
        }]
    }
}

/// `GET /directory/services/{id}/court`.
///
/// # Errors
/// There is no such service, it is for authors only, or the page cannot be rendered.
pub async fn show(
    State(state): State<AppState>,
    person: Anyone,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let directory = person.directory(&state).await?;
    let service = directory.service(&id).ok_or_else(Error::not_found)?;
    let three = ThreeView::of(&directory, service).ok_or_else(Error::not_found)?;
    person.visit.page(&CourtPage {
        back: format!("/directory/services/{id}"),
        plain: three.plain(),
        three,
    })
}
