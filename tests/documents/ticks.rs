//! Ticked answers as sentences: what the prompts' options say in the report, in every
//! combination that a draft meets.

use std::sync::LazyLock;

use foreword::{
    case::{self, Answer, CaseFile, Visibility},
    content::ContentFiles,
    interview::{Field, Kind, Prompt},
    pack::Pack,
};
use serde_json::{Map, Value, json};

static PACK: LazyLock<Pack> =
    LazyLock::new(|| Pack::load(&ContentFiles::embedded().unwrap()).unwrap());

/// Sections whose prompts are ticked here.
const SECTIONS: [&str; 6] = [
    "safety",
    "children-and-caring",
    "health",
    "diversity",
    "everyday",
    "themes",
];

/// Words that stand only in record-only fields and answers.
const KEPT: &str = "Kept on the record";

fn ticked(field: &Field, turn: usize, text: &str) -> Option<Value> {
    let ids: Vec<&str> = field.options.iter().map(|o| o.id.as_str()).collect();
    match field.kind {
        Kind::Choice if field.boolean => Some(json!(turn.is_multiple_of(2))),
        Kind::Choice => Some(json!(ids.get(turn % ids.len().max(1))?)),
        Kind::Choices => {
            let together = field.options.iter().filter(|o| !o.alone);
            let some: Vec<&str> = together.map(|o| o.id.as_str()).take(turn + 1).collect();
            Some(json!(some))
        }
        Kind::Number => Some(json!(turn % 4 + 1)),
        Kind::Line | Kind::Text if field.record_only => Some(json!(KEPT)),
        Kind::Line | Kind::Text if !text.is_empty() => Some(json!(text)),
        _ => None,
    }
}

fn value(prompt: &Prompt, turn: usize, text: &str) -> Option<Value> {
    let fields = prompt.page_fields();
    match prompt.kind {
        Kind::Records => None,
        Kind::Group => {
            let own = fields
                .iter()
                .filter_map(|f| Some((f.id.clone(), ticked(f, turn, text)?)));
            Some(Value::Object(own.collect::<Map<String, Value>>()))
        }
        _ => ticked(fields.first()?, turn, text),
    }
}

/// Miriam's case with every prompt of those sections answered by turn.
fn case(turn: usize, text: &str) -> CaseFile {
    let mut case = case::from_json(include_str!("../cases/miriam.json")).unwrap();
    for (section, prompt) in PACK.interview.prompts() {
        if !SECTIONS.contains(&section.id.as_str()) || prompt.id == "children" {
            continue;
        }
        case.answers.remove(&prompt.id);
        let kept = prompt.visibility == Visibility::RecordOnly;
        if let Some(value) = value(prompt, turn, if kept { KEPT } else { text }) {
            let answer = Answer {
                value: Some(value),
                visibility: prompt.visibility,
                ..Answer::default()
            };
            case.answers.insert(prompt.id.clone(), answer);
        }
    }
    case.answers.get_mut("caring").unwrap().value = Some(json!([
        "children-at-home",
        "children-elsewhere",
        "other-adult"
    ]));
    case
}

fn faults(text: &str) -> Vec<String> {
    let marks = ["..", " ,", " .", "()", "( ", ": .", ";.", "“”", "  "];
    text.lines()
        .filter(|l| !l.starts_with('|') && marks.iter().any(|m| l.contains(m)))
        .map(str::to_owned)
        .collect()
}

#[test]
fn ticks_read_as_sentences_with_and_without_words_beside_them() {
    for turn in 0..10 {
        for text in ["", "She said so"] {
            let (draft, _) = PACK
                .draft(&case(turn, text), "2026-11-25".parse().unwrap())
                .unwrap();
            let markdown = draft.markdown();
            assert_eq!(faults(&markdown), Vec::<String>::new(), "turn {turn}");
            assert!(!markdown.contains(KEPT), "turn {turn}: {markdown}");
        }
    }
}

#[test]
fn what_is_not_safe_to_write_about_abuse_is_not_written() {
    let mut case = case(0, "She said so");
    let abuse = case.answers.get_mut("abuse-victim").unwrap();
    abuse.value.as_mut().unwrap()["summary"] = json!("She was hurt.");
    let said = |case: &CaseFile| {
        let (draft, _) = PACK.draft(case, "2026-11-25".parse().unwrap()).unwrap();
        let passages = draft.sections.iter().flat_map(|s| &s.passages);
        passages.map(|p| p.id.clone()).collect::<Vec<_>>()
    };
    let written = ["safety/victim", "safety/kinds", "safety/protection"].map(str::to_owned);
    assert!(written.iter().all(|id| said(&case).contains(id)));
    let abuse = case.answers.get_mut("abuse-victim").unwrap();
    abuse.value.as_mut().unwrap()["safe_to_write"] = json!("no");
    assert!(!written.iter().any(|id| said(&case).contains(id)));
}

#[test]
fn every_report_heading_of_a_theme_is_a_section_of_the_report() {
    let files = ContentFiles::embedded().unwrap();
    for theme in &PACK.interview.themes {
        assert!(!theme.report_headings.is_empty(), "{}", theme.id);
        for id in &theme.report_headings {
            let path = format!("report-templates/report/sections/{id}.md");
            assert!(files.text(&path).is_ok(), "{} names {id}", theme.id);
        }
        assert!(!theme.outcomes.is_empty(), "{}", theme.id);
    }
}
