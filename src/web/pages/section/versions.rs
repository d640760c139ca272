//! The versions of a section: who wrote which, when; any two compared; one restored, which
//! is a version too; and the last change undone.
//!
//! Lives here: the page and its two acts. Not here: finding versions in the log (`store`)
//! or comparing texts (`report::edited`).

use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{DifferenceView, Opened, SectionStrip};
use crate::{
    case::revision::Write,
    store::{RevisionRow, Save},
    web::{
        csrf::OurForm,
        error::Error,
        fields::{Control, FieldView},
        state::AppState,
        templates::Page,
        visit::SignedIn,
        words,
    },
};

/// Stands for what the answers give now, among the versions.
const DRAFTED: &str = "draft";

/// One version.
#[derive(Debug, Clone, Serialize)]
struct VersionView {
    /// Its revision, or [`DRAFTED`].
    id: String,
    /// What names it in a list.
    name: String,
    by: String,
    words: String,
    /// True for the text that stands in the report.
    stands: bool,
}

/// The page of a section's versions.
#[derive(Debug, Serialize)]
pub struct VersionsPage {
    section: SectionStrip,
    versions: Vec<VersionView>,
    /// What the last change can be taken back to; its id and name.
    undo: Option<(String, String)>,
    compare: Vec<FieldView>,
    difference: Option<DifferenceView>,
    /// What is compared, in words.
    compared: String,
    seen: i64,
    again: bool,
    signed: bool,
}

/// Which two versions to compare.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
}

/// The text of a section and what became of it, oldest first.
struct History<'a> {
    at: &'a Opened,
    rows: Vec<RevisionRow>,
}

impl<'a> History<'a> {
    async fn of(state: &AppState, author: &SignedIn, at: &'a Opened) -> Result<Self, Error> {
        let reports = author.reports(state);
        let rows = reports.versions(at.report.id, &at.place()).await?;
        Ok(Self {
            at,
            rows: rows.unwrap_or_default(),
        })
    }

    fn row(&self, id: &str) -> Option<&RevisionRow> {
        self.rows.iter().find(|row| row.revision.to_string() == id)
    }

    /// The Markdown of a version.
    fn text(&self, id: &str) -> Option<&str> {
        if id == DRAFTED {
            return Some(&self.at.drafted);
        }
        let row = self.row(id)?;
        let written = row.value.get("text").and_then(Value::as_str);
        Some(written.unwrap_or(&self.at.drafted))
    }

    /// The id of what stood before the last change: the version before it, or what the
    /// answers give where there is none, or where that was an emptied one.
    fn before_last(&self) -> Option<String> {
        let (_, before) = self.rows.split_last()?;
        let written = before.last().filter(|row| !row.value.is_null());
        Some(written.map_or_else(|| DRAFTED.to_owned(), |row| row.revision.to_string()))
    }

    fn name(&self, id: &str) -> String {
        let written = |row: &RevisionRow| row.revision.to_string() == id;
        let Some(at) = self.rows.iter().position(written) else {
            return "As the answers give it now".into();
        };
        let row = &self.rows[at];
        let text = |row: &RevisionRow| row.value.get("text").cloned();
        let before = at.checked_sub(1).and_then(|at| self.rows.get(at));
        let what = if row.value.is_null() {
            ": taken from the answers"
        } else if before.is_some_and(|before| text(before) == text(row)) {
            ": kept when the answers had changed"
        } else {
            ""
        };
        format!("Version {}{what}, {}", at + 1, words::moment(row.at))
    }

    fn views(&self) -> Vec<VersionView> {
        let latest = self.rows.last().map(|row| row.revision);
        let written = self.rows.iter().rev().map(|row| {
            let id = row.revision.to_string();
            VersionView {
                name: self.name(&id),
                words: match self.text(&id) {
                    Some(text) if !row.value.is_null() => counted(text),
                    _ => String::new(),
                },
                by: row.by.clone(),
                stands: Some(row.revision) == latest && !row.value.is_null(),
                id,
            }
        });
        let drafted = VersionView {
            id: DRAFTED.into(),
            name: self.name(DRAFTED),
            by: String::new(),
            words: counted(&self.at.drafted),
            stands: self.at.edit().is_none(),
        };
        std::iter::once(drafted).chain(written).collect()
    }

    /// The value that restores a version; none where there is no such version.
    fn value(&self, id: &str) -> Option<Value> {
        if id == DRAFTED {
            return Some(Value::Null);
        }
        self.row(id).map(|row| row.value.clone())
    }

    fn page(&self, asked: &Asked) -> VersionsPage {
        let versions = self.views();
        let latest = versions
            .iter()
            .find(|v| v.stands)
            .map_or(DRAFTED, |v| v.id.as_str());
        let chosen = |id: &str, otherwise: &str| match self.text(id) {
            Some(_) => id.to_owned(),
            None => otherwise.to_owned(),
        };
        let undo = self.before_last();
        let from = chosen(&asked.from, undo.as_deref().unwrap_or(DRAFTED));
        let to = chosen(&asked.to, latest);
        let field = |name: &str, label: &str, value: &str| {
            let options = versions
                .iter()
                .map(|v| (v.id.clone(), v.name.clone(), String::new()));
            FieldView::new(Control::Select, name, label)
                .hinted_options(options)
                .value(value)
        };
        let asks = !(asked.from.is_empty() && asked.to.is_empty());
        let difference = match (self.text(&from), self.text(&to)) {
            (Some(before), Some(after)) if asks => Some(DifferenceView::of(before, after)),
            _ => None,
        };
        VersionsPage {
            section: self.at.strip(),
            undo: undo.map(|id| {
                let name = self.name(&id);
                (id, name)
            }),
            compare: vec![field("from", "From", &from), field("to", "To", &to)],
            compared: format!("From “{}” to “{}”", self.name(&from), self.name(&to)),
            versions,
            difference,
            seen: self.at.report.revision,
            again: false,
            signed: self.at.report.signed.is_some(),
        }
    }
}

fn counted(text: &str) -> String {
    words::count(text.split_whitespace().count(), "word")
}

impl Page for VersionsPage {
    const NAME: &'static str = "section_versions.html";
    const HTML: &'static str = include_str!("versions.html");

    fn title(&self) -> String {
        format!(
            "Versions: {} – {}",
            self.section.heading, self.section.report.name
        )
    }

    fn fictional(&self) -> bool {
        self.section.report.fictional
    }

    fn samples() -> Vec<Self> {
        let version = |id: &str, by: &str, stands| VersionView {
            id: id.into(),
            name: "22 November 2026 at 4:05pm".into(),
            by: by.into(),
            words: "312 words".into(),
            stands,
        };
        let page = |versions: Vec<VersionView>, undo, difference, signed| Self {
            section: SectionStrip::sample(true, false),
            versions,
            undo,
            compare: vec![
                FieldView::new(Control::Select, "from", "From").hinted_options([(
                    "draft",
                    "As the <answers> give it",
                    String::new(),
                )]),
            ],
            difference,
            compared: "From “a” to “<b>”".into(),
            seen: 7,
            again: signed,
            signed,
        };
        let undo = Some((
            "draft".to_owned(),
            "As the <answers> give it now".to_owned(),
        ));
        let two = vec![
            version("draft", "", false),
            version("7", "Sam <Author>", true),
        ];
        vec![
            page(vec![version("draft", "", true)], None, None, false),
            page(two.clone(), undo, Some(DifferenceView::sample()), false),
            page(two, None, Some(DifferenceView::of("a", "a")), true),
        ]
    }
}

/// `GET /reports/{id}/draft/{section}/versions`.
///
/// # Errors
/// There is no such report of hers, no such section that may be edited, or the store
/// fails.
pub async fn show(
    State(state): State<AppState>,
    author: SignedIn,
    Path((id, section)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let at = Opened::of(&state, &author, &id, &section).await?;
    let history = History::of(&state, &author, &at).await?;
    author.visit.page(&history.page(&asked))
}

/// `POST /reports/{id}/draft/{section}/versions`: restores a version exactly as it was,
/// which makes another version of it.
///
/// # Errors
/// As [`show`], or a form that is not ours.
pub async fn restore(
    State(state): State<AppState>,
    author: SignedIn,
    Path((id, section)): Path<(String, String)>,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let at = Opened::of(&state, &author, &id, &section).await?;
    let seen = form.seen().ok_or_else(Error::not_understood)?;
    let history = History::of(&state, &author, &at).await?;
    let value = history.value(form.one("version"));
    let value = value.ok_or_else(Error::not_understood)?;
    let write = Write::new(at.place(), value);
    let reports = author.reports(&state);
    match reports
        .save(at.report.id, &[write], seen, state.now())
        .await?
    {
        Save::Saved { .. } => {
            let here = format!("{}/versions", at.address());
            Ok(Redirect::to(&here).into_response())
        }
        Save::Signed(mark) => Err(Error::signed(&mark)),
        Save::Stale(_) => {
            let page = VersionsPage {
                again: true,
                ..history.page(&Asked::default())
            };
            author.visit.page_as(StatusCode::CONFLICT, &page)
        }
    }
}
