//! A record told line by line, what is not known included.

use super::*;
use crate::directory::facts::{Capacity, Conflict, Funding, Opening, Stated, Verified};

fn line<'t>(told: &'t [Told], key: &str) -> &'t Told {
    told.iter().find(|t| t.key == key).unwrap()
}

#[test]
fn what_a_record_does_not_say_is_told_as_not_known() {
    let told = directory().tell(&Record::default());
    for key in [
        "setting",
        "childcare",
        "openings",
        "capacity",
        "funding",
        "verified",
    ] {
        let line = line(&told, key);
        assert!(!line.known, "{key}: {}", line.says);
        assert_eq!(line.says, "Not known");
    }
}

#[test]
fn every_record_is_told_in_the_same_lines_without_a_blank_left_open() {
    let keys = |told: &[Told]| told.iter().map(|t| t.key.clone()).collect::<Vec<_>>();
    let first = keys(&directory().tell(&Record::default()));
    for service in directory().services() {
        let told = directory().tell(service);
        assert_eq!(keys(&told), first);
        for line in &told {
            assert!(!line.says.is_empty() && !line.label.is_empty());
            assert!(
                !line.says.contains('{') || service.note.contains('{'),
                "{}",
                line.says
            );
        }
    }
}

#[test]
fn facts_are_told_in_words() {
    let mut record = Record::default();
    record.facts.terms = vec![
        Stated::yes("facility/creche"),
        Stated {
            no: true,
            ..Stated::yes("facility/travel-paid")
        },
        Stated {
            source: "the centre's own page".into(),
            ..Stated::yes("gender-setting/women-only")
        },
    ];
    record.facts.openings = vec![Opening {
        days: vec![crate::case::Day::Tuesday, crate::case::Day::Thursday],
        from: chrono::NaiveTime::from_hms_opt(10, 0, 0),
        to: chrono::NaiveTime::from_hms_opt(13, 0, 0),
        what: "women's group".into(),
        ..Opening::default()
    }];
    record.facts.capacity = vec![Capacity {
        unit: "place".into(),
        available: Some(0),
        maximum: Some(8),
        updated: Some(today()),
        note: String::new(),
    }];
    record.facts.funding = vec![Funding {
        ends: NaiveDate::from_ymd_opt(2027, 3, 31),
        ..Funding::default()
    }];
    record.facts.verified = Some(Verified {
        on: today(),
        by: "centre manager".into(),
        how: "phone".into(),
    });
    record.facts.conflicts = vec![Conflict {
        about: "area".into(),
        one: "Warwickshire".into(),
        one_source: "a guide".into(),
        other: "not Warwickshire".into(),
        other_source: "a contract".into(),
    }];
    let told = directory().tell(&record);
    let says = |key: &str| line(&told, key).says.clone();
    assert_eq!(says("childcare"), "Yes: Creche on site");
    assert_eq!(
        says("travel"),
        "Its record says this is not offered: Travel costs paid"
    );
    assert_eq!(
        says("setting"),
        "Women-only: its record says so (according to the centre's own page)"
    );
    assert_eq!(
        says("openings"),
        "Women's group: Tuesday and Thursday, 10:00 to 13:00"
    );
    assert_eq!(
        says("capacity"),
        "0 of 8 free (place); as of 22 November 2026"
    );
    assert_eq!(says("funding"), "funded until 31 March 2027");
    assert_eq!(
        says("verified"),
        "22 November 2026, by centre manager (phone)"
    );
    assert_eq!(
        says("conflicts"),
        "area: “Warwickshire” (a guide), but “not Warwickshire” (a contract)"
    );
}
