//! What a second person sees of a report that she was asked to check: its draft with
//! what each passage rests on, its quality check, and a box for each section. She can
//! say something, return it or approve it, and change nothing in it.
//!
//! Every handler here reads through `store::CheckerStore`, which has no way to write
//! into a report; nothing that the author keeps on the record is on these pages.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Serialize;

use super::{
    SaidView,
    keeping::{self, COMMENT, name_of, typed},
    said,
};
use crate::{
    report::Draft,
    store::{
        Action, AuditEntry, Decided, Decision, LoadedReport, ReportId, ReviewRequest, ReviewState,
        Unsent,
    },
    web::{
        carrying::LARGEST_FORM,
        csrf::OurForm,
        error::Error,
        fields::{Control, ErrorLine, FieldView, mark, summary},
        form::Form,
        links,
        pages::{
            draft::PassageView,
            quality::{QualityPage, Reader, checked},
            report::{ReportStrip, drafted},
            typed::TypedPage,
        },
        state::AppState,
        templates::Page,
        visit::Countersigner,
        words,
    },
};

/// The longest that is said about one section.
const LONGEST: usize = 4000;

#[derive(Debug, Serialize)]
struct SectionView {
    id: String,
    heading: String,
    /// Level of the heading within this page.
    level: u8,
    passages: Vec<PassageView>,
    said: Vec<SaidView>,
    /// The box for what she says; none once she has answered.
    field: Option<FieldView>,
}

/// A report that somebody was asked to check.
#[derive(Debug, Serialize)]
pub struct CheckingPage {
    report: ReportStrip,
    href: String,
    /// What she is asked to do.
    checks: Vec<String>,
    by: String,
    note: String,
    sections: Vec<SectionView>,
    /// What she said about the whole, or about what is there no more.
    whole: Vec<SaidView>,
    field: Option<FieldView>,
    /// How she answered, in words.
    answered: String,
    /// True where the report was changed since she opened the page.
    changed: bool,
    errors: Vec<ErrorLine>,
    seen: i64,
    /// When she typed what is kept and not said yet; empty where nothing is.
    kept: String,
    /// The same, where there is no box for it any more.
    unsaid: Vec<String>,
    /// The largest form that is taken in, in bytes.
    most: usize,
}

impl CheckingPage {
    fn new(
        state: &AppState,
        report: &LoadedReport,
        request: &ReviewRequest,
        draft: &Draft,
        form: &Form,
    ) -> Self {
        let comments = request.comments.iter();
        let all: Vec<SaidView> = comments.map(|c| said(request, c, draft)).collect();
        let open = request.state == ReviewState::Asked;
        let field = |section: &str, label: &str| {
            let name = name_of(section);
            let field = FieldView::new(Control::Text, name, label).rows(3);
            open.then(|| field.typed(form))
        };
        let sections = draft.sections.iter().map(|section| {
            let passages = section.passages.iter();
            let passages = passages.map(|p| PassageView::new(p, report.id, state.interview()));
            SectionView {
                id: section.id.clone(),
                heading: section.heading.clone(),
                level: section.level + 1,
                passages: passages.map(PassageView::without_links).collect(),
                said: SaidView::about(&all, &section.id),
                field: field(
                    &section.id,
                    &format!("What you say about this section: {}", section.heading),
                ),
            }
        });
        Self {
            report: ReportStrip::of(report),
            href: links::check(report.id),
            checks: state.pack().second.checks.clone(),
            by: request.asked_by.clone(),
            note: request.note.clone(),
            sections: sections.collect(),
            whole: SaidView::elsewhere(&all, draft),
            field: field("", "What you say about the report as a whole"),
            answered: answered(request, report),
            changed: false,
            errors: Vec::new(),
            seen: report.revision,
            kept: String::new(),
            unsaid: Vec::new(),
            most: LARGEST_FORM,
        }
    }

    /// The page with what was typed and not said.
    fn keeping(mut self, kept: &Unsent, form: &Form) -> Self {
        self.kept = words::moment(kept.at);
        if self.field.is_none() {
            self.unsaid = typed(form).into_iter().map(|(_, text)| text).collect();
        }
        self
    }

    /// Marks what is wrong, each with the name of its box.
    fn marked(&mut self, faults: &[(String, String)]) {
        for section in &mut self.sections {
            mark(section.field.as_mut_slice(), faults);
        }
        mark(self.field.as_mut_slice(), faults);
        let fields = self.sections.iter().filter_map(|s| s.field.as_ref());
        self.errors = summary(fields.chain(self.field.as_ref()));
    }
}

/// How she answered, and whether the report was changed since.
fn answered(request: &ReviewRequest, report: &LoadedReport) -> String {
    let Some((at, seen)) = request.decided else {
        return String::new();
    };
    let what = match request.state {
        ReviewState::Approved => "approved this report",
        _ => "sent this report back",
    };
    let since = usize::try_from(report.revision - seen).unwrap_or_default();
    let since = match since {
        0 => String::new(),
        n => format!(" It has {} since.", words::count(n, "change")),
    };
    format!("You {what} on {}.{since}", words::moment(at))
}

impl Page for CheckingPage {
    const NAME: &'static str = "checking.html";
    const HTML: &'static str = include_str!("checking.html");

    fn title(&self) -> String {
        format!("Check the report – {}", self.report.name)
    }

    fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    fn fictional(&self) -> bool {
        self.report.fictional
    }

    fn samples() -> Vec<Self> {
        let field = |name: &str| Some(FieldView::new(Control::Text, name, "What you <say>"));
        let section = |id: &str, level| SectionView {
            id: id.into(),
            heading: "Offence & <more>".into(),
            level,
            passages: Vec::new(),
            said: Vec::new(),
            field: field(&name_of(id)),
        };
        let page = || Self {
            report: ReportStrip::sample(true),
            href: "/checks/1".into(),
            checks: vec!["Say what you <find>.".into()],
            by: "Sam <Author>".into(),
            note: "The <risk>, please.".into(),
            sections: vec![
                section("a", 2),
                SectionView {
                    passages: vec![PassageView::sample().without_links()],
                    ..section("b", 3)
                },
            ],
            whole: Vec::new(),
            field: field(COMMENT),
            answered: String::new(),
            changed: false,
            errors: Vec::new(),
            seen: 7,
            kept: String::new(),
            unsaid: Vec::new(),
            most: LARGEST_FORM,
        };
        let mut refused = Self {
            changed: true,
            kept: "22 November 2026 at 10:42am".into(),
            ..page()
        };
        refused.marked(&[(COMMENT.into(), "Say <something>".into())]);
        let done = Self {
            answered: "You approved it.".into(),
            kept: "22 November 2026 at 10:42am".into(),
            unsaid: vec!["Say <how> soon.".into()],
            whole: SaidView::samples(),
            sections: Vec::new(),
            field: None,
            note: String::new(),
            ..page()
        };
        vec![page(), refused, done]
    }
}

/// `GET /checks/{id}`.
///
/// # Errors
/// She was not asked to check such a report, a passage fails, or the store does.
pub async fn show(
    State(state): State<AppState>,
    checker: Countersigner,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let (report, request) = open(&state, &checker, &id).await?;
    note(&state, &checker, report.id).await?;
    let draft = drafted(&state, &report.case).await?;
    let page = match keeping::kept(&state, &checker, report.id).await? {
        Some(kept) => {
            let form = Form::new(kept.form.clone());
            CheckingPage::new(&state, &report, &request, &draft, &form).keeping(&kept, &form)
        }
        None => CheckingPage::new(&state, &report, &request, &draft, &Form::default()),
    };
    checker.visit.page(&page)
}

/// `GET /checks/{id}/quality`.
///
/// # Errors
/// As [`show`].
pub async fn quality(
    State(state): State<AppState>,
    checker: Countersigner,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let (report, _) = open(&state, &checker, &id).await?;
    note(&state, &checker, report.id).await?;
    let quality = checked(&state, &report).await?;
    let page = QualityPage::new(&state, &report, &quality, Reader::Checker);
    checker.visit.page(&page)
}

/// `POST /checks/{id}`: keeps what she says and, where she answers, answers. What she
/// says is kept even where the answer cannot be taken.
///
/// # Errors
/// The store fails, or the form is none of this page.
pub async fn answer(
    State(state): State<AppState>,
    checker: Countersigner,
    Path(id): Path<String>,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let id: ReportId = id.parse().map_err(|_| Error::not_found())?;
    let seen = form.seen().ok_or_else(Error::not_understood);
    if checker.visit.is_autosave() {
        let seen = seen?;
        return keeping::as_typed(&state, &checker, id, &form, seen).await;
    }
    let checks = state.store().as_checker(checker.account.id);
    let ended = || {
        let page = TypedPage::check_ended(&form);
        checker.visit.page_as(StatusCode::CONFLICT, &page)
    };
    let Some((report, request)) = checks.load(id).await? else {
        // The same words whether or not there is such a report; what she typed is hers.
        if typed(&form).is_empty() {
            return Err(Error::not_found());
        }
        return ended();
    };
    let seen = seen?;
    let decision = match form.one("act") {
        "save" => None,
        "return" => Some(Decision::Return),
        "approve" => Some(Decision::Approve),
        _ => return Err(Error::not_understood()),
    };
    let said = typed(&form);
    let faults = faults(&said, decision, &request);
    if !faults.is_empty() && request.state == ReviewState::Asked {
        keeping::keep(&state, &checker, id, &form, seen).await?;
        let draft = drafted(&state, &report.case).await?;
        let mut page = CheckingPage::new(&state, &report, &request, &draft, &form);
        page.seen = seen;
        page.marked(&faults);
        return checker.visit.refused(&page);
    }
    let now = state.now();
    if !checks.comment(id, &said, now).await? {
        return ended();
    }
    checks.drop_unsent(id).await?;
    let here = Redirect::to(&links::check(id)).into_response();
    let Some(decision) = decision else {
        return Ok(here);
    };
    match checks.decide(id, decision, seen, now).await? {
        Decided::Done => Ok(here),
        Decided::Ended => ended(),
        Decided::Stale => {
            let (report, request) = open(&state, &checker, &id.to_string()).await?;
            let draft = drafted(&state, &report.case).await?;
            let form = Form::default();
            let mut page = CheckingPage::new(&state, &report, &request, &draft, &form);
            page.changed = true;
            checker.visit.page_as(StatusCode::CONFLICT, &page)
        }
    }
}

/// What stands in the way of taking it in, each with the name of its box.
fn faults(
    said: &[(String, String)],
    decision: Option<Decision>,
    request: &ReviewRequest,
) -> Vec<(String, String)> {
    let long = said
        .iter()
        .filter(|(_, text)| text.chars().count() > LONGEST);
    let mut faults: Vec<(String, String)> = long
        .map(|(section, _)| {
            let why = format!("What you say about a section must be {LONGEST} characters or less");
            (name_of(section), why)
        })
        .collect();
    if said.is_empty() && request.comments.is_empty() && decision != Some(Decision::Approve) {
        let why = match decision {
            Some(_) => "Say what should be changed before you return it",
            None => "Enter what you want to say about a section",
        };
        faults.push((COMMENT.to_owned(), why.to_owned()));
    }
    faults
}

/// A report that she was asked to check.
async fn open(
    state: &AppState,
    checker: &Countersigner,
    id: &str,
) -> Result<(LoadedReport, ReviewRequest), Error> {
    let id: ReportId = id.parse().map_err(|_| Error::not_found())?;
    let found = state
        .store()
        .as_checker(checker.account.id)
        .load(id)
        .await?;
    found.ok_or_else(Error::not_found)
}

async fn note(state: &AppState, checker: &Countersigner, report: ReportId) -> Result<(), Error> {
    let entry = AuditEntry {
        account: Some(checker.account.id),
        report: Some(report),
        action: Action::CheckOpened,
    };
    Ok(state.store().audit(&entry, state.now()).await?)
}
