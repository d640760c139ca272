//! One search as it looks at each service: its words, which filters it fails, its order.
//!
//! Lives here: what is decided of one service at a time. Not here: going through them
//! (`search`) or counting (`count`).

use std::cmp::Reverse;

use super::{Filters, Hit, Search, Sort, TAXONOMIES, open};
use crate::directory::{
    AreaFit, Directory, Freshness, Service, Term, TermSet,
    map::{RecordedPlace, kilometres, recorded_places},
    vocabulary::term,
};

/// Groups of filters, one bit each: first the taxonomies, then these.
pub(super) const THEMES: u8 = 5;
pub(super) const SETTINGS: u8 = 6;
pub(super) const LANGUAGES: u8 = 7;
pub(super) const ACCEPTING: u8 = 8;
pub(super) const CHECKED: u8 = 9;
pub(super) const ENDED: u8 = 10;

/// The groups of filters that a service fails.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Failing(u16);

impl Failing {
    fn note(&mut self, group: u8, fails: bool) {
        self.0 |= u16::from(fails) << group;
    }

    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether it fails nothing else than perhaps this group.
    pub(super) fn at_most(self, group: u8) -> bool {
        self.0 & !(1 << group) == 0
    }
}

/// A service that was found: its position, its score and how near its area is.
pub(super) type Scored = (usize, u16, Option<AreaFit>);

/// A search made ready.
pub(super) struct Lens<'s> {
    directory: &'s Directory,
    search: &'s Search<'s>,
    scores: Option<Vec<u16>>,
    /// The chosen terms of each taxonomy.
    chosen: [TermSet; TAXONOMIES.len()],
    /// All the terms of each taxonomy.
    pub(super) of: [TermSet; TAXONOMIES.len()],
    accepting: TermSet,
    not_accepting: TermSet,
}

impl<'s> Lens<'s> {
    pub(super) fn new(directory: &'s Directory, search: &'s Search<'s>) -> Self {
        let vocabulary = directory.vocabulary();
        let terms = &search.filters.terms;
        let chosen = TAXONOMIES.map(|(taxonomy, _)| {
            let of = terms.iter().filter(|key| {
                let rest = key.strip_prefix(taxonomy);
                rest.is_some_and(|rest| rest.starts_with('/'))
            });
            vocabulary.set(of.map(String::as_str))
        });
        Self {
            directory,
            search,
            scores: directory.search_index().words.scores(search.words),
            chosen,
            of: TAXONOMIES.map(|(taxonomy, _)| {
                let keys: Vec<String> = vocabulary.of(taxonomy).map(Term::key).collect();
                vocabulary.set(keys.iter().map(String::as_str))
            }),
            accepting: vocabulary.set([term::OPEN, term::WAITING_LIST]),
            not_accepting: vocabulary.set([term::PAUSED, term::CLOSED]),
        }
    }

    /// A service and how well it answers the words; `None` where it does not.
    pub(super) fn scored(&self, at: usize) -> Option<(u16, &'s Service)> {
        let score = match &self.scores {
            Some(scores) => scores.get(at).copied().filter(|score| *score > 0)?,
            None => 0,
        };
        let service = self.directory.services().get(at)?;
        let hidden = self.search.public_only && service.facts.internal_only;
        (!hidden).then_some((score, &**service))
    }

    /// Which groups of filters a service fails.
    pub(super) fn failing(&self, service: &Service) -> Failing {
        let filters: &Filters = self.search.filters;
        let mut failing = Failing::default();
        for (group, (chosen, (_, all))) in (0..).zip(self.chosen.iter().zip(TAXONOMIES)) {
            let held = service.stated.and(*chosen);
            let fits = if all {
                held == *chosen
            } else {
                !held.is_empty()
            };
            failing.note(group, !chosen.is_empty() && !fits);
        }
        let themes = &filters.themes;
        failing.note(
            THEMES,
            !themes.is_empty() && !themes.iter().any(|t| service.names(t)),
        );
        let settings = &filters.settings;
        failing.note(
            SETTINGS,
            !settings.is_empty() && !settings.contains(&service.setting),
        );
        let languages = &filters.languages;
        let speaks = |l: &String| service.facts.languages.contains(l);
        failing.note(
            LANGUAGES,
            !languages.is_empty() && !languages.iter().any(speaks),
        );
        failing.note(ACCEPTING, filters.accepting && !self.accepts(service));
        failing.note(CHECKED, filters.checked && self.stale(service));
        failing.note(ENDED, !filters.ended && !open(service));
        failing
    }

    /// Its record says that it takes referrals.
    pub(super) fn accepts(&self, service: &Service) -> bool {
        !service.stated.and(self.accepting).is_empty()
            && service.stated.and(self.not_accepting).is_empty()
    }

    /// Its last check is older than the limit, or on no known day.
    pub(super) fn stale(&self, service: &Service) -> bool {
        self.freshness(service).stale
    }

    fn freshness(&self, service: &Service) -> Freshness {
        let search = self.search;
        self.directory.stale(service, search.place, search.today)
    }

    /// Puts what was found in order. What has ended always stands last.
    pub(super) fn sort(&self, found: &mut [Scored]) {
        let rank = &self.directory.search_index().rank;
        let service = |at: usize| self.directory.services().get(at);
        let ended = |at: usize| service(at).is_some_and(|s| !open(s));
        let name = |at: usize| rank.get(at).copied().unwrap_or_default();
        match self.search.sort {
            Sort::Name => found.sort_unstable_by_key(|(at, ..)| (ended(*at), name(*at))),
            Sort::Checked => found.sort_unstable_by_key(|(at, ..)| {
                let checked = service(*at).and_then(|s| self.freshness(s).checked_on);
                (ended(*at), Reverse(checked), name(*at))
            }),
            Sort::Nearest => {
                found.sort_by_cached_key(|(at, _, fit)| (ended(*at), self.distance_key(*at), *fit));
            }
            Sort::Best if self.search.place.is_some() => {
                found.sort_by_cached_key(|(at, score, fit)| {
                    (
                        ended(*at),
                        Reverse(*score),
                        *fit,
                        self.distance_key(*at),
                        name(*at),
                    )
                });
            }
            Sort::Best => found
                .sort_unstable_by_key(|(at, score, _)| (ended(*at), Reverse(*score), name(*at))),
        }
    }

    /// The distance to the nearest recorded place as a key to sort by: the bits of a
    /// number that is not negative stand in the order of the numbers.
    fn distance_key(&self, at: usize) -> u64 {
        let service = self.directory.services().get(at);
        let nearest = service.and_then(|s| self.nearest(s));
        nearest.map_or(u64::MAX, |(km, _)| km.to_bits())
    }

    fn nearest(&self, service: &Service) -> Option<(f64, RecordedPlace)> {
        let from = self.search.place?.point;
        let places = recorded_places(service, self.directory.geography());
        let far = places
            .into_iter()
            .map(|place| (kilometres(from, place.point), place));
        far.min_by(|a, b| a.0.total_cmp(&b.0))
    }

    /// A service as it is given.
    pub(super) fn hit(&self, at: usize, fit: Option<AreaFit>) -> Option<Hit> {
        let service = self.directory.services().get(at)?;
        Some(Hit {
            nearest: self.nearest(service),
            stale: self.stale(service),
            service: service.clone(),
            fit,
        })
    }
}
