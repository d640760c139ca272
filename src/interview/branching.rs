//! Which prompts a case opens: an answer may open the next question or close it.
//!
//! Lives here: the reading of `when` and `formats`. A closed prompt keeps its
//! answer: nothing is deleted, and it comes back if the branch opens again.

use serde_json::Value;

use super::{
    held::{Held, at, is_blank},
    pack::{Condition, Interview, Prompt, Section},
};
use crate::case::CaseFile;

/// A prompt with the section it stands in.
pub type Step<'a> = (&'a Section, &'a Prompt);

impl Interview {
    /// True where every condition of the prompt holds, and those of the prompts it
    /// waits for.
    #[must_use]
    pub fn open(&self, prompt: &Prompt, case: &CaseFile) -> bool {
        self.open_in(prompt, &Held::of(case))
    }

    /// As [`Interview::open`], for a case file already opened.
    #[must_use]
    pub fn open_in(&self, prompt: &Prompt, held: &Held<'_>) -> bool {
        prompt.when.iter().all(|condition| {
            self.prompt(&condition.prompt).is_some_and(|on| {
                holds(condition, held.look(on).as_deref()) && self.open_in(on, held)
            })
        })
    }

    /// The prompts that this case is asked, in page order: open, and of its format.
    #[must_use]
    pub fn visible_prompts(&self, case: &CaseFile) -> Vec<Step<'_>> {
        self.visible_in(&Held::of(case))
    }

    /// As [`Interview::visible_prompts`], for a case file already opened.
    #[must_use]
    pub fn visible_in(&self, held: &Held<'_>) -> Vec<Step<'_>> {
        let format = held.case().format;
        self.prompts()
            .filter(|(_, p)| p.is_for(format))
            .filter(|(_, p)| self.open_in(p, held))
            .collect()
    }

    /// The visible prompt after this one in its section: where *Save and continue*
    /// leads. `None` after the section's last.
    #[must_use]
    pub fn following(&self, id: &str, case: &CaseFile) -> Option<&Prompt> {
        let visible = self.visible_prompts(case);
        let (section, _) = self.prompts().find(|(_, p)| p.id == id)?;
        let here = section.prompts.iter().position(|p| p.id == id)?;
        section.prompts[here + 1..]
            .iter()
            .find(|next| visible.iter().any(|(_, p)| p.id == next.id))
    }
}

fn holds(condition: &Condition, value: Option<&Value>) -> bool {
    let value = match condition.field.as_str() {
        "" => value,
        field => value.and_then(|v| at(v, field)),
    };
    let Some(value) = value.filter(|v| !is_blank(v)) else {
        return false;
    };
    let is_any = |ids: &[String]| ids.iter().any(|id| chosen(value, id));
    (condition.is.is_empty() || is_any(&condition.is)) && !is_any(&condition.is_not)
}

/// True where the value is this option, or holds it among others.
fn chosen(value: &Value, id: &str) -> bool {
    match value {
        Value::String(one) => one == id,
        Value::Bool(yes) => id == if *yes { "yes" } else { "no" },
        Value::Array(many) => many.iter().any(|one| chosen(one, id)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{case::CaseFile, content::ContentFiles, interview::Interview};

    fn case(answers: &serde_json::Value) -> CaseFile {
        crate::case::from_value(json!({"foreword_case": 1, "answers": answers})).unwrap()
    }

    fn pack() -> Interview {
        Interview::load(&ContentFiles::embedded().unwrap()).unwrap()
    }

    fn is_open(id: &str, case: &CaseFile) -> bool {
        let pack = pack();
        pack.open(pack.prompt(id).unwrap(), case)
    }

    #[test]
    fn a_prompt_opens_with_the_answer_it_waits_for_and_closes_without_it() {
        assert!(!is_open("previous-offending", &case(&json!({}))));
        assert!(!is_open(
            "previous-offending",
            &case(&json!({"previous": {"value": "none"}}))
        ));
        assert!(is_open(
            "previous-offending",
            &case(&json!({"previous": {"value": "some"}}))
        ));
    }

    #[test]
    fn one_option_among_several_opens_it() {
        let caring = json!({"caring": {"value": ["other-adult", "children-elsewhere"]}});
        assert!(is_open("children", &case(&caring)));
        assert!(!is_open(
            "children",
            &case(&json!({"caring": {"value": ["other-adult"]}}))
        ));
    }

    #[test]
    fn a_field_of_a_group_opens_it() {
        let yes = json!({"exploitation": {"value": {"experienced": "yes"}}});
        assert!(is_open("need-exploitation", &case(&yes)));
    }

    #[test]
    fn declining_keeps_what_waits_for_it_closed() {
        let declined = json!({"exploitation": {
            "state": "prefers-not-to-say", "value": {"experienced": "yes"}}});
        assert!(!is_open("need-exploitation", &case(&declined)));
    }

    #[test]
    fn a_fact_with_its_own_place_opens_it() {
        let mut with_order = CaseFile::new();
        assert!(!is_open("breach", &with_order));
        with_order.existing_orders =
            vec![serde_json::from_value(json!({"kind": "licence"})).unwrap()];
        assert!(is_open("breach", &with_order));
    }

    #[test]
    fn the_following_prompt_steps_over_what_is_closed() {
        let pack = pack();
        let none = case(&json!({"previous": {"value": "none"}}));
        assert_eq!(
            pack.following("previous", &none).map(|p| p.id.as_str()),
            Some("supervision-before")
        );
        assert_eq!(pack.following("earlier-custody", &none), None);
    }
}
