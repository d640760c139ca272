//! What checks say, as rows of a content file: code, severity, words, way out, source.
//!
//! Lives here: the rows' shape, refusing rows that do not fit the program, and filling
//! them in. Not here: any sentence, or when one is said. A room that checks names its
//! findings with the words each may fill in, and reads its own file.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{
    content::SourceRow,
    finding::{Finding, Severity},
};

/// The findings of one file, by code.
#[derive(Debug, Default)]
pub(super) struct Said(BTreeMap<String, FindingText>);

/// One `[[finding]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FindingText {
    code: String,
    severity: Grade,
    what: String,
    why: String,
    resolve: Vec<String>,
    source: SourceRow,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Grade {
    Advise,
    Warn,
    Block,
}

impl Said {
    /// Takes in the rows of a file that is [`lacking`] nothing.
    pub(super) fn of(rows: Vec<FindingText>) -> Self {
        Self(rows.into_iter().map(|f| (f.code.clone(), f)).collect())
    }

    /// A finding by its code, filled in. The loader has made sure that it is there.
    pub(super) fn say(&self, code: &str, with: &[(&str, &str)]) -> Option<Finding> {
        let text = self.0.get(code)?;
        let severity = match text.severity {
            Grade::Advise => Severity::Advise,
            Grade::Warn => Severity::Warn,
            Grade::Block => Severity::Block,
        };
        let what = with.iter().fold(text.what.clone(), |what, (name, value)| {
            what.replace(&format!("{{{name}}}"), value)
        });
        let finding = Finding::new(severity, code, what)
            .because(&text.why)
            .sourced(text.source.source());
        Some(text.resolve.iter().fold(finding, Finding::way_out))
    }
}

/// What a file's rows lack, or name that the program does not offer. `known` is every
/// finding the program gives, with the names its words may use.
pub(super) fn lacking(rows: &[FindingText], known: &[(&str, &[&str])]) -> Vec<String> {
    let mut reasons = Vec::new();
    for (code, names) in known {
        let rows: Vec<_> = rows.iter().filter(|f| f.code == *code).collect();
        let [row] = rows.as_slice() else {
            reasons.push(format!(
                "there must be one [[finding]] with code \"{code}\""
            ));
            continue;
        };
        for name in named(&row.what).filter(|n| !names.contains(n)) {
            let known = names.join(", ");
            reasons.push(format!("{code} names {{{name}}}; it may name {known}"));
        }
    }
    for row in rows {
        if !known.iter().any(|(code, _)| *code == row.code) {
            reasons.push(format!("the program gives no finding \"{}\"", row.code));
        }
    }
    reasons
}

/// The names in braces.
fn named(text: &str) -> impl Iterator<Item = &str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}
