//! Files and packages.

use std::{
    io::Write as _,
    process::Stdio,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use super::bed::Bed;

const ID: &str = "c78b2954-951b-553d-a3db-85a530bc3588";

fn service(name: &str) -> Value {
    json!({"id": format!("id-{name}"), "name": name, "status": "active"})
}

#[test]
fn the_same_services_come_in_from_a_list_a_page_lines_tables_and_a_zip() {
    let list = json!([service("A"), service("B")]).to_string();
    let page = json!({"total_items": 2, "contents": [service("A"), service("B")]}).to_string();
    let lines = format!("{}\n{}\n", service("A"), service("B"));
    let csv = "\u{feff}id,name,status\nid-A,A,active\nid-B,B,active\n";
    let bed = Bed::new();
    let mut zipped = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zipped
        .start_file(
            "export/services.csv",
            zip::write::SimpleFileOptions::default(),
        )
        .unwrap();
    zipped.write_all(csv.as_bytes()).unwrap();
    let zipped = zipped.finish().unwrap().into_inner();
    let tables = bed.file("tables/services.csv", csv);
    let tables = tables.trim_end_matches("/services.csv").to_owned();
    for from in [
        bed.file("list.json", list),
        bed.file("page.json", page),
        bed.file("lines.ndjson", &lines),
        bed.file("lines-unnamed.txt", &lines),
        tables,
        bed.file("tables.zip", zipped),
    ] {
        let fresh = Bed::new();
        let said = fresh.import(&from, &["--feed", "theirs"]);
        assert_eq!(said.code, 0, "{from}: {}", said.err);
        assert_eq!(said.report()["counts"]["new"], 2, "{from}");
        fresh.has(2);
        let again = fresh.import(&from, &["--feed", "theirs"]);
        assert_eq!(again.report()["counts"]["same"], 2, "{from}: {}", again.out);
        fresh.has(2);
    }
}

#[test]
fn a_trial_reports_and_writes_nothing() {
    let bed = Bed::new();
    let file = bed.file("a.json", json!([service("A")]).to_string());
    let said = bed.run(&["import", &file, "--dry-run"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(
        said.out.contains("taken in") && said.out.contains("“A”"),
        "{}",
        said.out
    );
    assert!(said.err.contains("trial"), "{}", said.err);
    bed.has(0);
}

#[test]
fn refused_rows_are_told_with_their_lines_and_the_others_are_taken() {
    let bed = Bed::new();
    let outside = json!({"id": "x", "name": "X",
        "locations": [{"addresses": [{"postal_code": "EH1 1AA"}]}]});
    let unknown = json!({"id": "y", "name": "Y",
        "locations": [{"addresses": [{"postal_code": "QQ1 1QQ"}]}]});
    let html = json!({"id": "z", "name": "Z", "description": "<p>Tea</p><script>x</script>"});
    let mut lines = format!(
        "{}\n{{\"id\": \"b\", broken\n{}\n{}\n{outside}\n{unknown}\n{html}\n",
        service("A"),
        service("A"),
        json!({"id": ID, "name": "C", "minimum_age": 60, "maximum_age": 18}),
    )
    .into_bytes();
    lines.extend_from_slice(b"{\"id\": \"l\", \"name\": \"Caf\xe9\"}\n");
    let file = bed.file("mixed.ndjson", lines);

    let strict = bed.import(&file, &["--strict"]);
    strict.stopped(1, &["5 were refused"]);
    bed.has(0);

    let said = bed.import(&file, &[]);
    assert_eq!(said.code, 0, "{}", said.err);
    let report = said.report();
    let refused: Vec<(u64, &str)> = report["rows"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["verdict"] == "refused")
        .map(|row| {
            let code = row["why"]["code"].as_str().unwrap();
            (row["line"].as_u64().unwrap(), code)
        })
        .collect();
    assert_eq!(
        refused,
        [
            (2, "json"),
            (3, "twice"),
            (4, "ages"),
            (5, "outside"),
            (8, "encoding")
        ]
    );
    assert_eq!(report["counts"]["new"], 3);
    for code in ["postcode_unknown", "script"] {
        assert_eq!(report["tallies"][code]["count"], 1, "{code}");
    }
    bed.has(3);
}

#[test]
fn a_file_that_cannot_be_read_is_told_with_its_place_and_nothing_is_written() {
    let utf_16: Vec<u8> = json!([service("A")])
        .to_string()
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let start = format!("[{},\n", service("A"));
    let cut = format!("{start}{{\"id\": \"b\"");
    let latin_1 = [start.as_bytes(), b"{\"id\": \"l\", \"name\": \"Caf\xe9\"}]"].concat();
    let open_quote = format!("id,name\n1,A\n2,\"B\n{}", "x,y\n".repeat(1_000_000));
    let deep = "[".repeat(1_000_000);
    for (name, bytes, words) in [
        ("a.json", b"".as_slice(), &["a.json", "line 1"][..]),
        ("a.json", cut.as_bytes(), &["a.json, line 2"]),
        ("a.json", &latin_1, &["a.json, line 2", "unicode"]),
        ("a.json", &utf_16, &["UTF-16"]),
        (
            "a.json",
            b"<html>No such page</html>",
            &["a.json, line 1, column 1"],
        ),
        ("a.json", b"{\"error\": \"none\"}", &["no service"]),
        ("a.json", deep.as_bytes(), &["a.json, line 1", "recursion"]),
        (
            "services.csv",
            b"name\nA\n",
            &["services.csv, line 1", "`id`"],
        ),
        ("services.csv", &utf_16, &["services.csv", "UTF-16"]),
        (
            "services.csv",
            open_quote.as_bytes(),
            &["line 3", "quotation mark"],
        ),
        ("a.zip", b"PK\x03\x04 and no more", &["a.zip"]),
    ] {
        let bed = Bed::new();
        let file = bed.file(name, bytes);
        let said = bed.import(&file, &[]);
        said.stopped(2, words);
        assert_eq!(said.out, "");
        bed.has(0);
    }
    let bed = Bed::new();
    bed.import("none.json", &[]).stopped(2, &["none.json"]);
}

#[test]
fn a_program_that_is_killed_in_a_run_leaves_the_directory_as_it_was() {
    let bed = Bed::new();
    let mut child = bed
        .command(&["import", "-"])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    // More than it looks ahead, and no end: it waits for the next line.
    let mut input = child.stdin.take().unwrap();
    for number in 0..2_000 {
        writeln!(input, "{}", service(&format!("Service {number}"))).unwrap();
    }
    input.flush().unwrap();
    let waiting = Instant::now();
    let database = bed.data().join("foreword.db");
    let mut aside = 0;
    while aside == 0 && waiting.elapsed() < Duration::from_mins(1) {
        std::thread::sleep(Duration::from_millis(200));
        if database.exists() && bed_is_made(&bed) {
            aside = bed.count("directory_incoming");
        }
    }
    assert!(aside > 0, "nothing was put aside");
    child.kill().unwrap();
    child.wait().unwrap();
    drop(input);
    assert_eq!(bed.count("directory_record"), 0);
    assert_eq!(bed.count("directory_change"), 0);

    let file = bed.file("a.json", json!([service("A")]).to_string());
    assert_eq!(bed.import(&file, &[]).code, 0);
    assert_eq!(bed.count("directory_record"), 1);
}

/// Whether the database has its tables yet.
fn bed_is_made(bed: &Bed) -> bool {
    bed.count("sqlite_master WHERE name = 'directory_run'") == 1
}
