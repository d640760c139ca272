//! Every version that one place of a report has had: what was written there, by whom,
//! when. The log already holds them; here they are picked out of it.
//!
//! Not here: the whole log (`reports`), or what a version means (`case`).

use serde_json::Value;

use super::{AuthorStore, ReportId, RevisionRow, StoreError};
use crate::case::revision::{Write, apply, touches};

impl AuthorStore<'_> {
    /// Every version of one place of one of her reports, oldest first: the value it had
    /// after each write that changed it, `null` where that emptied it. None where the
    /// report is not hers.
    ///
    /// # Errors
    /// The database failed, or the report was changed outside the program.
    pub async fn versions(
        self,
        report: ReportId,
        place: &str,
    ) -> Result<Option<Vec<RevisionRow>>, StoreError> {
        let history = self.history(report).await?;
        Ok(history.map(|log| of_place(log, place)))
    }
}

/// The writes of a log that changed a place, each with what the place then held.
fn of_place(log: Vec<RevisionRow>, place: &str) -> Vec<RevisionRow> {
    let mut whole = Value::Null;
    let mut held = Value::Null;
    let mut versions = Vec::new();
    for row in log.into_iter().filter(|row| touches(&row.place, place)) {
        apply(&mut whole, &Write::new(&row.place, row.value.clone()));
        let now = at(&whole, place);
        if now == held {
            continue;
        }
        held = now.clone();
        versions.push(RevisionRow {
            place: place.to_owned(),
            value: now,
            ..row
        });
    }
    versions
}

fn at(whole: &Value, place: &str) -> Value {
    let found = place.split('.').try_fold(whole, |at, part| at.get(part));
    found.cloned().unwrap_or_default()
}
