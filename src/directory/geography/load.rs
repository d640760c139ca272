//! Reading `service-directory/geography/`.
//!
//! Lives here: the columns each file has, and the check that every code one file
//! uses stands in the file it belongs to. Not here: the areas themselves.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Authority, DeliveryUnit, Geography, Office, Outcode, Point, PoliceArea};
use crate::{
    content::{ContentError, ContentFiles},
    directory::{postcode::district_in, tables::rows},
};

const AUTHORITIES: &str = "service-directory/geography/local_authorities.csv";
const OTHER_CODES: &str = "service-directory/geography/other_authority_codes.csv";
const COUNTIES: &str = "service-directory/geography/county_councils.csv";
const POLICE_AREAS: &str = "service-directory/geography/police_force_areas.csv";
const REGIONS: &str = "service-directory/geography/probation_regions.csv";
const UNITS: &str = "service-directory/geography/probation_delivery_units.csv";
const UNIT_LINKS: &str = "service-directory/geography/pdu_local_authority.csv";
const OUTCODES: &str = "service-directory/geography/outcodes.csv";
const TOWNS: &str = "service-directory/geography/towns.csv";
const OUTSIDE: &str = "service-directory/geography/outside_postcode_areas.csv";
const OFFICES: &str = "service-directory/geography/probation_offices.csv";

#[derive(Deserialize)]
struct AuthorityRow {
    gss_code: String,
    name: String,
    official_name: String,
    county: String,
    pcc_slug: String,
    probation_region: String,
    former_gss_codes: String,
    lat: f64,
    long: f64,
}

#[derive(Deserialize)]
struct OtherCodeRow {
    other_gss_code: String,
    other_name: String,
    gss_code: String,
    how: How,
}

/// Why an authority has another code.
#[derive(Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum How {
    /// It took the place of the authority that had it.
    Replaced,
    /// It was given another itself.
    Recoded,
}

#[derive(Deserialize)]
struct CountyRow {
    name: String,
}

#[derive(Deserialize)]
struct PoliceAreaRow {
    police_force_area_code: String,
    name: String,
    pcc_slug: String,
    probation_region: String,
}

#[derive(Deserialize)]
struct RegionRow {
    nps_region_code: String,
    name: String,
}

#[derive(Deserialize)]
struct UnitRow {
    pdu_id: String,
    name: String,
}

#[derive(Deserialize)]
struct UnitLinkRow {
    pdu_id: String,
    la_gss: String,
}

#[derive(Deserialize)]
struct OutcodeRow {
    outcode: String,
    lat: f64,
    long: f64,
    main_la_gss: String,
    main_share: Option<f64>,
    la_gss_sampled: String,
    la_gss_other: String,
}

#[derive(Deserialize)]
struct TownRow {
    town: String,
    outcode: String,
}

#[derive(Deserialize)]
struct OutsideRow {
    postcode_area: String,
    nation: String,
}

#[derive(Deserialize)]
struct OfficeRow {
    name: String,
    address: String,
    probation_region_id: String,
    gov_uk_url: String,
}

impl Geography {
    /// Reads the folder. Faults are told in `faults`; what can be read is read.
    pub(in crate::directory) fn load(files: &ContentFiles, faults: &mut Vec<ContentError>) -> Self {
        let regions: Vec<RegionRow> = rows(files, REGIONS, faults)
            .into_iter()
            .map(|(_, r)| r)
            .collect();
        let mut geography = Self {
            regions: regions.iter().map(|r| r.name.clone()).collect(),
            counties: rows::<CountyRow>(files, COUNTIES, faults)
                .into_iter()
                .map(|(_, r)| r.name)
                .collect(),
            outside: rows::<OutsideRow>(files, OUTSIDE, faults)
                .into_iter()
                .map(|(_, r)| (r.postcode_area, r.nation))
                .collect(),
            ..Self::default()
        };
        geography.load_police_areas(files, faults);
        geography.load_authorities(files, faults);
        geography.load_other_codes(files, faults);
        geography.load_units(files, faults);
        geography.load_outcodes(files, faults);
        geography.load_towns(files, faults);
        geography.load_offices(&regions, files, faults);
        geography
    }

    fn load_offices(
        &mut self,
        regions: &[RegionRow],
        files: &ContentFiles,
        faults: &mut Vec<ContentError>,
    ) {
        for (line, row) in rows::<OfficeRow>(files, OFFICES, faults) {
            let code = row.probation_region_id;
            let region = regions.iter().find(|r| r.nps_region_code == code);
            if region.is_none() {
                faults.push(unknown(OFFICES, line, &code, REGIONS));
            }
            self.offices.push(Office {
                outcode: district_in(&row.address).filter(|o| self.outcodes.contains_key(o)),
                name: row.name,
                address: row.address,
                page: row.gov_uk_url,
                region: region.map(|r| r.name.clone()).unwrap_or_default(),
            });
        }
    }

    fn load_police_areas(&mut self, files: &ContentFiles, faults: &mut Vec<ContentError>) {
        for (line, row) in rows::<PoliceAreaRow>(files, POLICE_AREAS, faults) {
            if !self.regions.contains(&row.probation_region) {
                faults.push(unknown(POLICE_AREAS, line, &row.probation_region, REGIONS));
            }
            let area = PoliceArea {
                slug: row.pcc_slug.clone(),
                gss: row.police_force_area_code,
                name: row.name,
                region: row.probation_region,
            };
            if self
                .police_areas
                .insert(row.pcc_slug.clone(), area)
                .is_some()
            {
                faults.push(twice(POLICE_AREAS, line, &row.pcc_slug));
            }
        }
    }

    fn load_authorities(&mut self, files: &ContentFiles, faults: &mut Vec<ContentError>) {
        let all = rows::<AuthorityRow>(files, AUTHORITIES, faults);
        for (line, row) in all {
            if !self.police_areas.contains_key(&row.pcc_slug) {
                faults.push(unknown(AUTHORITIES, line, &row.pcc_slug, POLICE_AREAS));
            }
            if !row.county.is_empty() && !self.counties.contains(&row.county) {
                faults.push(unknown(AUTHORITIES, line, &row.county, COUNTIES));
            }
            let former: Vec<String> = codes(&row.former_gss_codes);
            let names = [&row.name, &row.official_name, &row.gss_code];
            for name in names.into_iter().chain(&former) {
                self.authority_names
                    .entry(name.to_lowercase())
                    .or_insert_with(|| row.gss_code.clone());
            }
            let authority = Authority {
                gss: row.gss_code.clone(),
                name: row.name,
                official_name: row.official_name,
                county: Some(row.county).filter(|c| !c.is_empty()),
                police_area: row.pcc_slug,
                region: row.probation_region,
                former,
                middle: Point {
                    lat: row.lat,
                    long: row.long,
                },
                pdus: Vec::new(),
            };
            if self
                .authorities
                .insert(row.gss_code.clone(), authority)
                .is_some()
            {
                faults.push(twice(AUTHORITIES, line, &row.gss_code));
            }
        }
    }

    fn load_other_codes(&mut self, files: &ContentFiles, faults: &mut Vec<ContentError>) {
        for (line, row) in rows::<OtherCodeRow>(files, OTHER_CODES, faults) {
            let Some(authority) = self.authorities.get_mut(&row.gss_code) else {
                faults.push(unknown(OTHER_CODES, line, &row.gss_code, AUTHORITIES));
                continue;
            };
            let code = row.other_gss_code.to_lowercase();
            let twice_told = self.authority_names.insert(code, row.gss_code.clone());
            if twice_told.is_some() {
                faults.push(twice(OTHER_CODES, line, &row.other_gss_code));
            }
            if row.how == How::Replaced {
                authority.former.push(row.other_gss_code);
                let former = (row.other_name.clone(), row.gss_code);
                self.former_names
                    .insert(row.other_name.to_lowercase(), former);
            }
        }
    }

    fn load_units(&mut self, files: &ContentFiles, faults: &mut Vec<ContentError>) {
        let mut units = BTreeMap::new();
        for (line, row) in rows::<UnitRow>(files, UNITS, faults) {
            let unit = DeliveryUnit {
                id: row.pdu_id.clone(),
                name: row.name,
                authorities: Vec::new(),
            };
            if units.insert(row.pdu_id.clone(), unit).is_some() {
                faults.push(twice(UNITS, line, &row.pdu_id));
            }
        }
        for (line, row) in rows::<UnitLinkRow>(files, UNIT_LINKS, faults) {
            let Some(unit) = units.get_mut(&row.pdu_id) else {
                faults.push(unknown(UNIT_LINKS, line, &row.pdu_id, UNITS));
                continue;
            };
            let Some(authority) = self.authorities.get_mut(&row.la_gss) else {
                faults.push(unknown(UNIT_LINKS, line, &row.la_gss, AUTHORITIES));
                continue;
            };
            unit.authorities.push(row.la_gss);
            authority.pdus.push(row.pdu_id);
        }
        self.units = units;
    }

    fn load_outcodes(&mut self, files: &ContentFiles, faults: &mut Vec<ContentError>) {
        for (line, row) in rows::<OutcodeRow>(files, OUTCODES, faults) {
            let mut authorities = vec![row.main_la_gss];
            for gss in codes(&row.la_gss_sampled) {
                if !authorities.contains(&gss) {
                    authorities.push(gss);
                }
            }
            let edge: Vec<String> = codes(&row.la_gss_other)
                .into_iter()
                .filter(|gss| !authorities.contains(gss))
                .collect();
            for gss in authorities.iter().chain(&edge) {
                if !self.authorities.contains_key(gss) {
                    faults.push(unknown(OUTCODES, line, gss, AUTHORITIES));
                }
            }
            let outcode = Outcode {
                outcode: row.outcode.clone(),
                middle: Point {
                    lat: row.lat,
                    long: row.long,
                },
                authorities,
                main_share: row.main_share,
                edge,
                counted: None,
            };
            if self.outcodes.insert(row.outcode.clone(), outcode).is_some() {
                faults.push(twice(OUTCODES, line, &row.outcode));
            }
        }
    }

    fn load_towns(&mut self, files: &ContentFiles, faults: &mut Vec<ContentError>) {
        for (line, row) in rows::<TownRow>(files, TOWNS, faults) {
            if !self.outcodes.contains_key(&row.outcode) {
                faults.push(unknown(TOWNS, line, &row.outcode, OUTCODES));
            }
            if self.towns.insert(row.town.clone(), row.outcode).is_some() {
                faults.push(twice(TOWNS, line, &row.town));
            }
        }
    }
}

fn codes(text: &str) -> Vec<String> {
    text.split_whitespace().map(ToOwned::to_owned).collect()
}

fn unknown(file: &str, line: usize, what: &str, belongs: &str) -> ContentError {
    let reason = format!("“{what}” does not stand in {belongs}");
    ContentError::new(file, Some(line), reason)
}

fn twice(file: &str, line: usize, what: &str) -> ContentError {
    ContentError::new(file, Some(line), format!("“{what}” stands here twice"))
}
