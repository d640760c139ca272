//! A report as headings, paragraphs, lists and tables: the one model that the
//! preview, the DOCX and the plain text are all made from.
//!
//! Lives here: the model ([`markdown`] reads it, [`escape`](mod@escape) keeps
//! typed text from becoming markup). Not here: how any output looks. To add a kind
//! of block, add it to [`Block`], read it in `markdown.rs`, and let the compiler
//! name each output that must learn to write it.

pub mod escape;
mod markdown;

#[cfg(test)]
mod tests;

pub use escape::{clean, escape, escape_paragraphs};

/// A whole report, or one section of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// What stands on the page, from top to bottom.
    pub blocks: Vec<Block>,
}

/// One thing that stands on its own in the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading.
    Heading {
        /// 1 to 3; never more than one deeper than the heading before it.
        level: u8,
        /// Its words.
        inlines: Vec<Inline>,
    },
    /// A paragraph; never empty.
    Paragraph(Vec<Inline>),
    /// A bulleted or numbered list.
    List(List),
    /// A table with a header row.
    Table(Table),
}

/// A list; lists nest to [`List::DEEPEST`] levels, deeper ones join the last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// True where the items are numbered.
    pub ordered: bool,
    /// The number of the first item of a numbered list.
    pub start: u32,
    /// Each item as paragraphs, further lists or tables.
    pub items: Vec<Vec<Block>>,
}

impl List {
    /// How deep lists may nest: three levels can still be followed when read
    /// aloud, and a limit keeps hostile nesting from exhausting the stack.
    pub const DEEPEST: usize = 3;
}

/// A table. Every row has as many cells as the header.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// What the table shows, from a paragraph `Table: …` just above it.
    pub caption: Option<String>,
    /// The words above each column; empty where every one was left blank.
    pub header: Vec<Cell>,
    /// The rows below.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// The number of columns.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.rows
            .iter()
            .map(Vec::len)
            .fold(self.header.len(), usize::max)
    }
}

/// The words of one table cell.
pub type Cell = Vec<Inline>;

/// Words in one voice, or a line break. Flat, so that no text can nest deeply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Plain words.
    Text(String),
    /// Words of strong importance.
    Strong(String),
    /// Stressed words.
    Emphasis(String),
    /// Both.
    StrongEmphasis(String),
    /// A new line in the same paragraph.
    Break,
}

impl Inline {
    /// The words, with a break as a new line.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text)
            | Self::Strong(text)
            | Self::Emphasis(text)
            | Self::StrongEmphasis(text) => text,
            Self::Break => "\n",
        }
    }
}

/// The words of some inlines without their weight.
#[must_use]
pub fn text_of(inlines: &[Inline]) -> String {
    inlines.iter().map(Inline::text).collect()
}

impl Document {
    /// Reads the Markdown a report is written in: headings, paragraphs, lists,
    /// tables, strong and emphasis. Nothing is lost and nothing else is marked up:
    /// links become their words and address, raw HTML is shown as it was typed
    /// (but `<br>` breaks a line, the only way to do so in a table cell), quotes
    /// and code become paragraphs, headings below level 3 become level 3 and a
    /// skipped level is closed up.
    #[must_use]
    pub fn from_markdown(text: &str) -> Self {
        Self {
            blocks: markdown::read(text),
        }
    }
}
