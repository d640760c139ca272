//! What the wording check says of one answer as it is saved, beside its prompt.
//!
//! Not here: what is found (`review::wording`), or acting on it (`pages/wording.rs`).

use crate::{
    interview::Prompt,
    store::LoadedReport,
    web::{
        error::Error,
        state::AppState,
        wording::{Of, WordingView},
    },
};

/// Wording to look at in the answer of a prompt. It is looked at as the report prints it:
/// her own words stand in quotation marks there, and what is kept on the record does not
/// stand there at all.
///
/// # Errors
/// The directory cannot be read, or a passage fails.
pub(super) async fn wording(
    state: &AppState,
    report: &LoadedReport,
    prompt: &Prompt,
) -> Result<Vec<WordingView>, Error> {
    let answer = report.case.answer(&prompt.id);
    if !prompt.is_answer() || answer.and_then(|a| a.for_report()).is_none_or(is_chosen) {
        return Ok(Vec::new());
    }
    let directory = state.directory().await?;
    let pack = state.pack();
    let (draft, _) = pack
        .draft_with(&report.case, &directory, state.today())
        .map_err(|e| Error::broken(&e))?;
    let of = Of {
        id: report.id,
        case: &report.case,
        interview: state.interview(),
        signed: report.signed.is_some(),
    };
    let place = prompt.path();
    let open = pack.wording_of(&draft, &report.case).open.into_iter();
    let mine = open.filter(|f| f.comes_from.iter().any(|from| from.place == place));
    Ok(mine.map(|f| WordingView::new(&f, of, &[])).collect())
}

/// True for a value that nobody wrote: it was chosen, or is one word.
fn is_chosen(value: &serde_json::Value) -> bool {
    match value {
        serde_json::Value::String(text) => !text.trim().contains(' '),
        serde_json::Value::Array(items) => items.iter().all(is_chosen),
        serde_json::Value::Object(fields) => fields.values().all(is_chosen),
        _ => true,
    }
}
