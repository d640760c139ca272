//! Her week with the order in it: what fills each day, how many hours, what falls on top
//! of what.
//!
//! Lives here: times and their sums, the way there and back among them. Not here: what a
//! clash means (`clashes`), the order's later weeks (`outlook`), or drawing. A slot that
//! ends before it begins runs past midnight; 23:59 is read as midnight, since a day has no
//! 24:00.

use chrono::{NaiveTime, Timelike};
use serde::Serialize;

use super::law::Law;
use crate::case::{CaseFile, CommitmentKind, Day, ProposedRequirement, Slot};

const DAY: u32 = 24 * 60;

/// What fills a part of her week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Filling {
    /// Something that is there already.
    Commitment(CommitmentKind),
    /// A requirement of the order.
    Requirement,
    /// Hours of a curfew, spent at home.
    AtHome,
    /// A service chosen for her.
    Service,
    /// The way to an appointment or back.
    Travel,
}

impl Filling {
    /// True for what the proposal adds to her week.
    #[must_use]
    pub fn is_proposed(self) -> bool {
        !matches!(self, Self::Commitment(_))
    }
}

/// One thing on one day, within that day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WeekItem {
    /// The day.
    pub day: Day,
    /// Start, in minutes from midnight.
    pub start: u32,
    /// End, in minutes from midnight; 1440 is the end of the day.
    pub end: u32,
    /// What it is, in words that are safe to print.
    pub what: String,
    /// What fills the time.
    pub filling: Filling,
    /// Its path in the case file.
    pub at: String,
}

impl WeekItem {
    /// Start as a time of day.
    #[must_use]
    pub fn from(&self) -> NaiveTime {
        time(self.start)
    }

    /// End as a time of day; the end of the day is 23:59.
    #[must_use]
    pub fn to(&self) -> NaiveTime {
        time(self.end)
    }
}

/// Two things at the same time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Clash {
    /// What the proposal adds.
    pub proposed: WeekItem,
    /// What it falls on.
    pub other: WeekItem,
    /// Days on which they overlap at these times.
    pub days: Vec<Day>,
    /// Start of the overlap, in minutes from midnight.
    pub start: u32,
    /// End of the overlap, in minutes from midnight.
    pub end: u32,
}

impl Clash {
    /// Start of the overlap.
    #[must_use]
    pub fn from(&self) -> NaiveTime {
        time(self.start)
    }

    /// End of the overlap.
    #[must_use]
    pub fn to(&self) -> NaiveTime {
        time(self.end)
    }
}

/// Her week with the proposed order in it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct WeeklyLoad {
    /// Everything, by day and time.
    pub items: Vec<WeekItem>,
}

impl WeeklyLoad {
    /// Her week as the case file has it.
    #[must_use]
    pub fn of(case: &CaseFile, law: &Law<'_>) -> Self {
        let mut items = Vec::new();
        for (i, c) in case.week.iter().enumerate() {
            let filling = Filling::Commitment(c.kind);
            items.extend(placed(&c.slot, &c.what, filling, &format!("week[{i}]")));
        }
        for (i, r) in case.proposal.requirements.iter().enumerate() {
            let row = law.requirement(&r.id);
            let what = called(r, law);
            let filling = if row.is_some_and(|row| row.at_home) {
                Filling::AtHome
            } else {
                Filling::Requirement
            };
            let at = format!("proposal.requirements[{i}].slots");
            items.extend(r.slots.iter().flat_map(|s| placed(s, what, filling, &at)));
            if filling == Filling::Requirement {
                let what = law.pack.words("week.way").replace("{name}", what);
                let minutes = r.travel_minutes.unwrap_or(0);
                let ways = r.slots.iter().flat_map(|s| ways(s, minutes));
                items.extend(ways.flat_map(|way| placed(&way, &what, Filling::Travel, &at)));
            }
        }
        for (i, s) in case.services.iter().enumerate() {
            if timed_by_requirement(case, &s.id) {
                continue;
            }
            let at = format!("services[{i}].slots");
            let place = |slot| placed(slot, &s.name, Filling::Service, &at);
            items.extend(s.slots.iter().flat_map(place));
        }
        items.sort_by(|a, b| (a.day, a.start, a.end, &a.at).cmp(&(b.day, b.start, b.end, &b.at)));
        Self { items }
    }

    /// What fills one day, by time.
    pub fn day(&self, day: Day) -> impl Iterator<Item = &WeekItem> {
        self.items.iter().filter(move |item| item.day == day)
    }

    /// Minutes of the week that are filled, curfew hours left out and overlaps counted
    /// once.
    #[must_use]
    pub fn filled_minutes(&self) -> u32 {
        self.minutes(|filling| filling != Filling::AtHome)
    }

    /// Minutes that the proposal adds, curfew hours left out and overlaps counted once.
    #[must_use]
    pub fn proposed_minutes(&self) -> u32 {
        self.minutes(|filling| filling.is_proposed() && filling != Filling::AtHome)
    }

    fn minutes(&self, wanted: impl Fn(Filling) -> bool) -> u32 {
        let days = Day::ALL.into_iter();
        days.map(|day| self.minutes_on(day, &wanted)).sum()
    }

    /// Minutes of one day that something of this kind fills, overlaps counted once.
    #[must_use]
    pub fn minutes_on(&self, day: Day, wanted: impl Fn(Filling) -> bool) -> u32 {
        let spans = self.day(day).filter(|item| wanted(item.filling));
        by_day(spans.map(|item| (item.day, item.start, item.end)))
            .iter()
            .sum()
    }

    /// Minutes of one day between two full hours that nothing fills, hours at home by an
    /// order left out.
    #[must_use]
    pub fn free_on(&self, day: Day, from_hour: u32, to_hour: u32) -> u32 {
        let (from, to) = (from_hour * 60, to_hour * 60);
        let spans = self.day(day).filter(|item| item.filling != Filling::AtHome);
        let within = spans.map(|item| {
            (
                item.day,
                item.start.clamp(from, to),
                item.end.clamp(from, to),
            )
        });
        let filled: u32 = by_day(within).iter().sum();
        to.saturating_sub(from).saturating_sub(filled)
    }

    /// Everything the proposal puts on top of something else, days of one clash
    /// together.
    #[must_use]
    pub fn clashes(&self) -> Vec<Clash> {
        let mut clashes: Vec<Clash> = Vec::new();
        for (i, one) in self.items.iter().enumerate() {
            for two in self
                .items
                .iter()
                .skip(i + 1)
                .take_while(|two| two.day == one.day)
            {
                let Some(clash) = clash(one, two) else {
                    continue;
                };
                match clashes.iter_mut().find(|known| known.same_as(&clash)) {
                    Some(known) if known.days.contains(&one.day) => {}
                    Some(known) => known.days.push(one.day),
                    None => clashes.push(clash),
                }
            }
        }
        clashes
    }
}

impl Clash {
    fn same_as(&self, other: &Self) -> bool {
        (&self.proposed.at, &self.other.at, self.start, self.end)
            == (&other.proposed.at, &other.other.at, other.start, other.end)
    }
}

fn clash(one: &WeekItem, two: &WeekItem) -> Option<Clash> {
    let start = one.start.max(two.start);
    let end = one.end.min(two.end);
    if start >= end || one.at == two.at {
        return None;
    }
    let (proposed, other) = match (one.filling.is_proposed(), two.filling.is_proposed()) {
        (true, _) => (one, two),
        (false, true) => (two, one),
        (false, false) => return None,
    };
    Some(Clash {
        days: vec![one.day],
        proposed: proposed.clone(),
        other: other.clone(),
        start,
        end,
    })
}

/// The way there, which ends as a slot begins, and the way back; each within its day.
fn ways(slot: &Slot, minutes: u32) -> Vec<Slot> {
    if minutes == 0 || slot_minutes(slot) == 0 {
        return Vec::new();
    }
    let way = |from: u32, to: u32| Slot {
        days: slot.days.clone(),
        from: time(from),
        to: time(to),
    };
    let (start, end) = (minute(slot.from), end_minute(slot.to));
    let there = way(start.saturating_sub(minutes), start);
    let mut ways = vec![there];
    if end > start {
        ways.push(way(end, end.saturating_add(minutes).min(DAY)));
    }
    ways.retain(|way| way.from != way.to);
    ways
}

/// What a requirement is called in her week: the programme or place it names, or its own
/// name.
pub(super) fn called<'a>(proposed: &'a ProposedRequirement, law: &Law<'a>) -> &'a str {
    let named = proposed.detail.as_deref().filter(|d| !d.trim().is_empty());
    let row = law.requirement(&proposed.id);
    named
        .or(row.map(|row| row.name.as_str()))
        .unwrap_or(&proposed.id)
}

/// Times a week that these slots ask her to be somewhere.
pub(super) fn contacts_in(slots: &[Slot]) -> u32 {
    let days = |slot: &Slot| u32::try_from(slot.days.len()).unwrap_or(u32::MAX);
    slots.iter().map(days).fold(0, u32::saturating_add)
}

/// A requirement that a service delivers and that has times of its own already stands
/// for the service in her week.
pub(super) fn timed_by_requirement(case: &CaseFile, service: &str) -> bool {
    case.proposal
        .requirements
        .iter()
        .any(|r| r.service.as_deref() == Some(service) && !r.slots.is_empty())
}

fn placed(slot: &Slot, what: &str, filling: Filling, at: &str) -> Vec<WeekItem> {
    let item = |(day, start, end)| WeekItem {
        day,
        start,
        end,
        what: what.to_owned(),
        filling,
        at: at.to_owned(),
    };
    spans(slot).into_iter().map(item).collect()
}

/// The slot as pieces that each lie within one day.
fn spans(slot: &Slot) -> Vec<(Day, u32, u32)> {
    let (from, to) = (minute(slot.from), end_minute(slot.to));
    let mut pieces = Vec::new();
    for day in Day::ALL.into_iter().filter(|day| slot.days.contains(day)) {
        if from < to {
            pieces.push((day, from, to));
        } else if to < from {
            pieces.push((day, from, DAY));
            pieces.extend((to > 0).then(|| (next(day), 0, to)));
        }
    }
    pieces
}

/// Length of a slot on each of its days, whether or not it runs past midnight.
pub(super) fn slot_minutes(slot: &Slot) -> u32 {
    let (from, to) = (minute(slot.from), end_minute(slot.to));
    if to < from {
        DAY - from + to
    } else {
        to - from
    }
}

/// Minutes filled on each day from Monday, overlaps counted once.
pub(super) fn busy_minutes(slots: &[Slot]) -> [u32; 7] {
    by_day(slots.iter().flat_map(spans))
}

fn by_day(spans: impl Iterator<Item = (Day, u32, u32)>) -> [u32; 7] {
    let mut spans: Vec<_> = spans.collect();
    spans.sort_unstable();
    let mut total = [0; 7];
    for (sum, day) in total.iter_mut().zip(Day::ALL) {
        let mut reached = 0;
        for (_, start, end) in spans.iter().filter(|(d, ..)| *d == day) {
            *sum += end.saturating_sub(reached.max(*start));
            reached = reached.max(*end);
        }
    }
    total
}

fn minute(time: NaiveTime) -> u32 {
    time.hour() * 60 + time.minute()
}

fn end_minute(time: NaiveTime) -> u32 {
    match minute(time) {
        last if last == DAY - 1 => DAY,
        other => other,
    }
}

fn time(minute: u32) -> NaiveTime {
    let minute = minute.min(DAY - 1);
    NaiveTime::from_hms_opt(minute / 60, minute % 60, 0).unwrap_or_default()
}

fn next(day: Day) -> Day {
    match day {
        Day::Monday => Day::Tuesday,
        Day::Tuesday => Day::Wednesday,
        Day::Wednesday => Day::Thursday,
        Day::Thursday => Day::Friday,
        Day::Friday => Day::Saturday,
        Day::Saturday => Day::Sunday,
        Day::Sunday => Day::Monday,
    }
}
