//! Rules that cannot be right, each refused with its file, its line and the reason.

use super::*;

const RULE: &str = r#"title = "T"

[[rule]]
id = "zebra"
words = [{ find = 'zebras?', put = ["horse"] }]
why = "They are horses."
source = "practice"
example = ["She saw a zebra."]
fine = ["She saw a horse."]
"#;

/// What is said of a file of rules beside those that ship.
fn said(file: &str) -> Vec<String> {
    let mut files = files();
    files.set("report-templates/wording/zoo.toml", file);
    let law = LawPack::load(&files).unwrap();
    match WordingRules::load(&files, &law) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.iter().map(ToString::to_string).collect(),
    }
}

#[test]
fn a_rule_that_proves_itself_is_taken_in() {
    assert_eq!(said(RULE), Vec::<String>::new());
}

#[test]
fn each_thing_wrong_is_told_with_file_line_and_reason() {
    for (from, to, line, reason) in [
        (
            "She saw a zebra.",
            "She saw an ass.",
            3,
            "does not find its own example",
        ),
        (
            "[\"She saw a horse.\"]",
            "[\"She saw zebras.\"]",
            3,
            "should be left alone, and zebra finds “zebras”",
        ),
        (
            "[\"She saw a horse.\"]",
            "[\"She saw an addict.\"]",
            3,
            "and addict finds",
        ),
        (
            "put = [\"horse\"]",
            "put = [\"offender\"]",
            3,
            "“offender”, is itself found by offender",
        ),
        (
            "put = [\"horse\"]",
            "put = [\"old zebra\"]",
            3,
            "which zebra finds",
        ),
        ("source = \"practice\"\n", "", 3, "missing field `source`"),
        (
            "\"practice\"",
            "\"practise\"",
            3,
            "has no source “practise”; did you mean “practice”?",
        ),
        ("zebras?", "zebra(", 3, "this pattern is not one"),
        (
            "why =",
            "scope = \"everywhere\"\nwhy =",
            6,
            "unknown variant `everywhere`",
        ),
        (
            "why = \"They are horses.\"",
            "why = \" \"",
            3,
            "`why` says nothing",
        ),
        (", put = [\"horse\"]", "", 3, "offers nothing"),
        (
            "example = [\"She saw a zebra.\"]",
            "example = []",
            3,
            "needs an `example`",
        ),
        (
            "fine = [\"She saw a horse.\"]",
            "fine = []",
            3,
            "needs a `fine` sentence",
        ),
        (
            "id = \"zebra\"",
            "id = \"addict\"",
            0,
            "another rule has this id",
        ),
        (
            "id = \"zebra\"",
            "id = \"Zebra 1\"",
            3,
            "small letters and hyphens",
        ),
        (
            "why =",
            "check = \"length\"\nwhy =",
            3,
            "`words` are for rules without a `check`",
        ),
        ("why =", "most_words = 4\nwhy =", 3, "`most_words` is for"),
        (
            "why =",
            "colour = \"red\"\nwhy =",
            6,
            "unknown field `colour`",
        ),
    ] {
        assert!(RULE.contains(from), "{from}");
        let said = said(&RULE.replace(from, to));
        let line = format!("line {line}: ");
        let told = said
            .iter()
            .any(|s| s.contains(reason) && (s.contains(&line) || line == "line 0: "));
        assert!(told, "{from} -> {to}: {said:#?}");
    }
}

#[test]
fn a_pattern_that_is_left_alone_is_refused_with_its_line_too() {
    let mut files = files();
    let names = "names = []\npatterns = [\n  'fine',\n  'not(fine',\n]\n";
    files.set(rows::LEFT_ALONE, names);
    let law = LawPack::load(&files).unwrap();
    let faults = WordingRules::load(&files, &law).unwrap_err();
    let told = faults[0].to_string();
    assert!(told.contains("left-alone.toml, line 4: "), "{told}");
}

#[test]
fn a_pattern_that_introduces_somebody_keeps_the_name_as_it_is() {
    assert_eq!(
        load::introduced("{name}, the", "Ms O'Neill"),
        "Ms O'Neill, the"
    );
}
