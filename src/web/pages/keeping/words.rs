//! What is written into an entry when the service itself changes or confirms it.
//!
//! Lives here: those few words, and setting them. Not here: any word a page says of an
//! entry (`service-directory/words.toml`), nor how a status is read: each one here also
//! stands in `service-directory/readings.toml`, and a test says so.

use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    directory::{AsAt, Record, facts::Verified},
    web::words::day,
};

/// Status of a service that says it is running.
pub const RUNNING: &str = "running, by the service's own word";
/// Status of a service that says it has not opened.
pub const NOT_OPEN: &str = "planned and not open, by the service's own word";
/// Status of a service that says it has closed.
pub const CLOSED: &str = "closed, by the service's own word";

/// How the service itself checks its entry.
const HOW: &str = "the service itself through Foreword";
/// What a record that an editor changed rests on.
const SOURCE: &str = "the service itself through Foreword";
/// Between that and what it rested on before.
const BEFORE: &str = "; before that: ";
/// How sure one is of an entry that the service wrote.
const CONFIDENCE: &str = "the service's own entry";

/// Whose word a term is that an editor stated or denied.
#[must_use]
pub fn its_own_word(today: NaiveDate) -> String {
    format!("the service itself, {}", day(today))
}

/// Marks an entry as changed by the service. Its date stays its source's: a change of
/// one thing says nothing of the rest, and must not make the entry look fresh.
pub fn stamp_changed(record: &mut Record, now: DateTime<Utc>, today: NaiveDate) {
    if record.as_at.text.is_empty() {
        record.as_at = AsAt::read(&today.to_string());
    }
    record.facts.modified = Some(now);
    if record.source.is_empty() {
        SOURCE.clone_into(&mut record.source);
    } else if !record.source.starts_with(SOURCE) {
        record.source = format!("{SOURCE}{BEFORE}{}", record.source);
    }
    if record.confidence.is_empty() {
        CONFIDENCE.clone_into(&mut record.confidence);
    }
    if record.facts.owner.is_empty() {
        record.facts.owner.clone_from(&record.organisation);
    }
}

/// Marks an entry as looked at and right today: by the organisation, never by a person.
/// What is said of places free is then as of today too. A day that was set for the
/// check now made gives way to the area's usual time.
pub fn stamp_checked(record: &mut Record, today: NaiveDate) {
    if record.source.starts_with(SOURCE) {
        record.as_at = AsAt::read(&today.to_string());
    }
    record.facts.verified = Some(Verified {
        on: today,
        by: record.organisation.clone(),
        how: HOW.to_owned(),
    });
    let counted = record.facts.capacity.iter_mut();
    for room in counted.filter(|room| room.available.is_some()) {
        room.updated = Some(today);
    }
    if record.facts.next_check.is_some_and(|day| day <= today) {
        record.facts.next_check = None;
    }
    if record.facts.owner.is_empty() {
        record.facts.owner.clone_from(&record.organisation);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        content::ContentFiles,
        directory::{Directory, State, facts::Capacity},
    };

    fn on(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    #[test]
    fn every_status_an_editor_can_choose_is_read_as_she_meant_it() {
        let directory = Directory::load(&ContentFiles::embedded().unwrap()).unwrap();
        for (status, meant) in [
            (RUNNING, State::Listed),
            (NOT_OPEN, State::NotOpen),
            (CLOSED, State::Historic),
        ] {
            let record = Record {
                status: status.into(),
                ..Record::default()
            };
            assert_eq!(directory.read(vec![record])[0].state, meant, "{status}");
        }
    }

    #[test]
    fn a_change_alone_makes_no_entry_fresh_and_a_check_of_what_the_service_wrote_does() {
        let mut record = Record {
            source: "a guide of 2024".into(),
            as_at: AsAt::read("2024-05"),
            ..Record::default()
        };
        stamp_checked(&mut record, on(23));
        assert_eq!(
            record.as_at.text, "2024-05",
            "the guide's date is the guide's"
        );
        stamp_changed(&mut record, DateTime::UNIX_EPOCH, on(24));
        assert_eq!(record.as_at.text, "2024-05");
        stamp_checked(&mut record, on(25));
        assert_eq!(record.as_at.text, "2026-11-25");
    }

    #[test]
    fn where_an_entry_came_from_is_kept_once_however_often_it_is_changed() {
        let mut record = Record {
            source: "a guide of 2024".into(),
            organisation: "Us & Co".into(),
            ..Record::default()
        };
        let now = DateTime::UNIX_EPOCH;
        stamp_changed(&mut record, now, on(24));
        let once = record.clone();
        stamp_changed(&mut record, now, on(25));
        assert_eq!(record.source, once.source);
        assert!(record.source.ends_with("before that: a guide of 2024"));
        assert_eq!(record.as_at.text, "2026-11-24");
        assert_eq!(record.facts.owner, "Us & Co");
    }

    #[test]
    fn a_check_is_the_organisations_and_ends_the_day_it_was_due() {
        let mut record = Record {
            organisation: "Us & Co".into(),
            ..Record::default()
        };
        record.facts.next_check = Some(on(25));
        record.facts.capacity = vec![Capacity {
            available: Some(2),
            updated: Some(on(1)),
            ..Capacity::default()
        }];
        stamp_checked(&mut record, on(25));
        let verified = record.facts.verified.clone().unwrap();
        assert_eq!((verified.on, verified.by.as_str()), (on(25), "Us & Co"));
        assert_eq!(record.facts.next_check, None);
        assert_eq!(record.facts.capacity[0].updated, Some(on(25)));
        record.facts.next_check = Some(on(30));
        stamp_checked(&mut record, on(26));
        assert_eq!(record.facts.next_check, Some(on(30)), "still to come");
    }
}
