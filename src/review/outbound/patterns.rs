//! Finding words in words: joined up or parted, and with one slip of the pen.
//!
//! Lives here: the search. Not here: what is sought (`gather`), or what a find means
//! (`outbound`). Every run of words that could be a pattern is joined into one and
//! compared, so that spaces, hyphens and apostrophes hide nothing.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
    sync::Arc,
};

use super::tokens::{Token, tokens};

/// Most words that one pattern may be typed in: a telephone number in pairs.
const MOST_WORDS: usize = 8;
/// From how many letters a name may be found although somebody put a space into it.
const PARTED: usize = 6;

/// How something must be written to be what is sought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// In any way.
    AnyCase,
    /// One word of a name: with a capital, or else spelt exactly and no ordinary word.
    Name,
    /// One word of a name that is also a month or an everyday word: exactly so, with a
    /// capital, and not beside a number.
    AlsoAWord,
    /// A day and a month, which with another year is another day.
    DayAndMonth,
}

/// Words that are sought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern {
    /// The words, folded and joined.
    pub joined: String,
    /// In how many words it is usually written.
    pub words: usize,
    pub written: Written,
    /// What it belongs to.
    pub thing: usize,
}

/// A place in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub thing: usize,
    pub at: Range<usize>,
    /// How it came to be found.
    pub by: By,
}

/// How something came to be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    /// Spelt as it is.
    Exactly,
    /// With one letter wrong, missing, too many, or two changed round.
    Nearly,
    /// So many words in a row of a text that is kept off the report.
    Repeating,
}

/// Everything that is sought, made ready.
#[derive(Debug, Default)]
pub(super) struct Patterns {
    list: Vec<Pattern>,
    /// Patterns by their words.
    exact: HashMap<String, Vec<usize>>,
    /// The first two letters of any.
    starts: HashSet<[u8; 2]>,
    /// Patterns that may be found with a slip in them, by length: of one word, of more.
    near: [Vec<Vec<usize>>; 2],
    /// Texts kept off, by the first word of so many in a row.
    runs: HashMap<String, Vec<(Vec<String>, usize)>>,
    longest: usize,
    /// Words that are nobody's name.
    pub(super) ordinary: Arc<HashSet<String>>,
    /// Names that belong in this report.
    pub(super) own: HashSet<String>,
}

impl Patterns {
    /// Seeks one more; with a slip in it too, from so many letters.
    pub(super) fn add(&mut self, pattern: Pattern, near_letters: usize) {
        let length = pattern.joined.len();
        let Some(start) = first_two(&pattern.joined) else {
            return;
        };
        let same = self.exact.entry(pattern.joined.clone()).or_default();
        if same.iter().any(|at| self.list[*at] == pattern) {
            return;
        }
        let at = self.list.len();
        same.push(at);
        let letters = pattern.joined.chars().filter(|c| c.is_alphabetic()).count();
        let plain = !matches!(pattern.written, Written::AlsoAWord | Written::DayAndMonth);
        if letters >= near_letters && plain {
            let lengths = &mut self.near[usize::from(pattern.words > 1)];
            if lengths.len() <= length {
                lengths.resize_with(length + 1, Vec::new);
            }
            lengths[length].push(at);
        }
        self.starts.insert(start);
        self.longest = self.longest.max(length);
        self.list.push(pattern);
    }

    /// Seeks so many words in a row out of a text.
    pub(super) fn add_runs(&mut self, text: &str, words: usize, thing: usize) {
        let text: Vec<String> = tokens(text).into_iter().map(|t| t.word).collect();
        for run in text.windows(words.max(2)) {
            // Little words in a row are anybody's.
            if run.iter().all(|word| word.len() <= 3) {
                continue;
            }
            let runs = self.runs.entry(run[0].clone()).or_default();
            let known = runs
                .iter()
                .any(|(rest, of)| *of == thing && rest[..] == run[1..]);
            if !known {
                runs.push((run[1..].to_vec(), thing));
            }
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty() && self.runs.is_empty()
    }

    /// What stands in a text, each thing once: the surest find of it.
    pub(super) fn find_in(&self, text: &str) -> Vec<Found> {
        let words = tokens(text);
        let mut all = Vec::new();
        for from in 0..words.len() {
            self.repeated(&words, from, &mut all);
            self.spelt(&words, from, &mut all);
        }
        let inside = |inner: &Found, outer: &Found| {
            inner.at != outer.at
                && outer.at.start <= inner.at.start
                && inner.at.end <= outer.at.end
                && outer.by != By::Repeating
        };
        // `Lily` in `Lily Hart` is not found twice.
        let apart = all
            .iter()
            .filter(|found| !all.iter().any(|other| inside(found, other)));
        let mut best: Vec<Found> = Vec::new();
        for found in apart.cloned() {
            match best.iter_mut().find(|other| other.thing == found.thing) {
                Some(other) if found.by < other.by => *other = found,
                Some(_) => {}
                None => best.push(found),
            }
        }
        best
    }

    fn repeated(&self, words: &[Token], from: usize, all: &mut Vec<Found>) {
        let Some(runs) = self.runs.get(&words[from].word) else {
            return;
        };
        for (rest, thing) in runs {
            let until = from + 1 + rest.len();
            let Some(here) = words.get(from + 1..until) else {
                continue;
            };
            if here
                .iter()
                .zip(rest)
                .all(|(token, word)| token.word == *word)
            {
                all.push(Found {
                    thing: *thing,
                    at: words[from].at.start..words[until - 1].at.end,
                    by: By::Repeating,
                });
            }
        }
    }

    fn spelt(&self, words: &[Token], from: usize, all: &mut Vec<Found>) {
        let mut joined = String::new();
        let most = words.len().min(from + MOST_WORDS);
        for until in from..most {
            joined.push_str(&words[until].word);
            if joined.len() > self.longest + 2 {
                return;
            }
            let window = Window {
                words,
                from,
                until,
                joined: &joined,
            };
            if first_two(&joined).is_some_and(|start| self.starts.contains(&start)) {
                self.exactly(&window, all);
            }
            self.nearly(&window, all);
        }
    }

    fn exactly(&self, window: &Window<'_>, all: &mut Vec<Found>) {
        let joined = window.joined;
        // `Darrens` is how a possessive is often typed.
        let owner = joined.strip_suffix('s').filter(|o| !o.is_empty());
        for name in [Some(joined), owner].into_iter().flatten() {
            for at in self.exact.get(name).into_iter().flatten() {
                let pattern = &self.list[*at];
                if self.counts(pattern, window) {
                    all.push(window.found(pattern.thing, By::Exactly));
                }
            }
        }
    }

    fn nearly(&self, window: &Window<'_>, all: &mut Vec<Found>) {
        let lone = window.from == window.until;
        // A pattern of one word with a slip in it is sought in one word only.
        for lengths in &self.near[usize::from(!lone)..] {
            let length = window.joined.len();
            let fit = lengths.iter().enumerate();
            let fit = fit.skip(length.saturating_sub(2)).take(4);
            for (of, patterns) in fit {
                if of.abs_diff(length) > 2 {
                    continue;
                }
                for at in patterns {
                    let pattern = &self.list[*at];
                    if ends_meet(&pattern.joined, window.joined) && self.is_like(pattern, window) {
                        all.push(window.found(pattern.thing, By::Nearly));
                    }
                }
            }
        }
    }

    fn is_like(&self, pattern: &Pattern, window: &Window<'_>) -> bool {
        let owner = window.joined.strip_suffix('s');
        let like = slips(&pattern.joined, window.joined)
            || owner.is_some_and(|owner| slips(&pattern.joined, owner));
        if !like {
            return false;
        }
        let first = &window.words[window.from];
        let lone = window.from == window.until;
        let known = self.own.contains(&first.word) || self.ordinary.contains(&first.word);
        match pattern.written {
            Written::Name => first.capital && !known,
            _ => !(lone && known),
        }
    }

    /// Whether a find that is spelt exactly is what is sought.
    fn counts(&self, pattern: &Pattern, window: &Window<'_>) -> bool {
        let first = &window.words[window.from];
        let lone = window.from == window.until;
        if pattern.words == 1 && !lone && !first.is_number() && pattern.joined.len() < PARTED {
            return false;
        }
        let before = window.from.checked_sub(1).map(|at| &window.words[at]);
        let after = window.words.get(window.until + 1);
        let is_number = |token: Option<&Token>| token.is_some_and(Token::is_number);
        match pattern.written {
            Written::AnyCase => true,
            Written::Name => first.capital || !self.ordinary.contains(window.joined),
            Written::AlsoAWord => first.capital && !is_number(before) && !is_number(after),
            Written::DayAndMonth => !after.is_some_and(|t| t.is_number() && t.word.len() == 4),
        }
    }
}

/// Words in a row, and the same joined.
struct Window<'w> {
    words: &'w [Token],
    from: usize,
    until: usize,
    joined: &'w str,
}

impl Window<'_> {
    fn found(&self, thing: usize, by: By) -> Found {
        let at = self.words[self.from].at.start..self.words[self.until].at.end;
        Found { thing, at, by }
    }
}

fn first_two(word: &str) -> Option<[u8; 2]> {
    word.as_bytes().first_chunk().copied()
}

/// One slip leaves the first letter or the last as it was: most words are told apart by
/// these, without looking at the rest.
fn ends_meet(sought: &str, written: &str) -> bool {
    let (sought, written) = (sought.as_bytes(), written.as_bytes());
    let last = sought.last();
    sought.first() == written.first()
        || last == written.last()
        || (written.last() == Some(&b's') && last == written.iter().rev().nth(1))
}

/// True where one slip makes one of these the other: a letter wrong, missing or too many,
/// or two beside each other changed round. A number with a slip in it is another number.
fn slips(sought: &str, written: &str) -> bool {
    if sought == written || sought.len().abs_diff(written.len()) > 2 {
        return false;
    }
    // Most are told apart by their ends, without counting.
    let same =
        |pairs: &mut dyn Iterator<Item = (u8, u8)>| pairs.take_while(|(a, b)| a == b).count();
    let ahead = same(&mut sought.bytes().zip(written.bytes()));
    let behind = same(&mut sought.bytes().rev().zip(written.bytes().rev()));
    if ahead + behind + 4 < sought.len().max(written.len()) {
        return false;
    }
    let figures = |text: &str| -> String { text.chars().filter(char::is_ascii_digit).collect() };
    figures(sought) == figures(written) && strsim::osa_distance(sought, written) <= 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_is_found_and_two_are_not() {
        for written in ["daren", "darrren", "darran", "drarren", "garren", "darre"] {
            assert!(slips("darren", written), "{written}");
        }
        for written in ["darren", "dan", "darkened", "warden", "renard"] {
            assert!(!slips("darren", written), "{written}");
        }
        assert!(!slips("12examplecourt", "13examplecourt"));
        assert!(slips("12examplecourt", "12exmplecourt"));
    }
}
