//! Letters to her and the plan she takes home: what each asks of the author, and what none
//! may say.
//!
//! Lives here: their shape, filling them in, and whether somebody else may open them. Not
//! here: any sentence (`report-templates/letters/`). A new letter is a row of
//! `letters.toml` and a file of its name.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value as Json;

use super::{
    shown::{Members, put},
    spoken::begins_with,
    templates::Section,
    words,
};
use crate::{
    case::CaseFile,
    content::{ContentError, ContentFiles},
};

/// Where the letters stand.
pub(super) const FOLDER: &str = "report-templates/letters";

/// Path of the list.
fn path() -> String {
    format!("{FOLDER}/letters.toml")
}

/// `letters.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    never: Vec<String>,
    discreet: Vec<String>,
    not_in_plan: Vec<String>,
    not_in_plan_if_seen: Vec<String>,
    most_words_in_a_sentence: usize,
    #[serde(rename = "source")]
    _source: toml::Value,
    letter: Vec<LetterRow>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct LetterRow {
    id: String,
    title: String,
    about: String,
    fields: Vec<LetterField>,
}

/// Something a letter asks of the author; never kept.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LetterField {
    /// Its name.
    pub id: String,
    /// What it asks for.
    pub label: String,
    /// Help with it.
    #[serde(default)]
    pub hint: String,
    /// Whether the letter needs it.
    pub required: bool,
    /// Longest, in characters.
    pub max: u32,
}

/// One letter.
#[derive(Debug, Clone)]
pub struct Letter {
    /// Its id, in addresses.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What it is for.
    pub about: String,
    /// What it asks for.
    pub fields: Vec<LetterField>,
    pub(super) section: Section,
}

/// Every letter.
#[derive(Debug, Clone)]
pub struct Letters {
    /// In the order of the file.
    pub all: Vec<Letter>,
    /// Longest sentence of a letter, in words.
    pub most_words_in_a_sentence: usize,
    never: Vec<String>,
    discreet: Vec<String>,
    not_in_plan: Vec<String>,
    not_in_plan_if_seen: Vec<String>,
}

/// What was typed for a letter, and how it may be written.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    /// By field.
    pub fields: BTreeMap<String, String>,
    /// True where somebody else may open it.
    pub discreet: bool,
    pub(super) not_in_plan: Vec<String>,
}

/// What she said about being reached.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reach {
    /// `yes`, `no` or `unclear`; empty where it was not said.
    pub post: String,
    /// The safest way.
    pub method: String,
    /// Safe times.
    pub times: String,
    /// Who else may see her phone or post.
    pub who_sees: String,
    /// What not to say.
    pub leave_out: String,
}

impl Reach {
    /// What the case says of it.
    #[must_use]
    pub fn of(case: &CaseFile) -> Self {
        let said = case.value("safe-contact");
        let field = |name: &str| {
            let text = said.and_then(|s| s.get(name)).and_then(Json::as_str);
            text.unwrap_or_default().trim().to_owned()
        };
        Self {
            post: field("post"),
            method: field("method"),
            times: field("times"),
            who_sees: field("who_sees"),
            leave_out: field("leave_out"),
        }
    }

    /// True where a letter has to be written so that another who opens it learns nothing.
    #[must_use]
    pub fn discreet(&self) -> bool {
        self.post != "yes" || !self.leave_out.is_empty()
    }
}

impl Letters {
    pub(super) fn load(
        files: &ContentFiles,
        not_spoken: &[String],
        mut read: impl FnMut(&str, &str) -> Result<Section, Vec<ContentError>>,
    ) -> Result<Self, Vec<ContentError>> {
        let file: File = files.toml(&path()).map_err(|e| vec![e])?;
        let mut faults = Vec::new();
        let mut all = Vec::new();
        for row in file.letter {
            let at = format!("{FOLDER}/{}.md", row.id);
            match read(&row.id, &at) {
                Ok(section) => {
                    faults.extend(unfit(&at, &row, &section, not_spoken));
                    all.push(Letter {
                        id: row.id,
                        title: row.title,
                        about: row.about,
                        fields: row.fields,
                        section,
                    });
                }
                Err(found) => faults.extend(found),
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let small = |words: Vec<String>| words.iter().map(|w| w.to_lowercase()).collect();
        Ok(Self {
            all,
            most_words_in_a_sentence: file.most_words_in_a_sentence,
            never: small(file.never),
            discreet: small(file.discreet),
            not_in_plan: file.not_in_plan,
            not_in_plan_if_seen: file.not_in_plan_if_seen,
        })
    }

    /// A letter by its id.
    #[must_use]
    pub fn letter(&self, id: &str) -> Option<&Letter> {
        self.all.iter().find(|letter| letter.id == id)
    }

    /// What was typed, as a letter takes it.
    #[must_use]
    pub fn typed(&self, fields: BTreeMap<String, String>, discreet: bool) -> Typed {
        let not_in_plan = if discreet {
            &self.not_in_plan_if_seen
        } else {
            &self.not_in_plan
        };
        Typed {
            fields,
            discreet,
            not_in_plan: not_in_plan.clone(),
        }
    }

    /// Words in a text that a letter may not hold: those that no letter has, and where
    /// somebody else may open it those that tell what it is about, or that she asked to be
    /// left out.
    #[must_use]
    pub fn unsafe_words(&self, text: &str, reach: &Reach) -> Vec<String> {
        let text = text.to_lowercase();
        let asked = named_in(&reach.leave_out);
        let discreet = reach.discreet();
        let hidden = self.discreet.iter().chain(&asked).filter(|_| discreet);
        let words = self.never.iter().chain(hidden);
        let found = words.filter(|word| begins_with(&text, word));
        found.cloned().collect()
    }
}

/// Names in what she asked to be left out: `Do not name probation or Alana House`.
fn named_in(leave_out: &str) -> Vec<String> {
    let mut found: Vec<Vec<&str>> = Vec::new();
    let mut before = false;
    let mut first = true;
    for word in leave_out.split_whitespace() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let named = !first && bare.starts_with(char::is_uppercase);
        match found.last_mut() {
            Some(name) if named && before => name.push(bare),
            _ if named => found.push(vec![bare]),
            _ => {}
        }
        before = named;
        first = word.ends_with(['.', '!', '?', ':']);
    }
    let names = found.into_iter().map(|name| name.join(" ").to_lowercase());
    names.filter(|name| name.len() > 2).collect()
}

/// What is wrong with a letter: a field that it does not ask for, or an answer that is not
/// for the eyes of whoever opens it.
fn unfit(at: &str, row: &LetterRow, section: &Section, not_spoken: &[String]) -> Vec<ContentError> {
    let mut faults = Vec::new();
    for passage in &section.passages {
        for rest in passage.body.split("letter.").skip(1) {
            let name: String = rest
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            let known = row.fields.iter().any(|f| f.id == name)
                || ["first_name", "signed", "discreet", "not_in_plan"].contains(&name.as_str());
            if !known {
                let reason = format!("`letter.{name}` is no field of this letter");
                faults.push(ContentError::new(at, None, reason));
            }
        }
        for asked in &passage.named.prompts {
            if not_spoken.contains(&asked.prompt.id) {
                let reason = format!(
                    "`{}` is not for a letter (`not_spoken` in report/spoken.toml)",
                    asked.variable
                );
                faults.push(ContentError::new(at, None, reason));
            }
        }
    }
    faults
}

/// What passages of a letter see as `letter`.
pub(super) fn letter(typed: Option<&Typed>, case: &CaseFile) -> Members {
    let mut map = Members::new();
    let Some(typed) = typed else { return map };
    for (name, value) in &typed.fields {
        map.insert(name.clone().into(), value.trim().into());
    }
    let name = &case.woman.name;
    let first = name.first.trim();
    let called = if first.is_empty() {
        words::short_name(name)
    } else {
        first.to_owned()
    };
    put(&mut map, "first_name", called);
    put(&mut map, "discreet", typed.discreet);
    let not_in_plan: Vec<tera::Value> = typed
        .not_in_plan
        .iter()
        .map(|theme| tera::Value::from(theme.as_str()))
        .collect();
    put(&mut map, "not_in_plan", not_in_plan);
    let author = &case.author;
    let signed = if typed.discreet {
        let first = author.name.split_whitespace().next();
        first.unwrap_or_default().to_owned()
    } else {
        let all = [author.name.trim(), author.role.trim(), author.office.trim()];
        let all: Vec<&str> = all.into_iter().filter(|t| !t.is_empty()).collect();
        all.join(", ")
    };
    put(&mut map, "signed", signed);
    map
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_out_of_what_she_asked_to_be_left_out() {
        let said = "Do not name probation or Alana House in a message. Nor Dr Shah, please.";
        assert_eq!(named_in(said), ["alana house", "dr shah"]);
    }

    #[test]
    fn a_letter_is_discreet_until_she_has_said_that_her_post_is_safe() {
        let mut reach = Reach::default();
        assert!(reach.discreet());
        reach.post = "yes".into();
        assert!(!reach.discreet());
        reach.leave_out = "No names.".into();
        assert!(reach.discreet());
    }
}
