//! What is said of days that do not fit: the rows of `turnaround.toml`.
//!
//! Lives here: their shape, refusing rows that do not fit the program, and filling them
//! in. Not here: any sentence, or when one is said (`turnaround`).

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{
    content,
    finding::{Finding, Severity, Source},
};

/// Every finding of this room, with the names its words may use.
pub(super) const FINDINGS: [(&str, &[&str]); 8] = [
    (
        "consultancy.reply-after-hearing",
        &["centre", "reply_by", "hearing"],
    ),
    (
        "consultancy.hearing-moved",
        &["centre", "reply_by", "hearing", "was"],
    ),
    (
        "consultancy.too-slow",
        &["centre", "days", "left", "hearing"],
    ),
    ("consultancy.overdue", &["centre", "reply_by"]),
    ("consultancy.consent-ends", &["centre", "until", "reply_by"]),
    ("consultancy.consent-withdrawn", &["centre", "on"]),
    (
        "consultancy.place-lapses",
        &["centre", "item", "until", "hearing"],
    ),
    ("consultancy.not-decided", &["centre", "item"]),
];

/// One `[[finding]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Row {
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

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceRow {
    citation: String,
    checked: toml::value::Datetime,
    verified: bool,
    /// For whoever keeps the file.
    #[serde(rename = "to_check", default)]
    _to_check: String,
}

/// The findings by code.
#[derive(Debug, Default)]
pub(super) struct Said(BTreeMap<String, Row>);

impl Said {
    /// The rows, or every reason why they do not fit.
    pub(super) fn of(rows: Vec<Row>) -> Result<Self, Vec<String>> {
        let mut reasons = Vec::new();
        for (code, names) in FINDINGS {
            let Some(row) = rows.iter().find(|row| row.code == code) else {
                reasons.push(format!("there must be a [[finding]] with code \"{code}\""));
                continue;
            };
            let blanks = row.what.split('{').skip(1);
            let named = blanks.filter_map(|rest| Some(rest.split_once('}')?.0));
            for name in named.filter(|name| !names.contains(name)) {
                let known = names.join(", ");
                reasons.push(format!("{code} names {{{name}}}; it may name {known}"));
            }
        }
        for row in &rows {
            if !FINDINGS.iter().any(|(code, _)| *code == row.code) {
                reasons.push(format!("the program gives no finding \"{}\"", row.code));
            }
        }
        if reasons.is_empty() {
            Ok(Self(
                rows.into_iter()
                    .map(|row| (row.code.clone(), row))
                    .collect(),
            ))
        } else {
            Err(reasons)
        }
    }

    /// A finding by its code, filled in.
    pub(super) fn say(&self, code: &str, with: &[(&str, &str)]) -> Option<Finding> {
        let row = self.0.get(code)?;
        let severity = match row.severity {
            Grade::Advise => Severity::Advise,
            Grade::Warn => Severity::Warn,
            Grade::Block => Severity::Block,
        };
        let what = with.iter().fold(row.what.clone(), |what, (name, value)| {
            what.replace(&format!("{{{name}}}"), value)
        });
        let finding = Finding::new(severity, code, what)
            .because(&row.why)
            .sourced(Source {
                citation: row.source.citation.clone(),
                url: None,
                checked: content::day(&row.source.checked),
                verified: row.source.verified,
            });
        Some(row.resolve.iter().fold(finding, Finding::way_out))
    }
}
