//! What holds on every address: security headers, forms that are ours, reports that
//! only their author can open, and kind pages when something is wrong.

use axum::{
    body::Body,
    http::{Method, StatusCode},
};

use super::visitor::{Page, Service, Visitor};

const OPEN: [&str; 5] = ["/", "/sign-in", "/set-up/x", "/health", "/no/such/page"];

fn headers_are_set(path: &str, page: &Page) {
    let header = |name: &str| {
        let value = page.headers.get(name);
        value
            .map(|v| v.to_str().unwrap().to_owned())
            .unwrap_or_default()
    };
    let policy = header("content-security-policy");
    assert!(
        policy.starts_with("default-src 'none'; script-src 'nonce-"),
        "{path}: {policy}"
    );
    for forbidden in ["unsafe-inline", "unsafe-eval", "http:", "https:", "*"] {
        assert!(!policy.contains(forbidden), "{path}: {policy}");
    }
    for demanded in [
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ] {
        assert!(policy.contains(demanded), "{path}: {policy}");
    }
    assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
    assert_eq!(header("referrer-policy"), "same-origin", "{path}");
    assert_eq!(
        header("cross-origin-opener-policy"),
        "same-origin",
        "{path}"
    );
    let kept = if path.starts_with("/assets/") {
        "public, max-age=31536000, immutable"
    } else {
        "no-store"
    };
    assert_eq!(header("cache-control"), kept, "{path}");
}

#[tokio::test]
async fn security_headers_are_on_every_answer() {
    let service = Service::start().await;
    let mut author = service.author("sam@example.org").await;
    let report = author.start_report().await;
    let mut paths: Vec<String> = OPEN.map(str::to_owned).into();
    paths.extend(["/reports", "/reports/start", "/reports/import"].map(str::to_owned));
    let inside = [
        "",
        "/check",
        "/sections/offence",
        "/prompts/hearing",
        "/prompts/offences/records/new",
        "/proposal",
        "/proposal/order",
        "/draft",
        "/case.json",
    ];
    paths.extend(inside.map(|inside| format!("{report}{inside}")));
    let home = author.get("/reports").await;
    paths.extend(home.attributes("link[rel=stylesheet], link[rel=icon]", "href"));
    paths.extend(home.attributes("script", "src"));
    for path in &paths {
        let page = author.get(path).await;
        assert!(!page.status.is_server_error(), "{path}: {}", page.status);
        headers_are_set(path, &page);
    }
}

#[tokio::test]
async fn every_answer_has_a_nonce_of_its_own_that_its_scripts_carry() {
    let service = Service::start().await;
    let mut visitor = service.visitor();
    let mut seen = Vec::new();
    for _ in 0..3 {
        let page = visitor.get("/sign-in").await;
        let nonces = page.attributes("script", "nonce");
        assert_eq!(nonces.len(), 2);
        let policy = page.headers["content-security-policy"].to_str().unwrap();
        assert!(
            nonces
                .iter()
                .all(|n| policy.contains(&format!("'nonce-{n}'")))
        );
        assert!(!seen.contains(&nonces[0]));
        seen.push(nonces[0].clone());
    }
}

#[tokio::test]
async fn behind_tls_cookies_are_tied_to_the_host_and_browsers_told_to_stay() {
    let service = Service::reached_at(Some("https://foreword.example")).await;
    let page = service.visitor().get("/sign-in").await;
    assert!(page.headers.contains_key("strict-transport-security"));
    let cookie = page.headers["set-cookie"].to_str().unwrap();
    assert!(cookie.starts_with("__Host-"), "{cookie}");
    for part in ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let plain = Service::start().await.visitor().get("/sign-in").await;
    assert!(!plain.headers.contains_key("strict-transport-security"));
    assert!(
        !plain.headers["set-cookie"]
            .to_str()
            .unwrap()
            .contains("Secure")
    );
}

#[tokio::test]
async fn a_form_without_its_token_or_from_another_site_changes_nothing() {
    let service = Service::start().await;
    let mut author = service.author("sam@example.org").await;
    let report = author.start_report().await;
    let path = format!("{report}/prompts/woman-name");
    let page = author.get(&path).await;
    let form = |token: String| {
        [
            ("csrf", token),
            ("report", page.value("report")),
            ("seen", page.value("seen")),
            ("first", "Eve".into()),
            ("last", "Other".into()),
        ]
        .map(|(n, v)| (n.to_owned(), v))
    };
    let mut other = service.author("other@example.org").await;
    let others = other.get("/reports/start").await.token();
    for token in [String::new(), "x".into(), others] {
        let answer = author.post(&path, &form(token), &[]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert!(
            answer.text().contains("Nothing was saved"),
            "{}",
            answer.text()
        );
    }
    for from in [
        ("sec-fetch-site", "cross-site"),
        ("origin", "https://evil.example"),
    ] {
        let headers = [from, ("host", "foreword.example")];
        let answer = author.post(&path, &form(page.token()), &headers).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{from:?}");
    }
    assert_eq!(author.get(&path).await.value("first"), "Angela");
    let answer = author.post(&path, &form(page.token()), &[]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(author.get(&path).await.value("first"), "Eve");
}

/// Every address of a report.
async fn tries_everything(visitor: &mut Visitor, report: &str) -> Vec<(String, StatusCode)> {
    let paths = [
        "",
        "/check",
        "/sections/offence",
        "/prompts/hearing",
        "/prompts/offences/records/new",
        "/prompts/offences/records/0/remove",
        "/proposal",
        "/proposal/order",
        "/proposal/requirements/new",
        "/proposal/requirements/add/rar",
        "/draft",
        "/report.docx",
        "/report.html",
        "/report.txt",
        "/case.json",
    ];
    let mut answers = Vec::new();
    for path in paths {
        let path = format!("{report}{path}");
        answers.push((path.clone(), visitor.get(&path).await.status));
    }
    answers
}

#[tokio::test]
async fn a_report_is_not_there_for_anybody_but_its_author() {
    let service = Service::start().await;
    let mut author = service.author("sam@example.org").await;
    let report = author.start_report().await;
    let mut other = service.author("other@example.org").await;
    for (path, status) in tries_everything(&mut other, &report).await {
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
    }
    for (path, status) in tries_everything(&mut service.visitor(), &report).await {
        assert_eq!(status, StatusCode::SEE_OTHER, "{path}");
    }
    let token = other.get("/reports/start").await.token();
    let form = [
        ("csrf", token.as_str()),
        ("seen", "1"),
        ("first", "Eve"),
        ("last", "Other"),
    ]
    .map(|(n, v)| (n.to_owned(), v.to_owned()));
    for path in [
        "/prompts/woman-name",
        "/proposal/order",
        "/prompts/offences/records/new",
    ] {
        let answer = other.post(&format!("{report}{path}"), &form, &[]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert!(!other.get("/reports").await.body.contains("Angela"));
    let none = other
        .get("/reports/00000000-0000-7000-8000-000000000000")
        .await;
    let hers = other.get(&report).await;
    assert_eq!(
        none.text(),
        hers.text(),
        "nobody learns which reports exist"
    );
}

#[tokio::test]
async fn whatever_goes_wrong_has_a_page_with_words() {
    let service = Service::start().await;
    let mut author = service.author("sam@example.org").await;
    let report = author.start_report().await;
    let long = [("csrf".to_owned(), "x".repeat(2 * 1024 * 1024))];
    let cases = [
        (author.get("/nothing").await, StatusCode::NOT_FOUND),
        (
            author.get(&format!("{report}/prompts/nothing")).await,
            StatusCode::NOT_FOUND,
        ),
        (
            author.post("/reports/start", &long, &[]).await,
            StatusCode::PAYLOAD_TOO_LARGE,
        ),
        (
            author
                .send(Method::DELETE, "/reports", &[], Body::empty())
                .await,
            StatusCode::METHOD_NOT_ALLOWED,
        ),
    ];
    for (page, status) in cases {
        assert_eq!(page.status, status);
        assert_eq!(page.texts("h1").len(), 1, "{}", page.body);
        assert!(
            page.headers["content-type"]
                .to_str()
                .unwrap()
                .starts_with("text/html")
        );
    }
}
