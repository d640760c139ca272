//! Finding the services that may work where she lives, without reading the rest.
//!
//! Lives here: the index by area. Not here: distances (`distance`) or whether a service
//! suits her (`matching`). A new way of naming an area is a map in [`AreaIndex`] and a
//! [`How`].

use std::{collections::HashMap, sync::Arc};

use serde::Serialize;

use super::{
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
}

impl AreaIndex {
    pub(super) fn build(services: &[Arc<Service>], geography: &Geography) -> Self {
        let mut index = Self::default();
        for (at, service) in services.iter().enumerate() {
            index.place_service(at, service, geography);
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
