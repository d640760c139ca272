//! The house style: every size, space and colour of a report, and the names of
//! its styles.
//!
//! Lives here: the look as data. Not here: how Word wants it said (`styles.rs`).
//! To change the look, change [`HOUSE`]; to add a style, add it to [`Style`] and
//! describe it in `styles.rs`.

/// A typeface, and measures in Word's units: half-points for type, twentieths of
/// a point ("twips") for space.
pub struct House {
    /// Sans serif, on every court machine, and what the style of GOV.UK falls
    /// back to.
    pub font: &'static str,
    /// Running text: 12 point, the least that is comfortable for most readers.
    pub body: u32,
    /// Tables, headers and footers: 11 point, the least used anywhere.
    pub small: u32,
    /// The three heading levels, largest first.
    pub headings: [Heading; 3],
    /// Space after a paragraph.
    pub after: u32,
    /// Line spacing in 240ths of a line.
    pub line: u32,
    /// Step of indent for each list level.
    pub indent: u32,
    /// Width and height of A4.
    pub page: (u32, u32),
    /// White space at each edge.
    pub margin: u32,
    /// From the edge to the header or footer.
    pub edge: u32,
    /// Lines of tables and rules.
    pub rule: &'static str,
    /// Behind a table's header row; text on it keeps a contrast above 15:1.
    pub shade: &'static str,
    /// Space inside a table cell: above and below, left and right.
    pub cell: (u32, u32),
}

/// Size of a heading and the space around it.
pub struct Heading {
    /// Half-points.
    pub size: u32,
    /// Space above.
    pub before: u32,
    /// Space below.
    pub after: u32,
}

/// The look of every report. Sizes are in half points, lengths in twips. Set so that
/// page one holds the whole proposal, the first four weeks and the effect of custody.
pub const HOUSE: House = House {
    font: "Arial",
    body: 23,
    small: 21,
    headings: [
        Heading {
            size: 36,
            before: 0,
            after: 140,
        },
        Heading {
            size: 28,
            before: 280,
            after: 90,
        },
        Heading {
            size: 24,
            before: 180,
            after: 60,
        },
    ],
    after: 110,
    line: 259,
    indent: 425,
    page: (11_906, 16_838),
    margin: 1_020,
    edge: 482,
    rule: "8A8F94",
    shade: "F0F1F2",
    cell: (50, 100),
};

/// The same in large type: 18 point and no part under 16, as for a reader who sees badly
/// or finds close print hard.
pub const LARGE: House = House {
    body: 36,
    small: 32,
    headings: [
        Heading {
            size: 52,
            before: 0,
            after: 200,
        },
        Heading {
            size: 44,
            before: 400,
            after: 140,
        },
        Heading {
            size: 38,
            before: 260,
            after: 90,
        },
    ],
    after: 180,
    line: 300,
    indent: 567,
    ..HOUSE
};

impl House {
    /// From left margin to right margin.
    pub fn text_width(&self) -> u32 {
        self.page.0.saturating_sub(2 * self.margin)
    }
}

/// The paragraph styles. Those Word knows keep Word's names, so that its
/// navigation pane, contents list and screen readers find them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Running text.
    Body,
    /// Heading of level 1 to 3.
    Heading(u8),
    /// Item of a bulleted list, at depth 1 to 3.
    Bullet(usize),
    /// Item of a numbered list, at depth 1 to 3.
    Number(usize),
    /// Further paragraph of a list item, at depth 1 to 3.
    Continue(usize),
    /// What the table below shows.
    Caption,
    /// Cell of a header row.
    TableHeading,
    /// Cell of any other row.
    TableText,
    /// The paragraph that the format demands after a table: no height to speak of.
    AfterTable,
}

impl Style {
    /// True for an item of a list and what belongs to it.
    pub fn is_list(self) -> bool {
        matches!(self, Self::Bullet(_) | Self::Number(_) | Self::Continue(_))
    }

    /// The name used inside the file.
    pub fn id(self) -> &'static str {
        match self {
            Self::Body => "BodyText",
            Self::Heading(1) => "Heading1",
            Self::Heading(2) => "Heading2",
            Self::Heading(_) => "Heading3",
            Self::Bullet(1) => "ListBullet",
            Self::Bullet(2) => "ListBullet2",
            Self::Bullet(_) => "ListBullet3",
            Self::Number(1) => "ListNumber",
            Self::Number(2) => "ListNumber2",
            Self::Number(_) => "ListNumber3",
            Self::Continue(1) => "ListContinue",
            Self::Continue(2) => "ListContinue2",
            Self::Continue(_) => "ListContinue3",
            Self::Caption => "Caption",
            Self::TableHeading => "TableHeading",
            Self::TableText => "TableText",
            Self::AfterTable => "AfterTable",
        }
    }
}
