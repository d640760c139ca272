//! An index of the words of every record, found by their beginnings.
//!
//! Lives here: cutting text into words and scoring services by them. Not here: which
//! text of a record counts and how much (`search`), nor filters. `indicium`, `tantivy`
//! and `fst` were weighed: the first two rank no field above another in a way that can
//! be set, or bring an engine with files; a sorted list of words is all that a search by
//! beginnings needs. Another way of folding letters belongs in [`words_of`].

use std::collections::HashMap;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// What a whole word is worth over the beginning of one.
const WHOLE: u16 = 2;

/// Where a word stands, and how much it counts there.
#[derive(Debug, Clone, Copy)]
struct Posting {
    service: u32,
    weight: u8,
}

/// Every word of the records, in order, with where it stands.
#[derive(Debug, Default)]
pub(super) struct WordIndex {
    words: Vec<(Box<str>, Vec<Posting>)>,
    services: usize,
}

impl WordIndex {
    /// An index of texts with their weights, service by service.
    pub(super) fn build(texts: impl Iterator<Item = Vec<(u8, String)>>) -> Self {
        let mut words: HashMap<String, Vec<Posting>> = HashMap::new();
        let mut services = 0;
        for (at, texts) in texts.enumerate() {
            services = at + 1;
            let Ok(service) = u32::try_from(at) else {
                break;
            };
            for (weight, text) in texts {
                for word in words_of(&text) {
                    let postings = words.entry(word).or_default();
                    match postings.last_mut() {
                        Some(last) if last.service == service => {
                            last.weight = last.weight.max(weight);
                        }
                        _ => postings.push(Posting { service, weight }),
                    }
                }
            }
        }
        let mut words: Vec<_> = words
            .into_iter()
            .map(|(word, postings)| (word.into_boxed_str(), postings))
            .collect();
        words.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        Self { words, services }
    }

    /// How well each service answers what was typed: nought where one of the words is
    /// nowhere in it. `None` where no word was typed.
    pub(super) fn scores(&self, typed: &str) -> Option<Vec<u16>> {
        let mut total: Option<Vec<u16>> = None;
        for word in words_of(typed) {
            let best = self.best(&word);
            total = Some(match total {
                None => best,
                Some(before) => before
                    .into_iter()
                    .zip(best)
                    .map(|(a, b)| {
                        if a == 0 || b == 0 {
                            0
                        } else {
                            a.saturating_add(b)
                        }
                    })
                    .collect(),
            });
        }
        total
    }

    fn best(&self, beginning: &str) -> Vec<u16> {
        let mut best = vec![0; self.services];
        let start = self.words.partition_point(|(word, _)| **word < *beginning);
        for (word, postings) in &self.words[start..] {
            if !word.starts_with(beginning) {
                break;
            }
            let factor = if **word == *beginning { WHOLE } else { 1 };
            for posting in postings {
                let Some(held) = best.get_mut(posting.service as usize) else {
                    continue;
                };
                *held = (*held).max(u16::from(posting.weight) * factor);
            }
        }
        best
    }
}

/// The words of a text: small letters without accents; an apostrophe joins, so that
/// `women's` and `womens` are one.
pub(in crate::directory) fn words_of(text: &str) -> Vec<String> {
    let plain: String = text
        .nfkd()
        .filter(|c| !is_combining_mark(*c) && !matches!(c, '\'' | '’' | '‘'))
        .flat_map(char::to_lowercase)
        .collect();
    plain
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_capitals_and_apostrophes_make_no_difference() {
        assert_eq!(
            words_of("Women’s Centre, Ynys Môn"),
            ["womens", "centre", "ynys", "mon"]
        );
        assert_eq!(words_of("CRÈCHE (on-site)"), ["creche", "on", "site"]);
    }

    #[test]
    fn every_word_must_be_there_and_a_whole_word_counts_for_more() {
        let texts = [
            vec![(8, "Alana House".to_owned()), (1, "a house".to_owned())],
            vec![(8, "Housing help".to_owned())],
            vec![(1, "Reading".to_owned())],
        ];
        let index = WordIndex::build(texts.into_iter());
        assert_eq!(index.scores("hous"), Some(vec![8, 8, 0]));
        assert_eq!(index.scores("HOUSE"), Some(vec![16, 0, 0]));
        assert_eq!(index.scores("house alan"), Some(vec![24, 0, 0]));
        assert_eq!(index.scores(" – "), None);
    }
}
