//! Guidance that is missing, depth that is upside down, lists that are empty: each
//! refused with its line.

use super::*;
use crate::case::Format;

/// A prompt that has everything; tests take something away or turn it.
const WHOLE: &str = r#"[[prompt]]
id = "weather"
short = "The weather"
ask = "What was the weather like?"
kind = "text"
formats = ["short", "standard"]
needed_for = ["standard"]
sensitive = true
why = "Why."
say = "Say."
avoid = "Avoid."
evidence = "Evidence."
source = "Source."
serves = { inspectorate = ["a"] }

"#;

const FILE: &str = "sections/diversity.toml";

/// The faults of the shipped pack with the prompt above, changed, as the section's
/// first; and the line on which `to` stands, or the prompt begins where it is empty.
fn turned(from: &str, to: &str) -> (Vec<String>, usize) {
    assert!(WHOLE.contains(from), "{from}");
    let mut files = shipped();
    let path = format!("{FOLDER}{FILE}");
    let text = files.text(&path).unwrap();
    let own = WHOLE.replacen(from, to, 1);
    let text = text.replacen("[[prompt]]\n", &format!("{own}[[prompt]]\n"), 1);
    let start = text.find(&own).unwrap();
    let at = if to.is_empty() {
        0
    } else {
        own.find(to).unwrap()
    };
    let line = crate::content::line_of(&text, start + at);
    files.set(&path, text);
    let faults = Interview::load(&files).map_or_else(|f| told(&f), |_| Vec::new());
    (faults, line)
}

fn refused(from: &str, to: &str, reason: &str) {
    let (faults, line) = turned(from, to);
    assert_eq!(faults.len(), 1, "{from} → {to}: {faults:?}");
    let place = format!("{FOLDER}{FILE}, line {line}: ");
    assert!(faults[0].starts_with(&place), "{place} … {}", faults[0]);
    assert!(faults[0].contains(reason), "{}", faults[0]);
}

#[test]
fn the_whole_prompt_is_accepted() {
    assert_eq!(turned("Why.", "Why.").0, Vec::<String>::new());
}

#[test]
fn a_prompt_that_leaves_out_any_of_its_guidance_is_refused_with_its_line() {
    for key in ["why", "say", "avoid", "evidence", "source"] {
        let capital = format!("{}{}", key[..1].to_uppercase(), &key[1..]);
        let from = format!("{key} = \"{capital}.\"\n");
        refused(&from, "", &format!("`weather`: `{key}` is missing"));
        refused(
            &from,
            &format!("{key} = \" \"\n"),
            &format!("`{key}` is missing"),
        );
    }
    refused("serves = { inspectorate = [\"a\"] }\n", "", "serves");
}

#[test]
fn a_fact_with_a_place_owes_a_reason_and_a_source_and_no_more() {
    let pack = Interview::load(&shipped()).unwrap();
    let crn = pack.prompt("crn").unwrap();
    assert!(!crn.why.is_empty() && !crn.source.is_empty());
    let (faults, _) = broken(
        "sections/case-and-court.toml",
        "why = \"It ties",
        "why = \"\" # It ties",
    );
    assert!(
        faults.iter().any(|f| f.contains("`crn`: `why` is missing")),
        "{faults:?}"
    );
}

#[test]
fn a_sensitive_prompt_that_could_not_be_declined_is_refused_with_its_line() {
    refused(
        "sensitive = true\n",
        "sensitive = true\nplace = \"woman.crn\"\n",
        "so that she can decline it",
    );
}

#[test]
fn an_id_that_no_address_could_hold_is_refused() {
    refused(
        "id = \"weather\"",
        "id = \"the_weather\"",
        "small letters, digits and hyphens",
    );
    refused(
        "id = \"weather\"",
        "id = \"1-weather\"",
        "begins with a letter",
    );
}

#[test]
fn a_shorter_report_that_asks_or_needs_more_than_a_longer_one_is_refused() {
    refused(
        "formats = [\"short\", \"standard\"]",
        "formats = [\"standard\", \"oral\"]",
        "leaves out a longer report",
    );
    refused(
        "needed_for = [\"standard\"]",
        "needed_for = [\"short\"]",
        "leaves out a longer report",
    );
    refused(
        "needed_for = [\"standard\"]",
        "needed_for = [\"oral\", \"short\", \"standard\"]",
        "does not ask it for",
    );
}

#[test]
fn a_prompt_asked_where_the_one_it_waits_for_is_not_is_refused() {
    let (faults, _) = turned(
        "serves = { inspectorate = [\"a\"] }\n",
        "serves = { inspectorate = [\"a\"] }\n\n[[prompt]]\nid = \"rain\"\nshort = \"s\"\nask = \"a\"\n\
         why = \"w\"\nsay = \"s\"\navoid = \"a\"\nevidence = \"e\"\nsource = \"s\"\n\
         serves = { inspectorate = [\"a\"] }\nwhen = [{ prompt = \"weather\", answered = true }]\n",
    );
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(
        faults[0].contains("`rain`: it waits for `weather`"),
        "{faults:?}"
    );
}

#[test]
fn frameworks_nobody_knows_are_refused_with_their_line() {
    for (framework, what) in [
        ("themes", "a theme `nowhere`"),
        ("targets", "a target `nowhere`"),
        ("pathways", "a pathway `nowhere`"),
        ("inspectorate", "a question of the inspectorate `nowhere`"),
    ] {
        refused(
            "serves = { inspectorate = [\"a\"] }",
            &format!("serves = {{ {framework} = [\"nowhere\"] }}"),
            what,
        );
    }
}

#[test]
fn waiting_for_a_field_or_for_nothing_in_particular_is_refused_with_its_line() {
    refused(
        "why = \"Why.\"",
        "when = [{ prompt = \"meeting\", field = \"nowhere\", answered = true }]\nwhy = \"Why.\"",
        "a field `nowhere` that `meeting` does not have",
    );
    refused(
        "why = \"Why.\"",
        "when = [{ prompt = \"meeting\" }]\nwhy = \"Why.\"",
        "`when` says nothing",
    );
}

#[test]
fn a_prompt_that_waits_for_itself_is_refused_with_its_line() {
    refused(
        "why = \"Why.\"",
        "when = [{ prompt = \"weather\", answered = true }]\nwhy = \"Why.\"",
        "weather → weather",
    );
}

#[test]
fn shared_lists_that_are_missing_or_empty_are_refused() {
    refused(
        "kind = \"text\"\n",
        "fields_from = \"nowhere\"\nkind = \"group\"\n",
        "no list of fields `nowhere`",
    );
    let path = format!("{FOLDER}fields.toml");
    let mut files = shipped();
    let text = files.text(&path).unwrap();
    let start = text.find("[[options.band]]").unwrap();
    let end = text.rfind("[[options.band]]").unwrap();
    let end = end + text[end + 1..].find("\n[").unwrap() + 1;
    let emptied = format!("{}{}", &text[..start], &text[end..]);
    let emptied = emptied.replacen(
        "[[options.yes-no]]",
        "[options]\nband = []\n\n[[options.yes-no]]",
        1,
    );
    files.set(&path, emptied);
    let faults = told(&Interview::load(&files).unwrap_err());
    assert!(
        faults
            .iter()
            .any(|f| f.contains("risk.toml, line") && f.contains("`band` in fields.toml is empty")),
        "{faults:?}"
    );
}

#[test]
fn no_report_reads_the_authors_notes() {
    let (faults, _) = turned("sensitive = true\n", "place = \"notes.offence\"\n");
    assert!(
        faults[0].contains("notes are the author's own"),
        "{faults:?}"
    );
}

#[test]
fn what_a_shorter_report_asks_a_longer_one_asks_too() {
    let pack = Interview::load(&shipped()).unwrap();
    for (_, prompt) in pack.prompts() {
        for pair in Format::ALL.windows(2) {
            assert!(
                !prompt.is_for(pair[0]) || prompt.is_for(pair[1]),
                "{}",
                prompt.id
            );
        }
    }
}
