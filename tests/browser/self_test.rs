//! The harness proves that it can fail: each page of `self-test/` but one has one
//! planted fault, and a run that passes over it would prove nothing about ours.

use crate::harness::browser::Script;

fn look_at(page: &str) -> Script {
    let downloads = std::env::temp_dir().join(format!("foreword-self-test-{}", std::process::id()));
    Script::new("self-test")
        .with("plan", page)
        .with("downloads", downloads)
}

#[test]
fn a_clean_page_passes_with_and_without_javascript() {
    look_at("clean").run();
    look_at("clean").without_javascript().run();
}

#[test]
fn a_field_without_a_label_fails_with_its_html() {
    let said = look_at("no-label").run_and_fail();
    assert!(said.contains("axe label"), "{said}");
    assert!(said.contains(r#"<input name="planted">"#), "{said}");
}

#[test]
fn a_script_that_the_content_security_policy_forbids_fails() {
    let said = look_at("inline-script").run_and_fail();
    assert!(said.contains("Content Security Policy"), "{said}");
}

#[test]
fn asking_another_host_for_anything_fails() {
    let said = look_at("other-host").run_and_fail();
    assert!(said.contains("asked another host"), "{said}");
}

#[test]
fn an_address_that_answers_not_found_fails() {
    let said = look_at("error-page").run_and_fail();
    assert!(said.contains("/not-there.js answered 404"), "{said}");
}
