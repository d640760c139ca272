//! Whether she can take part, safely: with whom, how she gets there, who minds the
//! children meanwhile.

use super::{Asked, Matter, say};
use crate::{case::GroupSetting, finding::Finding};

pub(super) fn check(matter: &Matter<'_>, a: &Asked<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    findings.extend(work_setting(matter, a));
    if !a.row.attends {
        return findings;
    }
    findings.extend(group(matter, a));
    findings.extend(travel(matter, a));
    findings.extend(children(matter, a));
    findings
}

/// Unpaid work and attendance centres, which are often among men.
fn work_setting(matter: &Matter<'_>, a: &Asked<'_>) -> Vec<Finding> {
    if !a.row.womens_setting {
        return Vec::new();
    }
    let mut findings = Vec::new();
    match a.proposed.setting {
        None => findings.push(say(matter, a, "practice.unpaid-work.setting").at(a.at("setting"))),
        Some(GroupSetting::Mixed) => {
            findings.push(say(matter, a, "practice.unpaid-work.mixed").at(a.at("setting")));
        }
        Some(GroupSetting::WomenOnly | GroupSetting::OneToOne) => {}
    }
    let fact = "pregnant-or-new-mother";
    if matter.fact(fact) == Some(true) {
        let finding = say(matter, a, "practice.unpaid-work.pregnant");
        findings.push(finding.resting_on(matter.basis(fact)));
    }
    findings
}

/// A mixed group, where something recorded asks for care with one. The words never say
/// what it is: some of it is for the record only.
fn group(matter: &Matter<'_>, a: &Asked<'_>) -> Option<Finding> {
    if matter.fact("care-with-men") != Some(true) {
        return None;
    }
    let code = match a.proposed.setting {
        Some(GroupSetting::Mixed) => "practice.group.mixed",
        // The women's setting of unpaid work is asked for already.
        None if !a.row.womens_setting => "practice.group.ask",
        _ => return None,
    };
    let finding = say(matter, a, code);
    let basis = matter.basis("care-with-men");
    Some(finding.resting_on(basis).at(a.at("setting")))
}

fn travel(matter: &Matter<'_>, a: &Asked<'_>) -> Option<Finding> {
    let limit = matter.law.pack.about.long_travel_minutes;
    match a.proposed.travel_minutes {
        Some(minutes) if minutes > limit => {
            let with = [
                ("name", a.row.name.clone()),
                ("minutes", minutes.to_string()),
                ("limit", limit.to_string()),
            ];
            let finding = matter.law.say_of(a.row, "practice.travel.long", &with);
            Some(finding.at(a.at("travel_minutes")))
        }
        None if matter.fact("travel-hard") == Some(true) => {
            let finding = say(matter, a, "practice.travel.ask");
            let basis = matter.basis("travel-hard");
            Some(finding.resting_on(basis).at(a.at("travel_minutes")))
        }
        _ => None,
    }
}

/// Who looks after those she cares for.
fn children(matter: &Matter<'_>, a: &Asked<'_>) -> Option<Finding> {
    if matter.fact("cares-at-home") != Some(true) {
        return None;
    }
    let code = match (matter.fact("no-cover"), a.proposed.slots.is_empty()) {
        (Some(true), _) => "practice.attends.no-cover",
        (_, true) => "practice.attends.school-hours",
        (_, false) => return None,
    };
    let basis = matter.basis("cares-at-home").into_iter();
    let cover = (code == "practice.attends.no-cover").then(|| matter.basis("no-cover"));
    let basis = basis.chain(cover.into_iter().flatten());
    Some(say(matter, a, code).resting_on(basis).at(a.at("slots")))
}
