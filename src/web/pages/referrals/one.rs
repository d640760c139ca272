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
use serde_json::json;

use super::{
    address, findings,
    reply::{ItemView, ReplyView, item_view, reply_view},
};
use crate::{
    case::{CaseFile, CentreAssessment, ItemDecision, Use, revision::Write},
    consultancy::{taken_in, taken_out},
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
            choose,
            report::{ReportStrip, open},
        },
        state::AppState,
        templates::Page,
        visit::SignedIn,
        words,
    },
};

/// One thing offered, with the author's decision.
#[derive(Debug, Serialize)]
struct Offer {
    item: ItemView,
    number: usize,
    made: &'static str,
    fields: Vec<FieldView>,
}

/// A referral, for its author.
#[derive(Debug, Serialize)]
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
            alone.map(|(name, text)| (label(name), text.clone())).collect()
        });
        let consent = &referral.consent;
        let (given, until) = (words::day(consent.given_on), words::day(consent.until));
        let offers = inside.map(|(_, one)| {
            let items = one.reply.package.iter().enumerate();
            items
                .map(|(number, item)| offer(&report.case, one, number, item_view(item)))
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
            again: format!("{}/referrals/new/{}", links::report(report.id), referral.service),
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
            *fields = std::mem::take(fields).into_iter().map(|f| f.typed(form)).collect();
            mark(fields, faults);
        };
        if form.one("act") == "item" {
            let number = form.one("item");
            let offers = self.offers.iter_mut().filter(|o| o.number.to_string() == number);
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

/// The assessment of a referral in the report, with its place there.
fn in_report(case: &CaseFile, id: ReferralId) -> Option<(usize, &CentreAssessment)> {
    let id = id.to_string();
    let mut all = case.assessments.iter().enumerate();
    all.find(|(_, one)| one.referral == id)
}

fn offer(case: &CaseFile, one: &CentreAssessment, number: usize, item: ItemView) -> Offer {
    let decided = one.decided(number);
    let made = decided.map_or("", |d| match d.made {
        Use::Adopted => "adopted",
        Use::Quoted => "quoted",
        Use::NotProposed => "not-proposed",
    });
    let what = &item.what;
    let name = |part: &str| format!("{part}.{number}");
    let requirements = case.proposal.requirements.iter().enumerate();
    let mut places = vec![("none".to_owned(), "Beside the order, as support".to_owned(), String::new())];
    places.extend(requirements.map(|(at, r)| {
        let label = format!("Requirement {}: {}", at + 1, r.id.replace('_', " "));
        (at.to_string(), label, String::new())
    }));
    let holds = |r: &crate::case::ProposedRequirement| {
        let slots = one.reply.package.get(number).map(|i| i.slots.as_slice());
        let slots = slots.unwrap_or_default();
        r.service.as_deref() == Some(&one.service)
            && !slots.is_empty()
            && slots.iter().all(|slot| r.slots.contains(slot))
    };
    let at = case.proposal.requirements.iter().position(holds);
    let at = at.map_or_else(|| "none".to_owned(), |at| at.to_string());
    let fields = vec![
        FieldView::new(Control::Radios, name("made"), format!("What the report makes of it: {what}"))
            .hinted_options([
                ("adopted", "Take it into the proposal", "The provider, times and how long the place is held are carried over, and her week with them.".to_owned()),
                ("quoted", "Quote it as the centre’s words", String::new()),
                ("not-proposed", "Not proposed", String::new()),
            ])
            .value(made),
        FieldView::new(Control::Radios, name("where"), format!("Where in the proposal: {what}"))
            .hinted_options(places)
            .value(at)
            .small(),
        FieldView::new(Control::Line, name("why"), format!("Why it is not proposed: {what}"))
            .hint("The report says this.")
            .value(decided.map_or("", |d| d.why.as_str())),
    ];
    Offer {
        item,
        number,
        made,
        fields,
    }
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
        vec![page("no"), page("yes"), page("older"), waiting, closed, refused]
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
    all.into_iter().find(|r| r.id == id).ok_or_else(Error::not_found)
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
            reports.write_to_centre(report.id, kept.id, text, state.now()).await?;
            return Ok(Redirect::to(&address(report.id, kept.id)).into_response());
        }
        "withdraw" => {
            reports.withdraw_consent(report.id, kept.id, state.now()).await?;
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

/// The writes that bring the standing reply into the report, in place of an older version.
/// A decision stays where the same thing is still offered.
fn bring(case: &CaseFile, kept: &KeptReferral) -> Result<Vec<Write>, Error> {
    let (last, reply) = kept.reply().ok_or_else(Error::not_understood)?;
    let referral = kept.referral.as_ref().ok_or_else(Error::not_found)?;
    let mut all = case.assessments.clone();
    let mut one = CentreAssessment {
        referral: kept.id.to_string(),
        service: referral.service.clone(),
        centre: referral.centre.clone(),
        organisation: referral.organisation.clone(),
        version: u32::try_from(last.version).unwrap_or(u32::MAX),
        signed_on: words::day_of(last.at),
        signed_by: last.by.clone(),
        reply: reply.clone(),
        decisions: Vec::new(),
    };
    match in_report(case, kept.id) {
        Some((at, before)) => {
            let items = before.reply.package.iter();
            one.decisions = before
                .decisions
                .iter()
                .filter_map(|d| {
                    let old = items.clone().nth(d.item)?;
                    let item = reply.package.iter().position(|new| new == old)?;
                    Some(ItemDecision { item, ..d.clone() })
                })
                .collect();
            all[at] = one;
        }
        None => all.push(one),
    }
    Ok(vec![Write::new("assessments", json!(all))])
}

type Decision = Result<Vec<Write>, (String, String)>;

/// The writes of a decision on one thing offered, or what is wrong with it.
async fn item(
    state: &AppState,
    report: &LoadedReport,
    kept: &KeptReferral,
    form: &Form,
) -> Result<Decision, Error> {
    let case = &report.case;
    let (place, one) = in_report(case, kept.id).ok_or_else(Error::not_understood)?;
    let number: usize = form.one("item").parse().map_err(|_| Error::not_understood())?;
    let item = one.reply.package.get(number).ok_or_else(Error::not_understood)?;
    let name = |part: &str| format!("{part}.{number}");
    let made = match form.one(&name("made")) {
        "adopted" => Use::Adopted,
        "quoted" => Use::Quoted,
        "not-proposed" => Use::NotProposed,
        _ => return Ok(Err((name("made"), "Select what the report makes of it".into()))),
    };
    let why = form.one(&name("why"));
    if made == Use::NotProposed && why.is_empty() {
        return Ok(Err((name("why"), "Enter why it is not proposed".into())));
    }
    if why.chars().count() > 500 {
        return Ok(Err((name("why"), "Say it in 500 characters or fewer".into())));
    }
    let changed = if made == Use::Adopted {
        let directory = state.directory().await?;
        let known = case.services.iter().find(|s| s.id == one.service).cloned();
        let centre = known.or_else(|| choose::entry(report, state, &directory, &one.service));
        let centre = centre.ok_or_else(Error::not_found)?;
        let at = form.one(&name("where")).parse().ok();
        taken_in(case, one, item, centre, at)
    } else {
        taken_out(case, one, item)
    };
    let mut all = case.assessments.clone();
    let decisions = &mut all[place].decisions;
    decisions.retain(|d| d.item != number);
    decisions.push(ItemDecision {
        item: number,
        made,
        why: if made == Use::NotProposed { why.to_owned() } else { String::new() },
    });
    decisions.sort_by_key(|d| d.item);
    let mut writes = vec![Write::new("assessments", json!(all))];
    if changed.services != case.services {
        writes.push(Write::new("services", json!(changed.services)));
    }
    if changed.requirements != case.proposal.requirements {
        let requirements = json!(changed.requirements);
        writes.push(Write::new("proposal.requirements", requirements));
    }
    Ok(Ok(writes))
}
