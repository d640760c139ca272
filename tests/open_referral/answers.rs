//! What each address of the read API answers, and what goes around it.

use std::collections::BTreeSet;

use axum::http::{Method, StatusCode};
use foreword::{
    directory::Record,
    store::{AccountId, NewAccount, NewPassword, RecordAct, Role},
};
use serde_json::Value;

use super::{
    api::{ADDRESS, Api},
    documents::{SEED, full, refuge},
    profile::{self, Profile},
};

const LISTS: [&str; 5] = [
    "/services",
    "/organizations",
    "/service_at_locations",
    "/taxonomies",
    "/taxonomy_terms",
];

/// The profile's schema of each address: of one part of a list, and of one document.
fn profiles(list: &str) -> (Option<&'static Profile>, &'static Profile) {
    match list {
        "/services" => (Some(&profile::SERVICE_LIST), &profile::SERVICE),
        "/organizations" => (Some(&profile::ORGANIZATION_LIST), &profile::ORGANIZATION),
        "/service_at_locations" => (
            Some(&profile::SERVICE_AT_LOCATION_LIST),
            &profile::SERVICE_AT_LOCATION,
        ),
        "/taxonomies" => (None, &profile::TAXONOMY),
        _ => (None, &profile::TAXONOMY_TERM),
    }
}

/// Another fictional service with places, so that every list has a page of several.
fn other() -> Record {
    let mut record = full();
    record.id = "9d1f0a52-1111-4f6c-9a55-0e3b9a1f2d12".into();
    record.name = "Another example centre (fictional)".into();
    record
}

#[tokio::test]
async fn every_address_answers_in_the_form_of_the_profile_and_of_its_own_description() {
    let api = Api::with(vec![full(), other()]).await;
    let about = api.get("").await;
    assert_eq!(about["version"], "HSDS-UK-3.0");
    assert_eq!(api.get("/").await, about);
    let at = format!("{ADDRESS}/open-referral/v3/openapi.json");
    assert_eq!(about["openapi_url"], at.as_str());

    let described = api.get("/openapi.json").await;
    assert_eq!(described["openapi"], "3.1.0");
    let mut paths: BTreeSet<String> = ["/".to_owned()].into();
    for list in LISTS {
        let (part, whole) = profiles(list);
        let own = Profile::described(&described, list);
        let page = api.get(&format!("{list}?per_page=1000")).await;
        own.check(&page);
        assert_eq!(page["empty"], false, "{list}");
        let own = Profile::described(&described, &format!("{list}/{{id}}"));
        for one in page["contents"].as_array().unwrap() {
            part.unwrap_or(whole).check(one);
        }
        for one in page["contents"].as_array().unwrap().iter().rev().take(3) {
            let id = one["id"].as_str().unwrap();
            let document = api.get(&format!("{list}/{id}")).await;
            whole.check(&document);
            own.check(&document);
            assert_eq!(document["id"], one["id"]);
            assert_eq!(document["name"], one["name"]);
        }
        paths.extend([list.to_owned(), format!("{list}/{{id}}")]);
    }
    let named: BTreeSet<String> = described["paths"]
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect();
    assert_eq!(named, paths);
}

#[tokio::test]
async fn full_gives_everything_beneath_and_minimal_only_what_all_have() {
    let api = Api::with(vec![full()]).await;
    let page = api.get("/services?full=true&per_page=1000").await;
    for one in page["contents"].as_array().unwrap() {
        profile::SERVICE.check(one);
    }
    let id = full().id;
    let one = api.get(&format!("/services/{id}")).await;
    let mut contents = page["contents"].as_array().unwrap().iter();
    assert_eq!(contents.find(|s| s["id"] == id.as_str()), Some(&one));

    let page = api.get("/services?minimal=true").await;
    assert_eq!(page["total_pages"], 1);
    assert_eq!(page["size"], SEED.services().len() + 1);
    let last = page["contents"].as_array().unwrap().last().unwrap();
    let keys: Vec<&String> = last.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["id", "name", "status", "last_modified"]);
}

#[tokio::test]
async fn walking_the_pages_meets_every_public_service_once() {
    let mut secret = refuge();
    secret.facts.internal_only = true;
    let api = Api::with(vec![full(), secret.clone()]).await;
    let total = SEED.services().len() + 1;
    let mut met: Vec<String> = Vec::new();
    let mut number = 1;
    loop {
        let page = api
            .get(&format!("/services?per_page=7&page={number}"))
            .await;
        assert_eq!(page["total_items"], total);
        assert_eq!(page["total_pages"], total.div_ceil(7));
        assert_eq!(page["page_number"], number);
        assert_eq!(page["first_page"], number == 1);
        let contents = page["contents"].as_array().unwrap();
        assert_eq!(page["size"], contents.len());
        assert_eq!(page["empty"], false);
        met.extend(
            contents
                .iter()
                .map(|s| s["id"].as_str().unwrap().to_owned()),
        );
        if page["last_page"] == true {
            assert_eq!(number, total.div_ceil(7));
            break;
        }
        number += 1;
    }
    assert_eq!(met.len(), total);
    let once: BTreeSet<&String> = met.iter().collect();
    assert_eq!(once.len(), total);
    assert!(!met.contains(&secret.id));

    let past = api.get("/services?per_page=7&page=1000").await;
    assert_eq!(past["empty"], true);
    assert_eq!(past["total_items"], total);
    assert_eq!(past["last_page"], true);
    let none = api.get("/services?search=nosuchwordanywhere").await;
    assert_eq!(none["total_items"], 0);
    assert_eq!(
        (&none["first_page"], &none["last_page"]),
        (&true.into(), &true.into())
    );
}

#[tokio::test]
async fn lines_carry_every_service_without_pages() {
    let api = Api::with(Vec::new()).await;
    let answer = api
        .ask(Method::GET, "/services?format=ndjson&full=true", &[])
        .await;
    assert_eq!(answer.header("content-type"), "application/x-ndjson");
    let text = answer.text();
    let lines: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), SEED.services().len());
    for line in &lines {
        profile::SERVICE.check(line);
    }
}

#[tokio::test]
async fn a_reader_who_has_an_answer_is_told_so_until_the_directory_changes() {
    let api = Api::with(Vec::new()).await;
    let ask = async |path: &str, name: &str| {
        let headers = [("if-none-match", name)];
        api.ask(Method::GET, path, &headers).await
    };
    let first = ask("/services?page=2", "\"other\"").await;
    let name = first.header("etag").to_owned();
    assert!(name.starts_with('"'), "a strong name: {name}");
    assert!(first.header("cache-control").contains("max-age"));

    let again = ask("/services?page=2", &name).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    assert!(again.body.is_empty());
    assert_eq!(again.header("etag"), name);
    assert_eq!(again.header("access-control-allow-origin"), "*");
    assert_eq!(ask("/services?page=3", &name).await.status, StatusCode::OK);
    let among = format!("\"one\", {name}");
    assert_eq!(
        ask("/services?page=2", &among).await.status,
        StatusCode::NOT_MODIFIED
    );

    let now = "2026-11-24T09:00:00Z".parse().unwrap();
    let editor = NewAccount {
        id: AccountId::new(now),
        email: "editor@example.org".into(),
        display_name: "Editor".into(),
        roles: Role::Author.into(),
        password: NewPassword::new("three words and more").unwrap(),
    };
    let by = editor.id;
    api.store.create_account(editor, now).await.unwrap();
    api.store
        .change_record(&full(), 0, RecordAct::Added, by, now)
        .await
        .unwrap();
    let changed = ask("/services?page=2", &name).await;
    assert_eq!(changed.status, StatusCode::OK);
    assert_ne!(changed.header("etag"), name);
    let one = api
        .ask(Method::GET, &format!("/services/{}", full().id), &[])
        .await;
    assert_eq!(one.header("last-modified"), "Tue, 24 Nov 2026 09:00:00 GMT");
}

#[tokio::test]
async fn a_compressed_answer_has_a_name_of_its_own() {
    let api = Api::with(Vec::new()).await;
    let plain = api.ask(Method::GET, "/services", &[]).await;
    let packed = api
        .ask(Method::GET, "/services", &[("accept-encoding", "gzip")])
        .await;
    assert_eq!(packed.header("content-encoding"), "gzip");
    assert!(packed.body.len() < plain.body.len());
    assert_ne!(packed.header("etag"), plain.header("etag"));
    assert!(packed.header("etag").starts_with('"'));
}

#[tokio::test]
async fn any_program_may_read_and_nobody_gets_a_cookie() {
    let api = Api::with(vec![full()]).await;
    let origin = [("origin", "https://elsewhere.example")];
    let id = full().id;
    let (one, missing) = (format!("/services/{id}"), "/services/none".to_owned());
    for path in [
        "",
        "/services",
        &one,
        &missing,
        "/nowhere",
        "/services?page=0",
    ] {
        let answer = api.ask(Method::GET, path, &origin).await;
        assert_eq!(answer.header("access-control-allow-origin"), "*", "{path}");
        assert_eq!(
            answer.header("cross-origin-resource-policy"),
            "cross-origin"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert!(!answer.sets_a_cookie(), "{path}");
        let head = api.ask(Method::HEAD, path, &origin).await;
        assert_eq!(head.status, answer.status, "{path}");
        assert_eq!(head.header("content-type"), answer.header("content-type"));
        assert!(head.body.is_empty());
    }
    let preflight = [
        ("origin", "https://elsewhere.example"),
        ("access-control-request-method", "GET"),
        ("access-control-request-headers", "if-none-match"),
    ];
    let allowed = api.ask(Method::OPTIONS, "/services", &preflight).await;
    assert!(allowed.status.is_success());
    assert_eq!(allowed.header("access-control-allow-origin"), "*");
    assert!(
        allowed
            .header("access-control-allow-methods")
            .contains("GET")
    );

    for page in ["/sign-in", "/directory", "/assets/none/none.css"] {
        let answer = api.ask_at(Method::GET, page, &origin).await;
        assert_eq!(answer.header("access-control-allow-origin"), "", "{page}");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin");
    }
}

#[tokio::test]
async fn what_cannot_be_answered_is_told_as_json() {
    let api = Api::with(Vec::new()).await;
    let unknown = "/services/00000000-0000-4000-8000-000000000000";
    for (method, path, status) in [
        (Method::GET, unknown, 404),
        (Method::GET, "/services/not-an-id", 404),
        (Method::GET, "/organizations/none", 404),
        (Method::GET, "/service_at_locations/none", 404),
        (Method::GET, "/taxonomies/none", 404),
        (Method::GET, "/taxonomy_terms/none", 404),
        (Method::GET, "/nothing/here", 404),
        (Method::POST, "/services", 405),
        (Method::DELETE, "/services", 405),
    ] {
        let answer = api.ask(method, path, &[]).await;
        assert_eq!(answer.status.as_u16(), status, "{path}");
        assert_eq!(answer.header("content-type"), "application/problem+json");
        assert_eq!(answer.json()["status"], status, "{path}");
        assert!(!answer.json()["detail"].as_str().unwrap().is_empty());
    }
}

#[tokio::test]
async fn what_must_not_leave_is_behind_no_address() {
    let mut secret = full();
    secret.id = "3f0d2c52-2222-4f6c-9a55-0e3b9a1f2d13".into();
    secret.name = "Secretname (fictional)".into();
    secret.organisation = "Secretorganisation (fictional)".into();
    secret.facts.internal_only = true;
    let api = Api::with(vec![full(), refuge(), secret.clone()]).await;
    for list in LISTS {
        for more in ["", "&full=true", "&format=ndjson"] {
            if more == "&full=true" && list.starts_with("/tax") {
                continue;
            }
            let path = format!("{list}?per_page=1000{more}");
            let text = api.ask(Method::GET, &path, &[]).await.text();
            assert!(text.contains("\"id\""), "{path}: {text}");
            for hidden in ["Hidden", "9ZZ", "Secret"] {
                assert!(!text.contains(hidden), "{hidden} at {path}");
            }
        }
    }
    let gone = api
        .ask(Method::GET, &format!("/services/{}", secret.id), &[])
        .await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    // Nor can it be found out by asking what it matches.
    let refuge_named = "A fictional refuge".to_owned();
    assert_eq!(api.names("search=refuge%20fictional").await, [refuge_named]);
    for question in [
        "search=Hiddenstreet",
        "search=Hiddentown",
        "search=refuge%20fictional&postcode=RG1&proximity=50000",
        "search=Secretname",
    ] {
        assert!(api.names(question).await.is_empty(), "{question}");
    }
}

#[tokio::test]
async fn markup_in_a_description_is_text_in_json() {
    let api = Api::with(vec![full()]).await;
    let path = format!("/services/{}", full().id);
    let answer = api.ask(Method::GET, &path, &[]).await;
    assert_eq!(answer.json()["description"], full().description);
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert!(
        answer
            .header("content-security-policy")
            .contains("default-src 'none'")
    );
}
