//! About how far a service is.
//!
//! Lives here: the points a record gives, and the distance to the nearest. Not here:
//! travel; a distance only sorts services that her area already allows. A closer
//! point, such as an address, is a new [`Spot`] in [`spots_of`].

use std::{collections::HashMap, sync::Arc};

use geographiclib_rs::{Geodesic, InverseGeodesic};

use super::{
    geography::{Geography, Point},
    index::How,
    place::Place,
    service::Service,
};

/// A point that distances to a service are measured to.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Spot {
    pub(super) name: String,
    pub(super) point: Point,
    /// A town the record names, rather than the middle of an authority.
    pub(super) town: bool,
}

/// The points of every service, each point held once.
#[derive(Debug, Default)]
pub(super) struct Spots {
    spots: Vec<Spot>,
    of: Vec<Vec<usize>>,
}

impl Spots {
    pub(super) fn of(services: &[Arc<Service>], geography: &Geography) -> Self {
        let mut all = Self::default();
        let mut held: HashMap<(String, bool), usize> = HashMap::new();
        for service in services {
            let spots = spots_of(service, geography)
                .into_iter()
                .map(|spot| {
                    let key = (spot.name.clone(), spot.town);
                    *held.entry(key).or_insert_with(|| {
                        all.spots.push(spot);
                        all.spots.len() - 1
                    })
                })
                .collect();
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
            known: vec![None; self.spots.len()],
        }
    }
}

/// Distances from one place, each worked out once.
pub(super) struct Measure<'s> {
    spots: &'s Spots,
    earth: Geodesic,
    from: &'s Place,
    known: Vec<Option<f64>>,
}

impl<'s> Measure<'s> {
    /// Kilometres to the nearest point of a service that says something, and the point.
    pub(super) fn nearest(&mut self, service: usize, how: How) -> Option<(f64, &'s Spot)> {
        let spots = self.spots;
        let mut nearest: Option<(f64, &Spot)> = None;
        for at in spots.of.get(service)? {
            let spot = spots.spots.get(*at)?;
            if !self.says_something(spot, how) {
                continue;
            }
            let km = self.km(*at, spot);
            if nearest.is_none_or(|(best, _)| km < best) {
                nearest = Some((km, spot));
            }
        }
        nearest
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
        spot.town || !(across || from_its_middle)
    }

    fn km(&mut self, at: usize, spot: &Spot) -> f64 {
        if let Some(km) = self.known[at] {
            return km;
        }
        let (from, to) = (self.from.point, spot.point);
        let metres: f64 = self.earth.inverse(from.lat, from.long, to.lat, to.long);
        let km = metres / 1000.0;
        self.known[at] = Some(km);
        km
    }
}

/// Towns the record's locality names, or else the middles of its authorities.
fn spots_of(service: &Service, geography: &Geography) -> Vec<Spot> {
    let towns = towns_in(&service.area.locality, geography);
    if !towns.is_empty() {
        return towns;
    }
    service
        .area
        .local_authorities
        .iter()
        .filter_map(|gss| geography.authority(gss))
        .map(|a| Spot {
            name: a.name.clone(),
            point: a.middle,
            town: false,
        })
        .collect()
}

/// `Lord Street, Huddersfield (2016)` names Huddersfield.
fn towns_in(locality: &str, geography: &Geography) -> Vec<Spot> {
    locality
        .split(';')
        .filter_map(|part| {
            let part = part.split_once('(').map_or(part, |(before, _)| before);
            let (name, outcode) = part.rsplit(',').find_map(|piece| geography.town(piece))?;
            Some(Spot {
                name: name.to_owned(),
                point: outcode.middle,
                town: true,
            })
        })
        .collect()
}
