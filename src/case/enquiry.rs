//! Enquiries of other agencies, and how the report stays honest about them.

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
}

impl Enquiry {
    /// True while no reply has come.
    #[must_use]
    pub fn is_outstanding(&self) -> bool {
        matches!(
            self.outcome,
            EnquiryOutcome::NotSent | EnquiryOutcome::Pending
        )
    }
}
