//! The two example case files against the pack: they are what a person sees first,
//! and what every other room tests with.

use crate::case::{CaseFile, from_json, to_json};

/// Both example cases, with their names.
fn examples() -> [(&'static str, &'static str); 1] {
    [("angela", include_str!("../../tests/cases/angela.json"))]
}

fn read(name: &str, text: &str) -> CaseFile {
    from_json(text).unwrap_or_else(|e| panic!("{name}: {e}"))
}

#[test]
fn each_example_case_loads_and_is_marked_as_fictional() {
    for (name, text) in examples() {
        assert!(read(name, text).fictional, "{name} describes nobody");
    }
}

#[test]
fn an_example_case_written_out_again_is_the_same_file() {
    for (name, text) in examples() {
        let case = read(name, text);
        assert_eq!(to_json(&case).unwrap(), text, "{name}");
    }
}
