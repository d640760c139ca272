//! The editor's worklist: her organisation's entries, the next check due first. This
//! list is the reminder; Foreword sends no mail.

use axum::{
    extract::{Query, State},
    response::Response,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    Desk, MINE,
    due::{Due, stale_parts},
};
use crate::{
    directory::{Directory, Service, Told},
    english::listed,
    web::{error::Error, state::AppState, templates::Page, visit::Keeper, words::count},
};

/// Facts that are often rightly empty, or that a check fills in itself.
const MAY_BE_EMPTY: [&str; 8] = [
    "not_before",
    "contract",
    "conflicts",
    "note",
    "next_check",
    "confidence",
    "owner",
    "verified",
];
/// So many unknown facts are named; of the others, how many.
const NAMED: usize = 5;
/// Facts that change from week to week, shown on the list itself.
const NOW: [&str; 3] = ["referral_state", "capacity", "waiting"];

/// Whether a fact is not known and worth saying.
#[must_use]
pub fn is_missing(told: &Told) -> bool {
    !told.known && !MAY_BE_EMPTY.contains(&told.key.as_str())
}

/// Her entries.
#[derive(Debug, Serialize)]
pub struct MinePage {
    done: &'static str,
    organisations: String,
    said: String,
    rows: Vec<Row>,
    /// Closed, or not open yet: nothing to check week by week.
    resting: Vec<Row>,
}

#[derive(Debug, Clone, Serialize)]
struct Row {
    href: String,
    name: String,
    /// Words and colour.
    tag: (&'static str, &'static str),
    due: String,
    now: Vec<Told>,
    stale: Vec<String>,
    unknown: String,
    #[serde(skip)]
    order: Due,
}

impl Row {
    fn new(service: &Service, directory: &Directory, today: NaiveDate) -> Self {
        let due = Due::of(service, directory, today);
        let told = directory.tell(service);
        let unknown: Vec<&str> = told
            .iter()
            .filter(|t| is_missing(t) && !NOW.contains(&t.key.as_str()))
            .map(|t| t.label.as_str())
            .collect();
        let rest = unknown.len().saturating_sub(NAMED);
        let mut named: Vec<String> = unknown.iter().take(NAMED).map(|&l| l.into()).collect();
        if rest > 0 {
            named.push(format!("{rest} more"));
        }
        Self {
            href: format!("{MINE}/{}", service.id),
            name: service.name.clone(),
            tag: due.tag(),
            due: due.said(),
            stale: stale_parts(service, directory, today),
            unknown: listed(&named),
            now: told
                .into_iter()
                .filter(|t| NOW.contains(&t.key.as_str()))
                .collect(),
            order: due,
        }
    }
}

impl MinePage {
    fn new(desk: &Desk<'_>, today: NaiveDate, done: &str) -> Self {
        let mut rows = Vec::new();
        let mut resting = Vec::new();
        for service in desk.entries() {
            let row = Row::new(service, &desk.directory, today);
            if service.state.may_be_offered() {
                rows.push(row);
            } else {
                resting.push(row);
            }
        }
        for list in [&mut rows, &mut resting] {
            list.sort_by(|a, b| (a.order, &a.name).cmp(&(b.order, &b.name)));
        }
        let now = rows.iter().filter(|row| row.order.is_now()).count();
        Self {
            done: done_words(done),
            organisations: listed(desk.hers.organisations()),
            said: match (rows.len(), now) {
                (0, _) => "There is no entry of a running service yet.".into(),
                (_, 0) => "Every entry has been checked in time. Thank you.".into(),
                (_, 1) => "1 entry needs you to look at it.".into(),
                (_, now) => format!("{now} entries need you to look at them."),
            },
            rows,
            resting,
        }
    }
}

/// What was just done, in words; nothing for anything that is not of this page.
fn done_words(done: &str) -> &'static str {
    match done {
        "checked" => "The entry is marked as checked today.",
        "saved" => "The entry is saved. Report authors see it as it is now.",
        "added" => "The entry is added. Report authors can find it now.",
        "same" => "Nothing was different, so nothing was changed.",
        _ => "",
    }
}

/// Where to go after saving.
#[must_use]
pub fn address_after(done: &str) -> String {
    format!("{MINE}?done={done}")
}

impl Page for MinePage {
    const NAME: &'static str = "keeping_mine.html";
    const HTML: &'static str = include_str!("mine.html");

    fn title(&self) -> String {
        "My entries".into()
    }

    fn samples() -> Vec<Self> {
        let row = |tag| Row {
            href: "/directory/mine/a".into(),
            name: "The <b>Centre</b>".into(),
            tag,
            due: format!("Check was due 1 November 2026, {} ago", count(24, "day")),
            now: vec![Told {
                key: "capacity".into(),
                label: "Room".into(),
                says: "2 of <i>10</i> free".into(),
                known: true,
            }],
            stale: vec!["Its funding ends on 31 December 2026".into()],
            unknown: "Childcare and 3 more".into(),
            order: Due::Never,
        };
        let page = |done, rows, resting| Self {
            done,
            organisations: "Us & Co".into(),
            said: "1 entry needs you to look at it.".into(),
            rows,
            resting,
        };
        let bare = Row {
            now: Vec::new(),
            stale: Vec::new(),
            unknown: String::new(),
            ..row(("Not due yet", "green"))
        };
        vec![
            page("", vec![row(("Overdue", "red")), bare], Vec::new()),
            page(
                done_words("saved"),
                vec![row(("Due soon", "yellow"))],
                vec![row(("Never checked", "red"))],
            ),
            page("", Vec::new(), Vec::new()),
        ]
    }
}

/// What was just done.
#[derive(Debug, Deserialize)]
pub struct Said {
    #[serde(default)]
    done: String,
}

/// `GET /directory/mine`.
///
/// # Errors
/// The store fails.
pub async fn show(
    State(state): State<AppState>,
    keeper: Keeper,
    Query(Said { done }): Query<Said>,
) -> Result<Response, Error> {
    let desk = Desk::of(&state, &keeper).await?;
    let page = MinePage::new(&desk, state.today(), &done);
    keeper.visit.page(&page)
}
