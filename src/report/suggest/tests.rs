//! What is suggested for the example cases, and what is not.

use chrono::NaiveDate;

use super::*;
use crate::{case, pack::Pack};

fn suggested(change: impl Fn(&mut CaseFile)) -> (CaseFile, Vec<Suggested>) {
    let files = ContentFiles::embedded().unwrap();
    let pack = Pack::load(&files).unwrap();
    let mut case = case::from_json(include_str!("../../../tests/cases/angela.json")).unwrap();
    change(&mut case);
    let today = NaiveDate::from_ymd_opt(2026, 11, 25).unwrap();
    let rows = pack.suggested(&case, today);
    (case, rows)
}

fn of<'a>(rows: &'a [Suggested], place: &str) -> Vec<&'a Suggested> {
    rows.iter().filter(|s| s.place == place).collect()
}

const STEPS: &str = "proposal.first_weeks";
const ALTERNATIVES: &str = "proposal.alternatives";

#[test]
fn a_requirement_with_times_that_starts_at_once_gives_a_step_for_each_week() {
    let (case, rows) = suggested(|_| {});
    let steps = of(&rows, STEPS);
    assert_eq!(
        steps.len(),
        4,
        "the programme starts when a place is confirmed"
    );
    let rar = &case.proposal.requirements[0];
    assert_eq!(steps[0].record["week"], 1);
    assert_eq!(steps[0].record["place"], json!(rar.place));
    assert_eq!(steps[3].record["when"], "Tuesday and Thursday, 10am to 1pm");
    assert_eq!(steps[1].record["with"], "Worker from Alana House");
    assert_ne!(steps[0].record["what"], steps[1].record["what"]);
}

#[test]
fn without_the_authors_word_that_it_starts_at_once_no_step_is_suggested() {
    let later = |case: &mut CaseFile| {
        case.proposal.requirements[0].starts = Some("when a place is free".into());
    };
    assert!(of(&suggested(later).1, STEPS).is_empty());
    let no_times = |case: &mut CaseFile| case.proposal.requirements[0].slots.clear();
    assert!(of(&suggested(no_times).1, STEPS).is_empty());
}

#[test]
fn alternatives_are_named_and_why_not_is_left_to_the_author() {
    let names = |rows: &[Suggested]| -> Vec<String> {
        let all = of(rows, ALTERNATIVES);
        assert!(all.iter().all(|s| s.record.get("why_not").is_none()));
        assert!(all.iter().all(|s| !s.whole));
        all.iter()
            .map(|s| s.record["what"].as_str().unwrap().to_owned())
            .collect()
    };
    let all = names(&suggested(|_| {}).1);
    assert!(
        all.contains(&"Suspended sentence order".to_owned()),
        "{all:?}"
    );
    assert!(all.contains(&"Curfew requirement".to_owned()), "{all:?}");
    assert!(!all.contains(&"Community order".to_owned()), "{all:?}");
    let not_considered = |case: &mut CaseFile| {
        case.hearing.indication = Some(Indication::CustodyNotConsidered);
    };
    let fewer = names(&suggested(not_considered).1);
    assert!(!fewer.contains(&"Suspended sentence order".to_owned()));
    let none = suggested(|case| case.proposal.order = None).1;
    assert!(of(&none, ALTERNATIVES).is_empty());
}

#[test]
fn what_the_rows_hold_already_is_not_suggested_again() {
    let (_, rows) = suggested(|_| {});
    let step = of(&rows, STEPS)[1];
    let mut edited = step.record.clone();
    assert!(!step.is_used(&[]));
    edited["what"] = json!("Joins the women-only group");
    assert!(step.is_used(&[edited.clone()]), "the same place and time");
    edited["week"] = json!(3);
    assert!(!step.is_used(&[edited]));
    let alternatives = of(&rows, ALTERNATIVES);
    let fine = alternatives.iter().find(|s| s.short == "fine").unwrap();
    assert!(fine.is_used(&[json!({"what": "A fine"})]));
    assert!(!fine.is_used(&[json!({"what": "To be confined"})]));
}
