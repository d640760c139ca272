//! A report checked by a second person, signed, and added to: two people and every page
//! of it, with and without JavaScript.

use std::{
    io::Write,
    process::{Command, Stdio},
};

use tempfile::TempDir;

use crate::harness::{browser::Script, service::TestService};

pub const PASSWORD: &str = "a long enough password";

/// Adds an account to the data in a folder, as an operator does.
pub fn add_account(folder: &TempDir, email: &str, name: &str, more: &[&str]) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_foreword"))
        .args(["user", "add", email, "--name", name])
        .args(more)
        .arg("--data-dir")
        .arg(folder.path().join("data"))
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(PASSWORD.as_bytes()).unwrap();
    drop(input);
    assert!(child.wait().unwrap().success());
}

/// A service with two authors.
pub fn with_two_authors() -> TestService {
    let folder = TempDir::new().unwrap();
    let roles = ["--role", "author", "--role", "countersigner"];
    add_account(&folder, "sam@example.org", "Sam Author", &roles);
    add_account(&folder, "noor@example.org", "Noor Senior", &roles);
    TestService::start_in(folder, &[])
}

fn go(with: fn(Script) -> Script) {
    let service = with_two_authors();
    let script = Script::new("second")
        .with("base", service.address())
        .with("password", PASSWORD);
    with(script).run();
}

#[test]
fn a_report_is_checked_signed_and_added_to_and_every_page_of_it_is_accessible() {
    go(|script| script);
}

#[test]
fn a_report_is_checked_signed_and_added_to_without_javascript() {
    go(Script::without_javascript);
}
