//! What custody would do, from the answers: said where custody is possible, said once,
//! and not said where the court has ruled it out.

use foreword::{
    case::{self, CaseFile, CustodyPosition},
    content::ContentFiles,
    pack::Pack,
};
use serde_json::{Value, json};

/// Angela's case without the author's own words on custody, changed a little.
fn report(change: impl FnOnce(&mut Value)) -> String {
    let mut whole: Value = serde_json::from_str(include_str!("../cases/angela.json")).unwrap();
    let proposal = whole["proposal"].as_object_mut().unwrap();
    proposal.remove("custody_effect_on_her");
    proposal.remove("custody_effect_on_dependants");
    change(&mut whole);
    let case = case::from_json(&whole.to_string()).unwrap();
    drafted(&case)
}

fn drafted(case: &CaseFile) -> String {
    let pack = Pack::load(&ContentFiles::embedded().unwrap()).unwrap();
    let today = "2026-11-25".parse().unwrap();
    pack.draft(case, today).unwrap().0.markdown()
}

fn section(report: &str) -> &str {
    let (_, after) = report.split_once("### What custody would do").unwrap();
    after.split("\n#").next().unwrap()
}

fn answer(value: &Value) -> Value {
    json!({"state": "answered", "value": value, "sources": [], "visibility": "in-report"})
}

#[test]
fn what_earlier_sentences_cost_and_who_would_be_left_come_from_the_answers() {
    let report = report(|_| {});
    let said = section(&report);
    assert!(
        said.contains("Earlier time in custody has cost her a home"),
        "{said}"
    );
    assert!(said.contains("More offending followed"), "{said}");
    assert!(
        said.contains("Nobody has been found who would give the care"),
        "{said}"
    );
    // The pattern section leaves it to this one.
    assert_eq!(report.matches("cost her a home").count(), 1, "{report}");
}

#[test]
fn a_pregnancy_is_put_before_the_court_with_custody() {
    let report = report(|case| case["answers"]["pregnancy"] = answer(&json!("pregnant")));
    assert!(
        section(&report).contains("A sentence of custody now would be served in pregnancy."),
        "{report}"
    );
    let kept = |case: &mut Value| {
        let mut kept = answer(&json!("pregnant"));
        kept["visibility"] = json!("record-only");
        case["answers"]["pregnancy"] = kept;
    };
    assert!(!self::report(kept).to_lowercase().contains("pregnan"));
}

#[test]
fn the_authors_own_words_stand_alone() {
    let case = case::from_json(include_str!("../cases/angela.json")).unwrap();
    let report = drafted(&case);
    assert!(
        !section(&report).contains("Earlier time in custody"),
        "{report}"
    );
    assert!(
        report.contains("Custody has cost her"),
        "the pattern section says it then"
    );
}

#[test]
fn where_custody_is_ruled_out_nothing_of_it_is_described() {
    for position in [
        CustodyPosition::ThresholdNotMet,
        CustodyPosition::NotConsidered,
    ] {
        let report = report(|case| case["proposal"]["custody"] = json!(position));
        let said = section(&report);
        for words in ["Earlier time", "would give the care", "at risk"] {
            assert!(!said.contains(words), "{said}");
        }
        assert_eq!(said.trim().lines().count(), 1, "{said}");
    }
}

#[test]
fn nothing_is_described_that_was_not_answered() {
    let report = report(|case| {
        let answers = case["answers"].as_object_mut().unwrap();
        for id in [
            "custody-before",
            "custody-would",
            "care-if-absent",
            "earlier-custody",
        ] {
            answers.remove(id);
        }
    });
    assert!(!report.contains("### What custody would do"), "{report}");
}

#[test]
fn what_the_court_has_ruled_out_is_not_described_whatever_the_author_chose() {
    let report = report(|case| case["hearing"]["indication"] = json!("custody-not-considered"));
    let said = section(&report);
    assert!(said.contains("not being considered"), "{said}");
    assert_eq!(said.trim().lines().count(), 1, "{said}");
    assert!(
        report.contains("Custody has cost her"),
        "the pattern section says it then"
    );
}

#[test]
fn where_dependants_would_go_is_said_with_how_sure_it_is() {
    let where_to = |value: Value| report(|case| case["answers"]["custody-care"] = answer(&value));
    let family = where_to(json!({"where": ["family", "foster"], "how_sure": "expects"}));
    assert!(
        section(&family).contains(
            "Those who depend on Ms Hart would go to family and go into care. \
             That is what she expects; nobody has confirmed it."
        ),
        "{family}"
    );
    // What is asked more exactly is not said loosely beside it.
    assert!(
        !section(&family).contains("Nobody has been found"),
        "{family}"
    );
    let unknown = where_to(json!({"where": ["not-known"]}));
    assert!(
        section(&unknown).contains("Where those who depend on Ms Hart would go is not known."),
        "{unknown}"
    );
}

#[test]
fn what_would_be_lost_is_named_as_it_is_recorded() {
    let report = report(|case| {
        case["answers"]["home"] = answer(&json!({"where": "council", "how_it_is": ["settled"]}));
        case["answers"]["substance-help"] = answer(&json!({"treatment": "in-treatment"}));
        case["answers"]["essentials"] = answer(&json!(["benefits", "bills", "fines"]));
        case["answers"]["medication"] = answer(&json!({"taken": "yes", "bears": ["interruption"]}));
        case["answers"]["custody-would"] =
            answer(&json!({"her": ["home", "benefits", "treatment"], "others": ["no-carer"]}));
    });
    let said = section(&report);
    for words in [
        "put her council tenancy at risk, stop her benefits while her debts grew and interrupt \
         her treatment for alcohol or drugs.",
        "Still to be paid on release would be household bills she is behind with and what is \
         left of an earlier fine or costs.",
        "The prison would have to continue Ms Hart’s medication from the first day",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
}

#[test]
fn what_remand_has_cost_is_said_once_wherever_custody_stands() {
    for position in [
        CustodyPosition::PossibleOrExpected,
        CustodyPosition::ThresholdNotMet,
    ] {
        let report = report(|case| {
            case["proposal"]["custody"] = json!(position);
            let remand = json!({"remanded": "yes", "days": 20, "cost": ["home", "treatment"],
                                "effect": "Her mother slept on her sofa to keep the children in school."});
            case["answers"]["remand-time"] = answer(&remand);
        });
        let cost = "Remand for these offences has already cost Ms Hart her home and treatment or a place on its waiting list.";
        assert_eq!(report.matches(cost).count(), 1, "{report}");
        assert_eq!(report.matches("slept on her sofa").count(), 1, "{report}");
    }
}
