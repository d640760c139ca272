//! How the words of a record are read: `themes.toml` and `readings.toml`.
//!
//! Lives here: the word lists. Not here: any list itself; those are in the folder,
//! for a practice lead to change. A new way of reading is a new table there and a
//! method here.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

use serde::Deserialize;

use super::{
    duplicates::PlainWords,
    service::{NamedNeed, Setting, State},
};
use crate::content::{ContentError, ContentFiles};

pub(super) const THEMES: &str = "service-directory/themes.toml";
pub(super) const READINGS: &str = "service-directory/readings.toml";

/// How a record says which levels of complexity it takes.
const LEVELS: &str = "complexity ";

/// As many themes as matching has bits for.
const MOST_THEMES: usize = 32;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct ThemeFile {
    theme: Vec<ThemeWords>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct ThemeWords {
    id: String,
    prints: String,
    words: Vec<String>,
    /// Terms of the published taxonomies that say the same.
    terms: Vec<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReadingFile {
    status: StatusWords,
    setting: SettingWords,
    broad: BroadWords,
    national: WordList,
    referral: ReferralWords,
    alike: AlikeWords,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct StatusWords {
    listed: Vec<String>,
    unknown: Vec<String>,
    historic: Vec<String>,
    not_open: Vec<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct AlikeWords {
    empty: HashSet<String>,
    common: HashSet<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct SettingWords {
    women_only: Vec<String>,
    mixed_with_womens_session: Vec<String>,
    mixed: Vec<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct BroadWords {
    kinds: Vec<String>,
    words: Vec<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct WordList {
    words: Vec<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReferralWords {
    reachable: Vec<String>,
}

/// The word lists, ready to use.
#[derive(Debug, Clone, Default)]
pub(super) struct Readings {
    themes_of: HashMap<String, Vec<String>>,
    /// Theme and term, in the order of the file.
    terms: Vec<(String, String)>,
    prints: BTreeMap<String, String>,
    states: HashMap<String, State>,
    settings: HashMap<String, Setting>,
    file: ReadingFile,
}

impl Readings {
    /// Reads both files; faults are told in `faults`.
    pub(super) fn load(files: &ContentFiles, faults: &mut Vec<ContentError>) -> Self {
        let mut readings = Self::default();
        match files.toml::<ThemeFile>(THEMES) {
            Ok(file) => readings.take_themes(file, faults),
            Err(fault) => faults.push(fault),
        }
        match files.toml::<ReadingFile>(READINGS) {
            Ok(file) => readings.take_readings(file, faults),
            Err(fault) => faults.push(fault),
        }
        readings
    }

    fn take_themes(&mut self, file: ThemeFile, faults: &mut Vec<ContentError>) {
        for theme in file.theme {
            for term in theme.terms {
                self.terms.push((theme.id.clone(), term));
            }
            for word in theme.words {
                let themes = self.themes_of.entry(word.to_lowercase()).or_default();
                if themes.contains(&theme.id) {
                    let reason = format!("“{word}” stands twice under {}", theme.id);
                    faults.push(ContentError::new(THEMES, None, reason));
                } else {
                    themes.push(theme.id.clone());
                }
            }
            if self.prints.insert(theme.id.clone(), theme.prints).is_some() {
                let reason = format!("the theme `{}` stands twice", theme.id);
                faults.push(ContentError::new(THEMES, None, reason));
            }
        }
        if self.prints.len() > MOST_THEMES {
            let reason = format!("there is room for {MOST_THEMES} themes");
            faults.push(ContentError::new(THEMES, None, reason));
        }
    }

    /// Where a theme stands among all, by id.
    pub(super) fn place(&self, theme: &str) -> Option<usize> {
        self.prints.keys().position(|id| id == theme)
    }

    fn take_readings(&mut self, file: ReadingFile, faults: &mut Vec<ContentError>) {
        let states = [
            (&file.status.listed, State::Listed),
            (&file.status.unknown, State::Unknown),
            (&file.status.historic, State::Historic),
            (&file.status.not_open, State::NotOpen),
        ];
        for (words, state) in states {
            for word in words {
                if self.states.insert(word.clone(), state).is_some() {
                    let reason = format!("the status “{word}” stands twice");
                    faults.push(ContentError::new(READINGS, None, reason));
                }
            }
        }
        let settings = [
            (&file.setting.women_only, Setting::WomenOnly),
            (
                &file.setting.mixed_with_womens_session,
                Setting::MixedWithWomensSession,
            ),
            (&file.setting.mixed, Setting::Mixed),
        ];
        for (words, setting) in settings {
            for word in words {
                self.settings.insert(word.to_lowercase(), setting);
            }
        }
        self.file = file;
    }

    /// What a status says; `None` where nobody has decided how to read it.
    pub(super) fn state(&self, status: &str) -> Option<State> {
        self.states.get(status).copied()
    }

    /// Who comes through the door. A record that says both women-only and mixed is
    /// read as the more cautious of the two.
    pub(super) fn setting(&self, words: &[String]) -> Setting {
        let said: Vec<Setting> = words
            .iter()
            .filter_map(|w| self.settings.get(&w.to_lowercase()).copied())
            .collect();
        [
            Setting::Mixed,
            Setting::MixedWithWomensSession,
            Setting::WomenOnly,
        ]
        .into_iter()
        .find(|s| said.contains(s))
        .unwrap_or(Setting::Unknown)
    }

    /// The themes that the words name.
    pub(super) fn themes<'w>(&self, words: impl Iterator<Item = &'w String>) -> Vec<NamedNeed> {
        words
            .flat_map(|word| {
                self.themes_of
                    .get(&word.to_lowercase())
                    .into_iter()
                    .flatten()
                    .map(move |theme| NamedNeed {
                        theme: theme.clone(),
                        word: word.clone(),
                    })
            })
            .collect()
    }

    /// The themes that a term speaks of.
    pub(super) fn themes_of_term(&self, term: &str) -> impl Iterator<Item = &str> {
        let of = self.terms.iter().filter(move |(_, t)| t == term);
        of.map(|(theme, _)| theme.as_str())
    }

    /// Every term that stands under a theme.
    pub(super) fn theme_terms(&self) -> impl Iterator<Item = &str> {
        self.terms.iter().map(|(_, term)| term.as_str())
    }

    /// The levels that the words name: `complexity low/medium/high`.
    pub(super) fn levels(words: &[String]) -> Vec<String> {
        words
            .iter()
            .filter_map(|w| w.strip_prefix(LEVELS))
            .flat_map(|levels| levels.split('/'))
            .map(|level| level.trim().to_owned())
            .collect()
    }

    /// Whether a service is broad enough to ask about a need it does not mention.
    pub(super) fn broad(&self, kind: &str, words: &[String]) -> bool {
        self.file.broad.kinds.iter().any(|k| k == kind)
            || self.file.broad.words.iter().any(|w| words.contains(w))
    }

    /// Whether the area's words say national.
    pub(super) fn national(&self, area: &str) -> bool {
        self.file.national.words.iter().any(|w| has_word(area, w))
    }

    /// Whether the routes include probation, court or asking herself.
    pub(super) fn reachable(&self, routes: &str) -> bool {
        self.file
            .referral
            .reachable
            .iter()
            .any(|w| has_word(routes, w))
    }

    /// Words that tell no two services apart.
    pub(super) fn plain_words(&self) -> Arc<PlainWords> {
        let AlikeWords { empty, common } = self.file.alike.clone();
        Arc::new(PlainWords { empty, common })
    }

    /// Whether a theme id is known.
    pub(super) fn knows(&self, theme: &str) -> bool {
        self.prints.contains_key(theme)
    }

    /// Theme ids with the words for the middle of a sentence.
    pub(super) fn theme_names(&self) -> impl Iterator<Item = (&str, &str)> {
        self.prints.iter().map(|(id, p)| (id.as_str(), p.as_str()))
    }

    /// A theme's words for the middle of a sentence, or its id.
    pub(super) fn prints<'t>(&'t self, theme: &'t str) -> &'t str {
        self.prints.get(theme).map_or(theme, String::as_str)
    }
}

/// Whether `text` has `word` in it as a whole word, whatever its capitals.
fn has_word(text: &str, word: &str) -> bool {
    let text = text.to_lowercase();
    let word = word.to_lowercase();
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    text.match_indices(&word).any(|(at, found)| {
        edge(text[..at].chars().next_back()) && edge(text[at + found.len()..].chars().next())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn national_is_a_whole_word_of_the_record() {
        assert!(has_word("London (national)", "national"));
        assert!(!has_word("an international charity", "national"));
        assert!(!has_word("", "national"));
    }

    #[test]
    fn women_only_is_never_inferred_from_a_name_or_from_women() {
        let mut faults = Vec::new();
        let readings = Readings::load(&ContentFiles::embedded().unwrap(), &mut faults);
        assert_eq!(faults, []);
        let read = |words: &[&str]| {
            readings.setting(&words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(read(&["women-only", "drop-in"]), Setting::WomenOnly);
        assert_eq!(read(&["women"]), Setting::Unknown);
        assert_eq!(read(&["women-only residential option"]), Setting::Unknown);
        assert_eq!(
            read(&["mixed (not exclusively women)", "male supervisor"]),
            Setting::Mixed
        );
        assert_eq!(
            read(&["women-only", "mixed with women's session"]),
            Setting::MixedWithWomensSession
        );
        assert_eq!(read(&[]), Setting::Unknown);
    }
}
