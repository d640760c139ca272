//! One referral as its centre sees it: what was shared, what was asked and answered, and
//! her answer.
//!
//! Not here: the assessment (`assessment`). Declining for want of room also says so in the
//! centre's entry of the directory, with the assessor as the source.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use serde::Serialize;

use super::{address, in_short, open};
use crate::{
    consultancy::Shared,
    directory::{facts::Stated, vocabulary::term},
    store::{KeptReferral, Message, RecordAct, ReferralState, Side},
    web::{
        csrf::OurForm,
        error::Error,
        fields::{Control, ErrorLine, FieldView, mark, summary},
        form::Form,
        state::AppState,
        templates::Page,
        visit::Assessor,
        words,
    },
};

/// The longest message, in characters.
pub const LONGEST_MESSAGE: u32 = 2000;

/// A message, as pages show it.
#[derive(Debug, Clone, Serialize)]
pub struct MessageView {
    who: String,
    at: String,
    text: String,
}

impl MessageView {
    /// Of a message.
    #[must_use]
    pub fn of(message: &Message) -> Self {
        let side = match message.side {
            Side::Author => "the author of the report",
            Side::Centre => "the centre",
        };
        Self {
            who: format!("{}, {side}", message.by),
            at: words::moment(message.at),
            text: message.text.clone(),
        }
    }

    /// One, for samples.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            who: "Noor <Centre>, the centre".into(),
            at: "26 November 2026 at 9:00am".into(),
            text: "Which <days> suit her?".into(),
        }
    }
}

/// A field as it travelled.
#[derive(Debug, Clone, Serialize)]
pub struct SharedView {
    label: String,
    text: String,
}

impl SharedView {
    /// Of a field.
    #[must_use]
    pub fn of(shared: &Shared) -> Self {
        Self {
            label: shared.label.clone(),
            text: shared.text.clone(),
        }
    }

    /// Two, for samples.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        vec![
            Self {
                label: "Her name".into(),
                text: "Angela <Hart>".into(),
            },
            Self {
                label: "Why you ask".into(),
                text: "The court\nwants a <package>.".into(),
            },
        ]
    }
}

/// One referral, for its centre.
#[derive(Debug, Serialize)]
pub struct ReferralPage {
    href: String,
    name: String,
    centre: String,
    state: &'static str,
    colour: &'static str,
    by: String,
    sent: String,
    reply_by: String,
    hearing: String,
    consent: String,
    consent_words: String,
    shared: Vec<SharedView>,
    messages: Vec<MessageView>,
    /// Said in place of everything where nothing is shared any more.
    closed: String,
    new: bool,
    writes: bool,
    replied: String,
    ask: Vec<FieldView>,
    decline: Vec<FieldView>,
    take_back: Vec<FieldView>,
    errors: Vec<ErrorLine>,
    fictional: bool,
}

impl ReferralPage {
    fn new(state: &AppState, kept: &KeptReferral) -> Self {
        let texts = &state.pack().consultancy;
        let (said, colour) = in_short(kept.state);
        let closed = match kept.state {
            ReferralState::ConsentWithdrawn => texts.words.withdrawn.clone(),
            ReferralState::Declined => {
                "You declined this referral. Nothing about her is shared with you any more.".into()
            }
            _ => String::new(),
        };
        let referral = kept.referral.as_ref().filter(|_| closed.is_empty());
        let text = |field: &str| referral.and_then(|r| r.text(field)).unwrap_or_default();
        let standing = kept.reply().map(|(reply, _)| {
            let (version, by) = (reply.version, &reply.by);
            format!(
                "Version {version}, signed by {by} on {}",
                words::moment(reply.at)
            )
        });
        let reasons = texts.declines.iter();
        let reasons = reasons.map(|r| (r.id.clone(), r.label.clone(), String::new()));
        let text_field = |name: &str, label: &str| {
            FieldView::new(Control::Text, name, label)
                .rows(4)
                .max(Some(LONGEST_MESSAGE))
        };
        Self {
            href: address(kept.id),
            name: text("name").to_owned(),
            centre: referral.map(|r| r.centre.clone()).unwrap_or_default(),
            state: said,
            colour,
            by: kept.by.clone(),
            sent: words::moment(kept.sent_at),
            reply_by: referral.map(|r| words::day(r.reply_by)).unwrap_or_default(),
            hearing: referral
                .and_then(|r| r.hearing)
                .map(words::day)
                .unwrap_or_default(),
            consent: referral
                .map(|r| {
                    let consent = &r.consent;
                    let (given, until) = (words::day(consent.given_on), words::day(consent.until));
                    format!(
                        "{}, on {given}. It lasts until {until}.",
                        consent.how.words()
                    )
                })
                .unwrap_or_default(),
            consent_words: referral
                .map(|r| r.consent.words.clone())
                .unwrap_or_default(),
            shared: referral
                .map(|r| r.shared.iter().map(SharedView::of).collect())
                .unwrap_or_default(),
            messages: kept.messages.iter().map(MessageView::of).collect(),
            new: kept.state == ReferralState::Sent,
            writes: matches!(
                kept.state,
                ReferralState::Accepted | ReferralState::Replied | ReferralState::TakenBack
            ),
            replied: standing.unwrap_or_default(),
            ask: vec![text_field(
                "question",
                "Your question or message to the author",
            )],
            decline: vec![
                FieldView::new(Control::Radios, "reason", "Why you decline")
                    .hinted_options(reasons),
                text_field("said", "Anything the author should know (optional)"),
            ],
            take_back: vec![text_field("why", "Why you take it back (optional)")],
            errors: Vec::new(),
            fictional: referral.is_some_and(|r| r.fictional),
            closed,
        }
    }

    fn refusing(mut self, form: &Form, field: &str, why: &str) -> Self {
        let faults = [(field.to_owned(), why.to_owned())];
        for fields in [&mut self.ask, &mut self.decline, &mut self.take_back] {
            *fields = std::mem::take(fields)
                .into_iter()
                .map(|f| f.typed(form))
                .collect();
            mark(fields, &faults);
        }
        let all = self.ask.iter().chain(&self.decline).chain(&self.take_back);
        self.errors = summary(all);
        self
    }
}

impl Page for ReferralPage {
    const NAME: &'static str = "centre_referral.html";
    const HTML: &'static str = include_str!("referral.html");

    fn title(&self) -> String {
        match self.name.as_str() {
            "" => "A referral".into(),
            name => format!("Referral: {name}"),
        }
    }

    fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    fn fictional(&self) -> bool {
        self.fictional
    }

    fn samples() -> Vec<Self> {
        let page = |new: bool, closed: &str| Self {
            href: "/centre/1".into(),
            name: if closed.is_empty() {
                "Angela <Hart>".into()
            } else {
                String::new()
            },
            centre: "Alana <House>".into(),
            state: "New",
            colour: "blue",
            by: "Sam <Author>".into(),
            sent: "26 November 2026 at 9:00am".into(),
            reply_by: "1 December 2026".into(),
            hearing: "3 December 2026".into(),
            consent: "In writing, on 20 November 2026.".into(),
            consent_words: "Not the <police> reports.".into(),
            shared: SharedView::samples(),
            messages: vec![MessageView::sample()],
            closed: closed.into(),
            new,
            writes: !new,
            replied: if new {
                String::new()
            } else {
                "Version 1".into()
            },
            ask: vec![FieldView::new(Control::Text, "question", "Your <question>")],
            decline: vec![
                FieldView::new(Control::Radios, "reason", "Why").hinted_options([(
                    "too-late",
                    "Too <late>",
                    String::new(),
                )]),
            ],
            take_back: vec![FieldView::new(Control::Text, "why", "Why")],
            errors: Vec::new(),
            fictional: true,
        };
        let refused = page(true, "").refusing(&Form::default(), "reason", "Select <why>");
        vec![
            page(true, ""),
            page(false, ""),
            page(false, "She has <withdrawn>."),
            refused,
        ]
    }
}

/// `GET /centre/{id}`.
///
/// # Errors
/// No such referral to this centre, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    assessor: Assessor,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let kept = open(&state, &assessor, &id).await?;
    let store = state.store().as_assessor(assessor.account.id);
    store.note_opened(kept.id, state.now()).await?;
    assessor.visit.page(&ReferralPage::new(&state, &kept))
}

/// `POST /centre/{id}`: accepts, asks, declines, or takes an assessment back.
///
/// # Errors
/// No such referral to this centre, or the store fails.
pub async fn answer(
    State(state): State<AppState>,
    assessor: Assessor,
    Path(id): Path<String>,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let kept = open(&state, &assessor, &id).await?;
    if !kept.state.is_shared() {
        return Ok(Redirect::to(&address(kept.id)).into_response());
    }
    let store = state.store().as_assessor(assessor.account.id);
    let now = state.now();
    let refuse = |field: &str, why: &str| {
        let page = ReferralPage::new(&state, &kept).refusing(&form, field, why);
        assessor.visit.refused(&page)
    };
    for field in ["question", "said", "why"] {
        if form.one(field).chars().count() > LONGEST_MESSAGE as usize {
            return refuse(
                field,
                &format!("Say it in {LONGEST_MESSAGE} characters or fewer"),
            );
        }
    }
    // What was answered or withdrawn meanwhile changes nothing here: the page says how it
    // stands.
    match form.one("act") {
        "accept" => {
            store
                .answer(kept.id, ReferralState::Accepted, "", now)
                .await?;
        }
        "ask" => {
            let question = form.one("question");
            if question.is_empty() {
                return refuse("question", "Enter your question or message");
            }
            store.ask(kept.id, question, now).await?;
        }
        "decline" => {
            let texts = &state.pack().consultancy;
            let Some(reason) = texts.decline(form.one("reason")) else {
                return refuse("reason", "Select why you decline");
            };
            let said = format!("{} {}", reason.words, form.one("said"));
            let declined = store
                .answer(kept.id, ReferralState::Declined, &said, now)
                .await?;
            if declined && reason.is_capacity() {
                no_room(&state, &assessor, &kept).await?;
            }
        }
        "take-back" => {
            store.take_back(kept.id, form.one("why"), now).await?;
        }
        _ => return Err(Error::not_understood()),
    }
    Ok(Redirect::to(&address(kept.id)).into_response())
}

/// Says in the centre's entry of the directory that it has no room, today, on her word.
async fn no_room(state: &AppState, assessor: &Assessor, kept: &KeptReferral) -> Result<(), Error> {
    let Some(referral) = &kept.referral else {
        return Ok(());
    };
    let directory = state.directory().await?;
    let Some(service) = directory.service(&referral.service) else {
        return Ok(());
    };
    let before = state.store().directory_record(&referral.service).await?;
    let seen = before.as_ref().map_or(0, |kept| kept.revision);
    let mut record = before.map_or_else(|| service.record.clone(), |kept| kept.record);
    let day = words::day(state.today());
    let states = "referral-state/";
    record.facts.terms.retain(|t| !t.term.starts_with(states));
    record.facts.terms.push(Stated {
        source: format!("the centre, declining a referral for a court report, {day}"),
        ..Stated::yes(term::PAUSED)
    });
    let changed = state.store().change_record(
        &record,
        seen,
        RecordAct::Changed,
        assessor.account.id,
        state.now(),
    );
    // Somebody who changed the entry at this moment knows better.
    changed.await?;
    Ok(())
}
