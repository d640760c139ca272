//! Markdown to a [`Document`](super::Document), by one pass over pulldown-cmark's
//! events.
//!
//! Lives here: reading. Not here: escaping (`escape.rs`) or any output. To read
//! another construct, give its start and end an arm in [`Reader::start`] and
//! [`Reader::end`].

use pulldown_cmark::{Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

use super::{Block, Inline, List, Table, escape};

/// The deepest heading a report uses.
const DEEPEST_HEADING: u8 = 3;

/// Opens the paragraph that captions the table below it.
const CAPTION: &str = "Table: ";

pub(super) fn read(markdown: &str) -> Vec<Block> {
    let mut reader = Reader::default();
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        reader.event(event);
    }
    reader.flush();
    reader.blocks
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    /// Lists that are open, outermost first.
    lists: Vec<List>,
    /// Lists open below the deepest level; their items join that level.
    below: usize,
    /// Words that are not in a block yet.
    inlines: Vec<Inline>,
    strong: usize,
    emphasis: usize,
    links: Vec<Link>,
    table: Table,
    row: Vec<Vec<Inline>>,
    last_heading: Option<u8>,
}

/// A link that is open.
struct Link {
    /// Where it leads, unless its words say so already.
    address: Option<String>,
    /// Where its words start in the text read so far.
    from: usize,
}

impl Reader {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text)
            | Event::Code(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text)
            | Event::FootnoteReference(text) => self.text(&text),
            Event::Html(html) | Event::InlineHtml(html) => self.html(&html),
            Event::SoftBreak => self.word(" "),
            Event::HardBreak => self.inlines.push(Inline::Break),
            Event::Rule | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Strong => self.strong += 1,
            Tag::Emphasis => self.emphasis += 1,
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => self.links.push(Link {
                address: (!matches!(link_type, LinkType::Autolink | LinkType::Email))
                    .then(|| dest_url.trim_start_matches("mailto:").to_owned()),
                from: super::text_of(&self.inlines).len(),
            }),
            Tag::List(start) => self.open_list(start),
            Tag::Item => {
                self.flush();
                if let Some(list) = self.lists.last_mut() {
                    list.items.push(Vec::new());
                }
            }
            Tag::Table(_) => {
                self.flush();
                self.table = Table {
                    caption: self.take_caption(),
                    ..Table::default()
                };
            }
            Tag::TableHead | Tag::TableRow => self.row.clear(),
            Tag::TableCell | Tag::Image { .. } => {}
            // Every other tag opens a block of words.
            _ => self.flush(),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Emphasis => self.emphasis = self.emphasis.saturating_sub(1),
            TagEnd::Link => self.close_link(),
            TagEnd::Image => {}
            TagEnd::Heading(level) => self.close_heading(level),
            TagEnd::List(_) => self.close_list(),
            TagEnd::TableCell => {
                let cell = trimmed(std::mem::take(&mut self.inlines));
                self.row.push(cell);
            }
            TagEnd::TableHead => {
                let header = std::mem::take(&mut self.row);
                if header.iter().any(|cell| !cell.is_empty()) {
                    self.table.header = header;
                }
            }
            TagEnd::TableRow => {
                let row = std::mem::take(&mut self.row);
                self.table.rows.push(row);
            }
            TagEnd::Table => {
                let table = std::mem::take(&mut self.table);
                self.push(Block::Table(table));
            }
            _ => self.flush(),
        }
    }

    /// Where the next block goes: the open list item, or the page.
    fn here(&mut self) -> &mut Vec<Block> {
        match self.lists.last_mut().and_then(|list| list.items.last_mut()) {
            Some(item) => item,
            None => &mut self.blocks,
        }
    }

    fn push(&mut self, block: Block) {
        self.here().push(block);
    }

    /// Makes a paragraph of the words read so far.
    fn flush(&mut self) {
        let words = trimmed(std::mem::take(&mut self.inlines));
        if !words.is_empty() {
            self.push(Block::Paragraph(words));
        }
    }

    fn open_list(&mut self, start: Option<u64>) {
        self.flush();
        if self.lists.len() == List::DEEPEST {
            self.below += 1;
            return;
        }
        self.lists.push(List {
            ordered: start.is_some(),
            start: start.and_then(|n| u32::try_from(n).ok()).unwrap_or(1),
            items: Vec::new(),
        });
    }

    fn close_list(&mut self) {
        self.flush();
        if self.below > 0 {
            self.below -= 1;
            return;
        }
        if let Some(mut list) = self.lists.pop() {
            list.items.retain(|item| !item.is_empty());
            if !list.items.is_empty() {
                self.push(Block::List(list));
            }
        }
    }

    /// Screen readers and contents lists rely on levels that do not skip.
    fn close_heading(&mut self, level: HeadingLevel) {
        let inlines = trimmed(std::mem::take(&mut self.inlines));
        if inlines.is_empty() {
            return;
        }
        if !self.lists.is_empty() {
            // A heading in a list item would break the outline of the page.
            let words = Inline::Strong(super::text_of(&inlines).replace('\n', " "));
            self.push(Block::Paragraph(vec![words]));
            return;
        }
        let deepest = self
            .last_heading
            .map_or(DEEPEST_HEADING, |last| DEEPEST_HEADING.min(last + 1));
        let level = (level as u8).min(deepest);
        self.last_heading = Some(level);
        self.push(Block::Heading { level, inlines });
    }

    /// Print has nothing to click, so the address follows the words.
    fn close_link(&mut self) {
        let Some(link) = self.links.pop() else { return };
        let Some(address) = link.address else { return };
        let words = super::text_of(&self.inlines);
        let words = words.get(link.from..).unwrap_or_default();
        let said = address.is_empty() || address.starts_with('#') || words.contains(&address);
        if !said {
            self.text(&format!(" ({address})"));
        }
    }

    fn take_caption(&mut self) -> Option<String> {
        let here = self.here();
        let Some(Block::Paragraph(words)) = here.last() else {
            return None;
        };
        let words = super::text_of(words).replace('\n', " ");
        let caption = words.strip_prefix(CAPTION)?.trim().to_owned();
        here.pop();
        Some(caption).filter(|caption| !caption.is_empty())
    }

    fn html(&mut self, html: &str) {
        let tag = html.trim().trim_start_matches('<').trim_end_matches('>');
        if tag.trim_end_matches('/').trim().eq_ignore_ascii_case("br") {
            self.inlines.push(Inline::Break);
        } else {
            self.text(html);
        }
    }

    /// Adds words that may hold new lines, tabs or (through a reference such as
    /// `&#11;`) characters no document may hold.
    fn text(&mut self, text: &str) {
        let text = escape::cleaned(text);
        if !text.contains(['\n', '\t']) {
            self.word(&text);
            return;
        }
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 {
                self.inlines.push(Inline::Break);
            }
            self.word(&line.replace('\t', " "));
        }
    }

    /// Adds clean words in the voice that is open, to the last words if they are
    /// in the same voice.
    fn word(&mut self, words: &str) {
        if words.is_empty() {
            return;
        }
        let strong = self.strong > 0;
        let emphasis = self.emphasis > 0;
        match (self.inlines.last_mut(), strong, emphasis) {
            (Some(Inline::Text(last)), false, false)
            | (Some(Inline::Strong(last)), true, false)
            | (Some(Inline::Emphasis(last)), false, true)
            | (Some(Inline::StrongEmphasis(last)), true, true) => last.push_str(words),
            _ => self.inlines.push(match (strong, emphasis) {
                (false, false) => Inline::Text(words.to_owned()),
                (true, false) => Inline::Strong(words.to_owned()),
                (false, true) => Inline::Emphasis(words.to_owned()),
                (true, true) => Inline::StrongEmphasis(words.to_owned()),
            }),
        }
    }
}

/// The words without breaks or spaces at either end; nothing if nothing is left.
fn trimmed(mut inlines: Vec<Inline>) -> Vec<Inline> {
    while inlines.last().is_some_and(is_blank) {
        inlines.pop();
    }
    let blank = inlines.iter().take_while(|inline| is_blank(inline)).count();
    inlines.drain(..blank);
    inlines
}

fn is_blank(inline: &Inline) -> bool {
    inline.text().trim().is_empty()
}
