//! What goes out beside a report: the speaking note and its record, letters and her plan.

use axum::http::StatusCode;

use super::visitor::Service;

const FILLED: [(&str, &str); 6] = [
    ("day", "Thursday 10 December 2026"),
    ("time", "10am"),
    ("place", "The blue door beside the library"),
    ("worker", "Priya"),
    ("contact", "01632 960 001"),
    ("bring", ""),
];

#[tokio::test]
async fn the_speaking_note_says_how_long_it_takes_and_leaves_as_a_file() {
    let service = Service::start().await;
    let (mut author, report) = service.with_angela().await;
    let page = author.get(&format!("{report}/oral")).await;
    assert!(page.text().contains("About 3 minutes"), "{}", page.text());
    for file in ["speaking-note.docx", "speaking-note.txt", "record.docx"] {
        let file = author.get(&format!("{report}/oral/{file}")).await;
        assert_eq!(file.status, StatusCode::OK);
        assert!(
            file.headers["content-disposition"]
                .to_str()
                .unwrap()
                .starts_with("attachment")
        );
    }
}

#[tokio::test]
async fn a_note_that_holds_what_must_not_leave_stays() {
    let service = Service::start().await;
    let case = include_str!("../cases/angela.json").replace(
        "\"rationale\": \"",
        "\"rationale\": \"She is away from Daren. ",
    );
    let (mut author, report) = service.with_case(&case).await;
    let page = author.get(&format!("{report}/oral")).await;
    assert!(
        page.text().contains("cannot be downloaded yet"),
        "{}",
        page.text()
    );
    assert!(page.texts("article").is_empty());
    for file in ["speaking-note.docx", "speaking-note.txt"] {
        let file = author.get(&format!("{report}/oral/{file}")).await;
        assert_eq!(file.status, StatusCode::CONFLICT);
        assert!(!file.text().contains("Daren"), "{}", file.text());
    }
}

#[tokio::test]
async fn a_letter_warns_first_keeps_what_was_typed_and_is_shown_then_taken_away() {
    let service = Service::start().await;
    let (mut author, report) = service.with_angela().await;
    let list = author.get(&format!("{report}/letters")).await;
    assert_eq!(list.texts("h2 a").len(), 4);
    let text = list.text();
    assert!(text.contains("not recorded whether it is safe"), "{text}");
    assert!(text.contains("Do not name probation"), "{text}");

    let letter = format!("{report}/letters/letter-appointment");
    let mut some = FILLED.to_vec();
    some[0].1 = " ";
    some[2].1 = "The probation office, Newbury";
    let refused = author.submit(&letter, &some).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.texts(".govuk-error-message").len(), 2);
    assert!(
        refused.text().contains("somebody else may open"),
        "{}",
        refused.text()
    );
    assert_eq!(refused.value("worker"), "Priya");
    assert!(refused.texts("article").is_empty());

    let shown = author.submit(&letter, &FILLED).await;
    assert_eq!(shown.status, StatusCode::OK);
    let paper = shown.texts("article").concat();
    assert!(
        paper.contains("Dear Angela") && paper.contains("blue door"),
        "{paper}"
    );
    assert!(!paper.to_lowercase().contains("probation"), "{paper}");

    let mut as_file = FILLED.to_vec();
    as_file.push(("as", "docx"));
    let file = author.submit(&letter, &as_file).await;
    assert_eq!(file.status, StatusCode::OK);
    let name = file.headers["content-disposition"].to_str().unwrap();
    assert_eq!(name, "attachment; filename=\"letter.docx\"");
}

#[tokio::test]
async fn a_protected_name_or_her_address_typed_into_a_letter_keeps_it_from_leaving() {
    let service = Service::start().await;
    let (mut author, report) = service.with_angela().await;
    for typed in ["Darren", "12 Exmple Court"] {
        let mut fields = FILLED.to_vec();
        fields[2].1 = typed;
        fields.push(("as", "docx"));
        let page = author
            .submit(&format!("{report}/letters/letter-appointment"), &fields)
            .await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        assert!(page.text().contains("cannot leave yet"), "{}", page.text());
        assert!(page.texts("article").is_empty());
    }
}

#[tokio::test]
async fn a_letter_that_is_none_and_a_report_that_is_not_hers_are_not_found() {
    let service = Service::start().await;
    let (mut author, report) = service.with_angela().await;
    let none = author.get(&format!("{report}/letters/letter-x")).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
    let mut other = service.author("other@example.org").await;
    for path in [
        "/letters",
        "/letters/letter-plan",
        "/oral",
        "/leaving",
        "/oral/record.docx",
    ] {
        let page = other.get(&format!("{report}{path}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
    }
}
