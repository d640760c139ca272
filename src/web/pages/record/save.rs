//! Saving and removing one record of a list.

use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use serde_json::Value;

use super::{
    super::{conflict::ConflictPage, prompt::find, report::open},
    Address, At, Came, RecordPage,
};
use crate::{
    case::{Answer, revision::Write},
    interview::{
        form::{from_form, to_form},
        value_in,
    },
    store::{LoadedReport, Save, Stale},
    web::{
        asking::{Faults, said, said_record, told, writing},
        csrf::OurForm,
        error::Error,
        form::Form,
        saving::{self, Keeping, ReportForm},
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

    /// The record as the form gives it.
    fn typed(&self, form: &Form) -> Result<Value, Faults> {
        from_form(self.prompt, form.pairs()).map_err(|(_, faults)| told(faults))
    }
}

impl ReportForm for At<'_> {
    type Page = RecordPage;

    fn address(&self) -> String {
        self.address()
    }

    fn held(&self) -> Form {
        let begun = || {
            let has_what = self.prompt.fields.iter().any(|f| f.id == "what");
            let what = Some(self.came.what.clone()).filter(|w| has_what && !w.is_empty());
            what.map(|what| ("what".to_owned(), what))
                .into_iter()
                .collect()
        };
        let record = self.held_record();
        Form::new(record.map_or_else(begun, |r| to_form(self.prompt, r)))
    }

    fn read(&self, form: &Form) -> Result<Vec<Write>, Faults> {
        let typed = self.typed(form)?;
        let mut all = self.all.clone();
        match self.number.and_then(|n| all.get_mut(n)) {
            Some(place) => *place = typed,
            None => all.push(typed),
        }
        Ok(vec![self.write(all)])
    }

    fn page(
        &self,
        form: &Form,
        faults: &[(String, String)],
        keeping: Keeping,
    ) -> Result<RecordPage, Error> {
        Ok(self.page(form, faults, keeping))
    }

    /// Records may have moved, so that *mine* is added as a new one rather than laid
    /// over what may now be another.
    fn clash(&self, form: &Form, stale: &Stale) -> Result<ConflictPage, Error> {
        let action = self.record_at("new");
        let theirs = said(self.prompt, &Value::Array(self.all.clone()));
        let typed = self.typed(form).unwrap_or_default();
        let yours = vec![said_record(self.prompt, &typed).into()];
        let page = ConflictPage::between(self.report, stale, form, action);
        Ok(page.saying(&self.prompt.short, theirs, yours))
    }

    fn onwards(&self, _: &LoadedReport) -> String {
        self.list()
    }

    fn set_aside(&self) -> String {
        self.list()
    }

    fn adds(&self) -> bool {
        true
    }

    fn is_there(&self, now: &LoadedReport, form: &Form) -> bool {
        let last = match value_in(self.prompt, &now.case) {
            Some(Value::Array(mut all)) => all.pop(),
            _ => None,
        };
        self.held_record().is_none() && last.is_some() && last == self.typed(form).ok()
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
    Query(came): Query<Came>,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let at = At::new(&report, find(&state, &prompt)?.1, &record)?.coming(came);
    saving::save(&state, &author, &report, &at, &form).await
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
