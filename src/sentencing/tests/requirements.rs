//! Which requirements are there, what the law asks before they may be imposed, and which
//! go together.

use super::*;
use crate::case::{Answer, AnswerState};

fn dependent(case: &mut CaseFile, answer: &str, state: AnswerState) {
    case.answers.insert(
        "alcohol-dependence".into(),
        Answer {
            state,
            value: Some(answer.into()),
            ..Answer::default()
        },
    );
}

#[test]
fn a_requirement_nobody_knows_is_refused() {
    let finding = refused_without_source(&community_order(vec![requirement("stocks")]));
    assert!(finding.what.contains("stocks"));
}

#[track_caller]
fn refused_without_source(case: &CaseFile) -> Finding {
    let finding = found(case, "law.requirement.unknown");
    assert_eq!(finding.severity, Severity::Block);
    finding
}

#[test]
fn a_requirement_that_has_not_commenced_is_refused_and_says_how_far_was_looked() {
    let case = community_order(vec![months("driving_prohibition", 6)]);
    let finding = refused(&case, "law.requirement.not-commenced");
    assert!(finding.why.contains("11 May 2026"), "{}", finding.why);
}

#[test]
fn an_attendance_centre_is_for_convictions_before_28_june_2022_and_women_under_25() {
    let mut case = community_order(vec![amount("attendance_centre", 24)]);
    case.offences[0].convicted_on = Some(day(2022, 6, 28));
    refused(&case, "law.requirement.other-dates");
    case.offences[0].convicted_on = Some(day(2022, 6, 27));
    not_found(&case, "law.requirement.other-dates");
    case.woman.date_of_birth = Some(day(1997, 6, 27));
    refused(&case, "law.requirement.too-old");
    case.woman.date_of_birth = Some(day(1997, 6, 28));
    not_found(&case, "law.requirement.too-old");
}

#[test]
fn without_a_conviction_date_a_dated_requirement_is_questioned_not_refused() {
    let mut case = community_order(vec![amount("attendance_centre", 24)]);
    case.offences[0].convicted_on = None;
    let finding = found(&case, "law.requirement.other-dates");
    assert_eq!(finding.severity, Severity::Warn);
}

#[test]
fn drug_testing_starts_with_convictions_on_28_june_2022() {
    let mut case = community_order(vec![months("drug_testing", 6)]);
    not_found(&case, "law.requirement.other-dates");
    case.offences[0].convicted_on = Some(day(2022, 6, 27));
    refused(&case, "law.requirement.other-dates");
}

#[test]
fn a_fine_has_no_requirements() {
    let mut case = community_order(vec![amount("rar", 10)]);
    case.proposal.order = Some(OrderKind::Fine);
    refused(&case, "law.requirement.other-order");
}

#[test]
fn treatment_asks_whether_she_is_willing_and_stops_where_she_is_not() {
    for id in ["mhtr", "drr", "atr"] {
        let mut case = community_order(vec![months(id, 6)]);
        found(&case, "law.requirement.willingness-unknown");
        case.proposal.requirements[0].willing = Some(false);
        refused(&case, "law.requirement.unwilling");
        case.proposal.requirements[0].willing = Some(true);
        not_found(&case, "law.requirement.unwilling");
        not_found(&case, "law.requirement.willingness-unknown");
    }
    not_found(
        &community_order(vec![months("drug_testing", 6)]),
        "law.requirement.willingness-unknown",
    );
}

#[test]
fn alcohol_treatment_and_alcohol_abstinence_are_never_together() {
    for pair in [["atr", "aamr"], ["aamr", "atr"]] {
        let case = community_order(pair.iter().map(|id| requirement(id)).collect());
        let finding = refused(&case, "law.requirement.incompatible");
        assert_eq!(finding.at.as_deref(), Some("proposal.requirements[1].id"));
    }
}

#[test]
fn alcohol_treatment_needs_dependence_and_abstinence_monitoring_needs_none() {
    let mut treatment = community_order(vec![months("atr", 6)]);
    let mut abstinence = community_order(vec![amount("aamr", 60)]);
    found(&treatment, "law.requirement.condition-unknown");
    found(&abstinence, "law.requirement.condition-unknown");
    for case in [&mut treatment, &mut abstinence] {
        dependent(case, "yes", AnswerState::KnownFromRecord);
    }
    not_found(&treatment, "law.requirement.condition-not-met");
    let finding = refused(&abstinence, "law.requirement.condition-not-met");
    assert!(finding.why.contains("26(4)"));
    for case in [&mut treatment, &mut abstinence] {
        dependent(case, "no", AnswerState::Answered);
    }
    refused(&treatment, "law.requirement.condition-not-met");
    not_found(&abstinence, "law.requirement.condition-not-met");
}

#[test]
fn an_answer_she_declined_is_not_known_and_never_a_no() {
    let mut case = community_order(vec![months("atr", 6)]);
    dependent(&mut case, "no", AnswerState::PrefersNotToSay);
    found(&case, "law.requirement.condition-unknown");
    not_found(&case, "law.requirement.condition-not-met");
}

#[test]
fn electronic_monitoring_cannot_stand_alone_or_with_abstinence_only() {
    let monitoring = || months("electronic_compliance_monitoring", 3);
    let code = "law.requirement.needs-another";
    refused(&community_order(vec![monitoring()]), code);
    refused(
        &community_order(vec![monitoring(), amount("aamr", 60)]),
        code,
    );
    not_found(
        &community_order(vec![monitoring(), months("curfew", 3)]),
        code,
    );
}

#[test]
fn a_curfew_without_monitoring_needs_a_reason() {
    let mut case = community_order(vec![months("curfew", 3)]);
    let finding = found(&case, "law.requirement.monitoring");
    assert_eq!(finding.severity, Severity::Warn);
    case.proposal.requirements[0].no_monitoring_reason = Some("No power at the address.".into());
    not_found(&case, "law.requirement.monitoring");
    case.proposal.requirements[0].no_monitoring_reason = None;
    case.proposal
        .requirements
        .push(months("electronic_compliance_monitoring", 3));
    not_found(&case, "law.requirement.monitoring");
}

#[test]
fn drug_rehabilitation_over_twelve_months_must_be_reviewed() {
    let mut case = community_order(vec![months("drr", 12)]);
    case.proposal.months = Some(24);
    not_found(&case, "law.requirement.review");
    case.proposal.requirements[0].months = Some(13);
    found(&case, "law.requirement.review");
    found(&case, "law.requirement.recommendation");
}

#[test]
fn the_same_requirement_twice_is_pointed_out_unless_it_may_repeat() {
    let two = |id: &str| community_order(vec![requirement(id), requirement(id)]);
    found(&two("rar"), "law.requirement.twice");
    not_found(&two("programme"), "law.requirement.twice");
}

#[test]
fn every_finding_of_law_names_its_source() {
    let mut case = community_order(vec![
        months("curfew", 30),
        amount("unpaid_work", 10),
        requirement("atr"),
        requirement("aamr"),
        requirement("restriction_zone"),
        requirement("attendance_centre"),
    ]);
    case.proposal.months = Some(40);
    for finding in findings(&case) {
        assert!(finding.source.is_some(), "{finding:?}");
        assert!(
            !finding.what.contains('{') && !finding.why.contains('{'),
            "{finding:?}"
        );
        assert!(!finding.resolve.is_empty(), "{finding:?}");
    }
}
