//! The programs that tests call, found once and named when they are missing: a test
//! that cannot run fails with the line that installs what it needs, and is never
//! skipped in silence.

use std::path::{Path, PathBuf};

/// Programs and the Debian packages that bring them.
const PACKAGES: &[(&str, &str)] = &[
    ("node", "nodejs npm"),
    ("chromium", "chromium"),
    ("soffice", "libreoffice-writer-nogui"),
    ("pdftotext", "poppler-utils"),
    ("pdfinfo", "poppler-utils"),
    ("initdb", "postgresql"),
];

/// Where `program` is.
///
/// # Panics
/// It is not on the path: with the line that installs it.
pub fn program(program: &str) -> PathBuf {
    on_path(program).unwrap_or_else(|| panic!("{}", missing(program)))
}

/// Chromium: the one `FOREWORD_CHROMIUM` names, or the system's.
///
/// # Panics
/// It is not there: with the line that installs it.
pub fn chromium() -> PathBuf {
    match std::env::var_os("FOREWORD_CHROMIUM") {
        Some(named) => {
            let named = PathBuf::from(named);
            assert!(
                named.is_file(),
                "FOREWORD_CHROMIUM names {}, which is not a file. Unset it to use the system's Chromium.",
                named.display()
            );
            named
        }
        None => program("chromium"),
    }
}

/// A file inside a package of `tests/package.json`, such as
/// `playwright-core/index.mjs`.
///
/// # Panics
/// The packages are not installed: with the line that installs them.
pub fn npm_file(path: &str) -> PathBuf {
    let file = repository().join("tests/node_modules").join(path);
    assert!(
        file.is_file(),
        "tests/node_modules/{path} is missing. Install it with: make test-tools"
    );
    file
}

/// The top of the repository.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn on_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}

fn missing(program: &str) -> String {
    let package = PACKAGES
        .iter()
        .find(|(name, _)| *name == program)
        .map_or(program, |(_, package)| package);
    format!(
        "{program} is not installed, and this test needs it. Install it with: sudo apt-get install -y {package} (or everything at once: make test-tools)"
    )
}

#[test]
fn a_missing_program_is_named_with_the_line_that_installs_it() {
    let said = missing("soffice");
    assert!(said.contains("sudo apt-get install -y libreoffice-writer-nogui"));
    assert!(said.contains("make test-tools"));
}

#[test]
#[should_panic(expected = "is not installed")]
fn a_missing_program_fails_the_test_that_needs_it() {
    program("a-program-that-nobody-has");
}
