//! The preview: a [`Document`] as semantic HTML with GOV.UK class names.
//!
//! Lives here: tags and classes. Not here: the page around them, or any words.
//! To write another kind of block, give it an arm in [`write_block`].

use std::fmt::Write as _;

use super::document::{Block, Cell, Document, Inline, List, Table, text_of};

/// The whole document as HTML. `shift` lowers each heading, so that a report's
/// level 1 can stand under a page's own `h1`: with 1, level 1 becomes `h2`.
#[must_use]
pub fn to_html(document: &Document, shift: u8) -> String {
    let mut out = String::new();
    for block in &document.blocks {
        write_block(block, shift, &mut out);
    }
    out
}

/// One block as HTML, for a page that puts something (the evidence) beside each.
#[must_use]
pub fn block_html(block: &Block, shift: u8) -> String {
    let mut out = String::new();
    write_block(block, shift, &mut out);
    out
}

fn write_block(block: &Block, shift: u8, out: &mut String) {
    match block {
        Block::Heading { level, inlines } => write_heading(*level, inlines, shift, out),
        Block::Paragraph(inlines) => {
            out.push_str("<p class=\"govuk-body\">");
            write_inlines(inlines, out);
            out.push_str("</p>\n");
        }
        Block::List(list) => write_list(list, shift, out),
        Block::Table(table) => write_table(table, out),
    }
}

fn write_heading(level: u8, inlines: &[Inline], shift: u8, out: &mut String) {
    let tag = level.saturating_add(shift).clamp(1, 6);
    let size = match level {
        1 => 'l',
        2 => 'm',
        _ => 's',
    };
    // Writing to a String cannot fail.
    let _ = write!(out, "<h{tag} class=\"govuk-heading-{size}\">");
    write_inlines(inlines, out);
    let _ = writeln!(out, "</h{tag}>");
}

fn write_list(list: &List, shift: u8, out: &mut String) {
    let (tag, kind) = if list.ordered {
        ("ol", "number")
    } else {
        ("ul", "bullet")
    };
    let _ = write!(out, "<{tag} class=\"govuk-list govuk-list--{kind}\"");
    if list.ordered && list.start != 1 {
        let _ = write!(out, " start=\"{}\"", list.start);
    }
    out.push_str(">\n");
    for item in &list.items {
        out.push_str("<li>");
        write_item(item, shift, out);
        out.push_str("</li>\n");
    }
    let _ = writeln!(out, "</{tag}>");
}

/// The words of an item stand in it without a paragraph of their own, as in the
/// GOV.UK list; what follows them is in blocks.
fn write_item(item: &[Block], shift: u8, out: &mut String) {
    for (at, block) in item.iter().enumerate() {
        match block {
            Block::Paragraph(inlines) if at == 0 => write_inlines(inlines, out),
            other => write_block(other, shift, out),
        }
    }
}

fn write_table(table: &Table, out: &mut String) {
    out.push_str("<table class=\"govuk-table\">\n");
    if let Some(caption) = &table.caption {
        out.push_str("<caption class=\"govuk-table__caption govuk-table__caption--s\">");
        write_escaped(caption, out);
        out.push_str("</caption>\n");
    }
    if !table.header.is_empty() {
        out.push_str("<thead class=\"govuk-table__head\">\n<tr class=\"govuk-table__row\">");
        table.header.iter().for_each(|cell| write_header(cell, out));
        out.push_str("</tr>\n</thead>\n");
    }
    out.push_str("<tbody class=\"govuk-table__body\">\n");
    for row in &table.rows {
        out.push_str("<tr class=\"govuk-table__row\">");
        for cell in row {
            out.push_str("<td class=\"govuk-table__cell\">");
            write_inlines(cell, out);
            out.push_str("</td>");
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n");
}

/// An empty header cell would announce nothing, so it is an ordinary cell.
fn write_header(cell: &Cell, out: &mut String) {
    if text_of(cell).trim().is_empty() {
        out.push_str("<td class=\"govuk-table__header\"></td>");
        return;
    }
    out.push_str("<th scope=\"col\" class=\"govuk-table__header\">");
    write_inlines(cell, out);
    out.push_str("</th>");
}

fn write_inlines(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        let (open, close) = match inline {
            Inline::Text(_) => ("", ""),
            Inline::Strong(_) => ("<strong>", "</strong>"),
            Inline::Emphasis(_) => ("<em>", "</em>"),
            Inline::StrongEmphasis(_) => ("<strong><em>", "</em></strong>"),
            Inline::Break => {
                out.push_str("<br>");
                continue;
            }
        };
        out.push_str(open);
        write_escaped(inline.text(), out);
        out.push_str(close);
    }
}

fn write_escaped(text: &str, out: &mut String) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use scraper::{Html, Selector};

    use super::*;
    use crate::report::document::{clean, escape_paragraphs};

    fn html(markdown: &str) -> String {
        to_html(&Document::from_markdown(markdown), 1)
    }

    #[test]
    fn headings_are_lowered_but_keep_their_size() {
        assert_eq!(
            html("# One\n\n## Two\n\n### Three"),
            "<h2 class=\"govuk-heading-l\">One</h2>\n<h3 class=\"govuk-heading-m\">Two</h3>\n\
             <h4 class=\"govuk-heading-s\">Three</h4>\n"
        );
    }

    #[test]
    fn lists_carry_the_govuk_classes_and_nest_inside_their_item() {
        assert_eq!(
            html("- a\n  1. b\n- c"),
            "<ul class=\"govuk-list govuk-list--bullet\">\n<li>a\
             <ol class=\"govuk-list govuk-list--number\">\n<li>b</li>\n</ol>\n</li>\n\
             <li>c</li>\n</ul>\n"
        );
    }

    #[test]
    fn a_table_has_a_caption_and_a_scope_on_each_header_cell() {
        let page =
            Html::parse_fragment(&html("Table: Plan\n\n| What | |\n| - | - |\n| **x** | y |"));
        let count = |css: &str| page.select(&Selector::parse(css).unwrap()).count();
        assert_eq!(count("table > caption"), 1);
        assert_eq!(count("thead th[scope=col]"), 1);
        assert_eq!(count("tbody td"), 2);
        assert_eq!(count("td strong"), 1);
    }

    #[test]
    fn nothing_typed_becomes_a_tag() {
        let page = html("<script>alert(1)</script>\n\n<img src=x onerror=y> & \"q\"");
        assert!(
            !page.contains("<script") && !page.contains("<img"),
            "{page}"
        );
    }

    proptest! {
        #[test]
        fn a_typed_text_reads_back_from_the_page(text in any::<String>()) {
            let document = Document::from_markdown(&escape_paragraphs(&text));
            let page = Html::parse_fragment(&to_html(&document, 0));
            let read: String = page.root_element().text().collect();
            let squeeze = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(squeeze(&read), squeeze(&clean(&text)));
        }
    }
}
