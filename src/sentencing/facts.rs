//! Facts that checks rest on, read from the interview's answers by way of
//! `facts.toml`.
//!
//! Lives here: turning an answer into yes, no or not known. Not here: which prompts
//! exist; a check asks for a fact and never names a prompt. To add a fact, write it in
//! `facts.toml` and ask for it by its id.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::case::CaseFile;

/// One fact, and the prompts that may hold it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// Stable id: `alcohol-dependent`.
    pub id: String,
    /// The fact in words.
    pub words: String,
    /// Prompt ids; the first with a known answer counts.
    pub prompts: Vec<String>,
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
        let word = text.trim().to_lowercase();
        let among = |list: &[String]| list.iter().any(|w| w.to_lowercase() == word);
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
