//! The audit trail as an auditor reads it: what every page of a report leaves in it, and
//! nothing of what stands there.

use std::sync::atomic::{AtomicI64, Ordering};

use axum::http::{StatusCode, header};
use chrono::{DateTime, TimeDelta, Utc};
use foreword::store::{AccountId, Action, AuditQuery, NewAccount, NewPassword, Role, Roles};

use super::visitor::{PASSWORD, Service, Visitor};

async fn somebody(service: &Service, email: &str, name: &str, roles: Roles) -> Visitor {
    let account = NewAccount {
        id: AccountId::new(Utc::now()),
        email: email.into(),
        display_name: name.into(),
        roles,
        password: NewPassword::new(PASSWORD).unwrap(),
    };
    let made = service.store().create_account(account, Utc::now());
    made.await.unwrap();
    service.author_again(email).await
}

/// How many acts of a kind the trail holds.
async fn acts(service: &Service, action: Action) -> i64 {
    let query = AuditQuery {
        action: Some(action),
        ..AuditQuery::default()
    };
    let found = service.store().as_auditor().rows(&query, 0, 1).await;
    found.unwrap().all
}

static MINUTES: AtomicI64 = AtomicI64::new(0);

fn clock() -> DateTime<Utc> {
    let begun: DateTime<Utc> = "2026-11-29T09:00:00Z".parse().unwrap();
    begun + TimeDelta::minutes(MINUTES.load(Ordering::Relaxed))
}

#[tokio::test]
async fn every_page_of_a_report_is_a_look_and_turning_pages_is_one() {
    let service = Service::by_the_clock(clock).await;
    let (mut author, report) = service.with_angela().await;
    let mut looks = acts(&service, Action::ReportViewed).await;
    for page in [
        "",
        "/check",
        "/guide",
        "/prompts/travel",
        "/enquiries",
        "/services",
        "/proposal",
        "/draft",
        "/quality",
        "/facts",
        "/oral",
        "/letters",
        "/leaving",
        "/review",
        "/timeline",
        "/sign",
    ] {
        let before = looks;
        MINUTES.fetch_add(16, Ordering::Relaxed);
        let shown = author.get(&format!("{report}{page}")).await;
        assert_eq!(shown.status, StatusCode::OK, "{page}");
        looks = acts(&service, Action::ReportViewed).await;
        assert_eq!(looks, before + 1, "{page}");
        author.get(&report).await;
        assert_eq!(acts(&service, Action::ReportViewed).await, looks, "{page}");
    }
}

#[tokio::test]
async fn what_is_refused_is_recorded_and_a_download_is_an_export() {
    let service = Service::start().await;
    let (mut author, report) = service.with_angela().await;
    let roles = [Role::Author, Role::Countersigner].into();
    let mut other = somebody(&service, "ben@example.org", "Ben Other", roles).await;
    let editor = [Role::DirectoryEditor].into();
    let mut editor = somebody(&service, "ed@example.org", "Ed Itor", editor).await;

    author.get(&format!("{report}/report.docx")).await;
    assert_eq!(acts(&service, Action::ReportExported).await, 1);
    let prompt = format!("{report}/prompts/alcohol");
    assert_eq!(other.get(&prompt).await.status, StatusCode::NOT_FOUND);
    assert_eq!(acts(&service, Action::ReportRefused).await, 1);
    assert_eq!(editor.get(&report).await.status, StatusCode::FORBIDDEN);
    assert_eq!(editor.get("/worklist").await.status, StatusCode::FORBIDDEN);
    assert_eq!(acts(&service, Action::PageRefused).await, 2);
    // Nothing at an address that is nobody's, and nothing of somebody not signed in.
    other.get("/reports/nonsense").await;
    service.visitor().get(&report).await;
    assert_eq!(acts(&service, Action::ReportRefused).await, 1);
    let whole = service.store().verify_audit(None).await.unwrap();
    assert!(whole.is_ok(), "{whole:?}");
}

#[tokio::test]
async fn an_auditor_finds_who_looked_and_reads_nothing_of_the_report() {
    let service = Service::start().await;
    let (mut author, report) = service.with_angela().await;
    author.get(&report).await;
    let roles = [Role::Auditor].into();
    let mut auditor = somebody(&service, "audrey@example.org", "Audrey Auditor", roles).await;

    let home = auditor.get("/").await;
    assert_eq!(home.location(), "/audit");
    let page = auditor.get("/audit").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    let id = report.trim_start_matches("/reports/");
    assert!(page.text().contains(id), "{}", page.text());
    assert!(page.text().contains("Report viewed"), "{}", page.text());
    for secret in ["Angela", "Hart", "Reading Magistrates"] {
        assert!(!page.body.contains(secret), "{secret}");
    }
    assert_eq!(auditor.get(&report).await.status, StatusCode::FORBIDDEN);

    let only = auditor
        .get(&format!("/audit?act=report-viewed&report={id}"))
        .await;
    assert_eq!(only.texts("tbody tr").len(), 1, "{}", only.text());
    let none = auditor.get("/audit?act=report-signed").await;
    assert_eq!(none.texts("tbody tr").len(), 0);
    let proved = auditor.get("/audit?whole=yes").await;
    assert!(
        proved.text().contains("The trail is whole"),
        "{}",
        proved.text()
    );

    let faulty = auditor.get("/audit?report=Angela&from-day=40").await;
    assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(faulty.value("report"), "Angela");
    assert_eq!(faulty.texts(".govuk-error-summary__list li").len(), 2);

    let csv = auditor.get("/audit.csv?act=report-viewed").await;
    assert_eq!(csv.status, StatusCode::OK);
    assert_eq!(csv.headers[header::CONTENT_TYPE], "text/csv; charset=utf-8");
    assert_eq!(csv.body.lines().count(), 2, "{}", csv.body);
    assert_eq!(acts(&service, Action::AuditExported).await, 1);
    assert!(acts(&service, Action::AuditViewed).await >= 4);
}

#[tokio::test]
async fn a_long_trail_is_turned_page_by_page() {
    let service = Service::start().await;
    let roles = [Role::Auditor].into();
    let mut auditor = somebody(&service, "audrey@example.org", "Audrey Auditor", roles).await;
    for _ in 0..60 {
        auditor.get("/audit").await;
    }
    let first = auditor.get("/audit?act=audit-viewed").await;
    assert_eq!(first.texts("tbody tr").len(), 50);
    let next = first.attributes("a[rel=next]", "href").concat();
    assert!(next.contains("act=audit-viewed"), "{next}");
    let second = auditor.get(&next).await;
    assert!((10..50).contains(&second.texts("tbody tr").len()));
    assert_eq!(second.attributes("a[rel=next]", "href").len(), 0);
}
