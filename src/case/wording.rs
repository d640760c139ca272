//! What the author decided about the wording check: words left as they are, and why.
//!
//! Not here: what is found, or under which key (`review::wording`).

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the author decided about the wording check.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct WordingChoices {
    /// Findings that were set aside, each by the key of its rule and sentence: it comes
    /// back when the sentence changes.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub dismissed: BTreeMap<String, LeftWording>,
}

/// Words left as they are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LeftWording {
    /// Why, in the author's words, for whoever checks or countersigns the report.
    pub reason: String,
}

impl WordingChoices {
    /// True where nothing was decided.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.dismissed.is_empty()
    }
}
