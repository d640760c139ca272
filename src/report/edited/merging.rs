//! Bringing an author's text together with a new draft of the same section, from the
//! draft that both began with.
//!
//! Lives here: making sentences the unit of it, and reading what the merge gives. Not
//! here: merging itself, which is `diffy`. Where both changed the same sentence nothing
//! is decided: hers stays in the text, and both are shown.

use diffy::{ConflictStyle, MergeOptions};
use serde::Serialize;
use unicode_segmentation::UnicodeSegmentation;

/// Ends a line that a merge sees and the text does not have. A character that stands for
/// nothing, and that no keyboard has.
const SEAM: char = '\u{e000}';
/// The shortest run of signs that marks a conflict.
const SHORTEST_MARK: usize = 40;

/// Two texts brought together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Merged {
    /// The text with what each changed alone; hers where both changed the same.
    pub text: String,
    /// What both changed.
    pub conflicts: Vec<Conflict>,
}

/// A place that both changed, each in another way.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Conflict {
    /// The author's words; empty where she took them out.
    pub mine: String,
    /// The new draft's words; empty where it has none there.
    pub drafted: String,
}

/// Brings `mine` together with `drafted`, where both go back to `based_on`.
#[must_use]
pub fn merged(based_on: &str, mine: &str, drafted: &str) -> Merged {
    let [base, ours, theirs] = [based_on, mine, drafted].map(lines);
    let mark = mark_length(&[&base, &ours, &theirs]);
    let merge = MergeOptions::new()
        .set_conflict_marker_length(mark)
        .set_conflict_style(ConflictStyle::Merge)
        .merge(&base, &ours, &theirs);
    match merge {
        Ok(text) => Merged {
            text: whole(&text),
            conflicts: Vec::new(),
        },
        Err(marked) => read(&marked, mark),
    }
}

/// The text with a sentence to a line, so that both may change one paragraph. What stands
/// between two sentences has a line too, and so has the end of a line.
fn lines(text: &str) -> String {
    let text = text.replace(SEAM, "");
    let mut out = String::with_capacity(text.len() + 64);
    for line in text.lines() {
        for sentence in line.split_sentence_bounds() {
            let words = sentence.trim_end();
            for part in [words, &sentence[words.len()..]] {
                if !part.is_empty() {
                    out.push_str(part);
                    out.push(SEAM);
                    out.push('\n');
                }
            }
        }
        out.push('\n');
    }
    out
}

/// The text without the lines that were made for merging.
fn whole(text: &str) -> String {
    text.replace(&format!("{SEAM}\n"), "").trim_end().to_owned()
}

/// So many signs that no text holds them in a row.
fn mark_length(texts: &[&String]) -> usize {
    let holds = |length: usize| {
        let signs = ['<', '=', '>', '|'];
        let runs = signs.map(|sign| sign.to_string().repeat(length));
        texts
            .iter()
            .any(|text| runs.iter().any(|run| text.contains(run)))
    };
    let longest = texts
        .iter()
        .map(|text| text.len())
        .max()
        .unwrap_or_default();
    let mut lengths = SHORTEST_MARK..=SHORTEST_MARK + longest;
    let free = lengths.find(|length| !holds(*length));
    free.unwrap_or(SHORTEST_MARK + longest)
}

fn read(marked: &str, mark: usize) -> Merged {
    let sign = |sign: char| sign.to_string().repeat(mark);
    let (begins, between, ends) = (sign('<'), sign('='), sign('>'));
    let mut text = String::with_capacity(marked.len());
    let mut conflicts = Vec::new();
    let (mut mine, mut drafted) = (String::new(), String::new());
    let mut side = None;
    for line in marked.split_inclusive('\n') {
        if line.starts_with(&begins) {
            side = Some(true);
        } else if line.starts_with(&between) {
            side = Some(false);
        } else if line.starts_with(&ends) {
            side = None;
            text.push_str(&mine);
            conflicts.push(Conflict {
                mine: whole(&std::mem::take(&mut mine)),
                drafted: whole(&std::mem::take(&mut drafted)),
            });
        } else {
            match side {
                Some(true) => mine.push_str(line),
                Some(false) => drafted.push_str(line),
                None => text.push_str(line),
            }
        }
    }
    Merged {
        text: whole(&text),
        conflicts,
    }
}
