//! A passage as sentences, with what is never judged blotted out: quotations, and names
//! that are left alone.
//!
//! Lives here: where a sentence ends, and what is quoted. Not here: which names are left
//! alone (`rules`), or judging anything.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::report::document::{Block as Shown, Document, text_of};

/// What stands for each byte that is blotted out: no word, no blank, no mark.
const BLOT: char = '\u{1}';

/// Marks that open a quotation; the last two where they are no apostrophe.
const OPENING: [char; 5] = ['“', '"', '«', '‘', '\''];

/// A paragraph, an item of a list, a cell of a table.
pub(super) struct Block {
    pub text: String,
    /// The same, byte for byte, with what is not judged blotted out.
    pub judged: String,
    /// Where its sentences stand.
    pub sentences: Vec<Range<usize>>,
}

/// The blocks of a passage; `left_alone` names what else is not judged in a text.
pub(super) fn blocks(markdown: &str, left_alone: &dyn Fn(&str) -> Vec<Range<usize>>) -> Vec<Block> {
    let mut texts = Vec::new();
    collect(&Document::from_markdown(markdown).blocks, &mut texts);
    texts.retain(|text| !text.trim().is_empty());
    let block = |text: String| block(text, left_alone);
    texts.into_iter().map(block).collect()
}

/// One text as a block.
pub(super) fn block(text: String, left_alone: &dyn Fn(&str) -> Vec<Range<usize>>) -> Block {
    let mut hidden = quotations(&text);
    hidden.extend(left_alone(&text));
    Block {
        judged: blotted(&text, &hidden),
        sentences: sentences(&text),
        text,
    }
}

fn collect(blocks: &[Shown], texts: &mut Vec<String>) {
    for block in blocks {
        match block {
            Shown::Heading { inlines, .. } | Shown::Paragraph(inlines) => {
                texts.push(text_of(inlines));
            }
            Shown::List(list) => list.items.iter().for_each(|item| collect(item, texts)),
            Shown::Table(table) => {
                let cells = table.rows.iter().flatten();
                texts.extend(cells.map(|cell| text_of(cell)));
            }
        }
    }
}

/// Where each sentence stands, without the blanks around it.
fn sentences(text: &str) -> Vec<Range<usize>> {
    let trimmed = |(at, sentence): (usize, &str)| {
        let start = at + sentence.len() - sentence.trim_start().len();
        start..start + sentence.trim().len()
    };
    text.split_sentence_bound_indices()
        .map(trimmed)
        .filter(|range| !range.is_empty())
        .collect()
}

/// Where somebody else's words stand between quotation marks. A mark that is never closed
/// opens nothing, and an apostrophe is none.
fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    if !OPENING.iter().any(|mark| text.contains(*mark)) {
        return found;
    }
    let mut from = 0;
    while let Some((at, open)) = next_opening(text, from) {
        let inside = at + open.len_utf8();
        match closing(text, inside, open) {
            Some(end) => {
                found.push(at..end);
                from = end;
            }
            None => from = inside,
        }
    }
    found
}

/// The next mark that opens a quotation.
fn next_opening(text: &str, from: usize) -> Option<(usize, char)> {
    let mut before = text[..from].chars().next_back();
    for (at, mark) in text[from..].char_indices() {
        let fresh = before.is_none_or(|b| !b.is_alphanumeric());
        let opens = match mark {
            '“' | '"' | '«' => true,
            '‘' | '\'' => fresh,
            _ => false,
        };
        if opens {
            return Some((from + at, mark));
        }
        before = Some(mark);
    }
    None
}

/// Where the quotation ends that opens before `from` with `open`.
fn closing(text: &str, from: usize, open: char) -> Option<usize> {
    let close = match open {
        '“' => '”',
        '«' => '»',
        '‘' => '’',
        other => other,
    };
    let single = matches!(open, '‘' | '\'');
    let mut all = text[from..].char_indices().peekable();
    while let Some((at, mark)) = all.next() {
        let next = all.peek().map(|(_, c)| *c);
        let ends_a_word = next.is_none_or(|c| !c.is_alphanumeric());
        if mark == close && (!single || ends_a_word) {
            return Some(from + at + mark.len_utf8());
        }
    }
    None
}

/// The text with every byte of `hidden` blotted out.
fn blotted(text: &str, hidden: &[Range<usize>]) -> String {
    if hidden.is_empty() {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for (at, character) in text.char_indices() {
        if hidden.iter().any(|range| range.contains(&at)) {
            out.extend(std::iter::repeat_n(BLOT, character.len_utf8()));
        } else {
            out.push(character);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(text: &str) -> String {
        let block = block(text.to_owned(), &|_| Vec::new());
        assert_eq!(block.text.len(), block.judged.len());
        block.judged.replace(BLOT, "")
    }

    #[test]
    fn quotations_are_not_judged_whatever_their_marks() {
        assert_eq!(
            judged("She said: “I was an addict. We all were.” Then she left."),
            "She said:  Then she left."
        );
        assert_eq!(
            judged("It reads \"a known addict\", no more."),
            "It reads , no more."
        );
        assert_eq!(
            judged("They call her 'the girls' friend' there."),
            "They call her  friend' there."
        );
        assert_eq!(judged("She was ‘clean’ by then."), "She was  by then.");
    }

    #[test]
    fn apostrophes_and_marks_that_are_never_closed_open_nothing() {
        for text in [
            "Women's work and her daughters’ home.",
            "She said “and went on.",
            "It's hers, isn't it?",
        ] {
            assert_eq!(judged(text), text);
        }
    }

    #[test]
    fn sentences_are_parted_by_the_standard_and_a_break_parts_them_too() {
        let block = block("She came at 9.30am. Did she stay?\nShe did".into(), &|_| {
            Vec::new()
        });
        let all: Vec<&str> = block
            .sentences
            .iter()
            .map(|r| &block.text[r.clone()])
            .collect();
        assert_eq!(all, ["She came at 9.30am.", "Did she stay?", "She did"]);
    }

    #[test]
    fn cells_and_items_are_texts_of_their_own() {
        let texts = blocks(
            "- One.\n- Two.\n\n| A | B |\n| - | - |\n| c | **d** |",
            &|_| Vec::new(),
        );
        let texts: Vec<&str> = texts.iter().map(|b| b.text.as_str()).collect();
        assert_eq!(texts, ["One.", "Two.", "c", "d"]);
    }
}
