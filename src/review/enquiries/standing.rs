//! Where each enquiry of a case stands: those recorded, and those that are expected and
//! not recorded yet, which are never said to have been made.

use chrono::NaiveDate;

use super::content::EnquiryTexts;
use crate::case::{Enquiry, EnquiryKind, EnquiryOutcome};

/// Where an enquiry stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Expected, or recorded to be made, and not sent.
    NotAsked,
    /// A reason is recorded why it is not made.
    NotMade,
    /// Sent; no reply.
    Awaited,
    /// Sent; the day the reply was expected has gone by.
    Late,
    /// Replied: concerns.
    Concerns,
    /// Replied: nothing of concern in what the agency holds.
    NoConcerns,
    /// Replied: no record held.
    NoRecord,
    /// The agency would not or could not say.
    Refused,
}

/// One line of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number in the case file; `None` for one that is expected and not recorded.
    pub number: Option<usize>,
    /// What the case file holds of it, or would hold.
    pub enquiry: Enquiry,
    /// What pages call it: its kind, or the agency where that says more.
    pub name: String,
    /// The agency, where it adds to the name.
    pub agency: String,
    /// Where it stands.
    pub standing: Standing,
    /// Days since it was sent, while no reply has come.
    pub waiting: Option<i64>,
}

impl Entry {
    /// True while something has still to come or to be asked.
    #[must_use]
    pub fn is_outstanding(&self) -> bool {
        matches!(
            self.standing,
            Standing::NotAsked | Standing::Awaited | Standing::Late
        )
    }
}

impl EnquiryTexts {
    /// Every enquiry of a case, and after them those expected that it does not record.
    #[must_use]
    pub fn register(&self, enquiries: &[Enquiry], today: NaiveDate) -> Vec<Entry> {
        let recorded = enquiries
            .iter()
            .enumerate()
            .map(|(n, e)| self.entry(Some(n), e.clone(), today));
        let expected = self
            .expected()
            .filter(|kind| enquiries.iter().all(|e| e.kind != kind.kind))
            .map(|kind| self.entry(None, Enquiry::of(kind.kind, &kind.agency), today));
        recorded.chain(expected).collect()
    }

    fn entry(&self, number: Option<usize>, enquiry: Enquiry, today: NaiveDate) -> Entry {
        let waiting = (enquiry.outcome == EnquiryOutcome::Pending)
            .then(|| enquiry.sent.map(|sent| (today - sent).num_days()))
            .flatten();
        Entry {
            number,
            name: self.name_of(&enquiry),
            agency: self.agency_of(&enquiry),
            standing: standing(&enquiry, today),
            waiting,
            enquiry,
        }
    }

    /// What pages call an enquiry.
    pub(super) fn name_of(&self, enquiry: &Enquiry) -> String {
        let agency = enquiry.agency.trim();
        let kind = self.kind(enquiry.kind);
        match enquiry.kind {
            EnquiryKind::Other if !agency.is_empty() => agency.to_owned(),
            _ => kind.map_or_else(String::new, |k| k.name.clone()),
        }
    }

    /// The agency, where the author has named one that the name does not already say.
    pub(super) fn agency_of(&self, enquiry: &Enquiry) -> String {
        let agency = enquiry.agency.trim();
        let says_more = enquiry.kind != EnquiryKind::Other
            && self.kind(enquiry.kind).is_none_or(|k| k.agency != agency);
        if says_more {
            agency.to_owned()
        } else {
            String::new()
        }
    }
}

fn standing(enquiry: &Enquiry, today: NaiveDate) -> Standing {
    match enquiry.outcome {
        EnquiryOutcome::NotSent if enquiry.not_made_because().is_some() => Standing::NotMade,
        EnquiryOutcome::NotSent => Standing::NotAsked,
        EnquiryOutcome::Pending if enquiry.is_late(today) => Standing::Late,
        EnquiryOutcome::Pending => Standing::Awaited,
        EnquiryOutcome::Concerns => Standing::Concerns,
        EnquiryOutcome::NoConcerns => Standing::NoConcerns,
        EnquiryOutcome::NoRecord => Standing::NoRecord,
        EnquiryOutcome::Refused => Standing::Refused,
    }
}
