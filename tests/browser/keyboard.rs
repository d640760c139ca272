//! From the first prompt to a countersigned Word document by the keyboard alone, in a
//! window 360 pixels wide: two people, two browsers.

use std::process::Command;

use super::second::{PASSWORD, with_two_authors};
use crate::harness::browser::Script;

#[test]
fn a_report_goes_from_its_first_prompt_to_a_countersigned_document_by_keyboard_alone() {
    let service = with_two_authors();
    let folder = service.folder().to_owned();
    Script::new("keyboard")
        .with("base", service.address())
        .with("password", PASSWORD)
        .with("downloads", &folder)
        .run();

    let verified = Command::new(env!("CARGO_BIN_EXE_foreword"))
        .arg("verify")
        .arg(folder.join("signed.docx"))
        .arg("--data-dir")
        .arg(service.data_folder())
        .output()
        .expect("the program runs");
    let said = String::from_utf8_lossy(&verified.stdout);
    assert!(verified.status.success(), "{said}");
    assert!(said.contains("Sam Author"), "{said}");
}
