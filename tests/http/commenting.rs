//! What somebody types while she checks a report is kept as she types it, for her alone,
//! until she says it.

use axum::http::StatusCode;

use super::{
    saving::SCRIPT,
    second::{colleague, send},
    visitor::{Page, Service, Visitor},
};

const BOX: &str = "comment.risk";
const SAID: &str = "Say how soon this might be.";

struct Check {
    service: Service,
    author: Visitor,
    checker: Visitor,
    report: String,
    at: String,
}

impl Check {
    async fn asked() -> Self {
        let service = Service::start().await;
        let (mut author, report) = service.with_angela().await;
        let checker = colleague(&service, "noor@example.org", "Noor Senior").await;
        let (page, to) = (format!("{report}/review"), format!("{report}/review/ask"));
        let fields = [("who", "Noor Senior"), ("note", "")];
        send(&mut author, &page, &to, &fields).await.location();
        Self {
            at: report.replacen("/reports/", "/checks/", 1),
            service,
            author,
            checker,
            report,
        }
    }

    /// What the page's own script sends while she types.
    async fn types(&mut self, text: &str) -> Page {
        let page = self.checker.get(&self.at).await;
        let mut pairs = page.hidden();
        pairs.push((BOX.into(), text.into()));
        self.checker.post(&self.at, &pairs, &[SCRIPT]).await
    }

    async fn reads(&mut self) -> String {
        self.checker.get(&self.at).await.text()
    }
}

#[tokio::test]
async fn what_is_typed_is_there_when_the_page_is_opened_again_and_nobody_else_sees_it() {
    let mut check = Check::asked().await;
    let told = check.types(SAID).await;
    assert_eq!(told.status, StatusCode::OK, "{}", told.text());
    assert!(told.text().contains("\"kept\""), "{}", told.text());

    // The tab is closed; she comes back later, from another browser.
    check.checker = check.service.author_again("noor@example.org").await;
    let page = check.reads().await;
    assert!(
        page.contains(SAID) && page.contains("not said yet"),
        "{page}"
    );
    for place in ["draft", "review", "timeline"] {
        let page = check.author.get(&format!("{}/{place}", check.report)).await;
        assert!(!page.text().contains(SAID), "{place}");
    }

    // Typed again, the later words stand; emptied, nothing is kept.
    check.types("Something else.").await;
    let page = check.reads().await;
    assert!(page.contains("Something else.") && !page.contains(SAID));
    check.types(" ").await;
    assert!(!check.reads().await.contains("not said yet"));
}

#[tokio::test]
async fn once_it_is_said_it_is_kept_no_more() {
    let mut check = Check::asked().await;
    check.types(SAID).await;
    let at = check.at.clone();
    let saved = send(
        &mut check.checker,
        &at,
        &at,
        &[(BOX, SAID), ("act", "save")],
    )
    .await;
    saved.location();
    let page = check.reads().await;
    assert!(!page.contains("not said yet"), "{page}");
    assert_eq!(
        page.matches(SAID).count(),
        1,
        "said once, and no box holds it"
    );
}

#[tokio::test]
async fn what_could_not_be_taken_is_kept_too() {
    let mut check = Check::asked().await;
    let long = "a long word ".repeat(400);
    let at = check.at.clone();
    let refused = send(
        &mut check.checker,
        &at,
        &at,
        &[(BOX, &long), ("act", "save")],
    )
    .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(check.reads().await.contains("not said yet"));
}

#[tokio::test]
async fn where_the_request_was_taken_back_the_script_is_told_that_nothing_is_kept() {
    let mut check = Check::asked().await;
    let page = check.checker.get(&check.at).await;
    let review = format!("{}/review", check.report);
    let withdraw = format!("{review}/withdraw");
    send(&mut check.author, &review, &withdraw, &[])
        .await
        .location();
    let mut pairs = page.hidden();
    pairs.push((BOX.into(), SAID.into()));
    let told = check.checker.post(&check.at, &pairs, &[SCRIPT]).await;
    assert!(told.text().contains("gone"), "{}", told.text());
}
