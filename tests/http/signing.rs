//! Signing: what stands in the way is said, what was signed is kept to the byte, and
//! what comes late is refused and shown.

use axum::http::StatusCode;

use super::visitor::{Page, Service, Visitor};

async fn press(author: &mut Visitor, report: &str, ticks: &[(&str, &str)]) -> Page {
    author.submit(&format!("{report}/sign"), ticks).await
}

const BOTH: [(&str, &str); 2] = [("accept", "yes"), ("confirm", "yes")];

#[tokio::test]
async fn the_page_says_what_signing_does_who_will_read_it_and_what_is_open() {
    let service = Service::start().await;
    let (mut author, report) = service.with_angela().await;
    let page = author.get(&format!("{report}/sign")).await.text();
    assert!(page.contains("What signing does"), "{page}");
    assert!(page.contains("Normally the prosecutor"), "{page}");
    assert!(page.contains("not verified"), "{page}");
    assert!(
        page.contains("Nothing in the proposed order is there for the purpose of punishment"),
        "{page}"
    );
}

#[tokio::test]
async fn a_signature_without_its_ticks_is_asked_for_them_and_keeps_the_one_that_was_there() {
    let service = Service::start().await;
    let (mut author, report) = service.with_angela().await;
    let page = press(&mut author, &report, &[("accept", "yes")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(page.texts(".govuk-error-message").len(), 1);
    assert_eq!(page.texts("input[name=accept][checked]").len(), 1);
    let draft = author.get(&format!("{report}/report.docx")).await;
    assert!(
        draft.headers["content-disposition"]
            .to_str()
            .unwrap()
            .contains("draft")
    );
}

#[tokio::test]
async fn a_signed_report_is_the_same_bytes_for_ever_and_no_page_of_it_says_draft() {
    let service = Service::start().await;
    let (mut author, report) = service.with_angela().await;
    let next = press(&mut author, &report, &BOTH).await.location();
    assert_eq!(next, format!("{report}/sign"));
    let page = author.get(&next).await.text();
    assert!(page.contains("This report is signed"), "{page}");
    assert!(page.contains("What was open when it was signed"), "{page}");

    let docx = author.get(&format!("{report}/report.docx")).await;
    let name = docx.headers["content-disposition"].to_str().unwrap();
    assert!(name.contains("pre-sentence-report.docx"), "{name}");
    let found = service.store().signature_on(&docx.bytes).await.unwrap();
    let found = found.expect("the file that was signed");
    assert!(found.same);
    let again = author.get(&format!("{report}/report.docx")).await;
    assert_eq!(docx.bytes, again.bytes);
    let mut other = docx.bytes.clone();
    other[100] ^= 1;
    assert_eq!(service.store().signature_on(&other).await.unwrap(), None);

    let text = author.get(&format!("{report}/report.txt")).await.body;
    assert!(text.contains("Alana House"), "{text}");
    assert!(!text.contains("Still to be settled"), "{text}");
}

#[tokio::test]
async fn what_comes_late_is_refused_and_shown() {
    let service = Service::start().await;
    let (mut author, report) = service.with_angela().await;
    let sign = format!("{report}/sign");
    let read = author.get(&sign).await;
    author.send_form_of(&read, &sign, &BOTH).await.location();
    let order = format!("{report}/proposal/order");
    let fields = [("order", "community-order"), ("months", "12")];
    let late = author.submit(&order, &fields).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.text().contains("signed"), "{}", late.text());
    let twice = author.send_form_of(&read, &sign, &BOTH).await;
    assert_eq!(twice.location(), sign);
}

#[tokio::test]
async fn what_was_written_after_the_page_was_read_is_not_signed_unread() {
    let service = Service::start().await;
    let (mut author, report) = service.with_angela().await;
    let sign = format!("{report}/sign");
    let read = author.get(&sign).await;
    let order = format!("{report}/proposal/order");
    let fields = [
        ("order", "community-order"),
        ("months", "12"),
        ("punished.by", "requirement"),
    ];
    author.submit(&order, &fields).await.location();
    let page = author.send_form_of(&read, &sign, &BOTH).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert!(
        page.text().contains("Nothing was signed"),
        "{}",
        page.text()
    );
    assert!(author.get(&sign).await.text().contains("Sign the report"));
}

#[tokio::test]
async fn an_entry_too_old_to_rely_on_is_in_the_way_until_somebody_has_confirmed_it() {
    let service = Service::start().await;
    let case =
        include_str!("../cases/angela.json").replace("\"confirmed_on\": \"2026-11-20\",", "");
    assert!(
        !case.contains("confirmed_on"),
        "the example has another form"
    );
    let (mut author, report) = service.with_case(&case).await;
    let sign = format!("{report}/sign");
    let page = author.get(&sign).await;
    assert!(
        page.text().contains("It cannot be signed yet"),
        "{}",
        page.text()
    );
    assert!(page.texts("form[action$='/sign']").is_empty());
}
