//! What an author waits for, and what came and waits for her, in one list.

use axum::http::StatusCode;
use chrono::Utc;

use super::{
    consultancy::Loop,
    second::{colleague, send},
    visitor::{Page, Service},
};
use crate::harness::signed_text;

/// What each row says in short, in the order of the list.
fn tags(page: &Page) -> Vec<String> {
    page.texts("tbody td:nth-child(2) .govuk-tag")
}

/// The entry of the navigation.
fn counted(page: &Page) -> String {
    page.texts("#navigation a[href='/replies']").concat()
}

#[tokio::test]
async fn where_nothing_is_out_the_page_says_so_and_nothing_is_counted() {
    let service = Service::start().await;
    let mut sam = service.author("sam@example.org").await;
    sam.start_report().await;
    let page = sam.get("/replies").await;
    assert!(page.text().contains("Nothing is out"), "{}", page.text());
    assert_eq!(counted(&page), "Replies and checks");
}

#[tokio::test]
async fn a_referral_is_followed_from_the_asking_to_the_reply_in_the_report() {
    let mut both = Loop::start().await;
    let (hers, theirs) = both.referred().await;
    let page = both.author.get("/replies").await;
    assert_eq!(tags(&page), ["Reply awaited"]);
    assert_eq!(counted(&page), "Replies and checks (1)");
    assert!(page.text().contains("1 December 2026"), "{}", page.text());
    assert_eq!(
        page.attributes("tbody a", "href"),
        std::slice::from_ref(&hers)
    );
    assert!(!hers.contains("Angela") && page.text().contains("Angela"));

    let ask = [("act", "ask"), ("question", "Which days suit her?")];
    both.centre_does(&theirs, &ask).await.location();
    let page = both.author.get("/replies").await;
    assert_eq!(tags(&page), ["Question", "Reply awaited"]);
    let say = [("act", "message"), ("message", "Tuesdays after one.")];
    both.author_does(&hers, &say).await.location();
    both.centre_does(&theirs, &[("act", "accept")])
        .await
        .location();
    let page = both.author.get("/replies").await;
    assert_eq!(tags(&page), ["Reply awaited"]);
    assert!(page.text().contains("will assess her"), "{}", page.text());

    both.signs(&theirs, &[("item.0.held-day", "2")]).await;
    let page = both.author.get("/replies").await;
    // The place lapses on the 2nd; the hearing is later.
    assert_eq!(tags(&page), ["Place lapses", "Reply came"]);
    both.author_does(&hers, &[("act", "bring")])
        .await
        .location();
    assert_eq!(tags(&both.author.get("/replies").await), ["Place lapses"]);
    let drop = [
        ("act", "item"),
        ("item", "0"),
        ("made.0", "not-proposed"),
        ("why.0", "The place lapses."),
    ];
    both.author_does(&hers, &drop).await.location();
    let page = both.author.get("/replies").await;
    assert_eq!(tags(&page), [] as [&str; 0]);
    assert_eq!(counted(&page), "Replies and checks");
}

#[tokio::test]
async fn a_reply_corrected_after_it_was_taken_in_waits_again() {
    let mut both = Loop::start().await;
    let (hers, theirs) = both.assessed(&[]).await;
    both.author_does(&hers, &[("act", "bring")])
        .await
        .location();
    assert!(tags(&both.author.get("/replies").await).is_empty());
    both.signs(&theirs, &[("goals", "I want to see my children.")])
        .await;
    let page = both.author.get("/replies").await;
    assert_eq!(tags(&page), ["Reply came"]);
    assert!(
        page.text().contains("corrected its reply"),
        "{}",
        page.text()
    );
}

#[tokio::test]
async fn what_a_checker_sent_back_waits_and_a_signed_report_does_not() {
    let both = Loop::start().await;
    let (mut author, report) = (both.author.clone(), both.report.clone());
    let mut noor = colleague(&both.service, "noor@example.org", "Noor Senior").await;
    let (page, to) = (format!("{report}/review"), format!("{report}/review/ask"));
    let ask = [("who", "Noor Senior"), ("note", "The risk section")];
    send(&mut author, &page, &to, &ask).await.location();
    assert!(tags(&author.get("/replies").await).is_empty());
    let check = report.replacen("/reports/", "/checks/", 1);
    let said = [("comment.risk", "Say how soon."), ("act", "return")];
    send(&mut noor, &check, &check, &said).await.location();
    let page = author.get("/replies").await;
    assert_eq!(tags(&page), ["Sent back"]);
    assert_eq!(
        page.attributes("tbody a", "href"),
        [format!("{report}/review")]
    );
    // Another author sees none of it.
    let other = noor.get("/replies").await;
    assert_eq!(other.status, StatusCode::OK);
    assert!(other.text().contains("Nothing is out"), "{}", other.text());
    let store = both.service.store();
    let sam = store.account_by_email("sam@example.org").await.unwrap();
    let hers = store.as_author(sam.unwrap().id);
    let id = report.rsplit('/').next().unwrap().parse().unwrap();
    let revision = hers.load(id).await.unwrap().unwrap().revision;
    let text = signed_text();
    let signing = hers.sign_report(id, revision, &text, Utc::now());
    signing.await.unwrap();
    assert!(tags(&author.get("/replies").await).is_empty());
}
