//! What each paper of a plan names, filled in from a plan and a case.
//!
//! Lives here: what the papers share. Not here: what is on which (`her`, `worker`,
//! `bench`), words, or templates.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use crate::{
    case::CaseFile,
    consultancy::plan::{Entry, Plan, PlanTexts},
    english::{Pronouns, capital, day},
    report::letters::Letters,
};

/// What a plan is printed with.
#[derive(Debug, Clone, Copy)]
pub struct Printing<'a> {
    /// The case.
    pub case: &'a CaseFile,
    /// Words of the plan.
    pub texts: &'a PlanTexts,
    /// Which words are on no paper of hers.
    pub letters: &'a Letters,
    /// Names of themes, by id, for the middle of a sentence.
    pub themes: &'a BTreeMap<String, String>,
}

impl Printing<'_> {
    /// The pronouns she asks for.
    pub(super) fn pronouns(&self) -> Pronouns {
        self.case.woman.name.pronouns
    }
}

#[derive(Debug, Default, Serialize)]
pub(super) struct Break {
    pub(super) before: String,
    pub(super) after: String,
    pub(super) on: String,
    pub(super) why: String,
}

pub(super) fn on(date: Option<NaiveDate>) -> String {
    date.map_or_else(String::new, day)
}

pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(super) fn breaks(plan: &Plan) -> Vec<Break> {
    let all = plan.breaks();
    all.map(|(before, after)| Break {
        before: before.name.clone(),
        after: after.name.clone(),
        on: on(after.from),
        why: one_line(&after.why),
    })
    .collect()
}

pub(super) fn status(texts: &PlanTexts, entry: Option<&Entry>) -> String {
    let said = texts.how(entry.map(|entry| entry.how));
    match entry {
        Some(entry) => format!("{said}, {}", day(entry.on)),
        None => said.to_owned(),
    }
}

/// Days that are known, in order; what is not set yet is said to be.
pub(super) fn reviews(plan: &Plan, unknown: &str) -> Vec<String> {
    let all = plan.reviews_in_order().into_iter();
    all.map(|review| review.on.map_or_else(|| capital(unknown), day))
        .collect()
}

pub(super) fn theme_name(printing: &Printing<'_>, theme: &str) -> String {
    let named = printing.themes.get(theme);
    named.cloned().unwrap_or_else(|| theme.to_owned())
}
