//! The states of pages that a single smooth case never meets, on the two example
//! reports that `--demo` loads.

use crate::harness::{browser::Script, service::TestService};

#[test]
fn every_page_of_the_example_reports_and_every_refusal_is_accessible() {
    let mut service = TestService::start(&["--demo"]);
    let folder = service.folder().to_owned();
    Script::new("examples")
        .with("base", service.address())
        .with("set-up", service.set_up_link())
        .with("downloads", folder)
        .run();
}
