//! Signing: what it means, who will read it, what stands in the way, and afterwards who
//! signed what and when.
//!
//! Lives here: the page and its form. Not here: what is signed (`pack::signing`), the
//! texts (`report-templates/quality/signing.toml`), or keeping it (`store`).

mod shown;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Serialize;

use super::{
    leaving::must_not_leave,
    report::{ReportStrip, open},
    second::{Checks, SaidView, SecondView},
};
use crate::{
    finding::Finding,
    pack::{Signer, ToSign, signed_document},
    report::{self, document::Document, plain},
    review::{outbound::Output, second::SecondPerson},
    store::{
        CheckedBy, LoadedReport, SignedAddendum, SignedDocument, SignedMark, Signing, hash_of,
    },
    web::{
        csrf::OurForm,
        error::Error,
        fields::{Control, ErrorLine, FieldView, mark, summary},
        findings::{FindingView, sourced},
        form::Form,
        links,
        state::AppState,
        visit::SignedIn,
        wording::{Of, WordingList, WordingView},
        words,
    },
};

const CONFIRM: &str = "confirm";
const ACCEPT: &str = "accept";

/// Who will read it.
#[derive(Debug, Serialize)]
struct ReaderView {
    who: String,
    why: String,
    source: String,
}

/// A prompt that is still open.
#[derive(Debug, Serialize)]
struct LinkView {
    text: String,
    href: String,
}

/// A signature that was given.
#[derive(Debug, Serialize)]
struct SignedView {
    by: String,
    at: String,
    hash: String,
    versions: String,
    left_open: Vec<String>,
    /// Who had approved it, and when.
    checked: Option<String>,
    addenda: Vec<AddendumView>,
}

/// What was added since.
#[derive(Debug, Serialize)]
struct AddendumView {
    number: i64,
    by: String,
    at: String,
    reason: String,
    hash: String,
}

impl From<SignedAddendum> for AddendumView {
    fn from(signed: SignedAddendum) -> Self {
        Self {
            number: signed.number,
            by: signed.by,
            at: words::moment(signed.at),
            hash: hash_of(&signed.addendum.docx),
            reason: signed.addendum.reason,
        }
    }
}

/// The page that asks for the signature, or shows it.
#[derive(Debug, Serialize)]
pub struct SignPage {
    report: ReportStrip,
    signed: Option<SignedView>,
    means: Vec<String>,
    readers: Vec<ReaderView>,
    blocking: Vec<FindingView>,
    /// True where some of it must not leave, which a page of its own settles.
    leaving: bool,
    open: Vec<FindingView>,
    unanswered: Vec<LinkView>,
    /// Wording that the author left as it is, with her reasons.
    wording: Vec<WordingView>,
    fields: Vec<FieldView>,
    errors: Vec<ErrorLine>,
    /// True where something was written since the page was read.
    changed: bool,
    seen: i64,
    /// How its check by a second person stands.
    second: SecondView,
    said: Vec<SaidView>,
}

impl SignPage {
    fn of(state: &AppState, report: &LoadedReport, to_sign: &ToSign, checks: &Checks) -> Self {
        let said = checks.said(&to_sign.draft);
        let interview = state.interview();
        let texts = &state.pack().signing;
        let view = |findings: &[Finding]| -> Vec<FindingView> {
            let one = |f: &Finding| {
                let view = FindingView::new(f, report.id, interview);
                if f.code.starts_with("second.") {
                    return view.at(&format!("{}/review", links::report(report.id)));
                }
                view
            };
            findings.iter().map(one).collect()
        };
        let of = Of {
            id: report.id,
            case: &report.case,
            interview,
            signed: false,
        };
        let readers = texts.readers.iter().map(|r| ReaderView {
            who: r.who.clone(),
            why: r.why.clone(),
            source: sourced(&r.source),
        });
        let unanswered = interview.still_needed(&report.case);
        let unanswered = unanswered.into_iter().map(|(_, prompt)| LinkView {
            text: prompt.short.clone(),
            href: links::prompt(report.id, &prompt.id),
        });
        Self {
            report: ReportStrip::of(report),
            signed: None,
            means: texts.means.clone(),
            readers: readers.collect(),
            blocking: view(&to_sign.blocking),
            leaving: to_sign.blocking.iter().any(must_not_leave),
            open: view(&to_sign.open),
            unanswered: unanswered.collect(),
            wording: WordingList::new(&to_sign.wording, of, &to_sign.draft).into_left(),
            fields: fields(state, !to_sign.left_open().is_empty()),
            errors: Vec::new(),
            changed: false,
            seen: report.revision,
            second: checks.view(report, &said),
            said,
        }
    }

    /// The page of a report that is signed.
    fn done(
        report: &LoadedReport,
        mark: &SignedMark,
        document: Option<&SignedDocument>,
        addenda: Vec<SignedAddendum>,
    ) -> Self {
        Self {
            report: ReportStrip::of(report),
            signed: Some(SignedView {
                by: mark.by.clone(),
                at: words::moment(mark.at),
                hash: document.map(SignedDocument::hash).unwrap_or_default(),
                versions: document.map(|d| d.versions.clone()).unwrap_or_default(),
                left_open: document.map(|d| d.left_open.clone()).unwrap_or_default(),
                checked: document
                    .and_then(|d| d.checked.as_ref())
                    .map(|c| format!("{} on {}", c.by, words::day(c.on))),
                addenda: addenda.into_iter().map(AddendumView::from).collect(),
            }),
            means: Vec::new(),
            readers: Vec::new(),
            blocking: Vec::new(),
            leaving: false,
            open: Vec::new(),
            unanswered: Vec::new(),
            wording: Vec::new(),
            fields: Vec::new(),
            errors: Vec::new(),
            changed: false,
            seen: report.revision,
            second: SecondView::default(),
            said: Vec::new(),
        }
    }

    /// What was ticked stays ticked; what was not is asked for, and `true` is given
    /// back where nothing is missing.
    fn filled_in(&mut self, form: &Form) -> bool {
        let missing = |name: &str| form.all(name).is_empty();
        let faults = [
            (CONFIRM, "Confirm that you have read the report and sign it"),
            (
                ACCEPT,
                "Say that you sign with these points open, or settle them first",
            ),
        ];
        let asked: Vec<(String, String)> = faults
            .iter()
            .filter(|(name, _)| missing(name) && self.fields.iter().any(|f| f.name == *name))
            .map(|(name, why)| ((*name).to_owned(), (*why).to_owned()))
            .collect();
        for field in &mut self.fields {
            *field = field.clone().values(&form.all(&field.name));
        }
        mark(&mut self.fields, &asked);
        self.errors = summary(&self.fields);
        self.errors.is_empty()
    }
}

/// The boxes to tick.
fn fields(state: &AppState, left_open: bool) -> Vec<FieldView> {
    let texts = &state.pack().signing;
    let mut fields = Vec::new();
    if left_open {
        fields.push(tick(ACCEPT, "What is still open", &texts.accept));
    }
    fields.push(tick(CONFIRM, "Your signature", &texts.confirm));
    fields
}

/// One box to tick.
fn tick(name: &str, legend: &str, says: &str) -> FieldView {
    let option = ("yes", says, String::new());
    FieldView::new(Control::Checkboxes, name, legend).hinted_options([option])
}

/// `GET /reports/{id}/sign`.
///
/// # Errors
/// No such report of this author's, or a passage fails.
pub async fn show(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    if let Some(mark) = &report.signed {
        let reports = author.reports(&state);
        let document = reports.signed_document(report.id).await?;
        let addenda = reports.addenda(report.id).await?;
        let page = SignPage::done(&report, mark, document.as_ref(), addenda);
        return author.visit.page(&page);
    }
    let checks = Checks::of(&state, &author, &report).await?;
    let to_sign = to_sign(&state, &author, &report, &checks.second).await?;
    author
        .visit
        .page(&SignPage::of(&state, &report, &to_sign, &checks))
}

/// `POST /reports/{id}/sign`: signs the report as she read it, or says why not. What
/// stands in the way is judged again, by the directory and the law as they stand now.
///
/// # Errors
/// No such report of this author's, a passage fails, or the store does.
pub async fn sign(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<String>,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let seen = form.seen().ok_or_else(Error::not_understood)?;
    let here = format!("{}/sign", links::report(report.id));
    if report.signed.is_some() {
        return Ok(Redirect::to(&here).into_response());
    }
    let checks = Checks::of(&state, &author, &report).await?;
    let to_sign = to_sign(&state, &author, &report, &checks.second).await?;
    let mut page = SignPage::of(&state, &report, &to_sign, &checks);
    let complete = page.filled_in(&form);
    if seen != report.revision {
        page.changed = true;
        page.errors.clear();
        return author.visit.page_as(StatusCode::CONFLICT, &page);
    }
    if !complete || !page.blocking.is_empty() {
        return author.visit.refused(&page);
    }
    let now = state.now();
    let docx = signed_document(&report.case, &to_sign.draft, now).map_err(|e| Error::broken(&e))?;
    let stopped = last_look(&state, &report, &to_sign, &docx)?;
    if !stopped.is_empty() {
        page.blocking = stopped;
        return author.visit.refused(&page);
    }
    let document = SignedDocument {
        title: to_sign.draft.title.clone(),
        markdown: to_sign.draft.markdown(),
        docx,
        versions: state.pack().version(),
        left_open: to_sign.left_open(),
        checked: checks.second.approved_now().map(|who| CheckedBy {
            by: who.name.clone(),
            on: who.on,
        }),
    };
    let reports = author.reports(&state);
    match reports.sign_report(report.id, seen, &document, now).await? {
        Signing::Signed(_) | Signing::Already(_) => Ok(Redirect::to(&here).into_response()),
        Signing::Stale { .. } => {
            page.changed = true;
            author.visit.page_as(StatusCode::CONFLICT, &page)
        }
    }
}

/// What keeps the finished files of a signed report from leaving.
fn last_look(
    state: &AppState,
    report: &LoadedReport,
    to_sign: &ToSign,
    docx: &[u8],
) -> Result<Vec<FindingView>, Error> {
    let draft = &to_sign.draft;
    let document = Document::from_markdown(&draft.markdown());
    let page = report::page(&draft.title, &document);
    let text = plain::to_text(&document);
    let files = [Output::Docx(docx), Output::Html(&page), Output::Text(&text)];
    let found = state
        .pack()
        .last_look(&to_sign.looked, &files)
        .map_err(|e| Error::broken(&e))?;
    let interview = state.interview();
    let view = |finding| FindingView::new(finding, report.id, interview);
    Ok(found.iter().map(view).collect())
}

async fn to_sign(
    state: &AppState,
    author: &SignedIn,
    report: &LoadedReport,
    second: &SecondPerson,
) -> Result<ToSign, Error> {
    let signer = Signer {
        name: &author.account.display_name,
        second,
    };
    let directory = state.directory().await?;
    state
        .pack()
        .to_sign(&report.case, &directory, state.today(), signer)
        .map_err(|e| Error::broken(&e))
}
