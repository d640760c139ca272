//! Our published taxonomies as the standard's documents.
//!
//! Lives here: the documents, finding them by id or key, and which terms a record's
//! words are read as. Not here: the terms (`taxonomy_terms.csv`).

use std::collections::HashMap;

use uuid::Uuid;

use super::{
    ids,
    types::{Taxonomy, TaxonomyTerm},
};
use crate::directory::{
    Directory,
    service::{Service, Setting},
    vocabulary::term,
};

/// Every taxonomy and term.
#[derive(Debug, Clone)]
pub struct Published {
    taxonomies: Vec<Taxonomy>,
    terms: Vec<TaxonomyTerm>,
    places: HashMap<String, usize>,
}

impl Published {
    /// Those of `directory`.
    #[must_use]
    pub fn of(directory: &Directory) -> Self {
        let vocabulary = directory.vocabulary();
        let taxonomies: Vec<Taxonomy> = vocabulary
            .taxonomies()
            .iter()
            .map(|t| Taxonomy {
                id: ids::recorded(&t.id),
                name: t.name.clone(),
                description: t.description.clone(),
                version: t.version.clone(),
                taxonomy_terms: Vec::new(),
            })
            .collect();
        let terms = vocabulary.terms().iter().map(|t| TaxonomyTerm {
            id: ids::recorded(&t.id),
            code: t.code.clone(),
            name: t.name.clone(),
            description: t.description.clone(),
            parent_id: (!t.parent_id.is_empty()).then(|| ids::recorded(&t.parent_id)),
            taxonomy: t.taxonomy.clone(),
            taxonomy_id: taxonomies
                .iter()
                .find(|taxonomy| taxonomy.name == t.taxonomy)
                .map(|taxonomy| taxonomy.id),
        });
        let terms: Vec<TaxonomyTerm> = terms.collect();
        Self {
            places: vocabulary
                .terms()
                .iter()
                .enumerate()
                .map(|(at, term)| (term.key(), at))
                .collect(),
            taxonomies,
            terms,
        }
    }

    /// Every taxonomy, without its terms.
    #[must_use]
    pub fn taxonomies(&self) -> &[Taxonomy] {
        &self.taxonomies
    }

    /// Every term.
    #[must_use]
    pub fn terms(&self) -> &[TaxonomyTerm] {
        &self.terms
    }

    /// A taxonomy with its terms.
    #[must_use]
    pub fn taxonomy(&self, id: Uuid) -> Option<Taxonomy> {
        let mut found = self.taxonomies.iter().find(|t| t.id == id)?.clone();
        let of = self.terms.iter().filter(|t| t.taxonomy_id == Some(id));
        found.taxonomy_terms = of.cloned().collect();
        Some(found)
    }

    /// A term by its taxonomy and code: `facility/creche`.
    #[must_use]
    pub fn term(&self, key: &str) -> Option<&TaxonomyTerm> {
        self.terms.get(*self.places.get(key)?)
    }

    /// A term by its id.
    #[must_use]
    pub fn term_of(&self, id: Uuid) -> Option<&TaxonomyTerm> {
        self.terms.iter().find(|t| t.id == id)
    }

    /// Places among the terms of those of all the taxonomies named.
    #[must_use]
    pub fn terms_of(&self, taxonomies: &[Uuid]) -> Vec<usize> {
        let of = |term: &TaxonomyTerm| taxonomies.iter().all(|id| term.taxonomy_id == Some(*id));
        let terms = self.terms.iter().enumerate();
        terms.filter(|(_, t)| of(t)).map(|(at, _)| at).collect()
    }

    /// Keys of the terms that a service's words are read as: who comes through the
    /// door, and levels. Not themes: a word that speaks of a need is no word for it.
    #[must_use]
    pub fn read_from(&self, service: &Service) -> Vec<String> {
        let mut keys: Vec<String> = Vec::new();
        keys.extend(match service.setting {
            Setting::WomenOnly => Some(term::WOMEN_ONLY.to_owned()),
            Setting::MixedWithWomensSession => Some(term::WOMENS_SESSION.to_owned()),
            Setting::Mixed => Some(term::MIXED.to_owned()),
            Setting::Unknown => None,
        });
        for level in &service.levels {
            let key = format!("complexity/{level}");
            if self.places.contains_key(&key) && !keys.contains(&key) {
                keys.push(key);
            }
        }
        keys
    }
}
