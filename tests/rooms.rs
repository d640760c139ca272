//! The house rules that a compiler does not hold: which room may import which, what
//! a pure room may not touch, how long a file may be, and what no code says.
//!
//! The table is the one of `src/lib.rs`. A new room is one line in [`ROOMS`].

use std::{fmt::Write, path::Path};

/// Each room, whether it is pure (values in, values out: no disk, clock, database or
/// network), and the rooms it may import. `english`, `finding` and `content` are open
/// to all.
const ROOMS: &[(&str, bool, &[&str])] = &[
    ("english", true, &[]),
    ("finding", true, &[]),
    ("content", false, &[]), // reads content packs from the disk, and nothing else does
    ("case", true, &[]),
    ("interview", true, &["case"]),
    ("needs", true, &["case", "interview"]),
    ("directory", true, &["case", "needs"]),
    ("sentencing", true, &["case", "needs", "directory"]),
    (
        "consultancy",
        true,
        &["case", "needs", "directory", "sentencing"],
    ),
    ("report", true, &PURE),
    ("review", true, &PURE),
    ("records", true, &PURE),
    ("pack", true, &PURE), // all content together, for pages, commands and benchmarks
    ("store", false, &PURE),
    ("web", false, &ALL),
    ("cli", false, &ALL),
];

const PURE: [&str; 9] = [
    "case",
    "interview",
    "needs",
    "directory",
    "sentencing",
    "consultancy",
    "report",
    "review",
    "records",
];
const ALL: [&str; 13] = [
    "case",
    "interview",
    "needs",
    "directory",
    "sentencing",
    "consultancy",
    "report",
    "review",
    "records",
    "pack",
    "store",
    "web",
    "cli",
];
const OPEN_TO_ALL: [&str; 3] = ["english", "finding", "content"];

/// What a pure room does not touch, and why.
const IMPURE: &[(&str, &str)] = &[
    ("std::fs", "the disk"),
    ("std::net", "the network"),
    ("std::process", "other programs"),
    ("std::env", "the environment"),
    ("SystemTime", "a clock"),
    ("Instant::now", "a clock"),
    ("Utc::now", "a clock"),
    ("Local::now", "a clock"),
    ("getrandom", "randomness"),
    ("Uuid::new_v4", "randomness"),
    ("Uuid::now_v7", "a clock"),
    ("tokio", "a runtime"),
    ("sqlx", "a database"),
    ("axum", "the web"),
];

const LONGEST_FILE: usize = 400;

#[test]
fn imports_run_downwards_in_the_table_of_rooms() {
    let mut against = String::new();
    for file in program() {
        let Some(room) = file.room() else { continue };
        let Some((_, _, may)) = ROOMS.iter().find(|(name, _, _)| *name == room) else {
            let _ = writeln!(
                against,
                "src/{room} is a room that tests/rooms.rs does not know"
            );
            continue;
        };
        for (line, other) in rooms_used(&file.code(), file.depth()) {
            if other != room && !may.contains(&other) && !OPEN_TO_ALL.contains(&other) {
                let _ = writeln!(against, "{}:{line}: `{room}` imports `{other}`", file.name);
            }
        }
    }
    assert!(
        against.is_empty(),
        "imports that run against the table in src/lib.rs:\n{against}"
    );
}

#[test]
fn pure_rooms_touch_no_disk_clock_database_or_network() {
    let mut against = String::new();
    for file in program() {
        let pure = ROOMS
            .iter()
            .any(|(name, pure, _)| *pure && Some(*name) == file.room());
        if !pure {
            continue;
        }
        let code = without_tests(&file.code());
        for (number, line) in numbered(&code) {
            for (word, what) in IMPURE.iter().filter(|(word, _)| has_word(line, word)) {
                let _ = writeln!(against, "{}:{number}: `{word}` reaches {what}", file.name);
            }
        }
    }
    assert!(
        against.is_empty(),
        "rooms that must be pure, and are not:\n{against}"
    );
}

#[test]
fn only_the_store_speaks_sql() {
    let against: Vec<String> = program()
        .into_iter()
        .filter(|file| file.room() != Some("store"))
        .filter(|file| numbered(&file.code()).any(|(_, line)| has_word(line, "sqlx")))
        .map(|file| file.name)
        .collect();
    assert!(against.is_empty(), "sqlx outside src/store: {against:?}");
}

#[test]
fn no_source_file_is_longer_than_400_lines() {
    let against: Vec<String> = sources()
        .iter()
        .map(|file| (file.text.lines().count(), &file.name))
        .filter(|(lines, _)| *lines > LONGEST_FILE)
        .map(|(lines, name)| format!("{name} has {lines} lines"))
        .collect();
    assert!(against.is_empty(), "{}", against.join("\n"));
}

#[test]
fn every_source_file_opens_by_saying_what_lives_there() {
    let against: Vec<String> = program()
        .into_iter()
        .filter(|file| !file.text.starts_with("//!"))
        .map(|file| file.name)
        .collect();
    assert!(against.is_empty(), "no opening `//!`: {against:?}");
}

#[test]
fn no_code_is_unsafe_and_none_outside_tests_unwraps() {
    let mut against = String::new();
    for file in program() {
        let code = without_tests(&file.code());
        for (number, line) in numbered(&code) {
            let unwraps = line.contains(".unwrap()") || line.contains(".expect(");
            if unwraps || has_word(line, "unsafe") {
                let _ = writeln!(against, "{}:{number}: {}", file.name, line.trim());
            }
        }
    }
    assert!(
        against.is_empty(),
        "`unsafe`, `.unwrap()` or `.expect(` in src:\n{against}"
    );
}

// ---- reading the source ---------------------------------------------------------

/// One file of `src/`.
struct Source {
    /// Path from the top of the repository.
    name: String,
    text: String,
}

impl Source {
    /// The room it lives in; none for `lib.rs` and `main.rs`, which name the rooms.
    fn room(&self) -> Option<&str> {
        let inside = self.name.strip_prefix("src/")?;
        match inside.split_once('/') {
            Some((room, _)) => Some(room),
            None => inside
                .strip_suffix(".rs")
                .filter(|name| !["lib", "main"].contains(name)),
        }
    }

    /// How many `super` lead from it to the top of the crate.
    fn depth(&self) -> usize {
        let parts = self.name.split('/').count() - 1;
        if self.name.ends_with("/mod.rs") {
            parts - 1
        } else {
            parts
        }
    }

    fn code(&self) -> String {
        code_only(&self.text)
    }
}

/// The files of the program: those that are tests as a whole are left out.
fn program() -> Vec<Source> {
    let mut files = sources();
    let tests: Vec<String> = files.iter().flat_map(test_modules).collect();
    files.retain(|file| {
        let is_test = |module: &String| {
            let rest = file.name.strip_prefix(module.as_str());
            rest.is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
        };
        !tests.iter().any(is_test)
    });
    files
}

/// The modules in files of their own that a file declares for tests alone, as paths
/// without an ending.
fn test_modules(file: &Source) -> Vec<String> {
    let folder = match file.name.strip_suffix("/mod.rs") {
        Some(folder) => folder.to_owned(),
        None if file.name == "src/lib.rs" => "src".to_owned(),
        None => file.name.trim_end_matches(".rs").to_owned(),
    };
    let code = file.code();
    let after = code.split("#[cfg(test)]").skip(1);
    after
        .filter_map(|rest| rest.trim_start().strip_prefix("mod ")?.split_once(';'))
        .map(|(name, _)| name)
        .filter(|name| !name.contains('{'))
        .map(|name| format!("{folder}/{}", name.trim()))
        .collect()
}

/// Every Rust file of `src/`.
fn sources() -> Vec<Source> {
    let mut files = Vec::new();
    gather(
        Path::new(env!("CARGO_MANIFEST_DIR")),
        Path::new("src"),
        &mut files,
    );
    assert!(files.len() > 10, "src/ was not found");
    files
}

fn gather(top: &Path, folder: &Path, files: &mut Vec<Source>) {
    for entry in std::fs::read_dir(top.join(folder)).expect("a folder of src/") {
        let entry = entry.expect("an entry of src/");
        let path = folder.join(entry.file_name());
        if entry.path().is_dir() {
            gather(top, &path, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(Source {
                name: path.to_string_lossy().into_owned(),
                text: std::fs::read_to_string(entry.path()).expect("UTF-8"),
            });
        }
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
}

fn numbered(code: &str) -> impl Iterator<Item = (usize, &str)> {
    code.lines().enumerate().map(|(i, line)| (i + 1, line))
}

/// True where `word` stands in `line` with no letter, digit or underscore beside it.
fn has_word(line: &str, word: &str) -> bool {
    let joins = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word)
        .any(|(at, _)| !line[..at].ends_with(joins) && !line[at + word.len()..].starts_with(joins))
}

/// The rooms that a file's paths lead to, with the line: `crate::room…`,
/// `crate::{room…, room…}`, and as many `super::` as lead out to the top.
fn rooms_used(code: &str, depth: usize) -> Vec<(usize, &'static str)> {
    let mut used = Vec::new();
    let mut note = |at: usize, name: &str| {
        if let Some((room, _, _)) = ROOMS.iter().find(|(room, _, _)| *room == name.trim()) {
            used.push((code[..at].matches('\n').count() + 1, *room));
        }
    };
    let starts = ["crate::", "super::"]
        .iter()
        .flat_map(|start| code.match_indices(start));
    for (at, start) in starts {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':') {
            continue;
        }
        let mut rest = &code[at + start.len()..];
        if start == "super::" {
            let mut supers = 1;
            while let Some(more) = rest.strip_prefix("super::") {
                rest = more;
                supers += 1;
            }
            if supers < depth {
                continue;
            }
        }
        for name in first_names(rest) {
            note(at, name);
        }
    }
    used
}

/// The first name of a path, or of each path of a group.
fn first_names(path: &str) -> Vec<&str> {
    let name = |text: &str| -> usize {
        text.find(|c: char| !(c.is_alphanumeric() || c == '_'))
            .unwrap_or(text.len())
    };
    let Some(group) = path.strip_prefix('{') else {
        return vec![&path[..name(path)]];
    };
    let mut names = Vec::new();
    let (mut deep, mut start) = (0, 0);
    for (at, c) in group.char_indices() {
        match c {
            '{' => deep += 1,
            '}' if deep > 0 => deep -= 1,
            ',' | '}' if deep == 0 => {
                let item = group[start..at].trim_start();
                names.push(&item[..name(item)]);
                start = at + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    names
}

/// The code with its test modules blanked.
fn without_tests(code: &str) -> String {
    let mut out = code.to_owned();
    while let Some(at) = out.find("#[cfg(test)]") {
        let ends = |c: &(usize, char)| matches!(c.1, '{' | ';');
        let Some((open, first)) = out[at..].char_indices().find(ends) else {
            break;
        };
        let mut end = at + open;
        if first == '{' {
            let mut deep = 0;
            for (i, c) in out[at + open..].char_indices() {
                deep += i32::from(c == '{') - i32::from(c == '}');
                if deep == 0 {
                    end = at + open + i;
                    break;
                }
            }
        }
        let blank = out[at..=end].replace(|c| c != '\n', " ");
        out.replace_range(at..=end, &blank);
    }
    out
}

/// The text with comments and the insides of strings blanked, lines kept.
fn code_only(text: &str) -> String {
    let bytes: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < bytes.len() {
        let end = match bytes[at..] {
            ['/', '/', ..] => end_of(&bytes, at, |rest| rest.starts_with(&['\n'])),
            ['/', '*', ..] => end_of(&bytes, at + 2, |rest| rest.starts_with(&['*', '/'])) + 2,
            ['r', '"' | '#', ..] if !joins_before(&bytes, at) => raw_string(&bytes, at),
            ['"', ..] => string(&bytes, at),
            ['\'', '\\', ..] => end_of(&bytes, at + 3, |rest| rest.starts_with(&['\''])) + 1,
            ['\'', _, '\'', ..] => at + 3,
            _ => at,
        };
        if end == at {
            out.push(bytes[at]);
            at += 1;
        } else {
            let end = end.min(bytes.len());
            out.extend(
                bytes[at..end]
                    .iter()
                    .map(|c| if *c == '\n' { '\n' } else { ' ' }),
            );
            at = end;
        }
    }
    out
}

fn joins_before(text: &[char], at: usize) -> bool {
    at > 0 && (text[at - 1].is_alphanumeric() || text[at - 1] == '_')
}

fn end_of(text: &[char], from: usize, is_end: impl Fn(&[char]) -> bool) -> usize {
    (from..text.len())
        .find(|i| is_end(&text[*i..]))
        .unwrap_or(text.len())
}

fn string(text: &[char], at: usize) -> usize {
    let mut i = at + 1;
    while i < text.len() && text[i] != '"' {
        i += if text[i] == '\\' { 2 } else { 1 };
    }
    i + 1
}

fn raw_string(text: &[char], at: usize) -> usize {
    let hashes = text[at + 1..].iter().take_while(|c| **c == '#').count();
    if text.get(at + 1 + hashes) != Some(&'"') {
        return at; // a raw identifier: r#type
    }
    let mut close = vec!['"'];
    close.extend(std::iter::repeat_n('#', hashes));
    end_of(text, at + 2 + hashes, |rest| rest.starts_with(&close)) + close.len()
}

// ---- the reading itself can fail ------------------------------------------------

#[test]
fn an_import_is_seen_however_it_is_written() {
    let code = "use crate::{\n    case::{Answer, web},\n    needs,\n};\nfn f() { crate::store::open(); super::super::cli::run(); }";
    let names: Vec<_> = rooms_used(code, 2).into_iter().map(|(_, r)| r).collect();
    assert_eq!(names, ["case", "needs", "store", "cli"]);
    assert!(rooms_used("use super::case::Case;", 2).is_empty());
}

#[test]
fn comments_strings_and_test_modules_are_not_code() {
    let code = code_only(
        "// a.unwrap()\nlet s = \".expect( \\\" \"; let r = r#\"unsafe \"x\" \"#; let q = '\"'; let t = 'a';\n/* sqlx */ b.unwrap()",
    );
    assert_eq!(code.matches(".unwrap()").count(), 1);
    for gone in ["expect", "unsafe", "sqlx"] {
        assert!(!code.contains(gone), "{code}");
    }
    let file = Source {
        name: "src/interview/mod.rs".into(),
        text: "#[cfg(test)]\nmod example_cases;\n#[cfg(test)]\nmod tests { fn f(); }".into(),
    };
    assert_eq!(test_modules(&file), ["src/interview/example_cases"]);
    let kept = without_tests("a\n#[cfg(test)]\nmod tests { fn f() { x.unwrap() } }\nb");
    assert!(!kept.contains("unwrap") && kept.contains('a') && kept.ends_with('b'));
}
