//! Where a record says a service is, as far as that may be known.
//!
//! Lives here: points for the places a record gives. Not here: guesses. The middle of an
//! authority is not where a service is, and a place that must not be known is nowhere.
//! A further way of giving a place is one more step in [`recorded_places`].

use super::Point;
use crate::directory::{Geography, Record, facts::Location};

/// How exact a recorded place is on the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exactness {
    /// A point the source gives.
    Point,
    /// The middle of its postcode district.
    District,
    /// The middle of a postcode district of its town.
    Town,
}

/// A place that a record gives.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordedPlace {
    /// What to call it: a town, a postcode district.
    pub name: String,
    /// Where it is.
    pub point: Point,
    /// How exact that is.
    pub exactness: Exactness,
}

/// The places a record gives, each once. None where it gives none, or none that may be
/// known.
#[must_use]
pub fn recorded_places(record: &Record, geography: &Geography) -> Vec<RecordedPlace> {
    if record.facts.internal_only {
        return Vec::new();
    }
    let known = record.facts.locations.iter().filter(|l| !l.internal);
    let mut places: Vec<RecordedPlace> = Vec::new();
    let mut add = |place: RecordedPlace| {
        if !places.iter().any(|p| p.point == place.point) {
            places.push(place);
        }
    };
    known
        .filter_map(|l| place_of(l, geography))
        .for_each(&mut add);
    // The locality of a record with a place that must not be known may be that place.
    if !record.facts.has_internal() {
        towns_in(&record.area.locality, geography).for_each(&mut add);
    }
    places
}

fn place_of(location: &Location, geography: &Geography) -> Option<RecordedPlace> {
    let district = location.postcode.split_whitespace().next();
    let outcode = district.and_then(|d| geography.outcode(&d.to_ascii_uppercase()));
    let town = || geography.town(&location.town);
    let named = |otherwise: &str| {
        let name = [location.town.as_str(), otherwise, &location.name];
        let name = name.into_iter().find(|n| !n.is_empty());
        name.unwrap_or_default().to_owned()
    };
    if let Some(point) = location.point {
        return Some(RecordedPlace {
            name: named(district.unwrap_or_default()),
            point,
            exactness: Exactness::Point,
        });
    }
    if let Some(outcode) = outcode {
        return Some(RecordedPlace {
            name: named(&outcode.outcode),
            point: outcode.middle,
            exactness: Exactness::District,
        });
    }
    town().map(|(name, outcode)| RecordedPlace {
        name: name.to_owned(),
        point: outcode.middle,
        exactness: Exactness::Town,
    })
}

/// `Lord Street, Huddersfield (2016); Halifax` names Huddersfield and Halifax.
fn towns_in<'g>(
    locality: &'g str,
    geography: &'g Geography,
) -> impl Iterator<Item = RecordedPlace> + 'g {
    locality.split(';').filter_map(|part| {
        let part = part.split_once('(').map_or(part, |(before, _)| before);
        let (name, outcode) = part.rsplit(',').find_map(|piece| geography.town(piece))?;
        Some(RecordedPlace {
            name: name.to_owned(),
            point: outcode.middle,
            exactness: Exactness::Town,
        })
    })
}
