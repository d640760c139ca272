//! Treatment that somebody has to assess her for, and days that are counted from a plan.

use super::{Asked, Matter, say};
use crate::{
    finding::Finding,
    sentencing::{proposal_words::planned_days, text::long_date},
};

pub(super) fn check(matter: &Matter<'_>, a: &Asked<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    if a.row.treatment {
        findings.extend(assessed(matter, a));
    }
    if a.row.counts_plan {
        findings.extend(counted(matter, a));
    }
    findings
}

fn assessed(matter: &Matter<'_>, a: &Asked<'_>) -> Option<Finding> {
    let Some(on) = a.proposed.assessed_on else {
        let finding = say(matter, a, "practice.treatment.not-assessed");
        return Some(finding.at(a.at("assessed_on")));
    };
    let hearing = matter.case.hearing.date.filter(|hearing| on > *hearing)?;
    let with = [
        ("name", a.row.name.clone()),
        ("on", long_date(on)),
        ("hearing", long_date(hearing)),
    ];
    let code = "practice.treatment.after-hearing";
    let finding = matter.law.say_of(a.row, code, &with);
    Some(finding.at(a.at("assessed_on")))
}

/// The number of days against the plan behind it.
fn counted(matter: &Matter<'_>, a: &Asked<'_>) -> Option<Finding> {
    let amount = a.proposed.amount.filter(|n| *n > 0)?;
    match planned_days(a.proposed) {
        None => Some(say(matter, a, "practice.rar.no-plan").at(a.at("plan"))),
        Some(planned) if planned != u64::from(amount) => {
            let with = [
                ("name", a.row.name.clone()),
                ("amount", amount.to_string()),
                ("planned", planned.to_string()),
            ];
            let finding = matter.law.say_of(a.row, "practice.rar.differs", &with);
            Some(finding.at(a.at("plan")))
        }
        Some(_) => None,
    }
}
