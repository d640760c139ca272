//! What stands beside a prompt: words to say, words to avoid, why it matters, what
//! good evidence looks like, and which frameworks it serves.
//!
//! Lives here: putting names to what the pack gives by id. Not here: any wording.

use serde::Serialize;

use crate::interview::{Interview, Prompt, Strand};

/// What stands beside a prompt.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Guidance {
    /// True where anything stands beside it.
    beside: bool,
    why: String,
    say: String,
    avoid: String,
    evidence: String,
    serves: Vec<Serves>,
    source: String,
}

/// What a prompt serves in one framework.
#[derive(Debug, Clone, Serialize)]
struct Serves {
    framework: &'static str,
    names: Vec<String>,
}

impl Guidance {
    /// The guidance of a prompt, with what it serves.
    #[must_use]
    pub fn of(prompt: &Prompt, interview: &Interview) -> Self {
        Self {
            serves: serves(prompt, interview),
            ..Self::words(prompt)
        }
    }

    /// The words alone: for the pages under a prompt's own.
    #[must_use]
    pub fn words(prompt: &Prompt) -> Self {
        let beside = [&prompt.why, &prompt.evidence, &prompt.source];
        Self {
            beside: beside.iter().any(|part| !part.is_empty()),
            why: prompt.why.clone(),
            say: prompt.say.clone(),
            avoid: prompt.avoid.clone(),
            evidence: prompt.evidence.clone(),
            serves: Vec::new(),
            source: prompt.source.clone(),
        }
    }
}

fn serves(prompt: &Prompt, interview: &Interview) -> Vec<Serves> {
    let ids = &prompt.serves;
    let themes = ids.themes.iter().filter_map(|id| interview.theme(id));
    let pathways = ids.pathways.iter().filter_map(|id| interview.pathway(id));
    let targets = ids.targets.iter().filter_map(|id| interview.target(id));
    let questions = &interview.asking.questions;
    let questions = questions
        .iter()
        .filter(|q| ids.inspectorate.contains(&q.id));
    let of = |framework, names: Vec<String>| Serves { framework, names };
    let all = [
        of("Themes", themes.map(|t| t.name.to_string()).collect()),
        of("Pathways", pathways.map(named).collect()),
        of("Priority targets", targets.map(named).collect()),
        of(
            "Inspectorate's questions, paraphrased",
            questions.map(|q| q.name.clone()).collect(),
        ),
    ];
    all.into_iter().filter(|s| !s.names.is_empty()).collect()
}

/// A strand's name, marked where nobody has seen it in its source.
#[must_use]
pub fn named(strand: &Strand) -> String {
    if strand.verified {
        strand.name.clone()
    } else {
        format!("{} (name not confirmed)", strand.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::ContentFiles;

    #[test]
    fn what_a_prompt_serves_is_named_and_what_is_unconfirmed_is_said_to_be() {
        let interview = Interview::load(&ContentFiles::embedded().unwrap()).unwrap();
        let prompt = interview.prompt("need-safety").unwrap();
        let guidance = Guidance::of(prompt, &interview);
        let named = |framework: &str| {
            let found = guidance.serves.iter().find(|s| s.framework == framework);
            found.unwrap().names.join("; ")
        };
        assert_eq!(named("Themes"), "Safety from abuse");
        assert_eq!(named("Pathways"), "Abuse (name not confirmed)");
        assert!(named("Inspectorate's questions, paraphrased").contains("reoffending"));
    }
}
