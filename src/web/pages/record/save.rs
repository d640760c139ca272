//! Saving and removing one record of a list.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use serde_json::Value;

use super::{
    super::{conflict::ConflictPage, prompt::find, report::open},
    Address, At,
};
use crate::{
    case::{Answer, revision::Write},
    interview::form::from_form,
    store::Save,
    web::{
        asking::{said, said_record, told, writing},
        csrf::OurForm,
        error::Error,
        form::Form,
        state::AppState,
        visit::SignedIn,
    },
};

impl At<'_> {
    /// The write that makes `all` the list.
    fn write(&self, all: Vec<Value>) -> Write {
        let list = if all.is_empty() {
            Value::Null
        } else {
            Value::Array(all)
        };
        if !self.prompt.is_answer() {
            return Write::new(&self.prompt.place, list);
        }
        let before = self.report.case.answer(&self.prompt.id).cloned();
        let answer = Answer {
            value: (!list.is_null()).then_some(list),
            ..before.unwrap_or_else(|| Answer {
                visibility: self.prompt.visibility,
                ..Answer::default()
            })
        };
        writing::of_answer(self.prompt, answer.value.is_some().then_some(&answer))
    }

    /// The page for a clash. Records may have moved, so that *mine* is added as a new
    /// one rather than laid over what may now be another.
    fn conflict(&self, stale: &crate::store::Stale, form: &Form, mine: &Value) -> ConflictPage {
        let action = format!("{}/new", self.records());
        let theirs = said(self.prompt, &Value::Array(self.all.clone()));
        let yours = vec![said_record(self.prompt, mine).into()];
        ConflictPage::between(self.report, stale, form, action)
            .saying(&self.prompt.short, theirs, yours)
            .keeping(self.list())
    }
}

/// `POST` to the same address: saves the record and goes back to its list.
///
/// # Errors
/// There is no such report of hers, prompt or record, or the store fails.
pub async fn save(
    State(state): State<AppState>,
    author: SignedIn,
    Path((id, prompt, record)): Address,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let at = At::new(&report, find(&state, &prompt)?.1, &record)?;
    let seen = form.seen().ok_or_else(Error::not_understood)?;
    if form.one("again") == "edit" {
        return author.visit.page(&at.page(&form, &[], seen));
    }
    let value = match from_form(at.prompt, form.pairs()) {
        Ok(value) => value,
        Err((_, faults)) => {
            return author.visit.refused(&at.page(&form, &told(faults), seen));
        }
    };
    let mut all = at.all.clone();
    match at.number.and_then(|n| all.get_mut(n)) {
        Some(place) => *place = value.clone(),
        None => all.push(value.clone()),
    }
    let write = at.write(all);
    match author
        .reports(&state)
        .save(report.id, &[write], seen, state.now())
        .await?
    {
        Save::Saved { .. } => Ok(Redirect::to(&at.list()).into_response()),
        Save::Signed(mark) => Err(Error::signed(&mark)),
        Save::Stale(since) => {
            let page = at.conflict(&since, &form, &value);
            author
                .visit
                .page_as(axum::http::StatusCode::CONFLICT, &page)
        }
    }
}

/// `POST …/remove`: removes it, unless the list has changed since it was asked.
///
/// # Errors
/// There is no such report of hers, prompt or record, or the store fails.
pub async fn remove(
    State(state): State<AppState>,
    author: SignedIn,
    Path((id, prompt, record)): Address,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let at = At::new(&report, find(&state, &prompt)?.1, &record)?;
    let seen = form.seen().ok_or_else(Error::not_understood)?;
    let number = at.number.ok_or_else(Error::not_found)?;
    let mut all = at.all.clone();
    if number < all.len() {
        all.remove(number);
    }
    // Where the list has changed meanwhile nothing is removed, and the list, which
    // comes next, shows how it stands.
    let write = at.write(all);
    let saved = author
        .reports(&state)
        .save(report.id, &[write], seen, state.now())
        .await?;
    match saved {
        Save::Signed(mark) => Err(Error::signed(&mark)),
        Save::Saved { .. } | Save::Stale(_) => Ok(Redirect::to(&at.list()).into_response()),
    }
}
