//! The example case files against the pack: they are what a person sees first, and
//! what every other room tests with.

use std::{path::Path, sync::LazyLock};

use serde_json::Value;

use super::{Held, Interview, Status, check_answers, schema};
use crate::{
    case::{AnswerState, CaseFile, Visibility, from_json, to_json},
    content::ContentFiles,
};

static PACK: LazyLock<Interview> =
    LazyLock::new(|| Interview::load(&ContentFiles::embedded().unwrap()).unwrap());

fn file(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    std::fs::read_to_string(folder.join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

fn examples() -> [(&'static str, CaseFile); 2] {
    ["angela.json", "miriam.json"].map(|name| {
        let case = from_json(&file(name)).unwrap_or_else(|e| panic!("{name}: {e}"));
        (name, case)
    })
}

#[test]
fn each_example_case_is_marked_as_fictional() {
    for (name, case) in examples() {
        assert!(case.fictional, "{name} describes nobody");
    }
}

#[test]
fn an_example_case_written_out_again_is_the_same_file() {
    for (name, case) in examples() {
        assert_eq!(to_json(&case).unwrap(), file(name), "{name}");
    }
}

#[test]
fn the_schema_is_itself_a_schema_and_both_example_cases_fit_it() {
    let schema = schema(&PACK);
    jsonschema::meta::validate(&schema).unwrap_or_else(|e| panic!("{e}"));
    let validator = jsonschema::validator_for(&schema).unwrap();
    for (name, _) in examples() {
        let value: Value = serde_json::from_str(&file(name)).unwrap();
        let faults: Vec<String> = validator
            .iter_errors(&value)
            .map(|e| format!("{}: {e}", e.instance_path()))
            .collect();
        assert!(faults.is_empty(), "{name}: {faults:?}");
    }
}

#[test]
fn every_answer_of_the_example_cases_belongs_to_a_prompt_and_has_its_shape() {
    for (name, case) in examples() {
        assert_eq!(check_answers(&case, &PACK), Vec::new(), "{name}");
    }
}

#[test]
fn both_example_cases_are_complete_for_a_short_and_for_a_standard_report() {
    for (name, mut case) in examples() {
        for format in [crate::case::Format::Short, crate::case::Format::Standard] {
            case.format = format;
            let progress = PACK.progress(&case);
            let needed: Vec<&str> = progress.needed.iter().map(|(_, p)| p.id.as_str()).collect();
            assert!(needed.is_empty(), "{name} lacks {needed:?}");
            for section in progress.sections {
                let id = &section.section.id;
                assert_eq!(section.status, Status::Complete, "{name}: {id}");
            }
        }
    }
}

#[test]
fn no_answer_of_an_example_case_stands_behind_a_closed_prompt() {
    for (name, case) in examples() {
        let held = Held::of(&case);
        for id in case.answers.keys() {
            let prompt = PACK.prompt(id).unwrap();
            assert!(PACK.open_in(prompt, &held), "{name}: {id}");
        }
    }
}

#[test]
fn what_the_pack_keeps_on_the_record_is_so_in_the_example_cases() {
    for (name, case) in examples() {
        for (id, answer) in &case.answers {
            let kept = PACK.prompt(id).unwrap().visibility == Visibility::RecordOnly;
            if kept && answer.state == AnswerState::Answered {
                assert_eq!(answer.visibility, Visibility::RecordOnly, "{name}: {id}");
            }
        }
    }
}

#[test]
fn protected_words_stand_only_where_the_report_never_looks() {
    for (name, mut case) in examples() {
        let protected: Vec<String> = case.protected.drain(..).map(|p| p.text).collect();
        assert!(!protected.is_empty(), "{name}");
        case.answers
            .retain(|_, a| a.visibility == Visibility::InReport);
        for enquiry in &mut case.enquiries {
            enquiry.persons.clear();
            enquiry.addresses.clear();
            enquiry.record_only = None;
        }
        let rest = to_json(&case).unwrap();
        for word in protected {
            assert!(!rest.contains(&word), "{name}: {word}");
        }
    }
}

#[test]
fn each_invalid_case_is_refused_where_the_readme_says() {
    let readme = file("README.md");
    let rows: Vec<(&str, Vec<&str>)> = readme
        .lines()
        .skip_while(|l| !l.starts_with("## `invalid/`"))
        .filter_map(|line| {
            let mut cells = line.strip_prefix("| `")?.split(" | ");
            let name = cells.next()?.trim_end_matches('`');
            let places = cells.next()?.split(", ").map(|p| p.trim_matches('`'));
            Some((name, places.collect()))
        })
        .collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/invalid");
    assert_eq!(rows.len(), folder.read_dir().unwrap().count());
    for (name, places) in rows {
        let found: Vec<String> = match from_json(&file(&format!("invalid/{name}"))) {
            Err(refused) => vec![refused.path],
            Ok(case) => check_answers(&case, &PACK)
                .into_iter()
                .map(|f| f.path)
                .collect(),
        };
        assert_eq!(found, places, "{name}");
    }
}
