//! The worker's form: themes with their steps and outcomes, and how each stands.

use serde::Serialize;

use super::contexts::{Break, Printing, breaks, on, one_line, reviews, status, theme_name};
use crate::{
    consultancy::plan::{About, Plan, Step, Worker, content::Consequence},
    english::{capital, day, listed},
    report::{letters::Reach, words},
};

#[derive(Debug, Default, Serialize)]
pub(super) struct OfWorker {
    fictional: bool,
    name: String,
    purpose: String,
    starts: String,
    ends: String,
    worker_line: String,
    wants: String,
    contact: String,
    breaks: Vec<Break>,
    themes: Vec<Theme>,
    holders: Vec<HolderRow>,
    reviews: Vec<String>,
    completes: Vec<Line>,
    if_not: Vec<Line>,
    unknown: String,
}

#[derive(Debug, Default, Serialize)]
struct Theme {
    name: String,
    wants: String,
    her_words: String,
    steps: Vec<Row>,
    also: String,
    no_steps: bool,
    outcomes: Vec<OutcomeRow>,
}

#[derive(Debug, Default, Serialize)]
struct Row {
    number: u32,
    what: String,
    who: String,
    when: String,
    origin: String,
    status: String,
}

#[derive(Debug, Default, Serialize)]
struct OutcomeRow {
    says: String,
    status: String,
}

#[derive(Debug, Default, Serialize)]
struct HolderRow {
    agency: String,
    holds: String,
}

#[derive(Debug, Default, Serialize)]
struct Line {
    says: String,
    source: String,
}

fn worker_line(worker: &Worker) -> String {
    let parts = [&worker.name, &worker.role, &worker.agency, &worker.contact];
    let parts: Vec<&str> = parts
        .into_iter()
        .map(|part| part.trim())
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(", ")
}

pub(super) fn worker(plan: &Plan, printing: &Printing<'_>) -> OfWorker {
    let Printing { case, texts, .. } = *printing;
    let unknown = &texts.words.unknown;
    let known = |text: String| {
        if text.is_empty() {
            capital(unknown)
        } else {
            text
        }
    };
    let purpose = texts.purpose(&plan.purpose);
    let lines = |of: &[Consequence]| -> Vec<Line> {
        let true_here = of.iter().filter(|line| line.holds_for(case));
        true_here
            .map(|line| Line {
                says: line.says.of(printing.pronouns()).into_owned(),
                source: if line.source.verified {
                    line.source.citation.clone()
                } else {
                    format!("{} ({})", line.source.citation, texts.words.unchecked)
                },
            })
            .collect()
    };
    OfWorker {
        fictional: case.fictional,
        name: known(words::full_name(&case.woman.name)),
        purpose: known(purpose.map_or_else(String::new, |p| p.name.clone())),
        starts: known(on(plan.starts)),
        ends: known(on(plan.ends)),
        worker_line: known(plan.worker().map_or_else(String::new, worker_line)),
        wants: one_line(&plan.wants),
        contact: contact(printing),
        breaks: breaks(plan),
        themes: themes(plan, printing),
        holders: plan
            .holders
            .iter()
            .map(|holder| HolderRow {
                agency: one_line(&holder.agency),
                holds: known(one_line(&holder.holds)),
            })
            .collect(),
        reviews: reviews(plan, unknown),
        completes: purpose.map_or_else(Vec::new, |p| lines(&p.completes)),
        if_not: purpose.map_or_else(Vec::new, |p| lines(&p.if_not)),
        unknown: unknown.clone(),
    }
}

/// That it is recorded how she can be reached safely. How is for the record: whoever finds
/// this paper must not learn it.
fn contact(printing: &Printing<'_>) -> String {
    let reach = Reach::of(printing.case);
    let words = &printing.texts.words;
    if reach.method.is_empty() && reach.times.is_empty() && reach.leave_out.is_empty() {
        capital(&words.unknown)
    } else {
        words.contact.of(printing.pronouns()).into_owned()
    }
}

fn themes(plan: &Plan, printing: &Printing<'_>) -> Vec<Theme> {
    let mut all = Vec::new();
    for id in plan.themes() {
        let first = |step: &&Step| step.themes.first().is_some_and(|theme| theme == id);
        let also: Vec<String> = plan
            .standing()
            .filter(|step| step.themes.iter().skip(1).any(|theme| theme == id))
            .map(|step| step.number.to_string())
            .collect();
        let aim = plan.aims.iter().find(|aim| aim.theme == id);
        let outcomes = plan.outcomes.iter().filter(|outcome| outcome.theme == id);
        let steps: Vec<Row> = plan
            .standing()
            .filter(first)
            .map(|step| row(plan, step, printing))
            .collect();
        all.push(Theme {
            name: capital(&theme_name(printing, id)),
            wants: aim.map_or_else(String::new, |aim| one_line(&aim.wants)),
            her_words: aim.map_or_else(String::new, |aim| one_line(&aim.her_words)),
            no_steps: steps.is_empty() && also.is_empty(),
            steps,
            also: listed(&also),
            outcomes: outcomes
                .filter_map(|outcome| {
                    let said = printing.texts.outcome(outcome)?;
                    let entry = plan.shown(&About::Outcome(outcome.clone()));
                    Some(OutcomeRow {
                        says: said.says.of(printing.pronouns()).into_owned(),
                        status: status(printing.texts, entry),
                    })
                })
                .collect(),
        });
    }
    let whole = plan.standing().filter(|step| step.themes.is_empty());
    let whole: Vec<Row> = whole.map(|step| row(plan, step, printing)).collect();
    if !whole.is_empty() {
        all.push(Theme {
            name: printing.texts.words.whole.clone(),
            steps: whole,
            ..Theme::default()
        });
    }
    all
}

fn row(plan: &Plan, step: &Step, printing: &Printing<'_>) -> Row {
    let texts = printing.texts;
    let unknown = || capital(&texts.words.unknown);
    let words = &step.words;
    let by = step
        .by
        .map(|by| format!("by {}", day(by)))
        .unwrap_or_default();
    let parts = [one_line(&words.when), one_line(&words.place), by];
    let parts: Vec<String> = parts
        .into_iter()
        .map(|part| words::no_stop(&part))
        .filter(|part| !part.is_empty())
        .collect();
    let who = one_line(&words.who);
    Row {
        number: step.number,
        what: one_line(&words.what),
        who: if who.is_empty() { unknown() } else { who },
        when: if parts.is_empty() {
            unknown()
        } else {
            capital(&parts.join(". "))
        },
        origin: texts
            .origin_in(step.origin.kind, printing.pronouns())
            .into_owned(),
        status: status(texts, plan.shown(&About::Step(step.number))),
    }
}

/// As little as can be, and everything.
pub(super) fn worker_samples() -> [OfWorker; 2] {
    let theme = Theme {
        steps: vec![Row::default()],
        outcomes: vec![OutcomeRow::default()],
        ..Theme::default()
    };
    let full = OfWorker {
        breaks: vec![Break::default()],
        themes: vec![theme, Theme::default()],
        holders: vec![HolderRow::default()],
        reviews: vec!["Words".to_owned()],
        completes: vec![Line::default()],
        if_not: vec![Line::default()],
        ..OfWorker::default()
    };
    [OfWorker::default(), full]
}
