//! The order in which the standard (ISO 29500, transitional) wants the children of
//! an element, for the elements that reports use. Written out from the standard, so
//! that no schema is committed.
//!
//! To cover another element, add its row; children not named in a row fail.

use quick_xml::{Reader, events::Event};

use super::read;

/// Element, and its children in order.
const ORDER: &[(&str, &str)] = &[
    ("w:p", "pPr *"),
    ("w:r", "rPr *"),
    (
        "w:pPr",
        "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs spacing ind \
         contextualSpacing jc outlineLvl rPr sectPr",
    ),
    ("w:numPr", "ilvl numId"),
    (
        "w:rPr",
        "rStyle rFonts b bCs i iCs caps color spacing sz szCs highlight u vertAlign lang",
    ),
    ("w:tbl", "tblPr tblGrid tr"),
    (
        "w:tblPr",
        "tblStyle tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    ),
    ("w:trPr", "cantSplit tblHeader"),
    ("w:tr", "trPr tc"),
    ("w:tc", "tcPr p"),
    ("w:tcPr", "tcW gridSpan vMerge tcBorders shd tcMar vAlign"),
    (
        "w:sectPr",
        "headerReference footerReference type pgSz pgMar pgNumType cols titlePg docGrid",
    ),
    (
        "w:style",
        "name basedOn next link uiPriority semiHidden unhideWhenUsed qFormat pPr rPr tblPr trPr tcPr tblStylePr",
    ),
    ("w:numbering", "abstractNum num"),
    ("w:abstractNum", "nsid multiLevelType tmpl lvl"),
    ("w:lvl", "start numFmt pStyle suff lvlText lvlJc pPr rPr"),
    ("w:num", "abstractNumId lvlOverride"),
    (
        "w:settings",
        "zoom defaultTabStop characterSpacingControl compat themeFontLang decimalSymbol listSeparator",
    ),
];

/// Every place in a part where a child stands before one it should follow, or is
/// not known here.
pub fn faults(xml: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    let mut faults = Vec::new();
    let mut open: Vec<(String, usize)> = Vec::new();
    loop {
        let event = read::event(&mut reader);
        match &event {
            Event::Start(tag) | Event::Empty(tag) => {
                let name = read::name(tag);
                if let Some((parent, reached)) = open.last_mut() {
                    place(&name, parent, reached, &mut faults);
                }
                if matches!(event, Event::Start(_)) {
                    open.push((name, 0));
                }
            }
            Event::End(_) => {
                open.pop();
            }
            Event::Eof => return faults,
            _ => {}
        }
    }
}

fn place(name: &str, parent: &str, reached: &mut usize, faults: &mut Vec<String>) {
    let Some((_, order)) = ORDER.iter().find(|(element, _)| element == &parent) else {
        return;
    };
    let child = name.trim_start_matches("w:");
    let at = order
        .split_whitespace()
        .position(|known| known == child || known == "*");
    match at {
        None => faults.push(format!("{name} in {parent} is not known")),
        Some(at) if at < *reached => faults.push(format!("{name} in {parent} stands too late")),
        Some(at) => *reached = at,
    }
}
