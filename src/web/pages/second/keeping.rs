//! What somebody types while she checks a report, kept as she types it: said by nobody
//! until she saves or answers.
//!
//! Lives here: taking it in from the page's own script, and giving it back. Not here: the
//! page (`checking`), or keeping it (`store::unsent`).

use axum::response::{IntoResponse, Response};

use super::checking::COMMENT;
use crate::{
    store::{ReportId, Unsent},
    web::{error::Error, form::Form, saving, state::AppState, visit::Countersigner},
};

/// What the script is told to do next.
const NEXT: &str = "Nobody sees it until you save or answer.";

/// What is kept of what she typed.
///
/// # Errors
/// The store fails.
pub(super) async fn kept(
    state: &AppState,
    checker: &Countersigner,
    id: ReportId,
) -> Result<Option<Unsent>, Error> {
    let checks = state.store().as_checker(checker.account.id);
    Ok(checks.unsent(id).await?)
}

/// Keeps the boxes of a form as they are; false where there is nothing to check any more.
///
/// # Errors
/// There is more than can be kept, or the store fails.
pub(super) async fn keep(
    state: &AppState,
    checker: &Countersigner,
    id: ReportId,
    form: &Form,
    seen: i64,
) -> Result<bool, Error> {
    let checks = state.store().as_checker(checker.account.id);
    let boxes = form.pairs().iter().filter(|(n, _)| n.starts_with(COMMENT));
    let boxes: Vec<(String, String)> = boxes.cloned().collect();
    Ok(checks.keep_unsent(id, boxes, seen, state.now()).await?)
}

/// Answers the page's own script, which sends the form as it is typed.
///
/// # Errors
/// There is nothing to check any more, or as [`keep`].
pub(super) async fn typed(
    state: &AppState,
    checker: &Countersigner,
    id: ReportId,
    form: &Form,
    seen: i64,
) -> Result<Response, Error> {
    let boxes = form.pairs().iter().filter(|(n, _)| n.starts_with(COMMENT));
    if boxes.clone().all(|(_, text)| text.trim().is_empty()) {
        state
            .store()
            .as_checker(checker.account.id)
            .drop_unsent(id)
            .await?;
        return Ok(saving::nothing_yet().into_response());
    }
    if keep(state, checker, id, form, seen).await? {
        Ok(saving::kept(state.now(), NEXT).into_response())
    } else {
        Err(Error::not_found())
    }
}
