//! Whether a lawful requirement can be lived by this woman, and safely.
//!
//! Lives here: enquiries that a requirement depends on, availability, and what each
//! requirement is for; each other subject has a file beside this one. Not here: law.
//! None of it blocks, but for naming a place that would lead to her; each finding names
//! the practice it rests on, and the answers.

mod custody;
mod home;
mod load;
mod taking_part;
mod treatment;

use chrono::NaiveDate;

use super::{
    check::{Asked, Matter},
    law::CaseDates,
    pack::LawPack,
    programmes,
    requirement::Availability,
    text::{listed, long_date},
};
use crate::{
    case::{CaseFile, Enquiry, EnquiryKind, EnquiryOutcome, IfOutstanding, OrderKind},
    finding::Finding,
};

pub(super) fn check(matter: &Matter<'_>) -> Vec<Finding> {
    let each = matter.asked.iter().flat_map(|a| {
        let mut findings = enquiries(matter, a);
        findings.extend(home::check(matter, a));
        findings.extend(taking_part::check(matter, a));
        findings.extend(treatment::check(matter, a));
        findings.extend(availability(matter, a));
        findings.extend(programme(matter, a));
        findings.extend(programmes::check(matter, a));
        findings.extend(purpose(matter, a));
        findings
    });
    let mut findings: Vec<Finding> = each.collect();
    findings.extend(custody::check(matter));
    findings.extend(load::check(matter));
    findings
}

fn say(matter: &Matter<'_>, a: &Asked<'_>, code: &str) -> Finding {
    let with = [("name", a.row.name.clone()), ("short", a.row.short.clone())];
    matter.law.say_of(a.row, code, &with).at(a.place())
}

/// The two checks that a requirement which ties her to a place depends on.
const CHECKS: [(EnquiryKind, &str); 2] = [
    (EnquiryKind::PoliceDomesticAbuse, "enquiry.police"),
    (EnquiryKind::ChildrensServices, "enquiry.children"),
];

/// Names of the proposed requirements that tie her to a place and so wait for what the
/// enquiries bring.
#[must_use]
pub fn waiting_for_enquiries(case: &CaseFile, pack: &LawPack, today: NaiveDate) -> Vec<String> {
    let law = pack.in_force(&CaseDates::of(case, today));
    let rows = case.proposal.requirements.iter();
    rows.filter_map(|proposed| law.requirement(&proposed.id))
        .filter(|row| row.depends_on_enquiries)
        .map(|row| row.name.clone())
        .collect()
}

fn enquiries(matter: &Matter<'_>, a: &Asked<'_>) -> Vec<Finding> {
    if !a.row.depends_on_enquiries {
        return Vec::new();
    }
    let all = &matter.case.enquiries;
    let mut findings: Vec<Finding> = all.iter().filter_map(|e| unknown(matter, a, e)).collect();
    let missing: Vec<&str> = CHECKS
        .iter()
        .filter(|(kind, _)| {
            let mut made = all.iter().filter(|e| e.not_made_because().is_none());
            !made.any(|e| e.kind == *kind)
        })
        .map(|(_, words)| matter.law.pack.words(words))
        .collect();
    if a.row.at_home && !missing.is_empty() {
        let with = [("name", a.row.name.clone()), ("missing", listed(&missing))];
        let finding = matter.law.say("practice.enquiry.missing", &with);
        findings.push(finding.at(a.place()));
    }
    findings
}

/// An enquiry that leaves unknown what the requirement depends on. One of an agency
/// that is not among [`CHECKS`] counts where the author said that something waits for it.
fn unknown(matter: &Matter<'_>, a: &Asked<'_>, e: &Enquiry) -> Option<Finding> {
    let words = CHECKS.iter().find(|(kind, _)| *kind == e.kind);
    let avoid = e.if_outstanding == Some(IfOutstanding::AvoidDependentRequirements);
    let code = match (e.is_outstanding(), e.outcome, words) {
        (true, _, _) if avoid => "practice.enquiry.avoid-but-proposed",
        (true, _, Some(_)) => "practice.enquiry.outstanding",
        (false, EnquiryOutcome::Refused, Some(_)) => "practice.enquiry.unanswered",
        _ => return None,
    };
    let agency = match (e.agency.trim(), words) {
        ("", Some((_, words))) => matter.law.pack.words(words).to_owned(),
        ("", None) => "another agency".to_owned(),
        (named, _) => named.to_owned(),
    };
    let with = [("name", a.row.name.clone()), ("agency", agency)];
    Some(matter.law.say(code, &with).at(a.place()))
}

/// When availability was checked and with whom: on the requirement itself, or by the
/// chosen service's own confirmation.
fn checked<'a>(matter: &'a Matter<'_>, a: &'a Asked<'_>) -> Option<(NaiveDate, Option<&'a str>)> {
    if let Some(on) = a.proposed.availability_checked {
        return Some((on, a.proposed.availability_with.as_deref()));
    }
    let id = a.proposed.service.as_deref()?;
    let service = matter.case.services.iter().find(|s| s.id == id)?;
    Some((service.confirmed_on?, service.confirmed_with.as_deref()))
}

fn availability(matter: &Matter<'_>, a: &Asked<'_>) -> Option<Finding> {
    let named = a
        .proposed
        .detail
        .as_deref()
        .filter(|d| !d.trim().is_empty());
    let words = matter.law.pack.words("the-requirement");
    let detail = named.map_or_else(|| words.replace("{name}", &a.row.name), str::to_owned);
    let about = |code: &str, more: Vec<(&'static str, String)>| {
        let mut with = vec![("detail", detail.clone())];
        with.extend(more);
        let finding = matter.law.say_of(a.row, code, &with);
        Some(finding.at(a.at("availability_checked")))
    };
    let Some((on, with)) = checked(matter, a) else {
        return match a.row.availability {
            Availability::NotAsked => None,
            Availability::ShouldBeChecked => Some(say(matter, a, "practice.arrangements.say")),
            Availability::MustBeChecked => about("practice.availability.not-checked", Vec::new()),
        };
    };
    if a.row.availability == Availability::NotAsked {
        return None;
    }
    let age = (matter.today - on).num_days();
    let limit = i64::from(matter.law.pack.about.availability_good_for_days);
    if age < 0 {
        let more = vec![("on", long_date(on))];
        about("practice.availability.future", more)
    } else if age > limit {
        let more = vec![
            ("on", long_date(on)),
            ("days", age.to_string()),
            ("limit", limit.to_string()),
        ];
        about("practice.availability.old", more)
    } else if with.is_none_or(|with| with.trim().is_empty()) {
        about("practice.availability.say-who", Vec::new())
    } else {
        None
    }
}

fn programme(matter: &Matter<'_>, a: &Asked<'_>) -> Option<Finding> {
    let named = a
        .proposed
        .detail
        .as_deref()
        .is_some_and(|d| !d.trim().is_empty());
    (a.row.names_programme && !named).then(|| {
        matter
            .law
            .say("practice.programme.not-named", &[])
            .at(a.at("detail"))
    })
}

/// Each requirement answers a need or has another purpose. Monitoring serves the
/// requirement it monitors.
fn purpose(matter: &Matter<'_>, a: &Asked<'_>) -> Option<Finding> {
    let ordered = matter.case.proposal.order != Some(OrderKind::Deferment);
    let aimless = a.proposed.needs.is_empty() && a.proposed.purposes.is_empty();
    (ordered && aimless && !a.row.monitors).then(|| {
        let finding = say(matter, a, "practice.requirement.no-need");
        finding.at(a.at("needs"))
    })
}
