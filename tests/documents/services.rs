//! What the report prints of services: whether each was confirmed, by what day, and the
//! needs for which nothing was found.

use chrono::NaiveDate;
use foreword::{
    case::{CaseFile, Format, ServiceGap, Visibility, from_json},
    content::ContentFiles,
    directory::{Directory, facts::Stated, vocabulary::term},
    pack::Pack,
};

const ALANA: &str = "39f97b70-5199-5486-b659-5508636f2c0b";

fn pack() -> Pack {
    Pack::load(&ContentFiles::embedded().unwrap()).unwrap()
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
}

fn angela() -> CaseFile {
    from_json(include_str!("../cases/angela.json")).unwrap()
}

fn gap(theme: &str, note: Option<&str>) -> ServiceGap {
    ServiceGap {
        theme: theme.into(),
        level: Some("high".into()),
        looked_on: today(),
        area: Some("West Berkshire".into()),
        note: note.map(str::to_owned),
    }
}

fn drafted(case: &CaseFile) -> String {
    pack().draft(case, today()).unwrap().0.markdown()
}

#[test]
fn the_report_prints_the_day_a_service_was_confirmed() {
    let text = drafted(&angela());
    assert!(text.contains("Confirmed with the service on 20 November 2026"));
    assert!(
        !text.contains("Assessment worker |"),
        "with whom is never printed"
    );
}

#[test]
fn a_draft_says_of_a_stale_entry_that_it_is_not_confirmed_and_when_it_was_checked() {
    let mut case = angela();
    case.services[0].confirmed_on = None;
    let text = drafted(&case);
    assert!(text.contains("Not confirmed with the service; its entry was last checked on "));
    let unsettled = text.split("## Still to be settled").nth(1).unwrap();
    assert!(
        unsettled.contains("nobody there has confirmed it to you"),
        "{unsettled}"
    );
}

#[test]
fn a_draft_says_of_an_entry_that_has_closed_that_it_no_longer_shows_it_working() {
    let pack = pack();
    let now = pack.directory.now();
    let mut record = now.service(ALANA).unwrap().record.clone();
    record.facts.terms.push(Stated::yes(term::CLOSED));
    let closed: Directory = now.with_records(vec![record]);
    let (draft, _) = pack.draft_with(&angela(), &closed, today()).unwrap();
    let text = draft.markdown();
    assert!(text.contains("Its entry no longer shows it working"));
}

#[test]
fn a_need_for_which_nothing_was_found_is_printed_plainly_in_every_format() {
    let mut case = angela();
    case.services.clear();
    case.gaps = vec![
        gap("dependency", Some("A weekly women's group in Newbury")),
        gap("family", None),
    ];
    for format in Format::ALL {
        case.format = format;
        let text = drafted(&case);
        let told = text
            .split("## Needs for which nothing suitable was found")
            .nth(1)
            .unwrap();
        assert!(
            told.contains("in West Berkshire when the directory was searched on 22 November 2026.")
        );
        assert!(
            told.contains("otherwise have been proposed: A weekly women's group in Newbury."),
            "{told}"
        );
    }
}

#[test]
fn a_gap_in_a_need_kept_on_the_record_is_not_printed() {
    let mut case = angela();
    case.gaps = vec![gap("safety", None)];
    let kept = case.answers.get_mut("need-safety").unwrap();
    kept.visibility = Visibility::RecordOnly;
    let text = drafted(&case);
    assert!(!text.contains("nothing suitable was found"), "{text}");
}

#[test]
fn a_gap_names_no_area_where_she_is_at_a_safe_address() {
    let mut case = angela();
    case.gaps = vec![gap("dependency", None)];
    let home = case.answers.get_mut("home").unwrap();
    home.value = Some(serde_json::json!({"where": "safe-address"}));
    let text = drafted(&case);
    let told = text.split("nothing suitable was found").nth(1).unwrap();
    assert!(
        !told.split("##").next().unwrap().contains("West Berkshire"),
        "{told}"
    );
}

#[test]
fn the_copy_of_an_entry_is_never_printed() {
    let pack = pack();
    let directory = pack.directory.now();
    let mut case = angela();
    let mut entry = directory.entry(directory.service(ALANA).unwrap()).unwrap();
    entry[0].says = "a word that stands nowhere else".into();
    case.services[0].entry = entry;
    assert!(!drafted(&case).contains("stands nowhere else"));
}
