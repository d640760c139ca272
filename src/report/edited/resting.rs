//! What an author's paragraph still rests on: the evidence of the drafted passages whose
//! words it uses.
//!
//! Lives here: when one text resembles another. Not here: what an answer is worth
//! (`report::evidence`), or sentences that rest on nothing (`known`).

use std::collections::HashSet;

use super::{blocks, known::tokens, once};
use crate::report::{draft::Passage, evidence::Evidence};

/// How much of the shorter of two texts the other must share, of the words that carry
/// meaning: one in three. Less is met by chance, since every passage speaks of her, the
/// offence and the order; more would lose the evidence of a paragraph that was cut.
const SHARED: (usize, usize) = (1, 3);
/// Never fewer words than this, unless the shorter text has no more.
const FEWEST: usize = 2;

/// Passages as they were drafted, made ready to be compared.
pub(super) struct Behind<'a> {
    passages: Vec<(&'a [Evidence], HashSet<String>)>,
}

impl<'a> Behind<'a> {
    pub(super) fn of(passages: &'a [Passage]) -> Self {
        let each = passages.iter().filter(|p| !p.evidence.is_empty());
        Self {
            passages: each
                .map(|p| (p.evidence.as_slice(), telling(&blocks::plain(&p.markdown))))
                .collect(),
        }
    }

    /// The evidence of every passage that the text resembles.
    pub(super) fn evidence(&self, text: &str) -> Vec<Evidence> {
        let mine = telling(text);
        let alike = self
            .passages
            .iter()
            .filter(|(_, theirs)| resemble(&mine, theirs));
        once(alike.flat_map(|(evidence, _)| evidence.iter().cloned()))
    }
}

fn resemble(a: &HashSet<String>, b: &HashSet<String>) -> bool {
    let shorter = a.len().min(b.len());
    let shared = a.intersection(b).count();
    shorter > 0 && shared >= FEWEST.min(shorter) && shared * SHARED.1 >= shorter * SHARED.0
}

fn telling(text: &str) -> HashSet<String> {
    let all = tokens(text).filter(|token| token.tells);
    all.map(|token| token.stem()).collect()
}
