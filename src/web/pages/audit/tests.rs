//! Days as an auditor types them.

use super::*;

#[test]
fn days_are_british_and_the_last_one_is_whole() {
    let pairs = [
        ("from-day", "28"),
        ("from-month", "3"),
        ("from-year", "2026"),
        ("until-day", "29"),
        ("until-month", "3"),
        ("until-year", "2026"),
    ];
    let pairs = pairs.map(|(n, v)| (n.to_owned(), v.to_owned())).to_vec();
    let asked = Asked::of(Form::new(pairs));
    assert_eq!(asked.faults, []);
    let at = |text: &str| text.parse::<DateTime<Utc>>().ok();
    // The clocks went forward on 29 March 2026.
    assert_eq!(asked.query.from, at("2026-03-28T00:00:00Z"));
    assert_eq!(asked.query.until, at("2026-03-29T23:00:00Z"));
    assert!(
        asked
            .address("/audit", &[])
            .starts_with("/audit?from-day=28&")
    );
}
