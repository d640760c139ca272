//! What a passage rests on: the prompts and facts whose variables it names and that
//! have something known behind them.

use std::sync::Arc;

use super::{
    named::{Asked, Named},
    words,
};
use crate::{
    case::{
        Answer, AnswerState, Author, CaseFile, Hearing, InformationSource, Proposal, Visibility,
        Woman,
    },
    english::Pronouns,
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

/// What a passage rests on: each prompt and fact it names that has something known
/// behind it, and the prompt it is repeated for.
pub(super) fn evidence(
    case: &CaseFile,
    named: &Named,
    repeated: Option<&Arc<Asked>>,
) -> Vec<Evidence> {
    let mut prompts: Vec<&Arc<Asked>> = named.prompts.iter().collect();
    if let Some(asked) = repeated
        && let Err(place) = prompts.binary_search_by_key(&asked.order, |a| a.order)
    {
        prompts.insert(place, asked);
    }
    let known = prompts.into_iter().filter_map(|a| of_prompt(case, a));
    let mut found: Vec<Evidence> = known.collect();
    for fact in &named.facts {
        let already = found.iter().any(|e| e.place == fact.place);
        if already || fact.place.is_empty() || !has(case, fact.place) {
            continue;
        }
        let prompt = fact.prompt.as_ref().map(|asked| &asked.prompt);
        let label = prompt.map_or_else(
            || words::capital(&fact.name.replace('_', " ")),
            |p| p.short.clone(),
        );
        let id = prompt.map(|p| p.id.as_str());
        found.push(fact_evidence(fact.place, id, &label));
    }
    found
}

fn of_prompt(case: &CaseFile, asked: &Asked) -> Option<Evidence> {
    let prompt = &asked.prompt;
    if !prompt.is_answer() {
        return has(case, &prompt.place)
            .then(|| fact_evidence(&prompt.place, Some(&prompt.id), &prompt.short));
    }
    let answer = case.answer(&prompt.id).filter(|a| speaks(a))?;
    Some(Evidence {
        place: prompt.path(),
        prompt: Some(prompt.id.clone()),
        label: prompt.short.clone(),
        sources: answer
            .sources
            .iter()
            .map(|source| source_words(source, case.woman.name.pronouns))
            .collect(),
        verified: answer.sources.iter().any(|s| s.verified == Some(true)),
    })
}

fn has(case: &CaseFile, place: &str) -> bool {
    match place.split('.').next().unwrap_or_default() {
        "woman" => case.woman != Woman::default(),
        "hearing" => case.hearing != Hearing::default(),
        "offences" => !case.offences.is_empty(),
        "existing_orders" => !case.existing_orders.is_empty(),
        "author" => case.author != Author::default(),
        "proposal" => case.proposal != Proposal::default(),
        "services" => !case.services.is_empty(),
        "assessments" => !case.assessments.is_empty(),
        "enquiries" => !case.enquiries.is_empty(),
        "week" => !case.week.is_empty(),
        "answers" => !case.answers.is_empty(),
        "format" => true,
        _ => false,
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

fn source_words(source: &InformationSource, pronouns: Pronouns) -> String {
    let mut text = words::capital(&pronouns.say(words::information(source.kind)));
    if let Some(detail) = &source.detail {
        text.push_str(": ");
        text.push_str(detail);
    }
    if let Some(on) = source.on {
        text.push_str(", ");
        text.push_str(&words::date(on));
    }
    text.push_str(match source.verified {
        Some(true) => " (verified)",
        Some(false) => " (not verified)",
        None => "",
    });
    text
}
