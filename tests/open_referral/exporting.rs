//! Whole exports: the same services in every form, and nothing that must not leave.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, Write},
    process::Command,
    sync::{Arc, Mutex},
};

use foreword::directory::open_referral::{
    Feed,
    export::{self, Spelling},
};
use serde_json::Value;
use tempfile::TempDir;

use super::{
    documents::{SEED, full, refuge, written},
    profile,
};

/// The rows of one table, by column.
type Rows = Vec<BTreeMap<String, String>>;

fn feed() -> Feed {
    let mut secret = refuge();
    secret.id = "3f0d2c52-2222-4f6c-9a55-0e3b9a1f2d13".into();
    secret.name = "Secretname (fictional)".into();
    secret.facts.internal_only = true;
    Feed::of(Arc::new(SEED.with_records(vec![full(), refuge(), secret])))
}

fn assert_nothing_hidden(text: &str) {
    for hidden in ["Hidden", "9ZZ", "Secretname"] {
        assert!(!text.contains(hidden), "{hidden}");
    }
}

/// Files in memory, to look at when the export is done.
#[derive(Clone, Default)]
pub struct Folder(Arc<Mutex<BTreeMap<String, Vec<u8>>>>);

struct InFolder {
    folder: Folder,
    name: String,
}

impl Write for InFolder {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut files = self.folder.0.lock().unwrap();
        files.entry(self.name.clone()).or_default().extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Folder {
    pub fn of(feed: &Feed, spelling: Spelling) -> Self {
        let folder = Self::default();
        let open = |name: &str| {
            Ok(InFolder {
                folder: folder.clone(),
                name: name.to_owned(),
            })
        };
        export::package(feed, spelling, open).unwrap();
        folder
    }

    pub fn bytes(&self, name: &str) -> Option<Vec<u8>> {
        self.0.lock().unwrap().get(name).cloned()
    }

    fn names(&self) -> Vec<String> {
        self.0.lock().unwrap().keys().cloned().collect()
    }

    fn text(&self, name: &str) -> String {
        String::from_utf8(self.0.lock().unwrap()[name].clone()).unwrap()
    }

    fn rows(&self, name: &str) -> Rows {
        let text = self.text(name);
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        reader.deserialize().map(Result::unwrap).collect()
    }
}

#[test]
fn json_and_lines_carry_the_same_services_as_their_addresses() {
    let feed = feed();
    let (mut page, mut lines) = (Vec::new(), Vec::new());
    export::json(&feed, &mut page).unwrap();
    export::ndjson(&feed, &mut lines).unwrap();
    let page: Value = serde_json::from_slice(&page).unwrap();
    let lines = String::from_utf8(lines).unwrap();
    assert_nothing_hidden(&lines);
    let lines: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(page["contents"].as_array().unwrap(), &lines);
    assert_eq!(page["total_items"], SEED.services().len() + 2);
    assert_eq!(lines.len(), SEED.services().len() + 2);
    assert!(lines.contains(&written(&full())));
    for line in &lines {
        profile::SERVICE.check(line);
    }
}

#[test]
fn in_the_package_every_row_is_there_once_and_every_key_leads_somewhere() {
    let folder = Folder::of(&feed(), Spelling::Hsds);
    let described: Value = serde_json::from_str(&folder.text("datapackage.json")).unwrap();
    let resources = described["resources"].as_array().unwrap();
    assert_eq!(folder.names().len(), resources.len() + 1);
    let path = |name: &str| {
        let mut all = resources.iter();
        let found = all.find(|r| r["name"] == name);
        found.unwrap()["path"].as_str().unwrap().to_owned()
    };
    for resource in resources {
        let name = resource["name"].as_str().unwrap();
        let rows = folder.rows(&path(name));
        assert!(!rows.is_empty(), "{name} has no row");
        assert_nothing_hidden(&folder.text(&path(name)));
        let ids: BTreeSet<&String> = rows.iter().map(|row| &row["id"]).collect();
        assert_eq!(ids.len(), rows.len(), "an id of {name} stands twice");
        let fields = resource["schema"]["fields"].as_array().unwrap().iter();
        let fields: BTreeSet<&str> = fields.map(|f| f["name"].as_str().unwrap()).collect();
        assert_eq!(
            rows[0].keys().map(String::as_str).collect::<BTreeSet<_>>(),
            fields
        );
        for key in resource["schema"]["foreignKeys"].as_array().unwrap() {
            let column = key["fields"].as_str().unwrap();
            let other = key["reference"]["resource"].as_str().unwrap();
            let other = if other.is_empty() { name } else { other };
            let there = folder.rows(&path(other));
            let there: BTreeSet<&String> = there.iter().map(|row| &row["id"]).collect();
            for row in rows.iter().filter(|row| !row[column].is_empty()) {
                assert!(there.contains(&row[column]), "{name}.{column}: {row:?}");
            }
        }
    }
}

#[test]
fn a_row_says_what_the_document_says() {
    let folder = Folder::of(&feed(), Spelling::Hsds);
    let (id, document) = (full().id, written(&full()));
    let services = folder.rows("services.csv");
    let row = services.iter().find(|row| row["id"] == id).unwrap();
    for column in ["name", "description", "url", "status", "last_modified"] {
        assert_eq!(document[column], row[column].as_str(), "{column}");
    }
    assert_eq!(row["minimum_age"], "18");
    let of = |rows: Rows| -> Rows {
        let ours = rows.into_iter();
        ours.filter(|row| row["service_id"] == id).collect()
    };
    let capacity = &of(folder.rows("service_capacity.csv"))[0];
    assert_eq!(capacity["available"], "0");
    let phone = &of(folder.rows("phones.csv"))[0];
    assert_eq!(document["contacts"][0]["id"], phone["contact_id"].as_str());
    let attributes = folder.rows("attributes.csv");
    let ours = attributes.iter().filter(|row| row["link_id"] == id);
    assert_eq!(
        ours.count(),
        document["attributes"].as_array().unwrap().len()
    );
}

#[test]
fn the_uk_profile_spells_three_files_in_the_singular() {
    let feed = feed();
    let hsds: BTreeSet<String> = Folder::of(&feed, Spelling::Hsds)
        .names()
        .into_iter()
        .collect();
    let uk = Folder::of(&feed, Spelling::UkProfile);
    let names: BTreeSet<String> = uk.names().into_iter().collect();
    let other: Vec<&String> = names.difference(&hsds).collect();
    assert_eq!(other, ["address.csv", "attribute.csv", "schedule.csv"]);
    let described = uk.text("datapackage.json");
    assert!(described.contains("\"attribute.csv\"") && !described.contains("attributes.csv"));
}

#[test]
fn the_command_writes_what_the_program_knows_and_overwrites_nothing() {
    let folder = TempDir::new().unwrap();
    let run = |more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_foreword"));
        command.args(["services", "export"]).args(more);
        command.arg("--data-dir").arg(folder.path().join("none"));
        command.output().unwrap()
    };
    let said = run(&["--format", "ndjson"]);
    assert!(said.status.success(), "{said:?}");
    let lines = String::from_utf8(said.stdout).unwrap();
    assert_eq!(lines.lines().count(), SEED.services().len());

    let to = folder.path().join("package");
    let to = to.to_str().unwrap();
    assert!(run(&["--format", "csv-uk", "--to", to]).status.success());
    let text = std::fs::read_to_string(folder.path().join("package/services.csv")).unwrap();
    let rows = csv::Reader::from_reader(text.as_bytes()).into_records();
    assert_eq!(rows.count(), SEED.services().len());
    let again = run(&["--format", "csv-uk", "--to", to]);
    assert_eq!(again.status.code(), Some(2), "{again:?}");
    assert_eq!(run(&["--format", "csv"]).status.code(), Some(2));
    assert!(!folder.path().join("none").exists());
}
