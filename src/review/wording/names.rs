//! Whose name, title and pronoun stand in a sentence.
//!
//! Lives here: telling that a name is not hers, or not quite, and that *he* can be
//! nobody. Not here: which titles there are, what introduces a person, or who may be
//! *he* (`[people]` of `report-templates/wording/names.toml`). Copying from another
//! report is how such words get into one.

use std::ops::Range;

use regex::Regex;

use super::{
    judge::{Around, Sentence, like},
    load::introduced,
    rules::PeopleRules,
};
use crate::english::Pronouns;

/// How alike two surnames must be for one to be the other misspelt, of 1.
const ALIKE: f64 = 0.7;
/// The same for first names, which come beside her surname.
const FIRST_ALIKE: f64 = 0.5;

/// Words, and what can stand in their place.
type Found = Vec<(Range<usize>, Vec<String>)>;

/// A title or a first name, and the surname after it.
struct Named<'a> {
    /// Where both stand, without a possessive.
    words: Range<usize>,
    first: &'a str,
    surname: &'a str,
    /// True where the surname is hers.
    hers: bool,
}

impl Named<'_> {
    fn both(&self) -> String {
        format!("{} {}", self.first, self.surname)
    }
}

/// Every such pair that a pattern finds. Her surname is known by the whole of it.
fn named<'a>(pattern: &'a Regex, text: &'a str, last: &'a str) -> impl Iterator<Item = Named<'a>> {
    pattern.find_iter(text).filter_map(move |found| {
        let (first, second) = found.as_str().split_once(' ')?;
        let start = found.end() - second.len();
        let hers = !last.is_empty() && starts_with_name(&text[start..], last);
        let surname = if hers {
            last
        } else {
            without_possessive(second)
        };
        Some(Named {
            words: found.start()..start + surname.len(),
            first: first.trim_end_matches('.'),
            surname,
            hers,
        })
    })
}

/// Another title than hers before her surname.
pub(super) fn other_title(people: &PeopleRules, at: Sentence<'_>, around: &Around<'_>) -> Found {
    let (title, last) = (around.her.title.trim(), around.her.last.trim());
    if title.is_empty() {
        return Vec::new();
    }
    named(&people.titled, at.judged, last)
        .filter(|n| n.hers && n.first != title)
        .filter(|n| !is_introduced(people, around.whole, &n.both()))
        .map(|n| (n.words, vec![format!("{title} {last}")]))
        .collect()
}

/// A name that is nearly hers.
pub(super) fn misspelt(people: &PeopleRules, at: Sentence<'_>, around: &Around<'_>) -> Found {
    let (title, last) = (around.her.title.trim(), around.her.last.trim());
    let first = around.her.first.trim();
    let surnames = named(&people.titled, at.judged, last)
        .filter(|n| !n.hers && is_womans(people, n.first) && alike(n.surname, last) >= ALIKE)
        .filter(|n| !is_introduced(people, around.whole, &n.both()))
        .map(|n| {
            let title = if title.is_empty() { n.first } else { title };
            (n.words, vec![format!("{title} {last}")])
        });
    let first_names = named(&people.two_names, at.judged, last)
        .filter(|n| n.hers && n.first != first && !people.titles.iter().any(|t| t == n.first))
        .filter(|n| alike(n.first, first) >= FIRST_ALIKE)
        .filter(|n| !is_introduced(people, around.whole, &n.both()))
        .map(|n| (n.words, vec![format!("{first} {last}")]));
    surnames.chain(first_names).collect()
}

/// A woman with a title whom nothing in the report introduces.
pub(super) fn stranger(people: &PeopleRules, at: Sentence<'_>, around: &Around<'_>) -> Found {
    let last = around.her.last.trim();
    if last.is_empty() {
        return Vec::new();
    }
    named(&people.titled, at.judged, last)
        .filter(|n| !n.hers && is_womans(people, n.first) && alike(n.surname, last) < ALIKE)
        .filter(|n| !is_introduced(people, around.whole, &n.both()))
        .map(|n| (n.words, Vec::new()))
        .collect()
}

/// *He* where nobody has been spoken of who may be one: the first in a passage.
pub(super) fn he(people: &PeopleRules, at: Sentence<'_>, around: &Around<'_>) -> Found {
    if !around.her.pronouns.is_usual() {
        return Vec::new();
    }
    let Some(first) = people.he.find(at.judged) else {
        return Vec::new();
    };
    let may_be_he = [around.before.as_str(), at.raw]
        .iter()
        .any(|text| people.may_be_he.is_match(text) || names_somebody(people, text, around));
    if may_be_he || people.he.is_match(&around.before) {
        Vec::new()
    } else {
        vec![(first.range(), Vec::new())]
    }
}

/// Pronouns of *she* or *he* that she does not ask for, where nobody has been spoken of whose
/// they may be; with her own to put in their place.
pub(super) fn not_asked_for(people: &PeopleRules, at: Sentence<'_>, around: &Around<'_>) -> Found {
    let hers = around.her.pronouns;
    if hers.is_usual() {
        return Vec::new();
    }
    let told = [around.before.as_str(), at.raw];
    let spoken_of = |may_be: &Regex| told.iter().any(|text| may_be.is_match(text));
    let woman = told.iter().any(|text| {
        let last = around.her.last.trim();
        named(&people.titled, text, last).any(|n| !n.hers && is_womans(people, n.first))
    });
    let (she, he) = (
        woman || spoken_of(&people.may_be_she),
        hers == Pronouns::He || spoken_of(&people.may_be_he),
    );
    let all = people.pronouns.captures_iter(at.judged);
    let mended = all.filter_map(|found| {
        let word = found.get(1).or_else(|| found.get(3))?;
        let small = word.as_str().to_lowercase();
        if (small.starts_with("she") || small.starts_with("her")) && she {
            return None;
        }
        if (small.starts_with("hi") || small == "he") && he {
            return None;
        }
        let verb = found
            .get(2)
            .filter(|verb| !NO_VERBS.contains(&verb.as_str()));
        let put = match (small.as_str(), verb) {
            ("she" | "he", Some(verb)) => {
                let put = hers.say_of_she(verb.as_str());
                return Some((word.start()..verb.end(), vec![like(word.as_str(), &put)]));
            }
            ("she" | "he", None) => vec![hers.subject()],
            ("herself" | "himself", _) => vec![hers.reflexive()],
            ("hers", _) => vec![hers.theirs()],
            ("him", _) => vec![hers.object()],
            ("his", _) => vec![hers.possessive(), hers.theirs()],
            _ => vec![hers.possessive(), hers.object()],
        };
        let put = put.into_iter().map(|put| like(word.as_str(), put));
        Some((word.range(), put.collect()))
    });
    mended.collect()
}

/// Words that end in s and are no verb.
const NO_VERBS: [&str; 5] = ["as", "always", "perhaps", "sometimes", "besides"];

/// Whether a text holds what may be the name of anybody but her.
fn names_somebody(people: &PeopleRules, text: &str, around: &Around<'_>) -> bool {
    let her = around.her;
    let hers = [&her.title, &her.first, &her.last];
    people.capital.find_iter(text).any(|word| {
        let hers = hers
            .iter()
            .any(|name| name.split_whitespace().any(|part| part == word.as_str()));
        let ordinary = people.not_names.iter().any(|w| w == word.as_str());
        !hers && !ordinary
    })
}

fn is_womans(people: &PeopleRules, title: &str) -> bool {
    people.hers.iter().any(|t| t == title)
}

/// Whether the report says anywhere who this is.
fn is_introduced(people: &PeopleRules, whole: &str, name: &str) -> bool {
    people.introduced.iter().any(|pattern| {
        Regex::new(&introduced(pattern, name)).is_ok_and(|regex| regex.is_match(whole))
    })
}

/// Whether a text begins with just this name.
fn starts_with_name(text: &str, name: &str) -> bool {
    text.strip_prefix(name)
        .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

fn without_possessive(name: &str) -> &str {
    let cut = name.strip_suffix("'s").or_else(|| name.strip_suffix("’s"));
    cut.unwrap_or(name)
}

fn alike(one: &str, other: &str) -> f64 {
    strsim::normalized_damerau_levenshtein(&one.to_lowercase(), &other.to_lowercase())
}
