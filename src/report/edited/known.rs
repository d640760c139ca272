//! What the answers of a case say, as words, and which sentences of an author's edit
//! none of them bears out.
//!
//! Lives here: the one place where it is decided that a sentence is *unsupported*. Not
//! here: what is said about it (`report-templates/quality/edits.toml`). It is advice: an
//! author may know what no answer holds, and is asked to record where she has it from.

use std::{borrow::Cow, collections::HashSet, sync::LazyLock};

use rust_stemmers::{Algorithm, Stemmer};
use serde_json::Value;
use unicode_segmentation::UnicodeSegmentation;

use super::{blocks, joined};
use crate::{
    case::{Answer, CaseFile},
    english,
    report::{draft::Section, withhold, words},
};

static STEMMER: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::create(Algorithm::English));

/// The words of what a report may rest on: its drafted text, its answers but for those
/// kept on the record, its facts.
#[derive(Default)]
pub(super) struct Known {
    stems: HashSet<String>,
    /// Words met before: most words of a report stand in it many times, and finding an
    /// ending costs more than looking here.
    met: HashSet<String>,
}

impl Known {
    pub(super) fn of(sections: &[Section], case: &CaseFile, facts: &Value) -> Self {
        let mut known = Self::default();
        for section in sections {
            known.take(&section.heading);
            known.take(&blocks::plain(&joined(&section.passages)));
        }
        withhold::each_text(case, facts, &mut |text| known.take(text));
        for value in case.answers.values().filter_map(Answer::for_report) {
            known.take_numbers(value);
        }
        known
    }

    fn take(&mut self, text: &str) {
        for token in tokens(text) {
            if !self.met.contains(&*token.word) {
                self.stems.insert(token.stem());
                self.met.insert(token.word.into_owned());
            }
        }
        if let Ok(day) = text.parse() {
            self.take(&words::date(day));
        }
    }

    fn take_numbers(&mut self, value: &Value) {
        match value {
            Value::Number(number) => self.take(&number.to_string()),
            Value::Array(items) => items.iter().for_each(|v| self.take_numbers(v)),
            Value::Object(fields) => fields.values().for_each(|v| self.take_numbers(v)),
            _ => {}
        }
    }

    /// The sentences of a text that nothing known bears out.
    ///
    /// A sentence is unsupported where it holds a number, a date or a name that stands
    /// in no answer; or where more than half of its words that carry meaning stand in
    /// none. Words that differ only in their ending are the same word.
    pub(super) fn unsupported(&self, text: &str) -> Vec<String> {
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        let sentences = lines.flat_map(UnicodeSegmentation::unicode_sentences);
        let strange = sentences.filter(|sentence| self.lacks(sentence));
        strange.map(|sentence| sentence.trim().to_owned()).collect()
    }

    fn lacks(&self, sentence: &str) -> bool {
        let all: Vec<Token<'_>> = tokens(sentence).collect();
        let strange = |token: &&Token<'_>| {
            !self.met.contains(&*token.word) && !self.stems.contains(&token.stem())
        };
        let first = all.first().map(|token| token.at);
        let mut facts = all
            .iter()
            .filter(|t| t.is_number || (t.is_name && Some(t.at) != first));
        if facts.any(|token| strange(&token)) {
            return true;
        }
        let telling = all.iter().filter(|token| token.tells);
        telling.clone().filter(strange).count() * 2 > telling.count()
    }
}

/// One word of a text.
pub(super) struct Token<'t> {
    /// The word in small letters; a number in figures.
    word: Cow<'t, str>,
    /// True where it carries meaning of its own.
    pub tells: bool,
    is_number: bool,
    is_name: bool,
    at: usize,
}

/// The words of a text. A day of a month is one word, so that a day is not borne out by
/// the same number in another place.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = Token<'_>> {
    let mut words = text.unicode_word_indices().map(token).peekable();
    std::iter::from_fn(move || {
        let mut token = words.next()?;
        let month = words.next_if(|next| token.is_day() && MONTHS.contains(&&*next.word));
        if let Some(month) = month {
            token.word = format!("{} {}", token.word, month.word).into();
        }
        Some(token)
    })
}

fn token((at, word): (usize, &str)) -> Token<'_> {
    let written = word;
    let mut word = Cow::Borrowed(written);
    if written.contains(|c: char| c.is_uppercase() || c == '’') {
        word = written.to_lowercase().replace('’', "'").into();
    }
    if let Some(bare) = word.strip_suffix("'s") {
        word = bare.to_owned().into();
    }
    let figures = figures(&word);
    let little = LITTLE.binary_search(&&*word).is_ok();
    let begins_large = written.starts_with(char::is_uppercase);
    Token {
        is_number: figures.is_some(),
        is_name: !little && begins_large && written.chars().count() > 1,
        tells: !little && figures.is_none(),
        word: figures.map_or(word, Cow::Owned),
        at,
    }
}

impl Token<'_> {
    /// The word without its ending.
    pub fn stem(&self) -> String {
        if self.is_number {
            return self.word.to_string();
        }
        STEMMER.stem(&self.word).into_owned()
    }

    fn is_day(&self) -> bool {
        let day: Option<u8> = self.word.parse().ok();
        self.is_number && day.is_some_and(|day| (1..=31).contains(&day))
    }
}

/// Months.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A number in figures, however it is written: `1,000`, `12th`, `three`.
fn figures(small: &str) -> Option<String> {
    if small.starts_with(|c: char| c.is_ascii_digit()) {
        let digits = small.chars().filter(|c| c.is_ascii_digit() || *c == '.');
        return Some(digits.collect());
    }
    if small == "twenty" {
        return Some("20".to_owned());
    }
    // *One* is mostly none.
    let number = english::UNITS.iter().position(|word| *word == small)?;
    (number > 1).then(|| number.to_string())
}

/// Words that carry no meaning of their own, or that any report uses; in order.
pub(super) const LITTLE: [&str; 147] = [
    "a", "about", "above", "after", "again", "ago", "all", "also", "although", "an", "and", "any",
    "are", "as", "at", "author", "be", "because", "been", "before", "being", "below", "between",
    "both", "but", "by", "can", "cannot", "could", "court", "did", "do", "does", "during", "each",
    "either", "else", "even", "for", "from", "further", "had", "has", "have", "having", "he",
    "her", "here", "hers", "herself", "him", "his", "how", "however", "i", "if", "in", "into",
    "is", "it", "its", "itself", "less", "may", "me", "might", "more", "most", "mr", "mrs", "ms",
    "much", "must", "my", "neither", "no", "nor", "not", "now", "of", "off", "on", "once", "one",
    "only", "or", "other", "our", "out", "over", "own", "rather", "report", "said", "same", "say",
    "says", "section", "shall", "she", "should", "since", "so", "some", "still", "such", "than",
    "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "though",
    "through", "to", "too", "under", "until", "up", "upon", "very", "was", "we", "were", "what",
    "when", "where", "whether", "which", "while", "who", "whom", "whose", "why", "will", "with",
    "within", "without", "would", "yet", "you", "your",
];
