//! The author's page of a check by a second person: asking a colleague, taking it back,
//! and what was said so far.
//!
//! Not here: what the colleague sees (`checking`), or how it bears on a signature.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use serde::Serialize;

use super::{Checks, SaidView, SecondView};
use crate::{
    report::Draft,
    review::second::{SecondPerson, is_needed},
    store::{Asked, CommentId, LoadedReport, Named, RequestId, ReviewState},
    web::{
        csrf::OurForm,
        error::Error,
        fields::{Control, ErrorLine, FieldView, mark, summary},
        form::Form,
        links,
        pages::report::{ReportStrip, open},
        state::AppState,
        templates::Page,
        visit::SignedIn,
        words,
    },
};

const WHO: &str = "who";
const NOTE: &str = "note";
/// The longest note to whoever checks.
const LONGEST_NOTE: u32 = 1000;

/// A request, as the list of them shows it.
#[derive(Debug, Serialize)]
struct RequestView {
    who: String,
    asked: String,
    /// How it ended, in words.
    ended: String,
    note: String,
}

/// The check of a report by a second person, for its author.
#[derive(Debug, Serialize)]
pub struct ReviewPage {
    report: ReportStrip,
    /// What asking means.
    asks: Vec<String>,
    second: SecondView,
    /// True where nothing is signed without it.
    needed: bool,
    signed: bool,
    requests: Vec<RequestView>,
    said: Vec<SaidView>,
    /// The request that waits for an answer.
    waiting: Option<String>,
    fields: Vec<FieldView>,
    errors: Vec<ErrorLine>,
}

impl ReviewPage {
    fn new(state: &AppState, report: &LoadedReport, checks: &Checks, draft: &Draft) -> Self {
        let said = checks.said(draft);
        let waiting = checks
            .requests
            .iter()
            .rfind(|q| q.state == ReviewState::Asked);
        let requests = checks.requests.iter().rev().map(|q| {
            let on = q
                .decided
                .map_or_else(String::new, |(at, _)| words::moment(at));
            RequestView {
                who: q.checker_name.clone(),
                asked: words::moment(q.asked_at),
                ended: match q.state {
                    ReviewState::Asked => "Not answered yet".into(),
                    ReviewState::Returned => format!("Sent back on {on}"),
                    ReviewState::Approved => format!("Approved on {on}"),
                    ReviewState::Withdrawn => format!("Taken back on {on}"),
                },
                note: q.note.clone(),
            }
        });
        Self {
            report: ReportStrip::of(report),
            asks: state.pack().second.asks.clone(),
            second: checks.view(report, &said),
            needed: is_needed(&report.case),
            signed: report.signed.is_some(),
            requests: requests.collect(),
            said,
            waiting: waiting.map(|q| q.id.to_string()),
            fields: fields(),
            errors: Vec::new(),
        }
    }

    /// The same with what was typed, and what is wrong with it.
    fn refusing(mut self, form: &Form, field: &str, why: &str) -> Self {
        let filled = self.fields.into_iter().map(|f| f.typed(form));
        self.fields = filled.collect();
        mark(&mut self.fields, &[(field.to_owned(), why.to_owned())]);
        self.errors = summary(&self.fields);
        self
    }
}

fn fields() -> Vec<FieldView> {
    vec![
        FieldView::new(Control::Line, WHO, "Name or email address of your colleague")
            .hint("Somebody who writes reports here: a senior colleague, where the court has asked about dangerousness.")
            .autocomplete("off"),
        FieldView::new(Control::Text, NOTE, "What you would like looked at (optional)")
            .hint("Kept with the request. It does not reach the report.")
            .rows(4)
            .max(Some(LONGEST_NOTE)),
    ]
}

impl Page for ReviewPage {
    const NAME: &'static str = "review.html";
    const HTML: &'static str = include_str!("review.html");

    fn title(&self) -> String {
        format!("Check by a second person – {}", self.report.name)
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
            asks: vec!["She sees the <draft>.".into()],
            second: SecondView::default(),
            needed: true,
            signed: false,
            requests: Vec::new(),
            said: Vec::new(),
            waiting: None,
            fields: fields(),
            errors: Vec::new(),
        };
        let request = |ended: &str| RequestView {
            who: "Noor <Senior>".into(),
            asked: "26 November 2026 at 9:00am".into(),
            ended: ended.into(),
            note: "The <risk>, please.".into(),
        };
        let returned = Self {
            second: SecondView::sample(),
            needed: false,
            requests: vec![request("Sent back")],
            said: SaidView::samples(),
            ..page()
        };
        let waiting = Self {
            second: SecondView::sample(),
            requests: vec![request("Not answered yet")],
            waiting: Some("r1".into()),
            ..page()
        };
        let signed = Self {
            signed: true,
            ..page()
        };
        let refused = page().refusing(&Form::default(), WHO, "Enter <a name>");
        vec![page(), returned, waiting, signed, refused]
    }
}

/// `GET /reports/{id}/review`.
///
/// # Errors
/// No such report of this author's, a passage fails, or the store does.
pub async fn show(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    author.visit.page(&page(&state, &author, &report).await?)
}

/// `POST /reports/{id}/review/ask`: asks whoever is named.
///
/// # Errors
/// No such report of this author's, or the store fails.
pub async fn ask(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<String>,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let refuse = async |field: &str, why: &str| {
        let page = page(&state, &author, &report).await?;
        author.visit.refused(&page.refusing(&form, field, why))
    };
    let note = form.one(NOTE);
    if note.chars().count() > LONGEST_NOTE as usize {
        let why =
            format!("What you would like looked at must be {LONGEST_NOTE} characters or less");
        return refuse(NOTE, &why).await;
    }
    let named = match form.one(WHO) {
        "" => return refuse(WHO, "Enter the name or email address of your colleague").await,
        typed => state.store().countersigner_named(typed).await?,
    };
    let account = match named {
        Named::One(account) => account,
        Named::Several => {
            let why = "Several people have this name. Enter the email address";
            return refuse(WHO, why).await;
        }
        Named::Nobody => return refuse(WHO, NOBODY).await,
    };
    let reports = author.reports(&state);
    let asked = reports.ask_for_check(report.id, account.id, note, state.now());
    match asked.await? {
        Asked::Now(_) | Asked::Already => Ok(back(&report, "")),
        Asked::Herself => {
            let why = "Nobody checks her own report. Enter a colleague";
            refuse(WHO, why).await
        }
        Asked::Nobody => refuse(WHO, NOBODY).await,
        Asked::Signed(mark) => Err(Error::signed(&mark)),
    }
}

const NOBODY: &str = "Nobody of this name or email address checks reports here. Check the spelling, or ask the person who runs Foreword";

/// `POST /reports/{id}/review/withdraw`: takes a request back that was not answered.
///
/// # Errors
/// No such report of this author's, or the store fails.
pub async fn withdraw(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<String>,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let request: RequestId = named(&form, "request")?;
    // Answered meanwhile, or taken back already: the page says which.
    let reports = author.reports(&state);
    reports
        .withdraw_check(report.id, request, state.now())
        .await?;
    Ok(back(&report, ""))
}

/// `POST /reports/{id}/review/done`: marks something that was said as dealt with, or not.
///
/// # Errors
/// No such report of this author's, no such comment, or the store fails.
pub async fn done(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<String>,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let comment: CommentId = named(&form, "comment")?;
    let is_done = match form.one("done") {
        "yes" => true,
        "no" => false,
        _ => return Err(Error::not_understood()),
    };
    let reports = author.reports(&state);
    let now = state.now();
    if !reports
        .mark_comment(report.id, comment, is_done, now)
        .await?
    {
        return Err(Error::not_found());
    }
    if form.one("from") == "draft" {
        let draft = format!("{}/draft#comment-{comment}", links::report(report.id));
        return Ok(Redirect::to(&draft).into_response());
    }
    Ok(back(&report, &format!("#comment-{comment}")))
}

fn named<T: std::str::FromStr>(form: &Form, name: &str) -> Result<T, Error> {
    form.one(name).parse().map_err(|_| Error::not_understood())
}

async fn page(
    state: &AppState,
    author: &SignedIn,
    report: &LoadedReport,
) -> Result<ReviewPage, Error> {
    let checks = Checks::of(state, author, report).await?;
    let directory = state.directory().await?;
    let drafted = state
        .pack()
        .draft_with(&report.case, &directory, state.today());
    let (draft, _) = drafted.map_err(|e| Error::broken(&e))?;
    Ok(ReviewPage::new(state, report, &checks, &draft))
}

fn back(report: &LoadedReport, to: &str) -> Response {
    let page = format!("{}/review{to}", links::report(report.id));
    Redirect::to(&page).into_response()
}

/// How the check stands, as a tag of the task list.
#[must_use]
pub fn in_short(second: &SecondPerson) -> (&'static str, &'static str) {
    match second {
        SecondPerson::NotAsked => ("Not asked", "grey"),
        SecondPerson::Waiting(_) => ("Being checked", "blue"),
        SecondPerson::Returned(_) => ("Sent back", "orange"),
        SecondPerson::Approved { changes: 0, .. } => ("Approved", ""),
        SecondPerson::Approved { .. } => ("Changed since", "orange"),
    }
}
