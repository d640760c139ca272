//! Letters to her: a list, and each with the few things it asks for, as it will read, to
//! print or to take away. Nothing that is typed here is kept.
//!
//! Lives here: the pages. Not here: any sentence of a letter (`report-templates/letters/`),
//! how it is filled in and what it may not say (`report::letters`).

use std::collections::BTreeMap;

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use serde::Serialize;

use super::{
    download::{DOCX, file},
    leaving,
    report::{ReportStrip, note, open},
};
use crate::{
    pack::letter_document,
    report::{
        Draft,
        document::Document,
        html,
        letters::{Letter, LetterField, Reach},
        plain,
    },
    store::{Action, LoadedReport},
    web::{
        csrf::OurForm,
        error::Error,
        fields::{Control, ErrorLine, FieldView, summary},
        findings::FindingView,
        form::Form,
        links,
        state::AppState,
        templates::Page,
        visit::SignedIn,
    },
};

/// What she said about being reached.
#[derive(Debug, Clone, Serialize)]
pub(in crate::web::pages) struct ReachView {
    post: String,
    method: String,
    times: String,
    who_sees: String,
    leave_out: String,
    discreet: bool,
    href: String,
}

impl ReachView {
    pub(in crate::web::pages) fn of(report: &LoadedReport) -> Self {
        let reach = Reach::of(&report.case);
        Self {
            discreet: reach.discreet(),
            post: reach.post,
            method: reach.method,
            times: reach.times,
            who_sees: reach.who_sees,
            leave_out: reach.leave_out,
            href: links::prompt(report.id, "safe-contact"),
        }
    }

    pub(in crate::web::pages) fn sample(post: &str) -> Self {
        Self {
            post: post.into(),
            method: "Text & <ring>".into(),
            times: "Mornings".into(),
            who_sees: String::new(),
            leave_out: "No <names>".into(),
            discreet: post != "yes",
            href: "/reports/1/prompts/safe-contact".into(),
        }
    }
}

#[derive(Debug, Serialize)]
struct LetterView {
    title: String,
    about: String,
    href: String,
}

/// The list of letters.
#[derive(Debug, Serialize)]
pub struct LettersPage {
    report: ReportStrip,
    reach: ReachView,
    letters: Vec<LetterView>,
}

impl Page for LettersPage {
    const NAME: &'static str = "letters_list.html";
    const HTML: &'static str = include_str!("list.html");

    fn title(&self) -> String {
        format!("Letters – {}", self.report.name)
    }

    fn fictional(&self) -> bool {
        self.report.fictional
    }

    fn samples() -> Vec<Self> {
        let page = |post: &str| Self {
            report: ReportStrip::sample(true),
            reach: ReachView::sample(post),
            letters: vec![LetterView {
                title: "Appointment <x>".into(),
                about: "Where & when.".into(),
                href: "/reports/1/letters/letter-appointment".into(),
            }],
        };
        ["", "yes", "no", "unclear"].map(page).into()
    }
}

/// One letter.
#[derive(Debug, Serialize)]
pub struct LetterPage {
    report: ReportStrip,
    reach: ReachView,
    title: String,
    about: String,
    action: String,
    fields: Vec<FieldView>,
    errors: Vec<ErrorLine>,
    held_back: Vec<FindingView>,
    /// HTML made from Markdown by `report::html`, which escapes every text; empty where it
    /// is held back.
    html: String,
    /// True where everything it needs was typed.
    filled_in: bool,
}

impl Page for LetterPage {
    const NAME: &'static str = "letters_letter.html";
    const HTML: &'static str = include_str!("letter.html");

    fn title(&self) -> String {
        format!("{} – {}", self.title, self.report.name)
    }

    fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    fn fictional(&self) -> bool {
        self.report.fictional
    }

    fn samples() -> Vec<Self> {
        let page = |filled_in: bool| Self {
            report: ReportStrip::sample(true),
            reach: ReachView::sample("no"),
            title: "Appointment".into(),
            about: "Where & when.".into(),
            action: "/reports/1/letters/letter-appointment".into(),
            fields: vec![FieldView::new(Control::Line, "day", "Day <and> date").value("Monday")],
            errors: Vec::new(),
            held_back: Vec::new(),
            html: "<p class=\"govuk-body\">Dear Angela</p>".into(),
            filled_in,
        };
        let mut wrong = page(false);
        wrong.fields = vec![FieldView::new(Control::Line, "day", "Day").error("Enter the day")];
        wrong.errors = summary(&wrong.fields);
        wrong.held_back = FindingView::samples();
        wrong.html = String::new();
        vec![page(true), page(false), wrong]
    }
}

/// `GET /reports/{id}/letters`.
///
/// # Errors
/// No such report of this author's.
pub async fn list(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let letters = state.pack().templates.letters.all.iter();
    let page = LettersPage {
        report: ReportStrip::of(&report),
        reach: ReachView::of(&report),
        letters: letters
            .map(|letter| LetterView {
                title: letter.title.clone(),
                about: letter.about.clone(),
                href: address(&report, letter),
            })
            .collect(),
    };
    author.visit.page(&page)
}

/// `GET /reports/{id}/letters/{letter}`: as it will read, with gaps where something is
/// still to be typed.
///
/// # Errors
/// No such report of this author's, no such letter, or a passage fails.
pub async fn show(
    State(state): State<AppState>,
    author: SignedIn,
    Path((id, letter)): Path<(String, String)>,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let letter = of(&state, &letter)?;
    let (page, _) = written(&state, &report, letter, None).await?;
    author.visit.page(&page)
}

/// `POST /reports/{id}/letters/{letter}`: the letter with what was typed, to print or as a
/// file. What is wrong is said beside its field, and everything typed stays.
///
/// # Errors
/// As [`show`], or the document cannot be made.
pub async fn fill_in(
    State(state): State<AppState>,
    author: SignedIn,
    Path((id, letter)): Path<(String, String)>,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let letter = of(&state, &letter)?;
    let (page, draft) = written(&state, &report, letter, Some(&form)).await?;
    if !page.errors.is_empty() || !page.held_back.is_empty() {
        return author.visit.refused(&page);
    }
    if form.one("as") != "docx" {
        return author.visit.page(&page);
    }
    let bytes =
        letter_document(&draft, &report.case, state.now()).map_err(|e| Error::broken(&e))?;
    note(&state, &author, report.id, Action::ReportExported).await?;
    // A name that tells nobody who sees the folder what it is.
    Ok(file(DOCX, "letter.docx", bytes).into_response())
}

fn of<'s>(state: &'s AppState, letter: &str) -> Result<&'s Letter, Error> {
    let letters = &state.pack().templates.letters;
    letters.letter(letter).ok_or_else(Error::not_found)
}

fn address(report: &LoadedReport, letter: &Letter) -> String {
    format!("{}/letters/{}", links::report(report.id), letter.id)
}

/// The page of a letter, and the letter.
async fn written(
    state: &AppState,
    report: &LoadedReport,
    letter: &Letter,
    form: Option<&Form>,
) -> Result<(LetterPage, Draft), Error> {
    let case = &report.case;
    let letters = &state.pack().templates.letters;
    let reach = Reach::of(case);
    let fields = letter.fields.iter().map(|f| {
        field(f, form, |typed| {
            let unsafe_words = letters.unsafe_words(typed, &reach);
            (!unsafe_words.is_empty()).then(|| {
                let words = unsafe_words.join("”, “");
                format!("Say it without “{words}”: somebody else may open this letter")
            })
        })
    });
    let fields: Vec<FieldView> = fields.collect();
    let errors = summary(&fields);
    let typed: BTreeMap<String, String> = letter
        .fields
        .iter()
        .map(|f| {
            let typed = form.map_or("", |form| form.one(&f.id)).trim();
            let gap = if f.required && typed.is_empty() {
                "…"
            } else {
                typed
            };
            (f.id.clone(), gap.to_owned())
        })
        .collect();
    let typed = letters.typed(typed, reach.discreet());
    let directory = state.directory().await?;
    let draft = state
        .pack()
        .letter(case, letter, &typed, &directory, state.today())
        .map_err(|e| Error::broken(&e))?;
    let document = Document::from_markdown(&draft.markdown());
    let text = plain::to_text(&document);
    let mut held_back = leaving::held_back(state, case, &text, ("The letter", "letter"), report.id);
    // Words out of answers, such as a goal, that are not for a letter.
    let answers = letters.unsafe_words(&text, &reach);
    if !answers.is_empty() && errors.is_empty() {
        held_back.extend(leaving::not_for_a_letter(state, report, &answers));
    }
    let leaves = held_back.is_empty() && errors.is_empty();
    let page = LetterPage {
        report: ReportStrip::of(report),
        reach: ReachView::of(report),
        title: letter.title.clone(),
        about: letter.about.clone(),
        action: address(report, letter),
        fields,
        errors,
        held_back,
        html: if leaves {
            html::to_html(&document, 1)
        } else {
            String::new()
        },
        filled_in: form.is_some(),
    };
    Ok((page, draft))
}

fn field(
    of: &LetterField,
    form: Option<&Form>,
    unfit: impl Fn(&str) -> Option<String>,
) -> FieldView {
    let field = FieldView::new(Control::Line, &of.id, &of.label).hint(&of.hint);
    let Some(form) = form else { return field };
    let typed = form.one(&of.id);
    let field = field.value(typed);
    let length = typed.trim().chars().count();
    if of.required && length == 0 {
        let label = crate::report::words::small(&of.label);
        return field.error(format!("Enter the {label}"));
    }
    if length > of.max as usize {
        return field.error(format!("Say it in {} characters or fewer", of.max));
    }
    match unfit(typed) {
        Some(wrong) => field.error(wrong),
        None => field,
    }
}
