//! Where a service is, and where it works.
//!
//! Lives here: locations with their postcodes and points, and service areas as areas of
//! ours. Not here: the areas themselves (`geography`). A country's or county's code
//! that should be known is one more arm of [`Reading::area_of`].

use super::{
    super::{GSS, fact},
    Reason,
    attributes::Attributes,
    document::Reading,
    fields::Fields,
    reason,
};
use crate::directory::{
    Geography, Outcode, Point,
    facts::{Facts, Location},
    postcode::as_district,
    service::Area,
};

/// Degrees that hold every point of the United Kingdom.
const NORTH: std::ops::RangeInclusive<f64> = 49.0..=61.0;
const EAST: std::ops::RangeInclusive<f64> = -9.0..=2.5;

/// Codes of countries whose whole is national here: the United Kingdom, Great Britain,
/// England and Wales, England.
const NATIONAL: [&str; 4] = ["K02", "K03", "K04", "E92"];

/// What [`super::super::writing`] calls the kind of a national area.
const NATIONAL_EXTENT: &str = "national";

/// Where a postcode is.
enum Stands<'g> {
    Here(&'g Outcode),
    Outside(String),
    Unknown,
}

impl Reading<'_, '_> {
    /// Where the service works, as far as it says.
    pub(super) fn area(&mut self, service: Fields<'_>, found: &Attributes) -> Result<Area, Reason> {
        let directory = self.reader.directory;
        let geography = directory.geography();
        let mut area = Area {
            text: found.one(fact::AREA_TEXT),
            locality: found.one(fact::LOCALITY),
            national: found.one(fact::NATIONAL) == "true",
            ..Area::default()
        };
        let own = !area.text.is_empty();
        for (codes, into, known) in [
            (
                fact::PDU,
                &mut area.pdus,
                &(|id: &str| geography.unit(id).is_some()) as &dyn Fn(&str) -> bool,
            ),
            (fact::PCC_AREA, &mut area.police_areas, &|slug| {
                geography.police_area(slug).is_some()
            }),
            (fact::REGION, &mut area.regions, &|name| {
                geography.regions().iter().any(|r| r == name)
            }),
        ] {
            into.extend(found.all(codes).into_iter().filter(|code| known(code)));
        }
        let (mut names, mut unknown) = (Vec::new(), Vec::new());
        for part in self.list(service, &["service_areas"])? {
            let uri = self.line(part, "uri")?;
            let mut name = self.line(part, "name")?;
            if name.is_empty() {
                // Open Referral UK 1.0.
                name = self.line(part, "service_area")?;
            }
            let extent = self.line(part, "extent_type")?;
            let code = uri.strip_prefix(GSS).or_else(|| uri.rsplit('/').next());
            let known = extent == NATIONAL_EXTENT && {
                area.national = true;
                true
            } || self.area_of(code.unwrap_or_default(), &name, own, &mut area);
            if !name.is_empty() && !names.contains(&name) {
                if !known && !own {
                    unknown.push(name.clone());
                }
                names.push(name);
            }
        }
        if !own {
            area.text = names.join(", ");
            area.national |= directory.readings.national(&area.text);
        }
        if !unknown.is_empty() && !area.national {
            let remark = &self.reader.words.remark;
            let told = reason!(remark, area_unknown, "names" => unknown.join(", "));
            self.remarks.push(told);
        }
        Ok(area)
    }

    /// Adds one service area, by its code or, where the record does not say otherwise
    /// itself, by its name. False where neither is known.
    fn area_of(&self, code: &str, name: &str, only_code: bool, area: &mut Area) -> bool {
        let geography = self.reader.directory.geography();
        let mut add = |gss: &str| {
            if !area.local_authorities.iter().any(|known| known == gss) {
                area.local_authorities.push(gss.to_owned());
            }
            true
        };
        if let Some(authority) = geography.authority_named(code) {
            return add(&authority.gss);
        }
        if NATIONAL.iter().any(|start| code.starts_with(start)) {
            area.national = true;
            return true;
        }
        if only_code || name.is_empty() {
            return false;
        }
        if let Some(authority) = geography.authority_named(name) {
            return add(&authority.gss);
        }
        let county = |of: &&crate::directory::Authority| {
            let county = of.county.as_deref();
            county.is_some_and(|county| county.eq_ignore_ascii_case(name))
        };
        let districts: Vec<_> = geography.authorities().filter(county).collect();
        if !districts.is_empty() {
            return districts.into_iter().all(|authority| add(&authority.gss));
        }
        let police = geography
            .police_areas()
            .find(|p| p.name.eq_ignore_ascii_case(name) || p.slug == name);
        if let Some(police) = police {
            area.police_areas.push(police.slug.clone());
            return true;
        }
        if let Some(unit) = geography.unit_named(name) {
            area.pdus.push(unit.id.clone());
            return true;
        }
        if let Some(region) = geography
            .regions()
            .iter()
            .find(|r| r.eq_ignore_ascii_case(name))
        {
            area.regions.push(region.clone());
            return true;
        }
        false
    }

    /// Its places, what getting into them is like, and the area where only they tell.
    pub(super) fn places(
        &mut self,
        service: Fields<'_>,
        area: &mut Area,
        facts: &mut Facts,
    ) -> Result<(), Reason> {
        let mut places = self.wrong(service.list(&["locations"]))?;
        for link in self.list(service, &["service_at_locations", "service_at_location"])? {
            places.extend(self.wrong(link.object("location"))?);
        }
        places.truncate(super::document::MOST_ENTRIES);
        for place in places {
            let location = self.location(place)?;
            if location != Location::default() && !facts.locations.contains(&location) {
                facts.locations.push(location);
            }
            for way in self.list(place, &["accessibility", "accessibility_for_disabilities"])? {
                // The second and third are Open Referral UK 1.0 and the tables.
                for key in ["description", "accessibility", "details"] {
                    let says = self.line(way, key)?;
                    if !says.is_empty() && !facts.accessibility.contains(&says) {
                        facts.accessibility.push(says);
                    }
                }
            }
            for phone in self.list(place, &["phones"])? {
                let number = self.line(phone, "number")?;
                if !number.is_empty() && !facts.phones.iter().any(|p| p.number == number) {
                    let what = self.line(phone, "description")?;
                    facts
                        .phones
                        .push(crate::directory::facts::Phone { number, what });
                }
            }
        }
        self.judge_places(area, facts)
    }

    fn location(&mut self, place: Fields<'_>) -> Result<Location, Reason> {
        let mut location = Location {
            name: self.line(place, "name")?,
            point: self.point(place)?,
            ..Location::default()
        };
        // The second is Open Referral UK 1.0.
        let addresses = self.list(place, &["addresses", "physical_addresses"])?;
        if let Some(address) = addresses.first() {
            let lines = [
                self.line(*address, "address_1")?,
                self.line(*address, "address_2")?,
            ];
            let lines = lines.into_iter().filter(|line| !line.is_empty());
            location.address = lines.collect::<Vec<_>>().join(", ");
            location.town = self.line(*address, "city")?;
            location.postcode = self.line(*address, "postal_code")?;
        }
        Ok(location)
    }

    fn point(&mut self, place: Fields<'_>) -> Result<Option<Point>, Reason> {
        let (lat, long) = (
            self.text(place, "latitude")?,
            self.text(place, "longitude")?,
        );
        if lat.is_empty() && long.is_empty() {
            return Ok(None);
        }
        if let (Ok(lat), Ok(long)) = (lat.parse::<f64>(), long.parse::<f64>())
            && NORTH.contains(&lat)
            && EAST.contains(&long)
        {
            return Ok(Some(Point { lat, long }));
        }
        self.remarks
            .push(reason!(self.reader.words.remark, point_off));
        Ok(None)
    }

    /// Refuses a service whose places are all elsewhere; tells what is odd; and takes
    /// the area from the address where nothing else gives it.
    fn judge_places(&mut self, area: &mut Area, facts: &Facts) -> Result<(), Reason> {
        let words = self.reader.words;
        let geography = self.reader.directory.geography();
        let (mut here, mut outside, mut unknown) = (Vec::new(), Vec::new(), Vec::new());
        for location in facts.locations.iter().filter(|l| !l.postcode.is_empty()) {
            match stands(geography, &location.postcode) {
                Stands::Here(outcode) => here.push(outcode),
                Stands::Outside(nation) => outside.push((location.postcode.clone(), nation)),
                Stands::Unknown => unknown.push(location.postcode.clone()),
            }
        }
        let placed = !area.local_authorities.is_empty()
            || !area.police_areas.is_empty()
            || !area.pdus.is_empty()
            || !area.regions.is_empty();
        if here.is_empty() && unknown.is_empty() && !outside.is_empty() && !placed && !area.national
        {
            let told: Vec<String> = outside
                .iter()
                .map(|(postcode, nation)| format!("{postcode} ({nation})"))
                .collect();
            return Err(reason!(words.refused, outside, "places" => told.join(", ")));
        }
        for (postcode, nation) in outside {
            let told = reason!(
                words.remark, postcode_outside, "postcode" => postcode, "nation" => nation
            );
            self.remarks.push(told);
        }
        for postcode in unknown {
            self.remarks
                .push(reason!(words.remark, postcode_unknown, "postcode" => postcode));
        }
        if area.text.is_empty() {
            self.area_from(&here, placed || area.national, area);
        }
        Ok(())
    }

    /// The authority that its address is in, where the district leaves no doubt.
    fn area_from(&mut self, here: &[&Outcode], placed: bool, area: &mut Area) {
        let words = self.reader.words;
        area.text.clone_from(&words.taken.area_none);
        if placed {
            return;
        }
        let geography = self.reader.directory.geography();
        let mut names = Vec::new();
        for outcode in here {
            if let [only] = outcode.authorities.as_slice()
                && let Some(authority) = geography.authority(only)
                && !area.local_authorities.contains(only)
            {
                area.local_authorities.push(only.clone());
                names.push(authority.name.as_str());
            }
        }
        if !names.is_empty() {
            let names = names.join(", ");
            area.text = reason!(words.taken, area_text, "area" => names).says;
            self.remarks
                .push(reason!(words.remark, area_from_address, "area" => names));
        }
    }
}

fn stands<'g>(geography: &'g Geography, postcode: &str) -> Stands<'g> {
    let Some((district, _)) = as_district(postcode) else {
        return Stands::Unknown;
    };
    if let Some(outcode) = geography.outcode(&district) {
        return Stands::Here(outcode);
    }
    let letters: String = district
        .chars()
        .take_while(char::is_ascii_alphabetic)
        .collect();
    match geography.outside(&letters) {
        Some(nation) => Stands::Outside(nation.to_owned()),
        None => Stands::Unknown,
    }
}
