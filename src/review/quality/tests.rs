//! Each question and each finding on real cases: what makes it, and what keeps it silent.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::{Quality, Shown};
use crate::{
    case::{CaseFile, from_value},
    content::{ContentError, ContentFiles},
    interview::Interview,
    pack::Pack,
    review::QualityTexts,
};

fn pack() -> Pack {
    Pack::load(&ContentFiles::embedded().unwrap()).unwrap()
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
}

fn angela() -> Value {
    serde_json::from_str(include_str!("../../../tests/cases/angela.json")).unwrap()
}

fn checked(pack: &Pack, case: &CaseFile) -> Quality {
    let (draft, _) = pack.draft(case, today()).unwrap();
    pack.quality_check(case, &draft, today())
}

/// Angela's case with places of it written anew; null takes one away.
fn with(changes: &[(&str, Value)]) -> Quality {
    let mut case = angela();
    for (pointer, value) in changes {
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        let parent = case.pointer_mut(parent).unwrap();
        match (parent, value) {
            (Value::Array(items), Value::Null) => {
                items.remove(name.parse::<usize>().unwrap());
            }
            (Value::Object(fields), Value::Null) => {
                fields.shift_remove(name);
            }
            (parent, value) => parent[name] = value.clone(),
        }
    }
    checked(&pack(), &from_value(case).unwrap())
}

fn codes(quality: &Quality) -> Vec<&str> {
    quality
        .consistency
        .iter()
        .map(|f| f.code.as_str())
        .collect()
}

fn answer(value: &Value) -> Value {
    json!({"state": "answered", "value": value})
}

fn shown(quality: &Quality, id: &str) -> Shown {
    quality.questions.iter().find(|q| q.id == id).unwrap().shown
}

/// The table of a case, a line each, for `--nocapture`.
fn table(name: &str, quality: &Quality) {
    println!("{name}");
    for question in &quality.questions {
        println!(
            "  {} {:?} {}",
            question.id, question.shown, question.summary
        );
        for part in question.parts.iter().filter(|p| p.shown < Shown::Met) {
            println!(
                "      {:?}: {} -> {}",
                part.shown, part.looks_for, part.better
            );
        }
    }
    for finding in &quality.consistency {
        println!("  ! {}: {}", finding.code, finding.what);
    }
}

#[test]
fn a_finished_report_shows_every_question_and_agrees_with_itself() {
    let pack = pack();
    let angela = checked(&pack, &from_value(angela()).unwrap());
    table("Angela", &angela);
    // One need is marked as linked to the offending, and does not say how.
    for question in &angela.questions {
        let expected = match question.id.as_str() {
            "c" => Shown::Partly,
            _ => Shown::Met,
        };
        assert_eq!(question.shown, expected, "{}", question.summary);
    }
    let c = angela.questions.iter().find(|q| q.id == "c").unwrap();
    let wanting = c.parts.iter().flat_map(|p| &p.evidence);
    let wanting: Vec<&str> = wanting
        .filter(|p| p.shown == Shown::Not)
        .map(|p| p.at.as_str())
        .collect();
    assert_eq!(wanting, ["answers.need-safety"]);
    assert_eq!(codes(&angela), Vec::<&str>::new());
    let miriam = include_str!("../../../tests/cases/miriam.json");
    let miriam = checked(&pack, &crate::case::from_json(miriam).unwrap());
    table("Miriam", &miriam);
    assert_eq!(codes(&miriam), Vec::<&str>::new());
}

#[test]
fn an_empty_report_shows_none_and_says_what_would_make_each_better() {
    let empty = checked(&pack(), &CaseFile::new());
    assert_eq!(empty.questions.len(), 9);
    for question in &empty.questions {
        assert_eq!(question.shown, Shown::Not, "{}", question.summary);
        assert!(question.parts.iter().all(|p| !p.better.is_empty()));
        assert!(!question.source.verified, "{}: a paraphrase", question.id);
    }
    assert_eq!(codes(&empty), Vec::<&str>::new());
}

#[test]
fn an_enquiry_without_reply_is_partly_shown_and_one_not_recorded_is_wanting() {
    let gone = [("/enquiries/1", Value::Null)];
    assert_eq!(shown(&with(&gone), "a"), Shown::Partly);
    let open = [
        ("/enquiries/0/outcome", json!("pending")),
        ("/enquiries/0/replied", Value::Null),
    ];
    let quality = with(&open);
    let part = &quality.questions[0].parts[1];
    assert_eq!(part.shown, Shown::Partly);
    assert_eq!(
        part.evidence[0].note,
        "no reply, and nothing is decided about it"
    );
    assert_eq!(part.evidence[0].at, "enquiries[0]");
}

#[test]
fn what_she_chose_not_to_say_counts_as_her_choice_and_what_was_not_asked_only_in_part() {
    let declined = [("/answers/diversity", json!({"state": "prefers-not-to-say"}))];
    let quality = with(&declined);
    assert_eq!(shown(&quality, "f"), Shown::Met);
    let part = &quality
        .questions
        .iter()
        .find(|q| q.id == "f")
        .unwrap()
        .parts[0];
    assert_eq!(part.evidence[0].note, "she prefers not to say");
    let not_asked = [("/answers/diversity", json!({"state": "not-asked-no-time"}))];
    assert_eq!(shown(&with(&not_asked), "f"), Shown::Partly);
}

#[test]
fn what_is_kept_on_the_record_is_marked_so_that_nobody_else_is_told() {
    let kept = [("/answers/mental-health/visibility", json!("record-only"))];
    let quality = with(&kept);
    let f = quality.questions.iter().find(|q| q.id == "f").unwrap();
    assert_eq!(f.shown, Shown::Partly);
    let pieces = f.parts.iter().flat_map(|p| &p.evidence);
    let hidden: Vec<&str> = pieces
        .filter(|p| p.on_record)
        .map(|p| p.label.as_str())
        .collect();
    assert_eq!(hidden, ["Mental health"]);
}

#[test]
fn a_known_victim_whose_harm_is_not_told_is_partly_shown() {
    assert_eq!(
        shown(&with(&[("/answers/offence-harm", Value::Null)]), "g"),
        Shown::Partly
    );
    let nothing_known = [
        ("/answers/offence-harm", Value::Null),
        ("/answers/victim-known/value", json!("no-information")),
    ];
    assert_eq!(shown(&with(&nothing_known), "g"), Shown::Met);
}

#[test]
fn a_need_that_nothing_answers_is_told_until_a_gap_is_recorded_or_it_is_low() {
    let level = ("/answers/need-finance/value/level", json!("high"));
    let quality = with(std::slice::from_ref(&level));
    assert_eq!(
        codes(&quality)
            .iter()
            .filter(|c| **c == "consistency.need-unanswered")
            .count(),
        1
    );
    assert!(
        quality.consistency[0].what.contains("a high level of need"),
        "{quality:?}"
    );
    let gap = json!([{"theme": "finance", "looked_on": "2026-11-20"}]);
    let quality = with(&[level, ("/gaps", gap)]);
    assert!(
        !codes(&quality).contains(&"consistency.need-unanswered"),
        "{quality:?}"
    );
}

#[test]
fn a_requirement_for_no_need_is_told_unless_it_punishes_or_protects() {
    let bare = |purposes: Value| {
        with(&[
            ("/proposal/requirements/1/needs", Value::Null),
            ("/proposal/requirements/1/purposes", purposes),
        ])
    };
    assert!(
        codes(&bare(json!(["rehabilitation"]))).contains(&"consistency.requirement-without-need")
    );
    assert!(!codes(&bare(json!(["punishment"]))).contains(&"consistency.requirement-without-need"));
}

#[test]
fn a_requirement_for_a_need_that_was_not_found_is_told() {
    let none = [("/answers/need-lifestyle/value/level", json!("none"))];
    assert!(codes(&with(&none)).contains(&"consistency.need-not-found"));
    let declined = [(
        "/answers/need-lifestyle",
        json!({"state": "prefers-not-to-say"}),
    )];
    assert!(!codes(&with(&declined)).contains(&"consistency.need-not-found"));
}

fn rationale(text: &str) -> Quality {
    with(&[("/proposal/rationale", json!(text))])
}

#[test]
fn a_level_of_harm_in_the_text_that_no_group_has_is_told() {
    let quality = rationale("She is a high risk of serious harm to a partner.");
    assert_eq!(codes(&quality), ["consistency.harm-told-twice"]);
    let what = &quality.consistency[0].what;
    assert!(
        what.contains("“high risk of serious harm”") && what.contains("low and medium"),
        "{what}"
    );
    for silent in [
        "She is a medium risk of serious harm to known adults.",
        "She is not a very high risk of serious harm to anybody.",
        "She was a high risk of harm in 2019.",
    ] {
        assert_eq!(codes(&rationale(silent)), Vec::<&str>::new(), "{silent}");
    }
}

#[test]
fn a_likelihood_in_the_text_that_is_not_the_predictors_is_told() {
    let quality = rationale("The likelihood of reoffending is low.");
    assert_eq!(codes(&quality), ["consistency.reoffending-told-twice"]);
    let quality = rationale("There is a high likelihood of reoffending.");
    assert_eq!(codes(&quality), Vec::<&str>::new());
}

#[test]
fn a_high_risk_of_nothing_and_to_nobody_is_told() {
    let quality = rationale("She is very high risk.");
    assert!(
        codes(&quality).contains(&"consistency.risk-of-what"),
        "{quality:?}"
    );
    let quality =
        rationale("There is a high risk that she loses her home, and she is not high risk.");
    assert_eq!(codes(&quality), Vec::<&str>::new());
}

#[test]
fn levels_that_lie_far_apart_are_told_and_near_ones_are_not() {
    let far = [("/answers/rosh/value/public", json!("very-high"))];
    assert!(codes(&with(&far)).contains(&"consistency.harm-and-predictor"));
    let near = [("/answers/rosh/value/public", json!("high"))];
    assert!(!codes(&with(&near)).contains(&"consistency.harm-and-predictor"));
}

#[test]
fn a_risk_to_a_partner_above_that_to_known_adults_is_told() {
    let sara = |band: &str| {
        with(&[
            ("/answers/abuse-perpetrator/value/used", json!("yes")),
            ("/answers/sara", answer(&json!({"partner": band}))),
        ])
    };
    assert!(codes(&sara("high")).contains(&"consistency.partner"));
    assert!(!codes(&sara("medium")).contains(&"consistency.partner"));
}

#[test]
fn imminent_harm_to_nobody_above_low_is_told() {
    let imminent = ("/answers/rosh-when/value/imminence", json!("imminent"));
    assert!(!codes(&with(std::slice::from_ref(&imminent))).contains(&"consistency.imminent"));
    let low = [
        imminent,
        ("/answers/rosh/value/public", json!("low")),
        ("/answers/rosh/value/known_adults", json!("low")),
    ];
    assert!(codes(&with(&low)).contains(&"consistency.imminent"));
}

#[test]
fn a_figure_in_the_text_that_is_not_the_proposals_is_told() {
    let quality = rationale("An 18 month community order with 25 rehabilitation activity days.");
    assert_eq!(codes(&quality), ["consistency.figure"]);
    let what = &quality.consistency[0].what;
    assert!(
        what.contains("“25 rehabilitation activity days”") && what.contains("20"),
        "{what}"
    );
    let quality =
        rationale("A community order of two years is too long; twelve months community order.");
    assert_eq!(codes(&quality), Vec::<&str>::new());
    for earlier in [
        "In 2024 she was given a 12-month community order.",
        "She did not need 60 rehabilitation activity days.",
    ] {
        assert_eq!(codes(&rationale(earlier)), Vec::<&str>::new(), "{earlier}");
    }
    let quality = rationale("A twelve-month community order would do.");
    assert_eq!(codes(&quality), ["consistency.figure"]);
    let quality =
        rationale("An 18-month community order with twenty rehabilitation activity days.");
    assert_eq!(codes(&quality), Vec::<&str>::new());
}

fn refused(file: &str, from: &str, to: &str) -> Vec<ContentError> {
    let mut files = ContentFiles::embedded().unwrap();
    let interview = Interview::load(&files).unwrap();
    let path = format!("report-templates/quality/{file}");
    let text = files.text(&path).unwrap().replacen(from, to, 1);
    assert_ne!(text, files.text(&path).unwrap(), "{from} is not there");
    files.set(&path, text);
    QualityTexts::load(&files, &interview).unwrap_err()
}

#[test]
fn a_prompt_that_does_not_exist_is_refused_with_its_line() {
    let faults = refused("inspection.toml", "\"abuse-victim\"", "\"abuse-victims\"");
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(faults[0].line.is_some());
    assert!(
        faults[0].reason.contains("did you mean “abuse-victim”?"),
        "{}",
        faults[0]
    );
    let faults = refused("inspection.toml", "rosh.staff", "rosh.dogs");
    assert!(
        faults[0].reason.contains("has no field \"dogs\""),
        "{}",
        faults[0]
    );
    let faults = refused("inspection.toml", "\"motivation\"", "\"motivations\"");
    assert!(faults[0].reason.contains("no check"), "{}", faults[0]);
}

#[test]
fn words_that_name_what_is_not_offered_are_refused() {
    let faults = refused(
        "consistency.toml",
        "{need}: the report",
        "{name}: the report",
    );
    assert!(faults[0].reason.contains("names {name}"), "{}", faults[0]);
    let faults = refused("consistency.toml", "id = \"very-high\"", "id = \"huge\"");
    assert!(faults[0].reason.contains("very-high"), "{}", faults[0]);
    let faults = refused("consistency.toml", "\"{n} rar days\"", "\"rar days\"");
    assert!(faults[0].line.is_some(), "{}", faults[0]);
}
