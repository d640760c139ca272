//! One proposed requirement as a card: its numbers beside the law's, what the court must
//! have before it and whether it has, who delivers it and where, what it is for, and what
//! the checks say of it.
//!
//! Lives here: the card. Not here: any limit, condition or date; those come from the law
//! pack, the directory and the answers.

mod facts;

use serde::Serialize;

use super::choose::limits;
use crate::{
    case::{CaseFile, ProposedRequirement},
    directory::Directory,
    finding::Finding,
    sentencing::{Law, LawPack, Met, Needed, RequirementNeeds, amount_words},
    store::ReportId,
    web::{
        findings::{BasisView, FindingView, cited, sourced},
        links,
        state::AppState,
        words,
    },
};

/// One proposed requirement.
#[derive(Debug, Clone, Serialize)]
pub struct Card {
    name: String,
    amount: String,
    /// What the law allows, a line each.
    limits: Vec<String>,
    /// What is known of it, label and words.
    facts: Vec<Fact>,
    needed: Vec<NeededView>,
    findings: Vec<FindingView>,
    source: String,
    change: String,
    remove: String,
}

#[derive(Debug, Clone, Serialize)]
struct Fact {
    label: &'static str,
    words: String,
}

#[derive(Debug, Clone, Serialize)]
struct NeededView {
    what: String,
    tag: (&'static str, &'static str),
    by: Vec<BasisView>,
    how: String,
    /// Page that records it; empty where it is met, or no page does.
    href: String,
    source: String,
}

/// What every card of one proposal is made from.
pub(super) struct Cards<'a> {
    pub(super) id: ReportId,
    pub(super) home: &'a str,
    pub(super) case: &'a CaseFile,
    pub(super) pack: &'a LawPack,
    pub(super) law: &'a Law<'a>,
    pub(super) state: &'a AppState,
    pub(super) directory: &'a Directory,
    pub(super) needs: &'a [RequirementNeeds],
    pub(super) findings: &'a [Finding],
}

impl Cards<'_> {
    /// The card of the requirement with this number.
    pub(super) fn card(&self, number: usize, proposed: &ProposedRequirement) -> Card {
        let row = self.law.any_requirement(&proposed.id);
        let needed = self.needs.iter().find(|n| n.index == number);
        let own = place_of(number);
        let mine = |f: &&Finding| f.at.as_deref().is_some_and(|at| is_within(at, &own));
        let address = format!("{}/proposal/requirements/{number}", self.home);
        Card {
            name: row.map_or_else(|| proposed.id.clone(), |r| words::sentence_case(&r.name)),
            amount: row.map(|r| amount_words(r, proposed)).unwrap_or_default(),
            limits: row.map(limits).unwrap_or_default(),
            facts: self.facts(proposed),
            needed: needed
                .map(|n| n.needed.iter().map(|one| self.needed(one)).collect())
                .unwrap_or_default(),
            findings: self
                .findings
                .iter()
                .filter(mine)
                .map(|f| FindingView::new(f, self.id, self.state.interview()))
                .collect(),
            source: row
                .map(|r| cited(&r.statute, r.checked, r.verified))
                .unwrap_or_default(),
            remove: format!("{address}/remove"),
            change: address,
        }
    }

    fn needed(&self, one: &Needed) -> NeededView {
        NeededView {
            what: words::sentence_case(&one.what),
            tag: match one.met {
                Met::Yes => ("Met", "green"),
                Met::No => ("Not met", "red"),
                Met::NotKnown => ("Not known", "yellow"),
            },
            href: one
                .at
                .as_deref()
                .map(|at| links::for_place(self.id, at, self.state.interview()))
                .unwrap_or_default(),
            by: BasisView::all(&one.by, self.id, self.state.interview()),
            how: one.how.clone(),
            source: sourced(&one.source),
        }
    }
}

/// The place of a requirement in the case file.
fn place_of(number: usize) -> String {
    format!("proposal.requirements[{number}]")
}

fn is_within(at: &str, place: &str) -> bool {
    at.strip_prefix(place)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// True for a finding that is shown on some card.
pub(super) fn is_on_a_card(finding: &Finding, cards: usize) -> bool {
    let at = finding.at.as_deref().unwrap_or_default();
    (0..cards).any(|number| is_within(at, &place_of(number)))
}

impl Card {
    /// Cards for samples: one of which much is known, one of which nothing is.
    pub(super) fn samples() -> Vec<Self> {
        let needed = |tag, known: bool| NeededView {
            what: "That she is <willing>".into(),
            tag,
            by: known.then(BasisView::sample).into_iter().collect(),
            how: if known {
                String::new()
            } else {
                "Ask her.".into()
            },
            href: if known {
                String::new()
            } else {
                "/reports/1/proposal/requirements/0".into()
            },
            source: "Sch.9 para 16 (not verified)".into(),
        };
        let full = Self {
            name: "Unpaid work requirement".into(),
            amount: "60 hours".into(),
            limits: vec!["From 40 to 300 hours".into()],
            facts: vec![Fact {
                label: "Where",
                words: "<b>Newbury</b>".into(),
            }],
            needed: vec![
                needed(("Met", "green"), true),
                needed(("Not known", "yellow"), false),
            ],
            findings: FindingView::samples(),
            source: "Sentencing Code Sch.9 Pt 1 (not verified)".into(),
            change: "/reports/1/proposal/requirements/0".into(),
            remove: "/reports/1/proposal/requirements/0/remove".into(),
        };
        let bare = Self {
            amount: String::new(),
            limits: Vec::new(),
            facts: Vec::new(),
            needed: Vec::new(),
            findings: Vec::new(),
            source: String::new(),
            ..full.clone()
        };
        vec![full, bare]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_belongs_to_the_card_of_its_requirement_and_to_no_other() {
        assert!(is_within("proposal.requirements[1].amount", &place_of(1)));
        assert!(is_within("proposal.requirements[1]", &place_of(1)));
        assert!(!is_within("proposal.requirements[11].amount", &place_of(1)));
        assert!(!is_within("proposal.requirements", &place_of(1)));
    }
}
