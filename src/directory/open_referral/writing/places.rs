//! Where a service works, and where it is.
//!
//! Lives here: service areas, and places with their addresses. An internal place is
//! passed over even here, though a public record has none.

use super::{
    super::{GSS, ids, ids::Ids, reach::Reach, types},
    Writer,
};
use crate::directory::{PublicRecord, facts::Location};

/// Kind of area, in `extent_type`, where the standard leaves it to us.
pub(in crate::directory::open_referral) const NATIONAL: &str = "national";

impl Writer<'_> {
    /// Where it works.
    pub(super) fn areas(&self, record: &PublicRecord, ids: &mut Ids) -> Vec<types::ServiceArea> {
        let geography = self.directory.geography();
        let area = &record.area;
        let mut areas = Areas {
            service: ids::recorded(&record.id),
            ids,
            made: Vec::new(),
        };
        for gss in &area.local_authorities {
            let name = geography.authority(gss).map_or("", |a| &a.name);
            areas.add(name, Some(gss), "");
        }
        for id in &area.pdus {
            areas.add(geography.unit(id).map_or(id, |u| &u.name), None, "");
        }
        let reach = Reach::of(area, geography);
        for slug in &reach.police_areas {
            match geography.police_area(slug) {
                Some(police) => areas.add(&police.name, Some(&police.gss), ""),
                None => areas.add(slug, None, ""),
            }
        }
        for region in reach.regions {
            areas.add(region, None, "");
        }
        if area.national {
            areas.add(&area.text, None, NATIONAL);
        }
        if areas.made.is_empty() && !area.text.is_empty() {
            areas.add(&area.text, None, "");
        }
        areas.made
    }
}

struct Areas<'i> {
    service: uuid::Uuid,
    ids: &'i mut Ids,
    made: Vec<types::ServiceArea>,
}

impl Areas<'_> {
    fn add(&mut self, name: &str, gss: Option<&str>, extent_type: &str) {
        let says = format!("{name}/{}/{extent_type}", gss.unwrap_or_default());
        self.made.push(types::ServiceArea {
            id: self.ids.next("area", &says),
            service_id: Some(self.service),
            name: name.to_owned(),
            uri: gss.map(|code| format!("{GSS}{code}")).unwrap_or_default(),
            extent_type: extent_type.to_owned(),
            ..types::ServiceArea::default()
        });
    }
}

/// Where it is, as far as that may be known.
pub(in crate::directory::open_referral) fn locations(
    record: &PublicRecord,
    ids: &mut Ids,
) -> Vec<types::ServiceAtLocation> {
    let service = ids::recorded(&record.id);
    let public = record.facts.locations.iter().filter(|l| !l.internal);
    public
        .map(|place| {
            let location = location(place, &record.facts.accessibility, ids);
            types::ServiceAtLocation {
                id: ids.next("service-at-location", &location.id.to_string()),
                service_id: Some(service),
                location_id: Some(location.id),
                location: Some(location),
                service: None,
            }
        })
        .collect()
}

fn location(place: &Location, accessibility: &[String], ids: &mut Ids) -> types::Location {
    let says = [&place.name, &place.address, &place.town, &place.postcode];
    let id = ids.next("location", &says.map(String::as_str).join("|"));
    let somewhere = [&place.address, &place.town, &place.postcode];
    let mut addresses = Vec::new();
    if somewhere.iter().any(|part| !part.is_empty()) {
        addresses.push(types::Address {
            id: ids.next("address", &id.to_string()),
            location_id: Some(id),
            address_1: place.address.clone(),
            city: place.town.clone(),
            postal_code: place.postcode.clone(),
            country: "GB".to_owned(),
            address_type: "physical".to_owned(),
            ..types::Address::default()
        });
    }
    let accessibility = accessibility.iter().map(|says| types::Accessibility {
        id: ids.next("accessibility", &format!("{id}/{says}")),
        location_id: Some(id),
        description: says.clone(),
        ..types::Accessibility::default()
    });
    types::Location {
        id,
        location_type: "physical".to_owned(),
        name: place.name.clone(),
        latitude: place.point.map(|p| p.lat),
        longitude: place.point.map(|p| p.long),
        addresses,
        accessibility: accessibility.collect(),
        ..types::Location::default()
    }
}
