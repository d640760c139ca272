//! The directory on the real records and the real geography.

use std::sync::OnceLock;

use chrono::NaiveDate;

use super::*;

mod always;
mod checking_limits;
mod court;
mod faults;
mod matches;
mod named;
mod order;
mod places;
mod postcodes;
mod ranking;
mod sheet;
mod suiting;
mod telling;

/// The day every test asks on.
fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
}

/// The real directory, loaded once.
fn directory() -> &'static Directory {
    static LOADED: OnceLock<Directory> = OnceLock::new();
    LOADED.get_or_init(
        || match Directory::load(&ContentFiles::embedded().unwrap()) {
            Ok(directory) => directory,
            Err(faults) => panic!("{faults:#?}"),
        },
    )
}

fn found(area: &str, themes: &[&str]) -> Found {
    let place = directory().place(area).unwrap();
    directory().find(&Ask::new(&place, themes, today()))
}

fn position(found: &Found, name: &str) -> Option<usize> {
    found.candidates.iter().position(|c| c.service.name == name)
}

fn candidate<'f>(found: &'f Found, name: &str) -> &'f Candidate {
    let at = position(found, name).unwrap_or_else(|| panic!("{name} is not offered"));
    &found.candidates[at]
}

const ALL: [&str; 10] = [
    "accommodation",
    "employment",
    "finance",
    "dependency",
    "family",
    "lifestyle",
    "wellbeing",
    "inclusion",
    "safety",
    "exploitation",
];

#[test]
fn the_169_sourced_rows_and_three_more_load_and_every_area_resolves() {
    let directory = directory();
    assert_eq!(directory.services().len(), 169 + 3);
    let geography = directory.geography();
    for service in directory.services() {
        let area = &service.area;
        for gss in &area.local_authorities {
            assert!(
                geography.authority(gss).is_some(),
                "{}: {gss}",
                service.name
            );
        }
        for slug in &area.police_areas {
            assert!(
                geography.police_area(slug).is_some(),
                "{}: {slug}",
                service.name
            );
        }
        for region in &area.regions {
            assert!(
                geography.regions().contains(region),
                "{}: {region}",
                service.name
            );
        }
        assert!(!service.source.is_empty() && !service.as_at.text.is_empty());
    }
    let primes = |s: &&Arc<Service>| s.contract.is_some();
    let partners = |s: &&Arc<Service>| !s.partner_in.is_empty();
    assert_eq!(directory.services().iter().filter(primes).count(), 52);
    assert_eq!(directory.services().iter().filter(partners).count(), 52);
    let themes: Vec<&str> = directory.themes().map(|(id, _)| id).collect();
    for theme in ALL {
        assert!(themes.contains(&theme), "{theme}");
    }
    assert_eq!(themes.len(), ALL.len());
}

#[test]
fn all_the_geography_loads() {
    let geography = directory().geography();
    assert_eq!(geography.authorities().count(), 318);
    assert_eq!(geography.police_areas().count(), 43);
    assert_eq!(geography.outcodes().count(), 2415);
    assert_eq!(geography.counties().len(), 21);
    assert_eq!(geography.regions().len(), 12);
    assert_eq!(geography.offices().len(), 326);
    for authority in geography.authorities() {
        assert!(
            !authority.pdus.is_empty(),
            "{} is in no PDU",
            authority.name
        );
    }
}

#[test]
fn a_directory_is_shared_between_requests_and_its_version_names_its_content() {
    fn shared<T: Send + Sync + 'static>(_: &Arc<T>) {}
    let mut files = ContentFiles::embedded().unwrap();
    let same = Arc::new(Directory::load(&files).unwrap());
    shared(&same);
    assert_eq!(same.version(), directory().version());
    let text = files
        .text(checking::FILE)
        .unwrap()
        .replace("default_days = 30", "default_days = 31");
    files.set(checking::FILE, text);
    let changed = Directory::load(&files).unwrap();
    assert_ne!(changed.version(), same.version());
    let id = &same.services()[0].id;
    assert_eq!(same.service(id).map(|s| &s.id), Some(id));
    assert!(same.service("nobody").is_none());
    assert!(same.sources().iter().all(|s| !s.licence.is_empty()));
}
