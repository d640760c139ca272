//! The note to the bench: recorded progress between two reviews, and nothing else.

use serde::Serialize;

use super::contexts::{Break, Printing, breaks, on, one_line};
use crate::{
    consultancy::plan::{About, Plan},
    english::{capital, day},
    report::words,
};

#[derive(Debug, Default, Serialize)]
pub(super) struct Bench {
    fictional: bool,
    name: String,
    case_number: String,
    court: String,
    nth: usize,
    on: String,
    before: String,
    worker: String,
    breaks: Vec<Break>,
    agreed: Vec<Agreed>,
    did: String,
    recorded: Vec<Recorded>,
    attendance: Option<Attendance>,
    hindered: String,
    helped: String,
    next: Vec<String>,
    nothing: bool,
}

#[derive(Debug, Default, Serialize)]
struct Agreed {
    what: String,
    how: String,
}

#[derive(Debug, Default, Serialize)]
struct Recorded {
    what: String,
    how: String,
    on: String,
    note: String,
    her_view: String,
}

#[derive(Debug, Default, Serialize)]
struct Attendance {
    offered: u32,
    attended: u32,
    excused: u32,
    missed: u32,
}

pub(super) fn bench(plan: &Plan, review: u32, printing: &Printing<'_>) -> Option<Bench> {
    let Printing { case, texts, .. } = *printing;
    let since = plan.since(review)?;
    let review = since.review;
    let what = |about: &About| match about {
        About::Step(number) => plan.step(*number).map(|step| one_line(&step.words.what)),
        About::Outcome(outcome) => texts
            .outcome(outcome)
            .map(|o| o.says.of(printing.pronouns()).into_owned()),
    };
    let recorded: Vec<Recorded> = since
        .recorded
        .iter()
        .filter_map(|entry| {
            Some(Recorded {
                what: what(&entry.about)?,
                how: words::small(texts.how(Some(entry.how))),
                on: day(entry.on),
                note: one_line(&entry.note),
                her_view: one_line(&entry.her_view),
            })
        })
        .collect();
    let goals = since.agreed.iter().filter(|g| !g.what.trim().is_empty());
    let agreed: Vec<Agreed> = goals
        .map(|goal| Agreed {
            what: one_line(&goal.what),
            how: words::small(texts.how(goal.how)),
        })
        .collect();
    let next: Vec<String> = review
        .goals
        .iter()
        .map(|goal| one_line(&goal.what))
        .filter(|goal| !goal.is_empty())
        .collect();
    let (did, hindered, helped) = (
        one_line(&review.did),
        one_line(&review.hindered),
        one_line(&review.helped),
    );
    let attendance = review.missed().zip(review.offered).zip(review.attended);
    let attendance = attendance.map(|((missed, offered), attended)| Attendance {
        offered,
        attended,
        excused: review.excused.unwrap_or(0),
        missed,
    });
    let said = [&did, &hindered, &helped].iter().any(|t| !t.is_empty());
    let nothing = !said
        && recorded.is_empty()
        && agreed.is_empty()
        && next.is_empty()
        && attendance.is_none();
    // Changes of worker since the review before.
    let lately = plan
        .breaks()
        .zip(breaks(plan))
        .filter(|((_, after), _)| {
            let from = after.from;
            since
                .before
                .is_none_or(|b| from.is_none_or(|from| from > b))
                && review
                    .on
                    .is_none_or(|on| from.is_none_or(|from| from <= on))
        })
        .map(|(_, told)| told);
    Some(Bench {
        fictional: case.fictional,
        name: match words::full_name(&case.woman.name) {
            name if name.is_empty() => capital(&texts.words.unknown),
            name => name,
        },
        case_number: case.hearing.case_number.clone().unwrap_or_default(),
        court: words::no_stop(case.hearing.court.trim()),
        nth: since.nth,
        on: on(review.on),
        before: on(since.before),
        worker: plan.worker().map_or_else(String::new, |w| w.name.clone()),
        breaks: lately.collect(),
        agreed,
        did,
        recorded,
        attendance,
        hindered,
        helped,
        next,
        nothing,
    })
}

/// As little as can be, and everything.
pub(super) fn bench_samples() -> [Bench; 2] {
    let full = Bench {
        breaks: vec![Break::default()],
        agreed: vec![Agreed::default()],
        did: "Words".to_owned(),
        recorded: vec![Recorded::default()],
        attendance: Some(Attendance::default()),
        next: vec!["Words".to_owned()],
        ..Bench::default()
    };
    [Bench::default(), full]
}
