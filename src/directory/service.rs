//! One service of the directory: its record, and what the record is taken to mean.
//!
//! Lives here: setting, state, themes and terms, read out of a record, with "unknown"
//! as a value of its own. Not here: the record (`record`, `facts`), the word lists it
//! is read by (`readings`), or judging whether it suits a woman (`matching`).

use serde::{Deserialize, Serialize};

use super::{record::Record, vocabulary::TermSet};

/// Who comes through the door. A recorded fact, never inferred from a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Setting {
    /// The record says women-only.
    WomenOnly,
    /// The record says a mixed service has a session for women.
    MixedWithWomensSession,
    /// The record says mixed.
    Mixed,
    /// The record does not say.
    Unknown,
}

/// Whether the source shows the service working.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// The source lists it as working on its date.
    Listed,
    /// It has ended, or is known only from an old report.
    Historic,
    /// It is planned and has not opened.
    NotOpen,
    /// The source does not settle it.
    Unknown,
}

impl State {
    /// Whether a report may propose it at all.
    #[must_use]
    pub fn may_be_offered(self) -> bool {
        matches!(self, Self::Listed | Self::Unknown)
    }
}

/// Where a service works, as its record gives it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Area {
    /// The source's own words.
    pub text: String,
    /// GSS codes of the local authorities named.
    pub local_authorities: Vec<String>,
    /// Ids of the probation delivery units named.
    pub pdus: Vec<String>,
    /// Slugs of the police (PCC) areas. Where `local_authorities` names any
    /// authority of a police area, the service works only in those named.
    pub police_areas: Vec<String>,
    /// Names of the probation regions. They say where a service works only when
    /// nothing narrower is recorded.
    pub regions: Vec<String>,
    /// The record says it is national.
    pub national: bool,
    /// Town or street, where the source printed one.
    pub locality: String,
}

/// A contract that an organisation delivers part of for another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Partnership {
    /// Reference of the contract.
    pub contract: String,
    /// Id of the prime provider's service.
    pub prime: String,
    /// Name of the prime provider.
    pub prime_organisation: String,
}

/// One service: its record, and what the record's words are taken to mean.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Service {
    /// The record, word for word. A service is read as its record: `service.name`.
    #[serde(flatten)]
    pub record: Record,
    /// Women-only, mixed or unknown.
    pub setting: Setting,
    /// Theme ids that the record's own words or terms name, with those words.
    pub themes: Vec<NamedNeed>,
    /// Broad enough to be worth asking about a need its record does not mention.
    pub broad: bool,
    /// Levels of complexity the record says it takes; empty where it does not say.
    pub levels: Vec<String>,
    /// Contracts it delivers part of for a prime provider.
    pub partner_in: Vec<Partnership>,
    /// The routes include probation, court or asking herself.
    pub reachable: bool,
    /// Whether the source shows it working.
    pub state: State,
    /// Terms the record states, by their place in the vocabulary.
    #[serde(skip)]
    pub stated: TermSet,
    /// Terms the record denies.
    #[serde(skip)]
    pub denied: TermSet,
}

impl std::ops::Deref for Service {
    type Target = Record;

    fn deref(&self) -> &Record {
        &self.record
    }
}

impl std::ops::DerefMut for Service {
    fn deref_mut(&mut self) -> &mut Record {
        &mut self.record
    }
}

/// A theme the record names, and the word it names it with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NamedNeed {
    /// Theme id.
    pub theme: String,
    /// The record's word.
    pub word: String,
}

impl Service {
    /// Whether the record's own words name the theme.
    #[must_use]
    pub fn names(&self, theme: &str) -> bool {
        self.themes.iter().any(|n| n.theme == theme)
    }

    /// Theme ids the record's own words name, each once.
    #[must_use]
    pub fn theme_ids(&self) -> Vec<&str> {
        let mut ids: Vec<&str> = Vec::new();
        for named in &self.themes {
            if !ids.contains(&named.theme.as_str()) {
                ids.push(&named.theme);
            }
        }
        ids
    }
}
