//! The difference of two texts, by their words.
//!
//! Lives here: what is kept, taken out and put in, in reading order. Not here: how a page
//! shows it, or bringing two texts together (`merging`).

use serde::Serialize;
use similar::{ChangeTag, TextDiff};

use super::blocks;

/// How few words between two changes are read as part of one change: a text in which
/// every other word is struck out cannot be read.
const ISLAND: usize = 2;

/// A run of words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "is", content = "text", rename_all = "lowercase")]
pub enum Piece {
    /// In both texts.
    Kept(String),
    /// Only in the first.
    Removed(String),
    /// Only in the second.
    Added(String),
}

impl Piece {
    /// Its words, with what stands between them.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Kept(text) | Self::Removed(text) | Self::Added(text) => text,
        }
    }
}

/// What was taken out of one Markdown text and put into another, as they are read. Where
/// only their markup differs, that is shown.
#[must_use]
pub fn difference(before: &str, after: &str) -> Vec<Piece> {
    let (old, new) = (blocks::plain(before), blocks::plain(after));
    if old == new && before != after {
        return by_words(before, after);
    }
    by_words(&old, &new)
}

fn by_words(before: &str, after: &str) -> Vec<Piece> {
    let diff = TextDiff::from_words(before, after);
    let mut runs: Vec<(ChangeTag, String)> = Vec::new();
    for change in diff.iter_all_changes() {
        match runs.last_mut() {
            Some((tag, text)) if *tag == change.tag() => text.push_str(change.value()),
            _ => runs.push((change.tag(), change.value().to_owned())),
        }
    }
    let mut pieces = Vec::new();
    let (mut removed, mut added) = (String::new(), String::new());
    let many = runs.len();
    for (at, (tag, text)) in runs.into_iter().enumerate() {
        let in_change = !removed.is_empty() || !added.is_empty();
        match tag {
            ChangeTag::Delete => removed.push_str(&text),
            ChangeTag::Insert => added.push_str(&text),
            ChangeTag::Equal if in_change && at + 1 < many && is_island(&text) => {
                removed.push_str(&text);
                added.push_str(&text);
            }
            ChangeTag::Equal => {
                close(&mut removed, &mut added, &mut pieces);
                pieces.push(Piece::Kept(text));
            }
        }
    }
    close(&mut removed, &mut added, &mut pieces);
    pieces
}

/// A few words on one line.
fn is_island(text: &str) -> bool {
    !text.contains('\n') && text.split_whitespace().count() <= ISLAND
}

fn close(removed: &mut String, added: &mut String, pieces: &mut Vec<Piece>) {
    let (removed, added) = (std::mem::take(removed), std::mem::take(added));
    if !removed.is_empty() {
        pieces.push(Piece::Removed(removed));
    }
    if !added.is_empty() {
        pieces.push(Piece::Added(added));
    }
}
