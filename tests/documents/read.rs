//! A DOCX read back as what a reader meets: headings, paragraphs, tables,
//! properties.
//!
//! Lives here: reading. Not here: judging (`checks.rs`). To see more of a file, add
//! a field to [`Seen`] or [`SeenTable`] and fill it in [`Docx::look`].

use std::{
    collections::BTreeMap,
    io::{Cursor, Read},
};

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

/// A file, part by part.
pub struct Docx {
    /// Path and XML.
    pub parts: BTreeMap<String, String>,
}

/// A paragraph of the body.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Seen {
    /// Its style, such as `Heading1`.
    pub style: String,
    /// Its words.
    pub text: String,
    /// True inside a table.
    pub in_table: bool,
    /// True where the element before it is a table.
    pub after_table: bool,
}

/// A table of the body.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct SeenTable {
    /// What a screen reader is told it shows.
    pub caption: String,
    /// What a screen reader is told about it.
    pub description: String,
    /// For each row, whether it repeats as a header.
    pub header_rows: Vec<bool>,
    /// For each row, whether it stays on one page.
    pub whole_rows: Vec<bool>,
}

/// The body of a file.
#[derive(Debug, Default)]
pub struct Body {
    /// Paragraphs in order, those in tables with them.
    pub paragraphs: Vec<Seen>,
    /// Tables in order.
    pub tables: Vec<SeenTable>,
}

impl Docx {
    /// Opens a file; fails where it is not one.
    pub fn open(docx: &[u8]) -> Self {
        let mut zip = zip::ZipArchive::new(Cursor::new(docx)).expect("a DOCX is a zip file");
        let mut parts = BTreeMap::new();
        for at in 0..zip.len() {
            let mut file = zip.by_index(at).expect("each part can be opened");
            let mut xml = String::new();
            file.read_to_string(&mut xml).expect("each part is UTF-8");
            parts.insert(file.name().to_owned(), xml);
        }
        Self { parts }
    }

    /// One part; fails where it is missing.
    pub fn part(&self, path: &str) -> &str {
        let part = self.parts.get(path);
        part.unwrap_or_else(|| panic!("the file has no {path}"))
    }

    /// The words of the first `element` of a part, such as `dc:title`.
    pub fn element(&self, path: &str, element: &str) -> String {
        let mut reader = Reader::from_str(self.part(path));
        let mut inside = false;
        let mut words = String::new();
        loop {
            match event(&mut reader) {
                Event::Start(tag) if name(&tag) == element => inside = true,
                Event::End(_) if inside => return words,
                Event::Eof => panic!("{path} has no {element}"),
                other if inside => words.push_str(&words_of(&other)),
                _ => {}
            }
        }
    }

    /// The words of a part, fields and breaks left out.
    pub fn words(&self, path: &str) -> String {
        let mut reader = Reader::from_str(self.part(path));
        let mut words = String::new();
        loop {
            match event(&mut reader) {
                Event::Eof => return words,
                other => words.push_str(&words_of(&other)),
            }
        }
    }

    /// The body as a reader meets it.
    pub fn look(&self) -> Body {
        let mut reader = Reader::from_str(self.part("word/document.xml"));
        let mut body = Body::default();
        let mut depth = 0;
        let mut after_table = false;
        loop {
            let event = event(&mut reader);
            match &event {
                Event::Start(tag) | Event::Empty(tag) => match name(tag).as_str() {
                    "w:tbl" => {
                        depth += 1;
                        body.tables.push(SeenTable::default());
                    }
                    "w:p" => {
                        body.paragraphs.push(Seen {
                            in_table: depth > 0,
                            after_table,
                            ..Seen::default()
                        });
                        after_table = false;
                    }
                    tag_name => body.note(tag_name, tag),
                },
                Event::End(tag) if tag.name().as_ref() == b"w:tbl" => {
                    depth -= 1;
                    after_table = true;
                }
                Event::Eof => return body,
                other => {
                    if let Some(paragraph) = body.paragraphs.last_mut() {
                        paragraph.text.push_str(&words_of(other));
                    }
                }
            }
        }
    }
}

impl Body {
    fn note(&mut self, tag_name: &str, tag: &BytesStart<'_>) {
        let paragraph = self.paragraphs.last_mut();
        let table = self.tables.last_mut();
        match (tag_name, paragraph, table) {
            ("w:pStyle", Some(paragraph), _) => paragraph.style = value(tag),
            ("w:br", Some(paragraph), _) => paragraph.text.push('\n'),
            ("w:tr", _, Some(table)) => {
                table.header_rows.push(false);
                table.whole_rows.push(false);
            }
            ("w:tblHeader", _, Some(table)) => set_last(&mut table.header_rows),
            ("w:cantSplit", _, Some(table)) => set_last(&mut table.whole_rows),
            ("w:tblCaption", _, Some(table)) => table.caption = value(tag),
            ("w:tblDescription", _, Some(table)) => table.description = value(tag),
            _ => {}
        }
    }

    /// Level and words of each heading.
    pub fn headings(&self) -> Vec<(u8, String)> {
        self.paragraphs
            .iter()
            .filter_map(|seen| {
                let level = seen.style.strip_prefix("Heading")?.parse().ok()?;
                Some((level, seen.text.clone()))
            })
            .collect()
    }

    /// All the words, a line for each paragraph.
    pub fn text(&self) -> String {
        let lines: Vec<&str> = self.paragraphs.iter().map(|p| p.text.as_str()).collect();
        lines.join("\n")
    }
}

fn set_last(rows: &mut [bool]) {
    if let Some(last) = rows.last_mut() {
        *last = true;
    }
}

/// The next event; fails where the XML is not well-formed.
pub fn event<'a>(reader: &mut Reader<&'a [u8]>) -> Event<'a> {
    reader.read_event().expect("each part is well-formed XML")
}

/// The name of an element with its prefix.
pub fn name(tag: &BytesStart<'_>) -> String {
    String::from_utf8_lossy(tag.name().as_ref()).into_owned()
}

/// The `w:val` of an element.
pub fn value(tag: &BytesStart<'_>) -> String {
    let value = tag
        .try_get_attribute("w:val")
        .expect("attributes are well-formed");
    let value = value.expect("the element has a w:val").value;
    let value = std::str::from_utf8(&value).expect("attributes are UTF-8");
    let value = quick_xml::escape::unescape(value).expect("attributes are escaped");
    value.into_owned()
}

fn words_of(event: &Event<'_>) -> String {
    match event {
        Event::Text(text) => text.decode().expect("text is UTF-8").into_owned(),
        Event::GeneralRef(reference) => {
            let reference = reference.decode().expect("references are UTF-8");
            let words = quick_xml::escape::resolve_predefined_entity(&reference);
            words
                .expect("only XML's own references are used")
                .to_owned()
        }
        _ => String::new(),
    }
}
