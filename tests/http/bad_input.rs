//! What people paste and what programs send: long, odd, broken. Nothing typed is
//! lost, and nothing odd reaches a document.

use axum::{
    body::Body,
    http::{Method, StatusCode, header},
};
use serde_json::json;

use super::visitor::{Page, Service, Visitor};

const ANSWERED: [(&str, &str); 2] = [("state", "answered"), ("visibility", "in-report")];
/// What Word, a telephone and a reader of Hebrew type.
const ODD: &str = "“I’m fine” – she said… 👩‍👧‍👦 🏳️‍🌈 שלום \u{200f}عربي\u{200f} ½ é";

async fn answer(author: &mut Visitor, path: &str, text: &str) -> Page {
    let mut fields = vec![("value", text)];
    fields.extend(ANSWERED);
    author.submit(path, &fields).await
}

#[tokio::test]
async fn a_hundred_thousand_characters_come_back_whole_with_what_to_do() {
    let service = Service::start().await;
    let mut author = service.author("sam@example.org").await;
    let report = author.start_report().await;
    let path = format!("{report}/prompts/offence-account");
    let text = format!(
        "first words {} last words",
        "much too long 👩‍👧 ".repeat(6_000)
    );
    assert!(text.chars().count() > 100_000);
    let page = answer(&mut author, &path, &text).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        page.value("value").trim(),
        text.trim(),
        "not a character is lost"
    );
    let says = page.texts(".govuk-error-message").concat();
    assert!(says.contains("Nothing has been cut off"), "{says}");
}

#[tokio::test]
async fn a_hundred_thousand_characters_of_notes_are_kept() {
    let service = Service::start().await;
    let mut author = service.author("sam@example.org").await;
    let report = author.start_report().await;
    let path = format!("{report}/notes/offence");
    let text = "ten letters".repeat(10_000);
    author.submit(&path, &[("notes", &text)]).await.location();
    assert_eq!(author.get(&path).await.value("notes").trim(), text);
}

#[tokio::test]
async fn quotes_emoji_and_right_to_left_text_arrive_in_the_report_as_typed() {
    let service = Service::start().await;
    let mut author = service.author("sam@example.org").await;
    let report = author.start_report().await;
    let path = format!("{report}/prompts/offence-account");
    answer(&mut author, &path, ODD).await.location();
    assert_eq!(author.get(&path).await.value("value").trim(), ODD);
    let text = author.get(&format!("{report}/report.txt")).await.body;
    assert!(text.contains(ODD), "{text}");
}

#[tokio::test]
async fn what_word_pastes_is_plain_text_and_controls_are_gone() {
    let service = Service::start().await;
    let mut author = service.author("sam@example.org").await;
    let report = author.start_report().await;
    let path = format!("{report}/prompts/offence-account");
    let pasted = "Name\tAge\r\nOne\u{0}\u{7}\tTwo\u{b}three\u{c}four\u{feff} Zoe\u{308}";
    answer(&mut author, &path, pasted).await.location();
    let kept = author.get(&path).await.value("value");
    assert_eq!(kept.trim(), "Name Age\nOne Two\nthree\nfour Zo\u{eb}");
}

#[tokio::test]
async fn no_text_can_turn_the_direction_of_a_report() {
    let service = Service::start().await;
    let mut author = service.author("sam@example.org").await;
    let report = author.start_report().await;
    let path = format!("{report}/prompts/offence-account");
    let turned = "She did \u{202e}ton \u{202c}\u{2066}do it\u{2069}.";
    answer(&mut author, &path, turned).await.location();
    let typed = author.get(&format!("{report}/report.txt")).await.body;

    let case = json!({"foreword_case": 1, "woman": {"name": {"first": "A", "last": "B\u{202e}C"}},
        "answers": {"offence-account": {"value": turned}}});
    let page = author
        .upload("/reports/import", case.to_string().as_bytes())
        .await;
    let imported = author
        .get(&format!("{}/report.txt", page.location()))
        .await
        .body;

    for text in [typed, imported] {
        assert!(text.contains("She did ton do it."), "{text}");
        let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        assert!(!text.contains(turns));
    }
}

#[tokio::test]
async fn bytes_that_are_no_text_are_refused_clearly_and_change_nothing() {
    let service = Service::start().await;
    let mut author = service.author("sam@example.org").await;
    let report = author.start_report().await;
    let path = format!("{report}/prompts/offence-account");
    let page = author.get(&path).await;
    let (token, seen) = (page.token(), page.value("seen"));
    // A lone surrogate, a stray byte, half a letter.
    for bytes in ["%ED%A0%80", "%FF", "caf%C3"] {
        let body = format!(
            "csrf={token}&seen={seen}&state=answered&visibility=in-report&value=kept+{bytes}"
        );
        let kind = (
            header::CONTENT_TYPE.as_str(),
            "application/x-www-form-urlencoded",
        );
        let refused = author
            .send(Method::POST, &path, &[kind], Body::from(body))
            .await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{bytes}");
        assert!(refused.text().contains("not text"), "{}", refused.text());
    }
    assert_eq!(author.get(&path).await.value("value").trim(), "");
}

#[tokio::test]
async fn a_per_cent_sign_is_only_a_per_cent_sign() {
    let service = Service::start().await;
    let mut author = service.author("sam@example.org").await;
    let report = author.start_report().await;
    let path = format!("{report}/prompts/offence-account");
    let text = "100% sure, 5%FF & a + b = c";
    answer(&mut author, &path, text).await.location();
    assert_eq!(author.get(&path).await.value("value").trim(), text);
}
