//! The rules, compiled once: what is looked for, and what is never judged.
//!
//! Lives here: holding them. Not here: reading and refusing them (`load`), or judging by
//! them (`judge`).

use std::ops::Range;

use regex::{Regex, RegexSet};

use super::rows::{Check, Scope};
use crate::finding::{Severity, Source};

/// The rules of `report-templates/wording/`.
#[derive(Debug)]
pub struct WordingRules {
    pub(super) rules: Vec<Rule>,
    /// What rules look for in what is judged.
    pub(super) judged: Bank,
    /// What rules look for anywhere, quotations included.
    pub(super) anywhere: Bank,
    /// What is never judged.
    pub(super) left_alone: Vec<Regex>,
    pub(super) people: PeopleRules,
    pub(super) short_forms: ShortForms,
}

/// One rule.
#[derive(Debug)]
pub(super) struct Rule {
    pub id: String,
    /// What kind of thing it is about, in words.
    pub about: String,
    pub check: Check,
    pub severity: Severity,
    pub scope: Scope,
    pub with: Option<Regex>,
    pub unless: Option<Regex>,
    pub most_words: usize,
    pub why: String,
    pub advice: Vec<String>,
    pub source: Source,
}

/// Many patterns, looked for all at once.
#[derive(Debug)]
pub(super) struct Bank {
    pub set: RegexSet,
    pub finds: Vec<Find>,
}

/// One pattern of a rule.
#[derive(Debug)]
pub(super) struct Find {
    /// Which rule, by its place among them.
    pub rule: usize,
    pub regex: Regex,
    /// Words that can stand in its place.
    pub put: Vec<String>,
}

/// What rules about names go by.
#[derive(Debug)]
pub(super) struct PeopleRules {
    /// A title and the name after it.
    pub titled: Regex,
    /// Two words with capitals, one after the other.
    pub two_names: Regex,
    pub he: Regex,
    pub may_be_he: Regex,
    pub may_be_she: Regex,
    /// *She* or *he* with a verb, or any pronoun of theirs.
    pub pronouns: Regex,
    /// A word with a capital.
    pub capital: Regex,
    pub hers: Vec<String>,
    pub titles: Vec<String>,
    pub introduced: Vec<String>,
    pub not_names: Vec<String>,
}

/// Short forms, looked for all at once.
#[derive(Debug)]
pub(super) struct ShortForms {
    pub set: RegexSet,
    pub all: Vec<ShortForm>,
}

/// A short form.
#[derive(Debug)]
pub(super) struct ShortForm {
    pub short: Regex,
    /// It in full, in small letters, each way there is.
    pub full: Vec<String>,
    /// It in full with the short form in brackets.
    pub put: String,
}

/// A pattern that begins and ends at the edges of words, whatever its capitals; its
/// apostrophes are of either kind.
pub(super) fn whole_words(pattern: &str) -> String {
    format!(r"(?i)(?-u:\b)(?:{})(?-u:\b)", as_typed(pattern))
}

/// A pattern that may stand anywhere.
pub(super) fn any_place(pattern: &str) -> String {
    format!("(?i)(?:{})", as_typed(pattern))
}

/// With either apostrophe, and with the edges of words as ASCII has them: by Unicode's
/// they slow the whole set down wherever a sentence holds anything but ASCII.
fn as_typed(pattern: &str) -> String {
    pattern.replace('\'', "['’]").replace(r"\b", r"(?-u:\b)")
}

impl WordingRules {
    /// Where names stand in a text that are never judged: those of the rules, and these.
    pub(super) fn left_alone_in(&self, text: &str, names: &[&str]) -> Vec<Range<usize>> {
        let by_rule = self.left_alone.iter().flat_map(|r| r.find_iter(text));
        let mut found: Vec<Range<usize>> = by_rule.map(|m| m.range()).collect();
        for name in names.iter().filter(|name| name.contains(' ')) {
            found.extend(text.match_indices(name).map(|(at, n)| at..at + n.len()));
        }
        found
    }
}
