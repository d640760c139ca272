//! A case in which every prompt of the real pack is answered, each with words that
//! occur nowhere else.
//!
//! Not here: what is proved with it (`branches`). A new kind of field is one arm of
//! [`Marked::field`].

use std::{collections::BTreeMap, sync::LazyLock};

use foreword::{
    case::{
        CaseFile, Format, Visibility, from_value,
        revision::{Write, apply},
    },
    content::ContentFiles,
    interview::{Field, Kind, Prompt},
    pack::Pack,
};
use serde_json::{Map, Value, json};

pub static PACK: LazyLock<Pack> =
    LazyLock::new(|| Pack::load(&ContentFiles::embedded().unwrap()).unwrap());

/// Chooses an option: of which prompt, which field, among how many.
pub type Choose<'a> = dyn FnMut(&Prompt, &Field) -> usize + 'a;

/// A case in which every prompt is answered, and the words each was answered with.
#[derive(Default)]
pub struct Marked {
    pub file: Value,
    /// Words that may stand in a report, by prompt.
    pub words: BTreeMap<String, Vec<String>>,
    /// Words that may stand in none, by prompt.
    never: BTreeMap<String, Vec<String>>,
    made: usize,
}

impl Marked {
    pub fn new(choose: &mut Choose<'_>) -> Self {
        let mut marked = Self {
            file: json!({"foreword_case": 1}),
            ..Self::default()
        };
        for (_, prompt) in PACK.interview.prompts() {
            if prompt.place != "format" {
                let value = marked.value(prompt, choose);
                marked.put(prompt, value);
            }
        }
        marked
    }

    pub fn put(&mut self, prompt: &Prompt, value: Value) {
        let value = match (prompt.is_answer(), value) {
            (false, value) | (true, value @ Value::Null) => value,
            (true, value) => json!({
                "value": value,
                "visibility": prompt.visibility,
                "sources": [{"kind": "her-account"}],
            }),
        };
        apply(&mut self.file, &Write::new(prompt.path(), value));
        drop_nulls(&mut self.file);
    }

    pub fn case(&self, format: Format) -> CaseFile {
        let mut case = from_value(self.file.clone()).unwrap();
        case.format = format;
        case
    }

    fn value(&mut self, prompt: &Prompt, choose: &mut Choose<'_>) -> Value {
        let mut whole = Value::Object(Map::new());
        for field in prompt.page_fields() {
            let value = self.field(prompt, &field, choose);
            if !matches!(prompt.kind, Kind::Group | Kind::Records) {
                return value;
            }
            put(&mut whole, &field.id, value);
        }
        if prompt.kind == Kind::Records {
            json!([whole])
        } else {
            whole
        }
    }

    fn field(&mut self, prompt: &Prompt, field: &Field, choose: &mut Choose<'_>) -> Value {
        let options = &field.options;
        let mut chosen = || options.get(choose(prompt, field)).map(|o| o.id.clone());
        match field.kind {
            // A date kept on the record is withheld wherever else it stands.
            Kind::Date if kept(prompt, field) => json!("2019-05-04"),
            Kind::Date => json!("2026-11-12"),
            Kind::Number => json!(field.least.unwrap_or(1)),
            Kind::Time => json!("09:30"),
            Kind::Area => json!("RG1"),
            Kind::Lines if field.dates => json!(["2026-11-12"]),
            Kind::Lines => json!([self.word(prompt, field)]),
            Kind::Choice if field.boolean => chosen().map_or(Value::Null, |id| json!(id == "yes")),
            Kind::Choice => json!(chosen()),
            Kind::Choices => chosen().map_or(Value::Null, |id| json!([id])),
            Kind::Line | Kind::Text => json!(format!("{}.", self.word(prompt, field))),
            Kind::Group | Kind::Records => Value::Null,
        }
    }

    /// A word that stands nowhere else.
    fn word(&mut self, prompt: &Prompt, field: &Field) -> String {
        self.made += 1;
        let letters =
            [676, 26, 1].map(|n| char::from(b'a' + u8::try_from(self.made / n % 26).unwrap()));
        let word = format!("zq{}zq", letters.iter().collect::<String>());
        let list = if kept(prompt, field) {
            &mut self.never
        } else {
            &mut self.words
        };
        list.entry(prompt.id.clone())
            .or_default()
            .push(word.clone());
        word
    }

    /// Words of prompts that this case is not asked, and those that never leave.
    pub fn unfit(&self, case: &CaseFile) -> Vec<(&str, &str)> {
        let asked: Vec<&str> = PACK
            .interview
            .visible_prompts(case)
            .iter()
            .map(|(_, p)| p.id.as_str())
            .collect();
        let closed = self
            .words
            .iter()
            .filter(|(id, _)| !asked.contains(&id.as_str()));
        closed
            .chain(&self.never)
            .flat_map(|(id, words)| words.iter().map(move |w| (id.as_str(), w.as_str())))
            .collect()
    }
}

/// True for what is in no report.
fn kept(prompt: &Prompt, field: &Field) -> bool {
    field.record_only || prompt.visibility != Visibility::InReport || prompt.place == "protected"
}

fn put(whole: &mut Value, name: &str, value: Value) {
    let mut at = whole;
    for part in name.split('.') {
        if !at.is_object() {
            *at = Value::Object(Map::new());
        }
        at = at
            .as_object_mut()
            .unwrap()
            .entry(part)
            .or_insert(Value::Null);
    }
    *at = value;
}

fn drop_nulls(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|_, v| !v.is_null());
            fields.values_mut().for_each(drop_nulls);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_nulls),
        _ => {}
    }
}

impl std::fmt::Debug for Marked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.file)
    }
}
