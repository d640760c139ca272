//! Properties of dated law, for any date and any proposal.

use proptest::{collection::vec, option, prelude::*, sample::select};

use super::*;
use crate::{
    case::{ExistingOrder, ExistingOrderKind, SuspendedTerms},
    sentencing::{CaseDates, DateTest, OrderWithRequirements, Unit},
};

fn any_day() -> impl Strategy<Value = NaiveDate> {
    // Dense about the days on which the law changed.
    let about = |y, m, d| (-3_i64..4).prop_map(move |n| day(y, m, d) + chrono::Duration::days(n));
    prop_oneof![
        (2019_i32..2028, 1_u32..13, 1_u32..29).prop_map(|(y, m, d)| day(y, m, d)),
        about(2020, 12, 1),
        about(2022, 6, 28),
        about(2026, 3, 22),
        about(2026, 5, 11),
        about(2027, 1, 4),
    ]
}

/// The pack with a commencement recorded, so that a row is chosen by each date test.
fn law() -> &'static LawPack {
    static LAW: std::sync::LazyLock<LawPack> = std::sync::LazyLock::new(|| {
        let record = "[[commencement]]\ncode = \"sa2026-s14\"\non = 2027-01-04\nsource = \"SI\"\n\
             recorded_by = \"A\"\nrecorded_on = 2026-12-01\n";
        pack().with_commencements("c.toml", record).unwrap()
    });
    &LAW
}

/// Every row in force, with the test that chose it.
fn chosen(dates: &CaseDates) -> Vec<(String, DateTest, Option<NaiveDate>)> {
    let law = law().in_force(dates);
    let rules = law.rules().map(|r| (r.code.clone(), r.date_test, r.from));
    let mut ids: Vec<&str> = super::pack()
        .all_requirements()
        .iter()
        .map(|r| r.id.as_str())
        .collect();
    ids.dedup();
    let rows = ids.into_iter().filter_map(|id| law.requirement(id));
    let rows = rows.map(|r| (r.id.clone(), r.date_test, r.from));
    let mut all: Vec<_> = rules.chain(rows).collect();
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all
}

fn asked() -> impl Strategy<Value = ProposedRequirement> {
    let ids: Vec<String> = pack()
        .all_requirements()
        .iter()
        .map(|r| r.id.clone())
        .collect();
    (
        select(ids),
        option::of(prop_oneof![0_u32..320, any::<u32>()]),
        option::of(prop_oneof![0_u32..40, any::<u32>()]),
        option::of(any::<bool>()),
    )
        .prop_map(|(id, amount, months, willing)| ProposedRequirement {
            id,
            amount,
            months,
            willing,
            purposes: vec![Purpose::Punishment],
            ..ProposedRequirement::default()
        })
}

fn proposals() -> impl Strategy<Value = CaseFile> {
    (
        any::<bool>(),
        0_u32..50,
        (0_u32..40, 0_u32..40, 0_u32..30),
        vec(asked(), 0..6),
        any_day(),
    )
        .prop_map(|(community, months, terms, requirements, convicted_on)| {
            let mut case = convicted(convicted_on);
            case.proposal.order = Some(if community {
                OrderKind::CommunityOrder
            } else {
                OrderKind::SuspendedSentenceOrder
            });
            case.proposal.months = Some(months);
            case.proposal.suspended = Some(SuspendedTerms {
                custodial_months: Some(terms.0),
                operational_months: Some(terms.1),
                supervision_months: Some(terms.2),
            });
            case.proposal.requirements = requirements;
            case
        })
}

/// A limit that the proposal breaks, read off the rows and nothing else.
fn broken_limit(case: &CaseFile, dates: &CaseDates) -> Option<String> {
    let law = law().in_force(dates);
    law.rule("code")?;
    let order = case.proposal.order.and_then(OrderWithRequirements::of)?;
    for r in &case.proposal.requirements {
        let Some(row) = law.requirement(&r.id) else {
            return Some(format!("{} is not law here", r.id));
        };
        let counts = !matches!(row.unit, Unit::Period | Unit::None);
        let amount = r.amount.filter(|n| *n > 0 && counts);
        let months = r.months.filter(|n| *n > 0);
        if amount.is_some_and(|n| row.min.is_some_and(|l| n < l) || row.max.is_some_and(|l| n > l))
        {
            return Some(format!("{} by its amount", r.id));
        }
        let limited = row.max_months_for.is_empty() || row.max_months_for.contains(&order);
        let limit = row.max_months.filter(|_| limited);
        if months.is_some_and(|n| limit.is_some_and(|l| n > l)) {
            return Some(format!("{} by its months", r.id));
        }
        if row.needs_willingness && r.willing == Some(false) {
            return Some(format!("{} against her will", r.id));
        }
    }
    let ids: Vec<&str> = case
        .proposal
        .requirements
        .iter()
        .map(|r| r.id.as_str())
        .collect();
    let pair = |a: &str, b: &str| ids.contains(&a) && ids.contains(&b);
    if pair("atr", "aamr") {
        return Some("treatment with abstinence".into());
    }
    let figure = |rule: &str, name: &str| law.figure(rule, name);
    let over = |n: Option<u32>, l: Option<u32>| matches!((n, l), (Some(n), Some(l)) if n > l);
    let terms = case.proposal.suspended.unwrap_or_default();
    let length = match order {
        OrderWithRequirements::Community => {
            over(case.proposal.months, figure("co.length", "max_months"))
        }
        OrderWithRequirements::Suspended => {
            over(terms.custodial_months, figure("sso.term", "max_months"))
                || over(
                    terms.operational_months,
                    figure("sso.operational", "long_max_months"),
                )
                || over(
                    terms.supervision_months,
                    figure("sso.supervision", "max_months"),
                )
                || over(
                    terms.supervision_months,
                    terms.operational_months.filter(|n| *n > 0),
                )
        }
    };
    length.then(|| "the order by its length".into())
}

proptest! {
    #[test]
    fn no_accepted_proposal_breaks_a_limit_in_force(case in proposals(), on in any_day()) {
        let on = on.max(case.conviction_date().unwrap());
        let all = check(&case, law(), on);
        let accepted = all.iter().all(|f| f.severity != Severity::Block);
        let broken = broken_limit(&case, &CaseDates::of(&case, on));
        prop_assert!(!accepted || broken.is_none(), "{broken:?} in {:?}", case.proposal);
    }

    #[test]
    fn changing_a_date_changes_exactly_the_rows_that_it_selects(
        convicted in option::of(any_day()),
        committed in option::of(any_day()),
        today in any_day(),
        other in any_day(),
    ) {
        let before = CaseDates { convicted, committed, today };
        let now = chosen(&before);
        let moved = [
            (CaseDates { convicted: Some(other), ..before }, DateTest::Conviction),
            (CaseDates { committed: Some(other), ..before }, DateTest::Offence),
        ];
        for (dates, test) in moved {
            let then = chosen(&dates);
            let others = |rows: &[(String, DateTest, Option<NaiveDate>)]| {
                let rows = rows.iter().filter(|(_, by, _)| *by != test);
                rows.cloned().collect::<Vec<_>>()
            };
            prop_assert_eq!(others(&now), others(&then), "rows by another date moved");
        }
        // With the conviction known, the day of the order selects its own rows only.
        let known = CaseDates { convicted: Some(other), ..before };
        let later = CaseDates { today: other, ..known };
        let kept = |rows: Vec<(String, DateTest, Option<NaiveDate>)>| {
            let rows = rows.into_iter().filter(|(_, by, _)| *by != DateTest::Order);
            rows.collect::<Vec<_>>()
        };
        prop_assert_eq!(kept(chosen(&known)), kept(chosen(&later)));
    }

    #[test]
    fn a_row_is_in_force_exactly_on_the_days_it_covers(on in any_day()) {
        let dates = CaseDates { convicted: Some(on), committed: Some(on), today: on };
        let in_force = law().in_force(&dates);
        for row in law().all_requirements() {
            let covers = row.from.is_some_and(|from| from <= on)
                && row.to.is_none_or(|to| on <= to);
            let is = in_force.requirement(&row.id) == Some(row);
            prop_assert_eq!(is, covers, "{} from {:?} on {}", row.id, row.from, on);
        }
        for row in law().all_rules() {
            let covers = row.from.is_some_and(|from| from <= on)
                && row.to.is_none_or(|to| on <= to);
            prop_assert_eq!(in_force.rule(&row.code) == Some(row), covers, "{}", row.code);
        }
    }

    #[test]
    fn what_is_found_does_not_depend_on_the_order_of_entry(
        requirements in vec(asked(), 0..6).prop_shuffle(),
        shuffled in any::<prop::sample::Index>(),
        orders in vec(select(vec![
            ExistingOrderKind::CommunityOrder,
            ExistingOrderKind::SuspendedSentenceOrder,
            ExistingOrderKind::Licence,
        ]), 0..4),
    ) {
        let mut case = community_order(requirements.clone());
        let order = |kind| ExistingOrder {
            kind,
            made_on: None,
            terms: None,
            offended_while_subject: Some(true),
            breach_before_court: None,
        };
        case.existing_orders = orders.iter().map(|kind| order(*kind)).collect();
        let told = |case: &CaseFile| {
            let mut all: Vec<(String, Severity)> =
                findings(case).into_iter().map(|f| (f.code, f.severity)).collect();
            all.sort_by(|a, b| a.0.cmp(&b.0));
            all
        };
        let first = told(&case);
        if !requirements.is_empty() {
            let by = shuffled.index(requirements.len());
            case.proposal.requirements.rotate_left(by);
        }
        case.existing_orders.reverse();
        case.proposal.requirements.reverse();
        prop_assert_eq!(first, told(&case));
    }
}

#[test]
fn the_two_names_of_a_barred_pair_stand_in_the_order_of_the_schedule() {
    let pair = |ids: [&str; 2]| community_order(ids.map(requirement).to_vec());
    let one = found(&pair(["atr", "aamr"]), "law.requirement.incompatible");
    let other = found(&pair(["aamr", "atr"]), "law.requirement.incompatible");
    assert_eq!(one.what, other.what);
}
