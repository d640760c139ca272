//! The geography of England and Wales that catchments follow: authorities, police
//! areas, delivery units, regions, postcode districts.
//!
//! Lives here: the areas and how they nest. Not here: reading the files (`load`) or
//! understanding what an author typed (`places`). A new kind of area is a struct
//! here, a CSV file, and its reading in `load`.

mod exact;
mod load;
mod offices;
mod onspd;
mod onspd_report;
mod postcodes;

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, OnceLock},
};

pub use self::{
    onspd_report::{BadRow, OnspdError, Report},
    postcodes::{Coverage, Postcodes, PostcodesError},
};
use super::map::Cells;

/// A point on the map, in degrees.
#[derive(Debug, Clone, Copy, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Point {
    /// Latitude, north.
    pub lat: f64,
    /// Longitude, east.
    pub long: f64,
}

/// A local authority: a district, borough, unitary or Welsh authority.
#[derive(Debug, Clone, PartialEq)]
pub struct Authority {
    /// ONS code, such as `E06000037`.
    pub gss: String,
    /// Everyday name, such as `West Berkshire`.
    pub name: String,
    /// Full name of the council.
    pub official_name: String,
    /// Name of the county council above it, where there is one.
    pub county: Option<String>,
    /// Slug of its police (PCC) area.
    pub police_area: String,
    /// Name of its probation region.
    pub region: String,
    /// Codes of the authorities it replaced.
    pub former: Vec<String>,
    /// Its middle.
    pub middle: Point,
    /// Ids of the delivery units it is in; more than one where it is split.
    pub pdus: Vec<String>,
}

/// A police force area, which is also a Police and Crime Commissioner area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PoliceArea {
    /// The Ministry of Justice's id for it, such as `thames-valley`.
    pub slug: String,
    /// ONS code, such as `E23000029`.
    pub gss: String,
    /// Its name.
    pub name: String,
    /// Name of its probation region.
    pub region: String,
}

/// A probation delivery unit (PDU).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryUnit {
    /// Number in the Ministry of Justice's list.
    pub id: String,
    /// Its name.
    pub name: String,
    /// GSS codes of its authorities.
    pub authorities: Vec<String>,
}

/// A postcode district, such as `RG14`.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcode {
    /// The district.
    pub outcode: String,
    /// Its middle.
    pub middle: Point,
    /// GSS codes of the authorities its sampled postcodes are in, the main one first.
    pub authorities: Vec<String>,
    /// Share of the sample in the main authority; absent where nothing was sampled.
    pub main_share: Option<f64>,
    /// Authorities that may hold a few of its postcodes.
    pub edge: Vec<String>,
    /// How many live postcodes the authorities above were counted from; absent where
    /// they come from a sample.
    pub counted: Option<Counted>,
}

/// A count of a district's live postcodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// Postcodes counted.
    pub postcodes: u32,
    /// Those that could not be placed and are not counted.
    pub left_out: u32,
}

/// A probation office and the page it was published on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// Name as published.
    pub name: String,
    /// Address as published.
    pub address: String,
    /// Its page on GOV.UK; empty where none is recorded.
    pub page: String,
    /// Name of its probation region.
    pub region: String,
    /// The postcode district of its address, where it prints one that is known.
    pub outcode: Option<String>,
}

/// All of it.
#[derive(Debug, Clone, Default)]
pub struct Geography {
    authorities: BTreeMap<String, Authority>,
    police_areas: BTreeMap<String, PoliceArea>,
    units: BTreeMap<String, DeliveryUnit>,
    regions: Vec<String>,
    counties: Vec<String>,
    outcodes: HashMap<String, Outcode>,
    towns: BTreeMap<String, String>,
    outside: HashMap<String, String>,
    offices: Vec<Office>,
    /// Every live postcode, where the postcode directory has been loaded.
    postcodes: Option<Arc<Postcodes>>,
    /// Lower-case name, full name, code or former code to today's code.
    authority_names: HashMap<String, String>,
    /// Made when the first map is drawn.
    cells: OnceLock<Cells>,
    /// Lower-case name of an authority that has been replaced, to its name and the code
    /// of today's.
    former_names: HashMap<String, (String, String)>,
}

impl Geography {
    /// An authority by its code.
    #[must_use]
    pub fn authority(&self, gss: &str) -> Option<&Authority> {
        self.authorities.get(gss)
    }

    /// An authority by name, full name, code or former code.
    #[must_use]
    pub fn authority_named(&self, text: &str) -> Option<&Authority> {
        let gss = self.authority_names.get(&text.trim().to_lowercase())?;
        self.authorities.get(gss)
    }

    /// The authority that took the place of one that had this name, and that name.
    #[must_use]
    pub fn formerly(&self, name: &str) -> Option<(&str, &Authority)> {
        let (name, gss) = self.former_names.get(&name.trim().to_lowercase())?;
        Some((name, self.authorities.get(gss)?))
    }

    /// Every authority in order of code.
    pub fn authorities(&self) -> impl Iterator<Item = &Authority> {
        self.authorities.values()
    }

    /// A police area by its slug.
    #[must_use]
    pub fn police_area(&self, slug: &str) -> Option<&PoliceArea> {
        self.police_areas.get(slug)
    }

    /// Every police area in order of slug.
    pub fn police_areas(&self) -> impl Iterator<Item = &PoliceArea> {
        self.police_areas.values()
    }

    /// A delivery unit by its number.
    #[must_use]
    pub fn unit(&self, id: &str) -> Option<&DeliveryUnit> {
        self.units.get(id)
    }

    /// A delivery unit by its name.
    #[must_use]
    pub fn unit_named(&self, name: &str) -> Option<&DeliveryUnit> {
        self.units.values().find(|u| u.name == name)
    }

    /// Names of the probation regions.
    #[must_use]
    pub fn regions(&self) -> &[String] {
        &self.regions
    }

    /// Names of the county councils.
    #[must_use]
    pub fn counties(&self) -> &[String] {
        &self.counties
    }

    /// A postcode district.
    #[must_use]
    pub fn outcode(&self, outcode: &str) -> Option<&Outcode> {
        self.outcodes.get(outcode)
    }

    /// Every postcode district, in no order.
    pub fn outcodes(&self) -> impl Iterator<Item = &Outcode> {
        self.outcodes.values()
    }

    /// Postcode district of a town, by its name.
    #[must_use]
    pub fn town(&self, name: &str) -> Option<(&str, &Outcode)> {
        let wanted = name.trim();
        let (name, outcode) = self
            .towns
            .iter()
            .find(|(town, _)| town.eq_ignore_ascii_case(wanted))?;
        Some((name, self.outcodes.get(outcode)?))
    }

    /// Every town with its postcode district, by name.
    pub fn towns(&self) -> impl Iterator<Item = (&str, &Outcode)> {
        let towns = self.towns.iter();
        towns.filter_map(|(name, outcode)| Some((name.as_str(), self.outcodes.get(outcode)?)))
    }

    /// The postcode districts as shapes on the map.
    #[must_use]
    pub fn cells(&self) -> &Cells {
        self.cells.get_or_init(|| Cells::of(self))
    }

    /// The nation or island of a postcode area outside England and Wales.
    #[must_use]
    pub fn outside(&self, postcode_area: &str) -> Option<&str> {
        self.outside.get(postcode_area).map(String::as_str)
    }
}
