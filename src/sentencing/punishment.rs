//! The rule that a community order has something in it for punishment (Sentencing Code
//! s.208(10)-(11)). It does not bind suspended sentence orders.
//!
//! Lives here: that one rule. The Act does not list which requirements punish; the
//! author marks a purpose, and the court decides.

use super::{
    check::{Asked, Matter},
    requirement::Punitive,
};
use crate::{
    case::{HowPunished, OrderKind, Purpose},
    finding::Finding,
};

const AT: &str = "proposal.punished";

pub(super) fn check(matter: &Matter<'_>) -> Vec<Finding> {
    let proposal = &matter.case.proposal;
    let law = matter.law;
    if proposal.order != Some(OrderKind::CommunityOrder) || proposal.requirements.is_empty() {
        return Vec::new();
    }
    let marked = proposal
        .requirements
        .iter()
        .any(|r| r.purposes.contains(&Purpose::Punishment));
    match &proposal.punished {
        None | Some(HowPunished::Requirement) if marked => unusual(matter),
        None => vec![law.say("law.co.no-punishment", &[]).at(AT)],
        Some(HowPunished::Requirement) => {
            vec![law.say("law.co.punishment-not-marked", &[]).at(AT)]
        }
        Some(HowPunished::ExceptionalCircumstances { reason }) if reason.trim().is_empty() => {
            vec![law.say("law.co.punishment-reason-missing", &[]).at(AT)]
        }
        Some(HowPunished::ExceptionalCircumstances { .. } | HowPunished::Fine { .. }) => Vec::new(),
    }
}

/// Where only requirements that usually rehabilitate or monitor are marked as the
/// punishment, the court may want to know why.
fn unusual(matter: &Matter<'_>) -> Vec<Finding> {
    let marked: Vec<&Asked<'_>> = matter
        .asked
        .iter()
        .filter(|a| a.proposed.purposes.contains(&Purpose::Punishment))
        .collect();
    if marked.iter().any(|a| a.row.punitive == Punitive::MayBe) {
        return Vec::new();
    }
    marked
        .iter()
        .map(|a| {
            let with = [("name", a.row.name.clone())];
            let finding = matter.law.say("law.co.punishment-unusual", &with);
            finding.at(a.at("purposes"))
        })
        .collect()
}
