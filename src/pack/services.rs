//! What is found about the services of a case.
//!
//! Lives here: handing the directory as it stands, and what she needs, to the checks.
//! Not here: any rule or sentence (`review::services`).

use chrono::NaiveDate;

use super::Pack;
use crate::{
    case::CaseFile,
    directory::{Directory, Judged, Why},
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
}
