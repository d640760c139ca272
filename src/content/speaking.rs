//! Where a text of the content that may stand in a document says *she* of anybody: so that
//! whoever writes the next one does not forget that some ask for *they* or *he*.
//!
//! Lives here: which texts of which files are drafted from. Not here: the marks
//! (`english::about_her`), or refusing content: an unmarked *she* is right for most.

use std::path::Path;

use regex::Regex;

use super::{ContentError, ContentFiles, line_of};
use crate::english::{Unmarked, prose_of_template, unmarked};

/// Folders and files of templates: all that is printed of them is drafted.
const TEMPLATES: [&str; 4] = [
    "report-templates/report/sections/",
    "report-templates/letters/",
    "report-templates/plan/worker.md",
    "report-templates/plan/bench.md",
];

/// Which keys of which files hold what is drafted.
const KEYS: [(&str, &str); 5] = [
    ("report-templates/interview/", "prints"),
    ("report-templates/plan/outcomes.toml", "says"),
    ("report-templates/plan/purposes.toml", "says"),
    ("report-templates/plan/texts.toml", "contact|service|answer"),
    ("report-templates/consultancy/sharing.toml", "label"),
];

/// Every word for her in a drafted text that no mark holds, with file, line and what to
/// write.
#[must_use]
pub fn unmarked_words(files: &ContentFiles) -> Vec<ContentError> {
    let templates = TEMPLATES.iter().flat_map(|folder| {
        let all = files.under(folder);
        all.filter(|(path, _)| is_of(path, "md") && !path.ends_with("README.md"))
    });
    let mut found: Vec<ContentError> = templates
        .flat_map(|(path, text)| told(path, text, 0, &prose_of_template(text)))
        .collect();
    for (folder, keys) in KEYS {
        for (path, text) in files.under(folder).filter(|(path, _)| is_of(path, "toml")) {
            for (at, value) in values(text, keys) {
                found.extend(told(path, text, at, value));
            }
        }
    }
    found
}

fn is_of(path: &str, kind: &str) -> bool {
    Path::new(path).extension().is_some_and(|of| of == kind)
}

/// The texts of some keys, each with where it begins.
fn values<'t>(text: &'t str, keys: &str) -> Vec<(usize, &'t str)> {
    let pattern = format!(r#"(?m)(?:^|[{{,] ?)(?:{keys}) = "((?:[^"\\]|\\.)*)""#);
    let Ok(regex) = Regex::new(&pattern) else {
        return Vec::new();
    };
    let all = regex.captures_iter(text);
    all.filter_map(|found| found.get(1))
        .map(|value| (value.start(), value.as_str()))
        .collect()
}

fn told(path: &str, whole: &str, from: usize, text: &str) -> Vec<ContentError> {
    let tell = |one: Unmarked| {
        let line = line_of(whole, from + one.at.start);
        let reason = format!(
            "“{}” stays as it is for somebody who asks for they or he; write {}",
            one.words, one.write
        );
        ContentError::new(path, Some(line), reason)
    };
    unmarked(text).into_iter().map(tell).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_ships_follows_the_pronouns_she_asks_for() {
        let found = unmarked_words(&ContentFiles::embedded().unwrap());
        let found: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert!(found.is_empty(), "{}", found.join("\n"));
    }

    #[test]
    fn a_forgotten_word_is_told_with_file_line_and_what_to_write() {
        let files = ContentFiles::from_pairs([
            (
                "report-templates/interview/sections/a.toml",
                "id = \"a\"\nlabel = \"She is\"\nprints = \"pays her rent\"\n",
            ),
            (
                "report-templates/report/sections/b.md",
                "## Of her\n\n{# passage: she #}\n{% if her.given %}{She came}. She wants it.{% endif %}\n",
            ),
            (
                "report-templates/report/sections/c.md",
                "## C\n\n{other: She} is.\n",
            ),
        ]);
        let found: Vec<String> = unmarked_words(&files)
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(found.len(), 3, "{found:#?}");
        assert!(found[0].starts_with("report-templates/report/sections/b.md, line 1: “her”"));
        assert!(found[1].contains("line 4: “She wants”") && found[1].contains("{She wants}"));
        assert!(found[2].starts_with("report-templates/interview/sections/a.toml, line 3:"));
        assert!(found[2].contains("{her rent}") && found[2].contains("{other: her}"));
    }
}
