//! The answers have changed since a section was edited: what has changed, and the three
//! ways to go on.
//!
//! Lives here: the page, and the two choices that need no typing. Bringing both together
//! is typed (`edit`). A choice is made about what the page showed: where the answers have
//! changed again meanwhile, nothing is done and the page shows it anew.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Serialize;

use super::{DifferenceView, Opened, SectionStrip};
use crate::{
    case::{SectionEdit, revision::Write},
    store::Save,
    web::{
        csrf::OurForm, error::Error, form::Form, state::AppState, templates::Page, visit::SignedIn,
    },
};

/// What has changed, and the choice.
#[derive(Debug, Serialize)]
pub struct ChangesPage {
    section: SectionStrip,
    /// What the answers gave when she last decided, and what they give now.
    since: DifferenceView,
    /// What the answers give now, and her text.
    mine: DifferenceView,
    /// What the answers give now, which the choice is about.
    drafted: String,
    seen: i64,
    /// True where something changed after the page was opened, and nothing was done.
    again: bool,
    signed: bool,
}

impl ChangesPage {
    fn of(at: &Opened, edit: &SectionEdit) -> Self {
        Self {
            section: at.strip(),
            since: DifferenceView::of(&edit.based_on, &at.drafted),
            mine: DifferenceView::of(&at.drafted, &edit.text),
            drafted: at.drafted.clone(),
            seen: at.report.revision,
            again: false,
            signed: at.report.signed.is_some(),
        }
    }
}

impl Page for ChangesPage {
    const NAME: &'static str = "section_changes.html";
    const HTML: &'static str = include_str!("changes.html");

    fn title(&self) -> String {
        format!(
            "Changes: {} – {}",
            self.section.heading, self.section.report.name
        )
    }

    fn fictional(&self) -> bool {
        self.section.report.fictional
    }

    fn samples() -> Vec<Self> {
        let page = |changed, again, signed| Self {
            section: SectionStrip::sample(true, changed),
            since: DifferenceView::sample(),
            mine: DifferenceView::sample(),
            drafted: "She \"acted\" <alone>.".into(),
            seen: 7,
            again,
            signed,
        };
        let same = Self {
            since: DifferenceView::of("She ran.", "She ran."),
            mine: DifferenceView::of("", "She ran."),
            ..page(false, false, false)
        };
        vec![
            page(true, false, false),
            page(true, true, false),
            page(true, false, true),
            same,
        ]
    }
}

/// `GET /reports/{id}/draft/{section}/changes`.
///
/// # Errors
/// There is no such report of hers, or no such section that may be edited.
pub async fn show(
    State(state): State<AppState>,
    author: SignedIn,
    Path((id, section)): Path<(String, String)>,
) -> Result<Response, Error> {
    let at = Opened::of(&state, &author, &id, &section).await?;
    match at.edit() {
        Some(edit) => author.visit.page(&ChangesPage::of(&at, edit)),
        None => Ok(Redirect::to(&at.address()).into_response()),
    }
}

/// `POST /reports/{id}/draft/{section}/changes`: keeps her text, or takes the draft.
///
/// # Errors
/// As [`show`], a form that is not ours, or the store fails.
pub async fn choose(
    State(state): State<AppState>,
    author: SignedIn,
    Path((id, section)): Path<(String, String)>,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let at = Opened::of(&state, &author, &id, &section).await?;
    let seen = form.seen().ok_or_else(Error::not_understood)?;
    let Some(edit) = at.edit() else {
        return Ok(Redirect::to(&at.in_draft()).into_response());
    };
    let again = || {
        let page = ChangesPage {
            again: true,
            ..ChangesPage::of(&at, edit)
        };
        author.visit.page_as(StatusCode::CONFLICT, &page)
    };
    if form.get("drafted") != Some(at.drafted.as_str()) {
        return again();
    }
    let write = chosen(&at, edit, &form)?;
    let reports = author.reports(&state);
    match reports
        .save(at.report.id, &[write], seen, state.now())
        .await?
    {
        Save::Saved { .. } => Ok(Redirect::to(&at.in_draft()).into_response()),
        Save::Signed(mark) => Err(Error::signed(&mark)),
        Save::Stale(_) => again(),
    }
}

fn chosen(at: &Opened, edit: &SectionEdit, form: &Form) -> Result<Write, Error> {
    match form.one("choice") {
        "keep" => {
            let kept = SectionEdit {
                text: edit.text.clone(),
                based_on: at.drafted.clone(),
            };
            Ok(Write::new(at.place(), serde_json::json!(kept)))
        }
        "take" => Ok(at.take()),
        _ => Err(Error::not_understood()),
    }
}
