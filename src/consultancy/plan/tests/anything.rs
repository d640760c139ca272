//! What holds for any case, whatever of it is left out.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{
    super::{About, CourtReview, How, OriginKind, Plan, StepWords},
    PACK, entry, example, plan, today, worker,
};
use crate::{
    case::{self, CaseFile},
    pack::Paper,
};

/// A case with some answers and some of the proposal left out.
fn thinned(name: &str, keep: &[bool]) -> CaseFile {
    let mut case = example(name);
    let mut keep = keep.iter().copied().cycle();
    let mut kept = || keep.next().unwrap_or(true);
    let names: Vec<String> = case.answers.keys().cloned().collect();
    for name in names {
        if !kept() {
            case.answers.remove(&name);
        }
    }
    case.proposal.requirements.retain(|_| kept());
    case.proposal.first_weeks.retain(|_| kept());
    case.services.retain(|_| kept());
    for r in &mut case.proposal.requirements {
        if !kept() {
            r.what = None;
            r.slots.clear();
        }
        if !kept() {
            r.place = None;
            r.starts = None;
        }
    }
    if !kept() {
        case.woman.name = case::Name::default();
    }
    if !kept() {
        case.proposal.order = None;
    }
    case
}

/// What no paper may show, whatever was known.
fn faults(paper: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let lines: Vec<&str> = paper.lines().filter(|line| !line.is_empty()).collect();
    let level = |line: &str| match line.chars().take_while(|c| *c == '#').count() {
        0 => None,
        n => Some(n),
    };
    for (at, line) in lines.iter().enumerate() {
        let next = lines.get(at + 1);
        if let Some(mine) = level(line) {
            let empty = next.is_none_or(|next| level(next).is_some_and(|other| other <= mine));
            if empty {
                faults.push(format!("nothing under {line}"));
            }
        }
        for word in ["None", "  ", "..", " .", ": .", "null", "{{", "“”", "  "] {
            if line.contains(word) {
                faults.push(format!("{word:?} in {line}"));
            }
        }
    }
    faults
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_plan_of_any_case_prints_without_gaps_and_every_step_says_what_it_is_from(
        angela in any::<bool>(),
        keep in prop::collection::vec(any::<bool>(), 8..60),
        purpose in 0_usize..4,
        named in any::<bool>(),
    ) {
        let case = thinned(if angela { "angela" } else { "miriam" }, &keep);
        let purpose = &PACK.plans.purposes[purpose].id;
        let mut plan = PACK.plan_made(&case, today()).plan(purpose);
        for step in &plan.steps {
            prop_assert!(!step.origin.key.is_empty() && !step.words.what.is_empty(), "{step:?}");
            prop_assert!(step.origin.kind != OriginKind::Author);
        }
        let numbers: BTreeSet<u32> = plan.steps.iter().map(|s| s.number).collect();
        prop_assert_eq!(numbers.len(), plan.steps.len());
        if named {
            plan.name_worker(worker("Priya", ""));
            plan.name_worker(worker("Noor", "Leave"));
            plan.reviews.push(CourtReview { number: 1, ..CourtReview::default() });
            if let Some(step) = plan.steps.first() {
                let about = About::Step(step.number);
                plan.progress.push(entry(about, How::Partly, "2026-12-10", false));
            }
        }
        let mut papers = vec![Paper::Her, Paper::Worker];
        papers.extend(plan.reviews.iter().map(|review| Paper::Bench(review.number)));
        for paper in papers {
            let text = PACK.plan_paper(&case, &plan, paper).unwrap().unwrap();
            prop_assert_eq!(faults(&text), Vec::<String>::new(), "{}", text);
        }
    }

    #[test]
    fn every_difference_can_be_taken_or_left_and_is_settled_then(
        before in prop::collection::vec(any::<bool>(), 8..60),
        after in prop::collection::vec(any::<bool>(), 8..60),
    ) {
        let (before, after) = (thinned("miriam", &before), thinned("miriam", &after));
        let made = PACK.plan_made(&after, today());
        let (mut taken, mut left) = (plan(&before), plan(&before));
        let steps = left.steps.clone();
        for difference in taken.differences(&made) {
            taken.take(&difference, "gone");
            left.leave(&difference);
        }
        prop_assert_eq!(taken.differences(&made), vec![]);
        prop_assert_eq!(left.differences(&made), vec![]);
        prop_assert_eq!(left.steps, steps);
        let said = |plan: &Plan| -> BTreeSet<String> {
            plan.standing().map(|s| s.words.what.clone()).collect()
        };
        let now: BTreeSet<String> = made.steps.iter().map(|s| s.words.what.clone()).collect();
        prop_assert_eq!(said(&taken), now);
        prop_assert!(taken.standing().all(|s| s.made != StepWords::default()));
    }
}
