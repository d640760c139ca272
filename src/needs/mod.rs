//! What the answers say she needs, theme by theme, and the strengths an order can
//! build on.
//!
//! Lives here: reading needs and strengths out of answers. Not here: any wording or
//! level, which are data (`themes.toml`, `fields.toml`), nor the services that meet
//! them (`directory`). A new theme is one entry in `themes.toml` and one prompt that
//! names it; nothing changes here.

mod checking;
mod wanting;
mod wants;

use std::cmp::Reverse;

use serde::Serialize;
use serde_json::Value;

pub use self::{
    wanting::{FILE as WANTS_FILE, Steer, WantRules, Wanted, wants},
    wants::{Wants, Wish},
};
use crate::{
    case::{CaseFile, Visibility},
    interview::{Held, Interview, Prompt},
};

/// How much of a need there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// A low level of need.
    Low,
    /// A medium level of need.
    Medium,
    /// A high level of need.
    High,
}

impl Level {
    /// The level of an option id; `None` for `none` and anything unknown.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        match id {
            "low" => Some(Self::Low),
            "medium" => Some(Self::Medium),
            "high" => Some(Self::High),
            _ => None,
        }
    }

    /// The word on a page.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Low => "Low",
            Self::Medium => "Medium",
            Self::High => "High",
        }
    }
}

/// Whether a need is linked to the offending.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Linked {
    /// It is.
    Yes,
    /// It is not.
    No,
    /// Not clear, or not said.
    #[default]
    Unclear,
}

impl Linked {
    fn from_id(id: &str) -> Self {
        match id {
            "yes" => Self::Yes,
            "no" => Self::No,
            _ => Self::Unclear,
        }
    }
}

/// One need.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Need {
    /// Theme id.
    pub theme: String,
    /// The prompt that tells of it.
    pub prompt: String,
    /// How much of a need.
    pub level: Level,
    /// Whether it is linked to the offending.
    pub linked: Linked,
    /// Where she stands on change: an id of the described scale.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub motivation: Option<String>,
    /// What is happening.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub circumstances: Option<String>,
    /// How it is linked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub how: Option<String>,
    /// What helps.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub helps: Option<String>,
    /// What gets in the way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub barriers: Option<String>,
    /// A phrase of hers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub her_words: Option<String>,
    /// What she would like.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wants: Option<String>,
    /// False where the answer stays on the record: then even that there is such a
    /// need must not leave.
    pub in_report: bool,
}

/// Needs that may be spoken of in the report, in the order of the themes.
#[must_use]
pub fn needs(case: &CaseFile, interview: &Interview) -> Vec<Need> {
    let all = needs_on_record(case, interview);
    all.into_iter().filter(|need| need.in_report).collect()
}

/// Every need, those kept on the record too: for the author's own screen, so that a
/// service can be found for what the report does not mention. Never for export.
#[must_use]
pub fn needs_on_record(case: &CaseFile, interview: &Interview) -> Vec<Need> {
    let held = Held::of(case);
    let themes = interview.themes.iter();
    themes
        .filter_map(|theme| {
            let (_, prompt) = interview.prompts().find(|(_, p)| p.theme == theme.id)?;
            let open = interview.open_in(prompt, &held);
            open.then(|| need(prompt, &held)).flatten()
        })
        .collect()
}

fn need(prompt: &Prompt, held: &Held<'_>) -> Option<Need> {
    let value = held.value(prompt)?;
    let text = |field: &str| {
        let text = value.get(field).and_then(Value::as_str)?.trim();
        (!text.is_empty()).then(|| text.to_owned())
    };
    let answer = held.case().answer(&prompt.id);
    Some(Need {
        theme: prompt.theme.clone(),
        prompt: prompt.id.clone(),
        level: Level::from_id(&text("level")?)?,
        linked: text("linked").map_or(Linked::Unclear, |id| Linked::from_id(&id)),
        motivation: text("motivation"),
        circumstances: text("circumstances"),
        how: text("how"),
        helps: text("helps"),
        barriers: text("barriers"),
        her_words: text("her_words"),
        wants: text("wants"),
        in_report: answer.is_some_and(|a| a.visibility == Visibility::InReport),
    })
}

/// Section of the interview that gathers her strengths.
const STRENGTHS: &str = "strengths";

/// One strength, or one thing that has worked or that she hopes for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Strength {
    /// The prompt that tells of it.
    pub prompt: String,
    /// The answer.
    pub text: String,
}

/// Her strengths as the report may give them, in page order.
#[must_use]
pub fn strengths(case: &CaseFile, interview: &Interview) -> Vec<Strength> {
    let prompts = interview.section(STRENGTHS).map_or(&[][..], |s| &s.prompts);
    prompts
        .iter()
        .filter_map(|prompt| {
            let text = case.answer(&prompt.id)?.for_report()?.as_str()?.trim();
            (!text.is_empty()).then(|| Strength {
                prompt: prompt.id.clone(),
                text: text.to_owned(),
            })
        })
        .collect()
}

/// Needs with the most pressing first: what is linked to the offending, then by level,
/// then in the order of the themes.
#[must_use]
pub fn pressing_first(mut needs: Vec<Need>) -> Vec<Need> {
    needs.sort_by_key(|need| (need.linked != Linked::Yes, Reverse(need.level)));
    needs
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{
        case::{from_json, from_value},
        content::ContentFiles,
    };

    fn pack() -> Interview {
        Interview::load(&ContentFiles::embedded().unwrap()).unwrap()
    }

    fn angela() -> CaseFile {
        from_json(include_str!("../../tests/cases/angela.json")).unwrap()
    }

    #[test]
    fn angelas_needs_come_in_the_order_of_the_themes_with_level_and_link() {
        let needs = needs(&angela(), &pack());
        let told: Vec<(&str, Level, Linked)> = needs
            .iter()
            .map(|n| (n.theme.as_str(), n.level, n.linked))
            .collect();
        assert_eq!(
            told,
            [
                ("accommodation", Level::Low, Linked::No),
                ("employment", Level::Medium, Linked::No),
                ("finance", Level::Low, Linked::No),
                ("dependency", Level::High, Linked::Yes),
                ("family", Level::Low, Linked::No),
                ("lifestyle", Level::Medium, Linked::Yes),
                ("wellbeing", Level::Medium, Linked::Yes),
                ("inclusion", Level::Low, Linked::No),
                ("safety", Level::Medium, Linked::Yes),
            ]
        );
        assert_eq!(needs[3].motivation.as_deref(), Some("wants-with-help"));
    }

    #[test]
    fn a_theme_without_need_or_without_answer_is_no_need() {
        let case = from_value(json!({"foreword_case": 1, "answers": {
            "need-finance": {"value": {"level": "none"}},
            "need-family": {"state": "prefers-not-to-say"}}}))
        .unwrap();
        assert_eq!(needs(&case, &pack()), Vec::new());
    }

    #[test]
    fn a_need_kept_on_the_record_is_found_only_by_its_own_name() {
        let mut case = angela();
        let kept = case.answers.get_mut("need-dependency").unwrap();
        kept.visibility = Visibility::RecordOnly;
        let is_it = |n: &Need| n.theme == "dependency";
        assert!(!needs(&case, &pack()).iter().any(is_it));
        assert!(needs_on_record(&case, &pack()).iter().any(is_it));
    }

    #[test]
    fn a_need_behind_a_closed_branch_is_not_a_need_until_it_opens_again() {
        let answers = |experienced: &str| {
            from_value(json!({"foreword_case": 1, "answers": {
                "exploitation": {"value": {"experienced": experienced}},
                "need-exploitation": {"value": {"level": "high"}}}}))
            .unwrap()
        };
        assert_eq!(needs(&answers("no"), &pack()), Vec::new());
        assert_eq!(needs(&answers("yes"), &pack()).len(), 1);
    }

    #[test]
    fn strengths_leave_out_what_stays_on_the_record() {
        let mut case = angela();
        assert_eq!(strengths(&case, &pack()).len(), 4);
        case.answers.get_mut("hopes").unwrap().visibility = Visibility::RecordOnly;
        assert_eq!(strengths(&case, &pack()).len(), 3);
    }
}
