//! The enquiry register, the worklist and the choice at the finish, with and without
//! JavaScript.

use crate::harness::{browser::Script, service::TestService};

fn go(with: fn(Script) -> Script) {
    let mut service = TestService::start(&[]);
    let folder = service.folder().to_owned();
    let script = Script::new("enquiries")
        .with("base", service.address())
        .with("set-up", service.set_up_link())
        .with("downloads", folder);
    with(script).run();
}

#[test]
fn enquiries_are_kept_and_every_state_of_their_pages_is_accessible() {
    go(|script| script);
}

#[test]
fn enquiries_are_kept_without_javascript() {
    go(Script::without_javascript);
}
