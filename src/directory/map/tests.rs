//! The map on the real geography.

use std::sync::OnceLock;

use super::*;
use crate::{
    content::ContentFiles,
    directory::{Directory, Record, facts::Location},
};

fn directory() -> &'static Directory {
    static LOADED: OnceLock<Directory> = OnceLock::new();
    LOADED.get_or_init(|| Directory::load(&ContentFiles::embedded().unwrap()).unwrap())
}

fn drawn(place: &str, pins: &[Pin<'_>]) -> serde_json::Value {
    let geography = directory().geography();
    let place = directory().place(place).unwrap();
    serde_json::to_value(Map::draw(geography, Some(&place), pins)).unwrap()
}

fn at(town: &str, number: usize) -> Pin<'_> {
    let (name, outcode) = directory().geography().town(town).unwrap();
    Pin {
        number,
        id: town,
        name,
        places: vec![RecordedPlace {
            name: name.to_owned(),
            point: outcode.middle,
            exactness: Exactness::Town,
        }],
    }
}

#[test]
fn every_postcode_district_has_a_shape_around_its_middle() {
    let cells = directory().geography().cells();
    assert!(cells.all.len() > 2300, "{}", cells.all.len());
    for cell in &cells.all {
        assert!(cell.corners.len() >= 3, "{}", cell.outcode);
        let (mut low, mut high) = (cell.corners[0], cell.corners[0]);
        for corner in &cell.corners {
            low.lat = low.lat.min(corner.lat);
            low.long = low.long.min(corner.long);
            high.lat = high.lat.max(corner.lat);
            high.long = high.long.max(corner.long);
        }
        let inside = (low.lat..=high.lat).contains(&cell.middle.lat)
            && (low.long..=high.long).contains(&cell.middle.long);
        assert!(inside, "{}", cell.outcode);
    }
}

#[test]
fn her_authority_unit_and_police_area_are_shaded_apart_and_named_in_the_key() {
    let map = drawn("RG14", &[]);
    let shades: Vec<_> = map["shapes"].as_array().unwrap().iter().collect();
    let shades: Vec<_> = shades
        .iter()
        .map(|s| s["shade"].as_str().unwrap())
        .collect();
    assert_eq!(shades, ["land", "police", "unit", "here"]);
    let areas = map["areas"].as_array().unwrap();
    assert_eq!(areas[0]["name"], "West Berkshire");
    assert_eq!(areas[2]["name"], "Thames Valley");
    assert!(!map["rings"].as_array().unwrap().is_empty());
    assert!(!map["towns"].as_array().unwrap().is_empty());
    assert!(map["scale"]["km"].as_u64().unwrap() > 0);
}

#[test]
fn services_stand_where_their_record_says_and_nowhere_where_it_does_not() {
    let nowhere = Pin {
        number: 3,
        id: "n",
        name: "Nowhere",
        places: Vec::new(),
    };
    let map = drawn("RG1", &[at("Reading", 1), at("Carlisle", 2), nowhere]);
    let markers = map["markers"].as_array().unwrap();
    assert_eq!(markers.len(), 1);
    assert_eq!(markers[0]["number"], 1);
    assert_eq!(map["beyond"][0]["number"], 2);
    assert_eq!(map["beyond"][0]["direction"], "north");
    assert_eq!(map["unplaced"][0]["number"], 3);
}

#[test]
fn services_in_one_town_stand_side_by_side_with_their_own_numbers() {
    let pins: Vec<_> = (1..=6).map(|number| at("Reading", number)).collect();
    let map = drawn("RG1", &pins);
    let markers = map["markers"].as_array().unwrap();
    let spots: std::collections::HashSet<_> = markers
        .iter()
        .map(|m| (m["x"].to_string(), m["y"].to_string()))
        .collect();
    assert_eq!((markers.len(), spots.len()), (6, 6));
}

#[test]
fn a_place_that_must_not_be_known_is_on_no_map() {
    let mut record = Record::default();
    record.area.locality = "Reading".into();
    record.facts.locations = vec![Location {
        postcode: "RG1 1AA".into(),
        town: "Reading".into(),
        internal: true,
        ..Location::default()
    }];
    let geography = directory().geography();
    assert_eq!(recorded_places(&record, geography), []);
    record.facts.locations[0].internal = false;
    let places = recorded_places(&record, geography);
    assert_eq!(places[0].name, "Reading");
    assert_eq!(places[0].exactness, Exactness::District);
    record.facts.internal_only = true;
    assert_eq!(recorded_places(&record, geography), []);
}

#[test]
fn distances_are_those_of_the_ellipsoid() {
    let (_, reading) = directory().geography().town("Reading").unwrap();
    let (_, carlisle) = directory().geography().town("Carlisle").unwrap();
    let far = kilometres(reading.middle, carlisle.middle);
    assert!((395.0..420.0).contains(&far), "{far}");
    assert!(kilometres(reading.middle, reading.middle) < 0.001);
}

#[test]
fn without_a_place_the_map_is_drawn_around_the_services() {
    let geography = directory().geography();
    let pins = [at("Reading", 1), at("Carlisle", 2)];
    let map = serde_json::to_value(Map::draw(geography, None, &pins)).unwrap();
    assert_eq!(map["markers"].as_array().unwrap().len(), 2);
    assert!(map["here"].is_null());
    assert!(Map::draw(geography, None, &[]).is_none());
}

#[test]
fn directions_are_those_of_the_compass() {
    let around = [
        (0.0, 1.0, "north"),
        (1.0, 1.0, "north-east"),
        (1.0, 0.1, "east"),
        (1.0, -0.9, "south-east"),
        (0.3, -1.0, "south"),
        (-1.0, -1.0, "south-west"),
        (-1.0, 0.0, "west"),
        (-1.0, 0.8, "north-west"),
    ];
    for (east, north, named) in around {
        assert_eq!(placing::direction(east, north), named, "{east} {north}");
    }
}
