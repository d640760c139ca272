//! How paragraphs and sentences begin: not one after the other with the same words.
//!
//! Lives here: the two worked cases, and any part of their answers. Not here: which words a
//! passage may begin with (`report::opening`). What an author typed is left as she typed it,
//! so only what the templates begin is judged.

use std::sync::LazyLock;

use foreword::{
    case::{CaseFile, Format},
    pack::Pack,
    report::{Draft, document::escape_paragraphs},
};
use proptest::prelude::*;
use serde_json::Value;

use super::cases::{angela, miriam, pack, today};

static PACK: LazyLock<Pack> = LazyLock::new(pack);

/// Every text that somebody typed into the case, as a draft prints it.
fn typed(case: &CaseFile) -> Vec<String> {
    fn gather(value: &Value, all: &mut Vec<String>) {
        match value {
            Value::String(text) if text.contains(' ') => all.push(escape_paragraphs(text)),
            Value::Array(items) => items.iter().for_each(|v| gather(v, all)),
            Value::Object(members) => members.values().for_each(|v| gather(v, all)),
            _ => {}
        }
    }
    let mut all = Vec::new();
    gather(&serde_json::to_value(case).unwrap(), &mut all);
    all
}

/// The sentences of a paragraph, near enough for how they begin.
fn sentences(paragraph: &str) -> Vec<&str> {
    paragraph.split_inclusive(". ").map(str::trim).collect()
}

fn first_words(text: &str, n: usize) -> String {
    let words = text.split_whitespace().take(n);
    words.collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Paragraphs of prose, section by section.
fn prose(draft: &Draft) -> Vec<Vec<String>> {
    let section = |s: &foreword::report::Section| {
        let paragraphs = s.passages.iter().flat_map(|p| p.markdown.split("\n\n"));
        let prose = paragraphs.filter(|p| !p.starts_with(['|', '#', '-', '*']));
        prose.map(str::to_owned).collect()
    };
    draft.sections.iter().map(section).collect()
}

/// Openings that come twice in a row, and sentences of which three in a row begin alike;
/// of those that the templates begin: an author's own sentences are hers.
fn repeated(case: &CaseFile, spare_what_is_typed: bool) -> Vec<String> {
    let (draft, _) = PACK.draft(case, today()).unwrap();
    let typed = typed(case);
    let own = |text: &str| {
        let start: String = text.trim_end_matches('.').chars().take(30).collect();
        typed.iter().any(|t| t.contains(&start))
    };
    let spared = |text: &str| spare_what_is_typed && own(text);
    let mut found = Vec::new();
    for section in prose(&draft) {
        for pair in section.windows(2) {
            let alike = first_words(&pair[0], 2) == first_words(&pair[1], 2);
            if alike && !spared(&pair[0]) && !spared(&pair[1]) {
                found.push(format!("{}\n{}", pair[0], pair[1]));
            }
        }
        let all: Vec<&str> = section.iter().flat_map(|p| sentences(p)).collect();
        for three in all.windows(3) {
            let first = first_words(three[0], 1);
            let alike = three.iter().all(|s| first_words(s, 1) == first);
            if alike && first == "she" && !three.iter().any(|s| own(s)) {
                found.push(three.join(" / "));
            }
        }
    }
    found
}

#[test]
fn no_two_paragraphs_of_the_worked_cases_begin_alike() {
    for case in [angela(), miriam()] {
        for format in Format::ALL {
            let case = CaseFile {
                format,
                ..case.clone()
            };
            assert_eq!(repeated(&case, false), Vec::<String>::new());
        }
    }
}

/// Either case without some of its answers.
fn part(of: &CaseFile, kept: &[bool]) -> CaseFile {
    let mut case = of.clone();
    let mut kept = kept.iter().cycle();
    case.answers.retain(|_, _| *kept.next().unwrap());
    case
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_answered_no_two_paragraphs_begin_alike(
        kept in prop::collection::vec(any::<bool>(), 97),
        angelas in any::<bool>(),
    ) {
        let case = part(&if angelas { angela() } else { miriam() }, &kept);
        prop_assert_eq!(repeated(&case, true), Vec::<String>::new());
    }
}

#[test]
fn the_name_comes_again_where_she_could_be_somebody_else() {
    let mut case = angela();
    let money = |case: &CaseFile| {
        let (draft, _) = PACK.draft(case, today()).unwrap();
        let mut passages = draft.sections.into_iter().flat_map(|s| s.passages);
        let found = passages.find(|p| p.id == "circumstances/essentials");
        found.unwrap().markdown
    };
    assert!(money(&case).starts_with("She manages"));
    let home = case.answers.get_mut("home").unwrap();
    home.value.as_mut().unwrap()["where"] = "family-or-friends".into();
    let said = money(&case);
    assert!(said.starts_with("As to money, Ms Hart manages"), "{said}");
}
