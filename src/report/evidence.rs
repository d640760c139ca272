//! What a passage rests on: the prompts and facts whose variables it names and that
//! have something known behind them.

use super::{context::FACTS, templates::Passage as Template, words};
use crate::{
    case::{Answer, AnswerState, CaseFile, InformationSource, Visibility},
    interview::Interview,
};

/// Something a passage rests on.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Evidence {
    /// Place in the case file: `answers.strengths`, `hearing`, `proposal`.
    pub place: String,
    /// Prompt id, where a prompt asks for it.
    pub prompt: Option<String>,
    /// Name for the author.
    pub label: String,
    /// Where the information comes from, in words; empty where nobody has said.
    pub sources: Vec<String>,
    /// True where any source was verified.
    pub verified: bool,
}

/// A case, as evidence is looked for in it.
pub(super) struct Ground<'a> {
    pub case: &'a CaseFile,
    pub interview: &'a Interview,
}

impl Ground<'_> {
    /// What a passage rests on: each variable it names that has something known
    /// behind it.
    pub(super) fn evidence(&self, template: &Template, repeated: Option<&str>) -> Vec<Evidence> {
        let mut found: Vec<Evidence> = Vec::new();
        let prompts = self.interview.prompts().map(|(_, p)| p);
        for prompt in prompts {
            let named = template.variables.contains(&prompt.id.replace('-', "_"));
            if !named && repeated != Some(prompt.id.as_str()) {
                continue;
            }
            if prompt.is_answer() {
                let answer = self.case.answer(&prompt.id).filter(|a| speaks(a));
                found.extend(answer.map(|a| Evidence {
                    place: prompt.path(),
                    prompt: Some(prompt.id.clone()),
                    label: prompt.short.clone(),
                    sources: a.sources.iter().map(source_words).collect(),
                    verified: a.sources.iter().any(|s| s.verified == Some(true)),
                }));
            } else if self.has(&prompt.place) {
                found.push(fact_evidence(
                    &prompt.place,
                    Some(&prompt.id),
                    &prompt.short,
                ));
            }
        }
        for (name, place) in FACTS {
            let already = found.iter().any(|e| e.place == place);
            if place.is_empty() || already || !template.variables.contains(name) || !self.has(place)
            {
                continue;
            }
            let prompt = self
                .interview
                .prompts()
                .map(|(_, p)| p)
                .find(|p| p.place == place);
            let label = prompt.map_or_else(
                || words::capital(&name.replace('_', " ")),
                |p| p.short.clone(),
            );
            found.push(fact_evidence(place, prompt.map(|p| p.id.as_str()), &label));
        }
        found
    }

    fn has(&self, place: &str) -> bool {
        let empty = CaseFile::new();
        let (mine, none) = (self.case, &empty);
        match place.split('.').next().unwrap_or_default() {
            "woman" => mine.woman != none.woman,
            "hearing" => mine.hearing != none.hearing,
            "offences" => !mine.offences.is_empty(),
            "existing_orders" => !mine.existing_orders.is_empty(),
            "author" => mine.author != none.author,
            "proposal" => mine.proposal != none.proposal,
            "services" => !mine.services.is_empty(),
            "enquiries" => !mine.enquiries.is_empty(),
            "week" => !mine.week.is_empty(),
            "answers" => !mine.answers.is_empty(),
            "format" => true,
            _ => false,
        }
    }
}

fn fact_evidence(place: &str, prompt: Option<&str>, label: &str) -> Evidence {
    Evidence {
        place: place.to_owned(),
        prompt: prompt.map(str::to_owned),
        label: label.to_owned(),
        sources: Vec::new(),
        verified: false,
    }
}

/// True where an answer has something the report may rest on: a value, or her
/// choice not to say.
fn speaks(answer: &Answer) -> bool {
    answer.for_report().is_some()
        || (answer.is_settled()
            && answer.visibility == Visibility::InReport
            && !matches!(
                answer.state,
                AnswerState::Answered | AnswerState::KnownFromRecord
            ))
}

fn source_words(source: &InformationSource) -> String {
    let mut text = words::capital(words::information(source.kind));
    if let Some(detail) = &source.detail {
        text = format!("{text}: {detail}");
    }
    if let Some(on) = source.on {
        text = format!("{text}, {}", words::date(on));
    }
    match source.verified {
        Some(true) => text + " (verified)",
        Some(false) => text + " (not verified)",
        None => text,
    }
}
