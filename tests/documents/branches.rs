//! Every prompt of the real pack answered with words that occur nowhere else, and
//! every branch closed and opened again: what no open prompt asks is in no report of
//! any kind, and is back when the branch is.
//!
//! Lives here: the whole answered case and what it proves. To prove one more thing
//! of every prompt, write a test over [`Marked`].

use std::{collections::BTreeMap, sync::LazyLock};

use chrono::NaiveDate;
use foreword::{
    case::{
        CaseFile, Format, Visibility, from_value,
        revision::{Write, apply},
    },
    content::ContentFiles,
    interview::{Condition, Field, Kind, Prompt},
    pack::Pack,
    report::{Draft, document::Document, html, plain},
};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::read::Docx;

static PACK: LazyLock<Pack> =
    LazyLock::new(|| Pack::load(&ContentFiles::embedded().unwrap()).unwrap());

const OUTPUTS: &str = "2026-11-25T09:00:00Z";

fn today() -> NaiveDate {
    "2026-11-25".parse().unwrap()
}

/// Chooses an option: of which prompt, which field, among how many.
type Choose<'a> = dyn FnMut(&Prompt, &Field) -> usize + 'a;

/// A case in which every prompt is answered, and the words each was answered with.
#[derive(Default)]
struct Marked {
    file: Value,
    /// Words that may stand in a report, by prompt.
    words: BTreeMap<String, Vec<String>>,
    /// Words that may stand in none, by prompt.
    never: BTreeMap<String, Vec<String>>,
    made: usize,
}

impl Marked {
    fn new(choose: &mut Choose<'_>) -> Self {
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

    fn put(&mut self, prompt: &Prompt, value: Value) {
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

    fn case(&self, format: Format) -> CaseFile {
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
    fn unfit(&self, case: &CaseFile) -> Vec<(&str, &str)> {
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

fn draft(case: &CaseFile) -> Draft {
    PACK.draft(case, today()).unwrap().0
}

fn text(case: &CaseFile) -> String {
    plain::to_text(&Document::from_markdown(&draft(case).markdown())).to_lowercase()
}

/// The same report as web page and as Word file, every part of it.
fn other_outputs(case: &CaseFile) -> String {
    let page = html::to_html(&Document::from_markdown(&draft(case).markdown()), 1);
    let docx = PACK.docx(case, OUTPUTS.parse().unwrap()).unwrap();
    let parts: String = Docx::open(&docx).parts.into_values().collect();
    format!("{page}{parts}").to_lowercase()
}

/// Which option each choice takes, where something depends on it.
type Chosen = BTreeMap<(String, String), String>;

/// What opens a prompt: an option for each prompt that it waits for.
fn opens(prompt: &Prompt, chosen: &mut Chosen) {
    for condition in &prompt.when {
        let on = PACK.interview.prompt(&condition.prompt).unwrap();
        if let Some(option) = fitting(condition, on) {
            chosen.insert((on.id.clone(), condition.field.clone()), option);
        }
        opens(on, chosen);
    }
}

fn options<'a>(condition: &Condition, on: &'a Prompt) -> Vec<&'a str> {
    let options = match condition.field.as_str() {
        "" => &on.options,
        field => &on.field(field).unwrap().options,
    };
    options.iter().map(|o| o.id.as_str()).collect()
}

/// An option that meets the condition; none where any answer does.
fn fitting(condition: &Condition, on: &Prompt) -> Option<String> {
    let fit = |id: &&str| {
        (condition.is.is_empty() || condition.is.iter().any(|is| is == id))
            && !condition.is_not.iter().any(|is| is == id)
    };
    let options = options(condition, on);
    options.into_iter().find(fit).map(str::to_owned)
}

fn marked(chosen: &Chosen) -> Marked {
    Marked::new(&mut |prompt, field| {
        let name = if matches!(prompt.kind, Kind::Group | Kind::Records) {
            field.id.clone()
        } else {
            String::new()
        };
        let wanted = chosen.get(&(prompt.id.clone(), name));
        let at = wanted.and_then(|id| field.options.iter().position(|o| o.id == *id));
        // Beside what is wanted, the strongest answer: most passages print it.
        at.unwrap_or_else(|| field.options.len().saturating_sub(1))
    })
}

/// Every way to close a condition: the options that do not meet it, and no answer.
fn closings(condition: &Condition, on: &Prompt) -> Vec<Option<String>> {
    let others = options(condition, on).into_iter().filter(|id| {
        (!condition.is.is_empty() && !condition.is.iter().any(|is| is == id))
            || condition.is_not.iter().any(|is| is == id)
    });
    let others = others.map(|id| Some(id.to_owned()));
    others.chain([None]).collect()
}

#[test]
fn closing_any_branch_takes_its_words_out_of_every_report_and_opening_brings_them_back() {
    let waiting: Vec<&Prompt> = PACK
        .interview
        .prompts()
        .map(|(_, p)| p)
        .filter(|p| !p.when.is_empty())
        .collect();
    assert!(waiting.len() > 5, "the pack has branches");
    let mut printed = 0;
    for prompt in waiting {
        let mut chosen = Chosen::new();
        opens(prompt, &mut chosen);
        let open = marked(&chosen);
        let before = text(&open.case(Format::Standard));
        let Some(words) = open.words.get(&prompt.id) else {
            continue;
        };
        if prompt.prints {
            printed += 1;
            let is_in = words.iter().any(|w| before.contains(w.as_str()));
            assert!(is_in, "{}: open, and not printed:\n{before}", prompt.id);
        }
        for condition in &prompt.when {
            let on = PACK.interview.prompt(&condition.prompt).unwrap();
            for closing in closings(condition, on) {
                let mut closed = match &closing {
                    Some(option) => {
                        let place = (on.id.clone(), condition.field.clone());
                        let mut chosen = chosen.clone();
                        chosen.insert(place, option.clone());
                        marked(&chosen)
                    }
                    None => marked(&chosen),
                };
                if closing.is_none() {
                    closed.put(on, Value::Null);
                }
                for format in Format::ALL {
                    let case = closed.case(format);
                    let (text, others) = (text(&case), other_outputs(&case));
                    for word in &closed.words[&prompt.id] {
                        assert!(
                            !text.contains(word.as_str()) && !others.contains(word.as_str()),
                            "{}: {} is {closing:?}, and the {format:?} report says {word}",
                            prompt.id,
                            on.id,
                        );
                    }
                    assert!(
                        case.answers.contains_key(&prompt.id) || !prompt.is_answer(),
                        "{} is kept",
                        prompt.id
                    );
                }
            }
        }
        assert_eq!(text(&marked(&chosen).case(Format::Standard)), before);
    }
    assert!(printed > 4, "{printed} prompts behind branches print");
}

/// Every choice made at random.
fn any_marked() -> impl Strategy<Value = Marked> {
    prop::collection::vec(any::<prop::sample::Index>(), 64).prop_map(|choices| {
        let mut next = 0;
        Marked::new(&mut |_, field| {
            next += 1;
            match field.options.len() {
                0 => 0,
                length => choices[next % choices.len()].index(length),
            }
        })
    })
}

impl std::fmt::Debug for Marked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.file)
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn no_report_says_what_no_open_prompt_asks_or_what_is_kept_on_the_record(marked in any_marked()) {
        for format in Format::ALL {
            let case = marked.case(format);
            let text = text(&case);
            for (prompt, word) in marked.unfit(&case) {
                prop_assert!(!text.contains(word), "{}: {} in the {:?} report", prompt, word, format);
            }
        }
    }

    #[test]
    fn a_longer_report_says_the_same_and_more(marked in any_marked()) {
        let drafts = Format::ALL.map(|format| draft(&marked.case(format)));
        for pair in drafts.windows(2) {
            let longer: BTreeMap<&str, &str> = passages(&pair[1]).collect();
            for (id, markdown) in passages(&pair[0]) {
                prop_assert_eq!(longer.get(id), Some(&markdown), "{}", id);
            }
            let [shorter, longer] = [&pair[0], &pair[1]].map(rests_on);
            for place in &shorter {
                prop_assert!(longer.contains(place), "{} only in the shorter report", place);
            }
        }
    }
}

/// Passages by id, but for the two whose depth the format chooses (a need in full or
/// in a line) and the list of what is still to be settled for this format.
fn passages(draft: &Draft) -> impl Iterator<Item = (&str, &str)> {
    let sections = draft
        .sections
        .iter()
        .filter(|section| !["needs", "minor-needs", "unsettled"].contains(&section.id.as_str()));
    let passages = sections.flat_map(|section| &section.passages);
    passages.map(|passage| (passage.id.as_str(), passage.markdown.as_str()))
}

/// The places in the case file that a draft rests on.
fn rests_on(draft: &Draft) -> Vec<String> {
    let passages = draft.sections.iter().flat_map(|section| &section.passages);
    passages
        .flat_map(|passage| passage.evidence.iter().map(|e| e.place.clone()))
        .collect()
}
