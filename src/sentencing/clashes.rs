//! What it means when the proposal falls on something that already fills her week.
//!
//! Lives here: which rule a clash touches. Work, education, faith and other orders are
//! in the law's own list (Sentencing Code s.208(13)); caring is not, and is raised as
//! suitability (s.208(3)). Not here: finding clashes (`week`).

use super::{
    check::Matter,
    text::{clock, listed},
    week::{Clash, Filling, WeeklyLoad},
};
use crate::{
    case::{CommitmentKind, Slot},
    finding::Finding,
};

pub(super) fn check(matter: &Matter<'_>) -> Vec<Finding> {
    let load = WeeklyLoad::of(matter.case, matter.law);
    let clashes = load.clashes();
    let mut findings: Vec<Finding> = clashes.iter().map(|c| finding(matter, c)).collect();
    findings.extend(empty(matter));
    findings
}

fn finding(matter: &Matter<'_>, clash: &Clash) -> Finding {
    let code = match clash.other.filling {
        Filling::Commitment(kind) => match kind {
            CommitmentKind::Work
            | CommitmentKind::Education
            | CommitmentKind::Faith
            | CommitmentKind::OtherOrder => "law.clash.protected",
            CommitmentKind::Childcare | CommitmentKind::OtherCare => "practice.clash.care",
            CommitmentKind::Health | CommitmentKind::Support | CommitmentKind::Other => {
                "practice.clash.other"
            }
        },
        Filling::Requirement | Filling::AtHome | Filling::Service | Filling::Travel => {
            "law.clash.requirements"
        }
    };
    let days: Vec<&str> = clash.days.iter().map(|day| day.name()).collect();
    let with = [
        ("one", clash.proposed.what.clone()),
        ("other", clash.other.what.clone()),
        ("days", listed(&days)),
        ("from", clock(clash.from())),
        ("to", clock(clash.to())),
    ];
    matter.law.say(code, &with).at(&clash.proposed.at)
}

/// Times that cannot be placed, and so cannot be seen to clash.
fn empty(matter: &Matter<'_>) -> Vec<Finding> {
    let case = matter.case;
    let blank = |slot: &Slot| slot.days.is_empty() || slot.from == slot.to;
    let week = case
        .week
        .iter()
        .enumerate()
        .filter(|(_, c)| blank(&c.slot))
        .map(|(i, c)| (format!("week[{i}]"), c.what.clone()));
    let requirements = case
        .proposal
        .requirements
        .iter()
        .enumerate()
        .filter(|(_, r)| r.slots.iter().any(blank))
        .map(|(i, r)| {
            let row = matter.law.requirement(&r.id);
            let what = row.map_or_else(|| r.id.clone(), |row| row.name.clone());
            (format!("proposal.requirements[{i}].slots"), what)
        });
    let services = case
        .services
        .iter()
        .enumerate()
        .filter(|(_, s)| s.slots.iter().any(blank))
        .map(|(i, s)| (format!("services[{i}].slots"), s.name.clone()));
    week.chain(requirements)
        .chain(services)
        .map(|(at, what)| {
            matter
                .law
                .say("practice.slot.empty", &[("what", what)])
                .at(at)
        })
        .collect()
}
