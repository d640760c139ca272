//! Working days up to a hearing.
//!
//! Lives here: counting. Not here: which days are bank holidays; those are listed in
//! `report-templates/interview/calendar.toml`.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use crate::content;

/// The bank holidays that are known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "File")]
pub struct Calendar {
    bank_holidays: Vec<NaiveDate>,
}

/// As the file spells it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[expect(dead_code, reason = "it stands in the file for whoever changes it")]
    source: String,
    bank_holidays: Vec<toml::value::Datetime>,
}

impl From<File> for Calendar {
    fn from(file: File) -> Self {
        let days = file.bank_holidays.iter();
        Self {
            bank_holidays: days.filter_map(content::day).collect(),
        }
    }
}

impl Calendar {
    /// True for a day on which offices are open.
    #[must_use]
    pub fn is_working(&self, day: NaiveDate) -> bool {
        let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        !weekend && !self.bank_holidays.contains(&day)
    }

    /// How many working days are left from `today` on, today with them, before `until`
    /// comes. `None` where the calendar does not reach so far.
    #[must_use]
    pub fn working_days(&self, today: NaiveDate, until: NaiveDate) -> Option<usize> {
        let known = |day: NaiveDate| {
            let mut years = self.bank_holidays.iter().map(Datelike::year);
            years.any(|year| year == day.year())
        };
        if !known(today) || !known(until) {
            return None;
        }
        let days = (0..).map_while(|n| today.checked_add_days(Days::new(n)));
        let left = days.take_while(|day| *day < until);
        Some(left.filter(|day| self.is_working(*day)).count())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{content::ContentFiles, interview::Interview};

    fn calendar() -> Calendar {
        let pack = Interview::load(&ContentFiles::embedded().unwrap()).unwrap();
        pack.calendar
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn weekends_and_bank_holidays_are_not_working_days() {
        let calendar = calendar();
        let left = |from, to| calendar.working_days(day(from), day(to));
        assert_eq!(left("2026-11-22", "2026-12-03"), Some(8), "from a Sunday");
        assert_eq!(left("2026-11-23", "2026-12-03"), Some(8), "today counts");
        assert_eq!(left("2026-12-23", "2026-12-30"), Some(3), "over Christmas");
        assert_eq!(left("2026-12-03", "2026-12-03"), Some(0));
        assert_eq!(left("2026-12-04", "2026-12-03"), Some(0));
    }

    #[test]
    fn beyond_the_years_that_are_listed_nothing_is_claimed() {
        let calendar = calendar();
        assert_eq!(
            calendar.working_days(day("2026-12-01"), day("2031-01-05")),
            None
        );
        assert_eq!(
            Calendar::default().working_days(day("2026-12-01"), day("2026-12-02")),
            None
        );
    }

    /// The rules behind the list, so that a slip of the pen in it is seen.
    #[test]
    fn the_listed_days_are_those_that_the_rules_give() {
        let listed = calendar().bank_holidays;
        for year in listed.iter().map(Datelike::year) {
            let mine: Vec<NaiveDate> = listed
                .iter()
                .copied()
                .filter(|d| d.year() == year)
                .collect();
            assert_eq!(mine, by_rule(year), "{year}");
        }
    }

    fn by_rule(year: i32) -> Vec<NaiveDate> {
        let on = |month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
        let monday = |mut day: NaiveDate, step: i64| {
            while day.weekday() != Weekday::Mon {
                day += chrono::TimeDelta::days(step);
            }
            day
        };
        let easter = easter(year);
        let mut days = vec![
            easter - Days::new(2),
            easter + Days::new(1),
            monday(on(5, 1), 1),
            monday(on(5, 31), -1),
            monday(on(8, 31), -1),
        ];
        for fixed in [on(1, 1), on(12, 25), on(12, 26)] {
            let mut day = fixed;
            let weekend = |d: NaiveDate| matches!(d.weekday(), Weekday::Sat | Weekday::Sun);
            while weekend(day) || days.contains(&day) {
                day = day + Days::new(1);
            }
            days.push(day);
        }
        days.sort();
        days
    }

    /// Easter Sundays as church calendars give them.
    fn easter(year: i32) -> NaiveDate {
        let days = ["2026-04-05", "2027-03-28", "2028-04-16"].map(day);
        days.into_iter().find(|d| d.year() == year).unwrap()
    }
}
