//! The interview guide: what is still to be asked, on paper, with room to write.
//!
//! Lives here: what stands on the page. Not here: which prompts those are
//! (`interview::to_ask`). Nothing that is known of her is printed but her initials
//! and the day of the hearing: paper is left on tables, and read in corridors.

use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use serde::{Deserialize, Serialize};

use super::report::open;
use crate::{
    case::{CaseFile, Name},
    interview::{Field, Interview, Kind, Prompt, ToAsk},
    web::{error::Error, state::AppState, templates::Page, visit::SignedIn, words},
};

/// How many lines a long answer gets, alone or as one field of several, and how many
/// sets of boxes a list.
const LINES: usize = 4;
const LINES_OF_A_FIELD: usize = 2;
const RECORDS: usize = 2;

/// The guide of one report.
#[derive(Debug, Serialize)]
pub struct GuidePage {
    /// Address of the report.
    home: String,
    /// Her initials.
    initials: String,
    hearing: String,
    format: &'static str,
    fictional: bool,
    /// Words to begin with.
    opening: Vec<String>,
    /// What to ask her.
    sections: Vec<SectionView>,
    /// What is open and is the author's to find or decide.
    papers: Vec<String>,
    /// How many are on it, and how many of them are needed.
    count: String,
    /// True where only what is needed is shown.
    only_needed: bool,
}

#[derive(Debug, Serialize)]
struct SectionView {
    title: String,
    sensitive: bool,
    prompts: Vec<PromptView>,
}

#[derive(Debug, Serialize)]
struct PromptView {
    ask: String,
    needed: bool,
    only_if: Vec<String>,
    sensitive: bool,
    say: String,
    why: String,
    avoid: String,
    /// Sets of boxes: one, or several for a list.
    rooms: Vec<Room>,
}

/// Room to write one answer.
#[derive(Debug, Clone, Serialize)]
struct Room {
    /// What it is for, where there is more than one.
    name: String,
    fields: Vec<FieldRoom>,
}

#[derive(Debug, Clone, Serialize)]
struct FieldRoom {
    /// Empty where the prompt is the one field.
    label: String,
    record_only: bool,
    /// Boxes to tick.
    options: Vec<String>,
    /// Lines to write on.
    lines: Vec<()>,
    /// True for a day: boxes for its parts.
    date: bool,
}

impl FieldRoom {
    fn of(field: &Field, lone: bool) -> Self {
        let lines = match field.kind {
            Kind::Text | Kind::Lines if lone => LINES,
            Kind::Text | Kind::Lines => LINES_OF_A_FIELD,
            Kind::Line | Kind::Area | Kind::Number | Kind::Time => 1,
            _ => 0,
        };
        Self {
            label: if lone {
                String::new()
            } else {
                field.label.clone()
            },
            record_only: field.record_only,
            options: field.options.iter().map(|o| o.label.clone()).collect(),
            lines: vec![(); lines],
            date: field.kind == Kind::Date,
        }
    }
}

impl PromptView {
    fn of(to_ask: &ToAsk<'_>) -> Self {
        let prompt = to_ask.step.1;
        let lone = !matches!(prompt.kind, Kind::Group | Kind::Records);
        let fields = prompt.page_fields();
        let fields: Vec<FieldRoom> = fields.iter().map(|f| FieldRoom::of(f, lone)).collect();
        let sets = match prompt.kind {
            Kind::Records => RECORDS,
            _ => 1,
        };
        let room = |number: usize| Room {
            name: match prompt.kind {
                Kind::Records => format!("{} {number}", words::sentence_case(&prompt.record_name)),
                _ => String::new(),
            },
            fields: fields.clone(),
        };
        Self {
            ask: prompt.ask.clone(),
            needed: to_ask.needed,
            only_if: to_ask.only_if.iter().map(only_if).collect(),
            sensitive: prompt.sensitive,
            // What opens the guide is not said twice.
            say: if prompt.opening {
                String::new()
            } else {
                prompt.say.clone()
            },
            why: prompt.why.clone(),
            avoid: prompt.avoid.clone(),
            rooms: (1..=sets).map(room).collect(),
        }
    }
}

fn only_if(wait: &crate::interview::OnlyIf<'_>) -> String {
    let asked = &wait.on.short;
    match wait.answers.as_slice() {
        [] => format!("“{asked}” is answered"),
        answers => format!("“{asked}” is: {}", answers.join("; or: ")),
    }
}

/// First letters of her names.
fn initials(name: &Name) -> String {
    let letters = [&name.first, &name.last].map(|n| n.trim().chars().next());
    letters
        .into_iter()
        .flatten()
        .flat_map(char::to_uppercase)
        .flat_map(|letter| [letter, '.'])
        .collect()
}

/// True for what is asked of her. A fact with a place comes from papers, and so does
/// what has no words to say.
fn is_for_her(prompt: &Prompt) -> bool {
    prompt.is_answer() && !prompt.say.is_empty()
}

impl GuidePage {
    fn of(home: String, interview: &Interview, case: &CaseFile, only_needed: bool) -> Self {
        let mut to_ask = interview.to_ask(case);
        to_ask.retain(|t| t.needed || !only_needed);
        let sections = interview.sections.iter().filter_map(|section| {
            let mine = to_ask
                .iter()
                .filter(|t| t.step.0.id == section.id && is_for_her(t.step.1));
            let prompts: Vec<PromptView> = mine.map(PromptView::of).collect();
            (!prompts.is_empty()).then(|| SectionView {
                title: section.title.clone(),
                sensitive: section.sensitive,
                prompts,
            })
        });
        let needed = to_ask.iter().filter(|t| t.needed).count();
        let on = case
            .hearing
            .date
            .map_or_else(|| "day not set".into(), words::named_day);
        let opening = interview.prompts().filter(|(_, p)| p.opening);
        Self {
            home,
            initials: initials(&case.woman.name),
            hearing: on,
            format: words::format(case.format),
            fictional: case.fictional,
            opening: opening.map(|(_, p)| p.say.clone()).collect(),
            sections: sections.collect(),
            papers: to_ask
                .iter()
                .filter(|t| !is_for_her(t.step.1))
                .map(|t| t.step.1.short.clone())
                .collect(),
            count: format!(
                "{} still open, {needed} of them needed for this kind of report",
                words::count(to_ask.len(), "prompt")
            ),
            only_needed,
        }
    }
}

impl Page for GuidePage {
    const NAME: &'static str = "guide.html";
    const HTML: &'static str = include_str!("guide.html");

    fn title(&self) -> String {
        format!("Interview guide {}", self.initials)
    }

    fn fictional(&self) -> bool {
        self.fictional
    }

    fn samples() -> Vec<Self> {
        let field = |options: &[&str], lines, date| FieldRoom {
            label: if date { "When?" } else { "" }.into(),
            record_only: date,
            options: options.iter().map(|o| (*o).to_owned()).collect(),
            lines: vec![(); lines],
            date,
        };
        let prompt = |name: &str, only_if: &[&str]| PromptView {
            ask: "What is <it> & how?".into(),
            needed: only_if.is_empty(),
            only_if: only_if.iter().map(|o| (*o).to_owned()).collect(),
            sensitive: true,
            say: "“Would you <like> a break?”".into(),
            why: "It matters & helps.".into(),
            avoid: "“Why did you stay?”".into(),
            rooms: vec![Room {
                name: name.into(),
                fields: vec![field(&["Yes", "No <b>"], 0, false), field(&[], 3, true)],
            }],
        };
        let section = SectionView {
            title: "Safety & more".into(),
            sensitive: true,
            prompts: vec![prompt("", &[]), prompt("Child 1", &["“Caring” is: Yes"])],
        };
        let page = |sections, papers: &[&str], only_needed| Self {
            home: "/reports/1".into(),
            initials: "A.H.".into(),
            hearing: "Thursday 3 December 2026".into(),
            format: words::FORMATS[0].2,
            fictional: true,
            opening: vec!["“This is what the report is for.”".into()],
            sections,
            papers: papers.iter().map(|p| (*p).to_owned()).collect(),
            count: "3 prompts still open".into(),
            only_needed,
        };
        vec![
            page(vec![section], &["Her record number"], false),
            page(Vec::new(), &[], true),
        ]
    }
}

/// Which prompts to print.
#[derive(Debug, Deserialize)]
pub struct Which {
    #[serde(default)]
    only: String,
}

/// `GET /reports/{id}/guide`; `?only=needed` for what this kind of report needs.
///
/// # Errors
/// There is no such report of hers.
pub async fn show(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<String>,
    Query(which): Query<Which>,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let home = format!("/reports/{}", report.id);
    let only_needed = which.only == "needed";
    let page = GuidePage::of(home, state.interview(), &report.case, only_needed);
    author.visit.page(&page)
}
