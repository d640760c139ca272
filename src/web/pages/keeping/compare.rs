//! Two states of an entry side by side, in the words of its pages.
//!
//! Lives here: which lines differ. Not here: how a fact reads (`directory::telling`).

use serde::Serialize;

use crate::directory::{Directory, Record, Told};

/// Written anew with every change, so that they say nothing of what it was.
const ALWAYS: [&str; 2] = ["as_at", "source"];

/// A fact that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Which fact.
    pub key: String,
    /// What it is called.
    pub label: String,
    /// What was said.
    pub before: String,
    /// What is said.
    pub after: String,
}

/// Every fact of an entry, its name first.
#[must_use]
pub fn told(directory: &Directory, record: &Record) -> Vec<Told> {
    let named = [
        ("name", "Name", &record.name),
        ("organisation", "Organisation", &record.organisation),
        ("kind", "Kind of service", &record.kind),
    ];
    let named = named.map(|(key, label, says)| Told {
        key: key.to_owned(),
        label: label.to_owned(),
        says: says.clone(),
        known: !says.is_empty(),
    });
    named.into_iter().chain(directory.tell(record)).collect()
}

/// The facts that differ, in the order of a page.
#[must_use]
pub fn differences(directory: &Directory, before: &Record, after: &Record) -> Vec<Difference> {
    let was = told(directory, before);
    told(directory, after)
        .into_iter()
        .filter(|now| !ALWAYS.contains(&now.key.as_str()))
        .filter_map(|now| {
            let then = was.iter().find(|then| then.key == now.key)?;
            (then.says != now.says).then(|| Difference {
                key: now.key,
                label: now.label,
                before: then.says.clone(),
                after: now.says,
            })
        })
        .collect()
}
