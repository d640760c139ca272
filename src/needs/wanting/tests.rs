//! What answers ask of a service, and what a file that names no answer is refused with.

use serde_json::json;

use super::*;
use crate::case::{from_json, from_value};

fn files() -> ContentFiles {
    ContentFiles::embedded().unwrap()
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
}

fn wanted(case: &CaseFile) -> Wanted {
    let interview = Interview::load(&files()).unwrap();
    let rules = WantRules::load(&files(), &interview).unwrap();
    wants(case, &interview, &rules, today())
}

fn answers(answers: &Value) -> Wanted {
    wanted(&from_value(json!({"foreword_case": 1, "answers": answers})).unwrap())
}

#[test]
fn nothing_answered_leaves_everything_open() {
    assert_eq!(wanted(&CaseFile::new()), Wanted::default());
}

#[test]
fn what_she_could_not_do_without_outweighs_what_she_would_rather_have() {
    let wanted = answers(&json!({
        "service-suits": {"value": {"who_is_there": "women-only"}},
        "what-worked-is": {"value": ["women-only", "fares"]}}));
    assert_eq!(wanted.wants.women_only, Wish::Needs);
    assert!(wanted.wants.travel_hard);
    let prompts: Vec<&str> = wanted.because.iter().map(|s| s.prompt.as_str()).collect();
    assert_eq!(
        prompts,
        ["service-suits", "what-worked-is", "what-worked-is"]
    );
}

#[test]
fn an_answer_kept_on_the_record_steers_and_says_so() {
    let wanted = answers(&json!({
        "places-to-avoid": {"value": ["RG1", "Broad Street"], "visibility": "record-only"},
        "what-worked-is": {"value": ["childcare"]},
        "meeting-conditions": {"value": {"interviewer": "woman-arranged"}}}));
    assert_eq!(wanted.wants.avoid, ["RG1", "Broad Street"]);
    let kept: Vec<bool> = wanted.because.iter().map(|s| s.record_only).collect();
    assert_eq!(kept, [false, true]);
}

#[test]
fn a_field_that_is_always_kept_on_the_record_says_so_whatever_its_page_is() {
    let wanted = answers(&json!({"service-suits": {"value": {"access": ["step-free"]}}}));
    assert_eq!(wanted.wants.access, ["access/step-free"]);
    assert!(wanted.because[0].record_only);
}

#[test]
fn an_answer_behind_a_closed_branch_counts_for_nothing() {
    let answers_if = |used: &str| {
        answers(&json!({
            "exploitation": {"value": {"experienced": used}},
            "migration": {"state": "prefers-not-to-say", "value": {"bears": "yes"}}}))
    };
    assert_eq!(answers_if("no").wants, Wants::default());
    assert_eq!(
        answers_if("yes").wants.specialist,
        ["specialist-for/sex-work"]
    );
}

#[test]
fn a_language_is_looked_for_where_an_order_would_need_an_interpreter() {
    let needs = |interpreter: &str| {
        let value = json!({"language": "Polish", "interpreter": interpreter});
        answers(&json!({"language-and-reading": {"value": value}}))
    };
    assert_eq!(needs("yes").wants.languages, ["Polish"]);
    assert_eq!(needs("no").wants, Wants::default());
}

#[test]
fn a_specialism_comes_from_her_age_on_the_day_of_the_hearing() {
    let aged = |born: &str| {
        let case = json!({"foreword_case": 1, "woman": {"date_of_birth": born},
            "hearing": {"date": "2026-12-03"}});
        wanted(&from_value(case).unwrap()).wants.specialist
    };
    assert_eq!(aged("2001-12-04"), ["specialist-for/under-25"]);
    assert_eq!(aged("2001-12-03"), Vec::<String>::new());
}

#[test]
fn the_two_cases_steer_the_search_as_their_answers_say() {
    let angela = from_json(include_str!("../../../tests/cases/angela.json")).unwrap();
    let wants = wanted(&angela).wants;
    assert_eq!(wants.women_only, Wish::Prefers);
    assert_eq!(wants.avoid, Vec::<String>::new());
    assert!(
        wants
            .specialist
            .contains(&"specialist-for/da-survivor".into())
    );
    let miriam = from_json(include_str!("../../../tests/cases/miriam.json")).unwrap();
    let wants = wanted(&miriam).wants;
    assert!(wants.specialist.contains(&"specialist-for/mothers".into()));
    assert_eq!(wants.busy.len(), 4);
}

/// The faults of the file with `from` replaced.
fn faults(from: &str, to: &str) -> Vec<String> {
    let mut files = files();
    let text = files.text(FILE).unwrap().to_owned();
    assert!(text.contains(from), "{from}");
    files.set(FILE, text.replacen(from, to, 1));
    let interview = Interview::load(&files).unwrap();
    let faults = WantRules::load(&files, &interview).unwrap_err();
    faults.iter().map(ToString::to_string).collect()
}

#[test]
fn a_name_that_the_interview_does_not_have_is_refused_with_its_line_and_the_nearest() {
    for (from, to, says) in [
        (
            "prompt = \"order-unsafe\"",
            "prompt = \"order-unsave\"",
            "“order-unsafe”",
        ),
        (
            "field = \"who_is_there\"",
            "field = \"who_is_here\"",
            "“who_is_there”",
        ),
        (
            "is = [\"rather-women\"]",
            "is = [\"rather-woman\"]",
            "“rather-women”",
        ),
        (
            "prompt = \"date-of-birth\"",
            "prompt = \"date-of-brith\"",
            "“date-of-birth”",
        ),
        ("women_only = \"needs\"", "", "it asks nothing"),
        (", field = \"bears\"", "", "several fields"),
    ] {
        let faults = faults(from, to);
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert!(faults[0].starts_with(FILE), "{}", faults[0]);
        assert!(faults[0].contains(", line "), "{}", faults[0]);
        assert!(faults[0].contains(says), "{}", faults[0]);
    }
}
