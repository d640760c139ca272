//! Answers as templates see them: one shape for every prompt and field.
//!
//! | Member | Holds |
//! | --- | --- |
//! | `given` | true where there is something that may be used in the report |
//! | `declined` | true where she prefers not to say |
//! | `not_asked` | true where it was not asked, for safety or time |
//! | `text` | the answer in words, escaped when printed |
//! | `paragraphs` | the same with its paragraphs kept |
//! | `id`, `ids` | option id, or ids |
//! | `items` | labels of the chosen options, lines, or records |
//! | `source` | `police information`, `her account and probation records` |
//! | `unverified` | true where a source says it was not verified |
//!
//! A group also has its fields by name, each of this same shape.

use std::{collections::BTreeMap, sync::LazyLock};

use serde_json::Value as Json;
use tera::{Value, value::Key};

use super::{document, named::Asked, words};
use crate::{
    case::{Answer, AnswerState, Visibility},
    english::Pronouns,
    interview::{Choice, Field, Kind, Prompt},
};

/// The members of a value, by name. Not a hash map: Tera makes its own of either, and so
/// each name is hashed once.
pub(super) type Members = BTreeMap<Key<'static>, Value>;

/// A prompt with nothing said, and for records one of them.
pub(super) fn blank(prompt: &Prompt) -> Members {
    let mut shown = BLANK.clone();
    if matches!(prompt.kind, Kind::Group | Kind::Records) {
        for field in prompt.fields.iter().filter(|f| !f.record_only) {
            shown.insert(member(field).into(), NOTHING.clone());
        }
    }
    shown
}

/// What a template sees of a prompt at which nothing is said, whose blank shape is known.
pub(super) fn nothing(prompt: &Prompt, blank: &Members) -> Value {
    match prompt.kind {
        Kind::Records => NOTHING.clone(),
        _ => Value::from(blank.clone()),
    }
}

/// An answer, in its prompt's shape.
pub(super) fn answer(asked: &Asked, answer: &Answer, pronouns: Pronouns) -> Members {
    let mut shown = fact(asked, answer.for_report(), pronouns);
    if answer.visibility != Visibility::InReport {
        return shown;
    }
    put(
        &mut shown,
        "declined",
        answer.state == AnswerState::PrefersNotToSay,
    );
    let not_asked = matches!(
        answer.state,
        AnswerState::NotAskedUnsafe | AnswerState::NotAskedNoTime
    );
    put(&mut shown, "not_asked", not_asked);
    let mut names = Vec::new();
    for source in &answer.sources {
        let name = pronouns.say(words::information(source.kind));
        if !names.contains(&name) {
            names.push(name);
        }
    }
    put(&mut shown, "source", words::and_list(&names));
    let unverified = answer.sources.iter().any(|s| s.verified == Some(false));
    put(&mut shown, "unverified", unverified);
    shown
}

/// A typed fact, in its prompt's shape.
pub(super) fn fact(asked: &Asked, value: Option<&Json>, pronouns: Pronouns) -> Members {
    let prompt = &asked.prompt;
    let Some(value) = value.filter(|v| !v.is_null()) else {
        return match prompt.kind {
            Kind::Records => BLANK.clone(),
            _ => asked.blank.clone(),
        };
    };
    match prompt.kind {
        Kind::Group => group(asked, value, pronouns),
        Kind::Records => {
            let records = value.as_array().into_iter().flatten();
            let records: Vec<Value> = records
                .map(|r| Value::from(group(asked, r, pronouns)))
                .collect();
            let mut shown = BLANK.clone();
            put(&mut shown, "given", !records.is_empty());
            put(&mut shown, "items", records);
            shown
        }
        kind => single(kind, &prompt.options, value, pronouns),
    }
}

fn group(asked: &Asked, value: &Json, pronouns: Pronouns) -> Members {
    let mut shown = asked.blank.clone();
    let mut any = false;
    for field in asked.prompt.fields.iter().filter(|f| !f.record_only) {
        let value = field.id.split('.').try_fold(value, |at, part| at.get(part));
        if let Some(value) = value.filter(|v| !v.is_null()) {
            any = true;
            let inner = single(field.kind, &field.options, value, pronouns);
            shown.insert(member(field).into(), inner.into());
        }
    }
    put(&mut shown, "given", any);
    shown
}

/// The name of a field's member.
fn member(field: &Field) -> String {
    field.id.replace(['-', '.'], "_")
}

fn single(kind: Kind, options: &[Choice], value: &Json, pronouns: Pronouns) -> Members {
    let mut shown = BLANK.clone();
    if let (Kind::Text | Kind::Line, Some(text)) = (kind, value.as_str()) {
        put(&mut shown, "given", !text.trim().is_empty());
        let paragraphs = document::escape_paragraphs(text);
        put(&mut shown, "paragraphs", Value::safe_string(&paragraphs));
        put(&mut shown, "text", text);
        return shown;
    }
    let ids: Vec<String> = match value {
        Json::Array(items) => items.iter().map(plain).collect(),
        Json::Bool(yes) => vec![if *yes { "yes" } else { "no" }.to_owned()],
        other => vec![plain(other)],
    };
    let labels: Vec<String> = ids
        .iter()
        .map(|id| label(kind, options, id, pronouns))
        .collect();
    let text = words::and_list(&labels);
    put(&mut shown, "given", !text.trim().is_empty());
    put(
        &mut shown,
        "paragraphs",
        Value::safe_string(&document::escape_paragraphs(&text)),
    );
    put(&mut shown, "text", text);
    put(&mut shown, "id", ids.first().cloned().unwrap_or_default());
    put(&mut shown, "ids", values(ids));
    put(&mut shown, "items", values(labels));
    shown
}

fn label(kind: Kind, options: &[Choice], id: &str, pronouns: Pronouns) -> String {
    if kind == Kind::Date {
        return id.parse().map_or_else(|_| id.to_owned(), words::date);
    }
    options.iter().find(|o| o.id == id).map_or_else(
        || id.to_owned(),
        |o| {
            if o.prints.is_empty() {
                o.label.clone()
            } else {
                o.prints.of(pronouns).into_owned()
            }
        },
    )
}

fn plain(value: &Json) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn values(items: Vec<String>) -> Vec<Value> {
    items.into_iter().map(Value::from).collect()
}

/// Every member, with nothing in it: made once, because copying a map is far cheaper
/// than filling one.
static BLANK: LazyLock<Members> = LazyLock::new(|| {
    let mut shown = Members::new();
    for flag in ["given", "declined", "not_asked", "unverified"] {
        put(&mut shown, flag, false);
    }
    for text in ["text", "paragraphs", "id", "source"] {
        put(&mut shown, text, "");
    }
    put(&mut shown, "ids", Vec::<Value>::new());
    put(&mut shown, "items", Vec::<Value>::new());
    shown
});

/// Nothing given, in the shape of a single answer. Most fields of most cases are this,
/// so it is shared.
static NOTHING: LazyLock<Value> = LazyLock::new(|| Value::from(BLANK.clone()));

pub(super) fn put(map: &mut Members, key: &'static str, value: impl Into<Value>) {
    map.insert(key.into(), value.into());
}
