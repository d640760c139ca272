//! What holds for every proposal, however odd.

use proptest::{collection::vec, option, prelude::*, sample::select};

use super::*;
use crate::{
    case::{HowPunished, SuspendedTerms},
    sentencing::{CaseDates, Unit, WeeklyLoad, amount_words},
};

const LIMITS: [&str; 2] = ["law.requirement.too-little", "law.requirement.too-much"];

fn ids() -> Vec<String> {
    let mut ids: Vec<String> = pack()
        .all_requirements()
        .iter()
        .map(|r| r.id.clone())
        .collect();
    ids.push("nonsense".into());
    ids
}

fn any_day() -> impl Strategy<Value = NaiveDate> {
    (2015_i32..2035, 1_u32..13, 1_u32..29).prop_map(|(y, m, d)| day(y, m, d))
}

fn any_slot() -> impl Strategy<Value = Slot> {
    let time = || (0_u32..24, 0_u32..60);
    (vec(select(Day::ALL.to_vec()), 0..9), time(), time()).prop_map(|(days, from, to)| Slot {
        days,
        from: NaiveTime::from_hms_opt(from.0, from.1, 0).unwrap(),
        to: NaiveTime::from_hms_opt(to.0, to.1, 0).unwrap(),
    })
}

fn any_requirement() -> impl Strategy<Value = ProposedRequirement> {
    let text = option::of("[ -z]{0,12}");
    (
        select(ids()),
        option::of(any::<u32>()),
        option::of(any::<u32>()),
        text.clone(),
        text,
        vec(any_slot(), 0..4),
        option::of(any_day()),
        option::of(any::<bool>()),
    )
        .prop_map(
            |(id, amount, months, detail, reason, slots, checked, willing)| ProposedRequirement {
                id,
                amount,
                months,
                detail,
                no_monitoring_reason: reason,
                slots,
                availability_checked: checked,
                willing,
                ..ProposedRequirement::default()
            },
        )
}

fn any_case() -> impl Strategy<Value = CaseFile> {
    let order = option::of(select(vec![
        OrderKind::CommunityOrder,
        OrderKind::SuspendedSentenceOrder,
        OrderKind::Deferment,
        OrderKind::ConditionalDischarge,
        OrderKind::Fine,
        OrderKind::CustodyUnavoidable,
    ]));
    let offences: Vec<String> = pack().offences().iter().map(|o| o.id.clone()).collect();
    (
        order,
        option::of(any::<u32>()),
        vec(any_requirement(), 0..6),
        option::of(any_day()),
        option::of(select(offences)),
        (
            option::of(any::<u32>()),
            option::of(any::<u32>()),
            option::of(any::<u32>()),
        ),
        any::<bool>(),
    )
        .prop_map(
            |(order, months, requirements, convicted_on, id, terms, fined)| {
                let mut case = CaseFile::new();
                case.offences.push(Offence {
                    id,
                    title: "an {odd} offence".into(),
                    convicted_on,
                    ..Offence::default()
                });
                case.proposal.order = order;
                case.proposal.months = months;
                case.proposal.requirements = requirements;
                case.proposal.suspended = Some(SuspendedTerms {
                    custodial_months: terms.0,
                    operational_months: terms.1,
                    supervision_months: terms.2,
                });
                case.proposal.punished = fined.then_some(HowPunished::Fine { note: None });
                case
            },
        )
}

proptest! {
    #[test]
    fn an_amount_within_its_limits_is_never_faulted_and_one_outside_always_is(
        id in select(vec!["unpaid_work", "curfew", "aamr", "rar", "programme"]),
        n in prop_oneof![1_u32..400, any::<u32>()],
        convicted_on in select(vec![(2021, 1, 1), (2022, 6, 27), (2022, 6, 28), (2026, 10, 1)]),
    ) {
        let (year, month, date) = convicted_on;
        let mut case = community_order(vec![amount(id, n)]);
        case.offences[0].convicted_on = Some(day(year, month, date));
        let law = pack().in_force(&CaseDates::of(&case, today()));
        let row = law.requirement(id).unwrap();
        let within = n >= row.min.unwrap_or(1) && n <= row.max.unwrap_or(u32::MAX);
        let faulted = findings(&case).iter().any(|f| LIMITS.contains(&f.code.as_str()));
        prop_assert_eq!(faulted, !within && n > 0);
    }

    #[test]
    fn no_proposal_makes_the_check_panic_or_leave_a_place_unfilled(
        case in any_case(),
        on in any_day(),
    ) {
        for finding in check(&case, pack(), on) {
            prop_assert!(!finding.what.is_empty());
            prop_assert!(!finding.resolve.is_empty());
            for text in [&finding.what, &finding.why].into_iter().chain(&finding.resolve) {
                // The title's own braces are an author's words and stay as they are.
                prop_assert_eq!(text.replace("{odd}", "").find('{'), None);
            }
        }
    }

    #[test]
    fn the_week_never_counts_more_than_it_has(slots in vec(any_slot(), 0..12)) {
        let mut case = community_order(vec![ProposedRequirement { slots, ..amount("rar", 20) }]);
        let law = pack().in_force(&CaseDates::of(&case, today()));
        let load = WeeklyLoad::of(&case, &law);
        prop_assert!(load.filled_minutes() <= 7 * 24 * 60);
        prop_assert!(load.items.iter().all(|i| i.start < i.end && i.end <= 24 * 60));
        case.proposal.requirements.clear();
        prop_assert_eq!(WeeklyLoad::of(&case, &law).proposed_minutes(), 0);
    }

    #[test]
    fn findings_do_not_depend_on_the_order_of_entry(
        ids in Just(vec!["curfew", "aamr", "atr", "rar"]).prop_shuffle(),
    ) {
        let case = community_order(ids.iter().map(|id| requirement(id)).collect());
        let mut codes: Vec<String> = findings(&case).into_iter().map(|f| f.code).collect();
        let sorted = community_order(["curfew", "aamr", "atr", "rar"].map(requirement).to_vec());
        let mut expected: Vec<String> = findings(&sorted).into_iter().map(|f| f.code).collect();
        codes.sort();
        expected.sort();
        prop_assert_eq!(codes, expected);
    }

    #[test]
    fn words_for_an_amount_never_show_a_place(asked in any_requirement()) {
        for row in pack().all_requirements().iter().filter(|r| r.id == asked.id) {
            let words = amount_words(row, &asked);
            prop_assert_eq!(words.find('{'), None);
            prop_assert!(row.unit != Unit::None || asked.months.is_some() || words.is_empty());
        }
    }
}
