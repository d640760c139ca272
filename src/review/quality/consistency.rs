//! Where a report does not agree with itself: needs that nothing answers, requirements
//! that answer nothing, and what `levels` and `figures` read in its text.
//!
//! Not here: any sentence (`report-templates/quality/consistency.toml`).

use super::{
    Looked, QualityTexts,
    checks::{answer_to, may_be_named, name_of, pressing, theme, traced},
};
use crate::{
    case::{AnswerState, OrderKind},
    finding::{Basis, Finding},
    needs,
    report::Passage,
};

impl QualityTexts {
    /// Every finding, each once.
    pub(super) fn consistency(&self, looked: &Looked<'_>) -> Vec<Finding> {
        let mut found = self.needs_and_requirements(looked);
        found.extend(self.levels_apart(looked));
        found.extend(self.levels_in_text(looked));
        found.extend(self.figures_in_text(looked));
        let mut once: Vec<Finding> = Vec::new();
        for finding in found {
            let same = |f: &Finding| f.code == finding.code && f.what == finding.what;
            if !once.iter().any(same) {
                once.push(finding);
            }
        }
        once
    }

    fn needs_and_requirements(&self, looked: &Looked<'_>) -> Vec<Finding> {
        let case = looked.case;
        let mut found = Vec::new();
        let needs = needs::needs(case, looked.interview);
        let proposes = case.proposal.order.is_some()
            && case.proposal.order != Some(OrderKind::CustodyUnavoidable);
        if proposes {
            let open = needs.iter().filter(|n| pressing(n));
            for need in open.filter(|n| answer_to(n, looked).is_none()) {
                let level = level_of_need(looked, need);
                let with = [("need", theme(looked, &need.theme)), ("level", level)];
                let at = format!("answers.{}", need.prompt);
                found.extend(self.said("consistency.need-unanswered", &with, &at));
            }
        }
        let on_record = needs::needs_on_record(case, looked.interview);
        for (number, requirement) in case.proposal.requirements.iter().enumerate() {
            let name = name_of(requirement, looked);
            let at = format!("proposal.requirements[{number}]");
            if !traced(requirement) {
                let with = [("requirement", name.clone())];
                found.extend(self.said("consistency.requirement-without-need", &with, &at));
            }
            for id in requirement
                .needs
                .iter()
                .filter(|id| may_be_named(looked, id))
            {
                let answer = looked.case.answer(&format!("need-{id}"));
                let chosen = answer.is_some_and(|a| {
                    !matches!(
                        a.state,
                        AnswerState::Answered | AnswerState::KnownFromRecord
                    )
                });
                if chosen || on_record.iter().any(|n| n.theme == **id) {
                    continue;
                }
                let with = [("requirement", name.clone()), ("need", theme(looked, id))];
                found.extend(self.said("consistency.need-not-found", &with, &at));
            }
        }
        found
    }

    /// A finding by its code, filled in, about a place.
    pub(super) fn said(&self, code: &str, with: &[(&str, String)], at: &str) -> Option<Finding> {
        let with: Vec<(&str, &str)> = with.iter().map(|(n, v)| (*n, v.as_str())).collect();
        Some(self.said.say(code, &with)?.at(at))
    }
}

/// How much of a need there is, as the report prints it.
fn level_of_need(looked: &Looked<'_>, need: &needs::Need) -> String {
    let prompt = looked.interview.prompt(&need.prompt);
    let field = prompt.and_then(|p| p.field("level"));
    let id = need.level.label().to_lowercase();
    let option = field.and_then(|f| f.options.iter().find(|o| o.id == id));
    option.map_or(id.clone(), |o| o.prints.to_string())
}

/// The passages of some sections.
pub(super) fn passages<'a>(
    looked: &Looked<'a>,
    sections: &'a [String],
) -> impl Iterator<Item = &'a Passage> {
    let draft = looked.draft;
    let wanted = draft.sections.iter().filter(|s| sections.contains(&s.id));
    wanted.flat_map(|section| &section.passages)
}

/// A finding about what a passage says: its place is the first prompt it rests on.
pub(super) fn about(finding: Finding, passage: &Passage) -> Finding {
    let rests = passage.evidence.iter();
    let rests = rests.map(|e| Basis::new(e.label.to_lowercase(), e.place.as_str()));
    let finding = finding.resting_on(rests);
    match passage.evidence.first() {
        Some(first) => finding.at(first.place.as_str()),
        None => finding,
    }
}
