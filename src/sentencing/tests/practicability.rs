//! Practice: enquiries, abuse, settings, availability, needs. Advice, never a block.

use super::*;
use crate::case::{Answer, ChosenService, Enquiry, EnquiryKind, EnquiryOutcome, IfOutstanding};

fn enquiry(kind: EnquiryKind, outcome: EnquiryOutcome) -> Enquiry {
    Enquiry {
        outcome,
        ..Enquiry::of(kind, "Thames Valley Police")
    }
}

fn curfew() -> CaseFile {
    community_order(vec![punishing(months("curfew", 3))])
}

#[test]
fn a_curfew_while_the_police_have_not_replied_is_warned_of() {
    let mut case = curfew();
    case.enquiries = vec![
        enquiry(EnquiryKind::PoliceDomesticAbuse, EnquiryOutcome::Pending),
        enquiry(EnquiryKind::ChildrensServices, EnquiryOutcome::NoConcerns),
    ];
    let finding = found(&case, "practice.enquiry.outstanding");
    assert!(finding.what.contains("Thames Valley Police"));
    assert_eq!(finding.severity, Severity::Warn);
    case.enquiries[0].outcome = EnquiryOutcome::NoConcerns;
    not_found(&case, "practice.enquiry.outstanding");
}

#[test]
fn a_curfew_with_no_enquiry_at_all_is_warned_of_and_unpaid_work_is_not() {
    let finding = found(&curfew(), "practice.enquiry.missing");
    assert!(finding.what.contains("children's services"));
    let work = community_order(vec![punishing(amount("unpaid_work", 80))]);
    not_found(&work, "practice.enquiry.missing");
}

#[test]
fn a_requirement_the_author_chose_to_avoid_is_a_contradiction() {
    let mut case = curfew();
    let mut police = enquiry(EnquiryKind::PoliceDomesticAbuse, EnquiryOutcome::NotSent);
    police.if_outstanding = Some(IfOutstanding::AvoidDependentRequirements);
    case.enquiries = vec![police];
    found(&case, "practice.enquiry.avoid-but-proposed");
}

#[test]
fn an_enquiry_that_was_refused_or_never_made_does_not_make_an_address_safe() {
    let mut case = curfew();
    let children = enquiry(EnquiryKind::ChildrensServices, EnquiryOutcome::NoConcerns);
    let police = enquiry(EnquiryKind::PoliceDomesticAbuse, EnquiryOutcome::Refused);
    case.enquiries = vec![police, children];
    found(&case, "practice.enquiry.unanswered");
    case.enquiries[0].outcome = EnquiryOutcome::NotSent;
    case.enquiries[0].not_made = Some("There was no time before court.".into());
    let finding = found(&case, "practice.enquiry.missing");
    assert!(finding.what.contains("police"), "{}", finding.what);
    assert!(!finding.what.contains("children"), "{}", finding.what);
}

#[test]
fn any_agency_counts_where_the_author_said_that_something_waits_for_it() {
    let mut case = curfew();
    let mut housing = enquiry(EnquiryKind::Other, EnquiryOutcome::Pending);
    housing.if_outstanding = Some(IfOutstanding::ProceedAndSaySo);
    case.enquiries = vec![housing];
    not_found(&case, "practice.enquiry.avoid-but-proposed");
    case.enquiries[0].if_outstanding = Some(IfOutstanding::AvoidDependentRequirements);
    found(&case, "practice.enquiry.avoid-but-proposed");
}

#[test]
fn requirements_that_wait_for_enquiries_are_named() {
    let named = |case: &CaseFile| crate::sentencing::waiting_for_enquiries(case, pack(), today());
    assert_eq!(named(&curfew()).len(), 1);
    let work = community_order(vec![punishing(amount("unpaid_work", 80))]);
    assert!(named(&work).is_empty());
}

#[test]
fn a_curfew_where_abuse_is_recorded_asks_about_the_address() {
    let mut case = curfew();
    not_found(&case, "practice.curfew.abuse");
    let told = |experienced: &str| Answer {
        value: Some(serde_json::json!({ "experienced": experienced, "summary": "no detail" })),
        ..Answer::default()
    };
    case.answers.insert("abuse-victim".into(), told("yes"));
    let finding = found(&case, "practice.curfew.abuse");
    assert!(finding.resolve[0].contains("who else lives there"));
    for other in ["no", "unclear"] {
        case.answers.insert("abuse-victim".into(), told(other));
        not_found(&case, "practice.curfew.abuse");
    }
    case.enquiries = vec![enquiry(
        EnquiryKind::PoliceDomesticAbuse,
        EnquiryOutcome::Concerns,
    )];
    found(&case, "practice.curfew.abuse");
}

#[test]
fn unpaid_work_is_offered_away_from_an_all_male_setting() {
    let case = community_order(vec![punishing(amount("unpaid_work", 80))]);
    let finding = found(&case, "practice.unpaid-work.setting");
    assert!(finding.what.contains("all-male"));
    assert_eq!(finding.severity, Severity::Advise);
}

#[test]
fn a_programme_is_not_named_without_a_day_and_a_person_asked() {
    let code = "practice.availability.not-checked";
    let mut case = community_order(vec![ProposedRequirement {
        detail: Some("Thinking Skills Programme".into()),
        ..amount("programme", 19)
    }]);
    let finding = found(&case, code);
    assert!(finding.what.contains("Thinking Skills Programme"));
    assert_eq!(finding.severity, Severity::Warn);
    case.proposal.requirements[0].availability_checked = Some(today());
    not_found(&case, code);
    found(&case, "practice.availability.say-who");
    case.proposal.requirements[0].availability_with = Some("programmes team".into());
    not_found(&case, "practice.availability.say-who");
}

#[test]
fn a_check_of_availability_grows_old_and_cannot_be_in_the_future() {
    let checked = |on| {
        community_order(vec![ProposedRequirement {
            availability_checked: Some(on),
            availability_with: Some("programmes team".into()),
            ..amount("programme", 19)
        }])
    };
    not_found(&checked(day(2026, 10, 25)), "practice.availability.old");
    found(&checked(day(2026, 10, 24)), "practice.availability.old");
    found(&checked(day(2026, 11, 23)), "practice.availability.future");
}

#[test]
fn a_services_own_confirmation_stands_for_the_check() {
    let mut case = community_order(vec![ProposedRequirement {
        service: Some("mhtr-service".into()),
        willing: Some(true),
        ..months("mhtr", 6)
    }]);
    found(&case, "practice.availability.not-checked");
    case.services = vec![ChosenService {
        id: "mhtr-service".into(),
        confirmed_on: Some(today()),
        confirmed_with: Some("duty clinician".into()),
        ..ChosenService::default()
    }];
    not_found(&case, "practice.availability.not-checked");
}

#[test]
fn a_requirement_is_for_a_need_or_for_something_else() {
    let mut case = community_order(vec![amount("rar", 20)]);
    not_found(&case, "practice.requirement.no-need");
    case.proposal.requirements[0].needs.clear();
    found(&case, "practice.requirement.no-need");
    case.proposal.requirements[0].purposes = vec![Purpose::Punishment];
    not_found(&case, "practice.requirement.no-need");
}

#[test]
fn practice_never_blocks() {
    let mut case = curfew();
    case.proposal.requirements.push(requirement("programme"));
    case.proposal.requirements.push(requirement("unpaid_work"));
    let practice = findings(&case);
    let practice: Vec<_> = practice
        .iter()
        .filter(|f| f.code.starts_with("practice."))
        .collect();
    assert!(practice.len() > 3);
    assert!(practice.iter().all(|f| f.severity < Severity::Block));
}
