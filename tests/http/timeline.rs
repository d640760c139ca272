//! What has happened to a report, told without a word of it.

use super::{
    second::{colleague, send},
    visitor::Service,
};

#[tokio::test]
async fn a_report_from_its_start_to_an_addendum() {
    let service = Service::start().await;
    let (mut author, report) = service.with_angela().await;
    let mut checker = colleague(&service, "noor@example.org", "Noor Senior").await;
    let at = |page: &str| format!("{report}/{page}");
    let fields = [
        ("value", "A sentence that stays private."),
        ("state", "answered"),
        ("visibility", "in-report"),
    ];
    author
        .submit(&at("prompts/travel"), &fields)
        .await
        .location();
    author.get(&at("report.docx")).await;
    let ask = [("who", "noor@example.org"), ("note", "")];
    send(&mut author, &at("review"), &at("review/ask"), &ask)
        .await
        .location();
    let check = report.replacen("/reports/", "/checks/", 1);
    let said = [
        ("comment.risk", "Words about a section."),
        ("act", "return"),
    ];
    send(&mut checker, &check, &check, &said).await.location();
    let sign = [("accept", "yes"), ("confirm", "yes")];
    send(&mut author, &at("sign"), &at("sign"), &sign)
        .await
        .location();
    let added = [
        ("reason", "A reply."),
        ("text", "What it said."),
        ("confirm", "yes"),
    ];
    author.submit(&at("addendum"), &added).await.location();

    let page = author.get(&at("timeline")).await;
    let told = page.texts(".foreword-timeline strong");
    assert_eq!(
        told,
        [
            "Signed an addendum",
            "Signed it",
            "Sent it back with comments",
            "Opened it to check it",
            "Asked somebody to check it",
            "Downloaded it",
            "Saved 1 time",
            "Started the report",
        ]
    );
    assert!(page.text().contains("Noor Senior"), "{}", page.text());
    for private in [
        "stays private",
        "Words about a section",
        "What it said",
        "A reply.",
    ] {
        assert!(!page.body.contains(private), "{private}");
    }
    assert_eq!(
        checker.get(&at("timeline")).await.status,
        axum::http::StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn an_edit_is_told_by_the_heading_of_its_section() {
    let service = Service::start().await;
    let (mut author, report) = service.with_angela().await;
    let edit = format!("{report}/draft/offence");
    let text = [("text", "Ms Hart punched the victim twice.")];
    author.submit(&edit, &text).await.location();
    let page = author.get(&format!("{report}/timeline")).await;
    let told = page.text();
    assert!(told.contains("The draft: Offence analysis"), "{told}");
    assert!(!told.contains("punched"), "{told}");
}
