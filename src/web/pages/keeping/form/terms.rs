//! Terms of the published taxonomies as choices: the entry states it, denies it, or
//! does not say.
//!
//! Lives here: the three-way choice, for any taxonomy. Not here: which part of the page
//! asks for which.

use super::reading::{Held, Reading};
use crate::{
    directory::{Directory, Record, Term, facts::Stated},
    web::{
        fields::{Control, FieldView},
        pages::keeping::words::its_own_word,
    },
};

const YES: &str = "yes";
const NO: &str = "no";

fn name(term: &Term) -> String {
    format!("term.{}.{}", term.taxonomy, term.code)
}

/// What an entry says of the terms.
pub fn held<'t>(record: &Record, terms: impl Iterator<Item = &'t Term>, held: &mut Held) {
    for term in terms {
        let key = term.key();
        if let Some(stated) = record.facts.terms.iter().find(|t| t.term == key) {
            held.put(name(term), if stated.no { NO } else { YES });
        }
    }
}

/// One choice a term. `before` is what the label begins with, where the term's own name
/// does not say what it is about.
pub fn choices<'t>(terms: impl Iterator<Item = &'t Term>, before: &str) -> Vec<FieldView> {
    let three = [(YES, "Yes"), (NO, "No"), ("", "Not known")];
    terms
        .map(|term| {
            FieldView::new(
                Control::Radios,
                name(term),
                format!("{before}{}", term.name),
            )
            .hinted_options(three.map(|(value, label)| (value, label, String::new())))
            .inline()
            .small()
        })
        .collect()
}

/// Reads the choices. A term whose choice is as it was keeps whose word it was; any
/// other is the service's own word from now on.
pub fn read<'t>(reading: &Reading<'_>, terms: impl Iterator<Item = &'t Term>, record: &mut Record) {
    for term in terms {
        let no = match reading.form.one(&name(term)) {
            YES => Some(false),
            NO => Some(true),
            _ => None,
        };
        put(record, &term.key(), no, reading);
    }
}

/// States a term (`Some(false)`), denies it (`Some(true)`), or says nothing of it.
pub fn put(record: &mut Record, key: &str, no: Option<bool>, reading: &Reading<'_>) {
    let terms = &mut record.facts.terms;
    let at = terms.iter().position(|t| t.term == key);
    match (at, no) {
        (Some(at), Some(no)) if terms[at].no == no => {}
        (Some(at), None) => {
            terms.remove(at);
        }
        (at, Some(no)) => {
            let stated = Stated {
                term: key.to_owned(),
                no,
                source: its_own_word(reading.today),
            };
            match at {
                Some(at) => terms[at] = stated,
                None => terms.push(stated),
            }
        }
        (None, None) => {}
    }
}

/// Chooses one term of some, which exclude each other; none where `chosen` is `None`.
pub fn choose(record: &mut Record, among: &[&str], chosen: Option<&str>, reading: &Reading<'_>) {
    for key in among {
        let is = chosen == Some(*key);
        let denied = record.facts.terms.iter().any(|t| t.term == **key && t.no);
        // What was denied stays denied, unless it is what is chosen now.
        if is || !denied {
            put(record, key, is.then_some(false), reading);
        }
    }
}

/// The terms of some taxonomies, in that order.
pub fn of<'d>(
    directory: &'d Directory,
    taxonomies: &'static [&'static str],
) -> impl Iterator<Item = &'d Term> {
    taxonomies
        .iter()
        .flat_map(|taxonomy| directory.vocabulary().of(taxonomy))
}
