//! Saving as it is typed: what the page's own script is told of each outcome, and
//! what is kept, shown and carried without it.

use std::sync::atomic::{AtomicI64, Ordering};

use axum::http::{Method, StatusCode};
use chrono::{DateTime, TimeDelta, Utc};
use foreword::store::ReportId;
use serde_json::Value;

use super::visitor::{PASSWORD, Page, Service, Visitor};

const SCRIPT: (&str, &str) = ("foreword-autosave", "1");

/// A prompt that takes in one answer of prose.
struct Prompt {
    service: Service,
    author: Visitor,
    report: String,
    path: String,
}

impl Prompt {
    async fn open() -> Self {
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
    async fn saved(&mut self) -> String {
        let path = format!("{}/check", self.report);
        self.author.get(&path).await.text()
    }
}

/// The form of an opened page with `fields` typed in it.
fn typed(page: &Page, fields: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut pairs = page.hidden();
    pairs.extend(fields.iter().map(|(n, v)| ((*n).into(), (*v).into())));
    pairs
}

fn answer(text: &str) -> [(&str, &str); 3] {
    [
        ("value", text),
        ("state", "answered"),
        ("visibility", "in-report"),
    ]
}

/// What the script is told.
fn told(page: &Page) -> Value {
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

async fn autosave(author: &mut Visitor, path: &str, form: &[(String, String)]) -> (u16, Value) {
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

#[tokio::test]
async fn text_of_one_report_is_never_taken_in_by_another() {
    let mut at = Prompt::open().await;
    let other = at.author.start_report().await;
    let page = at.author.get(&at.path).await;
    let form = typed(&page, &answer("Words about the first."));
    let path = format!("{other}/prompts/adjustments");
    let (status, refused) = autosave(&mut at.author, &path, &form).await;
    assert_eq!((status, &refused["state"]), (400, &"refused".into()));
    let shown = at.author.post(&path, &form, &[]).await;
    assert_eq!(shown.status, StatusCode::BAD_REQUEST);
    assert!(
        shown.text().contains("names another report"),
        "{}",
        shown.text()
    );
    let mut nameless = form.clone();
    nameless.retain(|(n, _)| n != "report");
    assert_eq!(autosave(&mut at.author, &path, &nameless).await.0, 400);
    assert_eq!(at.author.get(&path).await.value("value"), "");
    at.author.cookies.clear();
    let carried = at.author.post(&path, &form, &[]).await;
    assert_eq!(
        carried.status,
        StatusCode::BAD_REQUEST,
        "nor by way of signing in"
    );
}

#[tokio::test]
async fn a_script_without_a_session_or_a_report_is_told_so_in_words() {
    let mut at = Prompt::open().await;
    let page = at.author.get(&at.path).await;
    let form = typed(&page, &answer("Typed."));
    let mut other = at.service.author("other@example.org").await;
    let (status, refused) = autosave(&mut other, &at.path, &form).await;
    assert_eq!((status, &refused["state"]), (403, &"old-token".into()));
    let mine = other.get("/reports/start").await.token();
    let mut fresh = form.clone();
    fresh[0].1 = mine;
    let (status, refused) = autosave(&mut other, &at.path, &fresh).await;
    assert_eq!((status, &refused["state"]), (404, &"gone".into()));

    let mut out = at.author.clone();
    let token = out.get("/reports/start").await.token();
    let signed_out = out.post("/sign-out", &[("csrf".into(), token)], &[]).await;
    assert_eq!(
        signed_out.headers["clear-site-data"],
        "\"cache\", \"storage\""
    );
    // Another window of the same sign-in, with its cookie or without.
    for mut window in [at.author.clone(), out] {
        let (status, refused) = autosave(&mut window, &at.path, &form).await;
        assert_eq!((status, &refused["state"]), (401, &"signed-out".into()));
        let asked = window
            .send(Method::GET, "/session", &[SCRIPT], "".into())
            .await;
        assert_eq!(told(&asked)["state"], "signed-out");
    }
    assert!(
        !at.service
            .author_again("sam@example.org")
            .await
            .get(&format!("{}/check", at.report))
            .await
            .text()
            .contains("Typed.")
    );
}

#[tokio::test]
async fn after_signing_in_again_a_page_gets_a_fresh_token_and_goes_on() {
    let mut at = Prompt::open().await;
    let page = at.author.get(&at.path).await;
    let mut form = typed(&page, &answer("Typed over the break."));
    let mut again = at.service.author_again("sam@example.org").await;
    assert_eq!(autosave(&mut again, &at.path, &form).await.0, 403);
    let here = again
        .send(Method::GET, "/session", &[SCRIPT], "".into())
        .await;
    let here = told(&here);
    assert_eq!(
        here["account"],
        page.attributes("[data-account]", "data-account").concat()
    );
    assert!(here["ends_in"].as_i64() > Some(40_000));
    let csrf = form.iter_mut().find(|(n, _)| n == "csrf").unwrap();
    csrf.1 = here["csrf"].as_str().unwrap().to_owned();
    let (status, _) = autosave(&mut again, &at.path, &form).await;
    assert_eq!(status, 200);
}

#[tokio::test]
async fn without_javascript_a_form_of_an_ended_session_is_carried_through_signing_in() {
    let mut at = Prompt::open().await;
    let page = at.author.get(&at.path).await;
    let text = "She said \"not yet\" & <b>left</b>.\nThen she came back.";
    let form = typed(&page, &answer(text));
    let token = at.author.get("/reports/start").await.token();
    let mut ended = at.author.clone();
    at.author
        .post("/sign-out", &[("csrf".into(), token)], &[])
        .await;

    let sign_in = ended.post(&at.path, &form, &[]).await;
    assert_eq!(sign_in.status, StatusCode::UNAUTHORIZED);
    assert_eq!(sign_in.texts("h1"), ["Sign in"]);
    assert!(sign_in.text().contains("Nothing you typed is lost"));
    let wrong = [("email", "sam@example.org"), ("password", "not this one")];
    let sign_in = ended.send_form_of(&sign_in, "/sign-in", &wrong).await;
    assert_eq!(sign_in.status, StatusCode::UNPROCESSABLE_ENTITY);
    let right = [("email", "sam@example.org"), ("password", PASSWORD)];
    let shown = ended.send_form_of(&sign_in, "/sign-in", &right).await;
    assert_eq!(shown.status, StatusCode::OK);
    assert_eq!(shown.texts("h1"), ["You are signed in again"]);
    assert!(
        shown.text().contains("Then she came back."),
        "{}",
        shown.text()
    );
    let all = ended.get(&format!("{}/check", at.report)).await.text();
    assert!(
        !all.contains("came back"),
        "nothing is saved until she sends it"
    );

    let open = ended.send_form_of(&shown, "", &[("again", "edit")]).await;
    assert_eq!(open.value("value"), text);
    ended.send_form_of(&shown, "", &[]).await.location();
    let all = ended.get(&format!("{}/check", at.report)).await.text();
    assert!(all.contains("came back"), "{all}");
}

#[tokio::test]
async fn somebody_else_who_signs_in_sees_nothing_of_a_carried_form() {
    let mut at = Prompt::open().await;
    at.service.author("other@example.org").await;
    let page = at.author.get(&at.path).await;
    let form = typed(&page, &answer("Words about a woman."));
    at.author.cookies.clear();
    let sign_in = at.author.post(&at.path, &form, &[]).await;
    let other = [("email", "other@example.org"), ("password", PASSWORD)];
    let shown = at.author.send_form_of(&sign_in, "/sign-in", &other).await;
    assert_eq!(shown.status, StatusCode::NOT_FOUND);
    assert!(!shown.body.contains("Words about a woman."));
}

#[tokio::test]
async fn a_page_of_an_earlier_sign_in_is_shown_with_its_text_and_a_fresh_button() {
    let mut at = Prompt::open().await;
    let page = at.author.get(&at.path).await;
    let form = typed(&page, &answer("Typed before the break."));
    let mut again = at.service.author_again("sam@example.org").await;
    let shown = again.post(&at.path, &form, &[]).await;
    assert_eq!(shown.status, StatusCode::FORBIDDEN);
    assert!(
        shown.text().contains("Typed before the break."),
        "{}",
        shown.text()
    );
    assert!(!at.saved().await.contains("before the break"));
    again.send_form_of(&shown, "", &[]).await.location();
    let from_elsewhere = [("sec-fetch-site", "cross-site")];
    let stopped = again.post(&at.path, &form, &from_elsewhere).await;
    assert_eq!(stopped.status, StatusCode::FORBIDDEN);
    assert!(!stopped.text().contains("Typed before the break."));
}

/// How far the clock of a test has been put forward, in seconds.
static LATER: AtomicI64 = AtomicI64::new(0);

fn clock() -> DateTime<Utc> {
    Utc::now() + TimeDelta::seconds(LATER.load(Ordering::SeqCst))
}

#[tokio::test]
async fn an_autosave_counts_as_being_there_and_text_outlives_the_session() {
    let service = Service::by_the_clock(clock).await;
    let mut author = service.author("sam@example.org").await;
    let report = author.start_report().await;
    let path = format!("{report}/prompts/hearing");
    let page = author.get(&path).await;
    // Every forty minutes, for two hours: an hour without would have ended it.
    for minutes in [40, 80, 120] {
        LATER.store(minutes * 60, Ordering::SeqCst);
        let form = typed(&page, &[("court", "Reading"), ("date-day", "99")]);
        assert_eq!(autosave(&mut author, &path, &form).await.0, 422);
    }
    LATER.store(200 * 60, Ordering::SeqCst);
    let form = typed(&page, &[("court", "Reading"), ("date-day", "99")]);
    assert_eq!(autosave(&mut author, &path, &form).await.0, 401);
    LATER.store(40 * 24 * 3600, Ordering::SeqCst);
    let mut author = service.author_again("sam@example.org").await;
    assert_eq!(author.get(&path).await.value("court"), "Reading");
}
