//! The case file's JSON: read with the path of any fault, written, and described
//! by a schema.

use serde_json::{Value, to_value};

use super::{CASE_FILE_VERSION, CaseFile, edit, refusal::plainly};

/// Why a case file was refused. Nothing of it is kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {reason}")]
pub struct CaseFileError {
    /// JSON path of the fault, such as `offences[0].convicted_on`; `(file)` where
    /// the text is not JSON at all.
    pub path: String,
    /// What is wrong and what would be right.
    pub reason: String,
}

/// Reads a case file from JSON text.
///
/// # Errors
/// Text that is not JSON, a field that is unknown, missing or of the wrong shape,
/// or a version this program does not know: with the JSON path and the reason.
pub fn from_json(text: &str) -> Result<CaseFile, CaseFileError> {
    let mut reader = serde_json::Deserializer::from_str(text.trim_start_matches('\u{feff}'));
    let case: CaseFile = serde_path_to_error::deserialize(&mut reader).map_err(fault)?;
    reader.end().map_err(|e| CaseFileError {
        path: "(file)".into(),
        reason: plainly(&e),
    })?;
    sound(case)
}

/// Reads a case file from a JSON value, such as one put together from the store.
///
/// # Errors
/// As [`from_json`].
pub fn from_value(value: Value) -> Result<CaseFile, CaseFileError> {
    serde_path_to_error::deserialize(value)
        .map_err(fault)
        .and_then(sound)
}

/// Writes a case file as JSON that a person can read and compare.
///
/// # Errors
/// None that a case file can cause; the type of the JSON library's own failure.
pub fn to_json(case: &CaseFile) -> Result<String, serde_json::Error> {
    let mut text = serde_json::to_string_pretty(case)?;
    text.push('\n');
    Ok(text)
}

/// What a case file holds beside its answers, notes and edits, as JSON. Answers hold JSON already, and
/// are most of a case; who wants the rest need not write them out again.
///
/// # Errors
/// As [`to_json`].
pub fn facts(case: &CaseFile) -> Result<Value, serde_json::Error> {
    // Each field by name, so that a new one cannot be forgotten here.
    let CaseFile {
        foreword_case: _,
        fictional,
        format,
        author,
        woman,
        hearing,
        offences,
        existing_orders,
        answers: _,
        enquiries,
        week,
        services,
        gaps,
        assessments,
        proposal,
        protected,
        // Reasons are for whoever checks the report; no template reads them.
        leaving: _,
        // The author's own: no prompt asks for them and no report reads them.
        notes: _,
        // Laid over the draft once it is written: no passage reads them.
        edits: _,
        wording: _,
    } = case;
    let fields = [
        ("fictional", to_value(fictional)),
        ("format", to_value(format)),
        ("author", to_value(author)),
        ("woman", to_value(woman)),
        ("hearing", to_value(hearing)),
        ("offences", to_value(offences)),
        ("existing_orders", to_value(existing_orders)),
        ("enquiries", to_value(enquiries)),
        ("week", to_value(week)),
        ("services", to_value(services)),
        ("gaps", to_value(gaps)),
        ("assessments", to_value(assessments)),
        ("proposal", to_value(proposal)),
        ("protected", to_value(protected)),
    ];
    let named = fields.into_iter().map(|(n, v)| Ok((n.to_owned(), v?)));
    named.collect::<Result<_, _>>().map(Value::Object)
}

/// The JSON Schema of the case file, before prompts are added to `answers`.
#[must_use]
pub fn schema() -> Value {
    schemars::schema_for!(CaseFile).to_value()
}

/// The case file where it is of this version and its edits can be kept.
fn sound(case: CaseFile) -> Result<CaseFile, CaseFileError> {
    if case.foreword_case == CASE_FILE_VERSION {
        return edit::unfit(&case).map_or(Ok(case), Err);
    }
    Err(CaseFileError {
        path: "foreword_case".into(),
        reason: format!(
            "this program reads version {CASE_FILE_VERSION} of the case file, not version {}",
            case.foreword_case
        ),
    })
}

fn fault(error: serde_path_to_error::Error<serde_json::Error>) -> CaseFileError {
    let path = error.path().to_string();
    CaseFileError {
        path: if path == "." { "(file)".into() } else { path },
        reason: plainly(&error.into_inner()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_the_case_file_without_its_answers() {
        let case = from_json(include_str!("../../tests/cases/angela.json")).unwrap();
        let facts = facts(&case).unwrap();
        let mut whole = to_value(&case).unwrap();
        let whole = whole.as_object_mut().unwrap();
        assert!(whole.remove("answers").is_some());
        whole.remove("foreword_case");
        whole.remove("notes");
        whole.remove("edits");
        whole.remove("leaving");
        whole.remove("wording");
        for (name, value) in whole {
            assert_eq!(facts.get(name), Some(&*value), "{name}");
        }
        assert_eq!(facts.get("answers"), None);
    }
}
