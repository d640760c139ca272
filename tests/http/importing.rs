//! Taking in case files: whole, or not at all.

use axum::http::StatusCode;

use super::visitor::Service;

const ANGELA: &str = include_str!("../cases/angela.json");

#[tokio::test]
async fn an_imported_case_is_a_report_like_any_other() {
    let service = Service::start().await;
    let mut author = service.author("sam@example.org").await;
    let report = author
        .upload("/reports/import", ANGELA.as_bytes())
        .await
        .location();
    let page = author.get(&report).await;
    assert_eq!(page.texts("h1"), ["Ms Angela Hart"]);
    assert!(
        page.texts(".foreword-fictional")
            .concat()
            .contains("describes nobody")
    );
    let again = author.get(&format!("{report}/case.json")).await;
    let (before, after): (serde_json::Value, serde_json::Value) = (
        serde_json::from_str(ANGELA).unwrap(),
        serde_json::from_str(&again.body).unwrap(),
    );
    assert_eq!(before, after, "what goes in comes out");
}

#[tokio::test]
async fn every_answer_of_an_imported_case_can_be_saved_again_unchanged() {
    let service = Service::start().await;
    let mut author = service.author("sam@example.org").await;
    let report = author
        .upload("/reports/import", ANGELA.as_bytes())
        .await
        .location();
    let all = author.get(&format!("{report}/check")).await;
    let prompts = all.attributes(".govuk-summary-list__actions a", "href");
    assert!(prompts.len() > 40, "{}", prompts.len());
    for prompt in prompts {
        let page = author.get(&prompt).await;
        let fields = page.filled_in();
        let fields: Vec<_> = fields
            .iter()
            .map(|(n, v)| (n.as_str(), v.as_str()))
            .collect();
        // A list has no form of its own, though suggestions may stand beside it.
        if page
            .texts("main form[data-module=foreword-autosave]")
            .is_empty()
        {
            continue;
        }
        let answer = author.send_form_of(&page, &prompt, &fields).await;
        assert_eq!(
            answer.status,
            StatusCode::SEE_OTHER,
            "{prompt}: {}",
            answer.text()
        );
    }
    let again = author.get(&format!("{report}/case.json")).await;
    let (before, after): (serde_json::Value, serde_json::Value) = (
        serde_json::from_str(ANGELA).unwrap(),
        serde_json::from_str(&again.body).unwrap(),
    );
    for (id, answer) in before["answers"].as_object().unwrap() {
        assert_eq!(&after["answers"][id], answer, "{id}");
    }
    assert_eq!(before, after);
}

#[tokio::test]
async fn a_bad_file_is_refused_with_its_path_and_reason_and_nothing_is_kept() {
    let service = Service::start().await;
    let mut author = service.author("sam@example.org").await;
    let wrong = ANGELA.replace(
        "\"convicted_on\": \"2026-11-12\"",
        "\"convicted_on\": \"last week\"",
    );
    for (file, says) in [
        (wrong.as_bytes(), "offences[0].convicted_on"),
        (b"not json".as_slice(), "(file)"),
        (b"{\"foreword_case\": 99}", "version 1"),
        (b"\xff\xfe\x00", "not text"),
        (b"", "Choose a case file"),
    ] {
        let page = author.upload("/reports/import", file).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{says}");
        assert!(page.text().contains(says), "{says}: {}", page.text());
    }
    assert!(
        author
            .get("/reports")
            .await
            .text()
            .contains("You have no reports yet")
    );
}

#[tokio::test]
async fn a_file_that_is_too_large_is_refused_kindly() {
    let service = Service::start().await;
    let mut author = service.author("sam@example.org").await;
    let page = author
        .upload("/reports/import", &vec![b' '; 5 * 1024 * 1024])
        .await;
    assert_eq!(page.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(page.texts("h1"), ["That is too large"]);
}
