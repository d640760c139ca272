//! What a record leaves open.

use super::*;

const QUESTIONS: &[Case] = &[
    (
        "childcare",
        |_| {},
        |a| a.wants.childcare = Wish::Needs,
        Question,
        "Ask about childcare",
    ),
    (
        "children with her",
        |r| states(r, &[term::RESIDENTIAL]),
        |a| a.wants.children_with_her = Wish::Needs,
        Question,
        "whether her children could stay with her",
    ),
    (
        "women-only",
        |_| {},
        |a| a.wants.women_only = Wish::Needs,
        Question,
        "Ask whether it is women-only",
    ),
    (
        "language",
        |_| {},
        |a| a.wants.languages = vec!["Polish".into()],
        Question,
        "works in Polish, or with an interpreter",
    ),
    (
        "another language",
        |r| {
            r.facts.languages = vec!["Urdu".into()];
            r.facts.interpreting = "by telephone".into();
        },
        |a| a.wants.languages = vec!["Polish".into()],
        Question,
        "Ask about Polish, or an interpreter: its record lists only Urdu.",
    ),
    (
        "interpreting, in the record's words",
        |r| r.facts.interpreting = "by telephone".into(),
        |a| a.wants.languages = vec!["Polish".into()],
        Question,
        "“by telephone”",
    ),
    (
        "access",
        |r| states(r, &["access/step-free"]),
        |a| a.wants.access = vec!["access/step-free".into(), "access/bsl".into()],
        Question,
        "does not say (British Sign Language)",
    ),
    (
        "travel",
        |_| {},
        |a| a.wants.travel_hard = true,
        Question,
        "Ask about outreach",
    ),
    (
        "days",
        |_| {},
        |a| a.wants.busy = vec![slot(Day::Monday, 9, 17)],
        Question,
        "on which days",
    ),
    (
        "the order",
        |_| {},
        |a| order(a, term::FITS_RAR, None),
        Question,
        "fits the order in view (Community order / SSO with RAR days)",
    ),
    (
        "referrals and room",
        |_| {},
        |_| {},
        Question,
        "taking referrals and has a place",
    ),
    (
        "room",
        |r| states(r, &[term::OPEN]),
        |_| {},
        Question,
        "Ask whether it has a place",
    ),
    (
        "referrals",
        |r| r.facts.capacity = vec![capacity(2)],
        |_| {},
        Question,
        "Ask whether it is taking referrals:",
    ),
    (
        "assessment",
        |_| {},
        |a| a.hearing = Some(in_days(7)),
        Question,
        "how long an assessment for the court takes",
    ),
    (
        "her level",
        |_| {},
        |a| a.needs[0].level = Some("high".into()),
        Question,
        "does not say that it takes high (accommodation)",
    ),
    (
        "a specialist for a group she is not in",
        |r| states(r, &["specialist-for/muslim"]),
        |_| {},
        Question,
        "Recorded as specialist for: Muslim women",
    ),
];

#[test]
fn what_is_unknown_is_asked() {
    hold(QUESTIONS);
}

#[test]
fn what_she_does_not_need_is_not_spoken_of() {
    let place = directory().place("RG14").unwrap();
    let directory = only(vec![fictional("Plain", |_| {})]);
    let found = directory.find(&asking(&place, |_| {}));
    let told = &found.candidates[0];
    let said = [&told.reasons, &told.ask_first, &told.against];
    for word in [
        "childcare",
        "interpreter",
        "travel",
        "hearing",
        "order",
        "open",
    ] {
        let spoken_of = said.iter().copied().flatten().any(|s| s.contains(word));
        assert!(!spoken_of, "{word}: {said:#?}");
    }
}
