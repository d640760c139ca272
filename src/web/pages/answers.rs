//! Answers to check: one section's, or all of them, each with a link to change it.

use axum::{
    extract::{Path, State},
    response::Response,
};
use serde::Serialize;

use super::{
    notes::NotesView,
    report::{ReportStrip, open},
    task_list::Tag,
};
use crate::{
    case::{Answer, AnswerState, CaseFile, Visibility},
    interview::{Held, Interview, Prompt, Section},
    store::LoadedReport,
    web::{
        asking::{Said, said},
        error::Error,
        state::AppState,
        templates::Page,
        visit::SignedIn,
        words,
    },
};

/// The answers of some sections.
#[derive(Debug, Serialize)]
pub struct AnswersPage {
    report: ReportStrip,
    heading: String,
    sections: Vec<SectionView>,
    /// The first prompt of the section that is not settled, where it is one section.
    next: Option<String>,
    /// True where all sections are shown.
    all: bool,
}

#[derive(Debug, Serialize)]
struct SectionView {
    title: String,
    intro: String,
    sensitive: bool,
    rows: Vec<Row>,
    notes: NotesView,
}

#[derive(Debug, Serialize)]
struct Row {
    key: String,
    lines: Vec<Said>,
    tag: Option<Tag>,
    note: String,
    href: String,
    action: &'static str,
}

impl SectionView {
    fn new(
        report: &LoadedReport,
        section: &Section,
        interview: &Interview,
        held: &Held<'_>,
    ) -> Self {
        let home = &format!("/reports/{}", report.id);
        let mine = interview
            .visible_in(held)
            .into_iter()
            .filter(|(s, _)| s.id == section.id);
        Self {
            title: section.title.clone(),
            intro: section.intro.clone(),
            sensitive: section.sensitive,
            rows: mine.map(|(_, prompt)| row(home, prompt, held)).collect(),
            notes: NotesView::beside(report, section, None),
        }
    }
}

fn row(home: &str, prompt: &Prompt, held: &Held<'_>) -> Row {
    let value = held.value(prompt);
    let lines = value.as_ref().map(|v| said(prompt, v)).unwrap_or_default();
    let answer = held
        .case()
        .answer(&prompt.id)
        .filter(|_| prompt.is_answer());
    let needed = prompt.needed_for.contains(&held.case().format);
    let tag = |text: &str, colour| {
        Some(Tag {
            text: text.to_owned(),
            colour,
        })
    };
    let declined = answer.filter(|a| a.is_settled() && a.known().is_none());
    Row {
        key: prompt.short.clone(),
        tag: match (declined, lines.is_empty(), needed) {
            (Some(answer), ..) => tag(words::state(answer.state), "purple"),
            (None, true, true) => tag("Needed", "blue"),
            (None, true, false) => tag("Not yet", "grey"),
            (None, false, _) => answer.and_then(travel),
        },
        action: if lines.is_empty() && declined.is_none() {
            "Answer"
        } else {
            "Change"
        },
        note: answer.map(sources).unwrap_or_default(),
        href: format!("{home}/prompts/{}", prompt.id),
        lines,
    }
}

fn travel(answer: &Answer) -> Option<Tag> {
    match answer.visibility {
        Visibility::InReport => None,
        other => Some(Tag {
            text: words::visibility(other).into(),
            colour: "orange",
        }),
    }
}

/// One line on where an answer comes from.
fn sources(answer: &Answer) -> String {
    let said = answer.sources.iter().map(|source| {
        let mut said = words::source(source.kind).to_owned();
        if let Some(on) = source.on {
            said = format!("{said}, {}", words::day(on));
        }
        if source.verified == Some(false) {
            said.push_str(" (not verified)");
        }
        said
    });
    let said = said.collect::<Vec<_>>().join("; ");
    match (said.is_empty(), answer.state) {
        (false, _) => said,
        (true, AnswerState::Answered | AnswerState::KnownFromRecord) => "No source given".into(),
        (true, _) => String::new(),
    }
}

impl Page for AnswersPage {
    const NAME: &'static str = "answers.html";
    const HTML: &'static str = include_str!("answers.html");

    fn title(&self) -> String {
        format!("{} – {}", self.heading, self.report.name)
    }

    fn fictional(&self) -> bool {
        self.report.fictional
    }

    fn samples() -> Vec<Self> {
        let row = |lines: &[&str], tag| Row {
            key: "Alcohol & drugs".into(),
            lines: lines.iter().map(|l| Said::from(*l)).collect(),
            tag,
            note: "Her own account, 19 November 2026".into(),
            href: "/reports/1/prompts/alcohol".into(),
            action: "Change",
        };
        let section = |sensitive| SectionView {
            title: "Safety".into(),
            intro: "Only what matters here.".into(),
            sensitive,
            rows: vec![
                row(&["<b>She</b> said", "two things"], None),
                row(
                    &[],
                    Some(Tag {
                        text: "Needed".into(),
                        colour: "blue",
                    }),
                ),
            ],
            notes: NotesView::sample(if sensitive { "safety" } else { "offence" }),
        };
        let page = |sections, next: Option<&str>, all| Self {
            report: ReportStrip::sample(false),
            heading: "Safety".into(),
            sections,
            next: next.map(str::to_owned),
            all,
        };
        let next = Some("/reports/1/prompts/alcohol");
        vec![
            page(vec![section(true)], next, false),
            page(vec![section(false), section(true)], None, true),
        ]
    }
}

/// `GET /reports/{id}/sections/{section}`.
///
/// # Errors
/// There is no such report of hers or no such section.
pub async fn section(
    State(state): State<AppState>,
    author: SignedIn,
    Path((id, section)): Path<(String, String)>,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let strip = ReportStrip::of(&report);
    let interview = state.interview();
    let section = interview.section(&section).ok_or_else(Error::not_found)?;
    let held = Held::of(&report.case);
    let next = first_unsettled(interview, section, &report.case);
    author.visit.page(&AnswersPage {
        heading: section.title.clone(),
        sections: vec![SectionView::new(&report, section, interview, &held)],
        next: next.map(|p| format!("{}/prompts/{}", strip.href, p.id)),
        report: strip,
        all: false,
    })
}

/// `GET /reports/{id}/check`.
///
/// # Errors
/// There is no such report of hers.
pub async fn check(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let strip = ReportStrip::of(&report);
    let interview = state.interview();
    let held = Held::of(&report.case);
    let sections = interview.sections.iter();
    let sections = sections.map(|s| SectionView::new(&report, s, interview, &held));
    author.visit.page(&AnswersPage {
        heading: "Check the answers".into(),
        sections: sections.filter(|s| !s.rows.is_empty()).collect(),
        report: strip,
        next: None,
        all: true,
    })
}

fn first_unsettled<'a>(
    interview: &'a Interview,
    section: &Section,
    case: &CaseFile,
) -> Option<&'a Prompt> {
    let mut mine = interview.visible_prompts(case).into_iter();
    let found = mine.find(|(s, p)| s.id == section.id && !interview.is_settled(p, case));
    found.map(|(_, prompt)| prompt)
}
