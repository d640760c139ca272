//! What must never leave, taken out before any template sees it.
//!
//! An abuser's name, a withheld address, a child's name, school or birthday may
//! have been typed into an answer that goes to court. Here every such term is found
//! in every text of the case file and replaced by [`MARK`], so that no output, of any
//! format, can carry it; each place is reported so that the author can reword it.
//! To protect another kind of thing, add it to [`terms()`].

use chrono::NaiveDate;
use serde_json::Value;

use crate::{
    case::{CaseFile, Leaving},
    interview::Interview,
};

mod finder;
mod hiding;
mod kinds;
mod places;
mod terms;

use finder::Finder;
pub(super) use hiding::Hiding;
pub use kinds::{Guarded, Term, Withheld};
use places::{Place, walk, walk_answer};
pub use terms::{plain_name, terms};

/// What the report shows in place of a withheld term.
pub const MARK: &str = "[withheld]";

/// What was found that must not leave.
#[derive(Debug, Default)]
pub struct Found {
    /// Each place and reason once.
    pub withheld: Vec<Withheld>,
    /// Texts that hold terms, as JSON pointers, with what the report may see of them.
    marked: Vec<(String, String)>,
    /// What the author let stand.
    leaving: Leaving,
}

impl Found {
    /// True where the report may not see the case as it is.
    #[must_use]
    pub fn changes_the_case(&self) -> bool {
        !self.marked.is_empty()
    }

    /// Puts marks where terms stood, and takes out the list of terms itself.
    pub fn put_marks(&self, case: &mut Value) {
        for (pointer, marked) in &self.marked {
            if let Some(text) = case.pointer_mut(pointer) {
                *text = Value::from(marked.as_str());
            }
        }
        drop_protected(case);
    }

    fn look(&mut self, finder: &Finder<'_>, at: &Place<'_>, text: &str) {
        // A day of its own place, such as the hearing's, that happens to be a child's
        // birthday says nothing of the child.
        if is_a_day(text) {
            return;
        }
        if let Some(marked) = self.mark(finder, at, text) {
            self.marked.push((at.pointer(), marked));
        }
    }

    /// Notes each term that stands in the text; gives the text without those that are
    /// replaced, where there are any.
    fn mark(&mut self, finder: &Finder<'_>, at: &Place<'_>, text: &str) -> Option<String> {
        let mut marked = String::new();
        let mut done = 0;
        for (found, term) in finder.find_in(text) {
            if allowed(&self.leaving, term.kind, &term.text, &at.to_string()) {
                continue;
            }
            let entry = Withheld {
                at: at.to_string(),
                kind: term.kind,
                words: term.text.clone(),
                why: term.why.clone(),
                replaced: !term.report_only,
            };
            if !self.withheld.contains(&entry) {
                self.withheld.push(entry);
            }
            if !term.report_only {
                marked.push_str(&text[done..found.start]);
                marked.push_str(MARK);
                done = found.end;
            }
        }
        (done > 0).then(|| {
            marked.push_str(&text[done..]);
            marked
        })
    }
}

/// True where the author let these words stand at this place, with a reason.
#[must_use]
pub fn allowed(leaving: &Leaving, kind: Guarded, words: &str, at: &str) -> bool {
    kind.may_be_allowed() && leaving.allows(&words.to_lowercase(), room(at))
}

/// The part of the case file that a reason holds for: one answer, or one of its parts.
#[must_use]
pub fn room(at: &str) -> &str {
    let answers = "answers.";
    let from = if at.starts_with(answers) {
        answers.len()
    } else {
        0
    };
    let end = at[from..].find(['.', '[']).map_or(at.len(), |n| from + n);
    &at[..end]
}

/// True for a day as the case file writes it, which nobody types into prose.
fn is_a_day(text: &str) -> bool {
    text.len() == "2026-12-03".len() && text.parse::<NaiveDate>().is_ok()
}

/// The list of terms has its own home: never read by a template, and not a fault to
/// hold them.
pub(super) fn drop_protected(case: &mut Value) {
    if let Value::Object(fields) = case {
        fields.remove("protected");
    }
}

/// Texts about a case that were put together outside its draft, with what must not
/// leave taken out of them.
#[must_use]
pub fn texts(texts: Vec<String>, case: &CaseFile, interview: &Interview) -> Vec<String> {
    if texts.is_empty() {
        return texts;
    }
    let terms = terms(case, interview);
    let finder = Finder::of(&terms);
    let mut found = Found::default();
    let marked = |text: String| found.mark(&finder, &Place::Case, &text).unwrap_or(text);
    texts.into_iter().map(marked).collect()
}

/// Where a text that somebody wants to send out holds what must not leave.
#[must_use]
pub fn in_text(text: &str, case: &CaseFile, interview: &Interview) -> Vec<Withheld> {
    let terms = terms(case, interview);
    let mut found = Found::default();
    found.mark(&Finder::of(&terms), &Place::Case, text);
    found.withheld
}

/// Visits every text of a case that could be printed.
pub(super) fn each_text(case: &CaseFile, facts: &Value, look: &mut dyn FnMut(&str)) {
    let mut look = |_: &Place<'_>, text: &str| look(text);
    walk(facts, &Place::Case, &mut look);
    for answer in case.answers.values() {
        walk_answer(answer, &Place::Case, &mut look);
    }
}

/// Every place of the case where a term stands and could be printed. `facts` is what
/// the case holds beside its answers, as [`facts`](crate::case::facts) gives it.
#[must_use]
pub fn find(case: &CaseFile, facts: &Value, terms: &[Term]) -> Found {
    let mut found = Found {
        leaving: case.leaving.clone(),
        ..Found::default()
    };
    let finder = Finder::of(terms);
    if finder.is_empty() {
        return found;
    }
    let mut look = |at: &Place<'_>, text: &str| found.look(&finder, at, text);
    walk(facts, &Place::Case, &mut look);
    let answers = Place::Case.field("answers");
    for (id, answer) in &case.answers {
        walk_answer(answer, &answers.field(id), &mut look);
    }
    found
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{case::CaseFile, interview::Interview};

    /// What the report may see of a case, and what was withheld on the way.
    fn withhold(case: &Value, terms: &[Term]) -> (Value, Vec<Withheld>) {
        let mut found = Found::default();
        let finder = Finder::of(terms);
        walk(case, &Place::Case, &mut |at, text| {
            found.look(&finder, at, text);
        });
        let mut clean = case.clone();
        found.put_marks(&mut clean);
        (clean, found.withheld)
    }

    fn term(text: &str) -> Term {
        Term {
            text: text.into(),
            kind: Guarded::Name,
            why: "abuser’s name".into(),
            as_a_name: false,
            report_only: false,
        }
    }

    #[test]
    fn a_day_that_is_also_a_childs_birthday_stays_the_hearings() {
        let case = json!({
            "hearing": {"requested": "2026-11-12"},
            "answers": {"a": {"value": "Born on 2026-11-12, at home."}},
        });
        let (clean, withheld) = withhold(&case, &[term("2026-11-12")]);
        assert_eq!(clean["hearing"]["requested"], "2026-11-12");
        assert_eq!(
            clean["answers"]["a"]["value"],
            "Born on [withheld], at home."
        );
        assert_eq!(withheld.len(), 1);
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
    fn a_place_in_a_list_is_named_and_marked() {
        let case = json!({"a": [{"b/c": ["none", "Pike"]}]});
        let (clean, withheld) = withhold(&case, &[term("Pike")]);
        assert_eq!(clean["a"][0]["b/c"][1], MARK);
        assert_eq!(withheld[0].at, "a[0].b/c[1]");
    }

    #[test]
    fn terms_are_found_in_answers_and_facts_of_a_case_but_not_in_what_stays_off() {
        let case: CaseFile = serde_json::from_value(json!({
            "foreword_case": 1,
            "protected": [{"text": "Darren Pike", "why": "name"}],
            "hearing": {"court": "Pike Court"},
            "answers": {
                "a": {"value": {"x": ["Darren Pike"]}, "sources": [{"kind": "other", "detail": "Darren"}]},
                "b": {"value": "Darren Pike", "visibility": "record-only"}
            }
        }))
        .unwrap();
        let facts = crate::case::facts(&case).unwrap();
        let terms = [term("Darren Pike"), term("Darren"), term("Pike")];
        let found = find(&case, &facts, &terms);
        let places: Vec<&str> = found.withheld.iter().map(|w| w.at.as_str()).collect();
        assert_eq!(
            places,
            [
                "hearing.court",
                "answers.a.value.x[0]",
                "answers.a.sources[0].detail"
            ]
        );
        assert!(found.changes_the_case());
        let mut clean = serde_json::to_value(&case).unwrap();
        found.put_marks(&mut clean);
        assert_eq!(clean["answers"]["a"]["sources"][0]["detail"], MARK);
        assert_eq!(clean["hearing"]["court"], "[withheld] Court");
        assert_eq!(clean["answers"]["b"]["value"], "Darren Pike");
        assert_eq!(clean.get("protected"), None);
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
    fn what_the_author_let_stand_at_one_place_is_left_there_and_nowhere_else() {
        let mut case: CaseFile = serde_json::from_value(json!({
            "foreword_case": 1,
            "protected": [{"text": "Kevin White", "why": "name"}],
            "answers": {
                "a": {"value": "A White British woman."},
                "b": {"value": "She left White."}
            }
        }))
        .unwrap();
        case.leaving.key = "key".into();
        let name = Leaving::name("key", "white", "answers.a");
        case.leaving.allowed = [(name, crate::case::Allowed::default())].into();
        let facts = crate::case::facts(&case).unwrap();
        let terms = terms(&case, &Interview::default());
        let found = find(&case, &facts, &terms);
        let places: Vec<&str> = found.withheld.iter().map(|w| w.at.as_str()).collect();
        assert_eq!(places, ["answers.b.value"]);
        assert_eq!(room("answers.b.value[0].c"), "answers.b");
        assert_eq!(room("proposal.requirements[0].what"), "proposal");
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
        let terms = terms(&case, &Interview::default());
        let (clean, withheld) = withhold(&json!({"a": "In May 2026."}), &terms);
        assert_eq!(clean["a"], "In May 2026.");
        assert!(!withheld[0].replaced);
    }
}
