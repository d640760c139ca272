//! Her paper: what is on it, and what is left for her worker to go through with her.

use std::collections::BTreeMap;

use serde::Serialize;

use super::contexts::{Printing, on, one_line, reviews, theme_name};
use crate::{
    consultancy::plan::{About, Plan, Step, content::Consequence},
    report::{letters::Reach, words},
};

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
        let (shown, is_plain) = her_step(plan, step, printing, &unknown);
        let text = [&shown.what, &shown.who, &shown.place, &shown.when];
        if hidden || !fit(&text.map(String::as_str).join("\n")) {
            report.kept.push(step.number);
            continue;
        }
        if !is_plain {
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
    let in_plain = printing.texts.plain(&step.requirement, amount);
    let put = [step.for_her.trim(), in_plain.as_str()];
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

/// As little as can be, and everything.
pub(super) fn her_samples() -> [Her; 2] {
    let full = Her {
        fictional: true,
        first_name: "Words".to_owned(),
        purpose: "Words".to_owned(),
        worker: "Words".to_owned(),
        before: "Words".to_owned(),
        contact: "Words".to_owned(),
        wants: "Words".to_owned(),
        goals: vec![Goal::default()],
        steps: vec![HerStep::default()],
        kept: true,
        reviews: vec!["Words".to_owned()],
        completes: vec!["Words".to_owned()],
        if_not: vec!["Words".to_owned()],
        unknown: "Words".to_owned(),
    };
    [Her::default(), full]
}
