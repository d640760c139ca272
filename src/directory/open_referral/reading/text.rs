//! Foreign text made safe to keep: plain, without markup or control characters, of a
//! bounded length.
//!
//! Lives here: the cleaning. Not here: which property is cleaned how (`document`).
//! What is kept is text and is escaped wherever it is shown; that it holds no markup
//! is a second lock on the same door.

use html5gum::{DefaultEmitter, Token, Tokenizer};

/// Markup within markup, as `&lt;b&gt;`, is taken out so many times.
const PASSES: usize = 3;

/// What was found and left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct LeftOut {
    /// Tags, comments or the like.
    pub(super) markup: bool,
    /// A script, a style or a frame, with what was in it.
    pub(super) script: bool,
    /// The end of it.
    pub(super) end: bool,
}

/// One line: no line breaks.
pub(super) fn line(text: &str, most: usize) -> (String, LeftOut) {
    let (text, left_out) = paragraphs(text, most);
    if text.contains('\n') {
        let words: Vec<&str> = text.split_whitespace().collect();
        return (words.join(" "), left_out);
    }
    (text, left_out)
}

/// Paragraphs: line breaks are kept.
pub(super) fn paragraphs(text: &str, most: usize) -> (String, LeftOut) {
    let mut left_out = LeftOut::default();
    let mut plain = text.to_owned();
    for _ in 0..PASSES {
        // The tokeniser is asked only where there may be something for it.
        if !plain.contains(['<', '&']) {
            break;
        }
        let before = plain;
        plain = without_markup(&before, &mut left_out);
        if plain == before {
            break;
        }
    }
    if plain.contains(|c| is_left_out(c) || c == '\t') {
        plain = plain
            .replace("\r\n", "\n")
            .replace('\r', "\n")
            .replace('\t', " ")
            .replace(is_left_out, "");
    }
    if left_out.markup {
        plain = tidy(&plain);
    }
    let trimmed = plain.trim();
    if let Some((end, _)) = trimmed.char_indices().nth(most) {
        left_out.end = true;
        return (trimmed[..end].trim_end().to_owned(), left_out);
    }
    (trimmed.to_owned(), left_out)
}

/// Controls, and marks that change the order in which text is shown.
fn is_left_out(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn without_markup(text: &str, left_out: &mut LeftOut) -> String {
    let mut emitter = DefaultEmitter::<()>::default();
    emitter.naively_switch_states(true);
    let mut plain = String::with_capacity(text.len());
    // Inside this element nothing is text.
    let mut inside: Option<Vec<u8>> = None;
    for token in Tokenizer::new_with_emitter(text, emitter) {
        let Ok(token) = token;
        match token {
            Token::String(found) if inside.is_none() => {
                plain.push_str(&String::from_utf8_lossy(&found));
            }
            Token::StartTag(tag) => {
                left_out.markup = true;
                if hides(&tag.name) && inside.is_none() && !tag.self_closing {
                    left_out.script = true;
                    inside = Some(tag.name.to_vec());
                } else if breaks(&tag.name) {
                    plain.push('\n');
                }
            }
            Token::EndTag(tag) => {
                left_out.markup = true;
                if inside.as_deref() == Some(&tag.name[..]) {
                    inside = None;
                } else if breaks(&tag.name) {
                    plain.push('\n');
                }
            }
            Token::Comment(_) | Token::Doctype(_) => left_out.markup = true,
            Token::String(_) | Token::Error(_) => {}
        }
    }
    plain
}

fn hides(tag: &[u8]) -> bool {
    matches!(
        tag,
        b"script" | b"style" | b"iframe" | b"object" | b"template" | b"svg" | b"math" | b"noscript"
    )
}

fn breaks(tag: &[u8]) -> bool {
    matches!(
        tag,
        b"p" | b"br"
            | b"div"
            | b"li"
            | b"ul"
            | b"ol"
            | b"tr"
            | b"table"
            | b"h1"
            | b"h2"
            | b"h3"
            | b"h4"
            | b"h5"
            | b"h6"
    )
}

/// Spaces and empty lines that the markup leaves behind.
fn tidy(text: &str) -> String {
    let lines = text
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    let kept: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    kept.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_becomes_plain_text_and_a_script_leaves_nothing() {
        let (text, left_out) = paragraphs(
            "<p>Open&nbsp;to <b>all</b> &amp; free.</p><ul><li>Tea</li><li>Talk</li></ul>\
             <script>alert('x')</script><img src=x onerror=alert(1)>",
            500,
        );
        assert_eq!(text, "Open to all & free.\nTea\nTalk");
        assert!(left_out.markup && left_out.script && !left_out.end);
    }

    #[test]
    fn markup_that_hides_in_markup_is_found() {
        for hidden in [
            "&lt;script&gt;alert(1)&lt;/script&gt;Open",
            "&amp;lt;b&amp;gt;Open&amp;lt;/b&amp;gt;",
            "<scr<script>ipt>alert(1)</script>Open",
            "Open<script>alert(1)",
            "Open<!-- <script> -->",
            "<svg onload=alert(1)>x</svg>Open",
        ] {
            let (text, left_out) = paragraphs(hidden, 500);
            assert!(
                !text.contains('<') && !text.contains("&lt;"),
                "{hidden}: {text}"
            );
            assert!(text.contains("Open"), "{hidden}: {text}");
            assert!(left_out.markup, "{hidden}");
        }
    }

    #[test]
    fn plain_text_stays_as_it_is() {
        for plain in [
            "Tea & talk",
            "Waits < 4 weeks, 3 > 2",
            "£5 a day",
            "Ynys Môn\nBangor  ",
        ] {
            let (text, left_out) = paragraphs(plain, 500);
            assert_eq!(text, plain.trim_end());
            assert_eq!(left_out, LeftOut::default());
        }
    }

    #[test]
    fn controls_and_what_turns_text_round_are_left_out_and_the_end_is_cut() {
        let (text, _) = line("A\u{0}B\u{202e}C\u{feff}\r\nD\tE", 500);
        assert_eq!(text, "ABC D E");
        let (text, left_out) = line("ééééé", 3);
        assert_eq!((text.as_str(), left_out.end), ("ééé", true));
    }
}
