//! Reviews by the court that an order is proposed with, and what they change.
//!
//! Lives here: reviews in an intensive supervision court (Sentencing Code ss.217A,
//! 293A), that orders with them do not end early, and what a report says of them. Not here: the review of a drug
//! rehabilitation requirement (`conditions`), whether she meets a court's criteria
//! (`courts`).

use chrono::NaiveDate;

use super::{check::Matter, courts::SpecialCourt, pack::LawPack};
use crate::{
    case::{CaseFile, OrderKind},
    finding::Finding,
};

const AT: &str = "proposal.special_reviews";

pub(super) fn check(matter: &Matter<'_>) -> Vec<Finding> {
    let proposal = &matter.case.proposal;
    if matter.order().is_none() || proposal.special_reviews != Some(true) {
        return Vec::new();
    }
    let mut findings = Vec::new();
    findings.push(matter.law.say("law.review.no-early-end", &[]).at(AT));
    let court = &matter.case.hearing.court;
    let listed = |c: &&super::courts::SpecialCourt| c.listed && c.sits_in(court);
    if !matter.law.pack.courts.iter().any(|c| listed(&c)) {
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

impl LawPack {
    /// What a report says of reviews in an intensive supervision court: that they are
    /// proposed, then what they change, as the pack states it for this case's court.
    /// Empty unless the author chose them for an order that can have them; only the
    /// first where the pack does not list the court, or no longer.
    #[must_use]
    pub fn review_words(&self, case: &CaseFile, today: NaiveDate) -> Vec<String> {
        let proposal = &case.proposal;
        let ordered = matches!(
            proposal.order,
            Some(OrderKind::CommunityOrder | OrderKind::SuspendedSentenceOrder)
        );
        if !ordered || proposal.special_reviews != Some(true) {
            return Vec::new();
        }
        let open = |c: &&SpecialCourt| {
            c.listed && c.sits_in(&case.hearing.court) && c.until.is_none_or(|until| today <= until)
        };
        let mut said = vec![self.words("proposal.reviews").to_owned()];
        let court = self.courts.iter().find(open);
        said.extend(court.iter().flat_map(|court| court.effects.clone()));
        said
    }
}
