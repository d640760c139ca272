//! What the author is told, as data: each message by its code, its words with places
//! to fill, and where its source comes from.
//!
//! Lives here: the shape of a message, filling it in, and the list of codes the program
//! uses with the names each offers. Not here: any wording. To add a message, name its
//! code and names in [`USED`] and write it in one of the sentencing files.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::rows::{day, source};
use crate::{
    english::is_mark,
    finding::{Finding, Severity, Source},
};

/// One message, as a content file spells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// Code of the finding: `law.co.too-long`.
    pub code: String,
    /// Code of the rule whose source is shown; absent where the requirement's own row
    /// or `source` gives it.
    #[serde(default)]
    pub rule: Option<String>,
    /// How much it asks.
    pub severity: Grade,
    /// What was found.
    pub what: String,
    /// Why it matters.
    pub why: String,
    /// Ways to settle it.
    pub resolve: Vec<String>,
    /// A source of its own.
    #[serde(default)]
    pub source: Option<MessageSource>,
}

/// How much a message asks, as content files spell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Grade {
    /// Worth knowing.
    Advise,
    /// To settle or explain before signing.
    Warn,
    /// Unlawful as proposed.
    Block,
}

impl From<Grade> for Severity {
    fn from(grade: Grade) -> Self {
        match grade {
            Grade::Advise => Self::Advise,
            Grade::Warn => Self::Warn,
            Grade::Block => Self::Block,
        }
    }
}

/// The source of a message that rests on practice rather than on a row of law.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MessageSource {
    /// What it is.
    pub citation: String,
    /// Address of it.
    #[serde(default)]
    pub url: String,
    /// The day it was last looked at.
    #[serde(default, with = "day")]
    pub checked: Option<NaiveDate>,
    /// True where somebody has read it.
    pub verified: bool,
    /// What still has to be read.
    #[serde(default)]
    pub to_check: String,
}

impl MessageSource {
    /// As findings show it.
    #[must_use]
    pub fn source(&self) -> Source {
        source(&self.citation, &self.url, self.checked, self.verified)
    }
}

/// One reason in the account of the presumption of suspension.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// Code: `subject-to-order`.
    pub code: String,
    /// The sentence.
    pub says: String,
}

/// A value for one `{place}` of a message.
pub(super) type Filled<'a> = [(&'a str, String)];

impl Message {
    /// The finding, with every `{place}` filled in.
    #[must_use]
    pub(super) fn fill(&self, with: &Filled<'_>) -> Finding {
        let mut finding = Finding::new(self.severity.into(), &self.code, fill(&self.what, with))
            .because(fill(&self.why, with).trim());
        for way in &self.resolve {
            finding = finding.way_out(fill(way, with));
        }
        match &self.source {
            Some(own) => finding.sourced(own.source()),
            None => finding,
        }
    }

    /// Every text of the message, for checking its places.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        [self.what.as_str(), self.why.as_str()]
            .into_iter()
            .chain(self.resolve.iter().map(String::as_str))
    }
}

/// Replaces each `{name}` in one pass, so that a filled-in value is never itself
/// searched: an author's words may hold braces.
pub(super) fn fill(text: &str, with: &Filled<'_>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        if let Some((_, value)) = with.iter().find(|(known, _)| *known == name) {
            out.push_str(value);
        } else {
            out.push('{');
            out.push_str(name);
            out.push('}');
        }
        rest = tail;
    }
    out.push_str(rest);
    sentence(out)
}

/// A sentence may open with a value (`{one} falls on …`): it still starts with a
/// capital.
fn sentence(mut text: String) -> String {
    if let Some(first) = text.chars().next().filter(|c| c.is_lowercase()) {
        text.replace_range(..first.len_utf8(), &first.to_uppercase().to_string());
    }
    text
}

/// The names between braces in a text.
pub(super) fn places(text: &str) -> impl Iterator<Item = &str> {
    text.split('{')
        .skip(1)
        .filter_map(|after| after.split_once('}').map(|(name, _)| name))
        .filter(|name| !is_mark(name))
}
