//! The order from its first day to its last: what starts when, how long it lasts, what
//! it asks of a week, and the weeks in which it asks too much.
//!
//! Lives here: reading that out of the proposal. A start is read only where the pack
//! knows its words (`pack.toml`); what cannot be placed is said to be unknown, never
//! guessed. Not here: one week's hours (`week`), or any drawing.

use serde::Serialize;

use super::{
    law::Law,
    requirement::Unit,
    week::{called, contacts_in, slot_minutes, timed_by_requirement},
};
use crate::case::{CaseFile, ProposedRequirement, Slot};

/// How many weeks are looked at one by one.
pub const FIRST_WEEKS: u32 = 12;

/// The whole of an order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Outlook {
    /// What runs in it: each requirement in its order, then services beside them.
    pub lines: Vec<Running>,
    /// Weeks that the order lasts, where that is chosen.
    pub weeks: Option<u32>,
    /// The first weeks, each with what it asks.
    pub first: Vec<WeekAhead>,
}

/// One thing that runs for a part of the order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Running {
    /// What it is.
    pub what: String,
    /// The week it starts in, from 1; `None` where the words do not say.
    pub starts: Option<u32>,
    /// The words it rests on, as the author wrote them.
    pub starts_in_words: String,
    /// The last week it runs in; `None` where nothing sets an end before the order's.
    pub ends: Option<u32>,
    /// Minutes a week, travel left out; `None` where no time is set.
    pub minutes: Option<u32>,
    /// Minutes a week spent on the way, there and back.
    pub travel: u32,
    /// Times a week that she has to be somewhere.
    pub contacts: u32,
    /// True for hours at home, which fill no appointment.
    pub at_home: bool,
    /// Its path in the case file.
    pub at: String,
}

/// One of the first weeks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WeekAhead {
    /// Its number, from 1.
    pub week: u32,
    /// Numbers in [`Outlook::lines`] of what runs in it.
    pub runs: Vec<usize>,
    /// What starts in it.
    pub starts: Vec<usize>,
    /// Minutes of appointments, hours at home left out.
    pub minutes: u32,
    /// Minutes on the way.
    pub travel: u32,
    /// Times that she has to be somewhere.
    pub contacts: u32,
    /// True where that is more than the pack points out.
    pub too_many: bool,
}

impl Outlook {
    /// The order of a case, by the law in force.
    #[must_use]
    pub fn of(case: &CaseFile, law: &Law<'_>) -> Self {
        let weeks = case.proposal.lasts().filter(|n| *n > 0).map(weeks_in);
        let requirements = case.proposal.requirements.iter().enumerate();
        let mut lines: Vec<Running> = requirements
            .map(|(n, r)| required(n, r, law, weeks))
            .collect();
        let beside = case.services.iter().enumerate().filter(|(_, service)| {
            minutes_of(&service.slots) > 0 && !timed_by_requirement(case, &service.id)
        });
        lines.extend(beside.map(|(n, service)| Running {
            what: service.name.clone(),
            starts: None,
            starts_in_words: String::new(),
            ends: None,
            minutes: Some(minutes_of(&service.slots)),
            travel: 0,
            contacts: contacts_in(&service.slots),
            at_home: false,
            at: format!("services[{n}]"),
        }));
        let most = law.pack.about.most_contacts_a_week;
        let last = weeks.unwrap_or(FIRST_WEEKS).min(FIRST_WEEKS);
        let first = (1..=last).map(|week| ahead(week, &lines, most)).collect();
        Self {
            lines,
            weeks,
            first,
        }
    }

    /// Lines whose start the words do not tell.
    pub fn unplaced(&self) -> impl Iterator<Item = &Running> {
        self.lines.iter().filter(|line| line.starts.is_none())
    }
}

impl Running {
    /// True where it runs in a week; never for one whose start is not known.
    #[must_use]
    pub fn runs_in(&self, week: u32) -> bool {
        self.starts.is_some_and(|start| start <= week) && self.ends.is_none_or(|end| week <= end)
    }
}

fn ahead(week: u32, lines: &[Running], most: u32) -> WeekAhead {
    let running = || lines.iter().enumerate().filter(|(_, l)| l.runs_in(week));
    let starting = running().filter(|(_, line)| line.starts == Some(week));
    let out = || running().map(|(_, line)| line).filter(|line| !line.at_home);
    let contacts = total(out().map(|line| line.contacts));
    WeekAhead {
        week,
        runs: running().map(|(n, _)| n).collect(),
        starts: starting.map(|(n, _)| n).collect(),
        minutes: total(out().filter_map(|line| line.minutes)),
        travel: total(out().map(|line| line.travel)),
        contacts,
        too_many: contacts > most,
    }
}

fn required(
    number: usize,
    proposed: &ProposedRequirement,
    law: &Law<'_>,
    weeks: Option<u32>,
) -> Running {
    let row = law.requirement(&proposed.id);
    let words = proposed.starts.clone().unwrap_or_default();
    let starts = law.pack.start_week(&words);
    let contacts = contacts_in(&proposed.slots);
    let minutes = (!proposed.slots.is_empty()).then(|| minutes_of(&proposed.slots));
    let lasts = lasting(proposed, row.map(|row| row.unit), contacts, minutes);
    let ends = starts.zip(lasts).map(|(start, lasts)| {
        let end = start.saturating_add(lasts.max(1)).saturating_sub(1);
        weeks.map_or(end, |weeks| end.min(weeks.max(start)))
    });
    Running {
        what: called(proposed, law).to_owned(),
        starts,
        starts_in_words: words,
        ends,
        minutes,
        travel: proposed
            .travel_minutes
            .unwrap_or(0)
            .saturating_mul(2)
            .saturating_mul(contacts),
        contacts,
        at_home: row.is_some_and(|row| row.at_home),
        at: format!("proposal.requirements[{number}]"),
    }
}

/// Weeks it lasts, where its figures say: a period, or an amount at so much a week.
fn lasting(
    proposed: &ProposedRequirement,
    unit: Option<Unit>,
    contacts: u32,
    minutes: Option<u32>,
) -> Option<u32> {
    if let Some(months) = proposed.months.filter(|n| *n > 0) {
        return Some(weeks_in(months));
    }
    let amount = proposed.amount.filter(|n| *n > 0)?;
    match unit? {
        Unit::Hours => {
            let minutes = minutes.filter(|n| *n > 0)?;
            Some(amount.saturating_mul(60).div_ceil(minutes))
        }
        Unit::ActivityDays => (contacts > 0).then(|| amount.div_ceil(contacts)),
        Unit::Days | Unit::DaysOrPeriod => Some(amount.div_ceil(7)),
        Unit::HoursPerDay | Unit::Period | Unit::None => None,
    }
}

/// Weeks in so many months, the last one begun counted.
fn weeks_in(months: u32) -> u32 {
    months.saturating_mul(52).div_ceil(12)
}

fn minutes_of(slots: &[Slot]) -> u32 {
    let of = |slot: &Slot| {
        let days = contacts_in(std::slice::from_ref(slot));
        slot_minutes(slot).saturating_mul(days)
    };
    total(slots.iter().map(of))
}

/// A sum that stops at the largest number: what is typed may be any number.
fn total(numbers: impl Iterator<Item = u32>) -> u32 {
    numbers.fold(0, u32::saturating_add)
}
