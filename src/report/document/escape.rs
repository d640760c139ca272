//! Typed text made safe: for XML ([`clean`]) and for Markdown ([`escape`],
//! [`escape_paragraphs`]).
//!
//! Lives here: what may never reach a report as it was typed. Not here: reading
//! Markdown. To make another character harmless, add it to [`is_markup`] (wherever
//! it stands) or to [`opens_a_block`] (at the start of a line).

use std::borrow::Cow;

/// Text with everything that a document cannot hold taken out: control characters
/// go, and each of the many ways to end a line becomes `\n`. Word keeps its soft
/// line break as U+000B, which makes a whole DOCX unreadable if it gets in.
#[must_use]
pub fn clean(text: &str) -> String {
    cleaned(text).into_owned()
}

/// [`clean`], without a copy where the text is clean already.
pub(crate) fn cleaned(text: &str) -> Cow<'_, str> {
    if is_clean(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\r' => {
                if characters.peek() != Some(&'\n') {
                    out.push('\n');
                }
            }
            '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' => out.push('\n'),
            '\u{2029}' => out.push_str("\n\n"),
            other if needs_cleaning(other) => {}
            other => out.push(other),
        }
    }
    Cow::Owned(out)
}

/// True where [`clean`] has nothing to do. Bytes that can only start an ordinary
/// character are passed over without being put together.
fn is_clean(text: &str) -> bool {
    let mut bytes = text.bytes().enumerate();
    !bytes.any(|(at, byte)| {
        let suspect = match byte {
            b'\t' | b'\n' => false,
            0..0x20 | 0x7f | 0xc2 | 0xe2 | 0xef => true,
            _ => false,
        };
        suspect && text[at..].starts_with(needs_cleaning)
    })
}

/// True for a character that [`clean`] changes: controls other than tab and new
/// line, the two Unicode separators, and the two code points XML forbids.
fn needs_cleaning(character: char) -> bool {
    match character {
        '\t' | '\n' => false,
        '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}' => true,
        other => other.is_control(),
    }
}

/// Text as one line of Markdown that reads as exactly that text, whatever it
/// holds. New lines become spaces. Safe in a paragraph, a heading, a list item or
/// a table cell.
#[must_use]
pub fn escape(text: &str) -> String {
    let cleaned = cleaned(text);
    let mut out = String::with_capacity(cleaned.len() + 8);
    escape_line(&cleaned, &mut out);
    out
}

/// Text as Markdown paragraphs: a blank line starts a new paragraph and a single
/// new line stays a new line. A text box on a page wraps long lines by itself, so
/// a new line in it was typed on purpose (an address, a list of dates), and the
/// court should see what the author saw.
#[must_use]
pub fn escape_paragraphs(text: &str) -> String {
    let cleaned = cleaned(text);
    let mut out = String::with_capacity(cleaned.len() + 8);
    let mut between = "";
    for line in cleaned.split('\n') {
        if line.trim().is_empty() {
            if !out.is_empty() {
                between = "\n\n";
            }
            continue;
        }
        out.push_str(between);
        escape_line(line, &mut out);
        between = "\\\n";
    }
    out
}

/// Writes the words of `line`, single-spaced and escaped.
fn escape_line(line: &str, out: &mut String) {
    let line = line.trim();
    if let Some((word, rest)) = line.split_once(' ')
        && !word.contains(['\t', '\n'])
        && is_plain(rest)
    {
        escape_word(word, true, out);
        out.push(' ');
        out.push_str(rest);
        return;
    }
    let mut first = true;
    for word in line
        .split([' ', '\t', '\n'])
        .filter(|word| !word.is_empty())
    {
        if !first {
            out.push(' ');
        }
        escape_word(word, first, out);
        first = false;
    }
}

/// True for words that are single-spaced and hold no markup, as most lines are but for
/// their first.
fn is_plain(words: &str) -> bool {
    let mut last = b' ';
    words.bytes().all(|byte| {
        let doubled = byte == b' ' && last == b' ';
        last = byte;
        !doubled && !matches!(byte, b'\t' | b'\n') && !is_markup(char::from(byte))
    })
}

fn escape_word(word: &str, starts_line: bool, out: &mut String) {
    let number = if starts_line { list_number(word) } else { None };
    for (at, character) in word.char_indices() {
        let opens = starts_line && at == 0 && opens_a_block(character);
        if opens || number == Some(at) || is_markup(character) {
            out.push('\\');
        }
        out.push(character);
    }
}

/// Markup wherever it stands. `|` ends a table cell and `#` closes a heading.
fn is_markup(character: char) -> bool {
    matches!(
        character,
        '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '&' | '|' | '#' | '~'
    )
}

/// Markup at the start of a line only: lists, quotes, rules, underlined headings
/// and the second line of a table.
fn opens_a_block(character: char) -> bool {
    matches!(character, '-' | '+' | '>' | '=' | ':')
}

/// Where the full stop or bracket stands if a line starts like `12.` or `12)`.
fn list_number(word: &str) -> Option<usize> {
    let at = word.find(|c: char| !c.is_ascii_digit())?;
    (at > 0 && word[at..].starts_with(['.', ')'])).then_some(at)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::report::document::{Block, Document, Inline, text_of};

    /// What `escape` promises to keep: the words, single-spaced.
    fn words(text: &str) -> String {
        clean(text)
            .trim()
            .split([' ', '\t', '\n'])
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// Strings made mostly of what Markdown, HTML and XML give a meaning to.
    fn hostile() -> impl Strategy<Value = String> {
        proptest::collection::vec(
            prop_oneof![
                4 => proptest::sample::select(vec![
                    "\\", "`", "```", "*", "**", "_", "[", "](", "](x)", "![", "]: x", "<", "<b>",
                    "</", "<!--", "-->", "&", "&lt;", "&#11;", "|", "| - |", "#", "# ", "###", "~~~",
                    "-", "- ", "---", "+ ", "> ", "===", ":-:", "1.", "1. ", "23) ", " ", "    ",
                    "\t", "\n", "\n\n", "\r\n", "\u{b}", "\u{2028}", "\u{0}", "\u{fffe}", "\u{a0}",
                    "{{", "{%", "Table: ", "http://a.b", "$x$", "^[", "- [ ] ", "\u{3000}",
                ]).prop_map(str::to_owned),
                2 => "[a-z0-9 ]{0,6}",
                1 => any::<String>(),
            ],
            0..14,
        )
        .prop_map(|parts| parts.concat())
    }

    fn reads_as_itself(text: &str) {
        let blocks = Document::from_markdown(&escape(text)).blocks;
        let expected = words(text);
        if expected.is_empty() {
            assert_eq!(blocks, []);
            return;
        }
        assert_eq!(blocks, [Block::Paragraph(vec![Inline::Text(expected)])]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1500))]

        #[test]
        fn escaped_text_is_one_paragraph_of_just_that_text(text in any::<String>()) {
            reads_as_itself(&text);
        }

        #[test]
        fn escaped_markup_is_one_paragraph_of_just_that_text(text in hostile()) {
            reads_as_itself(&text);
        }

        #[test]
        fn escaped_text_stays_in_its_table_cell(text in hostile()) {
            let markdown = format!("| a | b |\n| - | - |\n| {} | end |", escape(&text));
            let blocks = Document::from_markdown(&markdown).blocks;
            let [Block::Table(table)] = blocks.as_slice() else {
                panic!("not a table: {blocks:?}");
            };
            prop_assert_eq!(text_of(&table.rows[0][0]), words(&text));
            prop_assert_eq!(text_of(&table.rows[0][1]), "end");
        }

        #[test]
        fn escaped_text_stays_in_its_list_item_and_heading(text in hostile()) {
            prop_assume!(!words(&text).is_empty());
            let markdown = format!("## {}\n\n- {}\n- end", escape(&text), escape(&text));
            let blocks = Document::from_markdown(&markdown).blocks;
            let [Block::Heading { inlines, .. }, Block::List(list)] = blocks.as_slice() else {
                panic!("not a heading and a list: {blocks:?}");
            };
            prop_assert_eq!(text_of(inlines), words(&text));
            prop_assert_eq!(list.items.len(), 2);
            prop_assert_eq!(&list.items[0], &vec![Block::Paragraph(vec![Inline::Text(words(&text))])]);
        }

        #[test]
        fn escaped_paragraphs_keep_their_lines_and_nothing_else(text in hostile()) {
            let blocks = Document::from_markdown(&escape_paragraphs(&text)).blocks;
            let kept: Vec<String> = blocks
                .iter()
                .map(|block| match block {
                    Block::Paragraph(inlines) => text_of(inlines),
                    other => panic!("not a paragraph: {other:?}"),
                })
                .collect();
            let cleaned = clean(&text);
            let mut expected: Vec<Vec<String>> = vec![vec![]];
            for line in cleaned.split('\n').map(words) {
                match (line.is_empty(), expected.last_mut()) {
                    (false, Some(paragraph)) => paragraph.push(line),
                    _ => expected.push(vec![]),
                }
            }
            let expected: Vec<String> = expected
                .into_iter()
                .filter(|lines| !lines.is_empty())
                .map(|lines| lines.join("\n"))
                .collect();
            prop_assert_eq!(kept, expected);
        }

        #[test]
        fn cleaning_twice_changes_nothing_more(text in any::<String>()) {
            let once = clean(&text);
            prop_assert!(!once.chars().any(needs_cleaning));
            prop_assert!(is_clean(&once));
            prop_assert_eq!(is_clean(&text), !text.chars().any(needs_cleaning));
            prop_assert_eq!(clean(&once), once);
        }
    }

    #[test]
    fn a_soft_line_break_pasted_from_word_becomes_a_line_break() {
        assert_eq!(
            clean("one\u{b}two\r\nthree\u{0}\u{ffff}"),
            "one\ntwo\nthree"
        );
        assert_eq!(escape("one\u{b}two\r\nthree"), "one two three");
        assert_eq!(
            escape_paragraphs("one\u{b}two\r\n\r\nthree"),
            "one\\\ntwo\n\nthree"
        );
    }

    #[test]
    fn plain_prose_is_left_as_it_was_typed() {
        let prose = "She said: \"I'd go if my mum (63) could mind him – 2 days a week.\"";
        assert_eq!(escape(prose), prose);
    }
}
