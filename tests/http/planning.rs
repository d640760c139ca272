//! The pages beside a proposal: her week, the words to copy, specialist courts.

use super::visitor::Service;

const ANGELA: &str = include_str!("../cases/angela.json");

#[tokio::test]
async fn her_week_says_in_tables_what_the_pictures_draw() {
    let service = Service::start().await;
    let (mut author, report) = service.with_angela().await;
    let page = author.get(&format!("{report}/proposal/week")).await;
    let text = page.text();
    assert!(text.contains("Minds her one-year-old grandchild"), "{text}");
    assert!(
        text.contains("Week 1 (within five working days of sentence)"),
        "{text}"
    );
    assert!(
        text.contains("Not yet known (when a place is confirmed)"),
        "{text}"
    );
    assert!(text.contains("The whole order: 78 weeks"), "{text}");
    // Two mornings of hers and two of the order: each drawn once with its words.
    let drawn = page.texts("svg[role=img] rect > title");
    assert!(
        drawn.iter().any(|t| t.contains("10:00 to 13:00")),
        "{drawn:?}"
    );
    assert_eq!(page.texts("svg[role=img]").len(), 3);
    assert!(
        page.body
            .contains("aria-labelledby=\"week-title week-desc\"")
    );
    assert!(
        !page.body.contains("style="),
        "nothing the policy would refuse"
    );
}

#[tokio::test]
async fn a_week_of_which_nothing_is_known_says_so_and_draws_nothing() {
    let service = Service::start().await;
    let (mut author, report) = service.with_case(r#"{"foreword_case": 1}"#).await;
    let page = author.get(&format!("{report}/proposal/week")).await;
    assert!(
        page.text().contains("Nothing is known of her week yet"),
        "{}",
        page.text()
    );
    assert!(page.texts("svg[role=img]").is_empty());
}

#[tokio::test]
async fn the_words_to_copy_fit_the_official_box_and_hold_nothing_that_must_not_leave() {
    let service = Service::start().await;
    let (mut author, report) = service.with_angela().await;
    let page = author.get(&format!("{report}/proposal/words")).await;
    let text = page.text();
    assert!(text.contains("of 4,000 characters"), "{text}");
    let copied = page.texts("textarea#proposal-words").remove(0);
    assert!(copied.contains("18-month community order"), "{copied}");
    assert!(copied.contains("20 days"), "{copied}");
    assert!(copied.contains("indicative"), "{copied}");
    assert!(copied.chars().count() <= 4000);
    for secret in ["Pike", "Thatcham", "Alfie"] {
        assert!(!page.body.contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn without_a_sentence_there_is_nothing_to_copy_and_the_way_to_one_is_shown() {
    let service = Service::start().await;
    let (mut author, report) = service.with_case(r#"{"foreword_case": 1}"#).await;
    let page = author.get(&format!("{report}/proposal/words")).await;
    assert!(
        page.text().contains("No sentence is proposed yet"),
        "{}",
        page.text()
    );
    assert!(page.texts("textarea").is_empty());
}

#[tokio::test]
async fn each_specialist_court_shows_its_criteria_its_source_and_what_it_would_change() {
    let service = Service::start().await;
    let (mut author, report) = service.with_angela().await;
    let page = author.get(&format!("{report}/proposal/courts")).await;
    let text = page.text();
    assert!(
        text.contains("Birmingham women's intensive supervision court"),
        "{text}"
    );
    assert!(
        text.contains("Greater Manchester women's problem-solving court"),
        "{text}"
    );
    assert!(
        text.contains("Whether she is taken on is for the court"),
        "{text}"
    );
    assert!(text.contains("does not end early"), "{text}");
    assert!(text.contains("not verified"), "{text}");
    let elsewhere = "which is not one of them";
    assert!(text.contains(elsewhere), "{text}");
    assert!(!text.contains("No sentence is proposed yet"), "{text}");
    // She lives in Newbury and is sentenced in Reading.
    assert!(page.texts("td .govuk-tag").iter().any(|t| t == "Not met"));
    assert!(page.texts("td .govuk-tag").iter().any(|t| t == "Met"));
}

#[tokio::test]
async fn without_a_sentence_the_courts_say_what_cannot_be_told_and_lead_to_one() {
    let service = Service::start().await;
    let (mut author, report) = service.with_case(r#"{"foreword_case": 1}"#).await;
    let page = author.get(&format!("{report}/proposal/courts")).await;
    let text = page.text();
    assert!(text.contains("No sentence is proposed yet"), "{text}");
    assert!(
        text.contains("The court of this case is not recorded"),
        "{text}"
    );
}

#[tokio::test]
async fn each_section_of_a_draft_can_be_copied_with_its_count_and_nothing_withheld_in_it() {
    let service = Service::start().await;
    let (mut author, report) = service.with_angela().await;
    let page = author.get(&format!("{report}/draft")).await;
    let proposal = page.texts("textarea#copy-proposal").remove(0);
    assert!(proposal.contains("18 months"), "{proposal}");
    assert!(!proposal.contains("**"), "plain text: {proposal}");
    let hint = page.texts("#copy-proposal-hint").remove(0);
    assert!(hint.contains("of 4,000 characters"), "{hint}");
    let hint = page.texts("#copy-offence-hint").remove(0);
    assert!(hint.contains("of 20,000 characters"), "{hint}");
    assert!(page.texts("textarea[readonly]").len() > 5);
    for secret in ["Pike", "Thatcham", "Alfie"] {
        let all = page.texts("textarea[readonly]").join(" ");
        assert!(!all.contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn a_draft_tells_of_reviews_only_where_the_author_chose_them() {
    let service = Service::start().await;
    let told = "reviews in an intensive supervision court";
    let case = |chosen: &str| {
        format!(
            r#"{{"foreword_case": 1, "hearing": {{"court": "Birmingham Magistrates' Court"}},
            "proposal": {{"order": "community-order", "months": 12{chosen}}}}}"#
        )
    };
    let (mut author, report) = service.with_case(&case("")).await;
    let draft = author.get(&format!("{report}/draft")).await;
    assert!(!draft.texts("#proposal-reviews").join(" ").contains(told));
    let reviewed = case(r#", "special_reviews": true"#);
    let report = author
        .upload("/reports/import", reviewed.as_bytes())
        .await
        .location();
    let draft = author.get(&format!("{report}/draft")).await;
    let said = draft.texts("#proposal-reviews").join(" ");
    assert!(said.contains(told), "{said}");
    assert!(said.contains("does not end early under the rule"), "{said}");
    assert!(said.contains("s.217B"), "{said}");
}

#[tokio::test]
async fn numbers_that_nobody_could_mean_still_give_a_page() {
    let mut case: serde_json::Value = serde_json::from_str(ANGELA).unwrap();
    case["proposal"]["months"] = u32::MAX.into();
    for requirement in case["proposal"]["requirements"].as_array_mut().unwrap() {
        requirement["amount"] = u32::MAX.into();
        requirement["travel_minutes"] = u32::MAX.into();
    }
    let service = Service::start().await;
    let (mut author, report) = service.with_case(&case.to_string()).await;
    for page in ["proposal", "proposal/week", "proposal/words"] {
        let page = author.get(&format!("{report}/{page}")).await;
        assert_eq!(page.status, axum::http::StatusCode::OK, "{}", page.text());
    }
}
