//! Progress, validation, branching and shape must tell one story; these hold them
//! to it on made-up cases.

use std::sync::LazyLock;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Held, Interview, Prompt, Status, check_answers, schema, validate};
use crate::{
    case::{
        CaseFile, Format, from_json, from_value,
        revision::{Write, apply},
    },
    content::ContentFiles,
};

static PACK: LazyLock<Interview> =
    LazyLock::new(|| Interview::load(&ContentFiles::embedded().unwrap()).unwrap());

fn with_answers(answers: &Value) -> CaseFile {
    from_value(json!({"foreword_case": 1, "answers": answers})).unwrap()
}

#[test]
fn a_new_case_has_not_been_started_anywhere_and_leads_to_her_name() {
    let progress = PACK.progress(&CaseFile::new());
    let started = |s: &&super::SectionProgress<'_>| s.status != Status::NotStarted;
    assert_eq!(progress.sections.iter().find(started), None);
    assert_eq!(
        progress.next.map(|(_, p)| p.id.as_str()),
        Some("woman-name")
    );
    assert!(!progress.is_complete());
}

#[test]
fn a_group_half_filled_is_in_progress_and_still_needed() {
    let case = from_value(
        json!({"foreword_case": 1, "woman": {"name": {"first": "Ada"}},
        "author": {"name": "Rosalind Achebe", "role": "Probation Officer"}}),
    )
    .unwrap();
    let progress = PACK.progress(&case);
    assert_eq!(progress.sections[0].status, Status::InProgress);
    assert!(progress.needed.iter().any(|(_, p)| p.id == "woman-name"));
    assert!(!progress.needed.iter().any(|(_, p)| p.id == "author"));
}

#[test]
fn declining_settles_a_prompt_as_well_as_answering_does() {
    for state in [
        "prefers-not-to-say",
        "not-asked-unsafe",
        "not-asked-no-time",
    ] {
        let case = with_answers(&json!({"abuse-victim": {"state": state}}));
        assert!(
            PACK.is_settled(PACK.prompt("abuse-victim").unwrap(), &case),
            "{state}"
        );
    }
    let empty = with_answers(&json!({"abuse-victim": {"state": "answered"}}));
    assert!(!PACK.is_settled(PACK.prompt("abuse-victim").unwrap(), &empty));
}

#[test]
fn an_oral_report_needs_less_than_a_short_one() {
    let mut case = CaseFile::new();
    let short = PACK.progress(&case).needed.len();
    case.format = Format::Oral;
    assert!(PACK.progress(&case).needed.len() < short);
}

#[test]
fn a_branch_that_closes_keeps_its_answer_and_brings_it_back() {
    let answers = |previous: &str| {
        with_answers(&json!({"previous": {"value": previous},
            "previous-offending": {"value": "Thefts from shops."}}))
    };
    let asked = |case: &CaseFile| {
        let visible = PACK.visible_prompts(case);
        visible.iter().any(|(_, p)| p.id == "previous-offending")
    };
    let closed = answers("none");
    assert!(!asked(&closed));
    assert!(closed.value("previous-offending").is_some());
    assert!(asked(&answers("some")));
}

/// A value for a prompt, right or wrong, from what a careless program might write.
fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-5i64..40).prop_map(Value::from),
        prop::sample::select(vec![
            "",
            "yes",
            "low",
            "none",
            "some",
            "answered",
            "2026-11-12",
            "12/11/2026",
            "09:30",
            "children-at-home",
            "interview",
            "A few words.",
        ])
        .prop_map(Value::from),
    ];
    leaf.prop_recursive(2, 12, 3, |inner| {
        let names = prop::sample::select(vec![
            "level",
            "linked",
            "how",
            "name",
            "date_of_birth",
            "experienced",
            "band",
            "concern",
            "met_on",
            "surprise",
        ]);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::btree_map(names, inner, 0..4)
                .prop_map(|fields| fields.into_iter().map(|(k, v)| (k.to_owned(), v)).collect()),
        ]
    })
}

fn any_answer_prompt() -> impl Strategy<Value = &'static Prompt> {
    let answers: Vec<&Prompt> = PACK
        .prompts()
        .map(|(_, p)| p)
        .filter(|p| p.is_answer())
        .collect();
    prop::sample::select(answers)
}

/// An example case with some of its prompts emptied, declined or filled with anything.
fn any_case() -> impl Strategy<Value = CaseFile> {
    let angela = include_str!("../../tests/cases/angela.json");
    let miriam = include_str!("../../tests/cases/miriam.json");
    let prompts: Vec<&Prompt> = PACK.prompts().map(|(_, p)| p).collect();
    let changes = prop::collection::vec((prop::sample::select(prompts), 0..4, any_value()), 0..12);
    let format = prop::sample::select(Format::ALL.to_vec());
    let file = prop::sample::select(vec![angela, miriam]);
    (file, changes, format).prop_map(|(file, changes, format)| {
        let mut whole: Value = serde_json::from_str(file).unwrap();
        for (prompt, turn, value) in changes {
            let value = match (prompt.is_answer(), turn) {
                (_, 0) | (false, _) => Value::Null,
                (true, 1) => json!({"state": "prefers-not-to-say"}),
                (true, 2) => json!({"state": "not-asked-no-time"}),
                (true, _) => json!({ "value": value }),
            };
            let before = whole.clone();
            apply(&mut whole, &Write::new(prompt.path(), value));
            drop_nulls(&mut whole);
            // A place that the case file cannot leave empty stays as it was.
            if from_value(whole.clone()).is_err() {
                whole = before;
            }
        }
        let mut case = from_value(whole).unwrap();
        case.format = format;
        case
    })
}

fn drop_nulls(value: &mut Value) {
    if let Value::Object(fields) = value {
        fields.retain(|_, v| !v.is_null());
        fields.values_mut().for_each(drop_nulls);
    }
}

/// Declined, or not asked for a reason.
fn set_aside(prompt: &Prompt, case: &CaseFile) -> bool {
    let answer = case.answer(&prompt.id).filter(|_| prompt.is_answer());
    answer.is_some_and(|a| a.is_settled() && a.known().is_none())
}

#[test]
fn a_needed_answer_that_is_too_long_is_still_needed() {
    let mut case = from_json(include_str!("../../tests/cases/angela.json")).unwrap();
    let answer = case.answers.get_mut("offence-account").unwrap();
    answer.value = Some(Value::from("x".repeat(100_000)));
    let needed = PACK.progress(&case).needed;
    let needed: Vec<&str> = needed.iter().map(|(_, p)| p.id.as_str()).collect();
    assert_eq!(needed, ["offence-account"]);
}

proptest! {
    #[test]
    fn progress_calls_settled_exactly_what_validation_accepts(
        prompt in any_answer_prompt(), value in any_value()
    ) {
        let case = with_answers(&json!({ prompt.id.as_str(): {"value": value} }));
        let held = Held::of(&case).value(prompt);
        let accepted = held.is_some_and(|v| validate(prompt, &v).is_empty());
        prop_assert_eq!(PACK.is_settled(prompt, &case), accepted);
        prop_assert_eq!(PACK.still_needed(&case), PACK.progress(&case).needed);
    }

    #[test]
    fn a_report_is_fit_exactly_when_all_it_needs_and_asks_is_valid_or_set_aside(case in any_case()) {
        let held = Held::of(&case);
        let progress = PACK.progress(&case);
        let lacking: Vec<&str> = PACK
            .visible_in(&held)
            .into_iter()
            .filter(|(_, p)| p.needed_for.contains(&case.format))
            .filter(|(_, p)| {
                let valid = held.value(p).is_some_and(|v| validate(p, &v).is_empty());
                !valid && !set_aside(p, &case)
            })
            .map(|(_, p)| p.id.as_str())
            .collect();
        let needed: Vec<&str> = progress.needed.iter().map(|(_, p)| p.id.as_str()).collect();
        prop_assert_eq!(&needed, &lacking);
        prop_assert_eq!(progress.is_complete(), lacking.is_empty());
        let by_section: usize = progress.sections.iter().map(|s| s.needed).sum();
        prop_assert_eq!(by_section, needed.len());
        for section in &progress.sections {
            let complete = section.status == Status::Complete;
            prop_assert!(!complete || section.needed == 0, "{}", section.section.id);
        }
        if let Some(first) = needed.first() {
            prop_assert_eq!(progress.next.map(|(_, p)| p.id.as_str()), Some(*first));
        }
    }

    #[test]
    fn the_schema_and_the_check_of_answers_agree(
        prompt in any_answer_prompt(), value in any_value()
    ) {
        static SCHEMA: LazyLock<jsonschema::Validator> =
            LazyLock::new(|| jsonschema::validator_for(&schema(&PACK)).unwrap());
        let file = json!({"foreword_case": 1, "answers": { prompt.id.as_str(): {"value": value} }});
        prop_assume!(!value.is_null());
        let case = from_value(file.clone()).unwrap();
        let faults = check_answers(&case, &PACK);
        prop_assert_eq!(faults.is_empty(), SCHEMA.is_valid(&file), "{:?} {:?}", faults, file);
    }
}
