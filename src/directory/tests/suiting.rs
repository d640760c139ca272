//! What is said of a service for what she needs of it. Every record here is made up.

mod against;
mod kept_out;
mod questions;
mod reasons;
mod safety;

use chrono::{Days, NaiveTime};

use super::*;
use crate::{
    case::{Day, Slot},
    directory::{
        facts::{Capacity, Conflict, Funding, Location, Opening, Stated, Verified},
        vocabulary::term,
    },
    needs::{Wants, Wish},
};

/// A made-up service in West Berkshire for accommodation, about which little is known.
pub(super) fn fictional(name: &str, change: impl FnOnce(&mut Record)) -> Record {
    let mut record = Record {
        id: format!("made-up-{name}"),
        name: name.to_owned(),
        organisation: "Made up for a test".into(),
        kind: "advice".into(),
        area: Area {
            text: "West Berkshire".into(),
            local_authorities: vec!["E06000037".into()],
            police_areas: vec!["thames-valley".into()],
            ..Area::default()
        },
        service_types: vec!["accommodation".into()],
        referral_routes: "probation".into(),
        status: "active at source date".into(),
        as_at: AsAt::read("2026-11-20"),
        source: "made up".into(),
        ..Record::default()
    };
    change(&mut record);
    record
}

/// Only these records, over the real geography.
pub(super) fn only(records: Vec<Record>) -> Directory {
    let directory = directory();
    directory.with_services(directory.read(records))
}

/// An ask for accommodation in RG14.
pub(super) fn asking(place: &Place, change: impl FnOnce(&mut Ask<'_>)) -> Ask<'_> {
    let mut ask = Ask::new(place, &["accommodation"], today());
    change(&mut ask);
    ask
}

pub(super) fn states(record: &mut Record, terms: &[&str]) {
    record
        .facts
        .terms
        .extend(terms.iter().map(|t| Stated::yes(*t)));
}

pub(super) fn denies(record: &mut Record, terms: &[&str]) {
    let no = |t: &&str| Stated {
        no: true,
        ..Stated::yes(*t)
    };
    record.facts.terms.extend(terms.iter().map(no));
}

fn clock(hour: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, 0, 0).unwrap()
}

fn in_days(days: u64) -> NaiveDate {
    today().checked_add_days(Days::new(days)).unwrap()
}

fn order(ask: &mut Ask<'_>, fits: &str, ends: Option<NaiveDate>) {
    ask.order = Some(OrderInView {
        fits: vec![fits.to_owned()],
        ends,
    });
}

/// Where something is said of a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    Reason,
    Question,
    Against,
    KeptOut(Why),
}
use Said::{Against, KeptOut, Question, Reason};

type Case = (
    &'static str,
    fn(&mut Record),
    fn(&mut Ask<'_>),
    Said,
    &'static str,
);

fn hold(cases: &[Case]) {
    let place = directory().place("RG14").unwrap();
    for (what, record, ask, said, text) in cases {
        let directory = only(vec![fictional("The Made-up", record)]);
        let ask = asking(&place, ask);
        let found = directory.find(&ask);
        let told: Vec<(Said, &String)> = match directory.judge(&ask, "made-up-The Made-up") {
            Judged::Offered(candidate) => {
                assert_eq!(found.total, 1, "{what}");
                let told = &found.candidates[0];
                assert_eq!(told.reasons, candidate.reasons, "{what}");
                assert_eq!(told.ask_first, candidate.ask_first, "{what}");
                assert_eq!(told.against, candidate.against, "{what}");
                let reasons = told.reasons.iter().map(|t| (Reason, t));
                let questions = told.ask_first.iter().map(|t| (Question, t));
                let against = told.against.iter().map(|t| (Against, t));
                reasons.chain(questions).chain(against).collect()
            }
            Judged::KeptOut(out) => {
                assert_eq!(found.total, 0, "{what}");
                assert_eq!(found.excluded_by, [(out.why, 1)], "{what}");
                assert_eq!(found.excluded[0].reason, out.reason, "{what}");
                found
                    .excluded
                    .iter()
                    .map(|e| (KeptOut(e.why), &e.reason))
                    .collect()
            }
            Judged::NotHere => panic!("{what}: it works here"),
        };
        assert!(
            told.iter().any(|(s, t)| s == said && t.contains(text)),
            "{what}: {said:?} “{text}” is not among {told:#?}"
        );
        assert!(
            told.iter().all(|(_, t)| !t.contains(['{', '}'])),
            "{told:#?}"
        );
    }
}

fn slot(day: Day, from: u32, to: u32) -> Slot {
    Slot {
        days: vec![day],
        from: clock(from),
        to: clock(to),
    }
}

fn opening(day: Day, from: u32, to: u32) -> Opening {
    Opening {
        days: vec![day],
        from: Some(clock(from)),
        to: Some(clock(to)),
        ..Opening::default()
    }
}

fn capacity(available: u32) -> Capacity {
    Capacity {
        unit: "place".into(),
        available: Some(available),
        ..Capacity::default()
    }
}

fn verified(days_ago: u64) -> Verified {
    Verified {
        on: today().checked_sub_days(Days::new(days_ago)).unwrap(),
        by: "its manager".into(),
        how: "phone".into(),
    }
}
