//! Wording to look at: shown beside the draft, put right with one press, left with a
//! reason.

use axum::http::StatusCode;

use super::visitor::{Page, Service, Visitor};

const SENTENCE: &str = "Her substance misuse is of long standing.";
const PROMPT: &str = "need-dependency";

/// Angela, with a sentence more in one answer and, where it is given, in another.
fn angela(more: Option<&str>) -> String {
    let text = include_str!("../cases/angela.json");
    let mut case: serde_json::Value = serde_json::from_str(text).unwrap();
    let mut add = |prompt: &str, field: &str| {
        let value = &mut case["answers"][prompt]["value"];
        let held = if field.is_empty() {
            value
        } else {
            &mut value[field]
        };
        *held = format!("{} {SENTENCE}", held.as_str().unwrap()).into();
    };
    add(PROMPT, "circumstances");
    if let Some(prompt) = more {
        add(prompt, "");
    }
    case.to_string()
}

/// The pages of the findings that the draft lists, and of those that were left.
fn listed(page: &Page) -> Vec<String> {
    page.attributes("li[id^=wording-]", "id")
}

fn address(report: &str, draft: &Page) -> String {
    let listed = listed(draft);
    let [one] = listed.as_slice() else {
        panic!("{listed:?}");
    };
    format!("{report}/wording/{}", one.trim_start_matches("wording-"))
}

/// Presses a button of a page, outside the form that is saved as it is typed.
async fn press(author: &mut Visitor, page: &Page, to: &str, button: (&str, &str)) -> Page {
    let one = |name: &str| {
        let all = page.attributes(&format!("input[name={name}]"), "value");
        (name.to_owned(), all.first().cloned().unwrap_or_default())
    };
    let mut pairs: Vec<(String, String)> = ["csrf", "report", "seen"].map(one).into();
    pairs.push((button.0.to_owned(), button.1.to_owned()));
    author.post(to, &pairs, &[]).await
}

/// Saves a prompt's page with one field changed.
async fn rewrite(author: &mut Visitor, path: &str, name: &str, change: impl Fn(&str) -> String) {
    let page = author.get(path).await;
    let mut fields = page.filled_in();
    for (field, value) in &mut fields {
        if field == name {
            *value = change(value);
        }
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (&**n, &**v)).collect();
    author.send_form_of(&page, path, &fields).await.location();
}

#[tokio::test]
async fn the_draft_lists_it_with_the_words_marked_the_reason_and_where_it_comes_from() {
    let service = Service::start().await;
    let (mut author, report) = service.with_case(&angela(None)).await;
    let draft = author.get(&format!("{report}/draft")).await;
    let item = "li[id^=wording-]";
    assert_eq!(draft.texts(&format!("{item} mark")), ["substance misuse"]);
    let says = draft.texts(item).concat();
    for part in [SENTENCE, "Source: ", "differ in what an order can do"] {
        assert!(says.contains(part), "{part}: {says}");
    }
    let links = draft.attributes(&format!("{item} a"), "href");
    let prompt = format!("{report}/prompts/{PROMPT}");
    assert!(links.contains(&prompt), "{links:?}");
    let passage = links.iter().find(|l| l.contains("/draft#")).unwrap();
    let id = passage.split_once('#').unwrap().1;
    let there = draft.texts(&format!("[id='{id}']")).concat();
    assert!(there.contains(SENTENCE), "{there}");
    for file in ["report.txt", "report.html"] {
        let file = author.get(&format!("{report}/{file}")).await;
        assert!(!file.body.contains("Wording to look at"));
    }
}

#[tokio::test]
async fn one_press_puts_other_words_into_the_answer_they_come_from() {
    let service = Service::start().await;
    let (mut author, report) = service.with_case(&angela(None)).await;
    let draft = author.get(&format!("{report}/draft")).await;
    let to = address(&report, &draft);
    let words = draft.attributes(".foreword-press button", "value");
    assert_eq!(words, ["substance use"]);
    let next = press(&mut author, &draft, &to, ("put", "substance use")).await;
    assert_eq!(next.location(), format!("{report}/draft#wording"));
    let prompt = author.get(&format!("{report}/prompts/{PROMPT}")).await;
    let holds = prompt.value("circumstances");
    assert!(
        holds.contains("Her substance use is of long standing."),
        "{holds}"
    );
    assert!(holds.contains("Ms Hart drinks on most evenings"), "{holds}");
    let after = author.get(&format!("{report}/draft")).await;
    assert_eq!(listed(&after), Vec::<String>::new());
    let again = press(&mut author, &draft, &to, ("put", "substance use")).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "it is gone");
    assert!(again.text().contains("no longer in the report"));
}

#[tokio::test]
async fn words_that_were_not_offered_are_put_nowhere() {
    let service = Service::start().await;
    let (mut author, report) = service.with_case(&angela(None)).await;
    let draft = author.get(&format!("{report}/draft")).await;
    let to = address(&report, &draft);
    let page = press(&mut author, &draft, &to, ("put", "rubbish")).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let prompt = author.get(&format!("{report}/prompts/{PROMPT}")).await;
    assert!(prompt.value("circumstances").contains(SENTENCE));
}

#[tokio::test]
async fn an_answer_changed_in_another_window_is_shown_and_not_written_over() {
    let service = Service::start().await;
    let (mut author, report) = service.with_case(&angela(None)).await;
    let draft = author.get(&format!("{report}/draft")).await;
    let to = address(&report, &draft);
    let prompt = format!("{report}/prompts/{PROMPT}");
    let add = |held: &str| format!("{held} She has a kitten.");
    rewrite(&mut author, &prompt, "circumstances", add).await;
    let clash = press(&mut author, &draft, &to, ("put", "substance use")).await;
    assert_eq!(clash.status, StatusCode::CONFLICT);
    let says = clash.text();
    for side in [
        SENTENCE,
        "Her substance use is of long standing.",
        "She has a kitten.",
    ] {
        assert!(says.contains(side), "{says}");
    }
    let held = author.get(&prompt).await.value("circumstances");
    assert!(held.contains(SENTENCE) && held.contains("kitten"), "{held}");
    // What was pressed is kept and sent again, on what is saved now.
    let after = author.send_form_of(&clash, &to, &[]).await;
    assert_eq!(after.location(), format!("{report}/draft#wording"));
    let held = author.get(&prompt).await.value("circumstances");
    assert!(
        held.contains("substance use") && held.contains("kitten"),
        "{held}"
    );
}

#[tokio::test]
async fn a_sentence_that_two_answers_hold_is_changed_by_the_author_alone() {
    let service = Service::start().await;
    let (mut author, report) = service.with_case(&angela(Some("strengths"))).await;
    let draft = author.get(&format!("{report}/draft")).await;
    assert_eq!(draft.attributes(".foreword-press button", "value"), [""; 0]);
    let to = address(&report, &draft);
    let says = draft.texts("li[id^=wording-]").concat();
    assert!(says.contains("“substance use”"), "{says}");
    let page = author.get(&to).await;
    let page = press(&mut author, &page, &to, ("put", "substance use")).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text().contains("word for word"), "{}", page.text());
}

#[tokio::test]
async fn it_may_be_left_with_a_reason_which_the_countersigner_sees_and_which_can_be_taken_back() {
    let service = Service::start().await;
    let (mut author, report) = service.with_case(&angela(None)).await;
    let draft = author.get(&format!("{report}/draft")).await;
    let to = address(&report, &draft);

    let blank = author.submit(&to, &[("reason", "  ")]).await;
    assert_eq!(blank.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        blank.attributes(".govuk-error-summary a", "href"),
        ["#reason"]
    );
    let long = "x".repeat(301);
    let refused = author.submit(&to, &[("reason", &long)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        refused.value("reason").trim(),
        long,
        "what was typed is kept"
    );
    assert_eq!(author.get(&to).await.value("reason").trim(), long);

    let reason = "It is the clinic's <own> term.";
    let next = author.submit(&to, &[("reason", reason)]).await;
    assert_eq!(next.location(), format!("{report}/draft#wording"));
    for page in ["draft", "sign"] {
        let page = author.get(&format!("{report}/{page}")).await;
        assert_eq!(listed(&page), Vec::<String>::new());
        assert!(
            page.text().contains(&format!("Why it stays: {reason}")),
            "{}",
            page.text()
        );
    }
    for file in ["report.txt", "report.html"] {
        let file = author.get(&format!("{report}/{file}")).await;
        assert!(
            !file.body.contains("clinic"),
            "the court sees nothing of it"
        );
    }

    let page = author.get(&to).await;
    assert_eq!(page.value("reason").trim(), reason);
    press(&mut author, &page, &to, ("do", "undo"))
        .await
        .location();
    let draft = author.get(&format!("{report}/draft")).await;
    assert_eq!(listed(&draft).len(), 1);
}

#[tokio::test]
async fn a_reason_goes_when_its_sentence_changes() {
    let service = Service::start().await;
    let (mut author, report) = service.with_case(&angela(None)).await;
    let draft = author.get(&format!("{report}/draft")).await;
    let to = address(&report, &draft);
    author
        .submit(&to, &[("reason", "The clinic's term.")])
        .await
        .location();
    let change = |held: &str| held.replace("long standing", "short standing");
    let prompt = format!("{report}/prompts/{PROMPT}");
    rewrite(&mut author, &prompt, "circumstances", change).await;
    let draft = author.get(&format!("{report}/draft")).await;
    assert_eq!(listed(&draft).len(), 1);
    assert_ne!(address(&report, &draft), to);
    assert!(!draft.text().contains("Why it stays"));
}

#[tokio::test]
async fn reasons_given_in_two_windows_are_both_shown() {
    let service = Service::start().await;
    let (mut author, report) = service.with_case(&angela(None)).await;
    let draft = author.get(&format!("{report}/draft")).await;
    let to = address(&report, &draft);
    let (first, second) = (author.get(&to).await, author.get(&to).await);
    let one = [("reason", "The clinic's term.")];
    author.send_form_of(&first, &to, &one).await.location();
    let clash = author
        .send_form_of(&second, &to, &[("reason", "Her term.")])
        .await;
    assert_eq!(clash.status, StatusCode::CONFLICT);
    for side in ["The clinic's term.", "Her term."] {
        assert!(clash.text().contains(side), "{}", clash.text());
    }
}

#[tokio::test]
async fn a_signed_report_offers_nothing_to_press_and_nobody_else_reaches_it() {
    let service = Service::start().await;
    let (mut author, report) = service.with_case(&angela(None)).await;
    let draft = author.get(&format!("{report}/draft")).await;
    let to = address(&report, &draft);
    let mut other = service.author("kim@example.org").await;
    assert_eq!(other.get(&to).await.status, StatusCode::NOT_FOUND);
    let id = report.trim_start_matches("/reports/").parse().unwrap();
    service.sign(id).await;
    let signed = author.get(&format!("{report}/draft")).await;
    assert_eq!(
        signed.attributes(".foreword-press button", "value"),
        [""; 0]
    );
    let late = press(&mut author, &draft, &to, ("put", "substance use")).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.text().contains("signed"), "{}", late.text());
}

#[tokio::test]
async fn beside_a_prompt_stands_what_is_to_be_looked_at_in_its_saved_answer() {
    let service = Service::start().await;
    let (mut author, report) = service.with_case(&angela(None)).await;
    let beside = ".foreword-beside-wording mark";
    let page = author.get(&format!("{report}/prompts/{PROMPT}")).await;
    assert_eq!(page.texts(beside), ["substance misuse"]);
    let other = author.get(&format!("{report}/prompts/strengths")).await;
    assert_eq!(other.texts(beside), [""; 0]);
}
