//! Every service that the sources name is in the records, each in its true state, and
//! what they say of it is carried as facts.

use super::*;
use crate::directory::vocabulary::term;

/// Services named by the five documents Foreword was asked to be built on, and by the
/// research on court-report practice, as their records are called.
const NAMED: [(&str, State); 48] = [
    // The Turn Around Project's page; the announcement of WONDER, and what followed it.
    ("The Turn Around Project", State::Listed),
    (
        "WONDER (Women Offenders of Norfolk Diversion, Engagement and Rehabilitation)",
        State::Historic,
    ),
    ("WONDER+", State::Unknown),
    // Ministry of Justice, December 2009.
    (
        "Nelson Trust Women's Services (residential)",
        State::Historic,
    ),
    ("Adelaide House Approved Premises", State::Unknown),
    (
        "WomenCentre Calderdale (now Calderdale & Kirklees)",
        State::Unknown,
    ),
    ("SWAN", State::Historic),
    ("Women's Turnaround Project (South Wales)", State::Historic),
    ("Anawim women's centre", State::Listed),
    ("Crowley House Approved Premises (PIPE)", State::Listed),
    ("Together Women women's centres", State::Unknown),
    ("Eden House Approved Premises", State::Listed),
    (
        "Bristol Court Assessment and Referral Service (CARS)",
        State::Historic,
    ),
    // HM Inspectorate of Probation, May 2024.
    ("Greater Manchester Women's Support Alliance", State::Listed),
    ("GMWSA - Women's Support Service - Tameside", State::Listed),
    ("GMWSA - Women's Support Service - Oldham", State::Listed),
    ("GMWSA - Women's Support Service - Rochdale", State::Listed),
    ("GMWSA - Women's Support Service - Salford", State::Listed),
    ("GMWSA - Women's Support Service - Bolton", State::Listed),
    (
        "GMWSA - Women's Support Service - Wigan and Leigh",
        State::Listed,
    ),
    (
        "GMWSA - Women's Support Service - Manchester and Trafford",
        State::Listed,
    ),
    ("GMWSA - Women's Support Service - Bury", State::Listed),
    ("GMWSA - Women's Support Service - Stockport", State::Listed),
    (
        "Greater Manchester women's problem-solving court",
        State::Listed,
    ),
    ("Stockport Women's Centre", State::Listed),
    ("Advance Minerva", State::Listed),
    ("Hibiscus Initiatives", State::Listed),
    ("Birth Companions", State::Listed),
    (
        "Willowdene women's recovery centre / LINC programme",
        State::Listed,
    ),
    ("Alana House", State::Listed),
    ("Creative Space", State::Listed),
    ("Clean Break", State::Listed),
    ("Maya Centre", State::Listed),
    (
        "Deeds Not Words at Edith Rigby Approved Premises",
        State::Listed,
    ),
    ("Barry Cookery Project (unpaid work)", State::Listed),
    ("St Michael's Hospice Tadley (unpaid work)", State::Listed),
    ("Bridges to Health", State::Listed),
    ("HMP Styal departure lounge", State::Listed),
    ("On The Out", State::Listed),
    ("Bridge The Gap", State::Listed),
    // Time-critical, and not open.
    (
        "Swansea Residential Women's Centre (planned)",
        State::NotOpen,
    ),
    // Named by the research on court-report practice.
    (
        "Birmingham women's Intensive Supervision Court pilot",
        State::Unknown,
    ),
    ("Reach Out Intensive Support Pathway", State::Listed),
    (
        "London women's mental health treatment requirement (MHTR) service",
        State::Unknown,
    ),
    ("Scarborough WCP", State::Unknown),
    (
        "Northampton women's community sentence treatment requirements (CSTR)",
        State::Unknown,
    ),
    ("Hope Street", State::Listed),
    ("Open Service", State::Listed),
];

fn named(name: &str) -> &'static Service {
    let of_that_name = |s: &&Arc<Service>| s.name == name;
    let mut found = directory().services().iter().filter(of_that_name);
    let service = found.next().unwrap_or_else(|| panic!("{name} is missing"));
    assert!(found.next().is_none(), "{name} stands twice");
    service
}

/// Whether a record states a term of the published taxonomies.
fn states(service: &Service, key: &str) -> bool {
    service.facts.terms.iter().any(|t| t.term == key && !t.no)
}

#[test]
fn every_service_the_sources_name_is_here_dated_sourced_and_in_its_true_state() {
    for (name, state) in NAMED {
        let service = named(name);
        assert_eq!(service.state, state, "{name}");
        for said in [&service.source, &service.as_at.text, &service.confidence] {
            assert!(!said.is_empty(), "{name}");
        }
    }
}

#[test]
fn what_has_ended_or_has_not_opened_is_never_offered_wherever_it_is_asked_for() {
    let directory = directory();
    let never: Vec<&Arc<Service>> = directory
        .services()
        .iter()
        .filter(|s| !s.state.may_be_offered())
        .collect();
    assert!(never.len() >= 7, "{}", never.len());
    for service in never {
        let areas = service.area.local_authorities.iter();
        let police = service.area.police_areas.iter();
        for area in areas.chain(police) {
            for themes in [&[][..], &ALL] {
                let found = found(area, themes);
                let offered = found.candidates.iter().any(|c| c.service.id == service.id);
                assert!(!offered, "{} in {area}", service.name);
            }
        }
    }
}

#[test]
fn the_sources_disagreement_on_willowdenes_area_is_carried_and_not_settled() {
    for name in [
        "Willowdene women's recovery centre / LINC programme",
        "Women's Services in West Mercia",
        "Women's Services in Warwickshire",
    ] {
        let service = named(name);
        let conflicts = &service.facts.conflicts;
        let area = conflicts
            .iter()
            .find(|c| c.one.contains("Willowdene"))
            .unwrap_or_else(|| panic!("{name}: {conflicts:?}"));
        assert_eq!(area.about, "area");
        assert!(area.one.contains("Warwickshire and West Mercia"));
        assert!(area.one_source.contains("HM Inspectorate of Probation"));
        assert!(area.other.contains("Changing Lives") && area.other.contains("PRJ_5821"));
        assert!(area.other_source.contains("Ministry of Justice"));
    }
    let willowdene = named("Willowdene women's recovery centre / LINC programme");
    assert_eq!(willowdene.area.police_areas, ["west-mercia"]);
}

#[test]
fn a_contract_still_listed_after_its_recorded_end_says_that_its_sources_differ() {
    let ended = |s: &&Arc<Service>| s.recorded_contract_end.is_some_and(|end| end < today());
    let ended: Vec<&Arc<Service>> = directory().services().iter().filter(ended).collect();
    assert_eq!(ended.len(), 12);
    for service in ended {
        let says = |about: &str| service.facts.conflicts.iter().any(|c| c.about == about);
        assert!(says("contract end"), "{}", service.name);
        assert_eq!(service.facts.funded_until(), None, "{}", service.name);
    }
}

#[test]
fn women_only_is_stated_only_where_the_record_says_it_in_those_words() {
    for service in directory().services() {
        let said = service.setting_words.iter().any(|w| w == "women-only");
        assert_eq!(states(service, term::WOMEN_ONLY), said, "{}", service.name);
    }
    let barry = named("Barry Cookery Project (unpaid work)");
    let denied = |key: &str| barry.facts.terms.iter().any(|t| t.term == key && t.no);
    assert!(denied(term::WOMEN_ONLY));
    assert_eq!(barry.setting, Setting::Mixed);
}

#[test]
fn a_delivery_partner_is_never_given_what_its_name_suggests() {
    for service in directory().services() {
        if service.partner_in.is_empty() {
            continue;
        }
        for stated in &service.facts.terms {
            assert!(!stated.source.is_empty(), "{}: {stated:?}", service.name);
        }
    }
}

#[test]
fn what_an_author_asks_of_alana_house_is_stated() {
    let alana = named("Alana House");
    for key in [
        term::BY_AUTHOR,
        term::BY_PROBATION,
        term::BY_HERSELF,
        term::FITS_UNPAID_WORK,
        term::OUTREACH,
    ] {
        assert!(states(alana, key), "{key}");
    }
    assert!(!states(alana, term::CRECHE), "nobody has said so");
    assert_eq!(alana.facts.court_assessment_days, None);
}

#[test]
fn a_contract_says_whom_it_takes_and_on_which_orders() {
    for service in directory().services() {
        if service.contract.is_none() {
            continue;
        }
        for key in [term::BY_PROBATION, term::FITS_RAR, term::FITS_LICENCE] {
            assert!(states(service, key), "{}: {key}", service.name);
        }
        assert_eq!(service.facts.minimum_age, Some(18), "{}", service.name);
        assert!(!service.facts.eligibility.is_empty(), "{}", service.name);
    }
}

#[test]
fn nothing_is_said_to_be_verified_or_owned_that_nobody_has_verified_or_owns() {
    for service in directory().services() {
        assert_eq!(service.facts.verified, None, "{}", service.name);
        assert!(service.facts.owner.is_empty(), "{}", service.name);
    }
}
