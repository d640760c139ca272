//! What keeps a report from leaving, place by place: why, what to do, and a reason for
//! letting a place stand where that is allowed.
//!
//! Lives here: the page, its form, and the refusal of a download. Not here: what is
//! found (`pack::leaving`, `review::outbound`) or any sentence about it
//! (`report-templates/quality/leaving.toml`).

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Serialize;
use serde_json::{Value, json};

use super::report::{ReportStrip, judged, open};
use crate::{
    case::{Allowed, CaseFile, LONGEST_REASON, revision::Write},
    finding::Finding,
    interview::paragraphs,
    pack::Stop,
    store::{LoadedReport, ReportId, Save, Token},
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
        words,
    },
};

const REASON: &str = "reason";

/// A place to settle.
#[derive(Debug, Serialize)]
struct StopView {
    finding: FindingView,
    number: usize,
    room: String,
    /// The reason; without a name where no reason may let it stand.
    field: FieldView,
    open: bool,
}

/// A place that was let stand.
#[derive(Debug, Serialize)]
struct AllowedView {
    name: String,
    about: String,
    reason: String,
    who: String,
    href: String,
}

/// What keeps a report from leaving.
#[derive(Debug, Serialize)]
pub struct LeavingPage {
    report: ReportStrip,
    /// True where a download was asked for.
    refused: bool,
    stops: Vec<StopView>,
    /// What stands in a file and comes from no answer.
    elsewhere: Vec<FindingView>,
    count: usize,
    allowed: Vec<AllowedView>,
    errors: Vec<ErrorLine>,
    changed: bool,
    signed: bool,
    seen: i64,
}

impl LeavingPage {
    fn of(state: &AppState, report: &LoadedReport, stops: &[Stop]) -> Self {
        let interview = state.interview();
        let texts = &state.pack().outbound.reason;
        let view = |(number, stop): (usize, &Stop)| {
            let field = if stop.may_be_allowed && report.signed.is_none() {
                FieldView::new(Control::Text, format!("{REASON}-{number}"), &texts.label)
                    .hint(&texts.hint)
                    .max(u32::try_from(LONGEST_REASON).ok())
                    .rows(3)
            } else {
                FieldView::default()
            };
            StopView {
                finding: FindingView::new(&stop.finding, report.id, interview),
                number,
                room: stop.room.clone(),
                field,
                open: false,
            }
        };
        let allowed = report.case.leaving.allowed.iter();
        let allowed = allowed.map(|(name, allowed)| AllowedView {
            name: name.clone(),
            about: allowed.about.clone(),
            reason: allowed.reason.clone(),
            who: match allowed.on {
                Some(on) => format!("{}, {}", allowed.by, words::day(on)),
                None => allowed.by.clone(),
            },
            href: if allowed.place.starts_with("section.") {
                String::new()
            } else {
                links::for_place(report.id, &allowed.place, interview)
            },
        });
        Self {
            report: ReportStrip::of(report),
            refused: false,
            count: stops.len(),
            stops: stops.iter().enumerate().map(view).collect(),
            elsewhere: Vec::new(),
            allowed: allowed.collect(),
            errors: Vec::new(),
            changed: false,
            signed: report.signed.is_some(),
            seen: report.revision,
        }
    }

    /// With the reason that was typed, and what is wrong with it.
    fn typed(mut self, form: &Form, wrong: Option<&str>) -> Self {
        let number = number(form);
        let same = |stop: &&mut StopView| {
            Some(stop.number) == number
                && stop.room == form.one("room")
                && !stop.field.name.is_empty()
        };
        if let Some(stop) = self.stops.iter_mut().find(same) {
            stop.open = true;
            let mut field = std::mem::take(&mut stop.field).value(typed(form));
            if let Some(wrong) = wrong {
                field = field.error(wrong);
            }
            stop.field = field;
        }
        self.errors = summary(self.stops.iter().map(|stop| &stop.field));
        self
    }
}

fn number(form: &Form) -> Option<usize> {
    form.one("number").parse().ok()
}

/// The reason, under whichever name its place on the page had.
fn typed(form: &Form) -> String {
    let named = number(form).map(|n| format!("{REASON}-{n}"));
    paragraphs(form.one(&named.unwrap_or_default()))
}

impl Page for LeavingPage {
    const NAME: &'static str = "leaving.html";
    const HTML: &'static str = include_str!("leaving.html");

    fn title(&self) -> String {
        format!("What must not leave – {}", self.report.name)
    }

    fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    fn fictional(&self) -> bool {
        self.report.fictional
    }

    fn samples() -> Vec<Self> {
        let stop = |number: usize, field: FieldView| StopView {
            finding: FindingView::samples().swap_remove(0),
            number,
            room: "answers.strengths".into(),
            field,
            open: number == 1,
        };
        let field = |number: usize| {
            FieldView::new(
                Control::Text,
                format!("{REASON}-{number}"),
                "Why may it <stay>?",
            )
            .max(Some(300))
        };
        let page = |stops: Vec<StopView>| Self {
            report: ReportStrip::sample(true),
            refused: false,
            count: stops.len(),
            stops,
            elsewhere: Vec::new(),
            allowed: vec![AllowedView {
                name: "abc".into(),
                about: "child's <name>".into(),
                reason: "The victim & she share it.".into(),
                who: "Sam <Author>, 3 December 2026".into(),
                href: "/reports/1/prompts/strengths".into(),
            }],
            errors: Vec::new(),
            changed: false,
            signed: false,
            seen: 7,
        };
        let mut wrong = page(vec![
            stop(0, FieldView::default()),
            stop(1, field(1).error("Say why")),
        ]);
        wrong.errors = summary(wrong.stops.iter().map(|stop| &stop.field));
        let refused = Self {
            refused: true,
            changed: true,
            elsewhere: FindingView::samples(),
            ..page(vec![stop(0, field(0))])
        };
        vec![page(Vec::new()), wrong, refused]
    }
}

/// True for a finding that the page of what must not leave settles.
#[must_use]
pub fn must_not_leave(finding: &Finding) -> bool {
    finding.code.starts_with("leaving.") || finding.code == "safety.must-not-leave"
}

async fn stops(state: &AppState, report: &LoadedReport) -> Result<Vec<Stop>, Error> {
    let judged = judged(state, &report.case).await?;
    Ok(state.pack().stops(&judged))
}

/// What keeps a text from being copied or sent that goes out beside the report. `place`
/// is its name on the page, and the part of the case file it is made from.
#[must_use]
pub fn held_back(
    state: &AppState,
    case: &CaseFile,
    text: &str,
    place: (&str, &str),
    id: ReportId,
) -> Vec<FindingView> {
    let directory = state.pack().directory.now();
    let found = state.pack().look_at_text(case, &directory, text, place);
    let interview = state.interview();
    let view = |finding| FindingView::new(finding, id, interview);
    found.iter().map(view).collect()
}

/// What an author is told of words in a letter that are not for one, whatever answer they
/// come from.
#[must_use]
pub fn not_for_a_letter(
    state: &AppState,
    report: &LoadedReport,
    words: &[String],
) -> Option<FindingView> {
    let finding = state.pack().outbound.in_a_letter(&words.join("”, “"))?;
    Some(FindingView::new(&finding, report.id, state.interview()))
}

/// `GET /reports/{id}/leaving`.
///
/// # Errors
/// No such report of this author's, or a passage fails.
pub async fn show(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let stops = stops(&state, &report).await?;
    author.visit.page(&LeavingPage::of(&state, &report, &stops))
}

/// The page in place of a download, where something in it must not leave.
///
/// # Errors
/// A passage fails.
pub async fn refuse(
    state: &AppState,
    author: &SignedIn,
    report: &LoadedReport,
    found: &[Finding],
) -> Result<Response, Error> {
    let mut stops = stops(state, report).await?;
    // What was taken out is in no file.
    stops.retain(|stop| stop.finding.code.starts_with("leaving."));
    let mut page = LeavingPage::of(state, report, &stops);
    let interview = state.interview();
    let elsewhere = found
        .iter()
        .filter(|finding| !stops.iter().any(|stop| stop.finding == **finding));
    page.elsewhere = elsewhere
        .map(|finding| FindingView::new(finding, report.id, interview))
        .collect();
    page.count += page.elsewhere.len();
    page.refused = true;
    author.visit.page_as(StatusCode::CONFLICT, &page)
}

/// `POST /reports/{id}/leaving`: lets a place stand with a reason, or takes that back.
///
/// # Errors
/// No such report of this author's, a passage fails, or the store does.
pub async fn save(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<String>,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let seen = form.seen().ok_or_else(Error::not_understood)?;
    let stops = stops(&state, &report).await?;
    let page = || LeavingPage::of(&state, &report, &stops);
    let writes = match form.get("back") {
        Some(name) if report.case.leaving.allowed.contains_key(name) => {
            vec![Write::new(format!("leaving.allowed.{name}"), Value::Null)]
        }
        // Taken back already.
        Some(_) => Vec::new(),
        None => {
            let meant = number(&form).and_then(|n| stops.get(n));
            let meant = meant.filter(|s| s.may_be_allowed && s.room == form.one("room"));
            let Some(stop) = meant.filter(|_| seen == report.revision) else {
                let mut page = page().typed(&form, None);
                page.changed = true;
                return author.visit.page_as(StatusCode::CONFLICT, &page);
            };
            let reason = typed(&form);
            if let Some(wrong) = wrong(&state, &report, &reason) {
                return author.visit.refused(&page().typed(&form, Some(&wrong)));
            }
            letting_stand(&state, &author, &report, stop, reason)?
        }
    };
    let here = format!("{}/leaving", links::report(report.id));
    let reports = author.reports(&state);
    match reports.save(report.id, &writes, seen, state.now()).await? {
        Save::Saved { .. } => Ok(Redirect::to(&here).into_response()),
        Save::Signed(mark) => Err(Error::signed(&mark)),
        Save::Stale(_) => {
            let mut page = page().typed(&form, None);
            page.changed = true;
            author.visit.page_as(StatusCode::CONFLICT, &page)
        }
    }
}

/// What is wrong with a reason.
fn wrong(state: &AppState, report: &LoadedReport, reason: &str) -> Option<String> {
    let texts = &state.pack().outbound.reason;
    if reason.is_empty() {
        return Some(texts.missing.clone());
    }
    if reason.chars().count() > LONGEST_REASON {
        return Some(texts.too_long.clone());
    }
    let directory = state.pack().directory.now();
    let place = ("the reason", "leaving");
    let found = state
        .pack()
        .look_at_text(&report.case, &directory, reason, place);
    (!found.is_empty()).then(|| texts.repeats.clone())
}

fn letting_stand(
    state: &AppState,
    author: &SignedIn,
    report: &LoadedReport,
    stop: &Stop,
    reason: String,
) -> Result<Vec<Write>, Error> {
    let mut writes = Vec::new();
    let mut key = report.case.leaving.key.clone();
    if key.is_empty() {
        key = Token::random()?.text();
        writes.push(Write::new("leaving", json!({ "key": key })));
    }
    let allowed = Allowed {
        reason,
        by: author.account.display_name.clone(),
        on: Some(state.today()),
        place: stop.room.clone(),
        about: stop.about.clone(),
    };
    let value = serde_json::to_value(allowed).map_err(|e| Error::broken(&e))?;
    let place = format!("leaving.allowed.{}", stop.name(&key));
    writes.push(Write::new(place, value));
    Ok(writes)
}
