//! The days that rules come to, and rules that cannot be followed.

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn rules() -> RetentionRules {
    RetentionRules::load(&ContentFiles::embedded().unwrap()).unwrap()
}

fn held(last_change: &str) -> Held {
    Held {
        practice: false,
        last_change: day(last_change),
        signed: None,
        hearing: None,
        referral: None,
        has_plan: false,
        plan_ends: None,
    }
}

/// The id of the rule and the day.
fn due(rules: &RetentionRules, held: &Held) -> (String, NaiveDate) {
    let due = rules.due(held).unwrap();
    (due.kind.id.clone(), due.on)
}

#[test]
fn months_end_on_the_last_day_of_a_shorter_month_and_29_february_in_a_common_year() {
    let rules = rules();
    let of = |last: &str| due(&rules, &held(last)).1;
    assert_eq!(of("2028-02-29"), day("2029-02-28"));
    assert_eq!(of("2027-02-28"), day("2028-02-28"));
    assert_eq!(of("2026-11-30"), day("2027-11-30"));
    let practice = Held {
        practice: true,
        ..held("2026-11-30")
    };
    assert_eq!(due(&rules, &practice).1, day("2027-02-28"));
    let leap = Held {
        practice: true,
        ..held("2027-11-30")
    };
    assert_eq!(due(&rules, &leap).1, day("2028-02-29"));
}

#[test]
fn the_longest_of_the_rules_that_apply_decides() {
    let rules = rules();
    let mut report = held("2026-11-30");
    assert_eq!(due(&rules, &report).0, "unsigned");
    report.referral = Some(day("2026-11-20"));
    assert_eq!(
        due(&rules, &report),
        ("referral".into(), day("2028-11-20")),
        "the hearing is not known"
    );
    report.signed = Some(day("2026-12-01"));
    report.hearing = Some(day("2026-12-03"));
    assert_eq!(due(&rules, &report), ("signed".into(), day("2032-12-03")));
    report.has_plan = true;
    report.plan_ends = Some(day("2031-06-30"));
    assert_eq!(due(&rules, &report), ("plan".into(), day("2033-06-30")));
    report.practice = true;
    assert_eq!(due(&rules, &report).0, "practice", "and nothing else");
}

#[test]
fn time_is_over_on_the_day_and_soon_three_months_before() {
    let rules = rules();
    let time = |today: &str| rules.time(day("2028-05-31"), day(today));
    assert_eq!(time("2028-02-28"), Time::Left);
    assert_eq!(time("2028-02-29"), Time::Soon);
    assert_eq!(time("2028-05-30"), Time::Soon);
    assert_eq!(time("2028-05-31"), Time::Over);
    assert_eq!(rules.time(NaiveDate::MAX, day("2028-05-31")), Time::Left);
}

#[test]
fn a_rule_that_cannot_be_followed_is_refused_with_its_line() {
    let sound = ContentFiles::embedded().unwrap();
    let text = sound.text(FILE).unwrap();
    let with = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        let files = ContentFiles::from_pairs([(FILE, text.replacen(from, to, 1))]);
        let faults = RetentionRules::load(&files).unwrap_err();
        faults.iter().map(ToString::to_string).collect::<String>()
    };
    let line = 1 + text.lines().position(|l| l == "[[kind]]").unwrap();
    let fault = with("applies = \"practice\"", "applies = \"practise\"");
    assert!(
        fault.starts_with(&format!("{FILE}, line {line}")),
        "{fault}"
    );
    assert!(fault.contains("did you mean “practice”?"), "{fault}");
    assert!(with("\nmonths = 3", "\nmonths = 0").contains("from 1 to"));
    assert!(with("[\"last-change\"]", "[]").contains("`from` is empty"));
    assert!(with("[\"last-change\"]", "[\"birth\"]").contains("“birth”"));
    assert!(with("id = \"unsigned\"", "id = \"practice\"").contains("another [[kind]]"));
    assert!(with("applies = \"plan\"", "applies = \"signed\"").contains("applies = \"plan\""));
    assert!(with("verified = false", "verified = 1").contains("line"));
}
