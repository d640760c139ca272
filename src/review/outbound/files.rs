//! What a finished file says to whoever opens it with any program: every part of a Word
//! document, a web page with what it tells a screen reader, JSON, plain text.
//!
//! Lives here: bytes to words. Not here: what is looked for. A part that cannot be read
//! is an error and never passed over: what nobody can look through does not leave. To
//! look through another kind of file, give [`Output`] an arm.

use std::io::{Cursor, Read};

use html5gum::{Token as HtmlToken, Tokenizer};
use quick_xml::{
    Reader,
    escape::{resolve_predefined_entity, unescape},
    events::{BytesRef, BytesStart, Event},
};
use serde_json::Value;

/// A file that is about to leave.
#[derive(Debug, Clone, Copy)]
pub enum Output<'a> {
    /// A Word document.
    Docx(&'a [u8]),
    /// A web page.
    Html(&'a str),
    /// JSON.
    Json(&'a str),
    /// Plain text, or Markdown.
    Text(&'a str),
}

/// Words of a file, and the part of it they stand in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// The part, as a person would name it.
    pub name: String,
    pub text: String,
    /// True for the text of the report itself.
    pub is_body: bool,
}

/// A file that could not be looked through.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the part {part} of the file could not be read, so nobody can say what is in it")]
pub struct Unreadable {
    /// The part.
    pub part: String,
}

fn unreadable(part: &str) -> Unreadable {
    Unreadable { part: part.into() }
}

impl Output<'_> {
    /// What it says, part by part.
    pub(super) fn parts(&self) -> Result<Vec<Part>, Unreadable> {
        let one = |name: &str, text: String| {
            let name = name.to_owned();
            let is_body = true;
            vec![Part {
                name,
                text,
                is_body,
            }]
        };
        Ok(match self {
            Self::Text(text) => one("the text", (*text).to_owned()),
            Self::Html(html) => one("the web page", html_words(html)),
            Self::Json(json) => {
                let value: Value = serde_json::from_str(json).map_err(|_| unreadable("JSON"))?;
                let mut text = String::new();
                json_words(&value, &mut text);
                one("the data", text)
            }
            Self::Docx(bytes) => docx_parts(bytes)?,
        })
    }
}

fn json_words(value: &Value, text: &mut String) {
    match value {
        Value::String(words) => add_line(text, words),
        Value::Array(items) => items.iter().for_each(|item| json_words(item, text)),
        Value::Object(fields) => {
            for (name, inner) in fields {
                add_line(text, name);
                json_words(inner, text);
            }
        }
        Value::Number(number) => add_line(text, &number.to_string()),
        Value::Null | Value::Bool(_) => {}
    }
}

fn add_line(text: &mut String, words: &str) {
    text.push_str(words);
    text.push('\n');
}

/// Marks inside a line, which part no two words.
const INLINE: [&str; 12] = [
    "a", "abbr", "b", "bdi", "code", "em", "i", "mark", "span", "strong", "u", "wbr",
];

fn html_words(html: &str) -> String {
    let mut text = String::new();
    let mut aside = String::new();
    for token in Tokenizer::new(html).flatten() {
        match token {
            HtmlToken::String(words) => text.push_str(&String::from_utf8_lossy(&words.value)),
            HtmlToken::StartTag(tag) => {
                part_words(&String::from_utf8_lossy(&tag.name), &mut text);
                for value in tag.attributes.values() {
                    add_line(&mut aside, &String::from_utf8_lossy(&value.value));
                }
            }
            HtmlToken::EndTag(tag) => part_words(&String::from_utf8_lossy(&tag.name), &mut text),
            HtmlToken::Comment(words) => {
                add_line(&mut aside, &String::from_utf8_lossy(&words.value));
            }
            _ => {}
        }
    }
    text.push('\n');
    text.push_str(&aside);
    text
}

fn part_words(tag: &str, text: &mut String) {
    if !INLINE.contains(&tag) {
        text.push('\n');
    }
}

fn docx_parts(bytes: &[u8]) -> Result<Vec<Part>, Unreadable> {
    let mut zip =
        zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| unreadable("the whole file"))?;
    let mut parts = Vec::with_capacity(zip.len());
    for at in 0..zip.len() {
        let mut file = zip
            .by_index(at)
            .map_err(|_| unreadable(&format!("number {}", at + 1)))?;
        let path = file.name().to_owned();
        let mut xml = String::new();
        file.read_to_string(&mut xml)
            .map_err(|_| unreadable(&path))?;
        let mut text = xml_words(&xml, &path).ok_or_else(|| unreadable(&path))?;
        // The name of a part is text too.
        add_line(&mut text, &path);
        parts.push(Part {
            name: part_name(&path).to_owned(),
            text,
            is_body: path == "word/document.xml",
        });
    }
    Ok(parts)
}

/// What a person would call a part of a Word document.
fn part_name(path: &str) -> &str {
    let file = path.rsplit('/').next().unwrap_or(path);
    match file {
        "document.xml" => "the report itself",
        "core.xml" | "app.xml" | "custom.xml" => "the document’s properties",
        file if file.starts_with("header") => "the header of its pages",
        file if file.starts_with("footer") => "the footer of its pages",
        file if file.starts_with("comments") => "its comments",
        file if file.starts_with("footnotes") || file.starts_with("endnotes") => "its notes",
        _ => path,
    }
}

/// Attributes that hold words of somebody's, wherever they stand: what a screen reader is
/// told of a picture, who wrote a comment, where a link leads.
const SAYING: [&[u8]; 11] = [
    b"descr",
    b"title",
    b"alt",
    b"tooltip",
    b"author",
    b"initials",
    b"Target",
    b"anchor",
    b"name",
    b"alias",
    b"tag",
];

/// Elements whose value is words of somebody's.
const SAYING_BY_VALUE: [&[u8]; 4] = [b"tblCaption", b"tblDescription", b"alias", b"tag"];

/// The words of a part: those of a paragraph as one line however many runs they are cut
/// into, then what its marks say. `None` where it is no XML.
fn xml_words(xml: &str, path: &str) -> Option<String> {
    let mut reader = Reader::from_str(xml);
    let mut text = String::with_capacity(xml.len() / 4);
    let mut aside = String::new();
    // Names of styles and typefaces are the house's own.
    let own = ["styles.xml", "fontTable.xml", "theme1.xml"];
    let says = !own.iter().any(|file| path.ends_with(file));
    loop {
        match reader.read_event().ok()? {
            Event::Eof => break,
            Event::Text(words) => text.push_str(&words.decode().ok()?),
            Event::CData(words) => text.push_str(&words.decode().ok()?),
            Event::GeneralRef(reference) => text.push_str(&referred(&reference)?),
            Event::Comment(words) => add_line(&mut aside, &words.decode().ok()?),
            Event::Start(tag) | Event::Empty(tag) => {
                mark(&tag, &mut text);
                if says {
                    said_by(&tag, &mut aside)?;
                }
            }
            Event::End(tag) => end(tag.local_name().as_ref(), &mut text),
            _ => {}
        }
    }
    text.push('\n');
    text.push_str(&aside);
    Some(text)
}

fn referred(reference: &BytesRef<'_>) -> Option<String> {
    if let Ok(Some(letter)) = reference.resolve_char_ref() {
        return Some(letter.to_string());
    }
    let name = reference.decode().ok()?;
    resolve_predefined_entity(&name).map(str::to_owned)
}

/// Marks inside a paragraph that are read as a letter.
fn mark(tag: &BytesStart<'_>, text: &mut String) {
    match tag.local_name().as_ref() {
        b"tab" | b"br" | b"cr" => text.push(' '),
        b"noBreakHyphen" => text.push('-'),
        _ => {}
    }
}

/// Only elements of a run are inside a line; after any other, another line starts.
fn end(name: &[u8], text: &mut String) {
    let inside: [&[u8]; 12] = [
        b"r",
        b"t",
        b"delText",
        b"instrText",
        b"rPr",
        b"hyperlink",
        b"ins",
        b"del",
        b"smartTag",
        b"proofErr",
        b"bookmarkStart",
        b"bookmarkEnd",
    ];
    if !inside.contains(&name) {
        text.push('\n');
    }
}

fn said_by(tag: &BytesStart<'_>, aside: &mut String) -> Option<()> {
    let by_value = SAYING_BY_VALUE.contains(&tag.local_name().as_ref());
    for attribute in tag.attributes() {
        let attribute = attribute.ok()?;
        let name = attribute.key.local_name();
        if SAYING.contains(&name.as_ref()) || (by_value && name.as_ref() == b"val") {
            let value = std::str::from_utf8(&attribute.value).ok()?;
            add_line(aside, &unescape(value).ok()?);
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(output: Output<'_>) -> String {
        let parts = output.parts().unwrap();
        parts.into_iter().map(|part| part.text).collect()
    }

    #[test]
    fn a_name_cut_into_runs_is_one_word_and_paragraphs_are_parted() {
        let xml = "<w:p><w:r><w:t>Dar</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>ren</w:t></w:r></w:p>\
                   <w:p><w:r><w:t>Pike &amp; &#x50;</w:t><w:tab/><w:t>x</w:t></w:r></w:p>";
        let text = xml_words(xml, "word/document.xml").unwrap();
        let lines: Vec<&str> = text
            .lines()
            .map(str::trim)
            .filter(|l| !l.is_empty())
            .collect();
        assert_eq!(lines, ["Darren", "Pike & P x"]);
    }

    #[test]
    fn what_marks_say_is_read_and_what_styles_are_called_is_not() {
        let xml = "<w:tbl w:x=\"y\"><w:tblCaption w:val=\"Her &amp; week\"/><wp:docPr descr=\"A picture\"/>\
                   <w:style w:styleId=\"Heading1\"/></w:tbl>";
        let text = xml_words(xml, "word/document.xml").unwrap();
        assert!(
            text.contains("Her & week") && text.contains("A picture"),
            "{text}"
        );
        assert!(!text.contains("Heading1"));
        assert!(
            !xml_words("<w:name w:val=\"a\" w:name=\"Normal\"/>", "word/styles.xml")
                .unwrap()
                .contains("Normal")
        );
    }

    #[test]
    fn a_web_page_is_read_with_what_only_a_screen_reader_is_told() {
        let html =
            "<p>Dar<b>ren</b> &amp; P&#105;ke<td>x</td><img alt='a &lt;picture'><!-- aside -->";
        let text = words(Output::Html(html));
        assert!(text.contains("Darren & Pike\nx"), "{text}");
        assert!(
            text.contains("a <picture") && text.contains("aside"),
            "{text}"
        );
    }

    #[test]
    fn what_is_no_file_of_its_kind_is_refused() {
        assert!(Output::Docx(b"not a zip").parts().is_err());
        assert!(Output::Json("{").parts().is_err());
        assert_eq!(words(Output::Json(r#"{"a": ["b", 7]}"#)), "a\nb\n7\n");
    }
}
