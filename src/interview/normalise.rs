//! Typed and pasted text made safe to keep: what cannot be seen or printed goes,
//! every visible character stays as it was typed.
//!
//! Lives here: cleaning of characters. Not here: any judgement of the words.

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use super::{
    held::at,
    pack::{Field, Kind, Prompt},
    sample::put,
};

/// Cleans the text in a prompt's value. Numbers, days and choices pass unchanged.
#[must_use]
pub fn normalise(prompt: &Prompt, value: Value) -> Value {
    let fields = prompt.page_fields();
    match (prompt.kind, value) {
        (Kind::Records, Value::Array(records)) => records
            .into_iter()
            .map(|record| clean_fields(&fields, record))
            .collect(),
        (Kind::Group, value) => clean_fields(&fields, value),
        (_, value) => fields.first().map_or(value.clone(), |f| clean(f, value)),
    }
}

fn clean_fields(fields: &[Field], mut whole: Value) -> Value {
    for field in fields {
        if let Some(value) = at(&whole, &field.id).cloned() {
            put(&mut whole, &field.id, clean(field, value));
        }
    }
    whole
}

fn clean(field: &Field, value: Value) -> Value {
    match (field.kind, value) {
        (Kind::Text, Value::String(text)) => Value::String(paragraphs(&text)),
        (Kind::Line | Kind::Area, Value::String(text)) => Value::String(line(&text)),
        (Kind::Lines, Value::Array(lines)) => lines
            .into_iter()
            .map(|one| match one {
                Value::String(text) => Value::String(line(&text)),
                other => other,
            })
            .collect(),
        (_, value) => value,
    }
}

/// Cleans every text in a case file that comes from outside, whatever its place.
#[must_use]
pub fn cleaned(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(paragraphs(&text)),
        Value::Array(items) => items.into_iter().map(cleaned).collect(),
        Value::Object(fields) => fields.into_iter().map(|(k, v)| (k, cleaned(v))).collect(),
        other => other,
    }
}

/// Paragraphs: line breaks of every kind become one kind, and the rest is cleaned.
#[must_use]
pub fn paragraphs(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let kept: String = text.chars().filter_map(kept).nfc().collect();
    let lines: Vec<&str> = kept.lines().map(str::trim_end).collect();
    lines.join("\n").trim_matches('\n').trim_end().to_owned()
}

/// One line: line breaks become spaces.
#[must_use]
pub fn line(text: &str) -> String {
    let words = paragraphs(text);
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The character as kept: line breaks as `\n`, tabs as spaces, and none of what
/// breaks a document (controls) or hides text in it (overrides of direction).
/// Marks that right-to-left writing and joined emoji need are kept. Letters come out
/// composed, so that a name that must not leave is found however it was typed.
fn kept(c: char) -> Option<char> {
    match c {
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\t' => Some(' '),
        '\u{feff}'
        | '\u{fffe}'
        | '\u{ffff}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' => None,
        c if c.is_control() => None,
        c => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curly_quotes_emoji_and_right_to_left_text_are_kept() {
        let text = "She said: “I’m fine” 👩‍👧 — שלום";
        assert_eq!(paragraphs(text), text);
    }

    #[test]
    fn what_word_pastes_in_is_cleaned() {
        assert_eq!(
            paragraphs("one\u{b}two\r\nthree\rfour\u{0}\u{7}\tfive"),
            "one\ntwo\nthree\nfour five"
        );
    }

    #[test]
    fn text_cannot_be_hidden_by_turning_its_direction() {
        assert_eq!(paragraphs("safe\u{202e}txet\u{202c}"), "safetxet");
    }

    #[test]
    fn an_accented_name_is_the_same_however_it_was_typed() {
        assert_eq!(line("Zoe\u{308}"), "Zo\u{eb}");
    }

    #[test]
    fn a_whole_file_is_cleaned_wherever_text_stands_in_it() {
        let file = serde_json::json!({"a": ["x\u{202e}y", 3], "b": {"c": "p\u{0}q\r\nr"}});
        let clean = serde_json::json!({"a": ["xy", 3], "b": {"c": "pq\nr"}});
        assert_eq!(cleaned(file), clean);
    }

    #[test]
    fn a_line_stays_on_one_line() {
        assert_eq!(
            line("  Reading\n Magistrates'\u{a0}Court "),
            "Reading Magistrates' Court"
        );
    }

    #[test]
    fn cleaning_twice_changes_nothing_more() {
        for text in ["a\u{b}\u{b}b ", "\n\n x\u{85}", "\u{202a}"] {
            let once = paragraphs(text);
            assert_eq!(paragraphs(&once), once);
        }
    }
}
