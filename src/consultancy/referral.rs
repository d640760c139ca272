//! A referral as it is sent: a copy of the fields that were chosen, and the consent it
//! rests on.
//!
//! Not here: which fields may be chosen (`sharing`), or what its days mean (`turnaround`).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// How she gave her consent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConsentHow {
    /// In writing.
    Written,
    /// Spoken, to the author.
    Spoken,
    /// Through an interpreter.
    Interpreted,
    /// To the centre, which told the author.
    ThroughCentre,
}

impl ConsentHow {
    /// Every way, with its id and its words on a page.
    pub const ALL: [(Self, &'static str, &'static str); 4] = [
        (Self::Written, "written", "In writing"),
        (Self::Spoken, "spoken", "Spoken, to me"),
        (
            Self::Interpreted,
            "interpreted",
            "Spoken, through an interpreter",
        ),
        (
            Self::ThroughCentre,
            "through-centre",
            "To the centre, which told me",
        ),
    ];

    /// The way of an id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        let found = Self::ALL.iter().find(|(_, known, _)| *known == id);
        found.map(|(how, ..)| *how)
    }

    /// Its words.
    #[must_use]
    pub fn words(self) -> &'static str {
        let found = Self::ALL.iter().find(|(how, ..)| *how == self);
        found.map_or("", |(.., words)| words)
    }
}

/// Her consent to one sharing, with one centre, until a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// Day she gave it.
    pub given_on: NaiveDate,
    /// How.
    pub how: ConsentHow,
    /// The last day it holds.
    pub until: NaiveDate,
    /// What she said may, and may not, be shared.
    pub words: String,
}

impl Consent {
    /// True where it covers a day.
    #[must_use]
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.given_on <= day && day <= self.until
    }
}

/// One field that travels, as it was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shared {
    /// Its id in `sharing.toml`.
    pub field: String,
    /// What it was called then.
    pub label: String,
    /// What it says.
    pub text: String,
}

/// A referral as it was sent: a copy, which the report no longer changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Referral {
    /// Id of the centre's directory entry.
    pub service: String,
    /// The centre's name as it stood.
    pub centre: String,
    /// Its organisation as it stood.
    pub organisation: String,
    /// Day of the hearing as it stood.
    pub hearing: Option<NaiveDate>,
    /// The last day for a reply.
    pub reply_by: NaiveDate,
    /// Her consent.
    pub consent: Consent,
    /// What travels, in the order of the page.
    pub shared: Vec<Shared>,
    /// True where it describes nobody.
    pub fictional: bool,
}

impl Referral {
    /// The text of a field that travelled.
    #[must_use]
    pub fn text(&self, field: &str) -> Option<&str> {
        let found = self.shared.iter().find(|s| s.field == field);
        found.map(|s| s.text.as_str())
    }
}
