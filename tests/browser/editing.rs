//! Editing a section of the draft, with and without JavaScript.

use crate::harness::{browser::Script, service::TestService};

fn go(with: fn(Script) -> Script) {
    let mut service = TestService::start(&[]);
    let script = Script::new("editing")
        .with("base", service.address())
        .with("set-up", service.set_up_link());
    with(script).run();
}

#[test]
fn what_is_typed_is_shown_as_it_will_be_read_and_every_page_is_accessible() {
    go(|script| script);
}

#[test]
fn a_section_is_edited_and_settled_without_javascript() {
    go(Script::without_javascript);
}
