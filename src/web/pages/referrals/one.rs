//! One referral for its author: what was shared, what was said, the centre's reply, and
//! what the report makes of it.
//!
//! The reply is read-only: it is carried into the report word for word. Not here: what
//! adopting changes (`consultancy::taken_in`), or what the report prints of it.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Serialize;

use super::{
    address,
    deciding::{Offer, bring, in_report, item, offer},
    findings,
    reply::{ReplyView, item_view, reply_view},
};
use crate::{
    sentencing::CaseDates,
    store::{KeptReferral, KeptReply, LoadedReport, ReferralId, Save},
    web::{
        csrf::OurForm,
        error::Error,
        fields::{Control, ErrorLine, FieldView, mark, summary},
        findings::FindingView,
        form::Form,
        links,
        pages::{
            centre::{
                in_short,
                referral::{LONGEST_MESSAGE, MessageView, SharedView},
            },
            report::{ReportStrip, open},
        },
        state::AppState,
        templates::Page,
        visit::SignedIn,
        words,
    },
};

/// A referral, for its author.
#[derive(Debug, Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "what the page offers, each by itself"
)]
pub struct OnePage {
    report: ReportStrip,
    href: String,
    centre: String,
    state: &'static str,
    colour: &'static str,
    sent: String,
    reply_by: String,
    consent: String,
    label: String,
    findings: Vec<FindingView>,
    shared: Vec<SharedView>,
    messages: Vec<MessageView>,
    versions: Vec<String>,
    signed: String,
    reply: Option<ReplyView>,
    alone: Vec<(String, String)>,
    /// `no`, `older`, `taken-back` or `yes`: how the report stands to the reply.
    brought: &'static str,
    offers: Vec<Offer>,
    may_write: bool,
    may_withdraw: bool,
    again: String,
    message: Vec<FieldView>,
    seen: i64,
    changed: bool,
    report_signed: bool,
    errors: Vec<ErrorLine>,
}

impl OnePage {
    fn new(state: &AppState, report: &LoadedReport, kept: &KeptReferral) -> Result<Self, Error> {
        let texts = &state.pack().consultancy;
        let referral = kept.referral.as_ref().ok_or_else(Error::not_found)?;
        let interview = state.interview();
        let (said, colour) = in_short(kept.state);
        let inside = in_report(&report.case, kept.id);
        let standing = kept.reply();
        let brought = match (inside.map(|(_, one)| one), standing) {
            (None, _) => "no",
            (Some(_), None) => "taken-back",
            (Some(one), Some((last, _))) if i64::from(one.version) != last.version => "older",
            _ => "yes",
        };
        let label = |name: &str| texts.text(name).map_or("", |t| t.label.as_str()).to_owned();
        let alone = standing.map(|(_, reply)| {
            let alone = [
                ("safe_contact", &reply.safe_contact),
                ("safety", &reply.safety),
                ("not_for_court", &reply.not_for_court),
            ];
            let alone = alone.into_iter().filter(|(_, text)| !text.is_empty());
            alone
                .map(|(name, text)| (label(name), text.clone()))
                .collect()
        });
        let consent = &referral.consent;
        let (given, until) = (words::day(consent.given_on), words::day(consent.until));
        let law = state.law();
        let law = law.in_force(&CaseDates::of(&report.case, state.today()));
        let offers = inside.map(|(_, one)| {
            let items = one.reply.package.iter().enumerate();
            items
                .map(|(number, item)| offer(&law, &report.case, one, number, item_view(item)))
                .collect()
        });
        let found = findings(state, report, kept);
        Ok(Self {
            report: ReportStrip::of(report),
            href: address(report.id, kept.id),
            centre: referral.centre.clone(),
            state: said,
            colour,
            sent: words::moment(kept.sent_at),
            reply_by: words::day(referral.reply_by),
            consent: format!(
                "{}, on {given}, until {until}. {}",
                consent.how.words(),
                consent.words
            ),
            label: texts.words.label.clone(),
            findings: found
                .iter()
                .map(|f| FindingView::new(f, report.id, interview))
                .collect(),
            shared: referral.shared.iter().map(SharedView::of).collect(),
            messages: kept.messages.iter().map(MessageView::of).collect(),
            versions: kept.replies.iter().map(version).collect(),
            signed: standing.map(|(last, _)| version(last)).unwrap_or_default(),
            reply: standing.map(|(_, reply)| reply_view(reply, interview)),
            alone: alone.unwrap_or_default(),
            brought,
            offers: offers.unwrap_or_default(),
            may_write: kept.state.is_shared(),
            may_withdraw: kept.state.is_shared(),
            again: format!(
                "{}/referrals/new/{}",
                links::report(report.id),
                referral.service
            ),
            message: vec![
                FieldView::new(Control::Text, "message", "Write to the centre")
                    .hint("The centre reads this. Say nothing that she has not agreed to.")
                    .rows(4)
                    .max(Some(LONGEST_MESSAGE)),
            ],
            seen: report.revision,
            changed: false,
            report_signed: report.signed.is_some(),
            errors: Vec::new(),
        })
    }

    fn refusing(mut self, form: &Form, faults: &[(String, String)]) -> Self {
        let fill = |fields: &mut Vec<FieldView>| {
            *fields = std::mem::take(fields)
                .into_iter()
                .map(|f| f.typed(form))
                .collect();
            mark(fields, faults);
        };
        if form.one("act") == "item" {
            let number = form.one("item");
            let offers = self
                .offers
                .iter_mut()
                .filter(|o| o.number.to_string() == number);
            offers.for_each(|offer| fill(&mut offer.fields));
        } else {
            fill(&mut self.message);
        }
        let offers = self.offers.iter().flat_map(|o| &o.fields);
        self.errors = summary(offers.chain(&self.message));
        self
    }
}

fn version(reply: &KeptReply) -> String {
    let done = match reply.assessment {
        Some(_) => "signed",
        None => "taken back",
    };
    let at = words::moment(reply.at);
    format!("Version {}, {done} by {} on {at}", reply.version, reply.by)
}

impl Page for OnePage {
    const NAME: &'static str = "referral_one.html";
    const HTML: &'static str = include_str!("one.html");

    fn title(&self) -> String {
        format!("{} – {}", self.centre, self.report.name)
    }

    fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    fn fictional(&self) -> bool {
        self.report.fictional
    }

    fn samples() -> Vec<Self> {
        let page = |brought: &'static str| Self {
            report: ReportStrip::sample(true),
            href: "/reports/1/referrals/1".into(),
            centre: "Alana <House>".into(),
            state: "Assessment signed",
            colour: "green",
            sent: "26 November 2026 at 9:00am".into(),
            reply_by: "1 December 2026".into(),
            consent: "In writing & signed".into(),
            label: "Not a <report>.".into(),
            findings: FindingView::samples(),
            shared: SharedView::samples(),
            messages: vec![MessageView::sample()],
            versions: vec!["Version 1, signed by Noor <Centre>".into()],
            signed: "Version 1".into(),
            reply: Some(ReplyView::sample()),
            alone: vec![("Safe <contact>".into(), "Text & wait".into())],
            brought,
            offers: vec![Offer {
                item: ReplyView::sample().items.remove(0),
                number: 0,
                made: "adopted",
                fields: vec![FieldView::new(Control::Line, "why.0", "Why <not>")],
            }],
            may_write: true,
            may_withdraw: true,
            again: "/reports/1/referrals/new/a".into(),
            message: vec![FieldView::new(Control::Text, "message", "Write")],
            seen: 4,
            changed: brought == "older",
            report_signed: false,
            errors: Vec::new(),
        };
        let waiting = Self {
            reply: None,
            signed: String::new(),
            alone: Vec::new(),
            versions: Vec::new(),
            offers: Vec::new(),
            ..page("no")
        };
        let closed = Self {
            may_write: false,
            may_withdraw: false,
            report_signed: true,
            ..page("taken-back")
        };
        let mut form = vec![("act".to_owned(), "item".to_owned())];
        form.push(("item".into(), "0".into()));
        let wrong = [("why.0".to_owned(), "Say <why>".to_owned())];
        let refused = page("yes").refusing(&Form::new(form), &wrong);
        vec![
            page("no"),
            page("yes"),
            page("older"),
            waiting,
            closed,
            refused,
        ]
    }
}

/// One of the referrals of a report.
async fn kept(
    state: &AppState,
    author: &SignedIn,
    report: &LoadedReport,
    id: &str,
) -> Result<KeptReferral, Error> {
    let id: ReferralId = id.parse().map_err(|_| Error::not_found())?;
    let all = author.reports(state).referrals_of(report.id).await?;
    all.into_iter()
        .find(|r| r.id == id)
        .ok_or_else(Error::not_found)
}

/// `GET /reports/{id}/referrals/{referral}`.
///
/// # Errors
/// No such report of this author's, no such referral of it, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    author: SignedIn,
    Path((id, referral)): Path<(String, String)>,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let kept = kept(&state, &author, &report, &referral).await?;
    author.visit.page(&OnePage::new(&state, &report, &kept)?)
}

/// `POST /reports/{id}/referrals/{referral}`: writes to the centre, withdraws consent,
/// brings the reply into the report, or decides on one thing offered.
///
/// # Errors
/// As [`show`].
pub async fn act(
    State(state): State<AppState>,
    author: SignedIn,
    Path((id, referral)): Path<(String, String)>,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let kept = kept(&state, &author, &report, &referral).await?;
    let reports = author.reports(&state);
    let refuse = |faults: &[(String, String)]| {
        let page = OnePage::new(&state, &report, &kept)?.refusing(&form, faults);
        author.visit.refused(&page)
    };
    let writes = match form.one("act") {
        "message" => {
            let text = form.one("message");
            let what = match text.chars().count() {
                0 => Some("Enter your message".to_owned()),
                n if n > LONGEST_MESSAGE as usize => {
                    Some(format!("Say it in {LONGEST_MESSAGE} characters or fewer"))
                }
                _ => address_in(&state, &report, text).await?,
            };
            if let Some(what) = what {
                return refuse(&[("message".to_owned(), what)]);
            }
            reports
                .write_to_centre(report.id, kept.id, text, state.now())
                .await?;
            return Ok(Redirect::to(&address(report.id, kept.id)).into_response());
        }
        "withdraw" => {
            reports
                .withdraw_consent(report.id, kept.id, state.now())
                .await?;
            return Ok(Redirect::to(&address(report.id, kept.id)).into_response());
        }
        "bring" => bring(&report.case, &kept)?,
        "item" => match item(&state, &report, &kept, &form).await? {
            Ok(writes) => writes,
            Err(fault) => return refuse(&[fault]),
        },
        _ => return Err(Error::not_understood()),
    };
    let seen = form.seen().ok_or_else(Error::not_understood)?;
    match reports.save(report.id, &writes, seen, state.now()).await? {
        Save::Saved { .. } => Ok(Redirect::to(&address(report.id, kept.id)).into_response()),
        Save::Signed(mark) => Err(Error::signed(&mark)),
        Save::Stale(_) => {
            let mut page = OnePage::new(&state, &report, &kept)?.refusing(&form, &[]);
            page.changed = true;
            author.visit.page_as(StatusCode::CONFLICT, &page)
        }
    }
}

/// What is wrong with a message that holds an address which must not be known.
async fn address_in(
    state: &AppState,
    report: &LoadedReport,
    text: &str,
) -> Result<Option<String>, Error> {
    let directory = state.directory().await?;
    let guard = state.pack().guard(&report.case, &directory);
    let hits = guard.in_text(text, "message", "referral");
    let never = hits.iter().any(|hit| !hit.may_be_allowed());
    Ok(never.then(|| state.pack().consultancy.words.never.clone()))
}
