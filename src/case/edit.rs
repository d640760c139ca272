//! What the author made of a section of the report, in her own words.
//!
//! Lives here: the shape, and how long it may be. Not here: laying it over the draft
//! (`report::edited`), or what is said where the answers behind it change (`review`).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CaseFile, CaseFileError};

/// The longest text of one section, in characters: what the longest box of an official
/// report takes.
pub const LONGEST_EDIT: usize = 20_000;

/// One section as its author wrote it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SectionEdit {
    /// The author's text, in Markdown: paragraphs, lists, tables, strong, emphasis. It
    /// stands in the report in place of what the answers give.
    #[schemars(length(min = 1, max = 20_000))]
    pub text: String,
    /// The section as it was drafted from the answers when she last decided on it. Where
    /// the answers give something else now, she is shown the difference and chooses.
    #[serde(default)]
    pub based_on: String,
}

impl SectionEdit {
    /// Where the case file keeps the edit of a section.
    #[must_use]
    pub fn place(section: &str) -> String {
        format!("edits.{section}")
    }

    /// What is wrong with a text that is to be kept, in words for its author.
    #[must_use]
    pub fn fault(text: &str) -> Option<String> {
        let long = text.chars().count();
        if text.trim().is_empty() {
            return Some("Enter the text of this section, or go back to the draft".into());
        }
        (long > LONGEST_EDIT).then(|| {
            format!(
                "This section must be {LONGEST_EDIT} characters or fewer; it has {long}. Shorten it, or \
                 move a part to another section"
            )
        })
    }
}

/// The first edit of a case that cannot be kept as it is.
pub(super) fn unfit(case: &CaseFile) -> Option<CaseFileError> {
    case.edits.iter().find_map(|(section, edit)| {
        let reason = SectionEdit::fault(&edit.text)?;
        Some(CaseFileError {
            path: format!("{}.text", SectionEdit::place(section)),
            reason,
        })
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use crate::case::{
        SectionEdit, from_value,
        revision::{Write, fold, unfold},
        schema,
    };

    proptest! {
        #[test]
        fn an_edit_comes_back_from_the_log_exactly_as_it_was_written(
            text in any::<String>(), based_on in any::<String>(),
        ) {
            prop_assume!(!text.trim().is_empty());
            let edit = SectionEdit { text, based_on };
            let before = Write::new("edits.offence", json!({"text": "Before.", "based_on": "x"}));
            let case = fold(&[before, Write::new("edits.offence", json!(edit))]).unwrap();
            prop_assert_eq!(&case.edits["offence"], &edit);
            prop_assert_eq!(&fold(&unfold(&case).unwrap()).unwrap(), &case);
        }
    }

    fn read(edit: &serde_json::Value) -> Result<crate::case::CaseFile, String> {
        let case = json!({"foreword_case": 1, "edits": {"offence": edit}});
        from_value(case).map_err(|fault| fault.to_string())
    }

    #[test]
    fn an_edit_is_part_of_the_case_file_and_its_schema() {
        let edit = json!({"text": "She **acted** alone.", "based_on": "She acted."});
        let case = read(&edit).unwrap();
        assert_eq!(
            serde_json::to_value(&case).unwrap()["edits"]["offence"],
            edit
        );
        let schema = schema();
        let text = &schema["$defs"]["SectionEdit"]["properties"]["text"];
        assert_eq!(text["maxLength"], 20_000, "{schema}");
    }

    #[test]
    fn one_that_is_too_long_or_says_nothing_is_refused_with_its_place() {
        let long = read(&json!({"text": "é".repeat(20_001)})).unwrap_err();
        assert!(long.starts_with("edits.offence.text: "), "{long}");
        assert!(long.contains("it has 20001"), "{long}");
        assert!(read(&json!({"text": "é".repeat(20_000)})).is_ok());
        let blank = read(&json!({"text": " \n "})).unwrap_err();
        assert!(blank.contains("Enter the text"), "{blank}");
        let strange = read(&json!({"text": "x", "colour": 1})).unwrap_err();
        assert!(strange.contains("`colour` is not a field"), "{strange}");
    }
}
