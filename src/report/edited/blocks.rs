//! The Markdown that an author types, as blocks that can stand one after another in a
//! report: each keeps to itself, and no word of it is lost.
//!
//! Lives here: what of Markdown her text may use (`report::document` reads it) and what
//! becomes of the rest, which is shown as it was typed. An unclosed code block would
//! otherwise swallow the rest of the report; a reference would vanish.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::report::{
    document::{Block, Document, escape, escape_paragraphs, text_of},
    plain,
};

/// The deepest heading a report uses.
const DEEPEST_HEADING: u8 = 3;

/// Opens the paragraph that captions the table below it.
const CAPTION: &str = "Table: ";

/// What stands at the top level of a text.
enum Part {
    /// A paragraph, a list, a table.
    Sound(Range<usize>),
    Heading(Range<usize>),
    /// A quotation, which the report sets as paragraphs.
    Quote(Range<usize>),
    /// Anything else: code, raw HTML, what no block holds.
    Other(Range<usize>),
}

/// The blocks of a text, each as Markdown. `level` is that of the heading they stand
/// under.
pub(super) fn read(text: &str, level: u8) -> Vec<String> {
    let mut above = level;
    let blocks = parts(text).into_iter().map(|part| match part {
        Part::Sound(range) => sound(&text[range]),
        Part::Heading(range) => heading(&text[range], level, &mut above),
        Part::Quote(range) => quote(&text[range]),
        Part::Other(range) => typed(&text[range]),
    });
    blocks.filter(|block| !block.is_empty()).collect()
}

/// The words of a block, for comparing.
pub(super) fn plain(markdown: &str) -> String {
    plain::to_unwrapped(&Document::from_markdown(markdown))
}

fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut depth = 0_usize;
    let mut done = 0;
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        let top = depth == 0;
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if !top || range.is_empty() || range.start < done {
            continue;
        }
        // What lies between two blocks defines a reference, which nobody would see.
        parts.push(Part::Other(done..range.start));
        done = range.end;
        if let (Event::Start(Tag::Table(_)), Some(caption)) = (&event, captions(text, &parts)) {
            parts.truncate(parts.len() - 2);
            parts.push(Part::Sound(caption..range.end));
            continue;
        }
        parts.push(match event {
            Event::Start(Tag::Paragraph | Tag::List(_) | Tag::Table(_)) => Part::Sound(range),
            Event::Start(Tag::BlockQuote(_)) => Part::Quote(range),
            Event::Start(Tag::Heading { .. }) => Part::Heading(range),
            Event::Rule => continue,
            _ => Part::Other(range),
        });
    }
    parts.push(Part::Other(done..text.len()));
    parts
}

/// Where the paragraph starts that captions the table which comes next.
fn captions(text: &str, parts: &[Part]) -> Option<usize> {
    let [.., Part::Sound(paragraph), Part::Other(between)] = parts else {
        return None;
    };
    let captions = text[paragraph.clone()].starts_with(CAPTION);
    (captions && text[between.clone()].trim().is_empty()).then_some(paragraph.start)
}

/// The block as it was typed, where every word of it is read back by itself; else its
/// words without any markup.
fn sound(block: &str) -> String {
    let block = block.trim_end().trim_start_matches('\n');
    let document = Document::from_markdown(block);
    let whole = document.blocks.len() == 1 && words(block) == words(&shown(&document));
    if whole {
        block.to_owned()
    } else {
        typed(block)
    }
}

/// A heading deeper than the section's own, and at most one deeper than the one `above`
/// it; where none is deeper, a line of its own.
fn heading(block: &str, level: u8, above: &mut u8) -> String {
    let blocks = Document::from_markdown(block).blocks;
    let [
        Block::Heading {
            level: typed_as,
            inlines,
        },
    ] = blocks.as_slice()
    else {
        return typed(block);
    };
    let text = text_of(inlines);
    if words(block) != words(&text) {
        return typed(block);
    }
    let deep = (*typed_as).clamp(level + 1, *above + 1);
    let text = escape(&text);
    match deep {
        _ if text.is_empty() => String::new(),
        deep if deep <= DEEPEST_HEADING => {
            *above = deep;
            format!("{} {text}", "#".repeat(deep.into()))
        }
        _ => format!("**{text}**"),
    }
}

fn quote(block: &str) -> String {
    let text = plain(block);
    typed(if words(&text) == words(block) {
        &text
    } else {
        block
    })
}

fn typed(block: &str) -> String {
    escape_paragraphs(block)
}

/// The words of a document, with what its outputs say of its tables.
fn shown(document: &Document) -> String {
    let mut all = String::new();
    for block in &document.blocks {
        collect(block, &mut all);
    }
    all
}

fn collect(block: &Block, all: &mut String) {
    match block {
        Block::Heading { inlines, .. } | Block::Paragraph(inlines) => {
            all.push_str(&text_of(inlines));
        }
        Block::List(list) => list.items.iter().flatten().for_each(|b| {
            collect(b, all);
            all.push(' ');
        }),
        Block::Table(table) => {
            if let Some(caption) = &table.caption {
                all.push_str(CAPTION);
                all.push_str(caption);
                all.push(' ');
            }
            for cell in table.header.iter().chain(table.rows.iter().flatten()) {
                all.push_str(&text_of(cell));
                all.push(' ');
            }
        }
    }
}

/// Letters and digits alone, without line breaks that are written as tags and without
/// the numbers of a numbered list, which are counted anew.
fn words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split('\n') {
        let line = line.trim_start();
        let digits = line.chars().take_while(char::is_ascii_digit).count();
        let counted = digits > 0 && line[digits..].starts_with(['.', ')']);
        let line = if counted { &line[digits..] } else { line };
        out.extend(without_breaks(line).chars().filter(|c| c.is_alphanumeric()));
    }
    out
}

fn without_breaks(line: &str) -> String {
    ["<br>", "<br/>", "<br />", "<BR>"]
        .iter()
        .fold(line.to_owned(), |line, tag| line.replace(tag, " "))
}
