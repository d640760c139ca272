//! Judging one sentence by every rule.
//!
//! Lives here: words, the length of a sentence, and when a rule keeps silent; and proving
//! a rule by its own sentences. Not here: names (`names`), short forms (`short_forms`),
//! or a whole report (`check`).

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::{
    names,
    rows::{Check, Row, Scope},
    rules::{Bank, Rule, WordingRules},
    short_forms,
    text::{self, Block},
};
use crate::{
    case::Name,
    english::{Pronouns, capital},
    report::words::short_name,
};

/// Something a rule found in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hit {
    /// Which rule, by its place among them.
    pub rule: usize,
    /// Where in the sentence.
    pub words: Range<usize>,
    /// Words that can stand in its place.
    pub put: Vec<String>,
}

/// A sentence as it stands, and with what is not judged blotted out.
#[derive(Clone, Copy)]
pub(super) struct Sentence<'a> {
    pub raw: &'a str,
    pub judged: &'a str,
}

/// What a sentence stands in.
pub(super) struct Around<'a> {
    pub her: &'a Name,
    /// The whole report.
    pub whole: &'a str,
    /// What has been said just before.
    pub before: String,
    /// Which short forms have been explained, or spoken of.
    pub explained: Vec<bool>,
    /// Whether somebody typed these words, where they stand in this sentence.
    pub written: &'a dyn Fn(&str, &str) -> bool,
}

impl<'a> Around<'a> {
    pub(super) fn new(
        her: &'a Name,
        whole: &'a str,
        written: &'a dyn Fn(&str, &str) -> bool,
    ) -> Self {
        Self {
            her,
            whole,
            before: String::new(),
            explained: Vec::new(),
            written,
        }
    }
}

/// Everything found in a sentence, from left to right.
pub(super) fn sentence(
    rules: &WordingRules,
    sentence: Sentence<'_>,
    around: &mut Around<'_>,
) -> Vec<Hit> {
    let mut hits = Vec::new();
    words(&rules.judged, sentence.judged, around.her, &mut hits);
    words(&rules.anywhere, sentence.raw, around.her, &mut hits);
    for (number, rule) in rules.rules.iter().enumerate() {
        let found = match rule.check {
            Check::Words => continue,
            Check::Title => names::other_title(&rules.people, sentence, around),
            Check::Misspelt => names::misspelt(&rules.people, sentence, around),
            Check::Stranger => names::stranger(&rules.people, sentence, around),
            Check::Pronoun => names::he(&rules.people, sentence, around),
            Check::HerPronoun => names::not_asked_for(&rules.people, sentence, around),
            Check::Length => too_long(rule, sentence.raw),
            Check::ShortForm => short_forms::unexplained(&rules.short_forms, sentence, around),
        };
        hits.extend(found.into_iter().map(|(words, put)| Hit {
            rule: number,
            words,
            put,
        }));
    }
    hits.retain(|hit| {
        let rule = &rules.rules[hit.rule];
        let with = rule.with.as_ref().is_none_or(|r| r.is_match(sentence.raw));
        let unless = rule
            .unless
            .as_ref()
            .is_some_and(|r| r.is_match(sentence.raw));
        let in_scope = rule.scope == Scope::Report
            || (around.written)(sentence.raw, &sentence.raw[hit.words.clone()]);
        with && !unless && in_scope
    });
    around.before.push_str(sentence.raw);
    around.before.push(' ');
    in_order(hits)
}

/// From left to right; of what one rule finds twice in the same words, the longer.
fn in_order(mut hits: Vec<Hit>) -> Vec<Hit> {
    hits.sort_by_key(|hit| (hit.words.start, std::cmp::Reverse(hit.words.end)));
    let mut kept: Vec<Hit> = Vec::new();
    for hit in hits {
        let covers = |k: &Hit| k.rule == hit.rule && k.words.end > hit.words.start;
        if !kept.iter().any(covers) {
            kept.push(hit);
        }
    }
    kept
}

/// What a bank finds in a text. In words to put, `{name}` is her name.
fn words(bank: &Bank, text: &str, her: &Name, hits: &mut Vec<Hit>) {
    for number in bank.set.matches(text) {
        let find = &bank.finds[number];
        for found in find.regex.captures_iter(text) {
            let Some(whole) = found.get(0) else { continue };
            let put = |words: &String| {
                let mut out = String::new();
                found.expand(words, &mut out);
                let out = her.pronouns.say(&out);
                like(whole.as_str(), &out).replace("{name}", &short_name(her))
            };
            hits.push(Hit {
                rule: find.rule,
                words: whole.range(),
                put: find.put.iter().map(put).collect(),
            });
        }
    }
}

/// Words to put, with a capital where what stood there had one.
pub(super) fn like(stood: &str, put: &str) -> String {
    if stood.starts_with(char::is_uppercase) {
        capital(put)
    } else {
        put.to_owned()
    }
}

/// The whole sentence, where one of its parts has more words than the rule allows. What
/// stands between semicolons or after a colon is read as a list, part by part.
fn too_long(rule: &Rule, raw: &str) -> Vec<(Range<usize>, Vec<String>)> {
    // Counting words by the standard takes longer than telling that there are few.
    if raw.bytes().filter(|byte| *byte == b' ').count() < rule.most_words {
        return Vec::new();
    }
    let parts = raw.split([';', ':']);
    let longest = parts.map(|part| part.unicode_words().count()).max();
    if longest.is_some_and(|words| words > rule.most_words) {
        vec![(0..raw.len(), Vec::new())]
    } else {
        Vec::new()
    }
}

/// What disproves a rule among its own sentences, which are judged as if they stood in a
/// report on Ms Angela Hart, or on Mx Angela Hart who asks for *they*.
pub(super) fn disproved(rules: &WordingRules, number: usize, row: &Row) -> Vec<String> {
    let mut reasons = Vec::new();
    let her = &hart(row.check);
    for example in &row.example {
        let found = all(rules, example, her);
        let mine: Vec<&Found> = found.iter().filter(|f| f.hit.rule == number).collect();
        if mine.is_empty() {
            reasons.push(format!("it does not find its own example “{example}”"));
        }
        for one in mine {
            for put in &one.hit.put {
                reasons.extend(worse(rules, number, (one, put), &found, her));
            }
        }
    }
    for fine in &row.fine {
        for one in all(rules, fine, her) {
            reasons.push(format!(
                "“{fine}” should be left alone, and {} finds “{}” in it",
                rules.rules[one.hit.rule].id,
                &one.sentence[one.hit.words.clone()]
            ));
        }
    }
    for put in row.words.iter().flat_map(|words| &words.put) {
        let mut hits = Vec::new();
        words(&rules.judged, &her.pronouns.say(put), her, &mut hits);
        if let Some(hit) = hits.first() {
            let other = &rules.rules[hit.rule].id;
            reasons.push(format!(
                "what it offers, “{put}”, is itself found by {other}"
            ));
        }
    }
    reasons
}

/// Why putting `put` in place makes the sentence no better: a rule speaks of it that did
/// not speak before, or this one still does.
fn worse(
    rules: &WordingRules,
    number: usize,
    (one, put): (&Found, &str),
    before: &[Found],
    her: &Name,
) -> Option<String> {
    let mut mended = one.sentence.clone();
    mended.replace_range(one.hit.words.clone(), put);
    let after = all(rules, &mended, her);
    let times = |found: &[Found], rule: usize| {
        let same = found.iter().filter(|f| f.hit.rule == rule);
        same.count()
    };
    let of_sentence: Vec<&Found> = before
        .iter()
        .filter(|f| f.sentence == one.sentence)
        .collect();
    let had = |rule: usize| of_sentence.iter().filter(|f| f.hit.rule == rule).count();
    let culprit = after.iter().map(|f| f.hit.rule).find(|&rule| {
        let allowed = had(rule) - usize::from(rule == number && had(rule) > 0);
        times(&after, rule) > allowed
    })?;
    Some(format!(
        "with “{put}” its example reads “{mended}”, which {} finds",
        rules.rules[culprit].id
    ))
}

/// Something found in a sentence of an example.
struct Found {
    sentence: String,
    hit: Hit,
}

/// On whom the report is in which sentences of the rules are judged.
fn hart(check: Check) -> Name {
    let (title, pronouns) = match check {
        Check::HerPronoun => ("Mx", Pronouns::They),
        _ => ("Ms", Pronouns::She),
    };
    Name {
        title: title.into(),
        first: "Angela".into(),
        last: "Hart".into(),
        pronouns,
    }
}

fn all(rules: &WordingRules, example: &str, her: &Name) -> Vec<Found> {
    let left_alone = |text: &str| rules.left_alone_in(text, &[]);
    let block = text::block(example.to_owned(), &left_alone);
    let mut around = Around::new(her, example, &|_, _| true);
    let found = block.each(|s| {
        let hits = sentence(rules, s, &mut around);
        let found = hits.into_iter().map(|hit| Found {
            sentence: s.raw.to_owned(),
            hit,
        });
        found.collect::<Vec<_>>()
    });
    found.into_iter().flatten().collect()
}

impl Block {
    /// What `judge` makes of each sentence, from top to bottom.
    pub(super) fn each<T>(&self, mut judge: impl FnMut(Sentence<'_>) -> T) -> Vec<T> {
        let sentence = |range: &Range<usize>| {
            judge(Sentence {
                raw: &self.text[range.clone()],
                judged: &self.judged[range.clone()],
            })
        };
        self.sentences.iter().map(sentence).collect()
    }
}
