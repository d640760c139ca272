//! Angela and Miriam: what their proposals must show. Lines that are not in the guide
//! are fictional.

use super::*;
use crate::{
    case::{
        Commitment, CommitmentKind, CourtKind, CustodyPosition, ExistingOrder, ExistingOrderKind,
        Indication,
    },
    sentencing::{PresumptionOutcome, presumption},
};

fn angela() -> CaseFile {
    let mut case = convicted(day(2026, 10, 20));
    case.offences[0].id = Some("assault-occasioning-actual-bodily-harm".into());
    case.offences[0].title = "Assault occasioning actual bodily harm".into();
    case.hearing.kind = Some(CourtKind::Magistrates);
    case.hearing.indication = Some(Indication::AllOptions);
    case.existing_orders.push(ExistingOrder {
        kind: ExistingOrderKind::SuspendedSentenceOrder,
        made_on: Some(day(2025, 12, 1)),
        terms: None,
        offended_while_subject: Some(true),
        breach_before_court: Some(true),
    });
    case.proposal.order = Some(OrderKind::CommunityOrder);
    case.proposal.months = Some(18);
    case.proposal.requirements = vec![
        ProposedRequirement {
            detail: Some("Thinking Skills Programme".into()),
            ..amount("programme", 19)
        },
        amount("rar", 20),
    ];
    case
}

fn miriam(offence: &str) -> CaseFile {
    let mut case = convicted(day(2026, 10, 20));
    case.offences[0].id = Some(offence.into());
    case.hearing.indication = Some(Indication::CustodyNotConsidered);
    case.proposal.custody = Some(CustodyPosition::NotConsidered);
    case.proposal.order = Some(OrderKind::CommunityOrder);
    case.proposal.months = Some(12);
    case.proposal.requirements = vec![amount("rar", 20)];
    let weekdays = [
        Day::Monday,
        Day::Tuesday,
        Day::Wednesday,
        Day::Thursday,
        Day::Friday,
    ];
    let commitment = |what: &str, kind, from, to| Commitment {
        what: what.into(),
        kind,
        slot: slot(&weekdays, from, to),
    };
    case.week = vec![
        commitment("work", CommitmentKind::Work, "09:30", "13:30"),
        commitment(
            "morning school run",
            CommitmentKind::Childcare,
            "08:15",
            "09:15",
        ),
        commitment(
            "afternoon school run",
            CommitmentKind::Childcare,
            "14:45",
            "15:45",
        ),
    ];
    case
}

#[test]
fn angelas_duty_to_suspend_does_not_apply_because_of_the_order_she_was_under() {
    let account = presumption(&angela(), pack());
    assert_eq!(account.outcome, PresumptionOutcome::DoesNotApply);
    assert_eq!(
        account.reasons,
        ["The offence was committed while she was subject to a suspended sentence order."]
    );
    let finding = found(&angela(), "law.presumption.does-not-apply");
    assert_eq!(finding.severity, Severity::Advise);
}

#[test]
fn angelas_author_is_told_of_punishment_of_the_breach_and_of_the_programme() {
    let all = findings(&angela());
    assert!(all.iter().all(|f| f.severity != Severity::Block), "{all:?}");
    assert_eq!(found(&angela(), "law.co.no-punishment").resolve.len(), 3);
    found(&angela(), "law.co.sso-breach");
    found(&angela(), "practice.availability.not-checked");
}

#[test]
fn miriams_order_depends_on_the_subsection() {
    refused(
        &miriam("school-attendance-simple"),
        "law.co.not-imprisonable",
    );
    found(&miriam("school-attendance"), "law.co.imprisonable-unknown");
    let knowing = findings(&miriam("school-attendance-aggravated"));
    assert!(
        knowing.iter().all(|f| f.severity != Severity::Block),
        "{knowing:?}"
    );
}

#[test]
fn miriams_author_hears_nothing_of_custody() {
    for offence in ["school-attendance-simple", "school-attendance-aggravated"] {
        let all = findings(&miriam(offence));
        assert!(all.iter().all(|f| !f.code.starts_with("law.presumption")));
        assert!(all.iter().all(|f| !f.code.starts_with("law.custody")));
    }
}

#[test]
fn miriam_without_times_has_no_clash_and_with_them_has_two() {
    let mut case = miriam("school-attendance-aggravated");
    let clashes = |case: &CaseFile| {
        let all = findings(case);
        all.into_iter()
            .filter(|f| f.code.contains(".clash."))
            .map(|f| f.code)
            .collect::<Vec<_>>()
    };
    assert!(clashes(&case).is_empty());
    case.proposal.requirements[0].slots = vec![slot(&[Day::Wednesday], "13:00", "15:00")];
    assert_eq!(
        clashes(&case),
        ["law.clash.protected", "practice.clash.care"]
    );
    case.proposal.requirements[0].slots = vec![slot(&[Day::Wednesday], "13:30", "14:45")];
    assert!(clashes(&case).is_empty());
}
