//! How a text speaks of the woman a report is about: *she*, *they* or *he*.
//!
//! A text that may stand in a document marks each word that speaks of her, and the words
//! that go with it: `{she wants} to keep {her home}`. Nothing else of a text is ever
//! changed: not what somebody typed, and not a *she* who is somebody else.
//!
//! | Mark | *they* | |
//! | --- | --- | --- |
//! | `{she}` | they | before a verb that is the same for all: `{she} could` |
//! | `{she wants}` | they want | with the verb, which comes last: `{she still lives}` |
//! | `{(she) wants}` | want | a further verb of the same *she* |
//! | `{her}` | them | |
//! | `{her home}` | their home | with what is hers |
//! | `{hers}`, `{herself}` | theirs, themselves | |
//! | `{other: she}` | she | somebody else |
//!
//! Lives here: the marks, and finding where one is missing. Not here: any text.

mod missing;

use std::{borrow::Cow, fmt, ops::Deref};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use self::missing::{Unmarked, prose_of_template, unmarked};

/// The pronouns she asks for.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Pronouns {
    /// She, her, hers, herself.
    #[default]
    She,
    /// They, them, theirs, themselves.
    They,
    /// He, him, his, himself.
    He,
}

/// A mark, taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark<'t> {
    /// `she`, and the words that go with it, the verb last.
    She(&'t str),
    /// A verb whose *she* stands before.
    Verb(&'t str),
    /// `her`, as in *with her*.
    Her,
    /// `her`, and what is hers.
    Possessive(&'t str),
    Hers,
    Herself,
    /// Words for somebody else.
    Other(&'t str),
}

impl Pronouns {
    /// Every choice, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::She, Self::They, Self::He];

    /// True where she is spoken of as asked for by nobody in particular.
    #[must_use]
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }

    /// The text, with its marks in these pronouns.
    #[must_use]
    pub fn say(self, text: &str) -> Cow<'_, str> {
        if !text.contains('{') {
            return Cow::Borrowed(text);
        }
        let mut out = String::with_capacity(text.len());
        let mut done = 0;
        for (at, end, mark) in marks(text) {
            out.push_str(&text[done..at]);
            self.put(
                mark,
                text[at + 1..].starts_with(char::is_uppercase),
                &mut out,
            );
            done = end;
        }
        out.push_str(&text[done..]);
        Cow::Owned(out)
    }

    fn put(self, mark: Mark<'_>, capital: bool, out: &mut String) {
        let word = match mark {
            Mark::She(_) => self.subject(),
            Mark::Her => self.object(),
            Mark::Possessive(_) => self.possessive(),
            Mark::Hers => self.theirs(),
            Mark::Herself => self.reflexive(),
            Mark::Verb(_) | Mark::Other(_) => "",
        };
        if capital && !word.is_empty() {
            out.push_str(&super::capital(word));
        } else {
            out.push_str(word);
        }
        match mark {
            Mark::She(rest) if !rest.is_empty() => {
                out.push(' ');
                self.put_verb(rest, out);
            }
            Mark::Verb(rest) => self.put_verb(rest, out),
            Mark::Possessive(rest) => {
                out.push(' ');
                out.push_str(rest);
            }
            Mark::Other(words) => out.push_str(words),
            _ => {}
        }
    }

    /// Words that end in a verb.
    fn put_verb(self, words: &str, out: &mut String) {
        let verb = words.rfind(' ').map_or(0, |at| at + 1);
        out.push_str(&words[..verb]);
        if self == Self::They {
            out.push_str(&of_many(&words[verb..]));
        } else {
            out.push_str(&words[verb..]);
        }
    }

    /// *She*.
    #[must_use]
    pub fn subject(self) -> &'static str {
        ["she", "they", "he"][self as usize]
    }

    /// *Her*, as in *with her*.
    #[must_use]
    pub fn object(self) -> &'static str {
        ["her", "them", "him"][self as usize]
    }

    /// *Her*, as in *her home*.
    #[must_use]
    pub fn possessive(self) -> &'static str {
        ["her", "their", "his"][self as usize]
    }

    /// *Hers*.
    #[must_use]
    pub fn theirs(self) -> &'static str {
        ["hers", "theirs", "his"][self as usize]
    }

    /// *She wants*, of a verb as it stands after *she*.
    #[must_use]
    pub fn say_of_she(self, verb: &str) -> String {
        let mut said = format!("{} ", self.subject());
        self.put_verb(verb, &mut said);
        said
    }

    /// *Herself*.
    #[must_use]
    pub fn reflexive(self) -> &'static str {
        ["herself", "themselves", "himself"][self as usize]
    }
}

/// The form of a verb that goes with *they*.
fn of_many(verb: &str) -> Cow<'_, str> {
    match verb {
        "is" => "are".into(),
        "was" => "were".into(),
        "has" => "have".into(),
        "does" => "do".into(),
        "lies" | "dies" | "ties" => verb[..verb.len() - 1].into(),
        _ if verb.ends_with("ies") => format!("{}y", &verb[..verb.len() - 3]).into(),
        _ if ["sses", "shes", "ches", "xes", "zzes", "oes"]
            .iter()
            .any(|end| verb.ends_with(end)) =>
        {
            verb[..verb.len() - 2].into()
        }
        _ if verb.ends_with('s') && !verb.ends_with("ss") => verb[..verb.len() - 1].into(),
        _ => verb.into(),
    }
}

/// Every mark of a text: where it begins, where it ends, and what it is. What stands in
/// braces and is no mark is left alone, and so is what Tera reads.
fn marks(text: &str) -> impl Iterator<Item = (usize, usize, Mark<'_>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let open = at + text[at..].find('{')?;
            let inside = &text[open + 1..];
            if inside.starts_with(['{', '%', '#']) {
                at = open + 2;
                continue;
            }
            let close = inside
                .find(['}', '{', '\n'])
                .filter(|n| inside[*n..].starts_with('}'));
            let found = close.and_then(|n| Some((open + n + 2, mark(&inside[..n])?)));
            at = found.map_or(open + 1, |(end, _)| end);
            if let Some((end, mark)) = found {
                return Some((open, end, mark));
            }
        }
    })
}

/// True for what stands in the braces of a mark.
#[must_use]
pub fn is_mark(inside: &str) -> bool {
    mark(inside).is_some()
}

fn mark(inside: &str) -> Option<Mark<'_>> {
    let (word, rest) = inside.split_once(' ').unwrap_or((inside, ""));
    match (word, rest) {
        ("she" | "She", rest) => Some(Mark::She(rest)),
        ("(she)", rest) if !rest.is_empty() => Some(Mark::Verb(rest)),
        ("her" | "Her", "") => Some(Mark::Her),
        ("her" | "Her", rest) => Some(Mark::Possessive(rest)),
        ("hers" | "Hers", "") => Some(Mark::Hers),
        ("herself" | "Herself", "") => Some(Mark::Herself),
        ("other:", rest) if !rest.is_empty() => Some(Mark::Other(rest)),
        _ => None,
    }
}

/// The first thing in braces that is no mark.
fn no_mark(text: &str) -> Option<&str> {
    let mut known = marks(text).map(|(at, end, _)| at..end).peekable();
    let mut done = 0;
    while let Some(open) = text[done..].find('{').map(|n| done + n) {
        match known.peek() {
            Some(range) if range.start == open => {
                done = range.end;
                known.next();
            }
            _ => {
                let end = text[open..].find('}').map_or(text.len(), |n| open + n + 1);
                return Some(&text[open..end]);
            }
        }
    }
    None
}

/// A text of the content about her, with its marks. As a plain text it speaks of *her*,
/// which is how pages speak to its author; a document takes it from [`AboutHer::of`].
#[derive(Clone, Default, PartialEq, Eq)]
pub struct AboutHer {
    marked: String,
    hers: String,
}

impl AboutHer {
    /// A text as it was written.
    ///
    /// # Errors
    /// Something in braces is no mark.
    pub fn read(marked: impl Into<String>) -> Result<Self, String> {
        let marked = marked.into();
        if let Some(strange) = no_mark(&marked) {
            return Err(format!(
                "`{strange}` is no mark; write {{she wants}}, {{her}}, {{her home}}, {{hers}}, \
                 {{herself}}, {{(she) wants}} or {{other: she}}"
            ));
        }
        let hers = Pronouns::She.say(&marked).into_owned();
        Ok(Self { marked, hers })
    }

    /// In these pronouns.
    #[must_use]
    pub fn of(&self, pronouns: Pronouns) -> Cow<'_, str> {
        match pronouns {
            Pronouns::She => Cow::Borrowed(&self.hers),
            other => other.say(&self.marked),
        }
    }

    /// As it was written, with its marks.
    #[must_use]
    pub fn marked(&self) -> &str {
        &self.marked
    }
}

impl Deref for AboutHer {
    type Target = str;

    fn deref(&self) -> &str {
        &self.hers
    }
}

impl fmt::Display for AboutHer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.hers)
    }
}

impl fmt::Debug for AboutHer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.marked, f)
    }
}

impl Serialize for AboutHer {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.marked)
    }
}

impl<'de> Deserialize<'de> for AboutHer {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let marked = String::deserialize(deserializer)?;
        Self::read(marked).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests;
