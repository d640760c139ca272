//! What the court must have before it for each proposed requirement, and whether it has
//! it in this case, by which answer, enquiry or entry.
//!
//! Lives here: that account, for pages. Not here: what blocks (`conditions`), any
//! wording of law, which is each row's own. What nothing shows is not known.

use chrono::NaiveDate;
use serde::Serialize;

use super::{
    check::{Asked, Matter, matter},
    dates::age_at_conviction,
    law::CaseDates,
    pack::LawPack,
    programmes::{ForWomen, ProgrammeKind},
    requirement::{Evidence, Precondition},
    text::long_date,
};
use crate::{
    case::{CaseFile, Enquiry, EnquiryKind, EnquiryOutcome, PeopleThere},
    finding::{Basis, Source},
};

/// Whether the court has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Met {
    /// It does.
    Yes,
    /// What is recorded says that it is not so.
    No,
    /// Nothing recorded says.
    NotKnown,
}

/// One thing the court must have before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Needed {
    /// It in words.
    pub what: String,
    /// Whether it has it.
    pub met: Met,
    /// The answers, enquiries or entries that show it.
    pub by: Vec<Basis>,
    /// How to come by it, where it is not met.
    pub how: String,
    /// The place in the case file where that is recorded, where there is one.
    pub at: Option<String>,
    /// Where the law says so.
    pub source: Source,
}

/// What the court must have before it for one proposed requirement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RequirementNeeds {
    /// Its place among the proposed requirements.
    pub index: usize,
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Each thing.
    pub needed: Vec<Needed>,
}

/// What the court must have before it for each proposed requirement that is law on the
/// case's dates.
#[must_use]
pub fn needed(case: &CaseFile, pack: &LawPack, today: NaiveDate) -> Vec<RequirementNeeds> {
    let law = pack.in_force(&CaseDates::of(case, today));
    let matter = matter(case, &law, None, today);
    let needs = |a: &Asked<'_>| RequirementNeeds {
        index: a.index,
        id: a.row.id.clone(),
        name: a.row.name.clone(),
        needed: a
            .row
            .preconditions
            .iter()
            .filter(|p| p.by != Evidence::AfterSentence)
            .map(|p| one(&matter, a, p))
            .collect(),
    };
    matter.asked.iter().map(needs).collect()
}

type Shown = (Met, Vec<Basis>);

fn one(matter: &Matter<'_>, a: &Asked<'_>, p: &Precondition) -> Needed {
    let (met, by) = shown(matter, a, p);
    let key = how(p.by);
    Needed {
        what: p.says.clone(),
        how: match met {
            Met::Yes => String::new(),
            Met::No | Met::NotKnown => matter.law.pack.words(key).to_owned(),
        },
        at: match met {
            Met::Yes => None,
            Met::No | Met::NotKnown => recorded_at(matter, a, p),
        },
        met,
        by,
        source: a.row.source(),
    }
}

/// Where the author records what shows it.
fn recorded_at(matter: &Matter<'_>, a: &Asked<'_>, p: &Precondition) -> Option<String> {
    let field = match p.by {
        Evidence::Willingness => "willing",
        Evidence::Arrangements => "availability_checked",
        Evidence::PlaceInformation => "place_information_on",
        Evidence::PeopleThere => "people_there",
        Evidence::Monitoring => "no_monitoring_reason",
        Evidence::Amount => "amount",
        Evidence::Named | Evidence::Programme => "detail",
        Evidence::Assessment => "assessed_on",
        Evidence::Another => return Some("proposal.requirements".to_owned()),
        Evidence::Dates => return Some("offences".to_owned()),
        Evidence::Age => return Some("woman.date_of_birth".to_owned()),
        Evidence::Fact => return matter.law.pack.asked_at(p.fact.as_deref()?),
        Evidence::Report | Evidence::Court | Evidence::AfterSentence => return None,
    };
    Some(a.at(field))
}

fn how(by: Evidence) -> &'static str {
    match by {
        Evidence::Willingness => "needed.willingness",
        Evidence::Arrangements => "needed.arrangements",
        Evidence::Report => "needed.report",
        Evidence::PlaceInformation => "needed.place-information",
        Evidence::PeopleThere => "needed.people-there",
        Evidence::Monitoring => "needed.monitoring",
        Evidence::Amount => "needed.amount",
        Evidence::Named => "needed.named",
        Evidence::Assessment => "needed.assessment",
        Evidence::Fact => "needed.fact",
        Evidence::Programme => "needed.programme",
        Evidence::Another => "needed.another",
        Evidence::Dates => "needed.dates",
        Evidence::Age => "needed.age",
        Evidence::Court | Evidence::AfterSentence => "needed.court",
    }
}

fn shown(matter: &Matter<'_>, a: &Asked<'_>, p: &Precondition) -> Shown {
    match p.by {
        Evidence::Willingness => willingness(a),
        Evidence::Arrangements => arrangements(matter, a),
        Evidence::Report => (
            Met::Yes,
            vec![Basis::new("this report proposes it", a.place())],
        ),
        Evidence::PlaceInformation => place_information(matter, a),
        Evidence::PeopleThere => people_there(matter, a),
        Evidence::Monitoring => monitoring(matter, a),
        Evidence::Amount => entered(a.proposed.amount.is_some_and(|n| n > 0), a, "amount"),
        Evidence::Named => {
            let named = a
                .proposed
                .detail
                .as_ref()
                .is_some_and(|d| !d.trim().is_empty());
            let placed = a
                .proposed
                .place
                .as_ref()
                .is_some_and(|p| !p.trim().is_empty());
            let period = [a.proposed.months, a.proposed.amount];
            let period = period.into_iter().flatten().any(|n| n > 0);
            entered((named || placed) && period, a, "detail")
        }
        Evidence::Assessment => assessment(matter, a),
        Evidence::Fact => fact(matter, p),
        Evidence::Programme => programme(matter, a),
        Evidence::Another => another(matter, a),
        Evidence::Dates => dates(matter, a),
        Evidence::Age => age(matter, a),
        Evidence::Court | Evidence::AfterSentence => (Met::NotKnown, Vec::new()),
    }
}

fn entered(is: bool, a: &Asked<'_>, field: &str) -> Shown {
    if is {
        (Met::Yes, vec![Basis::new("it is given here", a.at(field))])
    } else {
        (Met::NotKnown, Vec::new())
    }
}

fn willingness(a: &Asked<'_>) -> Shown {
    let basis = |words: &str| vec![Basis::new(words, a.at("willing"))];
    match a.proposed.willing {
        Some(true) => (Met::Yes, basis("she has said that she is willing")),
        Some(false) => (Met::No, basis("she has not agreed")),
        None => (Met::NotKnown, Vec::new()),
    }
}

fn arrangements(matter: &Matter<'_>, a: &Asked<'_>) -> Shown {
    let said = |on: NaiveDate, with: Option<&String>| match with {
        Some(with) if !with.trim().is_empty() => {
            format!("checked on {} with {}", long_date(on), with.trim())
        }
        _ => format!("checked on {}", long_date(on)),
    };
    if let Some(on) = a
        .proposed
        .availability_checked
        .filter(|on| *on <= matter.today)
    {
        let words = said(on, a.proposed.availability_with.as_ref());
        return (
            Met::Yes,
            vec![Basis::new(words, a.at("availability_checked"))],
        );
    }
    let Some(id) = a.proposed.service.as_deref() else {
        return (Met::NotKnown, Vec::new());
    };
    let mut services = matter.case.services.iter().enumerate();
    let Some((index, service)) = services.find(|(_, s)| s.id == id) else {
        return (Met::NotKnown, Vec::new());
    };
    match service.confirmed_on.filter(|on| *on <= matter.today) {
        Some(on) => {
            let words = said(on, service.confirmed_with.as_ref());
            (
                Met::Yes,
                vec![Basis::new(words, format!("services[{index}]"))],
            )
        }
        None => (Met::NotKnown, Vec::new()),
    }
}

/// Both enquiries are back, or the day is recorded on which the information came.
fn place_information(matter: &Matter<'_>, a: &Asked<'_>) -> Shown {
    if let Some(on) = a
        .proposed
        .place_information_on
        .filter(|on| *on <= matter.today)
    {
        let words = format!("the information came on {}", long_date(on));
        return (
            Met::Yes,
            vec![Basis::new(words, a.at("place_information_on"))],
        );
    }
    let asked = [
        EnquiryKind::PoliceDomesticAbuse,
        EnquiryKind::ChildrensServices,
    ];
    let mut by = Vec::new();
    let mut back = 0;
    for kind in asked {
        let mine = |(_, e): &(usize, &Enquiry)| e.kind == kind && e.outcome.is_reply();
        for (index, enquiry) in matter.case.enquiries.iter().enumerate().filter(mine) {
            if enquiry.outcome == EnquiryOutcome::Refused {
                continue;
            }
            back += 1;
            let words = format!("{} replied", enquiry.agency.trim());
            by.push(Basis::new(words, format!("enquiries[{index}]")));
            break;
        }
    }
    if back == asked.len() {
        (Met::Yes, by)
    } else {
        (Met::NotKnown, by)
    }
}

/// What people at the place think: of this requirement, or, for monitoring, of the one
/// it monitors.
fn people_there(matter: &Matter<'_>, a: &Asked<'_>) -> Shown {
    let other = || {
        let mut rows = matter.asked.iter().filter(|o| o.row.monitoring_default);
        rows.find(|o| o.proposed.people_there.is_some())
    };
    let from = if a.proposed.people_there.is_some() || !a.row.monitors {
        Some(a)
    } else {
        other()
    };
    let Some(from) = from else {
        return (Met::NotKnown, Vec::new());
    };
    let basis = |words: &str| vec![Basis::new(words, from.at("people_there"))];
    match from.proposed.people_there {
        Some(PeopleThere::LivesAlone) => (Met::Yes, basis("she lives alone")),
        Some(PeopleThere::Agree) => (Met::Yes, basis("the people there agree")),
        Some(PeopleThere::DoNotAgree) => (Met::No, basis("the people there do not agree")),
        Some(PeopleThere::NotAsked) => (Met::NotKnown, basis("nobody has asked them")),
        Some(PeopleThere::NotSafeToAsk) => (Met::NotKnown, basis("asking them would not be safe")),
        None => (Met::NotKnown, Vec::new()),
    }
}

fn monitoring(matter: &Matter<'_>, a: &Asked<'_>) -> Shown {
    let reason = a
        .proposed
        .no_monitoring_reason
        .as_deref()
        .unwrap_or_default();
    if !reason.trim().is_empty() {
        let words = "the reason for leaving it out is given";
        return (
            Met::Yes,
            vec![Basis::new(words, a.at("no_monitoring_reason"))],
        );
    }
    match matter.asked.iter().find(|o| o.row.monitors) {
        Some(other) => (
            Met::Yes,
            vec![Basis::new("monitoring is proposed", other.place())],
        ),
        None => (Met::NotKnown, Vec::new()),
    }
}

fn assessment(matter: &Matter<'_>, a: &Asked<'_>) -> Shown {
    match a.proposed.assessed_on {
        Some(on) if on <= matter.today => {
            let words = format!("she was assessed on {}", long_date(on));
            (Met::Yes, vec![Basis::new(words, a.at("assessed_on"))])
        }
        Some(on) => {
            let words = format!("she is to be assessed on {}", long_date(on));
            (Met::NotKnown, vec![Basis::new(words, a.at("assessed_on"))])
        }
        None => (Met::NotKnown, Vec::new()),
    }
}

fn fact(matter: &Matter<'_>, p: &Precondition) -> Shown {
    let id = p.fact.as_deref().unwrap_or_default();
    match matter.fact(id) {
        Some(so) if so == p.must_be => (Met::Yes, matter.basis(id)),
        Some(_) => (Met::No, matter.basis(id)),
        None => (Met::NotKnown, Vec::new()),
    }
}

fn programme(matter: &Matter<'_>, a: &Asked<'_>) -> Shown {
    let named = a.proposed.detail.as_deref().unwrap_or_default();
    let Some(programme) = matter.law.pack.programme_named(named) else {
        return (Met::NotKnown, Vec::new());
    };
    let open = programme.kind == ProgrammeKind::Accredited && programme.for_women != ForWomen::No;
    let words = match (programme.kind, programme.for_women) {
        (_, ForWomen::No) => format!("{} is for men", programme.name),
        (ProgrammeKind::Accredited, _) => format!("{} is listed as accredited", programme.name),
        _ => format!("{} is not listed as accredited", programme.name),
    };
    let met = if open { Met::Yes } else { Met::No };
    (met, vec![Basis::new(words, a.at("detail"))])
}

fn another(matter: &Matter<'_>, a: &Asked<'_>) -> Shown {
    let besides = &a.row.needs_another_besides;
    let mut others = matter.asked.iter();
    let other = others.find(|o| o.row.id != a.row.id && !besides.contains(&o.row.id));
    match other {
        Some(other) => (
            Met::Yes,
            vec![Basis::new(other.row.name.clone(), other.place())],
        ),
        None => (Met::No, Vec::new()),
    }
}

/// The row was chosen by them, so that they fit where they are known.
fn dates(matter: &Matter<'_>, a: &Asked<'_>) -> Shown {
    match matter.law.dates.known(a.row.date_test) {
        Some(_) => {
            let (test, date) = matter.law.date_words(a.row.date_test);
            let words = format!("{test}: {date}");
            (Met::Yes, vec![Basis::new(words, "offences")])
        }
        None => (Met::NotKnown, Vec::new()),
    }
}

fn age(matter: &Matter<'_>, a: &Asked<'_>) -> Shown {
    match (age_at_conviction(matter), a.row.under_age) {
        (Some(age), Some(limit)) => {
            let words = format!("she was {age} when convicted");
            let met = if age < limit { Met::Yes } else { Met::No };
            (met, vec![Basis::new(words, "woman.date_of_birth")])
        }
        _ => (Met::NotKnown, Vec::new()),
    }
}
