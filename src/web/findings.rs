//! Findings as pages show them: what, why, source, ways out, and where to settle it.
//!
//! Lives here: their view. Not here: any rule. Every page that shows findings hands
//! these to `report.finding`.

use chrono::NaiveDate;
use serde::Serialize;

use super::{links, words};
use crate::{
    finding::{Basis, Finding, Severity, Source},
    interview::Interview,
    store::ReportId,
};

/// One finding, as pages show it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FindingView {
    /// Suffix of its class: `block`, `warn`, `advise`.
    class: &'static str,
    /// `Must be settled`, `Warning`, `Advice`.
    label: &'static str,
    /// Colour of its tag.
    colour: &'static str,
    what: String,
    why: String,
    ways: Vec<String>,
    rests_on: Vec<BasisView>,
    source: String,
    source_url: String,
    /// Page that changes what it is about; empty where there is none.
    href: String,
}

/// One thing in the case that a finding rests on.
#[derive(Debug, Clone, Default, Serialize)]
pub struct BasisView {
    words: String,
    href: String,
}

impl BasisView {
    /// What something in a report rests on, each with the page that changes it.
    #[must_use]
    pub fn all(rests_on: &[Basis], id: ReportId, interview: &Interview) -> Vec<Self> {
        let view = |basis: &Basis| Self {
            words: basis.words.clone(),
            href: links::for_place(id, &basis.at, interview),
        };
        rests_on.iter().map(view).collect()
    }

    /// One for samples of pages.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            words: "she <said> so & meant it".into(),
            href: "/reports/1/prompts/home".into(),
        }
    }
}

impl FindingView {
    /// A finding on a report.
    #[must_use]
    pub fn new(finding: &Finding, id: ReportId, interview: &Interview) -> Self {
        let (class, colour) = match finding.severity {
            Severity::Block => ("block", "red"),
            Severity::Warn => ("warn", "orange"),
            Severity::Advise => ("advise", "purple"),
        };
        let source = finding.source.as_ref();
        let place = finding.at.as_deref();
        Self {
            class,
            label: finding.severity.label(),
            colour,
            what: finding.what.clone(),
            why: finding.why.clone(),
            ways: finding.resolve.clone(),
            rests_on: BasisView::all(&finding.rests_on, id, interview),
            source: source.map(sourced).unwrap_or_default(),
            source_url: source.and_then(|s| s.url.clone()).unwrap_or_default(),
            href: place
                .map(|p| links::for_place(id, p, interview))
                .unwrap_or_default(),
        }
    }

    /// The same, settled on another page than its place in the case file leads to.
    #[must_use]
    pub fn at(mut self, href: &str) -> Self {
        href.clone_into(&mut self.href);
        self
    }

    /// The same for somebody who may open none of the pages where it is settled.
    #[must_use]
    pub fn without_links(mut self) -> Self {
        self.href.clear();
        for basis in &mut self.rests_on {
            basis.href.clear();
        }
        self
    }

    /// One of each severity, for samples of pages.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        let id = ReportId::new(chrono::DateTime::UNIX_EPOCH);
        let one = |severity, at: &str| {
            let finding = Finding::new(severity, "law.x", "Something <found>")
                .because("It \"matters\"")
                .way_out("Do <this>")
                .way_out("Or that")
                .resting_on([Basis::new("she <said> so", "answers.home")])
                .at(at);
            Self::new(&finding, id, &Interview::default())
        };
        vec![
            one(Severity::Block, "proposal.months"),
            one(Severity::Warn, "answers.alcohol"),
            one(Severity::Advise, "elsewhere"),
        ]
    }
}

/// A source with how far it can be relied on.
#[must_use]
pub fn sourced(source: &Source) -> String {
    cited(&source.citation, source.checked, source.verified)
}

/// What is cited with how far it can be relied on.
#[must_use]
pub fn cited(citation: &str, checked: Option<NaiveDate>, verified: bool) -> String {
    format!("{citation} ({})", standing(checked, verified))
}

/// How far a source can be relied on, in words.
#[must_use]
pub fn standing(checked: Option<NaiveDate>, verified: bool) -> String {
    let checked = checked.map(|day| format!("checked {}", words::day(day)));
    match (checked, verified) {
        (Some(checked), true) => checked,
        (Some(checked), false) => format!("not verified; {checked}"),
        (None, true) => "date of check not recorded".into(),
        (None, false) => "not verified".into(),
    }
}
