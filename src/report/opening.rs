//! How the paragraphs of a section begin: not each with her name.
//!
//! A passage that begins with `{{ woman | opens(on="As to money,") }}` begins with her
//! name; with the pronoun where the paragraph before began with her name and speaks of
//! nobody else; and where a pronoun could be taken for somebody else's, with what the
//! paragraph is about and her name.
//!
//! Lives here: which of the three. Not here: the words (`[openings]` of
//! `report-templates/report/formats.toml` and the passages themselves), and what an author
//! typed, which is never touched.

use serde::Deserialize;
use tera::{Kwargs, Map, State};

use super::spoken::sentences;
use crate::english::{AboutHer, Pronouns};

/// The variable that says how a passage begins.
pub(super) const OPENING: &str = "opening";

/// The variable that begins a sentence which an answer goes on with.
pub(super) const SHE_OR_NAME: &str = "She_or_name";

/// The most sentences in a row that begin with the pronoun.
const MOST_IN_A_ROW: usize = 2;

/// `[openings]` of `formats.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct OpeningWords {
    /// What stands for her name at the start of a sentence; nothing where her name always
    /// stands there.
    pronoun: AboutHer,
    /// Words for other people, whom the pronoun could mean as well.
    others: Vec<String>,
}

/// How a passage begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opening {
    /// With her name.
    Name,
    /// With the pronoun.
    Pronoun,
    /// With what it is about, and her name.
    Topic,
}

impl OpeningWords {
    /// What stands for her name: nothing for *they*, because the answers that follow it are
    /// written of one person.
    fn pronoun(&self, pronouns: Pronouns) -> String {
        match pronouns {
            Pronouns::They => String::new(),
            other => self.pronoun.of(other).into_owned(),
        }
    }

    /// The same, or her name: for the start of a sentence that an answer goes on with.
    pub(super) fn she_or_name(&self, name: &str, pronouns: Pronouns) -> String {
        let pronoun = self.pronoun(pronouns);
        if pronoun.is_empty() {
            name.to_owned()
        } else {
            pronoun
        }
    }
}

impl Opening {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Pronoun => "pronoun",
            Self::Topic => "topic",
        }
    }
}

/// The filter that a passage begins with.
pub(super) fn opens(woman: &Map, kwargs: &Kwargs, state: &State<'_>) -> tera::TeraResult<String> {
    let name = woman.get(&"name".into()).and_then(tera::Value::as_str);
    let name = name.unwrap_or_default();
    let opening: Option<String> = state.get(OPENING)?;
    let pronoun: Option<String> = state.get(SHE_OR_NAME)?;
    let on: Option<String> = kwargs.get("on")?;
    Ok(match (opening.as_deref(), on) {
        (Some("pronoun"), _) => pronoun.unwrap_or_else(|| name.to_owned()),
        (Some("topic"), Some(on)) => format!("{on} {name}"),
        _ => name.to_owned(),
    })
}

/// What was written last of a section.
pub(super) struct Before<'a> {
    words: &'a OpeningWords,
    name: String,
    pronoun: String,
    /// True where the last paragraph begins with her name.
    named: bool,
    /// True where nobody else is spoken of in it.
    alone: bool,
    /// Sentences at its end that begin with the pronoun.
    row: usize,
}

impl<'a> Before<'a> {
    /// The start of a section about somebody of this name.
    pub(super) fn nothing(words: &'a OpeningWords, name: String, pronouns: Pronouns) -> Self {
        Self {
            words,
            name,
            pronoun: words.pronoun(pronouns),
            named: false,
            alone: false,
            row: 0,
        }
    }

    /// How the next passage should begin.
    pub(super) fn next(&self) -> Opening {
        match (self.named, self.alone) {
            (false, _) => Opening::Name,
            (true, true) if !self.pronoun.is_empty() => Opening::Pronoun,
            (true, _) => Opening::Topic,
        }
    }

    /// True where a passage that begins with the pronoun makes a row of sentences too long.
    pub(super) fn too_many(&self, markdown: &str) -> bool {
        let first = markdown.split("\n\n").next().unwrap_or_default();
        let begins = sentences(first).into_iter().take_while(|s| self.pronoun(s));
        self.row + begins.count() > MOST_IN_A_ROW
    }

    /// Takes in a passage that was written; `own` where it holds words that somebody typed,
    /// who may have spoken of anybody.
    pub(super) fn wrote(&mut self, markdown: &str, own: bool) {
        let last = markdown.rsplit("\n\n").next().unwrap_or_default();
        let all = sentences(last);
        let row = all.iter().rev().take_while(|s| self.pronoun(s)).count();
        self.row = if row == all.len() && !markdown.contains("\n\n") {
            self.row + row
        } else {
            row
        };
        self.named = begins_with_word(last, &self.name);
        self.alone = self.named && !own && !self.speaks_of_others(last);
    }

    fn pronoun(&self, sentence: &str) -> bool {
        begins_with_word(sentence, &self.pronoun)
    }

    fn speaks_of_others(&self, paragraph: &str) -> bool {
        let words = paragraph.split(|c: char| !c.is_alphanumeric());
        words.filter(|word| !word.is_empty()).any(|word| {
            self.words
                .others
                .iter()
                .any(|o| o.eq_ignore_ascii_case(word))
        })
    }
}

fn begins_with_word(text: &str, word: &str) -> bool {
    let rest = text.strip_prefix(word).filter(|_| !word.is_empty());
    rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> OpeningWords {
        OpeningWords {
            pronoun: AboutHer::read("{She}").unwrap(),
            others: vec!["mother".into()],
        }
    }

    fn after(passages: &[(&str, bool)]) -> Opening {
        let words = words();
        let mut before = Before::nothing(&words, "Ms Hart".into(), Pronouns::She);
        for (passage, own) in passages {
            before.wrote(passage, *own);
        }
        before.next()
    }

    #[test]
    fn the_pronoun_follows_a_paragraph_that_is_about_nobody_else() {
        assert_eq!(after(&[]), Opening::Name);
        assert_eq!(after(&[("Ms Hart works.", false)]), Opening::Pronoun);
        assert_eq!(
            after(&[("Ms Hart works.", false), ("She rests.", false)]),
            Opening::Name
        );
    }

    #[test]
    fn where_she_could_be_somebody_else_the_name_comes_after_what_it_is_about() {
        assert_eq!(
            after(&[("Ms Hart lives with her mother.", false)]),
            Opening::Topic
        );
        assert_eq!(after(&[("Ms Hart works with Jo.", true)]), Opening::Topic);
        assert_eq!(after(&[("Ms Harte works.", false)]), Opening::Name);
    }

    #[test]
    fn nobody_whom_answers_would_not_agree_with_is_begun_with() {
        let words = words();
        let mut before = Before::nothing(&words, "Mx Hart".into(), Pronouns::They);
        before.wrote("Mx Hart works.", false);
        assert_eq!(before.next(), Opening::Topic);
        assert_eq!(words.she_or_name("Mx Hart", Pronouns::They), "Mx Hart");
        assert_eq!(words.she_or_name("Mr Hart", Pronouns::He), "He");
    }

    #[test]
    fn three_sentences_in_a_row_do_not_begin_with_the_pronoun() {
        let words = words();
        let mut before = Before::nothing(&words, "Ms Hart".into(), Pronouns::She);
        before.wrote("Ms Hart has a home. She is settled.", false);
        assert!(!before.too_many("She manages. Her rent is paid."));
        assert!(before.too_many("She manages. She pays her rent."));
    }
}
