//! The oral report: a note to speak from that fits a page, and the record handed up
//! with it.
//!
//! Lives here: which passages they are, how long the note takes to say, and what is left
//! unsaid. Not here: any sentence (`report-templates/report/sections/spoken*.md`) or the
//! words that are not said (`report-templates/report/spoken.toml`).

use serde::Deserialize;

use super::{
    draft::Draft,
    templates::{FOLDER, Section},
};
use crate::content::{ContentError, ContentFiles};

/// Path of the file.
pub(super) fn path() -> String {
    format!("{FOLDER}/spoken.toml")
}

/// `spoken.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SpokenFile {
    pub title: String,
    pub sections: Vec<String>,
    pub record_title: String,
    pub record_sections: Vec<String>,
    #[serde(rename = "record_source")]
    _record_source: toml::Value,
    words_a_minute: usize,
    most_words: usize,
    #[serde(rename = "speed_source")]
    _speed_source: toml::Value,
    pub not_spoken: Vec<String>,
    not_said: Vec<String>,
}

/// The oral report's own content, checked.
#[derive(Debug, Clone)]
pub(super) struct Spoken {
    pub title: String,
    pub sections: Vec<Section>,
    pub record_title: String,
    pub record: Vec<Section>,
    words_a_minute: usize,
    most_words: usize,
    not_said: Vec<String>,
}

/// A note to speak from.
#[derive(Debug, Clone)]
pub struct SpeakingNote {
    /// What is said.
    pub draft: Draft,
    /// Words in it.
    pub words: usize,
    /// Minutes it takes to say, rounded up.
    pub minutes: usize,
    /// True where it is longer than a page.
    pub too_long: bool,
    /// Sentences that were left out because they are not for open court.
    pub left_out: usize,
}

impl Spoken {
    /// Puts it together from sections that were read.
    pub(super) fn of(
        files: &ContentFiles,
        file: SpokenFile,
        pick: impl Fn(&[String]) -> Vec<Section>,
    ) -> Result<Self, Vec<ContentError>> {
        let faults = faults(files, &file, &pick(&file.sections));
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Self {
            sections: pick(&file.sections),
            record: pick(&file.record_sections),
            title: file.title,
            record_title: file.record_title,
            words_a_minute: file.words_a_minute,
            most_words: file.most_words,
            not_said: file.not_said.iter().map(|w| w.to_lowercase()).collect(),
        })
    }

    /// A draft as it is spoken: without the sentences that are not for open court.
    pub(super) fn note(&self, mut draft: Draft) -> SpeakingNote {
        let mut left_out = 0;
        for section in &mut draft.sections {
            for passage in &mut section.passages {
                let said = self.said(&passage.markdown, &mut left_out);
                passage.markdown = said;
            }
            section.passages.retain(|p| !p.markdown.is_empty());
        }
        draft.sections.retain(|s| !s.passages.is_empty());
        let passages = draft.sections.iter().flat_map(|s| &s.passages);
        let words = passages
            .map(|p| p.markdown.split_whitespace().count())
            .sum::<usize>();
        SpeakingNote {
            draft,
            words,
            minutes: words.div_ceil(self.words_a_minute),
            too_long: words > self.most_words,
            left_out,
        }
    }

    fn said(&self, markdown: &str, left_out: &mut usize) -> String {
        let paragraphs = markdown.split("\n\n").map(|paragraph| {
            let mut kept = Vec::new();
            for sentence in sentences(paragraph) {
                if self.is_said(sentence) {
                    kept.push(sentence);
                } else {
                    *left_out += 1;
                }
            }
            kept.join(" ")
        });
        let kept: Vec<String> = paragraphs.filter(|p| !p.is_empty()).collect();
        kept.join("\n\n")
    }

    fn is_said(&self, sentence: &str) -> bool {
        let sentence = sentence.to_lowercase();
        !self
            .not_said
            .iter()
            .any(|words| begins_with(&sentence, words))
    }
}

/// True where these words stand in a text, or a word of it begins with them. Both in small
/// letters.
pub(super) fn begins_with(text: &str, words: &str) -> bool {
    let starts = |at: usize| {
        let before = text[..at].chars().next_back();
        !before.is_some_and(char::is_alphanumeric)
    };
    text.match_indices(words).any(|(at, _)| starts(at))
}

/// The sentences of a paragraph: a stop ends one where a space and a capital follow.
pub(super) fn sentences(paragraph: &str) -> Vec<&str> {
    let mut all = Vec::new();
    let mut from = 0;
    for (at, stop) in paragraph.char_indices().filter(|(_, c)| ".!?".contains(*c)) {
        let end = at + stop.len_utf8();
        let rest = paragraph[end..].trim_start_matches(['”', '’', ')', '*']);
        let next = rest.trim_start();
        let starts = next.chars().next().is_some_and(|c| !c.is_lowercase());
        if rest.len() != next.len() && starts {
            let end = paragraph.len() - rest.len();
            all.push(paragraph[from..end].trim());
            from = end;
        }
    }
    all.push(paragraph[from..].trim());
    all.retain(|sentence| !sentence.is_empty());
    all
}

/// What is wrong with the content: a passage that reads what is not spoken, a table,
/// numbers that would make no note.
fn faults(files: &ContentFiles, file: &SpokenFile, sections: &[Section]) -> Vec<ContentError> {
    let mut faults = Vec::new();
    let path = path();
    if file.words_a_minute < 60 || file.most_words < 100 {
        let reason = "`words_a_minute` must be 60 or more, and `most_words` 100 or more";
        faults.push(ContentError::new(&path, None, reason));
    }
    for section in sections {
        let path = format!("{FOLDER}/sections/{}.md", section.id);
        for passage in &section.passages {
            for prompt in &passage.named.prompts {
                if file.not_spoken.contains(&prompt.prompt.id) {
                    let line = files
                        .text(&path)
                        .ok()
                        .and_then(|text| text.lines().position(|l| l.contains(&prompt.variable)));
                    let reason = format!(
                        "`{}` is not spoken in open court (`not_spoken` in spoken.toml)",
                        prompt.variable
                    );
                    faults.push(ContentError::new(&path, line.map(|n| n + 1), reason));
                }
            }
            if passage.body.contains("| --- |") {
                let reason = "a table cannot be spoken; write sentences";
                faults.push(ContentError::new(&path, None, reason));
            }
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spoken() -> Spoken {
        Spoken {
            title: String::new(),
            sections: Vec::new(),
            record_title: String::new(),
            record: Vec::new(),
            words_a_minute: 130,
            most_words: 400,
            not_said: vec!["abus".into(), "hiv".into(), "former partner".into()],
        }
    }

    #[test]
    fn sentences_end_where_a_capital_follows_a_stop() {
        assert_eq!(
            sentences("She has 1.5 days. “It helps.” Mr. Smith agrees."),
            ["She has 1.5 days.", "“It helps.”", "Mr.", "Smith agrees."]
        );
    }

    #[test]
    fn a_sentence_that_is_not_for_open_court_is_left_out_and_counted() {
        let mut left_out = 0;
        let text = "She works. Her Former Partner abused her. A shiver ran.\n\nHIV was found.";
        assert_eq!(
            spoken().said(text, &mut left_out),
            "She works. A shiver ran."
        );
        assert_eq!(left_out, 2);
    }
}
