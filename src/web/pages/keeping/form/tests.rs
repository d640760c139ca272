//! The form of an entry: what is opened and saved unchanged stays as it was, and what
//! is wrong is said beside its field.

use std::sync::OnceLock;

use super::*;
use crate::{content::ContentFiles, directory::vocabulary::term};

fn directory() -> &'static Directory {
    static LOADED: OnceLock<Directory> = OnceLock::new();
    LOADED.get_or_init(|| Directory::load(&ContentFiles::embedded().unwrap()).unwrap())
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 25).unwrap()
}

/// What a browser would send of the page that a form fills.
fn sent(form: &Form) -> Form {
    fn of(field: &FieldView, pairs: &mut Vec<(String, String)>) {
        use crate::web::fields::Control;
        match field.control {
            Control::Radios | Control::Checkboxes => {
                let chosen = field.options.iter().filter(|o| o.checked);
                pairs.extend(chosen.map(|o| (field.name.clone(), o.value.clone())));
                let under = field.options.iter().flat_map(|o| &o.reveals);
                under.for_each(|f| of(f, pairs));
            }
            Control::Date => {
                let date = &field.date;
                for (part, value) in [
                    ("day", &date.day),
                    ("month", &date.month),
                    ("year", &date.year),
                ] {
                    pairs.push((format!("{}-{part}", field.name), value.clone()));
                }
            }
            _ => pairs.push((field.name.clone(), field.value.clone())),
        }
    }
    let mut pairs = Vec::new();
    for section in sections(form, directory(), &Faults::new()) {
        let choices = section.groups.iter().flat_map(|g| &g.choices);
        for field in section.fields.iter().chain(choices) {
            of(field, &mut pairs);
        }
    }
    Form::new(pairs)
}

fn whole() -> Record {
    directory()
        .services()
        .iter()
        .map(|s| &s.record)
        .find(|r| !r.area.local_authorities.is_empty())
        .cloned()
        .unwrap()
}

/// The form of an entry with some fields typed over.
fn with(record: &Record, typed: &[(&str, &str)]) -> Form {
    let mut pairs = sent(&held(record, directory())).pairs().to_vec();
    pairs.retain(|(name, _)| typed.iter().all(|(mine, _)| mine != name));
    pairs.extend(typed.iter().map(|(n, v)| ((*n).into(), (*v).into())));
    Form::new(pairs)
}

fn read_with(record: &Record, typed: &[(&str, &str)]) -> Result<Record, Faults> {
    read(&with(record, typed), record, directory(), today())
}

/// The fields at fault, each once.
fn at_fault(typed: &[(&str, &str)]) -> Vec<String> {
    let faults = read_with(&whole(), typed).unwrap_err();
    let summary = errors(&sections(&with(&whole(), typed), directory(), &faults));
    assert_eq!(
        summary.len(),
        faults.len(),
        "a fault that no field shows: {faults:?}"
    );
    faults.into_iter().map(|(name, _)| name).collect()
}

#[test]
fn every_entry_of_the_directory_is_the_same_when_it_is_opened_and_saved_unchanged() {
    for service in directory().services() {
        let form = sent(&held(service, directory()));
        let read = read(&form, service, directory(), today());
        assert_eq!(read.as_ref(), Ok(&service.record), "{}", service.name);
    }
}

#[test]
fn an_entry_that_says_something_of_everything_survives_the_form() {
    let facts = serde_json::json!({
        "terms": [
            {"term": term::CRECHE, "source": "the centre's page"},
            {"term": term::REMOTE, "no": true},
            {"term": term::PAUSED},
            {"term": "fact/waiting-days"},
        ],
        "openings": [
            {"days": ["monday", "friday"], "from": "09:30", "to": "13:00", "often": "weekly", "what": "group"},
            {"often": "monthly", "what": "second Tuesday"},
        ],
        "capacity": [{"unit": "bed", "available": 0, "maximum": 9, "updated": "2026-11-01", "note": "n"}],
        "funding": [{"funder": "PCC", "ends": "2027-03-31"}],
        "locations": [{"address": "1 Hidden Street", "town": "Reading", "postcode": "RG1 1AA",
                       "point": {"lat": 51.45, "long": -0.97}, "internal": true}],
        "phones": [{"number": "0118 4960000", "what": "referrals"}],
        "eligibility": "Any woman\nover 18", "minimum_age": 18, "maximum_age": 99,
        "languages": ["Polish", "Urdu"], "accessibility": ["lift"], "alert": "Closed till January",
        "not_before": "2027-01-04", "waiting_days": 14, "court_assessment_days": 5,
        "owner_mailbox": "office@example.org", "next_check": "2026-12-20", "email": "a@example.org",
        "internal_only": true,
    });
    let record = Record {
        facts: serde_json::from_value(facts).unwrap(),
        ..whole()
    };
    let read = read_with(&record, &[]);
    assert_eq!(read, Ok(record));
}

#[test]
fn a_term_is_stated_denied_or_left_unsaid_and_whose_word_it_is_stays_with_it() {
    let creche = "term.facility.creche";
    let of = |record: &Record| {
        let mut terms = record.facts.terms.iter();
        terms.find(|t| t.term == term::CRECHE).cloned()
    };
    let no = read_with(&whole(), &[(creche, "no")]).unwrap();
    let said = of(&no).unwrap();
    assert!(
        said.no && said.source.contains("the service itself"),
        "{said:?}"
    );
    let still = read_with(&no, &[("cost", "free")]).unwrap();
    assert_eq!(of(&still), Some(said));
    assert!(!of(&read_with(&no, &[(creche, "yes")]).unwrap()).unwrap().no);
    assert_eq!(of(&read_with(&no, &[(creche, "")]).unwrap()), None);
}

#[test]
fn a_setting_is_what_is_chosen_even_where_the_words_said_otherwise() {
    let women = Record {
        setting_words: vec!["women-only".into()],
        ..whole()
    };
    let mixed = read_with(&women, &[("setting", "mixed")]).unwrap();
    let read = directory().read(vec![mixed]);
    assert_eq!(read[0].setting, crate::directory::Setting::Mixed);
    let faults = read_with(&women, &[("setting", "")]).unwrap_err();
    assert_eq!(faults[0].0, "setting_words");
    let cleared = read_with(&women, &[("setting", ""), ("setting_words", "community")]);
    let read = directory().read(vec![cleared.unwrap()]);
    assert_eq!(read[0].setting, crate::directory::Setting::Unknown);
}

#[test]
fn a_service_that_has_closed_stays_as_history() {
    let closed = read_with(&whole(), &[("state", "closed")]).unwrap();
    let read = directory().read(vec![closed]);
    assert_eq!(read[0].state, crate::directory::State::Historic);
}

#[test]
fn numbers_that_are_none_or_too_large_are_refused_where_they_stand() {
    for wrong in ["-1", "1e3", "99999999999999999999", "ten", "1.5"] {
        for field in [
            "waiting_days",
            "minimum_age",
            "assessment_days",
            "room.0.all",
        ] {
            assert_eq!(at_fault(&[(field, wrong)]), [field], "{wrong}");
        }
    }
    let free = [("room.0.free", "some"), ("room.0.count", "")];
    assert_eq!(at_fault(&free), ["room.0.count"]);
    let ages = [("minimum_age", "30"), ("maximum_age", "18")];
    assert_eq!(at_fault(&ages), ["maximum_age"]);
    let more_free = [
        ("room.0.free", "some"),
        ("room.0.count", "9"),
        ("room.0.all", "8"),
    ];
    assert_eq!(at_fault(&more_free), ["room.0.all"]);
}

#[test]
fn days_that_are_none_or_out_of_order_are_refused_where_they_stand() {
    let date = |name: &str, [day, month, year]: [&str; 3]| {
        let parts = [("day", day), ("month", month), ("year", year)];
        parts.map(|(part, value)| (format!("{name}-{part}"), value.to_owned()))
    };
    for (field, typed) in [
        ("not_before", ["31", "2", "2027"]),
        ("funding.0.ends", ["1", "13", "2027"]),
        ("funding.0.ends", ["1", "1", "0027"]),
        ("next_check", ["24", "11", "2026"]),
        ("next_check", ["1", "1", "2099"]),
    ] {
        let typed = date(field, typed);
        let typed: Vec<_> = typed
            .iter()
            .map(|(n, v)| (n.as_str(), v.as_str()))
            .collect();
        assert_eq!(at_fault(&typed), [field], "{typed:?}");
    }
    let backwards = [
        ("opening.0.days", "monday"),
        ("opening.0.from", "1pm"),
        ("opening.0.to", "9am"),
    ];
    assert_eq!(at_fault(&backwards), ["opening.0.to"]);
    assert_eq!(
        at_fault(&[("opening.0.from", "soon")]),
        ["opening.0.days", "opening.0.from"]
    );
}

#[test]
fn places_outside_england_and_wales_and_areas_that_are_none_are_told_with_what_is_near() {
    let scottish = [
        ("place.0.town", "Edinburgh"),
        ("place.0.postcode", "EH1 1AA"),
    ];
    assert_eq!(at_fault(&scottish), ["place.0.postcode"]);
    let wrong = [("authorities", "Reading\nWest Berkshir")];
    let faults = read_with(&whole(), &wrong).unwrap_err();
    assert!(faults[0].1.contains("West Berkshire"), "{faults:?}");
    let right = read_with(
        &whole(),
        &[("authorities", "reading\nWest Berkshire\nReading")],
    );
    assert_eq!(
        right.unwrap().area.local_authorities,
        ["E06000038", "E06000037"]
    );
}

#[test]
fn text_that_is_too_long_is_refused_and_what_is_no_text_is_cleaned() {
    let long = "x".repeat(100_000);
    for field in [
        "name",
        "description",
        "offers",
        "notice",
        "cost",
        "opening.0.what",
    ] {
        assert_eq!(at_fault(&[(field, long.as_str())]), [field]);
    }
    let script = "<script>alert(1)</script>\u{0}\u{202e}";
    let read = read_with(&whole(), &[("description", script)]).unwrap();
    assert_eq!(read.description, "<script>alert(1)</script>");
}

#[test]
fn faults_stand_in_the_order_of_the_page() {
    let all = [
        ("name", ""),
        ("waiting_days", "x"),
        ("minimum_age", "x"),
        ("opening.0.from", "x"),
        ("area", ""),
        ("website", "javascript:alert(1)"),
        ("owner_mailbox", "nobody"),
    ];
    let typed = with(&whole(), &all);
    let faults = read(&typed, &whole(), directory(), today()).unwrap_err();
    let shown = errors(&sections(&typed, directory(), &faults));
    let told: Vec<&str> = faults.iter().map(|(_, what)| what.as_str()).collect();
    let shown: Vec<&str> = shown.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(shown, told);
    assert_eq!(told.len(), 8);
}
