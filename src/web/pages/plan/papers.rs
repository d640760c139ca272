//! The papers of a plan: as they will read, to print or to take away. Each is looked
//! through before it leaves, as every output is.
//!
//! Not here: any sentence (`report-templates/plan/`), or what must not leave
//! (`review::outbound`).

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use serde::Serialize;

use super::{home, opened};
use crate::{
    consultancy::plan::reading::Counted,
    pack::{Paper, Type},
    report::{self, document::Document, html, letters::Reach, plain},
    review::outbound::Output,
    store::{Action, LoadedReport, PlanKept},
    web::{
        error::Error,
        findings::FindingView,
        pages::{
            download::{DOCX, file},
            leaving,
            letters::ReachView,
            report::{ReportStrip, note},
        },
        state::AppState,
        templates::Page,
        visit::SignedIn,
    },
};

/// A reader older than this is asked of by no paper of hers.
const OLDEST_READER: f64 = 11.5;

/// One paper.
#[derive(Debug, Serialize)]
pub struct PaperPage {
    report: ReportStrip,
    back: String,
    title: String,
    /// Kinds of file, each with its address.
    files: Vec<(String, String)>,
    /// How she may be reached, for her paper.
    reach: Option<ReachView>,
    large: bool,
    /// Numbers of steps that are not on it, as `1, 4 and 5`.
    kept: String,
    /// Numbers of steps on it that are still in the proposal's words.
    unplain: String,
    /// About how old a reader it asks for.
    age: String,
    too_hard: bool,
    held_back: Vec<FindingView>,
    /// HTML made from Markdown by `report::html`, which escapes every text; empty where it
    /// is held back.
    html: String,
}

impl Page for PaperPage {
    const NAME: &'static str = "plan_paper.html";
    const HTML: &'static str = include_str!("paper.html");

    fn title(&self) -> String {
        format!("{} – {}", self.title, self.report.name)
    }

    fn fictional(&self) -> bool {
        self.report.fictional
    }

    fn samples() -> Vec<Self> {
        let page = |reach, held_back, html: &str| Self {
            report: ReportStrip::sample(true),
            back: "/reports/1/plan".into(),
            title: "My plan".into(),
            files: vec![(
                "Word document".into(),
                "/reports/1/plan/papers/her/docx".into(),
            )],
            reach,
            large: html.is_empty(),
            kept: "2 and 3".into(),
            unplain: "4".into(),
            age: "9".into(),
            too_hard: html.is_empty(),
            held_back,
            html: html.into(),
        };
        vec![
            page(
                Some(ReachView::sample("no")),
                Vec::new(),
                "<p class=\"govuk-body\">I go.</p>",
            ),
            page(None, FindingView::samples(), ""),
        ]
    }
}

/// Which paper an address names.
#[derive(Clone, Copy)]
struct Asked {
    paper: Paper,
    size: Type,
}

impl Asked {
    fn of(name: &str) -> Option<Self> {
        let (paper, size) = match name {
            "her" => (Paper::Her, Type::Ordinary),
            "her-large" => (Paper::Her, Type::Large),
            "worker" => (Paper::Worker, Type::Ordinary),
            _ => return None,
        };
        Some(Self { paper, size })
    }

    fn action(self) -> Action {
        match self.paper {
            Paper::Her | Paper::Worker => Action::PlanExported,
            Paper::Bench(_) => Action::ProgressNoteExported,
        }
    }
}

/// `GET /reports/{id}/plan/papers/{paper}`: hers, hers in large type, or the worker's.
///
/// # Errors
/// No such report of this author's, no plan, or no such paper.
pub async fn show(
    State(state): State<AppState>,
    author: SignedIn,
    Path((id, paper)): Path<(String, String)>,
) -> Result<Response, Error> {
    let asked = Asked::of(&paper).ok_or_else(Error::not_found)?;
    let (report, kept) = opened(&state, &author, &id).await?;
    let page = written(&state, &report, &kept, asked).await?.0;
    author.visit.page(&page)
}

/// `GET /reports/{id}/plan/papers/{paper}/{kind}`: as `docx` or `html`.
///
/// # Errors
/// As [`show`], or the document cannot be made.
pub async fn take_away(
    State(state): State<AppState>,
    author: SignedIn,
    Path((id, paper, kind)): Path<(String, String, String)>,
) -> Result<Response, Error> {
    let asked = Asked::of(&paper).ok_or_else(Error::not_found)?;
    if !["docx", "html"].contains(&kind.as_str()) {
        return Err(Error::not_found());
    }
    let (report, kept) = opened(&state, &author, &id).await?;
    left(&state, &author, (&report, &kept), (asked, &kind)).await
}

/// `GET /reports/{id}/plan/reviews/{review}/{file}`: the note for a review: `note` to
/// read, `note.docx`, `note.html` or `note.txt`.
///
/// # Errors
/// As [`take_away`].
pub async fn bench(
    State(state): State<AppState>,
    author: SignedIn,
    Path((id, review, name)): Path<(String, u32, String)>,
) -> Result<Response, Error> {
    let (report, kept) = opened(&state, &author, &id).await?;
    let asked = Asked {
        paper: Paper::Bench(review),
        size: Type::Ordinary,
    };
    match name.as_str() {
        "note" => {
            let page = written(&state, &report, &kept, asked).await?.0;
            author.visit.page(&page)
        }
        "note.docx" | "note.html" | "note.txt" => {
            let kind = name.trim_start_matches("note.");
            left(&state, &author, (&report, &kept), (asked, kind)).await
        }
        _ => Err(Error::not_found()),
    }
}

/// The page of a paper, and the paper.
async fn written(
    state: &AppState,
    report: &LoadedReport,
    kept: &PlanKept,
    asked: Asked,
) -> Result<(PaperPage, String), Error> {
    let pack = state.pack();
    let case = &report.case;
    let titles = &pack.plans.words.titles;
    let here = home(report.id);
    let broken = |e| Error::broken(&e);
    let link = |text: &str, at: String| (text.to_owned(), at);
    let mut page = PaperPage {
        report: ReportStrip::of(report),
        back: here.clone(),
        title: titles.worker.clone(),
        files: Vec::new(),
        reach: None,
        large: asked.size == Type::Large,
        kept: String::new(),
        unplain: String::new(),
        age: String::new(),
        too_hard: false,
        held_back: Vec::new(),
        html: String::new(),
    };
    let markdown = match asked.paper {
        Paper::Her => {
            let her = pack.plan_for_her(case, &kept.plan).map_err(broken)?;
            page.title.clone_from(&titles.her);
            page.reach = Some(ReachView::of(report));
            page.kept = numbers(&her.kept);
            page.unplain = numbers(&her.unplain);
            let name = if page.large { "her-large" } else { "her" };
            page.files = vec![
                link("Word document", format!("{here}/papers/{name}/docx")),
                link("Web page to print", format!("{here}/papers/{name}/html")),
            ];
            her.markdown
        }
        Paper::Worker => {
            page.files = vec![
                link("Word document", format!("{here}/papers/worker/docx")),
                link("Web page to print", format!("{here}/papers/worker/html")),
            ];
            let paper = pack.plan_paper(case, &kept.plan, asked.paper);
            paper.map_err(broken)?.ok_or_else(Error::not_found)?
        }
        Paper::Bench(review) => {
            page.title.clone_from(&titles.bench);
            let at = format!("{here}/reviews/{review}/note");
            page.back = format!("{here}/reviews");
            page.files = vec![
                link("Word document", format!("{at}.docx")),
                link("Web page to print", format!("{at}.html")),
                link("Plain text", format!("{at}.txt")),
            ];
            let paper = pack.plan_paper(case, &kept.plan, asked.paper);
            paper.map_err(broken)?.ok_or_else(Error::not_found)?
        }
    };
    let document = Document::from_markdown(&markdown);
    let text = plain::to_text(&document);
    if asked.paper == Paper::Her
        && let Some(age) = Counted::of(&text).age()
    {
        page.age = format!("{age:.0}");
        page.too_hard = age > OLDEST_READER;
    }
    page.held_back = held_back(state, report, asked, &Output::Text(&text), &text).await?;
    if page.held_back.is_empty() {
        page.html = html::to_html(&document, 1);
    }
    Ok((page, markdown))
}

fn numbers(of: &[u32]) -> String {
    let of: Vec<String> = of.iter().map(u32::to_string).collect();
    crate::english::listed(&of)
}

/// What keeps a file from leaving: what must not, and on her paper what is not for one.
async fn held_back(
    state: &AppState,
    report: &LoadedReport,
    asked: Asked,
    file: &Output<'_>,
    text: &str,
) -> Result<Vec<FindingView>, Error> {
    let pack = state.pack();
    let directory = state.directory().await?;
    let found = pack.plan_last_look(&report.case, &directory, file);
    let found = found.map_err(|e| Error::broken(&e))?;
    let here = home(report.id);
    let view = |f| FindingView::new(f, report.id, state.interview()).at(&here);
    let mut held: Vec<FindingView> = found.iter().map(view).collect();
    if asked.paper == Paper::Her {
        let reach = Reach::of(&report.case);
        let words = pack.templates.letters.unsafe_words(text, &reach);
        if !words.is_empty() {
            held.extend(leaving::not_for_a_letter(state, report, &words));
        }
    }
    Ok(held)
}

/// A paper as a file; its page with what is in the way, where something is.
async fn left(
    state: &AppState,
    author: &SignedIn,
    (report, kept): (&LoadedReport, &PlanKept),
    (asked, kind): (Asked, &str),
) -> Result<Response, Error> {
    let pack = state.pack();
    let (mut page, markdown) = written(state, report, kept, asked).await?;
    if !page.held_back.is_empty() {
        return author.visit.page_as(StatusCode::CONFLICT, &page);
    }
    let document = Document::from_markdown(&markdown);
    let text = plain::to_text(&document);
    let files = &pack.plans.words.files;
    let named = match asked.paper {
        Paper::Her => &files.her,
        Paper::Worker => &files.worker,
        Paper::Bench(_) => &files.bench,
    };
    let name = format!("{named}.{kind}");
    let (media, bytes) = match kind {
        "docx" => {
            let made = pack.plan_document(
                &report.case,
                (asked.paper, asked.size),
                &markdown,
                state.now(),
            );
            let bytes = made.map_err(|e| Error::broken(&e))?;
            page.held_back = held_back(state, report, asked, &Output::Docx(&bytes), &text).await?;
            (DOCX, bytes)
        }
        "html" => {
            let whole = match asked.size {
                Type::Ordinary => report::page(&page.title, &document),
                Type::Large => report::page_large(&page.title, &document),
            };
            page.held_back = held_back(state, report, asked, &Output::Html(&whole), &text).await?;
            ("text/html; charset=utf-8", whole.into_bytes())
        }
        _ => ("text/plain; charset=utf-8", text.into_bytes()),
    };
    if !page.held_back.is_empty() {
        page.html.clear();
        return author.visit.page_as(StatusCode::CONFLICT, &page);
    }
    note(state, author, report.id, asked.action()).await?;
    Ok(file(media, &name, bytes))
}
