//! Her week: what fills it, and what falls on what.

use super::*;
use crate::{
    case::{ChosenService, Commitment, CommitmentKind},
    sentencing::{CaseDates, WeeklyLoad},
};

const WEEKDAYS: [Day; 5] = [
    Day::Monday,
    Day::Tuesday,
    Day::Wednesday,
    Day::Thursday,
    Day::Friday,
];

fn commitment(what: &str, kind: CommitmentKind, slot: Slot) -> Commitment {
    Commitment {
        what: what.into(),
        kind,
        slot,
    }
}

fn at(id: &str, slots: Vec<Slot>) -> ProposedRequirement {
    ProposedRequirement {
        slots,
        ..amount(id, 20)
    }
}

fn load(case: &CaseFile) -> WeeklyLoad {
    WeeklyLoad::of(case, &pack().in_force(&CaseDates::of(case, today())))
}

#[test]
fn each_day_is_in_order_of_time_and_hours_add_up() {
    let mut case = community_order(vec![at(
        "rar",
        vec![slot(&[Day::Tuesday], "14:00", "16:00")],
    )]);
    case.week = vec![
        commitment(
            "work",
            CommitmentKind::Work,
            slot(&WEEKDAYS, "09:30", "13:30"),
        ),
        commitment(
            "school run",
            CommitmentKind::Childcare,
            slot(&WEEKDAYS, "08:15", "09:00"),
        ),
    ];
    let load = load(&case);
    let tuesday: Vec<&str> = load.day(Day::Tuesday).map(|i| i.what.as_str()).collect();
    assert_eq!(
        tuesday,
        ["school run", "work", "rehabilitation activity requirement"]
    );
    assert_eq!(load.filled_minutes(), 5 * (240 + 45) + 120);
    assert_eq!(load.proposed_minutes(), 120);
    assert_eq!(load.clashes(), []);
}

#[test]
fn a_clash_with_work_names_the_rule_the_days_and_the_hours() {
    let mut case = community_order(vec![at(
        "rar",
        vec![slot(&[Day::Tuesday, Day::Thursday], "10:00", "15:00")],
    )]);
    case.week = vec![commitment(
        "her work",
        CommitmentKind::Work,
        slot(&WEEKDAYS, "09:30", "13:30"),
    )];
    let finding = found(&case, "law.clash.protected");
    assert!(
        finding.what.contains("Tuesday and Thursday 10:00 to 13:30"),
        "{}",
        finding.what
    );
    assert!(citation(&finding).contains("s.208(13)"));
    assert_eq!(finding.severity, Severity::Warn);
    assert_eq!(
        findings(&case)
            .iter()
            .filter(|f| f.code == finding.code)
            .count(),
        1
    );
}

#[test]
fn a_clash_with_a_school_run_is_suitability_and_not_the_laws_list() {
    let mut case = community_order(vec![at(
        "rar",
        vec![slot(&[Day::Monday], "14:00", "15:30")],
    )]);
    let run = slot(&WEEKDAYS, "15:00", "15:45");
    case.week = vec![commitment("school run", CommitmentKind::Childcare, run)];
    let finding = found(&case, "practice.clash.care");
    assert!(citation(&finding).contains("s.208(3)"));
    assert!(!citation(&finding).contains("208(13)"));
    not_found(&case, "law.clash.protected");
}

#[test]
fn an_appointment_that_ends_as_work_begins_is_no_clash() {
    let mut case = community_order(vec![at(
        "rar",
        vec![slot(&[Day::Monday], "08:30", "09:30")],
    )]);
    case.week = vec![commitment(
        "work",
        CommitmentKind::Work,
        slot(&WEEKDAYS, "09:30", "13:30"),
    )];
    not_found(&case, "law.clash.protected");
}

#[test]
fn a_curfew_overlaps_the_school_run_and_adds_no_appointment() {
    let mut case = community_order(vec![at("curfew", vec![slot(&WEEKDAYS, "19:00", "09:00")])]);
    let run = slot(&WEEKDAYS, "08:15", "09:00");
    case.week = vec![commitment("school run", CommitmentKind::Childcare, run)];
    assert_eq!(load(&case).proposed_minutes(), 0);
    let finding = found(&case, "practice.clash.care");
    // Monday's morning follows Sunday night, which has no curfew.
    assert!(
        finding
            .what
            .contains("Tuesday, Wednesday, Thursday and Friday 08:15 to 09:00"),
        "{}",
        finding.what
    );
}

#[test]
fn a_service_and_the_requirement_it_delivers_are_one_thing() {
    let group = slot(&[Day::Tuesday], "10:00", "13:00");
    let mut case = community_order(vec![ProposedRequirement {
        service: Some("alana-house".into()),
        ..at("rar", vec![group.clone()])
    }]);
    case.services = vec![ChosenService {
        id: "alana-house".into(),
        name: "Alana House".into(),
        slots: vec![group],
        ..ChosenService::default()
    }];
    assert_eq!(load(&case).items.len(), 1);
    not_found(&case, "law.clash.requirements");
    case.proposal.requirements[0].service = None;
    found(&case, "law.clash.requirements");
}

#[test]
fn her_own_commitments_may_overlap_without_remark() {
    let mut case = community_order(vec![]);
    let hours = slot(&WEEKDAYS, "09:00", "12:00");
    case.week = vec![
        commitment("work", CommitmentKind::Work, hours.clone()),
        commitment("minding", CommitmentKind::Childcare, hours),
    ];
    assert_eq!(load(&case).clashes(), []);
    assert_eq!(load(&case).filled_minutes(), 5 * 180);
}

#[test]
fn a_time_without_length_or_day_is_pointed_out() {
    let mut case = community_order(vec![]);
    let nothing = slot(&WEEKDAYS, "09:00", "09:00");
    case.week = vec![commitment("work", CommitmentKind::Work, nothing)];
    let finding = found(&case, "practice.slot.empty");
    assert_eq!(finding.at.as_deref(), Some("week[0]"));
}
