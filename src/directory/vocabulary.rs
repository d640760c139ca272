//! The published taxonomies that facts of a record are stated in: `taxonomies.csv`
//! and `taxonomy_terms.csv`.
//!
//! Lives here: the terms, and sets of them small enough to compare in one step. Not
//! here: which record states which (`facts`). A new term is a row of the file; a term
//! that the program itself asks for is also a constant of [`term`], and a file without
//! it is refused.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::{open_referral::fact, tables::rows};
use crate::{
    content::{ContentError, ContentFiles},
    english::nearest,
};

const TAXONOMIES: &str = "service-directory/taxonomies.csv";
pub(super) const TERMS: &str = "service-directory/taxonomy_terms.csv";

/// As many terms as a [`TermSet`] has room for.
const MOST_TERMS: usize = 128;

/// Terms that matching and pages ask for by name.
#[expect(missing_docs, reason = "each is the term it names")]
pub mod term {
    pub const WOMEN_ONLY: &str = "gender-setting/women-only";
    pub const WOMENS_SESSION: &str = "gender-setting/women-session";
    pub const MIXED: &str = "gender-setting/mixed";
    pub const FEMALE_WORKER: &str = "gender-setting/women-staff-option";
    pub const CRECHE: &str = "facility/creche";
    pub const CHILDCARE: &str = "facility/childcare-funded";
    pub const RESIDENTIAL: &str = "facility/residential";
    pub const RESIDENTIAL_CHILDREN: &str = "facility/residential-children";
    pub const OUTREACH: &str = "facility/outreach";
    pub const RURAL: &str = "facility/rural";
    pub const REMOTE: &str = "facility/remote";
    pub const IN_PRISON: &str = "facility/in-prison";
    pub const TRAVEL_PAID: &str = "facility/travel-paid";
    pub const BY_PROBATION: &str = "referral-route/probation";
    pub const BY_COURT: &str = "referral-route/court";
    pub const BY_AUTHOR: &str = "referral-route/psr-author";
    pub const BY_HERSELF: &str = "referral-route/self";
    pub const OPEN: &str = "referral-state/open";
    pub const WAITING_LIST: &str = "referral-state/waiting-list";
    pub const PAUSED: &str = "referral-state/paused";
    pub const FUNDING_UNCONFIRMED: &str = "referral-state/funding-unconfirmed";
    pub const CLOSED: &str = "referral-state/closed";
    pub const FITS_RAR: &str = "order-fit/rar";
    pub const FITS_UNPAID_WORK: &str = "order-fit/upw";
    pub const FITS_RESIDENCE: &str = "order-fit/residence";
    pub const FITS_BAIL: &str = "order-fit/bail";
    pub const FITS_LICENCE: &str = "order-fit/licence";
    pub const FITS_CAUTION: &str = "order-fit/caution";
    pub const FITS_VOLUNTARY: &str = "order-fit/voluntary";
    pub const LOW: &str = "complexity/low";
    pub const MEDIUM: &str = "complexity/medium";
    pub const HIGH: &str = "complexity/high";

    pub(super) const ALL: [&str; 32] = [
        WOMEN_ONLY,
        WOMENS_SESSION,
        MIXED,
        FEMALE_WORKER,
        CRECHE,
        CHILDCARE,
        RESIDENTIAL,
        RESIDENTIAL_CHILDREN,
        OUTREACH,
        RURAL,
        REMOTE,
        IN_PRISON,
        TRAVEL_PAID,
        BY_PROBATION,
        BY_COURT,
        BY_AUTHOR,
        BY_HERSELF,
        OPEN,
        WAITING_LIST,
        PAUSED,
        FUNDING_UNCONFIRMED,
        CLOSED,
        FITS_RAR,
        FITS_UNPAID_WORK,
        FITS_RESIDENCE,
        FITS_BAIL,
        FITS_LICENCE,
        FITS_CAUTION,
        FITS_VOLUNTARY,
        LOW,
        MEDIUM,
        HIGH,
    ];
}

/// One published list of terms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taxonomy {
    /// Its UUID.
    pub id: String,
    /// Its code, such as `facility`.
    pub name: String,
    /// What it is.
    pub description: String,
    /// Its version.
    pub version: String,
}

/// One term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// Its UUID.
    pub id: String,
    /// Its code within the taxonomy, such as `creche`.
    pub code: String,
    /// Its name on a page.
    pub name: String,
    /// What it means.
    pub description: String,
    /// UUID of the wider term; empty where there is none.
    pub parent_id: String,
    /// Code of its taxonomy.
    pub taxonomy: String,
    /// The Ministry of Justice's id for the same, where there is one.
    pub source_id_moj: String,
    /// Where the term comes from.
    pub source: String,
}

impl Term {
    /// Taxonomy and code: `facility/creche`.
    #[must_use]
    pub fn key(&self) -> String {
        format!("{}/{}", self.taxonomy, self.code)
    }
}

/// A set of terms of one [`Vocabulary`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct TermSet(u128);

impl TermSet {
    /// With one term more, by its place in the vocabulary.
    #[must_use]
    pub fn with(self, place: usize) -> Self {
        Self(self.0 | (1 << place))
    }

    /// Whether a term is in it.
    #[must_use]
    pub fn has(self, place: usize) -> bool {
        self.0 & (1 << place) != 0
    }

    /// The terms in both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The terms in either.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Without the terms of another.
    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many it has.
    #[must_use]
    pub fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// The places of its terms, in order.
    pub fn places(self) -> impl Iterator<Item = usize> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let place = left.trailing_zeros() as usize;
            left &= left.wrapping_sub(1);
            (place < MOST_TERMS).then_some(place)
        })
    }
}

/// Every term that a record may state.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    taxonomies: Vec<Taxonomy>,
    terms: Vec<Term>,
    places: HashMap<String, usize>,
}

impl Vocabulary {
    /// Reads both files; faults are told in `faults`.
    pub(super) fn load(files: &ContentFiles, faults: &mut Vec<ContentError>) -> Self {
        let mut read = Self::default();
        for (_, taxonomy) in rows::<Taxonomy>(files, TAXONOMIES, faults) {
            read.taxonomies.push(taxonomy);
        }
        for (line, term) in rows::<Term>(files, TERMS, faults) {
            if let Some(reason) = read.fault_of(&term) {
                faults.push(ContentError::new(TERMS, Some(line), reason));
                continue;
            }
            read.places.insert(term.key(), read.terms.len());
            read.terms.push(term);
        }
        if faults.is_empty() {
            let facts = fact::ALL.iter().map(|code| fact::key(code));
            let asked = term::ALL.iter().map(|t| (*t).to_owned()).chain(facts);
            for missing in asked.filter(|t| read.place(t).is_none()) {
                let reason = format!("the term `{missing}` is missing: Foreword asks for it");
                faults.push(ContentError::new(TERMS, None, reason));
            }
        }
        read
    }

    fn fault_of(&self, term: &Term) -> Option<String> {
        let key = term.key();
        if !self.taxonomies.iter().any(|t| t.name == term.taxonomy) {
            return Some(format!(
                "there is no taxonomy “{}” in {TAXONOMIES}",
                term.taxonomy
            ));
        }
        if self.places.contains_key(&key) {
            return Some(format!("the term `{key}` stands twice"));
        }
        if self.terms.len() == MOST_TERMS {
            return Some(format!("there is room for {MOST_TERMS} terms"));
        }
        // A wider term stands before its narrower ones, so that none can go round.
        let known = |id: &str| self.terms.iter().any(|t| t.id == id);
        if !term.parent_id.is_empty() && !known(&term.parent_id) {
            return Some(format!(
                "the wider term of `{key}` does not stand above it: {}",
                term.parent_id
            ));
        }
        None
    }

    /// Where a term stands, by taxonomy and code.
    #[must_use]
    pub fn place(&self, key: &str) -> Option<usize> {
        self.places.get(key).copied()
    }

    /// A term by taxonomy and code.
    #[must_use]
    pub fn term(&self, key: &str) -> Option<&Term> {
        self.terms.get(self.place(key)?)
    }

    /// Why a term in a file is refused: that it is none, and the nearest there is.
    #[must_use]
    pub fn no_such(&self, key: &str) -> String {
        let keys: Vec<String> = self.terms.iter().map(Term::key).collect();
        let near = nearest(key, keys.iter().map(String::as_str));
        format!("there is no term “{key}” in {TERMS}{near}")
    }

    /// A term by where it stands.
    #[must_use]
    pub fn at(&self, place: usize) -> Option<&Term> {
        self.terms.get(place)
    }

    /// A term's name on a page, or its key where it is not known.
    #[must_use]
    pub fn name<'t>(&'t self, key: &'t str) -> &'t str {
        self.term(key).map_or(key, |t| &t.name)
    }

    /// Every term, in the order of the file.
    #[must_use]
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// The terms of one taxonomy.
    pub fn of<'v>(&'v self, taxonomy: &'v str) -> impl Iterator<Item = &'v Term> {
        self.terms.iter().filter(move |t| t.taxonomy == taxonomy)
    }

    /// The set of the terms of one taxonomy.
    #[must_use]
    pub fn set_of(&self, taxonomy: &str) -> TermSet {
        let terms = self.terms.iter().enumerate();
        terms
            .filter(|(_, t)| t.taxonomy == taxonomy)
            .fold(TermSet::default(), |set, (place, _)| set.with(place))
    }

    /// Every taxonomy, in the order of the file.
    #[must_use]
    pub fn taxonomies(&self) -> &[Taxonomy] {
        &self.taxonomies
    }

    /// The set of some terms; those not known are left out.
    pub fn set<'k>(&self, keys: impl IntoIterator<Item = &'k str>) -> TermSet {
        keys.into_iter()
            .filter_map(|key| self.place(key))
            .fold(TermSet::default(), TermSet::with)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_term_the_program_asks_for_is_published_with_its_source() {
        let mut faults = Vec::new();
        let read = Vocabulary::load(&ContentFiles::embedded().unwrap(), &mut faults);
        assert_eq!(faults, []);
        assert!(read.terms().iter().all(|t| !t.source.is_empty()));
        let set = read.set([term::CRECHE, term::OUTREACH, "facility/none-such"]);
        assert_eq!(set.len(), 2);
        assert!(set.has(read.place(term::CRECHE).unwrap()));
        assert!(!set.has(read.place(term::RURAL).unwrap()));
    }

    #[test]
    fn a_wider_term_that_comes_later_is_refused_so_that_none_goes_round() {
        let mut files = ContentFiles::embedded().unwrap();
        files.set(TAXONOMIES, "id,name,description,version\n1,a,A,1\n");
        let head = "id,code,name,description,parent_id,taxonomy,source_id_moj,source\n";
        files.set(
            TERMS,
            format!("{head}1,x,X,X,2,a,,here\n2,y,Y,Y,1,a,,here\n"),
        );
        let mut faults = Vec::new();
        Vocabulary::load(&files, &mut faults);
        assert_eq!(faults[0].line, Some(2));
        assert!(faults[0].reason.contains("does not stand above it"));
    }
}
