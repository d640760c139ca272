//! What comes before what, needs with nothing suitable, and pages. Every record here is
//! made up, but for the two national ones at the end.

use super::{
    suiting::{asking, denies, fictional, only, states},
    *,
};
use crate::{
    directory::vocabulary::term,
    needs::{Wants, Wish},
};

/// The names in the order they are offered; the records stand in the worse order.
fn order_of(records: Vec<Record>, change: impl FnOnce(&mut Ask<'_>)) -> Vec<String> {
    let place = directory().place("RG14").unwrap();
    let ask = asking(&place, change);
    let found = only(records).find(&ask);
    let names = found.candidates.iter().map(|c| c.service.name.clone());
    names.collect()
}

/// Two made-up services: the names tell which should come first, and by name alone the
/// other would.
fn first(better: Change, worse: Change, change: fn(&mut Ask<'_>)) -> Vec<String> {
    order_of(
        vec![fictional("a worse", worse), fictional("b better", better)],
        change,
    )
}

/// What makes a made-up record what it is.
type Change = fn(&mut Record);
/// What she is asked for: a name, the better record, the other, and her wish.
type Preference = (&'static str, Change, Change, fn(&mut Ask<'_>));

const AS_IT_SHOULD: [&str; 2] = ["b better", "a worse"];

#[test]
fn a_level_that_covers_hers_comes_before_one_not_stated_and_that_before_one_too_low() {
    let high: fn(&mut Ask<'_>) = |a| a.needs[0].level = Some("high".into());
    let covers: Change = |r| states(r, &[term::LOW, term::HIGH]);
    let too_low: Change = |r| states(r, &[term::LOW]);
    assert_eq!(first(covers, |_| {}, high), AS_IT_SHOULD);
    assert_eq!(first(|_| {}, too_low, high), AS_IT_SHOULD);
    assert_eq!(
        first(|_| {}, |r| denies(r, &[term::HIGH]), high),
        AS_IT_SHOULD
    );
}

#[test]
fn a_pressing_need_counts_more_and_two_needs_count_more_than_one() {
    let words = |record: &mut Record, words: &[&str]| {
        record.service_types = words.iter().map(|w| (*w).to_owned()).collect();
    };
    let needs: fn(&mut Ask<'_>) = |a| {
        let themes = ["dependency", "accommodation", "finance"];
        a.needs = themes
            .map(|t| NeedAsked {
                theme: t.into(),
                level: None,
            })
            .into();
    };
    let all = order_of(
        vec![
            fictional("a last need", |r| words(r, &["debt"])),
            fictional("b second need", |r| words(r, &["housing"])),
            fictional("c first need", |r| words(r, &["substance misuse"])),
            fictional("d both lesser", |r| words(r, &["housing", "debt"])),
        ],
        needs,
    );
    let expected = [
        "d both lesser",
        "c first need",
        "b second need",
        "a last need",
    ];
    assert_eq!(all, expected);
}

#[test]
fn a_need_named_comes_before_one_it_is_only_broad_enough_to_be_asked_about() {
    let broad: Change = |r| {
        r.kind = "women's centre".into();
        r.service_types = Vec::new();
    };
    assert_eq!(first(|_| {}, broad, |_| {}), AS_IT_SHOULD);
}

#[test]
fn what_she_would_rather_have_decides_between_services_for_the_same_need() {
    let cases: [Preference; 8] = [
        (
            "women-only before unknown",
            |r| states(r, &[term::WOMEN_ONLY]),
            |_| {},
            |a| a.wants.women_only = Wish::Needs,
        ),
        (
            "unknown before mixed",
            |_| {},
            |r| states(r, &[term::MIXED]),
            |a| a.wants.women_only = Wish::Prefers,
        ),
        (
            "childcare",
            |r| states(r, &[term::CHILDCARE]),
            |_| {},
            |a| a.wants.childcare = Wish::Prefers,
        ),
        (
            "unknown before no childcare",
            |_| {},
            |r| denies(r, &[term::CRECHE, term::CHILDCARE]),
            |a| a.wants.childcare = Wish::Prefers,
        ),
        (
            "her language",
            |r| r.facts.languages = vec!["Polish".into()],
            |r| r.facts.languages = vec!["Urdu".into()],
            |a| a.wants.languages = vec!["Polish".into()],
        ),
        (
            "access",
            |r| states(r, &["access/step-free"]),
            |_| {},
            |a| a.wants.access = vec!["access/step-free".into()],
        ),
        (
            "unknown before an order denied",
            |_| {},
            |r| denies(r, &[term::FITS_RAR]),
            |a| {
                a.order = Some(OrderInView {
                    fits: vec![term::FITS_RAR.into()],
                    ends: None,
                });
            },
        ),
        (
            "unknown before funding not confirmed",
            |_| {},
            |r| states(r, &[term::FUNDING_UNCONFIRMED]),
            |_| {},
        ),
    ];
    for (what, better, worse, change) in cases {
        assert_eq!(first(better, worse, change), AS_IT_SHOULD, "{what}");
        // Whatever she would rather have, a need named counts for more.
        let other: Change = |r| {
            r.kind = "women's centre".into();
            r.service_types = Vec::new();
        };
        let needed = order_of(
            vec![
                fictional("a wanted", |r| {
                    better(r);
                    other(r);
                }),
                fictional("b needed", worse),
            ],
            change,
        );
        assert_eq!(needed[0], "b needed", "{what}");
    }
}

#[test]
fn paused_comes_last_within_its_area_and_before_any_wider_one() {
    let wider: Change = |r| r.area.local_authorities.clear();
    let names = order_of(
        vec![
            fictional("a wider", wider),
            fictional("b paused", |r| states(r, &[term::PAUSED, term::WOMEN_ONLY])),
            fictional("c broad", |r| {
                r.kind = "women's centre".into();
                r.service_types = Vec::new();
            }),
        ],
        |_| {},
    );
    assert_eq!(names, ["c broad", "b paused", "a wider"]);
}

#[test]
fn the_nearer_of_two_alike_comes_first() {
    let town: Change = |r| r.area.locality = "Newbury".into();
    let further: Change = |r| r.area.locality = "Oxford".into();
    assert_eq!(first(town, further, |_| {}), AS_IT_SHOULD);
    let wide: Change = |r| r.area.local_authorities.clear();
    let wide_with_town: Change = |r| {
        r.area.local_authorities.clear();
        r.area.locality = "Oxford".into();
    };
    assert_eq!(
        first(wide_with_town, wide, |_| {}),
        AS_IT_SHOULD,
        "none known is last"
    );
}

#[test]
fn a_gap_says_whether_nothing_mentions_the_need_or_only_what_is_not_offered() {
    let place = directory().place("RG14").unwrap();
    let records = vec![
        fictional("Closed", |r| states(r, &[term::CLOSED])),
        fictional("Ended", |r| r.status = "historic mention".into()),
        fictional("Centre", |r| {
            r.kind = "women's centre".into();
            r.service_types = vec!["debt".into()];
            states(r, &[term::LOW]);
        }),
    ];
    let ask = asking(&place, |a| {
        let level = |theme: &str, level: &str| NeedAsked {
            theme: theme.into(),
            level: Some(level.into()),
        };
        a.needs = vec![
            level("accommodation", "high"),
            level("exploitation", "low"),
            level("finance", "high"),
        ];
    });
    let found = only(records).find(&ask);
    assert_eq!(found.unmet, ["accommodation", "exploitation"]);
    let told: Vec<(&str, GapKind, usize, &str)> = found
        .gaps
        .iter()
        .map(|g| (g.theme.as_str(), g.kind, g.worth_asking, g.says.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (
                "accommodation",
                GapKind::OnlyKeptOut,
                1,
                "No service that can be offered here mentions accommodation. Those that do are \
                 not offered: closed to referrals (1) and ended (1). Broad enough to be worth \
                 asking: 1.",
            ),
            (
                "exploitation",
                GapKind::Nothing,
                1,
                "No service's record here mentions sexual exploitation and sex work. Broad \
                 enough to be worth asking: 1.",
            ),
            (
                "finance",
                GapKind::LowerLevels,
                0,
                "Every service here that mentions finance, benefits and debt states levels of \
                 complexity that do not reach hers (high).",
            ),
        ]
    );
    assert_eq!(
        found.gaps[0].kept_out,
        [(Why::Closed, 1), (Why::Historic, 1)]
    );
    let nearly = found.gaps[0].nearly.iter().map(|e| e.service.name.as_str());
    assert_eq!(nearly.collect::<Vec<_>>(), ["Closed", "Ended"]);
}

#[test]
fn a_service_kept_out_for_a_need_of_hers_is_told_before_those_for_other_needs() {
    let place = directory().place("RG14").unwrap();
    let records = vec![
        fictional("a other", |r| r.service_types = vec!["debt".into()]),
        fictional("b ended", |r| r.status = "historic mention".into()),
        fictional("c closed", |r| states(r, &[term::CLOSED])),
    ];
    let found = only(records).find(&asking(&place, |_| {}));
    let names = found.excluded.iter().map(|e| e.service.name.as_str());
    assert_eq!(
        names.collect::<Vec<_>>(),
        ["c closed", "b ended", "a other"]
    );
}

#[test]
fn a_national_service_appears_for_a_need_or_a_group_of_hers_and_never_otherwise() {
    let place = directory().place("LS8").unwrap();
    let national = fictional("Far", |r| {
        r.service_types = vec!["theatre".into()];
        r.area = Area {
            text: "national".into(),
            national: true,
            ..Area::default()
        };
        states(r, &["specialist-for/migrant", term::RESIDENTIAL_CHILDREN]);
    });
    let directory = only(vec![national]);
    let found = |change: fn(&mut Ask<'_>)| directory.find(&asking(&place, change));
    let plain = found(|_| {});
    assert_eq!((plain.total, plain.excluded_total), (0, 0), "no noise");
    let migrant = found(|a| {
        a.wants = Wants {
            specialist: vec!["specialist-for/migrant".into()],
            ..Wants::default()
        };
    });
    assert_eq!(migrant.total, 1);
    assert_eq!(
        migrant.unmet,
        ["accommodation"],
        "it names none of her needs"
    );
    let with_children = found(|a| a.wants.children_with_her = Wish::Needs);
    assert_eq!(with_children.total, 1, "a residential alternative");
    let on_bail = found(|a| {
        a.order = Some(OrderInView {
            fits: vec![term::FITS_BAIL.into()],
            ends: None,
        });
    });
    assert_eq!(on_bail.total, 1, "a residential alternative");
}

#[test]
fn pages_are_parts_of_one_order_and_what_is_not_told_is_counted() {
    let place = directory().place("E8").unwrap();
    let all = directory().find(&Ask::new(&place, &ALL, today()));
    assert_eq!((all.total, all.skipped), (all.candidates.len(), 0));
    assert_eq!(all.excluded_total, all.excluded.len());
    let ids = |found: &Found| -> Vec<String> {
        found
            .candidates
            .iter()
            .map(|c| c.service.id.clone())
            .collect()
    };
    let mut paged = Vec::new();
    for skip in (0..all.total + 3).step_by(3) {
        let mut ask = Ask::new(&place, &ALL, today());
        (ask.most, ask.skip) = (Some(3), skip);
        let page = directory().find(&ask);
        assert_eq!(
            (page.total, page.excluded_total),
            (all.total, all.excluded_total)
        );
        assert_eq!(page.excluded_by, all.excluded_by);
        assert_eq!(page.skipped, skip.min(all.total));
        paged.extend(ids(&page));
    }
    assert_eq!(paged, ids(&all));
}
