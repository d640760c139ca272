//! Reviews by the court that an order is proposed with, and what they change.
//!
//! Lives here: reviews in an intensive supervision court (Sentencing Code ss.217A,
//! 293A), and that orders with them do not end early. Not here: the review of a drug
//! rehabilitation requirement (`conditions`), whether she meets a court's criteria
//! (`courts`).

use super::check::Matter;
use crate::finding::Finding;

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
