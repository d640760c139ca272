//! Figures: the least and the most, and a curfew's hours.

use super::*;

const WEEK: [Day; 7] = Day::ALL;

fn curfew(hours: u32, slots: Vec<Slot>) -> CaseFile {
    community_order(vec![ProposedRequirement {
        slots,
        amount: Some(hours),
        ..punishing(months("curfew", 3))
    }])
}

#[test]
fn unpaid_work_is_lawful_from_40_to_300_hours() {
    let hours = |n| community_order(vec![punishing(amount("unpaid_work", n))]);
    let finding = refused(&hours(39), "law.requirement.too-little");
    assert!(finding.what.contains("39 hours") && finding.what.contains("40 hours"));
    assert!(citation(&finding).contains("Sch 9 Part 1"));
    assert_eq!(
        finding.at.as_deref(),
        Some("proposal.requirements[0].amount")
    );
    for lawful in [40, 300] {
        not_found(&hours(lawful), "law.requirement.too-little");
        not_found(&hours(lawful), "law.requirement.too-much");
    }
    let finding = refused(&hours(301), "law.requirement.too-much");
    assert!(finding.what.contains("301 hours") && finding.what.contains("300 hours"));
}

#[test]
fn alcohol_monitoring_has_a_most_and_no_least() {
    let days = |n| community_order(vec![amount("aamr", n)]);
    not_found(&days(1), "law.requirement.too-little");
    not_found(&days(120), "law.requirement.too-much");
    refused(&days(121), "law.requirement.too-much");
}

#[test]
fn rehabilitation_days_have_no_statutory_figure() {
    let case = community_order(vec![amount("rar", 4_000_000_000)]);
    not_found(&case, "law.requirement.too-much");
}

#[test]
fn an_amount_of_nought_is_an_amount_not_given() {
    for given in [None, Some(0)] {
        let case = community_order(vec![ProposedRequirement {
            amount: given,
            ..requirement("unpaid_work")
        }]);
        let finding = found(&case, "law.requirement.amount-missing");
        assert_eq!(finding.severity, Severity::Warn);
        not_found(&case, "law.requirement.too-little");
    }
}

#[test]
fn a_requirement_measured_by_its_length_asks_for_months_and_ignores_a_number() {
    let case = community_order(vec![amount("mhtr", 12)]);
    found(&case, "law.requirement.period-missing");
    found(&case, "law.requirement.amount-unused");
    let case = community_order(vec![months("mhtr", 12)]);
    not_found(&case, "law.requirement.period-missing");
}

#[test]
fn days_stand_for_a_period_where_the_law_offers_either() {
    let case = community_order(vec![amount("prohibited_activity", 5)]);
    not_found(&case, "law.requirement.period-missing");
    let case = community_order(vec![requirement("prohibited_activity")]);
    found(&case, "law.requirement.period-missing");
}

#[test]
fn a_curfew_has_from_2_to_20_hours_a_day() {
    refused(&curfew(1, vec![]), "law.requirement.too-little");
    not_found(&curfew(2, vec![]), "law.requirement.too-little");
    not_found(&curfew(20, vec![]), "law.requirement.too-much");
    let finding = refused(&curfew(21, vec![]), "law.requirement.too-much");
    assert!(finding.what.contains("20 hours a day"));
}

#[test]
fn a_curfew_convicted_on_27_june_2022_is_held_to_16_hours_and_a_year() {
    let on = |convicted| {
        let mut case = curfew(17, vec![]);
        case.offences[0].convicted_on = Some(convicted);
        case.proposal.months = Some(24);
        case.proposal.requirements[0].months = Some(13);
        case
    };
    let before = on(day(2022, 6, 27));
    refused(&before, "law.requirement.too-much");
    refused(&before, "law.requirement.too-long");
    let after = on(day(2022, 6, 28));
    not_found(&after, "law.requirement.too-much");
    not_found(&after, "law.requirement.too-long");
}

#[test]
fn a_curfew_over_112_hours_a_week_is_refused_with_its_source() {
    // Seven nights of 16 hours are 112; one hour more on Sunday is too much.
    let nights = slot(&WEEK, "17:00", "09:00");
    not_found(&curfew(16, vec![nights.clone()]), "law.curfew.week");
    let longer = slot(&[Day::Sunday], "16:00", "17:00");
    let finding = refused(&curfew(17, vec![nights, longer]), "law.curfew.week");
    assert!(finding.what.contains("113 hours"), "{}", finding.what);
    assert!(finding.what.contains("112"));
    assert!(citation(&finding).contains("Sch 9 Part 5"));
    assert_eq!(
        finding.at.as_deref(),
        Some("proposal.requirements[0].slots")
    );
}

#[test]
fn a_curfew_without_days_that_would_pass_112_hours_is_asked_about() {
    let finding = found(&curfew(17, vec![]), "law.curfew.week-if-daily");
    assert_eq!(finding.severity, Severity::Warn);
    assert!(finding.what.contains("119 hours"));
    not_found(&curfew(16, vec![]), "law.curfew.week-if-daily");
}

#[test]
fn a_single_curfew_day_over_20_hours_is_refused() {
    let most = slot(&[Day::Saturday], "00:00", "20:00");
    not_found(&curfew(20, vec![most]), "law.curfew.day-too-long");
    let over = slot(&[Day::Saturday], "00:00", "20:30");
    let finding = refused(&curfew(20, vec![over]), "law.curfew.day-too-long");
    assert!(
        finding.what.contains("Saturday is 20.5 hours"),
        "{}",
        finding.what
    );
}

#[test]
fn a_night_past_midnight_is_one_curfew() {
    let night = slot(&[Day::Friday], "23:00", "01:00");
    not_found(&curfew(2, vec![night]), "law.curfew.day-too-short");
    let hour = slot(&[Day::Friday], "19:00", "20:00");
    refused(&curfew(2, vec![hour]), "law.curfew.day-too-short");
}

#[test]
fn hours_that_overlap_are_counted_once() {
    let twice = vec![slot(&WEEK, "00:00", "12:00"), slot(&WEEK, "06:00", "16:00")];
    not_found(&curfew(16, twice), "law.curfew.week");
}

#[test]
fn the_end_of_the_day_is_a_whole_day() {
    let evening = slot(&WEEK, "12:00", "23:59");
    let finding = found(&curfew(11, vec![evening]), "law.curfew.times-differ");
    assert!(
        finding.what.contains("12 hours on Monday"),
        "{}",
        finding.what
    );
}

#[test]
fn exclusion_is_capped_at_two_years_in_a_community_order_only() {
    let mut case = community_order(vec![punishing(months("exclusion", 25))]);
    case.proposal.months = Some(36);
    refused(&case, "law.requirement.too-long");
    case.proposal.order = Some(OrderKind::SuspendedSentenceOrder);
    not_found(&case, "law.requirement.too-long");
}

#[test]
fn foreign_travel_may_be_prohibited_for_twelve_months() {
    let case = community_order(vec![months("foreign_travel_prohibition", 12)]);
    not_found(&case, "law.requirement.too-long");
    let mut case = community_order(vec![months("foreign_travel_prohibition", 13)]);
    case.proposal.months = Some(18);
    refused(&case, "law.requirement.too-long");
}

#[test]
fn unpaid_work_lost_its_twelve_months_on_11_may_2026() {
    let mut case = community_order(vec![ProposedRequirement {
        months: Some(18),
        ..punishing(amount("unpaid_work", 100))
    }]);
    case.offences[0].convicted_on = Some(day(2026, 4, 1));
    case.proposal.months = Some(24);
    let on = |today| check(&case, pack(), today);
    assert!(find(&on(day(2026, 5, 10)), "law.requirement.too-long").is_some());
    assert!(find(&on(day(2026, 5, 11)), "law.requirement.too-long").is_none());
    // The order would be made at the hearing, not on the day of the check.
    case.hearing.date = Some(day(2026, 5, 11));
    let early = check(&case, pack(), day(2026, 5, 1));
    assert!(find(&early, "law.requirement.too-long").is_none());
}
