//! The first account, signing in, and signing out.

use axum::http::StatusCode;

use super::visitor::{PASSWORD, Service};

const FIRST: [(&str, &str); 3] = [
    ("name", "Sam Author"),
    ("email", "sam@example.org"),
    ("password", PASSWORD),
];

#[tokio::test]
async fn the_set_up_link_makes_one_account_and_then_no_more() {
    let service = Service::start().await;
    let link = service.set_up_link().await;
    let mut first = service.visitor();
    assert_eq!(first.submit(&link, &FIRST).await.location(), "/reports");
    assert_eq!(first.get("/reports").await.texts("h1"), ["My reports"]);

    let mut second = service.visitor();
    let page = second.get(&link).await;
    assert_eq!(page.status, StatusCode::GONE);
    assert!(page.text().contains("cannot be used"), "{}", page.text());
    let sent = second.send_form_of(&page, &link, &FIRST).await;
    assert_ne!(sent.status, StatusCode::SEE_OTHER);
    assert_eq!(
        second.get("/reports").await.location(),
        "/sign-in?next=/reports"
    );
}

#[tokio::test]
async fn a_link_that_was_never_given_makes_no_account() {
    let service = Service::start().await;
    service.set_up_link().await;
    for guess in ["x", &"A".repeat(43)] {
        let page = service.visitor().get(&format!("/set-up/{guess}")).await;
        assert_eq!(page.status, StatusCode::GONE);
    }
}

#[tokio::test]
async fn a_short_password_is_refused_and_the_rest_is_kept() {
    let service = Service::start().await;
    let link = service.set_up_link().await;
    let mut visitor = service.visitor();
    let fields = [
        ("name", "Sam \"The\" Author"),
        ("email", "sam@example.org"),
        ("password", "short"),
    ];
    let page = visitor.submit(&link, &fields).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(page.value("name"), "Sam \"The\" Author");
    assert_eq!(
        page.attributes(".govuk-error-summary a", "href"),
        ["#password"]
    );
    assert!(
        !page.body.contains("value=\"short\""),
        "a password never comes back"
    );
}

#[tokio::test]
async fn signing_out_ends_the_session_and_not_only_its_cookie() {
    let service = Service::start().await;
    let mut author = service.author("sam@example.org").await;
    let kept = author.clone();
    let page = author.get("/reports").await;
    let token = page.attributes("header input[name=csrf]", "value").concat();
    let out = author
        .post("/sign-out", &[("csrf".into(), token)], &[])
        .await;
    assert_eq!(out.location(), "/sign-in");
    for mut visitor in [author, kept] {
        assert_eq!(
            visitor.get("/reports").await.location(),
            "/sign-in?next=/reports"
        );
    }
}

#[tokio::test]
async fn signing_in_leads_back_to_the_page_that_was_asked_for() {
    let service = Service::start().await;
    service.author("sam@example.org").await;
    let mut visitor = service.visitor();
    let to = visitor.get("/reports/start").await.location();
    let fields = [("email", "sam@example.org"), ("password", PASSWORD)];
    let page = visitor.get(&to).await;
    assert_eq!(
        visitor.send_form_of(&page, &to, &fields).await.location(),
        "/reports/start"
    );
    let page = service
        .visitor()
        .get("/sign-in?next=https://evil.example/")
        .await;
    let mut other = service.visitor();
    other.cookies.clone_from(&visitor.cookies);
    let page = other
        .get("/sign-in?next=https://evil.example/")
        .await
        .status
        .is_success()
        .then_some(page);
    let page = other
        .send_form_of(&page.unwrap(), "/sign-in", &fields)
        .await;
    assert_ne!(
        page.headers.get("location").map(|l| l.to_str().unwrap()),
        Some("https://evil.example/")
    );
}

#[tokio::test]
async fn wrong_passwords_are_slowed_down_with_words_that_say_until_when() {
    let service = Service::start().await;
    service.author("sam@example.org").await;
    let mut visitor = service.visitor();
    let fields = [
        ("email", "sam@example.org"),
        ("password", "not the password"),
    ];
    let mut last = visitor.submit("/sign-in", &fields).await;
    assert_eq!(last.status, StatusCode::UNPROCESSABLE_ENTITY);
    for _ in 0..20 {
        last = visitor.submit("/sign-in", &fields).await;
        if last.status == StatusCode::TOO_MANY_REQUESTS {
            break;
        }
    }
    assert_eq!(last.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(last.text().contains("Wait until"), "{}", last.text());
    assert_eq!(last.value("email"), "sam@example.org");
}
