//! Every change of an entry: when, by whom, and what was said before and after.

use std::collections::{HashMap, hash_map::Entry};

use axum::{
    extract::{Path, State},
    response::Response,
};
use serde::Serialize;

use super::{
    Desk, EntryStrip,
    compare::{Difference, differences, told},
};
use crate::{
    directory::{Record, Told},
    store::{AccountId, RecordAct, RecordChange},
    web::{error::Error, state::AppState, templates::Page, visit::Keeper, words},
};

/// The history of an entry, the latest first.
#[derive(Debug, Serialize)]
pub struct HistoryPage {
    entry: EntryStrip,
    changes: Vec<Change>,
    /// The entry as it first was.
    first: Vec<Told>,
    first_said: &'static str,
}

#[derive(Debug, Serialize)]
struct Change {
    at: String,
    /// The name her colleagues know her by; only those who keep the entry see it.
    by: String,
    did: &'static str,
    differences: Vec<Difference>,
}

fn did(act: RecordAct) -> &'static str {
    match act {
        RecordAct::Added => "added it",
        RecordAct::Changed => "changed it",
        RecordAct::StillRight => "found it right",
        RecordAct::Imported => "brought it in from outside",
    }
}

impl Page for HistoryPage {
    const NAME: &'static str = "keeping_history.html";
    const HTML: &'static str = include_str!("history.html");

    fn title(&self) -> String {
        format!("History of {}", self.entry.name)
    }

    fn samples() -> Vec<Self> {
        let change = |differences| Change {
            at: "22 November 2026 at 4:05pm".into(),
            by: "Eve <Editor>".into(),
            did: did(RecordAct::Changed),
            differences,
        };
        let page = |changes| Self {
            entry: EntryStrip::sample(),
            changes,
            first: vec![Told {
                key: "area".into(),
                label: "Where it works".into(),
                says: "<b>Reading</b>".into(),
                known: true,
            }],
            first_said: OF_THE_FOLDER,
        };
        let some = super::stale::Meanwhile::sample().differences;
        vec![
            page(vec![change(some), change(Vec::new())]),
            page(Vec::new()),
        ]
    }
}

const OF_THE_FOLDER: &str = "As it came with Foreword, before anybody changed it here";
const ADDED_HERE: &str = "As it was first added here";

/// `GET /directory/mine/{id}/history`.
///
/// # Errors
/// She keeps no such entry, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    keeper: Keeper,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let desk = Desk::of(&state, &keeper).await?;
    let entry = desk.entry(&id).await?;
    let history = state.store().record_history(&id).await?;
    let names = names(&state, &history).await?;
    let original = desk.original(&id);
    let oldest = history.last().map(|change| change.record.clone());
    let (first, first_said) = match (&original, oldest) {
        (Some(original), _) => (original.clone(), OF_THE_FOLDER),
        (None, Some(oldest)) => (oldest, ADDED_HERE),
        (None, None) => (entry.record.clone(), ADDED_HERE),
    };
    let before = history.iter().skip(1).map(|change| Some(&change.record));
    let before = before.chain([original.as_ref()]);
    let changes = history.iter().zip(before).map(|(change, before)| Change {
        at: words::moment(change.at),
        by: match change.by {
            Some(by) => names.get(&by).cloned().unwrap_or_default(),
            None => "An import".into(),
        },
        did: did(change.act),
        differences: before
            .map(|before: &Record| differences(&desk.directory, before, &change.record))
            .unwrap_or_default(),
    });
    let page = HistoryPage {
        entry: EntryStrip::of(&entry.record),
        changes: changes.collect(),
        first: told(&desk.directory, &first),
        first_said,
    };
    keeper.visit.page(&page)
}

/// The names of those who changed it.
async fn names(
    state: &AppState,
    history: &[RecordChange],
) -> Result<HashMap<AccountId, String>, Error> {
    let mut names = HashMap::new();
    for by in history.iter().filter_map(|change| change.by) {
        if let Entry::Vacant(place) = names.entry(by) {
            let account = state.store().account(by).await?;
            place.insert(account.map(|a| a.display_name).unwrap_or_default());
        }
    }
    Ok(names)
}
