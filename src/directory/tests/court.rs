//! What a sentencer reads of a service.

use super::*;
use crate::directory::{
    court::three_sentences,
    facts::{Conflict, Opening, Stated, Verified},
    vocabulary::term,
};

fn sentences(record: &Record) -> [String; 3] {
    three_sentences(directory(), &record.public().unwrap())
}

fn held_to_the_rules(sentences: &[String; 3], of: &str) {
    for sentence in sentences {
        assert!(sentence.len() > 20, "{of}: {sentence}");
        assert!(sentence.ends_with('.'), "{of}: {sentence}");
        for never in [
            "None",
            "unknown unknown",
            "{",
            "}",
            "..",
            "  ",
            "is open",
            "\n",
        ] {
            assert!(!sentence.contains(never), "{of}: {never:?} in {sentence}");
        }
        assert!(
            sentence.chars().next().is_some_and(|c| !c.is_lowercase()),
            "{of}: {sentence}"
        );
    }
}

#[test]
fn every_service_has_three_sentences_that_end_and_never_say_that_it_is_open() {
    for service in directory().services() {
        if service.facts.internal_only {
            continue;
        }
        held_to_the_rules(&sentences(service), &service.name);
    }
}

#[test]
fn a_record_that_says_nothing_still_has_three_sentences() {
    held_to_the_rules(&sentences(&Record::default()), "nothing");
    let record = Record {
        name: "Example House".into(),
        description: "Fictional.".into(),
        ..Record::default()
    };
    let [what, delivers, starts] = sentences(&record);
    assert!(what.contains("whether it is women-only is not recorded"));
    assert!(delivers.contains("does not say what it delivers"));
    assert!(starts.contains("whether it is taking referrals now"));
}

#[test]
fn what_is_known_is_said_and_sources_that_differ_are_told() {
    let mut record = Record {
        name: "Example House".into(),
        organisation: "Example Trust".into(),
        kind: "women's centre".into(),
        service_types: vec!["accommodation".into()],
        referral_routes: "probation. Court; self.".into(),
        status: "active at source date".into(),
        ..Record::default()
    };
    record.area.text = "Reading".into();
    record.facts.terms = [
        term::WOMEN_ONLY,
        term::CRECHE,
        term::LOW,
        term::WAITING_LIST,
    ]
    .map(Stated::yes)
    .to_vec();
    record.facts.court_assessment_days = Some(5);
    record.facts.openings = vec![Opening {
        days: vec![crate::case::Day::Tuesday],
        what: "women's group".into(),
        ..Opening::default()
    }];
    record.facts.conflicts = vec![Conflict {
        about: "area".into(),
        one: "Reading".into(),
        one_source: "a leaflet".into(),
        other: "Berkshire".into(),
        other_source: "a page".into(),
    }];
    record.facts.verified = Some(Verified {
        on: today(),
        by: "the centre's manager".into(),
        how: "phone".into(),
    });
    let all = sentences(&record);
    held_to_the_rules(&all, "full");
    let [what, delivers, starts] = all;
    assert!(
        what.starts_with("Example House, run by Example Trust, is a women's centre: women-only")
    );
    for said in ["accommodation", "creche", "low complexity", "Tuesday"] {
        assert!(delivers.contains(said), "{said}: {delivers}");
    }
    for said in [
        "probation; Court; self",
        "about 5 working days",
        "its sources differ on area",
        "whether there is room",
        "last checked on 22 November 2026 by the centre's manager",
    ] {
        assert!(starts.contains(said), "{said}: {starts}");
    }
}

#[test]
fn what_has_ended_is_said_not_to_be_offered() {
    let ended = directory().services().iter();
    let ended = ended.filter(|s| !s.state.may_be_offered());
    let mut some = 0;
    for service in ended {
        let [_, _, starts] = sentences(service);
        assert!(starts.contains("not offered"), "{starts}");
        some += 1;
    }
    assert!(some > 0);
}
