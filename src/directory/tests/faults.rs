//! Broken content is refused, every fault with its file and line.

use super::*;

const SERVICES: &str = "service-directory/services.toml";

/// The real content with one text changed.
fn changed(file: &str, from: &str, to: &str) -> (Vec<ContentError>, usize) {
    let mut files = ContentFiles::embedded().unwrap();
    let text = files.text(file).unwrap();
    let at = text
        .find(from)
        .unwrap_or_else(|| panic!("{from} is not in {file}"));
    let line = crate::content::line_of(text, at);
    let text = text.replacen(from, to, 1);
    files.set(file, text);
    (Directory::load(&files).unwrap_err(), line)
}

fn one(faults: &[ContentError], file: &str, line: usize, says: &str) {
    assert_eq!(faults.len(), 1, "{faults:#?}");
    assert_eq!(faults[0].file, file);
    assert_eq!(faults[0].line, Some(line), "{}", faults[0]);
    assert!(faults[0].reason.contains(says), "{}", faults[0]);
}

#[test]
fn a_bad_id_is_told_with_its_line() {
    let from = "id = \"5500b864-42bb-55a3-8cbd-61eb1555465d\"";
    let (faults, line) = changed(SERVICES, from, "id = \"oldham\"");
    one(&faults, SERVICES, line, "“oldham” is not an id");
}

#[test]
fn an_id_used_twice_is_told_with_both_lines() {
    let from = "id = \"5500b864-42bb-55a3-8cbd-61eb1555465d\"";
    let to = "id = \"df4c5cca-d3ac-58c1-a9cb-88d5a65505d9\"";
    let (faults, line) = changed(SERVICES, from, to);
    one(&faults, SERVICES, line, "stands already on line 12");
}

#[test]
fn an_unknown_authority_police_area_or_contract_is_told_on_its_own_line() {
    let (faults, line) = changed(
        SERVICES,
        "\"E06000038\", # Reading",
        "\"E06999999\", # Reading",
    );
    one(&faults, SERVICES, line, "no local authority “E06999999”");
    let (faults, line) = changed(SERVICES, "pcc_slug = [\"gwent\"]", "pcc_slug = [\"gwnet\"]");
    one(&faults, SERVICES, line, "no police area “gwnet”");
    let (faults, line) = changed(SERVICES, "\"PRJ_5764\"]", "\"PRJ_0000\"]");
    one(
        &faults,
        SERVICES,
        line,
        "no record holds the contract “PRJ_0000”",
    );
}

#[test]
fn an_authority_may_be_named_instead_of_coded() {
    let mut files = ContentFiles::embedded().unwrap();
    let text = files.text(SERVICES).unwrap();
    let text = text.replace("\"E06000038\", # Reading", "\"Reading\",");
    files.set(SERVICES, text);
    let directory = Directory::load(&files).unwrap();
    let alana = directory
        .services()
        .iter()
        .find(|s| s.name == "Alana House")
        .unwrap();
    assert_eq!(alana.area.local_authorities, ["E06000038", "E06000037"]);
}

#[test]
fn a_missing_source_an_unread_status_and_a_misspelt_key_are_told_together() {
    let mut files = ContentFiles::embedded().unwrap();
    let text = files.text(SERVICES).unwrap();
    let text = text
        .replacen("source = \"github:", "source = \"\" # \"github:", 1)
        .replacen(
            "status = \"historic mention\"",
            "status = \"open, I think\"",
            1,
        )
        .replacen("organisation = \"Trevi\"", "organization = \"Trevi\"", 1);
    files.set(SERVICES, text);
    let faults = Directory::load(&files).unwrap_err();
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 4, "{told:#?}");
    for says in [
        "`source` is empty",
        "how to read the status “open, I think”",
        "no key `organization`",
        "`organisation` is missing",
    ] {
        assert!(told.iter().any(|t| t.contains(says)), "{says}: {told:#?}");
    }
}

#[test]
fn broken_toml_is_told_with_its_line() {
    let (faults, line) = changed(SERVICES, "name = \"Alana House\"", "name = \"Alana House");
    assert_eq!(faults[0].file, SERVICES);
    assert_eq!(faults[0].line, Some(line), "{}", faults[0]);
}

#[test]
fn a_bad_row_of_geography_is_told_and_does_not_hide_the_next() {
    let file = "service-directory/geography/outcodes.csv";
    let mut files = ContentFiles::embedded().unwrap();
    let text = files.text(file).unwrap();
    let text = text.replacen("AL1,51.74529,", "AL1,north,", 1).replacen(
        "AL2,51.71627,-0.28633,E07000240",
        "AL2,51.71627,-0.28633,E07999999",
        1,
    );
    files.set(file, text);
    let faults = Directory::load(&files).unwrap_err();
    let lines: Vec<Option<usize>> = faults.iter().map(|f| f.line).collect();
    assert_eq!(lines, [Some(2), Some(4)], "{faults:#?}");
    assert!(faults[1].reason.contains("E07999999"));
}

#[test]
fn a_data_file_without_a_source_is_refused() {
    let mut files = ContentFiles::embedded().unwrap();
    files.set("service-directory/geography/wards.csv", "ward\n");
    let faults = Directory::load(&files).unwrap_err();
    assert_eq!(faults.len(), 1, "{faults:#?}");
    assert!(faults[0].reason.contains("sources.toml"), "{}", faults[0]);
}

#[test]
fn a_missing_file_is_named() {
    let faults = Directory::load(&ContentFiles::default()).unwrap_err();
    for file in ["services.toml", "outcodes.csv", "words.toml", "themes.toml"] {
        assert!(faults.iter().any(|f| f.file.ends_with(file)), "{file}");
    }
}
