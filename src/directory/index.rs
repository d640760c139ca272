//! Finding the services that may work where she lives, without reading the rest.
//!
//! Lives here: the index by area, and distances. Not here: whether a service suits
//! her (`matching`). A new way of naming an area is a map in [`AreaIndex`] and a
//! [`How`].

use std::{collections::HashMap, sync::Arc};

use geographiclib_rs::{Geodesic, InverseGeodesic};
use serde::Serialize;

use super::{
    geography::{Authority, Geography, Point},
    place::Place,
    service::Service,
};

/// How near a service's area is to hers, the nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AreaFit {
    /// It names her local authority.
    LocalAuthority,
    /// It names her probation delivery unit, or another authority in it.
    Pdu,
    /// It works across her police (PCC) area.
    PccArea,
    /// It works across her probation region.
    Region,
    /// Its record says it is national.
    National,
}

/// What in the record ties a service to her area, the strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum How {
    Named,
    UnitNamed,
    SameUnit,
    Police,
    Region,
    National,
}

impl How {
    pub(super) fn fit(self) -> AreaFit {
        match self {
            Self::Named => AreaFit::LocalAuthority,
            Self::UnitNamed | Self::SameUnit => AreaFit::Pdu,
            Self::Police => AreaFit::PccArea,
            Self::Region => AreaFit::Region,
            Self::National => AreaFit::National,
        }
    }
}

/// Whether a match is through the authority she most likely lives in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tier {
    Likely,
    Unlikely,
    National,
}

/// A service that may work where she lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Near {
    pub(super) service: usize,
    pub(super) tier: Tier,
    pub(super) how: How,
    /// Which of the place's authorities it is near to.
    pub(super) authority: usize,
}

/// A point that distances to a service are measured to.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Spot {
    pub(super) name: String,
    pub(super) point: Point,
    /// A town the record names, rather than the middle of an authority.
    pub(super) town: bool,
}

/// Services by where they work.
#[derive(Debug, Default)]
pub(super) struct AreaIndex {
    by_authority: HashMap<String, Vec<usize>>,
    by_unit: HashMap<String, Vec<usize>>,
    by_police: HashMap<String, Vec<usize>>,
    inside_police: HashMap<String, Vec<usize>>,
    by_region: HashMap<String, Vec<usize>>,
    national: Vec<usize>,
    nowhere: Vec<usize>,
    /// Police areas each service works across, in order of service.
    across: Vec<Vec<String>>,
    spots: Vec<Spot>,
    spots_of: Vec<Vec<usize>>,
}

impl AreaIndex {
    pub(super) fn build(services: &[Arc<Service>], geography: &Geography) -> Self {
        let mut index = Self::default();
        let mut spot_names = HashMap::new();
        for (at, service) in services.iter().enumerate() {
            index.place_service(at, service, geography);
            let spots = spots_of(service, geography)
                .into_iter()
                .map(|spot| {
                    let key = (spot.name.clone(), spot.town);
                    *spot_names.entry(key).or_insert_with(|| {
                        index.spots.push(spot);
                        index.spots.len() - 1
                    })
                })
                .collect();
            index.spots_of.push(spots);
        }
        index
    }

    fn place_service(&mut self, at: usize, service: &Service, geography: &Geography) {
        let area = &service.area;
        let inside: Vec<&str> = area
            .local_authorities
            .iter()
            .chain(
                area.pdus
                    .iter()
                    .filter_map(|id| geography.unit(id))
                    .flat_map(|u| &u.authorities),
            )
            .filter_map(|gss| geography.authority(gss))
            .map(|a| a.police_area.as_str())
            .collect();
        let (partly, across): (Vec<String>, Vec<String>) = area
            .police_areas
            .iter()
            .cloned()
            .partition(|slug| inside.contains(&slug.as_str()));
        put_all(&mut self.by_authority, &area.local_authorities, at);
        put_all(&mut self.by_unit, &area.pdus, at);
        put_all(&mut self.by_police, &across, at);
        put_all(&mut self.inside_police, &partly, at);
        let local = !inside.is_empty() || !area.police_areas.is_empty();
        if !local {
            put_all(&mut self.by_region, &area.regions, at);
        }
        if area.national {
            self.national.push(at);
        }
        if !local && area.regions.is_empty() && !area.national {
            self.nowhere.push(at);
        }
        self.across.push(across);
    }

    /// Every service that may work where she lives, each once, at its best.
    pub(super) fn near(&self, place: &Place, geography: &Geography) -> Vec<Near> {
        let mut near = Vec::new();
        for (at, here) in place.local_authorities.iter().enumerate() {
            let Some(authority) = geography.authority(&here.gss) else {
                continue;
            };
            let tier = if here.likely {
                Tier::Likely
            } else {
                Tier::Unlikely
            };
            let mut add = |services: Option<&Vec<usize>>, how| {
                near.extend(services.into_iter().flatten().map(|service| Near {
                    service: *service,
                    tier,
                    how,
                    authority: at,
                }));
            };
            add(self.by_authority.get(&authority.gss), How::Named);
            add(self.by_police.get(&authority.police_area), How::Police);
            for id in &authority.pdus {
                add(self.by_unit.get(id), How::UnitNamed);
            }
            if here.likely {
                for gss in neighbours(authority, geography) {
                    add(self.by_authority.get(gss), How::SameUnit);
                }
                add(self.by_region.get(&authority.region), How::Region);
            }
        }
        near.extend(self.national.iter().map(|service| Near {
            service: *service,
            tier: Tier::National,
            how: How::National,
            authority: 0,
        }));
        near.sort_unstable();
        near.dedup_by_key(|n| n.service);
        near
    }

    /// Services inside her police area that name other places in it.
    pub(super) fn elsewhere_in_police_area(&self, place: &Place) -> Vec<usize> {
        let mut found: Vec<usize> = place
            .pcc
            .iter()
            .take(1)
            .filter_map(|p| self.inside_police.get(&p.id))
            .flatten()
            .copied()
            .collect();
        found.sort_unstable();
        found
    }

    /// Services whose record names no area at all.
    pub(super) fn nowhere(&self) -> &[usize] {
        &self.nowhere
    }

    /// Whether a service's record takes in the authority.
    pub(super) fn covers(&self, at: usize, service: &Service, authority: &Authority) -> bool {
        service.area.local_authorities.contains(&authority.gss)
            || self
                .across
                .get(at)
                .is_some_and(|areas| areas.contains(&authority.police_area))
    }

    /// A measure of distances from one point.
    pub(super) fn measure(&self, from: Point) -> Measure<'_> {
        Measure {
            index: self,
            earth: Geodesic::wgs84(),
            from,
            known: vec![None; self.spots.len()],
        }
    }
}

/// Distances from one point, each worked out once.
pub(super) struct Measure<'i> {
    index: &'i AreaIndex,
    earth: Geodesic,
    from: Point,
    known: Vec<Option<f64>>,
}

impl<'i> Measure<'i> {
    /// Kilometres to the nearest spot of a service, and the spot.
    pub(super) fn nearest(&mut self, service: usize) -> Option<(f64, &'i Spot)> {
        let index = self.index;
        let spots = index.spots_of.get(service)?;
        let mut nearest: Option<(f64, &Spot)> = None;
        for at in spots {
            let spot = index.spots.get(*at)?;
            let km = self.km(*at, spot);
            if nearest.is_none_or(|(best, _)| km < best) {
                nearest = Some((km, spot));
            }
        }
        nearest
    }

    fn km(&mut self, at: usize, spot: &Spot) -> f64 {
        if let Some(km) = self.known[at] {
            return km;
        }
        let metres: f64 = self.earth.inverse(
            self.from.lat,
            self.from.long,
            spot.point.lat,
            spot.point.long,
        );
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

fn neighbours<'g>(
    authority: &'g Authority,
    geography: &'g Geography,
) -> impl Iterator<Item = &'g String> {
    authority
        .pdus
        .iter()
        .filter_map(|id| geography.unit(id))
        .flat_map(|unit| &unit.authorities)
        .filter(|gss| **gss != authority.gss)
}

fn put_all(map: &mut HashMap<String, Vec<usize>>, keys: &[String], at: usize) {
    for key in keys {
        map.entry(key.clone()).or_default().push(at);
    }
}
