//! What is found about the services of a case, and whether its report may be signed.
//!
//! Lives here: handing the directory as it stands, and what she needs, to the checks.
//! Not here: any rule or sentence (`review::services`).

use chrono::NaiveDate;

use super::Pack;
use crate::{
    case::CaseFile,
    directory::{Directory, Judged, Why},
    finding::{Finding, Severity},
    report::DraftError,
    review::services::{Judging, ServiceFindings},
};

impl Pack {
    /// Every finding on the services of a case, judged by this directory.
    #[must_use]
    pub fn service_findings(
        &self,
        case: &CaseFile,
        directory: &Directory,
        today: NaiveDate,
    ) -> ServiceFindings {
        let question = self.question(case, today);
        let lives_in = case.woman.lives_in.as_deref().unwrap_or_default();
        let place = directory.place(lives_in).ok();
        let keeps_away = |id: &String| {
            let judged = place
                .as_ref()
                .map(|p| directory.judge(&question.at(p, None), id));
            matches!(judged, Some(Judged::KeptOut(out)) if out.why == Why::Avoid)
        };
        let ids = case.services.iter().map(|s| s.id.clone());
        let avoided: Vec<String> = ids.filter(keeps_away).collect();
        let judging = Judging {
            directory,
            interview: &self.interview,
            place: place.as_ref(),
            wants: &question.wanted.wants,
            order: question.order.as_ref(),
            avoided: &avoided,
            today,
        };
        self.services.check(case, &judging)
    }

    /// What stands in the way of signing the report: everything that blocks. Whoever
    /// signs asks this first, with the directory as it stands; empty means that the
    /// report may be signed. Nothing here is in the way of drafting.
    ///
    /// # Errors
    /// The draft, which safety is judged on, cannot be made.
    pub fn may_sign(
        &self,
        case: &CaseFile,
        directory: &Directory,
        today: NaiveDate,
    ) -> Result<Vec<Finding>, DraftError> {
        let (_, mut findings) = self.draft_with(case, directory, today)?;
        findings.retain(|f| f.severity == Severity::Block);
        Ok(findings)
    }
}
