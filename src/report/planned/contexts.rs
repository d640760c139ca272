//! What each paper of a plan names, filled in from a plan and a case.
//!
//! Lives here: choosing what is on which paper. Not here: words, or templates.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use crate::{
    case::CaseFile,
    consultancy::plan::{
        About, Entry, Plan, PlanTexts, Step, Worker, content::Consequence,
    },
    english::{capital, day, listed},
    report::{
        letters::{Letters, Reach},
        words,
    },
};

/// What a plan is printed with.
#[derive(Debug, Clone, Copy)]
pub struct Printing<'a> {
    /// The case.
    pub case: &'a CaseFile,
    /// Words of the plan.
    pub texts: &'a PlanTexts,
    /// Which words are on no paper of hers.
    pub letters: &'a Letters,
    /// Names of themes, by id, for the middle of a sentence.
    pub themes: &'a BTreeMap<String, String>,
}

/// Her paper.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ForHer {
    /// Its Markdown.
    pub markdown: String,
    /// True where it is written so that somebody else may see it.
    pub discreet: bool,
    /// Numbers of the steps that are not on it.
    pub kept: Vec<u32>,
    /// Numbers of steps on it that nobody has put into plain words yet.
    pub unplain: Vec<u32>,
}

#[derive(Debug, Default, Serialize)]
pub(super) struct Her {
    fictional: bool,
    first_name: String,
    purpose: String,
    worker: String,
    before: String,
    contact: String,
    wants: String,
    goals: Vec<Goal>,
    steps: Vec<HerStep>,
    kept: bool,
    reviews: Vec<String>,
    completes: Vec<String>,
    if_not: Vec<String>,
    unknown: String,
}

#[derive(Debug, Default, Serialize)]
struct Goal {
    theme: String,
    wants: String,
}

#[derive(Debug, Default, Serialize)]
struct HerStep {
    what: String,
    who: String,
    place: String,
    when: String,
    by: String,
    status: String,
}

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
struct Break {
    before: String,
    after: String,
    on: String,
    why: String,
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

fn on(date: Option<NaiveDate>) -> String {
    date.map_or_else(String::new, day)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn breaks(plan: &Plan) -> Vec<Break> {
    let all = plan.breaks();
    all.map(|(before, after)| Break {
        before: before.name.clone(),
        after: after.name.clone(),
        on: on(after.from),
        why: one_line(&after.why),
    })
    .collect()
}

fn status(texts: &PlanTexts, entry: Option<&Entry>) -> String {
    let said = texts.how(entry.map(|entry| entry.how));
    match entry {
        Some(entry) => format!("{said}, {}", day(entry.on)),
        None => said.to_owned(),
    }
}

/// Days that are known, in order; what is not set yet is said to be.
fn reviews(plan: &Plan, unknown: &str) -> Vec<String> {
    let all = plan.reviews_in_order().into_iter();
    all.map(|review| review.on.map_or_else(|| capital(unknown), day))
        .collect()
}

pub(super) fn her(plan: &Plan, printing: &Printing<'_>) -> (Her, ForHer) {
    let Printing { case, texts, .. } = *printing;
    let reach = Reach::of(case);
    let discreet = reach.discreet();
    let typed = printing.letters.typed(BTreeMap::new(), discreet);
    let off = |theme: &str| typed.not_in_plan.iter().any(|other| other == theme);
    let fit = |text: &str| printing.letters.unsafe_words(text, &reach).is_empty();
    let unknown = texts.words.unknown_for_her.clone();
    let mut report = ForHer {
        discreet,
        ..ForHer::default()
    };
    let mut steps = Vec::new();
    for step in plan.standing() {
        let hidden = !step.themes.is_empty() && step.themes.iter().all(|theme| off(theme));
        let (shown, plain) = her_step(plan, step, printing, &unknown);
        let text = [&shown.what, &shown.who, &shown.place, &shown.when];
        if hidden || !fit(&text.map(String::as_str).join("\n")) {
            report.kept.push(step.number);
            continue;
        }
        if !plain {
            report.unplain.push(step.number);
        }
        steps.push(shown);
    }
    let goals = plan.aims.iter().filter(|aim| !off(&aim.theme));
    let goals = goals
        .map(|aim| Goal {
            theme: theme_name(printing, &aim.theme),
            wants: one_line(&aim.wants),
        })
        .filter(|goal| !goal.wants.is_empty() && fit(&goal.wants) && fit(&goal.theme));
    let purpose = texts.purpose(&plan.purpose);
    let lines = |of: &[Consequence]| -> Vec<String> {
        let true_here = of.iter().filter(|line| line.holds_for(case));
        let said = true_here.map(|line| if discreet { &line.discreet } else { &line.her });
        said.filter(|said| !said.is_empty()).cloned().collect()
    };
    let worker = plan.worker().cloned().unwrap_or_default();
    let name = &case.woman.name;
    let first = name.first.trim();
    let wants = one_line(&plan.wants);
    let her = Her {
        fictional: case.fictional,
        first_name: if first.is_empty() {
            words::short_name(name)
        } else {
            first.to_owned()
        },
        purpose: purpose
            .filter(|_| !discreet)
            .map_or_else(String::new, |purpose| purpose.her.clone()),
        worker: worker.name,
        before: plan
            .breaks()
            .last()
            .map_or_else(String::new, |(before, _)| before.name.clone()),
        contact: worker.contact,
        wants: if fit(&wants) { wants } else { String::new() },
        goals: goals.collect(),
        steps,
        kept: !report.kept.is_empty(),
        reviews: reviews(plan, &unknown),
        completes: purpose.map_or_else(Vec::new, |p| lines(&p.completes)),
        if_not: purpose.map_or_else(Vec::new, |p| lines(&p.if_not)),
        unknown,
    };
    (her, report)
}

/// A step as it is on her paper, and whether it is in plain words.
fn her_step(plan: &Plan, step: &Step, printing: &Printing<'_>, unknown: &str) -> (HerStep, bool) {
    let amount = printing
        .case
        .proposal
        .requirements
        .iter()
        .find(|r| r.id == step.requirement)
        .and_then(|r| r.amount);
    let plain = printing.texts.plain(&step.requirement, amount);
    let put = [step.for_her.trim(), plain.as_str()];
    let put = put.into_iter().find(|words| !words.is_empty());
    let entry = plan.shown(&About::Step(step.number));
    let words = &step.words;
    let shown = HerStep {
        what: one_line(put.unwrap_or(&words.what)),
        who: one_line(&words.who),
        place: one_line(&words.place),
        when: if words.when.trim().is_empty() {
            unknown.to_owned()
        } else {
            one_line(&words.when)
        },
        by: on(step.by),
        status: printing
            .texts
            .how_for_her(entry.map(|entry| entry.how))
            .to_owned(),
    };
    (shown, put.is_some())
}

fn theme_name(printing: &Printing<'_>, theme: &str) -> String {
    let named = printing.themes.get(theme);
    named.cloned().unwrap_or_else(|| theme.to_owned())
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
    let known = |text: String| if text.is_empty() { capital(unknown) } else { text };
    let purpose = texts.purpose(&plan.purpose);
    let lines = |of: &[Consequence]| -> Vec<Line> {
        let true_here = of.iter().filter(|line| line.holds_for(case));
        true_here
            .map(|line| Line {
                says: line.says.clone(),
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
        name: words::full_name(&case.woman.name),
        purpose: known(purpose.map_or_else(String::new, |p| p.name.clone())),
        starts: known(on(plan.starts)),
        ends: known(on(plan.ends)),
        worker_line: known(plan.worker().map_or_else(String::new, worker_line)),
        wants: one_line(&plan.wants),
        contact: contact(case),
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

/// How she can be reached safely, as she said it.
fn contact(case: &CaseFile) -> String {
    let reach = Reach::of(case);
    let parts = [&reach.method, &reach.times, &reach.leave_out];
    let parts: Vec<String> = parts
        .into_iter()
        .map(|part| words::no_stop(&one_line(part)))
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(". ")
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
                        says: said.says.clone(),
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
    let by = step.by.map(|by| format!("by {}", day(by))).unwrap_or_default();
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
        origin: texts.origin(step.origin.kind).to_owned(),
        status: status(texts, plan.shown(&About::Step(step.number))),
    }
}

pub(super) fn bench(plan: &Plan, review: u32, printing: &Printing<'_>) -> Option<Bench> {
    let Printing { case, texts, .. } = *printing;
    let since = plan.since(review)?;
    let review = since.review;
    let what = |about: &About| match about {
        About::Step(number) => plan.step(*number).map(|step| one_line(&step.words.what)),
        About::Outcome(outcome) => texts.outcome(outcome).map(|o| o.says.clone()),
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
            since.before.is_none_or(|b| from.is_none_or(|from| from > b))
                && review.on.is_none_or(|on| from.is_none_or(|from| from <= on))
        })
        .map(|(_, told)| told);
    Some(Bench {
        fictional: case.fictional,
        name: words::full_name(&case.woman.name),
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

fn text() -> String {
    "Words".to_owned()
}

/// As little as can be, and everything.
pub(super) fn her_samples() -> [Her; 2] {
    let full = Her {
        fictional: true,
        first_name: text(),
        purpose: text(),
        worker: text(),
        before: text(),
        contact: text(),
        wants: text(),
        goals: vec![Goal::default()],
        steps: vec![HerStep::default()],
        kept: true,
        reviews: vec![text()],
        completes: vec![text()],
        if_not: vec![text()],
        unknown: text(),
    };
    [Her::default(), full]
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
        reviews: vec![text()],
        completes: vec![Line::default()],
        if_not: vec![Line::default()],
        ..OfWorker::default()
    };
    [OfWorker::default(), full]
}

/// As little as can be, and everything.
pub(super) fn bench_samples() -> [Bench; 2] {
    let full = Bench {
        breaks: vec![Break::default()],
        agreed: vec![Agreed::default()],
        did: text(),
        recorded: vec![Recorded::default()],
        attendance: Some(Attendance::default()),
        next: vec![text()],
        ..Bench::default()
    };
    [Bench::default(), full]
}
