//! Telling that two records are the same service.
//!
//! Lives here: what is compared, kept so small that a hundred thousand records fit in
//! some tens of megabytes. Not here: what is done about it (an import reports it, an
//! editor is asked), nor the sentences, which are `[alike]` in `words.toml`. A further
//! sign is a [`LikeWhy`], its key in [`Known::add`] and its test in [`Known::like`].
//!
//! Names alone prove nothing: one organisation runs "Women's Services in Essex" and
//! "Women's Services in Sussex", and forty councils have a "Women's Group". So a name
//! counts only together with an organisation or a place, and two services of one name
//! that both say where they are, and are in different places, are two services.

use std::{
    collections::{HashMap, HashSet},
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
};

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::{Directory, Record};

/// As many likenesses of one record as are told.
const MOST_TOLD: usize = 5;

/// As many records under one key as are looked at: a feed that calls everything the
/// same must not make the work grow with its square.
const MOST_LOOKED_AT: usize = 512;

/// As many authorities of one record as count as its places; one that works in more
/// is not told apart by them.
const MOST_PLACES: usize = 12;

/// Letters of a word from which one slip of the pen is forgiven.
const LONG_WORD: usize = 6;

/// Bytes of a name that are compared.
const NAME_BYTES: usize = 160;

/// Why two records may be the same service, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LikeWhy {
    /// The same id.
    SameId,
    /// The same id in the same feed.
    SameOrigin,
    /// The same name and organisation, and no places that differ.
    SameNameAndOrganisation,
    /// The same name at the same postcode or in the same authority.
    SameNameAndPlace,
    /// Nearly the same name at the same postcode.
    SimilarNameAndPlace,
    /// Nearly the same name in the same organisation, and no places that differ.
    SimilarNameAndOrganisation,
}

impl LikeWhy {
    /// Whether it is the same record, rather than perhaps the same service.
    #[must_use]
    pub fn is_certain(self) -> bool {
        matches!(self, Self::SameId | Self::SameOrigin)
    }
}

/// A record like the one asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Like {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Why it may be the same.
    pub why: LikeWhy,
}

/// Words that tell no two services apart, from `[alike]` in `readings.toml`.
#[derive(Debug, Default)]
pub(super) struct PlainWords {
    /// Left out of every name: `the`, `ltd`.
    pub(super) empty: HashSet<String>,
    /// Too common to tell one service by: `women`, `centre`.
    pub(super) common: HashSet<String>,
}

/// What is known of many records, as far as it tells two of them apart.
#[derive(Debug, Default)]
pub struct Known {
    words: Arc<PlainWords>,
    records: Vec<Compared>,
    /// The last record under each key.
    last: HashMap<u64, u32>,
    /// For each, the record, and which of these came before it under the same key.
    before: Vec<(u32, Option<u32>)>,
}

/// One record, compared.
#[derive(Debug)]
struct Compared {
    id: Box<str>,
    /// Its name as it stands.
    called: Box<str>,
    /// The words of its name, in order of letters, joined.
    name: Box<str>,
    /// The same without the words of its organisation, where that leaves enough.
    own_name: Box<str>,
    organisation: u64,
    /// Its contract: a contract and an organisation's own centre share much.
    contract: u64,
    postcodes: Box<[u64]>,
    authorities: Box<[u64]>,
}

impl Directory {
    /// Every record of the directory, known.
    #[must_use]
    pub fn known(&self) -> Known {
        let mut known = self.knowing_none();
        for service in self.services() {
            known.add(service);
        }
        known
    }

    /// No record known yet.
    #[must_use]
    pub fn knowing_none(&self) -> Known {
        Known {
            words: self.readings.plain_words(),
            ..Known::default()
        }
    }

    /// Why two records may be the same service, in a sentence.
    #[must_use]
    pub fn says_alike(&self, why: LikeWhy) -> &str {
        let say = &self.words.alike;
        match why {
            LikeWhy::SameId => &say.same_id,
            LikeWhy::SameOrigin => &say.same_origin,
            LikeWhy::SameNameAndOrganisation => &say.same_name_and_organisation,
            LikeWhy::SameNameAndPlace => &say.same_name_and_place,
            LikeWhy::SimilarNameAndPlace => &say.similar_name_and_place,
            LikeWhy::SimilarNameAndOrganisation => &say.similar_name_and_organisation,
        }
    }
}

impl Known {
    /// How many records are known.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether none is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// Whether a record of this id is known.
    #[must_use]
    pub fn has(&self, id: &str) -> bool {
        self.under(hashed(("id", id))).any(|r| *r.id == *id)
    }

    /// Knows one more record. One that is known already, by its id, is known twice:
    /// as it was and as it is.
    pub fn add(&mut self, record: &Record) {
        let compared = self.compare(record);
        let place = u32::try_from(self.records.len()).unwrap_or(u32::MAX);
        for key in keys(record, &compared) {
            let link = u32::try_from(self.before.len()).unwrap_or(u32::MAX);
            let before = self.last.insert(key, link);
            self.before.push((place, before));
        }
        self.records.push(compared);
    }

    /// The records that may be the same service, the surest first; each once.
    #[must_use]
    pub fn like(&self, record: &Record) -> Vec<Like> {
        let this = self.compare(record);
        let mut like: Vec<Like> = Vec::new();
        let mut note =
            |other: &Compared, why: LikeWhy| match like.iter_mut().find(|l| *l.id == *other.id) {
                Some(known) => known.why = known.why.min(why),
                None => like.push(Like {
                    id: other.id.to_string(),
                    name: other.called.to_string(),
                    why,
                }),
            };
        for other in self.under(hashed(("id", &record.id))) {
            if *other.id == *record.id {
                note(other, LikeWhy::SameId);
            }
        }
        if let Some(key) = origin_key(record) {
            for other in self.under(key) {
                note(other, LikeWhy::SameOrigin);
            }
        }
        for key in place_keys(&this) {
            for other in self.under(key) {
                if this.same_postcode(other) {
                    if this.same_name(other) {
                        note(other, LikeWhy::SameNameAndPlace);
                    } else if this.similar_name(other) {
                        note(other, LikeWhy::SimilarNameAndPlace);
                    }
                } else if this.same_name(other) && self.tells_apart(&other.name) {
                    note(other, LikeWhy::SameNameAndPlace);
                }
            }
        }
        for other in self.under(hashed(("organisation", this.organisation))) {
            if this.organisation != other.organisation || this.elsewhere(other) {
                continue;
            }
            if this.same_name(other) {
                note(other, LikeWhy::SameNameAndOrganisation);
            } else if this.contract == other.contract && this.similar_name(other) {
                note(other, LikeWhy::SimilarNameAndOrganisation);
            }
        }
        like.sort_by(|a, b| (a.why, &a.id).cmp(&(b.why, &b.id)));
        like.truncate(MOST_TOLD);
        like
    }

    /// The records under a key, the latest first.
    fn under(&self, key: u64) -> impl Iterator<Item = &Compared> {
        let at = move |link: u32| self.before.get(usize::try_from(link).ok()?);
        let mut next = self.last.get(&key).copied();
        std::iter::from_fn(move || {
            let (place, before) = at(next?)?;
            next = *before;
            self.records.get(usize::try_from(*place).ok()?)
        })
        .take(MOST_LOOKED_AT)
    }

    fn compare(&self, record: &Record) -> Compared {
        let mut name = self.words_of(&record.name);
        let organisation = self.words_of(&record.organisation);
        let own: Vec<String> = name
            .iter()
            .filter(|word| !organisation.contains(word))
            .cloned()
            .collect();
        let own = joined(own);
        if name.is_empty() {
            // A name of empty words only, such as "The A": its letters are all it has.
            name = vec![folded(&record.name).collect()];
        }
        let name = joined(name);
        let public = || record.facts.locations.iter().filter(|l| !l.internal);
        Compared {
            id: record.id.as_str().into(),
            called: record.name.as_str().into(),
            own_name: if self.tells_apart(&own) {
                own.into()
            } else {
                name.as_str().into()
            },
            name: name.into(),
            organisation: hashed(joined(organisation)),
            contract: hashed(&record.contract),
            postcodes: public()
                .filter_map(|l| postcode(&l.postcode))
                .map(|postcode| hashed(("postcode", postcode)))
                .collect(),
            authorities: match &record.area.local_authorities {
                few if few.len() <= MOST_PLACES => {
                    few.iter().map(|gss| hashed(("authority", gss))).collect()
                }
                _ => [].into(),
            },
        }
    }

    /// The words of a name: no accents, capitals, plurals or empty words.
    fn words_of(&self, name: &str) -> Vec<String> {
        let folded: String = folded(name).take(NAME_BYTES).collect();
        let mut words: Vec<String> = folded
            .split(|c: char| !c.is_alphanumeric())
            .map(singular)
            .filter(|word| !word.is_empty() && !self.words.empty.contains(*word))
            .map(ToOwned::to_owned)
            .collect();
        words.sort_unstable();
        words.dedup();
        words
    }

    /// Whether a name has a word that is not too common to tell a service by.
    fn tells_apart(&self, name: &str) -> bool {
        name.split(' ')
            .any(|word| !word.is_empty() && !self.words.common.contains(word))
    }
}

impl Compared {
    fn same_name(&self, other: &Self) -> bool {
        !self.name.is_empty() && self.name == other.name
    }

    fn similar_name(&self, other: &Self) -> bool {
        similar(&self.name, &other.name) || similar(&self.own_name, &other.own_name)
    }

    fn same_postcode(&self, other: &Self) -> bool {
        self.postcodes.iter().any(|p| other.postcodes.contains(p))
    }

    /// Both say where they are, and they are not in one place.
    fn elsewhere(&self, other: &Self) -> bool {
        let apart = |ours: &[u64], theirs: &[u64]| {
            !ours.is_empty() && !theirs.is_empty() && !ours.iter().any(|p| theirs.contains(p))
        };
        apart(&self.postcodes, &other.postcodes) || apart(&self.authorities, &other.authorities)
    }
}

/// Word for word the same, a slip in a long word forgiven.
fn similar(one: &str, other: &str) -> bool {
    if one.is_empty() || one.split(' ').count() != other.split(' ').count() {
        return false;
    }
    let slips = |a: &str, b: &str| {
        let long = a.chars().count().min(b.chars().count()) >= LONG_WORD;
        long && strsim::osa_distance(a, b) <= 1
    };
    one.split(' ')
        .zip(other.split(' '))
        .all(|(a, b)| a == b || slips(a, b))
}

fn keys<'k>(record: &'k Record, of: &'k Compared) -> impl Iterator<Item = u64> + 'k {
    [
        hashed(("id", &record.id)),
        hashed(("organisation", of.organisation)),
    ]
    .into_iter()
    .chain(origin_key(record))
    .chain(place_keys(of))
}

/// A postcode alone, and each authority with the name: an authority has hundreds.
fn place_keys(of: &Compared) -> impl Iterator<Item = u64> + '_ {
    let named = |gss: &u64| hashed(("named", gss, &of.name));
    let postcodes = of.postcodes.iter().copied();
    postcodes.chain(of.authorities.iter().map(named))
}

fn origin_key(record: &Record) -> Option<u64> {
    let origin = record.facts.origin.as_ref()?;
    Some(hashed(("origin", &origin.feed, &origin.id)))
}

fn hashed(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Lower case, without accents or apostrophes; `&` is a word.
fn folded(text: &str) -> impl Iterator<Item = char> + '_ {
    text.nfkd()
        .filter(|c| !is_combining_mark(*c) && !matches!(c, '\'' | '’' | '‘' | '`'))
        .flat_map(char::to_lowercase)
}

/// `centres` as `centre`; and `womens`, which `women's` has become, as `women`.
fn singular(word: &str) -> &str {
    match word.strip_suffix('s') {
        Some(one) if one.len() >= 4 && !one.ends_with('s') => one,
        _ => word,
    }
}

fn joined(mut words: Vec<String>) -> String {
    words.sort_unstable();
    words.join(" ")
}

/// A whole postcode without its space.
fn postcode(text: &str) -> Option<String> {
    let (_, whole) = super::postcode::as_district(text)?;
    whole.then(|| {
        text.split_whitespace()
            .collect::<String>()
            .to_ascii_uppercase()
    })
}

#[cfg(test)]
mod tests;
