//! The rules that ship, and rules that must be refused.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::{WordingFinding, WordingRules, check, check_text, load, rows, text};
use crate::{
    case::{self, CaseFile, Format},
    content::ContentFiles,
    pack::Pack,
    sentencing::LawPack,
};

mod refused;
mod standing;

fn files() -> ContentFiles {
    ContentFiles::embedded().unwrap()
}

fn rules() -> WordingRules {
    let files = files();
    let law = LawPack::load(&files).unwrap();
    WordingRules::load(&files, &law).unwrap_or_else(|faults| {
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        panic!("{}", faults.join("\n"))
    })
}

fn hart() -> CaseFile {
    let mut case = CaseFile::new();
    case.woman.name.title = "Ms".into();
    case.woman.name.first = "Angela".into();
    case.woman.name.last = "Hart".into();
    case
}

/// What is found in a text as one passage of a whole report.
fn found(rules: &WordingRules, says: &str) -> Vec<WordingFinding> {
    let draft = crate::report::Draft {
        title: String::new(),
        sections: vec![crate::report::Section {
            edited: None,
            id: "s".into(),
            heading: "S".into(),
            level: 2,
            passages: vec![crate::report::Passage {
                id: "s/p".into(),
                markdown: crate::report::document::escape_paragraphs(says),
                evidence: Vec::new(),
                unsupported: Vec::new(),
            }],
        }],
        withheld: Vec::new(),
    };
    check(&draft, &hart(), rules)
}

#[derive(Deserialize)]
struct Sentences {
    sentence: Vec<Told>,
}

#[derive(Deserialize)]
struct Told {
    says: String,
    /// The rule or the group of rules that has to speak.
    flag: Option<String>,
}

/// The file, without its ending, that each rule stands in.
fn groups() -> BTreeMap<String, String> {
    let files = files();
    let mut groups = BTreeMap::new();
    for (path, _) in files.under(rows::FOLDER) {
        let Ok(file) = files.toml::<rows::File>(path) else {
            continue;
        };
        let group = path
            .trim_start_matches(rows::FOLDER)
            .trim_end_matches(".toml");
        for rule in file.rule {
            groups.insert(rule.into_inner().id, group.to_owned());
        }
    }
    groups
}

/// Of the sentences that are spoken of, how many had to be; and of those that had to be,
/// how many are by the rule or group named.
fn judged(name: &str, file: &str) -> (f64, f64) {
    let (rules, groups) = (rules(), groups());
    let told: Sentences = toml::from_str(file).unwrap();
    let (mut right, mut wrong, mut missed) = (0_u32, 0_u32, 0_u32);
    for told in &told.sentence {
        let found = found(&rules, &told.says);
        let names: BTreeSet<&str> = found
            .iter()
            .flat_map(|f| [f.rule.as_str(), groups[&f.rule].as_str()])
            .collect();
        match &told.flag {
            Some(flag) if names.contains(flag.as_str()) => right += 1,
            Some(flag) => {
                missed += 1;
                println!("{name}: missed ({flag}): {} {names:?}", told.says);
            }
            None if names.is_empty() => {}
            None => {
                wrong += 1;
                println!("{name}: spoken of without need: {} {names:?}", told.says);
            }
        }
    }
    let precision = f64::from(right) / f64::from(right + wrong);
    let recall = f64::from(right) / f64::from(right + missed);
    println!(
        "{name}: {} sentences, precision {precision:.2}, recall {recall:.2}",
        told.sentence.len()
    );
    (precision, recall)
}

#[test]
fn sentences_made_with_the_rules_are_judged_as_they_should_be() {
    let file = include_str!("../../../tests/wording/sentences.toml");
    let (precision, recall) = judged("sentences", file);
    assert!(precision >= 0.98 && recall >= 0.98, "{precision} {recall}");
}

#[test]
fn sentences_written_before_there_were_rules_are_judged_nearly_as_well() {
    let file = include_str!("../../../tests/wording/fresh.toml");
    let (precision, recall) = judged("fresh", file);
    assert!(precision >= 0.9 && recall >= 0.8, "{precision} {recall}");
}

#[test]
fn sentences_made_without_a_look_at_the_rules_show_how_far_they_reach() {
    let file = include_str!("../../../tests/wording/later.toml");
    let (precision, recall) = judged("later", file);
    assert!(precision >= 0.95 && recall >= 0.5, "{precision} {recall}");
}

#[test]
fn a_finding_says_where_it_is_why_from_where_and_what_else_there_is() {
    let found = found(
        &rules(),
        "She lives in Newbury. Her Substance misuse is old.",
    );
    let [one] = found.as_slice() else {
        panic!("{found:#?}");
    };
    assert_eq!(one.rule, "substance-misuse");
    assert_eq!((one.section.as_str(), one.passage.as_str()), ("s", "s/p"));
    assert_eq!(one.sentence, "Her Substance misuse is old.");
    assert_eq!(one.found(), "Substance misuse");
    assert_eq!(one.put, ["Substance use"]);
    assert!(one.why.contains("dependence") && one.source.citation.contains("Probation"));
    assert!(!one.advice.is_empty());
}

#[test]
fn the_key_goes_with_the_sentence_and_not_with_its_blanks_or_quotation_marks() {
    let rules = rules();
    let key = |says: &str| found(&rules, says)[0].key.clone();
    let first = key("She's an addict in the centre's words.");
    assert_eq!(first, key("She’s  an addict in the centre’s words."));
    assert_ne!(first, key("She's an addict in the court's words."));
    assert!(
        !first.contains('.'),
        "it is part of a dotted place: {first}"
    );
}

#[test]
fn one_sentence_in_two_passages_is_spoken_of_once() {
    let twice = "She is an addict.\n\nShe is an addict.";
    assert_eq!(found(&rules(), twice).len(), 1);
}

#[test]
fn a_short_form_is_spoken_of_at_its_first_use_alone() {
    let rules = rules();
    let found_in = |says: &str| found(&rules, says);
    let all = found_in("A RAR is proposed. The RAR has 20 days.");
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].put, ["rehabilitation activity requirement (RAR)"]);
    let explained = "A rehabilitation activity requirement (RAR) is proposed. The RAR has 20 days.";
    assert_eq!(found_in(explained), []);
}

#[test]
fn who_was_spoken_of_may_be_he_in_the_next_passage() {
    let rules = rules();
    let found_in = |says: &str| found(&rules, says);
    assert_eq!(
        found_in("Her father drank.\n\nAfter school he hit her."),
        []
    );
    assert_eq!(
        found_in("She went to school.\n\nAfter school he cried.").len(),
        1
    );
}

#[test]
fn what_needs_the_rest_of_the_report_is_not_told_of_one_answer() {
    let rules = rules();
    let text = "The RAR helps. Ms Jones is an addict.";
    let found = check_text(text, &hart(), &rules);
    let names: Vec<&str> = found.iter().map(|f| f.rule.as_str()).collect();
    assert_eq!(names, ["addict"]);
}

#[test]
fn words_are_put_into_the_one_answer_that_holds_the_sentence() {
    let rules = rules();
    let mut case = hart();
    let says = "It rained. Her substance misuse is old. It is over.";
    let answer = serde_json::json!({"value": {"note": says, "state": "yes"}});
    case.answers
        .insert("one".into(), serde_json::from_value(answer).unwrap());
    let finding = found(&rules, says).remove(0);
    let write = finding.replaced(&case, "substance use").unwrap();
    assert_eq!(write.place, "answers.one");
    assert_eq!(
        write.value["value"],
        serde_json::json!({"note": "It rained. Her substance use is old. It is over.", "state": "yes"})
    );
    assert_eq!(
        finding.replaced(&case, "something else"),
        None,
        "it was not offered"
    );
    case.answers
        .insert("two".into(), case.answers["one"].clone());
    assert_eq!(
        finding.replaced(&case, "substance use"),
        None,
        "two answers hold it"
    );
    assert!(!finding.can_be_replaced(&case));
}
