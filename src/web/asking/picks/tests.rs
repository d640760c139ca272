//! Which sources are offered, and that a page saved unchanged changes nothing.

use chrono::NaiveDate;
use serde_json::json;

use super::*;
use crate::web::asking::{about, writing};
use crate::{case::Answer, content::ContentFiles, interview::Interview};

fn source(detail: &str) -> InformationSource {
    InformationSource {
        kind: InformationKind::Police,
        detail: Some(detail.into()),
        ..InformationSource::default()
    }
}

fn case(answers: &[&[&str]]) -> CaseFile {
    let mut case = CaseFile::default();
    for (n, details) in answers.iter().enumerate() {
        let answer = Answer {
            sources: details.iter().map(|d| source(d)).collect(),
            ..Answer::default()
        };
        case.answers.insert(format!("p{n}"), answer);
    }
    case
}

#[test]
fn the_source_most_used_comes_first_and_case_makes_no_other_of_it() {
    let case = case(&[&["Custody record"], &["Crime report"], &["crime report "]]);
    let named: Vec<_> = named(&case).iter().map(said).collect();
    assert_eq!(
        named,
        [
            "Police information: Crime report",
            "Police information: Custody record"
        ]
    );
}

#[test]
fn eight_are_seen_and_what_is_ticked_is_always_among_them() {
    let details: Vec<String> = (0..12).map(|n| format!("Paper {n:02}")).collect();
    let details: Vec<&str> = details.iter().map(String::as_str).collect();
    let named = named(&case(&[&details]));
    let held = Form::new(vec![pair(&source("paper 11")), pair(&source("Unlisted"))]);
    let picks = view(&held, &named, &[source("Paper 00")]);
    let said = |boxes: &Option<FieldView>| -> Vec<(String, bool)> {
        let options = boxes.iter().flat_map(|b| &b.options);
        options.map(|o| (o.label.clone(), o.checked)).collect()
    };
    let seen = said(&picks.seen);
    assert_eq!(seen.len(), 10, "{seen:?}");
    assert_eq!(seen[0].0, "Police information: Paper 01");
    assert_eq!(
        seen[8..],
        [
            ("Police information: paper 11".to_owned(), true),
            ("Police information: Unlisted".to_owned(), true)
        ]
    );
    assert_eq!(said(&picks.more).len(), 2);
}

#[test]
fn a_page_saved_as_it_stands_leaves_the_sources_in_their_order() {
    let pack = Interview::load(&ContentFiles::embedded().unwrap()).unwrap();
    let prompt = pack.prompt("adjustments").unwrap();
    let hers =
        json!({"kind": "her-account", "detail": "Interview, 19 November 2026", "on": "2026-11-19"});
    let earlier =
        json!({"kind": "her-account", "detail": "Interview, 2 November 2026", "on": "2026-11-02"});
    let record = json!({"kind": "health", "detail": "Zeta’s \"letter\" <1>", "on": "2026-10-06"});
    let police = json!({"kind": "police", "detail": "Crime report", "verified": true});
    for state in ["answered", "known-from-record"] {
        for order in [
            [&record, &police, &hers, &earlier],
            [&hers, &record, &earlier, &police],
            [&police, &earlier, &record, &hers],
        ] {
            let before = json!({"state": state, "value": "Breaks.", "sources": order,
                "visibility": "in-report"});
            let answer: Answer = serde_json::from_value(before.clone()).unwrap();
            let mut pairs = about::held(prompt, Some(&answer)).pairs().to_vec();
            pairs.push(("value".into(), "Breaks.".into()));
            let writes = writing::read(prompt, Some(&answer), &Form::new(pairs)).unwrap();
            assert_eq!(writes[0].value, before);
        }
    }
}

#[test]
fn a_day_is_told_once_and_what_is_no_source_says_nothing() {
    let day = NaiveDate::from_ymd_opt(2026, 11, 19);
    let hers = InformationSource {
        kind: InformationKind::HerAccount,
        detail: Some("Interview, 19 November 2026".into()),
        on: day,
        verified: Some(false),
    };
    assert_eq!(
        said(&hers),
        "Her own account: Interview, 19 November 2026, not verified"
    );
    let form = Form::new(vec![(PICK.into(), "{\"kind\":\"nobody\"}".into())]);
    assert_eq!(ticked(&form), []);
}
