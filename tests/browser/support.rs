//! Her support and development plan, as a person at a browser meets it.

use crate::harness::{browser::Script, service::TestService};

#[test]
fn a_plan_is_made_kept_printed_and_reviewed_on_accessible_pages() {
    let mut service = TestService::start(&[]);
    Script::new("support")
        .with("base", service.address())
        .with("set-up", service.set_up_link())
        .run();
}
