//! Composing a proposal: the law beside it, and what the checks say.

use axum::http::StatusCode;

use super::visitor::Service;

#[tokio::test]
async fn a_proposal_without_punishment_is_told_with_the_ways_out_until_one_is_chosen() {
    let service = Service::start().await;
    let (mut author, report) = service.with_angela().await;
    let proposal = format!("{report}/proposal");
    let before = author.get(&proposal).await.text();
    assert!(before.contains("18-month community order"), "{before}");
    let told = "Nothing in the proposed order is there for the purpose of punishment";
    assert!(before.contains(told), "{before}");
    assert!(before.contains("s.208(10)"), "{before}");

    let order = format!("{proposal}/order");
    let fields = [
        ("order", "community-order"),
        ("months", "18"),
        ("punished.by", "exceptional-circumstances"),
    ];
    let page = author.submit(&order, &fields).await;
    assert_eq!(
        page.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "the circumstances are missing"
    );
    let fields = [
        ("order", "community-order"),
        ("months", "18"),
        ("punished.by", "fine"),
        ("punished.words", "A small <fine>."),
    ];
    assert_eq!(author.submit(&order, &fields).await.location(), proposal);
    let after = author.get(&proposal).await.text();
    assert!(
        after.contains("By a fine as well. A small <fine>."),
        "{after}"
    );
    assert!(!after.contains(told), "{after}");

    let fields = [
        ("order", "community-order"),
        ("months", "18"),
        ("punished.by", "requirement"),
    ];
    assert_eq!(author.submit(&order, &fields).await.location(), proposal);
    let after = author.get(&proposal).await.text();
    assert!(
        after.contains("By a requirement whose purposes include punishment"),
        "{after}"
    );
}

#[tokio::test]
async fn a_requirement_is_added_with_its_limits_in_view_changed_and_removed() {
    let service = Service::start().await;
    let (mut author, report) = service.with_angela().await;
    let proposal = format!("{report}/proposal");
    let choose = author.get(&format!("{proposal}/requirements/new")).await;
    assert!(
        choose.text().contains("From 40 to 300 hours"),
        "{}",
        choose.text()
    );
    let add = format!("{proposal}/requirements/add/unpaid_work");
    let fields = [
        ("amount", "400"),
        ("purposes", "punishment"),
        ("what", "Work in a women-only group."),
        ("slot.0.days", "tuesday"),
        ("slot.0.from", "10am"),
        ("slot.0.to", "2pm"),
    ];
    assert_eq!(author.submit(&add, &fields).await.location(), proposal);
    let page = author.get(&proposal).await.text();
    assert!(page.contains("400 hours"), "{page}");
    assert!(
        page.contains("Must be settled"),
        "a number over the limit is kept and told: {page}"
    );
    let change = format!("{proposal}/requirements/2");
    let held = author.get(&change).await;
    assert_eq!(held.value("slot.0.from"), "10:00");
    let fields = [("amount", "60"), ("purposes", "punishment")];
    author.submit(&change, &fields).await.location();
    let page = author.get(&proposal).await.text();
    assert!(
        page.contains("60 hours") && !page.contains("400 hours"),
        "{page}"
    );
    author
        .submit(&format!("{change}/remove"), &[])
        .await
        .location();
    assert!(!author.get(&proposal).await.text().contains("60 hours"));
}

#[tokio::test]
async fn half_a_time_in_her_week_is_asked_for_and_nothing_is_lost() {
    let service = Service::start().await;
    let (mut author, report) = service.with_angela().await;
    let add = format!("{report}/proposal/requirements/add/unpaid_work");
    let page = author
        .submit(
            &add,
            &[
                ("amount", "60"),
                ("what", "Kept."),
                ("slot.0.from", "10:00"),
            ],
        )
        .await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let links = page.attributes(".govuk-error-summary a", "href");
    assert_eq!(links, ["#slot-0-days", "#slot-0-to"]);
    assert_eq!(page.value("what"), "Kept.");
}

#[tokio::test]
async fn a_requirement_added_in_another_window_is_not_overwritten() {
    let service = Service::start().await;
    let (mut author, report) = service.with_angela().await;
    let add = format!("{report}/proposal/requirements/add/unpaid_work");
    let (first, second) = (author.get(&add).await, author.get(&add).await);
    author
        .send_form_of(&first, &add, &[("amount", "60")])
        .await
        .location();
    let clash = author
        .send_form_of(&second, &add, &[("amount", "80")])
        .await;
    assert_eq!(clash.status, StatusCode::CONFLICT);
    let text = clash.text();
    assert!(
        text.contains("60 hours") && text.contains("Hours: 80"),
        "{text}"
    );
}

#[tokio::test]
async fn her_week_shows_what_the_order_falls_on() {
    let service = Service::start().await;
    let (mut author, report) = service.with_angela().await;
    let proposal = format!("{report}/proposal");
    let week = author.get(&format!("{report}/prompts/week")).await.text();
    let day = ["monday", "tuesday", "wednesday", "thursday", "friday"]
        .into_iter()
        .find(|d| week.to_lowercase().contains(d))
        .expect("Angela's week has something in it");
    let add = format!("{proposal}/requirements/add/unpaid_work");
    let fields = [
        ("amount", "60"),
        ("slot.0.days", day),
        ("slot.0.from", "00:30"),
        ("slot.0.to", "23:30"),
    ];
    author.submit(&add, &fields).await.location();
    let page = author.get(&proposal).await;
    assert!(
        !page.texts(".foreword-week__clash").is_empty(),
        "{}",
        page.text()
    );
}
