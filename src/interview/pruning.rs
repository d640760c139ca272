//! The part of a case that its prompts ask for: what stands behind a branch that has
//! closed, or behind a prompt of a longer report only, is kept in the case file and
//! is not written from.
//!
//! Lives here: leaving out. Not here: when a prompt is open (`branching`). Nothing is
//! deleted: when the branch opens again, so does what was answered behind it.

use std::borrow::Cow;

use serde_json::Value;

use super::{
    held::Held,
    pack::{Interview, Kind, Prompt},
};
use crate::case::{
    CaseFile, from_value,
    revision::{Write, apply, touches},
};

impl Interview {
    /// The case without the answers and facts of prompts that it is not asked. Terms
    /// that must not leave are sought in the whole case, never in this.
    #[must_use]
    pub fn asked_part<'c>(&self, case: &'c CaseFile) -> Cow<'c, CaseFile> {
        self.asked_part_of(&Held::of(case))
    }

    /// As [`Interview::asked_part`], for a case file already opened.
    #[must_use]
    pub fn asked_part_of<'c>(&self, held: &Held<'c>) -> Cow<'c, CaseFile> {
        let case = held.case();
        let unasked = |p: &&Prompt| !p.is_for(case.format) || !self.open_in(p, held);
        let mut answers = Vec::new();
        let mut facts = Vec::new();
        for prompt in self.prompts().map(|(_, p)| p).filter(unasked) {
            if !prompt.is_answer() {
                facts.push(prompt);
            } else if case.answer(&prompt.id).is_some() {
                answers.push(prompt.id.as_str());
            }
        }
        if answers.is_empty() && facts.is_empty() {
            return Cow::Borrowed(case);
        }
        let mut part = case.clone();
        part.answers.retain(|id, _| !answers.contains(&id.as_str()));
        Cow::Owned(self.without_facts(&facts, part))
    }

    /// Empties the places of prompts that are not asked, but for those that another
    /// prompt asks for too.
    fn without_facts(&self, unasked: &[&Prompt], case: CaseFile) -> CaseFile {
        let asked: Vec<String> = self
            .prompts()
            .map(|(_, p)| p)
            .filter(|p| !p.is_answer() && !unasked.iter().any(|u| u.id == p.id))
            .flat_map(places)
            .collect();
        let closed = unasked.iter().flat_map(|p| places(p));
        let empty: Vec<String> = closed
            .filter(|place| !asked.iter().any(|other| touches(place, other)))
            .collect();
        if empty.is_empty() {
            return case;
        }
        let Ok(mut whole) = serde_json::to_value(&case) else {
            return case;
        };
        for place in empty {
            remove(&mut whole, &place);
        }
        from_value(whole).unwrap_or(case)
    }
}

/// The places in the case file that a fact's prompt fills.
fn places(prompt: &Prompt) -> Vec<String> {
    match prompt.kind {
        Kind::Group => {
            let fields = prompt.fields.iter();
            fields
                .map(|f| format!("{}.{}", prompt.place, f.id))
                .collect()
        }
        _ => vec![prompt.place.clone()],
    }
}

fn remove(whole: &mut Value, place: &str) {
    let (outer, name) = place.rsplit_once('.').unwrap_or(("", place));
    if outer.is_empty() {
        if let Value::Object(fields) = whole {
            fields.remove(name);
        }
        return;
    }
    let there = outer
        .split('.')
        .try_fold(&*whole, |at, part| at.get(part))
        .is_some_and(|at| at.get(name).is_some());
    if there {
        let none = serde_json::json!({ name: null });
        apply(whole, &Write::new(outer, none));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{case::Format, content::ContentFiles};

    fn pack() -> Interview {
        Interview::load(&ContentFiles::embedded().unwrap()).unwrap()
    }

    fn case(more: &Value) -> CaseFile {
        let mut file = json!({"foreword_case": 1});
        apply(&mut file, &Write::new("answers", more["answers"].clone()));
        apply(&mut file, &Write::new("proposal", more["proposal"].clone()));
        from_value(file).unwrap()
    }

    #[test]
    fn what_stands_behind_a_closed_branch_is_left_out_and_comes_back_with_it() {
        let answers = |previous: &str| {
            case(&json!({"answers": {
                "previous": {"value": previous},
                "previous-offending": {"value": "Thefts from shops."},
            }, "proposal": {}}))
        };
        let (closed, open) = (answers("none"), answers("some"));
        let pack = pack();
        let part = pack.asked_part(&closed);
        assert_eq!(part.value("previous-offending"), None);
        assert!(part.value("previous").is_some());
        assert!(closed.value("previous-offending").is_some(), "it is kept");
        assert!(matches!(pack.asked_part(&open), Cow::Borrowed(_)));
    }

    #[test]
    fn a_fact_that_is_not_asked_for_is_left_out_unless_another_prompt_asks_for_it() {
        let mut pack = pack();
        for prompt in pack.sections.iter_mut().flat_map(|s| &mut s.prompts) {
            if ["rationale", "enforcement"].contains(&prompt.id.as_str()) {
                prompt.formats = vec![Format::Standard];
            }
        }
        let short = case(&json!({"answers": {}, "proposal": {
            "rationale": "Because.", "enforcement": "Then.", "months": 12}}));
        let part = pack.asked_part(&short);
        assert_eq!(part.proposal.rationale, None);
        assert_eq!(part.proposal.enforcement, None);
        assert_eq!(part.proposal.months, Some(12));
        let another = Prompt {
            id: "why-this".into(),
            place: "proposal.rationale".into(),
            ..Prompt::default()
        };
        pack.sections[0].prompts.push(another);
        let part = pack.asked_part(&short);
        assert_eq!(part.proposal.rationale.as_deref(), Some("Because."));
    }
}
