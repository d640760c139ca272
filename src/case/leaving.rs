//! What an author has let stand although it looks like something that must not leave,
//! each with her reason.
//!
//! Lives here: its shape and the name each goes by. Not here: what is looked for, or what
//! can never be let stand (`review::outbound`).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use hmac::{Hmac, KeyInit, Mac};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::Sha256;

/// Longest reason, in characters.
pub const LONGEST_REASON: usize = 300;

/// What may stay, by what names it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Leaving {
    /// A secret of this report's own, so that a name tells nobody which words it stands
    /// for. Made when the first reason is given.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub key: String,
    /// Each place where words may stay, by a name made of the words and the place with
    /// the key.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub allowed: BTreeMap<String, Allowed>,
}

/// A place where words may stay.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Allowed {
    /// Why, in the author's words.
    pub reason: String,
    /// Who said so.
    #[serde(default)]
    pub by: String,
    /// On which day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<NaiveDate>,
    /// Place in the case file, or the part of the report.
    #[serde(default)]
    pub place: String,
    /// What it looks like, without the words: `abuser's name`.
    #[serde(default)]
    pub about: String,
}

impl Leaving {
    /// What words at a place go by, with a report's key. The same words at another place
    /// go by another name.
    #[must_use]
    pub fn name(key: &str, words: &str, place: &str) -> String {
        // HMAC fills a short key with zeros up to its block; doing so here leaves no
        // length to be wrong and so no error to handle.
        let mut block = [0_u8; 64];
        for (to, from) in block.iter_mut().zip(key.bytes()) {
            *to = from;
        }
        let mut mac = Hmac::<Sha256>::new((&block).into());
        mac.update(words.as_bytes());
        mac.update(&[0]);
        mac.update(place.as_bytes());
        let hash: [u8; 32] = mac.finalize().into_bytes().into();
        let half = hash.first_chunk().copied().unwrap_or_default();
        format!("{:032x}", u128::from_be_bytes(half))
    }

    /// True where these words may stay at this place.
    #[must_use]
    pub fn allows(&self, words: &str, place: &str) -> bool {
        !self.allowed.is_empty()
            && self
                .allowed
                .contains_key(&Self::name(&self.key, words, place))
    }

    /// True where nothing is let stand.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.key.is_empty() && self.allowed.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_holds_for_its_words_place_and_report_and_for_no_other() {
        let name = Leaving::name("a key", "darren", "answers.diversity");
        let leaving = Leaving {
            key: "a key".into(),
            allowed: [(name.clone(), Allowed::default())].into(),
        };
        assert!(leaving.allows("darren", "answers.diversity"));
        assert!(!leaving.allows("darren", "answers.strengths"));
        assert!(!leaving.allows("pike", "answers.diversity"));
        assert_ne!(
            name,
            Leaving::name("another", "darren", "answers.diversity")
        );
        assert!(!name.contains("darren") && name.len() == 32);
    }
}
