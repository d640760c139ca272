//! The parts beside the body: properties, settings, numbering, header and footer,
//! and what ties them together.
//!
//! Lives here: what docx-rs has no way to say (title, language) or says for
//! another language (its settings). Not here: styles (`styles.rs`). To add a part,
//! write its function, list it in [`beside`], and name it in [`CONTENT_TYPES`] and
//! in one of the two relationship lists.

use std::fmt::Write as _;

use chrono::SecondsFormat;
use quick_xml::escape::escape;

use super::house::{House, Style};
use super::outline::{Outline, STYLE_BULLETS, STYLE_NUMBERS};
use super::package::Part;
use super::{About, Status, styles};
use crate::report::document::clean;

/// Opens each part.
pub const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// The namespace of everything Word.
pub const NAMESPACE: &str =
    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

/// The language Word proofs in and a screen reader speaks.
pub const LANGUAGE: &str = "en-GB";

/// How deep lists go.
const LEVELS: usize = 3;

/// The parts of a document other than its body, content types first.
pub fn beside(outline: &Outline<'_>, about: &About, house: &House) -> Vec<Part> {
    let part = |path, xml| Part { path, xml };
    vec![
        part("[Content_Types].xml", CONTENT_TYPES.to_owned()),
        part("_rels/.rels", PACKAGE_RELATIONSHIPS.to_owned()),
        part("docProps/core.xml", core(about)),
        part("docProps/app.xml", APPLICATION.to_owned()),
        part(
            "word/_rels/document.xml.rels",
            BODY_RELATIONSHIPS.to_owned(),
        ),
        part("word/styles.xml", styles::styles(house)),
        part("word/settings.xml", settings()),
        part("word/numbering.xml", numbering(outline, house)),
        part("word/header1.xml", header(about)),
        part("word/footer1.xml", footer(about)),
    ]
}

/// Text for an attribute or an element on one line, safe in XML.
pub fn escaped(text: &str) -> String {
    let line = clean(text).replace(['\n', '\t'], " ");
    escape(line.trim()).into_owned()
}

/// The section: its header and footer, A4 and margins. It belongs at the end of
/// the body.
pub fn section(house: &House) -> String {
    let House {
        page: (width, height),
        margin,
        edge,
        ..
    } = house;
    format!(
        "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId4\"/>\
         <w:footerReference w:type=\"default\" r:id=\"rId5\"/>\
         <w:pgSz w:w=\"{width}\" w:h=\"{height}\"/>\
         <w:pgMar w:top=\"{top}\" w:right=\"{margin}\" w:bottom=\"{top}\" w:left=\"{margin}\" \
         w:header=\"{edge}\" w:footer=\"{edge}\" w:gutter=\"0\"/><w:cols w:space=\"708\"/></w:sectPr>",
        top = margin + edge / 2,
    )
}

fn core(about: &About) -> String {
    let created = about.created.to_rfc3339_opts(SecondsFormat::Secs, true);
    let status = match about.status {
        Status::Draft => "Draft",
        Status::Signed => "Final",
    };
    format!(
        "{DECLARATION}<cp:coreProperties \
         xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\
         <dc:title>{title}</dc:title><dc:subject>{subject}</dc:subject>\
         <dc:creator>{author}</dc:creator><cp:lastModifiedBy>{author}</cp:lastModifiedBy>\
         <cp:revision>1</cp:revision>\
         <dcterms:created xsi:type=\"dcterms:W3CDTF\">{created}</dcterms:created>\
         <dcterms:modified xsi:type=\"dcterms:W3CDTF\">{created}</dcterms:modified>\
         <dc:language>{LANGUAGE}</dc:language>\
         <cp:contentStatus>{status}</cp:contentStatus></cp:coreProperties>",
        title = escaped(&about.title),
        subject = escaped(&about.subject),
        author = escaped(&about.author),
    )
}

/// Compatibility mode 15 keeps Word from opening the file as one of an older Word.
fn settings() -> String {
    format!(
        "{DECLARATION}<w:settings {NAMESPACE}><w:zoom w:percent=\"100\"/>\
         <w:defaultTabStop w:val=\"720\"/><w:characterSpacingControl w:val=\"doNotCompress\"/>\
         <w:compat><w:compatSetting w:name=\"compatibilityMode\" \
         w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>\
         <w:themeFontLang w:val=\"{LANGUAGE}\"/><w:decimalSymbol w:val=\".\"/>\
         <w:listSeparator w:val=\",\"/></w:settings>"
    )
}

/// Two kinds of list, one instance of each for the list styles, and one more for
/// each numbered list of this document so that it starts afresh.
fn numbering(outline: &Outline<'_>, house: &House) -> String {
    let bullets = [("bullet", "•"), ("bullet", "–"), ("bullet", "•")];
    let numbers = [
        ("decimal", "%1."),
        ("lowerLetter", "(%2)"),
        ("lowerRoman", "(%3)"),
    ];
    let mut xml = format!("{DECLARATION}<w:numbering {NAMESPACE}>");
    abstract_list(0, bullets, Style::Bullet, house, &mut xml);
    abstract_list(1, numbers, Style::Number, house, &mut xml);
    // Writing to a String cannot fail.
    let _ = write!(
        xml,
        "<w:num w:numId=\"{STYLE_BULLETS}\"><w:abstractNumId w:val=\"0\"/></w:num>\
         <w:num w:numId=\"{STYLE_NUMBERS}\"><w:abstractNumId w:val=\"1\"/></w:num>"
    );
    for list in &outline.numbered {
        let _ = write!(
            xml,
            "<w:num w:numId=\"{}\"><w:abstractNumId w:val=\"1\"/><w:lvlOverride w:ilvl=\"{}\">\
             <w:startOverride w:val=\"{}\"/></w:lvlOverride></w:num>",
            list.id,
            list.level,
            list.start.min(MOST),
        );
    }
    xml.push_str("</w:numbering>");
    xml
}

/// The largest number Word counts a list from.
const MOST: u32 = 32_767;

fn abstract_list(
    id: usize,
    levels: [(&str, &str); LEVELS],
    style: fn(usize) -> Style,
    house: &House,
    xml: &mut String,
) {
    let _ = write!(
        xml,
        "<w:abstractNum w:abstractNumId=\"{id}\"><w:multiLevelType w:val=\"multilevel\"/>"
    );
    for (level, (format, text)) in (0_u32..).zip(levels) {
        let depth = level + 1;
        let _ = write!(
            xml,
            "<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>\
             <w:pStyle w:val=\"{style}\"/><w:lvlText w:val=\"{text}\"/><w:lvlJc w:val=\"left\"/>\
             <w:pPr><w:ind w:left=\"{left}\" w:hanging=\"{hanging}\"/></w:pPr></w:lvl>",
            style = style(depth as usize).id(),
            left = depth * house.indent,
            hanging = house.indent,
        );
    }
    xml.push_str("</w:abstractNum>");
}

fn header(about: &About) -> String {
    format!(
        "{DECLARATION}<w:hdr {NAMESPACE}><w:p><w:pPr><w:pStyle w:val=\"Header\"/></w:pPr>{}</w:p></w:hdr>",
        run(&about.header, false)
    )
}

/// What the reader must know about the file on the left, the page on the right.
fn footer(about: &About) -> String {
    let mut marks = Vec::new();
    if about.status == Status::Draft {
        marks.push("DRAFT: not signed");
    }
    if about.fictional {
        marks.push("Fictional example");
    }
    let field =
        |name| format!("<w:fldSimple w:instr=\" {name} \"><w:r><w:t>1</w:t></w:r></w:fldSimple>");
    format!(
        "{DECLARATION}<w:ftr {NAMESPACE}><w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr>{marks}\
         <w:r><w:tab/></w:r>{page}{this}{of}{all}</w:p></w:ftr>",
        marks = run(&marks.join(" · "), true),
        page = run("Page ", false),
        this = field("PAGE"),
        of = run(" of ", false),
        all = field("NUMPAGES"),
    )
}

fn run(text: &str, bold: bool) -> String {
    if text.is_empty() {
        return String::new();
    }
    let weight = if bold {
        "<w:rPr><w:b/><w:bCs/></w:rPr>"
    } else {
        ""
    };
    let line = clean(text).replace(['\n', '\t'], " ");
    format!(
        "<w:r>{weight}<w:t xml:space=\"preserve\">{}</w:t></w:r>",
        escape(line)
    )
}

const CONTENT_TYPES: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">",
    "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>",
    "<Default Extension=\"xml\" ContentType=\"application/xml\"/>",
    "<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>",
    "<Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>",
    "<Override PartName=\"/word/settings.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml\"/>",
    "<Override PartName=\"/word/numbering.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml\"/>",
    "<Override PartName=\"/word/header1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml\"/>",
    "<Override PartName=\"/word/footer1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/>",
    "<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>",
    "<Override PartName=\"/docProps/app.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.extended-properties+xml\"/>",
    "</Types>",
);

const PACKAGE_RELATIONSHIPS: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
    "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>",
    "<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>",
    "<Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties\" Target=\"docProps/app.xml\"/>",
    "</Relationships>",
);

const BODY_RELATIONSHIPS: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
    "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>",
    "<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings\" Target=\"settings.xml\"/>",
    "<Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering\" Target=\"numbering.xml\"/>",
    "<Relationship Id=\"rId4\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/header\" Target=\"header1.xml\"/>",
    "<Relationship Id=\"rId5\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer\" Target=\"footer1.xml\"/>",
    "</Relationships>",
);

const APPLICATION: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">",
    "<Application>Foreword</Application></Properties>",
);
