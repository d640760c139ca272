//! That no text breaks the file, that all of it is there, and that the same report
//! is the same bytes. What Microsoft and LibreOffice think of it is asked in
//! `tests/documents/`.

use std::io::{Cursor, Read};

use chrono::{DateTime, Utc};
use proptest::prelude::*;
use quick_xml::{Reader, events::Event};

use super::{About, Status, write};
use crate::report::document::{Block, Document, Inline, Table, clean, escape, escape_paragraphs};

fn about(words: &str) -> About {
    About {
        title: words.to_owned(),
        author: words.to_owned(),
        subject: words.to_owned(),
        header: words.to_owned(),
        status: Status::Draft,
        fictional: true,
        created: DateTime::<Utc>::UNIX_EPOCH,
    }
}

/// Every part of the file by its path.
fn parts(docx: &[u8]) -> Vec<(String, String)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    (0..zip.len())
        .map(|at| {
            let mut file = zip.by_index(at).unwrap();
            let mut xml = String::new();
            file.read_to_string(&mut xml).unwrap();
            (file.name().to_owned(), xml)
        })
        .collect()
}

fn part(docx: &[u8], path: &str) -> String {
    let found = parts(docx).into_iter().find(|(name, _)| name == path);
    found.unwrap().1
}

/// The words of a part, a line break as `\n`; fails where it is not well-formed.
fn words(xml: &str) -> String {
    assert!(
        !xml.chars()
            .any(|c| c != '\n' && c != '\t' && c.is_control())
    );
    assert!(!xml.contains(['\u{fffe}', '\u{ffff}']));
    let mut reader = Reader::from_str(xml);
    let mut out = String::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Text(text) => out.push_str(&text.decode().unwrap()),
            Event::GeneralRef(reference) => {
                let name = reference.decode().unwrap();
                let resolved = quick_xml::escape::resolve_predefined_entity(&name);
                out.push_str(resolved.unwrap());
            }
            Event::Empty(tag) if tag.name().as_ref() == b"w:br" => out.push('\n'),
            Event::Start(tag) | Event::Empty(tag) => {
                for attribute in tag.attributes() {
                    let value = attribute.unwrap().value;
                    quick_xml::escape::unescape(std::str::from_utf8(&value).unwrap()).unwrap();
                }
            }
            Event::Eof => return out,
            _ => {}
        }
    }
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_typed_text_breaks_the_file_and_all_of_it_survives(text in any::<String>()) {
        let markdown = format!(
            "# {one}\n\n- {one}\n\nTable: {one}\n\n| {one} | b |\n| - | - |\n| {one} | c |\n\n{many}",
            one = escape(&text),
            many = escape_paragraphs(&text),
        );
        let docx = write(&Document::from_markdown(&markdown), &about(&text)).unwrap();
        for (_, xml) in parts(&docx) {
            words(&xml);
        }
        let typed = squeezed(&clean(&text));
        let body = squeezed(&words(&part(&docx, "word/document.xml")));
        let caption = if typed.is_empty() { "Table:" } else { typed.as_str() };
        prop_assert_eq!(
            body,
            format!("{typed}{typed}{caption}{typed}b{typed}c{typed}")
        );
        let header = squeezed(&words(&part(&docx, "word/header1.xml")));
        prop_assert_eq!(header, typed);
    }

    #[test]
    fn a_document_built_in_code_is_guarded_too(text in any::<String>()) {
        let cell = vec![Inline::Emphasis(text.clone())];
        let document = Document {
            blocks: vec![
                Block::Heading { level: 9, inlines: vec![Inline::Strong(text.clone())] },
                Block::Table(Table {
                    caption: Some(text.clone()),
                    header: vec![],
                    rows: vec![vec![cell.clone()], vec![cell.clone(), cell]],
                }),
            ],
        };
        let docx = write(&document, &about("")).unwrap();
        let body = squeezed(&words(&part(&docx, "word/document.xml")));
        prop_assert_eq!(body, squeezed(&clean(&text)).repeat(5));
    }
}

const SAMPLE: &str = "# Report\n\nOne.\n\n1. a\n2. b\n\n5. c\n\n| x | y |\n| - | - |\n| 1 | 2 |";

#[test]
fn the_same_report_is_the_same_bytes_on_any_thread() {
    let once = || write(&Document::from_markdown(SAMPLE), &about("x")).unwrap();
    let here = once();
    assert_eq!(here, once());
    let there = std::thread::spawn(once).join().unwrap();
    assert_eq!(here, there);
}

#[test]
fn a_signed_report_says_neither_draft_nor_fictional() {
    let signed = About {
        status: Status::Signed,
        fictional: false,
        ..about("x")
    };
    let document = Document::from_markdown(SAMPLE);
    let footer = |about| words(&part(&write(&document, about).unwrap(), "word/footer1.xml"));
    assert_eq!(footer(&signed).trim(), "Page 1 of 1");
    let draft = footer(&about("x"));
    assert!(
        draft.contains("DRAFT: not signed · Fictional example"),
        "{draft}"
    );
}

#[test]
fn each_numbered_list_counts_from_its_own_start() {
    let document = Document::from_markdown("3. a\n4. b\n\ntext\n\n1. c\n   1. d");
    let numbering = part(
        &write(&document, &about("x")).unwrap(),
        "word/numbering.xml",
    );
    let list = |id: u32, level: u32, start: u32| {
        format!(
            "<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"1\"/><w:lvlOverride w:ilvl=\"{level}\">\
             <w:startOverride w:val=\"{start}\"/></w:lvlOverride></w:num>"
        )
    };
    for expected in [list(3, 0, 3), list(4, 0, 1), list(5, 1, 1)] {
        assert!(
            numbering.contains(&expected),
            "{expected} is not in {numbering}"
        );
    }
}

#[test]
fn columns_fill_the_page_and_a_column_of_long_text_is_wider() {
    let document = Document::from_markdown(
        "| What | How much |\n| - | - |\n| A programme about thinking before acting, in a group | 20 days |",
    );
    let body = part(&write(&document, &about("x")).unwrap(), "word/document.xml");
    let widths: Vec<u32> = body
        .split("<w:gridCol w:w=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().parse().unwrap())
        .collect();
    assert_eq!(widths.iter().sum::<u32>(), super::HOUSE.text_width());
    assert!(widths[0] > 2 * widths[1], "{widths:?}");
}

#[test]
fn a_table_needs_a_paragraph_after_it_only_at_the_end_or_before_another() {
    let table = "| a | b |\n| - | - |\n| c | d |\n\n";
    let body = |markdown: &str| {
        let docx = write(&Document::from_markdown(markdown), &about("x")).unwrap();
        part(&docx, "word/document.xml")
            .matches("AfterTable")
            .count()
    };
    assert_eq!(body(&format!("{table}words")), 0);
    assert_eq!(body(table), 1);
    assert_eq!(body(&format!("{table}{table}")), 2);
}
