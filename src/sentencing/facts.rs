//! Facts that checks rest on, read from the interview's answers by way of
//! `facts.toml`.
//!
//! Lives here: turning an answer into yes, no or not known. Not here: which prompts
//! exist; a check asks for a fact and never names a prompt. To add a fact, write it in
//! `facts.toml` and ask for it by its id.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::pack::LawPack;
use crate::{case::CaseFile, finding::Basis};

/// One fact, and the prompts that may hold it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// Stable id: `alcohol-dependent`.
    pub id: String,
    /// The fact in words.
    pub words: String,
    /// The words where it is not so.
    #[serde(default)]
    pub says_no: String,
    /// Prompt ids; the first with a known answer counts.
    #[serde(default)]
    pub prompts: Vec<String>,
    /// Other facts that it is made of: yes where one is, no where all are not.
    #[serde(default)]
    pub any_of: Vec<String>,
    /// Field to read, where the answer is a group.
    #[serde(default)]
    pub field: String,
    /// Answers that mean yes; every other one when empty.
    #[serde(default)]
    pub yes: Vec<String>,
    /// Answers that mean no.
    #[serde(default)]
    pub no: Vec<String>,
    /// Answers that mean not known.
    #[serde(default)]
    pub unsure: Vec<String>,
}

impl Fact {
    /// Yes, no, or not known. An answer that she declined, or that was not asked, is
    /// not known; it is never read as no.
    #[must_use]
    pub fn of(&self, case: &CaseFile) -> Option<bool> {
        let value = self.prompts.iter().find_map(|prompt| case.value(prompt))?;
        let value = match value {
            Value::Object(fields) if !self.field.is_empty() => fields.get(&self.field)?,
            other => other,
        };
        self.read(value)
    }

    /// The prompt whose answer decides it, where there is one.
    fn answered<'a>(&'a self, case: &CaseFile) -> Option<&'a str> {
        let known = self
            .prompts
            .iter()
            .find(|prompt| case.value(prompt).is_some());
        known.map(String::as_str)
    }

    fn read(&self, value: &Value) -> Option<bool> {
        match value {
            Value::Bool(yes) => Some(*yes),
            Value::String(text) => self.word(text),
            Value::Array(items) => self.any(items.iter()),
            Value::Object(fields) => self.any(fields.values()),
            Value::Number(_) | Value::Null => None,
        }
    }

    fn word(&self, text: &str) -> Option<bool> {
        let word = text.trim();
        let among = |list: &[String]| list.iter().any(|w| w.eq_ignore_ascii_case(word));
        if word.is_empty() || among(&self.unsure) {
            None
        } else if among(&self.no) {
            Some(false)
        } else if self.yes.is_empty() || among(&self.yes) {
            Some(true)
        } else {
            None
        }
    }

    /// Yes where any part says yes; no only where every part that says anything says no.
    fn any<'a>(&self, values: impl Iterator<Item = &'a Value>) -> Option<bool> {
        let parts: Vec<bool> = values.filter_map(|v| self.read(v)).collect();
        (!parts.is_empty()).then(|| parts.contains(&true))
    }
}

impl LawPack {
    /// Yes, no, or not known: a fact of `facts.toml` in a case.
    #[must_use]
    pub fn fact(&self, id: &str, case: &CaseFile) -> Option<bool> {
        let fact = self.facts.iter().find(|f| f.id == id)?;
        if fact.any_of.is_empty() {
            return fact.of(case);
        }
        // Made of plain facts only: the loader has made sure.
        let parts: Vec<Option<bool>> = self.parts(fact).map(|part| part.of(case)).collect();
        if parts.contains(&Some(true)) {
            Some(true)
        } else if parts.iter().all(|part| *part == Some(false)) {
            Some(false)
        } else {
            None
        }
    }

    /// The answers that make a fact so, or not so; none where it is not known.
    #[must_use]
    pub fn basis(&self, id: &str, case: &CaseFile) -> Vec<Basis> {
        let (Some(fact), Some(so)) = (self.facts.iter().find(|f| f.id == id), self.fact(id, case))
        else {
            return Vec::new();
        };
        let one = |f: &Fact| {
            let prompt = f.answered(case)?;
            let words = if so { &f.words } else { &f.says_no };
            let words = if words.is_empty() { &f.words } else { words };
            Some(Basis::new(words.as_str(), format!("answers.{prompt}")))
        };
        if fact.any_of.is_empty() {
            return one(fact).into_iter().collect();
        }
        let parts = self.parts(fact).filter(|part| part.of(case) == Some(so));
        parts.filter_map(one).collect()
    }

    /// Where a fact is asked: the place of the first prompt that may hold it.
    #[must_use]
    pub fn asked_at(&self, id: &str) -> Option<String> {
        let fact = self.facts.iter().find(|f| f.id == id)?;
        let own = fact.prompts.first();
        let prompt = own.or_else(|| self.parts(fact).find_map(|part| part.prompts.first()));
        prompt.map(|prompt| format!("answers.{prompt}"))
    }

    fn parts<'a>(&'a self, fact: &'a Fact) -> impl Iterator<Item = &'a Fact> {
        let found = |id: &String| self.facts.iter().find(|f| f.id == *id);
        fact.any_of.iter().filter_map(found)
    }
}
