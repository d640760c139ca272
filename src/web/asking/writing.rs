//! What a prompt's page changes in the case file.

use serde_json::{Value, json};

use super::{Faults, about, picks, told, within};
use crate::{
    case::{Answer, AnswerState, revision::Write},
    interview::{Kind, Prompt, form::from_form},
    web::form::Form,
};

/// What the form of a prompt's page changes, where the case file holds `before`.
///
/// # Errors
/// What is wrong with the form, each fault with the name of its field.
pub fn read(prompt: &Prompt, before: Option<&Answer>, form: &Form) -> Result<Vec<Write>, Faults> {
    if !prompt.is_answer() {
        let read = from_form(prompt, form.pairs());
        let value = read.map_err(|(_, faults)| told(faults))?;
        return Ok(of_fact(prompt, &value));
    }
    let about = about::read(form);
    let declined = about.as_ref().is_ok_and(|a| {
        !matches!(
            a.state,
            AnswerState::Answered | AnswerState::KnownFromRecord
        )
    });
    let value = match prompt.kind {
        Kind::Records => Ok(before.and_then(|a| a.value.clone()).unwrap_or_default()),
        _ if declined => unfinished(prompt, form),
        _ => from_form(prompt, form.pairs()).map_err(|(_, faults)| told(faults)),
    };
    let (value, mut answer) = match (value, about) {
        (Ok(value), Ok(answer)) => (value, answer),
        (value, about) => {
            let mut faults = value.err().unwrap_or_default();
            faults.extend(about.err().unwrap_or_default());
            return Err(faults);
        }
    };
    let said_beside = !answer.sources.is_empty()
        || answer.escalation.is_some()
        || answer.visibility != prompt.visibility;
    if value.is_null() && !declined && !said_beside {
        return Ok(before
            .map(|_| of_answer(prompt, None))
            .into_iter()
            .collect());
    }
    answer.value = (!value.is_null()).then_some(value);
    let fixed = usize::from(answer.state == AnswerState::KnownFromRecord);
    let before = before.map_or(&[][..], |a| &a.sources);
    answer.sources = picks::in_order(answer.sources, before, fixed);
    Ok(vec![of_answer(prompt, Some(&answer))])
}

/// The writes that put `value` where the prompt keeps it.
///
/// A fact of several fields is written field by field, so that saving one page does
/// not clash with another page about the same thing.
fn of_fact(prompt: &Prompt, value: &Value) -> Vec<Write> {
    match prompt.kind {
        Kind::Group => {
            let held = |id: &str| within(Some(value), id).cloned().unwrap_or_default();
            let write = |id: &str| Write::new(format!("{}.{id}", prompt.place), held(id));
            prompt.fields.iter().map(|f| write(&f.id)).collect()
        }
        _ => vec![Write::new(&prompt.place, value.clone())],
    }
}

/// The write that makes this the prompt's answer; `None` takes it away.
#[must_use]
pub fn of_answer(prompt: &Prompt, answer: Option<&Answer>) -> Write {
    Write::new(prompt.path(), answer.map_or(Value::Null, |a| json!(a)))
}

/// What was typed before it was found that she would not be asked, or would rather not
/// say. It is kept, unused, in case that changes; so nothing in it need be complete.
fn unfinished(prompt: &Prompt, form: &Form) -> Result<Value, Faults> {
    let mut relaxed = prompt.clone();
    relaxed.needed_for.clear();
    for field in &mut relaxed.fields {
        field.required = false;
    }
    from_form(&relaxed, form.pairs()).map_err(|(_, faults)| told(faults))
}

#[cfg(test)]
mod tests;
