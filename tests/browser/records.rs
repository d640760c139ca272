//! Records duty, with an author and two administrators at browsers of their own.

use tempfile::TempDir;

use super::second::{PASSWORD, add_account};
use crate::harness::{browser::Script, service::TestService};

#[test]
fn a_report_is_held_and_erased_by_two_people_on_accessible_pages() {
    let folder = TempDir::new().unwrap();
    let administers = [
        "--role",
        "administrator",
        "--role",
        "auditor",
        "--role",
        "area-lead",
    ];
    add_account(
        &folder,
        "sam@example.org",
        "Sam Author",
        &["--role", "author"],
    );
    add_account(&folder, "ada@example.org", "Ada Keeper", &administers);
    add_account(&folder, "bea@example.org", "Bea Keeper", &administers);
    let service = TestService::start_in(folder, &[]);
    Script::new("records")
        .with("base", service.address())
        .with("password", PASSWORD)
        .run();
}
