//! The files of `report-templates/wording/` as they are written.
//!
//! Lives here: their shape. Not here: whether they make sense (`load`), or judging
//! anything by them (`judge`).

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use crate::content::SourceRow;

/// The folder of rules.
pub(super) const FOLDER: &str = "report-templates/wording/";
/// The file of sources that rules name.
pub(super) const SOURCES: &str = "report-templates/wording/sources.toml";
/// The file of what is never judged.
pub(super) const LEFT_ALONE: &str = "report-templates/wording/left-alone.toml";

/// `sources.toml`: each source by the name that rules give it.
pub(super) type Sources = BTreeMap<String, SourceRow>;

/// `left-alone.toml`: what is never judged, wherever it stands.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LeftAlone {
    /// Names, letter for letter but for capitals.
    pub names: Vec<String>,
    /// Patterns.
    pub patterns: Vec<Spanned<String>>,
}

/// A file of rules.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    /// What its findings are shown under.
    pub title: String,
    #[serde(default)]
    pub rule: Vec<Spanned<Row>>,
    #[serde(default)]
    pub people: Option<People>,
    #[serde(default)]
    pub short_form: Vec<Spanned<ShortRow>>,
}

/// What a rule looks at, beside words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Check {
    /// The words it lists.
    #[default]
    Words,
    /// Another title before her surname.
    Title,
    /// A name that is nearly hers.
    Misspelt,
    /// A woman whom nothing introduces.
    Stranger,
    /// *He*, where nobody but her has been spoken of.
    Pronoun,
    /// A pronoun she does not ask for, where it can be nobody's but hers.
    HerPronoun,
    /// The length of a sentence.
    Length,
    /// A short form that is not explained where it first stands.
    ShortForm,
}

/// How much a rule asks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Asks {
    #[default]
    Advise,
    Warn,
}

/// Which sentences a rule looks at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Scope {
    /// Every sentence of the report.
    #[default]
    Report,
    /// Sentences whose words somebody typed.
    Written,
}

/// One rule.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Row {
    pub id: String,
    #[serde(default)]
    pub check: Check,
    #[serde(default)]
    pub severity: Asks,
    #[serde(default)]
    pub scope: Scope,
    /// The words it looks for.
    #[serde(default)]
    pub words: Vec<Words>,
    /// It speaks only where this stands in the sentence too.
    pub with: Option<String>,
    /// It does not speak where this stands in the sentence.
    pub unless: Option<String>,
    /// True where it looks inside quotations and words as well.
    #[serde(default)]
    pub anywhere: bool,
    /// The most words a sentence may have.
    pub most_words: Option<usize>,
    pub why: String,
    #[serde(default)]
    pub advice: Vec<String>,
    /// A name of `sources.toml`.
    pub source: String,
    pub example: Vec<String>,
    pub fine: Vec<String>,
}

/// Words to look for, and words that can stand in their place.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub find: String,
    #[serde(default)]
    pub put: Vec<String>,
}

/// What rules about names go by.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct People {
    /// Titles before a surname.
    pub titles: Vec<String>,
    /// Those of them that may be a woman's.
    pub hers: Vec<String>,
    /// Patterns that introduce somebody; `{name}` is the name.
    pub introduced: Vec<String>,
    /// Words for anybody who may be *he*.
    pub may_be_he: Vec<String>,
    /// Words for anybody who may be *she*.
    pub may_be_she: Vec<String>,
    /// Words that open a sentence with a capital and are nobody's name.
    pub not_names: Vec<String>,
}

/// A short form, and what it stands for.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ShortRow {
    pub short: String,
    pub long: String,
    /// Other ways to write it in full.
    #[serde(default)]
    pub also: Vec<String>,
}
