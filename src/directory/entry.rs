//! What a report keeps of an entry when it chooses a service, and what the entry has
//! come to say since.
//!
//! Lives here: the copy, and comparing it. Not here: what is made of a difference
//! (`review`), or how a fact reads (`telling`). A fact that is only the record's own
//! bookkeeping is named in [`BOOKKEEPING`].

use std::collections::HashMap;

use super::{
    Directory, Service, State,
    telling::Told,
    vocabulary::{Vocabulary, term},
};
use crate::case::{ChosenService, EntryFact};

/// Facts about the record rather than the service: that it was checked again, or by
/// whom, is no change of what it says.
const BOOKKEEPING: [&str; 6] = [
    "verified",
    "next_check",
    "owner",
    "as_at",
    "confidence",
    "source",
];

/// Facts that a record keeps beside those that are told, with their labels.
const NAMES: [(&str, &str); 2] = [("name", "Name"), ("organisation", "Run by")];

/// How an entry stands now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EntryState {
    /// Its service may be offered.
    Working,
    /// It takes no referrals for the time being.
    Paused,
    /// It takes no referrals any more.
    Closed,
    /// It has ended.
    Historic,
    /// It has not opened.
    NotOpen,
    /// Nothing of it may leave, so that no report can name it.
    Withheld,
    /// There is no such entry any more.
    Gone,
}

impl EntryState {
    /// False where a report should not name it without knowing better.
    #[must_use]
    pub fn is_there(self) -> bool {
        matches!(self, Self::Working | Self::Paused)
    }
}

/// One fact that an entry says otherwise now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryChange {
    /// Which fact.
    pub fact: String,
    /// What it is called.
    pub label: String,
    /// What the copy says; empty where it says nothing.
    pub was: String,
    /// What the entry says now; empty where it says nothing.
    pub now: String,
}

/// A copy beside its entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SinceChosen {
    /// How the entry stands.
    pub state: EntryState,
    /// What it says otherwise; empty where no copy was kept.
    pub changes: Vec<EntryChange>,
    /// True where the author has seen just these changes and kept to the copy.
    pub kept: bool,
    /// False where the case file holds no copy to compare.
    pub copied: bool,
}

impl SinceChosen {
    /// True where the entry has changed and the author has not said what to make of it.
    #[must_use]
    pub fn is_news(&self) -> bool {
        !self.changes.is_empty() && !self.kept
    }
}

impl Directory {
    /// The entry as a report may keep it: what it says, fact by fact, without what must
    /// not leave. `None` where all of it must stay.
    #[must_use]
    pub fn entry(&self, service: &Service) -> Option<Vec<EntryFact>> {
        let public = service.record.public()?;
        let told = self.tell(&public).into_iter().filter(|t| t.known);
        let names = NAMES.iter().map(|(key, _)| EntryFact {
            fact: (*key).to_owned(),
            says: name_of(&public, key).to_owned(),
        });
        let facts = told.map(|t| EntryFact {
            fact: t.key,
            says: t.says,
        });
        Some(names.chain(facts).collect())
    }

    /// Facts of a copy as labelled lines, in the copy's order; one whose key is no fact
    /// any more is left out.
    #[must_use]
    pub fn labelled<'f>(&self, facts: &'f [EntryFact]) -> Vec<(String, &'f str)> {
        let names = NAMES.map(|(key, label)| (key.to_owned(), label.to_owned()));
        let told = self.tell(&super::Record::default()).into_iter();
        let labels: HashMap<String, String> = names
            .into_iter()
            .chain(told.map(|t| (t.key, t.label)))
            .collect();
        let known = facts.iter().filter_map(|f| Some((labels.get(&f.fact)?, f)));
        known
            .map(|(label, f)| (label.clone(), f.says.as_str()))
            .collect()
    }

    /// How a service stands now, for one named in a report.
    #[must_use]
    pub fn state_of(&self, id: &str) -> EntryState {
        let Some(service) = self.service(id) else {
            return EntryState::Gone;
        };
        if service.record.public().is_none() {
            return EntryState::Withheld;
        }
        let stated = |key| states(service, self.vocabulary(), key);
        match service.state {
            State::Historic => EntryState::Historic,
            State::NotOpen => EntryState::NotOpen,
            _ if stated(term::CLOSED) => EntryState::Closed,
            _ if stated(term::PAUSED) => EntryState::Paused,
            _ => EntryState::Working,
        }
    }

    /// What the entry has come to say since a report chose its service.
    #[must_use]
    pub fn since_chosen(&self, chosen: &ChosenService) -> SinceChosen {
        let state = self.state_of(&chosen.id);
        let copied = !chosen.entry.is_empty();
        let service = self.service(&chosen.id);
        let public = service.and_then(|s| s.record.public());
        let changes = match public.filter(|_| copied) {
            Some(now) => {
                let names = NAMES.iter().map(|(key, label)| Told {
                    key: (*key).to_owned(),
                    label: (*label).to_owned(),
                    says: name_of(&now, key).to_owned(),
                    known: true,
                });
                let facts = names.chain(self.tell(&now));
                facts.filter_map(|told| change(chosen, told)).collect()
            }
            None => Vec::new(),
        };
        SinceChosen {
            kept: copied && kept_of(&changes) == chosen.kept,
            state,
            changes,
            copied,
        }
    }
}

/// What the author has seen, where she keeps to her copy in the face of these changes.
#[must_use]
pub fn kept_of(changes: &[EntryChange]) -> Vec<EntryFact> {
    let now = |change: &EntryChange| EntryFact {
        fact: change.fact.clone(),
        says: change.now.clone(),
    };
    changes.iter().map(now).collect()
}

fn name_of<'r>(record: &'r super::Record, key: &str) -> &'r str {
    if key == "name" {
        &record.name
    } else {
        &record.organisation
    }
}

fn states(service: &Service, vocabulary: &Vocabulary, key: &str) -> bool {
    let place = vocabulary.place(key);
    place.is_some_and(|place| service.stated.has(place))
}

fn change(chosen: &ChosenService, told: Told) -> Option<EntryChange> {
    if BOOKKEEPING.contains(&told.key.as_str()) {
        return None;
    }
    let copy = chosen.entry.iter().find(|f| f.fact == told.key);
    let was = copy.map(|f| f.says.trim().to_owned()).unwrap_or_default();
    let now = if told.known {
        told.says.trim().to_owned()
    } else {
        String::new()
    };
    (was != now).then_some(EntryChange {
        fact: told.key,
        label: told.label,
        was,
        now,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        content::ContentFiles,
        directory::{
            Record,
            facts::{Location, Stated},
        },
    };

    const ID: &str = "39f97b70-5199-5486-b659-5508636f2c0b"; // Alana House

    fn shipped() -> Directory {
        Directory::load(&ContentFiles::embedded().unwrap()).unwrap()
    }

    fn chosen(directory: &Directory) -> ChosenService {
        let service = directory.service(ID).unwrap();
        ChosenService {
            id: ID.into(),
            entry: directory.entry(service).unwrap(),
            ..ChosenService::default()
        }
    }

    fn with(directory: &Directory, change: impl FnOnce(&mut Record)) -> Directory {
        let mut record = directory.service(ID).unwrap().record.clone();
        change(&mut record);
        directory.with_records(vec![record])
    }

    #[test]
    fn a_copy_holds_what_is_known_and_nothing_that_is_not() {
        let directory = shipped();
        let entry = chosen(&directory).entry;
        assert_eq!(entry[0].fact, "name");
        assert!(entry.iter().all(|f| !f.says.trim().is_empty()), "{entry:?}");
        let service = directory.service(ID).unwrap();
        let unknown = directory.tell(&service.record);
        let unknown: Vec<_> = unknown.iter().filter(|t| !t.known).collect();
        assert!(!unknown.is_empty());
        for told in unknown {
            assert!(entry.iter().all(|f| f.fact != told.key), "{}", told.key);
        }
    }

    #[test]
    fn an_unchanged_entry_is_no_news_and_neither_is_that_it_was_checked_again() {
        let directory = shipped();
        let chosen = chosen(&directory);
        assert!(!directory.since_chosen(&chosen).is_news());
        let checked = with(&directory, |r| r.facts.owner = "Alana House".into());
        assert_eq!(checked.since_chosen(&chosen).changes, Vec::new());
    }

    #[test]
    fn a_change_is_told_with_what_it_was_and_is_until_the_author_keeps_to_her_copy() {
        let directory = shipped();
        let mut chosen = chosen(&directory);
        let paused = with(&directory, |r| {
            r.facts.terms.push(Stated::yes(term::PAUSED));
            r.facts.alert = "No new referrals until January".into();
        });
        let since = paused.since_chosen(&chosen);
        assert_eq!(since.state, EntryState::Paused);
        assert!(since.is_news());
        let change = &since.changes[0];
        assert_eq!(change.fact, "referral_state");
        assert_eq!(change.was, "");
        assert!(change.now.contains("No new referrals"), "{}", change.now);

        chosen.kept = kept_of(&since.changes);
        assert!(!paused.since_chosen(&chosen).is_news());
        let again = with(&paused, |r| r.facts.alert = "Closed for good".into());
        assert!(again.since_chosen(&chosen).is_news());
    }

    #[test]
    fn an_entry_that_has_ended_or_gone_says_so() {
        let directory = shipped();
        let chosen = chosen(&directory);
        let closed = with(&directory, |r| {
            r.facts.terms.push(Stated::yes(term::CLOSED));
        });
        assert_eq!(closed.since_chosen(&chosen).state, EntryState::Closed);
        let elsewhere = ChosenService {
            id: "no-such-entry".into(),
            ..chosen
        };
        assert_eq!(directory.since_chosen(&elsewhere).state, EntryState::Gone);
    }

    #[test]
    fn what_must_not_be_known_is_never_in_a_copy() {
        let directory = with(&shipped(), |r| {
            r.area.locality = "Hidden Street, Reading".into();
            r.facts.locations = vec![Location {
                address: "7 Hidden Street".into(),
                postcode: "RG1 9ZZ".into(),
                internal: true,
                ..Location::default()
            }];
        });
        let entry = format!("{:?}", chosen(&directory).entry);
        assert!(!entry.contains("Hidden") && !entry.contains("RG1 9ZZ"));
        let whole = with(&directory, |r| r.facts.internal_only = true);
        assert_eq!(whole.entry(whole.service(ID).unwrap()), None);
        assert_eq!(whole.state_of(ID), EntryState::Withheld);
    }
}
