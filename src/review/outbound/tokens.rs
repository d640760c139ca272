//! A text as the words a reader would take it for: small letters, no accents, nothing
//! that cannot be seen.
//!
//! Lives here: where a word starts and ends, and what it is folded to. Not here: which
//! words are looked for. To fold one more letter, add it to [`spelt`].

use std::{collections::HashSet, ops::Range};

use serde_json::Value;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// One word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// The word, folded.
    pub word: String,
    /// Where it stands in the text.
    pub at: Range<usize>,
    /// True where it starts with a capital.
    pub capital: bool,
}

impl Token {
    /// True where it is figures and nothing else.
    pub(super) fn is_number(&self) -> bool {
        self.word.bytes().all(|b| b.is_ascii_digit())
    }
}

/// The words of a text, in order. Whatever is neither letter nor figure parts two words;
/// what is not seen at all (a joiner, a soft hyphen) and a mark over a letter do not.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut all: Vec<Token> = Vec::new();
    let mut open = false;
    for (at, letter) in text.char_indices() {
        if is_unseen(letter) || is_combining_mark(letter) {
            continue;
        }
        if !letter.is_alphanumeric() {
            open = false;
            continue;
        }
        if !open {
            open = true;
            all.push(Token {
                word: String::new(),
                at: at..at,
                capital: letter.is_uppercase(),
            });
        }
        if let Some(token) = all.last_mut() {
            fold(letter, &mut token.word);
            token.at.end = at + letter.len_utf8();
        }
    }
    all.retain(|token| !token.word.is_empty());
    all
}

/// The words of a text, one after the other without anything between them.
pub(super) fn squashed(text: &str) -> String {
    tokens(text).into_iter().map(|token| token.word).collect()
}

fn fold(letter: char, word: &mut String) {
    if letter.is_ascii() {
        word.push(letter.to_ascii_lowercase());
        return;
    }
    let parts = std::iter::once(letter).nfkd();
    let letters = parts.filter(|c| c.is_alphanumeric() && !is_combining_mark(*c));
    for small in letters.flat_map(char::to_lowercase) {
        match spelt(small) {
            Some(as_typed) => word.push_str(as_typed),
            None => word.push(small),
        }
    }
}

/// Letters that are no other letter with an accent, as they are typed without them.
fn spelt(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ı' => "i",
        _ => return None,
    })
}

/// Characters that a reader does not see.
fn is_unseen(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}'
    )
}

/// The words of these names.
pub(super) fn words_of(names: &[&str]) -> HashSet<String> {
    let words = names.iter().flat_map(|name| tokens(name));
    words.map(|token| token.word).collect()
}

/// Every text of a value.
pub(super) fn strings<'v>(value: &'v Value, into: &mut Vec<&'v str>) {
    match value {
        Value::String(text) => into.push(text),
        Value::Array(items) => items.iter().for_each(|item| strings(item, into)),
        Value::Object(fields) => fields.values().for_each(|field| strings(field, into)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        tokens(text).into_iter().map(|token| token.word).collect()
    }

    #[test]
    fn accents_capitals_and_what_is_not_seen_make_no_other_word() {
        assert_eq!(words("ZOË Zoe\u{308} zo\u{ad}e"), ["zoe", "zoe", "zoe"]);
        assert_eq!(words("Łukasz Strauß"), ["lukasz", "strauss"]);
        assert_eq!(words("O’Neil-Smith’s"), ["o", "neil", "smith", "s"]);
    }

    #[test]
    fn a_word_knows_where_it_stands_and_whether_it_has_a_capital() {
        let found = tokens("so, Élan");
        assert_eq!(found[1].at, 4..9);
        assert!(found[1].capital && !found[0].capital);
    }
}
