//! Services against those that are known.

use std::convert::Infallible;

use serde_json::json;

use super::*;
use crate::directory::facts::{Location, Verified};

const ID: &str = "c78b2954-951b-553d-a3db-85a530bc3588";
const OTHER: &str = "4adfb3a8-53c9-53fa-b143-25580197c44a";

fn judge(directory: &Directory) -> Judge<'_> {
    Judge::new(Reader::new(directory, FEED, today()), directory.known())
}

/// Judges these with `ours` kept already.
fn judged(
    directory: &Directory,
    ours: &[Ours],
    services: &[Value],
) -> (Vec<Option<Incoming>>, Report) {
    let mut known = directory.known();
    for one in ours {
        known.add(&one.record);
    }
    let mut judge = Judge::new(Reader::new(directory, FEED, today()), known);
    let taken = (1..)
        .zip(services)
        .map(|(item, service)| {
            let at = At { item, line: item };
            let mut kept =
                |id: &str| Ok::<_, Infallible>(ours.iter().find(|o| o.record.id == id).cloned());
            judge.judge(at, &Ok(service.clone()), &mut kept).unwrap()
        })
        .collect();
    (taken, judge.done())
}

fn service(id: &str, name: &str, assured: &str) -> Value {
    json!({"id": id, "name": name, "assured_date": assured,
        "organization": {"name": "Us"}, "description": "Tea."})
}

fn kept(directory: &Directory, service: Value) -> Ours {
    Ours {
        record: read(directory, service).unwrap().record,
        revision: 3,
        edited: false,
    }
}

#[test]
fn the_same_again_changes_nothing_and_news_brings_it_up_to_date() {
    let directory = directory();
    let ours = kept(&directory, service(ID, "A", "2026-11-01"));
    let (taken, report) = judged(
        &directory,
        std::slice::from_ref(&ours),
        &[service(ID, "A", "2026-11-01")],
    );
    assert_eq!((taken[0].clone(), report.counts.same), (None, 1));
    let (taken, report) = judged(&directory, &[ours], &[service(ID, "B", "2026-11-02")]);
    let taken = taken[0].as_ref().unwrap();
    assert_eq!((taken.seen, taken.record.name.as_str()), (3, "B"));
    assert_eq!(report.counts.merged, 1);
}

#[test]
fn what_an_editor_changed_or_checked_since_is_not_written_over() {
    let directory = directory();
    let ours = kept(&directory, service(ID, "A", "2026-11-01"));
    let edited = Ours {
        edited: true,
        ..ours.clone()
    };
    let mut checked = ours.clone();
    checked.record.facts.verified = Some(Verified {
        on: "2026-11-20".parse().unwrap(),
        by: "us".into(),
        how: "phone".into(),
    });
    let news = [service(ID, "B", "2026-11-02")];
    for (ours, code) in [(edited, "edited"), (checked, "checked_later")] {
        let (taken, report) = judged(&directory, &[ours], &news);
        assert_eq!(taken, [None]);
        assert_eq!(report.rows[0].verdict, Verdict::KeptOurs);
        assert_eq!(report.rows[0].why.as_ref().unwrap().code, code);
    }
    // An old file laid in again does not turn time back.
    let (taken, report) = judged(&directory, &[ours], &[service(ID, "B", "2025-01-01")]);
    assert_eq!((taken, report.counts.kept_ours), (vec![None], 1));
}

#[test]
fn a_place_that_must_not_be_known_outlives_the_feed_that_does_not_know_it() {
    let directory = directory();
    let mut ours = kept(&directory, service(ID, "A", "2026-11-01"));
    ours.record.facts.internal_only = true;
    ours.record.facts.locations = vec![Location {
        address: "Hidden".into(),
        internal: true,
        ..Location::default()
    }];
    let (taken, _) = judged(&directory, &[ours], &[service(ID, "B", "2026-11-02")]);
    let facts = &taken[0].as_ref().unwrap().record.facts;
    assert!(facts.internal_only && facts.locations[0].internal);
}

#[test]
fn a_record_of_the_folder_keeps_what_a_feed_does_not_say() {
    let directory = directory();
    let ours = directory.services()[0].record.clone();
    let news = json!({"id": ours.id, "name": "Renamed", "assured_date": "2026-11-20"});
    let (taken, report) = judged(&directory, &[], &[news]);
    let taken = taken[0].as_ref().unwrap();
    assert_eq!((taken.seen, taken.record.name.as_str()), (0, "Renamed"));
    assert_eq!(taken.record.contract, ours.contract);
    assert_eq!(taken.record.area, ours.area);
    assert_eq!(taken.record.service_types, ours.service_types);
    assert_eq!(report.counts.merged, 1);
    let stale = json!({"id": ours.id, "name": "Renamed", "assured_date": "2020-01-01"});
    assert_eq!(judged(&directory, &[], &[stale]).1.counts.kept_ours, 1);
}

#[test]
fn an_id_twice_in_one_run_is_refused_the_second_time() {
    let directory = directory();
    let (taken, report) = judged(
        &directory,
        &[],
        &[service(ID, "A", ""), service(&ID.to_uppercase(), "B", "")],
    );
    assert!(taken[0].is_some() && taken[1].is_none());
    assert_eq!(
        report.rows.last().unwrap().why.as_ref().unwrap().code,
        "twice"
    );
}

#[test]
fn a_possible_duplicate_is_taken_and_told() {
    let directory = directory();
    let (taken, report) = judged(
        &directory,
        &[],
        &[
            service(ID, "Rosebud Centre", ""),
            service(OTHER, "Rosebud Centres", ""),
        ],
    );
    assert!(taken.iter().all(Option::is_some));
    assert_eq!(report.counts.possible_duplicates, 1);
    let text = report.text(&directory);
    assert!(
        text.contains("“Rosebud Centre”") && text.contains(ID),
        "{text}"
    );
}

#[test]
fn a_taxonomy_that_goes_round_is_told_once_and_harms_nothing() {
    let directory = directory();
    let term = |id: &str, under: &str| json!({"taxonomy_term": {"id": id, "parent_id": under, "name": id, "taxonomy": "x"}});
    let round = json!({"id": ID, "name": "A", "attributes": [term("p", "q"), term("q", "p")]});
    let mut judge = judge(&directory);
    let mut none = |_: &str| Ok::<_, Infallible>(None);
    let taken = judge.judge(At::default(), &Ok(round), &mut none).unwrap();
    assert_eq!(taken.unwrap().record.service_types, ["p", "q"]);
    let report = judge.done();
    assert_eq!(report.notes.len(), 1);
    assert!(report.notes[0].says.contains("p, q"), "{:?}", report.notes);
}

#[test]
fn a_long_run_is_counted_whole_and_listed_in_part() {
    let directory = directory();
    let mut judge = judge(&directory);
    let mut none = |_: &str| Ok::<_, Infallible>(None);
    for item in 1..=2_500 {
        let at = At { item, line: item };
        judge
            .judge(at, &Ok(json!({"id": item})), &mut none)
            .unwrap();
    }
    let report = judge.done();
    assert_eq!(report.counts.refused, 2_500);
    assert_eq!((report.rows.len(), report.rows_not_listed), (1_000, 1_500));
    assert_eq!(report.tallies["no_name"].count, 2_500);
    let json = serde_json::to_value(&report).unwrap();
    assert_eq!(json["rows"][0]["why"]["code"], "no_name");
    assert_eq!(json["rows"][0]["line"], 1);
}
