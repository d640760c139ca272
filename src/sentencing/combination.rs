//! Requirements against each other: barred pairs, one that cannot stand alone,
//! monitoring that should be there, the same one twice.
//!
//! Lives here: rules between requirements of one proposal. Not here: clashes of times
//! (`clashes`).

use super::{
    check::{Asked, Matter},
    text::listed,
};
use crate::finding::Finding;

pub(super) fn check(matter: &Matter<'_>) -> Vec<Finding> {
    let mut findings = barred(matter);
    for a in &matter.asked {
        findings.extend(alone(matter, a));
        findings.extend(unmonitored(matter, a));
        findings.extend(twice(matter, a));
    }
    findings
}

fn barred(matter: &Matter<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (i, one) in matter.asked.iter().enumerate() {
        for other in matter.asked.iter().skip(i + 1) {
            if one.row.id != other.row.id && one.row.bars(other.row) {
                // Named in the order of the Schedule, whichever was entered first.
                let place = |a: &Asked<'_>| {
                    matter
                        .law
                        .pack
                        .requirements
                        .iter()
                        .position(|r| r.id == a.row.id)
                };
                let (first, second) = if place(one) <= place(other) {
                    (one, other)
                } else {
                    (other, one)
                };
                let with = [
                    ("name", first.row.name.clone()),
                    ("other", second.row.name.clone()),
                ];
                let code = "law.requirement.incompatible";
                let finding = matter.law.say_of(first.row, code, &with);
                findings.push(finding.at(other.at("id")));
            }
        }
    }
    findings
}

fn alone(matter: &Matter<'_>, a: &Asked<'_>) -> Option<Finding> {
    let besides = &a.row.needs_another_besides;
    let supported = matter
        .asked
        .iter()
        .any(|other| other.row.id != a.row.id && !besides.contains(&other.row.id));
    if besides.is_empty() || supported {
        return None;
    }
    let names: Vec<&str> = besides
        .iter()
        .filter_map(|id| matter.law.requirement(id))
        .map(|row| row.name.as_str())
        .collect();
    let with = [("name", a.row.name.clone()), ("besides", listed(&names))];
    let finding = matter
        .law
        .say_of(a.row, "law.requirement.needs-another", &with);
    Some(finding.at(a.at("id")))
}

fn unmonitored(matter: &Matter<'_>, a: &Asked<'_>) -> Option<Finding> {
    let reason = a.proposed.no_monitoring_reason.as_deref();
    let explained = reason.is_some_and(|r| !r.trim().is_empty());
    let monitored = matter.asked.iter().any(|other| other.row.monitors);
    (a.row.monitoring_default && !explained && !monitored).then(|| {
        let with = [("name", a.row.name.clone())];
        let finding = matter
            .law
            .say_of(a.row, "law.requirement.monitoring", &with);
        finding.at(a.at("no_monitoring_reason"))
    })
}

fn twice(matter: &Matter<'_>, a: &Asked<'_>) -> Option<Finding> {
    let before = matter
        .asked
        .iter()
        .any(|other| other.index < a.index && other.row.id == a.row.id);
    (before && !a.row.may_repeat).then(|| {
        let with = [("name", a.row.name.clone())];
        let finding = matter.law.say_of(a.row, "law.requirement.twice", &with);
        finding.at(a.place())
    })
}
