//! Copying the proposal in words, and a section of the draft, with and without
//! JavaScript.

use crate::harness::{browser::Script, service::TestService};

fn go(with: fn(Script) -> Script) {
    let mut service = TestService::start(&[]);
    let script = Script::new("copying")
        .with("base", service.address())
        .with("set-up", service.set_up_link());
    with(script).run();
}

#[test]
fn words_are_copied_and_the_button_says_so() {
    go(|script| script);
}

#[test]
fn words_can_be_selected_by_hand_without_javascript() {
    go(Script::without_javascript);
}
