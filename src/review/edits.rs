//! Sections that their author has edited: whether the answers behind them have changed
//! since, and whether anything bears them out.
//!
//! Lives here: when each finding is given. Not here: any sentence
//! (`report-templates/quality/edits.toml`), or comparing texts (`report::edited`).

use serde::Deserialize;

use super::said::{self, FindingText, Said};
use crate::{
    case::{CaseFile, SectionEdit},
    content::{ContentError, ContentFiles},
    finding::Finding,
    report::{Draft, ReportTemplates, withhold::MARK},
};

const FILE: &str = "report-templates/quality/edits.toml";

/// Every finding this room gives, and the names each offers to its words.
const FINDINGS: [(&str, &[&str]); 4] = [
    ("edit.answers-changed", &["section"]),
    ("edit.not-in-this-report", &["section"]),
    ("edit.says-withheld", &["section"]),
    ("edit.unsupported", &["section", "sentences"]),
];

/// What is said about edited sections.
#[derive(Debug)]
pub struct EditTexts(Said);

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    finding: Vec<FindingText>,
}

impl EditTexts {
    /// Reads and checks the texts.
    ///
    /// # Errors
    /// Every fault found, each with its file.
    pub fn load(files: &ContentFiles) -> Result<Self, Vec<ContentError>> {
        let file: File = files.toml(FILE).map_err(|e| vec![e])?;
        let reasons = said::lacking(&file.finding, &FINDINGS);
        if reasons.is_empty() {
            return Ok(Self(Said::of(file.finding)));
        }
        let fault = |reason| ContentError::new(FILE, None, reason);
        Err(reasons.into_iter().map(fault).collect())
    }

    /// Every finding on the edited sections of a draft, and on edits that it has no room
    /// for.
    #[must_use]
    pub fn check(
        &self,
        case: &CaseFile,
        draft: &Draft,
        templates: &ReportTemplates,
    ) -> Vec<Finding> {
        let mut found = Vec::new();
        for section in &draft.sections {
            let Some(edited) = &section.edited else {
                continue;
            };
            let place = SectionEdit::place(&section.id);
            let name = ("section", section.heading.as_str());
            if edited.changed {
                let changed = self.0.say("edit.answers-changed", &[name]);
                found.extend(changed.map(|f| f.at(format!("{place}.based_on"))));
            }
            let typed = case.edits.get(&section.id);
            if typed.is_some_and(|edit| edit.text.replace('\\', "").contains(MARK)) {
                let said = self.0.say("edit.says-withheld", &[name]);
                found.extend(said.map(|f| f.at(format!("{place}.text"))));
            }
            let sentences = section.passages.iter().map(|p| p.unsupported.len()).sum();
            if sentences > 0 {
                let with = [name, ("sentences", &*counted(sentences))];
                let unsupported = self.0.say("edit.unsupported", &with);
                found.extend(unsupported.map(|f| f.at(format!("{place}.text"))));
            }
        }
        let laid = |id: &str| {
            draft
                .sections
                .iter()
                .any(|s| s.id == id && s.edited.is_some())
        };
        for id in case.edits.keys().filter(|id| !laid(id)) {
            let heading = templates.heading(id).unwrap_or(id);
            let with = [("section", heading)];
            // No page of this report would show it, so it leads nowhere.
            found.extend(self.0.say("edit.not-in-this-report", &with));
        }
        found
    }
}

fn counted(sentences: usize) -> String {
    match sentences {
        1 => "1 sentence".to_owned(),
        n => format!("{n} sentences"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_one_of_the_findings_is_refused_with_its_code() {
        let mut files = ContentFiles::embedded().unwrap();
        let text = files
            .text(FILE)
            .unwrap()
            .replace("edit.unsupported", "edit.other");
        files.set(FILE, text);
        let faults = EditTexts::load(&files).unwrap_err();
        let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert!(
            told[0].contains("edit.unsupported") && told[1].contains("edit.other"),
            "{told:?}"
        );
    }
}
