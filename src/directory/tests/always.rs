//! What holds of every match over made-up records with every mix of facts.

use std::collections::HashSet;

use chrono::NaiveTime;
use proptest::prelude::*;

use super::{
    suiting::{denies, fictional, only, states},
    *,
};
use crate::{
    case::{Day, Slot},
    directory::{
        facts::{Capacity, Opening},
        vocabulary::term,
    },
    needs::{Wants, Wish},
};

/// Terms a made-up record may state or deny.
const TERMS: [&str; 16] = [
    term::WOMEN_ONLY,
    term::MIXED,
    term::CRECHE,
    term::CHILDCARE,
    term::RESIDENTIAL,
    term::RESIDENTIAL_CHILDREN,
    term::OUTREACH,
    term::OPEN,
    term::PAUSED,
    term::CLOSED,
    term::FITS_RAR,
    term::FITS_BAIL,
    term::LOW,
    term::HIGH,
    "access/step-free",
    "specialist-for/migrant",
];

/// One record by numbers: terms stated, terms denied, and everything else.
type Numbers = (u16, u16, u32);

fn record(at: usize, (stated, denied, rest): Numbers) -> Record {
    let bit = |place: u32| rest & (1 << place) != 0;
    fictional(&format!("{:02}", (at * 7) % 50), |r| {
        let of = |bits: u16| {
            let terms = TERMS.iter().enumerate();
            terms
                .filter(move |(at, _)| bits & (1 << at) != 0)
                .map(|(_, t)| *t)
        };
        // Few of each, as in real records.
        states(r, &of(stated & stated.rotate_left(3)).collect::<Vec<_>>());
        let no = of(denied & denied.rotate_left(5) & !stated);
        denies(r, &no.collect::<Vec<_>>());
        r.service_types = ["accommodation", "debt", "substance misuse"]
            .into_iter()
            .enumerate()
            .filter(|(at, _)| rest & (1 << at) != 0)
            .map(|(_, word)| word.to_owned())
            .collect();
        if bit(3) {
            r.kind = "women's centre".into();
        }
        match rest >> 4 & 7 {
            0 => r.status = "historic mention".into(),
            1 => r.area.local_authorities = vec!["E06000038".into()],
            2 | 3 => r.area.local_authorities.clear(),
            4 => (r.area.local_authorities, r.area.police_areas) = (Vec::new(), Vec::new()),
            5 => r.area.national = true,
            _ => {}
        }
        if bit(8) {
            r.area.locality = if bit(9) { "Newbury" } else { "Oxford" }.into();
        }
        if bit(10) {
            r.facts.languages = vec![if bit(11) { "Polish" } else { "Urdu" }.into()];
        }
        if bit(12) {
            r.facts.openings = vec![Opening {
                days: vec![if bit(13) { Day::Monday } else { Day::Friday }],
                ..Opening::default()
            }];
        }
        if bit(14) {
            r.facts.capacity = vec![Capacity {
                available: Some(u32::from(bit(15))),
                ..Capacity::default()
            }];
        }
        if bit(16) {
            r.facts.minimum_age = Some(if bit(17) { 18 } else { 30 });
        }
        if bit(18) {
            r.facts.court_assessment_days = Some(if bit(19) { 2 } else { 20 });
        }
    })
}

fn records() -> impl Strategy<Value = Vec<Record>> {
    let numbers = (any::<u16>(), any::<u16>(), any::<u32>());
    proptest::collection::vec(numbers, 1..24).prop_map(|all| {
        let all = all.into_iter().enumerate();
        all.map(|(at, numbers)| record(at, numbers)).collect()
    })
}

/// What she needs, by bits of a number.
fn wants(bits: u16) -> Wants {
    let on = |place: u16| bits & (1 << place) != 0;
    let wish = |place: u16| match (on(place), on(place + 1)) {
        (false, _) => Wish::Open,
        (true, false) => Wish::Prefers,
        (true, true) => Wish::Needs,
    };
    let some = |on: bool, text: &str| {
        if on {
            vec![text.to_owned()]
        } else {
            Vec::new()
        }
    };
    Wants {
        women_only: wish(0),
        childcare: wish(2),
        children_with_her: wish(4),
        languages: some(on(6), "Polish"),
        access: some(on(7), "access/step-free"),
        specialist: some(on(8), "specialist-for/migrant"),
        avoid: some(on(9), "Oxford"),
        busy: if on(10) {
            vec![all_monday()]
        } else {
            Vec::new()
        },
        travel_hard: on(11),
    }
}

fn all_monday() -> Slot {
    Slot {
        days: vec![Day::Monday],
        from: NaiveTime::MIN,
        to: NaiveTime::from_hms_opt(23, 59, 0).unwrap(),
    }
}

fn ask(place: &Place, bits: u16) -> Ask<'_> {
    let need = |theme: &str, level: Option<&str>| NeedAsked {
        theme: theme.into(),
        level: level.map(str::to_owned),
    };
    let needs = vec![need("accommodation", Some("high")), need("finance", None)];
    let mut ask = Ask::of(place, needs, today());
    ask.wants = wants(bits);
    if bits & (1 << 12) != 0 {
        ask.order = Some(OrderInView {
            fits: vec![term::FITS_RAR.into()],
            ends: None,
        });
    }
    if bits & (1 << 13) != 0 {
        ask.hearing = NaiveDate::from_ymd_opt(2026, 12, 3);
    }
    if bits & (1 << 14) != 0 {
        ask.age = Some(24);
    }
    ask
}

fn ids<'f>(services: impl Iterator<Item = &'f Arc<Service>>) -> Vec<&'f str> {
    services.map(|s| s.record.id.as_str()).collect()
}

fn offered(found: &Found) -> Vec<&str> {
    ids(found.candidates.iter().map(|c| &c.service))
}

fn kept_out(found: &Found) -> Vec<&str> {
    ids(found.excluded.iter().map(|e| &e.service))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_answer_is_the_same_whatever_the_order_of_the_records_and_however_much_is_told(
        all in records(),
        bits in any::<u16>(),
        (most, skip) in (0..6usize, 0..6usize),
    ) {
        let place = directory().place("RG14").unwrap();
        let ask = ask(&place, bits);
        let mut turned = all.clone();
        turned.reverse();
        turned.rotate_left(all.len() / 3);
        let (whole, again) = (only(all).find(&ask), only(turned).find(&ask));
        prop_assert_eq!(offered(&whole), offered(&again));
        prop_assert_eq!(kept_out(&whole), kept_out(&again));

        let part = Ask { most: Some(most), skip, ..ask };
        let part = again_with(&whole, &part);
        let expected: Vec<_> = offered(&whole).into_iter().skip(skip).take(most).collect();
        prop_assert_eq!(offered(&part), expected);
        let expected: Vec<_> = kept_out(&whole).into_iter().take(most).collect();
        prop_assert_eq!(kept_out(&part), expected);
        prop_assert_eq!((part.total, part.excluded_total), (whole.total, whole.excluded_total));
        prop_assert_eq!(&part.excluded_by, &whole.excluded_by);
        prop_assert_eq!(&part.unmet, &whole.unmet);
        for (told, same) in part.candidates.iter().zip(whole.candidates.iter().skip(skip)) {
            prop_assert_eq!(&told.reasons, &same.reasons);
            prop_assert_eq!(&told.ask_first, &same.ask_first);
            prop_assert_eq!(&told.against, &same.against);
            prop_assert_eq!(told.km, same.km);
        }
    }

    #[test]
    fn what_cannot_be_offered_is_never_offered_and_is_kept_out_with_a_reason(
        all in records(),
        bits in any::<u16>(),
    ) {
        let place = directory().place("RG14").unwrap();
        let ask = ask(&place, bits);
        let found = only(all).find(&ask);
        for candidate in &found.candidates {
            let service = &candidate.service;
            let states = |key| {
                let place = directory().vocabulary().place(key).unwrap();
                service.stated.has(place)
            };
            prop_assert!(service.state.may_be_offered() && !states(term::CLOSED));
            let needs = ask.wants.women_only == Wish::Needs;
            prop_assert!(!(needs && service.setting == Setting::Mixed));
            let oxford = service.area.locality == "Oxford";
            prop_assert!(!oxford || ask.wants.avoid.is_empty());
            let old_enough = service.facts.minimum_age.is_none_or(|from| from <= 24);
            prop_assert!(ask.age.is_none() || old_enough);
        }
        let offered: HashSet<&str> = offered(&found).into_iter().collect();
        prop_assert_eq!(offered.len(), found.total, "each once");
        for out in &found.excluded {
            let filled = !out.reason.is_empty() && !out.reason.contains(['{', '}']);
            prop_assert!(filled, "{}", out.reason);
            prop_assert!(!offered.contains(out.service.record.id.as_str()));
        }
        let counted: usize = found.excluded_by.iter().map(|(_, count)| count).sum();
        prop_assert_eq!(counted, found.excluded_total);
    }

    #[test]
    fn what_no_record_speaks_of_changes_no_order(all in records(), bits in any::<u16>()) {
        // Everything she might need is struck from every record; needs and areas stay.
        let silent: Vec<Record> = all
            .into_iter()
            .map(|mut record| {
                record.facts.terms.retain(|t| t.term.starts_with("complexity/"));
                record.facts.languages.clear();
                record.facts.openings.clear();
                record.facts.capacity.clear();
                record.facts.minimum_age = None;
                record.facts.court_assessment_days = None;
                record
            })
            .collect();
        let place = directory().place("RG14").unwrap();
        let avoids_nothing = !(1 << 9);
        let directory = only(silent);
        let plain = directory.find(&ask(&place, 0));
        let wanting = directory.find(&ask(&place, bits & avoids_nothing));
        prop_assert_eq!(offered(&plain), offered(&wanting));
        prop_assert_eq!(kept_out(&plain), kept_out(&wanting));
    }
}

/// The same records asked again: those told are all there are.
fn again_with(whole: &Found, ask: &Ask<'_>) -> Found {
    let services = whole.candidates.iter().map(|c| &c.service);
    let services = services.chain(whole.excluded.iter().map(|e| &e.service));
    only(services.map(|s| s.record.clone()).collect()).find(ask)
}
