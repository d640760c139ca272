//! Finding the services that may work where she lives, without reading the rest.
//!
//! Lives here: the index by area. Not here: distances (`distance`) or whether a service
//! suits her (`matching`). A new way of naming an area is a map in [`AreaIndex`] and a
//! [`How`].

use std::{collections::HashMap, sync::Arc};

use serde::Serialize;

use super::{
    compact::{Lists, as_u32},
    geography::{Authority, Geography},
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
    /// All but national, the strongest first.
    const IN_HER_AREA: [Self; 5] = [
        Self::Named,
        Self::UnitNamed,
        Self::SameUnit,
        Self::Police,
        Self::Region,
    ];

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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Near {
    pub(super) service: u32,
    pub(super) tier: Tier,
    pub(super) how: How,
    /// Which of the place's authorities it is near to.
    pub(super) authority: u8,
}

/// Services by where they work.
#[derive(Debug, Default)]
pub(super) struct AreaIndex {
    by_authority: HashMap<String, Vec<u32>>,
    by_unit: HashMap<String, Vec<u32>>,
    by_police: HashMap<String, Vec<u32>>,
    inside_police: HashMap<String, Vec<u32>>,
    by_region: HashMap<String, Vec<u32>>,
    national: Vec<u32>,
    nowhere: Vec<u32>,
    /// Numbers of the authorities each service names and of the police areas it works
    /// across: what a contract covers.
    covered: Lists<u32>,
    numbers: HashMap<String, u32>,
}

impl AreaIndex {
    pub(super) fn build(services: &[Arc<Service>], geography: &Geography) -> Self {
        let mut index = Self::default();
        for (at, service) in services.iter().enumerate() {
            index.place_service(as_u32(at), service, geography);
        }
        index
    }

    fn place_service(&mut self, at: u32, service: &Service, geography: &Geography) {
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
        let (partly, across): (Vec<&String>, Vec<&String>) = area
            .police_areas
            .iter()
            .partition(|slug| inside.contains(&slug.as_str()));
        put_all(&mut self.by_authority, &area.local_authorities, at);
        put_all(&mut self.by_unit, &area.pdus, at);
        put_all(&mut self.by_police, across.iter().copied(), at);
        put_all(&mut self.inside_police, partly, at);
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
        let numbers = &mut self.numbers;
        let named = area.local_authorities.iter().chain(across);
        self.covered.push(named.map(|id| number(numbers, id)));
    }

    /// Every service that may work where she lives, each once, at its best: the lists
    /// are gone through from the best, and the first that has a service keeps it.
    pub(super) fn near(&self, place: &Place, geography: &Geography) -> (Vec<Near>, Seen) {
        let mut near = Vec::new();
        let mut seen = Seen::of(self.covered.len());
        let here: Vec<(u8, bool, &Authority)> = (0..=u8::MAX)
            .zip(&place.local_authorities)
            .filter_map(|(at, a)| Some((at, a.likely, geography.authority(&a.gss)?)))
            .collect();
        for tier in [Tier::Likely, Tier::Unlikely] {
            for how in How::IN_HER_AREA {
                for (at, likely, authority) in &here {
                    if *likely != (tier == Tier::Likely) {
                        continue;
                    }
                    let mut add = |services: Option<&Vec<u32>>| {
                        for service in services.into_iter().flatten() {
                            if seen.first_time(*service) {
                                near.push(Near {
                                    service: *service,
                                    tier,
                                    how,
                                    authority: *at,
                                });
                            }
                        }
                    };
                    match how {
                        How::Named => add(self.by_authority.get(&authority.gss)),
                        How::UnitNamed => {
                            for id in &authority.pdus {
                                add(self.by_unit.get(id));
                            }
                        }
                        How::SameUnit if *likely => {
                            for gss in neighbours(authority, geography) {
                                add(self.by_authority.get(gss));
                            }
                        }
                        How::Police => add(self.by_police.get(&authority.police_area)),
                        How::Region if *likely => add(self.by_region.get(&authority.region)),
                        How::SameUnit | How::Region | How::National => {}
                    }
                }
            }
        }
        for service in &self.national {
            if seen.first_time(*service) {
                near.push(Near {
                    service: *service,
                    tier: Tier::National,
                    how: How::National,
                    authority: 0,
                });
            }
        }
        (near, seen)
    }

    /// Services inside her police area that name other places in it.
    pub(super) fn elsewhere_in_police_area(&self, place: &Place) -> &[u32] {
        let first = place.pcc.first();
        let inside = first.and_then(|p| self.inside_police.get(&p.id));
        inside.map_or(&[], Vec::as_slice)
    }

    /// Services whose record names no area at all.
    pub(super) fn nowhere(&self) -> &[u32] {
        &self.nowhere
    }

    /// The numbers that [`AreaIndex::covers`] takes for an authority.
    pub(super) fn numbers_of(&self, authority: &Authority) -> [Option<u32>; 2] {
        [&authority.gss, &authority.police_area].map(|id| self.numbers.get(id).copied())
    }

    /// Whether a service's record takes in the authority with these numbers.
    pub(super) fn covers(&self, at: u32, numbers: [Option<u32>; 2]) -> bool {
        let covered = self.covered.of(at);
        numbers.into_iter().flatten().any(|n| covered.contains(&n))
    }
}

/// Which services have been met already.
pub(super) struct Seen(Vec<u64>);

impl Seen {
    fn of(services: usize) -> Self {
        Self(vec![0; services.div_ceil(64)])
    }

    /// Whether it has not been met before; from now on it has.
    pub(super) fn first_time(&mut self, service: u32) -> bool {
        let (word, bit) = (service as usize / 64, 1 << (service % 64));
        let first = self.0[word] & bit == 0;
        self.0[word] |= bit;
        first
    }
}

fn number(numbers: &mut HashMap<String, u32>, id: &str) -> u32 {
    if let Some(known) = numbers.get(id) {
        return *known;
    }
    let next = as_u32(numbers.len());
    numbers.insert(id.to_owned(), next);
    next
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

fn put_all<'k>(
    map: &mut HashMap<String, Vec<u32>>,
    keys: impl IntoIterator<Item = &'k String>,
    at: u32,
) {
    for key in keys {
        match map.get_mut(key) {
            Some(services) => services.push(at),
            None => {
                map.insert(key.clone(), vec![at]);
            }
        }
    }
}
