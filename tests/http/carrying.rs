//! Who may save: text that goes to its own report alone, and text that was typed
//! before a session ended, carried past it.

use std::sync::atomic::{AtomicI64, Ordering};

use axum::http::{Method, StatusCode};
use chrono::{DateTime, TimeDelta, Utc};

use super::{
    saving::{Prompt, SCRIPT, answer, autosave, told, typed},
    visitor::{PASSWORD, Service},
};

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

    let open = ended.send_form_of(&shown, "", &[("again", "open")]).await;
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
