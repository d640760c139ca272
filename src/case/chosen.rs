//! Services the report relies on, each with its entry as it stood; and needs for which
//! nothing suitable was found.
//!
//! Lives here: what a report keeps of the directory. Not here: the directory, or
//! whether an entry has changed since (`directory`, `review`).

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::week::Slot;

/// One fact of a directory entry, as it stood.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EntryFact {
    /// Which fact, by the directory's own key: `openings`, `referral_state`.
    pub fact: String,
    /// What the entry said; empty where it had nothing to say.
    pub says: String,
}

/// A service the author chose, with a snapshot of the entry she relied on.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChosenService {
    /// Id of the directory entry.
    pub id: String,
    /// Name of the service as it stood.
    pub name: String,
    /// Organisation as it stood.
    #[serde(default)]
    pub organisation: String,
    /// What the entry's source was.
    #[serde(default)]
    pub source: String,
    /// Date of the entry's source, as the source gives it.
    #[serde(default)]
    pub as_at: String,
    /// What the entry said when it was chosen, fact by fact; only what may leave. Empty
    /// in case files from before entries were kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entry: Vec<EntryFact>,
    /// Day the entry had last been checked when it was chosen, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked_on: Option<NaiveDate>,
    /// What the entry has come to say since, seen by the author, who kept to what it
    /// said before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kept: Vec<EntryFact>,
    /// Theme ids of the needs it is chosen for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<String>,
    /// What it offers her, in a sentence for the sentencer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<String>,
    /// When it would fall in her week.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub slots: Vec<Slot>,
    /// Day somebody there confirmed the offer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed_on: Option<NaiveDate>,
    /// Role or name of who confirmed it; not printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed_with: Option<String>,
    /// How long a place is held, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<String>,
}

/// A need for which the author looked and found nothing suitable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ServiceGap {
    /// Theme id of the need.
    pub theme: String,
    /// Level of the need when it was looked for: `low`, `medium` or `high`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// The day the directory was searched.
    pub looked_on: NaiveDate,
    /// The area searched, as wide as it may be named in a report: a local authority or
    /// a police area.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<String>,
    /// What would otherwise have been proposed, in the author's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}
