//! The two example reports, which describe nobody, for whoever tries Foreword out.

use super::state::AppState;
use crate::{
    case::{self, CaseFileError, EXAMPLES, revision::unfold},
    store::{NewReport, ReportId, SaveError},
};

/// Loads them for the first account, unless it has an example already.
///
/// # Errors
/// The store fails.
pub async fn load(state: &AppState) -> Result<(), SaveError> {
    let accounts = state.store().accounts().await?;
    let Some(first) = accounts.first() else {
        return Ok(());
    };
    let author = state.store().as_author(first.id);
    if author.list().await?.iter().any(|report| report.fictional) {
        return Ok(());
    }
    for (_, example) in EXAMPLES {
        let case = case::from_json(example).map_err(SaveError::Unfit)?;
        let writes = unfold(&case).map_err(|e| {
            SaveError::Unfit(CaseFileError {
                path: "(file)".into(),
                reason: e.to_string(),
            })
        })?;
        let now = state.now();
        let report = NewReport {
            id: ReportId::new(now),
            pack_version: &state.stamp().await?,
            writes: &writes,
        };
        author.create_report(report, now).await?;
    }
    Ok(())
}
