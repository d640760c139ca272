//! How long a record may go unchecked.

use super::*;
use crate::directory::facts::Verified;

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// The real directory with other limits.
fn limited(text: &str) -> Result<Directory, Vec<ContentError>> {
    let mut files = ContentFiles::embedded().unwrap();
    files.set(checking::FILE, text);
    Directory::load(&files)
}

/// A service of the directory with its record changed.
fn service(change: impl FnOnce(&mut Record)) -> Service {
    let mut record = directory().services()[0].record.clone();
    change(&mut record);
    directory().read(vec![record]).remove(0)
}

#[test]
fn the_narrowest_area_she_lives_in_sets_the_limit() {
    let directory = limited(
        "default_days = 40\n\
         [[area]]\npdu = \"West Berkshire\"\ndays = 7\n\
         [[area]]\npolice_area = \"Thames Valley\"\ndays = 21\n\
         [[area]]\nregion = \"Wales\"\ndays = 60\n",
    )
    .unwrap();
    let limit = |area: &str| directory.check_by(&directory.place(area).unwrap());
    assert_eq!(limit("RG14"), 7, "its delivery unit");
    assert_eq!(limit("Oxford"), 21, "its police area");
    assert_eq!(limit("Cardiff"), 60, "its region");
    assert_eq!(limit("Derby"), 40, "none of its own");
}

#[test]
fn a_record_is_stale_the_day_after_its_limit() {
    let directory = directory();
    let one = service(|r| r.as_at = AsAt::read("2026-10-01"));
    let fresh = directory.stale(&one, None, day(2026, 10, 31));
    assert_eq!(
        fresh,
        Freshness {
            checked_on: Some(day(2026, 10, 1)),
            days: Some(30),
            limit: 30,
            stale: false
        }
    );
    assert!(directory.stale(&one, None, day(2026, 11, 1)).stale);
}

#[test]
fn a_check_counts_before_the_records_own_date_unless_it_has_not_come_yet() {
    let directory = directory();
    let verified = |on| {
        service(|r| {
            r.as_at = AsAt::read("2024-05");
            r.facts.verified = Some(Verified {
                on,
                by: "centre manager".to_owned(),
                how: "phone".to_owned(),
            });
        })
    };
    let checked = directory.stale(&verified(day(2026, 11, 20)), None, today());
    assert_eq!((checked.days, checked.stale), (Some(2), false));
    let tomorrow = directory.stale(&verified(day(2026, 11, 23)), None, today());
    assert_eq!(tomorrow.checked_on, Some(day(2024, 5, 31)));
    assert!(tomorrow.stale);
}

#[test]
fn a_record_without_a_date_or_past_its_next_check_is_stale() {
    let directory = directory();
    let undated = directory.stale(
        &service(|r| r.as_at = AsAt::read("undated page")),
        None,
        today(),
    );
    assert_eq!((undated.checked_on, undated.days), (None, None));
    assert!(undated.stale);
    let due = |next| {
        let one = service(|r| {
            r.as_at = AsAt::read("2026-11-20");
            r.facts.next_check = Some(next);
        });
        directory.stale(&one, None, today()).stale
    };
    assert!(due(day(2026, 11, 21)));
    assert!(!due(today()), "it may still be checked today");
}

#[test]
fn a_month_that_is_not_over_is_not_counted_into_the_future() {
    let this_month = service(|r| r.as_at = AsAt::read("2026-11"));
    let fresh = directory().stale(&this_month, None, today());
    assert_eq!((fresh.days, fresh.stale), (Some(0), false));
    let to_come = service(|r| r.as_at = AsAt::read("2027-01"));
    assert!(directory().stale(&to_come, None, today()).stale);
}

#[test]
fn an_area_that_is_not_known_and_a_number_that_is_no_limit_are_told_with_their_lines() {
    let faults = limited(
        "default_days = 0\n\
         [[area]]\npdu = \"Nowhere\"\ndays = 14\n\
         [[area]]\nregion = \"Wales\"\ndays = 4000\n\
         [[area]]\ndays = 14\n\
         [[area]]\nregion = \"Wales\"\npdu = \"West Berkshire\"\ndays = 14\n\
         [[area]]\nregion = \"London\"\ndays = \"14\"\nwhy = \"\"\n",
    )
    .unwrap_err();
    let told: Vec<(Option<usize>, &str)> =
        faults.iter().map(|f| (f.line, f.reason.as_str())).collect();
    let says = |line: usize, text: &str| {
        assert!(
            told.iter()
                .any(|(l, r)| *l == Some(line) && r.contains(text)),
            "line {line}, {text}: {told:#?}"
        );
    };
    says(1, "from 1 to 366, not 0");
    says(3, "no probation delivery unit “Nowhere”");
    says(7, "from 1 to 366, not 4000");
    says(9, "exactly one of pdu, police_area, region");
    says(13, "exactly one of pdu, police_area, region");
    says(16, "`days`");
    says(17, "no key `why`");
    assert_eq!(told.len(), 7, "{told:#?}");
    assert!(faults.iter().all(|f| f.file == checking::FILE));
}

#[test]
fn an_area_with_two_limits_is_refused() {
    let faults = limited(
        "default_days = 30\n\
         [[area]]\npolice_area = \"thames-valley\"\ndays = 14\n\
         [[area]]\npolice_area = \"Thames Valley\"\ndays = 20\n",
    )
    .unwrap_err();
    assert_eq!(faults.len(), 1, "{faults:#?}");
    assert_eq!(faults[0].line, Some(6));
}
