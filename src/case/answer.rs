//! One answer to one prompt: its state, where it comes from, and how far it may
//! travel.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::english;

/// What happened when the prompt came up. Declining is an answer, and *not asked*
/// is never shown as hers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AnswerState {
    /// Asked and answered.
    #[default]
    Answered,
    /// She prefers not to say: prints neutrally, never as refusal.
    PrefersNotToSay,
    /// Not asked because it was not safe to.
    NotAskedUnsafe,
    /// Not asked because there was no time.
    NotAskedNoTime,
    /// Already known from a record, so that she need not tell it again.
    KnownFromRecord,
}

/// How far an answer may travel.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Visibility {
    /// May be used in the report.
    #[default]
    InReport,
    /// Kept on the record; never exported.
    RecordOnly,
    /// Passed to a manager or the police; never exported.
    Escalate,
}

/// The kind of source an answer rests on.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum InformationKind {
    /// What she said.
    #[default]
    HerAccount,
    /// Police, including domestic-abuse call-out information.
    Police,
    /// Children's services.
    ChildrensServices,
    /// Health or mental health services.
    Health,
    /// A women's centre that knows or has assessed her.
    WomensCentre,
    /// Prosecution papers.
    ProsecutionPapers,
    /// Probation or prison records, including earlier reports and OASys.
    ProbationRecords,
    /// Previous convictions.
    PreviousConvictions,
    /// Family or friends.
    Family,
    /// The author's own observation or professional judgement.
    AuthorsAssessment,
    /// Something else, named in `detail`.
    Other,
}

/// Where an answer comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InformationSource {
    /// What kind of source.
    pub kind: InformationKind,
    /// Which document, person or record, in a few words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Date of the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<NaiveDate>,
    /// True where something independent bears it out; false where it has not been
    /// verified; absent where nobody has said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verified: Option<bool>,
}

impl InformationSource {
    /// What she said when the author met her, on the day where that is known.
    #[must_use]
    pub fn at_meeting(on: Option<NaiveDate>) -> Self {
        Self {
            kind: InformationKind::HerAccount,
            detail: on.map(|on| format!("Interview, {}", english::day(on))),
            on,
            verified: None,
        }
    }

    /// Whether two sources are the same one: texts that differ only in case or in white
    /// at their ends do not make another of it.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        let detail = |s: &Self| {
            s.detail
                .as_deref()
                .unwrap_or_default()
                .trim()
                .to_lowercase()
        };
        let rest = |s: &Self| (s.kind, s.on, s.verified);
        rest(self) == rest(other) && detail(self) == detail(other)
    }
}

/// To whom something was escalated, and when.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Escalation {
    /// Role or name of the person told.
    pub to: String,
    /// When it was done; absent while it is still to do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done: Option<NaiveDate>,
}

/// One answer to one prompt.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// What happened when the prompt came up.
    #[serde(default)]
    pub state: AnswerState,
    /// The answer, in the shape its prompt asks for: text, a date (YYYY-MM-DD), a
    /// number, an option id, a list of option ids, an object of fields, or a list
    /// of such objects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// Where it comes from; more than one where they agree.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<InformationSource>,
    /// How far it may travel.
    #[serde(default)]
    pub visibility: Visibility,
    /// Filled where the visibility is `escalate`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub escalation: Option<Escalation>,
}

impl Answer {
    /// The value where the answer was given or is known from record.
    #[must_use]
    pub fn known(&self) -> Option<&Value> {
        match self.state {
            AnswerState::Answered | AnswerState::KnownFromRecord => {
                self.value.as_ref().filter(|v| !is_blank(v))
            }
            _ => None,
        }
    }

    /// The value where it is known and may be used in the report.
    #[must_use]
    pub fn for_report(&self) -> Option<&Value> {
        match self.visibility {
            Visibility::InReport => self.known(),
            Visibility::RecordOnly | Visibility::Escalate => None,
        }
    }

    /// True once the author has dealt with the prompt in any of the ways it allows.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        match self.state {
            AnswerState::Answered | AnswerState::KnownFromRecord => self.known().is_some(),
            AnswerState::PrefersNotToSay
            | AnswerState::NotAskedUnsafe
            | AnswerState::NotAskedNoTime => true,
        }
    }
}

/// True for null, empty or white text, and empty lists and objects.
fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.iter().all(is_blank),
        Value::Object(fields) => fields.values().all(is_blank),
        Value::Bool(_) | Value::Number(_) => false,
    }
}
