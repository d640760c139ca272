//! What makes a requirement workable for her, in the words of the case file: the
//! setting, the people and places around it, what is planned in it.
//!
//! Lives here: shapes. Not here: what follows from them (`sentencing`).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// With whom she would do it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum GroupSetting {
    /// Women only.
    WomenOnly,
    /// Women and men together.
    Mixed,
    /// On her own, or one to one.
    OneToOne,
}

/// What the people at an address think of her having to be there (Sentencing Code
/// Sch 9 para 10(2)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PeopleThere {
    /// She lives alone.
    LivesAlone,
    /// They agree.
    Agree,
    /// They do not agree.
    DoNotAgree,
    /// Nobody has asked them.
    NotAsked,
    /// Asking them would not be safe.
    NotSafeToAsk,
}

/// A place she needs that lies inside an area she would have to keep out of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum InZone {
    /// A child's school.
    School,
    /// A nursery or childminder.
    Nursery,
    /// A contact centre.
    ContactCentre,
    /// A doctor or other treatment.
    Health,
    /// A women's centre or other service.
    WomensCentre,
    /// Family she relies on or cares for.
    Family,
    /// Work or training.
    Work,
    /// The way to one of these.
    TheWayThere,
}

/// A part of what is planned under a requirement that counts days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlannedActivity {
    /// What it is.
    pub what: String,
    /// How many days of it.
    pub days: u32,
}
