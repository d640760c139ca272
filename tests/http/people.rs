//! Accounts by an administrator, colleagues' reports, restricted ones, and what a stranger
//! may try at the door.

use axum::http::StatusCode;
use chrono::Utc;
use foreword::store::{AccountId, Belongs, NewAccount, NewPassword, Role, Roles, Token};

use super::{
    second::send,
    visitor::{PASSWORD, Service, Visitor},
};

/// Somebody with these roles in the one team, signed in.
async fn joins(service: &Service, name: &str, roles: Roles) -> (AccountId, Visitor) {
    let (store, email) = (service.store(), format!("{name}@example.org"));
    let account = NewAccount {
        id: AccountId::new(Utc::now()),
        email: email.clone(),
        display_name: name.into(),
        roles,
        password: NewPassword::new(PASSWORD).unwrap(),
    };
    let made = store.create_with(account, Belongs::default(), Utc::now());
    let id = made.await.unwrap().id;
    let added = store.add_team("Thames Valley", "Reading", id, Utc::now());
    added.await.unwrap();
    let team = store.teams().await.unwrap()[0].id;
    let joined = store.set_team(id, Some(team), id, Utc::now());
    joined.await.unwrap();
    (id, service.author_again(&email).await)
}

#[tokio::test]
async fn an_administrator_adds_somebody_who_chooses_her_own_password() {
    let service = Service::start().await;
    let (own, mut admin) = joins(&service, "ada", Role::Administrator.into()).await;
    assert_eq!(admin.get("/").await.location(), "/accounts");
    let refused = admin
        .submit("/accounts/new", &[("name", "Sam Author")])
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.value("name"), "Sam Author");

    let new = [
        ("name", "Sam Author"),
        ("email", "Sam@Example.org"),
        ("roles", "author"),
        ("team", "none"),
    ];
    let made = admin.submit("/accounts/new", &new).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.text());
    let link = made.attributes("#password-link", "href").concat();
    assert!(link.starts_with("/password/"), "{link}");

    let mut sam = service.visitor();
    let short = sam.submit(&link, &[("password", "short")]).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    let chosen = [("password", "a password of her own")];
    assert_eq!(sam.submit(&link, &chosen).await.location(), "/reports");
    assert_eq!(service.visitor().get(&link).await.status, StatusCode::GONE);

    // Disabled, she is out at once.
    let account = service.store().account_by_email("sam@example.org").await;
    let page = format!("/accounts/{}", account.unwrap().unwrap().id);
    send(&mut admin, &page, &page, &[("act", "disable")]).await;
    assert_eq!(
        sam.get("/reports").await.location(),
        "/sign-in?next=/reports"
    );
    assert!(
        admin
            .get(&page)
            .await
            .text()
            .contains("ada disabled the account")
    );

    // Nobody gives herself a role, nor disables herself.
    let mine = format!("/accounts/{own}");
    let wanted = [("act", "save"), ("roles", "author"), ("team", "none")];
    send(&mut admin, &mine, &mine, &wanted).await;
    let out = send(&mut admin, &mine, &mine, &[("act", "disable")]).await;
    assert_eq!(out.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(admin.get("/reports").await.status, StatusCode::FORBIDDEN);
    assert_eq!(admin.get("/accounts").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_colleague_takes_a_report_over_with_a_reason() {
    let service = Service::start().await;
    let (_, mut sam) = joins(&service, "sam", Role::Author.into()).await;
    let (_, mut noor) = joins(&service, "noor", Role::Author.into()).await;
    let report = sam.start_report().await;
    let there = report.replace("/reports/", "/colleagues/");
    let list = noor.get("/colleagues").await;
    assert!(list.text().contains("Angela Example"), "{}", list.text());
    let none = noor.submit(&there, &[("reason", " ")]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    let taken = noor.submit(&there, &[("reason", "Sam is ill")]).await;
    assert_eq!(taken.location(), report);
    assert_eq!(noor.get(&report).await.status, StatusCode::OK);
    assert_eq!(sam.get(&report).await.status, StatusCode::NOT_FOUND);
    let access = noor.get(&format!("{report}/access")).await;
    assert!(access.text().contains("Sam is ill"), "{}", access.text());
}

#[tokio::test]
async fn a_restricted_report_is_seen_by_nobody_else_until_the_glass_is_broken() {
    let service = Service::start().await;
    let (_, mut sam) = joins(&service, "sam", Role::Author.into()).await;
    let (_, mut noor) = joins(&service, "noor", Role::Author.into()).await;
    let (_, mut kit) = joins(&service, "kit", Role::Auditor.into()).await;
    let case = include_str!("../cases/angela.json");
    let report = sam
        .upload("/reports/import", case.as_bytes())
        .await
        .location();
    let there = report.replace("/reports/", "/colleagues/");
    assert_eq!(noor.get(&there).await.status, StatusCode::OK);

    let access = format!("{report}/access");
    let slip = [("who", "named"), ("names", "Nobody Atall")];
    let refused = send(&mut sam, &access, &access, &slip).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.value("names").trim(), "Nobody Atall");
    let alone = [("who", "named"), ("names", "")];
    send(&mut sam, &access, &access, &alone).await;

    let hidden = noor.get(&there).await;
    let none = noor
        .get("/colleagues/0192f0c1-0000-7000-8000-000000000000")
        .await;
    assert_eq!(
        (hidden.status, hidden.text()),
        (StatusCode::NOT_FOUND, none.text())
    );
    let list = noor.get("/colleagues").await.text();
    assert!(list.contains("No report of your team"), "{list}");

    let value: serde_json::Value = serde_json::from_str(case).unwrap();
    let number = value["hearing"]["case_number"].as_str().unwrap().to_owned();
    let glass = |reference| [("reference", reference), ("reason", "Bail hearing at two")];
    let wrong = noor.submit("/colleagues/open", &glass("26XX9999")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let broken = noor.submit("/colleagues/open", &glass(&number)).await;
    assert_eq!(broken.location(), there);
    let page = noor.get(&there).await;
    assert!(page.text().contains("open to you until"), "{}", page.text());
    assert!(
        page.attributes("main form", "action").is_empty(),
        "it can be written to"
    );
    assert_eq!(noor.get(&report).await.status, StatusCode::NOT_FOUND);

    let told = sam.get(&report).await.text();
    assert!(told.contains("Somebody else opened this report"), "{told}");
    assert!(
        sam.get(&access)
            .await
            .text()
            .contains("Bail hearing at two")
    );
    let told = kit.get("/openings").await.text();
    assert!(
        told.contains("noor") && told.contains("Bail hearing at two"),
        "{told}"
    );
    assert!(!told.contains("Angela"), "{told}");
}

#[tokio::test]
async fn a_session_is_never_one_that_somebody_else_chose() {
    let service = Service::start().await;
    let mut sam = service.author("sam@example.org").await;
    sam.cookies.clear();
    let planted = Token::random().unwrap().text();
    for name in ["foreword", "foreword-visitor"] {
        sam.cookies.insert(name.into(), planted.clone());
    }
    let mut thief = service.visitor();
    thief.cookies.clone_from(&sam.cookies);
    let fields = [("email", "sam@example.org"), ("password", PASSWORD)];
    assert_eq!(sam.submit("/sign-in", &fields).await.location(), "/reports");
    assert_ne!(sam.cookies["foreword"], planted);
    assert_eq!(sam.get("/reports").await.status, StatusCode::OK);
    assert_eq!(
        thief.get("/reports").await.location(),
        "/sign-in?next=/reports"
    );
}

#[tokio::test]
async fn no_header_moves_a_page_to_another_host_nor_lets_anybody_in() {
    let service = Service::start().await;
    let mut stranger = service.visitor();
    let claims = [
        ("host", "evil.example"),
        ("x-forwarded-host", "evil.example"),
        ("forwarded", "host=evil.example"),
        ("x-original-url", "/health"),
        ("x-rewrite-url", "/health"),
        ("x-forwarded-for", "127.0.0.1"),
    ];
    for path in ["/reports", "/accounts", "/sign-in", "/no/such/page"] {
        let get = axum::http::Method::GET;
        let page = stranger
            .send(get, path, &claims, axum::body::Body::empty())
            .await;
        assert!(!page.body.contains("evil.example"), "{path}");
        let to = page.headers.get("location").map(|l| l.to_str().unwrap());
        let inside = ["/reports", "/accounts"].contains(&path);
        let expected = format!("/sign-in?next={path}");
        assert_eq!(to, inside.then_some(expected.as_str()), "{path}");
    }
}

#[tokio::test]
async fn signing_in_leads_to_no_other_site() {
    let service = Service::start().await;
    service.author("sam@example.org").await;
    for next in [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "javascript:x",
    ] {
        let mut sam = service.visitor();
        let fields = [
            ("email", "sam@example.org"),
            ("password", PASSWORD),
            ("next", next),
        ];
        let to = sam.submit("/sign-in", &fields).await.location();
        assert_eq!(to, "/reports", "{next}");
    }
}
