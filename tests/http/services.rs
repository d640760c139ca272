//! The services of a report: what steers the search, an entry that changes after it was
//! chosen, a confirmation, and needs for which nothing suitable is found.

use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use foreword::{
    content::ContentFiles,
    directory::{Directory, Record, facts::Stated, vocabulary::term},
    store::RecordAct,
};
use serde_json::{Value, json};

use super::visitor::{Page, Service, Visitor};

const ALANA: &str = "39f97b70-5199-5486-b659-5508636f2c0b";

fn now() -> DateTime<Utc> {
    "2026-11-25T10:00:00Z".parse().unwrap()
}

/// Angela's case as one about somebody, with `change` made to it.
async fn with_angela(service: &Service, change: impl FnOnce(&mut Value)) -> (Visitor, String) {
    let mut author = service.author("sam@example.org").await;
    let mut case: Value = serde_json::from_str(include_str!("../cases/angela.json")).unwrap();
    case["fictional"] = json!(false);
    change(&mut case);
    let file = serde_json::to_vec(&case).unwrap();
    let report = author.upload("/reports/import", &file).await.location();
    (author, report)
}

/// Presses a button of the services page.
async fn press(author: &mut Visitor, report: &str, what: &str, with: &[(&str, &str)]) -> Page {
    let page = author.get(&format!("{report}/services")).await;
    press_on(author, &page, report, what, with).await
}

async fn press_on(
    author: &mut Visitor,
    page: &Page,
    report: &str,
    what: &str,
    with: &[(&str, &str)],
) -> Page {
    let first = |name: &str| {
        let css = format!("main input[name={name}]");
        let value = page.attributes(&css, "value").into_iter().next();
        (name.to_owned(), value.unwrap_or_default())
    };
    let mut pairs = vec![first("csrf"), first("report"), first("seen")];
    pairs.extend(with.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())));
    author
        .post(&format!("{report}/services/{what}"), &pairs, &[])
        .await
}

fn alana() -> Record {
    let directory = Directory::load(&ContentFiles::embedded().unwrap()).unwrap();
    directory.service(ALANA).unwrap().record.clone()
}

/// An editor changes the entry of Alana House.
async fn change_entry(service: &Service, seen: i64, change: impl FnOnce(&mut Record)) {
    let by = service.store().accounts().await.unwrap()[0].id;
    let mut record = alana();
    change(&mut record);
    let changed = service
        .store()
        .change_record(&record, seen, RecordAct::Changed, by, now());
    changed.await.unwrap();
}

async fn case_file(author: &mut Visitor, report: &str) -> Value {
    let page = author.get(&format!("{report}/case.json")).await;
    serde_json::from_slice(&page.bytes).unwrap()
}

#[tokio::test]
async fn the_page_says_which_answers_steer_the_search_and_links_to_each() {
    let service = Service::by_the_clock(now).await;
    let (mut author, report) = with_angela(&service, |case| {
        case["answers"]["places-to-avoid"] =
            json!({"value": ["Broad Street"], "visibility": "record-only"});
    })
    .await;
    let page = author.get(&format!("{report}/services")).await;
    let text = page.text();
    assert!(text.contains("a women-only service"), "{text}");
    assert!(text.contains("because there are places where she must not be sent"));
    assert!(text.contains("would end on 3 June 2028"), "{text}");
    let links = page.attributes("main a", "href");
    let prompt = format!("{report}/prompts/places-to-avoid");
    assert!(links.contains(&prompt), "{links:?}");
    assert!(
        !page.body.contains("Broad Street"),
        "the place itself is not shown"
    );
}

#[tokio::test]
async fn an_entry_for_authors_only_is_shown_and_cannot_be_chosen_for_a_report() {
    let mut refuge = alana();
    refuge.id = "3b0f4c0e-2a52-4d0b-9f0a-6d1f0c2e7a11".into();
    refuge.name = "A refuge (fictional)".into();
    refuge.facts.internal_only = true;
    let service = Service::with_records(vec![refuge.clone()]).await;
    let (mut author, report) = with_angela(&service, |_| {}).await;
    let page = author.get(&format!("{report}/services")).await;
    let text = page.text();
    assert!(text.contains(&refuge.name), "{text}");
    assert!(text.contains("no report may name them"), "{text}");
    let offered = page.attributes("main form input[name=service]", "value");
    assert!(!offered.contains(&refuge.id), "{offered:?}");
    let tried = press(&mut author, &report, "choose", &[("service", &refuge.id)]).await;
    assert_eq!(tried.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn choosing_keeps_the_entry_as_it_stands_and_nothing_is_written_by_itself() {
    let service = Service::by_the_clock(now).await;
    let (mut author, report) = with_angela(&service, |case| {
        case["services"] = json!([]);
        case["proposal"]["requirements"] = json!([]);
    })
    .await;
    let chosen = press(&mut author, &report, "choose", &[("service", ALANA)]).await;
    let details = chosen.location();
    let kept = &case_file(&mut author, &report).await["services"][0];
    assert_eq!(
        kept["entry"][0],
        json!({"fact": "name", "says": "Alana House"})
    );
    assert!(kept["entry"].as_array().unwrap().len() > 8, "{kept}");
    assert_eq!(kept.get("offer"), None);

    // What its entry offers is taken into the form with one press, and not saved.
    let page = author.get(&details).await;
    let takes = page.attributes("main button[name=again]", "value");
    assert!(takes.contains(&"take-offer".to_owned()), "{takes:?}");
    let mut typed = page.hidden();
    typed.extend([
        ("held".to_owned(), "four weeks".to_owned()),
        ("again".to_owned(), "take-offer".to_owned()),
    ]);
    let filled = author.post(&details, &typed, &[]).await;
    assert_eq!(filled.status, StatusCode::OK, "{}", filled.text());
    assert!(!filled.value("offer").is_empty());
    assert_eq!(filled.value("held"), "four weeks");
    let kept = &case_file(&mut author, &report).await["services"][0];
    assert_eq!(kept.get("offer"), None);
}

#[tokio::test]
async fn an_entry_that_changes_is_shown_beside_what_was_chosen_and_taken_or_kept_to() {
    let service = Service::with_its_own_directory(now).await;
    let entry = json!([{"fact": "name", "says": "Alana House"}]);
    let (mut author, report) = with_angela(&service, |_| ()).await;
    // The case file is from before entries were copied: copy it now.
    let services = format!("{report}/services");
    let before = author.get(&services).await.text();
    assert!(before.contains("keeps no copy of its entry"), "{before}");
    press(&mut author, &report, "refresh", &[("service", ALANA)]).await;
    let kept = case_file(&mut author, &report).await;
    assert_eq!(kept["services"][0]["entry"][0], entry[0]);
    assert_eq!(
        kept["services"][0]["held"],
        "four weeks from the date of sentence"
    );

    change_entry(&service, 0, |r| {
        r.facts.terms.push(Stated::yes(term::PAUSED));
        r.facts.alert = "No referrals until January".into();
    })
    .await;
    for page in ["services", &format!("services/{ALANA}"), "draft"] {
        let page = author.get(&format!("{report}/{page}")).await;
        let rows = page.texts(".foreword-changes tbody tr");
        assert!(rows[0].contains("Not recorded"), "{rows:?}");
        assert!(rows[0].contains("No referrals until January"), "{rows:?}");
    }
    let page = author.get(&services).await;
    let now_says = page
        .attributes("input[name='now.referral_state']", "value")
        .concat();

    // Another change meanwhile: what the page did not show is not kept to.
    change_entry(&service, 1, |r| {
        r.facts.terms.push(Stated::yes(term::PAUSED));
        r.facts.alert = "No referrals until March".into();
    })
    .await;
    let with = [("service", ALANA), ("now.referral_state", &now_says)];
    press_on(&mut author, &page, &report, "keep", &with).await;
    let kept = case_file(&mut author, &report).await;
    assert_eq!(kept["services"][0].get("kept"), None);

    let page = author.get(&services).await;
    let now_says = page
        .attributes("input[name='now.referral_state']", "value")
        .concat();
    let with = [("service", ALANA), ("now.referral_state", &now_says)];
    let after = press_on(&mut author, &page, &report, "keep", &with).await;
    assert_eq!(after.location(), services);
    let text = author.get(&services).await.text();
    assert!(text.contains("kept to what it said"), "{text}");
    assert!(!text.contains("has changed since you chose it"), "{text}");

    press(&mut author, &report, "refresh", &[("service", ALANA)]).await;
    let kept = case_file(&mut author, &report).await;
    let facts = kept["services"][0]["entry"].to_string();
    assert!(facts.contains("No referrals until March"), "{facts}");
    assert_eq!(
        kept["services"][0]["held"],
        "four weeks from the date of sentence"
    );
}

#[tokio::test]
async fn a_stale_entry_is_marked_and_blocks_signing_until_a_confirmation_is_recorded() {
    let service = Service::by_the_clock(now).await;
    let (mut author, report) = with_angela(&service, |case| {
        let chosen = case["services"][0].as_object_mut().unwrap();
        chosen.remove("confirmed_on");
        chosen.remove("confirmed_with");
    })
    .await;
    let services = author.get(&format!("{report}/services")).await.text();
    assert!(services.contains("Stale entry"), "{services}");
    assert!(
        services.contains("Must be settled Alana House"),
        "{services}"
    );
    let details = format!("{report}/services/{ALANA}");
    let fields = [
        ("offer", "Weekly one-to-one work."),
        ("confirmed_on-day", "24"),
        ("confirmed_on-month", "11"),
        ("confirmed_on-year", "2026"),
        ("confirmed_with", "Team leader"),
    ];
    author.submit(&details, &fields).await.location();
    let services = author.get(&format!("{report}/services")).await.text();
    assert!(!services.contains("Must be settled"), "{services}");
    let draft = author.get(&format!("{report}/draft")).await.text();
    assert!(draft.contains("Confirmed with the service on 24 November 2026"));
    assert!(!draft.contains("Team leader"), "with whom is never printed");
}

#[tokio::test]
async fn a_gap_is_recorded_with_one_press_printed_counted_and_withdrawn() {
    let service = Service::by_the_clock(now).await;
    let (mut author, report) = with_angela(&service, |case| {
        case["services"] = json!([]);
        case["proposal"]["requirements"] = json!([]);
    })
    .await;
    let theme = [("theme", "wellbeing")];
    let after = press(&mut author, &report, "gaps", &theme).await;
    assert_eq!(after.location(), format!("{report}/services#needs"));
    let kept = case_file(&mut author, &report).await;
    assert_eq!(kept["gaps"][0]["theme"], "wellbeing");
    assert_eq!(kept["gaps"][0]["looked_on"], "2026-11-25");
    let note = [("theme", "wellbeing"), ("note", "A group in <Newbury>")];
    press(&mut author, &report, "gaps/note", &note)
        .await
        .location();
    let draft = author.get(&format!("{report}/draft")).await.text();
    let told = "and that would suit Ms Hart, was found in West Berkshire";
    assert!(draft.contains(told), "{draft}");
    assert!(draft.contains("A group in <Newbury>"), "{draft}");
    let counts = service.store().unmet_needs().await.unwrap();
    assert_eq!(
        (counts[0].theme.as_str(), counts[0].reports),
        ("wellbeing", 1)
    );
    let unmet = author.get("/directory/unmet").await.text();
    assert!(unmet.contains("Thames Valley"), "{unmet}");
    assert!(
        unmet.contains("fewer than 3") && !unmet.contains("Hart"),
        "{unmet}"
    );

    // A service chosen for it all the same is a reason to withdraw it.
    press(&mut author, &report, "choose", &[("service", ALANA)])
        .await
        .location();
    let services = author.get(&format!("{report}/services")).await.text();
    assert!(
        services.contains("You have since chosen a service for it."),
        "{services}"
    );
    press(&mut author, &report, "gaps/withdraw", &theme)
        .await
        .location();
    assert_eq!(case_file(&mut author, &report).await.get("gaps"), None);
    assert_eq!(service.store().unmet_needs().await.unwrap(), Vec::new());
}

#[tokio::test]
async fn nobody_elses_report_and_no_need_she_has_not_takes_a_gap() {
    let service = Service::by_the_clock(now).await;
    let (mut author, report) = with_angela(&service, |_| ()).await;
    let strange = press(&mut author, &report, "gaps", &[("theme", "no-such-theme")]).await;
    assert_eq!(strange.status, StatusCode::NOT_FOUND);
    let mut other = service.author("bea@example.org").await;
    let (_, own) = (0, other.start_report().await);
    let page = other.get(&format!("{own}/services")).await;
    let with = [("theme", "dependency")];
    let crossed = press_on(&mut other, &page, &report, "gaps", &with).await;
    assert!(crossed.status.is_client_error(), "{}", crossed.status);
    assert_eq!(service.store().unmet_needs().await.unwrap(), Vec::new());
    assert_eq!(case_file(&mut author, &report).await.get("gaps"), None);
}

#[tokio::test]
async fn an_example_about_nobody_is_not_counted() {
    let service = Service::by_the_clock(now).await;
    let (mut author, report) = with_angela(&service, |case| {
        case["fictional"] = json!(true);
        case["services"] = json!([]);
    })
    .await;
    press(&mut author, &report, "gaps", &[("theme", "family")])
        .await
        .location();
    assert_eq!(service.store().unmet_needs().await.unwrap(), Vec::new());
}
