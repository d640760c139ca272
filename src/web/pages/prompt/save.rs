//! Saving one prompt: judged, written, and on to the next.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};

use super::{
    super::{conflict::ConflictPage, report::open},
    At, find,
};
use crate::{
    interview::{Kind, LONE_FIELD, Prompt, value_in},
    store::Save,
    web::{
        asking::{Faults, said, writing},
        csrf::OurForm,
        error::Error,
        form::Form,
        state::AppState,
        visit::SignedIn,
    },
};

/// `POST /reports/{id}/prompts/{prompt}`: saves, and goes on to the next prompt.
///
/// # Errors
/// There is no such report of hers or no such prompt, or the store fails.
pub async fn save(
    State(state): State<AppState>,
    author: SignedIn,
    Path((id, prompt)): Path<(String, String)>,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let (section, prompt) = find(&state, &prompt)?;
    let at = At {
        interview: state.interview(),
        report: &report,
        section,
        prompt,
    };
    let seen = form.seen().ok_or_else(Error::not_understood)?;
    if form.one("again") == "source" {
        // One more row for a source: nothing is saved yet, and nothing typed is lost.
        return author.visit.page(&at.page(&form, &[], seen));
    }
    if form.one("again") == "edit" {
        let mut page = at.page(&form, &[], seen);
        page.saved_meanwhile = value_in(prompt, &report.case)
            .map(|v| said(prompt, &v))
            .unwrap_or_default();
        return author.visit.page(&page);
    }
    let read = unknown_place(prompt, &form, &state).map_or_else(
        || writing::read(prompt, report.case.answer(&prompt.id), &form),
        Err,
    );
    let writes = match read {
        Ok(writes) => writes,
        Err(faults) => return author.visit.refused(&at.page(&form, &faults, seen)),
    };
    if !writes.is_empty() {
        let save = author
            .reports(&state)
            .save(report.id, &writes, seen, state.now())
            .await?;
        match save {
            Save::Saved { .. } => {}
            Save::Signed(mark) => return Err(Error::signed(&mark)),
            Save::Stale(since) => {
                let page = ConflictPage::new(&report, prompt, &writes, &since, &form, at.address());
                return author
                    .visit
                    .page_as(axum::http::StatusCode::CONFLICT, &page);
            }
        }
    }
    // What was just saved may open the next prompt or close it.
    let report = open(&state, &author, &id).await?;
    Ok(Redirect::to(&at.onwards(&report)).into_response())
}

/// A place that the geography does not know, told before it is saved: everything
/// local rests on it.
fn unknown_place(prompt: &Prompt, form: &Form, state: &AppState) -> Option<Faults> {
    let typed = form.one(LONE_FIELD);
    if prompt.kind != Kind::Area || typed.is_empty() {
        return None;
    }
    let unknown = state.pack().directory.place(typed).err()?;
    Some(vec![(LONE_FIELD.to_owned(), unknown.to_string())])
}
