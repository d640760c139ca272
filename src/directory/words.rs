//! The sentences of a match, from `service-directory/words.toml`.
//!
//! Lives here: which sentences there are and what each may fill in. Not here: when
//! one is said (`reasons`, `places`). To add one, name it in `sentences` with its blanks
//! and write it in the file; a sentence or a blank that does not fit is refused at start.

use serde::Deserialize;
use toml::de::DeTable;

use crate::content::{ContentError, ContentFiles, line_of};

pub(super) const FILE: &str = "service-directory/words.toml";

/// Declares the groups of sentences, each sentence with the blanks it may fill in,
/// so that the two cannot drift apart.
macro_rules! sentences {
    ($($(#[$doc:meta])* $group:ident $table:literal { $($line:ident [$($blank:literal),*])* })*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
            #[serde(deny_unknown_fields)]
            pub(in crate::directory) struct $group { $(pub(in crate::directory) $line: String,)* }
        )*

        /// Every sentence with its group and its blanks.
        pub(super) const BLANKS: &[$crate::directory::words::Blanks] = &[
            $($(($table, stringify!($line), &[$($blank),*]),)*)*
        ];
    };
}
pub(super) use sentences as declare;

mod matches;

pub(super) use self::matches::*;

/// All the sentences.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) works_here: WorksHere,
    pub(super) for_need: ForNeed,
    pub(super) setting: SettingWords,
    pub(super) for_her: ForHer,
    pub(super) ask: Questions,
    pub(super) against: Against,
    pub(super) kept_out: KeptOut,
    pub(super) gap: GapWords,
    pub(super) gap_why: GapWhy,
    pub(super) place: PlaceWords,
    pub(super) alike: AlikeWords,
    pub(super) distance: DistanceWords,
    pub(super) fact_label: FactLabels,
    pub(super) fact: FactWords,
}

impl Words {
    /// Reads and checks the file; faults are told in `faults`.
    pub(super) fn load(files: &ContentFiles, faults: &mut Vec<ContentError>) -> Self {
        let words = files.toml::<Self>(FILE).unwrap_or_else(|fault| {
            faults.push(fault);
            Self::default()
        });
        check_blanks(files, FILE, BLANKS, faults);
        words
    }
}

/// A sentence with its group and its blanks.
pub(super) type Blanks = (&'static str, &'static str, &'static [&'static str]);

/// Every blank in a file must be one that its sentence can fill.
pub(super) fn check_blanks(
    files: &ContentFiles,
    file: &str,
    sentences: &[Blanks],
    faults: &mut Vec<ContentError>,
) {
    let Ok(text) = files.text(file) else {
        return; // told already by the typed reading, as is a file that is no table
    };
    let Ok(root) = DeTable::parse(text) else {
        return;
    };
    for (group, line, allowed) in sentences {
        let line = line.trim_start_matches("r#");
        let sentence = root
            .get_ref()
            .get(*group)
            .and_then(|g| g.get_ref().get(line));
        let Some((said, span)) = sentence.and_then(|s| Some((s.get_ref().as_str()?, s.span())))
        else {
            continue;
        };
        for blank in blanks(said) {
            if !allowed.contains(&blank) {
                let may = if allowed.is_empty() {
                    "this sentence has none".to_owned()
                } else {
                    format!("this sentence may use {{{}}}", allowed.join("}, {"))
                };
                let reason = format!("`{group}.{line}` cannot fill in {{{blank}}}; {may}");
                faults.push(ContentError::new(
                    file,
                    Some(line_of(text, span.start)),
                    reason,
                ));
            }
        }
    }
}

fn blanks(said: &str) -> impl Iterator<Item = &str> {
    said.split('{')
        .skip(1)
        .map(|rest| rest.split_once('}').map_or(rest, |(name, _)| name))
}

/// A sentence with its blanks filled in. Blanks without a value stay as written,
/// which [`Words::load`] rules out.
pub(super) fn say(sentence: &str, values: &[(&str, &str)]) -> String {
    let mut said = String::with_capacity(sentence.len() + 32);
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        said.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            said.push('{');
            rest = after;
            continue;
        };
        if let Some((_, value)) = values.iter().find(|(key, _)| *key == name) {
            said.push_str(value);
        } else {
            said.push('{');
            said.push_str(name);
            said.push('}');
        }
        rest = tail;
    }
    said.push_str(rest);
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_filled_once_and_never_from_the_filled_text() {
        let said = say("{a} and {b}.", &[("a", "{b}"), ("b", "two")]);
        assert_eq!(said, "{b} and two.");
    }

    #[test]
    fn a_blank_that_its_sentence_cannot_fill_is_refused_with_its_line() {
        let mut files = ContentFiles::embedded().unwrap();
        let text = files.text(FILE).unwrap().replace(
            "women_only = \"Women-only: its record says so.\"",
            "women_only = \"Women-only: {km} its record says so.\"",
        );
        let line = text
            .lines()
            .position(|l| l.contains("{km} its record"))
            .unwrap()
            + 1;
        files.set(FILE, text);
        let mut faults = Vec::new();
        Words::load(&files, &mut faults);
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert_eq!(faults[0].line, Some(line));
        assert!(
            faults[0].reason.contains("setting.women_only"),
            "{}",
            faults[0]
        );
    }
}
