//! Attributes: the terms a service states, and the facts that ride on them.
//!
//! Lives here: telling our published terms from others, and gathering facts by their
//! code. Not here: what a fact becomes (`document`). A term that is not ours stays as
//! a word, because nobody has decided what it means.

use std::{borrow::Cow, collections::BTreeMap};

use super::{
    super::{DERIVED, fact},
    Reason,
    document::{LINE, Reading},
    fields::Fields,
    reason,
    text::{line, paragraphs},
};
use crate::directory::facts::{Conflict, Stated};

/// Characters of a fact.
const FACT: usize = 6_000;

/// Words of foreign terms that one remark names.
const NAMED: usize = 5;

/// What the attributes of one service, or of its funding, say.
#[derive(Debug, Default)]
pub(super) struct Attributes {
    /// Published terms, stated and denied.
    pub(super) terms: Vec<Stated>,
    /// What sources do not agree on.
    pub(super) conflicts: Vec<Conflict>,
    /// Foreign terms, as words.
    pub(super) words: Vec<String>,
    facts: BTreeMap<String, Vec<String>>,
}

impl Attributes {
    /// A fact's first value; empty where there is none.
    pub(super) fn one(&self, code: &str) -> String {
        let values = self.facts.get(code).and_then(|values| values.first());
        values.cloned().unwrap_or_default()
    }

    /// All values of a fact, in order.
    pub(super) fn all(&self, code: &str) -> Vec<String> {
        self.facts.get(code).cloned().unwrap_or_default()
    }

    /// A fact's first value, or what stands in its place.
    pub(super) fn or(&self, code: &str, otherwise: &str) -> String {
        let one = self.one(code);
        if one.is_empty() {
            otherwise.to_owned()
        } else {
            one
        }
    }

    /// A fact that is a number.
    pub(super) fn number(&self, code: &str) -> Option<u16> {
        self.one(code).parse().ok()
    }

    /// A property whose words did not fit the standard's format.
    pub(super) fn as_recorded(&self, property: &str) -> String {
        let all = self.facts.get(fact::AS_RECORDED).into_iter().flatten();
        all.filter_map(|value| value.split_once(' '))
            .find(|(of, _)| *of == property)
            .map(|(_, words)| words.to_owned())
            .unwrap_or_default()
    }

    fn state(&mut self, term: String, no: bool) {
        if !self.terms.iter().any(|t| t.term == term) {
            let source = String::new();
            self.terms.push(Stated { term, no, source });
        }
    }
}

impl Reading<'_, '_> {
    /// The attributes of a service, its funding or the like.
    pub(super) fn attributes(&mut self, of: Fields<'_>) -> Result<Attributes, Reason> {
        let mut found = Attributes::default();
        for attribute in self.list(of, &["attributes"])? {
            if self.text(attribute, "label")? == DERIVED {
                continue;
            }
            self.attribute(attribute, &mut found)?;
        }
        // Open Referral UK 1.0.
        for link in self.list(of, &["service_taxonomys", "service_taxonomies"])? {
            if let Some(term) = self.wrong(link.object("taxonomy"))? {
                let name = self.line(term, "name")?;
                push(&mut found.words, name);
            }
        }
        for value in found.all(fact::TERM_SOURCE) {
            let Some((term, source)) = value.split_once(' ') else {
                continue;
            };
            if let Some(stated) = found.terms.iter_mut().find(|t| t.term == term) {
                source.clone_into(&mut stated.source);
            }
        }
        Ok(found)
    }

    fn attribute(&mut self, attribute: Fields<'_>, found: &mut Attributes) -> Result<(), Reason> {
        let term = self.wrong(attribute.object("taxonomy_term"))?;
        let raw = self.text(attribute, "value")?;
        let id = self.text(attribute, "taxonomy_term_id")?;
        let Some(key) = self.key(term, &id)? else {
            let mut name = match term {
                Some(term) => self.line(term, "name")?,
                None => String::new(),
            };
            if name.is_empty() {
                name = self.line(attribute, "label")?;
            }
            let (value, _) = line(&raw, LINE);
            let word = match (name.is_empty(), value.is_empty()) {
                (_, true) => name,
                (true, false) => value,
                (false, false) => format!("{name}: {value}"),
            };
            push(&mut found.words, word);
            return Ok(());
        };
        let Some(code) = key
            .strip_prefix(fact::TAXONOMY)
            .and_then(|c| c.strip_prefix('/'))
        else {
            found.state(key, false);
            return Ok(());
        };
        match code {
            fact::CONFLICT => found
                .conflicts
                .extend(serde_json::from_str::<Conflict>(&raw).ok()),
            fact::DENIED => found.state(self.known(&raw), true),
            fact::OTHER_TERM => found.state(self.known(&raw), false),
            code => {
                let (value, left_out) = paragraphs(&raw, FACT);
                self.note(code, left_out);
                if !value.is_empty() {
                    found.facts.entry(code.to_owned()).or_default().push(value);
                }
            }
        }
        Ok(())
    }

    /// A term's key as text that may be kept.
    fn known(&mut self, raw: &str) -> String {
        let (key, left_out) = line(raw, LINE);
        self.note("attributes", left_out);
        key
    }

    /// Taxonomy and code of one of our terms, by its id or by its names.
    fn key(&self, term: Option<Fields<'_>>, id: &str) -> Result<Option<String>, Reason> {
        let vocabulary = self.reader.directory.vocabulary();
        let inner = match term {
            Some(term) => self.text(term, "id")?,
            None => Cow::Borrowed(""),
        };
        let by_id = |id: &str| {
            (!id.is_empty())
                .then(|| self.reader.terms.get(id))
                .flatten()
        };
        if let Some(place) = by_id(id).or_else(|| by_id(&inner)) {
            return Ok(vocabulary.at(*place).map(crate::directory::Term::key));
        }
        let Some(term) = term else {
            return Ok(None);
        };
        let (taxonomy, code) = (self.text(term, "taxonomy")?, self.text(term, "code")?);
        let key = format!("{taxonomy}/{code}");
        Ok(vocabulary.place(&key).map(|_| key))
    }

    /// Tells which terms were kept as words.
    pub(super) fn tell_terms(&mut self, found: &Attributes) {
        if found.words.is_empty() {
            return;
        }
        let names: Vec<&str> = found.words.iter().take(NAMED).map(String::as_str).collect();
        let remark = &self.reader.words.remark;
        let told = reason!(remark, terms, "names" => names.join(", "));
        self.remarks.push(told);
    }
}

fn push(words: &mut Vec<String>, word: String) {
    if !word.is_empty() && !words.contains(&word) {
        words.push(word);
    }
}
