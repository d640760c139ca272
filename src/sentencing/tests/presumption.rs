//! The duty to suspend short terms: applies, does not apply, cannot tell.

use super::*;
use crate::{
    case::{ExistingOrder, ExistingOrderKind, Indication, SuspendedTerms},
    sentencing::{PresumptionOutcome::*, presumption},
};

fn with_term(months: u32) -> CaseFile {
    let mut case = convicted(day(2026, 10, 1));
    case.proposal.suspended = Some(SuspendedTerms {
        custodial_months: Some(months),
        ..SuspendedTerms::default()
    });
    case
}

fn subject(kind: ExistingOrderKind, offended: Option<bool>) -> ExistingOrder {
    ExistingOrder {
        kind,
        made_on: None,
        terms: None,
        offended_while_subject: offended,
        breach_before_court: None,
    }
}

#[test]
fn it_applies_to_a_term_of_12_months_and_not_of_13() {
    let within = presumption(&with_term(12), pack());
    assert_eq!(within.outcome, Applies);
    assert!(
        within
            .reasons
            .iter()
            .any(|r| r.contains("are for the court"))
    );
    assert!(within.rule.unwrap().citation.contains("s.277A"));
    assert_eq!(presumption(&with_term(13), pack()).outcome, DoesNotApply);
}

#[test]
fn it_is_not_in_force_for_a_conviction_on_21_march_2026() {
    let mut case = with_term(6);
    case.offences[0].convicted_on = Some(day(2026, 3, 21));
    let account = presumption(&case, pack());
    assert_eq!(account.outcome, DoesNotApply);
    assert!(
        account.reasons[0].contains("22 March 2026"),
        "{:?}",
        account.reasons
    );
    assert!(account.reasons[0].contains("21 March 2026"));
    case.offences[0].convicted_on = Some(day(2026, 3, 22));
    assert_eq!(presumption(&case, pack()).outcome, Applies);
}

#[test]
fn it_does_not_apply_to_an_offence_committed_while_subject_to_an_order() {
    for kind in [
        ExistingOrderKind::SuspendedSentenceOrder,
        ExistingOrderKind::CommunityOrder,
    ] {
        let mut case = with_term(6);
        case.existing_orders.push(subject(kind, Some(true)));
        assert_eq!(presumption(&case, pack()).outcome, DoesNotApply);
    }
}

#[test]
fn an_order_she_was_not_subject_to_at_the_time_changes_nothing() {
    let mut case = with_term(6);
    let order = subject(ExistingOrderKind::CommunityOrder, Some(false));
    case.existing_orders.push(order);
    assert_eq!(presumption(&case, pack()).outcome, Applies);
}

#[test]
fn a_licence_is_no_supervision_order_and_another_order_may_be_one() {
    let mut case = with_term(6);
    case.existing_orders = vec![subject(ExistingOrderKind::Licence, Some(true))];
    assert_eq!(presumption(&case, pack()).outcome, Applies);
    case.existing_orders = vec![subject(ExistingOrderKind::Other, Some(true))];
    assert_eq!(presumption(&case, pack()).outcome, CannotTell);
}

#[test]
fn what_is_not_recorded_is_named_and_nothing_is_guessed_from_dates() {
    let mut case = convicted(day(2026, 10, 1));
    let account = presumption(&case, pack());
    assert_eq!(account.outcome, CannotTell);
    assert!(
        account.reasons[0].contains("No term"),
        "{:?}",
        account.reasons
    );
    case = with_term(6);
    case.existing_orders = vec![subject(ExistingOrderKind::CommunityOrder, None)];
    let account = presumption(&case, pack());
    assert_eq!(account.outcome, CannotTell);
    assert!(account.reasons[0].contains("community order"));
    case = with_term(6);
    case.offences[0].convicted_on = None;
    assert_eq!(presumption(&case, pack()).outcome, CannotTell);
}

#[test]
fn convictions_before_and_after_its_start_cannot_be_told_together() {
    let mut case = with_term(6);
    let mut older = case.offences[0].clone();
    older.convicted_on = Some(day(2026, 1, 5));
    case.offences.push(older);
    assert_eq!(presumption(&case, pack()).outcome, CannotTell);
}

#[test]
fn breach_of_a_courts_order_is_outside_it() {
    let mut case = with_term(6);
    case.offences[0].id = Some("restraining-order-breach".into());
    let account = presumption(&case, pack());
    assert_eq!(account.outcome, DoesNotApply);
}

#[test]
fn it_is_advice_and_never_says_what_the_court_should_do() {
    let mut case = with_term(6);
    case.hearing.indication = Some(Indication::AllOptions);
    let finding = found(&case, "law.presumption.applies");
    assert_eq!(finding.severity, Severity::Advise);
    assert!(!finding.what.contains("should"));
}

#[test]
fn where_custody_is_not_considered_nothing_is_said_of_it() {
    let mut case = community_order(vec![amount("rar", 20)]);
    case.hearing.indication = Some(Indication::CustodyNotConsidered);
    let all = findings(&case);
    assert!(all.iter().all(|f| !f.code.starts_with("law.presumption")));
    assert_eq!(presumption(&case, pack()).outcome, DoesNotApply);
}
