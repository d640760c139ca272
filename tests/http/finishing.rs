//! What to do about enquiries that are open at the finish, and the wording for time.

use axum::http::StatusCode;

use super::{
    enquiries::{POLICE, author, long, press, printed, step, today},
    visitor::{Page, Service, Visitor},
};

async fn finish(who: &mut Visitor, report: &str, fields: &[(&str, &str)]) -> Page {
    let page = who.get(&format!("{report}/draft")).await;
    press(who, &page, &format!("{report}/enquiries/finish"), fields).await
}

#[tokio::test]
async fn the_report_says_for_each_what_was_chosen_and_nothing_more() {
    let service = Service::start().await;
    let (mut author, report) = author(&service).await;
    step(&mut author, &report, "", POLICE, "sent")
        .await
        .location();
    let draft = author.get(&format!("{report}/draft")).await;
    assert!(
        draft.text().contains("Before you finish"),
        "{}",
        draft.text()
    );
    assert!(
        printed(&mut author, &report)
            .await
            .contains("no reply has come")
    );

    let none = finish(&mut author, &report, &[("from", "draft")]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(none.texts(".govuk-error-message").len(), 1);

    let ways = [
        ("from", "draft"),
        ("all", ""),
        ("way.enquiry-0", "ask-for-adjournment"),
        ("way.enquiry-childrens-services", "proceed-and-say-so"),
    ];
    let next = finish(&mut author, &report, &ways).await.location();
    assert_eq!(next, format!("{report}/draft#before-you-finish"));
    let text = printed(&mut author, &report).await;
    let line = |start: &str| text.lines().find(|l| l.starts_with(start)).unwrap();
    let police = line("Police information on domestic abuse");
    let children = line("Children’s services");
    assert!(police.contains("The court is asked for time"), "{police}");
    assert!(!police.contains("goes on without it"), "{police}");
    assert!(
        children.contains("not asked for by the date of this report"),
        "{children}"
    );
    assert!(children.contains("goes on without it"), "{children}");
    assert!(!children.contains("asked for time"), "{children}");

    let all = [
        ("from", "register"),
        ("all", "avoid-dependent-requirements"),
    ];
    finish(&mut author, &report, &all).await.location();
    let text = printed(&mut author, &report).await;
    assert_eq!(
        text.matches("Requirements that depend on it are not")
            .count(),
        2,
        "{text}"
    );
}

#[tokio::test]
async fn a_choice_to_avoid_requirements_is_not_printed_while_one_is_proposed() {
    let service = Service::start().await;
    let (mut author, report) = author(&service).await;
    let order = [("order", "community-order"), ("months", "12")];
    author
        .submit(&format!("{report}/proposal/order"), &order)
        .await
        .location();
    let add = format!("{report}/proposal/requirements/add/curfew");
    let page = author.submit(&add, &[("amount", "3")]).await;
    assert!(page.status.is_redirection(), "{}", page.text());
    step(&mut author, &report, "", POLICE, "sent")
        .await
        .location();
    let all = [("from", "draft"), ("all", "avoid-dependent-requirements")];
    finish(&mut author, &report, &all).await.location();
    let draft = author.get(&format!("{report}/draft")).await.text();
    assert!(
        draft.contains("You chose to avoid requirements that depend on"),
        "{draft}"
    );
    let text = printed(&mut author, &report).await;
    assert!(
        !text.contains("Requirements that depend on it are not proposed"),
        "{text}"
    );
}

#[tokio::test]
async fn the_wording_for_time_is_offered_and_never_enters_the_report() {
    let service = Service::start().await;
    let (mut author, report) = author(&service).await;
    step(&mut author, &report, "", POLICE, "sent")
        .await
        .location();
    for page in ["enquiries", "draft"] {
        let page = author.get(&format!("{report}/{page}")).await;
        let wording = page.texts("textarea#asking-for-time").concat();
        assert!(wording.contains("up to five working days"), "{wording}");
        assert!(
            wording.contains("Pre-sentence report on Angela Example"),
            "{wording}"
        );
        assert!(
            wording.contains(&format!("asked for on {}", long(today()))),
            "{wording}"
        );
    }
    for format in ["report.txt", "report.html"] {
        let body = author.get(&format!("{report}/{format}")).await.body;
        assert!(!body.contains("five working days"), "{format}");
    }
}
