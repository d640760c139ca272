//! The wording check on a report: what is still to look at, and what the author left as
//! it is, with her reason.
//!
//! Not here: any rule (`review::wording`).

use super::Pack;
use crate::{
    case::CaseFile,
    finding::Finding,
    report::Draft,
    review::{WordingFinding, wording},
};

/// What the wording check says of a report.
#[derive(Debug, Clone, Default)]
pub struct Wording {
    /// What is to be looked at.
    pub open: Vec<WordingFinding>,
    /// What the author left as it is, each with her reason.
    pub left: Vec<(WordingFinding, String)>,
}

impl Wording {
    /// What is to be looked at, as findings among those of other checks.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        self.open.iter().map(WordingFinding::as_finding).collect()
    }
}

impl Pack {
    /// Wording to look at in a draft of a case, in the order of the report. It never
    /// stops anything, and no report shows it.
    #[must_use]
    pub fn wording_of(&self, draft: &Draft, case: &CaseFile) -> Wording {
        let mut wording = Wording::default();
        for finding in wording::check(draft, case, &self.wording) {
            match case.wording.dismissed.get(&finding.key) {
                Some(left) => wording.left.push((finding, left.reason.clone())),
                None => wording.open.push(finding),
            }
        }
        wording
    }
}
