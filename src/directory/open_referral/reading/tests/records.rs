//! One service as a record.

use serde_json::json;

use super::*;
use crate::directory::{Service, Setting, State, facts::Often, vocabulary::term};

const ID: &str = "c78b2954-951b-553d-a3db-85a530bc3588";

fn attribute(taxonomy: &str, code: &str, value: &str) -> Value {
    let mut attribute = json!({
        "id": "1",
        "taxonomy_term": {"id": "2", "code": code, "name": code, "taxonomy": taxonomy}
    });
    if !value.is_empty() {
        attribute["value"] = value.into();
    }
    attribute
}

fn service(directory: &Directory, taken: &Taken) -> Service {
    directory.read(vec![taken.record.clone()]).remove(0)
}

#[test]
fn a_full_service_keeps_all_it_says() {
    let directory = directory();
    let mut end = json!({"id": "f", "source": "A funder"});
    end["attributes"] = json!([attribute("fact", "funding-end-date", "2027-03-31")]);
    let taken = read(
        &directory,
        json!({
            "id": ID,
            "name": "Example Women's Centre",
            "status": "active",
            "organization": {"id": "o", "name": "Example Charity", "description": "x"},
            "description": "Talk and tea.",
            "url": "https://centre.example/",
            "email": "office@centre.example",
            "minimum_age": 18,
            "assured_date": "2026-11-20",
            "assurer_email": "directory@centre.example",
            "last_modified": "2026-11-21T10:00:00.000Z",
            "application_process": "Court report author emails a referral.",
            "service_areas": [{"id": "a", "name": "Norwich",
                "uri": "http://statistics.data.gov.uk/id/statistical-geography/E07000148"}],
            "schedules": [
                {"id": "s", "freq": "WEEKLY", "byday": "MO,TU", "opens_at": "10:00:00",
                 "closes_at": "15:00:00", "description": "drop-in"},
                {"id": "t", "freq": "MONTHLY", "byday": "1WE", "opens_at": "9:30"},
                {"id": "u", "freq": "WEEKLY", "byday": "FR", "valid_to": "2020-01-01"}
            ],
            "languages": [{"id": "l", "name": "Polish", "code": "pl"}, {"id": "m", "code": "cy"}],
            "funding": [end],
            "capacities": [{"id": "c", "unit": {"id": "u", "name": "place"}, "available": 2,
                "maximum": 10, "updated": "2026-11-19T00:00:00.000Z"}],
            "cost_options": [{"id": "p", "option": "Free to her", "amount": 0}],
            "service_at_locations": [{"id": "x", "location": {
                "id": "y", "location_type": "physical", "name": "The House",
                "latitude": 52.62, "longitude": 1.29,
                "addresses": [{"address_1": "1 High Street", "city": "Norwich",
                    "postal_code": "NR1 3AA"}],
                "accessibility": [{"description": "Step-free"}]}}],
            "phones": [{"id": "p", "number": "01603 000000", "description": "referrals"}],
            "contacts": [{"id": "k", "name": "A Person", "phones": [{"number": "01603 000000"}]}],
            "attributes": [
                attribute("gender-setting", "women-only", ""),
                attribute("fact", "waiting-days", "21"),
                attribute("fact", "last-verified-by", "centre manager"),
                attribute("fact", "pcc-area", "norfolk"),
                attribute("fact", "denied", "facility/creche"),
                attribute("fact", "term-source", "gender-setting/women-only its own page"),
                attribute("openEligibility", "housing", ""),
            ]
        }),
    )
    .unwrap();
    let (record, facts) = (&taken.record, &taken.record.facts);
    assert_eq!(
        (record.id.as_str(), record.organisation.as_str()),
        (ID, "Example Charity")
    );
    assert_eq!(record.area.local_authorities, ["E07000148"]);
    assert_eq!(record.area.police_areas, ["norfolk"]);
    assert_eq!(record.as_at.text, "2026-11-20");
    assert_eq!(
        facts.openings.len(),
        2,
        "the third is over: {:?}",
        facts.openings
    );
    assert_eq!(facts.openings[1].often, Often::Monthly);
    assert_eq!(facts.languages, ["Polish", "cy"]);
    assert_eq!(facts.funded_until(), Some("2027-03-31".parse().unwrap()));
    assert_eq!(
        (facts.capacity[0].available, facts.waiting_days),
        (Some(2), Some(21))
    );
    assert_eq!(facts.verified.as_ref().unwrap().by, "centre manager");
    assert_eq!(facts.locations[0].postcode, "NR1 3AA");
    assert_eq!((facts.phones.len(), facts.accessibility.len()), (1, 1));
    assert_eq!(facts.terms[0].source, "its own page");
    assert_eq!(record.service_types, ["housing"]);
    assert_eq!(facts.origin.as_ref().unwrap().feed, FEED);
    assert!(!serde_json::to_string(record).unwrap().contains("A Person"));
    assert_eq!(codes(&taken.remarks), ["terms"]);
    let service = service(&directory, &taken);
    assert_eq!(
        (service.setting, service.state),
        (Setting::WomenOnly, State::Listed)
    );
    let creche = directory.vocabulary().place(term::CRECHE).unwrap();
    assert!(service.denied.has(creche) && !service.stated.has(creche));
}

#[test]
fn a_service_with_an_id_and_a_name_is_taken_and_shows_what_is_missing() {
    let directory = directory();
    let taken = read(&directory, json!({"id": "17", "name": "Drop-in"})).unwrap();
    let service = service(&directory, &taken);
    assert_eq!(
        (service.setting, service.state),
        (Setting::Unknown, State::Unknown)
    );
    assert_eq!(taken.record.facts.minimum_age, None);
    assert_eq!(codes(&taken.remarks), ["id_made", "missing"]);
    let says = &taken.remarks[1].says;
    for missing in [
        "who runs it",
        "where it works",
        "how to refer",
        "last checked",
    ] {
        assert!(says.contains(missing), "{says}");
    }
    // The same again has the same id, and that of another feed another.
    let again = read(&directory, json!({"id": 17, "name": "Drop-in"})).unwrap();
    assert_eq!(again.record.id, taken.record.id);
    let other = Reader::new(&directory, "https://other.example/", today());
    let other = other
        .read(&Ok(json!({"id": 17, "name": "Drop-in"})))
        .unwrap();
    assert_ne!(other.record.id, taken.record.id);
}

#[test]
fn what_cannot_be_right_is_refused_with_the_reason() {
    let directory = directory();
    let with = |key: &str, value: Value| {
        let mut service = json!({"id": ID, "name": "A"});
        service[key] = value;
        read(&directory, service).unwrap_err()
    };
    let at = |postcode: &str| json!([{"location": {"addresses": [{"postal_code": postcode}]}}]);
    for (key, value, code, says) in [
        ("id", Value::Null, "no_id", ""),
        ("name", json!("  "), "no_name", ""),
        ("name", json!("<br>"), "no_name", ""),
        (
            "description",
            json!({"en": "x"}),
            "wrong_type",
            "`description` is an object",
        ),
        ("name", json!(["A"]), "wrong_type", "a list"),
        (
            "schedules",
            json!([3]),
            "wrong_type",
            "`schedules` is a number",
        ),
        (
            "schedules",
            json!([{"opens_at": {}}]),
            "wrong_type",
            "schedules.opens_at",
        ),
        (
            "schedules",
            json!([{"opens_at": "15:00", "closes_at": "09:00", "byday": "MO"}]),
            "hours",
            "15:00",
        ),
        (
            "schedules",
            json!([{"valid_from": "2027-01-01", "valid_to": "2026-01-01"}]),
            "dates",
            "2026-01-01",
        ),
        (
            "cost_options",
            json!([{"valid_from": "2027-01-01", "valid_to": "2026-01-01"}]),
            "dates",
            "cost_options",
        ),
        ("minimum_age", json!(-3), "age", "-3"),
        ("service_at_locations", at("EH1 1AA"), "outside", "Scotland"),
        (
            "service_at_locations",
            at("BT1 1AA"),
            "outside",
            "Northern Ireland",
        ),
        (
            "locations",
            json!([{"addresses": [{"postal_code": "JE2 3AB"}]}]),
            "outside",
            "Jersey",
        ),
    ] {
        let refused = with(key, value);
        assert_eq!(refused.code, code, "{}", refused.says);
        assert!(refused.says.contains(says), "{}", refused.says);
    }
    let ages = json!({"id": ID, "name": "A", "minimum_age": 50, "maximum_age": "18"});
    assert_eq!(read(&directory, ages).unwrap_err().code, "ages");
    let funding = json!({"id": ID, "name": "A", "attributes": [
        attribute("fact", "not-before", "2027-04-01"),
        attribute("fact", "funding-end-date", "2027-03-31")]});
    assert_eq!(read(&directory, funding).unwrap_err().code, "funding");
    assert_eq!(
        read(&directory, json!("text")).unwrap_err().code,
        "not_a_service"
    );
}

#[test]
fn what_is_odd_is_taken_as_not_known_and_told() {
    let directory = directory();
    for (key, value, code) in [
        ("assured_date", json!("20/11/2026"), "not_a_date"),
        ("assured_date", json!("2027-01-01"), "future"),
        ("last_modified", json!("2099-01-01T00:00:00Z"), "future"),
        ("maximum_age", json!("any"), "not_a_number"),
        ("maximum_age", json!(999), "not_a_number"),
        ("url", json!("javascript:alert(1)"), "not_an_address"),
        ("email", json!("ask at the desk"), "not_an_address"),
        ("status", json!("sort of"), "status"),
        ("description", json!("<p>Tea</p>"), "markup"),
        ("alert", json!("x<script>alert(1)</script>"), "script"),
        ("description", json!("x".repeat(100_000)), "cut"),
        (
            "schedules",
            json!([{"opens_at": "noon", "byday": "MO"}]),
            "not_a_time",
        ),
        ("service_areas", json!([{"name": "Narnia"}]), "area_unknown"),
        (
            "phones",
            json!(vec![json!({"number": "1"}); 1000]),
            "left_out",
        ),
        (
            "locations",
            json!([{"latitude": 0, "longitude": 0}]),
            "point_off",
        ),
        (
            "locations",
            json!([{"addresses": [{"postal_code": "ZZ99 9ZZ"}]}]),
            "postcode_unknown",
        ),
    ] {
        let mut service = json!({"id": ID, "name": "A"});
        service[key] = value;
        let taken = read(&directory, service).unwrap();
        assert!(
            codes(&taken.remarks).contains(&code),
            "{key}: {:?}",
            taken.remarks
        );
        let kept = serde_json::to_string(&taken.record).unwrap();
        assert!(
            !kept.contains("alert(1)") && !kept.contains("<p>"),
            "{kept}"
        );
        assert!(kept.len() < 10_000, "{key}");
    }
}

#[test]
fn one_place_abroad_among_others_is_told_and_the_service_taken() {
    let directory = directory();
    let at = |postcode: &str| json!({"addresses": [{"postal_code": postcode}]});
    let border = json!({"id": ID, "name": "A", "locations": [at("EH1 1AA"), at("RG1 1AA")]});
    let taken = read(&directory, border).unwrap();
    assert!(codes(&taken.remarks).contains(&"postcode_outside"));
    // One that says it works in an authority here is not outside, wherever its office.
    let helpline = json!({"id": ID, "name": "A", "locations": [at("EH1 1AA")],
        "service_areas": [{"name": "Reading"}]});
    assert_eq!(
        read(&directory, helpline)
            .unwrap()
            .record
            .area
            .local_authorities,
        ["E06000038"]
    );
}

#[test]
fn areas_are_known_by_code_and_by_name_and_an_address_serves_where_neither_is_given() {
    let directory = directory();
    let area = |service: Value| read(&directory, service).unwrap().record.area;
    let named =
        |name: &str| area(json!({"id": ID, "name": "A", "service_areas": [{"name": name}]}));
    assert_eq!(named("West Berkshire").local_authorities, ["E06000037"]);
    assert_eq!(named("Thames Valley").police_areas, ["thames-valley"]);
    assert!(named("Hertfordshire").local_authorities.len() > 5);
    assert!(named("National").national);
    let uri = "http://statistics.data.gov.uk/id/statistical-geography/K04000001";
    assert!(area(json!({"id": ID, "name": "A", "service_areas": [{"uri": uri}]})).national);
    let placed = |postcode: &str| {
        area(json!({"id": ID, "name": "A",
            "locations": [{"addresses": [{"postal_code": postcode}]}]}))
    };
    let whole = directory
        .geography()
        .outcodes()
        .filter(|o| o.authorities.len() == 1)
        .min_by_key(|o| o.outcode.clone())
        .unwrap();
    let from_address = placed(&format!("{} 1AA", whole.outcode));
    assert_eq!(from_address.local_authorities, whole.authorities);
    assert!(
        from_address.text.contains("not stated"),
        "{}",
        from_address.text
    );
}

#[test]
fn a_service_of_open_referral_uk_1_is_read() {
    let directory = directory();
    let taken = read(&directory, json!({
        "id": "17", "name": "Drop-in", "status": "active", "assured_date": "2026-01-02T00:00:00",
        "organization": {"id": "3", "name": "Us"},
        "eligibilitys": [{"eligibility": "women", "minimum_age": 16, "maximum_age": 25.0}],
        "regular_schedules": [{"weekday": "Tuesday", "opens_at": "10:00:00+00:00",
            "closes_at": "12:00", "freq": "weekly"}],
        "service_areas": [{"service_area": "Reading", "uri": ""}],
        "service_taxonomys": [{"taxonomy": {"id": "t", "name": "Debt advice"}}],
        "languages": [{"language": "Urdu"}],
        "service_at_locations": [{"location": {"name": "Hall", "latitude": "51.45",
            "longitude": "-0.97", "physical_addresses": [{"address_1": "1 Road", "city": "Reading",
            "postal_code": "RG1 1AA"}], "accessibility_for_disabilities":
            [{"accessibility": "Ramp"}]}}],
        "contacts": [{"phones": [{"number": "0118 000000"}]}]
    }))
    .unwrap();
    let facts = &taken.record.facts;
    assert_eq!((facts.minimum_age, facts.maximum_age), (Some(16), Some(25)));
    assert_eq!(facts.eligibility, "women");
    assert_eq!(facts.openings[0].days, [crate::case::Day::Tuesday]);
    assert_eq!(taken.record.area.local_authorities, ["E06000038"]);
    assert_eq!(taken.record.service_types, ["Debt advice"]);
    assert_eq!(facts.languages, ["Urdu"]);
    assert!(facts.locations[0].point.is_some());
    assert_eq!(facts.accessibility, ["Ramp"]);
    assert_eq!(facts.phones.len(), 1);
    assert_eq!(taken.record.as_at.text, "2026-01-02");
}

#[test]
fn a_status_of_the_standard_is_never_taken_for_more_than_it_says() {
    let directory = directory();
    for (status, state) in [
        ("active", State::Listed),
        ("inactive", State::NotOpen),
        ("defunct", State::Historic),
        ("temporarily closed", State::Unknown),
        ("", State::Unknown),
        ("open!", State::Unknown),
    ] {
        let taken = read(&directory, json!({"id": ID, "name": "A", "status": status})).unwrap();
        assert_eq!(service(&directory, &taken).state, state, "{status}");
    }
}
