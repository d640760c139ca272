//! A document as a web page that stands alone: for reading and printing a download.

use super::{document::Document, html};

/// Readable without any other file; black on white, one column, prints on A4.
const STYLE: &str = "body{font:1.1rem/1.5 Arial,sans-serif;color:#0b0c0c;max-width:48rem;\
margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;width:100%;margin:1rem 0}\
th,td{border:1px solid #505a5f;padding:.4rem .6rem;text-align:left;vertical-align:top}\
h1,h2,h3{line-height:1.2;break-after:avoid}tr{break-inside:avoid}\
@media print{body{margin:0;max-width:none;font-size:11pt}}";

/// The document as a whole page.
#[must_use]
pub fn page(title: &str, document: &Document) -> String {
    page_of(title, &html::to_html(document, 0))
}

/// The same in large type.
#[must_use]
pub fn page_large(title: &str, document: &Document) -> String {
    let large = "</style>\n<style>body{font-size:1.5rem}@media print{body{font-size:18pt}}</style>";
    page(title, document).replacen("</style>", large, 1)
}

/// HTML made by [`html`] as a whole page.
#[must_use]
pub fn page_of(title: &str, body: &str) -> String {
    let title = title
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    format!(
        "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n{body}</main>\n\
         </body>\n</html>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_cannot_become_markup() {
        let page = page("<script>", &Document::from_markdown("# A"));
        assert!(page.contains("<title>&lt;script&gt;</title>"));
        assert!(page.contains("lang=\"en-GB\""));
    }
}
