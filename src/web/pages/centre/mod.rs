//! A women's centre's pages: what was referred to it, and its assessments.
//!
//! Lives here: the inbox. Not here: one referral (`referral`), writing an assessment
//! (`assessment`), reading what was typed (`reading`), or who may see what
//! (`store::AssessorStore`, through which every handler here reads).

pub mod assessment;
pub mod fields;
pub mod reading;
pub mod referral;
pub mod signing;

use axum::{extract::State, response::Response};
use chrono::NaiveDate;
use serde::Serialize;

use crate::{
    store::{KeptReferral, ReferralId, ReferralState},
    web::{error::Error, state::AppState, templates::Page, visit::Assessor, words},
};

/// One referral in the list.
#[derive(Debug, Serialize)]
struct Row {
    href: String,
    /// Her name, where it was shared.
    name: String,
    centre: String,
    state: &'static str,
    colour: &'static str,
    reply_by: String,
    hearing: String,
    late: bool,
}

/// The inbox, by the day a reply is due.
#[derive(Debug, Serialize)]
pub struct InboxPage {
    open: Vec<Row>,
    rest: Vec<Row>,
    fictional: bool,
}

impl Page for InboxPage {
    const NAME: &'static str = "centre_inbox.html";
    const HTML: &'static str = include_str!("inbox.html");

    fn title(&self) -> String {
        "Referrals to your centre".into()
    }

    fn fictional(&self) -> bool {
        self.fictional
    }

    fn samples() -> Vec<Self> {
        let row = |name: &str, late| Row {
            href: "/centre/1".into(),
            name: name.into(),
            centre: "Alana <House>".into(),
            state: "New",
            colour: "blue",
            reply_by: "1 December 2026".into(),
            hearing: "3 December 2026".into(),
            late,
        };
        vec![
            Self {
                open: Vec::new(),
                rest: Vec::new(),
                fictional: false,
            },
            Self {
                open: vec![row("Angela <Hart>", true), row("", false)],
                rest: vec![row("", false)],
                fictional: true,
            },
        ]
    }
}

/// `GET /centre`.
///
/// # Errors
/// The store fails.
pub async fn inbox(State(state): State<AppState>, assessor: Assessor) -> Result<Response, Error> {
    let all = state
        .store()
        .as_assessor(assessor.account.id)
        .inbox()
        .await?;
    let all: Vec<_> = all.into_iter().map(|r| within(r, state.today())).collect();
    let today = state.today();
    let row = |kept: &KeptReferral| {
        let referral = kept.referral.as_ref();
        let (said, colour) = in_short(kept.state);
        let text = |field: &str| referral.and_then(|r| r.text(field)).unwrap_or_default();
        Row {
            href: address(kept.id),
            name: text("name").to_owned(),
            centre: referral.map(|r| r.centre.clone()).unwrap_or_default(),
            state: said,
            colour,
            reply_by: referral.map(|r| words::day(r.reply_by)).unwrap_or_default(),
            hearing: referral
                .and_then(|r| r.hearing)
                .map(words::day)
                .unwrap_or_default(),
            late: kept.state.is_awaited() && referral.is_some_and(|r| r.reply_by < today),
        }
    };
    let (open, rest): (Vec<_>, Vec<_>) = all.iter().partition(|r| r.state.is_awaited());
    let page = InboxPage {
        open: open.into_iter().map(row).collect(),
        rest: rest.into_iter().map(row).collect(),
        fictional: all
            .iter()
            .any(|r| r.referral.as_ref().is_some_and(|r| r.fictional)),
    };
    assessor.visit.page(&page)
}

/// Where a referral is, for its centre.
#[must_use]
pub fn address(id: ReferralId) -> String {
    format!("/centre/{id}")
}

/// How a referral stands, in words and a colour.
#[must_use]
pub fn in_short(state: ReferralState) -> (&'static str, &'static str) {
    match state {
        ReferralState::Sent => ("New", "blue"),
        ReferralState::Accepted => ("Accepted", "turquoise"),
        ReferralState::Declined => ("Declined", "grey"),
        ReferralState::Replied => ("Assessment signed", "green"),
        ReferralState::TakenBack => ("Assessment taken back", "orange"),
        ReferralState::ConsentWithdrawn => ("Consent ended", "red"),
        ReferralState::Replaced => ("Sent again", "grey"),
    }
}

/// One referral to the assessor's centre.
///
/// # Errors
/// There is none of this id, or it is another centre's: the same page for both.
async fn open(state: &AppState, assessor: &Assessor, id: &str) -> Result<KeptReferral, Error> {
    let id: ReferralId = id.parse().map_err(|_| Error::not_found())?;
    let store = state.store().as_assessor(assessor.account.id);
    let found = store.referral(id).await?;
    let found = found.filter(|r| r.state != ReferralState::Replaced);
    let found = found.ok_or_else(Error::not_found)?;
    Ok(within(found, state.today()))
}

/// A referral as far as her consent goes today: after its last day the centre sees nothing.
fn within(mut kept: KeptReferral, today: NaiveDate) -> KeptReferral {
    let over = kept
        .referral
        .as_ref()
        .is_some_and(|r| r.consent.until < today);
    if over {
        kept.state = ReferralState::ConsentWithdrawn;
        kept.referral = None;
        kept.messages.clear();
        kept.replies.clear();
    }
    kept
}
