//! A whole report, or one answer, judged sentence by sentence.
//!
//! Lives here: what a sentence stands in, and findings put together. Not here: judging
//! (`judge`). A pure function of the draft, the case and the rules.

use super::{
    WordingFinding, WordingRules,
    finding::key,
    judge::{self, Around, Hit},
    origin::Origins,
    rows::Check,
    text::{self, Block},
};
use crate::{
    case::CaseFile,
    report::{Draft, Passage, Section, document::escape_paragraphs},
};

/// Wording to look at in a drafted report, in the order of the report. A sentence that
/// stands in it twice is spoken of once.
#[must_use]
pub fn check(draft: &Draft, case: &CaseFile, rules: &WordingRules) -> Vec<WordingFinding> {
    judged(draft, case, rules, Words::OfReport)
}

/// Whose words are judged.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Words {
    /// Those of a report, some typed and some its templates'.
    OfReport,
    /// All of them typed.
    Typed,
}

fn judged(
    draft: &Draft,
    case: &CaseFile,
    rules: &WordingRules,
    typed: Words,
) -> Vec<WordingFinding> {
    let names = left_alone(case);
    let left_alone = |text: &str| rules.left_alone_in(text, &names);
    let read = |passage: &Passage| text::blocks(&passage.markdown, &left_alone);
    let sections: Vec<Vec<Vec<Block>>> = draft
        .sections
        .iter()
        .map(|section| section.passages.iter().map(read).collect())
        .collect();
    let mut whole = String::new();
    for block in sections.iter().flatten().flatten() {
        whole.push_str(&block.text);
        whole.push('\n');
    }
    let origins = Origins::new(case);
    let mut explained = Vec::new();
    let mut findings: Vec<WordingFinding> = Vec::new();
    for (section, passages) in draft.sections.iter().zip(&sections) {
        let mut before = String::new();
        for (passage, blocks) in section.passages.iter().zip(passages) {
            let written = |sentence: &str, words: &str| {
                typed == Words::Typed || !origins.of(&passage.evidence, sentence, words).is_empty()
            };
            let mut around = Around::new(&case.woman.name, &whole, &written);
            around.before = std::mem::take(&mut before);
            around.explained = std::mem::take(&mut explained);
            let first = around.before.len();
            for block in blocks {
                block.each(|sentence| {
                    for hit in judge::sentence(rules, sentence, &mut around) {
                        let at = (section, passage);
                        let found = finding(rules, at, sentence.raw, hit, &origins);
                        if !findings.iter().any(|f| f.key == found.key) {
                            findings.push(found);
                        }
                    }
                });
            }
            explained = std::mem::take(&mut around.explained);
            // Who was spoken of in one passage may be meant in the next.
            before = around.before.split_off(first);
        }
    }
    findings
}

/// Wording to look at in one text, as if it were a passage of the report: all that can be
/// told without the rest of it.
#[must_use]
pub fn check_text(text: &str, case: &CaseFile, rules: &WordingRules) -> Vec<WordingFinding> {
    let passage = Passage {
        id: String::new(),
        markdown: escape_paragraphs(text),
        evidence: Vec::new(),
        unsupported: Vec::new(),
    };
    let draft = Draft {
        title: String::new(),
        sections: vec![Section {
            id: String::new(),
            heading: String::new(),
            level: 2,
            passages: vec![passage],
            edited: None,
        }],
        withheld: Vec::new(),
    };
    let alone = |finding: &WordingFinding| {
        let rule = rules.rules.iter().find(|r| r.id == finding.rule);
        rule.is_some_and(|r| !matches!(r.check, Check::ShortForm | Check::Stranger))
    };
    let mut findings = judged(&draft, case, rules, Words::Typed);
    findings.retain(alone);
    findings
}

/// Names of this case that are never judged.
fn left_alone(case: &CaseFile) -> Vec<&str> {
    let services = case.services.iter();
    let services = services.flat_map(|s| [s.name.as_str(), s.organisation.as_str()]);
    let offences = case.offences.iter().map(|o| o.title.as_str());
    services.chain(offences).collect()
}

fn finding(
    rules: &WordingRules,
    (section, passage): (&Section, &Passage),
    sentence: &str,
    hit: Hit,
    origins: &Origins<'_>,
) -> WordingFinding {
    let rule = &rules.rules[hit.rule];
    let words = &sentence[hit.words.clone()];
    WordingFinding {
        key: key(&rule.id, sentence, words),
        rule: rule.id.clone(),
        about: rule.about.clone(),
        severity: rule.severity,
        section: section.id.clone(),
        heading: section.heading.clone(),
        passage: passage.id.clone(),
        sentence: sentence.to_owned(),
        why: rule.why.clone(),
        put: hit.put,
        advice: rule.advice.clone(),
        source: rule.source.clone(),
        comes_from: origins.of(&passage.evidence, sentence, words),
        words: hit.words,
    }
}
