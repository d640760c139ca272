//! Programmes and interventions that a requirement may name: for whom they are, and
//! where an official catalogue listed them on its date.
//!
//! Lives here: the shape of `programmes.toml`, finding the one that is meant, and what
//! the author is told. What the catalogue does not list is not known, never absent.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    check::{Asked, Matter},
    pack::LawPack,
    rows::{day, source},
    text::long_date,
};
use crate::{
    directory::{NamedArea, Place},
    finding::Finding,
};

/// One programme or intervention.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Programme {
    /// Stable id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Other names it goes by.
    #[serde(default)]
    pub also: Vec<String>,
    /// What it is.
    pub kind: ProgrammeKind,
    /// Whether women can do it.
    pub for_women: ForWomen,
    /// How many sessions, in words.
    #[serde(default)]
    pub sessions: String,
    /// Probation delivery units where it was listed; empty where none was.
    #[serde(default)]
    pub areas: Vec<String>,
    /// The day of that list.
    #[serde(with = "day")]
    pub as_at: Option<NaiveDate>,
    /// Anything else.
    #[serde(default)]
    pub notes: String,
    /// Where it was seen.
    pub citation: String,
    /// Address of it.
    #[serde(default)]
    pub url: String,
    /// The day the row was last checked.
    #[serde(default, with = "day")]
    pub checked: Option<NaiveDate>,
    /// True where somebody has read the source.
    pub verified: bool,
    /// What still has to be read.
    #[serde(default)]
    pub to_check: String,
}

/// What a programme is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProgrammeKind {
    /// Accredited: a programme requirement.
    Accredited,
    /// A structured intervention, within rehabilitation activity.
    Structured,
    /// A toolkit, within rehabilitation activity.
    Toolkit,
}

/// Whether women can do it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ForWomen {
    /// Women only.
    Only,
    /// Women and men.
    Yes,
    /// Men only.
    No,
}

impl Programme {
    /// The delivery unit of a place where it was listed.
    #[must_use]
    pub fn listed_in<'p>(&self, place: &'p Place) -> Option<&'p NamedArea> {
        place.pdus.iter().find(|pdu| self.areas.contains(&pdu.name))
    }
}

impl LawPack {
    /// Every programme, in the file's order.
    #[must_use]
    pub fn programmes(&self) -> &[Programme] {
        &self.programmes
    }

    /// The programme that some words name; the longest name that fits.
    #[must_use]
    pub fn programme_named(&self, words: &str) -> Option<&Programme> {
        let mut fits: Vec<(usize, &Programme)> = Vec::new();
        for programme in &self.programmes {
            let names = std::iter::once(&programme.name).chain(&programme.also);
            for name in names.filter(|name| holds(words, name)) {
                fits.push((name.len(), programme));
            }
        }
        fits.into_iter().max_by_key(|(len, _)| *len).map(|(_, p)| p)
    }
}

/// True where a text holds a name as whole words, in any case of letters.
fn holds(text: &str, name: &str) -> bool {
    let (text, name) = (text.to_lowercase(), name.to_lowercase());
    let apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    text.match_indices(&name).any(|(at, found)| {
        apart(text[..at].chars().next_back()) && apart(text[at + found.len()..].chars().next())
    })
}

/// What is known of the programme a requirement names.
pub(super) fn check(matter: &Matter<'_>, a: &Asked<'_>) -> Vec<Finding> {
    let named = a.proposed.detail.as_deref().unwrap_or_default();
    let pack = matter.law.pack;
    let asks = a.row.names_programme || a.row.counts_plan;
    let Some(programme) = pack.programme_named(named).filter(|_| asks) else {
        return Vec::new();
    };
    let say = |code: &str, more: &[(&str, String)]| {
        let mut with = vec![("detail", programme.name.clone())];
        with.extend(more.iter().cloned());
        let (citation, url) = (&programme.citation, &programme.url);
        let own = source(citation, url, programme.checked, programme.verified);
        matter.law.say(code, &with).sourced(own).at(a.at("detail"))
    };
    let mut findings = Vec::new();
    if programme.for_women == ForWomen::No {
        findings.push(say("practice.programme.men-only", &[]));
        return findings;
    }
    if a.row.names_programme && programme.kind != ProgrammeKind::Accredited {
        findings.push(say("practice.programme.not-accredited", &[]));
    }
    if a.proposed.availability_checked.is_none() {
        let (code, with) = listed(matter, programme);
        findings.push(say(code, &with));
    }
    findings
}

/// What the catalogue says of it where she lives.
fn listed(
    matter: &Matter<'_>,
    programme: &Programme,
) -> (&'static str, Vec<(&'static str, String)>) {
    let as_at = programme.as_at.map(long_date).unwrap_or_default();
    let mut with = vec![("as_at", as_at), ("notes", programme.notes.clone())];
    let Some(lives) = matter.lives else {
        return ("practice.programme.area-unknown", with);
    };
    let found = programme.listed_in(lives);
    with.push((
        "area",
        found.map_or_else(|| lives.label.clone(), |pdu| pdu.name.clone()),
    ));
    if found.is_some() {
        ("practice.programme.was-listed", with)
    } else {
        ("practice.programme.not-listed", with)
    }
}
