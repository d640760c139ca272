//! Records duty at a browser: what stands on the list, a hold that its author sees, and a
//! report that two administrators erase.

use std::sync::atomic::{AtomicI64, Ordering};

use axum::http::StatusCode;
use chrono::{DateTime, TimeDelta, Utc};
use foreword::store::{AccountId, NewAccount, NewPassword, ReportId, Role};

use super::{
    second::send,
    visitor::{PASSWORD, Page, Service, Visitor},
};

async fn administrator(service: &Service, name: &str) -> Visitor {
    let email = format!("{name}@example.org");
    let account = NewAccount {
        id: AccountId::new(Utc::now()),
        email: email.clone(),
        display_name: name.into(),
        roles: Role::Administrator.into(),
        password: NewPassword::new(PASSWORD).unwrap(),
    };
    let made = service.store().create_account(account, Utc::now());
    made.await.unwrap();
    service.author_again(&email).await
}

/// A report with its author, and two administrators.
struct Office {
    service: Service,
    author: Visitor,
    ada: Visitor,
    bea: Visitor,
    report: String,
    id: ReportId,
    record: String,
}

impl Office {
    async fn of(service: Service) -> Self {
        let mut author = service.author("sam@example.org").await;
        let report = author.start_report().await;
        let id: ReportId = report.trim_start_matches("/reports/").parse().unwrap();
        Self {
            ada: administrator(&service, "ada").await,
            bea: administrator(&service, "bea").await,
            record: format!("/records/{id}"),
            service,
            author,
            report,
            id,
        }
    }

    /// Signs both administrators in again.
    async fn again(&mut self) {
        self.ada = self.service.author_again("ada@example.org").await;
        self.bea = self.service.author_again("bea@example.org").await;
    }

    async fn ask(&mut self, why: &str) -> Page {
        let to = format!("{}/erasure", self.record);
        let fields = [("why", why), ("note", "Decided on Monday")];
        send(&mut self.ada, &self.record, &to, &fields).await
    }

    fn number(&self) -> String {
        self.id.short().to_lowercase()
    }
}

/// Confirms as somebody, by the request that her page shows.
async fn confirm(who: &mut Visitor, record: &str, number: &str) -> Page {
    let page = who.get(record).await;
    let request = page.attributes("input[name=request]", "value").concat();
    let fields = [("request", request.as_str()), ("confirm-number", number)];
    send(who, record, &format!("{record}/erase"), &fields).await
}

static DAYS: AtomicI64 = AtomicI64::new(0);

fn clock() -> DateTime<Utc> {
    let begun: DateTime<Utc> = "2026-11-30T09:00:00Z".parse().unwrap();
    begun + TimeDelta::days(DAYS.load(Ordering::Relaxed))
}

#[tokio::test]
async fn a_report_comes_on_the_list_when_its_time_is_near_and_may_be_erased_once_it_is_over() {
    let mut office = Office::of(Service::by_the_clock(clock).await).await;
    let number = office.id.short();
    let list = office.ada.get("/records").await.text();
    assert!(!list.contains(&number), "{list}");
    assert!(list.contains("Not verified"));
    let early = office.ask("retention-over").await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(early.text().contains("is not over: choose another reason"));
    assert_eq!(early.value("note"), "Decided on Monday");

    // Begun and never signed: twelve months from the last change.
    DAYS.store(364, Ordering::Relaxed);
    office.again().await;
    let page = office.ada.get("/records").await;
    let row = page.texts("tbody tr").concat();
    assert!(
        row.contains(&number) && row.contains("30 November 2027"),
        "{row}"
    );
    assert!(
        !row.contains("Time over") && row.contains("Sam Author"),
        "{row}"
    );
    assert!(!page.text().contains("Angela"));
    DAYS.store(365, Ordering::Relaxed);
    office.again().await;
    let page = office.ada.get("/records").await;
    assert!(page.texts("tbody tr").concat().contains("Time over"));
    let asked = office.ask("retention-over").await;
    assert_eq!(asked.location(), office.record);

    // A request stands for a fortnight.
    DAYS.store(380, Ordering::Relaxed);
    office.again().await;
    let stale = office.bea.get(&office.record).await;
    assert!(
        stale.text().contains("asked for too long ago"),
        "{}",
        stale.text()
    );
    assert!(stale.attributes("input[name=request]", "value").is_empty());
    // Nobody erased it meanwhile.
    assert_eq!(office.ask("retention-over").await.location(), office.record);
}

#[tokio::test]
async fn two_administrators_erase_a_report_and_its_author_is_told_calmly() {
    let mut office = Office::of(Service::start().await).await;
    let (record, number) = (office.record.clone(), office.number());
    let nothing = send(&mut office.ada, &record, &format!("{record}/erasure"), &[]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nothing.text().contains("Choose why"));
    assert_eq!(office.ask("her-request").await.location(), record);
    let twice = office.ask("her-request").await;
    assert!(twice.text().contains("asked for already"));

    // Whoever asked has no button, and is refused without it.
    let page = office.ada.get(&record).await;
    assert!(
        page.text()
            .contains("Another administrator has to confirm it")
    );
    assert!(page.attributes("#confirm-number", "id").is_empty());
    let shown = office.bea.get(&record).await;
    assert!(shown.text().contains("Decided on Monday"));
    let request = shown.attributes("input[name=request]", "value").concat();
    let fields = [("request", request.as_str()), ("confirm-number", &number)];
    let erase = format!("{record}/erase");
    let same = send(&mut office.ada, &record, &erase, &fields).await;
    assert_eq!(same.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        same.text()
            .contains("another administrator has to confirm it")
    );
    let mistyped = confirm(&mut office.bea, &record, "0000 0000").await;
    assert_eq!(mistyped.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(mistyped.value("confirm-number"), "0000 0000");

    // The author goes on working: what was asked for is not what is there now.
    let prompt = format!("{}/prompts/hopes", office.report);
    let answer = [
        ("state", "answered"),
        ("visibility", "in-report"),
        ("value", "A quiet home"),
    ];
    office.author.submit(&prompt, &answer).await.location();
    let stale = send(&mut office.bea, &record, &erase, &fields).await;
    assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(stale.text().contains("changed since"), "{}", stale.text());
    assert!(
        office
            .bea
            .get("/records")
            .await
            .text()
            .contains("Left behind")
    );

    assert_eq!(office.ask("her-request").await.location(), record);
    let done = confirm(&mut office.bea, &record, &number).await;
    assert_eq!(done.location(), record);
    let stays = office.ada.get(&record).await;
    assert!(
        stays.text().contains("This report was erased"),
        "{}",
        stays.text()
    );
    assert!(!stays.text().contains("Decided on Monday"));
    let list = office.ada.get("/records").await.text();
    assert!(
        list.contains("She asked for it, and that was granted"),
        "{list}"
    );

    for below in [
        "",
        "/draft",
        "/timeline",
        "/plan",
        "/report.docx",
        "/prompts/hopes",
    ] {
        let page = office
            .author
            .get(&format!("{}{below}", office.report))
            .await;
        assert_eq!(page.status, StatusCode::GONE, "{below}");
        assert_eq!(page.texts("h1"), ["This report was erased"]);
    }
    assert!(
        !office
            .author
            .get("/reports")
            .await
            .text()
            .contains("Angela")
    );
    let mut other = office.service.author("other@example.org").await;
    let page = other.get(&office.report).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    let never = other
        .get("/reports/0192f0c1-0000-7000-8000-000000000000")
        .await;
    assert_eq!(page.text(), never.text());
    let none = office
        .ada
        .get("/records/0192f0c1-0000-7000-8000-000000000000")
        .await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_held_report_is_erased_by_nobody_and_its_author_sees_the_hold() {
    let mut office = Office::of(Service::start().await).await;
    let (record, number) = (office.record.clone(), office.number());
    assert_eq!(office.ask("other").await.location(), record);
    let before = office.bea.get(&record).await;
    let request = before.attributes("input[name=request]", "value").concat();

    let hold = format!("{record}/hold");
    let wrong = [
        ("hold-reason", "An appeal <is> open"),
        ("review-day", "30"),
        ("review-month", "2"),
    ];
    let refused = send(&mut office.bea, &record, &hold, &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("Enter a real date"));
    assert_eq!(refused.value("hold-reason"), "An appeal <is> open");
    let past = [
        ("hold-reason", "An appeal"),
        ("review-day", "1"),
        ("review-month", "1"),
        ("review-year", "2020"),
    ];
    let refused = send(&mut office.bea, &record, &hold, &past).await;
    assert!(refused.text().contains("must be after today"));
    let right = [
        ("hold-reason", "An appeal <is> open"),
        ("review-day", "1"),
        ("review-month", "3"),
        ("review-year", "2099"),
    ];
    assert_eq!(
        send(&mut office.bea, &record, &hold, &right)
            .await
            .location(),
        record
    );

    let seen = office.author.get(&office.report).await.text();
    assert!(seen.contains("This report must be kept"), "{seen}");
    assert!(
        seen.contains("An appeal <is> open") && seen.contains("1 March 2099"),
        "{seen}"
    );
    assert!(
        office
            .ada
            .get("/records")
            .await
            .text()
            .contains("An appeal <is> open")
    );

    let erase = format!("{record}/erase");
    let fields = [("request", request.as_str()), ("confirm-number", &number)];
    let refused = send(&mut office.bea, &record, &erase, &fields).await;
    assert!(
        refused.text().contains("A legal hold stands"),
        "{}",
        refused.text()
    );
    let asked = office.ask("other").await;
    assert!(
        asked.text().contains("it cannot be erased"),
        "{}",
        asked.text()
    );

    let lift = format!("{record}/lift");
    let refused = send(&mut office.ada, &record, &lift, &[]).await;
    assert!(refused.text().contains("Enter a reason"));
    let why = [("lift-reason", "It was dismissed")];
    assert_eq!(
        send(&mut office.ada, &record, &lift, &why).await.location(),
        record
    );
    let seen = office.author.get(&office.report).await.text();
    assert!(!seen.contains("This report must be kept"));
    assert!(
        office
            .ada
            .get(&record)
            .await
            .text()
            .contains("It was dismissed")
    );
}

#[tokio::test]
async fn a_restricted_report_shows_its_number_and_its_days_alone() {
    let mut office = Office::of(Service::start().await).await;
    let accounts = office.service.store().accounts().await.unwrap();
    let sam = accounts
        .iter()
        .find(|a| a.email == "sam@example.org")
        .unwrap();
    let hers = office.service.store().as_author(sam.id);
    hers.restrict(office.id, Some(&[]), Utc::now())
        .await
        .unwrap();
    let sought = format!("/records?number={}", office.number().replace(' ', ""));
    let found = office.ada.get(&sought).await;
    assert_eq!(found.location(), office.record);
    let page = office.ada.get(&office.record).await.text();
    assert!(
        page.contains("Restricted") && page.contains("Kept until"),
        "{page}"
    );
    assert!(
        !page.contains("Sam Author") && !page.contains("Angela"),
        "{page}"
    );
    let none = office.ada.get("/records?number=0000").await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(none.text().contains("No report has this number"));
    assert_eq!(none.value("number"), "0000");
}
