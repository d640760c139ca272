//! How a prompt is asked, in every state of its page, with JavaScript and without.

use crate::harness::{browser::Script, service::TestService};

fn script(service: &mut TestService) -> Script {
    let folder = service.folder().to_owned();
    Script::new("asking")
        .with("base", service.address())
        .with("set-up", service.set_up_link())
        .with("downloads", folder)
}

#[test]
fn every_state_of_asking_is_accessible_and_asks_for_no_more_than_is_chosen() {
    let mut service = TestService::start(&[]);
    script(&mut service).run();
}

#[test]
fn asking_works_the_same_without_javascript_with_everything_in_sight() {
    let mut service = TestService::start(&[]);
    script(&mut service).without_javascript().run();
}
