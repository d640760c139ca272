//! Where a text about her has a word for her that no mark holds, so that the next writer
//! does not forget one.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use super::marks;

/// A word that would stay *she* whatever she asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmarked {
    /// Where it stands.
    pub at: Range<usize>,
    /// The words as they stand.
    pub words: String,
    /// What to write instead.
    pub write: String,
}

/// Compiled once; a pattern that does not compile finds nothing, and the tests would say.
fn pattern(pattern: &str) -> Option<Regex> {
    Regex::new(pattern).ok()
}

static BARE: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"(?i)\b(she|hers|herself|her)\b(?:[ ]([a-z’']+))?"));
/// A verb that stands outside the mark of its *she*.
static VERB: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"^ (?:(?:is|was|has|does|[a-z]+[a-rt-z]s)\b)"));

/// Words that end in s and are no verb.
const NO_VERBS: [&str; 5] = ["always", "perhaps", "sometimes", "its", "besides"];

/// Every word for her that no mark of the text holds, and every *she* whose verb stands
/// outside its mark.
#[must_use]
pub fn unmarked(text: &str) -> Vec<Unmarked> {
    let held: Vec<Range<usize>> = marks(text).map(|(at, end, _)| at..end).collect();
    let mut found = Vec::new();
    for bare in BARE.iter().flat_map(|regex| regex.captures_iter(text)) {
        let Some(word) = bare.get(1) else { continue };
        let inside = held
            .iter()
            .any(|h| h.start < word.start() && word.end() <= h.end);
        if inside || is_of_a_name(text, word.range()) {
            continue;
        }
        let whole = bare.get(0).map_or(word.range(), |m| m.range());
        let stood = &text[whole.clone()];
        let word = word.as_str();
        let write = match word.to_lowercase().as_str() {
            "she" => format!("{{{stood}}} with the verb, or {{{word}}}"),
            "her" => format!("{{{word}}}, or {{{stood}}} with what is hers"),
            _ => format!("{{{word}}}"),
        };
        let write = format!("{write}; {{other: {word}}} if it is somebody else");
        let words = stood.to_owned();
        found.push(Unmarked {
            at: whole,
            words,
            write,
        });
    }
    for mark in held {
        let of_she = text[mark.clone()].eq_ignore_ascii_case("{she}");
        let after = VERB.as_ref().and_then(|verb| verb.find(&text[mark.end..]));
        let after = after.map(|m| m.as_str().trim_start());
        if let Some(verb) = after.filter(|verb| of_she && !NO_VERBS.contains(verb)) {
            let she = text[mark.clone()].trim_matches(['{', '}']);
            found.push(Unmarked {
                at: mark.clone(),
                words: format!("{} {verb}", &text[mark]),
                write: format!("{{{she} {verb}}}"),
            });
        }
    }
    found.sort_by_key(|one| one.at.start);
    found
}

/// `her-own` and `her_words` are names of things.
fn is_of_a_name(text: &str, word: Range<usize>) -> bool {
    let of_name = |c: char| matches!(c, '-' | '_' | '.' | '/');
    let before = text[..word.start].ends_with(of_name);
    let mut after = text[word.end..].chars();
    let joined = after.next().is_some_and(of_name);
    before || joined && after.next().is_some_and(char::is_alphanumeric)
}

/// A template with what Tera reads blotted out, letter for letter, but for texts of several
/// words in quotation marks: those are printed.
#[must_use]
pub fn prose_of_template(template: &str) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(open) = ["{{", "{%", "{#"].iter().filter_map(|o| rest.find(o)).min() {
        let close = match &rest[open..open + 2] {
            "{{" => "}}",
            "{%" => "%}",
            _ => "#}",
        };
        out.push_str(&rest[..open]);
        let end = rest[open..]
            .find(close)
            .map_or(rest.len(), |n| open + n + 2);
        let is_comment = close == "#}";
        blot(&rest[open..end], is_comment, &mut out);
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

fn blot(code: &str, all: bool, out: &mut String) {
    for (n, part) in code.split('"').enumerate() {
        if n > 0 {
            out.push('"');
        }
        if n % 2 == 1 && !all && part.contains(' ') {
            out.push_str(part);
        } else {
            let blotted = part.chars().map(|c| {
                if c == '\n' {
                    "\n".into()
                } else {
                    "|".repeat(c.len_utf8())
                }
            });
            out.extend(blotted);
        }
    }
}
