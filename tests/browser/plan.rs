//! What a person would type to make a case: every prompt that the case file answers,
//! in page order, with the words on its page. The scripts read it as JSON, so a
//! changed wording or a new prompt in the content pack needs no change in a script.

use foreword::{
    case::{CaseFile, to_json},
    content::ContentFiles,
    interview::{Field, Kind, LONE_FIELD, Prompt},
    pack::Pack,
};
use serde_json::{Map, Value, json};

/// The plan for a case file's text.
pub fn of(case_file: &str) -> Value {
    let pack = Pack::load(&ContentFiles::embedded().expect("content")).expect("a sound pack");
    let interview = pack.interview;
    let case = foreword::case::from_json(case_file).expect("a sound case file");
    let whole = whole(&case);
    let pages: Vec<Value> = interview
        .prompts()
        .filter_map(|(section, prompt)| {
            let typed = typed(prompt, &whole)?;
            Some(json!({
                "prompt": prompt.id,
                "place": prompt.path(),
                "fields": fields_of(prompt),
                "section": section.title,
                "ask": prompt.ask,
                "short": prompt.short,
                "record_name": prompt.record_name,
                "answer": answer(prompt, &whole),
                "typed": typed,
            }))
        })
        .collect();
    every_answer_is_on_a_page(&case, &pages);
    let law = pack.law.now();
    let requirements = law.all_requirements().iter();
    let names: Map<String, Value> = requirements
        .map(|requirement| (requirement.id.clone(), json!(requirement.name)))
        .collect();
    json!({ "case": whole, "pages": pages, "requirements": names })
}

/// With absent fields filled in, so that the script need not know the defaults.
fn whole(case: &CaseFile) -> Value {
    serde_json::from_str(&to_json(case).expect("a case file writes")).expect("and reads")
}

/// A prompt whose answer the plan left out would pass unseen.
fn every_answer_is_on_a_page(case: &CaseFile, pages: &[Value]) {
    for id in case.answers.keys() {
        assert!(
            pages.iter().any(|page| page["prompt"] == id.as_str()),
            "the case file answers `{id}`, and no prompt of the interview pack asks it"
        );
    }
}

/// State, sources and visibility, where the prompt has them.
fn answer(prompt: &Prompt, case: &Value) -> Value {
    if prompt.is_answer() {
        at(case, &prompt.path()).cloned().unwrap_or(Value::Null)
    } else {
        Value::Null
    }
}

/// What is typed on the prompt's page: for records a list of lists of controls,
/// otherwise one list. None where the case file says nothing.
fn typed(prompt: &Prompt, case: &Value) -> Option<Value> {
    let there = at(case, &prompt.path())?;
    let value = if prompt.is_answer() {
        there.get("value").unwrap_or(&Value::Null)
    } else {
        there
    };
    let fields = prompt.page_fields();
    let typed = match prompt.kind {
        Kind::Records => {
            let records = value.as_array().into_iter().flatten();
            records
                .map(|record| json!(controls(&fields, record)))
                .collect()
        }
        Kind::Group => controls(&fields, value),
        _ => controls(&fields, &json!({ LONE_FIELD: value })),
    };
    let settled_without = prompt.is_answer() && value.is_null();
    (settled_without || !typed.is_empty()).then(|| json!(typed))
}

/// The names of a group's fields, where its place holds more than they do.
fn fields_of(prompt: &Prompt) -> Vec<String> {
    match prompt.kind {
        Kind::Group if !prompt.is_answer() => {
            prompt.fields.iter().map(|field| field.id.clone()).collect()
        }
        _ => Vec::new(),
    }
}

/// What a case file holds of what is typed on one page of a plan.
pub fn typed_at(case: &Value, page: &Value) -> Value {
    let place = page["place"].as_str().unwrap_or_default();
    let held = at(case, place).unwrap_or(&Value::Null);
    let fields = page["fields"].as_array().map_or(&[][..], Vec::as_slice);
    if fields.is_empty() {
        return held.clone();
    }
    let names = fields.iter().filter_map(Value::as_str);
    let held = names.map(|name| (name.to_owned(), at(held, name).cloned().into()));
    Value::Object(held.collect())
}

fn controls(fields: &[Field], value: &Value) -> Vec<Value> {
    fields
        .iter()
        .filter_map(|field| Some(control(field, at(value, &field.id)?)))
        .collect()
}

/// One control: its kind, its label, and what to type or the options to choose.
fn control(field: &Field, value: &Value) -> Value {
    let label_of = |id: &str| {
        let option = field.options.iter().find(|option| option.id == id);
        json!({ "id": id, "label": option.map_or(id, |option| &option.label) })
    };
    let options: Vec<Value> = match (field.kind, value) {
        (Kind::Choice, Value::Bool(yes)) => vec![label_of(if *yes { "yes" } else { "no" })],
        (Kind::Choice, Value::String(id)) => vec![label_of(id)],
        (Kind::Choices, Value::Array(ids)) => {
            ids.iter().filter_map(Value::as_str).map(label_of).collect()
        }
        _ => Vec::new(),
    };
    json!({
        "kind": field.kind,
        "label": field.label,
        "name": field.id,
        "options": options,
        "text": if field.dates { days(value) } else { text(value) },
    })
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(lines) => lines.iter().map(text).collect::<Vec<_>>().join("\n"),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// Days as a person types them, one a line.
fn days(value: &Value) -> String {
    let british = |day: &str| day.split('-').rev().collect::<Vec<_>>().join("/");
    let all = value.as_array().into_iter().flatten();
    let all: Vec<String> = all.filter_map(Value::as_str).map(british).collect();
    all.join("\n")
}

/// What a dotted path leads to, where it leads to anything.
fn at<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.')
        .try_fold(value, |inside, part| inside.get(part))
        .filter(|found| !found.is_null())
}

#[test]
fn angelas_case_is_planned_in_the_words_of_the_pages() {
    let plan = of(include_str!("../cases/angela.json"));
    let page = |id: &str| {
        let pages = plan["pages"].as_array().expect("pages");
        let found = pages.iter().find(|page| page["prompt"] == id);
        found.unwrap_or_else(|| panic!("{id}")).clone()
    };
    assert_eq!(page("date-of-birth")["typed"][0]["text"], "1988-04-17");
    assert_eq!(
        page("report-format")["typed"][0]["options"][0]["label"],
        "Short format (fast delivery)"
    );
    assert_eq!(
        page("exploitation")["answer"]["state"],
        "prefers-not-to-say"
    );
    assert_eq!(page("protected")["typed"].as_array().map(Vec::len), Some(5));
    assert_eq!(
        page("enquiries")["typed"][1]
            .as_array()
            .and_then(|typed| typed.iter().find(|c| c["name"] == "chased"))
            .map(|control| control["text"].clone()),
        Some(json!("17/11/2026"))
    );
}
