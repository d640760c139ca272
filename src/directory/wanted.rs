//! What is asked, made ready to be compared with thousands of services: bits and
//! numbers in place of words. And each single comparison.
//!
//! Lives here: what one fact of a record means for what she needs, once, for the order
//! and the sentences alike. Not here: how much each weighs (`weighing`). Something
//! further she may need is a field here and a comparison beside the others; unknown is
//! always an answer of its own.

use chrono::{Datelike, NaiveDate, Weekday};

use super::{
    Directory,
    avoid::Avoided,
    compact::{DAY, Hours, Row, Themes, day_bits, day_number, level_bit, minute, theme_bit},
    found::Ask,
    service::Setting,
    vocabulary::{TermSet, term},
};
use crate::{case::Slot, needs::Wish};

/// One need.
pub(super) struct NeedWanted {
    pub(super) theme: Themes,
    /// How much it weighs: a more pressing one more.
    pub(super) weight: u32,
    /// Bit of her level; 0 where she has none.
    pub(super) level: u8,
}

/// Whether a record has what is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Has {
    Yes,
    No,
    Unknown,
}

/// An ask, ready to compare.
pub(super) struct Wanted {
    pub(super) needs: Vec<NeedWanted>,
    /// Every theme asked for.
    pub(super) themes: Themes,
    pub(super) women_only: Wish,
    pub(super) childcare: Wish,
    pub(super) children_with_her: Wish,
    pub(super) travel_hard: bool,
    /// Languages she needs; none for one that no record names.
    pub(super) languages: Vec<Option<u32>>,
    pub(super) access: TermSet,
    pub(super) specialist: TermSet,
    pub(super) avoided: Avoided,
    /// Someone who can use a residential alternative: the order in view would have one,
    /// or she wants her children with her.
    pub(super) residential: bool,
    busy: [Vec<(u16, u16)>; 7],
    order: Option<TermSet>,
    order_ends: i32,
    hearing: i32,
    working_days: Option<usize>,
    age: Option<u8>,
    pub(super) terms: Terms,
}

/// The sets of terms that comparisons need.
pub(super) struct Terms {
    pub(super) open: TermSet,
    pub(super) residential: TermSet,
    /// All that says whether it takes referrals.
    pub(super) referrals: TermSet,
    /// Routes by which a report author or a court asks.
    pub(super) by_court: TermSet,
    /// Every group that a service may be a specialist for.
    pub(super) groups: TermSet,
    closed: TermSet,
    paused: TermSet,
    waiting: TermSet,
    unconfirmed: TermSet,
    pub(super) childcare: TermSet,
    with_children: TermSet,
    travel: TermSet,
    pub(super) any_order: TermSet,
}

impl Wanted {
    pub(super) fn of(directory: &Directory, ask: &Ask<'_>) -> Self {
        let vocabulary = &directory.vocabulary;
        let set = |keys: &[String]| vocabulary.set(keys.iter().map(String::as_str));
        let order = ask.order.as_ref();
        let fits = order.map(|o| set(&o.fits)).filter(|f| !f.is_empty());
        let of_residence = vocabulary.set([term::FITS_RESIDENCE, term::FITS_BAIL]);
        let count = ask.needs.len();
        let needs = ask.needs.iter().enumerate().map(|(at, need)| NeedWanted {
            theme: theme_bit(&directory.readings, &need.theme),
            // The first weighs about twice the last, so that two needs outweigh one and
            // of as many the more pressing win.
            weight: u32::try_from(2 * count - at).unwrap_or(1),
            level: need.level.as_deref().map_or(0, level_bit),
        });
        let needs: Vec<NeedWanted> = needs.collect();
        Self {
            themes: needs.iter().fold(0, |all, need| all | need.theme),
            needs,
            women_only: ask.wants.women_only,
            childcare: ask.wants.childcare,
            children_with_her: ask.wants.children_with_her,
            travel_hard: ask.wants.travel_hard,
            languages: ask
                .wants
                .languages
                .iter()
                .map(|l| directory.rows.language(l))
                .collect(),
            access: set(&ask.wants.access),
            specialist: set(&ask.wants.specialist),
            avoided: directory
                .whereabouts
                .avoided(&ask.wants.avoid, &directory.geography),
            residential: ask.wants.children_with_her != Wish::Open
                || fits.is_some_and(|f| !f.and(of_residence).is_empty()),
            busy: busy(&ask.wants.busy),
            order: fits,
            order_ends: day_number(order.and_then(|o| o.ends)),
            hearing: day_number(ask.hearing),
            working_days: ask.hearing.map(|hearing| {
                ask.working_days
                    .unwrap_or_else(|| weekdays(ask.today, hearing))
            }),
            age: ask.age,
            terms: Terms {
                open: vocabulary.set([term::OPEN]),
                residential: vocabulary.set([term::RESIDENTIAL, term::RESIDENTIAL_CHILDREN]),
                referrals: vocabulary.set([
                    term::OPEN,
                    term::WAITING_LIST,
                    term::PAUSED,
                    term::FUNDING_UNCONFIRMED,
                    term::CLOSED,
                ]),
                by_court: vocabulary.set([term::BY_AUTHOR, term::BY_COURT]),
                groups: vocabulary.set_of("specialist-for"),
                closed: vocabulary.set([term::CLOSED]),
                paused: vocabulary.set([term::PAUSED]),
                waiting: vocabulary.set([term::WAITING_LIST]),
                unconfirmed: vocabulary.set([term::FUNDING_UNCONFIRMED]),
                childcare: vocabulary.set([term::CRECHE, term::CHILDCARE]),
                with_children: vocabulary.set([term::RESIDENTIAL_CHILDREN]),
                travel: vocabulary.set([term::OUTREACH, term::REMOTE, term::TRAVEL_PAID]),
                any_order: vocabulary.set_of("order-fit"),
            },
        }
    }

    pub(super) fn closed(&self, row: &Row) -> bool {
        overlap(row.stated, self.terms.closed)
    }

    pub(super) fn paused(&self, row: &Row) -> bool {
        overlap(row.stated, self.terms.paused)
    }

    pub(super) fn has_waiting_list(&self, row: &Row) -> bool {
        overlap(row.stated, self.terms.waiting)
    }

    pub(super) fn funding_unconfirmed(&self, row: &Row) -> bool {
        overlap(row.stated, self.terms.unconfirmed)
    }

    /// Whether it is known that all its funding ends before the order would.
    pub(super) fn outlives_funding(&self, row: &Row) -> bool {
        self.order_ends != 0 && row.funded_until != 0 && row.funded_until < self.order_ends
    }

    /// Whether it takes no referral until after the hearing.
    pub(super) fn starts_too_late(&self, row: &Row) -> bool {
        self.hearing != 0 && row.not_before > self.hearing
    }

    /// Whether an assessment takes longer than the working days to the hearing.
    pub(super) fn assesses_too_slowly(&self, row: &Row) -> bool {
        let known = row.court_days != u16::MAX;
        known
            && self
                .working_days
                .is_some_and(|d| usize::from(row.court_days) > d)
    }

    /// Working days to the hearing, where there is one.
    pub(super) fn working_days(&self) -> Option<usize> {
        self.working_days
    }

    pub(super) fn age_fits(&self, row: &Row) -> bool {
        let within = |age| (row.minimum_age..=row.maximum_age).contains(&age);
        self.age.is_none_or(within)
    }

    /// She needs a women-only service and this one is known not to be.
    pub(super) fn is_wrongly_mixed(&self, row: &Row) -> bool {
        self.women_only == Wish::Needs && row.setting == Setting::Mixed
    }

    /// The record's levels against hers for one need.
    pub(super) fn level(row: &Row, level: u8) -> Has {
        if level == 0 {
            Has::Unknown
        } else if row.levels & level != 0 {
            Has::Yes
        } else if row.not_levels & level != 0 || (row.levels != 0 && row.levels < level) {
            Has::No
        } else {
            Has::Unknown
        }
    }

    pub(super) fn order(&self, row: &Row) -> Has {
        let Some(asked) = self.order else {
            return Has::Unknown;
        };
        if overlap(row.stated, asked) {
            Has::Yes
        } else if row.denied.and(asked) == asked {
            Has::No
        } else {
            Has::Unknown
        }
    }

    /// Whether the record names orders it fits and the one in view is not among them.
    /// That is said, but weighs nothing: the record does not deny the one in view.
    pub(super) fn fits_other_orders(&self, row: &Row) -> bool {
        self.asks_for_order()
            && self.order(row) == Has::Unknown
            && overlap(row.stated, self.terms.any_order)
    }

    /// Whether an order is in view that a service may or may not fit.
    pub(super) fn asks_for_order(&self) -> bool {
        self.order.is_some()
    }

    pub(super) fn childcare(&self, row: &Row) -> Has {
        either(row, self.terms.childcare)
    }

    pub(super) fn children_with_her(&self, row: &Row) -> Has {
        either(row, self.terms.with_children)
    }

    /// Outreach, work at a distance or paid travel: what of it the record states.
    pub(super) fn travel(&self, row: &Row) -> TermSet {
        row.stated.and(self.terms.travel)
    }

    /// The hours of an opening that she could come to, in part at least.
    pub(super) fn can_come(&self, hours: Hours) -> bool {
        if hours.days == 0 {
            return true; // only its words say when
        }
        let taken = |day: usize| {
            let busy = &self.busy[day];
            busy.iter()
                .any(|(from, to)| *from <= hours.from && hours.to <= *to)
        };
        (0..7).any(|day| hours.days & (1 << day) != 0 && !taken(day))
    }

    /// Whether she could come to any of its openings; unknown where none is recorded.
    pub(super) fn openings(&self, openings: &[Hours]) -> Has {
        if openings.is_empty() || !self.is_busy() {
            return Has::Unknown;
        }
        if openings.iter().any(|o| o.days != 0 && self.can_come(*o)) {
            Has::Yes
        } else if openings.iter().any(|o| o.days == 0) {
            Has::Unknown
        } else {
            Has::No
        }
    }

    pub(super) fn is_busy(&self) -> bool {
        self.busy.iter().any(|day| !day.is_empty())
    }
}

fn overlap(a: TermSet, b: TermSet) -> bool {
    !a.and(b).is_empty()
}

/// Any of some terms stated; or all of them denied.
fn either(row: &Row, terms: TermSet) -> Has {
    if overlap(row.stated, terms) {
        Has::Yes
    } else if row.denied.and(terms) == terms && !terms.is_empty() {
        Has::No
    } else {
        Has::Unknown
    }
}

/// The minutes of each day that she cannot come, joined where they meet.
fn busy(slots: &[Slot]) -> [Vec<(u16, u16)>; 7] {
    let mut week: [Vec<(u16, u16)>; 7] = Default::default();
    for slot in slots {
        let bits = day_bits(&slot.days);
        let to = minute(slot.to);
        // A day that ends at 23:59 is taken to its end.
        let to = if to == DAY - 1 { DAY } else { to };
        for (day, taken) in week.iter_mut().enumerate() {
            if bits & (1 << day) != 0 {
                taken.push((minute(slot.from), to));
            }
        }
    }
    for day in &mut week {
        day.sort_unstable();
        day.dedup_by(|next, first| {
            let meets = next.0 <= first.1;
            if meets {
                first.1 = first.1.max(next.1);
            }
            meets
        });
    }
    week
}

/// Weekdays after today and before the hearing. Bank holidays are not known here.
fn weekdays(today: NaiveDate, hearing: NaiveDate) -> usize {
    today
        .iter_days()
        .skip(1)
        .take_while(|day| *day < hearing)
        .filter(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun))
        .count()
}

#[cfg(test)]
mod tests {
    use chrono::NaiveTime;

    use crate::case::Day;

    use super::*;

    fn at(hour: u32, minute: u32) -> NaiveTime {
        NaiveTime::from_hms_opt(hour, minute, 0).unwrap()
    }

    #[test]
    fn busy_hours_that_meet_are_one_stretch() {
        let slot = |from, to| Slot {
            days: vec![Day::Monday],
            from,
            to,
        };
        let week = busy(&[
            slot(at(12, 0), at(23, 59)),
            slot(at(9, 0), at(10, 0)),
            slot(at(10, 0), at(12, 30)),
        ]);
        assert_eq!(week[0], [(540, DAY)]);
        assert!(week[1].is_empty());
    }

    #[test]
    fn weekdays_before_the_hearing_are_counted() {
        let day = |d| NaiveDate::from_ymd_opt(2026, 11, d).unwrap();
        assert_eq!(weekdays(day(25), day(26)), 0);
        assert_eq!(weekdays(day(25), day(30)), 2, "Thursday and Friday");
        assert_eq!(weekdays(day(25), day(20)), 0);
    }
}
