//! When an entry is to be checked next, and what in it has gone stale.
//!
//! Lives here: the worklist's reckoning for one entry. Not here: how long an area lets
//! an entry go unchecked (`directory::checking`).

use chrono::{Days, NaiveDate, TimeDelta};

use crate::{
    directory::{Directory, Service},
    web::words::{count, day},
};

/// So many days before it is due, it is due soon.
const SOON: i64 = 7;
/// So many days before funding ends, the end is told.
const FUNDING_NEAR: TimeDelta = TimeDelta::days(90);

/// When an entry is to be checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Due {
    /// It has never been checked, and has no date.
    Never,
    /// On this day, so many days from now: fewer than none when it is past.
    On(NaiveDate, i64),
}

impl Due {
    /// Reckons it: the day set for this entry, or the area's time after it was last
    /// checked, whichever comes first.
    #[must_use]
    pub fn of(service: &Service, directory: &Directory, today: NaiveDate) -> Self {
        let limit = limit(service, directory, today);
        let fresh = directory.stale(service, None, today);
        let by_age = fresh
            .checked_on
            .and_then(|on| on.checked_add_days(Days::new(limit.into())));
        let set = service.facts.next_check;
        match by_age.into_iter().chain(set).min() {
            Some(on) => Self::On(on, (on - today).num_days()),
            None => Self::Never,
        }
    }

    /// Words and colour of its tag.
    #[must_use]
    pub fn tag(self) -> (&'static str, &'static str) {
        match self {
            Self::Never => ("Never checked", "red"),
            Self::On(_, days) if days < 0 => ("Overdue", "red"),
            Self::On(_, 0) => ("Due today", "orange"),
            Self::On(_, days) if days <= SOON => ("Due soon", "yellow"),
            Self::On(..) => ("Not due yet", "green"),
        }
    }

    /// Whether it is for now.
    #[must_use]
    pub fn is_now(self) -> bool {
        matches!(self, Self::Never | Self::On(_, ..=0))
    }

    /// The day in words, and how far off it is.
    #[must_use]
    pub fn said(self) -> String {
        match self {
            Self::Never => "Nobody has checked it, and its source gives no date".into(),
            Self::On(on, days) => {
                let far = usize::try_from(days.unsigned_abs()).unwrap_or(usize::MAX);
                let far = count(far, "day");
                match days {
                    0 => format!("Check due today, {}", day(on)),
                    1.. => format!("Check due {}, in {far}", day(on)),
                    _ => format!("Check was due {}, {far} ago", day(on)),
                }
            }
        }
    }
}

/// Days the entry may go unchecked: the strictest of the areas it names.
fn limit(service: &Service, directory: &Directory, today: NaiveDate) -> u32 {
    let anywhere = directory.stale(service, None, today).limit;
    let geography = directory.geography();
    let police = service.area.police_areas.iter();
    let police = police.filter_map(|slug| geography.police_area(slug));
    let names = service.area.local_authorities.iter().map(String::as_str);
    let names = names.chain(police.map(|p| p.name.as_str()));
    names
        .filter_map(|name| directory.place(name).ok())
        .map(|place| directory.check_by(&place))
        .min()
        .unwrap_or(anywhere)
}

/// What in an entry has been overtaken by the days, in words.
#[must_use]
pub fn stale_parts(service: &Service, directory: &Directory, today: NaiveDate) -> Vec<String> {
    let facts = &service.facts;
    let mut parts = Vec::new();
    let limit = i64::from(limit(service, directory, today));
    let counted = facts
        .capacity
        .iter()
        .filter(|room| room.available.is_some());
    for room in counted {
        match room.updated {
            Some(on) if (today - on).num_days() <= limit => {}
            Some(on) => parts.push(format!("Places free are as of {}", day(on))),
            None => parts.push("Nobody knows of which day the places free are".into()),
        }
    }
    if let Some(ends) = facts.funded_until() {
        if ends < today {
            parts.push(format!("Its funding ended on {}", day(ends)));
        } else if ends - today <= FUNDING_NEAR {
            parts.push(format!("Its funding ends on {}", day(ends)));
        }
    }
    if let Some(from) = facts.not_before.filter(|from| *from <= today) {
        parts.push(format!(
            "It says that referrals are taken from {}: is that so?",
            day(from)
        ));
    }
    if !facts.conflicts.is_empty() {
        parts.push("Its sources do not agree with each other".into());
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        content::ContentFiles,
        directory::{
            Record,
            facts::{Capacity, Funding, Verified},
        },
    };

    fn on(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).unwrap()
    }

    fn with(change: impl FnOnce(&mut Record)) -> (Directory, Service) {
        let directory = Directory::load(&ContentFiles::embedded().unwrap()).unwrap();
        let mut record = Record::default();
        change(&mut record);
        let service = directory.read(vec![record]).remove(0);
        (directory, service)
    }

    fn checked(record: &mut Record, day: NaiveDate) {
        record.facts.verified = Some(Verified {
            on: day,
            by: "Us".into(),
            how: "phone".into(),
        });
    }

    #[test]
    fn an_entry_is_due_the_areas_time_after_it_was_last_checked() {
        let (directory, service) = with(|r| checked(r, on(11, 1)));
        let limit = directory.stale(&service, None, on(11, 25)).limit;
        let due = Due::of(&service, &directory, on(11, 25));
        let day = on(11, 1) + Days::new(limit.into());
        assert_eq!(due, Due::On(day, (day - on(11, 25)).num_days()));
    }

    #[test]
    fn a_day_that_was_set_comes_first_and_no_date_at_all_before_everything() {
        let (directory, service) = with(|r| {
            checked(r, on(11, 1));
            r.facts.next_check = Some(on(11, 20));
        });
        let set = Due::of(&service, &directory, on(11, 25));
        assert_eq!(set, Due::On(on(11, 20), -5));
        assert_eq!(set.tag().0, "Overdue");
        let (directory, service) = with(|_| {});
        let never = Due::of(&service, &directory, on(11, 25));
        assert_eq!(never, Due::Never);
        assert!(never < set && never.is_now());
    }

    #[test]
    fn what_the_days_have_overtaken_is_told() {
        let (directory, service) = with(|r| {
            r.facts.capacity = vec![Capacity {
                available: Some(3),
                updated: Some(on(1, 5)),
                ..Capacity::default()
            }];
            r.facts.funding = vec![Funding {
                ends: Some(on(12, 31)),
                ..Funding::default()
            }];
            r.facts.not_before = Some(on(11, 1));
        });
        let parts = stale_parts(&service, &directory, on(11, 25));
        assert_eq!(parts.len(), 3, "{parts:?}");
        assert!(parts[0].contains("5 January 2026"));
        assert!(parts[1].contains("ends on 31 December 2026"));
        assert!(parts[2].contains("1 November 2026"));
        assert_eq!(stale_parts(&service, &directory, on(1, 6)).len(), 0);
    }
}
