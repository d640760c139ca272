//! The parameters of the read API: each alone, together, and wrong.

use axum::http::{Method, StatusCode};
use foreword::directory::{
    Record,
    facts::{Location, Opening},
};

use super::{
    api::Api,
    documents::{SEED, full},
};

const CENTRE: &str = "Example Women's Centre (fictional)";
const FAR: &str = "Far example centre (fictional)";

/// Like the full record, elsewhere and at other times.
fn far() -> Record {
    let mut record = full();
    record.id = "5c0b6a52-3333-4f6c-9a55-0e3b9a1f2d14".into();
    record.name = FAR.into();
    record.organisation = "Far Charity (fictional)".into();
    record.area.local_authorities = vec!["E06000047".into()]; // County Durham
    record.area.pdus.clear();
    record.area.police_areas.clear();
    record.area.regions.clear();
    record.area.national = false;
    record.area.locality = "Durham".into();
    record.facts.terms.remove(0); // the creche
    record.facts.minimum_age = Some(25);
    record.facts.maximum_age = None;
    record.facts.openings = vec![Opening {
        days: vec![foreword::case::Day::Friday],
        from: "09:00:00".parse().ok(),
        to: "17:00:00".parse().ok(),
        ..Opening::default()
    }];
    record.facts.locations = vec![Location {
        postcode: "DH1 3HP".into(),
        ..Location::default()
    }];
    record.facts.modified = "2026-01-01T00:00:00Z".parse().ok();
    record
}

async fn api() -> Api {
    Api::with(vec![full(), far()]).await
}

/// The fictional services among those that a question finds.
async fn ours(api: &Api, question: &str) -> Vec<String> {
    let mut names = api.names(question).await;
    names.retain(|name| name.ends_with("(fictional)"));
    names
}

#[tokio::test]
async fn each_parameter_narrows_the_list() {
    let api = api().await;
    let creche = "068a3b2d-dfea-52bf-a961-dfc59b2f5d53";
    let facility = "6c759526-5aff-5bc7-b45a-2fac13287a99";
    let access = "046eeac1-0a14-506e-a8f8-473aec6d00fc";
    let waiting = "60f09f57-71ce-56ee-aac7-b6050b8bca11";
    let both = vec![CENTRE, FAR];
    for (question, expected) in [
        ("", both.clone()),
        ("search=example%20centre", both.clone()),
        ("search=centre+FAR%20charity", vec![FAR]),
        (&format!("taxonomy_term_id={creche}"), vec![CENTRE]),
        (&format!("taxonomy_term_id={waiting}"), both.clone()),
        (
            &format!("taxonomy_term_id={waiting},{creche}"),
            vec![CENTRE],
        ),
        (
            &format!("taxonomy_term_id={waiting}&taxonomy_term_id={creche}"),
            vec![CENTRE],
        ),
        (&format!("taxonomy_id={facility}"), vec![CENTRE]),
        (&format!("taxonomy_id={access}"), vec![]),
        ("modified_after=2026-06-01", vec![CENTRE]),
        ("modified_after=2026-11-20T10:11:12.345Z", vec![CENTRE]),
        ("modified_after=2026-11-20T10:11:12.346Z", vec![]),
        ("modified_after=2025-12-31T23:00:00+01:00", both.clone()),
        ("minimum_age=18", both.clone()),
        ("minimum_age=19", vec![FAR]),
        ("maximum_age=99", vec![CENTRE]),
        ("maximum_age=98", vec![]),
        ("day=friday", vec![FAR]),
        ("day=TU", vec![CENTRE]),
        ("start_time=10:00", vec![CENTRE]),
        ("start_time=10:00:01", vec![]),
        ("end_time=13:30", vec![CENTRE]),
        ("start_time=09:00&end_time=17:00", both.clone()),
        ("day=friday&start_time=10:00", vec![]),
        ("postcode=RG14", vec![CENTRE]),
        ("postcode=DH1%203HP", both.clone()), // the centre is national
        ("postcode=DH1&proximity=5000", vec![FAR]),
        ("postcode=RG1%201AA&proximity=5000", vec![CENTRE]),
        ("postcode=RG1&proximity=0", vec![CENTRE]),
        ("search=&postcode=&page=", both),
        (
            "search=example&day=friday&minimum_age=18&postcode=DH1",
            vec![FAR],
        ),
    ] {
        assert_eq!(ours(&api, question).await, expected, "{question}");
    }
}

#[tokio::test]
async fn an_organisation_leads_to_its_services() {
    let api = api().await;
    let found = api.get("/organizations?search=far%20charity").await;
    let one = &found["contents"][0];
    assert_eq!(one["name"], "Far Charity (fictional)");
    let id = one["id"].as_str().unwrap();
    assert_eq!(ours(&api, &format!("organization_id={id}")).await, [FAR]);
    let document = api.get(&format!("/organizations/{id}")).await;
    assert_eq!(document["services"][0]["name"], FAR);
    let nobody = "00000000-0000-4000-8000-000000000000";
    assert!(
        api.names(&format!("organization_id={nobody}"))
            .await
            .is_empty()
    );
}

#[tokio::test]
async fn a_service_whose_last_change_is_unknown_is_never_missed() {
    let api = api().await;
    let found = api.names("modified_after=2026-11-24").await;
    assert_eq!(found.len(), SEED.services().len());
}

#[tokio::test]
async fn places_are_found_by_their_own_distance() {
    let api = api().await;
    let near = async |question: &str| {
        let page = api.get(&format!("/service_at_locations?{question}")).await;
        let contents = page["contents"].as_array().unwrap().iter();
        let found = contents.map(|place| {
            let address = &place["location"]["addresses"][0];
            (
                address["city"].as_str().unwrap().to_owned(),
                place["service"]["name"].as_str().unwrap().to_owned(),
            )
        });
        found.collect::<Vec<_>>()
    };
    let place = |town: &str, name: &str| (town.to_owned(), name.to_owned());
    assert_eq!(near("").await.len(), 3);
    assert_eq!(
        near("postcode=RG1&proximity=3000").await,
        [place("Reading", CENTRE)]
    );
    assert_eq!(
        near("postcode=RG14&proximity=5000").await,
        [place("Newbury", CENTRE)]
    );
    assert_eq!(near("day=friday").await, [place("", FAR)]);
}

#[tokio::test]
async fn a_parameter_that_is_wrong_is_told_with_what_would_be_right() {
    let api = api().await;
    for (path, parameter) in [
        ("/services?page=0", "page"),
        ("/services?page=two", "page"),
        ("/services?page=1&page=2", "page"),
        ("/services?per_page=1001", "per_page"),
        ("/services?format=xml", "format"),
        ("/services?taxonomy_term_id=creche", "taxonomy_term_id"),
        ("/services?organization_id=1", "organization_id"),
        ("/services?modified_after=yesterday", "modified_after"),
        ("/services?minimal=perhaps", "minimal"),
        ("/services?minimum_age=-1", "minimum_age"),
        ("/services?minimum_age=NaN", "minimum_age"),
        ("/services?start_time=25:00", "start_time"),
        ("/services?day=someday", "day"),
        ("/services?postcode=Reading", "postcode"),
        ("/services?postcode=EH1", "postcode"),
        ("/services?postcode=ZZ99", "postcode"),
        ("/services?proximity=500", "proximity"),
        ("/services?postcode=RG1&proximity=near", "proximity"),
        ("/services?postcoed=RG1", "postcoed"),
        ("/taxonomies?search=x", "search"),
        ("/taxonomy_terms?taxonomy_id=facility", "taxonomy_id"),
    ] {
        let answer = api.ask(Method::GET, path, &[]).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path}");
        let problem = answer.json();
        assert_eq!(problem["parameter"], parameter, "{path}");
        for part in ["detail", "expected"] {
            assert!(!problem[part].as_str().unwrap().is_empty(), "{path}");
        }
    }
}
