//! Looking something up in the directory: by words, by place, by what it must offer.
//!
//! Lives here: filters, how many services each would leave, and the order of what is
//! left. Not here: the words (`words`), whether a service suits one woman (`matching`),
//! or the page. A new filter is a field of [`Filters`], a line in [`Lens::failing`] and a
//! count in [`Counts`].

mod count;
mod lens;
mod words;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use chrono::NaiveDate;

pub use self::count::Counts;
pub(super) use self::words::words_of;
use self::{lens::Lens, words::WordIndex};
use super::{
    AreaFit, Directory, Place, Service, Setting, State, TermSet, index::Near, map::RecordedPlace,
};

/// How much a word counts where it stands.
const NAME: u8 = 8;
const ORGANISATION: u8 = 6;
const OFFERS: u8 = 4;
const WHERE: u8 = 3;
const REST: u8 = 1;

/// The taxonomies whose terms are filters, and whether all the terms chosen must hold
/// or any one of them.
pub const TAXONOMIES: [(&str, bool); 5] = [
    ("facility", true),
    ("order-fit", false),
    ("referral-route", false),
    ("access", true),
    ("specialist-for", false),
];

/// In what order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// By the words, then by how near its area is, then by distance.
    #[default]
    Best,
    /// By distance; services with no recorded place last.
    Nearest,
    /// By name.
    Name,
    /// The most lately checked first.
    Checked,
}

/// What a service must offer to be shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filters {
    /// Theme ids, any of them.
    pub themes: Vec<String>,
    /// Who comes through the door, any of them.
    pub settings: Vec<Setting>,
    /// Terms such as `facility/creche`, by the rules of [`TAXONOMIES`].
    pub terms: Vec<String>,
    /// Languages by their English names, any of them.
    pub languages: Vec<String>,
    /// Only those whose record says that they take referrals.
    pub accepting: bool,
    /// Only those checked within the limit.
    pub checked: bool,
    /// Also those that have ended or not opened.
    pub ended: bool,
}

/// What is looked up.
#[derive(Debug, Clone)]
pub struct Search<'s> {
    /// Words typed; empty where none were.
    pub words: &'s str,
    /// The place asked about; `None` looks everywhere.
    pub place: Option<&'s Place>,
    /// What a service must offer.
    pub filters: &'s Filters,
    /// Records that are for authors only are left out.
    pub public_only: bool,
    /// In what order.
    pub sort: Sort,
    /// How many are passed over.
    pub skip: usize,
    /// How many are given.
    pub most: usize,
    /// The day it is asked; ages are counted to it.
    pub today: NaiveDate,
}

/// What was found.
#[derive(Debug, Clone)]
pub struct Results {
    /// Those asked for, in order.
    pub hits: Vec<Hit>,
    /// How many there are in all.
    pub total: usize,
    /// How many each filter would leave.
    pub counts: Counts,
}

/// A service that was found.
#[derive(Debug, Clone)]
pub struct Hit {
    /// The service.
    pub service: Arc<Service>,
    /// How near its area is, where a place was asked about.
    pub fit: Option<AreaFit>,
    /// Kilometres to the nearest place its record gives, and that place.
    pub nearest: Option<(f64, RecordedPlace)>,
    /// True where its last check is older than the limit, or on no known day.
    pub stale: bool,
}

/// What is worked out once for a directory.
#[derive(Debug, Default)]
pub(super) struct SearchIndex {
    words: WordIndex,
    /// Where each service stands in order of name.
    rank: Vec<u32>,
    /// Terms that some service states.
    stated: TermSet,
    languages: Vec<String>,
}

impl SearchIndex {
    fn build(directory: &Directory) -> Self {
        let services = directory.services();
        let words = WordIndex::build(services.iter().map(|s| texts(s, directory)));
        let mut order: Vec<(String, usize)> = services
            .iter()
            .enumerate()
            .map(|(at, s)| (words_of(&s.name).join(" "), at))
            .collect();
        order.sort_unstable();
        let mut rank = vec![0; services.len()];
        for (place, (_, at)) in (0..).zip(order) {
            rank[at] = place;
        }
        let mut languages: Vec<String> = Vec::new();
        for language in services.iter().flat_map(|s| &s.facts.languages) {
            if !languages.contains(language) {
                languages.push(language.clone());
            }
        }
        languages.sort_unstable();
        Self {
            words,
            rank,
            stated: services
                .iter()
                .fold(TermSet::default(), |all, s| all.or(s.stated)),
            languages,
        }
    }
}

impl Directory {
    /// What answers a search, with how many services each filter would leave. The first
    /// search of a directory indexes its words, which takes a moment at 100,000.
    #[must_use]
    pub fn search(&self, search: &Search<'_>) -> Results {
        let lens = Lens::new(self, search);
        let mut counts = Counts::new(self);
        let mut found = Vec::new();
        for (at, fit) in self.within(search.place) {
            let Some((score, service)) = lens.scored(at) else {
                continue;
            };
            let failing = lens.failing(service);
            counts.note(service, failing, &lens);
            if failing.is_empty() {
                found.push((at, score, fit));
            }
        }
        let total = found.len();
        lens.sort(&mut found);
        let page = found.into_iter().skip(search.skip).take(search.most);
        Results {
            hits: page.filter_map(|(at, _, fit)| lens.hit(at, fit)).collect(),
            total,
            counts,
        }
    }

    /// Terms of a taxonomy that some service states: filters that can find something.
    pub fn terms_in_use<'d>(
        &'d self,
        taxonomy: &'d str,
    ) -> impl Iterator<Item = &'d super::Term> + use<'d> {
        let stated = self.search_index().stated;
        stated
            .places()
            .filter_map(|place| self.vocabulary().at(place))
            .filter(move |term| term.taxonomy == taxonomy)
    }

    /// Languages that some service works in, by name.
    #[must_use]
    pub fn languages_in_use(&self) -> &[String] {
        &self.search_index().languages
    }

    fn search_index(&self) -> &SearchIndex {
        self.search.get_or_init(|| SearchIndex::build(self))
    }

    /// Positions of the services that may work at a place, or of all of them.
    fn within(&self, place: Option<&Place>) -> Vec<(usize, Option<AreaFit>)> {
        match place {
            Some(place) => {
                let (near, _) = self.index.near(place, &self.geography);
                let fit = |n: Near| (n.service as usize, Some(n.how.fit()));
                near.into_iter().map(fit).collect()
            }
            None => (0..self.services.len()).map(|at| (at, None)).collect(),
        }
    }
}

/// Whether it may be offered at all.
fn open(service: &Service) -> bool {
    !matches!(service.state, State::Historic | State::NotOpen)
}

/// The text of a record that is searched, with how much each part counts. A place that
/// must not be known is in none of it.
fn texts(service: &Service, directory: &Directory) -> Vec<(u8, String)> {
    let geography = directory.geography();
    let facts = &service.facts;
    let mut texts = vec![
        (NAME, service.name.clone()),
        (ORGANISATION, service.organisation.clone()),
        (OFFERS, service.kind.clone()),
        (REST, service.description.clone()),
        (REST, facts.eligibility.clone()),
        (WHERE, service.area.text.clone()),
        (WHERE, service.delivery_locations.clone()),
    ];
    let offers = service.service_types.iter().chain(&service.specialist_for);
    texts.extend(offers.map(|words| (OFFERS, words.clone())));
    let themes = service.theme_ids();
    texts.extend(
        themes
            .iter()
            .map(|id| (OFFERS, directory.theme_words(id).to_owned())),
    );
    let terms = service.stated.places();
    let terms = terms.filter_map(|place| directory.vocabulary().at(place));
    texts.extend(terms.map(|term| (OFFERS, term.name.clone())));
    let authorities = service.area.local_authorities.iter();
    let authorities = authorities.filter_map(|gss| geography.authority(gss));
    texts.extend(authorities.map(|a| (WHERE, a.name.clone())));
    let police = service.area.police_areas.iter();
    let police = police.filter_map(|slug| geography.police_area(slug));
    texts.extend(police.map(|p| (WHERE, p.name.clone())));
    let known = facts.locations.iter().filter(|l| !l.internal);
    texts.extend(known.map(|l| (WHERE, format!("{} {}", l.name, l.town))));
    if !facts.has_internal() {
        texts.push((WHERE, service.area.locality.clone()));
    }
    let rest = service.setting_words.iter().chain(&facts.languages);
    texts.extend(rest.map(|words| (REST, words.clone())));
    texts
}
