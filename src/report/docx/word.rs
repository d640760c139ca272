//! The outline as a docx-rs document, and its body as XML.
//!
//! Lives here: paragraphs, rows and cells. Not here: anything docx-rs writes in
//! the wrong order or cannot say; the finishing pass does that, and so only
//! properties are used here that it writes in order once mended (style, number,
//! space, bold, italic).

use docx_rs::{
    BuildXML, Document, DocumentChild, IndentLevel, LineSpacing, NumberingId, NumberingProperty,
    Paragraph as WordParagraph, ParagraphChild, ParagraphProperty, ParagraphStyle,
    Table as WordTable, TableCell, TableRow, WidthType,
};

use super::house::Style;
use super::outline::{Outline, Paragraph, Piece, Table};
use super::text;
use crate::report::document::{Cell, Inline};

/// The main part as docx-rs writes it.
pub fn body(outline: &Outline<'_>) -> Vec<u8> {
    let mut document = Document::new();
    document.children = outline
        .pieces
        .iter()
        .map(|piece| match piece {
            Piece::Paragraph(paragraph) => {
                DocumentChild::Paragraph(Box::new(styled_paragraph(paragraph)))
            }
            Piece::Table(table) => DocumentChild::Table(Box::new(ruled_table(table))),
        })
        .collect();
    document.build()
}

fn styled_paragraph(paragraph: &Paragraph<'_>) -> WordParagraph {
    let mut word = paragraph_of(paragraph.style, &paragraph.words);
    word.property.numbering_property = paragraph.number.map(|(id, level)| NumberingProperty {
        id: Some(NumberingId::new(id)),
        level: Some(IndentLevel::new(level)),
    });
    word.property.line_spacing = paragraph
        .before
        .map(|before| LineSpacing::new().before(before));
    word
}

/// Written out rather than by `Paragraph::new`, which takes an id from a counter
/// that is never given back.
fn paragraph_of(style: Style, words: &[Inline]) -> WordParagraph {
    let mut property = ParagraphProperty::new();
    property.style = Some(ParagraphStyle::new(Some(style.id())));
    WordParagraph {
        id: String::new(),
        children: text::runs(words).map(ParagraphChild::Run).collect(),
        property,
        has_numbering: false,
    }
}

fn ruled_table(table: &Table<'_>) -> WordTable {
    let widths: Vec<usize> = table.widths.iter().map(|width| *width as usize).collect();
    let header = (!table.source.header.is_empty())
        .then(|| row(&table.source.header, Style::TableHeading, &widths));
    let rows = table
        .source
        .rows
        .iter()
        .map(|cells| row(cells, Style::TableText, &widths));
    WordTable::new(header.into_iter().chain(rows).collect()).set_grid(widths)
}

/// A row is never split over two pages: half a requirement is worse than a gap.
fn row(cells: &[Cell], style: Style, widths: &[usize]) -> TableRow {
    let cells = widths.iter().enumerate().map(|(column, width)| {
        let words = cells.get(column).map_or(&[][..], Vec::as_slice);
        TableCell::new()
            .width(*width, WidthType::Dxa)
            .add_paragraph(paragraph_of(style, words))
    });
    TableRow::new(cells.collect()).cant_split()
}
