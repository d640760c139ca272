//! What is still to be asked, for somebody who goes away from the screen to ask it:
//! what is open and not settled, and what an answer to it may yet open.
//!
//! Not here: progress (`progress`), which counts only what is open already.

use super::{
    branching::Step,
    held::Held,
    pack::{Condition, Interview, Prompt},
};
use crate::case::CaseFile;

/// A prompt that is still to be asked.
#[derive(Debug, Clone)]
pub struct ToAsk<'a> {
    /// The prompt in its section.
    pub step: Step<'a>,
    /// True where this kind of report is not fit to finish without it.
    pub needed: bool,
    /// What has to be answered first, and how; empty where it is open already.
    pub only_if: Vec<OnlyIf<'a>>,
}

/// A condition that is not met yet, and may be.
#[derive(Debug, Clone)]
pub struct OnlyIf<'a> {
    /// The prompt that decides.
    pub on: &'a Prompt,
    /// Labels of the answers that open it; empty where any answer does.
    pub answers: Vec<&'a str>,
}

impl Interview {
    /// Everything that is still to be asked for this kind of report, in page order.
    /// What is settled is absent, and so is what can no longer open.
    #[must_use]
    pub fn to_ask(&self, case: &CaseFile) -> Vec<ToAsk<'_>> {
        let held = Held::of(case);
        let prompts = self.prompts();
        prompts
            .filter(|(_, p)| p.is_for(case.format) && !self.is_settled_in(p, &held))
            .filter_map(|step| {
                Some(ToAsk {
                    step,
                    needed: step.1.needed_for.contains(&case.format),
                    only_if: self.only_if(step.1, &held)?,
                })
            })
            .collect()
    }

    /// What a prompt waits for; `None` where it waits in vain.
    fn only_if(&self, prompt: &Prompt, held: &Held<'_>) -> Option<Vec<OnlyIf<'_>>> {
        let mut waits = Vec::new();
        for condition in &prompt.when {
            let on = self.prompt(&condition.prompt)?;
            let alone = Prompt {
                when: vec![condition.clone()],
                ..Prompt::default()
            };
            if self.open_in(&alone, held) {
                continue;
            }
            if self.is_settled_in(on, held) && self.open_in(on, held) {
                return None;
            }
            self.only_if(on, held)?;
            waits.push(OnlyIf {
                on,
                answers: answers(condition, on),
            });
        }
        Some(waits)
    }
}

/// The labels of what meets the condition.
fn answers<'a>(condition: &Condition, on: &'a Prompt) -> Vec<&'a str> {
    let options = match condition.field.as_str() {
        "" => Some(&on.options),
        field => on.field(field).map(|f| &f.options),
    };
    if condition.is.is_empty() && condition.is_not.is_empty() {
        return Vec::new();
    }
    let fits = |id: &String| {
        (condition.is.is_empty() || condition.is.contains(id)) && !condition.is_not.contains(id)
    };
    let options = options.into_iter().flatten();
    options
        .filter(|o| fits(&o.id))
        .map(|o| o.label.as_str())
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{
        case::{Format, from_json, from_value},
        content::ContentFiles,
    };

    fn pack() -> Interview {
        Interview::load(&ContentFiles::embedded().unwrap()).unwrap()
    }

    fn ids<'a>(to_ask: &[ToAsk<'a>]) -> Vec<&'a str> {
        to_ask.iter().map(|t| t.step.1.id.as_str()).collect()
    }

    #[test]
    fn a_new_case_is_asked_everything_with_what_may_open_marked_as_such() {
        let pack = pack();
        let case = CaseFile::new();
        let to_ask = pack.to_ask(&case);
        let open: Vec<&str> = to_ask
            .iter()
            .filter(|t| t.only_if.is_empty())
            .map(|t| t.step.1.id.as_str())
            .collect();
        let visible: Vec<&str> = pack
            .visible_prompts(&case)
            .iter()
            .filter(|(_, p)| !pack.is_settled(p, &case))
            .map(|(_, p)| p.id.as_str())
            .collect();
        assert_eq!(open, visible);
        let later = to_ask
            .iter()
            .find(|t| t.step.1.id == "previous-offending")
            .unwrap();
        assert_eq!(later.only_if[0].on.id, "previous");
        assert!(!later.only_if[0].answers.is_empty());
    }

    #[test]
    fn what_is_settled_or_can_no_longer_open_is_absent() {
        let pack = pack();
        let case = from_value(json!({"foreword_case": 1, "answers": {
            "previous": {"value": "none"},
            "abuse-victim": {"state": "prefers-not-to-say"},
        }}))
        .unwrap();
        let to_ask = pack.to_ask(&case);
        for absent in ["previous", "previous-offending", "abuse-victim"] {
            assert!(!ids(&to_ask).contains(&absent), "{absent}");
        }
    }

    #[test]
    fn a_complete_case_leaves_nothing_needed_to_ask() {
        let pack = pack();
        let mut case = from_json(include_str!("../../tests/cases/angela.json")).unwrap();
        for format in Format::ALL {
            case.format = format;
            let to_ask = pack.to_ask(&case);
            assert!(to_ask.iter().all(|t| !t.needed), "{:?}", ids(&to_ask));
        }
    }
}
