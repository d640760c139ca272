//! What must not leave, as an author meets it: a download that is refused and says why, a
//! signature that waits, a reason that lets a place stand and can be taken back.

use axum::http::StatusCode;

use super::visitor::{Page, Service, Visitor};

/// Angela's case with something typed into her account of the offence.
fn typed(words: &str) -> String {
    let case = include_str!("../cases/angela.json");
    let account = "It was over within a minute.";
    assert!(case.contains(account), "the example has another account");
    case.replace(account, words)
}

const FILES: [&str; 4] = ["report.docx", "report.html", "report.txt", "facts.docx"];

async fn refused(author: &mut Visitor, report: &str) -> Page {
    let mut last = None;
    for file in FILES {
        let page = author.get(&format!("{report}/{file}")).await;
        assert_eq!(page.status, StatusCode::CONFLICT, "{file}");
        assert_eq!(
            page.texts("h1"),
            ["This cannot be downloaded yet"],
            "{file}"
        );
        last = Some(page);
    }
    last.unwrap()
}

async fn leaves(author: &mut Visitor, report: &str) {
    for file in FILES {
        let page = author.get(&format!("{report}/{file}")).await;
        assert_eq!(page.status, StatusCode::OK, "{file}: {}", page.text());
    }
}

#[tokio::test]
async fn a_name_with_a_slip_in_it_stops_every_download_copy_and_signature_until_it_is_reworded() {
    let service = Service::start().await;
    let (mut author, report) = service.with_case(&typed("Daren had sent her.")).await;
    let page = refused(&mut author, &report).await;
    let text = page.text();
    assert!(
        text.contains("almost like words that must not leave"),
        "{text}"
    );
    assert!(text.contains("abuser's name"), "{text}");
    assert!(!text.contains("Daren"), "{text}");

    let draft = author.get(&format!("{report}/draft")).await;
    assert!(draft.texts("#copy-offence").is_empty());
    assert!(!draft.texts("#copy-strengths").is_empty());
    let sign = author.get(&format!("{report}/sign")).await;
    assert!(
        sign.text().contains("It cannot be signed yet"),
        "{}",
        sign.text()
    );
    let ticks = [("accept", "yes"), ("confirm", "yes")];
    let pressed = author
        .send_form_of(&draft, &format!("{report}/sign"), &ticks)
        .await;
    assert_ne!(pressed.status, StatusCode::SEE_OTHER);

    let prompt = format!("{report}/prompts/offence-account");
    let fields = [(
        "value",
        "She hit the victim twice, and waited for the police.",
    )];
    author.submit(&prompt, &fields).await.location();
    leaves(&mut author, &report).await;
}

#[tokio::test]
async fn a_reason_lets_a_place_stand_is_shown_and_can_be_taken_back() {
    let service = Service::start().await;
    let (mut author, report) = service
        .with_case(&typed("Warren saw it; so did Daren."))
        .await;
    let leaving = format!("{report}/leaving");
    let page = author.get(&leaving).await;
    let said = |number: &str, reason: &str| {
        let place = "answers.offence-account".to_owned();
        [
            ("number".to_owned(), number.to_owned()),
            ("room".to_owned(), place),
            (format!("reason-{number}"), reason.to_owned()),
        ]
    };
    let long = "x".repeat(301);
    for (reason, wrong) in [
        (" ", "Say why it may stay"),
        (long.as_str(), "Say it in 300 characters or fewer"),
        ("It is Darren", "without the name"),
    ] {
        let fields = said("0", reason);
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(n, v)| (n.as_str(), v.as_str()))
            .collect();
        let answer = author.send_form_of(&page, &leaving, &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{reason}");
        assert!(answer.text().contains(wrong), "{}", answer.text());
        assert_eq!(answer.value("reason-0").trim(), reason.trim());
    }
    let fields = said("0", "Another man of a like name, who was a witness.");
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect();
    author
        .send_form_of(&page, &leaving, &fields)
        .await
        .location();
    leaves(&mut author, &report).await;

    // The page that was read before is not of this report any more.
    let late = author.send_form_of(&page, &leaving, &fields).await;
    assert_eq!(late.status, StatusCode::CONFLICT);

    let page = author.get(&leaving).await;
    assert!(page.text().contains("who was a witness"), "{}", page.text());
    let names = page.attributes("button[name=back]", "value");
    author
        .send_form_of(&page, &leaving, &[("back", names[0].as_str())])
        .await
        .location();
    refused(&mut author, &report).await;
}

#[tokio::test]
async fn an_address_in_part_stops_a_download_and_no_reason_is_asked_for() {
    let service = Service::start().await;
    let (mut author, report) = service
        .with_case(&typed("They met by 12 Exmple Court."))
        .await;
    let page = refused(&mut author, &report).await;
    assert!(
        page.text().contains("No reason lets it stay"),
        "{}",
        page.text()
    );
    assert!(page.texts("textarea").is_empty());
    let leaving = format!("{report}/leaving");
    let fields = [
        ("number", "0"),
        ("room", "answers.offence-account"),
        ("reason-0", "It is all right."),
    ];
    let mut sent: Vec<(String, String)> = fields
        .iter()
        .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))
        .collect();
    let start = author.get("/reports/start").await;
    sent.push(("csrf".into(), start.token()));
    sent.push(("seen".into(), "1".into()));
    let answer = author.post(&leaving, &sent, &[]).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    refused(&mut author, &report).await;
}

#[tokio::test]
async fn words_copied_out_of_what_is_kept_off_stop_a_download() {
    let service = Service::start().await;
    let words = "He has friends in the Newbury town-centre group.";
    let (mut author, report) = service.with_case(&typed(words)).await;
    let page = refused(&mut author, &report).await;
    assert!(
        page.text().contains("kept on the record only"),
        "{}",
        page.text()
    );
    let case = author.get(&format!("{report}/case.json")).await;
    assert_eq!(case.status, StatusCode::OK, "the case file is her own");
}
