//! What is asked of a feed. All of it must hold at once.
//!
//! Lives here: the parts of a question and judging a service by them. What a record
//! does not say does not meet a question about it, save the date of its last change:
//! see [`Query::modified_after`]. A further part is a field here and a line in
//! [`Asked::suits`].

use chrono::{DateTime, NaiveTime, Utc};
use uuid::Uuid;

use super::{
    Feed,
    near::{self, Near},
};
use crate::{
    case::Day,
    directory::{Record, facts::Opening},
};

/// What is asked.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Query {
    /// Words, each of which stands somewhere in the service's own.
    pub search: Vec<String>,
    /// Ids of terms, each of which the service carries.
    pub terms: Vec<Uuid>,
    /// Ids of taxonomies, of each of which it carries a term.
    pub taxonomies: Vec<Uuid>,
    /// Who runs it.
    pub organization: Option<Uuid>,
    /// Changed at that moment or later. A service whose last change is not known is
    /// among them, so that a reader who keeps a copy misses none.
    pub modified_after: Option<DateTime<Utc>>,
    /// Its youngest age, in years, is at least this.
    pub minimum_age: Option<f64>,
    /// Its oldest age, in years, is at most this.
    pub maximum_age: Option<f64>,
    /// One of its openings is like this.
    pub open: OpenAt,
    /// Where somebody is.
    pub near: Option<Near>,
}

/// What an opening is asked to be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OpenAt {
    /// On this day.
    pub day: Option<Day>,
    /// Not before this time.
    pub starts: Option<NaiveTime>,
    /// Not after this time.
    pub ends: Option<NaiveTime>,
}

impl OpenAt {
    fn asks_nothing(&self) -> bool {
        *self == Self::default()
    }

    fn met_by(&self, opening: &Opening) -> bool {
        self.day.is_none_or(|day| opening.days.contains(&day))
            && self
                .starts
                .is_none_or(|at| opening.from.is_some_and(|from| from >= at))
            && self
                .ends
                .is_none_or(|at| opening.to.is_some_and(|to| to <= at))
    }
}

impl Query {
    /// The distance, where one is asked, and all else.
    pub(super) fn without_distance(&self) -> (Option<&Near>, Self) {
        match &self.near {
            Some(near) if near.metres.is_some() => {
                let rest = Self {
                    near: None,
                    ..self.clone()
                };
                (Some(near), rest)
            }
            _ => (None, self.clone()),
        }
    }
}

/// A question, made ready for one feed.
pub(super) struct Asked<'q> {
    feed: &'q Feed,
    query: &'q Query,
    words: Vec<String>,
    /// Places in the vocabulary; `None` for a term that is not there.
    terms: Vec<Option<usize>>,
    taxonomies: Vec<Vec<usize>>,
    /// Its place in the feed, where it is there.
    organization: Option<usize>,
    circle: Option<near::Circle>,
}

impl<'q> Asked<'q> {
    pub(super) fn new(feed: &'q Feed, query: &'q Query) -> Self {
        let terms = feed.published().terms();
        let taxonomy = |id: &Uuid| {
            let of = terms.iter().enumerate();
            of.filter(|(_, t)| t.taxonomy_id == Some(*id))
                .map(|(at, _)| at)
                .collect()
        };
        Self {
            feed,
            query,
            words: query.search.iter().map(|w| w.to_lowercase()).collect(),
            terms: query
                .terms
                .iter()
                .map(|id| terms.iter().position(|t| t.id == *id))
                .collect(),
            taxonomies: query.taxonomies.iter().map(taxonomy).collect(),
            organization: query.organization.and_then(|id| feed.organization_of(id)),
            circle: query
                .near
                .as_ref()
                .filter(|n| n.metres.is_some())
                .map(near::Circle::around),
        }
    }

    /// Whether the service at a place of the feed meets all of it: the quick parts
    /// first.
    pub(super) fn suits(&self, at: usize) -> bool {
        let Some(entry) = self.feed.entries.get(at) else {
            return false;
        };
        let carries = |term: &Option<usize>| term.is_some_and(|place| entry.terms.has(place));
        let Some(service) = self.feed.directory.services().get(entry.at) else {
            return false;
        };
        self.query
            .organization
            .is_none_or(|_| self.organization == Some(entry.organization))
            && self.terms.iter().all(carries)
            && self
                .taxonomies
                .iter()
                .all(|of| of.iter().any(|place| entry.terms.has(*place)))
            && self.record_suits(&service.record)
            && self.words.iter().all(|word| entry.text.contains(word))
            && match (&self.circle, &self.query.near) {
                (Some(circle), _) => entry.points.iter().any(|p| circle.holds(*p)),
                (None, Some(near)) => {
                    near.is_covered_by(&service.area, self.feed.directory.geography())
                }
                (None, None) => true,
            }
    }

    fn record_suits(&self, record: &Record) -> bool {
        let (query, facts) = (self.query, &record.facts);
        query
            .modified_after
            .is_none_or(|after| facts.modified.is_none_or(|at| at >= after))
            && query
                .minimum_age
                .is_none_or(|age| facts.minimum_age.is_some_and(|min| f64::from(min) >= age))
            && query
                .maximum_age
                .is_none_or(|age| facts.maximum_age.is_some_and(|max| f64::from(max) <= age))
            && (query.open.asks_nothing() || facts.openings.iter().any(|o| query.open.met_by(o)))
    }
}
