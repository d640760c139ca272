//! A new referral: her consent, what travels, and a preview of exactly what the centre
//! will read. Nothing is kept until it is sent; the form carries all that was typed.
//!
//! Not here: which fields there are (`report-templates/consultancy/sharing.toml`), how
//! they are filled in (`consultancy::offered`).

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use serde::Serialize;

use super::{
    address,
    asking::{Asking, UNTIL, confirm, consent_fields},
};
use crate::{
    store::Sent,
    web::{
        csrf::OurForm,
        error::Error,
        fields::{Control, ErrorLine, FieldView, mark, summary},
        findings::FindingView,
        pages::{
            centre::referral::SharedView,
            report::{ReportStrip, open},
        },
        state::AppState,
        templates::Page,
        visit::SignedIn,
    },
};

/// The form of a new referral.
#[derive(Debug, Serialize)]
pub struct NewReferralPage {
    pub(super) report: ReportStrip,
    pub(super) centre: String,
    pub(super) known: bool,
    pub(super) action: String,
    pub(super) consent_words: String,
    pub(super) intro: String,
    pub(super) consent: Vec<FieldView>,
    pub(super) fields: Vec<FieldView>,
    pub(super) findings: Vec<FindingView>,
    pub(super) errors: Vec<ErrorLine>,
}

impl Page for NewReferralPage {
    const NAME: &'static str = "referral_new.html";
    const HTML: &'static str = include_str!("new.html");

    fn title(&self) -> String {
        format!("Refer her to {} – {}", self.centre, self.report.name)
    }

    fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    fn fictional(&self) -> bool {
        self.report.fictional
    }

    fn samples() -> Vec<Self> {
        let page = |known, error: &str| {
            let mut consent = consent_fields();
            if !error.is_empty() {
                mark(&mut consent, &[(UNTIL.into(), error.into())]);
            }
            Self {
                report: ReportStrip::sample(true),
                centre: "Alana <House>".into(),
                known,
                action: "/reports/1/referrals/new/a".into(),
                consent_words: "She <can> take it back.".into(),
                intro: "Word & word.".into(),
                errors: summary(&consent),
                consent,
                fields: vec![
                    FieldView::new(Control::Checkboxes, "send.name", "Her <name>")
                        .hinted_options([("yes", "Send this", String::new())])
                        .revealing(
                            "yes",
                            vec![FieldView::new(Control::Text, "text.name", "Text")],
                        ),
                ],
                findings: FindingView::samples(),
            }
        };
        vec![page(true, ""), page(false, "Enter <a day>")]
    }
}

/// What the centre will read, before it is sent.
#[derive(Debug, Serialize)]
pub struct PreviewPage {
    pub(super) report: ReportStrip,
    pub(super) centre: String,
    pub(super) action: String,
    pub(super) reply_by: String,
    pub(super) consent: String,
    pub(super) consent_words: String,
    pub(super) shared: Vec<SharedView>,
    pub(super) findings: Vec<FindingView>,
    /// What is said where words that are kept off the report stand in it.
    pub(super) doubtful: String,
    pub(super) confirm: Vec<FieldView>,
    pub(super) carried: Vec<(String, String)>,
    pub(super) errors: Vec<ErrorLine>,
}

impl Page for PreviewPage {
    const NAME: &'static str = "referral_preview.html";
    const HTML: &'static str = include_str!("preview.html");

    fn title(&self) -> String {
        format!("What {} will read – {}", self.centre, self.report.name)
    }

    fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    fn fictional(&self) -> bool {
        self.report.fictional
    }

    fn samples() -> Vec<Self> {
        let page = |doubtful: &str| Self {
            report: ReportStrip::sample(true),
            centre: "Alana <House>".into(),
            action: "/reports/1/referrals/new/a".into(),
            reply_by: "1 December 2026".into(),
            consent: "In writing".into(),
            consent_words: "All & <more>".into(),
            shared: SharedView::samples(),
            findings: FindingView::samples(),
            doubtful: doubtful.into(),
            confirm: confirm(!doubtful.is_empty()),
            carried: vec![("text.name".into(), "Angela <Hart>".into())],
            errors: Vec::new(),
        };
        let mut refused = page("Take <them> out.");
        mark(
            &mut refused.confirm,
            &[("sure".into(), "Confirm <it>".into())],
        );
        refused.errors = summary(&refused.confirm);
        vec![page(""), page("Take <them> out."), refused]
    }
}

/// `GET /reports/{id}/referrals/new/{service}`.
///
/// # Errors
/// No such report of this author's, no such centre that may be asked, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    author: SignedIn,
    Path((id, service)): Path<(String, String)>,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let asking = Asking::of(&state, &report, &service).await?;
    author.visit.page(&asking.page(None, &[]))
}

/// `POST /reports/{id}/referrals/new/{service}`: previews, goes back to change, or sends.
///
/// # Errors
/// As [`show`].
pub async fn send(
    State(state): State<AppState>,
    author: SignedIn,
    Path((id, service)): Path<(String, String)>,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    if let Some(mark) = &report.signed {
        return Err(Error::signed(mark));
    }
    let asking = Asking::of(&state, &report, &service).await?;
    if form.one("act") == "change" {
        return author.visit.page(&asking.page(Some(&form), &[]));
    }
    let referral = match asking.read(&form) {
        Ok(referral) => referral,
        Err(faults) => return author.visit.refused(&asking.page(Some(&form), &faults)),
    };
    let directory = state.directory().await?;
    let (doubtful, faults) = asking.doubts(&referral, &directory);
    if !faults.is_empty() {
        return author.visit.refused(&asking.page(Some(&form), &faults));
    }
    let mut page = asking.preview(&form, &referral, doubtful);
    if form.one("act") != "send" {
        return author.visit.page(&page);
    }
    let mut missing = Vec::new();
    if form.one("agrees") != "yes" {
        missing.push((
            "agrees".to_owned(),
            "Confirm that she has agreed".to_owned(),
        ));
    }
    if doubtful && form.one("sure") != "yes" {
        missing.push((
            "sure".to_owned(),
            "Confirm, or go back and take the words out".to_owned(),
        ));
    }
    if !missing.is_empty() {
        mark(&mut page.confirm, &missing);
        page.errors = summary(&page.confirm);
        return author.visit.refused(&page);
    }
    let reports = author.reports(&state);
    match reports
        .send_referral(report.id, &referral, state.now())
        .await?
    {
        Sent::Now(sent) => Ok(Redirect::to(&address(report.id, sent)).into_response()),
        Sent::Signed(mark) => Err(Error::signed(&mark)),
    }
}
