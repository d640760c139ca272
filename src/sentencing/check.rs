//! The whole check of a proposal: every finding of law and of practice, in the order a
//! person should read them.
//!
//! Lives here: putting the checks together, and what they all look at. Not here: any
//! one rule. To add a subject, give it a module and call it in [`check`].

use chrono::NaiveDate;

use super::{
    amounts, availability, clashes, combination, conditions, dates,
    law::{Absent, CaseDates, Law},
    pack::LawPack,
    practicability, presumption, punishment, ranges,
    requirement::{OrderWithRequirements, Requirement},
    reviews, terms,
};
use crate::{
    case::{CaseFile, OrderKind, ProposedRequirement},
    directory::Place,
    finding::{Basis, Finding, Severity, sort},
};

/// A proposed requirement with its row of law.
pub(super) struct Asked<'a> {
    pub index: usize,
    pub proposed: &'a ProposedRequirement,
    pub row: &'a Requirement,
}

impl Asked<'_> {
    /// The path of one of its fields in the case file.
    pub fn at(&self, field: &str) -> String {
        format!("proposal.requirements[{}].{field}", self.index)
    }

    /// The path of the requirement as a whole.
    pub fn place(&self) -> String {
        format!("proposal.requirements[{}]", self.index)
    }
}

/// What every check looks at.
pub(super) struct Matter<'a> {
    pub case: &'a CaseFile,
    pub law: &'a Law<'a>,
    /// The day of the check itself, for how old something is.
    pub today: NaiveDate,
    /// Where she lives, where that is known.
    pub lives: Option<&'a Place>,
    /// The requirements that are law on these dates.
    pub asked: Vec<Asked<'a>>,
}

impl Matter<'_> {
    /// The order proposed, where it is one that has requirements.
    pub fn order(&self) -> Option<OrderWithRequirements> {
        self.case.proposal.order.and_then(OrderWithRequirements::of)
    }

    /// The answers behind a fact.
    pub fn basis(&self, id: &str) -> Vec<Basis> {
        self.law.pack.basis(id, self.case)
    }

    /// True where the case file shows a fact of `facts.toml` to be so, false where it
    /// shows that it is not.
    pub fn fact(&self, id: &str) -> Option<bool> {
        self.law.pack.fact(id, self.case)
    }
}

/// Every finding on what the author proposes. Blocking ones first. Without knowing where
/// she lives, what is available there is not known.
#[must_use]
pub fn check(case: &CaseFile, pack: &LawPack, today: NaiveDate) -> Vec<Finding> {
    check_at(case, pack, None, today)
}

/// As [`check`], knowing where she lives.
#[must_use]
pub fn check_at(
    case: &CaseFile,
    pack: &LawPack,
    lives: Option<&Place>,
    today: NaiveDate,
) -> Vec<Finding> {
    let law = pack.in_force(&CaseDates::of(case, today));
    let matter = matter(case, &law, lives, today);
    let mut findings = dates::check(&matter);
    if law.rule("code").is_some() {
        findings.extend(availability::check(&matter));
        findings.extend(unavailable(&matter));
        findings.extend(terms::check(&matter));
        findings.extend(punishment::check(&matter));
        findings.extend(amounts::check(&matter));
        findings.extend(conditions::check(&matter));
        findings.extend(combination::check(&matter));
        findings.extend(presumption::finding(&matter));
        findings.extend(ranges::check(&matter));
        findings.extend(reviews::check(&matter));
    }
    findings.extend(clashes::check(&matter));
    findings.extend(practicability::check(&matter));
    sort(&mut findings);
    findings
}

/// What every check looks at, in one case.
pub(super) fn matter<'a>(
    case: &'a CaseFile,
    law: &'a Law<'a>,
    lives: Option<&'a Place>,
    today: NaiveDate,
) -> Matter<'a> {
    Matter {
        case,
        law,
        today,
        lives,
        asked: asked(case, law),
    }
}

fn asked<'a>(case: &'a CaseFile, law: &Law<'a>) -> Vec<Asked<'a>> {
    let numbered = case.proposal.requirements.iter().enumerate();
    numbered
        .filter_map(|(index, proposed)| {
            let row = law.requirement(&proposed.id)?;
            Some(Asked {
                index,
                proposed,
                row,
            })
        })
        .collect()
}

/// Requirements that the law does not offer: unknown, not commenced, for other dates,
/// or for another kind of sentence.
fn unavailable(matter: &Matter<'_>) -> Vec<Finding> {
    let law = matter.law;
    let numbered = matter.case.proposal.requirements.iter().enumerate();
    let mut findings: Vec<Finding> = numbered
        .filter(|(_, asked)| law.requirement(&asked.id).is_none())
        .map(|(index, asked)| {
            let finding = match law.absent(&asked.id) {
                Absent::Unknown => law.say("law.requirement.unknown", &[("id", asked.id.clone())]),
                Absent::NotCommenced(row) => not_commenced(law, row),
                Absent::OtherDates(row) => other_dates(law, row),
            };
            finding.at(format!("proposal.requirements[{index}].id"))
        })
        .collect();
    findings.extend(matter.asked.iter().filter_map(|a| other_order(matter, a)));
    findings
}

fn not_commenced(law: &Law<'_>, row: &Requirement) -> Finding {
    let newest = law.pack.about.newest_source.clone();
    let with = [
        ("name", row.name.clone()),
        ("newest", newest),
        ("to_check", row.to_check.clone()),
    ];
    law.say_of(row, "law.requirement.not-commenced", &with)
}

/// Where the date itself is missing this is a question, not a refusal.
fn other_dates(law: &Law<'_>, row: &Requirement) -> Finding {
    let (test, date) = law.date_words(row.date_test);
    let with = [
        ("name", row.name.clone()),
        ("test", test),
        ("date", date),
        ("notes", row.notes.clone()),
    ];
    let mut finding = law.say_of(row, "law.requirement.other-dates", &with);
    if law.dates.known(row.date_test).is_none() {
        finding.severity = finding.severity.min(Severity::Warn);
    }
    finding
}

fn other_order(matter: &Matter<'_>, a: &Asked<'_>) -> Option<Finding> {
    let kind = matter.case.proposal.order?;
    let fits = OrderWithRequirements::of(kind).is_some_and(|o| a.row.applies_to.contains(&o));
    // What a court may ask of her during deferment is not a Schedule 9 requirement,
    // but may well resemble one; that is no fault of the proposal.
    if fits || kind == OrderKind::Deferment {
        return None;
    }
    let with = [
        ("name", a.row.name.clone()),
        ("order", matter.law.pack.order_words(kind).to_owned()),
    ];
    let finding = matter
        .law
        .say_of(a.row, "law.requirement.other-order", &with);
    Some(finding.at(a.at("id")))
}
