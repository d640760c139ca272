//! Any text as a report: it is read, and written as a Word document, a web page and plain
//! text, without a panic or an error.
#![no_main]

use foreword::report::{
    docx::{self, About, Status},
    document::Document,
    html, plain,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let document = Document::from_markdown(text);
    let about = About {
        title: "Report".into(),
        author: "Sam Author".into(),
        subject: "A court".into(),
        header: text.chars().take(80).collect(),
        status: Status::Draft,
        fictional: true,
        created: chrono::DateTime::UNIX_EPOCH,
    };
    let written = docx::write(&document, &about).expect("any text can be written");
    assert!(written.starts_with(b"PK"));
    assert_eq!(written, docx::write(&document, &about).expect("again"));
    let _ = (html::to_html(&document, 1), plain::to_text(&document));
});
