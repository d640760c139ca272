//! The sealed values that a report is made of, each by the row it stands in.
//!
//! Not here: sealing them (`report_key`). A new kind of sealed column that belongs to a
//! report is a new [`Part`].

use std::fmt;

use super::{AccountId, CommentId, OpeningId, RecordsId, ReferralId, ReportId, RequestId};

/// One sealed value of a report.
#[derive(Clone, Copy)]
pub(super) enum Part<'a> {
    /// One write of its log.
    Revision(i64),
    /// Its case file as it stood at a revision.
    Head(i64),
    /// What a list shows of it, at a revision.
    Summary(i64),
    /// What somebody could not save on a page, by the page's keyed hash.
    Unsent(AccountId, &'a [u8]),
    /// It as it was signed.
    Signed,
    /// What its author wrote to whoever she asked to check it.
    Review(RequestId),
    /// What was said about a section.
    ReviewComment(CommentId),
    /// Why somebody opened it or took it over.
    Opening(OpeningId),
    /// Something added after it was signed, by its number.
    Addendum(i64),
    /// A version of her plan, by its number.
    Plan(i64),
    /// Why it was put under a legal hold.
    Hold(RecordsId),
    /// Why the hold was lifted.
    HoldLifted(RecordsId),
    /// What an administrator noted who asks for it to be erased.
    Erasure(RecordsId),
    /// What was shared with a women's centre.
    Referral(ReferralId),
    /// Something either side wrote about a referral.
    ReferralMessage(ReferralId, CommentId),
    /// An assessment as it is being written.
    AssessmentDraft(ReferralId),
    /// A version of a centre's reply.
    AssessmentReply(ReferralId, i64),
}

impl<'a> Part<'a> {
    /// The value with the report it is part of: what a sealed one is bound to.
    pub(super) fn of(self, report: ReportId) -> PartOf<'a> {
        PartOf { report, part: self }
    }
}

/// A sealed value and its report. Its text stands in every sealed value and never changes.
#[derive(Clone, Copy)]
pub(super) struct PartOf<'a> {
    report: ReportId,
    part: Part<'a>,
}

impl fmt::Display for PartOf<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let report = self.report;
        match self.part {
            Part::Revision(seq) => write!(f, "revision {seq} of report {report}"),
            Part::Head(seq) => write!(f, "report {report} at revision {seq}"),
            Part::Summary(seq) => {
                write!(f, "the summary of report {report} at revision {seq}")
            }
            Part::Unsent(account, page) => {
                write!(
                    f,
                    "what {account} could not save in report {report} on page "
                )?;
                f.write_str(&hex::encode(page))
            }
            Part::Signed => write!(f, "report {report} as it was signed"),
            Part::Review(request) => write!(f, "request {request} to check report {report}"),
            Part::ReviewComment(comment) => write!(f, "comment {comment} on report {report}"),
            Part::Opening(opening) => write!(f, "opening {opening} of report {report}"),
            Part::Addendum(number) => write!(f, "addendum {number} to report {report}"),
            Part::Plan(number) => {
                write!(f, "version {number} of the plan of report {report}")
            }
            Part::Hold(hold) => write!(f, "hold {hold} of report {report}"),
            Part::HoldLifted(hold) => {
                write!(f, "the lifting of hold {hold} of report {report}")
            }
            Part::Erasure(request) => {
                write!(f, "request {request} to erase report {report}")
            }
            Part::Referral(referral) => write!(f, "referral {referral}"),
            Part::ReferralMessage(referral, message) => {
                write!(f, "message {message} of referral {referral}")
            }
            Part::AssessmentDraft(referral) => {
                write!(f, "the assessment being written for referral {referral}")
            }
            Part::AssessmentReply(referral, version) => {
                write!(f, "reply {version} to referral {referral}")
            }
        }
    }
}
