//! What a form gives back: every kind of prompt, and that nothing typed is lost.

use std::sync::LazyLock;

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::{content::ContentFiles, interview::Interview};

static PACK: LazyLock<Interview> =
    LazyLock::new(|| Interview::load(&ContentFiles::embedded().unwrap()).unwrap());

fn prompt(id: &str) -> Prompt {
    PACK.prompt(id).unwrap().clone()
}

fn pairs(of: &[(&str, &str)]) -> Vec<(String, String)> {
    of.iter()
        .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))
        .collect()
}

fn messages(faults: &[FieldFault]) -> Vec<(&str, &str)> {
    faults
        .iter()
        .map(|f| (f.input.as_str(), f.message.as_str()))
        .collect()
}

#[test]
fn a_date_is_three_inputs_and_comes_back_as_three() {
    let birth = prompt("date-of-birth");
    let typed = pairs(&[
        ("value-day", "17"),
        ("value-month", "4"),
        ("value-year", "1988"),
    ]);
    let value = from_form(&birth, &typed).unwrap();
    assert_eq!(value, json!("1988-04-17"));
    assert_eq!(to_form(&birth, &value), typed);
}

#[test]
fn a_date_that_cannot_be_read_is_kept_as_typed() {
    let birth = prompt("date-of-birth");
    let typed = pairs(&[
        ("value-day", "31"),
        ("value-month", "Feb"),
        ("value-year", "1988"),
    ]);
    let (value, faults) = from_form(&birth, &typed).unwrap_err();
    assert_eq!(to_form(&birth, &value), typed);
    assert_eq!(
        messages(&faults),
        [(
            "value-day",
            "Her date of birth must be a real date, such as 3 12 2026"
        )]
    );
}

#[test]
fn a_date_with_a_part_missing_says_which_and_leads_to_it() {
    let typed = pairs(&[("value-day", "17"), ("value-year", "1988")]);
    let (_, faults) = from_form(&prompt("date-of-birth"), &typed).unwrap_err();
    assert_eq!(
        messages(&faults),
        [("value-month", "Her date of birth must include a month")]
    );
}

#[test]
fn what_is_needed_and_empty_is_asked_for_in_page_order() {
    let (_, faults) = from_form(&prompt("hearing"), &pairs(&[("case_number", "43")])).unwrap_err();
    assert_eq!(
        messages(&faults),
        [
            ("court", "Enter the name of the court"),
            ("kind", "Select the kind of court"),
            ("date-day", "Enter the day the court set for the report"),
        ]
    );
}

#[test]
fn what_is_not_needed_may_be_left_empty() {
    assert_eq!(from_form(&prompt("crn"), &[]), Ok(Value::Null));
    assert_eq!(
        from_form(&prompt("health"), &pairs(&[("value", "  ")])),
        Ok(Value::Null)
    );
}

#[test]
fn an_emptied_field_of_a_fact_is_written_as_null_and_one_of_an_answer_left_out() {
    let hearing = pairs(&[
        ("court", "Reading Magistrates' Court"),
        ("kind", "magistrates"),
        ("date-day", "3"),
        ("date-month", "12"),
        ("date-year", "2026"),
        ("case_number", ""),
    ]);
    let value = from_form(&prompt("hearing"), &hearing).unwrap();
    assert_eq!(value["case_number"], Value::Null);
    assert!(value.as_object().unwrap().contains_key("case_number"));

    let need = pairs(&[("level", "low"), ("how", "")]);
    let value = from_form(&prompt("need-finance"), &need).unwrap();
    assert_eq!(value, json!({"level": "low"}));
}

#[test]
fn one_record_is_read_with_its_nested_times_and_days() {
    let week = prompt("week");
    let typed = pairs(&[
        ("what", "Shop work"),
        ("kind", "work"),
        ("slot.days", "monday"),
        ("slot.days", "friday"),
        ("slot.from", "9.30am"),
        ("slot.to", "1:30 pm"),
    ]);
    let value = from_form(&week, &typed).unwrap();
    assert_eq!(
        value,
        json!({"what": "Shop work", "kind": "work",
            "slot": {"days": ["monday", "friday"], "from": "09:30", "to": "13:30"}})
    );
    assert_eq!(
        crate::interview::validate(&week, &json!([value])),
        Vec::new()
    );
    assert!(to_form(&week, &value).contains(&("slot.days".into(), "friday".into())));
}

#[test]
fn days_on_lines_are_read_and_shown_again() {
    let enquiry = prompt("enquiries");
    let typed = pairs(&[
        ("kind", "other"),
        ("agency", "The school"),
        ("outcome", "pending"),
        ("chased", "17/11/2026\n\n18 November 2026"),
    ]);
    let value = from_form(&enquiry, &typed).unwrap();
    assert_eq!(value["chased"], json!(["2026-11-17", "2026-11-18"]));
}

#[test]
fn yes_and_no_become_true_and_false() {
    let address = prompt("address");
    let value = from_form(&address, &pairs(&[("address_in_report", "no")])).unwrap();
    assert_eq!(value["address_in_report"], json!(false));
    let value = from_form(&address, &pairs(&[("address_in_report", "yes")])).unwrap();
    assert_eq!(value["address_in_report"], json!(true));
}

#[test]
fn nobody_cannot_be_chosen_together_with_somebody() {
    let typed = pairs(&[("value", "children-at-home"), ("value", "none")]);
    let (value, faults) = from_form(&prompt("caring"), &typed).unwrap_err();
    assert_eq!(
        messages(&faults)[0].1,
        "“Nobody depends on her care” cannot be chosen together with another answer"
    );
    assert_eq!(to_form(&prompt("caring"), &value), typed);
}

#[test]
fn a_whole_postcode_is_refused_and_half_of_one_is_put_in_capitals() {
    let lives_in = prompt("lives-in");
    let value = from_form(&lives_in, &pairs(&[("value", "rg14")])).unwrap();
    assert_eq!(value, json!("RG14"));
    let (_, faults) = from_form(&lives_in, &pairs(&[("value", "RG14 1AB")])).unwrap_err();
    assert!(faults[0].message.contains("only the first half"));
    assert!(from_form(&lives_in, &pairs(&[("value", "West Berkshire")])).is_ok());
}

#[test]
fn a_hundred_thousand_characters_are_kept_and_told_to_be_too_many() {
    let long = "é".repeat(100_000);
    let (value, faults) =
        from_form(&prompt("offence-account"), &pairs(&[("value", &long)])).unwrap_err();
    assert_eq!(value, json!(long));
    assert!(faults[0].message.contains("It is 96000 over"));
}

proptest! {
    #[test]
    fn nothing_typed_into_a_date_is_lost(
        day in "[0-9a-z ]{0,4}", month in "[0-9a-zA-Z]{0,9}", year in "[0-9]{0,5}"
    ) {
        let birth = prompt("date-of-birth");
        let typed = pairs(&[("value-day", &day), ("value-month", &month), ("value-year", &year)]);
        if let Err((value, _)) = from_form(&birth, &typed) {
            let shown = to_form(&birth, &value);
            for (name, typed) in typed.iter().filter(|(_, v)| !v.trim().is_empty()) {
                prop_assert!(shown.contains(&(name.clone(), typed.clone())));
            }
        }
    }

    #[test]
    fn what_a_page_accepts_comes_back_the_same_when_it_is_sent_again(text in "\\PC{0,60}") {
        let need = prompt("need-wellbeing");
        let typed = pairs(&[("level", "high"), ("circumstances", &text)]);
        let value = from_form(&need, &typed).unwrap();
        prop_assert_eq!(from_form(&need, &to_form(&need, &value)).unwrap(), value);
    }
}
