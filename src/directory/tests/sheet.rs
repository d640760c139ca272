//! The sheet that a woman takes home.

use super::*;
use crate::directory::{
    facts::{Location, Opening, Phone, Stated},
    sheet::{Sheet, sheet},
    vocabulary::term,
};

fn words_on(sheet: &Sheet) -> Vec<&str> {
    let sections = sheet.sections.iter();
    let parts = sections.flat_map(|s| {
        let lines = s.lines.iter().chain(&s.asks).map(String::as_str);
        std::iter::once(s.heading.as_str()).chain(lines)
    });
    [&sheet.title, &sheet.heading, &sheet.checked]
        .into_iter()
        .chain(&sheet.under)
        .map(String::as_str)
        .chain(parts)
        .collect()
}

fn of(record: &Record) -> Sheet {
    sheet(directory(), &record.public().unwrap()).unwrap()
}

/// Fictional, and as revealing as can be.
fn revealing() -> Record {
    let mut record = Record {
        name: "Probation Recovery Project".into(),
        organisation: "Women Offenders' Trust".into(),
        kind: "alternative to custody (court)".into(),
        service_types: vec!["domestic abuse".into(), "accommodation".into()],
        status: "active at source date".into(),
        website: "https://www.womenoffenderstrust.example".into(),
        ..Record::default()
    };
    record.facts.locations = vec![
        Location {
            name: "Court Services".into(),
            address: "1 High Street".into(),
            town: "Reading".into(),
            ..Location::default()
        },
        Location {
            address: "9 Hidden Road".into(),
            internal: true,
            ..Location::default()
        },
    ];
    record.facts.openings = vec![Opening {
        days: vec![crate::case::Day::Monday],
        what: "RAR group".into(),
        ..Opening::default()
    }];
    record.facts.phones = vec![Phone {
        number: "01632 960001".into(),
        what: "probation referrals".into(),
    }];
    record.facts.terms = [term::CRECHE, term::FITS_RAR, "specialist-for/sex-work"]
        .map(Stated::yes)
        .to_vec();
    record
}

#[test]
fn no_sheet_of_any_record_shows_why_she_has_it() {
    let mut sheets = 0;
    for service in directory().services() {
        let Some(record) = service.public() else {
            continue;
        };
        let Some(sheet) = sheet(directory(), &record) else {
            continue;
        };
        for text in words_on(&sheet) {
            assert!(!directory().reveals(text), "{}: {text}", service.name);
        }
        sheets += 1;
    }
    assert!(sheets > 100, "{sheets}");
}

#[test]
fn a_revealing_record_leaves_only_what_reveals_nothing() {
    let sheet = of(&revealing());
    let all = words_on(&sheet).join("\n");
    assert!(!directory().reveals(&all), "{all}");
    for gone in [
        "Offender",
        "Court",
        "RAR",
        "Hidden",
        "womenoffenders",
        "abuse",
    ] {
        assert!(!all.contains(gone), "{gone}: {all}");
    }
    for kept in [
        "The name is not on this sheet",
        "1 High Street, Reading",
        "01632 960001",
        "Monday",
        "finding or keeping a place to live",
        "look after children",
    ] {
        assert!(all.contains(kept), "{kept}: {all}");
    }
}

#[test]
fn what_is_not_known_is_something_to_ask() {
    let record = Record {
        name: "Example House".into(),
        status: "active at source date".into(),
        ..Record::default()
    };
    let sheet = of(&record);
    assert_eq!(sheet.heading, "Example House");
    for section in &sheet.sections {
        assert!(section.lines.is_empty(), "{section:?}");
        assert_eq!(section.asks.len(), 1, "{section:?}");
    }
}

#[test]
fn what_has_ended_has_no_sheet() {
    for service in directory().services() {
        let Some(record) = service.public() else {
            continue;
        };
        if !service.state.may_be_offered() {
            assert_eq!(sheet(directory(), &record), None, "{}", service.name);
        }
    }
}

#[test]
fn a_sheets_own_sentences_are_short_and_their_words_plain() {
    let record = Record {
        status: "active at source date".into(),
        ..Record::default()
    };
    for text in words_on(&of(&record)) {
        for sentence in text.split(['.', '?']) {
            let words: Vec<&str> = sentence.split_whitespace().collect();
            assert!(words.len() <= 15, "too long: {sentence}");
            for word in words {
                assert!(word.len() <= 12, "too hard: {word}");
            }
        }
    }
}

#[test]
fn a_revealing_word_in_the_sheets_own_sentences_is_refused_at_start() {
    let mut files = ContentFiles::embedded().unwrap();
    let file = "service-directory/sheet.toml";
    let text = files.text(file).unwrap();
    let text = text.replace("money, benefits and debts", "money after prison");
    files.set(file, text);
    let faults = Directory::load(&files).unwrap_err();
    assert!(
        faults[0].reason.contains("money after prison"),
        "{faults:?}"
    );
}
