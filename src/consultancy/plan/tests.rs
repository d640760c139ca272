//! Plans made from the worked cases, and what holds for any case whatever is left out.

use std::{collections::BTreeSet, sync::LazyLock};

use chrono::NaiveDate;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{
    About, CourtReview, Entry, How, Moved, OriginKind, Outcome, Plan, SmallGoal, StepWords, Worker,
    content::OutcomeStatus, court, making,
};
use crate::{
    case::{self, CaseFile, EXAMPLES},
    content::ContentFiles,
    pack::{Pack, Paper},
};

static PACK: LazyLock<Pack> =
    LazyLock::new(|| Pack::load(&ContentFiles::embedded().unwrap()).unwrap());

fn on(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn today() -> NaiveDate {
    on("2026-11-25")
}

fn example(name: &str) -> CaseFile {
    let (_, json) = EXAMPLES.iter().find(|(n, _)| *n == name).unwrap();
    case::from_json(json).unwrap()
}

fn plan(case: &CaseFile) -> Plan {
    PACK.plan_made(case, today()).plan("community-sentence")
}

fn entry(about: About, how: How, day: &str, record_only: bool) -> Entry {
    Entry {
        about,
        how,
        on: on(day),
        by: "Sam".into(),
        note: "She rang the school.".into(),
        her_view: "It was fine.".into(),
        record_only,
    }
}

fn worker(name: &str, why: &str) -> Worker {
    Worker {
        name: name.into(),
        from: Some(on("2026-12-03")),
        why: why.into(),
        ..Worker::default()
    }
}

#[test]
fn angelas_plan_has_a_step_for_each_requirement_and_each_of_her_first_weeks() {
    let plan = plan(&example("angela"));
    let from = |kind| plan.steps.iter().filter(|s| s.origin.kind == kind).count();
    assert_eq!(from(OriginKind::Requirement), 2);
    assert_eq!(from(OriginKind::FirstWeek), 5);
    // Alana House delivers a requirement, and is no step twice.
    assert_eq!(from(OriginKind::Service), 0);
    let first = &plan.steps[0];
    assert!(first.words.what.contains("up to 20 days"), "{first:?}");
    assert_eq!(first.words.place, "Alana House, Reading");
    assert_eq!(first.themes, ["safety", "dependency", "wellbeing"]);
    assert_eq!(first.origin.place, "proposal.requirements[0]");
    let numbers: Vec<u32> = plan.steps.iter().map(|s| s.number).collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5, 6, 7]);
}

#[test]
fn what_nobody_has_said_is_left_to_ask() {
    let plan = plan(&example("angela"));
    // Nobody has confirmed the programme's place, and the case names no worker.
    assert_eq!(plan.steps[1].words.who, "");
    assert_eq!(plan.worker(), None);
    assert_eq!(plan.starts, None);
    assert!(plan.holders.iter().all(|holder| holder.holds.is_empty()));
    let paper = PACK
        .plan_paper(&example("angela"), &plan, Paper::Worker)
        .unwrap()
        .unwrap();
    assert!(paper.contains("Not yet known: ask"), "{paper}");
}

#[test]
fn what_she_wants_is_in_the_words_she_chose() {
    let plan = plan(&example("miriam"));
    let wants = |theme: &str| &plan.aims.iter().find(|a| a.theme == theme).unwrap().wants;
    assert_eq!(wants("wellbeing"), "to have somebody to talk to");
    assert!(plan.wants.starts_with("She wants to be listened to"));
    assert_eq!(plan.wants_from.kind, OriginKind::Answer);
}

#[test]
fn a_need_kept_on_the_record_is_in_no_plan() {
    let mut case = example("angela");
    let kept = case.answers.get_mut("need-dependency").unwrap();
    kept.visibility = case::Visibility::RecordOnly;
    let plan = plan(&case);
    assert!(plan.aims.iter().all(|aim| aim.theme != "dependency"));
    assert!(!plan.themes().contains(&"dependency"));
}

#[test]
fn a_centres_offer_is_a_step_unless_the_report_says_it_is_not_proposed() {
    let mut whole: Value = serde_json::from_str(EXAMPLES[0].1).unwrap();
    whole["assessments"] = json!([{
        "referral": "r1", "service": "x", "centre": "Alana House", "version": 1,
        "signed_on": "2026-11-20", "signed_by": "Assessor",
        "reply": {"package": [
            {"what": "Women's group", "worker": "Noor", "place": "Reading", "weeks": 8},
            {"what": "Art"}]},
        "decisions": [{"item": 1, "made": "not-proposed", "why": "Too far."}]}]);
    let case = case::from_value(whole).unwrap();
    let plan = plan(&case);
    let offered: Vec<_> = plan
        .steps
        .iter()
        .filter(|s| s.origin.kind == OriginKind::Centre)
        .collect();
    let [group] = offered.as_slice() else {
        panic!("{offered:?}")
    };
    assert_eq!(group.words.who, "Noor, Alana House");
    assert_eq!(group.words.when, "For 8 weeks");
}

#[test]
fn a_proposal_that_moved_on_is_shown_and_changes_nothing_by_itself() {
    let mut case = example("angela");
    let plan = plan(&case);
    assert_eq!(plan.differences(&PACK.plan_made(&case, today())), []);

    case.proposal.requirements[0].place = Some("Newbury Library".into());
    case.proposal.requirements.remove(1);
    case.proposal.first_weeks[0].week = 2;
    let found = plan.differences(&PACK.plan_made(&case, today()));
    let changed = found.iter().any(|d| {
        matches!(&d.moved, Moved::Changed { number: 1, now, .. } if now.place == "Newbury Library")
    });
    let gone = found
        .iter()
        .any(|d| matches!(&d.moved, Moved::Gone { number: 2, .. }));
    assert!(changed && gone, "{found:?}");
}

#[test]
fn taking_a_difference_keeps_what_was_written_elsewhere_in_the_step() {
    let mut case = example("angela");
    let mut plan = plan(&case);
    plan.steps[0].words.who = "Priya".into();
    plan.steps[0].for_her = "I see Priya in Reading.".into();
    case.proposal.requirements[0].place = Some("Newbury Library".into());
    let found = plan.differences(&PACK.plan_made(&case, today()));
    plan.take(&found[0], "gone");
    let step = &plan.steps[0];
    assert_eq!(
        (step.words.who.as_str(), step.words.place.as_str()),
        ("Priya", "Newbury Library")
    );
    assert_eq!(step.for_her, "", "her words spoke of the old place");
    assert_eq!(plan.differences(&PACK.plan_made(&case, today())), []);
}

#[test]
fn a_difference_that_was_left_comes_back_when_the_proposal_moves_again() {
    let mut case = example("angela");
    let mut plan = plan(&case);
    let place = |case: &mut CaseFile, place: &str| {
        case.proposal.requirements[0].place = Some(place.into());
    };
    place(&mut case, "Newbury Library");
    let found = plan.differences(&PACK.plan_made(&case, today()));
    plan.leave(&found[0]);
    assert_eq!(plan.differences(&PACK.plan_made(&case, today())), []);
    assert_eq!(plan.steps[0].words.place, "Alana House, Reading");
    place(&mut case, "Newbury Museum");
    assert_eq!(plan.differences(&PACK.plan_made(&case, today())).len(), 1);
}

#[test]
fn a_step_that_the_proposal_no_longer_has_ends_with_a_reason_and_keeps_its_progress() {
    let mut case = example("angela");
    let mut plan = plan(&case);
    plan.progress
        .push(entry(About::Step(2), How::Partly, "2026-12-10", false));
    case.proposal.requirements.remove(1);
    let found = plan.differences(&PACK.plan_made(&case, today()));
    plan.take(&found[0], "No longer in the proposal");
    assert_eq!(plan.step(2).unwrap().ended, "No longer in the proposal");
    assert_eq!(plan.stands(&About::Step(2)).unwrap().how, How::Partly);
}

#[test]
fn another_worker_is_a_break_with_its_reason_and_the_same_one_is_not() {
    let mut plan = Plan::default();
    plan.name_worker(worker("Priya", ""));
    plan.name_worker(Worker {
        contact: "01632 960 001".into(),
        ..worker("Priya", "")
    });
    assert_eq!(plan.breaks().count(), 0);
    assert_eq!(plan.worker().unwrap().contact, "01632 960 001");
    plan.name_worker(worker("Noor", "Priya is on leave."));
    let (before, after) = plan.breaks().next().unwrap();
    assert_eq!((before.name.as_str(), after.name.as_str()), ("Priya", "Noor"));
    assert_eq!(after.why, "Priya is on leave.");
}

#[test]
fn reviews_fall_at_the_orders_interval_and_end_with_the_order() {
    let days = court::days(on("2026-11-30"), 3, 12);
    let told: Vec<String> = days.iter().map(ToString::to_string).collect();
    assert_eq!(told, ["2027-02-28", "2027-05-30", "2027-08-30", "2027-11-30"]);
    assert_eq!(court::days(on("2026-11-30"), 0, 12), []);
    assert_eq!(court::days(on("2026-11-30"), 7, 6), []);
}

#[test]
fn a_note_draws_on_what_was_recorded_since_the_last_review_and_never_on_the_record() {
    let case = example("angela");
    let mut plan = plan(&case);
    for (day, how, hidden) in [
        ("2026-12-10", How::Not, false),
        ("2027-01-10", How::Partly, false),
        ("2027-01-20", How::Achieved, false),
        ("2027-01-25", How::Not, true),
        ("2027-03-01", How::Not, false),
    ] {
        plan.progress.push(entry(About::Step(1), how, day, hidden));
    }
    plan.reviews = vec![
        CourtReview {
            number: 1,
            on: Some(on("2027-01-01")),
            goals: vec![SmallGoal {
                what: "Ring the school".into(),
                how: Some(How::Achieved),
            }],
            ..CourtReview::default()
        },
        CourtReview {
            number: 2,
            on: Some(on("2027-02-01")),
            offered: Some(8),
            attended: Some(6),
            excused: Some(1),
            record: "Bruise seen.".into(),
            ..CourtReview::default()
        },
    ];
    let since = plan.since(2).unwrap();
    assert_eq!((since.nth, since.agreed.len()), (2, 1));
    assert_eq!(since.review.missed(), Some(1));
    let told: Vec<_> = since.recorded.iter().map(|e| (e.on, e.how)).collect();
    assert_eq!(told, [(on("2027-01-20"), How::Achieved)]);
    let note = PACK.plan_paper(&case, &plan, Paper::Bench(2)).unwrap();
    let note = note.unwrap();
    assert!(note.contains("She came to 6 of 8 appointments."), "{note}");
    assert!(note.contains("1 missed without one."), "{note}");
    assert!(!note.contains("Bruise"), "{note}");
    assert_eq!(PACK.plan_paper(&case, &plan, Paper::Bench(9)).unwrap(), None);
}

#[test]
fn deprecated_outcomes_are_read_and_not_offered() {
    let texts = &PACK.plans;
    let old = Outcome {
        theme: "accommodation".into(),
        id: "old-private".into(),
    };
    let found = texts.outcome(&old).unwrap();
    assert_eq!(found.status, OutcomeStatus::Deprecated);
    assert!(texts.offered("accommodation").all(|o| o.id != "old-private"));
    assert!(texts.offered("accommodation").count() > 0);
}

#[test]
fn the_interval_of_reviews_is_the_one_a_requirement_has() {
    let mut case = example("angela");
    assert_eq!(making::review_every(&case), None);
    case.proposal.requirements[0].review_every_months = Some(2);
    assert_eq!(making::review_every(&case), Some(2));
    let made = making::reviews(on("2026-12-03"), 2, 6, 4);
    let numbers: Vec<u32> = made.iter().map(|r| r.number).collect();
    assert_eq!(numbers, [4, 5, 6]);
}

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
        prop_assert!(taken.steps.iter().all(|s| s.made != StepWords::default()));
    }
}
