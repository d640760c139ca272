//! A directory editor and her organisation's entries, with and without JavaScript.

use std::{
    io::Write,
    process::{Command, Stdio},
};

use tempfile::TempDir;

use crate::harness::{browser::Script, service::TestService};

const PASSWORD: &str = "a long enough password";

/// A service with one account: an editor of an organisation of the folder.
fn with_an_editor() -> TestService {
    let folder = TempDir::new().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_foreword"))
        .args(["user", "add", "eve@example.org", "--name", "Eve Editor"])
        .args(["--editor-of", "One Small Thing", "--data-dir"])
        .arg(folder.path().join("data"))
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(PASSWORD.as_bytes()).unwrap();
    drop(input);
    assert!(child.wait().unwrap().success());
    TestService::start_in(folder, &[])
}

fn go(with: fn(Script) -> Script) {
    let service = with_an_editor();
    let script = Script::new("keeping")
        .with("base", service.address())
        .with("password", PASSWORD);
    with(script).run();
}

#[test]
fn entries_are_kept_and_every_state_of_their_pages_is_accessible() {
    go(|script| script);
}

#[test]
fn entries_are_kept_without_javascript() {
    go(Script::without_javascript);
}
