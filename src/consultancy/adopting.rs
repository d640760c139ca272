//! Taking something that a centre offers into the proposal, and out of it again.
//!
//! Lives here: what is carried over (provider, times, place, held until). Not here: the
//! author's decision (`case::ItemDecision`), or the snapshot of the centre's entry, which
//! comes in.

use crate::{
    case::{
        CaseFile, CentreAssessment, ChosenService, PackageItem, PlannedActivity,
        ProposedRequirement,
    },
    english::day,
};

/// The part of a case that adopting changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Adopted {
    /// Services relied on.
    pub services: Vec<ChosenService>,
    /// Requirements proposed.
    pub requirements: Vec<ProposedRequirement>,
}

/// The case with an item taken in: `centre` is the centre's entry as it now stands, used
/// where the report does not rely on it yet. With a requirement, its times go there; else
/// they stand with the service. Nothing that the author wrote is replaced.
#[must_use]
pub fn taken_in(
    case: &CaseFile,
    from: &CentreAssessment,
    item: &PackageItem,
    centre: &ChosenService,
    requirement: Option<usize>,
) -> Adopted {
    let mut adopted = taken_out(case, from, item);
    if !adopted.services.iter().any(|s| s.id == centre.id) {
        adopted.services.push(centre.clone());
    }
    let requirement = requirement.and_then(|at| adopted.requirements.get_mut(at));
    let to_requirement = requirement.is_some();
    if let Some(requirement) = requirement {
        requirement.service.get_or_insert_with(|| centre.id.clone());
        requirement.slots.extend(item.slots.iter().cloned());
        if !item.place.is_empty() {
            requirement.place.get_or_insert_with(|| item.place.clone());
        }
        requirement.setting = requirement.setting.or(item.setting);
        // A number of days is said only where the centre said how often and how long.
        if let Some(days) = days(item) {
            requirement.plan.push(PlannedActivity {
                what: item.what.clone(),
                days,
            });
        }
    }
    if let Some(service) = adopted.services.iter_mut().find(|s| s.id == centre.id) {
        service.offer = Some(match service.offer.take() {
            Some(offer) if offer.contains(&item.what) => offer,
            Some(offer) => format!("{}; {}", offer.trim_end_matches(['.', ';', ' ']), item.what),
            None => item.what.clone(),
        });
        if !to_requirement {
            service.slots.extend(item.slots.iter().cloned());
        }
        service.confirmed_on = Some(from.signed_on);
        service.confirmed_with = Some(from.signed_by.clone());
        if let Some(until) = item.held_until {
            service.held = Some(format!("until {}", day(until)));
        }
    }
    adopted
}

/// The case without what an item brought: its times, its days in a plan, and the place
/// held by it. Words that the author may have changed since stay.
#[must_use]
pub fn taken_out(case: &CaseFile, from: &CentreAssessment, item: &PackageItem) -> Adopted {
    let mut adopted = Adopted {
        services: case.services.clone(),
        requirements: case.proposal.requirements.clone(),
    };
    for requirement in &mut adopted.requirements {
        if requirement.service.as_deref() == Some(&from.service) {
            requirement.slots.retain(|slot| !item.slots.contains(slot));
            requirement.plan.retain(|plan| plan.what != item.what);
        }
    }
    for service in &mut adopted.services {
        if service.id == from.service {
            service.slots.retain(|slot| !item.slots.contains(slot));
            if service.offer.as_deref() == Some(&item.what) {
                service.offer = None;
            }
            let held = item.held_until.map(|until| format!("until {}", day(until)));
            if service.held == held {
                service.held = None;
            }
        }
    }
    adopted
}

/// Days of it in all, where its days of the week and its weeks are known.
fn days(item: &PackageItem) -> Option<u32> {
    let a_week: usize = item.slots.iter().map(|slot| slot.days.len()).sum();
    let a_week = u32::try_from(a_week).ok().filter(|n| *n > 0)?;
    item.weeks?.checked_mul(a_week)
}
