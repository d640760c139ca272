//! What an author waits for, and what came and waits for her: centres' replies and
//! questions, places that lapse, and what a second person said of a report. One list over
//! all her reports, the soonest first.
//!
//! Not here: the enquiries (`worklist`), or one referral (`referrals::one`).

use axum::{extract::State, response::Response};
use chrono::NaiveDate;
use serde::Serialize;

use super::referrals;
use crate::{
    case::Assessment,
    store::{Awaited, Awaiting, ReferralState, ReviewState, Side},
    web::{error::Error, links, state::AppState, templates::Page, visit::SignedIn, words},
};

/// Everything that is out.
#[derive(Debug, Serialize)]
pub struct RepliesPage {
    rows: Vec<Row>,
}

#[derive(Debug, Clone, Serialize)]
struct Row {
    href: String,
    report: String,
    case_number: String,
    example: bool,
    what: String,
    colour: &'static str,
    said: String,
    /// By when, or when the hearing is.
    by: String,
    hearing: String,
    late: bool,
    #[serde(skip)]
    due: Option<NaiveDate>,
}

impl Page for RepliesPage {
    const NAME: &'static str = "replies.html";
    const HTML: &'static str = include_str!("replies.html");

    fn title(&self) -> String {
        "Replies and checks".into()
    }

    fn samples() -> Vec<Self> {
        let row = |late, example| Row {
            href: "/reports/1/referrals/1".into(),
            report: "<i>Angela</i> Example".into(),
            case_number: "26WB0001".into(),
            example,
            what: "Reply awaited".into(),
            colour: "blue",
            said: "Alana <House> was asked to assess her.".into(),
            by: "1 December 2026".into(),
            hearing: "3 December 2026".into(),
            late,
            due: None,
        };
        vec![
            Self { rows: Vec::new() },
            Self {
                rows: vec![row(true, false), row(false, true)],
            },
        ]
    }
}

/// `GET /replies`.
///
/// # Errors
/// The store fails.
pub async fn show(State(state): State<AppState>, author: SignedIn) -> Result<Response, Error> {
    let awaiting = author.reports(&state).awaiting().await?;
    let rows = rows(&awaiting, state.today());
    author.visit.page(&RepliesPage { rows })
}

/// How many things the list holds, for the navigation.
#[must_use]
pub fn count(awaiting: &[Awaiting], today: NaiveDate) -> usize {
    rows(awaiting, today).len()
}

fn rows(awaiting: &[Awaiting], today: NaiveDate) -> Vec<Row> {
    let mut rows: Vec<Row> = awaiting
        .iter()
        .flat_map(|one| of_report(one, today))
        .collect();
    rows.sort_by_key(|row| (row.due.is_none(), row.due));
    rows
}

/// What is said of one thing: in short with its colour, in words, and the day by which it
/// matters.
struct Item {
    what: &'static str,
    colour: &'static str,
    said: String,
    due: Option<NaiveDate>,
}

fn of_report(one: &Awaiting, today: NaiveDate) -> Vec<Row> {
    let row = |href: String, item: Item| Row {
        href,
        report: words::named(&one.name),
        case_number: one.case_number.clone().unwrap_or_default(),
        example: one.fictional,
        what: item.what.into(),
        colour: item.colour,
        said: item.said,
        by: item.due.map_or_else(|| "Not set".into(), words::day),
        hearing: words::hearing(one.hearing),
        late: item.due.is_some_and(|due| due < today),
        due: item.due,
    };
    let checked = one.check.and_then(|state| check(state, one.hearing));
    let review = format!("{}/review", links::report(one.report));
    let of_referrals = one.referrals.iter().flat_map(|awaited| {
        let href = referrals::address(one.report, awaited.kept.id);
        let items = items(awaited, one).into_iter();
        items.map(move |item| (href.clone(), item))
    });
    checked
        .map(|item| (review, item))
        .into_iter()
        .chain(of_referrals)
        .map(|(href, item)| row(href, item))
        .collect()
}

fn check(state: ReviewState, hearing: Option<NaiveDate>) -> Option<Item> {
    let (what, colour, said) = match state {
        ReviewState::Returned => (
            "Sent back",
            "orange",
            "Whoever checked the report sent it back with comments.",
        ),
        ReviewState::Approved => (
            "Approved",
            "green",
            "Whoever checked the report approved it as it stands. You can sign it.",
        ),
        ReviewState::Asked | ReviewState::Withdrawn => return None,
    };
    Some(Item {
        what,
        colour,
        said: said.to_owned(),
        due: hearing,
    })
}

/// What one referral comes to: a question first, since the centre waits for the answer.
fn items(awaited: &Awaited, one: &Awaiting) -> Vec<Item> {
    let kept = &awaited.kept;
    let Some(referral) = &kept.referral else {
        return Vec::new();
    };
    let centre = referral.centre.as_str();
    let item = |what, colour, said: String, due| Item {
        what,
        colour,
        said,
        due,
    };
    let mut items = Vec::new();
    let last = |side: Side| {
        let by_side = kept.messages.iter().filter(|m| m.side == side);
        by_side.map(|m| m.at).max()
    };
    let asks = last(Side::Centre) > last(Side::Author);
    if asks && kept.state.is_awaited() {
        let said = format!("{centre} wrote to you and waits for an answer.");
        items.push(item("Question", "purple", said, Some(referral.reply_by)));
    }
    match kept.state {
        ReferralState::Declined if is_latest(awaited, one) => {
            let said = format!("{centre} cannot assess her. Another centre may.");
            items.push(item("Declined", "grey", said, one.hearing));
        }
        state if state.is_awaited() => {
            let said = match state {
                ReferralState::Accepted => format!("{centre} will assess her."),
                ReferralState::TakenBack => format!("{centre} took its assessment back."),
                _ => format!("{centre} was asked to assess her."),
            };
            items.push(item("Reply awaited", "blue", said, Some(referral.reply_by)));
        }
        _ => {}
    }
    let Some((version, reply)) = kept.reply() else {
        return items;
    };
    let held = awaited.taken_in.as_ref();
    let current = held.filter(|held| i64::from(held.version) == version.version);
    if current.is_none() {
        let said = match held {
            None => format!("{centre} replied. Its reply is not in the report yet."),
            Some(_) => format!("{centre} corrected its reply. The report holds the one before."),
        };
        items.push(item("Reply came", "green", said, one.hearing));
    }
    let dropped = current.map_or(&[][..], |held| held.not_proposed.as_slice());
    let lapses = one
        .hearing
        .and_then(|hearing| lapse(reply, dropped, hearing));
    if let Some(until) = lapses {
        let said = format!("A place that {centre} holds for her lapses before the hearing.");
        items.push(item("Place lapses", "red", said, Some(until)));
    }
    items
}

/// The first day on which a place lapses before the hearing, of those not dropped.
fn lapse(reply: &Assessment, dropped: &[usize], hearing: NaiveDate) -> Option<NaiveDate> {
    let items = reply.package.iter().enumerate();
    let kept = items.filter(|(at, _)| !dropped.contains(at));
    let held = kept.filter_map(|(_, item)| item.held_until);
    held.filter(|until| *until < hearing).min()
}

/// Whether no referral of the report was sent after this one.
fn is_latest(awaited: &Awaited, one: &Awaiting) -> bool {
    let sent = awaited.kept.sent_at;
    one.referrals.iter().all(|other| other.kept.sent_at <= sent)
}
