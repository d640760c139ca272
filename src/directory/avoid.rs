//! Places she must stay away from, against where services are.
//!
//! Lives here: what each service's places are called, and whether hers are among them.
//! Not here: any sentence; none may name such a place. It errs towards keeping a
//! service out: “Broad Street, Reading” keeps out what is in Reading. Another name that
//! a place goes by is one more entry of [`Names`].

use std::{collections::HashMap, sync::Arc};

use super::{
    compact::{Lists, as_u32},
    geography::{Authority, Geography, Outcode},
    postcode::as_district,
    service::Service,
};

/// The longest name in words: Bournemouth, Christchurch and Poole has five.
const MOST_WORDS: usize = 6;

/// What one place is called: town, postcode district, authority, county.
type Names = [Option<u32>; 4];

/// Where every service is, by name.
#[derive(Debug, Default)]
pub(super) struct Whereabouts {
    numbers: HashMap<String, u32>,
    of: Lists<Names>,
}

/// Where a service is, against where she must not go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whether {
    /// Nowhere she must avoid, or nothing she must.
    Clear,
    /// Its record gives no place.
    Unknown,
    /// Some of its places.
    InPart,
    /// All of them.
    Wholly,
}

impl Whereabouts {
    pub(super) fn build(services: &[Arc<Service>], geography: &Geography) -> Self {
        let mut all = Self::default();
        for service in services {
            let places = all.places_of(service, geography);
            all.of.push(places);
        }
        all
    }

    fn places_of(&mut self, service: &Service, geography: &Geography) -> Vec<Names> {
        let mut places = Vec::new();
        for location in &service.facts.locations {
            let district = as_district(&location.postcode);
            let outcode = district.and_then(|(d, _)| geography.outcode(&d));
            if outcode.is_some() || !location.town.trim().is_empty() {
                places.push(self.names(&location.town, outcode, geography));
            }
        }
        for part in service.area.locality.split(';') {
            let part = part.split_once('(').map_or(part, |(before, _)| before);
            if let Some(town) = part.rsplit(',').next().filter(|t| !t.trim().is_empty()) {
                places.push(self.names(town, None, geography));
            }
        }
        // One authority and nothing wider: it is somewhere in it.
        let area = &service.area;
        if let ([gss], true) = (area.local_authorities.as_slice(), places.is_empty()) {
            let authority = geography.authority(gss);
            places.extend(authority.map(|a| self.with_authority([None; 4], a)));
        }
        places
    }

    fn names(&mut self, town: &str, outcode: Option<&Outcode>, geography: &Geography) -> Names {
        let mut names = [None; 4];
        names[0] = self.number(town);
        names[1] = outcode.and_then(|o| self.number(&o.outcode));
        // Of a town, only the authority is taken from the district of an office there.
        let near = outcode.or_else(|| geography.town(town).map(|(_, outcode)| outcode));
        let gss = near.and_then(|o| o.authorities.first());
        match gss.and_then(|gss| geography.authority(gss)) {
            Some(authority) => self.with_authority(names, authority),
            None => names,
        }
    }

    fn with_authority(&mut self, mut names: Names, authority: &Authority) -> Names {
        names[2] = self.number(&authority.name);
        names[3] = authority.county.as_deref().and_then(|c| self.number(c));
        names
    }

    fn number(&mut self, name: &str) -> Option<u32> {
        let name = words(name).join(" ");
        if name.is_empty() {
            return None;
        }
        let next = as_u32(self.numbers.len());
        Some(*self.numbers.entry(name).or_insert(next))
    }

    /// What she must avoid, as the author typed it.
    pub(super) fn avoided(&self, typed: &[String], geography: &Geography) -> Avoided {
        let mut avoided = Avoided {
            numbers: Vec::new(),
            not_understood: 0,
        };
        for text in typed.iter().filter(|t| !t.trim().is_empty()) {
            let mut understood = false;
            for name in names_in(text) {
                let number = self.numbers.get(&name);
                understood |= number.is_some()
                    || geography.authority_named(&name).is_some()
                    || geography.town(&name).is_some()
                    || geography.outcode(&name.to_uppercase()).is_some();
                avoided.numbers.extend(number);
            }
            avoided.not_understood += usize::from(!understood);
        }
        avoided.numbers.sort_unstable();
        avoided.numbers.dedup();
        avoided
    }
}

/// What she must avoid.
#[derive(Debug)]
pub(super) struct Avoided {
    numbers: Vec<u32>,
    /// Texts in which no place was recognised, so that nothing could be kept out.
    pub(super) not_understood: usize,
}

impl Avoided {
    /// Whether a service is where she must not go.
    pub(super) fn whether(&self, service: u32, whereabouts: &Whereabouts) -> Whether {
        if self.numbers.is_empty() {
            return Whether::Clear;
        }
        let places = whereabouts.of.of(service);
        let hers = |n: &u32| self.numbers.binary_search(n).is_ok();
        let bad = |names: &&Names| names.iter().flatten().any(hers);
        match (places.iter().filter(bad).count(), places.len()) {
            (_, 0) => Whether::Unknown,
            (0, _) => Whether::Clear,
            (bad, all) if bad == all => Whether::Wholly,
            _ => Whether::InPart,
        }
    }
}

/// The words of a name, in small letters: `Stoke-on-Trent` has three.
fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// Every name that may stand in a text: each run of its words, and the districts of
/// the postcodes in it.
fn names_in(text: &str) -> Vec<String> {
    let words = words(text);
    let mut names = Vec::new();
    for from in 0..words.len() {
        for to in from + 1..=words.len().min(from + MOST_WORDS) {
            let name = words[from..to].join(" ");
            if to - from <= 2
                && let Some((district, _)) = as_district(&name)
            {
                names.push(district.to_lowercase());
            }
            names.push(name);
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_among_other_words_and_a_postcode_by_its_district() {
        for (text, name) in [
            ("anywhere near Broad Street, Reading", "reading"),
            ("his flat in Stoke-on-Trent", "stoke on trent"),
            ("RG1 4AA", "rg1"),
            ("rg14aa", "rg1"),
            ("flat 2, RG14", "rg14"),
        ] {
            assert!(names_in(text).contains(&name.to_owned()), "{text}");
        }
    }
}
