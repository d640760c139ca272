//! Searching the directory, an entry of it, and what is printed from one.

use axum::http::StatusCode;
use foreword::directory::{
    AsAt, Record,
    facts::{Conflict, Location, Phone, Stated},
    vocabulary::term,
};

use super::visitor::Service;

const CENTRE: &str = "11111111-1111-4111-8111-111111111111";
const REFUGE: &str = "22222222-2222-4222-8222-222222222222";
const ENDED: &str = "33333333-3333-4333-8333-333333333333";

/// Fictional services in and near Newbury.
fn records() -> Vec<Record> {
    let record = |id: &str, name: &str| {
        let mut record = Record {
            id: id.into(),
            name: name.into(),
            organisation: "Example Trust".into(),
            kind: "women's centre".into(),
            service_types: vec!["accommodation".into(), "domestic abuse".into()],
            status: "active at source date".into(),
            as_at: AsAt::read("2026-11-01"),
            source: "written for this test".into(),
            ..Record::default()
        };
        record.area.local_authorities = vec!["E06000037".into()];
        record.area.text = "West Berkshire".into();
        record
    };
    let mut centre = record(CENTRE, "Zebra <Centre>");
    centre.facts.terms = [term::WOMEN_ONLY, term::CRECHE, term::OPEN]
        .map(Stated::yes)
        .to_vec();
    centre.facts.locations = vec![Location {
        address: "1 Example Street".into(),
        town: "Reading".into(),
        postcode: "RG1 1AA".into(),
        ..Location::default()
    }];
    centre.facts.phones = vec![Phone {
        number: "01632 960001".into(),
        what: String::new(),
    }];
    centre.facts.conflicts = vec![Conflict {
        about: "area".into(),
        one: "West Berkshire only".into(),
        one_source: "a leaflet".into(),
        other: "all Berkshire".into(),
        other_source: "a contract".into(),
    }];
    let mut refuge = record(REFUGE, "Zebra House");
    refuge.area.locality = "Hiddenham".into();
    refuge.facts.internal_only = true;
    refuge.facts.locations = vec![Location {
        address: "9 Hidden Road".into(),
        postcode: "RG14 1AA".into(),
        internal: true,
        ..Location::default()
    }];
    let mut ended = record(ENDED, "Zebra Past");
    ended.status = "historic mention".into();
    vec![centre, refuge, ended]
}

#[tokio::test]
async fn nobody_reads_the_directory_without_signing_in() {
    let service = Service::start().await;
    let mut visitor = service.visitor();
    for path in [
        "/directory",
        "/directory/newsletter",
        "/directory/services/x",
        "/directory/services/x/sheet",
        "/directory/services/x/court",
    ] {
        let to = visitor.get(path).await.location();
        assert!(to.starts_with("/sign-in"), "{path}: {to}");
    }
}

#[tokio::test]
async fn words_a_place_and_filters_narrow_the_list_and_each_filter_can_be_taken_away() {
    let service = Service::with_records(records()).await;
    let mut author = service.author("sam@example.org").await;
    let all = author.get("/directory").await;
    assert_eq!(all.texts(".foreword-hit").len(), 20);
    assert!(all.text().contains("Page 1 of"));

    let found = author
        .get("/directory?words=zebr&area=RG14&has=facility/creche&setting=women-only")
        .await;
    assert_eq!(
        found.texts("#found"),
        ["1 service for RG14 (West Berkshire)"]
    );
    let hit = found.texts(".foreword-hit").concat();
    for said in [
        "Zebra <Centre>",
        "Example Trust",
        "A women's centre",
        "West Berkshire",
        "to Reading",
        "Women-only, as recorded",
        "Open to referrals",
        "Not known:",
    ] {
        assert!(hit.contains(said), "{said}: {hit}");
    }
    let away = found.attributes(".foreword-chosen__tag", "href");
    assert_eq!(away.len(), 2);
    let fewer = author.get(&away[0]).await;
    assert_eq!(fewer.texts(".foreword-chosen__tag").len(), 1);
    let cleared = found.attributes("a[data-clear]", "href").concat();
    assert_eq!(
        author
            .get(&cleared)
            .await
            .texts(".foreword-chosen__tag")
            .len(),
        0
    );

    let nothing = author.get("/directory?words=xyzzy").await;
    assert!(nothing.text().contains("gap in the directory"));
}

#[tokio::test]
async fn what_has_ended_is_found_only_when_asked_for_and_never_has_a_sheet() {
    let service = Service::with_records(records()).await;
    let mut author = service.author("sam@example.org").await;
    let found = author.get("/directory?words=zebra+past").await;
    assert_eq!(found.texts(".foreword-hit").len(), 0);
    let found = author.get("/directory?words=zebra+past&ended=yes").await;
    assert!(found.texts(".foreword-hit").concat().contains("Has ended"));
    let entry = author.get(&format!("/directory/services/{ENDED}")).await;
    assert!(entry.text().contains("It is never offered"));
    let sheet = author
        .get(&format!("/directory/services/{ENDED}/sheet"))
        .await;
    assert_eq!(sheet.status, StatusCode::NOT_FOUND);
    let court = author
        .get(&format!("/directory/services/{ENDED}/court"))
        .await;
    assert!(court.text().contains("It is not offered"));
}

#[tokio::test]
async fn of_a_whole_postcode_only_the_district_stays_in_the_address() {
    let service = Service::start().await;
    let mut author = service.author("sam@example.org").await;
    let to = author.get("/directory?area=RG14+5AB").await.location();
    assert_eq!(to, "/directory?area=RG14");
    let wrong = author.get("/directory?area=Atlantis").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong
            .texts(".govuk-error-summary")
            .concat()
            .contains("Atlantis")
    );
    assert_eq!(wrong.texts(".foreword-hit").len(), 0);
}

#[tokio::test]
async fn the_map_numbers_what_the_list_numbers_and_places_nothing_at_a_guess() {
    let service = Service::with_records(records()).await;
    let mut author = service.author("sam@example.org").await;
    let page = author
        .get("/directory?words=zebra&area=RG14&view=map")
        .await;
    let markers = page.attributes(".foreword-map__marker", "href");
    assert_eq!(markers, [format!("#service-{CENTRE}")]);
    let figure = page.texts("figure").concat();
    assert!(figure.contains("Boundaries are approximate"));
    assert!(figure.contains("Not on the map, as no place is recorded: 2, Zebra House"));
    assert!(
        !page.body.contains("Hidden"),
        "a place that must not be known"
    );
}

#[tokio::test]
async fn an_entry_shows_every_fact_what_is_not_known_and_where_sources_differ() {
    let service = Service::with_records(records()).await;
    let mut author = service.author("sam@example.org").await;
    let entry = author.get(&format!("/directory/services/{CENTRE}")).await;
    let text = entry.text();
    for said in [
        "Zebra <Centre>",
        "a leaflet says",
        "West Berkshire only",
        "a contract says",
        "all Berkshire",
        "Days and hours Not known",
        "1 Example Street",
        "written for this test",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert_eq!(entry.attributes(".foreword-map__marker", "href").len(), 1);
    let missing = author.get("/directory/services/nobody").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_entry_for_authors_only_leaves_on_no_sheet_and_no_page_for_the_court() {
    let service = Service::with_records(records()).await;
    let mut author = service.author("sam@example.org").await;
    let entry = author.get(&format!("/directory/services/{REFUGE}")).await;
    assert!(entry.text().contains("For authors only"));
    assert_eq!(entry.texts("svg").len(), 0);
    for page in ["sheet", "court"] {
        let page = author
            .get(&format!("/directory/services/{REFUGE}/{page}"))
            .await;
        assert_eq!(page.status, StatusCode::NOT_FOUND);
    }
    let news = author.get("/directory/newsletter?area=RG14").await;
    assert!(!news.body.contains("Zebra House") && !news.body.contains("Hidden"));
}

#[tokio::test]
async fn a_directory_editor_sees_no_place_and_no_entry_that_must_not_be_known() {
    let mut records = records();
    records[0].facts.locations.push(Location {
        address: "9 Hidden Road".into(),
        internal: true,
        ..Location::default()
    });
    let service = Service::with_records(records).await;
    let mut author = service.author("sam@example.org").await;
    let mut editor = service.editor("eve@example.org", &["Another Trust"]).await;
    let centre = format!("/directory/services/{CENTRE}");
    assert!(author.get(&centre).await.text().contains("9 Hidden Road"));
    let entry = editor.get(&centre).await;
    assert_eq!(entry.status, StatusCode::OK);
    assert!(!entry.body.contains("Hidden"), "{}", entry.text());
    let refuge = format!("/directory/services/{REFUGE}");
    assert_eq!(editor.get(&refuge).await.status, StatusCode::NOT_FOUND);
    let found = editor.get("/directory?words=zebra").await;
    assert_eq!(found.texts(".foreword-hit").len(), 1);
}

#[tokio::test]
async fn a_sheet_names_neither_foreword_nor_why_she_has_it() {
    let service = Service::with_records(records()).await;
    let mut author = service.author("sam@example.org").await;
    let address = format!("/directory/services/{CENTRE}/sheet");
    let sheet = author.get(&address).await;
    assert_eq!(sheet.texts("title"), ["Information sheet"]);
    let named = sheet.headers["content-disposition"].to_str().unwrap();
    assert!(named.contains("information-sheet"), "{named}");
    let text = sheet.text();
    for said in [
        "Zebra <Centre>",
        "It is for women only.",
        "They can look after children while you are there.",
        "finding or keeping a place to live",
        "1 Example Street, Reading, RG1 1AA",
        "Phone: 01632 960001",
        "Ask: Which days are you open",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    for never in ["Foreword", "abuse", "court", "probation", "referral", "Sam"] {
        assert!(!text.contains(never), "{never}: {text}");
    }
    let large = author.get(&format!("{address}?letters=large")).await;
    assert_eq!(large.texts(".foreword-sheet--large").len(), 1);
}

#[tokio::test]
async fn the_bench_reads_three_sentences_of_each_with_source_and_date() {
    let service = Service::with_records(records()).await;
    let mut author = service.author("sam@example.org").await;
    let court = author
        .get(&format!("/directory/services/{CENTRE}/court"))
        .await;
    assert_eq!(court.texts(".foreword-three p.govuk-body").len(), 4);
    let plain = court.texts("textarea").concat();
    assert!(plain.contains("Source: written for this test, as at 2026-11-01."));
    let news = author.get("/directory/newsletter?area=RG14").await;
    let first = news.texts(".foreword-three__one").concat();
    assert!(first.contains("as at 2026-11-01"), "{first}");
    let wrong = author.get("/directory/newsletter?area=EH1").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let empty = author.get("/directory/newsletter").await;
    assert_eq!(empty.status, StatusCode::OK);
}
