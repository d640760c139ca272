//! `foreword content`: what a practice lead sees who changes the content.

use super::{foreword, path};

/// A copy of the built-in content.
fn copied() -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let content = folder.path().join("content");
    let said = foreword(&["content", "copy", path(&content)]);
    assert_eq!(said.code, 0, "{}", said.err);
    (folder, content)
}

fn change(content: &std::path::Path, file: &str, from: &str, to: &str) {
    let file = content.join(file);
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains(from), "{from}");
    std::fs::write(&file, text.replacen(from, to, 1)).unwrap();
}

#[test]
fn a_copy_passes_the_check_and_is_never_laid_over_what_is_there() {
    let (_folder, content) = copied();
    let said = foreword(&["content", "check", path(&content)]);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    assert!(said.out.contains("No fault found"), "{}", said.out);
    foreword(&["content", "copy", path(&content)]).refused(&["is there already"]);
}

#[test]
fn every_fault_is_explained_with_its_file_its_line_and_what_would_be_right() {
    let (_folder, content) = copied();
    let sections = "report-templates/report/sections/offence.md";
    change(&content, sections, "offence_account", "offence_acount");
    let prompts = "report-templates/interview/sections/everyday.toml";
    change(&content, prompts, "kind = \"group\"", "kind = \"grupp\"");
    let law = "report-templates/sentencing/requirements.toml";
    change(
        &content,
        law,
        "status = \"in-force\"",
        "status = \"in-forse\"",
    );
    let said = foreword(&["content", "check", path(&content)]);
    assert_eq!(said.code, 1, "{}{}", said.out, said.err);
    for words in [
        "everyday.toml",
        "line ",
        "grupp",
        "requirements.toml",
        "in-forse",
        "not looked at",
    ] {
        assert!(said.out.contains(words), "{words}: {}", said.out);
    }
    // With the prompts mended, the report's own text is looked at, and the name that was
    // meant is offered.
    change(&content, prompts, "grupp", "group");
    let said = foreword(&["content", "check", path(&content)]);
    assert!(said.out.contains("offence.md"), "{}", said.out);
    assert!(
        said.out.contains("did you mean “offence_account”?"),
        "{}",
        said.out
    );
    assert!(!said.out.contains("two passages"), "{}", said.out);
}

#[test]
fn a_folder_that_is_not_there_is_told_with_how_to_begin_one() {
    foreword(&["content", "check", "nowhere"]).refused(&["nowhere", "content copy"]);
}

#[test]
fn a_preview_shows_each_example_in_each_format_and_what_none_of_them_prints() {
    let (folder, content) = copied();
    let sections = "report-templates/report/sections/about.md";
    let text = std::fs::read_to_string(content.join(sections)).unwrap();
    std::fs::write(
        content.join(sections),
        format!("{text}\n{{# passage: of-this-area standing #}}\nWritten in *this* area.\n"),
    )
    .unwrap();
    let to = folder.path().join("preview");
    let args = [
        "content",
        "preview",
        path(&content),
        "--to",
        path(&to),
        "--on",
        "2026-11-25",
    ];
    let said = foreword(&args);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    let read = |name: &str| std::fs::read_to_string(to.join(name)).unwrap();
    for name in ["angela", "miriam"] {
        for format in ["oral", "short", "standard"] {
            let page = read(&format!("{name}-{format}.html"));
            assert!(page.contains("lang=\"en-GB\""));
            assert!(read("index.html").contains(&format!("{name}-{format}.html")));
        }
    }
    let page = read("angela-standard.html");
    assert!(page.contains("about/of-this-area"), "{page}");
    assert!(page.contains("Written in <em>this</em> area."), "{page}");
    assert!(read("index.html").contains("Passages that no example prints"));
    assert!(read("index.html").contains("<li>custody/mother</li>"));
}

#[test]
fn a_broken_helper_is_told_with_its_line_and_a_wrong_name_given_to_one_too() {
    let (_folder, content) = copied();
    let helpers = "report-templates/report/helpers.md";
    change(&content, helpers, "{%- endcomponent say.hedge %}", "");
    let said = foreword(&["content", "check", path(&content)]);
    assert_eq!(said.code, 1, "{}{}", said.out, said.err);
    assert!(said.out.contains("helpers.md\n  line "), "{}", said.out);

    let (_folder, content) = copied();
    let sections = "report-templates/report/sections/offence.md";
    change(
        &content,
        sections,
        "answer={offence_led_to}",
        "answer={offence_lead_to}",
    );
    let said = foreword(&["content", "check", path(&content)]);
    assert!(
        said.out.contains("did you mean “offence_led_to”?"),
        "{}",
        said.out
    );
}

#[test]
fn an_area_changes_one_line_of_its_copy_and_has_the_order_of_the_official_report() {
    let (_folder, content) = copied();
    let order = || {
        let case = "tests/cases/angela.json";
        let said = foreword(&[
            "--content",
            path(&content),
            "draft",
            case,
            "--on",
            "2026-11-25",
        ]);
        assert_eq!(said.code, 0, "{}", said.err);
        let at = |heading: &str| said.out.find(heading).unwrap();
        (
            at("\n## Proposal"),
            at("\n## Offence analysis"),
            at("\n## Risk"),
        )
    };
    let (proposal, offence, _) = order();
    assert!(proposal < offence, "the proposal comes first as shipped");
    let formats = "report-templates/report/formats.toml";
    let standard = "[format.standard]\ntitle = \"Pre-sentence report\"\nproposal_first = ";
    change(
        &content,
        formats,
        &format!("{standard}true"),
        &format!("{standard}false"),
    );
    let said = foreword(&["content", "check", path(&content)]);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    let (proposal, offence, risk) = order();
    assert!(offence < risk && risk < proposal, "as the official report");
}
