//! What a prompt's page keeps, and that it gives back what it was given.

use serde_json::{Value, json};

use super::*;
use crate::{
    content::ContentFiles,
    interview::{Interview, form::to_form},
};

fn prompt(id: &str) -> Prompt {
    let pack = Interview::load(&ContentFiles::embedded().unwrap()).unwrap();
    pack.prompt(id).unwrap().clone()
}

fn form(pairs: &[(&str, &str)]) -> Form {
    let pair = |(n, v): &(&str, &str)| ((*n).to_owned(), (*v).to_owned());
    Form::new(pairs.iter().map(pair).collect())
}

/// What the page of `adjustments` saves.
fn saved(pairs: &[(&str, &str)]) -> Result<Value, Faults> {
    let writes = read(&prompt("adjustments"), None, &form(pairs))?;
    Ok(writes.first().map_or(Value::Null, |w| w.value.clone()))
}

fn names(faults: &Faults) -> Vec<&str> {
    faults.iter().map(|(name, _)| name.as_str()).collect()
}

const BESIDE: [(&str, &str); 2] = [("state", "answered"), ("visibility", "in-report")];

#[test]
fn one_tick_says_that_she_told_me_when_we_met() {
    let ticked = [&BESIDE[..], &[("value", "Breaks."), ("hers", "2026-11-19")]].concat();
    let source = json!({"kind": "her-account", "detail": "Interview, 19 November 2026",
        "on": "2026-11-19"});
    assert_eq!(saved(&ticked).unwrap()["sources"], json!([source]));
    let unticked = [&BESIDE[..], &[("value", "Breaks.")]].concat();
    assert_eq!(saved(&unticked).unwrap().get("sources"), None);
}

#[test]
fn the_tick_and_a_row_that_says_the_same_are_one_source() {
    let both = [
        &BESIDE[..],
        &[
            ("value", "Breaks."),
            ("hers", "2026-11-19"),
            ("source.0.kind", "her-account"),
            ("source.0.detail", "Interview, 19 November 2026"),
        ],
    ]
    .concat();
    assert_eq!(
        saved(&both).unwrap()["sources"].as_array().unwrap().len(),
        1
    );
}

#[test]
fn known_from_a_record_asks_which_and_of_what_date() {
    let known = [
        ("state", "known-from-record"),
        ("visibility", "in-report"),
        ("value", "Breaks."),
    ];
    let with = |more: &[(&str, &str)]| saved(&[&known[..], more].concat());
    let all = ["record.kind", "record.detail", "record.on"];
    assert_eq!(names(&with(&[]).unwrap_err()), all);
    let hers = [("hers", "2026-11-19")];
    assert_eq!(names(&with(&hers).unwrap_err()), all, "she is no record");
    let half = [("record.kind", "health")];
    assert_eq!(
        names(&with(&half).unwrap_err()),
        ["record.detail", "record.on"]
    );
    let undated = [
        ("record.kind", "health"),
        ("record.detail", "GP letter"),
        ("record.undated", "yes"),
    ];
    let source = json!({"kind": "health", "detail": "GP letter"});
    assert_eq!(with(&undated).unwrap()["sources"], json!([source]));
    let dated = [
        ("record.kind", "health"),
        ("record.detail", "GP letter"),
        ("record.on-day", "6"),
        ("record.on-month", "10"),
        ("record.on-year", "2026"),
    ];
    let kept = with(&dated).unwrap();
    assert_eq!(kept["sources"][0]["on"], "2026-10-06");
}

#[test]
fn a_record_is_not_lost_when_another_state_is_chosen_after_all() {
    let typed = [
        &BESIDE[..],
        &[("value", "Breaks."), ("record.detail", "GP letter")],
    ]
    .concat();
    let source = json!({"kind": "other", "detail": "GP letter"});
    assert_eq!(saved(&typed).unwrap()["sources"], json!([source]));
}

#[test]
fn whom_it_was_passed_to_is_asked_and_kept_whatever_is_chosen_later() {
    let escalate = [
        ("state", "answered"),
        ("visibility", "escalate"),
        ("value", "Breaks."),
    ];
    assert_eq!(names(&saved(&escalate).unwrap_err()), ["escalation.to"]);
    let told = [&escalate[..], &[("escalation.to", "Duty manager")]].concat();
    assert_eq!(
        saved(&told).unwrap()["escalation"],
        json!({"to": "Duty manager"})
    );
    let after = [
        &BESIDE[..],
        &[("value", "Breaks."), ("escalation.to", "Duty manager")],
    ]
    .concat();
    assert_eq!(
        saved(&after).unwrap()["escalation"],
        json!({"to": "Duty manager"})
    );
}

#[test]
fn declining_keeps_what_was_typed_and_needs_none_of_it() {
    let prompt = prompt("abuse-victim");
    let declined = [
        ("state", "prefers-not-to-say"),
        ("visibility", "in-report"),
        ("summary", "Kept words."),
    ];
    let writes = read(&prompt, None, &form(&declined)).unwrap();
    let answer: Answer = serde_json::from_value(writes[0].value.clone()).unwrap();
    assert_eq!(answer.value, Some(json!({"summary": "Kept words."})));
    assert!(answer.is_settled());
    assert_eq!(answer.for_report(), None, "it is kept, and not used");
}

#[test]
fn an_empty_page_saves_nothing_and_a_page_with_only_a_source_keeps_it() {
    let prompt = prompt("adjustments");
    assert_eq!(read(&prompt, None, &form(&BESIDE)).unwrap(), []);
    let sourced = [&BESIDE[..], &[("hers", "2026-11-19")]].concat();
    let kept = saved(&sourced).unwrap();
    assert_eq!(kept["sources"][0]["kind"], "her-account");
}

#[test]
fn every_answer_of_the_example_cases_comes_back_from_its_page_as_it_was() {
    let pack = Interview::load(&ContentFiles::embedded().unwrap()).unwrap();
    for text in [
        include_str!("../../../../tests/cases/angela.json"),
        include_str!("../../../../tests/cases/miriam.json"),
    ] {
        let case = crate::case::from_json(text).unwrap();
        for (id, answer) in &case.answers {
            let prompt = pack.prompt(id).unwrap();
            if prompt.kind == Kind::Records {
                continue;
            }
            let value = answer.value.clone().unwrap_or_default();
            let mut pairs = about::held(prompt, Some(answer)).pairs().to_vec();
            pairs.extend(to_form(prompt, &value));
            let writes = read(prompt, Some(answer), &Form::new(pairs)).unwrap();
            assert_eq!(writes[0].value, json!(answer), "{id}");
        }
    }
}

#[test]
fn an_answer_known_from_a_record_comes_back_as_it_was() {
    let prompt = prompt("adjustments");
    for sources in [
        json!([{"kind": "health", "detail": "GP letter"}]),
        json!([{"kind": "police", "detail": "Log", "on": "2026-11-17", "verified": false},
            {"kind": "her-account", "detail": "Interview, 19 November 2026", "on": "2026-11-19"},
            {"kind": "family", "verified": true}]),
        json!([{"kind": "her-account"}, {"kind": "health", "on": "2026-11-17"}]),
    ] {
        let answer: Answer = serde_json::from_value(json!({
            "state": "known-from-record", "value": "Breaks.", "sources": sources,
            "visibility": "in-report"}))
        .unwrap();
        let mut pairs = about::held(&prompt, Some(&answer)).pairs().to_vec();
        pairs.push(("value".into(), "Breaks.".into()));
        let writes = read(&prompt, Some(&answer), &Form::new(pairs)).unwrap();
        assert_eq!(writes[0].value["sources"], json!(answer)["sources"]);
    }
}
