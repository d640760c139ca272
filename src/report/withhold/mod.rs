//! What must never leave, taken out before any template sees it.
//!
//! An abuser's name, a withheld address, a child's name, school or birthday may
//! have been typed into an answer that goes to court. Here every such term is found
//! in every text of the case file and replaced by [`MARK`], so that no output, of any
//! format, can carry it; each place is reported so that the author can reword it.
//! To protect another kind of thing, add it to [`terms()`].

use aho_corasick::{AhoCorasick, MatchKind};
use serde_json::Value;

use crate::{case::CaseFile, interview::Interview};

mod terms;

pub use terms::terms;

/// What the report shows in place of a withheld term.
pub const MARK: &str = "[withheld]";

/// A word or words that must not leave, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The words.
    pub text: String,
    /// Why, for the author.
    pub why: String,
    /// True for one word of a longer name: taken only where it is written as a name.
    pub as_a_name: bool,
    /// True for a single word that is also a month or so common that replacing it
    /// would spoil other sentences: it is reported and left.
    pub report_only: bool,
}

/// A place where a term stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withheld {
    /// Path in the case file.
    pub at: String,
    /// Why the term must not leave. The term itself is never repeated.
    pub why: String,
    /// False where it was only reported.
    pub replaced: bool,
}

/// The case file as the report may see it, and what was withheld on the way.
#[must_use]
pub fn withhold(case: &Value, terms: &[Term]) -> (Value, Vec<Withheld>) {
    let mut clean = case.clone();
    if let Value::Object(fields) = &mut clean {
        // Their own home: never read by a template, and not a fault to hold them.
        fields.remove("protected");
    }
    let patterns: Vec<(String, &Term)> = terms
        .iter()
        .flat_map(|t| variants(&t.text).into_iter().map(move |v| (v, t)))
        .collect();
    let finder = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostLongest)
        .build(patterns.iter().map(|(text, _)| text));
    let mut withheld = Vec::new();
    if let (Ok(finder), false) = (finder, patterns.is_empty()) {
        walk(&mut clean, "", &mut |at, text| {
            replace(text, &finder, &patterns, at, &mut withheld)
        });
    }
    (clean, withheld)
}

/// Texts about a case that were put together outside its draft, with what must not
/// leave taken out of them.
#[must_use]
pub fn texts(texts: Vec<String>, case: &CaseFile, interview: &Interview) -> Vec<String> {
    if texts.is_empty() {
        return texts;
    }
    match withhold(&Value::from(texts), &terms(case, interview)).0 {
        Value::Array(clean) => clean
            .into_iter()
            .filter_map(|text| text.as_str().map(str::to_owned))
            .collect(),
        _ => Vec::new(),
    }
}

fn replace(
    text: &str,
    finder: &AhoCorasick,
    patterns: &[(String, &Term)],
    at: &str,
    withheld: &mut Vec<Withheld>,
) -> Option<String> {
    let mut out = String::new();
    let mut done = 0;
    for found in finder.find_iter(text) {
        if !whole_words(text, found.start(), found.end()) {
            continue;
        }
        let term = patterns[found.pattern().as_usize()].1;
        let written = &text[found.start()..found.end()];
        if term.as_a_name && !written.starts_with(char::is_uppercase) {
            continue;
        }
        let entry = Withheld {
            at: at.to_owned(),
            why: term.why.clone(),
            replaced: !term.report_only,
        };
        if !withheld.contains(&entry) {
            withheld.push(entry);
        }
        if !term.report_only {
            out.push_str(&text[done..found.start()]);
            out.push_str(MARK);
            done = found.end();
        }
    }
    (done > 0).then(|| {
        out.push_str(&text[done..]);
        out
    })
}

fn whole_words(text: &str, start: usize, end: usize) -> bool {
    let before = text[..start].chars().next_back();
    let after = text[end..].chars().next();
    !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
}

/// Visits every text that could be printed: not keys, not option ids of records
/// kept off the report, not answers kept off it.
fn walk(value: &mut Value, at: &str, visit: &mut dyn FnMut(&str, &str) -> Option<String>) {
    match value {
        Value::String(text) => {
            if let Some(new) = visit(at, text) {
                *text = new;
            }
        }
        Value::Array(items) => {
            for (n, item) in items.iter_mut().enumerate() {
                walk(item, &format!("{at}[{n}]"), visit);
            }
        }
        Value::Object(fields) => {
            let kept_off = fields
                .get("visibility")
                .is_some_and(|v| v == "record-only" || v == "escalate");
            if kept_off {
                return;
            }
            for (key, inner) in fields.iter_mut() {
                let off = NEVER_PRINTED.iter().any(|(whole, name)| {
                    key == name && (whole.is_empty() || at.starts_with(whole))
                });
                if !off {
                    let dot = if at.is_empty() { "" } else { "." };
                    walk(inner, &format!("{at}{dot}{key}"), visit);
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Fields that hold such terms by design and are never read by a template.
const NEVER_PRINTED: [(&str, &str); 10] = [
    ("woman", "address"),
    ("woman", "crn"),
    ("enquiries", "persons"),
    ("enquiries", "addresses"),
    ("enquiries", "record_only"),
    ("enquiries", "reason"),
    ("enquiries", "requested_by"),
    ("enquiries", "sent_how"),
    ("enquiries", "replied_by"),
    ("services", "confirmed_with"),
];

/// The same words as they might be typed: either apostrophe, a postcode without its
/// space.
fn variants(text: &str) -> Vec<String> {
    let straight = text.replace(['’', '‘'], "'");
    let mut all = vec![straight.replace('\'', "’"), straight];
    if text.len() <= 8 && text.contains(' ') && text.contains(|c: char| c.is_ascii_digit()) {
        all.push(text.replace(' ', ""));
    }
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{case::CaseFile, interview::Interview};

    fn term(text: &str) -> Term {
        Term {
            text: text.into(),
            why: "abuser’s name".into(),
            as_a_name: false,
            report_only: false,
        }
    }

    #[test]
    fn a_protected_name_is_replaced_whatever_its_case() {
        let case = json!({"answers": {"offence-account": {"value": "She met DARREN PIKE there."}}});
        let (clean, withheld) = withhold(&case, &[term("Darren Pike")]);
        assert_eq!(
            clean["answers"]["offence-account"]["value"],
            "She met [withheld] there."
        );
        assert_eq!(withheld[0].at, "answers.offence-account.value");
        assert!(withheld[0].replaced);
    }

    #[test]
    fn part_of_a_longer_word_is_left() {
        let case = json!({"a": "She likes the turnpike and the pike."});
        let (clean, _) = withhold(&case, &[term("Pike")]);
        assert_eq!(clean["a"], "She likes the turnpike and the [withheld].");
    }

    #[test]
    fn a_first_name_alone_is_withheld_but_never_her_own() {
        let mut case = CaseFile::new();
        case.woman.name.last = "Hart".into();
        case.protected.push(crate::case::ProtectedTerm {
            text: "Lily Hart".into(),
            why: "child’s name".into(),
        });
        let texts: Vec<String> = terms(&case, &Interview::default())
            .into_iter()
            .map(|t| t.text)
            .collect();
        assert_eq!(texts, ["Lily Hart", "Lily"]);
    }

    #[test]
    fn a_withheld_address_is_found_by_its_parts() {
        let mut case = CaseFile::new();
        case.woman.address = Some("Flat 3, 12 Mill Lane, Newbury, RG14 5ZZ".into());
        let terms = terms(&case, &Interview::default());
        let text = json!({"a": "She lives at 12 mill lane (RG145ZZ)."});
        let (clean, _) = withhold(&text, &terms);
        assert_eq!(clean["a"], "She lives at [withheld] ([withheld]).");
    }

    #[test]
    fn an_address_that_may_be_printed_is_left() {
        let mut case = CaseFile::new();
        case.woman.address = Some("12 Mill Lane".into());
        case.woman.address_in_report = true;
        assert!(terms(&case, &Interview::default()).is_empty());
    }

    #[test]
    fn a_name_that_is_a_month_is_reported_and_left() {
        let mut case = CaseFile::new();
        case.protected.push(crate::case::ProtectedTerm {
            text: "May".into(),
            why: String::new(),
        });
        let mut terms = terms(&case, &Interview::default());
        for term in &mut terms {
            term.report_only = true;
        }
        let (clean, withheld) = withhold(&json!({"a": "In May 2026."}), &terms);
        assert_eq!(clean["a"], "In May 2026.");
        assert!(!withheld[0].replaced);
    }
}
