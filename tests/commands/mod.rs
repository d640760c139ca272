//! The commands as a person types them: the built program, its exit code, and what
//! it says on each of its two outputs.
//!
//! To add one: [`foreword`] runs the program; assert on [`Said`].

mod content;
mod geography;
mod records;
mod users;
mod verify;

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

use crate::harness::service::TestService;

struct Said {
    code: i32,
    out: String,
    err: String,
}

fn foreword(args: &[&str]) -> Said {
    foreword_with(args, "")
}

fn foreword_with(args: &[&str], input: &str) -> Said {
    let mut child = Command::new(env!("CARGO_BIN_EXE_foreword"))
        .args(args)
        .env("FOREWORD_LOG", "warn")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that has already stopped has closed its end.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    Said {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn case(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/cases")
        .join(name)
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

impl Said {
    /// Fails unless the program stopped with exit code 2, nothing on standard output
    /// and one sentence that holds each of `words`.
    #[track_caller]
    fn refused(&self, words: &[&str]) {
        assert_eq!(self.code, 2, "{}{}", self.out, self.err);
        assert_eq!(self.out, "");
        for word in words {
            assert!(self.err.contains(word), "{word:?} is not in: {}", self.err);
        }
        assert!(!self.err.contains("panicked"), "{}", self.err);
    }
}

#[test]
fn a_draft_is_written_in_each_form() {
    let folder = TempDir::new().unwrap();
    let angela = case("angela.json");
    for (name, start) in [
        ("a.docx", "PK"),
        ("a.html", "<!DOCTYPE html>"),
        ("a.md", "# Pre-sentence report"),
        ("a.txt", "PRE-SENTENCE REPORT"),
    ] {
        let file = folder.path().join(name);
        let said = foreword(&[
            "draft",
            path(&angela),
            "--out",
            path(&file),
            "--on",
            "2026-11-25",
        ]);
        assert_eq!(said.code, 0, "{}", said.err);
        assert_eq!(said.out, "");
        let bytes = std::fs::read(&file).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        assert!(
            text.to_uppercase().contains(&start.to_uppercase()),
            "{name}: {}",
            &text[..60]
        );
    }
    let said = foreword(&["draft", path(&angela)]);
    assert!(
        said.out.starts_with("# Pre-sentence report"),
        "{}",
        said.out
    );
}

#[test]
fn each_format_is_drafted_from_the_same_answers() {
    let angela = case("angela.json");
    let length = |format| {
        foreword(&["draft", path(&angela), "--format", format])
            .out
            .len()
    };
    assert!(length("oral") < length("short"));
    assert!(length("short") < length("standard"));
}

#[test]
fn a_draft_to_an_unknown_kind_of_file_says_which_are_known() {
    foreword(&["draft", path(&case("angela.json")), "--out", "a.pdf"])
        .refused(&[".docx", ".html", ".md"]);
}

#[test]
fn check_gives_json_and_exit_code_one_only_where_something_blocks() {
    let said = foreword(&["check", path(&case("angela.json")), "--json"]);
    assert_eq!(said.code, 0, "{}", said.err);
    let findings: Value = serde_json::from_str(&said.out).unwrap();
    let codes: Vec<&str> = findings
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["code"].as_str().unwrap())
        .collect();
    assert!(codes.contains(&"law.co.no-punishment"), "{codes:?}");

    let text = std::fs::read_to_string(case("miriam.json")).unwrap();
    let simple = text.replace("school-attendance-aggravated", "school-attendance-simple");
    assert_ne!(text, simple);
    let said = foreword_with(&["check", "-"], &simple);
    assert_eq!(said.code, 1, "{}", said.out);
    assert!(
        said.out.contains("Must be settled") && said.out.contains("s.202"),
        "{}",
        said.out
    );
}

#[test]
fn a_bad_case_file_is_refused_with_its_place_and_reason() {
    let refused = |text: &str| foreword_with(&["check", "-"], text);
    refused("not json").refused(&["was refused", "expected"]);
    refused(r#"{"foreword_case": 1, "womn": {}}"#).refused(&["womn"]);
    refused(r#"{"foreword_case": 7}"#).refused(&["foreword_case", "version 7"]);
    refused(r#"{"foreword_case": 1, "offences": [{"title": "Theft", "convicted_on": "12 May"}]}"#)
        .refused(&["offences[0].convicted_on"]);
    refused(r#"{"foreword_case": 1, "answers": {"no-such-prompt": {"value": "x"}}}"#)
        .refused(&["answers.no-such-prompt"]);
    foreword(&["check", "nowhere.json"]).refused(&["nowhere.json", "cannot read"]);
}

#[test]
fn services_are_found_for_a_district_with_reasons_and_dates() {
    let search = |area| {
        foreword(&[
            "services",
            "search",
            "--area",
            area,
            "--need",
            "accommodation",
            "--json",
        ])
    };
    let newbury: Value = serde_json::from_str(&search("RG14").out).unwrap();
    let text = newbury.to_string();
    for name in ["Alana House", "Women's Services in Thames Valley"] {
        assert!(text.contains(name), "{name}");
    }
    let derby: Value = serde_json::from_str(&search("DE23").out).unwrap();
    let text = derby.to_string();
    assert!(text.contains("Women's Work (Derbyshire)") && text.contains("as_at"));
    let shown = foreword(&[
        "services", "search", "--area", "rg14 1aa", "--need", "safety",
    ]);
    assert!(
        shown.out.contains("Alana House") && shown.out.contains("As at"),
        "{}",
        shown.out
    );
}

#[test]
fn what_she_needs_of_a_service_is_taken_as_flags_and_spoken_of() {
    let search = |more: &[&str]| {
        let mut args = vec!["services", "search", "--area", "RG14"];
        args.extend(["--need", "accommodation:high", "--most", "2"]);
        args.extend(more);
        foreword(&args)
    };
    let all = "--women-only --childcare=prefers --language Polish --access step-free \
               --busy monday:09:30-13:00 --order rar --ends 2027-12-01 --hearing 2099-12-03";
    let shown = search(&all.split_whitespace().collect::<Vec<_>>());
    for part in [
        "2 of ",
        "Ask about childcare",
        "works in Polish",
        "Step-free access",
        "on which days",
        "order in view (Community order / SSO with RAR days)",
        "assessment for the court",
    ] {
        assert!(shown.out.contains(part), "{part}\n{}", shown.out);
    }
    let avoiding = search(&["--avoid", "Reading"]);
    assert!(avoiding.out.contains("for her safety"), "{}", avoiding.out);
    search(&["--access", "ramp"]).refused(&["ramp", "step-free"]);
    search(&["--order", "prison"]).refused(&["prison", "rar"]);
    search(&["--need", "safety:severe"]).refused(&["severe", "high"]);
}

#[test]
fn a_place_or_a_theme_that_is_not_known_is_told_kindly() {
    let search = |area, need| foreword(&["services", "search", "--area", area, "--need", need]);
    search("EH1", "accommodation").refused(&["Scotland"]);
    search("ZZ9", "accommodation").refused(&["ZZ9"]);
    search("RG14", "housing").refused(&["housing", "accommodation"]);
}

#[test]
fn the_schema_accepts_the_example_cases_and_refuses_a_stray_field() {
    let schema: Value = serde_json::from_str(&foreword(&["schema"]).out).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for name in ["angela.json", "miriam.json"] {
        let mut value: Value =
            serde_json::from_str(&std::fs::read_to_string(case(name)).unwrap()).unwrap();
        assert!(validator.is_valid(&value), "{name}");
        value["stray"] = true.into();
        assert!(!validator.is_valid(&value), "{name}");
    }
}

#[test]
fn help_names_every_command_and_a_bad_flag_is_refused() {
    let help = foreword(&["--help"]);
    for command in [
        "serve",
        "draft",
        "check",
        "services",
        "geography",
        "schema",
        "user",
    ] {
        assert!(help.out.contains(command), "{}", help.out);
    }
    let said = foreword(&["serve", "--prot", "9"]);
    assert_eq!(said.code, 2);
    assert!(
        said.err.contains("--prot") && said.err.contains("--port"),
        "{}",
        said.err
    );
}

#[test]
fn a_commencement_is_recorded_shown_applied_and_taken_back() {
    let folder = TempDir::new().unwrap();
    let data = ["--data-dir", path(folder.path())];
    let law = |args: &[&str]| foreword(&[&["law"], args, &data].concat());
    let listed = law(&["list"]);
    assert!(listed.out.contains("sa2026-s14"), "{}", listed.out);
    assert!(listed.out.contains("none"), "{}", listed.out);
    let commence = [
        "commence",
        "sa2026-s14",
        "--on",
        "2027-01-04",
        "--source",
        "SI 2027/1 reg 2",
        "--by",
        "A. Admin",
    ];
    assert_eq!(law(&commence).code, 0);
    let listed = law(&["list"]);
    assert!(
        listed.out.contains("SI 2027/1 reg 2; recorded by A. Admin"),
        "{}",
        listed.out
    );
    law(&commence).refused(&["sa2026-s14", "already recorded"]);
    let unknown = [
        "commence",
        "sa2026-s99",
        "--on",
        "2027-01-04",
        "--source",
        "x",
        "--by",
        "y",
    ];
    law(&unknown).refused(&["nothing was recorded", "not the id of a change"]);
    assert_eq!(law(&["withdraw", "sa2026-s14"]).code, 0);
    law(&["withdraw", "sa2026-s14"]).refused(&["not recorded"]);
    assert!(law(&["list"]).out.contains("none"));
}

#[test]
fn a_port_in_use_is_one_sentence() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let folder = TempDir::new().unwrap();
    foreword(&["serve", "--port", &port, "--data-dir", path(folder.path())])
        .refused(&["in use", "--port"]);
}

#[test]
fn a_data_folder_that_cannot_be_made_is_one_sentence() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let under = file.join("data");
    foreword(&["serve", "--port", "0", "--data-dir", path(&under)]).refused(&[path(&under)]);
}

#[test]
fn a_wrong_key_and_a_lost_key_are_each_one_sentence() {
    let service = TestService::start(&[]);
    let data = service.data_folder();
    let key = data.join("foreword.key");
    let folder = service.stop();
    let kept = std::fs::read(&key).unwrap();
    std::fs::remove_file(&key).unwrap();
    foreword(&["serve", "--port", "0", "--data-dir", path(&data)]).refused(&["key"]);
    let other = TestService::start(&[]);
    let wrong = std::fs::read(other.data_folder().join("foreword.key")).unwrap();
    assert_ne!(kept, wrong);
    write_private(&key, &wrong);
    foreword(&["serve", "--port", "0", "--data-dir", path(&data)]).refused(&["key"]);
    drop(folder);
}

fn write_private(file: &Path, bytes: &[u8]) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::write(file, bytes).unwrap();
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o600)).unwrap();
}

#[test]
fn broken_content_stops_the_start_with_every_file_line_and_reason() {
    let folder = TempDir::new().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for name in ["report-templates", "service-directory"] {
        copy(&root.join(name), &folder.path().join(name));
    }
    let sections = folder.path().join("report-templates/report/sections");
    let risk = sections.join("risk.md");
    let text = std::fs::read_to_string(&risk).unwrap();
    std::fs::write(&risk, text.replace("rosh_why", "rosh_wy")).unwrap();
    std::fs::write(
        sections.join("if-not.md"),
        "## A\n\n{# passage: a #}\n{% if %}\n",
    )
    .unwrap();
    let said = foreword(&[
        "--content",
        path(folder.path()),
        "draft",
        path(&case("angela.json")),
    ]);
    said.refused(&["risk.md, line", "`rosh_wy` is no prompt", "if-not.md, line"]);
    let empty = TempDir::new().unwrap();
    foreword(&["--content", path(empty.path()), "schema"]).refused(&["report-templates"]);
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn an_account_is_added_with_its_password_from_standard_input() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    let args = [
        "user",
        "add",
        "ada@example.org",
        "--name",
        "Ada Example",
        "--data-dir",
        path(&data),
    ];
    foreword_with(&args, "short\n").refused(&["12"]);
    let said = foreword_with(&args, "a long enough password\n");
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.err.contains("ada@example.org"));
    foreword_with(&args, "a long enough password\n").refused(&["already"]);
}
