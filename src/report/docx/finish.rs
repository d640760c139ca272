//! What docx-rs gets wrong in the body, put right in one forward pass over its
//! XML without building a tree (a tree cost more than all the rest together).
//!
//! Lives here: order of elements, header rows, table properties, the section, ids.
//! Not here: words, which pass through untouched. To mend another element, give
//! its tag an arm in [`Pass::tag`]; `tests/documents/order.rs` has the order that
//! the standard wants.
//!
//! It rests on two things: docx-rs escapes `<` in text and attributes, so each `<`
//! starts a tag; and `word.rs` uses only what is mended here.

use super::outline::TableMark;

/// The main part opens with the two namespaces it uses, instead of docx-rs's
/// twelve.
const OPEN: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
    <w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><w:body>";

/// The finished main part. `tables` are in order of the page; `section` replaces
/// the section properties.
pub fn finish(raw: &str, tables: &[TableMark], section: &str) -> String {
    let body = raw.split_once("<w:body>").map_or(raw, |(_, body)| body);
    let mut pass = Pass {
        out: String::with_capacity(raw.len()),
        tables: tables.iter(),
        header_row: false,
        section,
        skip_to: None,
        number: None,
    };
    pass.out.push_str(OPEN);
    // The words before the first tag are none, and each piece after it is one tag
    // without its `<`, with the words that follow it.
    for tag in body.split('<').skip(1) {
        pass.tag(tag);
    }
    pass.out
}

struct Pass<'a> {
    out: String,
    tables: std::slice::Iter<'a, TableMark>,
    /// True from the start of a table with a header until its first row.
    header_row: bool,
    section: &'a str,
    /// The end tag of an element that has been replaced.
    skip_to: Option<&'static str>,
    /// A `w:numId` that must wait until `w:ilvl` is written.
    number: Option<&'a str>,
}

impl<'a> Pass<'a> {
    fn tag(&mut self, tag: &'a str) {
        if let Some(end) = self.skip_to {
            if tag.starts_with(end) {
                self.skip_to = None;
            }
            return;
        }
        match tag {
            // The mark of a paragraph has no properties of its own, and first in
            // `w:pPr` is not their place; a run without any needs no element.
            "w:rPr />" => {}
            "w:tblPr>" => {
                let mark = self.tables.next();
                self.header_row = mark.is_some_and(|mark| mark.header);
                self.out
                    .push_str(mark.map_or("", |mark| mark.properties.as_str()));
                self.skip_to = Some("/w:tblPr>");
            }
            "w:trPr>" if self.header_row => {
                self.header_row = false;
                self.out
                    .push_str("<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
                self.skip_to = Some("/w:trPr>");
            }
            "w:sectPr>" => {
                self.out.push_str(self.section);
                self.skip_to = Some("/w:sectPr>");
            }
            _ if tag.starts_with("w:p w14:paraId") => self.out.push_str("<w:p>"),
            _ if tag.starts_with("w:gridCol ") => self.push(&tag.replace(" w:type=\"dxa\"", "")),
            _ if tag.starts_with("w:numId ") => self.number = Some(tag),
            "/w:numPr>" => {
                if let Some(number) = self.number.take() {
                    self.push(number);
                }
                self.push(tag);
            }
            _ => self.push(tag),
        }
    }

    fn push(&mut self, tag: &str) {
        self.out.push('<');
        self.out.push_str(tag);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(raw: &str) -> String {
        let marks = [TableMark {
            properties: "<w:tblPr>ours</w:tblPr>".to_owned(),
            header: true,
        }];
        let raw =
            format!("<w:document><w:body>{raw}<w:sectPr><w:x /></w:sectPr></w:body></w:document>");
        let done = finish(&raw, &marks, "<w:sectPr/>");
        let done = done.strip_prefix(OPEN).unwrap();
        let done = done.strip_suffix("<w:sectPr/></w:body></w:document>");
        done.unwrap().to_owned()
    }

    #[test]
    fn empty_run_properties_and_paragraph_ids_go() {
        assert_eq!(
            body(
                "<w:p w14:paraId=\"\"><w:pPr><w:rPr /><w:pStyle w:val=\"a\" /></w:pPr><w:r><w:rPr /><w:t>x &lt; y</w:t></w:r></w:p>"
            ),
            "<w:p><w:pPr><w:pStyle w:val=\"a\" /></w:pPr><w:r><w:t>x &lt; y</w:t></w:r></w:p>"
        );
    }

    #[test]
    fn the_level_of_a_list_comes_before_its_number() {
        assert_eq!(
            body("<w:numPr><w:numId w:val=\"3\" /><w:ilvl w:val=\"1\" /></w:numPr>"),
            "<w:numPr><w:ilvl w:val=\"1\" /><w:numId w:val=\"3\" /></w:numPr>"
        );
    }

    #[test]
    fn the_first_row_of_a_table_is_marked_as_its_header_and_only_that() {
        let row = "<w:tr><w:trPr><w:cantSplit /></w:trPr></w:tr>";
        assert_eq!(
            body(&format!(
                "<w:tbl><w:tblPr><w:jc w:val=\"left\" /></w:tblPr><w:tblGrid>\
                 <w:gridCol w:w=\"9\" w:type=\"dxa\" /></w:tblGrid>{row}{row}</w:tbl>"
            )),
            format!(
                "<w:tbl><w:tblPr>ours</w:tblPr><w:tblGrid><w:gridCol w:w=\"9\" /></w:tblGrid>\
                 <w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr></w:tr>{row}</w:tbl>"
            )
        );
    }
}
