//! Plain text of a report, wrapped for reading aloud, e-mail and the terminal.
//!
//! Lives here: layout in characters. Not here: the words. To write another kind of
//! block, give it an arm in [`write_blocks`].

use super::document::{Block, Cell, Document, Inline, List, Table, text_of};

/// Characters in a line.
const WIDTH: usize = 80;

/// The whole document as text. A table becomes one line per cell, each named by
/// its column, because columns side by side cannot be read aloud.
#[must_use]
pub fn to_text(document: &Document) -> String {
    written(document, WIDTH)
}

/// The same with each paragraph on one line, to be pasted into a box that wraps it.
#[must_use]
pub fn to_unwrapped(document: &Document) -> String {
    written(document, usize::MAX)
}

fn written(document: &Document, width: usize) -> String {
    let text = String::new();
    let mut page = Page { text, width };
    write_blocks(&document.blocks, 0, &mut page);
    page.text
}

struct Page {
    text: String,
    /// Characters in a line.
    width: usize,
}

impl Page {
    /// A blank line, unless this is the top of the page.
    fn gap(&mut self) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
    }

    /// Wraps `words` after `mark`; further lines start under the first.
    fn write(&mut self, indent: usize, mark: &str, words: &str) {
        let hang = indent + mark.chars().count();
        let mut lead = " ".repeat(indent) + mark;
        for line in words.split('\n') {
            let mut used = lead.chars().count();
            self.text.push_str(&lead);
            let mut empty = true;
            for word in line.split_whitespace() {
                let length = word.chars().count();
                if !empty && used + 1 + length > self.width {
                    self.text.push('\n');
                    self.text.push_str(&" ".repeat(hang));
                    used = hang;
                    empty = true;
                }
                if !empty {
                    self.text.push(' ');
                    used += 1;
                }
                self.text.push_str(word);
                used += length;
                empty = false;
            }
            self.text.push('\n');
            lead = " ".repeat(hang);
        }
    }
}

fn write_blocks(blocks: &[Block], indent: usize, page: &mut Page) {
    for block in blocks {
        page.gap();
        match block {
            Block::Heading { level, inlines } => write_heading(*level, inlines, page),
            Block::Paragraph(inlines) => page.write(indent, "", &text_of(inlines)),
            Block::List(list) => write_list(list, indent, page),
            Block::Table(table) => write_table(table, indent, page),
        }
    }
}

fn write_heading(level: u8, inlines: &[Inline], page: &mut Page) {
    let words = text_of(inlines);
    page.write(0, "", &words);
    let underline = match level {
        1 => "=",
        2 => "-",
        _ => return,
    };
    let longest = words.lines().map(|line| line.chars().count()).max();
    page.text
        .push_str(&underline.repeat(longest.unwrap_or_default().min(page.width)));
    page.text.push('\n');
}

fn write_list(list: &List, indent: usize, page: &mut Page) {
    for (at, item) in list.items.iter().enumerate() {
        let mark = if list.ordered {
            let number = usize::try_from(list.start).unwrap_or(1).saturating_add(at);
            format!("{number}. ")
        } else {
            "- ".to_owned()
        };
        let inner = indent + mark.chars().count();
        let mut rest = item.as_slice();
        if let [Block::Paragraph(inlines), others @ ..] = item.as_slice() {
            page.write(indent, &mark, &text_of(inlines));
            rest = others;
        }
        for block in rest {
            match block {
                Block::List(inside) => write_list(inside, inner, page),
                other => write_blocks(std::slice::from_ref(other), inner, page),
            }
        }
    }
}

fn write_table(table: &Table, indent: usize, page: &mut Page) {
    if let Some(caption) = &table.caption {
        page.write(indent, "", caption);
        page.gap();
    }
    for (at, row) in table.rows.iter().enumerate() {
        if at > 0 {
            page.gap();
        }
        for (column, cell) in row.iter().enumerate() {
            write_cell(table.header.get(column), cell, indent, page);
        }
    }
}

fn write_cell(header: Option<&Cell>, cell: &Cell, indent: usize, page: &mut Page) {
    let words = text_of(cell);
    if words.trim().is_empty() {
        return;
    }
    let words = words.replace('\n', ", ");
    match header.map(|header| text_of(header).replace('\n', " ")) {
        Some(name) if !name.trim().is_empty() => {
            page.write(indent, "", &format!("{}: {words}", name.trim()));
        }
        _ => page.write(indent, "", &words),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::report::document::{clean, escape_paragraphs};

    fn text(markdown: &str) -> String {
        to_text(&Document::from_markdown(markdown))
    }

    #[test]
    fn headings_lists_and_tables_read_as_lines() {
        let markdown = "# Report\n\nShe **will** attend.\n\n## Plan\n\n- one\n  1. two\n- three\n\n\
             Table: What is proposed\n\n| What | How much |\n| - | - |\n| RAR | 20 days |\n| Curfew | |";
        let expected = "Report\n======\n\nShe will attend.\n\nPlan\n----\n\n- one\n  1. two\n- three\n\n\
             What is proposed\n\nWhat: RAR\nHow much: 20 days\n\nWhat: Curfew\n";
        assert_eq!(text(markdown), expected);
    }

    #[test]
    fn text_to_be_pasted_breaks_only_where_a_paragraph_ends() {
        let long = "word ".repeat(60);
        let markdown = format!("{long}\n\nNext.");
        let pasted = to_unwrapped(&Document::from_markdown(&markdown));
        assert_eq!(pasted, format!("{}\n\nNext.\n", long.trim()));
    }

    proptest! {
        #[test]
        fn lines_of_ordinary_words_fit_and_no_word_is_lost(words in proptest::collection::vec("[a-zé’]{1,20}", 1..60)) {
            let typed = words.join(" ");
            let page = text(&format!("- {typed}"));
            prop_assert!(page.lines().all(|line| line.chars().count() <= WIDTH));
            let read: Vec<&str> = page.split_whitespace().skip(1).collect();
            prop_assert_eq!(read, words);
        }

        #[test]
        fn every_typed_word_is_kept(typed in any::<String>()) {
            let page = text(&escape_paragraphs(&typed));
            let kept: Vec<&str> = page.split_whitespace().collect();
            let cleaned = clean(&typed);
            let expected: Vec<&str> = cleaned.split_whitespace().collect();
            prop_assert_eq!(kept, expected);
        }
    }
}
