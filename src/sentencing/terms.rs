//! The length of the sentence and its periods.
//!
//! Lives here: months against the rules in force. Not here: a requirement's own limits
//! (`amounts`). A length of nought is a length not given.

use super::check::Matter;
use crate::{
    case::{CustodyPosition, Indication, OrderKind, SuspendedTerms},
    finding::{Basis, Finding},
};

pub(super) fn check(matter: &Matter<'_>) -> Vec<Finding> {
    let mut findings = of_order(matter);
    findings.extend(ruled_out(matter));
    findings
}

fn of_order(matter: &Matter<'_>) -> Vec<Finding> {
    match matter.case.proposal.order {
        Some(OrderKind::CommunityOrder) => community(matter),
        Some(OrderKind::SuspendedSentenceOrder) => suspended(matter),
        Some(OrderKind::Deferment) => deferment(matter),
        Some(OrderKind::ConditionalDischarge) => {
            vec![say(matter, "law.discharge.unchecked", "proposal.months")]
        }
        Some(OrderKind::Fine | OrderKind::CustodyUnavoidable) | None => Vec::new(),
    }
}

fn given(months: Option<u32>) -> Option<u32> {
    months.filter(|m| *m > 0)
}

fn say(matter: &Matter<'_>, code: &str, at: &str) -> Finding {
    matter.law.say(code, &[]).at(at)
}

fn limit(matter: &Matter<'_>, code: &str, months: u32, limit: u32, at: &str) -> Finding {
    let with = [("months", months.to_string()), ("limit", limit.to_string())];
    matter.law.say(code, &with).at(at)
}

/// Too long by a rule's figure.
fn over(matter: &Matter<'_>, rule: &str, code: &str, months: u32, at: &str) -> Option<Finding> {
    let most = matter.law.figure(rule, "max_months")?;
    (months > most).then(|| limit(matter, code, months, most, at))
}

fn community(matter: &Matter<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let at = "proposal.months";
    match given(matter.case.proposal.months) {
        None => findings.push(say(matter, "law.co.length-missing", at)),
        Some(months) => {
            findings.extend(over(matter, "co.length", "law.co.too-long", months, at));
            findings.extend(outlasting(matter, "law.co.requirement-outlasts", months));
        }
    }
    if matter.case.proposal.requirements.is_empty() {
        let at = "proposal.requirements";
        findings.push(say(matter, "law.co.no-requirement", at));
    }
    findings.extend(remand(matter));
    findings
}

/// Time on remand, which the court may take into account in a community order.
fn remand(matter: &Matter<'_>) -> Option<Finding> {
    if matter.fact("remand") != Some(true) {
        return None;
    }
    let told = matter.case.value("remand-time").and_then(|v| v.get("days"));
    let days = told
        .and_then(serde_json::Value::as_u64)
        .filter(|days| *days > 0);
    let days = days.map_or_else(
        || "some time".to_owned(),
        |days| match days {
            1 => "1 day".to_owned(),
            _ => format!("{days} days"),
        },
    );
    let finding = matter.law.say("law.co.remand", &[("days", days)]);
    Some(
        finding
            .resting_on(matter.basis("remand"))
            .at("answers.remand-time"),
    )
}

/// A sentence of imprisonment where custody is said not to be in question.
fn ruled_out(matter: &Matter<'_>) -> Option<Finding> {
    let proposal = &matter.case.proposal;
    let kind = proposal.order.filter(|kind| {
        matches!(
            kind,
            OrderKind::SuspendedSentenceOrder | OrderKind::CustodyUnavoidable
        )
    })?;
    let not_considered = matter.case.hearing.indication == Some(Indication::CustodyNotConsidered);
    let at = match proposal.custody {
        Some(CustodyPosition::NotConsidered | CustodyPosition::ThresholdNotMet) => {
            "proposal.custody"
        }
        _ if not_considered => "hearing.indication",
        _ => return None,
    };
    let order = matter.law.pack.order_words(kind).to_owned();
    let finding = matter.law.say("law.custody.ruled-out", &[("order", order)]);
    let basis = Basis::new("where custody stands", at);
    Some(finding.resting_on([basis]).at("proposal.order"))
}

/// Requirements that would last longer than the order.
fn outlasting(matter: &Matter<'_>, code: &str, order: u32) -> Vec<Finding> {
    let longer = |months: &u32| *months > order;
    matter
        .asked
        .iter()
        .filter_map(|a| {
            let months = a.proposed.months.filter(longer)?;
            let with = [
                ("name", a.row.name.clone()),
                ("amount", months.to_string()),
                ("limit", order.to_string()),
            ];
            Some(matter.law.say(code, &with).at(a.at("months")))
        })
        .collect()
}

fn suspended(matter: &Matter<'_>) -> Vec<Finding> {
    let terms = matter.case.proposal.suspended.unwrap_or_default();
    let mut findings = Vec::new();
    let at = "proposal.suspended.custodial_months";
    match given(terms.custodial_months) {
        None => findings.push(say(matter, "law.sso.term-unknown", at)),
        Some(term) => {
            findings.extend(over(matter, "sso.term", "law.sso.term-too-long", term, at));
        }
    }
    findings.extend(operational(matter, terms));
    findings.extend(supervision(matter, terms));
    findings
}

fn operational(matter: &Matter<'_>, terms: SuspendedTerms) -> Option<Finding> {
    let at = "proposal.suspended.operational_months";
    let Some(months) = given(terms.operational_months) else {
        return Some(say(matter, "law.sso.operational-missing", at));
    };
    let figure = |name| matter.law.figure("sso.operational", name);
    let least = figure("min_months")?;
    // Until the term is known the shorter limit holds.
    let long_term = figure("long_term_over_months")?;
    let most = if given(terms.custodial_months).is_some_and(|term| term > long_term) {
        figure("long_max_months")?
    } else {
        figure("max_months")?
    };
    if months > most {
        let code = "law.sso.operational-too-long";
        Some(limit(matter, code, months, most, at))
    } else if months < least {
        let code = "law.sso.operational-too-short";
        Some(limit(matter, code, months, least, at))
    } else {
        None
    }
}

fn supervision(matter: &Matter<'_>, terms: SuspendedTerms) -> Vec<Finding> {
    let at = "proposal.suspended.supervision_months";
    let Some(months) = given(terms.supervision_months) else {
        let needed = !matter.case.proposal.requirements.is_empty();
        return needed
            .then(|| say(matter, "law.sso.supervision-missing", at))
            .into_iter()
            .collect();
    };
    let mut findings = outlasting(matter, "law.sso.requirement-outlasts", months);
    let own = matter.law.figure("sso.supervision", "max_months");
    let most = [own, given(terms.operational_months)]
        .into_iter()
        .flatten()
        .min();
    if let Some(most) = most.filter(|most| months > *most) {
        let code = "law.sso.supervision-too-long";
        findings.push(limit(matter, code, months, most, at));
    }
    findings
}

fn deferment(matter: &Matter<'_>) -> Vec<Finding> {
    let at = "proposal.months";
    let mut findings = vec![say(matter, "law.deferment.consent", "proposal.rationale")];
    match given(matter.case.proposal.months) {
        None => findings.push(say(matter, "law.deferment.length-missing", at)),
        Some(months) => {
            let code = "law.deferment.too-long";
            findings.extend(over(matter, "deferment.length", code, months, at));
        }
    }
    findings
}
