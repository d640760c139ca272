//! The author's own notes: kept with the report, and in nothing that leaves.

use std::io::{Cursor, Read};

use axum::http::StatusCode;

use super::visitor::{Service, Visitor};

const NOTE: &str = "Ring the zebra line.\nThen ask again.";
const MARK: &str = "zebra";

async fn with_notes(author: &mut Visitor) -> String {
    let report = author.start_report().await;
    for section in ["offence", "safety", "sources"] {
        let path = format!("{report}/notes/{section}");
        let back = author.submit(&path, &[("notes", NOTE)]).await.location();
        assert_eq!(back, format!("{report}/sections/{section}"));
    }
    report
}

#[tokio::test]
async fn notes_stand_beside_their_section_its_prompts_and_the_draft() {
    let service = Service::start().await;
    let mut author = service.author("sam@example.org").await;
    let report = with_notes(&mut author).await;
    for page in [
        "sections/safety",
        "prompts/abuse-victim",
        "check",
        "draft",
        "notes/safety",
    ] {
        let page = author.get(&format!("{report}/{page}")).await;
        assert!(page.text().contains(MARK), "{}", page.text());
    }
    let other = author.get(&format!("{report}/sections/health")).await;
    assert!(!other.text().contains(MARK), "each section has its own");
}

#[tokio::test]
async fn notes_are_in_no_file_that_leaves() {
    let service = Service::start().await;
    let mut author = service.author("sam@example.org").await;
    let report = with_notes(&mut author).await;
    for file in ["report.html", "report.txt", "case.json"] {
        let file = author.get(&format!("{report}/{file}")).await;
        assert_eq!(file.status, StatusCode::OK);
        assert!(file.body.contains("Angela"), "{}", file.body);
        assert!(!file.body.contains(MARK), "{}", file.body);
    }
    let docx = author.get(&format!("{report}/report.docx")).await;
    let mut parts = zip::ZipArchive::new(Cursor::new(docx.bytes)).unwrap();
    let mut whole = String::new();
    for number in 0..parts.len() {
        let mut part = parts.by_index(number).unwrap();
        part.read_to_string(&mut whole).unwrap();
    }
    assert!(whole.contains("Angela") && !whole.contains(MARK));
}

#[tokio::test]
async fn no_passage_of_the_draft_reads_notes() {
    let service = Service::start().await;
    let mut author = service.author("sam@example.org").await;
    let report = with_notes(&mut author).await;
    let draft = author.get(&format!("{report}/draft")).await;
    for passage in draft.texts(".foreword-paper") {
        assert!(!passage.contains(MARK), "{passage}");
    }
    assert!(!draft.texts(".foreword-findings").concat().contains(MARK));
}

#[tokio::test]
async fn notes_written_from_a_prompt_lead_back_to_it_and_can_be_emptied() {
    let service = Service::start().await;
    let mut author = service.author("sam@example.org").await;
    let report = author.start_report().await;
    let prompt = format!("{report}/prompts/adjustments");
    let link = author
        .get(&prompt)
        .await
        .attributes(".foreword-notes a", "href");
    let section = link[0].split('?').next().unwrap().to_owned();
    let back = author.submit(&link[0], &[("notes", NOTE)]).await.location();
    assert_eq!(back, prompt);
    author.submit(&section, &[("notes", " ")]).await.location();
    assert_eq!(author.get(&section).await.value("notes").trim(), "");
}

#[tokio::test]
async fn notes_changed_in_two_windows_show_both_and_lose_neither() {
    let service = Service::start().await;
    let mut author = service.author("sam@example.org").await;
    let report = author.start_report().await;
    let path = format!("{report}/notes/offence");
    let first = author.get(&path).await;
    let second = author.get(&path).await;
    let one = [("notes", "From the first window.")];
    author.send_form_of(&first, &path, &one).await.location();
    let two = [("notes", "From the second window.")];
    let clash = author.send_form_of(&second, &path, &two).await;
    assert_eq!(clash.status, StatusCode::CONFLICT);
    for side in ["From the first window.", "From the second window."] {
        assert!(clash.text().contains(side), "{}", clash.text());
    }
    let both = [("again", "edit"), ("notes", "From the second window.")];
    let page = author.send_form_of(&clash, &path, &both).await;
    assert_eq!(page.value("notes").trim(), "From the second window.");
    assert!(page.text().contains("From the first window."));
    author.send_form_of(&clash, &path, &two).await.location();
    assert_eq!(
        author.get(&path).await.value("notes").trim(),
        "From the second window."
    );
}

#[tokio::test]
async fn nobody_else_reads_or_writes_them() {
    let service = Service::start().await;
    let mut author = service.author("sam@example.org").await;
    let mut other = service.author("kim@example.org").await;
    let report = with_notes(&mut author).await;
    let path = format!("{report}/notes/offence");
    assert_eq!(other.get(&path).await.status, StatusCode::NOT_FOUND);
    let nowhere = author.get(&format!("{report}/notes/elsewhere")).await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
}
