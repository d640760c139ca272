//! A women's centre in the loop, with the author and the centre each at a browser of her
//! own, at the same time.

use tempfile::TempDir;

use super::second::{PASSWORD, add_account};
use crate::harness::{browser::Script, service::TestService};

/// Alana House is one of its services.
const PACT: &str = "PACT (Parents And Children Together)";

fn go(with: fn(Script) -> Script) {
    let folder = TempDir::new().unwrap();
    add_account(
        &folder,
        "sam@example.org",
        "Sam Author",
        &["--role", "author"],
    );
    add_account(
        &folder,
        "noor@alana.example",
        "Noor Centre",
        &["--centre", PACT],
    );
    let service = TestService::start_in(folder, &[]);
    let script = Script::new("centre")
        .with("base", service.address())
        .with("password", PASSWORD);
    with(script).run();
}

#[test]
fn a_centre_is_asked_answers_and_is_shut_out_when_consent_ends_on_accessible_pages() {
    go(|script| script);
}

#[test]
fn a_centre_is_asked_and_answers_without_javascript() {
    go(Script::without_javascript);
}
