//! `foreword geography load`, and what a search then knows.

use std::{fs, path::PathBuf};

use tempfile::TempDir;

use super::{Said, foreword, path};

/// Twenty-one made-up rows in the real columns: see `src/directory/tests/postcodes.rs`.
fn sample() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/directory/tests/onspd_sample.csv")
}

fn load(data: &TempDir, file: &str) -> Said {
    foreword(&["geography", "load", file, "--data-dir", path(data.path())])
}

fn search(data: &TempDir, area: &str) -> Said {
    let data = path(data.path());
    foreword(&["services", "search", "--area", area, "--data-dir", data])
}

#[test]
fn a_loaded_postcode_directory_is_reported_and_then_used() {
    let data = TempDir::new().unwrap();
    let before = search(&data, "RG14 7ZZ");
    assert!(before.out.starts_with("RG14 (West Berkshire)"));

    let said = load(&data, path(&sample()));
    assert_eq!(said.code, 0, "{}", said.err);
    for line in [
        "21 rows read.",
        "10 live postcodes of England and Wales kept.",
        "left out: 2 in Scotland",
        "line 20: “QQQQ 0AA” is no postcode",
        "postcodes.fwp",
    ] {
        assert!(said.out.contains(line), "{line}: {}", said.out);
    }
    let left: Vec<String> = fs::read_dir(data.path())
        .unwrap()
        .map(|f| f.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(left, ["postcodes.fwp"], "nothing half-written");

    let after = search(&data, "RG14 7ZZ");
    assert_eq!(after.code, 0, "{}", after.err);
    let place = after.out.lines().take(2).collect::<String>();
    assert!(place.starts_with("RG14 (Basingstoke and Deane)"), "{place}");
    assert!(
        place.contains("rest of the postcode was not kept"),
        "{place}"
    );
    assert!(after.err.contains("9 postcodes of onspd_sample.csv"));
    assert!(!format!("{}{}", after.out, after.err).contains("7ZZ"));
}

#[test]
fn a_file_that_is_no_postcode_directory_is_refused_and_nothing_is_written() {
    let data = TempDir::new().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let file = data.path().join(name);
        fs::write(&file, bytes).unwrap();
        file
    };
    let zip = file("onspd.zip", b"PK\x03\x04rest");
    load(&data, path(&zip)).refused(&["onspd.zip was not loaded", "ZIP", "unpack"]);
    let other = file("other.csv", b"postcode,area\nRG14 0AA,Newbury\n");
    load(&data, path(&other)).refused(&["no column for", "doterm", "postcode, area"]);
    load(&data, path(data.path())).refused(&["is a folder"]);
    load(&data, "nowhere.csv").refused(&["cannot read nowhere.csv"]);
    assert!(!data.path().join("postcodes.fwp").exists());
}

#[test]
fn a_damaged_file_stops_the_search_and_says_what_to_do() {
    let data = TempDir::new().unwrap();
    fs::write(data.path().join("postcodes.fwp"), "something else").unwrap();
    let said = search(&data, "RG14");
    said.refused(&["postcodes.fwp cannot be used", "Load", "or remove the file"]);
}
