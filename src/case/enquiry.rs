//! Enquiries of other agencies, and how the report stays honest about them.
//!
//! Lives here: what is kept of an enquiry, and which of it is still open. Not here:
//! what to say about it (`review::enquiries`, `report-templates/`). To keep one more
//! thing, add an optional field, and a field of the same name to the prompt.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What kind of check it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EnquiryKind {
    /// Police information on domestic abuse. Inspectors expect it in every case at
    /// the pre-sentence stage (HM Inspectorate of Probation, October 2021).
    PoliceDomesticAbuse,
    /// Children's services. Expected where there may be a child at risk, and with
    /// every electronically monitored curfew.
    ChildrensServices,
    /// Any other agency.
    Other,
}

impl EnquiryKind {
    /// The word it has in the case file.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::PoliceDomesticAbuse => "police-domestic-abuse",
            Self::ChildrensServices => "childrens-services",
            Self::Other => "other",
        }
    }
}

/// What came back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EnquiryOutcome {
    /// Not sent yet.
    #[default]
    NotSent,
    /// Sent, no reply yet.
    Pending,
    /// Replied: nothing of concern in what the agency holds.
    NoConcerns,
    /// Replied: concerns.
    Concerns,
    /// Replied: the agency holds no record. Never printed as "no abuse".
    NoRecord,
    /// The agency would not or could not say.
    Refused,
}

impl EnquiryOutcome {
    /// True where the agency has answered, whatever it said.
    #[must_use]
    pub fn is_reply(self) -> bool {
        !matches!(self, Self::NotSent | Self::Pending)
    }
}

/// What the author does about a check that is still outstanding at the finish.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum IfOutstanding {
    /// Ask the court for time.
    AskForAdjournment,
    /// Go on, and say in the report what the gap limits.
    ProceedAndSaySo,
    /// Avoid requirements that depend on it (curfew, residence, exclusion).
    AvoidDependentRequirements,
}

impl IfOutstanding {
    /// The three honest ways, in the order they are offered.
    pub const ALL: [Self; 3] = [
        Self::AskForAdjournment,
        Self::ProceedAndSaySo,
        Self::AvoidDependentRequirements,
    ];

    /// The word it has in the case file and in forms.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::AskForAdjournment => "ask-for-adjournment",
            Self::ProceedAndSaySo => "proceed-and-say-so",
            Self::AvoidDependentRequirements => "avoid-dependent-requirements",
        }
    }

    /// The way a form's word names.
    #[must_use]
    pub fn named(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.id() == id)
    }
}

/// One check asked of one agency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Enquiry {
    /// What kind of check.
    pub kind: EnquiryKind,
    /// Name of the agency as the report should give it.
    pub agency: String,
    /// Persons searched; record only, never exported.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub persons: Vec<String>,
    /// Addresses searched; record only, never exported.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<String>,
    /// Day it was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent: Option<NaiveDate>,
    /// Days it was chased.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub chased: Vec<NaiveDate>,
    /// Day the reply came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replied: Option<NaiveDate>,
    /// What came back.
    #[serde(default)]
    pub outcome: EnquiryOutcome,
    /// Summary that is safe to print.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// Summary for the record only; never exported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record_only: Option<String>,
    /// What it changes in the assessment or the proposal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effect: Option<String>,
    /// What the author does while it is outstanding.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub if_outstanding: Option<IfOutstanding>,
    /// Why it was asked, and on what basis: a duty, or her consent; record only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Who asked; record only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requested_by: Option<String>,
    /// How it was sent, such as by secure e-mail; record only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent_how: Option<String>,
    /// Day by which the agency said that it would answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<NaiveDate>,
    /// Who answered for the agency; record only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replied_by: Option<String>,
    /// Why it will not be made, where it is not sent and will not be. May be printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_made: Option<String>,
}

impl Enquiry {
    /// An enquiry of which only the kind and the agency are known yet.
    #[must_use]
    pub fn of(kind: EnquiryKind, agency: &str) -> Self {
        Self {
            kind,
            agency: agency.to_owned(),
            persons: Vec::new(),
            addresses: Vec::new(),
            sent: None,
            chased: Vec::new(),
            replied: None,
            outcome: EnquiryOutcome::NotSent,
            summary: None,
            record_only: None,
            effect: None,
            if_outstanding: None,
            reason: None,
            requested_by: None,
            sent_how: None,
            expected: None,
            replied_by: None,
            not_made: None,
        }
    }

    /// Why it will not be made. Only an enquiry that was not sent can have this: once
    /// it is sent, an earlier reason for not sending it says nothing.
    #[must_use]
    pub fn not_made_because(&self) -> Option<&str> {
        let unsent = self.outcome == EnquiryOutcome::NotSent && self.sent.is_none();
        let reason = self.not_made.as_deref().map(str::trim);
        reason.filter(|reason| unsent && !reason.is_empty())
    }

    /// True while no reply has come and one is still wanted.
    #[must_use]
    pub fn is_outstanding(&self) -> bool {
        !self.outcome.is_reply() && self.not_made_because().is_none()
    }

    /// True where the day on which the reply was expected has gone by.
    #[must_use]
    pub fn is_late(&self, today: NaiveDate) -> bool {
        self.outcome == EnquiryOutcome::Pending && self.expected.is_some_and(|day| day < today)
    }

    /// Only what a list of many reports shows: no person, no address, nobody's words.
    #[must_use]
    pub fn bare(&self) -> Self {
        Self {
            sent: self.sent,
            chased: self.chased.clone(),
            replied: self.replied,
            outcome: self.outcome,
            if_outstanding: self.if_outstanding,
            expected: self.expected,
            // That there is a reason, not the reason.
            not_made: self.not_made_because().map(|_| "given".to_owned()),
            ..Self::of(self.kind, &self.agency)
        }
    }

    /// Records that it was sent on a day, where it was not sent before.
    pub fn send(&mut self, today: NaiveDate) {
        if self.outcome == EnquiryOutcome::NotSent {
            self.outcome = EnquiryOutcome::Pending;
            self.sent.get_or_insert(today);
        }
    }

    /// Records that it was chased on a day, where a reply is awaited.
    pub fn chase(&mut self, today: NaiveDate) {
        if self.outcome == EnquiryOutcome::Pending && !self.chased.contains(&today) {
            self.chased.push(today);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn police() -> Enquiry {
        Enquiry::of(EnquiryKind::PoliceDomesticAbuse, "Police")
    }

    #[test]
    fn it_is_open_until_a_reply_comes_or_a_reason_says_that_none_is_asked_for() {
        let mut enquiry = police();
        assert!(enquiry.is_outstanding());
        enquiry.not_made = Some("  ".into());
        assert!(enquiry.is_outstanding(), "blank is no reason");
        enquiry.not_made = Some("She has no contact with any child.".into());
        assert!(!enquiry.is_outstanding());
        enquiry.outcome = EnquiryOutcome::Pending;
        assert!(enquiry.is_outstanding(), "it was sent after all");
        enquiry.outcome = EnquiryOutcome::NoRecord;
        assert!(!enquiry.is_outstanding());
    }

    #[test]
    fn sending_and_chasing_twice_on_a_day_change_nothing_the_second_time() {
        let mut enquiry = police();
        enquiry.chase(day("2026-11-20"));
        assert_eq!(enquiry, police(), "what was not sent is not chased");
        enquiry.send(day("2026-11-18"));
        enquiry.send(day("2026-11-19"));
        enquiry.chase(day("2026-11-20"));
        enquiry.chase(day("2026-11-20"));
        assert_eq!(enquiry.sent, Some(day("2026-11-18")));
        assert_eq!(enquiry.chased, [day("2026-11-20")]);
        assert_eq!(enquiry.outcome, EnquiryOutcome::Pending);
    }

    #[test]
    fn it_is_late_from_the_day_after_the_reply_was_expected() {
        let mut enquiry = police();
        enquiry.expected = Some(day("2026-11-20"));
        assert!(!enquiry.is_late(day("2026-11-21")), "it was never sent");
        enquiry.send(day("2026-11-18"));
        assert!(!enquiry.is_late(day("2026-11-20")));
        assert!(enquiry.is_late(day("2026-11-21")));
    }

    #[test]
    fn what_a_list_keeps_holds_nobody_and_nothing_said() {
        let text = || Some("SECRET".to_owned());
        let full = Enquiry {
            persons: vec!["SECRET".into()],
            addresses: vec!["SECRET".into()],
            summary: text(),
            record_only: text(),
            effect: text(),
            reason: text(),
            requested_by: text(),
            sent_how: text(),
            replied_by: text(),
            not_made: text(),
            ..police()
        };
        let kept = serde_json::to_string(&full.bare()).unwrap();
        assert!(!kept.contains("SECRET"), "{kept}");
        assert!(!full.bare().is_outstanding());
    }
}
