//! Any text as an answer: its wording is looked at without a panic, and every find lies in
//! the sentence it names.
#![no_main]

use std::sync::LazyLock;

use foreword::{
    case::{self, CaseFile, EXAMPLES},
    content::ContentFiles,
    pack::Pack,
    review::wording,
};
use libfuzzer_sys::fuzz_target;

static PACK: LazyLock<Pack> = LazyLock::new(|| {
    let files = ContentFiles::embedded().expect("the built-in content reads");
    Pack::load(&files).expect("the built-in content is sound")
});

static CASE: LazyLock<CaseFile> =
    LazyLock::new(|| case::from_json(EXAMPLES[0].1).expect("the example reads"));

fuzz_target!(|text: &str| {
    for found in wording::check_text(text, &CASE, &PACK.wording) {
        assert!(found.sentence.get(found.words.clone()).is_some());
    }
});
