//! The order's weeks: what starts when, how long it lasts, and when it is too much.

use proptest::prelude::*;

use super::*;
use crate::sentencing::{CaseDates, FIRST_WEEKS, Filling, Outlook, WeeklyLoad};

fn at(id: &str, n: u32, starts: &str, slots: Vec<Slot>) -> ProposedRequirement {
    ProposedRequirement {
        starts: Some(starts.into()),
        slots,
        ..amount(id, n)
    }
}

fn outlook(case: &CaseFile) -> Outlook {
    Outlook::of(case, &pack().in_force(&CaseDates::of(case, today())))
}

fn mornings(days: &[Day]) -> Vec<Slot> {
    vec![slot(days, "10:00", "13:00")]
}

#[test]
fn hours_of_unpaid_work_end_in_the_week_in_which_they_are_done() {
    let case = community_order(vec![at(
        "unpaid_work",
        60,
        "within two weeks of sentence",
        mornings(&[Day::Tuesday, Day::Thursday]),
    )]);
    let outlook = outlook(&case);
    let line = &outlook.lines[0];
    // 60 hours at 6 a week are ten weeks, from the second to the eleventh.
    assert_eq!((line.starts, line.ends), (Some(2), Some(11)));
    assert!(outlook.first[0].runs.is_empty());
    assert_eq!(outlook.first[1].starts, [0]);
    assert_eq!(outlook.first[10].minutes, 360);
    assert!(outlook.first[11].runs.is_empty());
}

#[test]
fn a_start_that_the_words_do_not_tell_is_not_known_and_stands_in_no_week() {
    let case = community_order(vec![at(
        "programme",
        19,
        "when a place is confirmed",
        mornings(&[Day::Monday]),
    )]);
    let outlook = outlook(&case);
    assert_eq!(outlook.lines[0].starts, None);
    assert_eq!(outlook.unplaced().count(), 1);
    assert!(outlook.first.iter().all(|week| week.runs.is_empty()));
}

#[test]
fn the_longest_known_words_tell_the_week() {
    let pack = pack();
    assert_eq!(
        pack.start_week("Within five working days of sentence"),
        Some(1)
    );
    assert_eq!(pack.start_week("In week 12, after the programme"), Some(12));
    assert_eq!(pack.start_week("soon"), None);
    assert_eq!(pack.start_week(""), None);
}

#[test]
fn more_appointments_in_a_week_than_the_pack_points_out_are_too_many() {
    let most = pack().about.most_contacts_a_week as usize;
    let days = &Day::ALL[..=most];
    let case = community_order(vec![at("rar", 20, "within a week", mornings(days))]);
    let week = &outlook(&case).first[0];
    assert_eq!(week.contacts as usize, most + 1);
    assert!(week.too_many);
}

#[test]
fn the_way_there_and_back_fills_time_of_its_own_and_falls_on_what_is_there() {
    let mut rar = at("rar", 20, "within a week", mornings(&[Day::Tuesday]));
    rar.travel_minutes = Some(45);
    let case = community_order(vec![rar]);
    let load = WeeklyLoad::of(&case, &pack().in_force(&CaseDates::of(&case, today())));
    let way = load.minutes_on(Day::Tuesday, |f| f == Filling::Travel);
    assert_eq!(way, 90);
    assert_eq!(load.proposed_minutes(), 180 + 90);
    assert_eq!(outlook(&case).lines[0].travel, 90);
    assert!(load.clashes().is_empty(), "it does not fall on itself");
}

#[test]
fn free_time_is_what_nothing_fills_of_her_waking_day() {
    let case = community_order(vec![at(
        "rar",
        2,
        "within a week",
        mornings(&[Day::Friday]),
    )]);
    let load = WeeklyLoad::of(&case, &pack().in_force(&CaseDates::of(&case, today())));
    assert_eq!(load.free_on(Day::Friday, 7, 22), (15 - 3) * 60);
    assert_eq!(load.free_on(Day::Friday, 12, 13), 0);
    assert_eq!(load.free_on(Day::Monday, 7, 22), 15 * 60);
}

#[test]
fn an_order_without_a_length_still_shows_its_first_weeks() {
    let mut case = community_order(vec![at(
        "rar",
        2,
        "within a week",
        mornings(&[Day::Friday]),
    )]);
    case.proposal.months = None;
    let outlook = outlook(&case);
    assert_eq!(outlook.weeks, None);
    assert_eq!(outlook.first.len(), FIRST_WEEKS as usize);
    assert_eq!(outlook.lines[0].ends, Some(2));
}

proptest! {
    #[test]
    fn nothing_ends_after_the_order_or_before_it_starts_whatever_the_figures(
        hours in 0u32..=u32::MAX,
        months in 0u32..=u32::MAX,
        week in 1u32..=12,
        travel in 0u32..=u32::MAX,
    ) {
        let starts = format!("in week {week}");
        let mut one = at("unpaid_work", hours, &starts, mornings(&[Day::Tuesday]));
        one.travel_minutes = Some(travel);
        let mut case = community_order(vec![one]);
        case.proposal.months = Some(months);
        let outlook = outlook(&case);
        let line = &outlook.lines[0];
        if let (Some(start), Some(end)) = (line.starts, line.ends) {
            prop_assert!(start <= end);
            if let Some(weeks) = outlook.weeks {
                prop_assert!(end <= weeks.max(start));
            }
        }
        let law = pack();
        let load = WeeklyLoad::of(&case, &law.in_force(&CaseDates::of(&case, today())));
        for day in Day::ALL {
            prop_assert!(load.minutes_on(day, |_| true) <= 24 * 60);
        }
    }
}
