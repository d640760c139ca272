//! What changed in the prompts, the report's text, the wording rules and the law since a
//! report began, or since its author last read this page; and answers that no prompt asks
//! any more.
//!
//! Lives here: the page and its one button. Not here: how two packs differ
//! (`content::items`). Nothing is taken from a report because its content moved on.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use serde::Serialize;
use serde_json::Value;

use super::report::{ReportStrip, open};
use crate::{
    case::CaseFile,
    content::items::{Change, How, Kind},
    interview::Interview,
    web::{
        csrf::OurForm, error::Error, links, state::AppState, templates::Page, visit::SignedIn,
        words,
    },
};

/// What changed.
#[derive(Debug, Serialize)]
pub struct ContentPage {
    report: ReportStrip,
    /// The day the report began.
    began: String,
    /// True where she has read changes before.
    read_before: bool,
    /// False where what the report began with was not kept.
    known: bool,
    groups: Vec<Group>,
    /// Answers that are kept though no prompt asks for them any more.
    kept: Vec<Kept>,
    /// The version that reading this page catches up with.
    version: String,
}

#[derive(Debug, Serialize)]
struct Group {
    title: &'static str,
    changes: Vec<ChangeView>,
}

#[derive(Debug, Serialize)]
struct ChangeView {
    how: &'static str,
    title: String,
    /// Page of the prompt, where there is one.
    href: String,
}

#[derive(Debug, Serialize)]
struct Kept {
    id: String,
    text: String,
}

const GROUPS: [(Kind, &str); 7] = [
    (Kind::Prompts, "Prompts"),
    (Kind::ReportText, "Text of the report"),
    (Kind::Law, "Law and practice"),
    (Kind::Wording, "Wording rules"),
    (Kind::Checks, "Checks"),
    (Kind::Letters, "Letters"),
    (Kind::Other, "Other"),
];

impl Page for ContentPage {
    const NAME: &'static str = "content.html";
    const HTML: &'static str = include_str!("content.html");

    fn title(&self) -> String {
        format!("What has changed – {}", self.report.name)
    }

    fn fictional(&self) -> bool {
        self.report.fictional
    }

    fn samples() -> Vec<Self> {
        let page = |known: bool| Self {
            report: ReportStrip::sample(false),
            began: "22 November 2026".into(),
            read_before: known,
            known,
            groups: if known {
                vec![Group {
                    title: "Prompts",
                    changes: vec![ChangeView {
                        how: "Changed",
                        title: "Her <home>".into(),
                        href: "/reports/1/prompts/home".into(),
                    }],
                }]
            } else {
                Vec::new()
            },
            kept: vec![Kept {
                id: "old-prompt".into(),
                text: "What she <said>".into(),
            }],
            version: "prompts 1".into(),
        };
        vec![page(true), page(false)]
    }
}

/// `GET /reports/{id}/content`.
///
/// # Errors
/// There is no such report of hers, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let version = state.stamp().await?;
    let changes = state.content_since(report.known_content()).await?;
    let interview = state.interview();
    author.visit.page(&ContentPage {
        report: ReportStrip::of(&report),
        began: words::day(report.created_at.date_naive()),
        read_before: report.content_read.is_some(),
        known: changes.is_some(),
        groups: groups(&changes.unwrap_or_default(), |id| {
            let asked = interview.prompt(id);
            asked.map(|prompt| links::prompt(report.id, &prompt.id))
        }),
        kept: kept(&report.case, interview),
        version,
    })
}

/// `POST /reports/{id}/content`: she has read it, up to the version that the page showed.
///
/// # Errors
/// There is no such report of hers, or the store fails.
pub async fn read(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<String>,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let version = form.one("version").to_owned();
    // A version that was never kept would leave the next change without its before.
    if state.store().content_of(&version).await?.is_none() {
        return Err(Error::not_understood());
    }
    let reports = author.reports(&state);
    reports.read_content(report.id, &version).await?;
    Ok(Redirect::to(&links::report(report.id)).into_response())
}

/// The changes under their headings; a kind with none is left out.
fn groups(changes: &[Change], page: impl Fn(&str) -> Option<String>) -> Vec<Group> {
    let view = |change: &Change| ChangeView {
        how: match change.how {
            How::Added => "New",
            How::Changed => "Changed",
            How::Removed => "Gone",
        },
        title: change.title.clone(),
        href: match (change.kind, change.how) {
            (Kind::Prompts, How::Added | How::Changed) => page(&change.id).unwrap_or_default(),
            _ => String::new(),
        },
    };
    let group = |(kind, title): (Kind, &'static str)| Group {
        title,
        changes: changes
            .iter()
            .filter(|c| c.kind == kind)
            .map(view)
            .collect(),
    };
    let all = GROUPS.into_iter().map(group);
    all.filter(|group| !group.changes.is_empty()).collect()
}

/// What she was told and no prompt asks for any more.
fn kept(case: &CaseFile, interview: &Interview) -> Vec<Kept> {
    let gone = case
        .answers
        .iter()
        .filter(|(id, _)| interview.prompt(id).is_none());
    let view = |(id, answer): (&String, &crate::case::Answer)| Kept {
        id: id.clone(),
        text: answer.value.as_ref().map(in_words).unwrap_or_default(),
    };
    gone.map(view).collect()
}

/// A value without its prompt: its words, a line each.
fn in_words(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(all) => all.iter().map(in_words).collect::<Vec<_>>().join("\n"),
        Value::Object(fields) => {
            let lines = fields.iter().map(|(name, value)| {
                format!("{}: {}", name.replace(['-', '_'], " "), in_words(value))
            });
            lines.collect::<Vec<_>>().join("\n")
        }
        other => other.to_string(),
    }
}
