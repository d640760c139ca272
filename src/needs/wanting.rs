//! Which answers say what she needs of a service, from
//! `report-templates/interview/wants.toml`, and what they say of this woman.
//!
//! Lives here: reading and checking the file, and reading a case by it. Not here: any
//! reason in words, which is the file's, or what is done with it (`directory`). What
//! is asked of a service in a new way is a field of [`Asks`] and of [`Wants`].

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use toml::Spanned;

use super::{Wants, Wish, checking};
use crate::{
    case::{CaseFile, Visibility},
    content::{ContentError, ContentFiles, line_of},
    interview::{Held, Interview, Prompt},
};

/// The file.
pub const FILE: &str = "report-templates/interview/wants.toml";

/// Which answers say what she needs of a service.
#[derive(Debug, Clone, Default)]
pub struct WantRules {
    wants: Vec<Rule>,
    ages: Vec<AgeRule>,
    week: WeekRule,
    /// Each term that is asked for, with its line: for whoever knows the terms.
    terms: Vec<(String, usize)>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    want: Vec<Spanned<Rule>>,
    #[serde(default)]
    age: Vec<Spanned<AgeRule>>,
    week: Spanned<WeekRule>,
}

/// One thing to look for, and the answers that say so.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rule {
    looks_for: String,
    because: String,
    pub(super) when: Vec<Says>,
    #[serde(default)]
    women_only: Wish,
    #[serde(default)]
    childcare: Wish,
    #[serde(default)]
    children_with_her: Wish,
    #[serde(default)]
    travel_hard: bool,
    #[serde(default)]
    access: Vec<String>,
    #[serde(default)]
    specialist: Vec<String>,
    #[serde(default)]
    languages: bool,
    #[serde(default)]
    avoid: bool,
}

/// What an answer must say.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Says {
    pub(super) prompt: String,
    #[serde(default)]
    pub(super) field: String,
    #[serde(default)]
    pub(super) is: Vec<String>,
    #[serde(default)]
    pub(super) more_than: Option<i64>,
}

/// What her age says.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct AgeRule {
    looks_for: String,
    because: String,
    prompt: String,
    /// Years: she is younger.
    under: u8,
    specialist: Vec<String>,
}

/// What her week says.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct WeekRule {
    looks_for: String,
    because: String,
    prompt: String,
}

/// One reason the search is steered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Steer {
    /// What is looked for.
    pub looks_for: String,
    /// Why, to go on from *because*.
    pub because: String,
    /// The prompt that says so.
    pub prompt: String,
    /// True where the answer is kept on the record: then this must not leave.
    pub record_only: bool,
}

/// What is looked for, and why.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// What is looked for.
    pub wants: Wants,
    /// Why, in the order of the file.
    pub because: Vec<Steer>,
}

impl WantRules {
    /// Reads and checks the file.
    ///
    /// # Errors
    /// A prompt, field or option that the interview does not have, or a rule that asks
    /// nothing: each with its line, the reason, and the nearest name there is.
    pub fn load(files: &ContentFiles, interview: &Interview) -> Result<Self, Vec<ContentError>> {
        let file: File = files.toml(FILE).map_err(|e| vec![e])?;
        let text = files.text(FILE).map_err(|e| vec![e])?;
        let mut found = Vec::new();
        let mut terms = Vec::new();
        for rule in &file.want {
            let line = line_of(text, rule.span().start);
            let rule = rule.get_ref();
            let reasons = checking::rule(rule, interview).into_iter();
            found.extend(reasons.map(|reason| (line, reason)));
            if !rule.asks_something() {
                let reason = "it asks nothing of a service; say what, such as `travel_hard = true`";
                found.push((line, reason.to_owned()));
            }
            let named = rule.access.iter().chain(&rule.specialist);
            terms.extend(named.map(|term| (term.clone(), line)));
        }
        let ages = file.age.iter().map(|a| (a, &a.get_ref().prompt));
        for (rule, prompt) in ages {
            let line = line_of(text, rule.span().start);
            found.extend(checking::prompt(prompt, interview).map(|r| (line, r)));
            let named = rule.get_ref().specialist.iter();
            terms.extend(named.map(|term| (term.clone(), line)));
        }
        let line = line_of(text, file.week.span().start);
        let week = &file.week.get_ref().prompt;
        found.extend(checking::prompt(week, interview).map(|r| (line, r)));
        if !found.is_empty() {
            let fault = |(line, reason)| ContentError::new(FILE, Some(line), reason);
            return Err(found.into_iter().map(fault).collect());
        }
        Ok(Self {
            wants: file.want.into_iter().map(Spanned::into_inner).collect(),
            ages: file.age.into_iter().map(Spanned::into_inner).collect(),
            week: file.week.into_inner(),
            terms,
        })
    }

    /// The terms of the published taxonomies that are asked for, each with its line in
    /// [`FILE`]: whoever knows the taxonomies checks them.
    pub fn terms(&self) -> impl Iterator<Item = (&str, usize)> {
        self.terms.iter().map(|(term, line)| (term.as_str(), *line))
    }
}

impl Rule {
    fn asks_something(&self) -> bool {
        let wishes = [self.women_only, self.childcare, self.children_with_her];
        wishes.iter().any(|wish| *wish != Wish::Open)
            || self.travel_hard
            || self.languages
            || self.avoid
            || !self.access.is_empty()
            || !self.specialist.is_empty()
    }

    fn lay_over(&self, wants: &mut Wants, first: &Value) {
        wants.women_only = wants.women_only.max(self.women_only);
        wants.childcare = wants.childcare.max(self.childcare);
        wants.children_with_her = wants.children_with_her.max(self.children_with_her);
        wants.travel_hard |= self.travel_hard;
        add(&mut wants.access, &self.access);
        add(&mut wants.specialist, &self.specialist);
        if self.languages {
            add(&mut wants.languages, &texts(first));
        }
        if self.avoid {
            add(&mut wants.avoid, &texts(first));
        }
    }
}

/// What the answers say she needs of a service. Only prompts that she is asked count,
/// whatever their visibility; `today` counts her age where no hearing is set.
#[must_use]
pub fn wants(
    case: &CaseFile,
    interview: &Interview,
    rules: &WantRules,
    today: NaiveDate,
) -> Wanted {
    let asked = interview.asked_part(case);
    let held = Held::of(&asked);
    let mut wanted = Wanted::default();
    for rule in &rules.wants {
        let said: Option<Vec<(&Prompt, Value)>> = rule
            .when
            .iter()
            .map(|says| said(says, interview, &held))
            .collect();
        let Some((prompt, first)) = said.and_then(|said| said.into_iter().next()) else {
            continue;
        };
        rule.lay_over(&mut wanted.wants, &first);
        let kept = |says: &Says| is_kept(says, &asked, interview);
        wanted.because.push(Steer {
            looks_for: rule.looks_for.clone(),
            because: rule.because.clone(),
            prompt: prompt.id.clone(),
            record_only: rule.when.iter().any(kept),
        });
    }
    let on = asked.hearing.date.unwrap_or(today);
    let age = asked.woman.date_of_birth.and_then(|b| on.years_since(b));
    for rule in &rules.ages {
        if age.is_some_and(|age| age < rule.under.into()) {
            add(&mut wanted.wants.specialist, &rule.specialist);
            wanted
                .because
                .push(steer(&rule.looks_for, &rule.because, &rule.prompt));
        }
    }
    if !asked.week.is_empty() {
        wanted.wants.busy = asked.week.iter().map(|c| c.slot.clone()).collect();
        let week = &rules.week;
        wanted
            .because
            .push(steer(&week.looks_for, &week.because, &week.prompt));
    }
    wanted
}

fn steer(looks_for: &str, because: &str, prompt: &str) -> Steer {
    Steer {
        looks_for: looks_for.to_owned(),
        because: because.to_owned(),
        prompt: prompt.to_owned(),
        record_only: false,
    }
}

/// The prompt and what it holds, where that is what the rule is about.
fn said<'i>(says: &Says, interview: &'i Interview, held: &Held<'_>) -> Option<(&'i Prompt, Value)> {
    let prompt = interview.prompt(&says.prompt)?;
    let whole = held.value(prompt)?;
    let value = match says.field.as_str() {
        "" => whole,
        field => field
            .split('.')
            .try_fold(&whole, |at, part| at.get(part))?
            .clone(),
    };
    let holds = match says.more_than {
        Some(least) => value.as_i64().is_some_and(|n| n > least),
        None if says.is.is_empty() => !texts(&value).is_empty(),
        None => texts(&value).iter().any(|id| says.is.contains(id)),
    };
    holds.then_some((prompt, value))
}

/// True where what the rule rests on stays on the record.
fn is_kept(says: &Says, case: &CaseFile, interview: &Interview) -> bool {
    let answer = case.answer(&says.prompt);
    let prompt = interview.prompt(&says.prompt);
    answer.is_some_and(|a| a.visibility != Visibility::InReport)
        || prompt.is_some_and(|p| p.field(&says.field).is_some_and(|f| f.record_only))
}

/// The texts of a value: itself, its items, or `yes` and `no`.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => {
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            lines.map(str::to_owned).collect()
        }
        Value::Bool(yes) => vec![if *yes { "yes" } else { "no" }.to_owned()],
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

fn add(list: &mut Vec<String>, more: &[String]) {
    for one in more {
        if !list.contains(one) {
            list.push(one.clone());
        }
    }
}

#[cfg(test)]
mod tests;
