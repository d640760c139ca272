//! What an administrator records of commencements, and what then holds.

use super::*;
use crate::sentencing::{
    Commencement, DateTest, LiveLaw, Status, commencements, commencements_text,
};

const FILE: &str = "commencements.toml";

fn record(code: &str, on: &str, more: &str) -> String {
    format!(
        "[[commencement]]\ncode = \"{code}\"\non = {on}\nsource = \"SI 2027/1 reg 2\"\n\
         recorded_by = \"A. Admin\"\nrecorded_on = 2026-12-20\n{more}\n"
    )
}

fn laid(text: &str) -> LawPack {
    pack().with_commencements(FILE, text).unwrap()
}

#[track_caller]
fn refused_because(text: &str, why: &str) -> Option<usize> {
    let faults = pack().with_commencements(FILE, text).expect_err("refused");
    let fault = faults.iter().find(|f| f.reason.contains(why));
    let fault = fault.unwrap_or_else(|| panic!("nothing about {why:?} in {faults:?}"));
    assert_eq!(fault.file, FILE);
    fault.line
}

/// A driving prohibition, for an offence on a day.
fn driving(committed: Option<NaiveDate>) -> CaseFile {
    let mut case = community_order(vec![months("driving_prohibition", 6)]);
    case.offences[0].committed_on = committed;
    case.offences[0].convicted_on = Some(day(2027, 3, 1));
    case
}

fn codes(case: &CaseFile, law: &LawPack) -> Vec<String> {
    let all = check(case, law, day(2027, 4, 1));
    all.into_iter().map(|f| f.code).collect()
}

#[test]
fn a_requirement_applies_from_the_recorded_day_by_its_own_date_test() {
    let law = laid(&record("sa2026-s14", "2027-01-04", ""));
    let refused = [
        "law.requirement.other-dates",
        "law.requirement.not-commenced",
    ];
    let is_refused = |committed| {
        let codes = codes(&driving(Some(committed)), &law);
        codes.iter().any(|code| refused.contains(&code.as_str()))
    };
    assert!(is_refused(day(2027, 1, 3)), "committed the day before");
    assert!(!is_refused(day(2027, 1, 4)), "committed on the day");
    let codes = codes(&driving(Some(day(2027, 1, 3))), &law);
    assert!(codes.contains(&"law.requirement.other-dates".to_owned()));
}

#[test]
fn an_offence_over_several_days_counts_as_committed_on_the_last() {
    let law = laid(&record("sa2026-s14", "2027-01-04", ""));
    let mut case = driving(Some(day(2026, 12, 20)));
    case.offences[0].committed_until = Some(day(2027, 1, 4));
    assert!(!codes(&case, &law).contains(&"law.requirement.other-dates".to_owned()));
}

#[test]
fn without_the_day_of_the_offence_new_law_is_not_taken_to_reach_it() {
    let law = laid(&record("sa2026-s14", "2027-01-04", ""));
    let all = check(&driving(None), &law, day(2027, 4, 1));
    let finding = find(&all, "law.requirement.other-dates").unwrap();
    assert_eq!(finding.severity, Severity::Warn);
}

#[test]
fn without_a_record_it_is_never_applied() {
    for committed in [day(2026, 10, 1), day(2030, 1, 1)] {
        assert!(
            codes(&driving(Some(committed)), pack())
                .contains(&"law.requirement.not-commenced".to_owned())
        );
    }
}

#[test]
fn the_finding_names_the_instrument_and_who_recorded_it() {
    let law = laid(&record("sa2026-s14", "2027-01-04", ""));
    let mut case = driving(Some(day(2027, 2, 1)));
    case.proposal.requirements[0].months = None;
    let all = check(&case, &law, day(2027, 4, 1));
    let finding = find(&all, "law.requirement.period-missing").unwrap();
    assert!(citation(finding).contains("SI 2027/1 reg 2; recorded by A. Admin"));
}

#[test]
fn the_version_that_reports_are_stamped_with_says_what_was_recorded() {
    let law = laid(&record("sa2026-s14", "2027-01-04", ""));
    assert!(law.about.version.starts_with(&pack().about.version));
    assert!(law.about.version.contains("sa2026-s14"));
}

#[test]
fn a_requirement_that_waits_for_two_sections_waits_for_both() {
    let one = record("sa2026-s13", "2027-02-01", "date_test = \"order\"");
    let dates = crate::sentencing::CaseDates {
        convicted: Some(day(2027, 3, 1)),
        committed: Some(day(2027, 3, 1)),
        today: day(2027, 3, 1),
    };
    let law = laid(&one);
    assert!(
        law.in_force(&dates)
            .requirement("probation_requirement")
            .is_none()
    );
    assert!(law.in_force(&dates).requirement("rar").is_some());
    let both = one + &record("sa2026-s12", "2027-02-15", "date_test = \"order\"");
    let law = laid(&both);
    let now = law.in_force(&dates);
    assert!(now.requirement("probation_requirement").is_some());
    assert!(now.requirement("rar").is_none(), "its place is taken");
    let before = crate::sentencing::CaseDates {
        today: day(2027, 2, 14),
        ..dates
    };
    assert!(law.in_force(&before).requirement("rar").is_some());
}

#[test]
fn where_the_act_gives_no_date_test_the_record_must() {
    refused_because(
        &record("sa2026-s13", "2027-02-01", ""),
        "which date of a case selects",
    );
    refused_because(
        &record("sa2026-s14", "2027-02-01", "date_test = \"conviction\""),
        "as the Act has it",
    );
}

#[test]
fn a_change_that_brings_in_no_row_is_shown_as_in_force() {
    let law = laid(&record("sa2026-s6", "2027-02-01", ""));
    let change = law.changes().iter().find(|c| c.id == "sa2026-s6").unwrap();
    assert_eq!(change.status, Status::InForce);
    assert_eq!(change.from, Some(day(2027, 2, 1)));
    assert!(change.commencement.contains("SI 2027/1"));
    assert!(law.awaiting().all(|c| c.id != "sa2026-s6"));
}

#[test]
fn records_that_cannot_be_right_are_refused_with_file_line_and_reason() {
    let line = refused_because(
        &record("sa2026-s99", "2027-02-01", ""),
        "is not the id of a change",
    );
    assert_eq!(line, Some(1));
    refused_because(
        &record("sa2026-s1", "2027-02-01", ""),
        "is in force since 2026-03-22",
    );
    let twice = record("sa2026-s14", "2027-02-01", "") + &record("sa2026-s14", "2027-02-02", "");
    assert_eq!(
        refused_because(&twice, "already recorded at line 1"),
        Some(8)
    );
    let no_source = record("sa2026-s14", "2027-02-01", "").replace("SI 2027/1 reg 2", " ");
    refused_because(&no_source, "does not say the instrument");
    let nobody = record("sa2026-s14", "2027-02-01", "").replace("A. Admin", "");
    refused_because(&nobody, "does not say who");
    assert_eq!(
        refused_because(&record("sa2026-s14", "2027-02-30", ""), ""),
        Some(3)
    );
    refused_because(&record("sa2026-s14", "2027-02-01", "who = 1"), "who");
}

#[test]
fn what_a_later_pack_already_says_is_left_as_it_is() {
    let law = laid(&record("sa2026-s1", "2026-03-22", ""));
    assert_eq!(law.about.version, pack().about.version);
}

#[test]
fn what_is_written_reads_back_the_same() {
    let records = vec![
        Commencement {
            code: "sa2026-s13".into(),
            on: Some(day(2027, 2, 1)),
            source: "SI 2027/1, \"reg\" 2".into(),
            date_test: Some(DateTest::Order),
            recorded_by: "A. Admin".into(),
            recorded_on: Some(day(2026, 12, 20)),
        },
        Commencement {
            code: "sa2026-s14".into(),
            on: Some(day(2027, 3, 1)),
            source: "SI 2027/2".into(),
            date_test: None,
            recorded_by: "B. Admin".into(),
            recorded_on: Some(day(2027, 1, 1)),
        },
    ];
    let text = commencements_text(&records);
    assert_eq!(commencements(FILE, &text).unwrap(), records, "{text}");
    laid(&text);
}

#[test]
fn a_running_program_takes_records_up_and_keeps_the_law_it_had_where_they_are_wrong() {
    let live = LiveLaw::new(pack().clone());
    live.lay(FILE, &record("sa2026-s14", "2027-01-04", ""))
        .unwrap();
    let with = live.now();
    assert_eq!(with.recorded().count(), 1);
    live.lay(FILE, "[[commencement]]\ncode = 3").unwrap_err();
    assert!(
        live.fault().contains("commencements.toml, line 2"),
        "{}",
        live.fault()
    );
    assert_eq!(live.now().recorded().count(), 1);
    live.lay(FILE, "").unwrap();
    assert_eq!(
        (live.now().recorded().count(), live.fault()),
        (0, String::new())
    );
    assert_eq!(
        with.recorded().count(),
        1,
        "a reader keeps what it was given"
    );
}
