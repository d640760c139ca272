//! Each requirement's figures against its row: how much, for how long, and a curfew's
//! hours by the day and by the week.
//!
//! Lives here: numbers. Not here: conditions (`conditions`), the order's own length
//! (`terms`). An amount of nought is an amount not given.

use super::{
    check::{Asked, Matter},
    requirement::{OrderWithRequirements, Unit},
    text::hours,
    week::{busy_minutes, slot_minutes},
};
use crate::{case::Day, finding::Finding};

pub(super) fn check(matter: &Matter<'_>) -> Vec<Finding> {
    matter
        .asked
        .iter()
        .flat_map(|a| {
            let mut findings = amount(matter, a);
            findings.extend(months(matter, a));
            findings.extend(curfew(matter, a));
            findings
        })
        .collect()
}

fn counted(unit: Unit) -> bool {
    !matches!(unit, Unit::Period | Unit::None)
}

fn amount(matter: &Matter<'_>, a: &Asked<'_>) -> Vec<Finding> {
    let name = ("name", a.row.name.clone());
    let say = |code: &str, with: &[(&str, String)]| {
        matter.law.say_of(a.row, code, with).at(a.at("amount"))
    };
    let Some(amount) = a.proposed.amount.filter(|n| *n > 0) else {
        return a
            .row
            .amount_needed
            .then(|| say("law.requirement.amount-missing", &[name]))
            .into_iter()
            .collect();
    };
    if !counted(a.row.unit) {
        let with = [name, ("amount", amount.to_string())];
        return vec![say("law.requirement.amount-unused", &with)];
    }
    let code_and_limit = match (a.row.min, a.row.max) {
        (Some(min), _) if amount < min => ("law.requirement.too-little", min),
        (_, Some(max)) if amount > max => ("law.requirement.too-much", max),
        _ => return more_than_the_days(matter, a, amount).into_iter().collect(),
    };
    let (code, limit) = code_and_limit;
    let with = [
        name,
        ("amount", counted_words(matter, a.row.unit, amount)),
        ("limit", counted_words(matter, a.row.unit, limit)),
    ];
    vec![say(code, &with)]
}

/// Days the law sets no most to, yet more of them than the order lasts.
fn more_than_the_days(matter: &Matter<'_>, a: &Asked<'_>, amount: u32) -> Option<Finding> {
    const LONGEST_MONTH: u32 = 31;
    if !matches!(a.row.unit, Unit::ActivityDays | Unit::Days) {
        return None;
    }
    let proposal = &matter.case.proposal;
    let suspended = || proposal.suspended?.supervision_months;
    let months = match matter.order()? {
        OrderWithRequirements::Community => proposal.months,
        OrderWithRequirements::Suspended => suspended(),
    };
    let months = months.filter(|n| *n > 0)?;
    let days = months.saturating_mul(LONGEST_MONTH);
    (amount > days).then(|| {
        let with = [
            ("amount", counted_words(matter, a.row.unit, amount)),
            ("months", months.to_string()),
            ("limit", days.to_string()),
        ];
        let code = "law.requirement.more-than-the-days-there-are";
        matter.law.say_of(a.row, code, &with).at(a.at("amount"))
    })
}

/// `30 hours`, `125 days`: the amount with its unit.
fn counted_words(matter: &Matter<'_>, unit: Unit, amount: u32) -> String {
    let key = match unit {
        Unit::Hours => "unit.hours",
        Unit::HoursPerDay => "unit.hours-per-day",
        Unit::ActivityDays => "unit.activity-days",
        Unit::Days | Unit::DaysOrPeriod | Unit::Period | Unit::None => "unit.days",
    };
    let words = matter.law.pack.words(key);
    words.replace("{amount}", &amount.to_string())
}

fn months(matter: &Matter<'_>, a: &Asked<'_>) -> Option<Finding> {
    let say = |code: &str, with: &[(&str, String)]| {
        matter.law.say_of(a.row, code, with).at(a.at("months"))
    };
    let name = ("name", a.row.name.clone());
    let Some(months) = a.proposed.months.filter(|n| *n > 0) else {
        let by_days = a.row.unit == Unit::DaysOrPeriod && a.proposed.amount.is_some_and(|n| n > 0);
        return (a.row.period_needed && !by_days)
            .then(|| say("law.requirement.period-missing", &[name]));
    };
    let limit = a.row.months_limit(matter.order())?;
    (months > limit).then(|| {
        let with = [
            name,
            ("amount", months.to_string()),
            ("limit", limit.to_string()),
        ];
        say("law.requirement.too-long", &with)
    })
}

/// A curfew's hours: from its days and times where they are given, otherwise from the
/// number of hours a day.
fn curfew(matter: &Matter<'_>, a: &Asked<'_>) -> Vec<Finding> {
    if a.row.unit != Unit::HoursPerDay {
        return Vec::new();
    }
    let by_day = busy_minutes(&a.proposed.slots);
    let mut findings = if by_day.iter().all(|minutes| *minutes == 0) {
        week_if_daily(matter, a)
    } else {
        days(matter, a, &by_day)
    };
    let week: u32 = by_day.iter().sum();
    if let Some(limit) = a
        .row
        .max_hours_per_7_days
        .filter(|limit| week > limit.saturating_mul(60))
    {
        let with = [("amount", hours(week)), ("limit", limit.to_string())];
        let finding = matter.law.say_of(a.row, "law.curfew.week", &with);
        findings.push(finding.at(a.at("slots")));
    }
    findings
}

fn week_if_daily(matter: &Matter<'_>, a: &Asked<'_>) -> Vec<Finding> {
    let (Some(daily), Some(limit)) = (a.proposed.amount, a.row.max_hours_per_7_days) else {
        return Vec::new();
    };
    // Over the daily limit the weekly one is beside the point.
    let within_the_day = a.row.max.is_none_or(|max| daily <= max);
    let week = u64::from(daily) * 7;
    if !within_the_day || week <= u64::from(limit) {
        return Vec::new();
    }
    let with = [
        ("daily", daily.to_string()),
        ("amount", week.to_string()),
        ("limit", limit.to_string()),
    ];
    let finding = matter.law.say_of(a.row, "law.curfew.week-if-daily", &with);
    vec![finding.at(a.at("slots"))]
}

fn days(matter: &Matter<'_>, a: &Asked<'_>, by_day: &[u32; 7]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (day, minutes) in Day::ALL.into_iter().zip(by_day.iter().copied()) {
        let mut say = |code: &str, limit: u32| {
            let with = [
                ("day", day.name().to_owned()),
                ("amount", hours(minutes)),
                ("limit", limit.to_string()),
                ("daily", limit.to_string()),
            ];
            let finding = matter.law.say_of(a.row, code, &with);
            findings.push(finding.at(a.at("slots")));
        };
        let over = |limit: Option<u32>| limit.filter(|limit| minutes > limit.saturating_mul(60));
        if let Some(max) = over(a.row.max) {
            say("law.curfew.day-too-long", max);
        } else if let Some(daily) = over(a.proposed.amount.filter(|n| *n > 0)) {
            say("law.curfew.times-differ", daily);
        }
        if let Some(min) = a.row.min.filter(|min| too_short(a, day, minutes, *min)) {
            say("law.curfew.day-too-short", min);
        }
    }
    findings
}

/// A night that runs past midnight is one curfew, so its halves are not judged alone.
fn too_short(a: &Asked<'_>, day: Day, minutes: u32, min: u32) -> bool {
    let least = min.saturating_mul(60);
    (1..least).contains(&minutes)
        && a.proposed
            .slots
            .iter()
            .filter(|slot| slot.days.contains(&day))
            .any(|slot| slot_minutes(slot) < least)
}
