//! Finding terms in a text: whole words, whatever their case.
//!
//! Lives here: the search. Not here: which texts are searched, or what becomes of a
//! term that is found. It looks only where a word starts, and there takes the longest
//! term; a search engine costs more to build than this takes over a whole case.

use std::{iter, ops::Range};

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::Term;

/// Terms made ready to be looked for.
pub(super) struct Finder<'t> {
    /// Each way a term may be typed, the longest first, by the byte it starts with in
    /// small letters. No terms, no lists.
    spellings: Vec<Vec<(String, &'t Term)>>,
}

impl<'t> Finder<'t> {
    pub(super) fn of(terms: &'t [Term]) -> Self {
        let mut spellings = Vec::new();
        for (spelling, term) in terms
            .iter()
            .flat_map(|term| variants(&term.text).into_iter().map(move |v| (v, term)))
        {
            let Some(first) = spelling.bytes().next() else {
                continue;
            };
            spellings.resize_with(256, Vec::new);
            spellings[usize::from(first.to_ascii_lowercase())].push((spelling, term));
        }
        for list in &mut spellings {
            list.sort_by_key(|(spelling, _)| std::cmp::Reverse(spelling.len()));
        }
        Self { spellings }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.spellings.is_empty()
    }

    /// Each term that stands in the text, from left to right.
    pub(super) fn find_in(&self, text: &str) -> impl Iterator<Item = (Range<usize>, &'t Term)> {
        let mut from = 0;
        iter::from_fn(move || {
            let (range, term) = self.next(text, from)?;
            from = range.end;
            Some((range, term))
        })
    }

    fn next(&self, text: &str, from: usize) -> Option<(Range<usize>, &'t Term)> {
        let bytes = text.as_bytes();
        (from..bytes.len())
            .filter(|at| *at == 0 || !bytes[*at - 1].is_ascii_alphanumeric())
            .find_map(|at| {
                let start = usize::from(bytes[at].to_ascii_lowercase());
                let spellings = self.spellings.get(start)?;
                (!spellings.is_empty()).then(|| here(spellings, text, at))?
            })
    }
}

/// The longest of these that stands just here.
fn here<'t>(
    spellings: &[(String, &'t Term)],
    text: &str,
    at: usize,
) -> Option<(Range<usize>, &'t Term)> {
    let joins = char::is_alphanumeric;
    if text[..at].chars().next_back().is_some_and(joins) {
        return None;
    }
    spellings.iter().find_map(|(spelling, term)| {
        let end = at + spelling.len();
        let written = text.get(at..end)?;
        let stands = small(written).eq(small(spelling))
            && !text[end..].chars().next().is_some_and(joins)
            && (!term.as_a_name || written.starts_with(char::is_uppercase));
        stands.then_some((at..end, *term))
    })
}

/// Small letters, of any alphabet.
fn small(text: &str) -> impl Iterator<Item = char> {
    text.chars().flat_map(char::to_lowercase)
}

/// The same words as they might be typed: either apostrophe, without accents, a
/// postcode without its space.
fn variants(text: &str) -> Vec<String> {
    let straight = text.replace(['’', '‘'], "'");
    let mut all = vec![straight.replace('\'', "’"), straight];
    let plain = |text: &String| text.nfd().filter(|c| !is_combining_mark(*c)).collect();
    let unaccented: Vec<String> = all.iter().map(plain).collect();
    all.extend(unaccented);
    if text.len() <= 8 && text.contains(' ') && text.contains(|c: char| c.is_ascii_digit()) {
        all.push(text.replace(' ', ""));
    }
    all.sort_unstable();
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(terms: &[&str], text: &str) -> Vec<String> {
        let terms: Vec<Term> = terms
            .iter()
            .map(|text| Term {
                text: (*text).into(),
                kind: super::super::Guarded::Other,
                why: String::new(),
                as_a_name: false,
                report_only: false,
            })
            .collect();
        let finder = Finder::of(&terms);
        finder
            .find_in(text)
            .map(|(range, _)| text[range].to_owned())
            .collect()
    }

    #[test]
    fn the_longest_term_is_taken_where_several_start() {
        assert_eq!(
            found(&["Lily", "Lily Hart"], "Lily Hart and Lily."),
            ["Lily Hart", "Lily"]
        );
    }

    #[test]
    fn a_longer_term_that_is_part_of_a_word_does_not_hide_a_shorter_one() {
        assert_eq!(found(&["Ann", "Ann Mar"], "Ann Marie"), ["Ann"]);
    }

    #[test]
    fn words_beside_letters_of_any_alphabet_are_not_whole() {
        assert_eq!(
            found(&["ann"], "éAnn Anné “Ann”, ANN-Marie"),
            ["Ann", "ANN"]
        );
    }

    #[test]
    fn a_name_is_found_in_capitals_and_without_its_accents() {
        assert_eq!(
            found(&["Zoë Élan"], "zoë élan, ZOË ÉLAN, Zoe Elan"),
            ["zoë élan", "ZOË ÉLAN", "Zoe Elan"]
        );
    }

    #[test]
    fn either_apostrophe_and_a_closed_up_postcode_are_found() {
        assert_eq!(found(&["O'Neil"], "O’Neil, o'neil"), ["O’Neil", "o'neil"]);
        assert_eq!(found(&["RG14 5ZZ"], "rg145zz"), ["rg145zz"]);
    }
}
