//! Searching the directory, an entry, and what is printed from one, with and without
//! JavaScript.

use crate::harness::{browser::Script, service::TestService};

fn go(with: fn(Script) -> Script) {
    let mut service = TestService::start(&[]);
    let script = Script::new("directory")
        .with("base", service.address())
        .with("set-up", service.set_up_link());
    with(script).run();
}

#[test]
fn the_directory_is_searched_as_it_is_typed_and_every_state_is_accessible() {
    go(|script| script);
}

#[test]
fn the_directory_is_searched_without_javascript() {
    go(Script::without_javascript);
}
