//! What of that which she needs a record states.

use super::*;

const REASONS: &[Case] = &[
    (
        "childcare",
        |r| states(r, &[term::CRECHE]),
        |a| a.wants.childcare = Wish::Prefers,
        Reason,
        "Childcare: its record states Creche on site.",
    ),
    (
        "a residential alternative for an order with residence",
        |r| states(r, &[term::RESIDENTIAL, term::RESIDENTIAL_CHILDREN]),
        |a| order(a, term::FITS_RESIDENCE, None),
        Reason,
        "Residential: its record states Residential; Residential with children.",
    ),
    (
        "language",
        |r| r.facts.languages = vec!["English".into(), "polish".into()],
        |a| a.wants.languages = vec!["Polish".into()],
        Reason,
        "Works in Polish",
    ),
    (
        "access",
        |r| states(r, &["access/step-free"]),
        |a| a.wants.access = vec!["access/step-free".into()],
        Reason,
        "Access: its record states Step-free access.",
    ),
    (
        "specialist for a group of hers",
        |r| states(r, &["specialist-for/migrant"]),
        |a| a.wants.specialist = vec!["specialist-for/migrant".into()],
        Reason,
        "A specialist for Migrant women",
    ),
    (
        "travel",
        |r| states(r, &[term::OUTREACH]),
        |a| a.wants.travel_hard = true,
        Reason,
        "She cannot easily travel: its record states Outreach.",
    ),
    (
        "the order",
        |r| states(r, &[term::FITS_RAR]),
        |a| order(a, term::FITS_RAR, None),
        Reason,
        "Fits the order in view",
    ),
    (
        "times",
        |r| {
            r.facts.openings = vec![opening(Day::Monday, 10, 12), opening(Day::Tuesday, 10, 12)];
        },
        |a| a.wants.busy = vec![slot(Day::Monday, 9, 17)],
        Reason,
        "Open at times when she could come: Tuesday, 10:00 to 12:00.",
    ),
    (
        "room",
        |r| r.facts.capacity = vec![capacity(2)],
        |_| {},
        Reason,
        "Room, as recorded: 2 free (place)",
    ),
    (
        "open",
        |r| states(r, &[term::OPEN]),
        |_| {},
        Reason,
        "Taking referrals",
    ),
    (
        "an assessment in time",
        |r| r.facts.court_assessment_days = Some(3),
        |a| a.hearing = Some(in_days(7)),
        Reason,
        "in 3 working days, as recorded. Working days left before the hearing: 5.",
    ),
    (
        "checked",
        |r| r.facts.verified = Some(verified(2)),
        |_| {},
        Reason,
        "Checked on 20 November 2026 by its manager (phone).",
    ),
];

#[test]
fn what_she_needs_is_a_reason_where_the_record_states_it() {
    hold(REASONS);
}
