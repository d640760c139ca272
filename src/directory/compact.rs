//! Every service as a few integers in one line of the processor's cache, so that
//! looking at thousands of them reads no text.
//!
//! Lives here: what a service is weighed by. Not here: the weighing (`weighing`), nor
//! where it works (`index`). A further fact that the order depends on is a field of
//! [`Row`], filled in [`Row::of`] from the record; absent stays apart from no.

use std::{collections::HashMap, sync::Arc};

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};

use super::{
    readings::Readings,
    service::{Service, Setting, State},
    vocabulary::{TermSet, Vocabulary, term},
};
use crate::case::Day;

/// Lists of many services behind one another in one block.
#[derive(Debug)]
pub(super) struct Lists<T> {
    ends: Vec<u32>,
    items: Vec<T>,
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Self {
            ends: Vec::new(),
            items: Vec::new(),
        }
    }
}

impl<T> Lists<T> {
    /// Adds the next service's list.
    pub(super) fn push(&mut self, items: impl IntoIterator<Item = T>) {
        self.items.extend(items);
        self.ends.push(as_u32(self.items.len()));
    }

    /// How many services there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// A service's list.
    pub(super) fn of(&self, at: u32) -> &[T] {
        let at = at as usize;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.items[start as usize..self.ends[at] as usize]
    }
}

/// A count or position; there are never four thousand million of anything here.
pub(super) fn as_u32(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Themes as bits, in the order of their ids.
pub(super) type Themes = u32;

/// The bit of a theme; none for a theme that is not known.
pub(super) fn theme_bit(readings: &Readings, theme: &str) -> Themes {
    readings.place(theme).map_or(0, |place| 1 << place)
}

/// The bit of a level: the higher, the higher.
pub(super) fn level_bit(level: &str) -> u8 {
    match level {
        "low" => 1,
        "medium" => 2,
        "high" => 4,
        _ => 0,
    }
}

/// Day number of a date; 0 stands for none.
pub(super) fn day_number(date: Option<NaiveDate>) -> i32 {
    date.map_or(0, |d| d.num_days_from_ce())
}

/// One opening: some days, from one minute of the day to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hours {
    /// Bit of each day; none where only the words say.
    pub(super) days: u8,
    pub(super) from: u16,
    pub(super) to: u16,
}

/// Minutes in a day.
pub(super) const DAY: u16 = 24 * 60;

/// The bits of some days.
pub(super) fn day_bits(days: &[Day]) -> u8 {
    days.iter().fold(0, |bits, day| bits | (1 << *day as u8))
}

/// Minute of the day.
pub(super) fn minute(time: NaiveTime) -> u16 {
    u16::try_from(time.num_seconds_from_midnight() / 60).unwrap_or(DAY)
}

/// What a service is weighed by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub(super) stated: TermSet,
    pub(super) denied: TermSet,
    pub(super) themes: Themes,
    /// Where it stands among all services by name.
    pub(super) by_name: u32,
    /// Day numbers; 0 where not recorded.
    pub(super) not_before: i32,
    pub(super) funded_until: i32,
    /// Working days; `u16::MAX` where not recorded.
    pub(super) court_days: u16,
    pub(super) minimum_age: u8,
    pub(super) maximum_age: u8,
    /// Bits of the levels its record states, and of those it denies.
    pub(super) levels: u8,
    pub(super) not_levels: u8,
    pub(super) setting: Setting,
    pub(super) state: State,
    flags: u8,
}

const BROAD: u8 = 1;
const CONTRACT: u8 = 2;
const PARTNER: u8 = 4;
const FULL: u8 = 8;
const RESIDENTIAL: u8 = 16;

impl Row {
    fn of(service: &Service, readings: &Readings, terms: &RowTerms) -> Self {
        let facts = &service.record.facts;
        let themes = service
            .themes
            .iter()
            .fold(0, |bits, named| bits | theme_bit(readings, &named.theme));
        let levels = |bits: u8, level: &String| bits | level_bit(level);
        let not_level = |bits, (at, bit): (Option<usize>, u8)| {
            let denied = at.is_some_and(|at| service.denied.has(at));
            if denied { bits | bit } else { bits }
        };
        let flag = |on: bool, flag: u8| if on { flag } else { 0 };
        let known: Vec<u32> = facts.capacity.iter().filter_map(|c| c.available).collect();
        Self {
            stated: service.stated,
            denied: service.denied,
            themes,
            by_name: 0,
            not_before: day_number(facts.not_before),
            funded_until: day_number(facts.funded_until()),
            court_days: facts.court_assessment_days.unwrap_or(u16::MAX),
            minimum_age: facts.minimum_age.unwrap_or(0),
            maximum_age: facts.maximum_age.unwrap_or(u8::MAX),
            levels: service.levels.iter().fold(0, levels),
            not_levels: terms.levels.into_iter().fold(0, not_level),
            setting: if service.setting == Setting::Unknown
                && terms.women_only.is_some_and(|at| service.denied.has(at))
            {
                Setting::Mixed
            } else {
                service.setting
            },
            state: service.state,
            flags: flag(service.broad, BROAD)
                | flag(service.record.contract.is_some(), CONTRACT)
                | flag(!service.partner_in.is_empty(), PARTNER)
                | flag(!known.is_empty() && known.iter().all(|n| *n == 0), FULL)
                | flag(
                    !service.stated.and(terms.residential).is_empty(),
                    RESIDENTIAL,
                ),
        }
    }

    pub(super) fn broad(&self) -> bool {
        self.flags & BROAD != 0
    }

    pub(super) fn contract(&self) -> bool {
        self.flags & CONTRACT != 0
    }

    pub(super) fn partner(&self) -> bool {
        self.flags & PARTNER != 0
    }

    /// Every count of free places that it gives is nought.
    pub(super) fn full(&self) -> bool {
        self.flags & FULL != 0
    }

    pub(super) fn residential(&self) -> bool {
        self.flags & RESIDENTIAL != 0
    }
}

/// Terms that rows are made with.
struct RowTerms {
    levels: [(Option<usize>, u8); 3],
    women_only: Option<usize>,
    residential: TermSet,
}

/// All services as integers.
#[derive(Debug, Default)]
pub(super) struct Rows {
    all: Vec<Row>,
    openings: Lists<Hours>,
    languages: Lists<u32>,
    language_ids: HashMap<String, u32>,
    /// Primes of the contracts that each partners in, by position.
    primes: Lists<u32>,
}

impl Rows {
    pub(super) fn build(
        services: &[Arc<Service>],
        positions: &HashMap<String, usize>,
        readings: &Readings,
        vocabulary: &Vocabulary,
    ) -> Self {
        let level = |key, bit| (vocabulary.place(key), bit);
        let terms = RowTerms {
            levels: [
                level(term::LOW, 1),
                level(term::MEDIUM, 2),
                level(term::HIGH, 4),
            ],
            women_only: vocabulary.place(term::WOMEN_ONLY),
            residential: vocabulary.set([term::RESIDENTIAL, term::RESIDENTIAL_CHILDREN]),
        };
        let mut rows = Self {
            all: Vec::with_capacity(services.len()),
            ..Self::default()
        };
        for service in services {
            rows.all.push(Row::of(service, readings, &terms));
            rows.openings.push(service.facts.openings.iter().map(|o| {
                let from = o.from.map_or(0, minute);
                Hours {
                    days: day_bits(&o.days),
                    from,
                    to: o.to.map_or(DAY, minute).max(from),
                }
            }));
            let ids = &mut rows.language_ids;
            rows.languages.push(service.facts.languages.iter().map(|l| {
                let next = as_u32(ids.len());
                *ids.entry(l.trim().to_lowercase()).or_insert(next)
            }));
            let primes = service.partner_in.iter();
            rows.primes
                .push(primes.filter_map(|p| positions.get(&p.prime).copied().map(as_u32)));
        }
        rows.number_by_name(services);
        rows
    }

    fn number_by_name(&mut self, services: &[Arc<Service>]) {
        let mut order: Vec<(&str, &str, u32)> = services
            .iter()
            .enumerate()
            .map(|(at, s)| (s.record.name.as_str(), s.record.id.as_str(), as_u32(at)))
            .collect();
        order.sort_unstable();
        for (place, (_, _, at)) in order.into_iter().enumerate() {
            self.all[at as usize].by_name = as_u32(place);
        }
    }

    pub(super) fn row(&self, at: u32) -> &Row {
        &self.all[at as usize]
    }

    pub(super) fn openings(&self, at: u32) -> &[Hours] {
        self.openings.of(at)
    }

    pub(super) fn languages(&self, at: u32) -> &[u32] {
        self.languages.of(at)
    }

    /// A language's number; none where no record names it.
    pub(super) fn language(&self, name: &str) -> Option<u32> {
        self.language_ids.get(&name.trim().to_lowercase()).copied()
    }

    pub(super) fn primes(&self, at: u32) -> &[u32] {
        self.primes.of(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_one_line_of_the_cache() {
        assert_eq!(size_of::<Row>(), 64);
    }

    #[test]
    fn each_service_has_its_own_list() {
        let mut lists = Lists::default();
        lists.push([1, 2]);
        lists.push([]);
        lists.push([3]);
        assert_eq!(lists.of(0), [1, 2]);
        assert_eq!(lists.of(1), [0; 0]);
        assert_eq!(lists.of(2), [3]);
    }
}
