//! A colleague's report to read, and taking it over. There is no way here to write into
//! it: for that it has to be hers.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use serde::Serialize;

use crate::{
    report::Draft,
    store::{Action, AuditEntry, LoadedReport, MayRead, ReportId},
    web::{
        csrf::OurForm,
        error::Error,
        fields::{Control, ErrorLine, FieldView, mark, summary},
        form::Form,
        links,
        pages::{
            draft::PassageView,
            report::{ReportStrip, drafted},
        },
        state::AppState,
        templates::Page,
        visit::SignedIn,
        words,
    },
};

const REASON: &str = "reason";
/// The longest reason.
const LONGEST: u32 = 1000;

#[derive(Debug, Serialize)]
struct SectionView {
    id: String,
    heading: String,
    level: u8,
    passages: Vec<PassageView>,
}

/// A colleague's report.
#[derive(Debug, Serialize)]
pub struct ReadingPage {
    report: ReportStrip,
    href: String,
    author: String,
    /// Until when, where she broke the glass.
    until: String,
    sections: Vec<SectionView>,
    /// The form to take it over; empty where she may only read.
    fields: Vec<FieldView>,
    errors: Vec<ErrorLine>,
}

impl ReadingPage {
    fn new(
        state: &AppState,
        (report, author, why): &(LoadedReport, String, MayRead),
        draft: &Draft,
    ) -> Self {
        let sections = draft.sections.iter().map(|section| {
            let passages = section.passages.iter();
            let passages = passages.map(|p| PassageView::new(p, report.id, state.interview()));
            SectionView {
                id: section.id.clone(),
                heading: section.heading.clone(),
                level: section.level + 1,
                passages: passages.map(PassageView::without_links).collect(),
            }
        });
        let (until, fields) = match why {
            MayRead::Colleague => (String::new(), vec![reason()]),
            MayRead::BrokeGlass(until) => (words::moment(*until), Vec::new()),
        };
        Self {
            report: ReportStrip::of(report),
            href: format!("/colleagues/{}", report.id),
            author: author.clone(),
            until,
            sections: sections.collect(),
            fields,
            errors: Vec::new(),
        }
    }

    fn refusing(mut self, form: &Form, why: &str) -> Self {
        self.fields = self.fields.into_iter().map(|f| f.typed(form)).collect();
        mark(&mut self.fields, &[(REASON.to_owned(), why.to_owned())]);
        self.errors = summary(&self.fields);
        self
    }
}

fn reason() -> FieldView {
    FieldView::new(Control::Text, REASON, "Why do you take it over?")
        .hint("Such as “Sam is off sick until after the hearing”. Its author sees it, and so does the auditor: write nothing about the woman.")
        .rows(3)
        .max(Some(LONGEST))
}

/// What is wrong with a reason, in words for the form.
pub(super) fn fault_of(typed: &str) -> Option<String> {
    match typed.chars().count() {
        0 => Some("Enter a reason".into()),
        n if n > LONGEST as usize => {
            Some(format!("The reason must be {LONGEST} characters or less"))
        }
        _ => None,
    }
}

impl Page for ReadingPage {
    const NAME: &'static str = "people_reading.html";
    const HTML: &'static str = include_str!("reading.html");

    fn title(&self) -> String {
        format!("A colleague’s report – {}", self.report.name)
    }

    fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    fn fictional(&self) -> bool {
        self.report.fictional
    }

    fn samples() -> Vec<Self> {
        let section = |id: &str, level, passages| SectionView {
            id: id.into(),
            heading: "Offence & <more>".into(),
            level,
            passages,
        };
        let page = || Self {
            report: ReportStrip::sample(true),
            href: "/colleagues/1".into(),
            author: "Sam <Author>".into(),
            until: String::new(),
            sections: vec![
                section("a", 2, Vec::new()),
                section("b", 3, vec![PassageView::sample().without_links()]),
            ],
            fields: vec![reason()],
            errors: Vec::new(),
        };
        let glass = Self {
            until: "22 November 2026 at 4:05pm".into(),
            fields: Vec::new(),
            ..page()
        };
        vec![
            page(),
            glass,
            page().refusing(&Form::default(), "Enter <a reason>"),
        ]
    }
}

async fn open(
    state: &AppState,
    author: &SignedIn,
    id: &str,
) -> Result<(LoadedReport, String, MayRead), Error> {
    let id: ReportId = id.parse().map_err(|_| Error::not_found())?;
    let seen = state.store().as_colleague(author.account.id);
    seen.load(id, state.now())
        .await?
        .ok_or_else(Error::not_found)
}

/// `GET /colleagues/{id}`.
///
/// # Errors
/// She may read no such report, a passage fails, or the store does.
pub async fn show(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let found = open(&state, &author, &id).await?;
    let entry = AuditEntry {
        account: Some(author.account.id),
        report: Some(found.0.id),
        action: Action::ReportRead,
    };
    state.store().audit(&entry, state.now()).await?;
    let draft = drafted(&state, &found.0.case).await?;
    author.visit.page(&ReadingPage::new(&state, &found, &draft))
}

/// `POST /colleagues/{id}`: takes it over.
///
/// # Errors
/// She may read no such report, or the store fails.
pub async fn take_over(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<String>,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let found = open(&state, &author, &id).await?;
    if found.2 != MayRead::Colleague {
        return Err(Error::not_found());
    }
    if let Some(why) = fault_of(form.one(REASON)) {
        let draft = drafted(&state, &found.0.case).await?;
        let page = ReadingPage::new(&state, &found, &draft).refusing(&form, &why);
        return author.visit.refused(&page);
    }
    let (report, now) = (found.0.id, state.now());
    let seen = state.store().as_colleague(author.account.id);
    if !seen.take_over(report, form.one(REASON), now).await? {
        return Err(Error::not_found());
    }
    Ok(Redirect::to(&links::report(report)).into_response())
}
