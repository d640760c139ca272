//! What custody would do, and what else was considered: said where the court has to weigh
//! it, and agreeing with what the court said.
//!
//! Lives here: what is missing and what contradicts. Not here: the text the court reads
//! (`report-templates/report/sections/custody.md`), or whether a sentence is lawful.

use super::Matter;
use crate::{
    case::{CustodyPosition, Indication},
    finding::{Basis, Finding},
};

/// The path of the answer that all of this turns on.
const POSITION: &str = "proposal.custody";

pub(super) fn check(matter: &Matter<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = contradiction(matter).into_iter().collect();
    if matter.case.proposal.custody == Some(CustodyPosition::PossibleOrExpected)
        && matter.case.hearing.indication != Some(Indication::CustodyNotConsidered)
    {
        findings.extend(effect_on_her(matter));
        findings.extend(effect_on_others(matter));
        findings.extend(where_they_would_go(matter));
    }
    findings.extend(alternatives(matter));
    findings
}

/// Where the author says of custody what the court did not say.
fn contradiction(matter: &Matter<'_>) -> Option<Finding> {
    let indication = matter.case.hearing.indication?;
    let code = match (matter.case.proposal.custody?, indication) {
        (CustodyPosition::PossibleOrExpected, Indication::CustodyNotConsidered) => {
            "practice.custody.court-ruled-out"
        }
        (CustodyPosition::NotConsidered, Indication::AllOptions | Indication::CustodyThreshold) => {
            "practice.custody.court-left-open"
        }
        (CustodyPosition::ThresholdNotMet, Indication::CustodyThreshold) => {
            "practice.custody.threshold-passed"
        }
        _ => return None,
    };
    let said = Basis::new("what the court indicated", "hearing.indication");
    Some(matter.law.say(code, &[]).at(POSITION).resting_on([said]))
}

fn effect_on_her(matter: &Matter<'_>) -> Option<Finding> {
    let own_words = is_given(matter.case.proposal.custody_effect_on_her.as_ref());
    let said = own_words || matter.fact("custody-her-listed") == Some(true);
    (!said).then(|| {
        let finding = matter.law.say("practice.custody.effect-on-her", &[]);
        finding.at(POSITION)
    })
}

fn effect_on_others(matter: &Matter<'_>) -> Option<Finding> {
    let own_words = is_given(matter.case.proposal.custody_effect_on_dependants.as_ref());
    let said = own_words || matter.fact("custody-others-listed") == Some(true);
    (depended_on(matter) && !said).then(|| {
        let finding = matter.law.say("practice.custody.effect-on-others", &[]);
        finding
            .at(POSITION)
            .resting_on(matter.basis("has-dependants"))
    })
}

fn where_they_would_go(matter: &Matter<'_>) -> Option<Finding> {
    let known = matter.fact("custody-care-known").is_some();
    (depended_on(matter) && !known).then(|| {
        let finding = matter.law.say("practice.custody.where-they-would-go", &[]);
        finding
            .at("answers.custody-care")
            .resting_on(matter.basis("has-dependants"))
    })
}

fn depended_on(matter: &Matter<'_>) -> bool {
    matter.fact("has-dependants") == Some(true)
}

/// A sentence is proposed, and nothing says what it was chosen over.
fn alternatives(matter: &Matter<'_>) -> Option<Finding> {
    let proposal = &matter.case.proposal;
    (proposal.order.is_some() && proposal.alternatives.is_empty()).then(|| {
        let finding = matter.law.say("practice.alternatives.none", &[]);
        finding.at("proposal.alternatives")
    })
}

fn is_given(text: Option<&String>) -> bool {
    text.is_some_and(|text| !text.trim().is_empty())
}
