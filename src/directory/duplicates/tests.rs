//! What is the same service, and what only looks so.

use super::*;
use crate::{
    content::ContentFiles,
    directory::facts::{Location, Origin},
};

fn directory() -> Directory {
    Directory::load(&ContentFiles::embedded().unwrap()).unwrap()
}

/// Fictional.
fn record(id: &str, name: &str, organisation: &str, postcode: &str) -> Record {
    let mut record = Record {
        id: id.into(),
        name: name.into(),
        organisation: organisation.into(),
        ..Record::default()
    };
    if !postcode.is_empty() {
        record.facts.locations = vec![Location {
            postcode: postcode.into(),
            ..Location::default()
        }];
    }
    record
}

fn why(one: &Record, other: &Record) -> Option<LikeWhy> {
    let mut known = directory().knowing_none();
    known.add(one);
    known.like(other).first().map(|like| like.why)
}

#[test]
fn no_two_of_the_real_records_are_called_the_same_service() {
    let directory = directory();
    let mut known = directory.knowing_none();
    let mut called = Vec::new();
    for service in directory.services() {
        for like in known.like(service) {
            let other = directory.service(&like.id).unwrap();
            called.push((service.name.clone(), other.name.clone(), like.why));
        }
        known.add(service);
    }
    assert_eq!(called, []);
    assert_eq!(known.len(), directory.services().len());
}

#[test]
fn every_real_record_is_known_again_though_its_name_is_typed_otherwise() {
    let directory = directory();
    let known = directory.known();
    for service in directory.services() {
        let mut again = service.record.clone();
        again.id = "another".into();
        again.name = again.name.to_uppercase().replace('\'', "’");
        again.organisation = format!("The {} Ltd", again.organisation);
        let like = known.like(&again);
        assert_eq!(like[0].id, service.id, "{}", service.name);
        assert_eq!(like[0].why, LikeWhy::SameNameAndOrganisation);
        assert!(!directory.says_alike(like[0].why).is_empty());
    }
}

#[test]
fn the_same_name_in_two_towns_is_two_services() {
    let one = record("1", "Drop-in", "Helping Ltd", "RG1 1AA");
    assert_eq!(
        why(&one, &record("2", "Drop-in", "Helping", "LS1 1AA")),
        None
    );
    assert_eq!(
        why(&one, &record("2", "Drop in", "Helping Limited", "")),
        Some(LikeWhy::SameNameAndOrganisation)
    );
    assert_eq!(
        why(&one, &record("2", "The Drop-In", "Somebody else", "rg11aa")),
        Some(LikeWhy::SameNameAndPlace)
    );
}

#[test]
fn a_slip_of_the_pen_is_forgiven_where_the_postcode_or_organisation_is_the_same() {
    let one = record("1", "Sunflower Women's Centre", "Trevor's", "RG1 1AA");
    let same = [
        (
            "Sunfower Womens Centre",
            "Other",
            "RG1 1AA",
            LikeWhy::SimilarNameAndPlace,
        ),
        (
            "Sunfolwer Women Centre",
            "Trevor's",
            "",
            LikeWhy::SimilarNameAndOrganisation,
        ),
        (
            "Trevor's: Sunflower Women's Centre",
            "Trevor's",
            "",
            LikeWhy::SimilarNameAndOrganisation,
        ),
    ];
    for (name, organisation, postcode, expected) in same {
        let other = record("2", name, organisation, postcode);
        assert_eq!(why(&one, &other), Some(expected), "{name}");
    }
    for (name, organisation) in [
        ("Sunflower Women's Centre Garden", "Trevor's"),
        ("Jasmine Women's Centre", "Trevor's"),
        ("Sunfower Women's Centre", "Other"),
    ] {
        assert_eq!(
            why(&one, &record("2", name, organisation, "")),
            None,
            "{name}"
        );
    }
}

#[test]
fn a_common_name_in_one_authority_is_not_one_service() {
    let mut one = record("1", "Women's Group", "One", "");
    one.area.local_authorities = vec!["E06000038".into()];
    let mut other = record("2", "Women's Group", "Other", "");
    other.area.local_authorities = vec!["E06000038".into()];
    assert_eq!(why(&one, &other), None);
    one.name = "Rosebud Women's Group".into();
    other.name = "Rosebud Women’s Group".into();
    assert_eq!(why(&one, &other), Some(LikeWhy::SameNameAndPlace));
}

#[test]
fn a_record_that_comes_again_from_its_feed_is_known_by_its_id_there() {
    let origin = |id: &str| {
        Some(Origin {
            feed: "https://feed.example/".into(),
            id: id.into(),
        })
    };
    let mut one = record("1", "One", "", "");
    one.facts.origin = origin("7");
    let mut again = record("2", "Renamed", "", "");
    again.facts.origin = origin("7");
    assert_eq!(why(&one, &again), Some(LikeWhy::SameOrigin));
    again.facts.origin = origin("8");
    assert_eq!(why(&one, &again), None);
    again.id = "1".into();
    assert_eq!(why(&one, &again), Some(LikeWhy::SameId));
}

#[test]
fn a_place_that_must_not_be_known_is_not_compared() {
    let mut refuge = record("1", "Rosebud House", "One", "RG1 1AA");
    refuge.facts.locations[0].internal = true;
    assert_eq!(
        why(&refuge, &record("2", "Rosebud House", "Two", "RG1 1AA")),
        None
    );
}

#[test]
fn a_feed_that_calls_everything_the_same_is_answered_shortly() {
    let mut known = directory().knowing_none();
    for id in 0..3_000 {
        known.add(&record(&id.to_string(), "Drop-in", "One", "RG1 1AA"));
    }
    let like = known.like(&record("x", "Drop-in", "One", "RG1 1AA"));
    assert_eq!(like.len(), MOST_TOLD);
    assert!(known.has("0") && !known.has("x"));
}
