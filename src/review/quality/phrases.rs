//! Phrases looked for in prose: small letters, words alone, sentence by sentence.
//!
//! Lives here: cutting text into words, and a phrase with a number in it. Not here: any
//! phrase (`report-templates/quality/consistency.toml`).

use std::ops::Range;

use serde::Deserialize;

use crate::{
    english::UNITS,
    report::{document::Document, plain},
};

/// The sentences of a passage, each as its words in small letters.
pub(super) fn sentences(markdown: &str) -> Vec<Vec<String>> {
    let text = plain::to_unwrapped(&Document::from_markdown(markdown)).to_lowercase();
    text.split(['.', '!', '?', ';', '\n', ':'])
        .map(words)
        .filter(|words| !words.is_empty())
        .collect()
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Where some words stand in a sentence, from left to right.
pub(super) fn places(sentence: &[String], phrase: &str) -> Vec<Range<usize>> {
    let phrase = words(phrase);
    if phrase.is_empty() {
        return Vec::new();
    }
    let windows = sentence.windows(phrase.len()).enumerate();
    windows
        .filter(|(_, window)| *window == phrase.as_slice())
        .map(|(at, window)| at..at + window.len())
        .collect()
}

/// A phrase with `{n}` in it where a number stands.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Phrase {
    before: Vec<String>,
    after: Vec<String>,
}

impl TryFrom<String> for Phrase {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let (before, after) = text
            .split_once("{n}")
            .ok_or_else(|| format!("\"{text}\" has no {{n}} where the number stands"))?;
        Ok(Self {
            before: words(before),
            after: words(after),
        })
    }
}

impl Phrase {
    /// Every number that stands in the phrase, with where the phrase stands.
    pub(super) fn read(&self, sentence: &[String]) -> Vec<(u32, Range<usize>)> {
        let at_each = (0..sentence.len()).filter_map(|start| {
            let rest = sentence
                .get(start..)?
                .strip_prefix(self.before.as_slice())?;
            // A number in two words first: `twenty five`.
            [2, 1].into_iter().find_map(|length| {
                let number = number(rest.get(..length)?)?;
                rest.get(length..)?.strip_prefix(self.after.as_slice())?;
                let end = start + self.before.len() + length + self.after.len();
                let starts_within = self.before.is_empty() && goes_on_before(sentence, start);
                (!starts_within).then_some((number, start..end))
            })
        });
        at_each.collect()
    }
}

/// True where the word before belongs to the same number: `twenty` before `five`.
fn goes_on_before(sentence: &[String], start: usize) -> bool {
    let pair = start.checked_sub(1).and_then(|s| sentence.get(s..=start));
    pair.is_some_and(|pair| number(pair).is_some())
}

const TENS: [&str; 10] = [
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];

/// A number below a hundred in words, or any in figures.
fn number(words: &[String]) -> Option<u32> {
    let unit = |word: &str| UNITS.iter().position(|u| *u == word);
    let ten = |word: &str| TENS.iter().position(|t| !t.is_empty() && *t == word);
    let found = match words {
        [one] => {
            if let Ok(figures) = one.parse() {
                return Some(figures);
            }
            unit(one).or_else(|| ten(one).map(|t| t * 10))
        }
        [tens, units] => {
            let units = unit(units).filter(|u| (1..10).contains(u))?;
            Some(ten(tens)? * 10 + units)
        }
        _ => None,
    };
    found.and_then(|n| u32::try_from(n).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(phrase: &str, text: &str) -> Vec<(u32, Range<usize>)> {
        let phrase = Phrase::try_from(phrase.to_owned()).unwrap();
        sentences(text)
            .iter()
            .flat_map(|s| phrase.read(s))
            .collect()
    }

    #[test]
    fn a_number_is_read_in_figures_and_in_words() {
        let phrase = "{n} rehabilitation activity days";
        for (text, n) in [
            ("It asks for 25 rehabilitation activity days.", 25),
            ("Twenty-five rehabilitation activity days, and no more.", 25),
            ("up to **twenty** rehabilitation activity days", 20),
        ] {
            let found = read(phrase, text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert_eq!(found[0].0, n, "{text}");
        }
        assert!(read(phrase, "many rehabilitation activity days").is_empty());
        assert!(read(phrase, "It is 25. Rehabilitation activity days follow.").is_empty());
    }

    #[test]
    fn a_phrase_without_a_number_is_refused() {
        assert!(Phrase::try_from("some days".to_owned()).is_err());
    }
}
