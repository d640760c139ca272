//! The styles part: the house style as Word wants it said.
//!
//! Lives here: which style is based on which, and the order of properties the
//! standard asks for. Not here: any measure (`house.rs`). To add a style, write
//! one more [`Paragraphs::style`] line in [`styles`].

use std::fmt::Write as _;

use super::house::{House, Style};
use super::outline::{STYLE_BULLETS, STYLE_NUMBERS};
use super::parts::{DECLARATION, LANGUAGE, NAMESPACE};

/// The whole part.
pub fn styles(house: &House) -> String {
    let mut all = Paragraphs {
        xml: format!("{DECLARATION}<w:styles {NAMESPACE}>"),
    };
    all.xml.push_str(&defaults(house));
    all.xml.push_str(
        "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style>\
         <w:style w:type=\"character\" w:default=\"1\" w:styleId=\"DefaultParagraphFont\"><w:name w:val=\"Default Paragraph Font\"/><w:uiPriority w:val=\"1\"/><w:semiHidden/></w:style>\
         <w:style w:type=\"numbering\" w:default=\"1\" w:styleId=\"NoList\"><w:name w:val=\"No List\"/><w:uiPriority w:val=\"99\"/><w:semiHidden/></w:style>",
    );
    let after = spacing(0, house.after);
    all.style("Body Text", Style::Body.id(), "Normal", &after, "");
    headings(house, &mut all);
    lists(house, &mut all);
    tables(house, &mut all);
    edges(house, &mut all);
    all.xml.push_str(&table_style(house));
    all.xml.push_str("</w:styles>");
    all.xml
}

/// The styles Word does not know by name.
const OURS: [&str; 3] = ["Table Text", "Table Heading", "After Table"];

struct Paragraphs {
    xml: String,
}

impl Paragraphs {
    /// One paragraph style. `paragraph` and `run` hold properties in the order of
    /// the standard.
    fn style(&mut self, name: &str, id: &str, base: &str, paragraph: &str, run: &str) {
        // Writing to a String cannot fail.
        let _ = write!(
            self.xml,
            "<w:style w:type=\"paragraph\"{custom} w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>\
             <w:basedOn w:val=\"{base}\"/>{next}<w:qFormat/>",
            custom = if OURS.contains(&name) {
                " w:customStyle=\"1\""
            } else {
                ""
            },
            next = if name.starts_with("heading") {
                "<w:next w:val=\"BodyText\"/>"
            } else {
                ""
            }
        );
        if !paragraph.is_empty() {
            let _ = write!(self.xml, "<w:pPr>{paragraph}</w:pPr>");
        }
        if !run.is_empty() {
            let _ = write!(self.xml, "<w:rPr>{run}</w:rPr>");
        }
        self.xml.push_str("</w:style>");
    }
}

fn defaults(house: &House) -> String {
    let House {
        font, body, line, ..
    } = house;
    format!(
        "<w:docDefaults><w:rPrDefault><w:rPr>\
         <w:rFonts w:ascii=\"{font}\" w:eastAsia=\"{font}\" w:hAnsi=\"{font}\" w:cs=\"{font}\"/>\
         <w:sz w:val=\"{body}\"/><w:szCs w:val=\"{body}\"/>\
         <w:lang w:val=\"{LANGUAGE}\" w:eastAsia=\"{LANGUAGE}\" w:bidi=\"ar-SA\"/>\
         </w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>\
         <w:spacing w:before=\"0\" w:after=\"0\" w:line=\"{line}\" w:lineRule=\"auto\"/>\
         </w:pPr></w:pPrDefault></w:docDefaults>"
    )
}

fn spacing(before: u32, after: u32) -> String {
    format!("<w:spacing w:before=\"{before}\" w:after=\"{after}\"/>")
}

fn size(half_points: u32) -> String {
    format!("<w:sz w:val=\"{half_points}\"/><w:szCs w:val=\"{half_points}\"/>")
}

/// A heading stays with what it heads.
fn headings(house: &House, all: &mut Paragraphs) {
    for (level, look) in (1_u8..).zip(&house.headings) {
        let rule = if level == 1 {
            format!(
                "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"8\" w:space=\"6\" w:color=\"{}\"/></w:pBdr>",
                house.rule
            )
        } else {
            String::new()
        };
        let paragraph = format!(
            "<w:keepNext/><w:keepLines/>{rule}{}<w:outlineLvl w:val=\"{}\"/>",
            spacing(look.before, look.after),
            level - 1
        );
        let run = format!("<w:b/><w:bCs/>{}", size(look.size));
        let name = format!("heading {level}");
        all.style(
            &name,
            Style::Heading(level).id(),
            "Normal",
            &paragraph,
            &run,
        );
    }
}

fn lists(house: &House, all: &mut Paragraphs) {
    let space = spacing(0, house.after / 2);
    for depth in 1..=3 {
        let number = if depth == 1 {
            String::new()
        } else {
            format!(" {depth}")
        };
        let level = depth - 1;
        let numbered = |list: usize| {
            format!(
                "<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>{space}"
            )
        };
        let mut add = |name: &str, style: Style, paragraph: &str| {
            all.style(
                &format!("{name}{number}"),
                style.id(),
                "Normal",
                paragraph,
                "",
            );
        };
        add(
            "List Bullet",
            Style::Bullet(depth),
            &numbered(STYLE_BULLETS),
        );
        add(
            "List Number",
            Style::Number(depth),
            &numbered(STYLE_NUMBERS),
        );
        let left = house.indent * u32::try_from(depth).unwrap_or(1);
        let indent = format!("{space}<w:ind w:left=\"{left}\"/>");
        add("List Continue", Style::Continue(depth), &indent);
    }
}

fn tables(house: &House, all: &mut Paragraphs) {
    let small = size(house.small);
    let bold = format!("<w:b/><w:bCs/>{small}");
    let (table_text, keep) = (Style::TableText.id(), "<w:keepNext/>");
    all.style(
        "Table Text",
        table_text,
        "Normal",
        "<w:spacing w:line=\"252\" w:lineRule=\"auto\"/>",
        &small,
    );
    all.style(
        "Table Heading",
        Style::TableHeading.id(),
        table_text,
        keep,
        "<w:b/><w:bCs/>",
    );
    let caption = format!("{keep}{}", spacing(house.after, house.after / 2));
    all.style("caption", Style::Caption.id(), "Normal", &caption, &bold);
    // As low as a paragraph can be; its space below keeps two tables apart.
    let low = format!(
        "<w:spacing w:before=\"0\" w:after=\"{}\" w:line=\"20\" w:lineRule=\"exact\"/>",
        house.after
    );
    all.style(
        "After Table",
        Style::AfterTable.id(),
        "Normal",
        &low,
        &size(2),
    );
}

fn edges(house: &House, all: &mut Paragraphs) {
    let rule = |side: &str| {
        format!(
            "<w:pBdr><w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"4\" w:color=\"{}\"/></w:pBdr>\
             <w:tabs><w:tab w:val=\"right\" w:pos=\"{}\"/></w:tabs>",
            house.rule,
            house.text_width()
        )
    };
    let small = size(house.small);
    all.style("header", "Header", "Normal", &rule("bottom"), &small);
    all.style("footer", "Footer", "Normal", &rule("top"), &small);
}

fn table_style(house: &House) -> String {
    let House {
        rule,
        shade,
        cell: (above, beside),
        ..
    } = house;
    let mut borders = String::new();
    for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
        let _ = write!(
            borders,
            "<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"{rule}\"/>"
        );
    }
    let margins = |above: u32, beside: u32| {
        format!(
            "<w:tblCellMar><w:top w:w=\"{above}\" w:type=\"dxa\"/><w:left w:w=\"{beside}\" w:type=\"dxa\"/>\
             <w:bottom w:w=\"{above}\" w:type=\"dxa\"/><w:right w:w=\"{beside}\" w:type=\"dxa\"/></w:tblCellMar>"
        )
    };
    format!(
        "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/>\
         <w:uiPriority w:val=\"99\"/><w:semiHidden/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/>{none}</w:tblPr></w:style>\
         <w:style w:type=\"table\" w:customStyle=\"1\" w:styleId=\"ReportTable\"><w:name w:val=\"Report Table\"/>\
         <w:basedOn w:val=\"TableNormal\"/><w:qFormat/><w:tblPr><w:tblBorders>{borders}</w:tblBorders>{ours}</w:tblPr>\
         <w:tblStylePr w:type=\"firstRow\"><w:tcPr><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{shade}\"/></w:tcPr></w:tblStylePr></w:style>",
        none = margins(0, 108),
        ours = margins(*above, *beside),
    )
}
