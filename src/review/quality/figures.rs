//! Figures of the proposal that the text gives otherwise than the table.

use super::{
    Looked, QualityTexts,
    checks::{amount_of, name_of},
    consistency::{about, passages},
    phrases::{Phrase, sentences},
};
use crate::{
    case::{OrderKind, ProposedRequirement},
    finding::Finding,
    report::Passage,
};

impl QualityTexts {
    /// Every figure in the text that is not the proposal's.
    pub(super) fn figures_in_text(&self, looked: &Looked<'_>) -> Vec<Finding> {
        let figures = &self.figures;
        let of_proposal = passages(looked, &figures.sections)
            .filter(|passage| !figures.but.contains(&passage.id));
        let mut found = Vec::new();
        for passage in of_proposal {
            for sentence in sentences(&passage.markdown) {
                found.extend(self.of_order(looked, &sentence, passage));
                for row in &figures.requirement {
                    let proposed = looked.case.proposal.requirements.iter();
                    let proposed: Vec<&ProposedRequirement> =
                        proposed.filter(|r| r.id == row.id).collect();
                    found.extend(self.of_amount(looked, &sentence, &row.says, &proposed, passage));
                }
            }
        }
        found
    }

    fn of_order(
        &self,
        looked: &Looked<'_>,
        sentence: &[String],
        passage: &Passage,
    ) -> Vec<Finding> {
        let proposal = &looked.case.proposal;
        let (Some(OrderKind::CommunityOrder), Some(months)) = (proposal.order, proposal.months)
        else {
            return Vec::new();
        };
        let held = looked.law.proposal_words(proposal);
        let told = self.told_figures(&self.figures.order, sentence);
        let other = told.into_iter().filter(|(n, _)| *n != months);
        other
            .filter_map(|(_, words)| self.figure(&words, &held, passage))
            .collect()
    }

    fn of_amount(
        &self,
        looked: &Looked<'_>,
        sentence: &[String],
        phrases: &[Phrase],
        proposed: &[&ProposedRequirement],
        passage: &Passage,
    ) -> Vec<Finding> {
        let Some(first) = proposed.first() else {
            return Vec::new();
        };
        let is_one = |n: u32| proposed.iter().any(|r| r.amount == Some(n));
        let held = format!(
            "{} ({})",
            amount_of(first, looked),
            name_of(first, looked).to_lowercase()
        );
        let told = self.told_figures(phrases, sentence);
        let other = told.into_iter().filter(|(n, _)| !is_one(*n));
        other
            .filter_map(|(_, words)| self.figure(&words, &held, passage))
            .collect()
    }

    fn figure(&self, words: &str, held: &str, passage: &Passage) -> Option<Finding> {
        let with = [("words", words), ("held", held)];
        let finding = self.said.say("consistency.figure", &with)?;
        Some(about(finding, passage))
    }

    /// The figures that some phrases give in a sentence, with the words they stand in.
    fn told_figures(&self, phrases: &[Phrase], sentence: &[String]) -> Vec<(u32, String)> {
        let told = phrases.iter().flat_map(|p| p.read(sentence));
        told.filter(|(_, place)| !self.turned_round(sentence, place.start))
            .map(|(number, place)| (number, sentence[place].join(" ")))
            .collect()
    }
}
