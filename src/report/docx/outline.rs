//! A document as Word thinks of it: a flat run of styled paragraphs and tables.
//!
//! Lives here: which style, which numbered list, how wide each column, what a
//! table is called. Not here: XML. To place another kind of block, give it an arm
//! in [`Outline::place`].

use std::borrow::Cow;

use super::house::{House, Style};
use super::parts::escaped;
use crate::report::document::{self, Block, Document, Inline, List, text_of};

/// What stands on the page, and what the finishing pass and the numbering part
/// must know about it.
#[derive(Default)]
pub struct Outline<'a> {
    /// The body from top to bottom.
    pub pieces: Vec<Piece<'a>>,
    /// For each table in order of the page.
    pub tables: Vec<TableMark>,
    /// For each numbered list: each counts from its own start.
    pub numbered: Vec<Numbered>,
    /// Space between paragraphs.
    gap: u32,
}

/// One thing in the body.
pub enum Piece<'a> {
    /// A styled paragraph.
    Paragraph(Paragraph<'a>),
    /// A table.
    Table(Table<'a>),
}

/// A paragraph: its words and its style.
pub struct Paragraph<'a> {
    /// How it looks.
    pub style: Style,
    /// Its words.
    pub words: Cow<'a, [Inline]>,
    /// The numbered list it is an item of: instance and level.
    pub number: Option<(usize, usize)>,
    /// Space above, where what stands before leaves too little.
    pub before: Option<u32>,
}

/// A table: its words, and the width of each column in twips.
pub struct Table<'a> {
    /// The table as written.
    pub source: &'a document::Table,
    /// Widths that fill the page from margin to margin.
    pub widths: Vec<u32>,
}

/// What docx-rs cannot say about a table.
pub struct TableMark {
    /// The whole `w:tblPr` element.
    pub properties: String,
    /// True where the first row heads the columns.
    pub header: bool,
}

/// A numbered list: its instance number, depth (0 for the outermost) and start.
pub struct Numbered {
    /// The `w:numId` its items point to.
    pub id: usize,
    /// `w:ilvl`.
    pub level: usize,
    /// The first item's number.
    pub start: u32,
}

/// Number instances that the list styles themselves use; documents' own follow.
pub const STYLE_BULLETS: usize = 1;
/// As [`STYLE_BULLETS`], for numbered lists.
pub const STYLE_NUMBERS: usize = 2;

/// What a table is called where nothing names it.
const UNNAMED: &str = "Table";

impl<'a> Outline<'a> {
    /// Lays a document out in the house style.
    pub fn of(document: &'a Document, house: &House) -> Self {
        let mut outline = Self {
            gap: house.after,
            ..Self::default()
        };
        let mut section = String::new();
        for block in &document.blocks {
            if let Block::Heading { inlines, .. } = block {
                section = text_of(inlines);
            }
            outline.place(block, 0, &section, house);
        }
        outline.end_after_table();
        outline
    }

    /// Places a block; `depth` is the number of lists around it.
    fn place(&mut self, block: &'a Block, depth: usize, section: &str, house: &House) {
        match block {
            Block::Heading { level, inlines } => self.paragraph(Style::Heading(*level), inlines),
            Block::Paragraph(inlines) if depth == 0 => self.paragraph(Style::Body, inlines),
            Block::Paragraph(inlines) => self.paragraph(Style::Continue(depth), inlines),
            Block::List(list) => self.list(list, depth + 1, section, house),
            Block::Table(table) => self.table(table, section, house),
        }
    }

    fn paragraph(&mut self, style: Style, words: impl Into<Cow<'a, [Inline]>>) {
        self.numbered_paragraph(style, words, None);
    }

    fn numbered_paragraph(
        &mut self,
        style: Style,
        words: impl Into<Cow<'a, [Inline]>>,
        number: Option<(usize, usize)>,
    ) {
        let before = self.space_before(style);
        self.pieces.push(Piece::Paragraph(Paragraph {
            style,
            words: words.into(),
            number,
            before,
        }));
    }

    /// Items of a list stand close together and a table ends without space, so
    /// the text that follows either brings its own. (Headings and captions have
    /// enough; of two spaces that meet, Word keeps the larger.)
    fn space_before(&self, style: Style) -> Option<u32> {
        let text = style == Style::Body || style.is_list();
        let wanted = match self.pieces.last()? {
            Piece::Table(_) => text,
            Piece::Paragraph(last) => last.style.is_list() && style == Style::Body,
        };
        wanted.then_some(self.gap)
    }

    fn list(&mut self, list: &'a List, depth: usize, section: &str, house: &House) {
        let level = depth - 1;
        let number = list.ordered.then(|| {
            let id = STYLE_NUMBERS + 1 + self.numbered.len();
            self.numbered.push(Numbered {
                id,
                level,
                start: list.start,
            });
            (id, level)
        });
        let style = if list.ordered {
            Style::Number(depth)
        } else {
            Style::Bullet(depth)
        };
        for item in &list.items {
            for (at, block) in item.iter().enumerate() {
                match block {
                    Block::Paragraph(words) if at == 0 => {
                        self.numbered_paragraph(style, words, number);
                    }
                    other => self.place(other, depth, section, house),
                }
            }
        }
    }

    fn table(&mut self, table: &'a document::Table, section: &str, house: &House) {
        if table.columns() == 0 {
            return;
        }
        // Word joins two tables that touch into one.
        self.end_after_table();
        if let Some(caption) = &table.caption {
            self.paragraph(Style::Caption, vec![Inline::Text(caption.clone())]);
        }
        let widths = widths(table, house);
        self.tables.push(TableMark {
            properties: properties(table, section, &widths),
            header: !table.header.is_empty(),
        });
        self.pieces.push(Piece::Table(Table {
            source: table,
            widths,
        }));
    }

    /// The format wants a paragraph after a table that ends the body or meets
    /// another table; nowhere else is an empty one written.
    fn end_after_table(&mut self) {
        if matches!(self.pieces.last(), Some(Piece::Table(_))) {
            self.paragraph(Style::AfterTable, Vec::new());
        }
    }
}

/// The `w:tblPr` of a table: style, width, which row heads it, and for those who
/// cannot see it what it shows.
fn properties(table: &document::Table, section: &str, widths: &[u32]) -> String {
    let name = table
        .caption
        .as_deref()
        .or(Some(section))
        .filter(|name| !name.trim().is_empty())
        .unwrap_or(UNNAMED);
    let width: u32 = widths.iter().sum();
    let look = if table.header.is_empty() {
        "w:val=\"0600\" w:firstRow=\"0\""
    } else {
        "w:val=\"0620\" w:firstRow=\"1\""
    };
    format!(
        "<w:tblPr><w:tblStyle w:val=\"ReportTable\"/><w:tblW w:w=\"{width}\" w:type=\"dxa\"/>\
         <w:tblLayout w:type=\"fixed\"/><w:tblLook {look} w:lastRow=\"0\" w:firstColumn=\"0\" \
         w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/><w:tblCaption w:val=\"{}\"/>\
         <w:tblDescription w:val=\"{}\"/></w:tblPr>",
        escaped(name),
        escaped(&description(table)),
    )
}

/// What a screen reader says of a table before its user goes in.
fn description(table: &document::Table) -> String {
    let rows = table.rows.len();
    if table.header.is_empty() {
        return format!("Columns: {}. Rows: {rows}.", table.columns());
    }
    let columns: Vec<String> = table.header.iter().map(|cell| text_of(cell)).collect();
    format!("Columns: {}. Rows: {rows}.", columns.join("; "))
}

/// Twips that one character of table text takes, on average, and a little over.
const CHARACTER: u32 = 128;

/// Beyond this many characters a cell wraps anyway and asks for no more width.
const LONG: u32 = 110;

/// A share of the page for each column: first enough for its longest word, then
/// the rest by how much text it holds.
fn widths(table: &document::Table, house: &House) -> Vec<u32> {
    let columns = table.columns();
    let total = house.text_width();
    let padding = 2 * house.cell.1;
    let mut least = vec![0; columns];
    let mut wanted = vec![0; columns];
    for row in std::iter::once(&table.header).chain(&table.rows) {
        for (column, cell) in row.iter().enumerate() {
            let text = text_of(cell);
            let longest = text.split_whitespace().map(length).max().unwrap_or(0);
            least[column] = longest.min(LONG / 4).max(least[column]);
            wanted[column] += length(&text).min(LONG);
        }
    }
    let least: Vec<u32> = least.iter().map(|c| c * CHARACTER + padding).collect();
    let wanted: Vec<u32> = wanted.iter().map(|c| c + 1).collect();
    let spare = total.saturating_sub(least.iter().sum());
    let shares = if spare == 0 { &least } else { &wanted };
    let whole: u32 = shares.iter().sum();
    let mut widths: Vec<u32> = (0..columns)
        .map(|column| match spare {
            0 => total * least[column] / whole,
            _ => least[column] + spare * wanted[column] / whole,
        })
        .collect();
    // Rounding leaves a few twips; the last column takes them.
    let used: u32 = widths.iter().sum();
    if let Some(last) = widths.last_mut() {
        *last += total.saturating_sub(used);
    }
    widths
}

fn length(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}
