//! The sheet about a service that a woman takes home: a page of its own, without
//! Foreword's name, with nothing that shows why she has it.
//!
//! Lives here: the page. Not here: what may stand on it (`directory::sheet`). What is
//! around the sheet on the screen is not printed.

use axum::{
    extract::{Path, Query, State},
    http::{HeaderValue, header},
    response::Response,
};
use serde::Serialize;

use crate::{
    directory::sheet::{Section, Sheet, sheet},
    web::{error::Error, form::Form, state::AppState, templates::Page, visit::Anyone},
};

/// What a browser calls the sheet when it is kept.
const FILE_NAME: HeaderValue =
    HeaderValue::from_static("inline; filename=\"information-sheet.html\"");

/// The sheet.
#[derive(Debug, Clone, Serialize)]
pub struct SheetPage {
    sheet: Sheet,
    large: bool,
    back: String,
    /// The same with larger or ordinary letters.
    other: String,
}

impl Page for SheetPage {
    const NAME: &'static str = "directory_sheet.html";
    const HTML: &'static str = include_str!("sheet.html");

    fn title(&self) -> String {
        self.sheet.title.clone()
    }

    fn handed_on(&self) -> bool {
        true
    }

    fn samples() -> Vec<Self> {
        let section = |lines: &[&str], asks: &[&str]| Section {
            heading: "What they <b>do</b>".into(),
            lines: lines.iter().map(|l| (*l).to_owned()).collect(),
            asks: asks.iter().map(|l| (*l).to_owned()).collect(),
        };
        let page = |large| Self {
            sheet: Sheet {
                title: "Information sheet".into(),
                heading: "The <b>Centre</b>".into(),
                under: vec!["It is run by <b>Us</b>.".into()],
                sections: vec![section(&["A <i>lot</i>."], &[]), section(&[], &["What?"])],
                checked: "This was right on 1 May 2026.".into(),
            },
            large,
            back: "/directory/services/a".into(),
            other: "/directory/services/a/sheet".into(),
        };
        vec![page(false), page(true)]
    }
}

/// `GET /directory/services/{id}/sheet`, with `letters=large` for large print.
///
/// # Errors
/// There is no such service or it has no sheet, or the page cannot be rendered.
pub async fn show(
    State(state): State<AppState>,
    person: Anyone,
    Path(id): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Error> {
    let directory = person.directory(&state).await?;
    let service = directory.service(&id).ok_or_else(Error::not_found)?;
    let public = service.public().ok_or_else(Error::not_found)?;
    let sheet = sheet(&directory, &public).ok_or_else(Error::not_found)?;
    let large = Form::new(pairs).one("letters") == "large";
    let back = format!("/directory/services/{id}");
    let mut response = person.visit.page(&SheetPage {
        sheet,
        large,
        other: if large {
            format!("{back}/sheet")
        } else {
            format!("{back}/sheet?letters=large")
        },
        back,
    })?;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_DISPOSITION, FILE_NAME);
    Ok(response)
}
