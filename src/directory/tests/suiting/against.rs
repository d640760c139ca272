//! What speaks against a service.

use super::*;

const AGAINST: &[Case] = &[
    (
        "paused",
        |r| states(r, &[term::PAUSED]),
        |_| {},
        Against,
        "Referrals are paused",
    ),
    (
        "waiting list",
        |r| {
            states(r, &[term::WAITING_LIST]);
            r.facts.waiting_days = Some(42);
        },
        |_| {},
        Against,
        "about 42 days",
    ),
    (
        "waiting list of no said length",
        |r| states(r, &[term::WAITING_LIST]),
        |_| {},
        Against,
        "does not say how long",
    ),
    (
        "no room",
        |r| r.facts.capacity = vec![capacity(0)],
        |_| {},
        Against,
        "No place free, as recorded: 0 free (place)",
    ),
    (
        "funding not confirmed",
        |r| states(r, &[term::FUNDING_UNCONFIRMED]),
        |_| {},
        Against,
        "funding is not confirmed",
    ),
    (
        "funding ends before the order",
        |r| {
            r.facts.funding = vec![Funding {
                ends: Some(in_days(30)),
                ..Funding::default()
            }];
        },
        |a| order(a, term::FITS_RAR, Some(in_days(365))),
        Against,
        "end on 22 December 2026. The order would run to 22 November 2027.",
    ),
    (
        "the order is denied",
        |r| denies(r, &[term::FITS_RAR]),
        |a| order(a, term::FITS_RAR, None),
        Against,
        "says that it does not fit the order in view",
    ),
    (
        "other orders are named",
        |r| states(r, &[term::FITS_BAIL]),
        |a| order(a, term::FITS_RAR, None),
        Against,
        "fits: Bail / remand alternative. It does not name the order in view",
    ),
    (
        "times",
        |r| r.facts.openings = vec![opening(Day::Monday, 10, 12)],
        |a| a.wants.busy = vec![slot(Day::Monday, 9, 17)],
        Against,
        "all fall when she cannot come: Monday, 10:00 to 12:00.",
    ),
    (
        "too slow for the hearing",
        |r| r.facts.court_assessment_days = Some(10),
        |a| a.hearing = Some(in_days(7)),
        Against,
        "gives 10 working days",
    ),
    (
        "too slow by the caller's count of working days",
        |r| r.facts.court_assessment_days = Some(5),
        |a| (a.hearing, a.working_days) = (Some(in_days(7)), Some(4)),
        Against,
        "left before the hearing: 4.",
    ),
    (
        "not before the hearing",
        |r| r.facts.not_before = Some(in_days(20)),
        |a| a.hearing = Some(in_days(7)),
        Against,
        "before 12 December 2026, which is after the hearing",
    ),
    (
        "her level is not reached",
        |r| states(r, &[term::LOW, term::MEDIUM]),
        |a| a.needs[0].level = Some("high".into()),
        Against,
        "works with low and medium complexity. Her level is high (accommodation).",
    ),
    (
        "her level is denied",
        |r| denies(r, &[term::HIGH]),
        |a| a.needs[0].level = Some("high".into()),
        Against,
        "does not take high complexity",
    ),
    (
        "no childcare",
        |r| denies(r, &[term::CRECHE, term::CHILDCARE]),
        |a| a.wants.childcare = Wish::Prefers,
        Against,
        "No childcare",
    ),
    (
        "her children could not stay",
        |r| {
            states(r, &[term::RESIDENTIAL]);
            denies(r, &[term::RESIDENTIAL_CHILDREN]);
        },
        |a| a.wants.children_with_her = Wish::Prefers,
        Against,
        "Her children could not stay with her",
    ),
    (
        "no step-free access",
        |r| denies(r, &["access/step-free"]),
        |a| a.wants.access = vec!["access/step-free".into()],
        Against,
        "not offered: Step-free access.",
    ),
    (
        "a session for women in a mixed service",
        |r| states(r, &[term::WOMENS_SESSION]),
        |a| a.wants.women_only = Wish::Needs,
        Against,
        "A mixed service with a women's session",
    ),
    (
        "not checked for long",
        |r| r.facts.verified = Some(verified(50)),
        |_| {},
        Against,
        "Last checked on 3 October 2026, 50 days ago.",
    ),
    (
        "due to be checked",
        |r| r.facts.next_check = Some(today().pred_opt().unwrap()),
        |_| {},
        Against,
        "due to be checked again on 21 November 2026",
    ),
    (
        "sources differ",
        |r| {
            r.facts.conflicts = vec![Conflict {
                about: "area".into(),
                one: "Reading".into(),
                one_source: "a guide".into(),
                other: "Slough".into(),
                other_source: "a list".into(),
            }];
        },
        |_| {},
        Against,
        "(area): “Reading” (a guide), but “Slough” (a list).",
    ),
    (
        "a notice",
        |r| r.facts.alert = "Moving in January.".into(),
        |_| {},
        Against,
        "has a notice: “Moving in January.”",
    ),
];

#[test]
fn what_speaks_against_it_is_said() {
    hold(AGAINST);
}
