//! Sections that their author has edited: her words in place of what the answers give,
//! with the evidence they still rest on, and a mark where they rest on nothing.
//!
//! Lives here: laying edits over a draft. Not here: what her Markdown may do
//! ([`blocks`]), what resembles what ([`resting`]), or judging it (`review`). A draft
//! without edits passes through untouched.

mod blocks;
mod difference;
mod known;
mod merging;
mod resting;

#[cfg(test)]
mod tests;

pub use difference::{Piece, difference};
pub use merging::{Conflict, Merged, merged};

use std::cell::LazyCell;

use super::{
    draft::{Passage, Section},
    evidence::Evidence,
    withhold::{self, Hiding, Term, Withheld},
};
use crate::{
    case::{CaseFile, SectionEdit},
    interview::Interview,
};
use known::Known;

/// What the author made of a section.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Edited {
    /// The section as the answers give it now.
    pub drafted: String,
    /// True where that is not what the author's text was based on.
    pub changed: bool,
}

/// The Markdown of a section as its answers give it.
#[must_use]
pub fn joined(passages: &[Passage]) -> String {
    let each: Vec<&str> = passages.iter().map(|p| p.markdown.as_str()).collect();
    each.join("\n\n")
}

/// Lays the author's edits over the sections that were drafted, and reports what in
/// them must not leave. `edits` are of sections that are among `sections`.
pub(super) fn lay(
    sections: &mut [Section],
    edits: &[(usize, &SectionEdit)],
    case: &CaseFile,
    facts: &serde_json::Value,
    terms: &[Term],
) -> Vec<Withheld> {
    let mut hiding = Hiding::of(terms);
    let known = Known::of(sections, case, facts);
    let elsewhere: Vec<Passage> = sections.iter().flat_map(|s| s.passages.clone()).collect();
    // Made only where a paragraph resembles nothing in its own section.
    let elsewhere = LazyCell::new(|| resting::Behind::of(&elsewhere));
    for (at, edit) in edits {
        let Some(section) = sections.get_mut(*at) else {
            continue;
        };
        let drafted = joined(&section.passages);
        let behind = resting::Behind::of(&section.passages);
        let blocks = blocks::read(&edit.text, section.level);
        let passages = blocks.into_iter().enumerate().map(|(number, markdown)| {
            let markdown = hiding.in_edit(&section.id, markdown);
            let text = blocks::plain(&markdown);
            let evidence = match behind.evidence(&text) {
                found if found.is_empty() => elsewhere.evidence(&text),
                found => found,
            };
            Passage {
                id: format!("{}/edited/{}", section.id, number + 1),
                unsupported: known.unsupported(&text),
                evidence,
                markdown,
            }
        });
        section.passages = passages.collect();
        section.edited = Some(Edited {
            changed: drafted != edit.based_on,
            drafted,
        });
    }
    hiding.withheld
}

/// A text that somebody wrote to stand by itself under a heading of this level, as Markdown
/// that can stand among other text: what of Markdown it may not use is shown as typed.
#[must_use]
pub fn set_out(text: &str, level: u8) -> String {
    blocks::read(text, level).join("\n\n")
}

/// The Markdown of a text that is being written, as the report would hold it: without
/// what must not leave.
#[must_use]
pub fn preview(
    case: &CaseFile,
    interview: &Interview,
    (section, level): (&str, u8),
    text: &str,
) -> String {
    let terms = withhold::terms(case, interview);
    let mut hiding = Hiding::of(&terms);
    let blocks = blocks::read(text, level).into_iter();
    let shown: Vec<String> = blocks.map(|b| hiding.in_edit(section, b)).collect();
    shown.join("\n\n")
}

/// Evidence once each, in the order it came.
fn once(evidence: impl IntoIterator<Item = Evidence>) -> Vec<Evidence> {
    let mut all: Vec<Evidence> = Vec::new();
    for one in evidence {
        if !all.contains(&one) {
            all.push(one);
        }
    }
    all
}
