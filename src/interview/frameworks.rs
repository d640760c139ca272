//! Themes of need and the frameworks beside them: pathways, priority targets, and
//! which of them a prompt serves.
//!
//! Lives here: their shape, as `themes.toml` spells it. Not here: what the answers
//! say she needs (`needs`).

use serde::{Deserialize, Serialize};

use super::pack::Choice;
use crate::english::AboutHer;

/// Which frameworks a prompt serves.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Serves {
    /// Theme ids (eight themes plus safety and sexual exploitation).
    pub themes: Vec<String>,
    /// Pathway ids (nine).
    pub pathways: Vec<String>,
    /// Priority target ids (seven).
    pub targets: Vec<String>,
    /// Letters of the inspectorate's questions, paraphrased: `a` to `i`.
    pub inspectorate: Vec<String>,
}

/// A theme of need, with its levels described, and its place in the other
/// frameworks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Theme {
    /// Stable id, such as `accommodation`.
    pub id: String,
    /// Name on pages.
    pub name: AboutHer,
    /// Words for the middle of a sentence: `housing`.
    pub prints: AboutHer,
    /// True for the eight commissioned themes; false for safety and exploitation,
    /// which the product holds beside them.
    pub commissioned: bool,
    /// Humane description of a low level of need.
    pub low: String,
    /// Humane description of a medium level of need.
    pub medium: String,
    /// Humane description of a high level of need.
    pub high: String,
    /// Pathways it answers to.
    pub pathways: Vec<String>,
    /// Priority targets it answers to.
    pub targets: Vec<String>,
    /// Section ids of the report where it is discussed.
    pub report_headings: Vec<String>,
    /// Service-type words that the directory's records use for it.
    pub service_words: Vec<String>,
    /// What she may want to come of it, to tick on the theme's page; `prints` goes on
    /// from *She would like*.
    pub outcomes: Vec<Choice>,
    /// Where the description comes from.
    pub source: String,
}

/// One strand of another framework that the pack refers to: a pathway or a
/// priority target.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Strand {
    /// Stable id.
    pub id: String,
    /// Name as pages give it.
    pub name: String,
    /// False where the name was not seen in its source.
    pub verified: bool,
    /// Where it comes from.
    pub source: String,
}
