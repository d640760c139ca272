//! The order as a whole: how much it asks in a week, what it costs to get there, what
//! has to be carried through, what it must be laid beside.

use super::{Asked, Matter};
use crate::{
    case::CommitmentKind,
    finding::Finding,
    sentencing::{text::listed, week::contacts_in},
};

pub(super) fn check(matter: &Matter<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = dangerousness(matter).into_iter().collect();
    let attended: Vec<&Asked<'_>> = matter.asked.iter().filter(|a| a.row.attends).collect();
    if attended.is_empty() {
        return findings;
    }
    findings.extend(adjustments(matter, &attended));
    findings.extend(child_plan(matter));
    findings.extend(fares(matter));
    findings.extend(contacts(matter));
    findings
}

/// An assessment that the court asked for, and the review it has to have.
fn dangerousness(matter: &Matter<'_>) -> Option<Finding> {
    if matter.fact("dangerousness-asked") != Some(true) {
        return None;
    }
    let code = if matter.fact("dangerousness-assessed") != Some(true) {
        "practice.dangerousness.not-assessed"
    } else if matter.fact("dangerousness-reviewed") != Some(true) {
        "practice.dangerousness.unreviewed"
    } else {
        return None;
    };
    let finding = matter.law.say(code, &[]).at("answers.dangerousness");
    Some(finding.resting_on(matter.basis("dangerousness-asked")))
}

/// Adjustments that the interview calls for and a requirement does not carry.
fn adjustments(matter: &Matter<'_>, attended: &[&Asked<'_>]) -> Option<Finding> {
    if matter.fact("needs-adjustments") != Some(true) {
        return None;
    }
    let bare = |a: &&&Asked<'_>| {
        let said = a.proposed.adjustments.as_deref().unwrap_or_default();
        said.trim().is_empty()
    };
    let without: Vec<&&Asked<'_>> = attended.iter().filter(bare).collect();
    let first = without.first()?;
    let names: Vec<&str> = without.iter().map(|a| a.row.name.as_str()).collect();
    let with = [("names", listed(&names))];
    let finding = matter.law.say("practice.adjustments.missing", &with);
    let basis = matter.basis("needs-adjustments");
    Some(finding.resting_on(basis).at(first.at("adjustments")))
}

/// A plan for the children whose demands are not in her week.
fn child_plan(matter: &Matter<'_>) -> Option<Finding> {
    if matter.fact("child-plan") != Some(true) {
        return None;
    }
    let in_week = matter
        .case
        .week
        .iter()
        .any(|c| c.kind == CommitmentKind::OtherOrder);
    let described = matter.fact("child-plan-described") == Some(true);
    (!in_week && !described).then(|| {
        let finding = matter.law.say("practice.child-plan.demands", &[]);
        let basis = matter.basis("child-plan");
        finding.resting_on(basis).at("answers.child-plan")
    })
}

fn fares(matter: &Matter<'_>) -> Option<Finding> {
    (matter.fact("fares") == Some(true)).then(|| {
        let finding = matter.law.say("practice.travel.fares", &[]);
        let basis = matter.basis("fares");
        finding.resting_on(basis).at("proposal.requirements")
    })
}

/// Appointments that the order adds to a week, curfew hours left out.
fn contacts(matter: &Matter<'_>) -> Option<Finding> {
    let asked = matter.asked.iter().filter(|a| !a.row.at_home);
    let count: u32 = asked.map(|a| contacts_in(&a.proposed.slots)).sum();
    let limit = matter.law.pack.about.most_contacts_a_week;
    (count > limit).then(|| {
        let with = [("count", count.to_string()), ("limit", limit.to_string())];
        let finding = matter.law.say("practice.load.contacts", &with);
        finding.at("proposal.requirements")
    })
}
