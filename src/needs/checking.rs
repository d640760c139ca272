//! Whether the rules of `wants.toml` name prompts, fields and options that there are.
//!
//! Lives here: the reasons, with the nearest name there is. Not here: reading the file
//! (`wanting`).

use super::wanting::{Rule, Says};
use crate::{
    english::nearest,
    interview::{Choice, Interview, Kind, Prompt},
};

/// What is wrong with a rule.
pub(super) fn rule(rule: &Rule, interview: &Interview) -> Vec<String> {
    if rule.when.is_empty() {
        return vec!["`when` is empty; name the answer that says so".to_owned()];
    }
    let says = rule.when.iter();
    says.flat_map(|says| condition(says, interview)).collect()
}

/// What is wrong with a prompt's id.
pub(super) fn prompt(id: &str, interview: &Interview) -> Option<String> {
    let known = || interview.prompts().map(|(_, p)| p.id.as_str());
    let missing = interview.prompt(id).is_none();
    missing.then(|| format!("there is no prompt `{id}`{}", nearest(id, known())))
}

fn condition(says: &Says, interview: &Interview) -> Vec<String> {
    let Some(on) = interview.prompt(&says.prompt) else {
        return prompt(&says.prompt, interview).into_iter().collect();
    };
    let Some((kind, options)) = answered(says, on) else {
        let known = on.fields.iter().map(|f| f.id.as_str());
        let reason = if says.field.is_empty() {
            format!(
                "`{}` has several fields; name one with `field`: {}",
                on.id,
                known.collect::<Vec<_>>().join(", ")
            )
        } else {
            format!(
                "`{}` has no field `{}`{}",
                on.id,
                says.field,
                nearest(&says.field, known)
            )
        };
        return vec![reason];
    };
    let mut reasons = Vec::new();
    if says.more_than.is_some() && kind != Kind::Number {
        reasons.push(format!(
            "`more_than` is for numbers, and `{}` is none",
            on.id
        ));
    }
    let ids = || options.iter().map(|o| o.id.as_str());
    for id in says.is.iter().filter(|id| !ids().any(|o| o == *id)) {
        reasons.push(format!(
            "`{}` has no option `{id}`{}",
            on.id,
            nearest(id, ids())
        ));
    }
    reasons
}

/// Kind and options of what the rule asks about.
fn answered<'p>(says: &Says, prompt: &'p Prompt) -> Option<(Kind, &'p [Choice])> {
    if says.field.is_empty() {
        let single = !matches!(prompt.kind, Kind::Group | Kind::Records);
        return single.then_some((prompt.kind, prompt.options.as_slice()));
    }
    let field = prompt.field(&says.field)?;
    Some((field.kind, field.options.as_slice()))
}
