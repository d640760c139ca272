//! What a plan goes by that is no code: purposes with what completes and what follows,
//! published outcomes, requirements in plain words.
//!
//! Lives here: their shape and refusing what says nothing. Not here: any sentence
//! (`report-templates/plan/`), or the documents (`report::planned`).

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use chrono::NaiveDate;
use serde::Deserialize;

use super::{How, OriginKind, Outcome};
use crate::{
    case::{CaseFile, OrderKind},
    content::{ContentError, ContentFiles},
    english::{AboutHer, Pronouns},
};

const FOLDER: &str = "report-templates/plan";

/// Everything a plan goes by.
#[derive(Debug, Clone)]
pub struct PlanTexts {
    /// What a plan may go with, in the order they are offered.
    pub purposes: Vec<Purpose>,
    /// Outcomes of every status.
    pub outcomes: Vec<PublishedOutcome>,
    /// Where the outcomes were published.
    pub outcomes_source: Source,
    /// Words that are no sentence of a document.
    pub words: PlanWords,
    plain: BTreeMap<String, Plain>,
}

/// Where something is from.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// What was read.
    pub citation: String,
    /// Where.
    #[serde(default)]
    pub url: String,
    /// On which day.
    pub checked: toml::value::Datetime,
    /// True where it was seen to say so.
    pub verified: bool,
}

/// What a plan goes with.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Purpose {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is, for whoever chooses.
    pub about: String,
    /// The same, on her paper.
    pub her: String,
    /// What the first day of such a plan is.
    pub starts: String,
    /// What completes if the plan is followed.
    #[serde(default)]
    pub completes: Vec<Consequence>,
    /// What happens if it is not.
    #[serde(default)]
    pub if_not: Vec<Consequence>,
}

/// What follows from keeping to a plan, or from not.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consequence {
    /// For the worker.
    pub says: AboutHer,
    /// For her, in plain words; empty where it is not on her paper.
    #[serde(default)]
    pub her: String,
    /// For her, where somebody else may see it.
    #[serde(default)]
    pub discreet: String,
    /// Orders it is true of; every one where empty.
    #[serde(default)]
    pub orders: Vec<OrderKind>,
    /// Whether it is true of orders with reviews by an intensive supervision court, or of
    /// those without; of both where it is not said.
    #[serde(default)]
    pub reviews: Option<bool>,
    /// Where it is from.
    pub source: Source,
}

impl Consequence {
    /// True where it is true of what a case proposes.
    #[must_use]
    pub fn holds_for(&self, case: &CaseFile) -> bool {
        let order = case.proposal.order;
        let reviews = case.proposal.special_reviews == Some(true);
        let ordered = self.orders.is_empty() || order.is_some_and(|o| self.orders.contains(&o));
        ordered && self.reviews.is_none_or(|which| which == reviews)
    }
}

/// Whether an outcome is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OutcomeStatus {
    /// Published, and offered.
    InUse,
    /// No longer published: kept so that an older plan can be read.
    Deprecated,
    /// Foreword's own, where none is published.
    Own,
}

/// A published outcome.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublishedOutcome {
    /// Theme id.
    pub theme: String,
    /// Its id within the theme.
    pub id: String,
    /// In words about her.
    pub says: AboutHer,
    /// Whether it is offered.
    pub status: OutcomeStatus,
    /// The day it was deprecated.
    #[serde(default)]
    pub until: Option<toml::value::Datetime>,
    /// For whom it is not.
    #[serde(default)]
    pub note: String,
}

/// Words that are no sentence of a document.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanWords {
    /// What stands where nobody knows.
    pub unknown: String,
    /// The same on her paper.
    pub unknown_for_her: String,
    /// What is put to a line that is not verified.
    pub unchecked: String,
    /// Heading of steps that serve no one need.
    pub whole: String,
    /// What a paper says of safe contact, where it is recorded: never how.
    pub contact: AboutHer,
    /// Why a step ends that the proposal no longer has.
    pub gone: String,
    /// What a part was made from, by kind.
    pub origins: BTreeMap<String, AboutHer>,
    /// How far a thing has come, and `none`.
    pub how: BTreeMap<String, String>,
    /// The same on her paper.
    pub how_for_her: BTreeMap<String, String>,
    /// Titles of the documents.
    pub titles: Names,
    /// Their files.
    pub files: Names,
}

/// A name for each document.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Names {
    /// Her paper.
    pub her: String,
    /// The worker's form.
    pub worker: String,
    /// The note to the bench.
    pub bench: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Plain {
    says: String,
    #[serde(default)]
    amount: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PurposesFile {
    purpose: Vec<Purpose>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OutcomesFile {
    source: Source,
    outcome: Vec<PublishedOutcome>,
}

fn path(file: &str) -> String {
    format!("{FOLDER}/{file}")
}

impl PlanTexts {
    /// Reads and checks the texts. `themes` and `requirements` are those there are.
    ///
    /// # Errors
    /// A file does not read, an id stands twice or is none there is, or a text is empty.
    pub fn load(
        files: &ContentFiles,
        themes: &[&str],
        requirements: &[&str],
    ) -> Result<Self, Vec<ContentError>> {
        let one = |e| vec![e];
        let purposes: PurposesFile = files.toml(&path("purposes.toml")).map_err(one)?;
        let outcomes: OutcomesFile = files.toml(&path("outcomes.toml")).map_err(one)?;
        let plain: BTreeMap<String, Plain> = files.toml(&path("plain.toml")).map_err(one)?;
        let words: PlanWords = files.toml(&path("texts.toml")).map_err(one)?;
        let mut faults = Vec::new();
        let mut fault = |file: &str, reason: String| {
            faults.push(ContentError::new(&path(file), None, reason));
        };
        let mut seen = BTreeSet::new();
        for purpose in &purposes.purpose {
            if !seen.insert(purpose.id.as_str()) {
                fault("purposes.toml", format!("`{}` stands twice", purpose.id));
            }
            let lines = purpose.completes.iter().chain(&purpose.if_not);
            for line in lines {
                if line.says.trim().is_empty() || line.source.citation.trim().is_empty() {
                    let reason =
                        format!("a line of `{}` says nothing or has no source", purpose.id);
                    fault("purposes.toml", reason);
                }
                if !(line.source.verified || line.her.is_empty() && line.discreet.is_empty()) {
                    let reason = format!(
                        "a line of `{}` is not verified, so it cannot be on her paper",
                        purpose.id
                    );
                    fault("purposes.toml", reason);
                }
            }
        }
        let mut seen = BTreeSet::new();
        for outcome in &outcomes.outcome {
            if !themes.contains(&outcome.theme.as_str()) {
                fault("outcomes.toml", format!("`{}` is no theme", outcome.theme));
            }
            if !seen.insert((&outcome.theme, &outcome.id)) {
                let reason = format!("`{}` stands twice in `{}`", outcome.id, outcome.theme);
                fault("outcomes.toml", reason);
            }
            if (outcome.status == OutcomeStatus::Deprecated) != outcome.until.is_some() {
                let reason = format!(
                    "`{}` of `{}` needs `until` where it is deprecated, and only there",
                    outcome.id, outcome.theme
                );
                fault("outcomes.toml", reason);
            }
        }
        for id in plain
            .keys()
            .filter(|id| !requirements.contains(&id.as_str()))
        {
            fault("plain.toml", format!("`{id}` is no requirement"));
        }
        for kind in OriginKind::ALL {
            if !words.origins.contains_key(kind.id()) {
                fault("texts.toml", format!("`origins` has no `{}`", kind.id()));
            }
        }
        for how in How::ALL.map(How::id).into_iter().chain(["none"]) {
            if !words.how.contains_key(how) {
                fault("texts.toml", format!("`how` has no `{how}`"));
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Self {
            purposes: purposes.purpose,
            outcomes: outcomes.outcome,
            outcomes_source: outcomes.source,
            words,
            plain,
        })
    }

    /// A purpose by its id.
    #[must_use]
    pub fn purpose(&self, id: &str) -> Option<&Purpose> {
        self.purposes.iter().find(|purpose| purpose.id == id)
    }

    /// What an outcome says, whatever its status.
    #[must_use]
    pub fn outcome(&self, outcome: &Outcome) -> Option<&PublishedOutcome> {
        let mut all = self.outcomes.iter();
        all.find(|o| o.theme == outcome.theme && o.id == outcome.id)
    }

    /// Outcomes that are offered for a theme.
    pub fn offered<'a>(&'a self, theme: &'a str) -> impl Iterator<Item = &'a PublishedOutcome> {
        let all = self.outcomes.iter();
        all.filter(move |o| o.theme == theme && o.status != OutcomeStatus::Deprecated)
    }

    /// A requirement in her words; empty where nobody has put it so.
    #[must_use]
    pub fn plain(&self, requirement: &str, amount: Option<u32>) -> String {
        let Some(plain) = self.plain.get(requirement) else {
            return String::new();
        };
        match amount.filter(|_| !plain.amount.is_empty()) {
            Some(amount) => {
                let many = plain.amount.replace("{amount}", &amount.to_string());
                format!("{} {many}", plain.says)
            }
            None => plain.says.clone(),
        }
    }

    /// Words for what a part was made from.
    #[must_use]
    pub fn origin(&self, kind: OriginKind) -> &str {
        self.words.origins.get(kind.id()).map_or("", |words| words)
    }

    /// The same for a document, in these pronouns.
    #[must_use]
    pub fn origin_in(&self, kind: OriginKind, pronouns: Pronouns) -> Cow<'_, str> {
        let found = self.words.origins.get(kind.id());
        found.map_or(Cow::Borrowed(""), |words| words.of(pronouns))
    }

    /// Words for how far something has come.
    #[must_use]
    pub fn how(&self, how: Option<How>) -> &str {
        let id = how.map_or("none", How::id);
        self.words.how.get(id).map_or("", String::as_str)
    }

    /// The same on her paper; empty where nothing was recorded.
    #[must_use]
    pub fn how_for_her(&self, how: Option<How>) -> &str {
        let id = how.map_or("none", How::id);
        let found = self.words.how_for_her.get(id);
        found.map_or("", String::as_str)
    }
}

impl Source {
    /// The day it was read.
    #[must_use]
    pub fn on(&self) -> Option<NaiveDate> {
        self.checked.to_string().parse().ok()
    }
}
