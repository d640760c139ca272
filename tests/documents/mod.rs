//! Documents as others see them: Microsoft's validator, LibreOffice, and a reader
//! who goes by headings and tables.
//!
//! `checks` holds what every document must be, `read` reads one back, `order` has
//! the order of the standard, `sample` a document to try them on. To check another
//! document, hand its bytes to [`checks::assert_sound`]. To look at what was made,
//! set `KEEP_DOCUMENTS` to a folder.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "what reads and judges a document in a test fails by panicking"
)]

mod branches;
mod cases;
pub mod checks;
mod custody;
mod declined;
mod edits;
mod enquiries;
mod grammar;
mod leaving;
mod marked;
mod openings;
mod oral;
mod order;
mod plan;
mod pronouns;
pub mod read;
mod sample;
mod services;
mod ticks;

use foreword::report::{
    document::{Document, escape_paragraphs},
    docx::{self, About, Status},
};

fn sample() -> Vec<u8> {
    docx::write(&sample::document(), &sample::about()).unwrap()
}

#[test]
fn a_long_report_is_sound_for_microsoft_and_libreoffice() {
    let pdf = checks::assert_sound(&sample());
    assert!((5..=7).contains(&pdf.pages()), "{} pages", pdf.pages());
    for element in ["H1", "H2", "H3", "L", "Table", "TH", "TD"] {
        assert!(pdf.has_element(element), "the PDF has no {element}");
    }
}

#[test]
fn a_report_reads_back_as_it_was_written() {
    let body = read::Docx::open(&sample()).look();
    let headings = body.headings();
    assert_eq!(headings[0], (1, "Pre-sentence report".to_owned()));
    assert_eq!(headings[2], (3, "The first four weeks".to_owned()));
    let [table] = body.tables.as_slice() else {
        panic!("not one table: {:?}", body.tables);
    };
    assert_eq!(table.caption, "What is proposed");
    assert_eq!(
        table.description,
        "Columns: What; How much; Where; Starts; For which need. Rows: 3."
    );
    assert_eq!(table.header_rows, [true, false, false, false]);
    let text = body.text();
    assert!(text.contains("I have never had anyone stay with it before."));
}

#[test]
fn the_file_says_what_it_is() {
    let file = read::Docx::open(&sample());
    let core = |element| file.element("docProps/core.xml", element);
    assert_eq!(core("dc:title"), "Pre-sentence report: Example Woman");
    assert_eq!(core("dc:creator"), "A. Author & Co");
    assert_eq!(core("dcterms:created"), "2026-11-22T09:30:00Z");
    assert_eq!(core("cp:contentStatus"), "Draft");
    let header = file.words("word/header1.xml");
    assert_eq!(header.trim(), "Example Woman · case 01XX1234567");
    let footer = file.words("word/footer1.xml");
    assert!(footer.contains("DRAFT") && footer.contains("Fictional example"));
}

/// Everything a document can hold in one: nested lists of both kinds, numbers that
/// start elsewhere, tables that touch, empty cells, and text that is no text.
#[test]
fn odd_but_lawful_documents_are_sound_too() {
    let odd = "# One\n\n7. seven\n   - a\n     1. b\n        - c\n\n   further\n\n8. eight\n\n\
         | a | b |\n| - | - |\n| | x<br>y |\n\n| only |\n| - |\n\nTable: T & \"Q\" <x>\n\n\
         | Averyverylongwordthatcannotbreakanywhereatall | 2 | 3 | 4 | 5 | 6 | 7 | 8 |\n\
         | - | - | - | - | - | - | - | - |\n| 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 |\n";
    let hostile =
        escape_paragraphs("a\u{b}b\u{0}c\u{ffff} <w:p> ]]> &amp; \u{1f600}\u{202e}x\n\nline\nline");
    let about = About {
        title: "<&\"'>\u{1}".to_owned(),
        status: Status::Signed,
        ..sample::about()
    };
    let document = Document::from_markdown(&format!("{odd}\n{hostile}\n\n| z |\n| - |\n| z |"));
    let docx = docx::write(&document, &about).unwrap();
    checks::assert_sound(&docx);
    let body = read::Docx::open(&docx).look();
    assert!(
        body.text()
            .contains("a\nbc <w:p> ]]> &amp; \u{1f600}\u{202e}x")
    );
}

#[test]
fn a_report_with_nothing_in_it_yet_can_be_opened() {
    let docx = docx::write(&Document::default(), &sample::about()).unwrap();
    checks::assert_valid(&docx);
    assert_eq!(checks::to_pdf(&docx).pages(), 1);
}

#[test]
#[should_panic(expected = "stands too late")]
fn the_checks_see_an_element_out_of_order() {
    checks::assert_structure(&docx_rs_alone());
}

#[test]
#[should_panic(expected = "Microsoft's validator found")]
fn microsofts_validator_sees_what_docx_rs_alone_gets_wrong() {
    checks::assert_valid(&docx_rs_alone());
}

/// What docx-rs packs without our finishing pass.
fn docx_rs_alone() -> Vec<u8> {
    let paragraph = docx_rs::Paragraph::new()
        .style("Heading1")
        .add_run(docx_rs::Run::new().add_text("words"));
    let mut packed = std::io::Cursor::new(Vec::new());
    docx_rs::Docx::new()
        .add_paragraph(paragraph)
        .pack(&mut packed)
        .unwrap();
    packed.into_inner()
}
