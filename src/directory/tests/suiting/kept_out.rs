//! Why a service is not offered.

use super::*;

const KEPT_OUT: &[Case] = &[
    (
        "closed",
        |r| states(r, &[term::CLOSED]),
        |_| {},
        KeptOut(Why::Closed),
        "Closed to referrals",
    ),
    (
        "mixed, where she needs women-only",
        |r| r.setting_words = vec!["mixed (not exclusively women)".into()],
        |a| a.wants.women_only = Wish::Needs,
        KeptOut(Why::Mixed),
        "“mixed (not exclusively women)”",
    ),
    (
        "not women-only by its own denial",
        |r| denies(r, &[term::WOMEN_ONLY]),
        |a| a.wants.women_only = Wish::Needs,
        KeptOut(Why::Mixed),
        "“not Women-only service”",
    ),
    (
        "too young",
        |r| r.facts.minimum_age = Some(25),
        |a| a.age = Some(22),
        KeptOut(Why::Age),
        "aged 25 or over. She is 22.",
    ),
    (
        "too old",
        |r| (r.facts.minimum_age, r.facts.maximum_age) = (Some(18), Some(25)),
        |a| a.age = Some(40),
        KeptOut(Why::Age),
        "aged 18 to 25. She is 40.",
    ),
    (
        "another need",
        |r| r.service_types = vec!["debt".into()],
        |_| {},
        KeptOut(Why::OtherNeed),
        "does not mention accommodation",
    ),
];

#[test]
fn a_service_that_cannot_be_offered_says_why() {
    hold(KEPT_OUT);
}
