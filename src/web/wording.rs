//! Wording to look at, as pages show it: the words marked in their sentence, why, other
//! words, and where the text comes from.
//!
//! Lives here: the view. Not here: what is found (`review::wording`), or what an author
//! does about it (`pages/wording.rs`). Every page that shows it hands these to the
//! components of `components/wording.html`.

use serde::Serialize;

use super::{findings::sourced, links};
use crate::{
    case::CaseFile,
    finding::Severity,
    interview::Interview,
    pack::Wording,
    report::Evidence,
    review::{WordingFinding, wording::Origin},
    store::ReportId,
};

/// One thing to look at.
#[derive(Debug, Clone, Serialize)]
pub struct WordingView {
    key: String,
    /// Suffix of its class: `warn`, `advise`.
    class: &'static str,
    label: &'static str,
    colour: &'static str,
    about: String,
    /// The sentence before the words, the words, and the sentence after them.
    before: String,
    found: String,
    after: String,
    why: String,
    /// Words to put in place with one press; none where nobody but the author can.
    put: Vec<String>,
    /// The same as advice, where they cannot be pressed, and what else can be done.
    ways: Vec<String>,
    source: String,
    source_url: String,
    /// The passage, on the page of the draft.
    passage: String,
    comes_from: Vec<OriginView>,
    /// The page of this finding, where it is also sent to.
    action: String,
    /// Why it was left as it is; empty where it was not.
    reason: String,
}

/// Where text comes from.
#[derive(Debug, Clone, Serialize)]
pub struct OriginView {
    label: String,
    href: String,
}

/// What is to be looked at in one section.
#[derive(Debug, Clone, Serialize)]
pub struct WordingSection {
    heading: String,
    findings: Vec<WordingView>,
}

/// Everything that the wording check says of a report.
#[derive(Debug, Clone, Default, Serialize)]
pub struct WordingList {
    open: usize,
    sections: Vec<WordingSection>,
    left: Vec<WordingView>,
}

/// Of which report, and by which prompts.
#[derive(Debug, Clone, Copy)]
pub struct Of<'a> {
    /// The report.
    pub id: ReportId,
    /// Its case.
    pub case: &'a CaseFile,
    /// The prompts its answers belong to.
    pub interview: &'a Interview,
    /// True where it is signed, so that nothing can be changed.
    pub signed: bool,
}

impl WordingView {
    /// A finding on a report; `evidence` is what its passage rests on.
    #[must_use]
    pub fn new(finding: &WordingFinding, of: Of<'_>, evidence: &[Evidence]) -> Self {
        let (class, colour) = match finding.severity {
            Severity::Advise => ("advise", "purple"),
            Severity::Warn | Severity::Block => ("warn", "orange"),
        };
        let presses = !of.signed && finding.can_be_replaced(of.case);
        let (put, mut ways) = if presses {
            (finding.put.clone(), Vec::new())
        } else {
            let quoted = finding.put.iter().map(|put| format!("“{put}”"));
            (Vec::new(), quoted.collect())
        };
        ways.extend(finding.advice.iter().cloned());
        Self {
            key: finding.key.clone(),
            class,
            label: finding.severity.label(),
            colour,
            about: finding.about.clone(),
            before: finding.sentence[..finding.words.start].to_owned(),
            found: finding.found().to_owned(),
            after: finding.sentence[finding.words.end..].to_owned(),
            why: finding.why.clone(),
            put,
            ways,
            source: sourced(&finding.source),
            source_url: finding.source.url.clone().unwrap_or_default(),
            passage: format!(
                "{}/draft#{}",
                links::report(of.id),
                finding.passage.replace('/', "-")
            ),
            comes_from: origins(&finding.comes_from, of, evidence),
            action: action(of.id, &finding.key),
            reason: String::new(),
        }
    }

    /// With the reason for which it was left as it is.
    #[must_use]
    pub fn left(mut self, reason: &str) -> Self {
        reason.clone_into(&mut self.reason);
        self
    }

    /// One that can be put right with a press and one that was left, for samples of pages.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        let one = Self {
            key: "addict-00".into(),
            class: "advise",
            label: "Advice",
            colour: "purple",
            about: "What she is <called>".into(),
            before: "She is ".into(),
            found: "a <b>drug</b> addict".into(),
            after: " & more.".into(),
            why: "It \"names\" her".into(),
            put: vec!["a woman who uses <drugs>".into()],
            ways: vec!["Say <what>".into()],
            source: "A list (not verified)".into(),
            source_url: "https://example.org/?a=1&b=2".into(),
            passage: "/reports/1/draft#needs-need-1".into(),
            comes_from: vec![OriginView {
                label: "Alcohol <and> drugs".into(),
                href: "/reports/1/prompts/need-dependency".into(),
            }],
            action: "/reports/1/wording/addict-00".into(),
            reason: String::new(),
        };
        let left = Self {
            key: "addict-01".into(),
            class: "warn",
            put: Vec::new(),
            comes_from: Vec::new(),
            action: "/reports/1/wording/addict-01".into(),
            ..one.clone()
        };
        vec![one, left.left("Her <own> word & choice")]
    }
}

/// Where the words come from: the answer that holds them or, where none does word for
/// word, what the passage rests on.
fn origins(held_by: &[Origin], of: Of<'_>, evidence: &[Evidence]) -> Vec<OriginView> {
    let mut views: Vec<OriginView> = Vec::new();
    let mut add = |prompt: Option<&String>, place: &str, label: &str| {
        let href = match prompt {
            Some(prompt) => links::prompt(of.id, prompt),
            None => links::for_place(of.id, place, of.interview),
        };
        if views.iter().all(|view| view.href != href) {
            views.push(OriginView {
                label: label.to_owned(),
                href,
            });
        }
    };
    for origin in held_by {
        add(origin.prompt.as_ref(), &origin.place, &origin.label);
    }
    if held_by.is_empty() {
        for one in evidence {
            add(one.prompt.as_ref(), &one.place, &one.label);
        }
    }
    views
}

/// The page of a finding.
#[must_use]
pub fn action(id: ReportId, key: &str) -> String {
    format!("{}/wording/{key}", links::report(id))
}

impl WordingList {
    /// What the check says of a report, drafted as `draft`.
    #[must_use]
    pub fn new(wording: &Wording, of: Of<'_>, draft: &crate::report::Draft) -> Self {
        let evidence = |finding: &WordingFinding| {
            let mut passages = draft.sections.iter().flat_map(|s| &s.passages);
            let passage = passages.find(|p| p.id == finding.passage);
            passage.map_or(&[][..], |p| &p.evidence)
        };
        let mut sections: Vec<WordingSection> = Vec::new();
        let mut last = "";
        for finding in &wording.open {
            if finding.section != last {
                sections.push(WordingSection {
                    heading: finding.heading.clone(),
                    findings: Vec::new(),
                });
                last = &finding.section;
            }
            if let Some(section) = sections.last_mut() {
                let view = WordingView::new(finding, of, evidence(finding));
                section.findings.push(view);
            }
        }
        let left = wording
            .left
            .iter()
            .map(|(finding, reason)| WordingView::new(finding, of, evidence(finding)).left(reason));
        Self {
            open: wording.open.len(),
            sections,
            left: left.collect(),
        }
    }

    /// What was left as it is, for whoever reads the report before it goes.
    #[must_use]
    pub fn into_left(self) -> Vec<WordingView> {
        self.left
    }

    /// One for samples of pages.
    #[must_use]
    pub fn sample() -> Self {
        let mut views = WordingView::samples();
        let left = views.split_off(1);
        Self {
            open: 1,
            sections: vec![WordingSection {
                heading: "Needs & more".into(),
                findings: views,
            }],
            left,
        }
    }
}
