//! What travels, which days fit, and what adopting carries over: by examples on the
//! embedded content, and by properties.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use super::*;
use crate::{
    case::{
        self, Answer, Assessment, CaseFile, CentreAssessment, ChosenService, Day, ItemDecision,
        PackageItem, ProposedRequirement, Slot, Use, Visibility,
    },
    content::ContentFiles,
    directory::Directory,
    finding::Finding,
};

fn texts() -> ConsultancyTexts {
    ConsultancyTexts::load(&ContentFiles::embedded().unwrap()).unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn angela() -> CaseFile {
    case::from_json(include_str!("../../tests/cases/angela.json")).unwrap()
}

fn referral() -> Referral {
    Referral {
        service: "a".into(),
        centre: "Alana House".into(),
        organisation: "PACT".into(),
        hearing: Some(day("2026-12-03")),
        reply_by: day("2026-12-01"),
        consent: Consent {
            given_on: day("2026-11-20"),
            how: ConsentHow::Written,
            until: day("2026-12-31"),
            words: "Not the police reports.".into(),
        },
        shared: Vec::new(),
        fictional: true,
    }
}

fn codes(found: &[Finding]) -> Vec<&str> {
    found.iter().map(|f| f.code.as_str()).collect()
}

/// Each field: its id, text, whether it is ticked, and whether something is kept off.
fn offered_of(case: &CaseFile) -> Vec<(String, String, bool, bool)> {
    let texts = texts();
    let all = offered(&texts.fields, case, &[], str::to_owned);
    let each = all.into_iter();
    each.map(|o| (o.field.id.clone(), o.text, o.ticked, o.kept_off))
        .collect()
}

#[test]
fn what_the_centre_needs_is_ticked_and_nothing_else_is() {
    let all = offered_of(&angela());
    let field = |id: &str| all.iter().find(|(f, ..)| f == id).unwrap().clone();
    assert_eq!(field("name").1, "Angela Hart");
    assert!(field("name").2);
    assert!(!field("born").2, "her name is often enough");
    assert!(!field("area").2);
    let (_, text, ticked, kept_off) = field("contact");
    assert_eq!((text.as_str(), ticked, kept_off), ("", false, true));
}

#[test]
fn no_field_may_be_filled_in_from_an_address() {
    let mut files = ContentFiles::embedded().unwrap();
    let path = "report-templates/consultancy/sharing.toml";
    let text = files.text(path).unwrap();
    let text = text.replace("woman.lives_in", "woman.address");
    files.set(path, text);
    let faults = ConsultancyTexts::load(&files).unwrap_err();
    let said = faults[0].to_string();
    assert!(said.contains("no address travels"), "{said}");
}

#[test]
fn a_hearing_brought_forward_is_told_from_a_reply_asked_for_too_late() {
    let (texts, today) = (texts(), day("2026-11-26"));
    let days = |one: &Referral, hearing: &str| {
        let found = texts.days(one, Standing::default(), Some(day(hearing)), today);
        codes(&found).join(" ")
    };
    assert_eq!(days(&referral(), "2026-12-03"), "");
    assert_eq!(days(&referral(), "2026-12-01"), "consultancy.hearing-moved");
    let late = Referral {
        reply_by: day("2026-12-04"),
        ..referral()
    };
    assert_eq!(days(&late, "2026-12-03"), "consultancy.reply-after-hearing");
}

#[test]
fn consent_that_ends_first_and_consent_withdrawn_are_told() {
    let (texts, hearing) = (texts(), Some(day("2026-12-03")));
    let mut short = referral();
    short.consent.until = day("2026-11-30");
    let found = texts.days(&short, Standing::default(), hearing, day("2026-11-26"));
    assert_eq!(codes(&found), ["consultancy.consent-ends"]);
    let withdrawn = Standing {
        withdrawn: Some(day("2026-11-27")),
        answered: false,
    };
    let found = texts.days(&short, withdrawn, hearing, day("2026-12-02"));
    assert_eq!(codes(&found), ["consultancy.consent-withdrawn"]);
}

#[test]
fn a_turnaround_that_is_not_recorded_is_not_guessed() {
    let (texts, hearing) = (texts(), Some(day("2026-12-03")));
    let slow = |days, left| texts.too_slow("Alana House", days, Some(left), hearing);
    assert!(slow(Some(10), 5).is_some());
    assert!(slow(Some(5), 5).is_none());
    assert!(slow(None, 1).is_none());
}

#[test]
fn a_centre_assesses_where_its_record_says_so_and_not_by_its_name() {
    let directory = Directory::load(&ContentFiles::embedded().unwrap()).unwrap();
    let place = directory.place("RG14").unwrap();
    let near = AsksCentre {
        place: Some(&place),
    };
    let found = centres(&directory, near);
    assert_eq!(found[0].name, "Alana House");
    assert!(matches!(found[0].offers, Offers::Yes { .. }));
    let services = directory.services().iter();
    let mut records: Vec<_> = services.map(|s| s.record.clone()).collect();
    for record in &mut records {
        for stated in &mut record.facts.terms {
            stated.no |= stated.term == "referral-route/psr-author";
        }
    }
    let denied = directory.with_services(directory.read(records));
    let found = centres(&denied, near);
    assert!(found.iter().all(|c| c.name != "Alana House"));
}

fn slot() -> Slot {
    serde_json::from_value(serde_json::json!({"days": ["tuesday"], "from": "10:00", "to": "12:00"}))
        .unwrap()
}

fn assessed(held: Option<&str>) -> CentreAssessment {
    CentreAssessment {
        referral: "r".into(),
        service: "alana".into(),
        centre: "Alana House".into(),
        organisation: "PACT".into(),
        version: 1,
        signed_on: day("2026-11-27"),
        signed_by: "Noor Centre".into(),
        reply: Assessment {
            package: vec![PackageItem {
                what: "Money group".into(),
                slots: vec![slot()],
                weeks: Some(6),
                held_until: held.map(day),
                ..PackageItem::default()
            }],
            ..Assessment::default()
        },
        decisions: Vec::new(),
    }
}

#[test]
fn a_place_that_lapses_before_the_hearing_is_told_until_it_is_not_proposed() {
    let texts = texts();
    let told = |held: &str, made: Option<Use>| {
        let mut case = angela();
        case.hearing.date = Some(day("2026-12-03"));
        case.assessments = vec![assessed(Some(held))];
        let decision = made.map(|made| ItemDecision {
            item: 0,
            made,
            why: String::new(),
        });
        case.assessments[0].decisions = decision.into_iter().collect();
        codes(&texts.in_report(&case)).join(" ")
    };
    let (undecided, lapses) = ("consultancy.not-decided", "consultancy.place-lapses");
    assert_eq!(told("2026-12-02", None), format!("{undecided} {lapses}"));
    assert_eq!(told("2026-12-02", Some(Use::Adopted)), lapses);
    assert_eq!(told("2026-12-02", Some(Use::NotProposed)), "");
    assert_eq!(told("2026-12-03", Some(Use::Adopted)), "");
}

fn alana() -> ChosenService {
    ChosenService {
        id: "alana".into(),
        name: "Alana House".into(),
        ..ChosenService::default()
    }
}

#[test]
fn adopting_carries_over_provider_times_and_held_until_and_keeps_what_the_author_wrote() {
    let mut case = angela();
    case.services = Vec::new();
    case.proposal.requirements = vec![ProposedRequirement {
        id: "rar".into(),
        place: Some("At the office".into()),
        ..ProposedRequirement::default()
    }];
    let from = assessed(Some("2026-12-20"));
    let item = &from.reply.package[0];
    let adopted = taken_in(&case, &from, item, &alana(), Some(0));
    let requirement = &adopted.requirements[0];
    assert_eq!(requirement.service.as_deref(), Some("alana"));
    assert_eq!(requirement.place.as_deref(), Some("At the office"));
    assert_eq!(requirement.slots, [slot()]);
    assert_eq!(requirement.plan[0].days, 6);
    let service = &adopted.services[0];
    assert_eq!(service.held.as_deref(), Some("until 20 December 2026"));
    assert_eq!(service.confirmed_on, Some(day("2026-11-27")));
    assert!(service.slots.is_empty(), "counted once");
    let beside = taken_in(&case, &from, item, &alana(), None);
    assert_eq!(beside.services[0].slots, [slot()]);
    assert_eq!(beside.requirements, case.proposal.requirements);
    assert_eq!(slot().days, [Day::Tuesday]);
}

proptest! {
    #[test]
    fn nothing_that_is_kept_off_is_ever_filled_in(
        id in prop::sample::select(vec!["safe-contact", "hopes", "adjustments", "risk-to-self"]),
        escalate in any::<bool>(),
    ) {
        let mut case = angela();
        let secret = "Zq7 secret words";
        let answer = Answer {
            value: Some(serde_json::json!({"method": secret, "summary": secret})),
            visibility: if escalate { Visibility::Escalate } else { Visibility::RecordOnly },
            ..Answer::default()
        };
        case.answers.insert(id.to_owned(), answer);
        case.woman.address = Some(secret.into());
        for (field, text, ..) in offered_of(&case) {
            prop_assert!(!text.contains(secret), "{}", field);
        }
    }

    #[test]
    fn a_reply_due_before_the_hearing_within_her_consent_is_told_only_when_late(
        reply in 1u64..60, after in 1u64..60, lasts in 0u64..60, today in 0u64..60,
    ) {
        let at = |n: u64| day("2026-11-26").checked_add_days(Days::new(n)).unwrap();
        let mut one = referral();
        one.reply_by = at(reply);
        one.consent.until = at(reply + lasts);
        one.hearing = Some(at(reply + after));
        let found = texts().days(&one, Standing::default(), one.hearing, at(today));
        let late = if today > reply { "consultancy.overdue" } else { "" };
        prop_assert_eq!(codes(&found).join(" "), late);
    }
}
