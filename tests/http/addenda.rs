//! What is added to a report after it was signed: signed by itself, known again, and
//! never with what must not leave.

use axum::http::StatusCode;

use super::{
    second::{colleague, send},
    visitor::{Page, Service, Visitor},
};

const SIGN: [(&str, &str); 2] = [("accept", "yes"), ("confirm", "yes")];
const REASON: (&str, &str) = ("reason", "A reply that came after signing.");

async fn signed(service: &Service) -> (Visitor, String) {
    let (mut author, report) = service.with_angela().await;
    let sign = format!("{report}/sign");
    send(&mut author, &sign, &sign, &SIGN).await.location();
    (author, report)
}

async fn add(author: &mut Visitor, report: &str, text: &str) -> Page {
    let fields = [REASON, ("text", text), ("confirm", "yes")];
    author.submit(&format!("{report}/addendum"), &fields).await
}

#[tokio::test]
async fn an_addendum_is_signed_listed_downloaded_and_known_again() {
    let service = Service::start().await;
    let (mut author, report) = signed(&service).await;
    let before = author.get(&format!("{report}/report.docx")).await.bytes;
    let text = "The police replied.\n\nNothing in it changes the proposal.";
    let next = add(&mut author, &report, text).await.location();
    assert_eq!(next, format!("{report}/sign#addenda"));
    let page = author.get(&format!("{report}/sign")).await.text();
    assert!(
        page.contains("Addendum 1") && page.contains(REASON.1),
        "{page}"
    );

    let docx = author
        .get(&format!("{report}/addenda/1/addendum.docx"))
        .await;
    let name = docx.headers["content-disposition"].to_str().unwrap();
    assert!(
        name.contains("pre-sentence-report-addendum-1.docx"),
        "{name}"
    );
    let found = service
        .store()
        .signature_on(&docx.bytes)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(found.addendum.map(|of| of.number), Some(1));
    assert!(found.same);
    crate::documents::checks::assert_structure(&docx.bytes);
    let words = crate::documents::read::Docx::open(&docx.bytes)
        .look()
        .text();
    for said in [
        "Addendum 1 to the pre-sentence report on Angela Hart",
        "belongs to the report that Sam Author signed on",
        "Nothing in it changes the proposal.",
        "Signed by Sam Author on",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    let after = author.get(&format!("{report}/report.docx")).await.bytes;
    assert_eq!(before, after, "the report itself stays as it was signed");
    let missing = author
        .get(&format!("{report}/addenda/2/addendum.docx"))
        .await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    let mut other = colleague(&service, "other@example.org", "Olive Other").await;
    for path in ["addendum", "addenda/1/addendum.docx"] {
        let page = other.get(&format!("{report}/{path}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn what_must_not_leave_is_not_added_and_what_was_typed_stays() {
    let service = Service::start().await;
    let (mut author, report) = signed(&service).await;
    // By his name, and with a slip of the pen in it.
    for text in [
        "She has seen Darren Pike near her flat.",
        "She has seen Daren near her flat.",
    ] {
        let page = add(&mut author, &report, text).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{text}");
        assert!(page.text().contains("must not leave"), "{}", page.text());
        assert_eq!(page.value("text"), text);
    }
    assert!(
        author
            .get(&format!("{report}/sign"))
            .await
            .text()
            .contains("None.")
    );
}

#[tokio::test]
async fn an_addendum_without_words_or_signature_is_asked_for_them() {
    let service = Service::start().await;
    let (mut author, report) = signed(&service).await;
    let address = format!("{report}/addendum");
    let page = author.submit(&address, &[("text", "Something.")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(page.texts(".govuk-error-message").len(), 2);
    assert_eq!(page.value("text"), "Something.");
    let long = "a".repeat(20_001);
    let page = add(&mut author, &report, &long).await;
    assert!(page.text().contains("20000 characters or less"));
    let page = author.submit(&address, &[("number", "one"), REASON]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn one_that_is_sent_twice_is_added_once_and_another_is_not_lost() {
    let service = Service::start().await;
    let (mut author, report) = signed(&service).await;
    let address = format!("{report}/addendum");
    let page = author.get(&address).await;
    let fields = |text: &'static str| [REASON, ("text", text), ("confirm", "yes")];
    for _ in 0..2 {
        let sent = author
            .send_form_of(&page, &address, &fields("The first."))
            .await;
        sent.location();
    }
    let other = author
        .send_form_of(&page, &address, &fields("The second."))
        .await;
    assert_eq!(other.status, StatusCode::CONFLICT);
    assert_eq!(other.value("text"), "The second.");
    author
        .send_form_of(&other, &address, &fields("The second."))
        .await
        .location();
    let page = author.get(&format!("{report}/sign")).await.text();
    assert!(
        page.contains("Addendum 2") && !page.contains("Addendum 3"),
        "{page}"
    );
}

#[tokio::test]
async fn a_report_that_is_not_signed_takes_no_addendum() {
    let service = Service::start().await;
    let (mut author, report) = service.with_angela().await;
    let page = author.get(&format!("{report}/addendum")).await;
    assert!(page.text().contains("not signed yet"), "{}", page.text());
    let home = author.get(&report).await;
    let token = home.attributes("input[name=csrf]", "value")[0].clone();
    let pairs = [
        ("csrf", token.as_str()),
        ("number", "1"),
        REASON,
        ("text", "x"),
        ("confirm", "yes"),
    ];
    let pairs: Vec<(String, String)> = pairs
        .iter()
        .map(|(n, v)| ((*n).into(), (*v).into()))
        .collect();
    let page = author
        .post(&format!("{report}/addendum"), &pairs, &[])
        .await;
    assert_eq!(page.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn what_it_adds_is_markdown_and_is_shown_as_it_will_be_read() {
    let service = Service::start().await;
    let (mut author, report) = signed(&service).await;
    let text = "The police **replied**:\n\n- one call-out\n- nothing since\n\n<b>not bold</b>";
    let at = format!("{report}/addendum");
    let fields = [("text", text)];
    let shown = send(&mut author, &at, &format!("{at}/preview"), &fields).await;
    let html = shown.text();
    assert!(html.contains("<strong>replied</strong>"), "{html}");
    assert!(html.contains("<li>"), "{html}");
    assert!(html.contains("&lt;b&gt;not bold"), "{html}");
    // Without JavaScript the page itself shows it, and signs nothing.
    let fields = [REASON, ("text", text), ("again", "preview")];
    let page = author.submit(&at, &fields).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    assert!(page.text().contains("<strong>replied</strong>"));

    add(&mut author, &report, text).await.location();
    let docx = author
        .get(&format!("{report}/addenda/1/addendum.docx"))
        .await;
    crate::documents::checks::assert_structure(&docx.bytes);
    let words = crate::documents::read::Docx::open(&docx.bytes)
        .look()
        .text();
    assert!(words.contains("The police replied:"), "{words}");
    assert!(words.contains("<b>not bold</b>"), "{words}");
    assert!(!words.contains("- one call-out"), "a real list: {words}");
}

#[tokio::test]
async fn marks_within_a_protected_name_do_not_hide_it() {
    let service = Service::start().await;
    let (mut author, report) = signed(&service).await;
    let page = add(&mut author, &report, "It was Dar**ren** Pike.").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        page.text().contains("It cannot be signed yet"),
        "{}",
        page.text()
    );
}
