//! Ways to let the interview and the report's text drift apart, and what is said.

use crate::{
    content::{ContentFiles, line_of},
    interview::Interview,
    report::ReportTemplates,
};

/// The faults of the shipped content with `from` replaced in one file, and the line
/// on which `to` stands then.
fn broken(path: &str, from: &str, to: &str) -> (Vec<String>, usize) {
    let mut files = ContentFiles::embedded().unwrap();
    let text = files.text(path).unwrap().to_owned();
    assert!(text.contains(from), "{path} has no {from}");
    let text = text.replacen(from, to, 1);
    let line = line_of(&text, text.find(to).unwrap());
    files.set(path, text);
    let interview = Interview::load(&files).unwrap();
    let faults = ReportTemplates::load(&files, &interview).unwrap_err();
    (faults.iter().map(ToString::to_string).collect(), line)
}

const PROMPT: &str = r#"[[prompt]]
id = "weather"
short = "The weather"
ask = "What was the weather like?"
kind = "text"
why = "Why."
say = "Say."
avoid = "Avoid."
evidence = "Evidence."
source = "Source."
serves = { inspectorate = ["a"] }

[[prompt]]
"#;

#[test]
fn an_answer_that_no_passage_reads_is_refused_with_its_line() {
    let path = "report-templates/interview/sections/strengths.toml";
    let (faults, line) = broken(path, "[[prompt]]\n", PROMPT);
    assert_eq!(faults.len(), 1, "{faults:?}");
    let begins = format!("{path}, line {}: `weather`: no passage", line + 1);
    assert!(faults[0].starts_with(&begins), "{faults:?}");
}

#[test]
fn an_answer_that_only_guides_says_so_and_is_accepted() {
    let path = "report-templates/interview/sections/strengths.toml";
    let mut files = ContentFiles::embedded().unwrap();
    let text = files.text(path).unwrap().to_owned();
    let guides = PROMPT.replace("kind = \"text\"", "kind = \"text\"\nprints = false");
    files.set(path, text.replacen("[[prompt]]\n", &guides, 1));
    let interview = Interview::load(&files).unwrap();
    assert!(ReportTemplates::load(&files, &interview).is_ok());
    assert!(!interview.prompt("weather").unwrap().prints);
}

#[test]
fn a_typed_field_that_no_passage_reads_is_refused_with_its_line() {
    let path = "report-templates/interview/sections/meeting-her.toml";
    let from = "hint = \"Never a home address or a refuge.\"\nprints = false\n";
    let (faults, line) = broken(path, from, "hint = \"Never a refuge.\"\n");
    let begins = format!("{path}, line {}: `meeting`: ", line - 2);
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(
        faults[0].starts_with(&begins) && faults[0].contains("field `place`"),
        "{faults:?}"
    );
}

#[test]
fn an_answer_named_like_a_fact_is_refused() {
    let path = "report-templates/interview/sections/strengths.toml";
    let named = PROMPT.replace("weather", "court");
    let (faults, _) = broken(path, "[[prompt]]\n", &named);
    assert!(faults[0].contains("give it another id"), "{faults:?}");
}

#[test]
fn a_longer_report_without_a_section_of_a_shorter_one_is_refused() {
    let path = "report-templates/report/formats.toml";
    let text = ContentFiles::embedded().unwrap();
    let text = text.text(path).unwrap();
    let standard = &text[text.find("[format.standard]").unwrap()..];
    let without = standard.replacen("\"strengths\", ", "", 1);
    let (faults, _) = broken(path, standard, &without);
    assert!(
        faults[0].contains("Short report has the section `strengths`"),
        "{faults:?}"
    );
    assert!(faults[0].starts_with(&format!("{path}, line ")));
}
