//! What may leave of a directory, ready to be asked: every public service, its
//! organisation and its places.
//!
//! Lives here: the entries and how they are found. Beside it: what is asked (`query`)
//! and where a service is and works (`near`). Not here: HTTP, pages of a list.
//!
//! Entries are made of public records alone. What must not leave is not in the text
//! that is searched nor among the points that distances are measured to, so that
//! nobody can find it out by asking whether it matches.

mod near;
mod query;

use std::{collections::HashMap, sync::Arc};

use uuid::Uuid;

pub use self::{
    near::Near,
    query::{OpenAt, Query},
};
use super::{
    fact, ids,
    published::Published,
    types,
    writing::{self, Writer},
};
use crate::directory::{Directory, Point, PublicRecord, TermSet};

/// The public part of one directory.
#[derive(Debug)]
pub struct Feed {
    directory: Arc<Directory>,
    published: Arc<Published>,
    entries: Vec<Entry>,
    by_id: HashMap<Uuid, usize>,
    organizations: Vec<OrganizationEntry>,
    at_locations: Vec<AtLocation>,
}

/// One public service, as far as finding it needs.
#[derive(Debug)]
struct Entry {
    /// Its place in the directory.
    at: usize,
    organization: usize,
    /// What is searched, in lower case.
    text: Box<str>,
    terms: TermSet,
    points: Box<[Point]>,
}

#[derive(Debug)]
struct OrganizationEntry {
    document: types::Organization,
    entries: Vec<usize>,
}

#[derive(Debug)]
struct AtLocation {
    id: Uuid,
    entry: usize,
    point: Option<Point>,
}

impl Feed {
    /// The public part of `directory`.
    #[must_use]
    pub fn of(directory: Arc<Directory>) -> Self {
        let published = Arc::new(Published::of(&directory));
        let mut feed = Self {
            directory,
            published,
            entries: Vec::new(),
            by_id: HashMap::new(),
            organizations: Vec::new(),
            at_locations: Vec::new(),
        };
        let directory = Arc::clone(&feed.directory);
        let mut organizations: HashMap<Uuid, usize> = HashMap::new();
        for (at, service) in directory.services().iter().enumerate() {
            let Some(record) = service.record.public() else {
                continue;
            };
            let document = writing::organization(&record);
            let entry = feed.entries.len();
            let organization = *organizations.entry(document.id).or_insert_with(|| {
                feed.organizations.push(OrganizationEntry {
                    document,
                    entries: Vec::new(),
                });
                feed.organizations.len() - 1
            });
            feed.organizations[organization].entries.push(entry);
            feed.by_id.insert(ids::recorded(&record.id), entry);
            for (id, point) in near::at_locations(&record, directory.geography()) {
                feed.at_locations.push(AtLocation { id, entry, point });
            }
            feed.entries.push(Entry {
                at,
                organization,
                text: searched(&record),
                terms: feed.terms(&record, at),
                points: near::points(&record, directory.geography()),
            });
        }
        feed
    }

    /// Every term that a document of the record carries.
    fn terms(&self, record: &PublicRecord, at: usize) -> TermSet {
        let vocabulary = self.directory.vocabulary();
        let Some(service) = self.directory.services().get(at) else {
            return TermSet::default();
        };
        let derived = self.published.read_from(service);
        let denied = |key: &str| record.facts.terms.iter().any(|t| t.no && t.term == key);
        let derived = derived.iter().filter(|key| !denied(key));
        let read = vocabulary.set(derived.map(String::as_str));
        let mut terms = read.places().fold(service.stated, TermSet::with);
        writing::facts_of(record, &mut |code, _| {
            if let Some(place) = vocabulary.place(&fact::key(code)) {
                terms = terms.with(place);
            }
        });
        terms
    }

    /// The directory it is of.
    #[must_use]
    pub fn directory(&self) -> &Arc<Directory> {
        &self.directory
    }

    /// The taxonomies and terms.
    #[must_use]
    pub fn published(&self) -> &Published {
        &self.published
    }

    /// A writer of its services.
    #[must_use]
    pub fn writer(&self) -> Writer<'_> {
        Writer::with(&self.directory, Arc::clone(&self.published))
    }

    /// How many services there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Places in this feed of the services that meet all that is asked, in order.
    #[must_use]
    pub fn services(&self, query: &Query) -> Vec<usize> {
        let asked = query::Asked::new(self, query);
        (0..self.entries.len())
            .filter(|at| asked.suits(*at))
            .collect()
    }

    /// Places of the organisations whose name has the words, where words are asked,
    /// and which run a service that meets all else.
    #[must_use]
    pub fn organizations(&self, query: &Query) -> Vec<usize> {
        let words: Vec<String> = query.search.iter().map(|w| w.to_lowercase()).collect();
        let rest = Query {
            search: Vec::new(),
            ..query.clone()
        };
        let asked = query::Asked::new(self, &rest);
        let suits = |of: &OrganizationEntry| {
            let name = of.document.name.to_lowercase();
            words.iter().all(|w| name.contains(w)) && of.entries.iter().any(|e| asked.suits(*e))
        };
        (0..self.organizations.len())
            .filter(|at| suits(&self.organizations[*at]))
            .collect()
    }

    /// Places of the services at a location which meet all that is asked; a distance
    /// is measured to the location.
    #[must_use]
    pub fn at_locations(&self, query: &Query) -> Vec<usize> {
        let (here, rest) = query.without_distance();
        let asked = query::Asked::new(self, &rest);
        let near = here.map(near::Circle::around);
        let suits = |place: &AtLocation| {
            let close = |circle: &near::Circle| place.point.is_some_and(|p| circle.holds(p));
            near.as_ref().is_none_or(close) && asked.suits(place.entry)
        };
        (0..self.at_locations.len())
            .filter(|at| suits(&self.at_locations[*at]))
            .collect()
    }

    /// Place of a service, by its id.
    #[must_use]
    pub fn service_of(&self, id: Uuid) -> Option<usize> {
        self.by_id.get(&id).copied()
    }

    /// Place of an organisation, by its id.
    #[must_use]
    pub fn organization_of(&self, id: Uuid) -> Option<usize> {
        let mut all = self.organizations.iter();
        all.position(|of| of.document.id == id)
    }

    /// Place of a service at a location, by its id.
    #[must_use]
    pub fn at_location_of(&self, id: Uuid) -> Option<usize> {
        self.at_locations.iter().position(|place| place.id == id)
    }

    /// What may leave of the service at a place of this feed.
    #[must_use]
    pub fn record(&self, at: usize) -> Option<PublicRecord> {
        let entry = self.entries.get(at)?;
        self.directory.services().get(entry.at)?.record.public()
    }

    /// An organisation, and the places of its services.
    #[must_use]
    pub fn organization(&self, at: usize) -> Option<(&types::Organization, &[usize])> {
        let found = self.organizations.get(at)?;
        Some((&found.document, &found.entries))
    }

    /// A service at a location, with the service in brief.
    #[must_use]
    pub fn at_location(&self, at: usize, writer: &Writer<'_>) -> Option<types::ServiceAtLocation> {
        let place = self.at_locations.get(at)?;
        let written = writer.at_locations(&self.record(place.entry)?);
        written.into_iter().find(|w| w.id == place.id)
    }

    /// Every public record, in order.
    pub fn records(&self) -> impl Iterator<Item = PublicRecord> {
        (0..self.entries.len()).filter_map(|at| self.record(at))
    }
}

/// What a search looks in.
fn searched(record: &PublicRecord) -> Box<str> {
    let parts = [
        &record.name,
        &record.organisation,
        &record.description,
        &record.kind,
        &record.area.text,
        &record.area.locality,
        &record.facts.eligibility,
    ];
    let lists = [
        &record.service_types,
        &record.specialist_for,
        &record.setting_words,
    ];
    let words = parts.into_iter().chain(lists.into_iter().flatten());
    let text: Vec<&str> = words.map(String::as_str).collect();
    text.join("\n").to_lowercase().into()
}
