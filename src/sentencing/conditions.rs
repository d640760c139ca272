//! What the law asks before a requirement may be imposed: her willingness, facts of the
//! case, her age, probation's recommendation, reviews.
//!
//! Lives here: conditions of one requirement. Not here: its figures (`amounts`), its
//! fellows (`combination`), what practice asks (`practicability`).

use super::{
    check::{Asked, Matter},
    dates::age_at_conviction,
};
use crate::finding::Finding;

pub(super) fn check(matter: &Matter<'_>) -> Vec<Finding> {
    matter
        .asked
        .iter()
        .flat_map(|a| {
            let mut findings = facts(matter, a);
            findings.extend(willingness(matter, a));
            findings.extend(age(matter, a));
            findings.extend(review(matter, a));
            findings.extend(recommendation(matter, a));
            findings
        })
        .collect()
}

fn say(matter: &Matter<'_>, a: &Asked<'_>, code: &str, field: &str) -> Finding {
    let with = [("name", a.row.name.clone())];
    matter.law.say_of(a.row, code, &with).at(a.at(field))
}

fn willingness(matter: &Matter<'_>, a: &Asked<'_>) -> Option<Finding> {
    match a.proposed.willing.filter(|_| a.row.needs_willingness) {
        _ if !a.row.needs_willingness => None,
        Some(true) => None,
        Some(false) => Some(say(matter, a, "law.requirement.unwilling", "willing")),
        None => Some(say(
            matter,
            a,
            "law.requirement.willingness-unknown",
            "willing",
        )),
    }
}

fn facts(matter: &Matter<'_>, a: &Asked<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for condition in &a.row.conditions {
        let code = match matter.fact(&condition.fact) {
            Some(is) if is == condition.must_be => continue,
            Some(_) => "law.requirement.condition-not-met",
            None => "law.requirement.condition-unknown",
        };
        let with = [
            ("name", a.row.name.clone()),
            ("words", condition.words.clone()),
            ("citation", condition.citation.clone()),
        ];
        findings.push(matter.law.say_of(a.row, code, &with).at(a.at("id")));
    }
    findings
}

fn age(matter: &Matter<'_>, a: &Asked<'_>) -> Option<Finding> {
    let limit = a.row.under_age?;
    let age = age_at_conviction(matter).filter(|age| *age >= limit)?;
    let with = [
        ("name", a.row.name.clone()),
        ("amount", age.to_string()),
        ("limit", limit.to_string()),
    ];
    let finding = matter.law.say_of(a.row, "law.requirement.too-old", &with);
    Some(finding.at(a.at("id")))
}

fn review(matter: &Matter<'_>, a: &Asked<'_>) -> Option<Finding> {
    let limit = a.row.review_over_months?;
    let months = a.proposed.months.filter(|months| *months > limit)?;
    let interval = a.row.review_interval_months.unwrap_or(1);
    // Orders with reviews in an intensive supervision court have those in its place.
    let reviewed = a
        .proposed
        .review_every_months
        .is_some_and(|every| every >= interval);
    if reviewed || matter.case.proposal.special_reviews == Some(true) {
        return None;
    }
    let with = [
        ("name", a.row.name.clone()),
        ("amount", months.to_string()),
        ("limit", limit.to_string()),
        ("interval", interval.to_string()),
    ];
    let finding = matter.law.say_of(a.row, "law.requirement.review", &with);
    Some(finding.at(a.at("review_every_months")))
}

fn recommendation(matter: &Matter<'_>, a: &Asked<'_>) -> Option<Finding> {
    a.row
        .needs_recommendation
        .then(|| say(matter, a, "law.requirement.recommendation", "what"))
}
