//! How much of a draft would be typed by hand into the boxes of an official report.
//!
//! The same report is counted: every word of the draft's text, headings apart, but for
//! what the official service fills in or has ticks for, so that nobody types it there.

use crate::report::{Draft, document::Document, plain};

/// Sections that nobody types: who she is, the court, the hearing and the offences
/// (`heading`) and who writes (`about`), which the official service fills in; and the
/// list of what is still to be settled, which is in no finished report.
const FILLED_IN: [&str; 3] = ["heading", "about", "unsettled"];
/// Passages that are ticks in the official service.
const TICKED: [&str; 2] = ["sources/list", "risk/rosh"];
/// What an author who types might leave out: the law's standing on orders and
/// suspension, the table of services with their directory entries, and the day the law
/// was checked.
const MIGHT_BE_LEFT_OUT: [&str; 2] = ["standing", "services"];
const MIGHT_BE_LEFT_OUT_PASSAGES: [&str; 1] = ["sources/law"];

/// Characters that would be typed by hand, the space after each word with them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ByHand {
    /// The same report.
    pub whole: usize,
    /// Of it, without what an author who types might leave out: the lowest count that
    /// can be argued for.
    pub strict: usize,
    /// The whole by section, the longest first.
    pub places: Vec<(String, usize)>,
}

/// Counts a draft.
#[must_use]
pub fn by_hand(draft: &Draft) -> ByHand {
    let mut counted = ByHand::default();
    let is_in = |names: &[&str], id: &str| names.contains(&id);
    for section in &draft.sections {
        if is_in(&FILLED_IN, &section.id) {
            continue;
        }
        let mut here = 0;
        let passages = section.passages.iter().filter(|p| !is_in(&TICKED, &p.id));
        for passage in passages {
            let typed = characters(&passage.markdown);
            here += typed;
            let left_out = is_in(&MIGHT_BE_LEFT_OUT, &section.id)
                || is_in(&MIGHT_BE_LEFT_OUT_PASSAGES, &passage.id);
            counted.strict += if left_out { 0 } else { typed };
        }
        counted.whole += here;
        counted.places.push((section.id.clone(), here));
    }
    counted.places.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    counted
}

fn characters(markdown: &str) -> usize {
    let text = plain::to_text(&Document::from_markdown(markdown));
    let words = text.split_whitespace();
    words.map(|word| word.chars().count() + 1).sum()
}
