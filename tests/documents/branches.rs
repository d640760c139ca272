//! Every prompt of the real pack answered with words that occur nowhere else, and
//! every branch closed and opened again: what no open prompt asks is in no report of
//! any kind, and is back when the branch is.
//!
//! Lives here: what is proved. Not here: the answered case (`marked`). To prove one more thing
//! of every prompt, write a test over [`Marked`].

use std::collections::BTreeMap;

use chrono::NaiveDate;
use foreword::{
    case::{CaseFile, Format},
    interview::{Condition, Field, Kind, Prompt},
    report::{Draft, document::Document, html, plain},
};
use proptest::prelude::*;
use serde_json::Value;

use super::{
    marked::{Marked, PACK},
    read::Docx,
};

const OUTPUTS: &str = "2026-11-25T09:00:00Z";

fn today() -> NaiveDate {
    "2026-11-25".parse().unwrap()
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
        at.unwrap_or_else(|| strongest(field))
    })
}

/// Beside what is wanted, the last answer that says something: most passages print it,
/// and none prints “none known” or lets “no” of what is safe to write be printed.
fn strongest(field: &Field) -> usize {
    let says = |id: &str| !["no", "none", "none-known"].contains(&id);
    let last = field.options.iter().rposition(|option| says(&option.id));
    last.unwrap_or_default()
}

/// What a case says in every format: as plain text, and as web page and Word file.
struct Said {
    marked: Marked,
    outputs: Vec<(Format, String, String)>,
}

impl Said {
    fn by(marked: Marked) -> Self {
        let outputs = Format::ALL.map(|format| {
            let case = marked.case(format);
            (format, text(&case), other_outputs(&case))
        });
        let outputs = outputs.into();
        Self { marked, outputs }
    }
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
    // Prompts that wait for the same answer are closed by the same case.
    let mut opened: BTreeMap<Chosen, (Marked, String)> = BTreeMap::new();
    let mut closed: BTreeMap<(Chosen, Option<String>), Said> = BTreeMap::new();
    for prompt in waiting {
        let mut chosen = Chosen::new();
        opens(prompt, &mut chosen);
        let (open, before) = opened.entry(chosen.clone()).or_insert_with(|| {
            let open = marked(&chosen);
            let text = text(&open.case(Format::Standard));
            (open, text)
        });
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
                let mut choices = chosen.clone();
                if let Some(option) = &closing {
                    choices.insert((on.id.clone(), condition.field.clone()), option.clone());
                }
                let unanswered = closing.is_none().then(|| on.id.clone());
                let key = (choices, unanswered);
                let said = closed
                    .entry(key)
                    .or_insert_with_key(|(choices, unanswered)| {
                        let mut closed = marked(choices);
                        if unanswered.is_some() {
                            closed.put(on, Value::Null);
                        }
                        Said::by(closed)
                    });
                for (format, text, others) in &said.outputs {
                    for word in &said.marked.words[&prompt.id] {
                        assert!(
                            !text.contains(word.as_str()) && !others.contains(word.as_str()),
                            "{}: {} is {closing:?}, and the {format:?} report says {word}",
                            prompt.id,
                            on.id,
                        );
                    }
                }
                let answers = said.marked.case(Format::Standard).answers;
                assert!(
                    answers.contains_key(&prompt.id) || !prompt.is_answer(),
                    "{} is kept",
                    prompt.id
                );
            }
        }
    }
    for (chosen, (_, before)) in &opened {
        assert_eq!(&text(&marked(chosen).case(Format::Standard)), before);
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
