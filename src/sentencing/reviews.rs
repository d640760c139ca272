//! Reviews by the court that an order is proposed with, and what they change.
//!
//! Lives here: reviews in an intensive supervision court (Sentencing Code ss.217A,
//! 293A), that orders with them do not end early, and what a report says of them. Not
//! here: the review of a drug rehabilitation requirement (`conditions`), whether she meets
//! a court's criteria (`courts`).

use chrono::NaiveDate;

use super::{
    check::Matter, courts::SpecialCourt, pack::LawPack, requirement::OrderWithRequirements,
};
use crate::{case::CaseFile, finding::Finding};

const AT: &str = "proposal.special_reviews";

pub(super) fn check(matter: &Matter<'_>) -> Vec<Finding> {
    if !proposed(matter.case) {
        return Vec::new();
    }
    let mut findings = Vec::new();
    findings.push(matter.law.say("law.review.no-early-end", &[]).at(AT));
    let court = &matter.case.hearing.court;
    if matter.law.pack.listed_courts(court).next().is_none() {
        let named = if court.trim().is_empty() {
            "this court".to_owned()
        } else {
            court.trim().to_owned()
        };
        let with = [("court", named)];
        findings.push(matter.law.say("law.review.not-listed", &with).at(AT));
    }
    findings
}

/// True where the author chose reviews for an order that can have them.
fn proposed(case: &CaseFile) -> bool {
    let order = case.proposal.order.and_then(OrderWithRequirements::of);
    order.is_some() && case.proposal.special_reviews == Some(true)
}

impl LawPack {
    /// What a report says of reviews in an intensive supervision court: that they are
    /// proposed, then what they change, as the pack states it for this case's court.
    /// Empty unless the author chose them for an order that can have them; only the
    /// first where the pack does not list the court, or no longer.
    #[must_use]
    pub fn review_words(&self, case: &CaseFile, today: NaiveDate) -> Vec<String> {
        if !proposed(case) {
            return Vec::new();
        }
        let mut said = vec![self.words("proposal.reviews").to_owned()];
        let mut courts = self.listed_courts(&case.hearing.court);
        let court = courts.find(|c| c.until.is_none_or(|until| today <= until));
        said.extend(court.iter().flat_map(|court| court.effects.clone()));
        said
    }

    /// The courts that regulations list and that sit where a case is.
    fn listed_courts(&self, named: &str) -> impl Iterator<Item = &SpecialCourt> {
        let courts = self.courts.iter();
        courts.filter(move |court| court.listed && court.sits_in(named))
    }
}
