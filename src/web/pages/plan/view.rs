//! The plan as its page shows it.

use super::{
    home,
    show::{EntryView, FactView, PlanPage, StepView, version},
};
use crate::{
    consultancy::plan::{About, Entry, Plan, PlanTexts, Step},
    english::Pronouns,
    report::letters::Reach,
    store::{LoadedReport, PlanKept},
    web::{pages::report::ReportStrip, state::AppState, words},
};

pub(super) fn made(state: &AppState, report: &LoadedReport, kept: &PlanKept) -> PlanPage {
    let plan = &kept.plan;
    let pack = state.pack();
    let texts = &pack.plans;
    let made = pack.plan_made(&report.case, state.today());
    let home = home(report.id);
    let (steps, off): (Vec<_>, Vec<_>) = plan.steps.iter().partition(|step| step.stands());
    let view = |steps: Vec<&Step>| -> Vec<StepView> {
        let names = pack.theme_names(Pronouns::She);
        steps
            .into_iter()
            .map(|step| {
                let themes = step.themes.iter().filter_map(|id| names.get(id));
                let themes: Vec<&str> = themes.map(String::as_str).collect();
                let words = &step.words;
                let when = [words.when.as_str(), words.place.as_str()];
                let when: Vec<&str> = when.into_iter().filter(|w| !w.is_empty()).collect();
                StepView {
                    number: step.number,
                    what: words.what.clone(),
                    who: or_unknown(texts, &words.who),
                    when: or_unknown(texts, &when.join(". ")),
                    for_her: step.for_her.clone(),
                    serves: themes.join("; "),
                    origin: texts.origin(step.origin.kind).to_owned(),
                    status: status(texts, plan.stands(&About::Step(step.number))),
                    ended: step.ended.clone(),
                    href: format!("{home}/steps/{}", step.number),
                }
            })
            .collect()
    };
    PlanPage {
        facts: facts(texts, report, plan),
        breaks: plan
            .breaks()
            .map(|(before, after)| FactView {
                label: format!("{} to {}", before.name, after.name),
                says: match after.from {
                    Some(from) => format!("{}, {}", words::day(from), after.why),
                    None => after.why.clone(),
                },
            })
            .collect(),
        moved: plan.differences(&made).len(),
        steps: view(steps),
        off: view(off),
        outcomes: plan
            .outcomes
            .iter()
            .filter_map(|outcome| {
                let says = texts.outcome(outcome)?.says.to_string();
                let entry = plan.stands(&About::Outcome(outcome.clone()));
                Some(FactView {
                    label: says,
                    says: status(texts, entry),
                })
            })
            .collect(),
        holders: plan
            .holders
            .iter()
            .map(|holder| FactView {
                label: holder.agency.clone(),
                says: or_unknown(texts, &holder.holds),
            })
            .collect(),
        progress: plan
            .progress
            .iter()
            .rev()
            .map(|e| entry(texts, plan, e))
            .collect(),
        reviews: plan.reviews.len(),
        completes: follows(texts, report, plan, true),
        if_not: follows(texts, report, plan, false),
        fields: Vec::new(),
        errors: Vec::new(),
        versions: vec![version(&kept.version)],
        report: ReportStrip::of(report),
        home,
    }
}

fn or_unknown(texts: &PlanTexts, text: &str) -> String {
    if text.is_empty() {
        crate::english::capital(&texts.words.unknown)
    } else {
        text.to_owned()
    }
}

fn status(texts: &PlanTexts, entry: Option<&Entry>) -> String {
    let how = texts.how(entry.map(|entry| entry.how));
    match entry {
        Some(entry) => format!("{how}, {}", words::day(entry.on)),
        None => how.to_owned(),
    }
}

fn facts(texts: &PlanTexts, report: &LoadedReport, plan: &Plan) -> Vec<FactView> {
    let reach = Reach::of(&report.case);
    let reached = [reach.method, reach.times, reach.leave_out];
    let reached: Vec<String> = reached
        .into_iter()
        .filter(|said| !said.is_empty())
        .collect();
    let fact = |label: &str, says: String| FactView {
        label: label.into(),
        says: or_unknown(texts, &says),
    };
    let purpose = texts.purpose(&plan.purpose);
    let worker = plan.worker().cloned().unwrap_or_default();
    let parts = [&worker.name, &worker.role, &worker.agency, &worker.contact];
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    let parts: Vec<&str> = parts.map(String::as_str).collect();
    vec![
        fact("For", purpose.map_or_else(String::new, |p| p.name.clone())),
        fact("From", plan.starts.map_or_else(String::new, words::day)),
        fact("To", plan.ends.map_or_else(String::new, words::day)),
        fact("Link worker", parts.join(", ")),
        fact("What she wants", plan.wants.clone()),
        fact("Safe contact", reached.join(". ")),
    ]
}

fn entry(texts: &PlanTexts, plan: &Plan, entry: &Entry) -> EntryView {
    EntryView {
        what: match &entry.about {
            About::Step(number) => {
                let what = plan.step(*number).map_or("", |s| s.words.what.as_str());
                format!("Step {number}: {what}")
            }
            About::Outcome(outcome) => texts
                .outcome(outcome)
                .map_or_else(String::new, |o| o.says.to_string()),
        },
        how: texts.how(Some(entry.how)).to_owned(),
        when: format!("{}, {}", entry.by, words::day(entry.on)),
        note: entry.note.clone(),
        her_view: entry.her_view.clone(),
        record_only: entry.record_only,
    }
}

/// What completes, or what happens if the plan is not followed, each with its source.
fn follows(
    texts: &PlanTexts,
    report: &LoadedReport,
    plan: &Plan,
    completes: bool,
) -> Vec<FactView> {
    let purpose = texts.purpose(&plan.purpose);
    let lines = purpose.map(|p| if completes { &p.completes } else { &p.if_not });
    let true_here = lines.into_iter().flatten();
    true_here
        .filter(|line| line.holds_for(&report.case))
        .map(|line| {
            let checked = line.source.on().map(words::day).unwrap_or_default();
            let citation = &line.source.citation;
            FactView {
                label: line.says.to_string(),
                says: if line.source.verified {
                    format!("{citation}; seen {checked}")
                } else {
                    format!("{citation}; {}", texts.words.unchecked)
                },
            }
        })
        .collect()
}
