//! Whether the offences allow the order.

use super::*;
use crate::case::{ExistingOrder, ExistingOrderKind};

fn offence(id: Option<&str>, imprisonable: Option<bool>) -> Offence {
    Offence {
        id: id.map(str::to_owned),
        title: "the offence".into(),
        convicted_on: Some(day(2026, 10, 1)),
        imprisonable,
        ..Offence::default()
    }
}

fn order_for(offences: Vec<Offence>) -> CaseFile {
    let mut case = community_order(vec![punishing(amount("unpaid_work", 80))]);
    case.offences = offences;
    case
}

#[test]
fn a_simple_school_attendance_offence_refuses_a_community_order() {
    let case = order_for(vec![offence(Some("school-attendance-simple"), None)]);
    let finding = refused(&case, "law.co.not-imprisonable");
    assert!(finding.why.contains("level 3 fine"), "{}", finding.why);
    assert!(finding.why.contains("s.444(1)") && finding.why.contains("24 April 2017"));
    assert!(citation(&finding).contains("s.202"));
    assert_eq!(finding.at.as_deref(), Some("offences[0]"));
}

#[test]
fn knowingly_failing_allows_a_community_order() {
    let case = order_for(vec![offence(Some("school-attendance-aggravated"), None)]);
    let all = findings(&case);
    assert!(all.iter().all(|f| f.severity != Severity::Block), "{all:?}");
}

#[test]
fn where_the_subsection_is_not_known_the_author_is_asked_which() {
    let case = order_for(vec![offence(Some("school-attendance"), None)]);
    let finding = found(&case, "law.co.imprisonable-unknown");
    assert_eq!(finding.severity, Severity::Warn);
    assert!(finding.why.contains("s.444(1A)"), "{}", finding.why);
    not_found(&case, "law.co.not-imprisonable");
}

#[test]
fn an_unlisted_offence_asks_whether_it_is_imprisonable_and_believes_the_answer() {
    found(
        &order_for(vec![offence(None, None)]),
        "law.co.imprisonable-unknown",
    );
    refused(
        &order_for(vec![offence(None, Some(false))]),
        "law.co.not-imprisonable",
    );
    not_found(
        &order_for(vec![offence(None, Some(true))]),
        "law.co.imprisonable-unknown",
    );
}

#[test]
fn an_offence_from_general_knowledge_warns_and_does_not_block() {
    let case = order_for(vec![offence(Some("tv-licence"), None)]);
    let finding = found(&case, "law.co.not-imprisonable-unverified");
    assert_eq!(finding.severity, Severity::Warn);
    assert!(finding.why.contains("general knowledge"));
    not_found(&case, "law.co.not-imprisonable");
}

#[test]
fn one_imprisonable_offence_carries_the_order_and_the_other_is_named() {
    let case = order_for(vec![
        offence(Some("theft"), None),
        offence(Some("school-attendance-simple"), None),
    ]);
    let finding = found(&case, "law.co.some-not-imprisonable");
    assert_eq!(finding.at.as_deref(), Some("offences[1]"));
    not_found(&case, "law.co.not-imprisonable");
}

#[test]
fn a_case_file_that_contradicts_the_list_is_questioned() {
    let case = order_for(vec![offence(Some("school-attendance-simple"), Some(true))]);
    found(&case, "law.offence.contradiction");
    refused(&case, "law.co.not-imprisonable");
}

#[test]
fn an_id_that_is_not_in_the_list_is_questioned() {
    let case = order_for(vec![offence(Some("piracy"), Some(true))]);
    let finding = found(&case, "law.offence.unknown-id");
    assert!(finding.what.contains("piracy"));
}

#[test]
fn a_suspended_sentence_needs_an_imprisonable_offence_too() {
    let mut case = order_for(vec![offence(Some("school-attendance-simple"), None)]);
    case.proposal.order = Some(OrderKind::SuspendedSentenceOrder);
    refused(&case, "law.custody.not-imprisonable");
    case.proposal.order = Some(OrderKind::Fine);
    not_found(&case, "law.custody.not-imprisonable");
}

#[test]
fn a_girl_under_18_when_convicted_is_refused() {
    let mut case = community_order(vec![]);
    case.woman.date_of_birth = Some(day(2008, 10, 2));
    let finding = refused(&case, "law.adult");
    assert!(finding.what.contains("17"));
    case.woman.date_of_birth = Some(day(2008, 10, 1));
    not_found(&case, "law.adult");
    case.woman.date_of_birth = Some(day(2050, 1, 1));
    not_found(&case, "law.adult");
}

#[test]
fn an_earlier_suspended_sentence_is_brought_to_mind_with_a_community_order() {
    let mut case = community_order(vec![]);
    case.existing_orders.push(ExistingOrder {
        kind: ExistingOrderKind::SuspendedSentenceOrder,
        made_on: None,
        terms: None,
        offended_while_subject: Some(true),
        breach_before_court: None,
    });
    let finding = found(&case, "law.co.sso-breach");
    assert_eq!(finding.severity, Severity::Advise);
    assert!(citation(&finding).contains("s.203"));
}

#[test]
fn an_empty_case_file_finds_nothing_to_refuse() {
    let all = findings(&CaseFile::new());
    assert!(all.is_empty(), "{all:?}");
}

#[test]
fn a_conviction_before_the_code_is_said_not_to_be_covered() {
    let mut case = community_order(vec![amount("unpaid_work", 10)]);
    case.offences[0].convicted_on = Some(day(2020, 11, 30));
    found(&case, "law.dates.before-code");
    not_found(&case, "law.requirement.too-little");
    case.offences[0].convicted_on = Some(day(2020, 12, 1));
    not_found(&case, "law.dates.before-code");
}

#[test]
fn a_missing_conviction_date_says_which_law_is_assumed() {
    let mut case = community_order(vec![]);
    case.offences[0].convicted_on = None;
    let finding = found(&case, "law.dates.conviction-missing");
    assert!(finding.why.contains("22 November 2026"), "{}", finding.why);
}

#[test]
fn convictions_on_both_sides_of_a_change_are_pointed_out() {
    let mut case = community_order(vec![punishing(amount("curfew", 12))]);
    case.offences = vec![offence(Some("theft"), None), offence(Some("theft"), None)];
    case.offences[0].convicted_on = Some(day(2022, 6, 27));
    case.offences[1].convicted_on = Some(day(2022, 6, 28));
    let finding = found(&case, "law.dates.mixed");
    assert!(
        finding.what.contains("curfew requirement"),
        "{}",
        finding.what
    );
    assert!(!finding.what.contains("Longest term"), "{}", finding.what);
}
