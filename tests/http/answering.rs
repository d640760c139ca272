//! Answering prompts: saving, faults, clashes, lists.

use axum::http::StatusCode;

use super::visitor::Service;

#[tokio::test]
async fn an_answer_is_saved_with_its_state_source_and_use() {
    let service = Service::start().await;
    let mut author = service.author("sam@example.org").await;
    let report = author.start_report().await;
    let path = format!("{report}/prompts/adjustments");
    let fields = [
        ("value", "One thing at a time.\nOn one page <afterwards>."),
        ("state", "known-from-record"),
        ("source.0.kind", "health"),
        ("source.0.detail", "GP letter"),
        ("source.0.on-day", "3"),
        ("source.0.on-month", "nov"),
        ("source.0.on-year", "2026"),
        ("source.0.verified", "no"),
        ("visibility", "record-only"),
    ];
    let next = author.submit(&path, &fields).await.location();
    assert_ne!(next, path, "it goes on to the next prompt");
    let page = author.get(&path).await;
    assert_eq!(
        page.value("value"),
        "\nOne thing at a time.\nOn one page <afterwards>.".trim_start()
    );
    assert_eq!(
        page.attributes("input[name=state][checked]", "value"),
        ["known-from-record"]
    );
    assert_eq!(
        page.attributes("input[name=visibility][checked]", "value"),
        ["record-only"]
    );
    assert_eq!(page.value("record.on-month"), "11");
    let all = author.get(&format!("{report}/check")).await.text();
    assert!(
        all.contains("Health or mental health services, 3 November 2026 (not verified)"),
        "{all}"
    );
    assert!(all.contains("Record only"));
}

#[tokio::test]
async fn faults_stand_at_the_top_and_at_the_field_and_nothing_typed_is_lost() {
    let service = Service::start().await;
    let mut author = service.author("sam@example.org").await;
    let report = author.start_report().await;
    let path = format!("{report}/prompts/hearing");
    let fields = [
        ("court", "Reading Magistrates' Court"),
        ("kind", "magistrates"),
        ("date-day", "31"),
        ("date-month", "2"),
        ("date-year", "2026"),
    ];
    let page = author.submit(&path, &fields).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.texts("title")[0].starts_with("Error: "));
    assert_eq!(page.attributes(".govuk-error-summary a", "href"), ["#date"]);
    assert_eq!(page.texts(".govuk-error-message").len(), 1);
    assert_eq!(page.value("court"), "Reading Magistrates' Court");
    assert_eq!(page.value("date-day"), "31");
    let all = author.get(&format!("{report}/check")).await.text();
    assert!(!all.contains("Reading"), "nothing was saved: {all}");
}

#[tokio::test]
async fn a_prompt_may_be_declined_and_what_was_typed_before_is_kept_unused() {
    let service = Service::start().await;
    let mut author = service.author("sam@example.org").await;
    let report = author.start_report().await;
    let path = format!("{report}/prompts/abuse-victim");
    assert!(
        author
            .get(&path)
            .await
            .text()
            .contains("Check the room first")
    );
    let declined = [("state", "prefers-not-to-say"), ("visibility", "in-report")];
    author.submit(&path, &declined).await.location();
    let all = author
        .get(&format!("{report}/sections/safety"))
        .await
        .text();
    assert!(all.contains("She prefers not to say"), "{all}");
    let both = [
        ("state", "prefers-not-to-say"),
        ("visibility", "in-report"),
        ("experienced", "yes"),
        ("summary", "Kept words."),
    ];
    author.submit(&path, &both).await.location();
    let page = author.get(&path).await;
    assert_eq!(
        page.value("summary"),
        "Kept words.",
        "nothing typed is lost"
    );
    let draft = author.get(&format!("{report}/draft")).await.text();
    assert!(!draft.contains("Kept words"), "and it is not used: {draft}");
}

#[tokio::test]
async fn leaving_a_prompt_empty_saves_nothing_and_goes_on() {
    let service = Service::start().await;
    let mut author = service.author("sam@example.org").await;
    let report = author.start_report().await;
    let path = format!("{report}/prompts/adjustments");
    let before = author.get(&path).await.value("seen");
    author
        .submit(&path, &[("state", "answered"), ("visibility", "in-report")])
        .await
        .location();
    assert_eq!(author.get(&path).await.value("seen"), before);
}

#[tokio::test]
async fn a_stale_save_shows_both_texts_and_loses_neither() {
    let service = Service::start().await;
    let mut author = service.author("sam@example.org").await;
    let report = author.start_report().await;
    let path = format!("{report}/prompts/adjustments");
    let first = author.get(&path).await;
    let second = author.get(&path).await;
    let with = |text: &'static str| {
        [
            ("value", text),
            ("state", "answered"),
            ("visibility", "in-report"),
        ]
    };
    author
        .send_form_of(&first, &path, &with("From the first window."))
        .await
        .location();

    let clash = author
        .send_form_of(&second, &path, &with("From the second\nwindow."))
        .await;
    assert_eq!(clash.status, StatusCode::CONFLICT);
    assert!(
        clash.text().contains("From the first window."),
        "{}",
        clash.text()
    );
    assert!(clash.text().contains("From the second"), "{}", clash.text());
    assert!(clash.text().contains("Sam Author"));
    let all = author.get(&format!("{report}/check")).await.text();
    assert!(all.contains("From the first window."), "{all}");
    assert!(!all.contains("From the second"), "{all}");

    let both = author
        .send_form_of(&clash, &path, &[("again", "edit")])
        .await;
    assert_eq!(both.status, StatusCode::OK);
    assert_eq!(both.value("value"), "From the second\nwindow.");
    assert!(both.text().contains("From the first window."));
    author
        .send_form_of(&both, &path, &with("From both."))
        .await
        .location();
    assert_eq!(author.get(&path).await.value("value"), "From both.");

    let clash = author.send_form_of(&first, &path, &with("Mine.")).await;
    assert_eq!(clash.status, StatusCode::CONFLICT);
    author.send_form_of(&clash, &path, &[]).await.location();
    assert_eq!(author.get(&path).await.value("value"), "Mine.");
}

#[tokio::test]
async fn two_windows_on_different_prompts_do_not_clash() {
    let service = Service::start().await;
    let mut author = service.author("sam@example.org").await;
    let report = author.start_report().await;
    let (one, two) = (
        format!("{report}/prompts/woman-name"),
        format!("{report}/prompts/crn"),
    );
    let (first, second) = (author.get(&one).await, author.get(&two).await);
    author
        .send_form_of(&first, &one, &[("first", "Ann"), ("last", "Example")])
        .await
        .location();
    author
        .send_form_of(&second, &two, &[("value", "X123456")])
        .await
        .location();
    assert_eq!(author.get(&two).await.value("value"), "X123456");
    assert_eq!(author.get(&one).await.value("first"), "Ann");
}

#[tokio::test]
async fn records_are_added_changed_and_removed_one_at_a_time() {
    let service = Service::start().await;
    let mut author = service.author("sam@example.org").await;
    let report = author.start_report().await;
    let list = format!("{report}/prompts/offences");
    let new = format!("{list}/records/new");
    let page = author.submit(&new, &[("title", "")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    for title in ["Theft", "Common assault"] {
        author.submit(&new, &with_title(title)).await.location();
    }
    assert!(author.get(&list).await.text().contains("Common assault"));
    let change = format!("{list}/records/1");
    assert_eq!(author.get(&change).await.value("title"), "Common assault");
    author
        .submit(&change, &with_title("Battery"))
        .await
        .location();
    let stale = author.get(&format!("{list}/records/0/remove")).await;
    author
        .submit(&change, &with_title("Assault by beating"))
        .await
        .location();
    author.send_form_of(&stale, &list, &[]).await.location();
    let text = author.get(&list).await.text();
    assert!(
        text.contains("Theft"),
        "a list that changed meanwhile is left alone: {text}"
    );
    author
        .submit(&format!("{list}/records/0/remove"), &[])
        .await
        .location();
    let text = author.get(&list).await.text();
    assert!(
        !text.contains("Theft") && text.contains("Assault by beating"),
        "{text}"
    );
    assert_eq!(
        author.get(&format!("{list}/records/9")).await.status,
        StatusCode::NOT_FOUND
    );
}

/// An offence as the form asks for it.
fn with_title(title: &str) -> [(&str, &str); 5] {
    [
        ("title", title),
        ("convicted_on-day", "12"),
        ("convicted_on-month", "11"),
        ("convicted_on-year", "2026"),
        ("plea", "guilty"),
    ]
}

#[tokio::test]
async fn the_pronouns_she_asks_for_are_kept_and_the_draft_follows_them() {
    let service = Service::start().await;
    let (mut author, report) = service.with_angela().await;
    let prompt = format!("{report}/prompts/woman-name");
    let draft = format!("{report}/draft");
    assert!(
        author
            .get(&draft)
            .await
            .text()
            .contains("If she does not attend")
    );
    let name = |pronouns| {
        [
            ("title", "Mx"),
            ("first", "Angela"),
            ("last", "Hart"),
            ("pronouns", pronouns),
        ]
    };
    author.submit(&prompt, &name("they")).await.location();
    let chosen = "input[name='pronouns'][checked]";
    assert_eq!(
        author.get(&prompt).await.attributes(chosen, "value"),
        ["they"]
    );
    // What it rests on is told to its author in the words of the prompts.
    let headings = author
        .get(&draft)
        .await
        .texts("article h2, article h3, article h4");
    let heads = |words: &str| headings.iter().any(|heading| heading.starts_with(words));
    assert!(heads("If they do not attend"), "{headings:?}");
    assert!(!heads("If she does not attend"), "{headings:?}");
    let refused = author.submit(&prompt, &name("xe")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        author
            .get(&draft)
            .await
            .text()
            .contains("If they do not attend")
    );
}
