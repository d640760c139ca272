//! Rows for the first weeks and for alternatives, made from the proposal, for an author
//! to take over or not.
//!
//! Lives here: which rows can be derived, and from what. Not here: their words, which
//! are `report-templates/report/suggestions.toml`, or adding one: only an author does.
//! What cannot be derived is not suggested. A kind of row more is a function more.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::words;
use crate::{
    case::{CaseFile, Indication, OrderKind, ProposedRequirement},
    content::{ContentError, ContentFiles},
    sentencing::{CaseDates, LawPack},
};

const FILE: &str = "report-templates/report/suggestions.toml";
/// How many weeks the first weeks are.
const WEEKS: u8 = 4;

/// The words of suggested rows.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SuggestionTexts {
    first_weeks: StepTexts,
    alternatives: AlternativeTexts,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct StepTexts {
    starts_at_once: Vec<String>,
    begins: String,
    continues: String,
    with: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct AlternativeTexts {
    leave_out: Vec<OrderKind>,
}

/// One row that may be taken over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggested {
    /// Where the case file keeps such rows.
    pub place: &'static str,
    /// The row, as far as it can be derived.
    pub record: Value,
    /// What it is about, in the fewest words.
    pub short: String,
    /// True where nothing is left to write.
    pub whole: bool,
}

impl Suggested {
    /// How many fields of a row say the same, where it is about the same thing: for a
    /// step its week, for an alternative its name.
    #[must_use]
    pub fn agrees(&self, row: &Value) -> usize {
        let of = |name: &str| self.record.get(name);
        let about = if of("week").is_some() { "week" } else { "what" };
        if of(about) != row.get(about) {
            return 0;
        }
        let fields = self.record.as_object().into_iter().flatten();
        fields.filter(|(name, v)| row.get(name) == Some(v)).count()
    }

    /// True where the rows already hold it: a step of that week that is the same or at
    /// the same place and time, or an alternative that names it.
    #[must_use]
    pub fn is_used(&self, rows: &[Value]) -> bool {
        let same = |row: &Value, name: &str| self.record.get(name) == row.get(name);
        let there = |row: &Value| same(row, "place") && same(row, "when");
        let is_step = self.record.get("when").is_some();
        rows.iter().any(|row| {
            if is_step {
                same(row, "week") && (same(row, "what") || there(row))
            } else {
                let what = row.get("what").and_then(Value::as_str).unwrap_or_default();
                plainly(what).contains(&plainly(&self.short))
            }
        })
    }
}

/// Words in small letters with one space around each.
fn plainly(text: &str) -> String {
    let small = text.to_lowercase();
    let words = small.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words.filter(|w| !w.is_empty()).collect();
    format!(" {} ", words.join(" "))
}

impl SuggestionTexts {
    /// Reads the texts.
    ///
    /// # Errors
    /// The file is missing, or a part of it is.
    pub fn load(files: &ContentFiles) -> Result<Self, Vec<ContentError>> {
        let texts: Self = files.toml(FILE).map_err(|e| vec![e])?;
        let steps = &texts.first_weeks;
        let wanted = [
            ("begins", &steps.begins, "{requirement}"),
            ("continues", &steps.continues, "{requirement}"),
            ("with", &steps.with, "{service}"),
        ];
        let lacking = wanted.iter().filter(|(_, text, part)| !text.contains(part));
        let faults: Vec<_> = lacking
            .map(|(name, _, part)| {
                let reason = format!("first_weeks.{name} has no {part}: put it where it belongs");
                ContentError::new(FILE, None, reason)
            })
            .collect();
        if faults.is_empty() {
            Ok(texts)
        } else {
            Err(faults)
        }
    }

    /// Every row that the case's proposal gives, used or not.
    #[must_use]
    pub fn suggested(&self, case: &CaseFile, law: &LawPack, dates: &CaseDates) -> Vec<Suggested> {
        let mut rows = self.steps(case, law, dates);
        rows.extend(self.alternatives(case, law, dates));
        rows
    }

    fn steps(&self, case: &CaseFile, law: &LawPack, dates: &CaseDates) -> Vec<Suggested> {
        let law = law.in_force(dates);
        let mut rows = Vec::new();
        for week in 1..=WEEKS {
            for requirement in &case.proposal.requirements {
                let name = law.requirement(&requirement.id).map(|r| r.short.as_str());
                let Some(name) = name.filter(|_| self.starts_at_once(requirement)) else {
                    continue;
                };
                rows.push(self.step(case, week, requirement, name));
            }
        }
        rows
    }

    /// True where the author has said when it falls in her week and that it starts in
    /// the first.
    fn starts_at_once(&self, requirement: &ProposedRequirement) -> bool {
        let starts = requirement.starts.as_deref().unwrap_or_default();
        let starts = starts.to_lowercase();
        let mut at_once = self.first_weeks.starts_at_once.iter();
        !requirement.slots.is_empty() && at_once.any(|words| starts.contains(words.as_str()))
    }

    fn step(&self, case: &CaseFile, week: u8, of: &ProposedRequirement, name: &str) -> Suggested {
        let texts = &self.first_weeks;
        let name = match &of.detail {
            Some(detail) => format!("{name} ({detail})"),
            None => name.to_owned(),
        };
        let what = if week == 1 {
            &texts.begins
        } else {
            &texts.continues
        };
        let what = words::capital(&what.replace("{requirement}", &name));
        let when: Vec<String> = of.slots.iter().map(words::slot).collect();
        let service = case
            .services
            .iter()
            .find(|s| Some(&s.id) == of.service.as_ref());
        let with = service.map(|s| texts.with.replace("{service}", &s.name));
        let mut record = Map::new();
        record.insert("week".into(), json!(week));
        record.insert("what".into(), json!(what));
        record.insert("when".into(), json!(when.join("; ")));
        let known = [("place", of.place.clone()), ("with", with)];
        for (name, text) in known {
            if let Some(text) = text {
                record.insert(name.into(), json!(text));
            }
        }
        Suggested {
            place: "proposal.first_weeks",
            record: Value::Object(record),
            short: name,
            whole: true,
        }
    }

    /// The sentences and requirements that are not proposed, by name; no custody where
    /// the court has said that it is not considered. Why not is the author's to write:
    /// no data says it.
    fn alternatives(&self, case: &CaseFile, law: &LawPack, dates: &CaseDates) -> Vec<Suggested> {
        use OrderKind::{CustodyUnavoidable, SuspendedSentenceOrder};
        let Some(proposed) = case.proposal.order else {
            return Vec::new();
        };
        let no_custody = case.hearing.indication == Some(Indication::CustodyNotConsidered);
        let open = |kind: OrderKind| {
            let custody = matches!(kind, SuspendedSentenceOrder | CustodyUnavoidable);
            kind != proposed
                && !(custody && no_custody)
                && !self.alternatives.leave_out.contains(&kind)
        };
        let orders = law.about.orders.iter().filter(|o| open(o.kind));
        let mine = |id: &str| case.proposal.requirements.iter().any(|r| r.id == id);
        let in_force = law.in_force(dates);
        let requirements = in_force.requirements(proposed).filter(|r| !mine(&r.id));
        let names = orders.map(|o| (&o.name, &o.name));
        let names = names.chain(requirements.map(|r| (&r.name, &r.short)));
        names
            .map(|(name, short)| Suggested {
                place: "proposal.alternatives",
                record: json!({ "what": words::capital(name) }),
                short: short.clone(),
                whole: false,
            })
            .collect()
    }
}

#[cfg(test)]
mod tests;
