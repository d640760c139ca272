//! Lengths of sentences, and the rule on punishment.

use super::*;
use crate::case::{HowPunished, SuspendedTerms};

fn suspended(term: Option<u32>, operational: Option<u32>, supervision: Option<u32>) -> CaseFile {
    let mut case = convicted(day(2026, 10, 1));
    case.proposal.order = Some(OrderKind::SuspendedSentenceOrder);
    case.proposal.suspended = Some(SuspendedTerms {
        custodial_months: term,
        operational_months: operational,
        supervision_months: supervision,
    });
    case
}

#[test]
fn a_community_order_may_last_36_months_and_no_longer() {
    let mut case = community_order(vec![]);
    case.proposal.months = Some(36);
    not_found(&case, "law.co.too-long");
    case.proposal.months = Some(37);
    let finding = refused(&case, "law.co.too-long");
    assert!(citation(&finding).contains("s.209(2)"));
    case.proposal.months = Some(0);
    found(&case, "law.co.length-missing");
}

#[test]
fn no_requirement_outlasts_its_community_order() {
    let mut case = community_order(vec![months("mhtr", 12)]);
    not_found(&case, "law.co.requirement-outlasts");
    case.proposal.requirements[0].months = Some(13);
    refused(&case, "law.co.requirement-outlasts");
}

#[test]
fn a_term_of_three_years_may_be_suspended_since_22_march_2026() {
    let mut case = suspended(Some(36), Some(24), None);
    not_found(&case, "law.sso.term-too-long");
    case.offences[0].convicted_on = Some(day(2026, 3, 22));
    not_found(&case, "law.sso.term-too-long");
    case.offences[0].convicted_on = Some(day(2026, 3, 21));
    let finding = refused(&case, "law.sso.term-too-long");
    assert!(finding.what.contains("24"));
    refused(
        &suspended(Some(37), Some(24), None),
        "law.sso.term-too-long",
    );
}

#[test]
fn an_operational_period_of_three_years_needs_a_term_over_two() {
    not_found(
        &suspended(Some(25), Some(36), None),
        "law.sso.operational-too-long",
    );
    refused(
        &suspended(Some(24), Some(25), None),
        "law.sso.operational-too-long",
    );
    refused(
        &suspended(None, Some(25), None),
        "law.sso.operational-too-long",
    );
    refused(
        &suspended(Some(12), Some(5), None),
        "law.sso.operational-too-short",
    );
    not_found(
        &suspended(Some(12), Some(6), None),
        "law.sso.operational-too-short",
    );
    found(
        &suspended(Some(12), None, None),
        "law.sso.operational-missing",
    );
}

#[test]
fn a_supervision_period_exceeds_neither_two_years_nor_the_operational_period() {
    refused(
        &suspended(Some(30), Some(36), Some(25)),
        "law.sso.supervision-too-long",
    );
    refused(
        &suspended(Some(12), Some(12), Some(13)),
        "law.sso.supervision-too-long",
    );
    not_found(
        &suspended(Some(12), Some(12), Some(12)),
        "law.sso.supervision-too-long",
    );
}

#[test]
fn a_suspended_sentence_may_have_no_requirement_and_needs_no_punishment() {
    let mut case = suspended(Some(6), Some(18), None);
    not_found(&case, "law.sso.supervision-missing");
    case.proposal.requirements = vec![amount("rar", 20)];
    found(&case, "law.sso.supervision-missing");
    not_found(&case, "law.co.no-punishment");
}

#[test]
fn sentence_may_be_deferred_for_twelve_months_since_22_march_2026() {
    let mut case = convicted(day(2026, 3, 22));
    case.proposal.order = Some(OrderKind::Deferment);
    case.proposal.months = Some(12);
    not_found(&case, "law.deferment.too-long");
    found(&case, "law.deferment.consent");
    case.proposal.months = Some(13);
    refused(&case, "law.deferment.too-long");
    case.offences[0].convicted_on = Some(day(2026, 3, 21));
    case.proposal.months = Some(7);
    refused(&case, "law.deferment.too-long");
}

#[test]
fn a_discharge_is_said_to_be_unchecked() {
    let mut case = convicted(day(2026, 10, 1));
    case.proposal.order = Some(OrderKind::ConditionalDischarge);
    let finding = found(&case, "law.discharge.unchecked");
    assert_eq!(finding.source.map(|s| s.verified), Some(false));
}

#[test]
fn a_programme_and_rehabilitation_days_alone_leave_nothing_for_punishment() {
    let case = community_order(vec![amount("programme", 19), amount("rar", 20)]);
    let finding = found(&case, "law.co.no-punishment");
    assert_eq!(finding.severity, Severity::Warn);
    assert_eq!(finding.resolve.len(), 3, "three ways out");
    assert!(citation(&finding).contains("s.208(10)-(11)"));
}

#[test]
fn a_fine_a_marked_requirement_or_exceptional_circumstances_meet_the_rule() {
    let mut case = community_order(vec![amount("rar", 20)]);
    case.proposal.punished = Some(HowPunished::Fine { note: None });
    not_found(&case, "law.co.no-punishment");
    case.proposal.punished = Some(HowPunished::ExceptionalCircumstances {
        reason: "Twins born last week.".into(),
    });
    not_found(&case, "law.co.no-punishment");
    not_found(&case, "law.co.punishment-reason-missing");
    case.proposal.punished = None;
    case.proposal
        .requirements
        .push(punishing(amount("unpaid_work", 60)));
    not_found(&case, "law.co.no-punishment");
    not_found(&case, "law.co.punishment-unusual");
}

#[test]
fn exceptional_circumstances_have_to_be_set_out() {
    let mut case = community_order(vec![amount("rar", 20)]);
    case.proposal.punished = Some(HowPunished::ExceptionalCircumstances {
        reason: "  ".into(),
    });
    found(&case, "law.co.punishment-reason-missing");
}

#[test]
fn punishment_by_a_requirement_that_is_not_marked_is_refused() {
    let mut case = community_order(vec![amount("rar", 20)]);
    case.proposal.punished = Some(HowPunished::Requirement);
    refused(&case, "law.co.punishment-not-marked");
    case.proposal.requirements[0].purposes = vec![Purpose::Punishment];
    not_found(&case, "law.co.punishment-not-marked");
    found(&case, "law.co.punishment-unusual");
}
