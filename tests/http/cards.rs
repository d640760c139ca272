//! Each requirement of a proposal as a card.

use super::visitor::Service;

#[tokio::test]
async fn a_card_shows_the_numbers_the_law_the_provider_and_what_the_court_must_have() {
    let service = Service::start().await;
    let (mut author, report) = service.with_angela().await;
    let page = author.get(&format!("{report}/proposal")).await;
    let cards = page.texts(".foreword-card");
    assert_eq!(cards.len(), 2);
    let (rar, programme) = (&cards[0], &cards[1]);
    assert!(rar.contains("up to 20 days"), "{rar}");
    assert!(rar.contains("Alana House, PACT"), "{rar}");
    assert!(rar.contains("confirmed on 20 November 2026"), "{rar}");
    assert!(rar.contains("safety from abuse"), "{rar}");
    assert!(rar.contains("protection of the public"), "{rar}");
    assert!(rar.contains("What the court must have before it"), "{rar}");
    assert!(
        rar.contains("risk of serious harm, known adults: medium"),
        "{rar}"
    );
    assert!(rar.contains("likelihood of reoffending: high"), "{rar}");
    assert!(!rar.contains("children: low"), "{rar}");
    assert!(programme.contains("13 May 2025"), "{programme}");
    assert!(programme.contains("not listed here"), "{programme}");
    assert!(!rar.contains("13 May 2025"), "{rar}");
}

#[tokio::test]
async fn a_finding_about_a_requirement_stands_on_its_card_and_only_there() {
    let service = Service::start().await;
    let (mut author, report) = service.with_angela().await;
    let page = author.get(&format!("{report}/proposal")).await;
    let said = "It is not recorded that Thinking Skills Programme is available here";
    assert!(page.texts(".foreword-card")[1].contains(said));
    let findings = page.texts(".foreword-finding");
    let there = findings.iter().filter(|f| f.contains(said)).count();
    assert_eq!(there, 1, "{findings:?}");
}

#[tokio::test]
async fn reviews_in_an_intensive_supervision_court_are_chosen_with_the_sentence() {
    let service = Service::start().await;
    let (mut author, report) = service.with_angela().await;
    let order = format!("{report}/proposal/order");
    let fields = [
        ("order", "community-order"),
        ("months", "18"),
        ("special_reviews", "yes"),
    ];
    author.submit(&order, &fields).await.location();
    let page = author.get(&order).await;
    let chosen = page.attributes("input[name=special_reviews][checked]", "value");
    assert_eq!(chosen, ["yes"]);
    let words = author.get(&format!("{report}/proposal/words")).await;
    assert!(
        words.text().contains("intensive supervision court"),
        "{}",
        words.text()
    );

    let fields = [
        ("order", "community-order"),
        ("months", "18"),
        ("special_reviews", "no"),
    ];
    author.submit(&order, &fields).await.location();
    let words = author.get(&format!("{report}/proposal/words")).await;
    assert!(
        !words.text().contains("intensive supervision court"),
        "{}",
        words.text()
    );
}

#[tokio::test]
async fn a_requirement_that_is_not_law_on_the_cases_dates_keeps_its_name_and_source() {
    let case = include_str!("../cases/angela.json").replace("\"rar\"", "\"probation_requirement\"");
    let service = Service::start().await;
    let (mut author, report) = service.with_case(&case).await;
    let page = author.get(&format!("{report}/proposal")).await;
    let card = &page.texts(".foreword-card")[0];
    assert!(card.starts_with("Probation requirement"), "{card}");
    assert!(!card.contains("probation_requirement"), "{card}");
    assert!(card.contains("Sentencing Act 2026"), "{card}");
    assert!(card.contains("Must be settled"), "{card}");
}
