//! An addendum to a signed report: its form, its signature and its download.
//!
//! Not here: the document (`pack::addendum`), its words
//! (`report-templates/quality/addendum.toml`), or keeping it (`store`).

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Serialize;

use super::{
    download::{DOCX, file},
    report::{ReportStrip, note, open},
    section::{as_html, preview::Shown},
};
use crate::{
    finding::Finding,
    interview::paragraphs,
    pack::Adding,
    report::edited,
    store::{Action, Added, Addendum, LoadedReport, SignedAddendum, SignedMark},
    web::{
        csrf::OurForm,
        error::Error,
        fields::{Control, ErrorLine, FieldView, mark, summary},
        findings::FindingView,
        form::Form,
        links,
        state::AppState,
        templates::Page,
        visit::SignedIn,
        words,
    },
};

const REASON: &str = "reason";
const TEXT: &str = "text";
const CONFIRM: &str = "confirm";
/// The longest of each.
const LONGEST_REASON: u32 = 300;
const LONGEST_TEXT: u32 = 20_000;
/// Level of the heading that the text stands under.
const LEVEL: u8 = 2;

/// The form of an addendum.
#[derive(Debug, Serialize)]
pub struct AddendumPage {
    report: ReportStrip,
    /// Who signed the report, and when; empty where nobody has.
    signed: String,
    means: Vec<String>,
    blocking: Vec<FindingView>,
    fields: Vec<FieldView>,
    errors: Vec<ErrorLine>,
    /// True where another was added since the page was opened.
    another: bool,
    /// The number it will have.
    number: i64,
    /// The text as it will be read: HTML made by `report::html`, which escapes every text.
    preview: String,
}

impl AddendumPage {
    fn new(state: &AppState, report: &LoadedReport, number: i64) -> Self {
        let texts = &state.pack().addenda;
        let signed = report.signed.as_ref();
        Self {
            report: ReportStrip::of(report),
            signed: signed.map_or_else(String::new, |m| {
                format!("{} on {}", m.by, words::moment(m.at))
            }),
            means: texts.means.clone(),
            blocking: Vec::new(),
            fields: fields(&texts.confirm),
            errors: Vec::new(),
            another: false,
            number,
            preview: String::new(),
        }
    }

    /// The page with what was typed and what is wrong with it; true where nothing is.
    fn filled_in(&mut self, form: &Form) -> bool {
        let fields = std::mem::take(&mut self.fields);
        self.fields = fields.into_iter().map(|f| f.typed(form)).collect();
        mark(&mut self.fields, &faults(form));
        self.errors = summary(&self.fields);
        self.errors.is_empty()
    }
}

fn fields(confirm: &str) -> Vec<FieldView> {
    let option = ("yes", confirm, String::new());
    vec![
        FieldView::new(Control::Line, REASON, "Why you are adding to it")
            .hint("In one line, such as: a reply from the police that came after the report was signed.")
            .max(Some(LONGEST_REASON)),
        FieldView::new(Control::Text, TEXT, "What it adds")
            .hint("Leave a line empty to begin a new paragraph. No names or places that must not leave.")
            .rows(12)
            .max(Some(LONGEST_TEXT)),
        FieldView::new(Control::Checkboxes, CONFIRM, "Your signature").hinted_options([option]),
    ]
}

fn faults(form: &Form) -> Vec<(String, String)> {
    let mut faults = Vec::new();
    let mut fault = |name: &str, why: String| faults.push((name.to_owned(), why));
    for (name, most, empty, what) in [
        (
            REASON,
            LONGEST_REASON,
            "Enter why you are adding to it",
            "The reason",
        ),
        (TEXT, LONGEST_TEXT, "Enter what it adds", "What it adds"),
    ] {
        match form.one(name).chars().count() {
            0 => fault(name, empty.to_owned()),
            n if n > most as usize => {
                fault(name, format!("{what} must be {most} characters or less"));
            }
            _ => {}
        }
    }
    if form.all(CONFIRM).is_empty() {
        let why = "Confirm that you have read the addendum and sign it";
        fault(CONFIRM, why.to_owned());
    }
    faults
}

impl Page for AddendumPage {
    const NAME: &'static str = "addendum.html";
    const HTML: &'static str = include_str!("addendum.html");

    fn title(&self) -> String {
        format!("Addendum – {}", self.report.name)
    }

    fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    fn fictional(&self) -> bool {
        self.report.fictional
    }

    fn samples() -> Vec<Self> {
        let page = || Self {
            report: ReportStrip::sample(true),
            signed: "Sam <Author> on 25 November 2026".into(),
            means: vec!["It is a <document> of its own.".into()],
            blocking: Vec::new(),
            fields: fields("I <sign> it"),
            errors: Vec::new(),
            another: false,
            number: 2,
            preview: as_html("The police **replied**."),
        };
        let mut refused = Self {
            blocking: FindingView::samples()[..1].to_vec(),
            another: true,
            ..page()
        };
        refused.filled_in(&Form::default());
        let unsigned = Self {
            signed: String::new(),
            ..page()
        };
        vec![page(), refused, unsigned]
    }
}

/// `GET /reports/{id}/addendum`.
///
/// # Errors
/// No such report of this author's, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let addenda = author.reports(&state).addenda(report.id).await?;
    let page = AddendumPage::new(&state, &report, next(&addenda));
    author.visit.page(&page)
}

/// What is typed, as it will be read; without what must not leave.
fn previewed(state: &AppState, report: &LoadedReport, text: &str) -> String {
    let text = paragraphs(text);
    let at = ("addendum", LEVEL);
    as_html(&edited::preview(&report.case, state.interview(), at, &text))
}

/// `POST /reports/{id}/addendum/preview`: for the page's own script.
///
/// # Errors
/// No such report of this author's.
pub async fn preview(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<String>,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let html = previewed(&state, &report, form.get(TEXT).unwrap_or_default());
    Ok(Shown::answer(html))
}

/// `POST /reports/{id}/addendum`: signs what was typed, or says why not. Nothing that
/// must not leave is signed.
///
/// # Errors
/// No such report of this author's, the document cannot be made, or the store fails.
pub async fn sign(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<String>,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let number: i64 = form
        .one("number")
        .parse()
        .map_err(|_| Error::not_understood())?;
    let reports = author.reports(&state);
    let addenda = reports.addenda(report.id).await?;
    let done = format!("{}/sign#addenda", links::report(report.id));
    if is_there(&addenda, number, &form) {
        return Ok(Redirect::to(&done).into_response());
    }
    let mut page = AddendumPage::new(&state, &report, next(&addenda));
    page.preview = previewed(&state, &report, form.one(TEXT));
    if form.one("again") == "preview" {
        let fields = std::mem::take(&mut page.fields);
        page.fields = fields.into_iter().map(|f| f.typed(&form)).collect();
        return author.visit.page(&page);
    }
    let complete = page.filled_in(&form);
    let Some(mark) = &report.signed else {
        return author.visit.page_as(StatusCode::CONFLICT, &page);
    };
    let now = state.now();
    let by = author.account.display_name.clone();
    let adding = adding(number, &form, &by, mark, now);
    let directory = state.directory().await?;
    let blocking = state.pack().leaving_in(&report.case, &directory, &adding);
    page.blocking = blocking.iter().map(|f| view(f, &report, &state)).collect();
    if !complete || !page.blocking.is_empty() {
        return author.visit.refused(&page);
    }
    let docx = state.pack().addendum(&report.case, &adding);
    let addendum = Addendum {
        reason: adding.reason.to_owned(),
        text: adding.text.to_owned(),
        docx: docx.map_err(|e| Error::broken(&e))?,
        versions: state.pack().version(),
    };
    match reports
        .add_addendum(report.id, number, &addendum, now)
        .await?
    {
        Added::Done => Ok(Redirect::to(&done).into_response()),
        Added::NotSigned => author.visit.page_as(StatusCode::CONFLICT, &page),
        Added::Stale { next } => {
            page.number = next;
            page.another = true;
            author.visit.page_as(StatusCode::CONFLICT, &page)
        }
    }
}

/// `GET /reports/{id}/addenda/{number}/addendum.docx`: what was signed, and nothing else.
///
/// # Errors
/// No such report of this author's, or no such addendum.
pub async fn docx(
    State(state): State<AppState>,
    author: SignedIn,
    Path((id, number)): Path<(String, i64)>,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let addenda = author.reports(&state).addenda(report.id).await?;
    let found = addenda.into_iter().find(|a| a.number == number);
    let found = found.ok_or_else(Error::not_found)?;
    note(&state, &author, report.id, Action::ReportExported).await?;
    let name = format!("pre-sentence-report-addendum-{number}.docx");
    Ok(file(DOCX, &name, found.addendum.docx))
}

fn adding<'a>(
    number: i64,
    form: &'a Form,
    by: &'a str,
    report: &'a SignedMark,
    at: chrono::DateTime<chrono::Utc>,
) -> Adding<'a> {
    Adding {
        number,
        reason: form.one(REASON),
        text: form.one(TEXT),
        by,
        report: (&report.by, words::day_of(report.at)),
        at,
        on: words::day_of(at),
    }
}

/// The number that the next one has.
fn next(addenda: &[SignedAddendum]) -> i64 {
    addenda.last().map_or(1, |last| last.number + 1)
}

/// True where this very form was signed before: a form that is sent twice adds once.
fn is_there(addenda: &[SignedAddendum], number: i64, form: &Form) -> bool {
    let same = |a: &&SignedAddendum| {
        a.number == number
            && a.addendum.reason == form.one(REASON)
            && a.addendum.text == form.one(TEXT)
    };
    addenda.iter().any(|a| same(&a))
}

/// A finding about what was typed: it is put right on this page.
fn view(finding: &Finding, report: &LoadedReport, state: &AppState) -> FindingView {
    let field = finding.at.as_deref().unwrap_or(TEXT);
    FindingView::new(finding, report.id, state.interview()).at(&format!("#{field}"))
}
