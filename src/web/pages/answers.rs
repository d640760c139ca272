//! Answers to check: one section's, or all of them, each with a link to change it.

use axum::{
    extract::{Path, State},
    response::Response,
};
use serde::Serialize;

use super::{
    before::begin,
    notes::NotesView,
    report::{ReportStrip, open},
    task_list::Tag,
};
use crate::{
    case::{Answer, AnswerState, InformationSource, Visibility},
    interview::{Held, Interview, Prompt, Section, Step},
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
    /// Where to go next, in one step: the next open prompt of the section, else the
    /// next that the report needs.
    next: Option<Next>,
    /// True where all sections are shown.
    all: bool,
}

#[derive(Debug, Serialize)]
struct Next {
    text: String,
    href: String,
}

#[derive(Debug, Serialize)]
struct SectionView {
    title: String,
    intro: String,
    /// The page on checking the room, where the section is a sensitive one.
    before: String,
    rows: Vec<Row>,
    notes: NotesView,
}

#[derive(Debug, Serialize)]
struct Row {
    key: String,
    lines: Vec<Said>,
    /// What became of it, and how far it may travel.
    tags: Vec<Tag>,
    /// Each source in a line.
    sources: Vec<String>,
    note: &'static str,
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
            before: if section.sensitive {
                format!("{home}/sections/{}/before", section.id)
            } else {
                String::new()
            },
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
    let declined = answer.filter(|a| a.is_settled() && a.known().is_none());
    let needed = prompt.needed_for.contains(&held.case().format);
    let tags = match (declined, lines.is_empty(), needed) {
        (Some(answer), ..) => vec![tag(words::state(answer.state), "purple")],
        (None, true, true) => vec![tag("Needed", "blue")],
        (None, true, false) => vec![tag("Not yet", "grey")],
        (None, false, _) => answer.map(stands).unwrap_or_default(),
    };
    let said_nothing_of_source = !lines.is_empty() && declined.is_none();
    Row {
        key: prompt.short.clone(),
        tags,
        action: if lines.is_empty() && declined.is_none() {
            "Answer"
        } else {
            "Change"
        },
        note: if declined.is_some_and(|a| a.value.is_some()) {
            "What was typed before is kept here, and is not used."
        } else {
            ""
        },
        sources: match answer {
            Some(a) if !a.sources.is_empty() => a.sources.iter().map(source).collect(),
            Some(_) if said_nothing_of_source => vec!["No source given".into()],
            _ => Vec::new(),
        },
        href: format!("{home}/prompts/{}", prompt.id),
        lines,
    }
}

fn tag(text: &str, colour: &'static str) -> Tag {
    Tag {
        text: text.to_owned(),
        colour,
    }
}

/// What stands with an answer that was given.
fn stands(answer: &Answer) -> Vec<Tag> {
    let mut tags = Vec::new();
    if answer.state == AnswerState::KnownFromRecord {
        tags.push(tag("Known from a record", "purple"));
    }
    let passed_on = answer.escalation.as_ref().and_then(|e| e.done);
    tags.push(match (answer.visibility, passed_on) {
        (Visibility::InReport, _) => tag("In the report", "green"),
        (Visibility::RecordOnly, _) => tag("Record only", "grey"),
        (Visibility::Escalate, Some(day)) => {
            tag(&format!("Passed on, {}", words::day(day)), "grey")
        }
        (Visibility::Escalate, None) => tag("To pass on: still to do", "red"),
    });
    tags
}

/// One source in a line.
fn source(source: &InformationSource) -> String {
    let mut said = words::source(source.kind).to_owned();
    if let Some(on) = source.on {
        said = format!("{said}, {}", words::day(on));
    }
    match source.verified {
        Some(true) => said.push_str(" (verified)"),
        Some(false) => said.push_str(" (not verified)"),
        None => {}
    }
    said
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
        let row = |lines: &[&str], tags: &[(&str, &'static str)], note| Row {
            key: "Alcohol & drugs".into(),
            lines: lines.iter().map(|l| Said::from(*l)).collect(),
            tags: tags
                .iter()
                .map(|(text, colour)| tag(text, colour))
                .collect(),
            sources: vec![
                "Her own account, 19 November 2026".into(),
                "Police & others (not verified)".into(),
            ],
            note,
            href: "/reports/1/prompts/alcohol".into(),
            action: "Change",
        };
        let section = |before: &str| SectionView {
            title: "Safety".into(),
            intro: "Only what matters here.".into(),
            before: before.into(),
            rows: vec![
                row(
                    &["<b>She</b> said", "two things"],
                    &[
                        ("Known from a record", "purple"),
                        ("In the report", "green"),
                    ],
                    "",
                ),
                row(&["Told"], &[("To pass on: still to do", "red")], ""),
                row(&[], &[("She prefers not to say", "purple")], "Kept here."),
                row(&[], &[("Needed", "blue")], ""),
            ],
            notes: NotesView::sample(if before.is_empty() {
                "offence"
            } else {
                "safety"
            }),
        };
        let page = |sections, next, all| Self {
            report: ReportStrip::sample(false),
            heading: "Safety".into(),
            sections,
            next,
            all,
        };
        let next = || Next {
            text: "Continue with: <alcohol>".into(),
            href: "/reports/1/prompts/alcohol".into(),
        };
        let before = "/reports/1/sections/safety/before";
        vec![
            page(vec![section(before)], Some(next()), false),
            page(vec![section(""), section(before)], None, true),
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
    let next = next(&strip.href, interview, section, &report);
    author.visit.page(&AnswersPage {
        heading: section.title.clone(),
        sections: vec![SectionView::new(&report, section, interview, &held)],
        next,
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

/// The next open prompt of the section; where there is none, the next that the report
/// still needs. A sensitive section is begun at the page before it.
fn next(
    home: &str,
    interview: &Interview,
    section: &Section,
    report: &LoadedReport,
) -> Option<Next> {
    let case = &report.case;
    let href = |section: &Section, prompt: &Prompt| {
        begin(home, section, case, format!("{home}/prompts/{}", prompt.id))
    };
    let steps = interview.visible_prompts(case).into_iter();
    let open = steps.filter(|(_, p)| !interview.is_settled(p, case));
    let open: Vec<Step<'_>> = open.collect();
    if let Some((_, prompt)) = open.iter().find(|(s, _)| s.id == section.id) {
        return Some(Next {
            text: format!("Continue with: {}", prompt.short),
            href: href(section, prompt),
        });
    }
    // What follows this section comes before what was passed over earlier.
    let place = |id: &str| interview.sections.iter().position(|s| s.id == id);
    let needed = || {
        let needed = open.iter();
        needed.filter(|(_, p)| p.needed_for.contains(&case.format))
    };
    let later = needed().find(|(s, _)| place(&s.id) > place(&section.id));
    let (then, prompt) = later.or_else(|| needed().next())?;
    Some(Next {
        text: format!("Next: {}, {}", then.title, prompt.short),
        href: href(then, prompt),
    })
}
