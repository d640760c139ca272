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

#[tokio::test]
async fn what_is_not_known_leads_to_the_page_that_records_it() {
    let service = Service::start().await;
    let (mut author, report) = service.with_angela().await;
    let page = author.get(&format!("{report}/proposal")).await;
    let programme = &page.texts(".foreword-card")[1];
    assert!(programme.contains("Met"), "{programme}");
    let records = page.attributes(".foreword-card a[href$='/proposal/requirements/1']", "href");
    assert!(!records.is_empty());
    // What settles a finding folds; what it is does not.
    assert!(!page.texts("details.foreword-fold summary").is_empty());
}

#[tokio::test]
async fn every_requirement_is_listed_with_why_it_cannot_be_proposed_on_these_dates() {
    let service = Service::start().await;
    let (mut author, report) = service.with_angela().await;
    let page = author
        .get(&format!("{report}/proposal/requirements/new"))
        .await;
    let all = page.texts("section.foreword-service");
    let named = |name: &str| all.iter().find(|s| s.starts_with(name)).unwrap();
    let old = named("Attendance centre requirement");
    assert!(
        old.contains("Only for convictions from 1 December 2020 to 27 June 2022."),
        "{old}"
    );
    assert!(old.contains("From 12 to 36 hours"), "{old}");
    let new = named("Driving prohibition requirement");
    assert!(new.contains("it is not in force"), "{new}");
    assert!(new.contains("Still to be checked: Commencement"), "{new}");
    assert!(new.contains("Sentencing Act 2026 s.14"), "{new}");
    // What can be added has a way to add it; what cannot has none.
    let adds = page.attributes("section.foreword-service a", "href");
    assert!(adds.iter().any(|href| href.ends_with("/add/curfew")));
    assert!(
        !adds
            .iter()
            .any(|href| href.ends_with("/add/attendance_centre"))
    );
}

#[tokio::test]
async fn everything_wrong_with_a_requirement_is_told_at_once_and_kept() {
    let service = Service::start().await;
    let (mut author, report) = service.with_angela().await;
    let rar = format!("{report}/proposal/requirements/0");
    let fields = [
        ("amount", "many"),
        ("plan", "8"),
        ("slot.0.days", "monday"),
        ("slot.0.from", "10:00"),
        ("slot.0.to", ""),
    ];
    let page = author.submit(&rar, &fields).await;
    assert_eq!(page.status, 422, "{}", page.text());
    let told = page.texts(".govuk-error-summary li");
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(
        told[1].contains("Line 1 of the plan: after 8, say what"),
        "{told:?}"
    );
    assert_eq!(page.attributes("input[name=amount]", "value"), ["many"]);
}

#[tokio::test]
async fn a_form_asks_only_what_its_requirement_has() {
    let service = Service::start().await;
    let (mut author, report) = service.with_angela().await;
    let asks = async |author: &mut super::visitor::Visitor, kind: &str, name: &str| {
        let page = author
            .get(&format!("{report}/proposal/requirements/add/{kind}"))
            .await;
        !page
            .attributes(&format!("[name^='{name}']"), "name")
            .is_empty()
    };
    assert!(!asks(&mut author, "curfew", "service").await);
    assert!(!asks(&mut author, "curfew", "detail").await);
    assert!(asks(&mut author, "curfew", "people_there").await);
    assert!(asks(&mut author, "residence", "people_there").await);
    assert!(asks(&mut author, "residence", "place_information_on").await);
    assert!(asks(&mut author, "aamr", "people_there").await);
    assert!(asks(&mut author, "foreign_travel_prohibition", "detail").await);
    assert!(!asks(&mut author, "foreign_travel_prohibition", "service").await);
    assert!(asks(&mut author, "rar", "service").await);
}
