//! Phrases that reasons, questions and what speaks against a service share.
//!
//! Lives here: a list of needs, terms, times or areas, as a sentence takes it up. Not
//! here: any sentence, or when one is said (`reasons`, `against`, `questions`).

use super::{
    compact::Row,
    facts::Opening,
    geography::Authority,
    index::Near,
    reasons::{One, Teller},
    service::Service,
    telling,
    vocabulary::{TermSet, term},
    wanted::Has,
    words::say,
};
use crate::english::listed;

impl Teller<'_> {
    /// Needs in words. They have "and" and commas in them, so semicolons part them.
    pub(super) fn needs(&self, themes: &[&str]) -> String {
        let prints: Vec<&str> = themes
            .iter()
            .map(|t| self.directory.theme_words(t))
            .collect();
        prints.join("; ")
    }

    /// Names of terms in the middle of a sentence.
    pub(super) fn terms(&self, terms: TermSet) -> String {
        let vocabulary = &self.directory.vocabulary;
        let names = terms.places().filter_map(|place| vocabulary.at(place));
        let names: Vec<&str> = names.map(|t| t.name.as_str()).collect();
        names.join("; ")
    }

    /// Those of some terms that the record states, in words.
    pub(super) fn stated_of<K: AsRef<str>>(&self, row: &Row, keys: &[K]) -> String {
        let vocabulary = &self.directory.vocabulary;
        let terms = vocabulary.set(keys.iter().map(AsRef::as_ref));
        self.terms(row.stated.and(terms))
    }

    /// Languages she needs that the record lists (yes), or that it does not (unknown).
    pub(super) fn languages(&self, one: &One<'_>, which: Has) -> Vec<&str> {
        let asked = self.ask.wants.languages.iter().zip(&self.wanted.languages);
        let has = |number: &Option<u32>| {
            let listed = number.is_some_and(|n| one.languages.contains(&n));
            if listed { Has::Yes } else { Has::Unknown }
        };
        asked
            .filter(|(_, number)| has(number) == which)
            .map(|(language, _)| language.as_str())
            .collect()
    }

    /// What the record says of who comes through the door: its words, or its terms.
    pub(super) fn setting_text(&self, service: &Service) -> String {
        if !service.setting_words.is_empty() {
            return service.setting_words.join("; ");
        }
        let vocabulary = &self.directory.vocabulary;
        let of = [term::MIXED, term::WOMENS_SESSION, term::WOMEN_ONLY];
        let stated = service.stated.and(vocabulary.set(of));
        if stated.is_empty() {
            // It only denies that it is women-only.
            let denied = [("text", vocabulary.name(term::WOMEN_ONLY))];
            return say(&self.words.fact.not, &denied);
        }
        self.terms(stated)
    }

    pub(super) fn times<'o>(&self, openings: impl Iterator<Item = &'o Opening>) -> String {
        let times: Vec<String> = openings
            .map(|o| telling::opening(&self.words.fact, o))
            .filter(|t| !t.is_empty())
            .collect();
        times.join("; ")
    }

    pub(super) fn room(&self, service: &Service) -> String {
        let counted = service
            .facts
            .capacity
            .iter()
            .filter(|c| c.available.is_some());
        let room: Vec<String> = counted
            .map(|c| telling::capacity(&self.words.fact, c))
            .collect();
        room.join("; ")
    }

    pub(super) fn area(&self, near: Near) -> &str {
        let here = self
            .ask
            .place
            .local_authorities
            .get(usize::from(near.authority));
        here.map_or(&self.ask.place.label, |a| &a.name)
    }

    pub(super) fn authority(&self, near: Near) -> Option<&Authority> {
        let here = self
            .ask
            .place
            .local_authorities
            .get(usize::from(near.authority))?;
        self.geography.authority(&here.gss)
    }

    /// A police area's name before the words "police area": `Metropolitan Police` and
    /// `London, City of` stand so in the official list.
    pub(super) fn police(&self, near: Near) -> String {
        let name = self
            .authority(near)
            .and_then(|a| self.geography.police_area(&a.police_area))
            .map_or("", |p| p.name.as_str());
        match name.split_once(", ") {
            Some((last, first)) => format!("{first} {last}"),
            None => name.trim_end_matches(" Police").to_owned(),
        }
    }

    pub(super) fn unit(&self, near: Near) -> String {
        let units: Vec<&str> = self
            .authority(near)
            .into_iter()
            .flat_map(|a| &a.pdus)
            .filter_map(|id| self.geography.unit(id))
            .map(|u| u.name.as_str())
            .collect();
        listed(&units)
    }

    pub(super) fn named(&self, service: &Service) -> String {
        let names: Vec<&str> = service
            .area
            .local_authorities
            .iter()
            .filter_map(|gss| self.geography.authority(gss))
            .map(|a| a.name.as_str())
            .collect();
        if names.is_empty() {
            service.area.text.clone()
        } else {
            listed(&names)
        }
    }
}
