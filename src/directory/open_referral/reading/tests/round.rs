//! What we write, read again.

use super::*;
use crate::directory::{
    PublicRecord,
    facts::{Capacity, Conflict, Facts, Funding, Location, Opening, Phone, Stated, Verified},
    open_referral::writing::Writer,
};

/// The record that comes back, without where it came from.
fn again(directory: &Directory, record: &PublicRecord) -> Record {
    let document = serde_json::to_value(Writer::new(directory).service(record)).unwrap();
    let taken = read(directory, document).unwrap_or_else(|e| panic!("{}: {}", record.name, e.says));
    let mut back = taken.record;
    assert_eq!(back.facts.origin.take().unwrap().feed, FEED);
    back
}

#[test]
fn every_record_of_the_folder_comes_back_as_it_was() {
    let directory = directory();
    for service in directory.services() {
        let public = service.record.public().unwrap();
        let mut expected = (*public).clone();
        expected.facts.origin = None;
        assert_eq!(again(&directory, &public), expected, "{}", service.name);
    }
}

#[test]
fn a_record_with_every_fact_comes_back_as_it_was() {
    let directory = directory();
    let day = |text: &str| text.parse().unwrap();
    let time = |text: &str| Some(format!("{text}:00").parse().unwrap());
    let mut record = directory.services()[0].record.clone();
    record.description = "Talk & tea.\nIn two lines.".into();
    record.website = "https://centre.example/".into();
    record.facts = Facts {
        terms: vec![
            Stated {
                term: "facility/creche".into(),
                no: false,
                source: "own page".into(),
            },
            Stated {
                term: "facility/rural".into(),
                no: true,
                source: String::new(),
            },
            Stated::yes("gender-setting/women-only"),
        ],
        eligibility: "Women over 18.".into(),
        minimum_age: Some(18),
        maximum_age: Some(25),
        cost: "Free".into(),
        languages: vec!["Polish".into(), "Welsh".into()],
        interpreting: "By telephone.".into(),
        accessibility: vec!["Step-free".into(), "Loop".into()],
        openings: vec![Opening {
            days: vec![crate::case::Day::Monday, crate::case::Day::Friday],
            from: time("09:30"),
            to: time("13:00"),
            what: "women's group".into(),
            ..Opening::default()
        }],
        court_assessment_days: Some(3),
        waiting_days: Some(21),
        not_before: Some(day("2026-12-01")),
        capacity: vec![Capacity {
            unit: "place".into(),
            available: Some(0),
            maximum: Some(10),
            updated: Some(day("2026-11-20")),
            note: "weekly".into(),
        }],
        alert: "Closed on 24 December.".into(),
        funding: vec![
            Funding {
                funder: "A".into(),
                ends: Some(day("2027-03-31")),
                note: "grant".into(),
            },
            Funding {
                funder: "B".into(),
                ..Funding::default()
            },
        ],
        owner: "Centre manager".into(),
        owner_mailbox: "directory@centre.example".into(),
        verified: Some(Verified {
            on: day("2026-11-20"),
            by: "centre manager".into(),
            how: "phone".into(),
        }),
        next_check: Some(day("2026-12-20")),
        locations: vec![
            Location {
                name: "The House".into(),
                address: "1 High Street".into(),
                town: "Reading".into(),
                postcode: "RG1 1AA".into(),
                point: Some(crate::directory::Point {
                    lat: 51.45,
                    long: -0.97,
                }),
                internal: false,
            },
            Location {
                town: "Newbury".into(),
                ..Location::default()
            },
        ],
        phones: vec![Phone {
            number: "0118 000000".into(),
            what: "referrals".into(),
        }],
        email: "office@centre.example".into(),
        conflicts: vec![Conflict {
            about: "area".into(),
            one: "x".into(),
            one_source: "a".into(),
            other: "y".into(),
            other_source: "b".into(),
        }],
        modified: Some("2026-11-21T10:00:00.123Z".parse().unwrap()),
        ..Facts::default()
    };
    let public = record.public().unwrap();
    assert_eq!(again(&directory, &public), *public);
}
