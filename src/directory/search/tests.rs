//! Searches on the real records, and on some that are fictional.

use std::sync::OnceLock;

use chrono::NaiveDate;

use super::*;
use crate::{
    content::ContentFiles,
    directory::{
        Record,
        facts::{Location, Stated},
        vocabulary::term,
    },
};

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
}

fn directory() -> &'static Directory {
    static LOADED: OnceLock<Directory> = OnceLock::new();
    LOADED.get_or_init(|| Directory::load(&ContentFiles::embedded().unwrap()).unwrap())
}

fn search(directory: &Directory, words: &str, place: &str, filters: &Filters) -> Results {
    let place = (!place.is_empty()).then(|| directory.place(place).unwrap());
    directory.search(&Search {
        words,
        place: place.as_ref(),
        filters,
        public_only: false,
        sort: Sort::Best,
        skip: 0,
        most: 1000,
        today: today(),
    })
}

fn names(results: &Results) -> Vec<&str> {
    results
        .hits
        .iter()
        .map(|h| h.service.name.as_str())
        .collect()
}

/// Fictional services beside one another.
fn fictional() -> Directory {
    let service = |id: &str, name: &str, terms: &[&str]| {
        let mut record = Record {
            id: id.into(),
            name: name.into(),
            status: "active at source date".into(),
            service_types: vec!["accommodation".into()],
            ..Record::default()
        };
        record.facts.terms = terms.iter().copied().map(Stated::yes).collect();
        record
    };
    let mut hidden = service("d", "Hidden House", &[]);
    hidden.area.locality = "Reading".into();
    hidden.facts.locations = vec![Location {
        town: "Zanzibar".into(),
        internal: true,
        ..Location::default()
    }];
    let mut ended = service("e", "Ended House", &[]);
    ended.status = "historic mention".into();
    let records = vec![
        service(
            "a",
            "Crèche House",
            &[term::CRECHE, term::OUTREACH, term::OPEN],
        ),
        service("b", "Rural House", &[term::CRECHE, term::FITS_RAR]),
        service("c", "Plain House", &[term::FITS_BAIL]),
        hidden,
        ended,
    ];
    let services = directory().read(records);
    directory().with_services(services)
}

#[test]
fn a_name_stands_before_an_offer_and_an_offer_before_the_rest() {
    let filters = Filters::default();
    let found = search(directory(), "alana", "", &filters);
    assert!(names(&found)[0].contains("Alana"), "{:?}", names(&found));
    let all = search(directory(), "", "", &filters);
    assert_eq!(all.total, all.hits.len());
    assert!(all.hits.iter().all(|h| h.service.state.may_be_offered()));
    assert_eq!(search(directory(), "xyzzy", "", &filters).total, 0);
}

#[test]
fn the_beginning_of_a_word_finds_it_with_or_without_accents() {
    let directory = fictional();
    for typed in ["creche", "Crèche", "CRE", "house cre"] {
        let found = search(&directory, typed, "", &Filters::default());
        assert_eq!(names(&found)[0], "Crèche House", "{typed}");
    }
}

#[test]
fn what_has_ended_is_shown_only_when_asked_for_and_last() {
    let directory = fictional();
    let mut filters = Filters::default();
    let found = search(&directory, "house", "", &filters);
    assert_eq!(found.total, 4);
    assert_eq!(found.counts.ended, 1);
    filters.ended = true;
    let found = search(&directory, "house", "", &filters);
    assert_eq!(names(&found).last(), Some(&"Ended House"));
}

#[test]
fn facilities_must_all_be_there_and_any_order_is_enough() {
    let directory = fictional();
    let with = |terms: &[&str]| {
        let filters = Filters {
            terms: terms.iter().map(|t| (*t).to_owned()).collect(),
            ..Filters::default()
        };
        search(&directory, "", "", &filters)
    };
    assert_eq!(with(&[term::CRECHE]).total, 2);
    assert_eq!(
        names(&with(&[term::CRECHE, term::OUTREACH])),
        ["Crèche House"]
    );
    assert_eq!(with(&[term::FITS_RAR, term::FITS_BAIL]).total, 2);
    // What one more filter would leave: of a group where any is enough, all that it has.
    let found = with(&[term::CRECHE]);
    assert_eq!(found.counts.term(&directory, term::OUTREACH), 1);
    assert_eq!(found.counts.term(&directory, term::FITS_RAR), 1);
    assert_eq!(found.counts.term(&directory, term::FITS_BAIL), 0);
    let found = with(&[term::FITS_RAR]);
    assert_eq!(found.counts.term(&directory, term::FITS_BAIL), 1);
}

#[test]
fn every_count_is_what_ticking_that_filter_leaves() {
    let none = Filters::default();
    for place in ["", "RG14"] {
        let found = search(directory(), "", place, &none);
        for (theme, _) in directory().themes() {
            let filters = Filters {
                themes: vec![theme.to_owned()],
                ..Filters::default()
            };
            let narrowed = search(directory(), "", place, &filters);
            assert_eq!(narrowed.total, found.counts.theme(theme), "{theme} {place}");
        }
        for (taxonomy, _) in TAXONOMIES {
            for term in directory().terms_in_use(taxonomy) {
                let filters = Filters {
                    terms: vec![term.key()],
                    ..Filters::default()
                };
                let narrowed = search(directory(), "", place, &filters);
                let count = found.counts.term(directory(), &term.key());
                assert_eq!(narrowed.total, count, "{} {place}", term.key());
            }
        }
    }
}

#[test]
fn a_place_that_must_not_be_known_is_not_found_by_its_name() {
    let directory = fictional();
    for typed in ["zanzibar", "reading"] {
        assert_eq!(search(&directory, typed, "", &Filters::default()).total, 0);
    }
}

#[test]
fn a_place_narrows_to_its_area_and_puts_the_nearest_fit_first() {
    let all = search(directory(), "", "", &Filters::default());
    let near = search(directory(), "", "RG1", &Filters::default());
    assert!(near.total > 0 && near.total < all.total);
    let fits: Vec<_> = near.hits.iter().map(|h| h.fit.unwrap()).collect();
    assert!(fits.is_sorted(), "{fits:?}");
    let pages = directory().search(&Search {
        words: "",
        place: None,
        filters: &Filters::default(),
        public_only: true,
        sort: Sort::Name,
        skip: 5,
        most: 3,
        today: today(),
    });
    assert_eq!(pages.hits.len(), 3);
    assert_eq!(pages.total, all.total);
}
