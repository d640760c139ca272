//! Documents as they are written, against the profile's schemas.

use std::sync::{Arc, LazyLock};

use foreword::{
    content::ContentFiles,
    directory::{
        Directory, Record,
        facts::{
            Capacity, Conflict, Facts, Funding, Location, Often, Opening, Phone, Stated, Verified,
        },
        open_referral::{Feed, Query, Writer},
    },
};
use serde_json::{Value, json};

use super::profile;

pub static SEED: LazyLock<Arc<Directory>> =
    LazyLock::new(|| Arc::new(Directory::load(&ContentFiles::embedded().unwrap()).unwrap()));

/// A fictional record with every fact there is.
#[expect(
    clippy::too_many_lines,
    reason = "one record with every field, to be read as one"
)]
pub fn full() -> Record {
    let day = |text: &str| text.parse().ok();
    let text = |words: &str| words.to_owned();
    let mut record = Record {
        id: text("7b0c6a52-6f2b-4f6c-9a55-0e3b9a1f2d11"),
        name: text("Example Women's Centre (fictional)"),
        organisation: text("Example Charity (fictional)"),
        kind: text("women's centre"),
        description: text("Fictional. <script>alert(1)</script> & <b>bold</b>"),
        setting_words: vec![text("women-only"), text("drop-in")],
        service_types: vec![text("accommodation"), text("complexity low/medium")],
        specialist_for: vec![text("mothers")],
        contract: Some(text("PRJ_0000")),
        delivery_locations: text("Reading; Newbury"),
        partner_contracts: vec![text("PRJ_0001")],
        referral_routes: text("probation practitioner; self-referral"),
        status: text("opened (source)"),
        as_at: text("2026-11 (fictional)").into(),
        confidence: text("none: fictional"),
        website: text("https://example.org/centre"),
        source: text("written for a test"),
        note: text("A note."),
        recorded_contract_end: day("2026-12-31"),
        ..Record::default()
    };
    record.area.text = text("Reading and West Berkshire");
    record.area.local_authorities = vec![text("E06000038"), text("E06000037")];
    record.area.pdus = vec![text("1")];
    record.area.police_areas = vec![text("thames-valley")];
    record.area.regions = vec![text("South Central")];
    record.area.national = true;
    record.area.locality = text("Reading");
    let denied = Stated {
        no: true,
        ..Stated::yes("facility/residential")
    };
    let sourced = Stated {
        source: text("centre's own page, 2026-11-20"),
        ..Stated::yes("facility/creche")
    };
    record.facts = Facts {
        terms: vec![sourced, denied, Stated::yes("elsewhere/unknown-term")],
        eligibility: text("Women over 18."),
        minimum_age: Some(18),
        maximum_age: Some(99),
        cost: text("Free to her"),
        languages: vec![text("English"), text("Welsh")],
        interpreting: text("By telephone."),
        accessibility: vec![text("Step-free."), text("Hearing loop.")],
        openings: vec![Opening {
            days: vec![foreword::case::Day::Tuesday, foreword::case::Day::Thursday],
            from: "10:00:00".parse().ok(),
            to: "13:30:00".parse().ok(),
            often: Often::Monthly,
            what: text("women's group"),
        }],
        court_assessment_days: Some(3),
        waiting_days: Some(21),
        not_before: day("2027-01-04"),
        capacity: vec![Capacity {
            unit: text("place"),
            available: Some(0),
            maximum: Some(10),
            updated: day("2026-11-20"),
            note: text("residential programme"),
        }],
        alert: text("Closed over Christmas."),
        funding: vec![Funding {
            funder: text("Fictional funder"),
            ends: day("2027-03-31"),
            note: text("renewal asked for"),
        }],
        owner: text("Centre manager"),
        owner_mailbox: text("centre@example.org"),
        verified: Some(Verified {
            on: "2026-11-20".parse().unwrap(),
            by: text("centre manager"),
            how: text("phone"),
        }),
        next_check: day("2026-12-20"),
        locations: vec![
            Location {
                name: text("The Centre"),
                address: text("1 High Street"),
                town: text("Reading"),
                postcode: text("RG1 1AA"),
                ..Location::default()
            },
            Location {
                town: text("Newbury"),
                postcode: text("RG14 1AA"),
                ..Location::default()
            },
        ],
        phones: vec![Phone {
            number: text("0118 496 0000"),
            what: text("referrals"),
        }],
        email: text("hello@example.org"),
        conflicts: vec![Conflict {
            about: text("area"),
            one: text("Reading"),
            one_source: text("one page"),
            other: text("Slough"),
            other_source: text("another page"),
        }],
        modified: "2026-11-20T10:11:12.345Z".parse().ok(),
        ..Facts::default()
    };
    record
}

/// A fictional record that holds what no document may.
pub fn refuge() -> Record {
    let mut record = Record {
        id: "0f4b1c1e-8f0a-4d0c-8b8e-5a5a3b6f9c10".into(),
        name: "A fictional refuge".into(),
        organisation: "Example Refuges (fictional)".into(),
        status: "opened (source)".into(),
        ..Record::default()
    };
    record.area.local_authorities = vec!["E06000038".into()];
    record.area.locality = "Hiddenstreet, Reading".into();
    record.facts.locations = vec![Location {
        name: "Hidden House".into(),
        address: "9 Hiddenstreet".into(),
        town: "Hiddentown".into(),
        postcode: "RG1 9ZZ".into(),
        internal: true,
        ..Location::default()
    }];
    record
}

pub fn written(record: &Record) -> Value {
    let writer = Writer::new(&SEED);
    serde_json::to_value(writer.service(&record.public().unwrap())).unwrap()
}

fn has_null(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.iter().any(has_null),
        Value::Object(fields) => fields.values().any(has_null),
        _ => false,
    }
}

#[test]
fn the_whole_directory_fits_the_profile() {
    let feed = Feed::of(Arc::clone(&SEED));
    let writer = feed.writer();
    let mut statuses = Vec::new();
    for record in feed.records() {
        let document = serde_json::to_value(writer.service(&record)).unwrap();
        profile::SERVICE.check(&document);
        assert!(!has_null(&document), "{document:#}");
        statuses.push(document["status"].as_str().unwrap().to_owned());
        let brief = serde_json::to_value(writer.brief(&record)).unwrap();
        profile::SERVICE_LIST.check(&brief);
    }
    assert_eq!(statuses.len(), SEED.services().len());
    for status in ["active", "inactive", "defunct"] {
        assert!(statuses.iter().any(|s| s == status), "{status}");
    }
}

#[test]
fn a_record_with_every_fact_fits_the_profile() {
    let document = written(&full());
    profile::SERVICE.check(&document);
    assert!(!has_null(&document));
    assert_eq!(document["minimum_age"], 18);
    assert_eq!(document["capacities"][0]["available"], 0);
    assert_eq!(document["schedules"][0]["byday"], "TU,TH");
    assert_eq!(document["schedules"][0]["opens_at"], "10:00");
    assert_eq!(document["last_modified"], "2026-11-20T10:11:12.345Z");
    let value = |term: &str| -> Vec<Value> {
        let attributes = document["attributes"].as_array().unwrap();
        let of = attributes
            .iter()
            .filter(|a| a["taxonomy_term"]["code"] == term);
        of.map(|a| a["value"].clone()).collect()
    };
    assert_eq!(value("denied"), [json!("facility/residential")]);
    assert_eq!(value("other-term"), [json!("elsewhere/unknown-term")]);
    assert_eq!(value("funding-end-date"), [json!("2027-03-31")]);
    assert_eq!(value("creche"), [Value::Null]);
}

#[test]
fn the_profile_refuses_what_is_not_a_service() {
    let mut document = written(&full());
    document["status"] = "open".into();
    assert!(profile::SERVICE.refuses(&document));
    let mut document = written(&full());
    document["url"] = "not an address".into();
    assert!(profile::SERVICE.refuses(&document));
    let mut document = written(&full());
    document["service_at_locations"][0]["location"]
        .as_object_mut()
        .unwrap()
        .remove("location_type");
    assert!(profile::SERVICE.refuses(&document));
}

#[test]
fn words_that_do_not_fit_their_property_are_carried_and_the_document_still_fits() {
    let mut record = full();
    record.website = "ask at the <centre>".into();
    record.facts.email = "by post".into();
    record.facts.owner_mailbox = "the manager's".into();
    let document = written(&record);
    profile::SERVICE.check(&document);
    let text = document.to_string();
    for carried in [
        "url ask at the <centre>",
        "email by post",
        "assurer_email the manager's",
    ] {
        assert!(text.contains(carried), "{carried}");
    }
}

#[test]
fn what_must_not_leave_is_in_no_document_and_answers_to_no_question() {
    let directory = Arc::new(SEED.with_records(vec![refuge()]));
    let feed = Feed::of(Arc::clone(&directory));
    let document = written(&refuge()).to_string();
    for hidden in ["Hidden", "9ZZ", "RG1"] {
        assert!(!document.contains(hidden), "{hidden}");
    }
    let asked = |words: &str| {
        let query = Query {
            search: vec![words.to_owned()],
            ..Query::default()
        };
        feed.services(&query).len()
    };
    assert_eq!(asked("fictional refuge"), 1);
    assert_eq!(asked("hiddenstreet"), 0);
    assert!(feed.at_locations(&Query::default()).is_empty());

    let mut secret = refuge();
    secret.facts.internal_only = true;
    let feed = Feed::of(Arc::new(SEED.with_records(vec![secret])));
    assert_eq!(feed.len(), SEED.services().len());
}

#[test]
fn ids_of_parts_are_the_same_in_every_writing() {
    assert_eq!(written(&full()), written(&full()));
    let mut shorter = full();
    shorter.facts.locations.remove(0);
    let (before, after) = (written(&full()), written(&shorter));
    assert_eq!(
        before["service_at_locations"][1],
        after["service_at_locations"][0]
    );
}

#[test]
fn what_is_read_out_of_words_says_so() {
    let mut record = full();
    record.facts.terms.clear();
    let document = written(&record);
    let attributes = document["attributes"].as_array().unwrap();
    let of = |code: &str| {
        attributes
            .iter()
            .find(|a| a["taxonomy_term"]["code"] == code)
            .unwrap_or_else(|| panic!("no {code} in {document:#}"))
    };
    for code in ["women-only", "low", "medium"] {
        assert_eq!(
            of(code)["label"],
            foreword::directory::open_referral::DERIVED
        );
    }
    assert_eq!(of("setting")["label"], Value::Null);
}

#[test]
fn an_area_that_only_places_a_service_is_no_claim_to_work_all_over_it() {
    let areas = |record: &Record| -> Vec<String> {
        let document = written(record);
        let areas = document["service_areas"].as_array().unwrap().iter();
        areas
            .map(|a| a["name"].as_str().unwrap().to_owned())
            .collect()
    };
    let mut record = full();
    record.area.national = false;
    record.area.pdus.clear();
    assert_eq!(areas(&record), ["Reading", "West Berkshire"]);
    record.area.local_authorities.clear();
    assert_eq!(areas(&record), ["Thames Valley"]);
    record.area.police_areas.clear();
    assert_eq!(areas(&record), ["South Central"]);
    record.area.regions.clear();
    assert_eq!(areas(&record), ["Reading and West Berkshire"]);
}

#[test]
fn status_says_whether_it_exists_and_a_pause_in_referrals_is_a_term() {
    let status = |record: &Record| written(record)["status"].as_str().unwrap().to_owned();
    let mut record = full();
    record.facts.terms = vec![Stated::yes("referral-state/paused")];
    assert_eq!(status(&record), "active");
    record.facts.terms = vec![Stated::yes("referral-state/closed")];
    assert_eq!(status(&record), "temporarily closed");
    record.status = "historic mention".into();
    assert_eq!(status(&record), "defunct");
    record.status = "NOT OPEN - do not offer".into();
    assert_eq!(status(&record), "inactive");
}
