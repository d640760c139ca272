//! The texts of a case that could be printed, each with its place.
//!
//! Lives here: which texts are looked at. Not here: what is looked for in them. To
//! leave another field out, name it in [`NEVER_PRINTED`].

use std::fmt;

use serde_json::Value;

use crate::case::{Answer, Escalation, InformationSource, Visibility};

/// Where a text stands in the case file.
pub(super) enum Place<'a> {
    Case,
    Field(&'a Place<'a>, &'a str),
    Item(&'a Place<'a>, usize),
}

impl<'a> Place<'a> {
    pub(super) fn field(&'a self, name: &'a str) -> Self {
        Self::Field(self, name)
    }

    pub(super) fn item(&'a self, number: usize) -> Self {
        Self::Item(self, number)
    }

    /// The field of the case file that it is in.
    fn part(&self) -> &str {
        match self {
            Self::Case => "",
            Self::Field(Self::Case, name) => name,
            Self::Field(above, _) | Self::Item(above, _) => above.part(),
        }
    }

    pub(super) fn pointer(&self) -> String {
        match self {
            Self::Case => String::new(),
            Self::Field(above, name) => {
                let name = name.replace('~', "~0").replace('/', "~1");
                format!("{}/{name}", above.pointer())
            }
            Self::Item(above, number) => format!("{}/{number}", above.pointer()),
        }
    }
}

/// `answers.children.value[0].name`.
impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Case => Ok(()),
            Self::Field(Self::Case, name) => f.write_str(name),
            Self::Field(above, name) => write!(f, "{above}.{name}"),
            Self::Item(above, number) => write!(f, "{above}[{number}]"),
        }
    }
}

pub(super) type Look<'l> = dyn FnMut(&Place<'_>, &str) + 'l;

/// Visits every text that could be printed: not keys, not option ids of records
/// kept off the report, not answers kept off it.
pub(super) fn walk(value: &Value, at: &Place<'_>, look: &mut Look<'_>) {
    match value {
        Value::String(text) => look(at, text),
        Value::Array(items) => {
            for (n, item) in items.iter().enumerate() {
                walk(item, &at.item(n), look);
            }
        }
        Value::Object(fields) => {
            let kept_off = fields
                .get("visibility")
                .is_some_and(|v| v == "record-only" || v == "escalate");
            if kept_off {
                return;
            }
            for (key, inner) in fields {
                let off = NEVER_PRINTED
                    .iter()
                    .any(|(part, name)| key == name && at.part() == *part);
                if !off {
                    walk(inner, &at.field(key), look);
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// As [`walk`]. What is no text of the author's (state, kind, day) is named, so that a
/// new field must be thought of here.
pub(super) fn walk_answer(answer: &Answer, at: &Place<'_>, look: &mut Look<'_>) {
    let Answer {
        state: _,
        value,
        sources,
        visibility,
        escalation,
    } = answer;
    if *visibility != Visibility::InReport {
        return;
    }
    if let Some(value) = value {
        walk(value, &at.field("value"), look);
    }
    for (n, source) in sources.iter().enumerate() {
        let InformationSource {
            kind: _,
            detail,
            on: _,
            verified: _,
        } = source;
        if let Some(detail) = detail {
            look(&at.field("sources").item(n).field("detail"), detail);
        }
    }
    if let Some(Escalation { to, done: _ }) = escalation {
        look(&at.field("escalation").field("to"), to);
    }
}

/// Fields that hold such terms by design and are never read by a template.
const NEVER_PRINTED: [(&str, &str); 13] = [
    ("", "protected"),
    ("woman", "address"),
    ("woman", "crn"),
    ("enquiries", "persons"),
    ("enquiries", "addresses"),
    ("enquiries", "record_only"),
    ("enquiries", "reason"),
    ("enquiries", "requested_by"),
    ("services", "entry"),
    ("services", "kept"),
    ("enquiries", "sent_how"),
    ("enquiries", "replied_by"),
    ("services", "confirmed_with"),
];
