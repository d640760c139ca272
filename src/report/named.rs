//! What a passage names, found once when the pack is loaded: the prompts and facts
//! whose variables stand in its template.
//!
//! Lives here: names. Not here: values (`context`, `shown`) or what is known behind
//! them (`evidence`). A draft makes only the values that its passages name, so a new
//! prompt costs nothing where no passage speaks of it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use serde_json::Value as Json;
use tera::Value;

use super::{
    context::FACTS,
    shown::{self, Members},
};
use crate::{
    case::CaseFile,
    interview::{Interview, Kind, Prompt},
};

/// A prompt that passages may name.
#[derive(Debug)]
pub(super) struct Asked {
    pub prompt: Prompt,
    /// Its id with underscores.
    pub variable: String,
    /// Where it stands in the interview; evidence is listed in that order.
    pub order: usize,
    /// Its value where nothing is said; of records, the value of one.
    pub blank: Members,
    /// The same as a template sees it where nothing is said, shared by all drafts.
    pub nothing: Value,
}

/// A fact that passages may name.
#[derive(Debug, Clone)]
pub(super) struct Fact {
    pub name: &'static str,
    /// Place in the case file; empty where there is none to speak of.
    pub place: &'static str,
    /// The prompt that asks for the whole place.
    pub prompt: Option<Arc<Asked>>,
}

/// What one passage names, each in a fixed order.
#[derive(Debug, Clone, Default)]
pub(super) struct Named {
    pub prompts: Vec<Arc<Asked>>,
    pub facts: Vec<Fact>,
}

impl Named {
    /// True where an answer it names holds words that somebody typed.
    pub(super) fn hold_own_words(&self, case: &CaseFile) -> bool {
        let typed = |kind: Kind| matches!(kind, Kind::Text | Kind::Line | Kind::Lines);
        self.prompts.iter().any(|asked| {
            let prompt = &asked.prompt;
            let Some(value) = case.answer(&prompt.id).and_then(|a| a.for_report()) else {
                return false;
            };
            let given = |at: Option<&Json>| at.is_some_and(|v| !v.is_null());
            match prompt.kind {
                Kind::Records => true,
                Kind::Group => prompt
                    .fields
                    .iter()
                    .any(|f| typed(f.kind) && !f.record_only && given(value.get(&f.id))),
                kind => typed(kind),
            }
        })
    }
}

/// True for the prompt that an author is sent to about a fact's place: of the woman, the one
/// that asks for her name, since the whole place is asked for by several.
fn asks_for(prompt: &Prompt, place: &str) -> bool {
    match place {
        "woman" => prompt.place == "woman.name",
        place => prompt.place == place,
    }
}

/// Everything that a passage may name.
#[derive(Debug, Clone, Default)]
pub(super) struct Vocabulary {
    prompts: BTreeMap<String, Arc<Asked>>,
    facts: Vec<Fact>,
}

impl Vocabulary {
    pub(super) fn of(interview: &Interview) -> Self {
        let asked: Vec<Arc<Asked>> = interview
            .prompts()
            .enumerate()
            .map(|(order, (_, prompt))| {
                let blank = shown::blank(prompt);
                Arc::new(Asked {
                    prompt: prompt.clone(),
                    variable: prompt.id.replace('-', "_"),
                    order,
                    nothing: shown::nothing(prompt, &blank),
                    blank,
                })
            })
            .collect();
        let facts = FACTS.map(|(name, place)| Fact {
            name,
            place,
            prompt: asked.iter().find(|a| asks_for(&a.prompt, place)).cloned(),
        });
        Self {
            facts: facts.into(),
            prompts: asked.into_iter().map(|a| (a.variable.clone(), a)).collect(),
        }
    }

    pub(super) fn knows(&self, variable: &str) -> bool {
        self.prompts.contains_key(variable) || self.facts.iter().any(|f| f.name == variable)
    }

    /// Every name that a passage may use.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let prompts = self.prompts.keys().map(String::as_str);
        prompts.chain(self.facts.iter().map(|f| f.name))
    }

    /// What these variables name. Where a prompt and a fact have one name, evidence is
    /// looked for in both and the fact gives the value.
    pub(super) fn named(&self, variables: &BTreeSet<String>) -> Named {
        let mut prompts: Vec<Arc<Asked>> = variables
            .iter()
            .filter_map(|v| self.prompts.get(v).cloned())
            .collect();
        prompts.sort_by_key(|asked| asked.order);
        let facts = self.facts.iter();
        Named {
            prompts,
            facts: facts
                .filter(|f| variables.contains(f.name))
                .cloned()
                .collect(),
        }
    }

    /// A prompt by its id.
    pub(super) fn prompt(&self, id: &str) -> Option<&Arc<Asked>> {
        self.prompts.get(&id.replace('-', "_"))
    }
}
