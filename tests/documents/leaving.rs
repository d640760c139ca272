//! Whatever must not leave, typed anywhere in a case: no finished file holds it, or none
//! may leave.

use foreword::{
    case::{CaseFile, Format},
    pack,
    report::{self, document::Document, plain},
    review::outbound::Output,
};
use proptest::prelude::*;
use serde_json::Value;

use super::{
    cases::{angela, now, today},
    marked::PACK,
    read::Docx,
};

/// How what Angela's case protects might be typed, and how it reads without case, spaces
/// or marks.
const TYPED: [(&str, &str); 14] = [
    ("Darren", "darren"),
    ("Daren Pike", "darenpike"),
    ("DARREN-PIKE", "darrenpike"),
    ("DarrenPyke", "darrenpyke"),
    ("little acorn", "littleacorn"),
    ("Thatchem", "thatchem"),
    ("12 Exmple Court", "12exmplecourt"),
    ("12 example ct", "12examplect"),
    ("Alfie's", "alfies"),
    ("30th August 2025", "30thaugust2025"),
    ("30/8/2025", "3082025"),
    ("X 000138", "x000138"),
    ("used them before to find her", "usedthembeforetofindher"),
    (
        "following a report that he had been seen outside",
        "areportthathehadbeenseen",
    ),
];

/// Places in a case where somebody types sentences, as JSON pointers.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::String(text) if text.contains(' ') && text.len() > 20 => found.push(at.to_owned()),
        Value::Array(items) => {
            for (n, item) in items.iter().enumerate() {
                places(item, &format!("{at}/{n}"), found);
            }
        }
        Value::Object(fields) => {
            // Names of services are taken from the directory, and vouch for themselves.
            let of_service = at.starts_with("/services/");
            let typed = |name: &str| !(of_service && ["name", "organisation"].contains(&name));
            for (name, inner) in fields.iter().filter(|(name, _)| typed(name)) {
                places(inner, &format!("{at}/{name}"), found);
            }
        }
        _ => {}
    }
}

fn squashed(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn no_file_holds_what_was_planted_or_none_of_them_leaves(
        place in any::<prop::sample::Index>(),
        typed in 0..TYPED.len(),
        format in 0_usize..3,
        first in any::<bool>(),
    ) {
        let mut case = serde_json::to_value(angela()).unwrap();
        let mut found = Vec::new();
        places(&case, "", &mut found);
        let place = found[place.index(found.len())].clone();
        let (words, reads) = TYPED[typed];
        let text = case.pointer_mut(&place).unwrap();
        let before = text.as_str().unwrap().to_owned();
        *text = if first { format!("{words} was there. {before}") } else { format!("{before} So was {words}.") }.into();
        let mut case: CaseFile = serde_json::from_value(case).unwrap();
        case.format = Format::ALL[format];

        let directory = PACK.directory.now();
        let judged = PACK.judge(&case, &directory, today()).unwrap();
        let draft = &judged.draft;
        let document = Document::from_markdown(&draft.markdown());
        let docx = pack::document(&case, draft, now()).unwrap();
        let html = report::page(&draft.title, &document);
        let text = plain::to_text(&document);
        let parts: String = Docx::open(&docx).parts.into_values().collect();
        for (said, file) in [
            (&parts, Output::Docx(&docx)),
            (&html, Output::Html(&html)),
            (&text, Output::Text(&text)),
        ] {
            let stopped = PACK.last_look(&judged.looked, &[file]).unwrap();
            let holds = squashed(said).contains(reads);
            prop_assert!(!holds || !stopped.is_empty(), "{words:?} at {place} left");
        }
    }
}
