//! Saving as it is typed: what the page's own script is told of each outcome of a save,
//! and what is kept and shown again without it. Who may save is in `carrying.rs`.

use axum::http::StatusCode;
use foreword::store::ReportId;
use serde_json::Value;

use super::visitor::{Page, Service, Visitor};

pub const SCRIPT: (&str, &str) = ("foreword-autosave", "1");

/// A prompt that takes in one answer of prose.
pub struct Prompt {
    pub service: Service,
    pub author: Visitor,
    pub report: String,
    pub path: String,
}

impl Prompt {
    pub async fn open() -> Self {
        let service = Service::start().await;
        let mut author = service.author("sam@example.org").await;
        let report = author.start_report().await;
        let path = format!("{report}/prompts/adjustments");
        Self {
            service,
            author,
            report,
            path,
        }
    }

    fn id(&self) -> ReportId {
        self.report.rsplit('/').next().unwrap().parse().unwrap()
    }

    /// What the report holds, as its author reads it.
    pub async fn saved(&mut self) -> String {
        let path = format!("{}/check", self.report);
        self.author.get(&path).await.text()
    }
}

/// The form of an opened page with `fields` typed in it.
pub fn typed(page: &Page, fields: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut pairs = page.hidden();
    pairs.extend(fields.iter().map(|(n, v)| ((*n).into(), (*v).into())));
    pairs
}

pub fn answer(text: &str) -> [(&str, &str); 3] {
    [
        ("value", text),
        ("state", "answered"),
        ("visibility", "in-report"),
    ]
}

/// What the script is told.
pub fn told(page: &Page) -> Value {
    assert!(
        page.headers["content-type"]
            .to_str()
            .unwrap()
            .starts_with("application/json"),
        "{}",
        page.body
    );
    serde_json::from_str(&page.body).unwrap()
}

pub async fn autosave(author: &mut Visitor, path: &str, form: &[(String, String)]) -> (u16, Value) {
    let page = author.post(path, form, &[SCRIPT]).await;
    (page.status.as_u16(), told(&page))
}

#[tokio::test]
async fn what_is_typed_is_saved_with_its_time_and_the_revision_to_rest_on() {
    let mut at = Prompt::open().await;
    let page = at.author.get(&at.path).await;
    let (status, first) = autosave(
        &mut at.author,
        &at.path,
        &typed(&page, &answer("One page.")),
    )
    .await;
    assert_eq!((status, &first["state"]), (200, &"saved".into()));
    let time = first["at"].as_str().unwrap();
    assert_eq!(first["message"], format!("Saved {time}"));
    assert!(first["revision"].as_i64() > page.value("seen").parse().ok());

    // The same again, as after a lost answer: nothing new, and no clash.
    let (status, again) = autosave(
        &mut at.author,
        &at.path,
        &typed(&page, &answer("One page.")),
    )
    .await;
    assert_eq!((status, &again["revision"]), (200, &first["revision"]));

    // And on from there, resting on the revision it was told.
    let mut form = typed(&page, &answer("One page afterwards."));
    form.retain(|(n, _)| n != "seen");
    form.push(("seen".into(), first["revision"].to_string()));
    let (status, _) = autosave(&mut at.author, &at.path, &form).await;
    assert_eq!(status, 200);
    assert!(at.saved().await.contains("One page afterwards."));
}

#[tokio::test]
async fn what_was_changed_elsewhere_is_answered_with_both_texts_and_kept() {
    let mut at = Prompt::open().await;
    let (here, there) = (at.author.get(&at.path).await, at.author.get(&at.path).await);
    at.author
        .send_form_of(&there, &at.path, &answer("From there."))
        .await
        .location();
    let form = typed(&here, &answer("From here."));
    let (status, clash) = autosave(&mut at.author, &at.path, &form).await;
    assert_eq!((status, &clash["state"]), (409, &"changed".into()));
    assert_eq!(clash["clash"]["theirs"][0]["text"], "From there.");
    assert_eq!(clash["clash"]["yours"][0]["text"], "From here.");
    assert!(at.saved().await.contains("From there."));

    // Her text is at its page until she chooses, and a save of it asks again.
    let page = at.author.get(&at.path).await;
    assert_eq!(page.value("value"), "From here.");
    assert!(page.text().contains("not yet part of the report"));
    let clash = at
        .author
        .send_form_of(&page, &at.path, &answer("From here."))
        .await;
    assert_eq!(clash.status, StatusCode::CONFLICT);
    let dropped = at
        .author
        .send_form_of(&clash, &at.path, &[("again", "drop")])
        .await;
    assert_eq!(dropped.location(), at.path);
    let page = at.author.get(&at.path).await;
    assert_eq!(page.value("value"), "From there.");
    assert!(!page.text().contains("not yet part of the report"));
}

#[tokio::test]
async fn what_cannot_be_saved_is_kept_with_its_reason_and_shown_again_at_its_page() {
    let mut at = Prompt::open().await;
    let path = format!("{}/prompts/hearing", at.report);
    let page = at.author.get(&path).await;
    let fields = [
        ("court", "Reading Magistrates' Court"),
        ("kind", "magistrates"),
        ("date-day", "31"),
        ("date-month", "2"),
        ("date-year", "2026"),
    ];
    let (status, kept) = autosave(&mut at.author, &path, &typed(&page, &fields)).await;
    assert_eq!((status, &kept["state"]), (422, &"faulty".into()));
    let message = kept["message"].as_str().unwrap();
    assert!(
        message.contains("not yet part of the report: "),
        "{message}"
    );

    let page = at.author.get(&path).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.value("court"), "Reading Magistrates' Court");
    assert_eq!(page.value("date-day"), "31");
    assert_eq!(page.texts(".govuk-error-message").len(), 1);
    assert!(page.text().contains("You typed this on"));
    assert!(!at.saved().await.contains("Reading"));

    let fields = [&fields[..3], &[("date-year", "2026"), ("date-month", "3")]].concat();
    let page = at.author.send_form_of(&page, &path, &fields).await;
    page.location();
    let page = at.author.get(&path).await;
    assert!(
        !page.text().contains("You typed this on"),
        "{}",
        page.text()
    );
    assert_eq!(page.value("date-month"), "3");
}

#[tokio::test]
async fn a_hundred_thousand_characters_are_kept_and_shown_with_a_kind_reason() {
    let mut at = Prompt::open().await;
    let long = "🦉".repeat(100_000);
    let page = at.author.submit(&at.path.clone(), &answer(&long)).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(page.value("value").chars().count(), 100_000);
    assert!(page.text().contains("not yet part of the report"));
    let page = at.author.get(&at.path).await;
    assert_eq!(page.value("value"), long);
    let (status, kept) = autosave(&mut at.author, &at.path, &typed(&page, &answer(&long))).await;
    assert_eq!((status, &kept["state"]), (422, &"faulty".into()));

    let too_long = "x".repeat(3 * 1024 * 1024);
    let form = typed(&page, &answer(&too_long));
    let (status, refused) = autosave(&mut at.author, &at.path, &form).await;
    assert_eq!((status, &refused["state"]), (413, &"refused".into()));
    let page = at.author.post(&at.path, &form, &[]).await;
    assert_eq!(page.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(page.texts("h1"), ["That is too large"]);
}

#[tokio::test]
async fn what_is_typed_of_a_record_is_kept_and_added_only_by_save_and_only_once() {
    let mut at = Prompt::open().await;
    let list = format!("{}/prompts/offences", at.report);
    let new = format!("{list}/records/new");
    let page = at.author.get(&new).await;
    for title in ["The", "Theft", "Theft from a shop"] {
        let form = typed(&page, &[("title", title)]);
        let (status, kept) = autosave(&mut at.author, &new, &form).await;
        assert_eq!((status, &kept["state"]), (200, &"kept".into()));
    }
    assert!(!at.author.get(&list).await.text().contains("Theft"));
    let page = at.author.get(&new).await;
    assert_eq!(page.value("title"), "Theft from a shop");
    assert!(
        page.texts(".govuk-error-message").is_empty(),
        "nobody has tried to save it"
    );
    let whole = [
        ("title", "Theft from a shop"),
        ("convicted_on-day", "12"),
        ("convicted_on-month", "11"),
        ("convicted_on-year", "2026"),
        ("plea", "guilty"),
    ];
    // Twice, as a double click sends it.
    for _ in 0..2 {
        let sent = at.author.send_form_of(&page, &new, &whole).await;
        assert_eq!(sent.location(), list);
    }
    let found = at.author.get(&list).await.text();
    assert_eq!(found.matches("Theft from a shop").count(), 1, "{found}");
    assert_eq!(at.author.get(&new).await.value("title"), "");

    // One that is emptied again leaves nothing behind.
    let page = at.author.get(&new).await;
    autosave(&mut at.author, &new, &typed(&page, &[("title", "x")])).await;
    autosave(&mut at.author, &new, &typed(&page, &[("title", "")])).await;
    assert!(
        !at.author
            .get(&new)
            .await
            .text()
            .contains("You typed this on")
    );
}

#[tokio::test]
async fn what_was_typed_over_a_record_that_is_removed_opens_as_one_to_add() {
    let mut at = Prompt::open().await;
    let list = format!("{}/prompts/offences", at.report);
    let whole = [
        ("title", "Theft from a shop"),
        ("convicted_on-day", "12"),
        ("convicted_on-month", "11"),
        ("convicted_on-year", "2026"),
        ("plea", "guilty"),
    ];
    at.author
        .submit(&format!("{list}/records/new"), &whole)
        .await
        .location();
    let record = format!("{list}/records/0");
    let page = at.author.get(&record).await;
    let mut changed = whole;
    changed[0].1 = "Theft from a van";
    let (status, _) = autosave(&mut at.author, &record, &typed(&page, &changed)).await;
    assert_eq!(status, 200);
    at.author
        .submit(&format!("{record}/remove"), &[])
        .await
        .location();

    let home = at.author.get(&at.report.clone()).await;
    assert!(home.attributes("main a", "href").contains(&record));
    let page = at.author.get(&record).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.texts("h1").concat().starts_with("Add: "),
        "{:?}",
        page.texts("h1")
    );
    assert_eq!(page.value("title"), "Theft from a van");
    assert!(page.text().contains("not yet part of the report"));

    // The list has changed since it was typed, so both are shown before it is added.
    let clash = at.author.send_form_of(&page, &record, &changed).await;
    assert_eq!(clash.status, StatusCode::CONFLICT);
    assert!(clash.text().contains("Theft from a van"));
    let action = clash.attributes("main form", "action")[0].clone();
    let added = at.author.send_form_of(&clash, &action, &[]).await;
    assert_eq!(added.location(), list);
    let found = at.author.get(&list).await.text();
    assert_eq!(found.matches("Theft from a van").count(), 1, "{found}");
    // It is dealt with, and no longer among what could not be saved.
    let home = at.author.get(&at.report.clone()).await;
    assert!(!home.attributes("main a", "href").contains(&record));
    // A number that never was is nowhere.
    let nowhere = at.author.get(&format!("{list}/records/7")).await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_late_autosave_after_signing_is_refused_shown_and_kept() {
    let mut at = Prompt::open().await;
    let page = at.author.get(&at.path).await;
    at.service.sign(at.id()).await;
    let form = typed(&page, &answer("Typed too late."));
    let (status, refused) = autosave(&mut at.author, &at.path, &form).await;
    assert_eq!((status, &refused["state"]), (409, &"signed".into()));
    assert!(
        refused["message"]
            .as_str()
            .unwrap()
            .contains("signed this report")
    );
    assert!(!at.saved().await.contains("too late"));

    let shown = at
        .author
        .send_form_of(&page, &at.path, &answer("Typed too late."))
        .await;
    assert_eq!(shown.status, StatusCode::CONFLICT);
    assert_eq!(shown.texts("h1"), ["This report has been signed"]);
    assert!(shown.text().contains("Typed too late."));
    let page = at.author.get(&at.path).await;
    assert_eq!(page.value("value"), "Typed too late.");
    assert!(page.text().contains("the report had been signed"));
}
