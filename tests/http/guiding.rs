//! Where an author stands: what is left, how long there is, and what to take along.

use axum::http::StatusCode;

use super::visitor::{Service, Visitor};

async fn angela(author: &mut Visitor) -> String {
    let case = include_bytes!("../cases/angela.json");
    author.upload("/reports/import", case).await.location()
}

#[tokio::test]
async fn the_task_list_says_what_is_left_and_leads_on_in_one_step() {
    let service = Service::start().await;
    let mut author = service.author("sam@example.org").await;
    let report = author.start_report().await;
    let page = author.get(&report).await;
    assert!(page.text().contains("still needed"), "{}", page.text());
    assert!(page.text().contains("No hearing date yet."));
    let first = page.attributes("main a.govuk-button", "href");
    let prompt = author.get(&first[0]).await;
    assert_eq!(prompt.status, StatusCode::OK);
    assert!(first[0].contains("/prompts/"), "{first:?}");
    let fields = [
        ("court", "Reading Magistrates' Court"),
        ("kind", "magistrates"),
        ("date-day", "3"),
        ("date-month", "12"),
        ("date-year", "2099"),
    ];
    author
        .submit(&format!("{report}/prompts/hearing"), &fields)
        .await;
    let page = author.get(&report).await.text();
    assert!(
        page.contains("The hearing is on Thursday 3 December 2099, in "),
        "{page}"
    );
}

#[tokio::test]
async fn the_task_list_names_enquiries_without_a_reply() {
    let service = Service::start().await;
    let mut author = service.author("sam@example.org").await;
    let mut case: serde_json::Value =
        serde_json::from_str(include_str!("../cases/angela.json")).unwrap();
    case["enquiries"][0]["outcome"] = "pending".into();
    case["enquiries"][0]
        .as_object_mut()
        .unwrap()
        .remove("replied");
    let file = case.to_string();
    let report = author
        .upload("/reports/import", file.as_bytes())
        .await
        .location();
    let page = author.get(&report).await;
    assert!(
        page.text().contains("Enquiries with no reply yet"),
        "{}",
        page.text()
    );
    // Each leads to the register, where the next step on it is.
    let register = format!("{report}/enquiries");
    let links = page.attributes("main a", "href");
    assert!(links.contains(&register), "{links:?}");
    assert_eq!(author.get(&register).await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_guide_has_what_is_open_and_nothing_that_is_known_of_her() {
    let service = Service::start().await;
    let mut author = service.author("sam@example.org").await;
    let report = angela(&mut author).await;
    let guide = author.get(&format!("{report}/guide?only=needed")).await;
    assert!(
        guide.text().contains("Nothing is left to ask her"),
        "{}",
        guide.text()
    );

    let mut case: serde_json::Value =
        serde_json::from_str(include_str!("../cases/angela.json")).unwrap();
    let answers = case["answers"].as_object_mut().unwrap();
    answers.remove("offence-account");
    answers.remove("previous");
    let file = case.to_string();
    let report = author
        .upload("/reports/import", file.as_bytes())
        .await
        .location();
    let guide = author.get(&format!("{report}/guide")).await;
    let asked = guide.texts("h3");
    let has = |words: &str| asked.iter().any(|a| a.contains(words));
    let pack =
        foreword::interview::Interview::load(&foreword::content::ContentFiles::embedded().unwrap())
            .unwrap();
    let ask = |id: &str| pack.prompt(id).unwrap().ask.clone();
    assert!(
        has(&ask("offence-account")) && has(&ask("previous")),
        "{asked:?}"
    );
    assert!(!has(&ask("offence-led-to")), "settled ones are absent");
    assert!(guide.text().contains("A.H."));
    for known in ["Angela", "Hart", "43EX", "Reading Magistrates", "X4"] {
        assert!(!guide.body.contains(known), "{known} is on the guide");
    }
    let opening = guide.texts(".foreword-guide__opening").concat();
    assert!(opening.contains("not a way of taking"), "{opening}");
}

#[tokio::test]
async fn nobody_else_prints_it() {
    let service = Service::start().await;
    let mut author = service.author("sam@example.org").await;
    let mut other = service.author("kim@example.org").await;
    let report = author.start_report().await;
    let guide = other.get(&format!("{report}/guide")).await;
    assert_eq!(guide.status, StatusCode::NOT_FOUND);
}
