//! Making a plan from a case: its proposal, the services chosen, what she wants, and what
//! a women's centre offered.
//!
//! Lives here: the pure function, and what it takes. Not here: the words of requirements
//! (`sentencing`), of themes (`interview`), or differences (`moving`). Every part says what
//! it was made from. What the case does not hold is left empty.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Aim, CourtReview, Holder, Origin, OriginKind, Plan, Step, StepWords, court};
use crate::{
    case::{CaseFile, Slot, Use},
    english::{capital, listed},
    needs::Need,
    sentencing::RequirementWords,
};

/// What a plan is made from.
#[derive(Debug, Clone, Copy)]
pub struct Material<'a> {
    /// The case.
    pub case: &'a CaseFile,
    /// Needs that may be spoken of outside the record.
    pub needs: &'a [Need],
    /// What she would like to come of each theme, in words that go on from *She wants*.
    pub wishes: &'a BTreeMap<String, String>,
    /// The requirements in words, one for each of the proposal's.
    pub requirements: &'a [RequirementWords],
}

/// The material of a case; a function, so that a caller names every part.
#[must_use]
pub fn material<'a>(
    case: &'a CaseFile,
    needs: &'a [Need],
    wishes: &'a BTreeMap<String, String>,
    requirements: &'a [RequirementWords],
) -> Material<'a> {
    Material {
        case,
        needs,
        wishes,
        requirements,
    }
}

/// What a case makes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Made {
    /// The steps, unnumbered.
    pub steps: Vec<Step>,
    /// What she would like to come of each need.
    pub aims: Vec<Aim>,
    /// What she hopes for.
    pub wants: String,
    /// Agencies of the steps.
    pub holders: Vec<Holder>,
}

impl Made {
    /// What a case makes, today.
    #[must_use]
    pub fn from(material: &Material<'_>) -> Self {
        let mut steps = requirements(material);
        steps.extend(first_weeks(material.case));
        steps.extend(services(material));
        steps.extend(offers(material.case));
        // A step without a word is none.
        steps.retain(|step| !step.words.what.is_empty());
        Self {
            steps,
            aims: aims(material),
            wants: hopes(material.case),
            holders: holders(material.case),
        }
    }

    /// A new plan for a purpose. Days of the court's reviews are set once the order's
    /// first day is known.
    #[must_use]
    pub fn plan(self, purpose: &str) -> Plan {
        let mut plan = Plan {
            purpose: purpose.to_owned(),
            wants_from: if self.wants.is_empty() {
                Origin::default()
            } else {
                origin(OriginKind::Answer, HOPES.into(), format!("answers.{HOPES}"))
            },
            wants: self.wants,
            aims: self.aims,
            holders: self.holders,
            ..Plan::default()
        };
        for step in self.steps {
            let number = plan.next_number();
            plan.steps.push(Step { number, ..step });
        }
        plan
    }
}

/// The prompt that asks what she hopes for.
const HOPES: &str = "hopes";

pub(super) fn origin(kind: OriginKind, key: String, place: String) -> Origin {
    Origin { kind, key, place }
}

fn text(given: Option<&String>) -> String {
    line(given.map(String::as_str).unwrap_or_default())
}

/// One line with single blanks, whatever was typed.
pub(super) fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn step(themes: &[String], words: StepWords, origin: Origin) -> Step {
    Step {
        themes: themes.to_vec(),
        made: words.clone(),
        words,
        origin,
        ..Step::default()
    }
}

/// A step for each requirement, with what is done in it where that is said, else its name.
fn requirements(material: &Material<'_>) -> Vec<Step> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let all = material.case.proposal.requirements.iter().enumerate();
    all.map(|(at, proposed)| {
        let nth = seen.entry(proposed.id.as_str()).or_default();
        *nth += 1;
        let told = material.requirements.get(at).cloned().unwrap_or_default();
        let named = [&told.name, &told.amount, &told.detail];
        let named: Vec<String> = named
            .into_iter()
            .map(|part| line(part))
            .filter(|part| !part.is_empty())
            .collect();
        let what = match (named.join(", "), line(&told.what)) {
            (name, what) if what.is_empty() => name,
            (name, what) if name.is_empty() => what,
            (name, what) => format!("{name}: {what}"),
        };
        let words = StepWords {
            what,
            who: line(&told.who),
            place: line(&told.place),
            when: line(&told.when),
        };
        let key = format!("requirement/{}/{nth}", proposed.id);
        let place = format!("proposal.requirements[{at}]");
        Step {
            requirement: proposed.id.clone(),
            ..step(
                &visible(material, &proposed.needs),
                words,
                origin(OriginKind::Requirement, key, place),
            )
        }
    })
    .collect()
}

/// Themes that may be spoken of.
fn visible(material: &Material<'_>, themes: &[String]) -> Vec<String> {
    let spoken = |id: &&String| material.needs.iter().any(|need| need.theme == **id);
    themes.iter().filter(spoken).cloned().collect()
}

fn first_weeks(case: &CaseFile) -> Vec<Step> {
    let mut seen: BTreeMap<u8, usize> = BTreeMap::new();
    let all = case.proposal.first_weeks.iter().enumerate();
    all.map(|(at, first)| {
        let nth = seen.entry(first.week).or_default();
        *nth += 1;
        let when = text(first.when.as_ref());
        let week = format!("Week {}", first.week);
        let words = StepWords {
            what: line(&first.what),
            who: capital(&text(first.with.as_ref())),
            place: text(first.place.as_ref()),
            when: if when.is_empty() {
                week
            } else {
                format!("{week}: {when}")
            },
        };
        let key = format!("first-week/{}/{nth}", first.week);
        let place = format!("proposal.first_weeks[{at}]");
        step(&[], words, origin(OriginKind::FirstWeek, key, place))
    })
    .collect()
}

/// Services that are part of no requirement.
fn services(material: &Material<'_>) -> Vec<Step> {
    let case = material.case;
    let delivers = |id: &str| {
        let mut all = case.proposal.requirements.iter();
        all.any(|r| r.service.as_deref() == Some(id))
    };
    let all = case.services.iter().enumerate();
    all.filter(|(_, service)| !delivers(&service.id))
        .map(|(at, service)| {
            let offer = text(service.offer.as_ref());
            let words = StepWords {
                what: if offer.is_empty() {
                    line(&service.name)
                } else {
                    offer
                },
                who: named(&service.name, &service.organisation),
                place: String::new(),
                when: service
                    .slots
                    .iter()
                    .filter_map(slot)
                    .collect::<Vec<_>>()
                    .join("; "),
            };
            let key = format!("service/{}", service.id);
            let place = format!("services[{at}]");
            step(
                &visible(material, &service.needs),
                words,
                origin(OriginKind::Service, key, place),
            )
        })
        .collect()
}

/// What women's centres offer her in the replies that the author brought into the report,
/// but for what the report says is not proposed.
fn offers(case: &CaseFile) -> Vec<Step> {
    let mut steps = Vec::new();
    for (nth, assessment) in case.assessments.iter().enumerate() {
        for (at, item) in assessment.reply.package.iter().enumerate() {
            let made = assessment.decided(at).map(|decision| decision.made);
            if made == Some(Use::NotProposed) {
                continue;
            }
            let centre = named(&assessment.centre, &assessment.organisation);
            let who = [line(&item.worker), centre];
            let who: Vec<String> = who.into_iter().filter(|part| !part.is_empty()).collect();
            let mut when: Vec<String> = item.slots.iter().filter_map(slot).collect();
            when.extend(Some(line(&item.often)).filter(|often| !often.is_empty()));
            when.extend(item.weeks.map(|weeks| format!("for {weeks} weeks")));
            let words = StepWords {
                what: line(&item.what),
                who: who.join(", "),
                place: line(&item.place),
                when: capital(&when.join("; ")),
            };
            let key = format!("centre/{}/{at}", assessment.referral);
            let place = format!("assessments[{nth}].reply.package[{at}]");
            steps.push(step(&[], words, origin(OriginKind::Centre, key, place)));
        }
    }
    steps
}

fn named(name: &str, organisation: &str) -> String {
    let (name, organisation) = (line(name), line(organisation));
    if organisation.is_empty() || name.contains(&organisation) {
        name
    } else {
        format!("{name} ({organisation})")
    }
}

fn slot(slot: &Slot) -> Option<String> {
    let days: Vec<&str> = slot.days.iter().map(|day| day.name()).collect();
    let hour = |time: chrono::NaiveTime| time.format("%-I.%M%P").to_string().replace(".00", "");
    (!days.is_empty()).then(|| {
        let (from, to) = (hour(slot.from), hour(slot.to));
        format!("{} {from} to {to}", listed(&days))
    })
}

fn aims(material: &Material<'_>) -> Vec<Aim> {
    let all = material.needs.iter();
    all.map(|need| {
        let ticked = material.wishes.get(&need.theme);
        let typed = need.wants.as_ref();
        Aim {
            theme: need.theme.clone(),
            wants: text(ticked.or(typed)),
            her_words: text(need.her_words.as_ref()),
            origin: origin(
                OriginKind::Answer,
                need.prompt.clone(),
                format!("answers.{}", need.prompt),
            ),
        }
    })
    .collect()
}

/// What she hopes for, unless it stays on the record.
fn hopes(case: &CaseFile) -> String {
    let said = case.answer(HOPES).and_then(|answer| answer.for_report());
    line(said.and_then(|said| said.as_str()).unwrap_or_default())
}

/// Each agency of a chosen service, once. What it holds nobody has said yet.
fn holders(case: &CaseFile) -> Vec<Holder> {
    let mut all: Vec<Holder> = Vec::new();
    for (at, service) in case.services.iter().enumerate() {
        let agency = named(&service.name, &service.organisation);
        if !agency.is_empty() && all.iter().all(|h| h.agency != agency) {
            all.push(Holder {
                agency,
                holds: String::new(),
                origin: origin(
                    OriginKind::Service,
                    format!("service/{}", service.id),
                    format!("services[{at}]"),
                ),
            });
        }
    }
    all
}

/// Months between reviews, where a requirement of the proposal has them.
#[must_use]
pub fn review_every(case: &CaseFile) -> Option<u32> {
    let all = case.proposal.requirements.iter();
    all.filter_map(|r| r.review_every_months).find(|n| *n > 0)
}

/// Reviews at each interval of an order that begins on `starts`: the court sets them, so
/// these are days to confirm.
#[must_use]
pub fn reviews(starts: NaiveDate, every: u32, months: u32, from: u32) -> Vec<CourtReview> {
    let days = court::days(starts, every, months).into_iter();
    let numbered = days.zip(from..);
    numbered
        .map(|(day, number)| CourtReview {
            number,
            on: Some(day),
            ..CourtReview::default()
        })
        .collect()
}
