//! A report whose prompts, text or law have moved on since it began.

use foreword::{
    content::{ContentFiles, items::Items},
    store::ReportId,
};

use super::visitor::{Service, Visitor};

const EVERYDAY: &str = "report-templates/interview/sections/everyday.toml";

/// The content of an earlier day: one prompt asked otherwise, and one that is gone since.
fn earlier() -> Items {
    let mut files = ContentFiles::embedded().unwrap();
    let text = files.text(EVERYDAY).unwrap().to_owned();
    let older = text.replacen("ask = \"", "ask = \"In those days: ", 1);
    assert_ne!(older, text);
    files.set(
        EVERYDAY,
        format!("{older}\n[[prompt]]\nid = \"of-old\"\nshort = \"Of old\"\n"),
    );
    Items::of(&files)
}

/// Angela's report as though she had last read that earlier content.
async fn from_earlier(service: &Service) -> (Visitor, String) {
    let case = include_str!("../cases/angela.json").replacen(
        "\"answers\": {",
        "\"answers\": {\"of-old\": {\"state\": \"answered\", \"value\": \"Kept from <before>.\"},",
        1,
    );
    let (author, report) = service.with_angela().await;
    let id: ReportId = report.rsplit('/').next().unwrap().parse().unwrap();
    let store = service.store();
    store.remember_content("earlier", &earlier()).await.unwrap();
    let accounts = store.accounts().await.unwrap();
    let hers = store.as_author(accounts[0].id);
    let revision = hers.load(id).await.unwrap().unwrap().revision;
    let answer: serde_json::Value = serde_json::from_str(&case).unwrap();
    let write =
        foreword::case::revision::Write::new("answers.of-old", answer["answers"]["of-old"].clone());
    let now = chrono::Utc::now();
    hers.save(id, &[write], revision, now).await.unwrap();
    assert!(hers.read_content(id, "earlier").await.unwrap());
    (author, report)
}

#[tokio::test]
async fn a_new_report_has_nothing_to_tell() {
    let service = Service::start().await;
    let (mut author, report) = service.with_angela().await;
    assert!(!author.get(&report).await.text().contains("have moved on"));
    let page = author.get(&format!("{report}/content")).await;
    assert!(
        page.text().contains("Nothing has changed"),
        "{}",
        page.text()
    );
}

#[tokio::test]
async fn what_changed_is_told_part_by_part_until_she_has_read_it_and_nothing_is_lost() {
    let service = Service::start().await;
    let (mut author, report) = from_earlier(&service).await;
    let list = author.get(&report).await;
    assert!(list.text().contains("2 changes"), "{}", list.text());

    let address = format!("{report}/content");
    let page = author.get(&address).await;
    let said = page.texts("main li").join("\n");
    assert!(said.contains("Changed: "), "{said}");
    assert!(said.contains("Gone: Of old"), "{said}");
    assert!(
        page.text().contains("Kept from <before>."),
        "{}",
        page.text()
    );
    let linked = page.attributes("main li a", "href");
    assert_eq!(linked.len(), 1, "{linked:?}");

    let version = page.attributes("input[name=version]", "value").remove(0);
    author
        .submit(&address, &[("version", &version)])
        .await
        .location();
    assert!(!author.get(&report).await.text().contains("2 changes"));
    let page = author.get(&address).await;
    assert!(
        page.text().contains("Nothing has changed"),
        "{}",
        page.text()
    );
    assert!(page.text().contains("Kept from <before>."));
}

#[tokio::test]
async fn a_version_that_never_was_is_not_taken_as_read() {
    let service = Service::start().await;
    let (mut author, report) = from_earlier(&service).await;
    let address = format!("{report}/content");
    let answer = author.submit(&address, &[("version", "made up")]).await;
    assert!(answer.status.is_client_error(), "{}", answer.status);
    assert!(author.get(&report).await.text().contains("2 changes"));
}
