//! How the interview is put to her: what is checked before a sensitive section, the
//! inspectorate's questions, and where a field stands on a long page.
//!
//! Lives here: the shape of `asking.toml`, and its faults. Not here: any wording. To
//! add a check, write it in that file.

use serde::{Deserialize, Serialize};

use super::{
    faults::Fault,
    frameworks::Strand,
    pack::{Field, Kind},
};
use crate::content::ContentError;

/// How the interview is put to her.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asking {
    /// What is checked before a sensitive section.
    pub before: Before,
    /// The inspectorate's questions, paraphrased.
    #[serde(rename(deserialize = "question"))]
    pub questions: Vec<Strand>,
}

/// What an author checks before a sensitive section.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Before {
    /// Heading of the page.
    pub title: String,
    /// One or two sentences at its head.
    pub intro: String,
    /// Words the author could say.
    pub say: String,
    /// What it means to wait.
    pub later: String,
    /// Where the checks come from.
    pub source: String,
    /// The checks, in the order in which they are made.
    #[serde(rename(deserialize = "check"))]
    pub checks: Vec<Check>,
}

/// One thing to check.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// A question that the author answers for herself.
    pub ask: String,
    /// What to look for.
    pub help: String,
}

/// Where a field stands on a long page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OnPage {
    /// Heading of the part that begins with this field.
    pub heading: String,
    /// Help under that heading.
    pub hint: String,
    /// Id of the choice before it, under which it stands once that is made.
    pub under: String,
}

/// Every fault of `asking.toml`, which stands at `path`.
pub(super) fn faults(asking: &Asking, path: &str, letters: &[&str]) -> Vec<ContentError> {
    let mut reasons = Vec::new();
    let before = &asking.before;
    let said = [
        ("title", &before.title),
        ("intro", &before.intro),
        ("say", &before.say),
        ("later", &before.later),
        ("source", &before.source),
    ];
    for (key, _) in said.iter().filter(|(_, text)| text.trim().is_empty()) {
        reasons.push(format!("`before` has an empty `{key}`"));
    }
    if before.checks.is_empty() {
        reasons
            .push("`before` names nothing to check; write at least one `[[before.check]]`".into());
    }
    let known = |letter: &&str| asking.questions.iter().any(|q| q.id == *letter);
    for letter in letters.iter().filter(|l| !known(l)) {
        reasons.push(format!(
            "no `[[question]]` has the id `{letter}`, which prompts may serve"
        ));
    }
    let error = |reason| ContentError::new(path, None, reason);
    reasons.into_iter().map(error).collect()
}

/// A field that stands under what is not a choice before it.
pub(super) fn misplaced(fields: &[Field]) -> Option<Fault> {
    fields.iter().enumerate().find_map(|(at, field)| {
        let under = &field.page.under;
        let mut before = fields[..at].iter();
        let stands = before.any(|f| f.id == *under && f.kind == Kind::Choice);
        (!under.is_empty() && !stands).then(|| {
            (
                format!("\"{}\"", field.id),
                format!(
                    "field `{}` stands under `{under}`, and no choice before it has that id",
                    field.id
                ),
            )
        })
    })
}

#[cfg(test)]
mod tests {
    use super::super::Interview;
    use crate::content::ContentFiles;

    const FILE: &str = "report-templates/interview/asking.toml";

    fn told_with(file: &str, from: &str, to: &str) -> Vec<String> {
        let mut files = ContentFiles::embedded().unwrap();
        let text = files.text(file).unwrap().to_owned();
        assert!(text.contains(from), "{file} has no {from}");
        files.set(file, text.replacen(from, to, 1));
        let faults = Interview::load(&files).unwrap_err();
        faults.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_question_that_prompts_serve_cannot_be_left_out() {
        let told = told_with(FILE, "id = \"g\"", "id = \"z\"");
        assert!(told[0].contains("id `g`"), "{told:?}");
    }

    #[test]
    fn the_page_before_a_sensitive_section_cannot_lose_its_words() {
        let told = told_with(FILE, "title = \"Check the room", "title = \"\" # ");
        assert!(told[0].contains("empty `title`"), "{told:?}");
    }

    #[test]
    fn a_field_stands_only_under_a_choice_before_it() {
        let fields = "report-templates/interview/fields.toml";
        let told = told_with(fields, "under = \"linked\"", "under = \"wants\"");
        assert!(told[0].contains("stands under `wants`"), "{told:?}");
    }
}
