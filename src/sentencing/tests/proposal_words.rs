//! The proposal in words.

use super::*;
use crate::{
    case::{PlannedActivity, from_json},
    sentencing::proposal_in_words,
};

fn told(case: &CaseFile) -> crate::sentencing::ProposalWords {
    proposal_in_words(case, pack(), today(), &|id| id.to_owned())
}

fn example(name: &str) -> CaseFile {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/");
    from_json(&std::fs::read_to_string(format!("{folder}{name}")).unwrap()).unwrap()
}

#[test]
fn both_examples_fit_the_official_box_with_every_number_exact() {
    for (name, parts) in [
        (
            "angela.json",
            [
                "18-month community order",
                "rehabilitation activity requirement (up to 20 days)",
            ],
        ),
        (
            "miriam.json",
            [
                "12-month community order",
                "rehabilitation activity requirement (up to 20 days)",
            ],
        ),
    ] {
        let words = told(&example(name));
        assert!(
            words.fits && words.characters() < 4000,
            "{}",
            words.characters()
        );
        for part in parts {
            assert!(
                words.paragraph.contains(part),
                "{name}: {}",
                words.paragraph
            );
        }
        assert!(words.text().contains("indicative"), "{}", words.text());
        let rows = example(name).proposal.requirements.len();
        assert_eq!(words.requirements.len(), rows);
        for row in &words.requirements {
            assert!(!row.amount.is_empty() && !row.what.is_empty(), "{row:?}");
        }
    }
}

#[test]
fn days_are_said_to_be_counted_only_where_the_plan_adds_up() {
    let mut rar = amount("rar", 20);
    let plan = |what: &str, days| PlannedActivity {
        what: what.into(),
        days,
    };
    rar.plan = vec![plan("days of keywork", 12), plan("days in a group", 8)];
    let mut case = community_order(vec![rar]);
    let said = told(&case).paragraph;
    assert!(
        said.contains("12 days of keywork and 8 days in a group"),
        "{said}"
    );
    assert!(said.contains("indicative"), "{said}");
    case.proposal.requirements[0].amount = Some(30);
    let said = told(&case).paragraph;
    assert!(
        !said.contains("keywork") && said.contains("indicative"),
        "{said}"
    );
}

#[test]
fn a_long_proposal_loses_descriptions_before_numbers() {
    let mut rows: Vec<ProposedRequirement> = Vec::new();
    for _ in 0..8 {
        let mut row = amount("rar", 20);
        row.what = Some("Something that takes many words to say. ".repeat(24));
        row.place = Some("Example House".into());
        row.starts = Some("in the first week".into());
        rows.push(row);
    }
    let mut case = community_order(rows);
    case.proposal.rationale = Some("A reason. ".repeat(100));
    let words = told(&case);
    assert!(words.shortened && words.fits, "{}", words.characters());
    assert!(words.requirements.iter().all(|r| r.what.is_empty()));
    assert!(
        words
            .requirements
            .iter()
            .all(|r| r.amount == "up to 20 days")
    );
    assert!(words.text().contains("Example House"));
    case.proposal.rationale = Some("A reason. ".repeat(1000));
    let words = told(&case);
    assert!(
        words.fits && words.paragraph.starts_with("Proposed: 12-month"),
        "{words:?}"
    );
}

#[test]
fn nothing_proposed_is_nothing_said() {
    let words = told(&CaseFile::new());
    assert_eq!(words.text(), "");
    assert!(words.fits);
}

#[test]
fn texts_are_put_back_in_their_places() {
    let case = example("angela.json");
    let words = told(&case);
    let same = words.clone().with_texts(|texts| texts);
    assert_eq!(same, words);
    let hidden = words.with_texts(|texts| texts.iter().map(|_| "x".to_owned()).collect());
    assert_eq!(hidden.paragraph, "x");
    assert_eq!(hidden.requirements[0].why, "x");
}
