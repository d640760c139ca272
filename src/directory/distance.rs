//! About how far a service is.
//!
//! Lives here: the points a record gives, and the distance to the nearest. Not here:
//! travel; a distance only sorts services that her area already allows. A closer
//! point, such as an entrance, is a new [`Spot`] in [`Finder::spots_of`].

use std::{collections::HashMap, sync::Arc};

use geographiclib_rs::{Geodesic, InverseGeodesic};

use super::{
    compact::{Lists, as_u32},
    facts::Location,
    geography::{Geography, Point},
    index::How,
    place::Place,
    postcode::as_district,
    service::Service,
};

/// What a point is the point of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum SpotKind {
    /// The place itself.
    Exact,
    /// The middle of a town or postcode district that the record gives.
    Town,
    /// The middle of an authority that it works in.
    Authority,
}

/// A point that distances to a service are measured to.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Spot {
    pub(super) name: String,
    pub(super) point: Point,
    pub(super) kind: SpotKind,
}

/// The points of every service, each point held once.
#[derive(Debug, Default)]
pub(super) struct Spots {
    spots: Vec<Spot>,
    of: Lists<u32>,
}

/// What makes two points the same: exactly where, to the bit.
type Key = (u64, u64, SpotKind);

impl Spots {
    pub(super) fn of(services: &[Arc<Service>], geography: &Geography) -> Self {
        let mut all = Self::default();
        let mut held: HashMap<Key, u32> = HashMap::new();
        let mut finder = Finder {
            geography,
            towns: HashMap::new(),
        };
        for service in services {
            let spots = finder.spots_of(service).into_iter().map(|spot| {
                let (lat, long) = (spot.point.lat.to_bits(), spot.point.long.to_bits());
                *held.entry((lat, long, spot.kind)).or_insert_with(|| {
                    all.spots.push(spot);
                    as_u32(all.spots.len() - 1)
                })
            });
            all.of.push(spots);
        }
        all
    }

    /// A measure of distances from her place.
    pub(super) fn measure<'s>(&'s self, from: &'s Place) -> Measure<'s> {
        Measure {
            spots: self,
            earth: Geodesic::wgs84(),
            from,
            known: HashMap::new(),
        }
    }
}

/// Distances from one place, each worked out once.
pub(super) struct Measure<'s> {
    spots: &'s Spots,
    earth: Geodesic,
    from: &'s Place,
    known: HashMap<u32, f64>,
}

impl<'s> Measure<'s> {
    /// Whole kilometres to the nearest point of a service that says something, at least
    /// one, and the point.
    pub(super) fn nearest(&mut self, service: u32, how: How) -> Option<(f64, &'s Spot)> {
        let spots = self.spots;
        let mut nearest: Option<(f64, &Spot)> = None;
        for at in spots.of.of(service) {
            let spot = spots.spots.get(*at as usize)?;
            if !self.says_something(spot, how) {
                continue;
            }
            let km = self.km(*at, spot);
            if nearest.is_none_or(|(best, _)| km < best) {
                nearest = Some((km, spot));
            }
        }
        nearest.map(|(km, spot)| (km.round().max(1.0), spot))
    }

    /// The middle of an authority is no guide to a service that works across her
    /// police area, nor from the middle of that same authority.
    fn says_something(&self, spot: &Spot, how: How) -> bool {
        let across = matches!(how, How::Police | How::Region);
        let from_its_middle = self.from.outcode.is_none()
            && self
                .from
                .local_authorities
                .iter()
                .any(|a| a.name == spot.name);
        spot.kind != SpotKind::Authority || !(across || from_its_middle)
    }

    fn km(&mut self, at: u32, spot: &Spot) -> f64 {
        if let Some(km) = self.known.get(&at) {
            return *km;
        }
        let (from, to) = (self.from.point, spot.point);
        let metres: f64 = self.earth.inverse(from.lat, from.long, to.lat, to.long);
        let km = metres / 1000.0;
        self.known.insert(at, km);
        km
    }
}

/// Finds the points of a service.
struct Finder<'g> {
    geography: &'g Geography,
    /// Names looked up already, and where they are.
    towns: HashMap<String, Option<Spot>>,
}

impl Finder<'_> {
    /// The places the record gives; or else the towns its locality names; or else the
    /// middles of its authorities. A place that must not be known gives no distance,
    /// which would help to find it.
    fn spots_of(&mut self, service: &Service) -> Vec<Spot> {
        if !service.facts.has_internal() {
            let locations = service.facts.locations.iter();
            let given: Vec<Spot> = locations.filter_map(|l| self.location(l)).collect();
            if !given.is_empty() {
                return given;
            }
            let towns = self.towns_in(&service.area.locality);
            if !towns.is_empty() {
                return towns;
            }
        }
        service
            .area
            .local_authorities
            .iter()
            .filter_map(|gss| self.geography.authority(gss))
            .map(|a| Spot {
                name: a.name.clone(),
                point: a.middle,
                kind: SpotKind::Authority,
            })
            .collect()
    }

    fn location(&mut self, location: &Location) -> Option<Spot> {
        let district = as_district(&location.postcode).map(|(outcode, _)| outcode);
        if let Some(point) = location.point {
            let names = [&location.town, &location.name];
            let name = names.into_iter().find(|n| !n.trim().is_empty()).cloned();
            return Some(Spot {
                name: name.or(district)?,
                point,
                kind: SpotKind::Exact,
            });
        }
        let of_district = district.and_then(|d| self.geography.outcode(&d));
        let of_district = of_district.map(|outcode| Spot {
            name: outcode.outcode.clone(),
            point: outcode.middle,
            kind: SpotKind::Town,
        });
        of_district.or_else(|| self.town(&location.town))
    }

    /// `Lord Street, Huddersfield (2016)` names Huddersfield.
    fn towns_in(&mut self, locality: &str) -> Vec<Spot> {
        locality
            .split(';')
            .filter_map(|part| {
                let part = part.split_once('(').map_or(part, |(before, _)| before);
                part.rsplit(',').find_map(|piece| self.town(piece))
            })
            .collect()
    }

    fn town(&mut self, name: &str) -> Option<Spot> {
        let name = name.trim();
        if name.is_empty() {
            return None;
        }
        if let Some(known) = self.towns.get(name) {
            return known.clone();
        }
        let spot = self.geography.town(name).map(|(name, outcode)| Spot {
            name: name.to_owned(),
            point: outcode.middle,
            kind: SpotKind::Town,
        });
        self.towns.insert(name.to_owned(), spot.clone());
        spot
    }
}
