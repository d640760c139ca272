//! A content pack as its parts: prompts, passages, rules of law, wording rules, checks,
//! letters; each by name with a fingerprint of its text. Two packs can then be told
//! apart part by part, long after the older one is gone.
//!
//! Lives here: the parts and the difference between two lists of them. Not here: what a
//! part means. The directory of services is left out: each report keeps its own copy of
//! the entries it relies on.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::ContentFiles;

/// The folder whose parts are listed.
const FOLDER: &str = "report-templates/";
/// Opens a passage in a file of report text.
const PASSAGE: &str = "{# passage:";
/// Bytes of a fingerprint that are kept: enough that two texts never share one.
const KEPT: usize = 16;

/// The parts of one pack by their keys, such as
/// `interview/sections/everyday.toml#prompt/home`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Items(BTreeMap<String, Item>);

/// One part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// What people call it.
    pub title: String,
    /// Fingerprint of its text.
    pub print: String,
}

/// What kind of thing a part is, by the folder that holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// `interview/`.
    Prompts,
    /// `report/`.
    ReportText,
    /// `sentencing/`.
    Law,
    /// `wording/`.
    Wording,
    /// `quality/`.
    Checks,
    /// `letters/`.
    Letters,
    /// Anything else.
    Other,
}

/// How a part differs from what it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// It was not there.
    Added,
    /// Its text is another.
    Changed,
    /// It is gone.
    Removed,
}

/// One part that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What kind of thing it is.
    pub kind: Kind,
    /// How it differs.
    pub how: How,
    /// Its name: the newer one, where it has two.
    pub title: String,
    /// Its id within its file, where it has one: a prompt's id.
    pub id: String,
}

impl Items {
    /// The parts of a pack. A file that does not read is one part.
    #[must_use]
    pub fn of(files: &ContentFiles) -> Self {
        let mut all = BTreeMap::new();
        for (path, text) in files.under(FOLDER) {
            let within = path.strip_prefix(FOLDER).unwrap_or(path);
            let stem = within.rsplit('/').next().unwrap_or(within);
            match within.rsplit_once('.').map(|(_, ending)| ending) {
                Some("toml") => of_toml(within, text, &mut all),
                Some("md") if stem == "README.md" => {}
                Some("md") => of_passages(within, text, &mut all),
                _ => {
                    all.insert(within.to_owned(), item(stem, text));
                }
            }
        }
        Self(all)
    }

    /// A fingerprint of the whole.
    #[must_use]
    pub fn print(&self) -> String {
        let mut hash = Sha256::new();
        for (key, item) in &self.0 {
            hash.update(key.as_bytes());
            hash.update([0]);
            hash.update(item.print.as_bytes());
        }
        shortened(&hash.finalize())
    }

    /// How many parts there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// True where there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What differs from an older pack, by kind, then by how, then by name.
    #[must_use]
    pub fn since(&self, older: &Self) -> Vec<Change> {
        let change = |key: &str, item: &Item, how| Change {
            kind: kind(key),
            how,
            title: item.title.clone(),
            id: key.rsplit_once('/').map_or("", |(_, id)| id).to_owned(),
        };
        let newer = self
            .0
            .iter()
            .filter_map(|(key, item)| match older.0.get(key) {
                None => Some(change(key, item, How::Added)),
                Some(was) if was.print != item.print => Some(change(key, item, How::Changed)),
                Some(_) => None,
            });
        let gone = older
            .0
            .iter()
            .filter(|(key, _)| !self.0.contains_key(*key))
            .map(|(key, item)| change(key, item, How::Removed));
        let mut all: Vec<Change> = newer.chain(gone).collect();
        all.sort_by(|a, b| (a.kind, a.how, &a.title).cmp(&(b.kind, b.how, &b.title)));
        all
    }
}

fn kind(key: &str) -> Kind {
    match key.split('/').next().unwrap_or_default() {
        "interview" => Kind::Prompts,
        "report" => Kind::ReportText,
        "sentencing" => Kind::Law,
        "wording" => Kind::Wording,
        "quality" => Kind::Checks,
        "letters" => Kind::Letters,
        _ => Kind::Other,
    }
}

/// Each table of a list of tables by its id or code; what else the file says as one part.
fn of_toml(path: &str, text: &str, all: &mut BTreeMap<String, Item>) {
    let Ok(whole) = text.parse::<toml::Table>() else {
        all.insert(path.to_owned(), item(path, text));
        return;
    };
    let mut rest = toml::Table::new();
    for (name, value) in whole {
        let rows = match &value {
            toml::Value::Array(rows) if rows.iter().all(|row| id_of(row).is_some()) => rows,
            _ => {
                rest.insert(name, value);
                continue;
            }
        };
        for row in rows {
            let id = id_of(row).unwrap_or_default();
            let mut key = format!("{path}#{name}/{id}");
            // Rows of one chain share an id: each is a part of its own.
            while all.contains_key(&key) {
                key.push('+');
            }
            all.insert(key, item(title_of(row).unwrap_or(id), &row.to_string()));
        }
    }
    if !rest.is_empty() {
        all.insert(path.to_owned(), item(path, &rest.to_string()));
    }
}

fn id_of(row: &toml::Value) -> Option<&str> {
    ["id", "code", "key"]
        .iter()
        .find_map(|name| row.get(name)?.as_str())
}

fn title_of(row: &toml::Value) -> Option<&str> {
    ["short", "title", "name", "label", "what", "says", "words"]
        .iter()
        .find_map(|name| row.get(name)?.as_str())
}

/// Each passage of a file of report text under the file's heading; before the first, the
/// heading itself.
fn of_passages(path: &str, text: &str, all: &mut BTreeMap<String, Item>) {
    let mut parts = text.split(PASSAGE);
    let opening = parts.next().unwrap_or_default();
    let heading = opening.trim().trim_start_matches('#').trim();
    all.insert(path.to_owned(), item(heading, opening.trim()));
    for part in parts {
        let (name, body) = part.split_once("#}").unwrap_or((part, ""));
        let name = name.split_whitespace().next().unwrap_or_default();
        let title = format!("{heading}: {}", name.replace('-', " "));
        all.insert(format!("{path}#passage/{name}"), item(&title, body.trim()));
    }
}

fn item(title: &str, text: &str) -> Item {
    Item {
        title: title.to_owned(),
        print: shortened(&Sha256::digest(text.as_bytes())),
    }
}

fn shortened(hash: &[u8]) -> String {
    hex::encode(&hash[..KEPT.min(hash.len())])
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECTION: &str = "report-templates/interview/sections/home.toml";
    const TEXT: &str = "report-templates/report/sections/home.md";

    fn files() -> ContentFiles {
        ContentFiles::from_pairs([
            (
                SECTION,
                "id = \"home\"\n[[prompt]]\nid = \"home\"\nshort = \"Her home\"\nask = \"Where?\"\n\
                 [[prompt]]\nid = \"rent\"\nshort = \"Rent\"\nask = \"How much?\"\n",
            ),
            (
                TEXT,
                "## Her home\n\n{# passage: where #}\n{{ home.text }}\n\n{# passage: rent #}\nRent.\n",
            ),
            ("report-templates/report/README.md", "How to change it."),
            ("service-directory/services.csv", "id,name\n1,A"),
        ])
    }

    fn since(change: impl FnOnce(&mut ContentFiles)) -> Vec<(Kind, How, String)> {
        let older = files();
        let mut newer = files();
        change(&mut newer);
        let all = Items::of(&newer).since(&Items::of(&older));
        all.into_iter().map(|c| (c.kind, c.how, c.title)).collect()
    }

    #[test]
    fn the_same_content_has_the_same_print_however_it_is_spaced_or_explained() {
        assert_eq!(since(|_| {}), []);
        let spaced = since(|files| {
            let text = files
                .text(SECTION)
                .unwrap()
                .replace("short = ", "# a note\nshort   = ");
            files.set(SECTION, text);
            files.set("report-templates/report/README.md", "Otherwise.");
            files.set("service-directory/services.csv", "id,name\n1,B");
        });
        assert_eq!(spaced, []);
    }

    #[test]
    fn a_prompt_that_asks_otherwise_is_changed_and_no_other_is() {
        let found = since(|files| {
            let text = files
                .text(SECTION)
                .unwrap()
                .replace("Where?", "Where does she live?");
            files.set(SECTION, text);
        });
        assert_eq!(
            found,
            [(Kind::Prompts, How::Changed, "Her home".to_owned())]
        );
    }

    #[test]
    fn a_prompt_that_is_gone_and_one_that_came_are_told() {
        let found = since(|files| {
            let text = files.text(SECTION).unwrap();
            files.set(
                SECTION,
                text.replace("\"rent\"", "\"debts\"")
                    .replace("\"Rent\"", "\"Debts\""),
            );
        });
        let expected = [
            (Kind::Prompts, How::Added, "Debts".to_owned()),
            (Kind::Prompts, How::Removed, "Rent".to_owned()),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_passage_that_reads_otherwise_is_named_with_its_section() {
        let found = since(|files| {
            let text = files.text(TEXT).unwrap().replace("Rent.", "The rent.");
            files.set(TEXT, text);
        });
        assert_eq!(
            found,
            [(Kind::ReportText, How::Changed, "Her home: rent".to_owned())]
        );
    }

    #[test]
    fn every_row_of_the_real_pack_is_a_part_of_its_own() {
        let files = ContentFiles::embedded().unwrap();
        let items = Items::of(&files);
        assert!(items.len() > 600, "{}", items.len());
        for key in [
            "interview/sections/everyday.toml#prompt/home",
            "report/sections/custody.md#passage/her",
            "sentencing/requirements.toml#requirement/curfew+",
            "sentencing/practicability.toml#finding/practice.alternatives.none",
        ] {
            assert!(items.0.contains_key(key), "{key}");
        }
        assert_eq!(items.print().len(), 2 * KEPT);
    }
}
