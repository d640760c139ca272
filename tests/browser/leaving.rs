//! What must not leave, the speaking note and letters, as a person at a browser meets them.

use crate::harness::{browser::Script, service::TestService};

#[test]
fn a_refused_download_a_reason_a_note_and_a_letter_are_accessible() {
    let mut service = TestService::start(&[]);
    let case = include_str!("../cases/angela.json");
    let case = case.replace("It was over within a minute.", "Daren had sent her.");
    let file = service.folder().join("case.json");
    std::fs::write(&file, case).expect("the case file is written");
    Script::new("leaving")
        .with("base", service.address())
        .with("set-up", service.set_up_link())
        .with("plan", file)
        .run();
}
