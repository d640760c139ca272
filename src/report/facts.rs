//! The annex of facts used: what stands behind each paragraph of a report, for whoever
//! checks its quality. Never part of the report.
//!
//! Lives here: putting it together, as Markdown. Not here: any sentence
//! (`report-templates/report/facts-used.toml`), or what a paragraph rests on
//! (`evidence`), which already leaves out what is kept on the record.

use std::fmt::Write as _;

use serde::Deserialize;

use super::{
    Draft, Evidence,
    document::{Document, escape},
    draft::{Passage, Section},
    plain,
};
use crate::content::{ContentError, ContentFiles};

const FILE: &str = "report-templates/report/facts-used.toml";

/// The words of the annex.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FactsTexts {
    /// Its title.
    pub title: String,
    /// Whom it is for, and whom it is not for.
    pub for_whom: String,
    /// What it holds.
    pub purpose: String,
    by_words: String,
    column_paragraph: String,
    column_rests_on: String,
    caption: String,
    caption_edited: String,
    no_source: String,
    nothing: String,
    nothing_edited: String,
    unsupported: String,
}

impl FactsTexts {
    /// Reads and checks the texts.
    ///
    /// # Errors
    /// The file is missing, a text of it is empty, or a caption does not name its section.
    pub fn load(files: &ContentFiles) -> Result<Self, Vec<ContentError>> {
        let texts: Self = files.toml(FILE).map_err(|e| vec![e])?;
        let blank = |text: &str| text.trim().is_empty();
        let mut reasons = Vec::new();
        for (name, text) in [
            ("title", &texts.title),
            ("for_whom", &texts.for_whom),
            ("purpose", &texts.purpose),
            ("by_words", &texts.by_words),
            ("column_paragraph", &texts.column_paragraph),
            ("column_rests_on", &texts.column_rests_on),
            ("no_source", &texts.no_source),
            ("nothing", &texts.nothing),
            ("nothing_edited", &texts.nothing_edited),
            ("unsupported", &texts.unsupported),
        ] {
            if blank(text) {
                reasons.push(format!("`{name}` is empty; the annex says it"));
            }
        }
        let captions = [
            ("caption", &texts.caption),
            ("caption_edited", &texts.caption_edited),
        ];
        for (name, text) in captions {
            if !text.contains("{section}") {
                reasons.push(format!(
                    "`{name}` has no {{section}}: put it where it belongs"
                ));
            }
        }
        if reasons.is_empty() {
            return Ok(texts);
        }
        let fault = |reason| ContentError::new(FILE, None, reason);
        Err(reasons.into_iter().map(fault).collect())
    }

    /// The annex of a draft, as Markdown under one heading.
    #[must_use]
    pub fn annex(&self, draft: &Draft) -> String {
        let mut out = format!(
            "# {}\n\n**{}**\n\n",
            escape(&self.title),
            escape(&self.for_whom)
        );
        out.push_str(&escape(&self.purpose));
        if draft.sections.iter().any(|s| s.edited.is_some()) {
            out.push(' ');
            out.push_str(&escape(&self.by_words));
        }
        out.push_str("\n\n");
        for section in draft.sections.iter().filter(|s| rests_on_something(s)) {
            self.section(section, &mut out);
        }
        out
    }

    fn section(&self, section: &Section, out: &mut String) {
        let caption = if section.edited.is_some() {
            &self.caption_edited
        } else {
            &self.caption
        };
        let caption = escape(&caption.replace("{section}", &section.heading));
        let columns = [&self.column_paragraph, &self.column_rests_on].map(|c| escape(c));
        let [paragraph, rests_on] = columns;
        // Writing to a String cannot fail.
        let _ = writeln!(
            out,
            "## {}\n\nTable: {caption}\n\n| {paragraph} | {rests_on} |\n| - | - |",
            escape(&section.heading)
        );
        for passage in &section.passages {
            let text = plain::to_unwrapped(&Document::from_markdown(&passage.markdown));
            let text = lines(text.lines());
            let behind = self.behind(passage, section.edited.is_some());
            let behind = lines(behind.iter().map(String::as_str));
            let _ = writeln!(out, "| {text} | {behind} |");
        }
        out.push('\n');
    }

    /// A line for each answer behind a passage, and for each sentence that has none.
    fn behind(&self, passage: &Passage, edited: bool) -> Vec<String> {
        let mut lines: Vec<String> = passage.evidence.iter().map(|e| self.one(e)).collect();
        if lines.is_empty() {
            let nothing = if edited {
                &self.nothing_edited
            } else {
                &self.nothing
            };
            lines.push(nothing.clone());
        }
        let strange = passage.unsupported.iter();
        lines.extend(strange.map(|sentence| format!("{} “{sentence}”", self.unsupported)));
        lines
    }

    fn one(&self, evidence: &Evidence) -> String {
        let sources = if evidence.sources.is_empty() {
            self.no_source.clone()
        } else {
            evidence.sources.join("; ")
        };
        format!("{}: {sources}", evidence.label)
    }
}

/// False for a section that no answer is behind, such as the list of what is to be settled.
fn rests_on_something(section: &Section) -> bool {
    let mut passages = section.passages.iter();
    section.edited.is_some() || passages.any(|p| !p.evidence.is_empty())
}

/// Lines in one cell of a table.
fn lines<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    let lines = lines.map(str::trim).filter(|line| !line.is_empty());
    lines.map(escape).collect::<Vec<_>>().join("<br>")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::document::{Block, text_of};

    fn texts() -> FactsTexts {
        FactsTexts::load(&ContentFiles::embedded().unwrap()).unwrap()
    }

    #[test]
    fn each_paragraph_stands_beside_its_answers_with_their_sources() {
        let evidence = Evidence {
            place: "answers.x".into(),
            prompt: Some("x".into()),
            label: "What | happened".into(),
            sources: vec!["Police information (verified)".into(), "Her account".into()],
            verified: true,
        };
        let passage = |markdown: &str, evidence: Vec<Evidence>, unsupported: &[&str]| Passage {
            id: "offence/x".into(),
            markdown: markdown.into(),
            evidence,
            unsupported: unsupported.iter().map(|&s| s.to_owned()).collect(),
        };
        let draft = Draft {
            title: "Report".into(),
            sections: vec![Section {
                id: "offence".into(),
                heading: "Offence analysis".into(),
                level: 2,
                passages: vec![
                    passage("She **acted** | alone.", vec![evidence], &[]),
                    passage("- one\n- two", Vec::new(), &["She has <b>four</b> cats."]),
                ],
                edited: None,
            }],
            withheld: Vec::new(),
        };
        let document = Document::from_markdown(&texts().annex(&draft));
        let Some(Block::Table(table)) = document.blocks.last() else {
            panic!("{document:?}");
        };
        let cell = |row: usize, column: usize| text_of(&table.rows[row][column]);
        assert_eq!(cell(0, 0), "She acted | alone.");
        assert_eq!(
            cell(0, 1),
            "What | happened: Police information (verified); Her account"
        );
        assert_eq!(cell(1, 0), "- one\n- two");
        assert!(
            cell(1, 1).ends_with("“She has <b>four</b> cats.”"),
            "{}",
            cell(1, 1)
        );
        let head = format!("{:?}", &document.blocks[..3]);
        assert!(head.contains("Not for the court"), "{head}");
    }

    #[test]
    fn a_caption_that_names_no_section_is_refused() {
        let mut files = ContentFiles::embedded().unwrap();
        let text = files
            .text(FILE)
            .unwrap()
            .replace("caption = \"What “{section}” rests on\"", "caption = \"\"");
        files.set(FILE, text);
        let told = FactsTexts::load(&files).unwrap_err()[0].to_string();
        assert!(told.contains("`caption` has no {section}"), "{told}");
    }
}
