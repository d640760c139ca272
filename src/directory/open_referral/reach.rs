//! Where a record's area reaches, as the directory reads it: authorities and units that
//! it names narrow a police area, and a region counts only where nothing narrower is
//! recorded.
//!
//! Lives here: that reading, for documents and for questions about a postcode. An area
//! that only places a service on the map is carried as a fact and is no claim to work
//! all over it.

use crate::directory::{Area, Authority, Geography};

/// The areas a service works in.
pub(super) struct Reach<'a> {
    area: &'a Area,
    /// Slugs of police areas that it works across.
    pub(super) police_areas: Vec<&'a str>,
    /// Names of regions that it works across.
    pub(super) regions: &'a [String],
}

impl<'a> Reach<'a> {
    pub(super) fn of(area: &'a Area, geography: &Geography) -> Self {
        let units = area.pdus.iter().filter_map(|id| geography.unit(id));
        let named = area.local_authorities.iter();
        let inside: Vec<&str> = named
            .chain(units.flat_map(|unit| &unit.authorities))
            .filter_map(|gss| geography.authority(gss))
            .map(|authority| authority.police_area.as_str())
            .collect();
        let narrower = !inside.is_empty() || !area.police_areas.is_empty();
        let police = area.police_areas.iter().map(String::as_str);
        Self {
            area,
            police_areas: police.filter(|slug| !inside.contains(slug)).collect(),
            regions: if narrower { &[] } else { &area.regions },
        }
    }

    /// Whether it takes in the whole of an authority, or the part of it in a unit.
    pub(super) fn takes_in(&self, authority: &Authority) -> bool {
        self.area.national
            || self.area.local_authorities.contains(&authority.gss)
            || self.area.pdus.iter().any(|id| authority.pdus.contains(id))
            || self.police_areas.contains(&authority.police_area.as_str())
            || self.regions.contains(&authority.region)
    }
}
