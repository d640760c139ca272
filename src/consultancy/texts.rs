//! Everything that is said and asked in this room: the files of
//! `report-templates/consultancy/`.
//!
//! Lives here: reading and checking them. Not here: any sentence.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{
    said::{Row, Said},
    sharing::SharingField,
};
use crate::content::{ContentError, ContentFiles};

const SHARING: &str = "report-templates/consultancy/sharing.toml";
const ASSESSMENT: &str = "report-templates/consultancy/assessment.toml";
const TURNAROUND: &str = "report-templates/consultancy/turnaround.toml";

/// The texts that an assessment asks for, by name: one of each in `assessment.toml`.
pub const TEXTS: [&str; 11] = [
    "present",
    "under_way",
    "strengths",
    "goals",
    "cannot_offer",
    "adjustments",
    "safe_contact",
    "safety",
    "suitability_why",
    "not_for_court",
    "signer_role",
];

/// The reasons for which a centre may decline; the program acts on the first.
const DECLINES: [&str; 4] = ["no-capacity", "unsuitable", "not-safe", "too-late"];

/// What is said on the pages of a referral.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SharingWords {
    /// Above the fields.
    pub intro: String,
    /// Beside what is kept off the report.
    pub kept_off: String,
    /// Where an address that must not be known was typed.
    pub never: String,
    /// Where words that are kept off the report were typed.
    pub doubtful: String,
    /// What a reply is.
    pub label: String,
    /// To a centre, once her consent is withdrawn.
    pub withdrawn: String,
    /// What consent means here.
    pub consent: String,
}

/// A text that an assessment asks for.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextField {
    /// What it asks for.
    pub label: String,
    /// Help with it.
    #[serde(default)]
    pub hint: String,
    /// Longest, in characters.
    pub max: u32,
}

/// A reason to decline.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeclineReason {
    /// Its id.
    pub id: String,
    /// On the page.
    pub label: String,
    /// What the author is told.
    pub words: String,
}

impl DeclineReason {
    /// True where it is about the centre's room and not about her.
    #[must_use]
    pub fn is_capacity(&self) -> bool {
        self.id == DECLINES[0]
    }
}

/// Everything that is said and asked.
#[derive(Debug)]
pub struct ConsultancyTexts {
    /// What is said about sharing.
    pub words: SharingWords,
    /// What may travel, in the order of the page.
    pub fields: Vec<SharingField>,
    /// Above the assessor's form.
    pub intro: String,
    /// Above her signature.
    pub sign: String,
    /// Beside what is not for the court.
    pub not_for_court_warning: String,
    /// Reasons to decline.
    pub declines: Vec<DeclineReason>,
    texts: BTreeMap<String, TextField>,
    pub(super) said: Said,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SharingFile {
    words: SharingWords,
    field: Vec<SharingField>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AssessmentFile {
    intro: String,
    sign: String,
    not_for_court_warning: String,
    decline: Vec<DeclineReason>,
    text: BTreeMap<String, TextField>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TurnaroundFile {
    finding: Vec<Row>,
}

impl ConsultancyTexts {
    /// Reads and checks the files.
    ///
    /// # Errors
    /// Every fault found, each with its file and what would be right.
    pub fn load(files: &ContentFiles) -> Result<Self, Vec<ContentError>> {
        let sharing: SharingFile = files.toml(SHARING).map_err(|e| vec![e])?;
        let assessment: AssessmentFile = files.toml(ASSESSMENT).map_err(|e| vec![e])?;
        let turnaround: TurnaroundFile = files.toml(TURNAROUND).map_err(|e| vec![e])?;
        let mut faults = Vec::new();
        let mut fault = |file: &str, reason: String| {
            faults.push(ContentError::new(file, None, reason));
        };
        for (at, field) in sharing.field.iter().enumerate() {
            if let Some(reason) = field.unfit() {
                fault(SHARING, reason);
            }
            if sharing.field[..at].iter().any(|other| other.id == field.id) {
                fault(SHARING, format!("`{}` is there twice", field.id));
            }
        }
        for name in TEXTS {
            if !assessment.text.contains_key(name) {
                fault(ASSESSMENT, format!("there must be a [text.{name}]"));
            }
        }
        for name in assessment.text.keys() {
            if !TEXTS.contains(&name.as_str()) {
                fault(ASSESSMENT, format!("an assessment has no text `{name}`"));
            }
        }
        let declines: Vec<&str> = assessment.decline.iter().map(|d| d.id.as_str()).collect();
        if declines != DECLINES {
            let known = DECLINES.join(", ");
            fault(
                ASSESSMENT,
                format!("the [[decline]] must be, in this order: {known}"),
            );
        }
        let said = Said::of(turnaround.finding).unwrap_or_else(|reasons| {
            for reason in reasons {
                fault(TURNAROUND, reason);
            }
            Said::default()
        });
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Self {
            words: sharing.words,
            fields: sharing.field,
            intro: assessment.intro,
            sign: assessment.sign,
            not_for_court_warning: assessment.not_for_court_warning,
            declines: assessment.decline,
            texts: assessment.text,
            said,
        })
    }

    /// One of [`TEXTS`].
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&TextField> {
        self.texts.get(name)
    }

    /// A reason to decline by its id.
    #[must_use]
    pub fn decline(&self, id: &str) -> Option<&DeclineReason> {
        self.declines.iter().find(|reason| reason.id == id)
    }
}
