//! Whatever is chosen, the report is made of whole sentences.
//!
//! Lives here: drafts from made-up choices, looked over for joins that show. Not here:
//! what the worked cases say (`cases`). To look for one more kind of join, add it to
//! [`faults`].

use foreword::{
    case::{self, CaseFile, Visibility},
    content::ContentFiles,
    interview::{Choice, Field, Kind, Prompt},
    pack::Pack,
};
use serde_json::{Map, Value, json};

fn pack() -> Pack {
    Pack::load(&ContentFiles::embedded().unwrap()).unwrap()
}

/// A value for one field: the option of this turn, and with `several` all that may
/// stand together.
fn value(kind: Kind, options: &[Choice], turn: usize, several: bool) -> Value {
    let at = |n: usize| options.get(n % options.len().max(1)).map(|o| o.id.clone());
    match kind {
        Kind::Choice => json!(at(turn)),
        Kind::Choices if several => {
            let together = options.iter().filter(|o| !o.alone);
            json!(together.map(|o| o.id.clone()).collect::<Vec<_>>())
        }
        Kind::Choices => json!([at(turn)]),
        Kind::Date => json!("2026-11-12"),
        Kind::Number => json!(1),
        Kind::Time => json!("09:30"),
        Kind::Lines => json!(["A line"]),
        _ => json!("She wrote this"),
    }
}

fn group(fields: &[Field], turn: usize, several: bool) -> Value {
    let filled = fields.iter().filter(|f| !f.boolean).map(|f| {
        let value = value(f.kind, &f.options, turn, several);
        (f.id.clone(), value)
    });
    Value::Object(filled.collect::<Map<_, _>>())
}

fn answer(prompt: &Prompt, turn: usize, several: bool) -> Value {
    let value = match prompt.kind {
        Kind::Group => group(&prompt.fields, turn, several),
        Kind::Records => json!([group(&prompt.fields, turn, several)]),
        kind => value(kind, &prompt.options, turn, several),
    };
    json!({ "state": "answered", "value": value })
}

/// The base with every answer of these prompts replaced.
pub fn filled(base: &Value, prompts: &[&Prompt], turn: usize, several: bool) -> CaseFile {
    let mut whole = base.clone();
    for prompt in prompts {
        whole["answers"][&prompt.id] = answer(prompt, turn, several);
    }
    case::from_value(whole).unwrap()
}

fn faults(markdown: &str) -> Vec<String> {
    let mut found = Vec::new();
    let lines = markdown.lines().filter(|l| !l.starts_with(['|', '#']));
    for line in lines {
        let chars: Vec<char> = line.chars().collect();
        let starts_small = chars.first().is_some_and(|c| c.is_lowercase());
        let joins = [
            "  ", " .", " ,", "..", ".,", "; ;", ": .", "{{", " and .", "()",
        ];
        let small_after_stop = chars
            .windows(3)
            .any(|w| w[0] == '.' && w[1] == ' ' && w[2].is_lowercase());
        if starts_small || small_after_stop || joins.iter().any(|join| line.contains(join)) {
            found.push(line.to_owned());
        }
    }
    found
}

pub fn angela() -> Value {
    serde_json::from_str(include_str!("../cases/angela.json")).unwrap()
}

fn today() -> chrono::NaiveDate {
    "2026-11-25".parse().unwrap()
}

#[test]
fn whatever_is_chosen_everywhere_at_once_the_sentences_are_whole() {
    let pack = pack();
    let prompts: Vec<&Prompt> = pack.interview.prompts().map(|(_, p)| p).collect();
    // What is kept on the record is a list of words to withhold, not to print.
    let printed = |p: &&Prompt| p.is_answer() && p.visibility == Visibility::InReport;
    let answers: Vec<&Prompt> = prompts.into_iter().filter(printed).collect();
    for turn in 0..8 {
        for several in [false, true] {
            let case = filled(&angela(), &answers, turn, several);
            let draft = pack.draft(&case, today()).unwrap().0.markdown();
            let found = faults(&draft);
            assert!(found.is_empty(), "turn {turn}, {several}: {found:#?}");
        }
    }
}

#[test]
fn a_prompt_that_is_answered_alone_still_makes_whole_sentences() {
    let pack = pack();
    let alone = json!({"foreword_case": 1, "woman": {"name": {"title": "Ms", "first": "Ann", "last": "Example"}}, "answers": {}});
    for (_, prompt) in pack.interview.prompts() {
        if !prompt.is_answer() {
            continue;
        }
        let case = filled(&alone, &[prompt], 0, true);
        let found = faults(&pack.draft(&case, today()).unwrap().0.markdown());
        assert!(found.is_empty(), "{}: {found:#?}", prompt.id);
    }
}

#[test]
fn a_join_that_shows_is_found() {
    for broken in [
        "She works  hard.",
        "She works .",
        "and then she came.",
        "She came. then left.",
    ] {
        assert_eq!(faults(broken), [broken]);
    }
    assert!(faults("She came at 9.30am. Then she left.").is_empty());
}
