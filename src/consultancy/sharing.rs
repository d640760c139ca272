//! What may travel to a centre, filled in from the case file.
//!
//! Lives here: the rows of `sharing.toml` and their filling. An answer that is kept on the
//! record, or passed on, is never filled in, and no address is ever read. Not here: what
//! the author then ticks and types.

use serde::Deserialize;
use serde_json::Value;

use crate::{
    case::{Answer, CaseFile, Visibility},
    english::{AboutHer, capital, day},
    needs::Need,
};

/// A `from` that stands for her needs, theme by theme.
const NEEDS: &str = "needs";

/// A field that may travel.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SharingField {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub label: AboutHer,
    /// Why the centre needs it.
    pub why: String,
    /// Places in the case file that it is filled in from.
    #[serde(default)]
    pub from: Vec<String>,
    /// What stands between several places; a new line where it is not given.
    #[serde(default)]
    pub joined: Option<String>,
    /// Ticked at the start.
    #[serde(default)]
    pub needed: bool,
    /// What is said beside it where it can do harm.
    #[serde(default)]
    pub warn: String,
    /// Longest text, in characters.
    pub max: u32,
}

impl SharingField {
    /// What is wrong with it as content; none where nothing is.
    pub(super) fn unfit(&self) -> Option<String> {
        let blank = |text: &str| text.trim().is_empty();
        if blank(&self.id) || blank(&self.label) || blank(&self.why) {
            return Some(format!("`{}` needs an id, a label and why", self.id));
        }
        let address = self.from.iter().find(|from| from.contains("address"));
        address.map(|from| {
            format!(
                "`{}` may not be filled in from `{from}`: no address travels",
                self.id
            )
        })
    }
}

/// A field as it is offered to the author for one case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered<'t> {
    /// The field.
    pub field: &'t SharingField,
    /// What it is filled in with; empty where nothing is known or it is kept off.
    pub text: String,
    /// True where it travels unless the author says otherwise.
    pub ticked: bool,
    /// True where what is known is kept on the record or was passed on.
    pub kept_off: bool,
}

/// Every field for one case. `needs` are those that may be spoken of in a report; `theme`
/// names one by its id.
pub fn offered<'t>(
    fields: &'t [SharingField],
    case: &CaseFile,
    needs: &[Need],
    theme: impl Fn(&str) -> String,
) -> Vec<Offered<'t>> {
    let facts = facts(case);
    let filled = fields.iter().map(|field| {
        let mut kept_off = false;
        let mut parts = Vec::new();
        for from in &field.from {
            if from == NEEDS {
                parts.extend(
                    needs
                        .iter()
                        .filter(|n| n.in_report)
                        .map(|n| need(n, &theme)),
                );
                continue;
            }
            match read(case, &facts, from) {
                Read::Text(text) => parts.push(text),
                Read::KeptOff => kept_off = true,
                Read::Nothing => {}
            }
        }
        let text = parts.join(field.joined.as_deref().unwrap_or("\n"));
        Offered {
            field,
            ticked: field.needed && !kept_off,
            text,
            kept_off,
        }
    });
    filled.collect()
}

/// The case without anything that could hold an address.
fn facts(case: &CaseFile) -> Value {
    let mut facts = serde_json::to_value(case).unwrap_or_default();
    if let Some(woman) = facts.get_mut("woman").and_then(Value::as_object_mut) {
        woman.remove("address");
    }
    facts
}

enum Read {
    Text(String),
    KeptOff,
    Nothing,
}

fn read(case: &CaseFile, facts: &Value, from: &str) -> Read {
    if let Some(rest) = from.strip_prefix("answers.") {
        let id = rest.split('.').next().unwrap_or(rest);
        let Some(answer) = case.answer(id) else {
            return Read::Nothing;
        };
        if answer.visibility != Visibility::InReport {
            return kept_off(answer);
        }
        if answer.known().is_none() {
            return Read::Nothing;
        }
    }
    let at = from.split('.').try_fold(facts, |at, part| at.get(part));
    let text = at.map(words).unwrap_or_default();
    if text.is_empty() {
        Read::Nothing
    } else {
        Read::Text(text)
    }
}

fn kept_off(answer: &Answer) -> Read {
    match answer.known() {
        Some(_) => Read::KeptOff,
        None => Read::Nothing,
    }
}

/// A text as it stands; a day and a choice in words.
fn words(value: &Value) -> String {
    let Some(text) = value.as_str().map(str::trim) else {
        return String::new();
    };
    if let Ok(date) = text.parse() {
        return day(date);
    }
    let is_id = text.contains('-') && text.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    if is_id {
        return capital(&text.replace('-', " "));
    }
    text.to_owned()
}

fn need(need: &Need, theme: impl Fn(&str) -> String) -> String {
    let mut line = format!(
        "{}: {}",
        theme(&need.theme),
        need.level.label().to_lowercase()
    );
    if let Some(wants) = need
        .wants
        .as_deref()
        .map(str::trim)
        .filter(|w| !w.is_empty())
    {
        line.push_str(". She would like: ");
        line.push_str(wants);
    }
    line
}
