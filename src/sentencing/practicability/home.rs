//! Requirements that tie her to a place, or keep her out of one: who is there, who knows
//! of it, what lies inside.

use super::{Asked, Matter, say};
use crate::{
    case::{EnquiryKind, EnquiryOutcome, InZone, PeopleThere},
    finding::{Basis, Finding},
    sentencing::text::listed,
};

pub(super) fn check(matter: &Matter<'_>, a: &Asked<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    if a.row.at_home {
        findings.extend(abuse(matter, a));
        findings.extend(shared(matter, a));
        findings.extend(rests(matter, a, "home-not-safe", "practice.curfew.known"));
        findings.extend(people(matter, a));
        findings.extend(caring(matter, a));
    }
    if a.row.tag {
        findings.extend(rests(matter, a, "no-fixed-address", "practice.tag.no-home"));
        findings.extend(rests(matter, a, "abuse-victim", "practice.tag.abuse"));
    }
    if a.row.alcohol_tag {
        findings.extend(rests(
            matter,
            a,
            "pregnant",
            "practice.alcohol-tag.pregnant",
        ));
        let no_home = "practice.alcohol-tag.no-home";
        findings.extend(rests(matter, a, "no-fixed-address", no_home));
    }
    if a.row.lives_there {
        findings.extend(rests(
            matter,
            a,
            "has-dependants",
            "practice.residence.children",
        ));
        findings.extend(rests(
            matter,
            a,
            "tenancy-settled",
            "practice.residence.home",
        ));
    }
    if a.row.zone {
        findings.extend(zone(matter, a));
    }
    findings.extend(safe_address(matter, a));
    findings
}

/// A finding that holds where one fact is so.
fn rests(matter: &Matter<'_>, a: &Asked<'_>, fact: &str, code: &str) -> Option<Finding> {
    (matter.fact(fact) == Some(true)).then(|| say(matter, a, code).resting_on(matter.basis(fact)))
}

/// Hours at home, where home may be where she is harmed.
fn abuse(matter: &Matter<'_>, a: &Asked<'_>) -> Option<Finding> {
    let mut basis = Vec::new();
    if matter.fact("abuse-victim") == Some(true) {
        basis.extend(matter.basis("abuse-victim"));
    }
    let mut enquiries = matter.case.enquiries.iter().enumerate();
    let police = enquiries.find(|(_, e)| {
        e.kind == EnquiryKind::PoliceDomesticAbuse && e.outcome == EnquiryOutcome::Concerns
    });
    if let Some((index, _)) = police {
        let at = format!("enquiries[{index}]");
        basis.push(Basis::new("the police reported concerns", at));
    }
    (!basis.is_empty()).then(|| say(matter, a, "practice.curfew.abuse").resting_on(basis))
}

/// She lives with the kind of person who harmed her.
fn shared(matter: &Matter<'_>, a: &Asked<'_>) -> Option<Finding> {
    let pairs = [
        ("abuse-by-partner", "lives-with-partner"),
        ("abuse-by-family", "lives-with-family"),
    ];
    let so = |id: &str| matter.fact(id) == Some(true);
    let (by, with) = pairs.into_iter().find(|(by, with)| so(by) && so(with))?;
    let basis = matter.basis(by).into_iter().chain(matter.basis(with));
    Some(say(matter, a, "practice.curfew.shared").resting_on(basis))
}

/// What the people at the address think of it.
fn people(matter: &Matter<'_>, a: &Asked<'_>) -> Option<Finding> {
    let code = match a.proposed.people_there {
        None | Some(PeopleThere::NotAsked) => "practice.people.not-asked",
        Some(PeopleThere::NotSafeToAsk) => "practice.people.unsafe",
        Some(PeopleThere::DoNotAgree) => "practice.people.against",
        Some(PeopleThere::LivesAlone | PeopleThere::Agree) => return None,
    };
    let shares = matter.basis("shares-home");
    let finding = say(matter, a, code).resting_on(shares);
    Some(finding.at(a.at("people_there")))
}

/// Hours at home, for a woman whom others need outside it or at night.
fn caring(matter: &Matter<'_>, a: &Asked<'_>) -> Option<Finding> {
    let facts = ["school-runs", "nights-alone", "has-dependants"];
    let fact = facts.into_iter().find(|id| matter.fact(id) == Some(true))?;
    Some(say(matter, a, "practice.curfew.caring").resting_on(matter.basis(fact)))
}

/// What she needs inside an area she would have to keep out of.
fn zone(matter: &Matter<'_>, a: &Asked<'_>) -> Option<Finding> {
    let inside: Vec<&str> = a
        .proposed
        .zone_holds
        .iter()
        .map(|place| matter.law.pack.words(key(*place)))
        .collect();
    if !inside.is_empty() {
        let with = [("name", a.row.name.clone()), ("places", listed(&inside))];
        let finding = matter.law.say_of(a.row, "practice.zone.holds", &with);
        return Some(finding.at(a.at("zone_holds")));
    }
    (a.proposed.zone_checked != Some(true)).then(|| {
        let finding = say(matter, a, "practice.zone.not-checked");
        finding.at(a.at("zone_checked"))
    })
}

fn key(place: InZone) -> &'static str {
    match place {
        InZone::School => "zone.school",
        InZone::Nursery => "zone.nursery",
        InZone::ContactCentre => "zone.contact-centre",
        InZone::Health => "zone.health",
        InZone::WomensCentre => "zone.womens-centre",
        InZone::Family => "zone.family",
        InZone::Work => "zone.work",
        InZone::TheWayThere => "zone.the-way-there",
    }
}

/// A report that names the place where she is hidden leads to her.
fn safe_address(matter: &Matter<'_>, a: &Asked<'_>) -> Option<Finding> {
    let ties = a.row.at_home || a.row.lives_there;
    let given = |text: &Option<String>| text.as_ref().is_some_and(|t| !t.trim().is_empty());
    let named = given(&a.proposed.place) || given(&a.proposed.detail);
    (ties && named && matter.fact("safe-address") == Some(true)).then(|| {
        let finding = say(matter, a, "practice.place.safe-address");
        finding
            .resting_on(matter.basis("safe-address"))
            .at(a.at("place"))
    })
}
