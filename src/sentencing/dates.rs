//! The dates that select the law, and her age on them.
//!
//! Lives here: missing, mixed or too early convictions; that she is an adult. Not
//! here: which row a date selects (`law`).

mod impossible;

use chrono::NaiveDate;

use super::{
    check::Matter,
    law::{CaseDates, Law},
    text::{listed, long_date},
};
use crate::finding::Finding;

pub(super) fn check(matter: &Matter<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    findings.extend(missing(matter));
    findings.extend(before_code(matter));
    findings.extend(mixed(matter));
    findings.extend(adult(matter));
    findings.extend(impossible::check(matter));
    findings
}

fn missing(matter: &Matter<'_>) -> Option<Finding> {
    let law = matter.law;
    let proposed = matter.case.proposal.order.is_some() || !matter.asked.is_empty();
    (law.dates.convicted.is_none() && proposed && !matter.case.offences.is_empty()).then(|| {
        let with = [("assumed", long_date(law.dates.today))];
        law.say("law.dates.conviction-missing", &with)
            .at("offences[0].convicted_on")
    })
}

/// The first of several convictions, where they fall on different days.
fn first_and_last(matter: &Matter<'_>) -> Option<(NaiveDate, NaiveDate)> {
    let convicted = || matter.case.offences.iter().filter_map(|o| o.convicted_on);
    Some((convicted().min()?, convicted().max()?))
}

fn before_code(matter: &Matter<'_>) -> Option<Finding> {
    let (first, _) = first_and_last(matter)?;
    (!covered(matter.law, first)).then(|| {
        matter
            .law
            .say("law.dates.before-code", &[])
            .at("offences[0].convicted_on")
    })
}

fn covered(law: &Law<'_>, convicted: NaiveDate) -> bool {
    on(law, convicted).rule("code").is_some()
}

/// The same law as if she had been convicted on another day.
fn on<'a>(law: &Law<'a>, convicted: NaiveDate) -> Law<'a> {
    law.pack.in_force(&CaseDates {
        convicted: Some(convicted),
        ..law.dates
    })
}

/// Convictions on both sides of a change in a rule or in a proposed requirement.
fn mixed(matter: &Matter<'_>) -> Option<Finding> {
    let (first, last) = first_and_last(matter)?;
    if first == last || !covered(matter.law, first) {
        return None;
    }
    let before = on(matter.law, first);
    let rules = matter
        .law
        .rules()
        .filter(|rule| before.rule(&rule.code) != Some(*rule))
        .map(|rule| rule.title.clone());
    let requirements = matter
        .asked
        .iter()
        .filter(|a| before.requirement(&a.row.id) != Some(a.row))
        .map(|a| a.row.name.clone());
    let changed: Vec<String> = rules.chain(requirements).collect();
    (!changed.is_empty()).then(|| {
        let with = [
            ("first", long_date(first)),
            ("last", long_date(last)),
            ("changed", listed(&changed)),
        ];
        matter.law.say("law.dates.mixed", &with).at("offences")
    })
}

fn adult(matter: &Matter<'_>) -> Option<Finding> {
    let limit = matter.law.figure("co.availability", "min_age")?;
    let age = age_at_conviction(matter)?;
    (age < limit).then(|| {
        let with = [("age", age.to_string()), ("limit", limit.to_string())];
        matter.law.say("law.adult", &with).at("woman.date_of_birth")
    })
}

/// Her age on the day of conviction, in whole years; none where either date is missing
/// or she would not have been born.
pub(super) fn age_at_conviction(matter: &Matter<'_>) -> Option<u32> {
    let born = matter.case.woman.date_of_birth?;
    matter.law.dates.convicted?.years_since(born)
}
